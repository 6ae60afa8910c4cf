//! Where the tokens of a batch go: spans, which an iterator ties to the text, or the caller's vector.

#![allow(unsafe_code)]

use std::mem::MaybeUninit;
use std::ops::Range;

use crate::lexicon::WordTags;
use crate::token::Span;
use crate::{Tagged, Token};

pub(super) trait Sink {
    type Item;
    /// What makes an item of a span.
    type Maker: Copy;

    fn push(&mut self, span: Span);

    /// How many there are.
    fn len(&self) -> usize;

    /// Of those from the one numbered `first` on, keep those whose range in the text is to be kept.
    fn retain_from(&mut self, first: usize, keep: impl Fn(Range<usize>) -> bool);

    /// Take the last one back.
    fn pop(&mut self);

    /// Room for at least so many more, to be written in order and then counted with [`Sink::advance`].
    fn room(&mut self, more: usize) -> (Self::Maker, &mut [MaybeUninit<Self::Item>]);

    /// # Safety
    ///
    /// The span is one of the text, on character boundaries.
    unsafe fn item(maker: Self::Maker, span: Span) -> Self::Item;

    /// Count items as pushed.
    ///
    /// # Safety
    ///
    /// The first `count` of the room given last have been written.
    unsafe fn advance(&mut self, count: usize);
}

/// [`Vec::retain`] from the item numbered `first` on.
#[expect(clippy::indexing_slicing, reason = "no more are kept than there were")]
fn retain_from<T: Copy>(items: &mut Vec<T>, first: usize, keep: impl Fn(&T) -> bool) {
    let mut kept = first;
    for at in first..items.len() {
        let item = items[at];
        items[kept] = item;
        kept += usize::from(keep(&item));
    }
    items.truncate(kept);
}

impl Sink for Vec<Span> {
    type Item = Span;
    type Maker = ();

    #[inline]
    fn push(&mut self, span: Span) {
        self.push(span);
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn retain_from(&mut self, first: usize, keep: impl Fn(Range<usize>) -> bool) {
        retain_from(self, first, |span| keep(span.start..span.end));
    }

    fn pop(&mut self) {
        self.pop();
    }

    fn room(&mut self, more: usize) -> ((), &mut [MaybeUninit<Span>]) {
        self.reserve(more);
        ((), self.spare_capacity_mut())
    }

    #[inline(always)]
    unsafe fn item((): (), span: Span) -> Span {
        span
    }

    unsafe fn advance(&mut self, count: usize) {
        // SAFETY: the caller's promise.
        unsafe { self.set_len(self.len() + count) };
    }
}

/// A vector of a caller's, and what makes its items.
pub(super) struct Filled<'v, M: Maker> {
    pub(super) maker: M,
    pub(super) items: &'v mut Vec<M::Item>,
}

/// What makes an item of a span of its text.
pub(super) trait Maker: Copy {
    type Item: Copy;

    fn make(self, span: Span) -> Self::Item;

    /// # Safety
    ///
    /// The span is one of the text, on character boundaries.
    unsafe fn make_unchecked(self, span: Span) -> Self::Item;

    /// Where an item stands in the text.
    fn range(item: &Self::Item) -> Range<usize>;
}

/// Tokens of a text.
impl<'t> Maker for &'t str {
    type Item = Token<'t>;

    #[inline]
    fn make(self, span: Span) -> Token<'t> {
        span.of(self)
    }

    #[inline(always)]
    unsafe fn make_unchecked(self, span: Span) -> Token<'t> {
        // SAFETY: the caller's promise.
        unsafe { span.of_unchecked(self) }
    }

    fn range(token: &Token<'t>) -> Range<usize> {
        token.range()
    }
}

/// Tokens with the tags that their words have; those that are no words of the dictionary get theirs later.
#[derive(Clone, Copy)]
pub(super) struct WithTags<'s, 't> {
    pub(super) text: &'t str,
    pub(super) of_words: WordTags<'s>,
}

impl<'t> Maker for WithTags<'_, 't> {
    type Item = Tagged<'t>;

    #[inline]
    fn make(self, span: Span) -> Tagged<'t> {
        Tagged::new(span.of(self.text), self.of_words.of_word_or_any(span.number))
    }

    #[inline(always)]
    unsafe fn make_unchecked(self, span: Span) -> Tagged<'t> {
        // SAFETY: the caller's promise.
        let token = unsafe { span.of_unchecked(self.text) };
        Tagged::new(token, self.of_words.of_word_or_any(span.number))
    }

    fn range(tagged: &Tagged<'t>) -> Range<usize> {
        tagged.token().range()
    }
}

impl<M: Maker> Sink for Filled<'_, M> {
    type Item = M::Item;
    type Maker = M;

    #[inline]
    fn push(&mut self, span: Span) {
        self.items.push(self.maker.make(span));
    }

    fn len(&self) -> usize {
        self.items.len()
    }

    fn retain_from(&mut self, first: usize, keep: impl Fn(Range<usize>) -> bool) {
        retain_from(self.items, first, |item| keep(M::range(item)));
    }

    fn pop(&mut self) {
        self.items.pop();
    }

    fn room(&mut self, more: usize) -> (M, &mut [MaybeUninit<M::Item>]) {
        self.items.reserve(more);
        (self.maker, self.items.spare_capacity_mut())
    }

    #[inline(always)]
    unsafe fn item(maker: M, span: Span) -> M::Item {
        // SAFETY: the caller's promise.
        unsafe { maker.make_unchecked(span) }
    }

    unsafe fn advance(&mut self, count: usize) {
        // SAFETY: the caller's promise.
        unsafe { self.items.set_len(self.items.len() + count) };
    }
}
