//! Full-width forms of ASCII characters, which are read as ASCII.

use super::part;
use crate::text::scan::count;

/// Returns the ASCII character that `text` begins with, in either width, and its length in bytes;
/// `(0, 0)` for any other character.
pub(super) fn ascii(text: &[u8]) -> (u8, usize) {
    match *text {
        [a @ 1..0x80, ..] => (a, 1),
        // U+FF01 to U+FF5E are the full-width forms of U+0021 to U+007E.
        [0xef, 0xbc, c @ 0x81..=0xbf, ..] => (c - 0x60, 3),
        [0xef, 0xbd, c @ 0x80..=0x9e, ..] => (c - 0x20, 3),
        _ => (0, 0),
    }
}

/// Returns the length of the digits of either width that `text` begins with.
pub(super) fn digits(text: &[u8]) -> usize {
    let mut len = 0;
    while let (b'0'..=b'9', width) = ascii(part(text, len..)) {
        len += width;
    }
    count(len + 1);
    len
}

/// More characters than a date with a time and a zone has.
const MOST: usize = 40;

/// Returns the length in `text` of the entity that `find` finds at its beginning, if `text` is
/// ASCII of either width up to there.
pub(super) fn find(text: &[u8], find: impl FnOnce(&[u8]) -> Option<usize>) -> Option<usize> {
    let (mut narrow, mut ends) = (Vec::with_capacity(MOST), Vec::with_capacity(MOST));
    let mut end = 0;
    while narrow.len() < MOST {
        let (ascii, width) = ascii(part(text, end..));
        if width == 0 {
            break;
        }
        end += width;
        narrow.push(ascii);
        ends.push(end);
    }
    count(narrow.len() + 1);
    let len = find(&narrow).filter(|&len| len < MOST)?;
    ends.get(len.checked_sub(1)?).copied()
}
