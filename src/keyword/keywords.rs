//! The keywords that extractors return.

use std::fmt;
use std::ops::Range;

use crate::dictionary::Tag;

/// A word or phrase that says what a text is about.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Keyword {
    pub(super) text: String,
    /// The Simplified form, if it differs from `text`.
    pub(super) simplified: Option<String>,
    pub(super) weight: f64,
    #[cfg_attr(feature = "serde", serde(rename = "words"))]
    pub(super) word_count: usize,
    pub(super) tag: Tag,
    /// Never empty.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "some_places"))]
    pub(super) places: Vec<Range<usize>>,
}

impl Keyword {
    /// Returns the most frequent form of the keyword in the text; the first of forms that are
    /// equally frequent.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.text(), "軟銀");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the keyword in Simplified characters. 数据 and 數據 in a text are one keyword.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.simplified(), "软银");
    /// ```
    pub fn simplified(&self) -> &str {
        self.simplified.as_deref().unwrap_or(&self.text)
    }

    /// Returns how much the keyword says about the text. Compare weights only within one text and
    /// one method.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert!(keyword.weight() > 0.0);
    /// ```
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// Returns the number of times that the keyword occurs.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.count(), 2);
    /// ```
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// Returns the number of words in the keyword: one, unless it is a phrase.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.word_count(), 1);
    /// ```
    pub fn word_count(&self) -> usize {
        self.word_count
    }

    /// Returns the part of speech; for a phrase, that of its last word.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.tag(), "n");
    /// ```
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// Returns the range of the first occurrence in the text, in bytes.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.first(), 0..6);
    /// ```
    pub fn first(&self) -> Range<usize> {
        self.places[0].clone()
    }

    /// Returns the ranges of all occurrences in the text, in bytes and in order.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.places(), [0..6, 15..21]);
    /// ```
    pub fn places(&self) -> &[Range<usize>] {
        &self.places
    }
}

impl AsRef<str> for Keyword {
    fn as_ref(&self) -> &str {
        self.text()
    }
}

impl From<Keyword> for String {
    fn from(keyword: Keyword) -> String {
        keyword.text
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

/// Returns the form that `text` has at most of the places; the first of forms that are equally
/// frequent.
pub(super) fn most_frequent<'t>(text: &'t str, places: &[Range<usize>]) -> &'t str {
    let all = places.iter().map(|place| &text[place.clone()]);
    // Nearly all keywords have one form.
    if let Some(first) = all.clone().next().filter(|first| all.clone().all(|form| form == *first)) {
        return first;
    }
    let mut forms: Vec<(&str, usize)> = Vec::new();
    for form in all {
        match forms.iter_mut().find(|(known, _)| *known == form) {
            Some((_, count)) => *count += 1,
            None => forms.push((form, 1)),
        }
    }
    // `max_by_key` returns the last of equal forms.
    forms.into_iter().rev().max_by_key(|(_, count)| *count).map_or("", |(form, _)| form)
}

#[cfg(feature = "serde")]
fn some_places<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Range<usize>>, D::Error> {
    let places: Vec<Range<usize>> = serde::Deserialize::deserialize(deserializer)?;
    match places.is_empty() {
        true => Err(serde::de::Error::invalid_length(0, &"one place of the keyword at least")),
        false => Ok(places),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_form_is_shown() {
        let text = "ab AB Ab AB ab";
        let places = |starts: &[usize]| starts.iter().map(|&start| start..start + 2).collect::<Vec<_>>();
        assert_eq!(most_frequent(text, &places(&[0, 3, 6, 9])), "AB");
        assert_eq!(most_frequent(text, &places(&[3, 6, 12])), "AB");
        assert_eq!(most_frequent(text, &places(&[0, 3, 6, 9, 12])), "ab");
    }
}
