//! What the extractors give.

use std::ops::Range;

use crate::Tag;

/// A word or phrase that says what a text is about.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Keyword {
    pub(super) text: String,
    pub(super) simplified: Option<String>,
    pub(super) weight: f64,
    pub(super) words: usize,
    pub(super) tag: Tag,
    pub(super) places: Vec<Range<usize>>,
}

impl Keyword {
    /// The keyword as it stands in the text where it occurs first.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same with Simplified characters for Traditional ones, character by character. A text's 数据 and 數據 are one
    /// keyword.
    pub fn simplified(&self) -> &str {
        self.simplified.as_deref().unwrap_or(&self.text)
    }

    /// How much it says of the text. Comparable within one text and one method only.
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// How often it occurs.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// How many words it has: one, unless it is a phrase.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Its part of speech; that of a phrase is the last word's.
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// Where in the text it occurs first, in bytes.
    pub fn first(&self) -> Range<usize> {
        self.places[0].clone()
    }

    /// Where in the text it occurs, in bytes, in order.
    pub fn places(&self) -> &[Range<usize>] {
        &self.places
    }
}
