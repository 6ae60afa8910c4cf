//! The single characters that follow each other on the route: words that the dictionary does not have.

#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use super::batch::Batch;
use super::sink::Sink;
use crate::WordId;
use crate::hmm::Hmm;
use crate::lexicon::codes::{FIRST, traits};
use crate::text::is_connector;
use crate::token::{Origin, Span};
use crate::unchecked::{get, get_mut};

impl<S: Sink, const PARTS: bool> Batch<'_, S, PARTS> {
    /// Emit the run of single characters of the trait `left_over` that begins at `from`, up to `most`; gives the position
    /// after it.
    #[inline(never)]
    pub(super) fn emit_left_over(&mut self, from: usize, most: usize, left_over: u8) -> usize {
        // What all characters of the run are: mostly ideographs, or letters.
        let mut common = self.traits(from);
        let mut to = from + 1;
        while to < most && self.is_left_over(to, left_over) {
            common &= self.traits(to);
            to += 1;
        }
        match self.hmm {
            None => self.emit_joined(from, to),
            // The route has preferred the single characters to the word that they make.
            Some(_) if self.route.word(from, to - from) != WordId::NONE => {
                (from..to).for_each(|at| _ = self.emit(at, at + 1));
            }
            Some(hmm) if common & traits::FOR_HMM != 0 => self.emit_with_hmm(hmm, from, to),
            Some(_) if common & traits::ALPHANUMERIC != 0 => self.emit_joined(from, to),
            Some(hmm) => self.emit_mixed(hmm, from, to),
        }
        to
    }

    /// Emit characters as one token, unless a user has said that they are none.
    fn emit_joined(&mut self, from: usize, to: usize) {
        match self.route.has_marks() && self.route.is_never_joined(from, to - from) {
            true => (from..to).for_each(|at| _ = self.emit(at, at + 1)),
            false => _ = self.emit(from, to),
        }
    }

    /// Emit a run of characters that are for the HMM and others.
    fn emit_mixed(&mut self, hmm: Hmm<'_>, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let is_for_hmm = self.has_trait(at, traits::FOR_HMM);
            let end = (at..to).find(|&end| self.has_trait(end, traits::FOR_HMM) != is_for_hmm).unwrap_or(to);
            match is_for_hmm {
                true if end - at == 1 => _ = self.emit(at, end),
                true => self.emit_with_hmm(hmm, at, end),
                false => self.emit_others(at, end),
            }
            at = end;
        }
    }

    #[expect(clippy::indexing_slicing, reason = "there is a code for every character")]
    fn emit_with_hmm(&mut self, hmm: Hmm<'_>, from: usize, to: usize) {
        let (lexicon, units, text) = (self.lexicon, self.units, self.text);
        let codes = &units.codes()[from..to];
        let char_at = |at: usize| match codes[at] {
            ..FIRST => text[units.byte(from + at)..].chars().next().map_or(0, u32::from),
            code => lexicon.char_number(code),
        };
        let (mut begin, mut block) = (from, from);
        // A loop over the words, not over the characters.
        let mut each_word = |mut ends: u64, word: &mut dyn FnMut(usize, usize)| {
            while ends != 0 {
                let end = block + ends.trailing_zeros() as usize + 1;
                word(begin, end);
                begin = end;
                ends &= ends - 1;
            }
            block += 64;
        };
        if PARTS || self.route.has_marks() {
            let mut labels = std::mem::take(self.labels);
            hmm.cut(codes.len(), char_at, &mut labels, |ends| {
                each_word(ends, &mut |begin, end| match end - begin {
                    1 => _ = self.emit_as(begin, end, Origin::Han),
                    len if self.route.is_never_joined(begin, len) => {
                        (begin..end).for_each(|at| _ = self.emit_as(at, at + 1, Origin::Han));
                    }
                    _ => _ = self.emit_as(begin, end, Origin::Hmm),
                });
            });
            *self.labels = labels;
            return;
        }
        let words = self.route.words(units.len());
        let (first, offsets) = units.start_and_offsets();
        let (maker, room) = self.sink.room(codes.len());
        let mut count = 0;
        hmm.cut(codes.len(), char_at, self.labels, |ends| {
            each_word(ends, &mut |begin, end| {
                assert!(begin < end && end <= to);
                // SAFETY: as asserted; positions are on character boundaries; and there is room for a word for each.
                unsafe {
                    let number = words.number(begin, end - begin);
                    // That a character alone is Han, its text says.
                    let is_new = (number == WordId::NONE) & (end - begin > 1);
                    let span = Span {
                        start: first + get(offsets, begin) as usize,
                        end: first + get(offsets, end) as usize,
                        number,
                        origin: is_new.then_some(Origin::Hmm),
                    };
                    *get_mut(room, count) = MaybeUninit::new(S::item(maker, span));
                }
                count += 1;
            });
        });
        // SAFETY: so many have been written.
        unsafe { self.sink.advance(count) };
    }

    /// Emit what is not for the HMM: words and numbers with `.`, `_` and `-` inside and `%` at the end, and, as one
    /// token, all that is between two of these.
    fn emit_others(&mut self, from: usize, to: usize) {
        let is_alphanumeric = |batch: &Self, at: usize| batch.first_byte(at).is_ascii_alphanumeric();
        let mut at = from;
        while at < to {
            let mut end = at;
            while end < to && !is_alphanumeric(self, end) {
                end += 1;
            }
            if end == at {
                loop {
                    while end < to && is_alphanumeric(self, end) {
                        end += 1;
                    }
                    if end + 1 >= to || !is_connector(self.first_byte(end)) || !is_alphanumeric(self, end + 1) {
                        break;
                    }
                    end += 1;
                }
                if end < to && self.first_byte(end) == b'%' {
                    end += 1;
                }
            }
            self.emit_joined(at, end);
            at = end;
        }
    }
}
