//! Learns an IDF table from files and folders, of any size.

mod common;

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::{Parser, ValueEnum};
use fenci::idf::{DocumentFrequencies, IdfFormula, IdfTrainer, TrainingProgress, UnknownWords};
use fenci::{Error, Segmenter};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Learn from texts how rare words are, and write the table to a file.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// The file to write; it is there whole or not at all.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How much memory to count in; what does not fit is spilled to the folder of the file.
    #[arg(long, value_name = "MIB", default_value_t = IdfTrainer::MEMORY >> 20)]
    memory: usize,
    /// How many threads; as many as there are processors, if it is not said.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Each line of a file is a document, and not the file.
    #[arg(long)]
    lines: bool,
    /// The paths are tables that were learned before: merge them.
    #[arg(long, conflicts_with_all = ["memory", "threads", "lines", "formula", "unknown"])]
    merge: bool,
    /// Write jieba's text form, a line `word value` each.
    #[arg(long)]
    text: bool,
    /// How values are computed.
    #[arg(long, value_enum, default_value_t = Formula::Smooth)]
    formula: Formula,
    /// What a word weighs that is not in the table: `median`, `maximum` or a number.
    #[arg(long, value_name = "WHAT", default_value = "median", value_parser = unknown)]
    unknown: UnknownWords,
    /// Files, and folders whose files are read.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Formula {
    /// ln(documents / documents with the word)
    Plain,
    /// ln((1 + documents) / (1 + documents with the word))
    Smooth,
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

fn main() -> ExitCode {
    let args = Args::parse();
    common::exit("train_idf", run(&args))
}

fn run(args: &Args) -> Result<(), String> {
    let bar = Bar::new()?;
    let table = train(args, &bar);
    bar.finish();
    let table = table.map_err(|error| error.to_string())?;
    eprintln!("{}: {}", args.out.display(), summary(&table, &args.out));
    Ok(())
}

fn train(args: &Args, bar: &Bar) -> Result<DocumentFrequencies, Error> {
    let mut trainer = IdfTrainer::new().progress(bar.clone().report());
    if !args.text {
        trainer = trainer.out(&args.out);
    }
    let table = if args.merge {
        let tables: Result<Vec<_>, _> = args.paths.iter().map(DocumentFrequencies::open).collect();
        trainer.merge(&tables?)?
    } else {
        if let Some(threads) = args.threads {
            trainer = trainer.threads(threads);
        }
        trainer
            .memory(args.memory.saturating_mul(1 << 20))
            .lines(args.lines)
            .formula(match args.formula {
                Formula::Plain => IdfFormula::Plain,
                Formula::Smooth => IdfFormula::Smooth,
            })
            .unknown(args.unknown)
            .train_files(&Segmenter::new(), &args.paths)?
    };
    if args.text {
        table.save_text(&args.out)?;
    }
    Ok(table)
}

fn summary(table: &DocumentFrequencies, out: &Path) -> String {
    let size = std::fs::metadata(out).map_or(0, |meta| meta.len());
    let (words, documents) = (HumanCount(table.len() as u64), HumanCount(table.documents()));
    format!("{words} words of {documents} documents, {}", HumanBytes(size))
}

/// How far it is, on a terminal.
#[derive(Clone)]
struct Bar {
    bar: ProgressBar,
    is_interrupted: Arc<AtomicBool>,
}

impl Bar {
    fn new() -> Result<Bar, String> {
        let target = match io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let is_interrupted = Arc::new(AtomicBool::new(false));
        let flag = is_interrupted.clone();
        // The first Ctrl-C ends the training in order, the second at once.
        ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        })
        .map_err(|error| error.to_string())?;
        let bar = ProgressBar::with_draw_target(None, target);
        bar.enable_steady_tick(Duration::from_millis(200));
        Ok(Bar { bar, is_interrupted })
    }

    fn report(self) -> impl FnMut(&TrainingProgress) -> ControlFlow<()> + Send + 'static {
        let style = |template: &str| ProgressStyle::with_template(template).expect("a template that is right");
        let unknown = style("{spinner} {bytes} ({bytes_per_sec}) {msg}");
        let known = style("{wide_bar} {bytes} of {total_bytes} ({bytes_per_sec}, {eta} to go) {msg}");
        let merging = style("{spinner} merging {msg}");
        let mut was_merging = None;
        move |progress| {
            if was_merging != Some(progress.is_merging) {
                was_merging = Some(progress.is_merging);
                self.bar.set_style(match (progress.is_merging, progress.total_bytes) {
                    (true, _) => merging.clone(),
                    (false, Some(_)) => known.clone(),
                    (false, None) => unknown.clone(),
                });
            }
            if let Some(total) = progress.total_bytes {
                self.bar.set_length(total);
            }
            self.bar.set_position(progress.bytes);
            self.bar.set_message(format!("{} documents", HumanCount(progress.documents)));
            if self.is_interrupted.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
