//! Text as jieba reads it: each character for itself.

use super::{BATCH, LONGEST_BATCH, Units};
use crate::lexicon::codes::{BREAK, Code};
use crate::pages::PageTable;

impl Units {
    /// Read the next batch of `text` from byte `from` on; gives the byte after it.
    ///
    /// Everything outside of jieba's runs gets the code [`BREAK`].
    pub(crate) fn read_exact(&mut self, text: &str, from: usize, table: PageTable<'_>) -> usize {
        // `\r\n` is one token.
        self.read(text, from, |c| table.at(c), |c, code| code == BREAK && c != u32::from(b'\r'))
    }

    /// As [`Units::read_exact`], with the runs of jieba's full mode, which are of Han characters alone.
    pub(crate) fn read_han(&mut self, text: &str, from: usize, table: PageTable<'_>) -> usize {
        let code = |c: u32| if c < 0x80 { BREAK } else { table.at(c) };
        self.read(text, from, code, |c, code| code == BREAK && !joins_in_full_mode(c))
    }

    #[inline(always)]
    fn read(
        &mut self,
        text: &str,
        from: usize,
        code_of: impl Fn(u32) -> Code,
        ends_batch: impl Fn(u32, Code) -> bool,
    ) -> usize {
        self.begin(from);
        let mut end = text.len();
        for (offset, c) in text[from..].char_indices() {
            let code = code_of(c.into());
            self.push(code, from + offset);
            if self.codes.len() >= BATCH && (ends_batch(c.into(), code) || self.codes.len() >= LONGEST_BATCH) {
                end = from + offset + c.len_utf8();
                break;
            }
        }
        self.finish(end);
        end
    }
}

/// Whether full mode makes one token of a run of such characters.
pub(crate) fn joins_in_full_mode(c: u32) -> bool {
    u8::try_from(c).is_ok_and(|c| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'#' | b'\n'))
}
