//! The stored form of user words: a map from each word to its wish.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Intent, UserWords, Wish};
use crate::dictionary::Tag;
use crate::error::Error;

/// The version of the form that is written, and the only one that is read.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(rename = "UserWords")]
struct StoredWords<W: Ord> {
    version: u32,
    words: BTreeMap<W, StoredWish>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredWish {
    Add { frequency: Option<u64>, tag: Option<Tag> },
    Frequency(u64),
    Prefer,
    Force,
    Split(Vec<String>),
    NeverJoin,
}

impl StoredWish {
    fn of(word: &str, wish: &Wish) -> StoredWish {
        match wish.intent {
            Intent::Add => StoredWish::Add { frequency: wish.frequency, tag: wish.tag },
            Intent::Exactly => StoredWish::Frequency(wish.frequency.unwrap_or_default()),
            Intent::Prefer => StoredWish::Prefer,
            Intent::Force => StoredWish::Force,
            Intent::Split => {
                let mut chars = word.chars();
                StoredWish::Split(wish.parts.iter().map(|&len| chars.by_ref().take(len.into()).collect()).collect())
            }
            Intent::NeverJoin => StoredWish::NeverJoin,
        }
    }

    fn add_to<'w>(&self, words: &'w mut UserWords, word: &str) -> Result<&'w mut UserWords, Error> {
        match self {
            StoredWish::Add { frequency, tag } => words.add_with(word, *frequency, *tag),
            StoredWish::Frequency(frequency) => words.set_frequency(word, *frequency),
            StoredWish::Prefer => words.prefer(word),
            StoredWish::Force => words.force(word),
            StoredWish::Split(parts) => words.split(word, &parts.iter().map(String::as_str).collect::<Vec<_>>()),
            StoredWish::NeverJoin => words.never_join(word),
        }
    }
}

impl Serialize for UserWords {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let words = self.wishes.iter().map(|(word, wish)| (&**word, StoredWish::of(word, wish))).collect();
        StoredWords { version: VERSION, words }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for UserWords {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<UserWords, D::Error> {
        let StoredWords::<String> { version, words } = StoredWords::deserialize(deserializer)?;
        if version != VERSION {
            return Err(D::Error::custom(format!(
                "expected words in the form of version {VERSION}, found version {version}: was it written by a later fenci?"
            )));
        }
        let mut all = UserWords::new();
        for (word, wish) in &words {
            wish.add_to(&mut all, word).map_err(D::Error::custom)?;
        }
        Ok(all)
    }
}
