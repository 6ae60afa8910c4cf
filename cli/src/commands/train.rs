//! `fenci train`: the models of words, lines and phrases, learned from labelled data.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use fenci::Dictionary;
use fenci_train::{lines, words};

use crate::failure::Failure;

#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    model: Model,
}

#[derive(Subcommand)]
enum Model {
    /// Learn where words end.
    ///
    /// Each PATH is text in UTF-8, a sentence a line, words separated by spaces. `PATH@8` counts each
    /// of its sentences eight times.
    Words {
        #[command(flatten)]
        training: Training,
        /// Text in the same form to measure each pass on. Without it, every fiftieth sentence is held
        /// out.
        #[arg(long, value_name = "FILE")]
        held_out: Option<PathBuf>,
    },
    /// Learn which lines of a page belong to its article.
    ///
    /// Each PATH is a table. Its lines have, separated by TABs: number of the page, site, 1 for the
    /// article or 0, share of the line that is links, tag of the innermost block, and the line. The
    /// weights are also written as text, to FILE with the ending `.txt`.
    Lines(Training),
}

#[derive(Args)]
struct Training {
    /// The model to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Files to learn from.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    match &options.model {
        Model::Words { training, held_out } => train_words(training, held_out.as_deref()),
        Model::Lines(training) => train_lines(training),
    }
}

fn train_words(training: &Training, held_out: Option<&Path>) -> Result<(), Failure> {
    let read = |path: &Path| std::fs::read(path).map_err(|error| Failure::at(path, error));
    let mut trainer = words::Trainer::new().dictionary(Dictionary::embedded());
    if let Some(path) = held_out {
        trainer = trainer.hold_out(&read(path)?).map_err(|error| Failure::at(path, error))?;
    }
    for path in &training.paths {
        let (path, weight) = weighted(path);
        trainer = trainer.add(&read(&path)?, weight).map_err(|error| Failure::at(&path, error))?;
    }
    let model = trainer.train(|pass| {
        let words::Pass { number, of, took, score, score_without_dictionary } = pass;
        eprintln!("pass {number} of {of}, {took:.1?}: {score}; without the dictionary: {score_without_dictionary}");
    });
    let model = model.map_err(|error| Failure::new(error.to_string()))?;
    write(&training.out, model.as_bytes())
}

/// Splits `PATH@WEIGHT`. A file of that very name is meant as it stands.
fn weighted(path: &Path) -> (PathBuf, f32) {
    let parts = path.to_str().filter(|_| !path.exists()).and_then(|path| path.rsplit_once('@'));
    let parts = parts.and_then(|(path, weight)| Some((path.into(), weight.parse().ok()?)));
    parts.unwrap_or_else(|| (path.to_owned(), 1.0))
}

fn train_lines(training: &Training) -> Result<(), Failure> {
    let mut pages = Vec::new();
    for path in &training.paths {
        pages.extend(lines::read(path).map_err(|error| Failure::new(error.to_string()))?);
    }
    if pages.is_empty() {
        return Err(Failure::new("expected at least one page, found none"));
    }
    let model = lines::train(&pages, &lines::Options::default());
    write(&training.out.with_extension("txt"), model.to_text().as_bytes())?;
    write(&training.out, &model.to_bytes())?;
    eprintln!("{}: learned from {} pages", training.out.display(), pages.len());
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| Failure::at(path, error))
}
