//! The tokens of the search modes: words and their parts.

#![allow(unsafe_code)]

use std::cmp::Reverse;
use std::mem::MaybeUninit;

use super::batch::Batch;
use super::sink::{Sink, Word};
use crate::dictionary::WordId;
use crate::segment::route::DENSE;
use crate::segment::token::Span;
use crate::text::{Kind, is_connector, is_separator};
use crate::unchecked::get_mut;

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

/// A batch whose words are known, and where these and their parts go.
pub(super) struct WithParts<'a, S> {
    pub(super) batch: Batch<'a>,
    pub(super) order: Parts,
    pub(super) is_natural: bool,
    /// Room for the parts of a word.
    pub(super) spare: &'a mut Vec<Span>,
    pub(super) sink: &'a mut S,
}

impl<S: Sink> WithParts<'_, S> {
    /// Push words, which lie in the batch, and their parts.
    pub(super) fn push_all(&mut self, words: &[Word]) {
        /// Characters of words that have no parts.
        const NO_PARTS: u32 = 2;
        let starts = self.batch.starts();
        let mut rest = words;
        loop {
            let (maker, room) = self.sink.room(rest.len());
            let mut count = 0;
            for word in rest.iter().take_while(|word| word.chars() <= NO_PARTS) {
                // SAFETY: the word lies in the batch, and there is room for all.
                unsafe {
                    let at = starts.at(word.from as usize)..starts.at(word.to as usize);
                    *get_mut(room, count) = MaybeUninit::new(S::item(maker, *word, at));
                }
                count += 1;
            }
            // SAFETY: so many have been written.
            unsafe { self.sink.advance(count) };
            let Some((word, after)) = rest.get(count..).and_then(<[Word]>::split_first) else { return };
            self.push(*word);
            rest = after;
        }
    }

    fn push(&mut self, word: Word) {
        let (from, to) = (word.from as usize, word.to as usize);
        let span = word.span(self.batch.units);
        match self.order {
            Parts::Jieba => {
                self.push_parts(from, to);
                self.sink.push(span);
            }
            Parts::Ending => {
                self.push_all_parts(from, to, |part| (part.end, Reverse(part.start)));
                self.sink.push(span);
            }
            Parts::Starting => {
                self.sink.push(span);
                self.push_all_parts(from, to, |part| (part.start, Reverse(part.end)));
            }
        }
    }

    /// The parts of a token that jieba's search mode gives before it.
    #[inline]
    fn push_parts(&mut self, from: usize, to: usize) {
        if self.batch.units.ascii.has_connector() && self.has_mark(from, to) {
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
            let long = self.batch.route.long_words(from).take_while(|&(at, ..)| at < to);
            let inside = long.filter(|&(at, len, _)| at + len <= to && len < to - from);
            parts.extend(inside.filter_map(|(at, len, _)| self.part(at, len)));
        }
        let words = parts.len();
        if self.batch.units.ascii.has_separator() && self.has_mark(from, to) {
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
        let word = self.batch.word(at, at + len);
        (word.number != WordId::NONE).then(|| word.span(self.batch.units))
    }

    /// Whether the token has a byte that stands between the parts of a compound.
    #[inline]
    fn has_mark(&self, from: usize, to: usize) -> bool {
        let token = &self.batch.text.as_bytes()[self.batch.units.byte(from)..self.batch.units.byte(to)];
        match self.is_natural {
            true => token.iter().any(|&byte| is_separator(byte)),
            false => token.iter().any(|&byte| is_connector(byte)),
        }
    }

    /// The parts of `well-known`, and in the natural profile of what else is whole.
    #[inline(never)]
    fn compound_parts(&self, from: usize, to: usize) -> impl Iterator<Item = Span> + use<S> {
        let is_natural = self.is_natural;
        let is_mark = |c: char| match u8::try_from(c) {
            Ok(c) if is_natural => is_separator(c),
            Ok(c) => is_connector(c),
            Err(_) => is_natural && Kind::of(c) == Kind::Han,
        };
        let mut at = self.batch.units.byte(from);
        let mut parts = Vec::new();
        for with_mark in self.batch.text[at..self.batch.units.byte(to)].split_inclusive(is_mark) {
            let part = with_mark.trim_end_matches(is_mark);
            // A number alone, or a single character, says nothing.
            if part.len() >= 2 && part.contains(|c: char| c.is_ascii_alphabetic()) {
                parts.push(Span { start: at, end: at + part.len(), number: WordId::NONE, origin: None });
            }
            at += with_mark.len();
        }
        parts.into_iter()
    }
}
