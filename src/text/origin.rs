//! The reason why a stretch of text is one token.

use std::fmt;

use crate::text::codes::is_han;

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
    /// A word in Latin letters, with or without digits.
    Latin,
    /// A word in the letters of another script.
    Letters,
    /// A number with everything that belongs to it: `23,876`, `23.4%`.
    Number,
    /// A run of Japanese kana.
    Kana,
    /// An emoji sequence.
    Emoji,
    /// The address of a page: `http://example.com/a?b=1`.
    Url,
    /// An email address.
    Email,
    /// A name after `@`.
    Mention,
    /// A topic between two `#`, or after one.
    Hashtag,
    /// A date in digits, or in Han characters if that option is on.
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
    /// A control character, or a code point that Unicode has not assigned.
    Other,
}

impl Origin {
    /// Returns the origin's name, in lower case.
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

    /// Returns the origin of a stretch of text that is not a word and begins with `c`.
    pub(crate) fn of_char(c: char) -> Origin {
        match c {
            '0'..='9' => Origin::Number,
            'a'..='z' | 'A'..='Z' => Origin::Latin,
            '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' => Origin::Symbol,
            _ if c.is_ascii_punctuation() => Origin::Punctuation,
            _ if c.is_whitespace() => Origin::Space,
            _ if c.is_control() => Origin::Other,
            _ if is_han(c) || c == '々' || c == '〇' => Origin::Han,
            _ if is_kana(c) => Origin::Kana,
            _ if is_emoji(c) => Origin::Emoji,
            _ if c.is_numeric() => Origin::Number,
            'ª' | 'º' | 'À'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' if c.is_alphabetic() => {
                Origin::Latin
            }
            _ if c.is_alphabetic() => Origin::Letters,
            '\u{A1}' | '\u{A7}' | '\u{AB}' | '\u{B6}' | '\u{B7}' | '\u{BB}' | '\u{BF}' => Origin::Punctuation,
            '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' => Origin::Punctuation,
            '\u{3001}'..='\u{303F}' | '\u{30FB}' | '\u{FE10}'..='\u{FE6F}' => Origin::Punctuation,
            '＄' | '＋' | '＜'..='＞' | '＾' | '｀' | '｜' | '～' => Origin::Symbol,
            '\u{FF01}'..='\u{FF65}' => Origin::Punctuation,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => Origin::Other,
            '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{F0000}'.. => Origin::Other,
            _ => Origin::Symbol,
        }
    }

    /// Returns the origin of a token: the known one, or else the one that follows from its word or
    /// its first character.
    pub(crate) fn of_token(known: Option<Origin>, is_word: bool, text: &str) -> Origin {
        match known {
            Some(origin) => origin,
            None if is_word => Origin::Dictionary,
            None => text.chars().next().map_or(Origin::Other, Origin::of_char),
        }
    }

    /// Returns whether a token of this origin is a word, a number or a unit, and not a mark or
    /// white space.
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

pub(super) fn is_kana(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{1B000}'..='\u{1B16F}')
}

fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{231A}' | '\u{231B}' | '\u{23E9}'..='\u{23F3}' | '\u{25FD}' | '\u{25FE}' | '\u{2600}'..='\u{27BF}'
        | '\u{2B1B}' | '\u{2B1C}' | '\u{2B50}' | '\u{2B55}' | '\u{1F000}'..='\u{1FAFF}')
}
