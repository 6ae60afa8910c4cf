//! Measures the cost of users' words: to load them, to keep them in memory and to cut with them.
//! They are laid over a dictionary, or compiled into one.
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
    let mut segmenters = vec![("none".to_owned(), Segmenter::new())];

    println!("| words laid over | load, ms | heap, bytes | image, bytes |\n|---|---|---|---|");
    for (kind, count) in [
        (Kind::OfText, 10),
        (Kind::OfText, 1000),
        (Kind::Likely, 1000),
        (Kind::OfText, 10_000),
        (Kind::Likely, 10_000),
        (Kind::OfText, 100_000),
    ] {
        let words = made.words(kind, count);
        let of_base = Dictionary::embedded().to_bytes().len();
        let (dictionary, time) = load(&words, if count > 1000 { 1 } else { rounds })?;
        let region = Region::new(HEAP);
        let user_words = UserWords::from_words(&words)?;
        let again = Dictionary::embedded().with_words(&user_words)?;
        drop(user_words);
        let change = region.change();
        drop(again);
        let heap = change.bytes_allocated as i64 - change.bytes_deallocated as i64;
        println!("| {kind:?}, {count} | {time:.3} | {heap} | {} |", dictionary.to_bytes().len() - of_base);
        segmenters.push((format!("{kind:?}, {count} over"), Segmenter::builder().dictionary(dictionary).build()));
    }

    println!(
        "\n| words compiled | lay over, s | compile, s | image, bytes | open, s | open, MB/s |\n|---|---|---|---|---|---|"
    );
    let most = if quick { 20_000 } else { 1_000_000 };
    for (kind, count) in [
        (Kind::OfText, 0),
        (Kind::OfText, 100_000),
        (Kind::Likely, 100_000),
        (Kind::OfText, most),
        (Kind::Likely, most),
    ] {
        let words = UserWords::from_words(made.words(kind, count))?;
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
        println!("| {kind:?}, {count} | {laid:.2} | {built:.2} | {bytes} | {open:.3} | {rate:.0} |");
        segmenters.push((format!("{kind:?}, {count} compiled"), Segmenter::builder().dictionary(opened).build()));
    }

    println!("\n| cut, articles of {} bytes | MB/s | times the time without |\n|---|---|---|", text.len());
    for profile in [Profile::Natural, Profile::Jieba] {
        let segmenters: Vec<(&str, Segmenter)> = segmenters
            .iter()
            .map(|(name, segmenter)| {
                let dictionary = segmenter.dictionary().clone();
                (&**name, Segmenter::builder().profile(profile).dictionary(dictionary).build())
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

/// Loads a file in text form into a dictionary. Returns it, and the median of the times in
/// milliseconds.
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

/// A kind of users' words.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Two words each. Half of them are words of the text, so that many places of the text begin
    /// one: the worst case.
    OfText,
    /// A third are names of people, a third are names of organisations, and a third are two words
    /// that are frequent by themselves: as in lists of customers, companies and titles.
    Likely,
}

/// Parts of words, and the frequency of each part.
struct Made {
    of_text: Vec<String>,
    of_dictionary: Vec<String>,
    /// Surnames, each as often as the dictionary has names with it. Characters of given names are
    /// repeated in the same way.
    surnames: Vec<char>,
    given: Vec<char>,
    places: Vec<String>,
    terms: Vec<String>,
    /// By term: the sum of the weights of the terms up to it.
    sums: Vec<f64>,
}

const ORGANISATIONS: [&str; 12] =
    ["公司", "集团", "大学", "学院", "医院", "中学", "研究所", "银行", "协会", "基金会", "有限公司", "科技有限公司"];

impl Made {
    fn of_text(text: &str) -> Made {
        let segmenter = Segmenter::new();
        let tokens = segmenter.cut(text).filter(|token| token.word_id().is_some()).map(|token| token.text().to_owned());
        let mut made = Made {
            of_text: tokens.collect::<BTreeSet<_>>().into_iter().collect(),
            of_dictionary: Vec::new(),
            surnames: Vec::new(),
            given: Vec::new(),
            places: Vec::new(),
            terms: Vec::new(),
            sums: Vec::new(),
        };
        let mut sum = 0.0;
        for (word, entry) in Dictionary::embedded().index().iter() {
            let chars: Vec<char> = word.chars().collect();
            match (entry.tag.as_str(), &chars[..]) {
                ("nr", [surname, given @ ..]) if matches!(given.len(), 1 | 2) => {
                    made.surnames.push(*surname);
                    made.given.extend(given);
                }
                ("ns", [_, _, ..]) => made.places.push(word.clone()),
                (tag, [_, _, ..]) if entry.frequency > 0 && tag.starts_with(['n', 'v', 'a']) => {
                    // The most frequent words are rarer in lists than in running text.
                    sum += (entry.frequency as f64).powf(0.75);
                    made.sums.push(sum);
                    made.terms.push(word.clone());
                }
                _ => {}
            }
            if chars.len() <= 3 {
                made.of_dictionary.push(word);
            }
        }
        made
    }

    /// Makes `count` different words. They are the same in every run.
    fn words(&self, kind: Kind, count: usize) -> BTreeSet<String> {
        let mut number = 1u64;
        let mut below = |end: usize| {
            // Knuth's multiplier for a linear congruential generator of 64 bits.
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (number >> 33) as usize % end
        };
        let mut words = BTreeSet::new();
        while words.len() < count {
            words.insert(match kind {
                Kind::OfText => self.of_text_and_dictionary(&mut below),
                Kind::Likely => self.likely(&mut below),
            });
        }
        words
    }

    fn of_text_and_dictionary(&self, below: &mut impl FnMut(usize) -> usize) -> String {
        let mut part = || {
            let parts = if below(2) == 0 { &self.of_text } else { &self.of_dictionary };
            parts[below(parts.len())].as_str()
        };
        [part(), part()].concat()
    }

    fn likely(&self, below: &mut impl FnMut(usize) -> usize) -> String {
        let term = |below: &mut dyn FnMut(usize) -> usize| {
            let most = 1 << 30;
            let weight = below(most) as f64 / most as f64 * self.sums[self.sums.len() - 1];
            self.terms[self.sums.partition_point(|sum| *sum <= weight)].as_str()
        };
        match below(3) {
            0 => {
                let mut name = String::from(self.surnames[below(self.surnames.len())]);
                (0..if below(4) == 0 { 1 } else { 2 }).for_each(|_| name.push(self.given[below(self.given.len())]));
                name
            }
            1 => {
                let place = self.places[below(self.places.len())].as_str();
                [place, term(below), ORGANISATIONS[below(ORGANISATIONS.len())]].concat()
            }
            _ => [term(below), term(below)].concat(),
        }
    }
}
