//! The frequency that makes a sequence of characters one word.

use foldhash::HashMap;

use super::image::Image;
use super::user_words::{Intent, SortedUserWords, Wish};
use super::view::Lexicon;
use super::word::MAX_WORD_CHARS;
use crate::numbers::whole;
use crate::text::codes::Code;

/// Returns the frequencies of `words`. A word without a given frequency gets jieba's
/// (`suggest_freq`): just more than that of its likeliest parts together. Its parts may be other
/// user words. Shorter words get their frequencies first, so the order in which words were added
/// does not matter.
pub(super) fn frequencies(words: &SortedUserWords, base: &Image) -> Vec<u64> {
    let mut by_chars = vec![Vec::new(); MAX_WORD_CHARS + 1];
    words.iter().enumerate().for_each(|(place, (word, _))| by_chars[word.chars().count()].push(place));
    let mut frequencies = vec![0; words.wishes.len()];
    let mut parts = WordParts::new(base);
    parts.own.reserve(words.wishes.len());
    for place in by_chars.into_iter().flatten() {
        let (word, wish) = &words.wishes[place];
        frequencies[place] = parts.frequency(word, wish);
        parts.own.insert(word, frequencies[place]);
        *parts.lengths.entry(first_two(word)).or_default() |= 1 << (word.chars().count() - 1).min(31);
    }
    frequencies
}

/// Returns the log probability of a user word. It is at most 0, whatever the frequency.
pub(super) fn log_probability(frequency: u64, base: &Image) -> f64 {
    ((frequency as f64).ln() + base.meta.unknown).min(0.0)
}

/// A search for the likeliest way to cut a word into parts.
struct WordParts<'w> {
    base: &'w Image,
    lexicon: Lexicon<'w>,
    /// The user words so far, with their frequencies.
    own: HashMap<&'w str, u64>,
    /// By the first two characters of these words: a bit for each length in characters, the last
    /// one for all lengths from 32 on. Most characters of a word begin no user word, and need no
    /// lookup.
    lengths: HashMap<u64, u32>,
    /// By character: the code in the dictionary.
    codes: Vec<Code>,
    /// By character: the log probability of the best parts from there on.
    best: Vec<f64>,
    /// By number of characters: the log probability of the word that begins at the current
    /// character.
    ahead: Vec<f64>,
}

/// Returns the first two characters of a word as one number; 0 stands for a missing character.
fn first_two(word: &str) -> u64 {
    let mut chars = word.chars().map(u64::from);
    chars.next().unwrap_or(0) << 32 | chars.next().unwrap_or(0)
}

impl<'w> WordParts<'w> {
    fn new(base: &'w Image) -> WordParts<'w> {
        let (own, lengths) = Default::default();
        WordParts {
            base,
            lexicon: base.lexicon(),
            own,
            lengths,
            codes: Vec::new(),
            best: Vec::new(),
            ahead: Vec::new(),
        }
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

    /// Computes the frequency by jieba's rule.
    fn suggest(&mut self, word: &str) -> u64 {
        let WordParts { base, lexicon, own, lengths, codes, best, ahead } = self;
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
            // A character that is not a word counts as a word of frequency 1.
            ahead[1] = unknown;
            let rest = codes[from..].iter().copied();
            lexicon.each_prefix(rest, |chars, _, log_probability| ahead[chars] = log_probability);
            // User words take precedence over the dictionary.
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
        // jieba's arithmetic: the product as a frequency, plus one.
        match len {
            1 => 1,
            _ => whole((best[0] - unknown).exp()).saturating_add(1),
        }
    }
}
