//! What one repair of damaged text is weighed against another with: words, and what the page says elsewhere.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::rc::Rc;

use super::gbk::{char_of, is_gb2312};
use super::marks::read_after;
use super::readings::{Spelled, is_reading_of};
use super::words::Words;
use crate::numbers::fits;
use crate::text::codes::is_han;

/// A byte that is lost was taken for the first of two: no other would have become a mark.
pub(super) const LEADS: RangeInclusive<u8> = 0x81..=0xFE;

/// How much what a text says elsewhere counts beside the words. This, and the other constants of this kind, were chosen
/// on 1,000 abstracts that had been harmed; half as much or twice as much restores 0.1 % fewer places.
const FAMILIARITY: f64 = 0.7;

/// Second bytes, and the characters that they make.
type Characters = Rc<[(u8, char)]>;

pub(super) struct Scales<'w> {
    pub(super) words: &'w Words<'w>,
    pub(super) listed: Listed,
    /// By first byte and reading: the second bytes of the characters that are read so, and the characters.
    characters: RefCell<HashMap<(u8, String), Characters>>,
    /// How many bytes may still be weighed. It is never used up but by a text made for it.
    left: Cell<usize>,
}

/// What may be weighed, in bytes: some for each byte of the text, and enough for a short one.
const EACH: usize = 64;
const ENOUGH: usize = 1 << 20;

impl<'w> Scales<'w> {
    pub(super) fn new(text: &str, words: &'w Words<'w>) -> Scales<'w> {
        let left = Cell::new(text.len().saturating_mul(EACH).saturating_add(ENOUGH));
        Scales { words, listed: Listed::of(text), characters: RefCell::default(), left }
    }

    /// The natural logarithm of what speaks for a text between two others, but for a constant.
    pub(super) fn weight(&self, before: &str, text: &str, after: &str) -> f64 {
        let all = format!("{before}{text}{after}");
        self.left.set(self.left.get().saturating_sub(all.len()));
        self.words.log_likelihood(&all) + FAMILIARITY * self.listed.log_familiarity(text)
    }

    /// Whether as much has been weighed as the text is worth, so that the time is linear in any text.
    pub(super) fn are_worn_out(&self) -> bool {
        self.left.get() == 0
    }

    /// The characters that begin with this byte and are read so.
    pub(super) fn characters(&self, first: u8, reading: &Spelled) -> Characters {
        let find = || {
            let characters = LEADS.filter_map(|second| Some((second, char_of(first, second)?)));
            characters.filter(|&(_, c)| is_reading_of(c, reading)).collect()
        };
        let key = (first, reading.as_str().to_owned());
        Rc::clone(self.characters.borrow_mut().entry(key).or_insert_with(find))
    }
}

/// What a text says of the list of characters, and of its own.
///
/// All of it only weighs one repair against another: counts are small numbers that stay where they cannot grow, and
/// pairs may share a count.
pub(super) struct Listed {
    counts: Counts,
    /// By pair of Han characters that follow each other, with readings between or without: how often.
    pairs: Vec<u16>,
    /// Whether all listed characters are Traditional ones, which is what harms pages most.
    is_traditional: bool,
    pub(super) has_crlf: bool,
    /// Whether commas are half-width.
    pub(super) has_ascii_commas: bool,
}

impl Listed {
    fn of(text: &str) -> Listed {
        let mut counts = Counts::default();
        let mut pairs = vec![0u16; PAIRS];
        let mut glossed: Vec<char> = Vec::new();
        let mut spelled = Spelled::default();
        let mut last = '\0';
        let mut last_han = None;
        let add = |count: &mut u16| *count = count.saturating_add(1);
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let after = at + c.len_utf8();
            if is_han(c) {
                if let Some(last) = last_han.replace(c) {
                    add(&mut pairs[pair(last, c)]);
                }
            } else if last_han.is_some() && !(c.is_alphabetic() || matches!(c, '(' | ')')) {
                last_han = None;
            }
            let reading = if c == '(' && is_han(last) { read_after(text, at, &mut spelled) } else { None };
            (at, last) = match reading {
                // What it is written with is no text.
                Some(end) if is_reading_of(last, &spelled) => {
                    let [count, _] = counts.of_mut(last);
                    if *count == 0 {
                        glossed.push(last);
                    }
                    add(count);
                    (end, ')')
                }
                _ => {
                    if c != '(' {
                        add(&mut counts.of_mut(c)[1]);
                    }
                    (after, c)
                }
            };
        }
        let simplified = glossed.iter().filter(|&&c| is_gb2312(c)).count();
        Listed {
            is_traditional: glossed.len() >= 3 && simplified * 20 <= glossed.len(),
            has_crlf: text.contains("\r\n"),
            has_ascii_commas: counts.of(',')[1] > counts.of('，')[1],
            counts,
            pairs,
        }
    }

    /// How likely `c` is to be on the list, as a natural logarithm that is added to that of the words.
    pub(super) fn log_likelihood(&self, c: char) -> f64 {
        const UNLIKELY: f64 = -6.0;
        let is_off = match self.counts.of(c) {
            [0, 0] => self.is_traditional && is_gb2312(c),
            // What is out of step may look like `c`, too.
            [0, count] => count > 1,
            _ => false,
        };
        if is_off { UNLIKELY } else { 0.0 }
    }

    /// How much more likely the characters of `text` are for having been read before in this one, as a natural
    /// logarithm.
    fn log_familiarity(&self, text: &str) -> f64 {
        const MOST: f64 = 4.0;
        let log = |count: u16| (UNSEEN + f64::from(count)).ln().min(MOST);
        let of_chars: f64 = text.chars().filter(|c| !c.is_ascii()).map(|c| log(self.counts.of(c)[1])).sum();
        let pairs = text.chars().zip(text.chars().skip(1)).map(|(a, b)| self.pairs[pair(a, b)]);
        let of_pairs: f64 = pairs.filter(|&count| count > 0).map(|count| PAIR + log(count)).sum();
        of_chars + of_pairs
    }
}

/// How many counts pairs share.
const PAIRS: usize = 1 << 16;

fn pair(a: char, b: char) -> usize {
    (u32::from(a).wrapping_mul(0x9E37_79B1) ^ u32::from(b).wrapping_mul(0x85EB_CA77)) as usize >> 3 & (PAIRS - 1)
}

/// By character: how often it has its reading beside it, and how often it occurs. A text has few of all characters, so they
/// are in pages that are made when one of their characters comes; those beyond U+FFFF, which GBK does not have, are not
/// counted.
struct Counts {
    /// By the characters' upper bits, which of the pages. The first one is empty.
    index: Box<[u16; NOT_COUNTED / PAGE + 1]>,
    pages: Vec<[[u16; 2]; PAGE]>,
}

const PAGE: usize = 64;
/// The first of them, to which what is said of all of them goes.
const NOT_COUNTED: usize = 1 << 16;

impl Default for Counts {
    fn default() -> Counts {
        Counts { index: Box::new([0; NOT_COUNTED / PAGE + 1]), pages: vec![[[0; 2]; PAGE]] }
    }
}

impl Counts {
    fn of(&self, c: char) -> [u16; 2] {
        match c as usize {
            at @ ..NOT_COUNTED => self.pages[usize::from(self.index[at / PAGE])][at % PAGE],
            _ => [0; 2],
        }
    }

    fn of_mut(&mut self, c: char) -> &mut [u16; 2] {
        let at = (c as usize).min(NOT_COUNTED);
        let page = &mut self.index[at / PAGE];
        if *page == 0 {
            *page = fits(self.pages.len());
            self.pages.push([[0; 2]; PAGE]);
        }
        &mut self.pages[usize::from(*page)][at % PAGE]
    }
}

/// What counts for a character that a text does not have elsewhere.
const UNSEEN: f64 = 0.1;
/// What a pair of characters that the text has elsewhere says more than its characters, as a natural logarithm.
const PAIR: f64 = 2.0;
