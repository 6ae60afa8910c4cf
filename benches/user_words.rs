//! The cost of users' words: to load, to keep in memory and to cut with; laid over a dictionary,
//! and compiled into one.
//!
//! `cargo bench -p fenci-bench --bench user_words`, or with `-- --quick`. See
//! `docs/measurements.md`.

use std::alloc::System;
use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use fenci::dictionary::UserWords;
use fenci::{Dictionary, Error, Profile, Segmenter};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use turns::{in_turns, median, ratio, speed, texts};

#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> Result<(), Error> {
    let quick = std::env::args().any(|arg| arg == "--quick" || arg == "--test");
    let rounds = if quick { 5 } else { 51 };
    let text = articles();
    let made = Made::of_text(&text);
    let mut segmenters = vec![("none", Segmenter::new())];

    println!("| words laid over | load, ms | heap, bytes | image, bytes |\n|---|---|---|---|");
    let counts = [(10, "10 over"), (1000, "1,000 over"), (10_000, "10,000 over"), (100_000, "100,000 over")];
    for (count, name) in counts {
        let words = made.words(count);
        let of_base = Dictionary::embedded().to_bytes().len();
        let (dictionary, time) = load(&words, if count > 1000 { 1 } else { rounds })?;
        let region = Region::new(HEAP);
        let user_words = UserWords::from_words(&words)?;
        let again = Dictionary::embedded().with_words(&user_words)?;
        drop(user_words);
        let change = region.change();
        drop(again);
        let heap = change.bytes_allocated as i64 - change.bytes_deallocated as i64;
        println!("| {count} | {time:.3} | {heap} | {} |", dictionary.to_bytes().len() - of_base);
        segmenters.push((name, Segmenter::builder().dictionary(dictionary).build()));
    }

    println!(
        "\n| words compiled | lay over, s | compile, s | image, bytes | open, s | open, MB/s |\n|---|---|---|---|---|---|"
    );
    let most = if quick { (20_000, "20,000 compiled") } else { (1_000_000, "1,000,000 compiled") };
    for (count, name) in [(0, "compiled again"), (100_000, "100,000 compiled"), most] {
        let words = UserWords::from_words(made.words(count))?;
        let start = Instant::now();
        let over = Dictionary::embedded().with_words(&words)?;
        let laid = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let compiled = over.to_builder().build()?;
        let built = start.elapsed().as_secs_f64();
        let path = temporary("words.fenci");
        compiled.save(&path)?;
        let bytes = compiled.to_bytes().len();
        let start = Instant::now();
        let opened = Dictionary::open(&path)?;
        let open = start.elapsed().as_secs_f64();
        fs::remove_file(path).expect("it was written");
        let rate = bytes as f64 / 1e6 / open;
        println!("| {count} | {laid:.2} | {built:.2} | {bytes} | {open:.3} | {rate:.0} |");
        segmenters.push((name, Segmenter::builder().dictionary(opened).build()));
    }

    println!("\n| cut, articles of {} bytes | MB/s | times the time without |\n|---|---|---|", text.len());
    for profile in [Profile::Natural, Profile::Jieba] {
        let segmenters: Vec<(&str, Segmenter)> = segmenters
            .iter()
            .map(|(name, segmenter)| {
                let dictionary = segmenter.dictionary().clone();
                (*name, Segmenter::builder().profile(profile).dictionary(dictionary).build())
            })
            .collect();
        let (base, others) = segmenters.split_first().expect("there is one without");
        for (name, segmenter) in others {
            let (mut tokens, mut more) = (Vec::new(), Vec::new());
            let times = in_turns(
                rounds * 5,
                [&mut || base.1.cut_into(black_box(&text), &mut tokens), &mut || {
                    segmenter.cut_into(black_box(&text), &mut more)
                }],
            );
            let (speed, ratio) = (speed(text.len(), &times[1]), 1.0 / ratio(&times[0], &times[1]));
            println!("| {profile:?}, {name} | {speed:.1} | {ratio:.2} |");
        }
    }
    Ok(())
}

/// From a file in text form to a dictionary: it, and the median of the milliseconds.
fn load(words: &BTreeSet<String>, rounds: usize) -> Result<(Dictionary, f64), Error> {
    let lines: String = words.iter().flat_map(|word| [word, "\n"]).collect();
    let path = temporary("words.txt");
    fs::write(&path, &lines).expect("a folder for temporary files");
    let mut times = Vec::new();
    let mut dictionary = Dictionary::embedded();
    for _ in 0..rounds {
        let start = Instant::now();
        dictionary = Dictionary::embedded().with_words(&UserWords::open(&path)?)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    fs::remove_file(path).expect("it was written");
    Ok((dictionary, median(times.into_iter())))
}

fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("fenci-{}-{name}", std::process::id()))
}

fn articles() -> String {
    texts(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("articles")).expect("the articles").concat()
}

/// Words as users have them: two words each, half of them words of the text, so that much of it
/// begins some.
struct Made {
    of_text: Vec<String>,
    of_dictionary: Vec<String>,
}

impl Made {
    fn of_text(text: &str) -> Made {
        let segmenter = Segmenter::new();
        let tokens = segmenter.cut(text).filter(|token| token.word_id().is_some()).map(|token| token.text().to_owned());
        let words = Dictionary::embedded().index().iter().map(|(word, _)| word).collect::<Vec<_>>();
        Made {
            of_text: tokens.collect::<BTreeSet<_>>().into_iter().collect(),
            of_dictionary: words.into_iter().filter(|word| word.chars().count() <= 3).collect(),
        }
    }

    /// As many different ones, always the same.
    fn words(&self, count: usize) -> BTreeSet<String> {
        let mut number = 1u64;
        let mut below = |end: usize| {
            // Knuth's multiplier for a linear congruential generator of 64 bits.
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (number >> 33) as usize % end
        };
        let mut words = BTreeSet::new();
        while words.len() < count {
            let mut part = || {
                let parts = if below(2) == 0 { &self.of_text } else { &self.of_dictionary };
                parts[below(parts.len())].as_str()
            };
            words.insert([part(), part()].concat());
        }
        words
    }
}
