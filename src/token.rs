//! What segmentation gives.

#![allow(unsafe_code)]

#[cfg(feature = "serde")]
mod serde;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use crate::text::Kind;
use crate::{Tag, WordId, unchecked};

/// How a token came to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(::serde::Serialize, ::serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Origin {
    /// A word of the dictionary.
    Dictionary,
    /// A word that the dictionary does not have, found by the HMM.
    Hmm,
    /// A Han character that the dictionary does not have as a word.
    Han,
    /// A word in Latin letters, digits in it or not.
    Latin,
    /// A word in the letters of another script.
    Letters,
    /// A number with all that belongs to it: `23,876`, `23.4%`.
    Number,
    /// A run of Japanese kana.
    Kana,
    /// An emoji sequence.
    Emoji,
    /// The address of a page: `http://example.com/a?b=1`.
    Url,
    /// An address of mail.
    Email,
    /// A name after `@`.
    Mention,
    /// A topic between two `#`, or after one.
    Hashtag,
    /// A date in digits, or in Han characters if that was asked for.
    Date,
    /// A time of day in digits.
    Time,
    /// The name of a file.
    FileName,
    /// A version: `v1.2`, `2.7.18`.
    Version,
    /// White space.
    Space,
    /// A punctuation mark.
    Punctuation,
    /// A mathematical, currency or other symbol.
    Symbol,
    /// A control character, or what Unicode has not assigned.
    Other,
}

impl Origin {
    /// The origin's name, in lower case.
    ///
    /// ```
    /// assert_eq!(fenci::Origin::Url.as_str(), "url");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Dictionary => "dictionary",
            Origin::Hmm => "hmm",
            Origin::Han => "han",
            Origin::Latin => "latin",
            Origin::Letters => "letters",
            Origin::Number => "number",
            Origin::Kana => "kana",
            Origin::Emoji => "emoji",
            Origin::Url => "url",
            Origin::Email => "email",
            Origin::Mention => "mention",
            Origin::Hashtag => "hashtag",
            Origin::Date => "date",
            Origin::Time => "time",
            Origin::FileName => "filename",
            Origin::Version => "version",
            Origin::Space => "space",
            Origin::Punctuation => "punctuation",
            Origin::Symbol => "symbol",
            Origin::Other => "other",
        }
    }

    /// Whether a token of this origin is a word or a number rather than what stands between them.
    ///
    /// ```
    /// let words = fenci::cut("你好，world！").filter(|token| token.origin().is_word());
    /// assert_eq!(words.count(), 2);
    /// ```
    pub fn is_word(self) -> bool {
        !matches!(self, Origin::Emoji | Origin::Space | Origin::Punctuation | Origin::Symbol | Origin::Other)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<Kind> for Origin {
    fn from(kind: Kind) -> Origin {
        match kind {
            Kind::Han => Origin::Han,
            Kind::Latin => Origin::Latin,
            Kind::Letters => Origin::Letters,
            Kind::Number => Origin::Number,
            Kind::Kana => Origin::Kana,
            Kind::Emoji => Origin::Emoji,
            Kind::Space => Origin::Space,
            Kind::Punctuation => Origin::Punctuation,
            Kind::Symbol => Origin::Symbol,
            Kind::Other => Origin::Other,
        }
    }
}

/// A piece of the text: a word, a number, a punctuation mark, white space.
///
/// A token is a slice of the text it was cut from, just as it stands there. Except in full and search mode, the
/// tokens of a text, joined, are the text.
#[derive(Clone, Copy)]
pub struct Token<'t> {
    text: &'t str,
    start: usize,
    /// The word's number, or `WordId::NONE`.
    number: u32,
    /// `None` if number and text say it, which is left to those who ask.
    origin: Option<Origin>,
}

impl<'t> Token<'t> {
    /// The token as it stands in the text.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.text(), "北京");
    /// ```
    #[inline]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Where the token begins in the text, in bytes.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.start(), 6);
    /// ```
    #[inline]
    pub fn start(&self) -> usize {
        self.start
    }

    /// Where the token ends in the text, in bytes.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.end(), 12);
    /// ```
    #[inline]
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Where the token stands in the text, in bytes.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.range(), 6..12);
    /// ```
    #[inline]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// The token's number in the segmenter's dictionary, if it has this word.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// let dictionary = fenci::Dictionary::embedded();
    /// assert_eq!(dictionary.entry(token.word().unwrap()), dictionary.get("北京"));
    /// ```
    #[inline]
    pub fn word(&self) -> Option<WordId> {
        WordId::from_number(self.number)
    }

    /// How the token came to be one.
    ///
    /// ```
    /// let token = fenci::cut("我爱北京").nth(2).unwrap();
    /// assert_eq!(token.origin(), fenci::Origin::Dictionary);
    /// ```
    #[inline]
    pub fn origin(&self) -> Origin {
        match self.origin {
            Some(origin) => origin,
            None if self.number != WordId::NONE => Origin::Dictionary,
            None => self.text.chars().next().map_or(Kind::Other, Kind::of).into(),
        }
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
            .field("word", &self.word())
            .field("origin", &self.origin())
            .finish()
    }
}

impl AsRef<str> for Token<'_> {
    fn as_ref(&self) -> &str {
        self.text
    }
}

impl<'t> From<Token<'t>> for &'t str {
    fn from(token: Token<'t>) -> &'t str {
        token.text
    }
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// A token and its part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tagged<'t> {
    token: Token<'t>,
    tag: Tag,
}

impl<'t> Tagged<'t> {
    pub(crate) fn new(token: Token<'t>, tag: Tag) -> Tagged<'t> {
        Tagged { token, tag }
    }

    /// The token.
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

    /// The token as it stands in the text.
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

    /// The token's part of speech.
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

impl fmt::Display for Tagged<'_> {
    /// `word/tag`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.token, self.tag)
    }
}

/// A token before it is tied to its text.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) number: u32,
    /// As in [`Token`].
    pub(crate) origin: Option<Origin>,
}

impl Span {
    #[inline]
    pub(crate) fn of(self, text: &str) -> Token<'_> {
        let Span { start, end, number, origin } = self;
        Token { text: &text[start..end], start, number, origin }
    }

    /// [`Span::of`].
    ///
    /// # Safety
    ///
    /// The span is one of the text, on character boundaries.
    #[inline(always)]
    pub(crate) unsafe fn of_unchecked(self, text: &str) -> Token<'_> {
        let Span { start, end, number, origin } = self;
        // SAFETY: the caller's promise.
        Token { text: unsafe { unchecked::slice(text, start, end) }, start, number, origin }
    }
}
