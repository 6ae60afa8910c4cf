//! Text as jieba reads it: each character by itself.

use super::{BATCH, LONGEST_BATCH, Units, decode, up_to};
use crate::storage::char_table::CharTable;
use crate::text::codes::{BREAK, Code, NOT_ALONE};

impl Units {
    /// Reads the next batch of `text` from byte `from` on. Returns the byte after it.
    ///
    /// Everything outside jieba's runs gets the code [`BREAK`]. `\r\n` is one unit.
    pub(crate) fn read_exact(&mut self, text: &str, from: usize, table: CharTable<'_>) -> usize {
        self.read_each(text, from, table, |_, code| code, true, |_| false)
    }

    /// Reads as [`Units::read_exact`] does, but with the runs of jieba's full mode, which consist
    /// of Han characters only. `\r\n` is two units.
    pub(crate) fn read_han(&mut self, text: &str, from: usize, table: CharTable<'_>) -> usize {
        let code_of = |c: u32, code| if c < 0x80 { BREAK } else { code };
        self.read_each(text, from, table, code_of, false, joins_in_full_mode)
    }

    /// Reads a batch, which does not end after a byte that `joins`. `code_of` returns the code for
    /// a character and its number in `table`.
    #[inline(always)]
    fn read_each(
        &mut self,
        text: &str,
        from: usize,
        table: CharTable<'_>,
        code_of: impl Fn(u32, Code) -> Code,
        crlf_is_one: bool,
        joins: impl Fn(u8) -> bool,
    ) -> usize {
        let text = up_to(text, from, LONGEST_BATCH);
        let bytes = text.as_bytes();
        self.begin(from);
        let mut at = from;
        while at < text.len() {
            if self.len < BATCH {
                at = self.read_usual(text, at, table, |c, code| code_of(c.into(), code & !NOT_ALONE), crlf_is_one);
            }
            let is_full = self.len >= BATCH && self.last() == Some(BREAK) && !joins(bytes[at - 1]);
            if at == text.len() || is_full {
                break;
            }
            let (c, width) = decode(text, at);
            self.push(code_of(c, table.at(c)), at);
            at += if crlf_is_one && bytes[at..].starts_with(b"\r\n") { 2 } else { width };
        }
        self.finish(at);
        at
    }
}

/// Returns whether full mode makes one token of a run of characters that begin with `byte`.
pub(crate) fn joins_in_full_mode(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'\n')
}
