//! From the route through a batch of text to its tokens.

#![allow(unsafe_code)]

use std::cmp::Reverse;
use std::mem::MaybeUninit;

use super::sink::Sink;
use crate::WordId;
use crate::hmm::{Hmm, Labels};
use crate::lexicon::Lexicon;
use crate::lexicon::codes::traits;
use crate::route::{DENSE, Route};
use crate::text::{Kind, Units, is_connector, is_separator};
use crate::token::{Origin, Span};
use crate::unchecked::{get, get_mut};

/// In which order the parts of a word are given.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Parts {
    /// jieba's: before the word those of two characters, then those of three, and no others.
    Jieba,
    /// Before the word, by where they end, the shorter first.
    Ending,
    /// The word first, then they by where they begin, the longer first.
    Starting,
}

/// A batch whose words are known, and where its tokens go; with `PARTS`, the parts of a token before it.
pub(super) struct Batch<'a, S, const PARTS: bool> {
    pub(super) lexicon: Lexicon<'a>,
    pub(super) hmm: Option<Hmm<'a>>,
    pub(super) parts: Parts,
    pub(super) is_natural: bool,
    pub(super) text: &'a str,
    pub(super) units: &'a Units,
    pub(super) route: &'a Route,
    pub(super) labels: &'a mut Labels,
    /// Room for the parts of a word.
    pub(super) spare: &'a mut Vec<Span>,
    pub(super) sink: &'a mut S,
}

impl<S: Sink, const PARTS: bool> Batch<'_, S, PARTS> {
    /// Tokens as jieba makes them: the single characters that the route leaves are for the HMM; without one, those
    /// that are ASCII letters and digits are joined.
    pub(super) fn emit_exact(&mut self) {
        let left_over = match self.hmm {
            Some(_) => traits::IN_RUN,
            None if self.units.ascii.has_alphanumeric() => traits::ALPHANUMERIC,
            None => 0,
        };
        self.check_codes();
        // SAFETY: as checked.
        unsafe { self.emit_until(0, self.units.len(), left_over) };
    }

    /// Tokens of the natural profile: pieces are whole, and the single Han characters are for the HMM.
    pub(super) fn emit_natural(&mut self) {
        let left_over = if self.hmm.is_some() { traits::HAN } else { 0 };
        self.check_codes();
        let mut at = 0;
        for piece in &self.units.pieces {
            let (start, end) = (piece.start as usize, piece.end as usize);
            // SAFETY: as checked, and pieces lie in the batch.
            at = unsafe { self.emit_until(at, start, left_over) };
            // A word may go on into the piece, and then goes to its end.
            if at == start {
                at = match self.route.step(at) {
                    // A word that the piece is, or begins.
                    step @ 2.. => self.emit(at, at + step),
                    _ => self.emit_as(at, end, piece.origin),
                };
            }
        }
        // SAFETY: as checked.
        unsafe { self.emit_until(at, self.units.len(), left_over) };
    }

    /// What the loops rely on.
    pub(super) fn check_codes(&self) {
        assert!(self.lexicon.has_codes(self.units.codes()), "codes of another dictionary");
    }

    /// Emit the words of the route from `from` on, as far as they begin before `to`; gives the position after them.
    /// Single characters of the trait `left_over` that follow each other are no words yet.
    ///
    /// # Safety
    ///
    /// `to` is at most the number of characters, and their codes are the dictionary's.
    unsafe fn emit_until(&mut self, from: usize, to: usize, left_over: u8) -> usize {
        let mut at = from;
        while at < to {
            // SAFETY: the caller's promise.
            at = match left_over {
                0 => unsafe { self.emit_words::<false>(at, to, left_over) },
                _ => unsafe { self.emit_words::<true>(at, to, left_over) },
            };
            if at >= to {
                break;
            }
            let step = self.route.step(at);
            if PARTS && step > 1 {
                at = self.emit(at, at + step);
            } else {
                self.sink.pop();
                at = self.emit_left_over(at - 1, to, left_over);
            }
        }
        at
    }

    /// Emit the words of the route from `at` on, up to `to`; or up to the second of two single characters that are left
    /// over, if `LEFT_OVER`, or a word that may have parts, if `PARTS`. Gives the position.
    ///
    /// # Safety
    ///
    /// `to` is at most the number of characters, and their codes are the dictionary's.
    #[inline(never)]
    unsafe fn emit_words<const LEFT_OVER: bool>(&mut self, mut at: usize, to: usize, left_over: u8) -> usize {
        let lexicon = self.lexicon;
        let codes = self.units.codes();
        let (first, offsets) = self.units.start_and_offsets();
        let words = self.route.words(codes.len());
        let without_parts = if self.units.ascii.has_connector() { 1 } else { 2 };
        let (maker, room) = self.sink.room(to - at);
        let mut count = 0;
        let mut was_left_over = false;
        while at < to {
            // SAFETY: `at` is a position, and words lie in the batch, whose bytes are on character boundaries.
            let (step, item) = unsafe {
                let step = words.step(at);
                let (start, end) = (get(offsets, at) as usize, get(offsets, at + step) as usize);
                let (start, end) = (first + start, first + end);
                let span = Span { start, end, number: words.number(at, step), origin: None };
                (step, S::item(maker, span))
            };
            if LEFT_OVER {
                // SAFETY: the codes are the dictionary's.
                let is_one = (step == 1) & unsafe { lexicon.traits_of_code(get(codes, at)) & left_over != 0 };
                // Whether a word is one character or more cannot be predicted; two in a row are rarer.
                if is_one & was_left_over {
                    break;
                }
                was_left_over = is_one;
            }
            if PARTS && step > without_parts {
                break;
            }
            // SAFETY: no more tokens are emitted than there are characters, for which there is room.
            *unsafe { get_mut(room, count) } = MaybeUninit::new(item);
            count += 1;
            at += step;
        }
        // SAFETY: so many have been written.
        unsafe { self.sink.advance(count) };
        at
    }

    #[inline]
    pub(super) fn is_left_over(&self, at: usize, left_over: u8) -> bool {
        self.route.step(at) == 1 && self.has_trait(at, left_over)
    }

    /// Emit the characters `from..to` as one token; gives `to`.
    #[inline]
    pub(super) fn emit(&mut self, from: usize, to: usize) -> usize {
        self.push(from, to, self.route.word(from, to - from), None);
        to
    }

    /// As [`Batch::emit`], with the origin of the token if it is no dictionary word.
    pub(super) fn emit_as(&mut self, from: usize, to: usize, origin: Origin) -> usize {
        let number = self.route.word(from, to - from);
        self.push(from, to, number, (number == WordId::NONE).then_some(origin));
        to
    }

    #[inline]
    pub(super) fn push(&mut self, from: usize, to: usize, number: u32, origin: Option<Origin>) {
        let word = Span { start: self.units.byte(from), end: self.units.byte(to), number, origin };
        match self.parts {
            _ if !PARTS => self.sink.push(word),
            Parts::Jieba => {
                self.push_parts(from, to);
                self.sink.push(word);
            }
            Parts::Ending => {
                self.push_all_parts(from, to, |part| (part.end, Reverse(part.start)));
                self.sink.push(word);
            }
            Parts::Starting => {
                self.sink.push(word);
                self.push_all_parts(from, to, |part| (part.start, Reverse(part.end)));
            }
        }
    }

    /// The parts of a token that jieba's search mode gives before it.
    #[inline]
    fn push_parts(&mut self, from: usize, to: usize) {
        if self.units.ascii.has_connector() && self.has_mark(from, to) {
            self.compound_parts(from, to).for_each(|part| self.sink.push(part));
        }
        for len in 2..=3.min(to - from - 1) {
            for at in from..=to - len {
                if let Some(part) = self.part(at, len) {
                    self.sink.push(part);
                }
            }
        }
    }

    /// The parts of a token, in this order: all dictionary words in it, and those of a compound.
    fn push_all_parts(&mut self, from: usize, to: usize, order: impl Fn(&Span) -> (usize, Reverse<usize>)) {
        let mut parts = std::mem::take(self.spare);
        parts.clear();
        for at in from..to {
            let lens = 2..=(to - at).min(DENSE);
            parts.extend(lens.filter(|&len| len < to - from).filter_map(|len| self.part(at, len)));
        }
        if to - from > DENSE {
            let long = self.route.long_words(from).take_while(|&(at, ..)| at < to);
            let inside = long.filter(|&(at, len, _)| at + len <= to && len < to - from);
            parts.extend(inside.filter_map(|(at, len, _)| self.part(at, len)));
        }
        let words = parts.len();
        if self.units.ascii.has_separator() && self.has_mark(from, to) {
            parts.extend(self.compound_parts(from, to));
        }
        // Those of a compound are in order. Of a word that is both, the dictionary's stays, which is first.
        if words > 0 && parts.len() > 1 {
            parts.sort_by_key(order);
            parts.dedup_by_key(|part| (part.start, part.end));
        }
        parts.iter().for_each(|part| self.sink.push(*part));
        *self.spare = parts;
    }

    /// The dictionary word of `len` characters at `at`.
    #[inline]
    fn part(&self, at: usize, len: usize) -> Option<Span> {
        let number = self.route.word(at, len);
        let (start, end) = (self.units.byte(at), self.units.byte(at + len));
        (number != WordId::NONE).then_some(Span { start, end, number, origin: None })
    }

    /// Whether the token has a byte that stands between the parts of a compound.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "tokens lie in the text")]
    fn has_mark(&self, from: usize, to: usize) -> bool {
        let token = &self.text.as_bytes()[self.units.byte(from)..self.units.byte(to)];
        match self.is_natural {
            true => token.iter().any(|&byte| is_separator(byte)),
            false => token.iter().any(|&byte| is_connector(byte)),
        }
    }

    /// The parts of `well-known`, and in the natural profile of what else is whole.
    #[inline(never)]
    fn compound_parts(&self, from: usize, to: usize) -> impl Iterator<Item = Span> + use<S, PARTS> {
        let is_natural = self.is_natural;
        let is_mark = |c: char| match u8::try_from(c) {
            Ok(c) if is_natural => is_separator(c),
            Ok(c) => is_connector(c),
            Err(_) => is_natural && Kind::of(c) == Kind::Han,
        };
        let mut at = self.units.byte(from);
        let mut parts = Vec::new();
        for with_mark in self.text[at..self.units.byte(to)].split_inclusive(is_mark) {
            let part = with_mark.trim_end_matches(is_mark);
            // A number alone, or a single character, says nothing.
            if part.len() >= 2 && part.contains(|c: char| c.is_ascii_alphabetic()) {
                parts.push(Span { start: at, end: at + part.len(), number: WordId::NONE, origin: None });
            }
            at += with_mark.len();
        }
        parts.into_iter()
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.text[self.units.byte(at)..].chars().next().map_or(Kind::Other, Kind::of)
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "characters have a first byte")]
    pub(super) fn first_byte(&self, at: usize) -> u8 {
        self.text.as_bytes()[self.units.byte(at)]
    }

    #[inline]
    pub(super) fn has_trait(&self, at: usize, trait_: u8) -> bool {
        self.traits(at) & trait_ != 0
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "there is a code for every character")]
    pub(super) fn traits(&self, at: usize) -> u8 {
        self.lexicon.traits_of(self.units.codes()[at])
    }
}
