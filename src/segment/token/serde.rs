//! The serialization of tokens, field by field.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{TaggedToken, Token};
use crate::dictionary::Tag;

impl Serialize for Token<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write("Token", *self, None, serializer)
    }
}

impl Serialize for TaggedToken<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write("TaggedToken", self.token, Some(self.tag), serializer)
    }
}

fn write<S: Serializer>(
    name: &'static str,
    token: Token<'_>,
    tag: Option<Tag>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_struct(name, 5 + usize::from(tag.is_some()))?;
    fields.serialize_field("text", token.text())?;
    fields.serialize_field("start", &token.start())?;
    fields.serialize_field("end", &token.end())?;
    fields.serialize_field("word", &token.word_id())?;
    fields.serialize_field("origin", &token.origin())?;
    if let Some(tag) = tag {
        fields.serialize_field("tag", &tag)?;
    }
    fields.end()
}
