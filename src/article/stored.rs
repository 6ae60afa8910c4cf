//! Articles as they are stored: the page and its repairs, of which the clean text and the map follow.

use std::borrow::Cow;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Article, Repair};

/// The form that is written, and the only one that is read.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(rename = "Article")]
struct Stored<'a> {
    version: u32,
    raw: Cow<'a, str>,
    /// For other readers; here it has to be what the page and its repairs give.
    text: Cow<'a, str>,
    repairs: Cow<'a, [Repair]>,
}

impl Serialize for Article<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (raw, text) = (Cow::Borrowed(self.raw()), Cow::Borrowed(self.text()));
        Stored { version: VERSION, raw, text, repairs: Cow::Borrowed(&self.repairs) }.serialize(serializer)
    }
}

/// The page is copied: one of more than a line can hardly be borrowed from any format for text.
impl<'de> Deserialize<'de> for Article<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Stored { version, raw, text, repairs } = Stored::deserialize(deserializer)?;
        if version != VERSION {
            return Err(D::Error::custom(format!(
                "expected an article in the form of version {VERSION}, found version {version}: clean the page again"
            )));
        }
        repaired(&raw, &repairs)
            .filter(|repaired| *repaired == text)
            .ok_or_else(|| D::Error::custom("expected repairs that make the text of the page"))?;
        Ok(Article { raw, text, repairs: repairs.into_owned() })
    }
}

/// The page with its repairs, if they follow each other and say where they stand.
fn repaired(raw: &str, repairs: &[Repair]) -> Option<String> {
    let mut text = String::new();
    let mut kept = 0;
    for Repair { raw: at, clean, replacement, .. } in repairs {
        text.push_str(raw.get(kept..at.start)?);
        raw.get(at.clone())?;
        let start = text.len();
        text.push_str(replacement);
        kept = (*clean == (start..text.len())).then_some(at.end)?;
    }
    text.push_str(raw.get(kept..)?);
    Some(text)
}
