//! The frequency that makes some characters one word.

use std::collections::HashMap;

use super::double_array::NO_WORD;
use super::image::Image;
use super::user_words::{Intent, SortedWords, Wish};
use super::view::Lexicon;
use crate::numbers::whole;
use crate::text::codes::Code;

/// The frequencies of `words`: those that were given, and for the others jieba's (`suggest_freq`),
/// just more than that of the likeliest parts together. A word's parts may be other such words:
/// shorter ones are seen to first, so that the order in which they were added does not matter.
pub(super) fn frequencies(words: &SortedWords, base: &Image) -> Vec<u64> {
    let mut by_chars: Vec<(usize, usize)> =
        words.iter().enumerate().map(|(place, (word, _))| (word.chars().count(), place)).collect();
    by_chars.sort_unstable();
    let mut frequencies = vec![0; words.len()];
    let mut own = Own::with_capacity(words.len());
    let mut parts = Parts::new(base);
    for (chars, place) in by_chars {
        let Some((word, wish)) = words.get(place) else { continue };
        frequencies[place] = parts.frequency(word, wish, &own);
        own.insert(word, chars, log_probability(frequencies[place], base));
    }
    frequencies
}

/// That of a word that a user brings; however often it is said to occur, it is no likelier than
/// certain.
pub(super) fn log_probability(frequency: u64, base: &Image) -> f64 {
    ((frequency as f64).ln() + base.meta.unknown).min(0.0)
}

/// One's own words so far, with their log probabilities.
struct Own<'w> {
    words: HashMap<&'w str, f64, foldhash::fast::RandomState>,
    /// By a hash of a word's first two characters: a bit for each length that such words have, the
    /// last for all from 31 on. Most characters of a word begin no other one, and this says so at a
    /// fraction of what a look-up costs.
    lengths: Vec<u32>,
    shift: u32,
}

impl<'w> Own<'w> {
    fn with_capacity(words: usize) -> Own<'w> {
        let bits = words.next_power_of_two().clamp(1 << 4, 1 << 22).trailing_zeros();
        Own {
            words: HashMap::with_capacity_and_hasher(words, Default::default()),
            lengths: vec![0; 1 << bits],
            shift: 32 - bits,
        }
    }

    fn insert(&mut self, word: &'w str, chars: usize, log_probability: f64) {
        self.words.insert(word, log_probability);
        let mut first_two = word.chars().map(u32::from);
        let place = self.place([first_two.next(), first_two.next()]);
        self.lengths[place] |= 1 << (chars - 1).min(31);
    }

    /// Multiplicative hashing, as for pairs of codes.
    fn place(&self, first_two: [Option<u32>; 2]) -> usize {
        let [first, second] = first_two.map(Option::unwrap_or_default);
        ((first << 16 ^ second).wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    /// The bits of the lengths that words may have that begin with these two characters.
    fn lengths(&self, first: u32, second: Option<u32>) -> u32 {
        let alone = self.lengths[self.place([Some(first), None])] & 1;
        alone | second.map_or(0, |_| self.lengths[self.place([Some(first), second])] & !1)
    }

    fn get(&self, word: &str) -> Option<f64> {
        self.words.get(word).copied()
    }
}

/// The likeliest way to cut a word in parts.
struct Parts<'b> {
    base: &'b Image,
    lexicon: Lexicon<'b>,
    /// By character: it, and its code in the dictionary.
    chars: Vec<(char, Code)>,
    /// By character: where it begins, and last where the word ends.
    offsets: Vec<usize>,
    /// By character: the logarithm of the probability of the parts from there on.
    best: Vec<f64>,
    /// By number of characters: the log probability of the word that begins at the character looked
    /// at.
    ahead: Vec<f64>,
}

impl<'b> Parts<'b> {
    fn new(base: &'b Image) -> Parts<'b> {
        let lexicon = base.lexicon();
        Parts { base, lexicon, chars: Vec::new(), offsets: Vec::new(), best: Vec::new(), ahead: Vec::new() }
    }

    fn read(&mut self, word: &str) {
        let table = self.base.spelled();
        self.chars.clear();
        self.chars.extend(word.chars().map(|c| (c, table.at(c.into()))));
    }

    fn frequency(&mut self, word: &str, wish: &Wish, own: &Own<'_>) -> u64 {
        let of_known = || self.base.get(word).map_or(0, |known| known.frequency);
        match (&wish.intent, wish.frequency) {
            (Intent::Exactly, Some(frequency)) => frequency,
            (Intent::NeverJoin | Intent::Split(_), _) => 0,
            (_, Some(frequency)) => of_known().max(frequency),
            (_, None) => {
                let of_known = of_known();
                self.read(word);
                self.suggest(word, own).max(of_known)
            }
        }
    }

    /// jieba's rule for the word that was read.
    fn suggest(&mut self, word: &str, own: &Own<'_>) -> u64 {
        let Parts { base, lexicon, chars, offsets, best, ahead } = self;
        offsets.clear();
        offsets.extend(word.char_indices().map(|(at, _)| at).chain([word.len()]));
        let len = chars.len();
        best.clear();
        best.resize(len + 1, f64::NEG_INFINITY);
        best[len] = 0.0;
        let log_total = -base.meta.unknown;
        for from in (0..len).rev() {
            ahead.clear();
            ahead.resize(len + 1 - from, f64::NEG_INFINITY);
            // A character that is no word counts as one of frequency 1.
            ahead[1] = base.meta.unknown;
            lexicon.each_prefix(chars[from..].iter().map(|(_, code)| *code), |chars, word| {
                let class = base.class_of(word);
                if let Some(log_probability) =
                    class.filter(|&class| class != NO_WORD).map(|class| lexicon.weight(class))
                {
                    ahead[chars] = log_probability;
                }
            });
            // What was said of a word counts more than what the dictionary says.
            let second = chars.get(from + 1).map(|(c, _)| u32::from(*c));
            let lengths = own.lengths(chars[from].0.into(), second);
            for (index, &end) in offsets[from + 1..].iter().enumerate() {
                if lengths >> index.min(31) & 1 != 0 {
                    if let Some(log_probability) = own.get(&word[offsets[from]..end]) {
                        ahead[index + 1] = log_probability;
                    }
                }
            }
            if from == 0 && len > 1 {
                ahead[len] = f64::NEG_INFINITY;
            }
            for (chars, log_probability) in ahead.iter().enumerate() {
                best[from] = best[from].max(log_probability + best[from + chars]);
            }
        }
        // jieba's arithmetic: the product as a frequency, and one more.
        match len {
            1 => 1,
            _ => whole((best[0] + log_total).exp()).saturating_add(1),
        }
    }
}
