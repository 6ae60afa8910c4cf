//! Options that several commands have.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use fenci::dictionary::UserWords;
use fenci::segment::{SegmenterBuilder, WordModel};
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
    /// Decide where words end in the natural profile by the model in FILE, which `fenci train words` wrote.
    #[arg(long, value_name = "FILE")]
    word_model: Option<PathBuf>,
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
        let builder = Segmenter::builder().dictionary(dictionary).profile(profile);
        Ok(match &self.word_model {
            Some(path) => builder.word_model(WordModel::open(path)?),
            None => builder,
        })
    }
}
