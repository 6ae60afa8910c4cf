//! Where the tokens of a batch go: spans, which an iterator ties to the text, or the caller's vector; and words, which
//! others still have to be put before.

#![allow(unsafe_code)]

use std::mem::MaybeUninit;
use std::ops::Range;

use crate::dictionary::WordId;
use crate::dictionary::WordTags;
use crate::segment::token::Span;
use crate::segment::{TaggedToken, Token};
use crate::storage::pick::retain_from;
use crate::text::Origin;
use crate::text::Units;

/// A token by its characters in the batch.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    pub(super) from: u32,
    pub(super) to: u32,
    /// As [`Span::number`].
    pub(super) number: u32,
    /// As [`Span::origin`].
    pub(super) origin: Option<Origin>,
}

impl Word {
    /// With this origin, if it is no dictionary word.
    pub(super) fn or_as(self, origin: Origin) -> Word {
        Word { origin: (self.number == WordId::NONE).then_some(origin), ..self }
    }

    #[inline]
    pub(super) fn span(self, units: &Units) -> Span {
        self.at(units.byte(self.from as usize)..units.byte(self.to as usize))
    }

    /// The same, if its characters are those bytes of the text.
    #[inline(always)]
    fn at(self, bytes: Range<usize>) -> Span {
        Span { start: bytes.start, end: bytes.end, number: self.number, origin: self.origin }
    }

    /// How many characters it has.
    #[inline(always)]
    pub(super) fn chars(self) -> u32 {
        self.to - self.from
    }
}

/// Takes the words of a batch.
pub(super) trait WordSink {
    type Item: Copy;
    /// What makes an item of a word.
    type Maker: Copy;

    fn push_word(&mut self, word: Word, units: &Units);

    /// How many there are.
    fn len(&self) -> usize;

    /// Room for at least so many more, to be written in order and then counted with [`WordSink::advance`].
    fn room(&mut self, more: usize) -> (Self::Maker, &mut [MaybeUninit<Self::Item>]);

    /// The item of a word, whose characters are those bytes of the text.
    ///
    /// # Safety
    ///
    /// The bytes are in the text, and begin and end on character boundaries.
    unsafe fn item(maker: Self::Maker, word: Word, bytes: Range<usize>) -> Self::Item;

    /// Whether an item is to be kept that has been made of this word of the route.
    #[inline(always)]
    fn keeps(_: Self::Maker, _: &Self::Item, _: Word) -> bool {
        true
    }

    /// Count items as pushed.
    ///
    /// # Safety
    ///
    /// The first `count` of the room given last have been written.
    unsafe fn advance(&mut self, count: usize);
}

/// Takes tokens.
pub(super) trait Sink: WordSink {
    fn push(&mut self, span: Span);

    /// Of those from the one numbered `first` on, keep those whose range in the text is to be kept.
    fn retain_from(&mut self, first: usize, keep: impl Fn(Range<usize>) -> bool);
}

impl WordSink for Vec<Word> {
    type Item = Word;
    type Maker = ();

    fn push_word(&mut self, word: Word, _: &Units) {
        self.push(word);
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn room(&mut self, more: usize) -> ((), &mut [MaybeUninit<Word>]) {
        self.reserve(more);
        ((), self.spare_capacity_mut())
    }

    #[inline(always)]
    unsafe fn item((): (), word: Word, _: Range<usize>) -> Word {
        word
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
pub(crate) trait Maker: Copy {
    type Item: Copy;

    fn make(self, span: Span) -> Self::Item;

    /// # Safety
    ///
    /// The span is one of the text, on character boundaries.
    #[inline(always)]
    unsafe fn make_unchecked(self, span: Span) -> Self::Item {
        self.make(span)
    }

    /// Whether an item is to be kept that has been made of so many characters, of which `\r\n` may be one; those may be,
    /// too, for which it is not.
    #[inline(always)]
    fn keeps(self, _: &Self::Item, _: u32) -> bool {
        true
    }

    /// Where an item stands in the text.
    fn range(item: &Self::Item) -> Range<usize>;
}

/// Spans, which an iterator ties to the text.
impl Maker for () {
    type Item = Span;

    #[inline]
    fn make(self, span: Span) -> Span {
        span
    }

    fn range(span: &Span) -> Range<usize> {
        span.start..span.end
    }
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
    type Item = TaggedToken<'t>;

    #[inline]
    fn make(self, span: Span) -> TaggedToken<'t> {
        TaggedToken::new(span.of(self.text), self.of_words.of_word_or_any(span.number))
    }

    #[inline(always)]
    unsafe fn make_unchecked(self, span: Span) -> TaggedToken<'t> {
        // SAFETY: the caller's promise.
        let token = unsafe { span.of_unchecked(self.text) };
        TaggedToken::new(token, self.of_words.of_word_or_any(span.number))
    }

    fn range(tagged: &TaggedToken<'t>) -> Range<usize> {
        tagged.token().range()
    }
}

impl<M: Maker> WordSink for Filled<'_, M> {
    type Item = M::Item;
    type Maker = M;

    #[inline]
    fn push_word(&mut self, word: Word, units: &Units) {
        self.push(word.span(units));
    }

    #[inline(always)]
    fn keeps(maker: M, item: &M::Item, word: Word) -> bool {
        maker.keeps(item, word.chars())
    }

    fn len(&self) -> usize {
        self.items.len()
    }

    fn room(&mut self, more: usize) -> (M, &mut [MaybeUninit<M::Item>]) {
        self.items.reserve(more);
        (self.maker, self.items.spare_capacity_mut())
    }

    #[inline(always)]
    unsafe fn item(maker: M, word: Word, bytes: Range<usize>) -> M::Item {
        // SAFETY: the caller's promise.
        unsafe { maker.make_unchecked(word.at(bytes)) }
    }

    unsafe fn advance(&mut self, count: usize) {
        // SAFETY: the caller's promise.
        unsafe { self.items.set_len(self.items.len() + count) };
    }
}

impl<M: Maker> Sink for Filled<'_, M> {
    #[inline]
    fn push(&mut self, span: Span) {
        self.items.push(self.maker.make(span));
    }

    fn retain_from(&mut self, first: usize, keep: impl Fn(Range<usize>) -> bool) {
        retain_from(self.items, first, |item| keep(M::range(item)));
    }
}
