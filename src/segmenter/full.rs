//! Full mode: every dictionary word.

use super::batch::Batch;
use super::sink::Sink;
use crate::WordId;
use crate::lexicon::codes::traits;
use crate::route::DENSE;
use crate::text::{Kind, joins_in_full_mode};

impl<S: Sink, const PARTS: bool> Batch<'_, S, PARTS> {
    /// As jieba does: the words of each run of Han characters, and between the runs each character, but ASCII
    /// letters and digits together.
    pub(super) fn emit_all_exact(&mut self) {
        let len = self.units.len();
        let mut at = 0;
        while at < len {
            if self.has_trait(at, traits::IN_RUN) {
                self.emit_words_at(at);
                at += 1;
                continue;
            }
            let joins = |batch: &Self, at: usize| {
                !batch.has_trait(at, traits::IN_RUN) && joins_in_full_mode(batch.first_byte(at))
            };
            let mut end = at + 1;
            if joins(self, at) {
                while end < len && joins(self, end) {
                    end += 1;
                }
            }
            at = self.emit_as(at, end, self.kind(at).into());
        }
    }

    /// The words at each position, every piece, and every character between.
    pub(super) fn emit_all_natural(&mut self) {
        let len = self.units.len();
        let mut pieces = self.units.pieces.iter().peekable();
        let mut at = 0;
        while at < len {
            let has_words = self.emit_words_at(at);
            if let Some(piece) = pieces.next_if(|piece| piece.start as usize == at) {
                let end = piece.end as usize;
                // A piece that is a word has come among the words.
                if self.route.word(at, end - at) == WordId::NONE {
                    self.emit_as(at, end, piece.kind.into());
                }
                at = end;
            } else if !self.has_trait(at, traits::IN_RUN) {
                // As jieba does, line feeds together.
                let mut end = at + 1;
                while self.first_byte(at) == b'\n' && end < len && self.first_byte(end) == b'\n' {
                    end += 1;
                }
                at = self.emit_as(at, end, self.kind(at).into());
            } else {
                if !has_words && self.kind(at) != Kind::Han {
                    self.emit(at, at + 1);
                }
                at += 1;
            }
        }
    }

    /// Emit the words at `at`; says whether there are any.
    #[inline]
    fn emit_words_at(&mut self, at: usize) -> bool {
        let mut has_words = false;
        for len in 1..=DENSE {
            let number = self.route.word(at, len);
            if number != WordId::NONE {
                self.push(at, at + len, number, None);
                has_words = true;
            }
        }
        if self.route.has_long_words() {
            for (len, number) in self.route.long_words(at) {
                self.push(at, at + len, number, None);
                has_words = true;
            }
        }
        has_words
    }
}
