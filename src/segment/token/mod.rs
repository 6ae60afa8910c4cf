//! The results of segmentation: tokens, with and without parts of speech.

#[cfg(feature = "serde")]
mod serde;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use crate::dictionary::{Tag, WordId};
use crate::text::Origin;

/// A piece of the text: a word, a number, a punctuation mark, white space.
///
/// A token is an unchanged slice of the text. Except in full and search mode, the tokens of a text,
/// joined, are the text.
#[derive(Clone, Copy)]
pub struct Token<'t> {
    text: &'t str,
    start: usize,
    /// The word's number, or `WordId::NONE`.
    number: u32,
    /// `None` if [`Origin::of_token`] can derive it from the number and the text. The derivation is
    /// left until it is asked for.
    origin: Option<Origin>,
}

impl<'t> Token<'t> {
    /// Creates the token at these bytes of `text`, with `origin` as in the field of [`Token`].
    #[inline]
    pub(super) fn new(text: &'t str, bytes: Range<usize>, number: u32, origin: Option<Origin>) -> Token<'t> {
        Token { text: &text[bytes.clone()], start: bytes.start, number, origin }
    }

    /// Returns the token as it stands in the text.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.text(), "北京");
    /// ```
    #[inline]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the byte of the text at which the token begins.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.start(), 6);
    /// ```
    #[inline]
    pub fn start(&self) -> usize {
        self.start
    }

    /// Returns the byte of the text at which the token ends.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.end(), 12);
    /// ```
    #[inline]
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Returns the range of the token in the text, in bytes.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.range(), 6..12);
    /// ```
    #[inline]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// Returns the token's number in the segmenter's dictionary, if the dictionary has this word.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// let dictionary = fenci::Dictionary::embedded();
    /// assert_eq!(dictionary.entry(token.word_id().unwrap()), dictionary.get("北京"));
    /// ```
    #[inline]
    pub fn word_id(&self) -> Option<WordId> {
        WordId::from_number(self.number)
    }

    /// Returns the reason why this piece of the text is one token.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.origin(), fenci::segment::Origin::Dictionary);
    /// ```
    #[inline]
    pub fn origin(&self) -> Origin {
        Origin::of_token(self.origin, self.number != WordId::NONE, self.text)
    }

    /// Returns the origin, or `None` if the word and the text determine it.
    #[inline]
    pub(crate) fn stored_origin(&self) -> Option<Origin> {
        self.origin
    }
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Token<'_>) -> bool {
        let key = |token: &Token<'_>| (token.start, token.number, token.origin());
        self.text == other.text && key(self) == key(other)
    }
}

impl Eq for Token<'_> {}

impl Hash for Token<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.text, self.start, self.number).hash(state);
    }
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("text", &self.text)
            .field("start", &self.start)
            .field("word", &self.word_id())
            .field("origin", &self.origin())
            .finish()
    }
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// A token and its part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaggedToken<'t> {
    token: Token<'t>,
    tag: Tag,
}

impl<'t> TaggedToken<'t> {
    pub(crate) fn new(token: Token<'t>, tag: Tag) -> TaggedToken<'t> {
        TaggedToken { token, tag }
    }

    /// Returns the token.
    ///
    /// ```
    /// let segmenter = fenci::Segmenter::new();
    /// let tagged = segmenter.tag("我爱北京").nth(2).unwrap();
    /// assert_eq!(tagged.token().range(), 6..12);
    /// ```
    #[inline]
    pub fn token(&self) -> Token<'t> {
        self.token
    }

    /// Returns the token as it stands in the text.
    ///
    /// ```
    /// let segmenter = fenci::Segmenter::new();
    /// let tagged = segmenter.tag("我爱北京").nth(2).unwrap();
    /// assert_eq!(tagged.text(), "北京");
    /// ```
    #[inline]
    pub fn text(&self) -> &'t str {
        self.token.text
    }

    /// Returns the token's part of speech.
    ///
    /// ```
    /// let segmenter = fenci::Segmenter::new();
    /// let tagged = segmenter.tag("我爱北京").nth(2).unwrap();
    /// assert_eq!(tagged.tag(), "ns");
    /// ```
    #[inline]
    pub fn tag(&self) -> Tag {
        self.tag
    }
}

impl fmt::Display for TaggedToken<'_> {
    /// Writes `word/tag`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.token, self.tag)
    }
}
