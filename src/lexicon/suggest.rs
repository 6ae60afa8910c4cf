//! The frequency that makes some characters one word.

use std::collections::HashMap;

use super::image::Image;
use super::user_words::{Intent, Wish};

/// The frequencies of `words`, which are sorted: those that were given, and for the others jieba's (`suggest_freq`),
/// just more than that of the likeliest parts together. A word's parts may be other such words: shorter ones are
/// seen to first, so that the order in which they were added does not matter.
pub(super) fn frequencies(words: &[(&str, &Wish)], base: &Image) -> Vec<u64> {
    let chars = |index: &usize| words[*index].0.chars().count();
    let mut shortest_first: Vec<usize> = (0..words.len()).collect();
    shortest_first.sort_by_cached_key(chars);
    let mut frequencies = vec![0; words.len()];
    let mut known = Known { base, own: HashMap::with_capacity_and_hasher(words.len(), Default::default()), longest: 0 };
    let mut parts = Parts::default();
    for index in shortest_first {
        let (word, wish) = words[index];
        frequencies[index] = match (&wish.intent, wish.frequency) {
            (Intent::Exactly, Some(frequency)) => frequency,
            (Intent::NeverJoin | Intent::Split(_), _) => 0,
            (_, least) => parts.suggest(word, &known).max(least.unwrap_or(0)),
        };
        known.own.insert(word, frequencies[index]);
        known.longest = known.longest.max(word.len());
    }
    frequencies
}

/// The words there are so far.
struct Known<'w> {
    base: &'w Image,
    own: HashMap<&'w str, u64, foldhash::fast::RandomState>,
    /// Length of the longest of one's own, in bytes.
    longest: usize,
}

/// The likeliest way to cut a word in parts.
#[derive(Default)]
struct Parts {
    /// By character: where it begins, and last where the word ends.
    offsets: Vec<usize>,
    /// By character: the logarithm of the probability of the parts from there on.
    best: Vec<f64>,
    /// By number of characters: how frequent the word is that begins at the character looked at.
    frequency_of: Vec<u64>,
}

impl Parts {
    fn suggest(&mut self, word: &str, known: &Known<'_>) -> u64 {
        let Parts { offsets, best, frequency_of } = self;
        offsets.clear();
        offsets.extend(word.char_indices().map(|(at, _)| at).chain([word.len()]));
        let len = offsets.len() - 1;
        let log_total = -known.base.meta.unknown;
        best.clear();
        best.resize(len + 1, f64::NEG_INFINITY);
        best[len] = 0.0;
        let mut own_frequency = 1;
        for from in (0..len).rev() {
            frequency_of.clear();
            // A character that begins nothing counts as a word of frequency 1.
            frequency_of.resize(len + 1 - from, 0);
            frequency_of[1] = 1;
            known.base.each_prefix(&word[offsets[from]..], |chars, frequency| frequency_of[chars] = frequency);
            // What was said of a word counts more than what the dictionary says.
            let ends = offsets[from..].iter().take_while(|&&end| end - offsets[from] <= known.longest);
            for (frequency, &end) in frequency_of.iter_mut().zip(ends).skip(1) {
                if let Some(&own) = known.own.get(&word[offsets[from]..end]) {
                    *frequency = own;
                }
            }
            if from == 0 && len > 1 {
                own_frequency = std::mem::take(&mut frequency_of[len]).max(1);
            }
            for (chars, &frequency) in frequency_of.iter().enumerate().filter(|(_, frequency)| **frequency > 0) {
                let score = (frequency as f64).ln() - log_total + best[from + chars];
                best[from] = score.max(best[from]);
            }
        }
        // jieba's arithmetic: the product as a frequency, and one more.
        match len {
            1 => frequency_of[1],
            _ => own_frequency.max(((best[0] + log_total).exp() as u64).saturating_add(1)),
        }
    }
}
