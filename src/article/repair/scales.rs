//! Weighs possible repairs of damaged text: by the words they make, and by what the rest of the page has.

use std::cell::Cell;
use std::ops::RangeInclusive;

use foldhash::{HashMap, HashMapExt};

use super::gbk::{char_of, is_gb2312};
use super::readings::{Spelled, is_reading_of, reading_after};
use crate::dictionary::Lexicon;
use crate::text::codes::is_han;

/// First bytes of GBK characters. A lost byte was taken for one of these: no other becomes a mark.
pub(super) const LEADS: RangeInclusive<u8> = 0x81..=0xFE;

/// Each word of a text adds this number to the logarithm of the text's probability, so that fewer and longer
/// words win: long words are likelier than their frequencies say.
const EACH_WORD: f64 = -2.0;
/// How much the rest of the page counts beside the words. This and the other weights here were chosen
/// on 1,000 abstracts that had been harmed. Half or twice as much restores 0.1 % fewer places.
const FAMILIARITY: f64 = 0.7;

/// How many bytes may be weighed: so many for each byte of the text, and enough for a short text.
const BYTES_EACH: usize = 64;
const BYTES_ENOUGH: usize = 1 << 20;

/// Stands for no character.
const ALONE: char = '\0';

pub(super) struct Scales<'w> {
    pub(super) lexicon: Lexicon<'w>,
    /// How many bytes may still be weighed.
    left: Cell<usize>,
    /// How often two Han characters follow each other, apart from readings. A character has [`ALONE`]
    /// before it where it has no reading, and after it where it has one.
    counts: HashMap<u64, u32>,
    /// `true` if all characters with readings are Traditional. Most harmed pages are so.
    is_traditional: bool,
    pub(super) has_crlf: bool,
    pub(super) has_ascii_commas: bool,
}

impl<'w> Scales<'w> {
    pub(super) fn new(text: &str, lexicon: Lexicon<'w>) -> Scales<'w> {
        // Room for what a usual page has, so that the map seldom grows.
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

    /// Returns how often `a` is followed by `b`, as [`Scales::counts`] says.
    fn count(&self, a: char, b: char) -> u32 {
        self.counts.get(&packed(a, b)).copied().unwrap_or(0)
    }

    /// Returns how likely `text` is between two others, as a natural logarithm plus a constant.
    pub(super) fn weight(&self, before: &str, text: &str, after: &str) -> f64 {
        let all = format!("{before}{text}{after}");
        self.left.set(self.left.get().saturating_sub(all.len()));
        let (log_probability, words) = self.lexicon.best_words(&all);
        log_probability + EACH_WORD * words as f64 + FAMILIARITY * self.log_familiarity(text)
    }

    /// Returns whether nothing more may be weighed. This bounds the time for texts that are made to
    /// take long.
    pub(super) fn are_worn_out(&self) -> bool {
        self.left.get() == 0
    }

    /// Returns how likely `c` is among the characters that were given readings, as a natural logarithm.
    pub(super) fn log_likelihood(&self, c: char) -> f64 {
        const UNLIKELY: f64 = -6.0;
        let is_off = match (self.count(c, ALONE), self.count(ALONE, c)) {
            (0, 0) => self.is_traditional && is_gb2312(c),
            // Text that is read out of step may show `c` once by chance.
            (0, plain) => plain > 1,
            _ => false,
        };
        if is_off { UNLIKELY } else { 0.0 }
    }

    /// Returns how much likelier `text` is since its characters and pairs stand elsewhere on the page,
    /// as a natural logarithm.
    fn log_familiarity(&self, text: &str) -> f64 {
        /// Counts for a character that the page does not have elsewhere.
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

/// Returns two characters as one number, which is hashed faster.
fn packed(a: char, b: char) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}
