//! Options that several commands have.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use fenci::dictionary::UserWords;
use fenci::segment::SegmenterBuilder;
use fenci::{Dictionary, Segmenter};

use crate::failure::Failure;

/// How text is cut.
#[derive(Args)]
pub(crate) struct Cutting {
    /// Whose words to give.
    #[arg(long, value_enum, default_value_t = Profile::Natural)]
    pub(crate) profile: Profile,
    /// Add the words of FILE, one a line: `word`, `word frequency`, `word tag` or
    /// `word frequency tag`.
    #[arg(long, value_name = "FILE")]
    user_dict: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Profile {
    /// Words that a reader would look up.
    Natural,
    /// Words of jieba-rs.
    Jieba,
}

impl Cutting {
    /// Returns a builder with these options.
    pub(crate) fn builder(&self) -> Result<SegmenterBuilder, Failure> {
        let mut dictionary = Dictionary::embedded();
        for path in &self.user_dict {
            dictionary = dictionary.with_words(&UserWords::open(path)?)?;
        }
        let profile = match self.profile {
            Profile::Natural => fenci::Profile::Natural,
            Profile::Jieba => fenci::Profile::Jieba,
        };
        Ok(Segmenter::builder().dictionary(dictionary).profile(profile))
    }
}
