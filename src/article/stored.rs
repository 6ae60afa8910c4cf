//! Stores an article as its page and its repairs. The map follows from the repairs.

use std::borrow::Cow;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Article, Repair};

/// The version of the stored form.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(rename = "Article")]
struct StoredArticle<'a> {
    version: u32,
    raw: Cow<'a, str>,
    /// For other programs. When an article is read, it must equal the page with its repairs.
    text: Cow<'a, str>,
    repairs: Cow<'a, [Repair]>,
}

impl Serialize for Article<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (raw, text) = (Cow::Borrowed(self.raw()), Cow::Borrowed(self.text()));
        StoredArticle { version: VERSION, raw, text, repairs: Cow::Borrowed(&self.repairs) }.serialize(serializer)
    }
}

/// Copies the page. Formats escape line ends, so the text can seldom be borrowed.
impl<'de> Deserialize<'de> for Article<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let StoredArticle { version, raw, text, repairs } = StoredArticle::deserialize(deserializer)?;
        if version != VERSION {
            return Err(D::Error::custom(format!(
                "expected an article of version {VERSION}, found version {version}; clean the page again"
            )));
        }
        repaired(&raw, &repairs).filter(|repaired| *repaired == text).ok_or_else(|| {
            D::Error::custom(
                "expected repairs that lead from the raw text to the clean text, found others; clean the page again",
            )
        })?;
        Ok(Article { raw, text, repairs: repairs.into_owned() })
    }
}

/// Returns the page with its repairs, or `None` if the repairs overlap or have wrong ranges.
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
