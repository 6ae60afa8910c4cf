//! Prints the keywords of crawled pages: cleaned first, then segmented, then weighed.

mod common;

use std::path::PathBuf;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::{Parser, ValueEnum};
use common::{Input, Output};
use fenci::idf::Idf;
use fenci::{Article, Extractor, Keyword, Segmenter};
use unicode_width::UnicodeWidthStr;

/// Print the keywords of a text, with their weights and counts.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// How many keywords, at the most.
    #[arg(long, default_value_t = 10, value_name = "K")]
    top: usize,
    /// How keywords are weighed.
    #[arg(long, value_enum, default_value_t = Method::Phrases)]
    method: Method,
    /// A table of how rare words are: as train_idf writes it, or in jieba's text form.
    #[arg(long, value_name = "FILE")]
    idf: Option<PathBuf>,
    /// Take the text as it is, without cleaning it first.
    #[arg(long)]
    raw: bool,
    /// Each line is a text of its own; print a line for each, keywords separated by TABs.
    #[arg(long)]
    lines: bool,
    /// Print JSON: an array of objects for each text, a line each.
    #[arg(long, conflicts_with = "lines")]
    json: bool,
    /// Files to read; `-` is standard input, and so is none.
    files: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Method {
    /// Words and phrases: what holds together, is frequent, rare elsewhere, and stands where titles do.
    Phrases,
    /// Words that are frequent in the text and rare elsewhere.
    Tfidf,
    /// Words that stand near many words which stand near many words.
    Textrank,
}

fn main() -> ExitCode {
    let args = Args::parse();
    common::exit("keywords", run(&args))
}

fn run(args: &Args) -> Result<(), String> {
    let segmenter = Segmenter::new();
    let method = match args.method {
        Method::Phrases => fenci::keyword::Method::Phrases,
        Method::Tfidf => fenci::keyword::Method::TfIdf,
        Method::Textrank => fenci::keyword::Method::TextRank,
    };
    let mut builder = Extractor::builder().method(method);
    if let Some(path) = &args.idf {
        let idf = Idf::open(path, segmenter.dictionary()).map_err(|error| error.to_string())?;
        builder = builder.idf(idf);
    }
    let extractor = builder.build();
    let extract = |text: &str| match args.raw {
        true => extractor.extract(&segmenter, text, args.top),
        false => extractor.extract(&segmenter, Article::clean(text).text(), args.top),
    };
    let mut output = Output::new();
    for input in Input::all(&args.files) {
        if args.lines {
            for line in input.lines()? {
                let keywords = extract(&line?);
                let texts: Vec<&str> = keywords.iter().map(Keyword::text).collect();
                output.line(&texts.join("\t"))?;
            }
            continue;
        }
        let keywords = extract(&input.read()?);
        if args.json {
            output.line(&serde_json::Value::from_iter(keywords.iter().map(json)).to_string())?;
        } else {
            if args.files.len() > 1 {
                output.line(input.name())?;
            }
            for line in table(&keywords, &output) {
                output.line(&line)?;
            }
        }
    }
    output.finish()
}

fn json(keyword: &Keyword) -> serde_json::Value {
    serde_json::json!({
        "text": keyword.text(),
        "weight": keyword.weight(),
        "count": keyword.count(),
        "words": keyword.word_count(),
        "simplified": keyword.simplified(),
        "tag": keyword.tag().as_str(),
    })
}

/// A line for each keyword: text, weight, count, and a bar as long as its weight says.
fn table(keywords: &[Keyword], output: &Output) -> Vec<String> {
    const BAR: f64 = 40.0;
    let heaviest = keywords.first().map_or(1.0, Keyword::weight);
    let weights: Vec<String> = keywords.iter().map(|keyword| format!("{:.4}", keyword.weight())).collect();
    // In columns of the terminal: a Han character takes two.
    let widest = keywords.iter().map(|keyword| keyword.text().width()).max().unwrap_or(0);
    let longest = weights.iter().map(String::len).max().unwrap_or(0);
    let [bold, dim, green] = [Style::new().bold(), Style::new().dimmed(), AnsiColor::Green.on_default()];
    let [bold, dim, green] = [bold, dim, green].map(|style| output.style(style));
    let row = |(keyword, weight): (&Keyword, &String)| {
        let text = keyword.text();
        let padding = " ".repeat(widest - text.width());
        // At least one mark, so that every keyword has a bar.
        let bar = "█".repeat(((keyword.weight() / heaviest * BAR).round() as usize).max(1));
        let count = keyword.count();
        format!("{bold}{text}{bold:#}{padding}  {dim}{weight:>longest$}  {count:>4}{dim:#}  {green}{bar}{green:#}")
    };
    keywords.iter().zip(&weights).map(row).collect()
}
