//! What the dictionary has to say while a page is repaired: which characters are common, and which of two readings
//! makes better words.

use crate::dictionary::Dictionary;
use crate::dictionary::Lexicon;
use crate::segment::{Lent, Scratch};
use crate::text::Natural;
use crate::text::codes::{BREAK, FIRST, HAN, RARE};

/// Codes are ordered by frequency: those up to here are of the characters that every reader knows. Readings of
/// these are no help to anyone.
const COMMON: u16 = FIRST + 3000;

/// A character that makes no word, whatever stands beside it, counts as one of frequency `e^-25`: less than that of
/// any character that the dictionary has.
const STRANGE: f64 = -25.0;

pub(in crate::article) struct Words<'d> {
    pub(in crate::article) lexicon: Lexicon<'d>,
}

impl<'d> Words<'d> {
    pub(in crate::article) fn new(dictionary: &'d Dictionary) -> Words<'d> {
        Words { lexicon: dictionary.lexicon() }
    }

    /// Whether this is one of the three thousand most frequent characters, in its Simplified or Traditional form.
    pub(in crate::article) fn is_common(&self, c: char) -> bool {
        (FIRST..COMMON).contains(&self.lexicon.folded.at(c.into()))
    }

    /// The character that `c` is looked up as: Simplified, half-width, upper-case.
    pub(in crate::article) fn folded(&self, c: char) -> char {
        self.lexicon.char_of(self.lexicon.folded.at(c.into())).unwrap_or(c)
    }

    /// The natural logarithm of the probability of the best route through `text`.
    pub(in crate::article) fn log_probability(&self, text: &str) -> f64 {
        self.best_route(text).0
    }

    /// The same, for comparing texts: less for each word, since words that are whole are likelier than their
    /// frequencies say.
    pub(in crate::article) fn log_likelihood(&self, text: &str) -> f64 {
        const EACH_WORD: f64 = -2.0;
        let (log_probability, words) = self.best_route(text);
        log_probability + EACH_WORD * words as f64
    }

    /// The logarithm of its probability, and its words.
    fn best_route(&self, text: &str) -> (f64, usize) {
        let lexicon = self.lexicon;
        let mut scratch = Lent::new();
        let Scratch { units, route, .. } = scratch.get();
        let mut sum = 0.0;
        let mut words = 0;
        let mut from = 0;
        while from < text.len() {
            from = units.read_natural(text, from, Natural::plain(lexicon.folded));
            route.find(lexicon, None, units);
            route.solve(lexicon, units);
            sum += route.log_probability(units.codes());
            let mut at = 0;
            while at < units.len() {
                at += route.step(at);
                words += 1;
            }
        }
        let strange = |c: &char| match lexicon.folded.at((*c).into()) {
            HAN | RARE => true,
            BREAK => !(c.is_alphabetic() || is_usual_mark(*c)),
            _ => false,
        };
        (sum + STRANGE * text.chars().filter(strange).count() as f64, words)
    }
}

/// Punctuation and other marks that Chinese text is full of.
fn is_usual_mark(c: char) -> bool {
    c.is_ascii() || "，。、；：？！“”‘’（）《》〈〉「」『』【】…—·～％\u{3000}".contains(c)
}
