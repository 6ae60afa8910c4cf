//! Compares segmenters that a user may choose from: the same text, in one process, in turns. Also
//! counts how many of their words are right.
//!
//! `cargo bench -p fenci-bench --bench segmenters`, with `-- --quick` for a quick run, and with
//! `-- --gold FILE` for the score. See `benches/README.md`.

use std::collections::HashSet;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;

use charabia::{Language, Segment};
use fenci::{Profile, Segmenter};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use jieba_rs::Jieba;
use turns::{Pass, documents, in_turns, ratio, speed, texts};

/// Appends the words of a text, which are slices of it.
type Cut<'t> = Box<dyn FnMut(&'t str, &mut Vec<&'t str>) + 't>;

/// A segmenter and its name.
type Peer<'t> = (&'static str, Cut<'t>);

/// The peer whose speed is 1.
const BASE: usize = 2;
/// Turns. The results are medians over them.
const ROUNDS: usize = 15;
/// The same for a quick run.
const ROUNDS_QUICK: usize = 5;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let (mut rounds, mut gold) = (ROUNDS, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Cargo adds this argument.
            "--bench" => {}
            "--quick" => rounds = ROUNDS_QUICK,
            "--gold" => gold = Some(read(Path::new(&arguments.next().ok_or("--gold needs a file")?))?),
            _ => return Err(format!("unknown argument {argument:?}; there are --quick and --gold FILE")),
        }
    }
    // The articles and the texts of this repository, each once.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = [texts(&folder.join("articles"))?, texts(&folder.join("texts"))?].concat();
    let texts: Vec<String> = texts.iter().flat_map(|text| documents(text)).collect();
    let lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let gold: Option<Vec<Sentence>> = gold.map(|gold| gold.lines().map(Sentence::new).collect());

    let mut peers = peers();
    let [by_line, by_text]: [Vec<Speed>; 2] =
        [measure(&mut peers, &lines, rounds)?, measure(&mut peers, &texts, rounds)?];
    println!("| segmenter | a line a call, jieba-rs = 1 | MB/s | a text a call, jieba-rs = 1 | MB/s | F1 |");
    println!("|---|---:|---:|---:|---:|---:|");
    for (((name, cut), line), text) in peers.iter_mut().zip(by_line).zip(by_text) {
        let score = gold.as_ref().map_or("–".to_owned(), |gold| format!("{:.3}", f1(cut, gold)));
        println!(
            "| {name} | {:.2} | {:.1} | {:.2} | {:.1} | {score} |",
            line.ratio, line.megabytes, text.ratio, text.megabytes
        );
    }
    Ok(())
}

/// The speed of a segmenter.
struct Speed {
    /// The speed divided by the speed of the base.
    ratio: f64,
    /// Megabytes a second.
    megabytes: f64,
}

/// Checks that the words of all segmenters are the texts, and then measures a call for each text.
fn measure<'t>(peers: &mut [Peer<'t>; 5], texts: &[&'t str], rounds: usize) -> Result<Vec<Speed>, String> {
    for (name, cut) in &mut *peers {
        check_lossless(name, cut, texts)?;
    }
    let mut passes = peers.each_mut().map(|(_, cut)| {
        let mut words = Vec::new();
        move || {
            for text in texts {
                words.clear();
                cut(text, &mut words);
                black_box(&words);
            }
        }
    });
    let times = in_turns(rounds, passes.each_mut().map(|pass| pass as Pass<'_>));
    let bytes = texts.iter().map(|text| text.len()).sum();
    let speed_of = |of: &Vec<_>| Speed { ratio: ratio(&times[BASE], of), megabytes: speed(bytes, of) };
    Ok(times.iter().map(speed_of).collect())
}

/// Returns every segmenter in its usual configuration, made before anything is timed.
fn peers<'t>() -> [Peer<'t>; 5] {
    let jieba = Jieba::new();
    let icu = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    [
        ("fenci, natural profile", fenci(Segmenter::new())),
        ("fenci, `Profile::Jieba`", fenci(Segmenter::builder().profile(Profile::Jieba).build())),
        (
            "jieba-rs 0.11, with HMM",
            Box::new(move |text, words| words.extend(jieba.cut(text, true).into_iter().map(|token| token.word))),
        ),
        // It is told the language, which saves the detection.
        (
            "charabia 0.10",
            Box::new(|text, words| words.extend(text.segment_str_with_option(None, Some(&[Language::Cmn])))),
        ),
        (
            "icu_segmenter 2.4",
            Box::new(move |text, words| {
                let mut start = 0;
                // The first boundary is the beginning of the text.
                for end in icu.segment_str(text).skip(1) {
                    words.push(&text[start..end]);
                    start = end;
                }
            }),
        ),
    ]
}

fn fenci<'t>(segmenter: Segmenter) -> Cut<'t> {
    let mut tokens = Vec::new();
    Box::new(move |text, words| {
        segmenter.cut_into(text, &mut tokens);
        words.extend(tokens.iter().map(|token| token.text()));
    })
}

fn check_lossless<'t>(name: &str, cut: &mut Cut<'t>, lines: &[&'t str]) -> Result<(), String> {
    for line in lines {
        let mut words = Vec::new();
        cut(line, &mut words);
        if words.concat() != *line {
            return Err(format!("the words of {name} are not the text {line:?}"));
        }
    }
    Ok(())
}

/// A sentence that was segmented by hand.
struct Sentence {
    text: String,
    words: HashSet<(usize, usize)>,
}

impl Sentence {
    /// Reads a line. Its words are separated by spaces, which are not part of the text.
    fn new(line: &str) -> Sentence {
        let words = places(line.split_whitespace());
        Sentence { text: line.split_whitespace().collect(), words }
    }
}

/// Returns the start and end of each word, in bytes.
fn places<'t>(words: impl Iterator<Item = &'t str>) -> HashSet<(usize, usize)> {
    let mut end = 0;
    let place = |word: &str| {
        let start = end;
        end += word.len();
        (start, end)
    };
    words.map(place).collect()
}

/// Returns the harmonic mean of precision (the share of found words that are right) and recall (the
/// share of right words that are found).
fn f1<'t>(cut: &mut Cut<'t>, gold: &'t [Sentence]) -> f64 {
    let (mut right, mut all) = (0, 0);
    for sentence in gold {
        let mut words = Vec::new();
        cut(&sentence.text, &mut words);
        let found = places(words.into_iter());
        right += found.intersection(&sentence.words).count();
        all += found.len() + sentence.words.len();
    }
    2.0 * right as f64 / all as f64
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
