//! `fenci keywords`: the keywords of texts.

use std::ops::Range;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use fenci::idf::Idf;
use fenci::{Extractor, Keyword, Segmenter};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::failure::{Failure, name};
use crate::input::{Input, clean};
use crate::options::{Cutting, Profile};
use crate::output::Output;

#[derive(Args)]
pub(crate) struct Options {
    /// The maximum number of keywords.
    #[arg(long, default_value_t = 10, value_name = "K")]
    top: usize,
    /// The method that weighs keywords.
    #[arg(long, value_enum, default_value_t = Method::Phrases)]
    method: Method,
    #[command(flatten)]
    cutting: Cutting,
    /// Weigh words by the table in FILE, as `fenci idf` writes it, or in jieba's text form.
    #[arg(long, value_name = "FILE")]
    idf: Option<PathBuf>,
    /// Use the text as it is: do not clean it.
    #[arg(long)]
    raw: bool,
    /// Take each line as a document. Print a line for each, with its keywords separated by TABs.
    #[arg(long)]
    lines: bool,
    /// Print an object for each document, one a line: `file`, `encoding` and `keywords`.
    ///
    /// The places of a keyword count bytes of the document in UTF-8; for HTML, bytes of its
    /// extracted lines.
    #[arg(long)]
    json: bool,
    /// Files to read, as text or HTML.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Method {
    /// Words and phrases that an author would choose.
    Phrases,
    /// Words that are frequent here and rare elsewhere.
    Tfidf,
    /// Words that stand near other important words.
    Textrank,
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let finder = Finder::new(options)?;
    let mut output = Output::new();
    for (number, input) in Input::all(&options.files).iter().enumerate() {
        if options.lines {
            let lines = input.lines()?;
            let encoding = lines.encoding;
            for line in lines {
                let found = finder.find(&line?);
                let texts = || found.keywords.iter().map(Keyword::text).collect::<Vec<_>>().join("\t");
                output.line(&if options.json { found.json(input, encoding) } else { texts() })?;
            }
            continue;
        }
        let text = input.read()?;
        let found = finder.find(&text.text);
        if options.json {
            output.line(&found.json(input, text.encoding))?;
            continue;
        }
        if options.files.len() > 1 {
            let blank = if number == 0 { "" } else { "\n" };
            output.line(&format!("{blank}{}", name(input.path())))?;
        }
        for line in table(&found.keywords, &output) {
            output.line(&line)?;
        }
    }
    output.finish()
}

/// Finds keywords by the options.
struct Finder {
    segmenter: Segmenter,
    extractor: Extractor,
    top: usize,
    cleans: bool,
}

/// Keywords, and the places of each in the text as it was read.
struct Found {
    keywords: Vec<Keyword>,
    places: Vec<Vec<Range<usize>>>,
}

impl Finder {
    fn new(options: &Options) -> Result<Finder, Failure> {
        let segmenter = options.cutting.builder()?.build();
        let idf = match &options.idf {
            Some(path) => Idf::open(path, segmenter.dictionary())?,
            None => Idf::embedded(),
        };
        let natural = |method, idf| Extractor::builder().method(method).idf(idf).build();
        let extractor = match (options.method, options.cutting.profile) {
            (Method::Tfidf, Profile::Jieba) => Extractor::jieba_tfidf_with(idf).build(),
            (Method::Textrank, Profile::Jieba) => Extractor::jieba_textrank().build(),
            (Method::Phrases, _) => natural(fenci::keyword::Method::Phrases, idf),
            (Method::Tfidf, _) => natural(fenci::keyword::Method::TfIdf, idf),
            (Method::Textrank, _) => natural(fenci::keyword::Method::TextRank, idf),
        };
        Ok(Finder { segmenter, extractor, top: options.top, cleans: !options.raw })
    }

    fn find(&self, text: &str) -> Found {
        let extract = |text: &str| self.extractor.extract(&self.segmenter, text, self.top);
        if self.cleans {
            let article = clean(text);
            let keywords = extract(article.text());
            let raw =
                |keyword: &Keyword| keyword.places().iter().map(|place| article.raw_range(place.clone())).collect();
            let places = keywords.iter().map(raw).collect();
            return Found { keywords, places };
        }
        let keywords = extract(text);
        let places = keywords.iter().map(|keyword| keyword.places().to_vec()).collect();
        Found { keywords, places }
    }
}

impl Found {
    fn json(&self, input: &Input, encoding: &str) -> String {
        let place = |place: &Range<usize>| json!({ "start": place.start, "end": place.end });
        let keyword = |(keyword, places): (&Keyword, &Vec<Range<usize>>)| {
            json!({
                "text": keyword.text(),
                "simplified": keyword.simplified(),
                "weight": keyword.weight(),
                "count": keyword.count(),
                "words": keyword.word_count(),
                "tag": keyword.tag().as_str(),
                "places": Value::from_iter(places.iter().map(place)),
            })
        };
        let keywords = Value::from_iter(self.keywords.iter().zip(&self.places).map(keyword));
        json!({ "file": input.path().to_string_lossy(), "encoding": encoding, "keywords": keywords }).to_string()
    }
}

/// Makes a line for each keyword: text, weight, count, and a bar in proportion to its weight.
fn table(keywords: &[Keyword], output: &Output) -> Vec<String> {
    const BAR: f64 = 40.0;
    let heaviest = keywords.first().map_or(1.0, Keyword::weight);
    let weights: Vec<String> = keywords.iter().map(|keyword| format!("{:.4}", keyword.weight())).collect();
    // Widths are in columns of the terminal: a Han character takes two.
    let widest = keywords.iter().map(|keyword| keyword.text().width()).max().unwrap_or(0);
    let longest = weights.iter().map(String::len).max().unwrap_or(0);
    let styles = [Style::new().bold(), Style::new().dimmed(), AnsiColor::Green.on_default()];
    let [bold, dim, green] = styles.map(|style| output.style(style));
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
