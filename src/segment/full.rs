//! Full mode: every dictionary word.

#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use super::batch::Emitter;
use super::sink::{Word, WordSink};
use crate::dictionary::WordId;
use crate::numbers::fits;
use crate::segment::route::DENSE;
use crate::text::codes::traits;
use crate::text::{Kind, joins_in_full_mode};
use crate::unchecked::{get, get_mut};

/// For how many positions there is room at once: a run may be as long as a text.
const AT_ONCE: usize = 1 << 10;

impl<W: WordSink> Emitter<'_, W> {
    /// As jieba does: the words of each run of Han characters, and between the runs each character, but ASCII
    /// letters and digits together.
    pub(super) fn emit_all_exact(&mut self) {
        self.batch.check_codes();
        let len = self.batch.units.len();
        let mut at = 0;
        while at < len {
            // SAFETY: as checked.
            at = unsafe { self.emit_all_words(at, len, true) };
            if at == len {
                break;
            }
            let batch = self.batch;
            let joins = |at: usize| !batch.is_in_run(at) && joins_in_full_mode(batch.first_byte(at));
            let mut end = at + 1;
            if joins(at) {
                while end < len && joins(end) {
                    end += 1;
                }
            }
            at = self.emit(at, end);
        }
    }

    /// The words at each position, every piece, and every character between.
    pub(super) fn emit_all_natural(&mut self) {
        self.batch.check_codes();
        let len = self.batch.units.len();
        let mut pieces = self.batch.units.pieces.iter().peekable();
        let mut at = 0;
        while at < len {
            let piece = pieces.peek().map_or(len, |piece| piece.start as usize);
            // SAFETY: as checked, and pieces lie in the batch.
            at = unsafe { self.emit_all_words(at, piece, false) };
            if at == len {
                break;
            }
            if let Some(piece) = pieces.next_if(|piece| piece.start as usize == at) {
                let end = piece.end as usize;
                if self.batch.is_in_run(at) {
                    // SAFETY: as above.
                    unsafe { self.emit_all_words(at, at + 1, true) };
                }
                // A piece that is a word has come among the words.
                if self.batch.route.word(at, end - at) == WordId::NONE {
                    self.emit_as(at, end, piece.origin);
                }
                at = end;
            } else if self.batch.is_in_run(at) {
                // The character begins no word.
                if self.batch.kind(at) != Kind::Han {
                    self.emit(at, at + 1);
                }
                at += 1;
            } else {
                // As jieba does, line feeds together.
                let mut end = at + 1;
                while self.batch.first_byte(at) == b'\n' && end < len && self.batch.first_byte(end) == b'\n' {
                    end += 1;
                }
                at = self.emit(at, end);
            }
        }
    }

    /// Emit all words that begin from `at` on, and the characters between runs, up to `to`, to an ASCII character between
    /// runs, or, unless `pass` says to go on, to a character of a run that begins no word; gives the position.
    ///
    /// # Safety
    ///
    /// `to` is at most the number of characters, and their codes are the dictionary's.
    unsafe fn emit_all_words(&mut self, mut at: usize, to: usize, pass: bool) -> usize {
        let lexicon = self.batch.lexicon;
        let codes = self.batch.units.codes();
        let starts = self.batch.starts();
        let words = self.batch.route.words(codes.len());
        let mut long = self.batch.route.long_words(at);
        let mut next_long = long.next();
        while at < to {
            // Room for the words of up to four characters of some positions, and one that is written and not kept.
            let stop = to.min(at + AT_ONCE);
            let (maker, room) = self.sink.room(DENSE * (stop - at) + 1);
            let mut count = 0;
            while at < stop {
                // SAFETY: the codes are the dictionary's.
                let in_run = unsafe { lexicon.traits_of_code(get(codes, at)) } & traits::IN_RUN != 0;
                if next_long.is_some_and(|(start, ..)| start <= at) {
                    break;
                }
                // SAFETY: `at` is a position.
                let start = unsafe { starts.at(at) };
                // Between runs nothing that may be joined but ASCII characters.
                if !in_run && self.batch.text.as_bytes()[start] < 0x80 {
                    break;
                }
                // SAFETY: `at` is a position.
                let numbers = unsafe { words.numbers(at) };
                if !pass && in_run && numbers == [WordId::NONE; DENSE] {
                    break;
                }
                let mut emit = |len: usize, is_token: bool| {
                    // A word that there is not may seem to end after the batch.
                    let to = (at + len).min(codes.len());
                    let word = Word { from: fits(at), to: fits(to), number: numbers[len - 1], origin: None };
                    // SAFETY: the word lies in the batch; not more are counted than there are words, and there is room for
                    // one more.
                    unsafe { *get_mut(room, count) = MaybeUninit::new(W::item(maker, word, start..starts.at(to))) };
                    // Whether there is a word cannot be predicted.
                    count += usize::from(is_token);
                };
                emit(1, !in_run | (numbers[0] != WordId::NONE));
                emit(2, numbers[1] != WordId::NONE);
                // Few words have more than two characters.
                if numbers[2] & numbers[3] != WordId::NONE {
                    emit(3, numbers[2] != WordId::NONE);
                    emit(4, numbers[3] != WordId::NONE);
                }
                at += 1;
            }
            // SAFETY: so many have been written.
            unsafe { self.sink.advance(count) };
            if at == stop {
                continue;
            }
            if next_long.is_none_or(|(start, ..)| start != at) || !self.batch.is_in_run(at) {
                break;
            }
            // A position with a long word: all of its words.
            for len in 1..=DENSE {
                let word = self.batch.word(at, at + len);
                if word.number != WordId::NONE {
                    self.push(word);
                }
            }
            while let Some((_, len, number)) = next_long.filter(|(start, ..)| *start == at) {
                self.push(Word { from: fits(at), to: fits(at + len), number, origin: None });
                next_long = long.next();
            }
            at += 1;
        }
        at
    }
}
