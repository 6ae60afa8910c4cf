//! `fenci cut`: text as words.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use fenci::Segmenter;
use fenci::segment::{TaggedToken, Tokens};
use serde_json::json;

use crate::failure::Failure;
use crate::input::Input;
use crate::options::Cutting;
use crate::output::Output;

#[derive(Args)]
pub(crate) struct Options {
    /// The words to return.
    #[arg(long, value_enum, default_value_t = Mode::Precise)]
    mode: Mode,
    #[command(flatten)]
    cutting: Cutting,
    /// Do not look for words that the dictionary lacks.
    #[arg(long)]
    no_hmm: bool,
    /// Look up Traditional, full-width and upper-case characters as they are.
    #[arg(long)]
    no_fold: bool,
    /// Print the part of speech after each word: `word/tag`.
    #[arg(long)]
    tag: bool,
    /// Print one array of objects: `text`, `start`, `end`, `tag` and `origin`.
    ///
    /// With `--mode precise`, the joined texts are the input. `start` and `end` count bytes of the
    /// input in UTF-8, from the first byte of the first file.
    #[arg(long)]
    json: bool,
    /// Files to read.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Mode {
    /// The most probable words, without overlap.
    Precise,
    /// Every word of the dictionary.
    All,
    /// The most probable words; the words inside each one come before it.
    Search,
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let builder = options.cutting.builder()?;
    let segmenter = builder.hmm(!options.no_hmm).fold(!options.no_fold).build();
    let mut output = Output::new();
    if options.json {
        print_json(options, &segmenter, &mut output)?;
    } else {
        for input in Input::all(&options.files) {
            for line in input.lines()? {
                output.line(&words(options, &segmenter, &line?))?;
            }
        }
    }
    output.finish()
}

fn tokens<'s, 't>(options: &Options, segmenter: &'s Segmenter, text: &'t str) -> Tokens<'s, 't> {
    match options.mode {
        Mode::Precise => segmenter.cut(text),
        Mode::All => segmenter.cut_all(text),
        Mode::Search => segmenter.cut_for_search(text),
    }
}

/// Returns the words of a line, separated by spaces. White space is no word.
fn words(options: &Options, segmenter: &Segmenter, line: &str) -> String {
    let mut words = String::with_capacity(2 * line.len());
    for token in tokens(options, segmenter, line).filter(|token| !token.text().trim().is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(token.text());
        if options.tag {
            words.push('/');
            words.push_str(segmenter.tag_token(token).tag().as_str());
        }
    }
    words
}

/// Prints the array with one object a line, so that a long input is never in memory as JSON.
fn print_json(options: &Options, segmenter: &Segmenter, output: &mut Output) -> Result<(), Failure> {
    output.text("[")?;
    let (mut offset, mut separator) = (0, "\n");
    for input in Input::all(&options.files) {
        let text = input.read()?.text;
        for token in tokens(options, segmenter, &text) {
            output.text(separator)?;
            output.text(&object(&segmenter.tag_token(token), offset))?;
            separator = ",\n";
        }
        offset += text.len();
    }
    output.text(if separator == "\n" { "]\n" } else { "\n]\n" })
}

fn object(tagged: &TaggedToken<'_>, offset: usize) -> String {
    let token = tagged.token();
    let object = json!({
        "text": token.text(),
        "start": offset + token.start(),
        "end": offset + token.end(),
        "tag": tagged.tag().as_str(),
        "origin": token.origin().as_str(),
    });
    object.to_string()
}
