//! The reason why a stretch of text is one token.

use std::fmt;

use super::Kind;

/// The reason why a stretch of text is one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(::serde::Serialize, ::serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Origin {
    /// A word of the dictionary.
    Dictionary,
    /// A word that the dictionary does not have, found by the HMM.
    Hmm,
    /// A word that the dictionary does not have, found by the learned model.
    Model,
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
    /// A unit after a number: `km`, `mmol/L`, `℃`.
    Unit,
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
    /// assert_eq!(fenci::segment::Origin::Url.as_str(), "url");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Dictionary => "dictionary",
            Origin::Hmm => "hmm",
            Origin::Model => "model",
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
            Origin::Unit => "unit",
            Origin::FileName => "filename",
            Origin::Version => "version",
            Origin::Space => "space",
            Origin::Punctuation => "punctuation",
            Origin::Symbol => "symbol",
            Origin::Other => "other",
        }
    }

    /// Returns whether a token of this origin is a word, a number or a unit, and no mark or space.
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
