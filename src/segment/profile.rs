//! The two profiles.

/// What tokens are to be where the dictionary does not decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Profile {
    /// As a reader would cut: Latin words, numbers, emoji and kana runs are whole (UAX #29), and so are addresses, names,
    /// topics, dates and times (see [`SegmenterBuilder::entity`]); Traditional text is cut as its Simplified form. [`Segmenter::cut`] and [`Segmenter::cut_all`] give
    /// the same tokens of Simplified Han text as with [`Profile::Jieba`].
    #[default]
    Natural,
    /// The very tokens and tags of jieba-rs 0.11.0, on any text.
    Jieba,
}
