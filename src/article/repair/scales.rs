//! Weighs possible repairs of damaged text, by their words and by the rest of the page.

use std::cell::Cell;
use std::ops::RangeInclusive;

use foldhash::{HashMap, HashMapExt};

use super::gbk::{char_of, is_gb2312};
use super::readings::{Spelled, is_reading_of, reading_after};
use crate::dictionary::Lexicon;
use crate::text::codes::is_han;

/// The first bytes of GBK characters. A decoder took a lost byte for one of these, because no other
/// byte becomes a mark.
pub(super) const LEADS: RangeInclusive<u8> = 0x81..=0xFE;

/// Each word of a text adds this number to the logarithm of the text's probability, so that fewer
/// and longer words win. Long words are likelier than their frequencies say.
const EACH_WORD: f64 = -2.0;
/// The weight of the rest of the page beside the words. This and the other weights here were chosen
/// on 1,000 abstracts that had been harmed. With half or twice this weight, 0.1 % fewer places are
/// restored.
const FAMILIARITY: f64 = 0.7;

/// The number of bytes that may be weighed: some for each byte of the text, and enough for a short
/// text.
const BYTES_EACH: usize = 64;
const BYTES_ENOUGH: usize = 1 << 20;

/// Stands for no character.
const ALONE: char = '\0';

pub(super) struct Scales<'w> {
    pub(super) lexicon: Lexicon<'w>,
    /// The number of bytes that may still be weighed.
    left: Cell<usize>,
    /// The number of times that one Han character follows another, apart from readings. A character
    /// has [`ALONE`] before it where it has no reading, and after it where it has one.
    counts: HashMap<u64, u32>,
    /// `true` if nearly all characters with readings are Traditional. This is so on most harmed
    /// pages.
    is_traditional: bool,
    pub(super) has_crlf: bool,
    pub(super) has_ascii_commas: bool,
}

impl<'w> Scales<'w> {
    pub(super) fn new(text: &str, lexicon: Lexicon<'w>) -> Scales<'w> {
        // The capacity suffices for a usual page, so that the map seldom grows.
        let mut counts = HashMap::with_capacity((text.len() / 4).min(1 << 12));
        let (mut glossed, mut simplified) = (0, 0);
        let mut last = ALONE;
        let mut last_han = None;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if is_han(c) {
                if let Some(last) = last_han.replace(c) {
                    *counts.entry(packed(last, c)).or_default() += 1;
                }
            } else if !(c.is_alphabetic() || matches!(c, '(' | ')')) {
                last_han = None;
            }
            let reading = if c == '(' && is_han(last) { reading_after(text, at) } else { None };
            match reading {
                Some((reading, end)) if is_reading_of(last, &reading) => {
                    *counts.entry(packed(last, ALONE)).or_default() += 1;
                    glossed += 1;
                    simplified += usize::from(is_gb2312(last));
                    (at, last) = (end, ')');
                }
                _ => {
                    *counts.entry(packed(ALONE, c)).or_default() += 1;
                    (at, last) = (at + c.len_utf8(), c);
                }
            }
        }
        Scales {
            lexicon,
            left: Cell::new(text.len().saturating_mul(BYTES_EACH).saturating_add(BYTES_ENOUGH)),
            is_traditional: glossed >= 3 && simplified * 20 <= glossed,
            has_crlf: text.contains("\r\n"),
            has_ascii_commas: counts.get(&packed(ALONE, ',')) > counts.get(&packed(ALONE, '，')),
            counts,
        }
    }

    /// Returns how often `b` follows `a`. See [`Scales::counts`].
    fn count(&self, a: char, b: char) -> u32 {
        self.counts.get(&packed(a, b)).copied().unwrap_or(0)
    }

    /// Returns how likely `text` is between `before` and `after`, as a natural logarithm plus a
    /// constant.
    pub(super) fn weight(&self, before: &str, text: &str, after: &str) -> f64 {
        let all = format!("{before}{text}{after}");
        self.left.set(self.left.get().saturating_sub(all.len()));
        let (log_probability, words) = self.lexicon.best_words(&all);
        log_probability + EACH_WORD * words as f64 + FAMILIARITY * self.log_familiarity(text)
    }

    /// Returns `true` if nothing more may be weighed. This bounds the time for texts that are made
    /// to take long.
    pub(super) fn are_worn_out(&self) -> bool {
        self.left.get() == 0
    }

    /// Returns how likely `c` is among the characters that have readings, as a natural logarithm.
    pub(super) fn log_likelihood(&self, c: char) -> f64 {
        const UNLIKELY: f64 = -6.0;
        let is_off = match (self.count(c, ALONE), self.count(ALONE, c)) {
            (0, 0) => self.is_traditional && is_gb2312(c),
            // Text that is read out of step may have `c` once by chance.
            (0, plain) => plain > 1,
            _ => false,
        };
        if is_off { UNLIKELY } else { 0.0 }
    }

    /// Returns how much likelier `text` is because its characters and pairs stand elsewhere on the
    /// page, as a natural logarithm.
    fn log_familiarity(&self, text: &str) -> f64 {
        /// Added to each count, for characters that the page does not have elsewhere.
        const UNSEEN: f64 = 0.1;
        /// The weight that a pair adds to the logarithm of its count.
        const PAIR: f64 = 2.0;
        const MOST: f64 = 4.0;
        let log = |count: u32| (UNSEEN + f64::from(count)).ln().min(MOST);
        let of_chars: f64 = text.chars().filter(|c| !c.is_ascii()).map(|c| log(self.count(ALONE, c))).sum();
        let pairs = text.chars().zip(text.chars().skip(1)).map(|(a, b)| self.count(a, b)).filter(|&count| count > 0);
        of_chars + pairs.map(|count| PAIR + log(count)).sum::<f64>()
    }
}

/// Returns the characters with this first byte and this reading, each with its second byte.
pub(super) fn characters(first: u8, reading: &Spelled) -> impl Iterator<Item = (u8, char)> {
    let characters = LEADS.filter_map(move |second| Some((second, char_of(first, second)?)));
    characters.filter(|&(_, c)| is_reading_of(c, reading))
}

/// Packs two characters into one number, which hashes faster.
fn packed(a: char, b: char) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}
