//! Full mode: every dictionary word.

use super::batch::Batch;
use crate::WordId;
use crate::lexicon::codes::BREAK;
use crate::text::{Kind, joins_in_full_mode};
use crate::token::{Origin, Span};

impl Batch<'_> {
    /// As jieba does: the words of each run of Han characters, and between the runs each character, but ASCII
    /// letters and digits together.
    pub(super) fn emit_all_exact(&mut self) {
        let mut at = 0;
        while at < self.units.len() {
            if self.units.codes[at] != BREAK {
                self.emit_words(at);
                at += 1;
                continue;
            }
            let joins = |batch: &Self, at: usize| {
                batch.units.codes[at] == BREAK && joins_in_full_mode(batch.first_byte(at).into())
            };
            let mut end = at + 1;
            if joins(self, at) {
                while end < self.units.len() && joins(self, end) {
                    end += 1;
                }
            }
            at = self.emit_as(at, end, self.kind(at).into());
        }
    }

    /// The words at each position, every piece, and every character between.
    pub(super) fn emit_all_natural(&mut self) {
        let mut pieces = self.units.pieces.iter().peekable();
        let mut at = 0;
        while at < self.units.len() {
            let end_of_words = self.emit_words(at);
            if let Some(piece) = pieces.next_if(|piece| piece.start as usize == at) {
                let end = piece.end as usize;
                // A piece that is a word has come among the words.
                if self.route.word(&self.units.codes, at, end - at).is_none() {
                    self.emit_as(at, end, piece.kind.into());
                }
                at = end;
            } else if self.units.codes[at] == BREAK {
                // As jieba does, line feeds together.
                let mut end = at + 1;
                while self.first_byte(at) == b'\n' && end < self.units.len() && self.first_byte(end) == b'\n' {
                    end += 1;
                }
                at = self.emit_as(at, end, self.kind(at).into());
            } else {
                let kind = self.kind(at);
                if end_of_words == at && kind != Kind::Han {
                    self.emit_as(at, at + 1, kind.into());
                }
                at += 1;
            }
        }
    }

    /// Emit the words at `at`; gives where the longest ends, `at` if there are none.
    fn emit_words(&mut self, at: usize) -> usize {
        let (units, lexicon, spans) = (self.units, self.lexicon, &mut *self.spans);
        let mut end = at;
        self.route.each_word(&units.codes, at, |len, cell| {
            end = at + len;
            let number = lexicon.number_at(cell);
            debug_assert_ne!(number, WordId::NONE);
            spans.push(Span { start: units.byte(at), end: units.byte(end), number, origin: Origin::Dictionary });
        });
        end
    }
}
