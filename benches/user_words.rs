//! What words of one's own cost: to load, and to cut with; and large dictionaries as files.
//!
//! `cargo bench -p fenci-bench --bench user_words`, or with `-- --quick`; with `-- --large`, a dictionary of ten million words
//! alone. See `benches/README.md`.

use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use fenci::dictionary::{Tag, UserWords};
use fenci::{Dictionary, Error, Profile, Segmenter};
use turns::{in_turns, median, ratio, speed};

fn main() -> Result<(), Error> {
    let quick = std::env::args().any(|arg| arg == "--quick" || arg == "--test");
    let (many, rounds) = if quick { (20_000, 3) } else { (1_000_000, 15) };
    let text = articles();
    if std::env::args().any(|arg| arg == "--large") {
        return as_file(&Made::of_dictionary(), 10_000_000, &text);
    }
    let made = Made::of_text(&text);
    let of_dictionary = Made::of_dictionary();

    println!(
        "| words of one's own | bytes of text form | from a file to a dictionary, ms | bytes of image |\n|---|---|---|---|"
    );
    let mut segmenters = vec![Segmenter::new()];
    for (made, count) in [(&made, 10), (&made, 1000), (&of_dictionary, many), (&made, many)] {
        let (dictionary, bytes, times) = load(&made.words(count), if count < 2000 { 51 } else { rounds.min(5) })?;
        let image = dictionary.to_bytes().len() - Dictionary::embedded().to_bytes().len();
        println!("| {count}, {} | {bytes} | {:.2} | {image} |", made.name, median(times.into_iter()));
        segmenters.push(Segmenter::builder().dictionary(dictionary).build());
    }

    println!("\n| cut, articles of {} bytes | MB/s | times the time without |\n|---|---|---|", text.len());
    for profile in [Profile::Natural, Profile::Jieba] {
        let of = |segmenter: &Segmenter| {
            let dictionary = segmenter.dictionary().clone();
            Segmenter::builder().profile(profile).dictionary(dictionary).build()
        };
        let segmenters = [0, 1, 2, 3, 4].map(|index| of(&segmenters[index]));
        let mut tokens = Vec::new();
        let mut cut = segmenters.each_ref().map(|segmenter| {
            let (text, mut tokens) = (&text, std::mem::take(&mut tokens));
            move || segmenter.cut_into(black_box(text), &mut tokens)
        });
        let [a, b, c, d, e] = &mut cut;
        let times = in_turns(10 * rounds, [a, b, c, d, e]);
        let names = ["none", "ten", "a thousand", "the most, of the dictionary's", "the most, of the articles'"];
        for (name, of_words) in names.iter().zip(&times) {
            println!(
                "| {profile:?}, {name} | {:.1} | {:.2} |",
                speed(text.len(), of_words),
                1.0 / ratio(&times[0], of_words)
            );
        }
    }
    as_file(&made, if quick { 20_000 } else { 1_000_000 }, &text)
}

/// From a file in jieba's text form to a dictionary: its bytes, and the milliseconds of each time.
fn load(words: &BTreeSet<String>, rounds: usize) -> Result<(Dictionary, usize, Vec<f64>), Error> {
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
    Ok((dictionary, lines.len(), times))
}

/// A dictionary of nothing but such words, compiled, saved and opened.
fn as_file(made: &Made, count: usize, text: &str) -> Result<(), Error> {
    let mut builder = Dictionary::builder();
    for (word, number) in made.words(count).iter().zip(0u64..) {
        builder = builder.word(word, number * 7919 % 1_000_003, Tag::default())?;
    }
    let start = Instant::now();
    let dictionary = builder.build()?;
    let built = start.elapsed();
    let path = temporary("words.fenci");
    dictionary.save(&path)?;
    let bytes = fs::metadata(&path).expect("it was written").len();
    drop(dictionary);
    let start = Instant::now();
    let dictionary = Dictionary::open(&path)?;
    let opened = start.elapsed();
    let start = Instant::now();
    let tokens = Segmenter::builder().dictionary(dictionary.clone()).build().cut(text).count();
    let cut = start.elapsed();
    println!(
        "\n{} words as a dictionary: compiled in {built:.1?}, {bytes} bytes, opened in {opened:.1?}; {} bytes cut into \
         {tokens} tokens in {cut:.1?} then",
        dictionary.len(),
        text.len(),
    );
    drop(dictionary);
    fs::remove_file(path).expect("it was written");
    Ok(())
}

fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("fenci-{}-{name}", std::process::id()))
}

fn articles() -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("articles");
    let paths = fs::read_dir(folder).expect("the articles").map(|entry| entry.expect("an article").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("an article")).collect()
}

/// Words as users have them: two words each.
struct Made {
    name: &'static str,
    parts: Vec<String>,
}

impl Made {
    /// Of words of the text: the worst for it, since nearly everything in it begins many of them.
    fn of_text(text: &str) -> Made {
        let segmenter = Segmenter::new();
        let tokens = segmenter.cut(text).filter(|token| token.word_id().is_some()).map(|token| token.text().to_owned());
        Made { name: "of the articles' words", parts: tokens.collect::<BTreeSet<_>>().into_iter().collect() }
    }

    /// Of the dictionary's words of up to three characters.
    fn of_dictionary() -> Made {
        let words = Dictionary::embedded().index().iter().map(|(word, _)| word).collect::<Vec<_>>();
        let parts = words.into_iter().filter(|word| word.chars().count() <= 3).collect();
        Made { name: "of the dictionary's words", parts }
    }

    /// As many different ones, always the same.
    fn words(&self, count: usize) -> BTreeSet<String> {
        let mut number = 1u64;
        let mut part = || {
            // Knuth's multiplier for a linear congruential generator of 64 bits.
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            self.parts[(number >> 33) as usize % self.parts.len()].as_str()
        };
        let mut words = BTreeSet::new();
        while words.len() < count {
            words.insert([part(), part()].concat());
        }
        words
    }
}
