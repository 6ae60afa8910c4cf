//! Full-width forms of ASCII characters, which are read as these.

use super::part;
use crate::text::scan::count;

/// The ASCII character that `text` begins with, in either width, and its length in bytes; `(0, 0)`
/// for all others.
#[inline]
pub(super) fn ascii(text: &[u8]) -> (u8, usize) {
    match *text {
        [a @ 1..0x80, ..] => (a, 1),
        // U+FF01 to U+FF5E are U+0021 to U+007E.
        [0xef, 0xbc, c @ 0x81..=0xbf, ..] => (c - 0x60, 3),
        [0xef, 0xbd, c @ 0x80..=0x9e, ..] => (c - 0x20, 3),
        _ => (0, 0),
    }
}

/// The length of the digits of either width with which `text` begins.
#[inline]
pub(super) fn digits(text: &[u8]) -> usize {
    let mut len = 0;
    while let (b'0'..=b'9', width) = ascii(part(text, len..)) {
        len += width;
    }
    count(len + 1);
    len
}

/// Characters of a [`Narrow`] text: more than a date with a time and its zone has.
const MOST: usize = 40;

/// The ASCII characters of either width with which a text begins.
pub(super) struct Narrow {
    bytes: [u8; MOST],
    /// The place in the text where each of them ends.
    ends: [usize; MOST],
    len: usize,
}

impl Narrow {
    pub(super) fn of(text: &[u8]) -> Narrow {
        let mut narrow = Narrow { bytes: [0; MOST], ends: [0; MOST], len: 0 };
        let mut end = 0;
        for (byte, place) in narrow.bytes.iter_mut().zip(&mut narrow.ends) {
            let (ascii, width) = ascii(part(text, end..));
            if width == 0 {
                break;
            }
            end += width;
            (*byte, *place) = (ascii, end);
            narrow.len += 1;
        }
        count(narrow.len + 1);
        narrow
    }

    /// The length in the text of what `find` finds, if all of it is known.
    pub(super) fn find(&self, find: impl FnOnce(&[u8]) -> Option<usize>) -> Option<usize> {
        let len = find(part(&self.bytes, ..self.len)).filter(|&len| len < MOST)?;
        self.ends.get(len.checked_sub(1)?).copied()
    }
}
