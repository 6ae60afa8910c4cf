//! What the dictionary has to say while a page is repaired: which characters are common, and which of two readings
//! makes better words.

use crate::dictionary::Lexicon;
use crate::text::codes::{BREAK, Code, FIRST, HAN, RARE, is_han};

/// Codes are ordered by frequency: those up to here are of the characters that every reader knows. Readings of
/// these are no help to anyone.
const COMMON: u16 = FIRST + 3000;

/// A character that makes no word, whatever stands beside it, counts as one of frequency `e^-25`: less than that of
/// any character that the dictionary has.
const STRANGE: f64 = -25.0;

/// The words of a dictionary, as repairs ask for them.
#[derive(Clone, Copy)]
pub(in crate::article) struct Words<'d> {
    lexicon: Lexicon<'d>,
}

impl<'d> Words<'d> {
    pub(in crate::article) fn new(lexicon: Lexicon<'d>) -> Words<'d> {
        Words { lexicon }
    }

    /// Whether this is one of the three thousand most frequent characters, in its Simplified or Traditional form.
    pub(in crate::article) fn is_common(&self, c: char) -> bool {
        (FIRST..COMMON).contains(&self.lexicon.folded.at(c.into()))
    }

    /// The share of neighbouring characters, of those beyond ASCII, that are a word.
    #[cfg(feature = "html")]
    pub(in crate::article) fn share_of_pairs(&self, text: &str) -> f64 {
        let chars = text.chars().filter(|c| !c.is_ascii());
        let codes: Vec<Code> = chars.map(|c| self.lexicon.folded.at(c.into())).collect();
        let is_word = |pair: &&[Code]| {
            let mut found = false;
            self.lexicon.words_at(&[pair[0], pair[1]], |len, _| found |= len == 2);
            found
        };
        codes.windows(2).filter(is_word).count() as f64 / codes.len().max(1) as f64
    }

    /// The natural logarithm of the probability of the best words for `text`.
    pub(in crate::article) fn log_probability(&self, text: &str) -> f64 {
        self.best_words(text).0
    }

    /// The same, for comparing texts: less for each word, since words that are whole are likelier than their
    /// frequencies say.
    pub(in crate::article) fn log_likelihood(&self, text: &str) -> f64 {
        const EACH_WORD: f64 = -2.0;
        let (log_probability, words) = self.best_words(text);
        log_probability + EACH_WORD * words as f64
    }

    /// The logarithm of their probability, and how many they are.
    fn best_words(&self, text: &str) -> (f64, usize) {
        let lexicon = self.lexicon;
        let (mut codes, mut strange): (Vec<Code>, usize) = (Vec::with_capacity(text.len() / 3), 0);
        let mut in_latin = false;
        for c in text.chars() {
            let code = lexicon.folded.at(c.into());
            strange += usize::from(match code {
                HAN | RARE => true,
                BREAK => !(c.is_alphabetic() || is_usual_mark(c)),
                _ => false,
            });
            // Letters and digits in a row are one word, which the dictionary need not have; marks are none.
            let is_latin = c.is_alphanumeric() && !is_han(c);
            match is_han(c) || is_latin {
                true if is_latin && in_latin => {}
                true => codes.push(code),
                // Words do not go on behind a mark.
                false => codes.push(BREAK),
            }
            in_latin = is_latin;
        }
        // By beginning, the best words from there on: their probability and their number.
        let mut best = vec![(0.0, 0); codes.len() + 1];
        for at in (0..codes.len()).rev() {
            let (rest, words) = best[at + 1];
            if codes[at] == BREAK {
                best[at] = (rest, words);
                continue;
            }
            let mut found = (lexicon.unknown + rest, words + 1);
            lexicon.words_at(&codes[at..], |len, log_probability| {
                let (rest, words) = best[at + len];
                if log_probability + rest > found.0 {
                    found = (log_probability + rest, words + 1);
                }
            });
            best[at] = found;
        }
        (best[0].0 + STRANGE * strange as f64, best[0].1)
    }
}

/// Punctuation and other marks that Chinese text is full of.
fn is_usual_mark(c: char) -> bool {
    c.is_ascii() || "，。、；：？！“”‘’（）《》〈〉「」『』【】…—·～％\u{3000}".contains(c)
}
