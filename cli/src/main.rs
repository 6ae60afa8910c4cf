//! Chinese word segmentation, keywords and main text from the shell.

mod commands;
mod documents;
mod failure;
mod input;
mod options;
mod output;
mod page;
mod progress;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use commands::{clean, cut, explain, highlight, idf, keywords, train};
use failure::Failure;

/// Cut Chinese text into words, clean pages, and find keywords.
///
/// Text may be UTF-8, GBK, Big5 or UTF-16. A FILE of `-`, or no FILE, reads standard input.
#[derive(Parser)]
#[command(name = "fenci", version)]
enum Command {
    /// Cut text into words: a line of words for each line of text.
    Cut(cut::Options),
    /// Print the keywords of pages, with weights and counts.
    Keywords(keywords::Options),
    /// Print the main text of pages, repaired.
    Clean(clean::Options),
    /// Show why a text is cut as it is.
    Explain(explain::Options),
    /// Write a page of HTML that shows an article with its words, keywords and repairs.
    Highlight(highlight::Options),
    /// Learn from texts how rare words are.
    Idf(idf::Options),
    /// Train the models of words and lines.
    Train(train::Options),
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Cut(options) => cut::run(&options),
        Command::Keywords(options) => keywords::run(&options),
        Command::Clean(options) => clean::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Highlight(options) => highlight::run(&options),
        Command::Idf(options) => idf::run(&options),
        Command::Train(options) => train::run(&options),
    };
    match done {
        Ok(()) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(Failure::Message(message)) => {
            // If standard error is closed, the exit code reports the failure.
            let _ = writeln!(std::io::stderr(), "fenci: {message}");
            ExitCode::from(2)
        }
    }
}
