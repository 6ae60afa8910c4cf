//! The two profiles.

/// The rules for tokens where the dictionary does not decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Profile {
    /// Words as a reader sees them.
    ///
    /// The learned model decides, with the dictionary as one of its witnesses. Without the feature
    /// `learned`, the dictionary's best route and jieba's HMM decide. Latin words, numbers, emoji
    /// and kana runs are whole (UAX #29), and so are addresses, names, topics, dates and times.
    /// Traditional text is cut as its Simplified form.
    #[default]
    Natural,
    /// The very tokens and tags of jieba-rs 0.11.0, on any text.
    Jieba,
}
