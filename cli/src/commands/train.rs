//! `fenci train`: learns models from labelled texts.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use fenci::Dictionary;
use fenci_train::{lines, words};

use crate::documents::files;
use crate::failure::Failure;

#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    model: Model,
}

#[derive(Subcommand)]
enum Model {
    /// Learn where words end, from text with spaces between words, a sentence a line.
    Words(Words),
    /// Learn which lines of a page belong to its article.
    ///
    /// Each PATH is a table. A line has these fields, separated by TABs: number of the page, site,
    /// 1 for the article or 0, share of the line that is links, tag of the innermost block, and the
    /// line. The weights are also written as text, to FILE with the ending `.txt`.
    Lines(Lines),
}

#[derive(Args)]
struct Words {
    /// The model to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Text to measure the model on after each pass. Default: every fiftieth sentence.
    #[arg(long, value_name = "FILE")]
    held_out: Option<PathBuf>,
    /// The number of passes over the text.
    #[arg(long, value_name = "N", default_value_t = 4)]
    passes: usize,
    /// Files and folders. A number after `@` says how often a file counts: `treebank.txt@8`.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
}

#[derive(Args)]
struct Lines {
    /// The model to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Measure first: split the sites into N parts, and judge the pages of each part with a model
    /// that has learned from the other parts.
    #[arg(long, value_name = "N")]
    folds: Option<usize>,
    /// Tables of lines to learn from.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    match &options.model {
        Model::Words(options) => train_words(options),
        Model::Lines(options) => train_lines(options),
    }
}

fn train_words(options: &Words) -> Result<(), Failure> {
    let mut trainer = words::Trainer::new().dictionary(Dictionary::embedded()).passes(options.passes);
    if let Some(path) = &options.held_out {
        trainer = trainer.hold_out(&read(path)?).map_err(|error| Failure::at(path, error))?;
    }
    for path in &options.paths {
        let (path, weight) = weighed(path);
        for path in files(&[PathBuf::from(path)], &options.out)? {
            trainer = trainer.add(&read(&path)?, weight).map_err(|error| Failure::at(&path, error))?;
        }
    }
    let after_pass = |pass: &words::Pass| {
        eprintln!("pass {} of {} in {:.1?}: {}", pass.number, pass.of, pass.took, pass.score);
        eprintln!("    without a dictionary: {}", pass.score_without_dictionary);
    };
    let model = trainer.train(after_pass).map_err(|error| Failure::new(error.to_string()))?;
    write(&options.out, &model.to_bytes())
}

/// Returns the path, and how often its text counts. An `@` without a positive number after it is
/// part of the path.
fn weighed(path: &str) -> (&str, f32) {
    let weighed = path.rsplit_once('@').and_then(|(path, weight)| Some((path, weight.parse().ok()?)));
    weighed.filter(|(_, weight): &(_, f32)| weight.is_finite() && *weight > 0.0).unwrap_or((path, 1.0))
}

fn train_lines(options: &Lines) -> Result<(), Failure> {
    let mut pages = Vec::new();
    for path in &options.paths {
        pages.extend(lines::read(path).map_err(|error| Failure::new(error.to_string()))?);
    }
    if pages.is_empty() {
        return Err(Failure::new("expected at least one page, found none"));
    }
    let trainer = lines::Options::default();
    if let Some(folds) = options.folds.filter(|&folds| folds > 1) {
        let without_tags: Vec<_> = pages.iter().map(lines::Page::without_tags).collect();
        for (pages, what) in [(&without_tags, "text"), (&pages, "HTML")] {
            let score = lines::cross_validate(pages, &trainer, folds);
            let lines::Score { precision, recall, f, .. } = score;
            eprintln!("{what}: F {f:.3}, precision {precision:.3}, recall {recall:.3}");
        }
    }
    let model = lines::train(&pages, &trainer);
    write(&options.out.with_extension("txt"), lines::to_text(&model).as_bytes())?;
    write(&options.out, &model.to_bytes())?;
    eprintln!("{}: learned from {} pages", options.out.display(), pages.len());
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::at(path, error))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| Failure::at(path, error))
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
