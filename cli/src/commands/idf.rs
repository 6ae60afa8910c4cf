//! `fenci idf`: learns from texts how rare words are.

use std::path::PathBuf;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use clap::{Args, ValueEnum};
use fenci::Segmenter;
use fenci::idf::{DocumentFrequencies, IdfFormula, IdfTrainer, UnknownWords};
use indicatif::{HumanBytes, HumanCount};

use crate::documents::{Documents, files};
use crate::failure::Failure;

/// The words of the corpus are counted in memory.
#[derive(Args)]
pub(crate) struct Options {
    /// The table to write. If the run fails or is interrupted, an existing file stays as it is.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Take each line of a file as a document, instead of the file.
    #[arg(long)]
    lines: bool,
    /// The number of threads that count. Default: one for each processor.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Add the counts of TABLE, from an earlier run. The result is the table of all texts together.
    #[arg(long, value_name = "TABLE")]
    merge: Vec<PathBuf>,
    /// Write jieba's text form, a line `word value` for each word.
    #[arg(long)]
    text: bool,
    /// The formula of the values.
    #[arg(long, value_enum, default_value_t = Formula::Smooth)]
    formula: Formula,
    /// The value of a word that is not in the table: `median`, `maximum` or a number.
    #[arg(long, value_name = "VALUE", default_value = "median", value_parser = unknown)]
    unknown: UnknownWords,
    /// Files, and folders whose files are read.
    #[arg(required_unless_present = "merge", value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Formula {
    /// ln((1 + documents) / (1 + documents with the word))
    Smooth,
    /// ln(documents / documents with the word)
    Plain,
}

fn unknown(text: &str) -> Result<UnknownWords, String> {
    match text {
        "median" => Ok(UnknownWords::Median),
        "maximum" => Ok(UnknownWords::Maximum),
        _ => match text.parse() {
            Ok(value) if f64::is_finite(value) => Ok(UnknownWords::Value(value)),
            _ => Err("expected `median`, `maximum` or a number".to_owned()),
        },
    }
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let formula = match options.formula {
        Formula::Smooth => IdfFormula::Smooth,
        Formula::Plain => IdfFormula::Plain,
    };
    let mut tables = Vec::new();
    for path in &options.merge {
        tables.push(DocumentFrequencies::open(path)?);
    }
    if !options.paths.is_empty() {
        let table = count(options)?.with_formula(formula);
        tables.push(table.with_unknown(options.unknown)?);
    }
    let table = DocumentFrequencies::merge(&tables)?;
    if options.text {
        table.save_text(&options.out)?;
    } else {
        table.save(&options.out)?;
    }
    let size = std::fs::metadata(&options.out).map_or(0, |data| data.len());
    let (words, documents) = (HumanCount(table.len() as u64), HumanCount(table.documents()));
    eprintln!("{}: {words} words of {documents} documents, {}", options.out.display(), HumanBytes(size));
    Ok(())
}

/// Counts the documents of the paths.
fn count(options: &Options) -> Result<DocumentFrequencies, Failure> {
    let is_interrupted = Arc::new(AtomicBool::new(false));
    let flag = is_interrupted.clone();
    // The first Ctrl-C ends the training in order, the second one at once.
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            process::exit(130);
        }
    };
    ctrlc::set_handler(handler).map_err(|error| Failure::new(error.to_string()))?;

    let threads = options.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let mut failure = None;
    let has_stopped = || is_interrupted.load(Ordering::Relaxed);
    let documents = Documents::new(&files(&options.paths, &options.out)?, options.lines, &mut failure, &has_stopped);
    let table = IdfTrainer::new().threads(threads).train(&Segmenter::new(), documents);
    match failure {
        Some(failure) => Err(failure),
        None => Ok(table),
    }
}
