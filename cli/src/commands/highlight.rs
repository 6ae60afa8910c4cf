//! Writes one page of HTML that shows an article: its words and keywords, and what was repaired or left out.

#[path = "../common/mod.rs"]
mod common;
mod page;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use common::Input;

/// Write a page that shows an article with its words, its keywords, and what was repaired or left out.
///
/// The page is one file that loads nothing.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// The page to write.
    #[arg(long, value_name = "FILE.html")]
    out: PathBuf,
    /// How many keywords, at the most.
    #[arg(long, default_value_t = 10, value_name = "K")]
    top: usize,
    /// The file to read; `-` is standard input, and so is none.
    file: Option<String>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    common::exit("highlight", run(&args))
}

fn run(args: &Args) -> Result<(), String> {
    let files: Vec<String> = args.file.iter().cloned().collect();
    for input in Input::all(&files) {
        let html = page::make(&input.read()?, args.top);
        std::fs::write(&args.out, html).map_err(|error| format!("{}: {error}", args.out.display()))?;
    }
    Ok(())
}
