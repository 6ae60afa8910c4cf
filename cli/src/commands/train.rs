//! `fenci train`: models, learned from labelled texts.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use fenci::Dictionary;
use fenci::dictionary::UserWords;
use fenci_train::words::Trainer;

use crate::documents::files;
use crate::failure::Failure;

#[derive(Subcommand)]
pub(crate) enum Model {
    /// Learn where words end, from text with spaces between words, a sentence a line.
    Words(Words),
}

#[derive(Args)]
pub(crate) struct Words {
    /// The model to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Text to measure the model on after each pass. Default: every fiftieth sentence.
    #[arg(long, value_name = "FILE")]
    held_out: Option<PathBuf>,
    /// Words of today, one a line, from which the model learns how new words look.
    #[arg(long, value_name = "FILE")]
    new_words: Option<PathBuf>,
    /// How often the text is gone through.
    #[arg(long, value_name = "N", default_value_t = 4)]
    passes: usize,
    /// Files and folders. A file counts as often as a number after `@` says: `treebank.txt@8`.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
}

pub(crate) fn run(model: &Model) -> Result<(), Failure> {
    let Model::Words(options) = model;
    let mut trainer = Trainer::new();
    trainer.dictionary(Dictionary::embedded()).passes(options.passes);
    if let Some(path) = &options.new_words {
        let words = UserWords::open(path)?;
        trainer.new_words(&words).map_err(|error| Failure::at(path, error))?;
    }
    if let Some(path) = &options.held_out {
        trainer.hold_out(&read(path)?).map_err(|error| Failure::at(path, error))?;
    }
    for path in &options.paths {
        let (path, weight) = weighed(path);
        for path in files(&[PathBuf::from(path)], &options.out)? {
            trainer.add(&read(&path)?, weight).map_err(|error| Failure::at(&path, error))?;
        }
    }
    let after_pass = |pass: &fenci_train::words::Pass| {
        eprintln!("pass {} of {} in {:.1?}: {}", pass.number, pass.of, pass.took, pass.score);
        eprintln!("    without a dictionary: {}", pass.score_without_dictionary);
    };
    let model = trainer.train(after_pass).map_err(|error| Failure::new(error.to_string()))?;
    std::fs::write(&options.out, model.as_bytes()).map_err(|error| Failure::at(&options.out, error))
}

/// A path, and how often its text counts. A path with an `@` of its own is left as it is.
fn weighed(path: &str) -> (&str, f32) {
    let weighed = path.rsplit_once('@').and_then(|(path, weight)| Some((path, weight.parse().ok()?)));
    weighed.filter(|(_, weight): &(_, f32)| weight.is_finite() && *weight > 0.0).unwrap_or((path, 1.0))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::at(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_after_the_last_at_weighs() {
        assert_eq!(weighed("a.txt@8"), ("a.txt", 8.0));
        assert_eq!(weighed("a@b.txt"), ("a@b.txt", 1.0));
        assert_eq!(weighed("a.txt@-1"), ("a.txt@-1", 1.0));
    }
}
