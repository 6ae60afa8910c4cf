//! Text as jieba reads it: each character for itself.

use super::{BATCH, Units, decode, is_line_end, within_reach};
use crate::storage::char_table::CharTable;
use crate::text::codes::{BREAK, NOT_ALONE};

impl Units {
    /// Reads the next batch of `text` from byte `from` on. Returns the byte after it.
    ///
    /// Everything outside of jieba's runs gets the code [`BREAK`]; `\r\n` is one unit.
    pub(crate) fn read_exact(&mut self, text: &str, from: usize, table: CharTable<'_>) -> usize {
        let text = within_reach(text, from);
        self.begin(from);
        let mut at = from;
        while at < text.len() {
            if self.len < BATCH {
                at = self.read_usual(text, at, |c| table.basic(c) & !NOT_ALONE, true);
            }
            let is_full = self.len >= BATCH && self.last() == Some(BREAK);
            if at == text.len() || is_full {
                break;
            }
            let (c, width) = decode(text, at);
            self.push(c, table.at(c), at);
            at += if is_line_end(&text.as_bytes()[at..]) { 2 } else { width };
        }
        self.finish(at);
        at
    }

    /// Reads as [`Units::read_exact`] does, with the runs of jieba's full mode, which are of Han
    /// characters alone; `\r\n` is two units.
    pub(crate) fn read_han(&mut self, text: &str, from: usize, table: CharTable<'_>) -> usize {
        let text = within_reach(text, from);
        self.begin(from);
        let code_of = |c: u32| if c < 0x80 { BREAK } else { table.at(c) };
        let mut at = from;
        while at < text.len() {
            if self.len < BATCH {
                let code_of_basic = |c: u16| if c < 0x80 { BREAK } else { table.basic(c) & !NOT_ALONE };
                at = self.read_usual(text, at, code_of_basic, false);
            }
            let joins = at > from && joins_in_full_mode(text.as_bytes()[at - 1]);
            let is_full = self.len >= BATCH && self.last() == Some(BREAK) && !joins;
            if at == text.len() || is_full {
                break;
            }
            let (c, width) = decode(text, at);
            self.push(c, code_of(c), at);
            at += width;
        }
        self.finish(at);
        at
    }
}

/// Returns whether full mode makes one token of a run of characters that begin with `byte`.
pub(crate) fn joins_in_full_mode(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'\n')
}
