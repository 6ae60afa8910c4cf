//! Keywords as data.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Keyword, Keywords, Scores};
use crate::dictionary::Tag;

#[derive(Serialize, Deserialize)]
#[serde(rename = "Keyword")]
struct Fields<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    /// If it is another.
    #[serde(borrow)]
    simplified: Option<Cow<'a, str>>,
    weight: f64,
    words: usize,
    tag: Tag,
    places: Cow<'a, [Range<usize>]>,
}

impl Serialize for Keyword {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Fields {
            text: self.text().into(),
            simplified: self.other_form().map(Cow::from),
            weight: self.weight,
            words: self.words,
            tag: self.tag,
            places: self.places().into(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Keyword {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keyword, D::Error> {
        let Fields { text, simplified, weight, words, tag, places } = Fields::deserialize(deserializer)?;
        let count = places.len();
        let mut keywords = Keywords::with_places(1, places.into_owned());
        keywords.push(&text, simplified.as_deref(), Scores { weight, words, tag, count });
        let keyword = keywords.finish().pop().filter(|_| count > 0);
        keyword.ok_or_else(|| D::Error::invalid_length(0, &"one place of the keyword at least"))
    }
}
