//! From the route through a batch of text to its tokens.

#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use super::sink::{Word, WordSink};
use crate::dictionary::Lexicon;
use crate::numbers::fits;
use crate::segment::route::Route;
use crate::text::Origin;
use crate::text::codes::traits;
use crate::text::{Kind, Piece, Units};
use crate::unchecked::{get, get_mut};

/// A batch whose words and route are known.
#[derive(Clone, Copy)]
pub(super) struct Batch<'a> {
    pub(super) lexicon: Lexicon<'a>,
    pub(super) text: &'a str,
    pub(super) units: &'a Units,
    pub(super) route: &'a Route,
}

/// Where the characters of a batch begin in the text, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Starts<'a> {
    start: usize,
    offsets: &'a [u32],
}

impl Starts<'_> {
    /// As [`Units::byte`].
    ///
    /// # Safety
    ///
    /// `at` is at most the number of characters.
    #[inline(always)]
    pub(super) unsafe fn at(self, at: usize) -> usize {
        // SAFETY: the caller's promise; where the last one ends is known, too.
        self.start + unsafe { get(self.offsets, at) } as usize
    }
}

impl<'a> Batch<'a> {
    pub(super) fn starts(self) -> Starts<'a> {
        let (start, offsets) = self.units.start_and_offsets();
        Starts { start, offsets }
    }

    /// What the loops rely on.
    pub(super) fn check_codes(self) {
        assert!(self.lexicon.has_code(self.units.greatest_code()), "codes of another dictionary");
    }

    /// The characters `from..to`, with the number of the dictionary word that they are.
    #[inline]
    pub(super) fn word(self, from: usize, to: usize) -> Word {
        Word { from: fits(from), to: fits(to), number: self.route.word(from, to - from), origin: None }
    }

    /// Where the route goes on from the beginning of a piece, and whether over a word that the piece is, or begins.
    #[inline]
    pub(super) fn after(self, piece: &Piece) -> (usize, bool) {
        let at = piece.start as usize;
        match self.route.step(at) {
            step @ 2.. => (at + step, true),
            _ => (piece.end as usize, false),
        }
    }

    pub(super) fn kind(self, at: usize) -> Kind {
        self.text[self.units.byte(at)..].chars().next().map_or(Kind::Other, Kind::of)
    }

    #[inline]
    pub(super) fn first_byte(self, at: usize) -> u8 {
        self.text.as_bytes()[self.units.byte(at)]
    }

    #[inline]
    pub(super) fn traits(self, at: usize) -> u8 {
        self.lexicon.traits_of(self.units.codes()[at])
    }

    #[inline]
    pub(super) fn is_alphanumeric(self, at: usize) -> bool {
        self.traits(at) & traits::ALPHANUMERIC != 0
    }

    #[inline]
    pub(super) fn is_in_run(self, at: usize) -> bool {
        self.traits(at) & traits::IN_RUN != 0
    }
}

/// A batch, and where its words go.
pub(super) struct Emitter<'a, W> {
    pub(super) batch: Batch<'a>,
    pub(super) sink: &'a mut W,
}

impl<W: WordSink> Emitter<'_, W> {
    /// The words of the route, and pieces as they are; if `joins`, ASCII letters and digits together that the route leaves as
    /// single characters: jieba's rule where there is no HMM.
    pub(super) fn emit_route(&mut self, joins: bool) {
        self.batch.check_codes();
        // For all of the batch at once, and not piece by piece.
        self.sink.room(self.batch.units.len());
        let mut at = 0;
        for piece in &self.batch.units.pieces {
            let start = piece.start as usize;
            // SAFETY: as checked, and pieces lie in the batch.
            at = unsafe { self.emit_until(at, start, joins) };
            // A word may go on into the piece, and then goes to its end.
            if at == start {
                at = match self.batch.after(piece) {
                    (end, true) => self.emit(at, end),
                    (end, false) => self.emit_as(at, end, piece.origin),
                };
            }
        }
        // SAFETY: as checked, and that is how many characters there are.
        unsafe { self.emit_until(at, self.batch.units.len(), joins) };
    }

    /// Emit the words of the route from `at` on, as far as they begin before `to`; gives the position after them.
    ///
    /// # Safety
    ///
    /// `to` is at most the number of characters, and their codes are the dictionary's.
    unsafe fn emit_until(&mut self, mut at: usize, to: usize, joins: bool) -> usize {
        while at < to {
            // SAFETY: the caller's promise.
            at = match joins {
                true => unsafe { self.emit_words::<true>(at, to) },
                false => unsafe { self.emit_words::<false>(at, to) },
            };
            if at < to {
                let is_one = |&at: &usize| self.batch.route.step(at) == 1 && self.batch.is_alphanumeric(at);
                let end = (at + 1..to).find(|at| !is_one(at)).unwrap_or(to);
                at = self.emit_joined(at, end);
            }
        }
        at
    }

    /// As [`Emitter::emit_until`], or, if `JOINS`, up to single characters that are to be joined.
    ///
    /// # Safety
    ///
    /// As there.
    #[inline(never)]
    unsafe fn emit_words<const JOINS: bool>(&mut self, mut at: usize, to: usize) -> usize {
        let Batch { lexicon, units, route, .. } = self.batch;
        let (codes, starts) = (units.codes(), self.batch.starts());
        let words = route.words(units.len());
        let (maker, room) = self.sink.room(to - at);
        let mut count = 0;
        // Whether the last word is one that is to be joined, and how many there were before it.
        let (mut was_one, mut before) = (false, 0);
        // SAFETY: `at` is at most the number of characters.
        let mut start = unsafe { starts.at(at) };
        while at < to {
            // SAFETY: `at` is a position, words lie in the batch, and no more of them begin at positions than there are, for
            // which there is room; the codes are the dictionary's.
            unsafe {
                let (step, by_hmm) = words.step(at);
                if JOINS {
                    let is_one = (step == 1) & (lexicon.traits_of_code(get(codes, at)) & traits::ALPHANUMERIC != 0);
                    if is_one & was_one {
                        (count, at) = (before, at - 1);
                        break;
                    }
                    (was_one, before) = (is_one, count);
                }
                let origin = by_hmm.then_some(Origin::Hmm);
                let word = Word { from: fits(at), to: fits(at + step), number: words.number(at, step), origin };
                at += step;
                let end = starts.at(at);
                let item = W::item(maker, word, start..end);
                *get_mut(room, count) = MaybeUninit::new(item);
                count += usize::from(W::keeps(maker, &item, word));
                start = end;
            }
        }
        // SAFETY: so many have been written.
        unsafe { self.sink.advance(count) };
        at
    }

    /// Emit characters as one token, unless a user has said that they are none; gives `to`.
    fn emit_joined(&mut self, from: usize, to: usize) -> usize {
        match self.batch.route.has_marks() && self.batch.route.is_never_joined(from, to - from) {
            true => (from..to).fold(from, |_, at| self.emit(at, at + 1)),
            false => self.emit(from, to),
        }
    }

    /// Emit the characters `from..to` as one token; gives `to`.
    #[inline]
    pub(super) fn emit(&mut self, from: usize, to: usize) -> usize {
        self.push(self.batch.word(from, to));
        to
    }

    /// As [`Emitter::emit`], with the origin of the token if it is no dictionary word.
    pub(super) fn emit_as(&mut self, from: usize, to: usize, origin: Origin) -> usize {
        self.push(self.batch.word(from, to).or_as(origin));
        to
    }

    #[inline]
    pub(super) fn push(&mut self, word: Word) {
        self.sink.push_word(word, self.batch.units);
    }
}
