//! The frequency that makes some characters one word.

use foldhash::HashMap;

use super::builder::MAX_WORD_CHARS;
use super::image::Image;
use super::user_words::{Intent, SortedWords, Wish};
use super::view::Lexicon;
use crate::numbers::whole;
use crate::text::codes::Code;

/// The frequencies of `words`: those that were given, and for the others jieba's (`suggest_freq`),
/// just more than that of the likeliest parts together. A word's parts may be other such words:
/// shorter ones are seen to first, so that the order in which they were added does not matter.
pub(super) fn frequencies(words: &SortedWords, base: &Image) -> Vec<u64> {
    let mut by_chars = vec![Vec::new(); MAX_WORD_CHARS + 1];
    words.iter().enumerate().for_each(|(place, (word, _))| by_chars[word.chars().count()].push(place));
    let mut frequencies = vec![0; words.wishes.len()];
    let mut parts = Parts::new(base);
    parts.own.reserve(words.wishes.len());
    for place in by_chars.into_iter().flatten() {
        let (word, wish) = &words.wishes[place];
        frequencies[place] = parts.frequency(word, wish);
        parts.own.insert(word, frequencies[place]);
        *parts.lengths.entry(first_two(word)).or_default() |= 1 << (word.chars().count() - 1).min(31);
    }
    frequencies
}

/// That of a word that a user brings; however often it is said to occur, it is no likelier than
/// certain.
pub(super) fn log_probability(frequency: u64, base: &Image) -> f64 {
    ((frequency as f64).ln() + base.meta.unknown).min(0.0)
}

/// The likeliest way to cut a word in parts.
struct Parts<'w> {
    base: &'w Image,
    lexicon: Lexicon<'w>,
    /// One's own words so far, with their frequencies.
    own: HashMap<&'w str, u64>,
    /// By the first two characters of these: a bit for each length that such words have, the last for all from 32 on.
    /// Most characters of a word begin no other one, and need not be looked up with those after them.
    lengths: HashMap<u64, u32>,
    /// By character: its code in the dictionary.
    codes: Vec<Code>,
    /// By character: the logarithm of the probability of the parts from there on.
    best: Vec<f64>,
    /// By number of characters: the log probability of the word that begins at the character looked
    /// at.
    ahead: Vec<f64>,
}

/// The first two characters of a word as one number; 0 for a character that it lacks.
fn first_two(word: &str) -> u64 {
    let mut chars = word.chars().map(u64::from);
    chars.next().unwrap_or(0) << 32 | chars.next().unwrap_or(0)
}

impl<'w> Parts<'w> {
    fn new(base: &'w Image) -> Parts<'w> {
        let (own, lengths) = Default::default();
        Parts { base, lexicon: base.lexicon(), own, lengths, codes: Vec::new(), best: Vec::new(), ahead: Vec::new() }
    }

    fn frequency(&mut self, word: &str, wish: &Wish) -> u64 {
        let of_known = || self.base.get(word).map_or(0, |known| known.frequency);
        match (wish.intent, wish.frequency) {
            (Intent::Exactly, Some(frequency)) => frequency,
            (Intent::NeverJoin | Intent::Split, _) => 0,
            (_, Some(frequency)) => of_known().max(frequency),
            (_, None) => of_known().max(self.suggest(word)),
        }
    }

    /// jieba's rule.
    fn suggest(&mut self, word: &str) -> u64 {
        let Parts { base, lexicon, own, lengths, codes, best, ahead } = self;
        let (table, unknown) = (base.spelled(), base.meta.unknown);
        codes.clear();
        codes.extend(word.chars().map(|c| table.at(c.into())));
        let len = codes.len();
        best.clear();
        best.resize(len + 1, f64::NEG_INFINITY);
        best[len] = 0.0;
        for (from, (start, _)) in (0..len).rev().zip(word.char_indices().rev()) {
            ahead.clear();
            ahead.resize(len + 1 - from, f64::NEG_INFINITY);
            // A character that is no word counts as one of frequency 1.
            ahead[1] = unknown;
            let rest = codes[from..].iter().copied();
            lexicon.each_prefix(rest, |chars, _, log_probability| ahead[chars] = log_probability);
            // What was said of a word counts more than what the dictionary says.
            let rest = &word[start..];
            let starts = [first_two(rest), first_two(rest) & !u64::from(u32::MAX)];
            let lengths = starts.iter().filter_map(|start| lengths.get(start)).fold(0, |all, bits| all | bits);
            let rest = if lengths == 0 { "" } else { rest };
            for (chars, (last, c)) in (1..).zip(rest.char_indices()) {
                if lengths >> (chars - 1).min(31) & 1 != 0 {
                    if let Some(&frequency) = own.get(&rest[..last + c.len_utf8()]) {
                        ahead[chars] = log_probability(frequency, base);
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
            _ => whole((best[0] - unknown).exp()).saturating_add(1),
        }
    }
}
