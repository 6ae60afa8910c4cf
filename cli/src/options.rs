//! Options of several commands.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use fenci::dictionary::UserWords;
use fenci::segment::{SegmenterBuilder, WordModel};
use fenci::{Dictionary, Segmenter};

use crate::failure::Failure;

/// Options of cutting.
#[derive(Args)]
pub(crate) struct Cutting {
    /// The profile that chooses the words.
    #[arg(long, value_enum, default_value_t = Profile::Natural)]
    pub(crate) profile: Profile,
    /// Add the words of FILE, one a line: `word`, `word frequency`, `word tag` or
    /// `word frequency tag`.
    #[arg(long, value_name = "FILE")]
    user_dict: Vec<PathBuf>,
    /// In the natural profile, find the ends of words with the model in FILE, from
    /// `fenci train words`.
    #[arg(long, value_name = "FILE")]
    word_model: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Profile {
    /// Words that a reader would look up.
    Natural,
    /// The words of jieba-rs.
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
        let builder = Segmenter::builder().dictionary(dictionary).profile(profile);
        Ok(match &self.word_model {
            Some(path) => builder.word_model(WordModel::open(path)?),
            None => builder,
        })
    }
}
