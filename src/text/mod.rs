//! A text before words: its characters as codes, a stretch of text at a time.
//!
//! A text is read in batches of some thousand characters, each up to a place that no word can cross, so that the
//! memory needed is bounded by the longest run and not by the text.

mod exact;
mod kind;
mod natural;

pub(crate) use self::exact::joins_in_full_mode;
pub(crate) use self::kind::Kind;
use crate::lexicon::codes::{BREAK, Code};

/// Characters in a batch, if the runs of the text allow it: the arrays of a batch stay in the second-level cache.
const BATCH: usize = 4096;
/// A batch never gets longer than this; a run that is longer is cut there.
const LONGEST_BATCH: usize = 1 << 29;

/// A batch of characters.
#[derive(Default)]
pub(crate) struct Units {
    /// A code for each character, and one [`BREAK`] more.
    pub(crate) codes: Vec<Code>,
    /// Where each character begins, in bytes from `start`, and where the batch ends.
    offsets: Vec<u32>,
    /// What is more than one character and not to be cut, in order.
    pub(crate) pieces: Vec<Piece>,
    /// Where the batch begins in the text, in bytes.
    start: usize,
}

/// Characters that stay together: a Latin word, a number, an emoji sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// First character.
    pub(crate) start: u32,
    /// The character after the last one.
    pub(crate) end: u32,
    pub(crate) kind: Kind,
}

impl Units {
    /// The number of characters.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.codes.len() - 1
    }

    /// Where character `unit` begins, or the last one ends, in bytes from the beginning of the text.
    #[inline]
    pub(crate) fn byte(&self, unit: usize) -> usize {
        self.start + self.offsets[unit] as usize
    }

    fn begin(&mut self, start: usize) {
        self.codes.clear();
        self.offsets.clear();
        self.pieces.clear();
        self.start = start;
    }

    #[inline]
    fn push(&mut self, code: Code, at: usize) {
        self.codes.push(code);
        self.offsets.push((at - self.start) as u32);
    }

    fn finish(&mut self, end: usize) {
        self.push(BREAK, end);
    }

    /// Free what a huge run left behind.
    pub(crate) fn release(&mut self) {
        crate::release(&mut self.codes);
        crate::release(&mut self.offsets);
        crate::release(&mut self.pieces);
    }
}

/// The character at byte `at`, as a number, and its length in bytes.
#[inline]
fn decode(text: &str, at: usize) -> (u32, usize) {
    match text.as_bytes()[at..] {
        [a @ ..0x80, ..] => (a.into(), 1),
        [a @ 0xe0..0xf0, b, c, ..] => {
            let tail = u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f);
            (u32::from(a & 0x0f) << 12 | tail, 3)
        }
        _ => text[at..].chars().next().map_or((0, 1), |c| (c.into(), c.len_utf8())),
    }
}
