//! What the files of jieba's two hidden Markov models share: log probabilities, and a row of numbers
//! for each character.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::Error;
use crate::numbers::fits;
use crate::storage::bytes::U16s;
use crate::storage::char_table::{Leaves, PageTable};
use crate::storage::image::{Reader, Writer};

/// What jieba's models hold in place of the logarithm of zero.
pub(super) const NEVER: f64 = -3.14e100;

/// Returns whether a model may hold `p`.
pub(super) fn is_log_probability(p: f64) -> bool {
    (NEVER..=0.0).contains(&p)
}

/// Reads a log probability as text forms write it.
pub(super) fn log_probability(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|&p| is_log_probability(p))
}

/// The rows of a model by character, in its file. Row 0 is for characters that it does not know.
pub(super) struct CharRows {
    index: Range<usize>,
    leaves: Range<usize>,
}

impl CharRows {
    /// Writes that `chars` have the rows from 1 on, in order.
    ///
    /// # Errors
    ///
    /// If there are more characters than a row's number can count.
    pub(super) fn write(image: &mut Writer, chars: impl ExactSizeIterator<Item = char>) -> Result<(), Error> {
        if chars.len() >= usize::from(u16::MAX) {
            let most = u16::MAX - 1;
            return Err(Error::new(format!("expected at most {most} characters, found {}", chars.len())));
        }
        let row_of: BTreeMap<char, u16> = chars.enumerate().map(|(index, c)| (c, fits::<u16, _>(index) + 1)).collect();
        let mut leaves = Leaves::default();
        let index = leaves.index(|c| row_of.get(&c).copied().unwrap_or(0));
        image.items(b"indx", index.into_iter().map(u16::to_le_bytes));
        image.items(b"leaf", leaves.finish().into_iter().map(u16::to_le_bytes));
        Ok(())
    }

    pub(super) fn open(reader: &Reader<'_>) -> Result<CharRows, Error> {
        Ok(CharRows { index: reader.section(b"indx", 2)?, leaves: reader.section(b"leaf", 2)? })
    }

    /// Returns the table from characters to rows, in the bytes of the file.
    #[inline]
    pub(super) fn table<'a>(&self, bytes: &'a [u8]) -> PageTable<'a> {
        PageTable { index: U16s::new(&bytes[self.index.clone()]), leaves: U16s::new(&bytes[self.leaves.clone()]) }
    }
}
