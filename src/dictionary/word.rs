//! The number, the entry and the length of a word.

use super::tag::Tag;
use crate::error::Error;

/// The length of the longest word, in characters.
pub(crate) const MAX_WORD_CHARS: usize = 255;

/// The number of a word: its rank among the words of its dictionary, from 0.
///
/// The words that every profile knows come first, the most frequent word before all others. Words
/// of equal frequency are sorted by their bytes. The words that only the natural profile knows
/// follow in the same order, and user words come last.
///
/// A number has a meaning only together with the [`Dictionary`](super::Dictionary) that gave it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WordId(pub(crate) u32);

impl WordId {
    pub(crate) const NONE: u32 = u32::MAX;

    pub(crate) fn from_number(number: u32) -> Option<WordId> {
        (number != WordId::NONE).then_some(WordId(number))
    }

    /// Returns the rank, from 0. It is less than the dictionary's
    /// [`id_bound`](super::Dictionary::id_bound).
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// let dictionary = Dictionary::embedded();
    /// let mut counts = vec![0; dictionary.id_bound()];
    /// counts[dictionary.get("软件").unwrap().id.index()] += 1;
    /// ```
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number, frequency and tag of a word in a dictionary.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Entry {
    /// The word's number.
    pub id: WordId,
    /// The number of times that the word occurred in the corpus that the dictionary was counted in.
    pub frequency: u64,
    /// The word's part of speech.
    pub tag: Tag,
}

/// Returns an error unless `word` has from `least` to [`MAX_WORD_CHARS`] characters.
pub(super) fn check_len(word: &str, least: usize) -> Result<(), Error> {
    let chars = word.chars().count();
    if (least..=MAX_WORD_CHARS).contains(&chars) {
        return Ok(());
    }
    let start: String = word.chars().take(20).collect();
    Err(Error::new(format!("word {start:?}: expected {least} to {MAX_WORD_CHARS} characters, found {chars}")))
}
