//! Tokens as data: the fields of each, with the text borrowed where the format can lend it.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Origin, TaggedToken, Token};
use crate::dictionary::{Tag, WordId};

#[derive(Serialize, Deserialize)]
#[serde(rename = "Token")]
struct TokenFields<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    word: Option<WordId>,
    origin: Origin,
}

impl<'t> From<Token<'t>> for TokenFields<'t> {
    fn from(token: Token<'t>) -> TokenFields<'t> {
        let (start, end) = (token.start(), token.end());
        TokenFields { text: token.text(), start, end, word: token.word_id(), origin: token.origin() }
    }
}

impl<'t> TokenFields<'t> {
    fn token<E: Error>(self) -> Result<Token<'t>, E> {
        let TokenFields { text, start, end, word, origin } = self;
        if start.checked_add(text.len()) != Some(end) {
            return Err(E::invalid_value(Unexpected::Unsigned(end as u64), &"the start and the length of the text"));
        }
        let number = word.map_or(WordId::NONE, |word| word.0);
        if (number != WordId::NONE) != (origin == Origin::Dictionary) {
            return Err(E::custom("expected a word's number for the origin dictionary, and for no other"));
        }
        Ok(Token { text, start, number, origin: Some(origin) })
    }
}

impl Serialize for Token<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TokenFields::from(*self).serialize(serializer)
    }
}

/// The text is borrowed, and so has to stand unchanged in what is read: in JSON, without escapes. Copy it otherwise.
impl<'de: 't, 't> Deserialize<'de> for Token<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Token<'t>, D::Error> {
        TokenFields::deserialize(deserializer)?.token()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "TaggedToken")]
struct TaggedFields<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    word: Option<WordId>,
    origin: Origin,
    tag: Tag,
}

impl Serialize for TaggedToken<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TokenFields { text, start, end, word, origin } = self.token.into();
        TaggedFields { text, start, end, word, origin, tag: self.tag }.serialize(serializer)
    }
}

/// As that of [`Token`].
impl<'de: 't, 't> Deserialize<'de> for TaggedToken<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TaggedToken<'t>, D::Error> {
        let TaggedFields { text, start, end, word, origin, tag } = TaggedFields::deserialize(deserializer)?;
        Ok(TaggedToken { token: TokenFields { text, start, end, word, origin }.token()?, tag })
    }
}
