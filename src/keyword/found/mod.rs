//! What the extractors give.

#[cfg(feature = "serde")]
mod serde;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::dictionary::Tag;

/// A word or phrase that says what a text is about.
///
/// The keywords of one text share the memory of their texts and places, so that cloning one costs little; it is freed
/// with the last of them.
#[derive(Clone)]
pub struct Keyword {
    shared: Arc<Shared>,
    /// In the shared text.
    text: Range<usize>,
    /// In the shared text; the same as the text if that is Simplified.
    simplified: Range<usize>,
    weight: f64,
    words: usize,
    tag: Tag,
    /// In the shared places.
    places: Range<usize>,
}

/// The texts and places of all keywords of a text, one after the other.
#[derive(Default)]
struct Shared {
    texts: String,
    places: Vec<Range<usize>>,
}

impl Keyword {
    /// The keyword as it stands in the text where it occurs first.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.text(), "軟銀");
    /// ```
    pub fn text(&self) -> &str {
        &self.shared.texts[self.text.clone()]
    }

    /// The same with Simplified characters for Traditional ones, character by character. A text's 数据 and 數據 are one
    /// keyword.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.simplified(), "软银");
    /// ```
    pub fn simplified(&self) -> &str {
        &self.shared.texts[self.simplified.clone()]
    }

    /// How much it says of the text. Comparable within one text and one method only.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert!(keyword.weight() > 0.0);
    /// ```
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// How often it occurs.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.count(), 2);
    /// ```
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// How many words it has: one, unless it is a phrase.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.word_count(), 1);
    /// ```
    pub fn word_count(&self) -> usize {
        self.words
    }

    /// Its part of speech; that of a phrase is the last word's.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.tag(), "n");
    /// ```
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// Where in the text it occurs first, in bytes.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.first(), 0..6);
    /// ```
    pub fn first(&self) -> Range<usize> {
        self.places()[0].clone()
    }

    /// Where in the text it occurs, in bytes, in order.
    ///
    /// ```
    /// let keyword = &fenci::keywords("軟銀會議：軟銀今天投資", 1)[0];
    /// assert_eq!(keyword.places(), [0..6, 15..21]);
    /// ```
    pub fn places(&self) -> &[Range<usize>] {
        &self.shared.places[self.places.clone()]
    }

    /// The Simplified form, if it is another.
    fn other_form(&self) -> Option<&str> {
        (self.simplified != self.text).then(|| self.simplified())
    }
}

impl PartialEq for Keyword {
    fn eq(&self, other: &Keyword) -> bool {
        let key = |keyword: &Keyword| (keyword.weight, keyword.words, keyword.tag);
        key(self) == key(other)
            && self.text() == other.text()
            && self.simplified() == other.simplified()
            && self.places() == other.places()
    }
}

impl AsRef<str> for Keyword {
    fn as_ref(&self) -> &str {
        self.text()
    }
}

impl From<Keyword> for String {
    fn from(keyword: Keyword) -> String {
        keyword.text().to_owned()
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

impl fmt::Debug for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyword")
            .field("text", &self.text())
            .field("simplified", &self.other_form())
            .field("weight", &self.weight)
            .field("words", &self.words)
            .field("tag", &self.tag)
            .field("places", &self.places())
            .finish()
    }
}

/// Keywords as they are found.
pub(super) struct Keywords {
    shared: Shared,
    found: Vec<Found>,
}

/// A keyword before what it shares with others is complete.
struct Found {
    text: Range<usize>,
    simplified: Range<usize>,
    places: Range<usize>,
    scores: Scores,
}

/// What is said of a keyword beside its text.
pub(super) struct Scores {
    pub(super) weight: f64,
    pub(super) words: usize,
    pub(super) tag: Tag,
    pub(super) count: usize,
}

impl Keywords {
    /// With room for so many.
    pub(super) fn with_room(keywords: usize) -> Keywords {
        /// Of most of them.
        const PLACES: usize = 2;
        Keywords::with_places(keywords, Vec::with_capacity(keywords * PLACES))
    }

    /// With room for so many, and the places of all of them, keyword by keyword.
    pub(super) fn with_places(keywords: usize, places: Vec<Range<usize>>) -> Keywords {
        /// Bytes: five characters, or two in both forms.
        const TEXT: usize = 15;
        let shared = Shared { texts: String::with_capacity(keywords * TEXT), places };
        Keywords { shared, found: Vec::with_capacity(keywords) }
    }

    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    /// The Simplified forms of those found so far.
    pub(super) fn forms(&self) -> impl Iterator<Item = &str> {
        self.found.iter().map(|found| &self.shared.texts[found.simplified.clone()])
    }

    /// Add places of the keyword that is added next.
    pub(super) fn add_places(&mut self, places: impl Iterator<Item = Range<usize>>) {
        self.shared.places.extend(places);
    }

    /// Add a keyword with its Simplified form, if that is another, and its number of places, which follow those of the
    /// keyword before.
    pub(super) fn push(&mut self, text: &str, other_form: Option<&str>, scores: Scores) {
        let mut add = |text: &str| {
            let start = self.shared.texts.len();
            self.shared.texts.push_str(text);
            start..self.shared.texts.len()
        };
        let text = add(text);
        let simplified = other_form.map_or(text.clone(), add);
        let places = self.found.last().map_or(0, |last| last.places.end);
        self.found.push(Found { text, simplified, places: places..places + scores.count, scores });
    }

    pub(super) fn finish(self) -> Vec<Keyword> {
        let shared = Arc::new(self.shared);
        let keyword = |found: Found| {
            let Found { text, simplified, places, scores: Scores { weight, words, tag, .. } } = found;
            Keyword { shared: shared.clone(), text, simplified, weight, words, tag, places }
        };
        self.found.into_iter().map(keyword).collect()
    }
}
