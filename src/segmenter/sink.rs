//! Where the tokens of a batch go: spans, which an iterator ties to the text, or the caller's vector.

#![allow(unsafe_code)]

use std::mem::MaybeUninit;
use std::ops::Range;

use crate::Token;
use crate::token::Span;

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

/// A vector of a caller's, with the text that the tokens are slices of.
pub(super) struct Filled<'v, 't> {
    pub(super) text: &'t str,
    pub(super) tokens: &'v mut Vec<Token<'t>>,
}

impl<'t> Sink for Filled<'_, 't> {
    type Item = Token<'t>;
    type Maker = &'t str;

    #[inline]
    fn push(&mut self, span: Span) {
        self.tokens.push(span.of(self.text));
    }

    fn len(&self) -> usize {
        self.tokens.len()
    }

    fn retain_from(&mut self, first: usize, keep: impl Fn(Range<usize>) -> bool) {
        retain_from(self.tokens, first, |token| keep(token.range()));
    }

    fn pop(&mut self) {
        self.tokens.pop();
    }

    fn room(&mut self, more: usize) -> (&'t str, &mut [MaybeUninit<Token<'t>>]) {
        self.tokens.reserve(more);
        (self.text, self.tokens.spare_capacity_mut())
    }

    #[inline(always)]
    unsafe fn item(text: &'t str, span: Span) -> Token<'t> {
        // SAFETY: the caller's promise.
        unsafe { span.of_unchecked(text) }
    }

    unsafe fn advance(&mut self, count: usize) {
        // SAFETY: the caller's promise.
        unsafe { self.tokens.set_len(self.tokens.len() + count) };
    }
}
