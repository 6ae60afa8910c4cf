//! The iterators over tokens.

use std::fmt;
use std::iter::FusedIterator;

use super::cutter::Cutter;
use super::scratch::{Lent, Scratch};
use super::tag_model::Path;
use super::tags::TagSource;
use super::token::{TaggedToken, Token};

/// An iterator over the tokens of a text. It cuts the text as it advances.
///
/// [`Segmenter::cut`], [`Segmenter::cut_all`] and [`Segmenter::cut_for_search`] return it.
///
/// [`Segmenter::cut`]: crate::segment::Segmenter::cut
/// [`Segmenter::cut_all`]: crate::segment::Segmenter::cut_all
/// [`Segmenter::cut_for_search`]: crate::segment::Segmenter::cut_for_search
pub struct Tokens<'s, 't> {
    cutter: Cutter<'s>,
    text: &'t str,
    /// The byte at which the next batch begins.
    at: usize,
    /// The index of the next token of this batch.
    next: usize,
    scratch: Lent,
}

impl<'s, 't> Tokens<'s, 't> {
    pub(super) fn new(cutter: Cutter<'s>, text: &'t str) -> Tokens<'s, 't> {
        let mut scratch = Lent::new();
        scratch.get().spans.clear();
        Tokens { cutter, text, at: 0, next: 0, scratch }
    }

    /// Cuts the next batch. Returns whether there is one.
    fn advance(&mut self) -> bool {
        self.next = 0;
        let is_left = self.at < self.text.len();
        if is_left {
            self.at = self.cutter.cut_batch(self.text, self.at, self.scratch.get());
        }
        is_left
    }

    /// Returns the first token of the next batch that has one.
    #[inline(never)]
    fn next_of_next_batch(&mut self) -> Option<Token<'t>> {
        // A batch may have no tokens: in full mode, for example, if its Han characters are no
        // words.
        while self.advance() {
            if let Some(token) = self.next_of_batch() {
                return Some(token);
            }
        }
        self.scratch.get().spans.clear();
        None
    }

    #[inline(always)]
    fn next_of_batch(&mut self) -> Option<Token<'t>> {
        let Scratch { units, spans, .. } = self.scratch.get();
        let span = spans.get(self.next)?;
        self.next += 1;
        Some(span.token(self.text, units))
    }

    /// Does the same as [`Iterator::fold`], and gives `f` the buffers for tagging, too.
    fn fold_with_path<A>(mut self, init: A, mut f: impl FnMut(A, Token<'t>, &mut Path) -> A) -> A {
        let mut folded = init;
        loop {
            let Scratch { units, spans, path, .. } = self.scratch.get();
            let text = self.text;
            for span in &spans[self.next..] {
                folded = f(folded, span.token(text, units), path);
            }
            if !self.advance() {
                return folded;
            }
        }
    }
}

impl<'t> Iterator for Tokens<'_, 't> {
    type Item = Token<'t>;

    #[inline(always)]
    fn next(&mut self) -> Option<Token<'t>> {
        self.next_of_batch().or_else(|| self.next_of_next_batch())
    }

    fn fold<A, F: FnMut(A, Token<'t>) -> A>(self, init: A, mut f: F) -> A {
        self.fold_with_path(init, |folded, token, _| f(folded, token))
    }
}

impl FusedIterator for Tokens<'_, '_> {}

impl fmt::Debug for Tokens<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("at", &self.at).finish_non_exhaustive()
    }
}

/// An iterator over the tagged tokens of a text. It cuts the text as it advances.
/// [`Segmenter::tag`] returns it.
///
/// [`Segmenter::tag`]: crate::segment::Segmenter::tag
pub struct TaggedTokens<'s, 't> {
    tags: TagSource<'s>,
    tokens: Tokens<'s, 't>,
}

impl<'s, 't> TaggedTokens<'s, 't> {
    pub(super) fn new(tags: TagSource<'s>, tokens: Tokens<'s, 't>) -> TaggedTokens<'s, 't> {
        TaggedTokens { tags, tokens }
    }
}

impl<'t> Iterator for TaggedTokens<'_, 't> {
    type Item = TaggedToken<'t>;

    #[inline]
    fn next(&mut self) -> Option<TaggedToken<'t>> {
        let token = self.tokens.next()?;
        Some(self.tags.tagged(token, &mut self.tokens.scratch.get().path))
    }

    fn fold<A, F: FnMut(A, TaggedToken<'t>) -> A>(self, init: A, mut f: F) -> A {
        let tags = self.tags;
        self.tokens.fold_with_path(init, |folded, token, path| f(folded, tags.tagged(token, path)))
    }
}

impl FusedIterator for TaggedTokens<'_, '_> {}

impl fmt::Debug for TaggedTokens<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaggedTokens").field("tokens", &self.tokens).finish_non_exhaustive()
    }
}
