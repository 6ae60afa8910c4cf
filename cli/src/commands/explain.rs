//! Shows why a text is cut as it is.

mod common;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use common::{Input, Output};
use fenci::dictionary::UserWords;
use fenci::{Dictionary, Profile, Segmenter};

/// Show the dictionary's words in a text with their log probabilities, the best route (*), and the tokens.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Print a picture for Graphviz instead: `explain --dot TEXT | dot -Tsvg`.
    #[arg(long)]
    dot: bool,
    /// As jieba-rs cuts.
    #[arg(long)]
    jieba: bool,
    /// Words of one's own: a file with a line `word`, `word frequency`, `word tag` or `word frequency tag` each.
    #[arg(long, value_name = "FILE")]
    user_dict: Option<PathBuf>,
    /// The text; `-` is standard input, and so is none.
    text: Option<String>,
}

fn main() -> ExitCode {
    common::exit("explain", run(&Args::parse()))
}

fn run(args: &Args) -> Result<(), String> {
    let mut dictionary = Dictionary::embedded();
    if let Some(path) = &args.user_dict {
        let words = UserWords::open(path).map_err(|error| error.to_string())?;
        dictionary = dictionary.with_words(&words).map_err(|error| error.to_string())?;
    }
    let profile = if args.jieba { Profile::Jieba } else { Profile::Natural };
    let segmenter = Segmenter::builder().dictionary(dictionary).profile(profile).build();
    let text = match args.text.as_deref() {
        None | Some("-") => Input::all(&[])[0].read()?,
        Some(text) => text.to_owned(),
    };
    let explanation = segmenter.explain(text.trim_end());
    let shown = if args.dot { explanation.to_dot() } else { explanation.to_string() };
    let mut output = Output::new();
    output.line(shown.trim_end())?;
    output.finish()
}
