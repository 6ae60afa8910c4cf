//! `fenci train`: the models of words, lines and phrases, learned from labelled data.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use fenci_train::lines;

use crate::failure::Failure;

#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    model: Model,
}

#[derive(Subcommand)]
enum Model {
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
        Model::Lines(training) => train_lines(training),
    }
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

fn write(path: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| Failure::at(path, error))
}
