//! Tokens as data: the fields of each.

use serde::{Serialize, Serializer};

use super::{Origin, TaggedToken, Token};
use crate::dictionary::{Tag, WordId};

impl Serialize for Token<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename = "Token")]
        struct Fields<'t> {
            text: &'t str,
            start: usize,
            end: usize,
            word: Option<WordId>,
            origin: Origin,
        }
        let (text, word, origin) = (self.text(), self.word_id(), self.origin());
        Fields { text, start: self.start(), end: self.end(), word, origin }.serialize(serializer)
    }
}

impl Serialize for TaggedToken<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename = "TaggedToken")]
        struct Fields<'t> {
            text: &'t str,
            start: usize,
            end: usize,
            word: Option<WordId>,
            origin: Origin,
            tag: Tag,
        }
        let TaggedToken { token, tag } = *self;
        let (text, word, origin) = (token.text(), token.word_id(), token.origin());
        Fields { text, start: token.start(), end: token.end(), word, origin, tag }.serialize(serializer)
    }
}
