//! Cuts text into words, a line of output for each line of input.

mod common;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use common::{Input, Output};
use fenci::dictionary::UserWords;
use fenci::segment::TaggedToken;
use fenci::{Dictionary, Profile, Segmenter};
use serde_json::{Value, json};

/// Cut text into words, separated by spaces.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Which words are given.
    #[arg(long, value_enum, default_value_t = Mode::Precise)]
    mode: Mode,
    /// Look for no words that the dictionary does not have.
    #[arg(long)]
    no_hmm: bool,
    /// Give the very tokens of jieba-rs.
    #[arg(long)]
    jieba: bool,
    /// Look up Traditional, full-width and cased characters as they are.
    #[arg(long)]
    no_fold: bool,
    /// Print the part of speech after each word: `word/tag`.
    #[arg(long)]
    tag: bool,
    /// Words of one's own: a file with a line `word`, `word frequency`, `word tag` or `word frequency tag` each.
    #[arg(long, value_name = "FILE")]
    user_dict: Option<PathBuf>,
    /// Print JSON: an array of objects with text, byte range, tag and origin.
    #[arg(long)]
    json: bool,
    /// Files to read; `-` is standard input, and so is none.
    files: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Mode {
    /// The most probable words, without overlap.
    Precise,
    /// Every dictionary word.
    All,
    /// The most probable words, and before each the words in it.
    Search,
}

fn main() -> ExitCode {
    let args = Args::parse();
    common::exit("segment", run(&args))
}

fn run(args: &Args) -> Result<(), String> {
    let profile = if args.jieba { Profile::Jieba } else { Profile::Natural };
    let mut dictionary = Dictionary::embedded();
    if let Some(path) = &args.user_dict {
        let words = UserWords::open(path).map_err(|error| error.to_string())?;
        dictionary = dictionary.with_words(&words).map_err(|error| error.to_string())?;
    }
    let builder = Segmenter::builder().dictionary(dictionary).profile(profile);
    let segmenter = builder.hmm(!args.no_hmm).fold(!args.no_fold).build();
    let mut output = Output::new();
    for input in Input::all(&args.files) {
        for line in input.lines()? {
            output.line(&format(args, &segmenter, &line?))?;
        }
    }
    output.finish()
}

fn format(args: &Args, segmenter: &Segmenter, line: &str) -> String {
    let tokens = match args.mode {
        Mode::Precise => segmenter.cut(line),
        Mode::All => segmenter.cut_all(line),
        Mode::Search => segmenter.cut_for_search(line),
    };
    if args.json {
        return Value::from_iter(tokens.map(|token| object(&segmenter.tag_token(token)))).to_string();
    }
    let mut line = String::new();
    for token in tokens {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(token.text());
        if args.tag {
            line.push('/');
            line.push_str(segmenter.tag_token(token).tag().as_str());
        }
    }
    line
}

fn object(tagged: &TaggedToken<'_>) -> Value {
    let token = tagged.token();
    json!({
        "text": token.text(),
        "start": token.start(),
        "end": token.end(),
        "tag": tagged.tag().as_str(),
        "origin": token.origin().as_str(),
    })
}
