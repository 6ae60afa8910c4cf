//! `fenci highlight`: an article as a page of HTML.

use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;
use crate::input::Input;
use crate::page;

/// The page is one file that loads nothing.
#[derive(Args)]
pub(crate) struct Options {
    /// The page to write.
    #[arg(long, value_name = "FILE.html")]
    out: PathBuf,
    /// The maximum number of keywords.
    #[arg(long, default_value_t = 10, value_name = "K")]
    top: usize,
    /// The file to read, as text or HTML.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let files: Vec<PathBuf> = options.file.iter().cloned().collect();
    for input in Input::all(&files) {
        let html = page::make(&input.read()?.text, options.top);
        std::fs::write(&options.out, html).map_err(|error| Failure::at(&options.out, error))?;
    }
    Ok(())
}
