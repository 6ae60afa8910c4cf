//! Dictionary lookups for the repair of a page: common characters, and the best words of a text.

use crate::dictionary::Lexicon;
use crate::text::codes::{BREAK, Code, FIRST, is_han};

/// Codes are ordered by frequency. Every reader knows the characters with codes below this.
const COMMON: u16 = FIRST + 3000;

/// The natural logarithm of the frequency of a character that is in no word. It is less than that
/// of any character in the dictionary.
const STRANGE: f64 = -25.0;

impl Lexicon<'_> {
    /// Returns `true` if `c` is one of the 3,000 most frequent characters, Simplified or
    /// Traditional.
    pub(in crate::article) fn is_common(&self, c: char) -> bool {
        (FIRST..COMMON).contains(&self.alphabet.folded.at(c.into()))
    }

    /// Returns the share of pairs of neighbouring characters beyond ASCII that are words.
    #[cfg(feature = "html")]
    pub(in crate::article) fn share_of_pairs(&self, text: &str) -> f64 {
        let chars = text.chars().filter(|c| !c.is_ascii());
        let codes: Vec<Code> = chars.map(|c| self.alphabet.folded.at(c.into())).collect();
        let is_word = |pair: &&[Code]| {
            let mut found = false;
            self.each_prefix([pair[0], pair[1]], |len, _, weight| found |= len == 2 && weight.is_finite());
            found
        };
        codes.windows(2).filter(is_word).count() as f64 / codes.len().max(1) as f64
    }

    /// Returns the best words for `text`: the natural logarithm of their probability, and their
    /// number.
    pub(in crate::article) fn best_words(&self, text: &str) -> (f64, usize) {
        let (mut codes, mut strange): (Vec<Code>, usize) = (Vec::with_capacity(text.len() / 3), 0);
        let mut in_latin = false;
        for c in text.chars() {
            let code = self.alphabet.folded.at(c.into());
            strange += usize::from(code == BREAK && !(c.is_alphabetic() || is_usual_mark(c)));
            // Letters and digits in a row are one word.
            let is_latin = c.is_alphanumeric() && !is_han(c);
            match is_han(c) || is_latin {
                true if is_latin && in_latin => {}
                true => codes.push(code),
                // A mark ends a word.
                false => codes.push(BREAK),
            }
            in_latin = is_latin;
        }
        // For each start, the logarithm of the probability and the number of the best words from
        // there on.
        let mut best = vec![(0.0, 0); codes.len() + 1];
        for at in (0..codes.len()).rev() {
            let (rest, words) = best[at + 1];
            if codes[at] == BREAK {
                best[at] = (rest, words);
                continue;
            }
            let mut found = (self.unknown + rest, words + 1);
            self.each_prefix(codes[at..].iter().copied(), |len, _, log_probability| {
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

/// Returns `true` if `c` is a mark that is frequent in Chinese text.
fn is_usual_mark(c: char) -> bool {
    c.is_ascii() || "，。、；：？！“”‘’（）《》〈〉「」『』【】…—·～％\u{3000}".contains(c)
}
