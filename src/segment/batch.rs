//! A batch of text whose dictionary words are known.

use std::hint::black_box;

use super::route::Route;
use super::span::Span;
use crate::dictionary::{Lexicon, WordId};
use crate::numbers::fits;
use crate::text::codes::traits;
use crate::text::{Origin, Units};

/// A batch, its characters and the dictionary words in it.
#[derive(Clone, Copy)]
pub(crate) struct Batch<'a> {
    pub(super) lexicon: &'a Lexicon<'a>,
    pub(super) text: &'a str,
    pub(super) units: &'a Units,
    pub(super) route: &'a Route,
}

impl Batch<'_> {
    /// Returns the span of the characters `from..to`, with the number of their dictionary word.
    #[inline]
    pub(super) fn span(self, from: usize, to: usize) -> Span {
        Span { from: fits(from), to: fits(to), number: self.route.word(from, to - from), origin: None }
    }

    /// Returns the span of [`Batch::span`]. Its origin is `by` if it is a word of several
    /// characters that the dictionary lacks.
    #[inline(always)]
    pub(super) fn span_by(self, from: usize, to: usize, by: Option<Origin>) -> Span {
        let span = self.span(from, to);
        // Keeps the compiler from a branch, since it is unpredictable which words a dictionary has.
        let is_new = (black_box(span.number) == WordId::NONE) & (span.chars() > 1);
        Span { origin: by.filter(|_| is_new), ..span }
    }

    /// Gives each word in which a piece begins the origin of the first such piece, unless the
    /// dictionary has the word.
    pub(super) fn set_piece_origins(self, words: &mut [Span]) {
        // Goes backwards, so that the first piece in a word is the last to set the origin.
        for piece in self.units.pieces.iter().rev() {
            if let Some(word) = word_at(words, piece.start) {
                *word = word.or_as(piece.origin);
            }
        }
    }

    /// Returns the traits of the character at `at`; see [`traits`].
    #[inline(always)]
    pub(super) fn traits(self, at: usize) -> u8 {
        self.lexicon.traits_of(self.route.codes()[at])
    }

    /// Returns whether the character at `at` is part of a run.
    #[inline(always)]
    pub(super) fn is_in_run(self, at: usize) -> bool {
        self.traits(at) & traits::IN_RUN != 0
    }

    #[inline(always)]
    pub(super) fn first_byte(self, at: usize) -> u8 {
        self.text.as_bytes()[self.units.byte(at)]
    }

    pub(super) fn first_char(self, at: usize) -> Option<char> {
        self.text[self.units.byte(at)..].chars().next()
    }

    /// Returns whether the character at `at` is Han.
    pub(super) fn is_han(self, at: usize) -> bool {
        self.first_char(at).map(Origin::of_char) == Some(Origin::Han)
    }
}

/// Returns the word of a batch to which the character belongs.
pub(super) fn word_at(words: &mut [Span], char: u32) -> Option<&mut Span> {
    let before = words.partition_point(|word| word.from <= char);
    words[..before].last_mut().filter(|word| char < word.to)
}
