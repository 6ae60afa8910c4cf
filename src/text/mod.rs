//! A text before words are found: its characters as codes, one stretch of text at a time.
//!
//! A text is read in batches of about a thousand characters. A batch ends at a place that no word
//! can cross, so memory is bounded by the longest run and not by the text.

pub(crate) mod codes;
mod entity;
mod exact;
mod natural;
mod origin;
mod scan;
pub(crate) mod unified;

pub(crate) use self::entity::Entities;
pub use self::entity::Entity;
pub(crate) use self::entity::is_unit;
pub(crate) use self::exact::joins_in_full_mode;
pub(crate) use self::natural::ReadingOptions;
pub use self::origin::Origin;
use crate::numbers::{fits, low};
use crate::storage::char_table::CharTable;
use crate::text::codes::{BREAK, Code, NOT_ALONE};

/// The number of characters in a batch, unless a run goes on. The arrays of a batch fit into the
/// first-level cache.
const BATCH: usize = 1024;
/// The largest number of bytes in a batch, so that offsets fit their type. A longer run is cut
/// there. The limit is low in this crate's tests, so that they reach it.
const LONGEST_BATCH: usize = if cfg!(test) { 1 << 16 } else { 1 << 24 };
/// The natural profile cuts a run after this many characters, between two words. It makes one unit
/// with the code [`BREAK`] of a piece of more than this many bytes. No word can be that long.
const LONGEST_RUN: usize = if cfg!(test) { 1 << 12 } else { 1 << 14 };

/// A batch of units. Each character is a unit, with two exceptions. `\r\n` is one unit, unless line
/// feeds are read separately. A very long piece is one unit.
#[derive(Default)]
pub(crate) struct Units {
    /// A code for each character, and two more [`BREAK`]s. The codes after these are left over from
    /// earlier batches.
    codes: Vec<Code>,
    /// The byte where each character begins, counted from `start`, and the byte where the batch
    /// ends.
    offsets: Vec<u32>,
    /// The number of characters.
    len: usize,
    /// Stretches of characters that are not to be cut, in order.
    pub(crate) pieces: Vec<Piece>,
    /// The pieces inside those `pieces` that may have words in them.
    pub(crate) inner: Vec<Piece>,
    /// The byte of the text where the batch begins.
    start: usize,
}

/// Returns whether `byte` joins letters and digits inside a word: in version and part numbers, host
/// names and hyphenated words.
pub(crate) fn is_connector(byte: u8) -> bool {
    matches!(byte, b'.' | b'_' | b'-')
}

/// Returns whether `byte` stands between words in an entity: connectors, and the marks of
/// addresses, names and topics.
pub(crate) fn is_separator(byte: u8) -> bool {
    is_connector(byte) || matches!(byte, b'@' | b'#' | b'/' | b':' | b'?' | b'&' | b'=' | b'+' | b'~' | b'%')
}

/// A stretch of characters that stay together: a Latin word, a number, an emoji sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The first character.
    pub(crate) start: u32,
    /// The character after the last one.
    pub(crate) end: u32,
    pub(crate) origin: Origin,
    /// `true` if there may be words in the piece. They are not steps of the route, but parts of the
    /// token.
    pub(crate) has_words: bool,
}

impl Units {
    /// Returns the number of characters.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Returns the number of characters that there is room for.
    pub(crate) fn capacity(&self) -> usize {
        self.codes.len()
    }

    /// Returns a code for each character, and two more [`BREAK`]s: one that ends the last run, and
    /// one so that a character follows it.
    #[inline]
    pub(crate) fn codes(&self) -> &[Code] {
        &self.codes[..self.len + 2]
    }

    /// Returns the byte of the text where character `unit` begins. The number after the last
    /// character gives the byte where the batch ends.
    #[inline(always)]
    pub(crate) fn byte(&self, unit: usize) -> usize {
        self.start + self.offsets[unit] as usize
    }

    fn begin(&mut self, start: usize) {
        if self.codes.is_empty() {
            self.grow();
        }
        self.len = 0;
        self.pieces.clear();
        self.inner.clear();
        self.start = start;
    }

    /// Makes room for an eighth more characters, and at least for a batch.
    #[cold]
    fn grow(&mut self) {
        // Two more slots are for the codes that end the batch. The arrays grow by no more than an
        // eighth at a time, since a run may be as long as memory allows.
        let more = (self.codes.len() / 8).max(BATCH + 2);
        self.codes.reserve_exact(more);
        self.codes.resize(self.codes.len() + more, BREAK);
        self.offsets.reserve_exact(more);
        self.offsets.resize(self.offsets.len() + more, 0);
    }

    /// Returns the code of the last character.
    fn last(&self) -> Option<Code> {
        self.len.checked_sub(1).map(|last| self.codes[last])
    }

    /// Push a character that has this code and begins at byte `at`.
    fn push(&mut self, code: Code, at: usize) {
        if self.len + 2 >= self.codes.len() {
            self.grow();
        }
        self.codes[self.len] = code;
        self.offsets[self.len] = fits(at - self.start);
        self.len += 1;
    }

    fn finish(&mut self, end: usize) {
        self.codes[self.len..self.len + 2].fill(BREAK);
        self.offsets[self.len] = fits(end - self.start);
    }

    /// Reads characters of one or three bytes that stand for themselves, from byte `at` on, up to
    /// the length of a batch. Returns the byte after them. Nearly all of a Chinese text is read
    /// here.
    ///
    /// `code_of` returns the code for a character of the basic plane and its number in `table`. The
    /// code has the bit [`NOT_ALONE`] if the character is not to be read here.
    #[inline(always)]
    fn read_usual(
        &mut self,
        text: &str,
        at: usize,
        table: CharTable<'_>,
        code_of: impl Fn(u16, u16) -> Code,
        crlf_is_one: bool,
    ) -> usize {
        // One test for the whole call, not one for each character.
        match table.has_more() {
            false => self.read_coded(text, at, |c| code_of(c, table.own_basic(c)), crlf_is_one),
            true => self.read_more(text, at, &|c| code_of(c, table.basic(c)), crlf_is_one),
        }
    }

    /// Reads as [`Units::read_coded`] does. This is compiled once, since few users bring new
    /// characters.
    #[inline(never)]
    fn read_more(&mut self, text: &str, at: usize, code_of: &dyn Fn(u16) -> Code, crlf_is_one: bool) -> usize {
        self.read_coded(text, at, code_of, crlf_is_one)
    }

    /// Does the work of [`Units::read_usual`]. `code_of` returns the code of a character.
    #[inline(always)]
    fn read_coded(&mut self, text: &str, at: usize, code_of: impl Fn(u16) -> Code, crlf_is_one: bool) -> usize {
        let end = text.len() - self.start;
        let mut len = self.len;
        let mut rest = &text.as_bytes()[at..];
        let (Some(codes), Some(offsets)) =
            (self.codes.first_chunk_mut::<BATCH>(), self.offsets.first_chunk_mut::<BATCH>())
        else {
            return at;
        };
        'all: while len < BATCH {
            if let Some(bytes) = rest.first_chunk::<16>().filter(|_| len <= BATCH - 4) {
                let sequence = |i: usize| u32::from_le_bytes([bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]]);
                let sequences = [sequence(0), sequence(3), sequence(6), sequence(9)];
                let [a, b, c, d] = sequences.map(|sequence| sequence ^ 0xe0);
                // Four characters of three bytes each: one comparison tests all of them.
                if (a | b | c | d) & 0xf0 == 0 {
                    let code = |i: usize| code_of(decode_lowest(sequences[i]));
                    let (a, b, c, d) = (code(0), code(1), code(2), code(3));
                    if (a | b | c | d) & NOT_ALONE == 0 {
                        let offset = fits(end - rest.len());
                        (codes[len], codes[len + 1], codes[len + 2], codes[len + 3]) = (a, b, c, d);
                        (offsets[len], offsets[len + 1]) = (offset, offset + 3);
                        (offsets[len + 2], offsets[len + 3]) = (offset + 6, offset + 9);
                        rest = &rest[12..];
                        len += 4;
                        continue;
                    }
                }
            }
            // The last characters, or four characters that are not all of this kind.
            for _ in 0..4 {
                let (c, width) = match *rest {
                    [a @ 0xe0..0xf0, b, c, ..] => (decode_three([a, b, c]), 3),
                    [b'\r', b'\n', ..] if crlf_is_one => (b'\r'.into(), 2),
                    [a @ ..0x80, ..] => (a.into(), 1),
                    _ => break 'all,
                };
                let code = code_of(c);
                if len == BATCH || code & NOT_ALONE != 0 {
                    break 'all;
                }
                codes[len] = code;
                offsets[len] = fits(end - rest.len());
                rest = &rest[width..];
                len += 1;
            }
        }
        self.len = len;
        text.len() - rest.len()
    }
}

/// Returns `text` up to the last character that ends at most `most` bytes after byte `from`.
pub(crate) fn up_to(text: &str, from: usize, most: usize) -> &str {
    let end = (from..=text.len().min(from + most)).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(from)]
}

/// Decodes a character of three bytes.
pub(crate) fn decode_three([a, b, c]: [u8; 3]) -> u16 {
    decode_lowest(u32::from_le_bytes([a, b, c, 0]))
}

/// Decodes a character of three bytes. The first byte is the lowest, and the highest byte is
/// ignored.
#[inline(always)]
fn decode_lowest(sequence: u32) -> u16 {
    low((sequence & 0x0f) << 12 | sequence >> 2 & 0x0fc0 | sequence >> 16 & 0x3f)
}

/// Returns the character at byte `at`, as a number, and its length in bytes.
fn decode(text: &str, at: usize) -> (u32, usize) {
    match text.as_bytes()[at..] {
        [a @ ..0x80, ..] => (a.into(), 1),
        [a @ 0xe0..0xf0, b, c, ..] => (decode_three([a, b, c]).into(), 3),
        _ => text[at..].chars().next().map_or((0, 1), |c| (c.into(), c.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use super::LONGEST_BATCH;
    use crate::segment::{Profile, Segmenter};

    #[test]
    fn runs_longer_than_a_batch_lose_nothing() {
        for run in
            ["a", "7", "软银", "ー", "é", "e\u{301}", "👨\u{200D}", "\u{301}", "@a", "\r\n", "㐀", "𠀀", "-x", "a.b/"]
        {
            let text = "软银".to_owned() + &run.repeat(3 * LONGEST_BATCH / run.len()) + "a";
            for profile in [Profile::Natural, Profile::Jieba] {
                let segmenter = Segmenter::builder().profile(profile).build();
                assert_eq!(segmenter.cut(&text).map(|token| token.text()).collect::<String>(), text, "{run:?}");
                for token in segmenter.cut_all(&text).chain(segmenter.tag(&text).map(|tagged| tagged.token())) {
                    assert_eq!(text.get(token.range()), Some(token.text()), "{run:?}");
                }
            }
        }
    }
}
