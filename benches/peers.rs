//! Compares jieba-rs and fenci: the same text, in one process, in turns. Compares the tokens before
//! any timing.
//!
//! `cargo bench -p fenci-bench --bench peers`, or
//! `cargo bench -p fenci-bench --bench peers -- --quick`. See `benches/README.md`.

use std::alloc::System;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use fenci::keyword::Method;
use fenci::{Extractor, Profile, Segmenter};
use jieba_rs::{Jieba, KeywordExtract};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use turns::{Pass, documents, in_turns, in_turns_after, median, ratio, speed, texts};

/// Counts the bytes on the heap. Both peers pay the same for every allocation.
#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Forty-one Han characters: about the length of a call by a program that cuts sentence by
/// sentence.
const SENTENCE: &str = "随着城市轨道交通网络不断完善，越来越多的市民选择乘坐地铁出行，沿线商业和住宅也迅速发展。";
/// A shorter text is repeated. One pass must be long beside the clock's grain, and beside the time
/// to refill the caches after the peer before it.
const LEAST_BYTES: usize = 8_000_000;
/// The same for a quick run.
const LEAST_BYTES_QUICK: usize = 1_000_000;
/// The number of keywords to extract.
const KEYWORDS: usize = 20;
/// Articles in Traditional characters only.
const TRADITIONAL: [&str; 2] = ["science", "culture"];
/// Articles in Simplified characters only.
const SIMPLIFIED: [&str; 5] = ["finance", "health", "local", "sport", "technology"];
/// The hidden argument with which this program runs itself, to measure the start-up in a fresh
/// process.
const START_UP: &str = "--start-up";

fn main() -> ExitCode {
    // Cargo adds `--bench`, which has no meaning here.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        [] => compare_and_measure(&Effort::FULL),
        ["--quick"] => compare_and_measure(&Effort::QUICK),
        [START_UP, peer] => start_up(peer),
        _ => Err(format!("unknown arguments {arguments:?}; there is only --quick")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

/// The amount of measuring.
struct Effort {
    /// Turns of each row. The results are medians over them.
    rounds: usize,
    /// Fresh processes for each peer.
    processes: usize,
    /// A text is repeated up to this many bytes.
    least_bytes: usize,
    /// A text is cut off after this many bytes.
    most_bytes: usize,
}

impl Effort {
    const FULL: Effort = Effort { rounds: 15, processes: 21, least_bytes: LEAST_BYTES, most_bytes: usize::MAX };
    const QUICK: Effort =
        Effort { rounds: 7, processes: 5, least_bytes: LEAST_BYTES_QUICK, most_bytes: LEAST_BYTES_QUICK };
}

fn compare_and_measure(effort: &Effort) -> Result<(), String> {
    let peers = Peers::new();
    let corpora = corpora(effort)?;
    for corpus in &corpora {
        peers.compare(corpus)?;
    }
    peers.compare_lines(&[SENTENCE])?;
    println!("The same tokens, tags and keywords on {}.\n", names(&corpora));

    println!("| work | text | jieba-rs MB/s | fenci MB/s | ratio | natural profile MB/s | ratio |");
    println!("|---|---|---:|---:|---:|---:|---:|");
    for corpus in &corpora {
        peers.measure(corpus, effort);
    }
    peers.measure_first_reading(&corpora[0], &corpora[1], effort);
    peers.measure_sentence(effort);
    peers.measure_other_texts(effort)?;

    println!("\n| | jieba-rs | fenci | ratio |");
    println!("|---|---:|---:|---:|");
    print_start_up(effort)?;
    peers.measure_threads(&corpora[0], effort);
    Ok(())
}

fn names(corpora: &[Corpus]) -> String {
    corpora.iter().map(Corpus::description).collect::<Vec<_>>().join(", ")
}

// Texts

/// Texts that are measured together.
struct Corpus {
    name: String,
    /// Every article as a document, for keywords. They are repeated like the lines.
    documents: Vec<String>,
    /// The number of different documents.
    articles: usize,
}

impl Corpus {
    /// Repeats `articles`, or leaves out the rest, up to the limits of `effort`.
    fn new(name: String, articles: &[String], effort: &Effort) -> Result<Corpus, String> {
        if line_bytes(articles) == 0 {
            return Err(format!("no text in {name}"));
        }
        let mut documents = Vec::new();
        let mut bytes = 0;
        for (at, article) in articles.iter().cycle().enumerate() {
            if bytes >= effort.least_bytes && (at >= articles.len() || bytes >= effort.most_bytes) {
                break;
            }
            bytes += line_bytes(std::slice::from_ref(article));
            documents.push(article.clone());
        }
        Ok(Corpus { name, articles: documents.len().min(articles.len()), documents })
    }

    fn lines(&self) -> Vec<&str> {
        self.documents.iter().flat_map(|document| document.lines()).filter(|line| !line.is_empty()).collect()
    }

    fn description(&self) -> String {
        format!("{} ({} documents)", self.name, self.articles)
    }
}

fn line_bytes(articles: &[String]) -> usize {
    articles.iter().flat_map(|article| article.lines()).map(str::len).sum()
}

/// Returns the articles and texts of this repository, and one corpus for each folder in
/// `FENCI_ARTICLES`.
fn corpora(effort: &Effort) -> Result<Vec<Corpus>, String> {
    let mut folders = vec![articles_folder(), articles_folder().with_file_name("texts")];
    folders.extend(std::env::var_os("FENCI_ARTICLES").iter().flat_map(|named| std::env::split_paths(named)));
    folders.retain(|folder| !folder.as_os_str().is_empty());
    folders.iter().map(|folder| corpus(folder, effort)).collect()
}

fn articles_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("articles")
}

fn corpus(folder: &Path, effort: &Effort) -> Result<Corpus, String> {
    let articles: Vec<String> = texts(folder)?.iter().flat_map(|text| documents(text)).collect();
    let name =
        folder.file_name().map_or_else(|| folder.display().to_string(), |name| name.to_string_lossy().into_owned());
    Corpus::new(name, &articles, effort)
}

/// Returns some of this repository's articles, by name.
fn chosen(names: &[&str], effort: &Effort) -> Result<Corpus, String> {
    let read = |name: &&str| {
        let path = articles_folder().join(name).with_extension("txt");
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let articles: Vec<String> = names.iter().map(read).collect::<Result<_, _>>()?;
    Corpus::new(names.join(", "), &articles, effort)
}

// The peers

/// Everything that is measured, made once.
struct Peers {
    jieba: Jieba,
    jieba_keywords: jieba_rs::TfIdf,
    jieba_ranks: jieba_rs::TextRank,
    exact: Segmenter,
    exact_keywords: Extractor,
    exact_ranks: Extractor,
    natural: Segmenter,
    natural_keywords: Extractor,
    natural_ranks: Extractor,
    natural_phrases: Extractor,
}

impl Peers {
    fn new() -> Peers {
        Peers {
            jieba: Jieba::new(),
            jieba_keywords: jieba_rs::TfIdf::default(),
            jieba_ranks: jieba_rs::TextRank::default(),
            exact: Segmenter::builder().profile(Profile::Jieba).build(),
            exact_ranks: Extractor::jieba_textrank().build(),
            exact_keywords: Extractor::jieba_tfidf().build(),
            natural: Segmenter::new(),
            natural_ranks: Extractor::builder().method(Method::TextRank).allowed_tags([]).build(),
            natural_keywords: Extractor::builder().method(Method::TfIdf).build(),
            natural_phrases: Extractor::new(),
        }
    }
}

// Comparison

/// A token of either peer, as text and byte range.
type Span<'t> = (&'t str, usize, usize);

fn ours<'t>(tokens: impl Iterator<Item = fenci::Token<'t>>) -> Vec<Span<'t>> {
    tokens.map(|token| (token.text(), token.start(), token.end())).collect()
}

fn theirs(tokens: Vec<jieba_rs::Token<'_>>) -> Vec<Span<'_>> {
    tokens.into_iter().map(|token| (token.word, token.byte_start, token.byte_end)).collect()
}

impl Peers {
    fn compare(&self, corpus: &Corpus) -> Result<(), String> {
        // Compares each line once: repetitions would add nothing.
        self.compare_lines(&distinct(corpus.lines()))?;
        corpus.documents[..corpus.articles].iter().try_for_each(|document| self.compare_keywords(document))
    }

    fn compare_lines(&self, lines: &[&str]) -> Result<(), String> {
        let without_hmm = self.exact.with_hmm(false);
        for line in lines {
            same("cut without HMM", line, &theirs(self.jieba.cut(line, false)), &ours(without_hmm.cut(line)))?;
            same("cut with HMM", line, &theirs(self.jieba.cut(line, true)), &ours(self.exact.cut(line)))?;
            same("cut_all", line, &theirs(self.jieba.cut_all(line)), &ours(self.exact.cut_all(line)))?;
            let search = ours(self.exact.cut_for_search(line));
            same("cut_for_search", line, &theirs(self.jieba.cut_for_search(line, true)), &search)?;
            let jieba_tags = self.jieba.tag(line, true);
            let jieba_tags: Vec<_> = jieba_tags.iter().map(|tag| (tag.word, tag.byte_start, tag.tag)).collect();
            let tagged: Vec<_> = self.exact.tag(line).collect();
            let tagged: Vec<_> =
                tagged.iter().map(|tagged| (tagged.text(), tagged.token().start(), tagged.tag())).collect();
            let tagged: Vec<_> = tagged.iter().map(|(text, start, tag)| (*text, *start, tag.as_str())).collect();
            same("tag", line, &jieba_tags, &tagged)?;
        }
        Ok(())
    }

    fn compare_keywords(&self, document: &str) -> Result<(), String> {
        let jieba = self.jieba_keywords.extract_keywords(&self.jieba, document, KEYWORDS, Vec::new());
        let fenci = self.exact_keywords.extract(&self.exact, document, KEYWORDS);
        let jieba_words: Vec<&str> = jieba.iter().map(|keyword| keyword.keyword.as_str()).collect();
        let fenci_words: Vec<&str> = fenci.iter().map(|keyword| keyword.text()).collect();
        let title = document.lines().next().unwrap_or_default();
        same("keywords", title, &jieba_words, &fenci_words)?;
        for (jieba, fenci) in jieba.iter().zip(&fenci) {
            let close = (jieba.weight - fenci.weight()).abs() <= 1e-9;
            if !close {
                return Err(format!("keywords differ on {title:?}\n  jieba-rs: {jieba:?}\n  fenci: {fenci:?}"));
            }
        }
        Ok(())
    }
}

fn distinct(mut lines: Vec<&str>) -> Vec<&str> {
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Returns the first difference as an error.
fn same<T: PartialEq + std::fmt::Debug>(work: &str, text: &str, jieba: &[T], fenci: &[T]) -> Result<(), String> {
    if jieba == fenci {
        return Ok(());
    }
    let at = jieba.iter().zip(fenci).take_while(|(jieba, fenci)| jieba == fenci).count();
    let (jieba, fenci) = (jieba.get(at), fenci.get(at));
    Err(format!("{work} differs at token {at} of {text:?}\n  jieba-rs: {jieba:?}\n  fenci: {fenci:?}"))
}

// Throughput

/// Measures one row: jieba-rs, fenci, and fenci in the natural profile.
fn row(work: &str, text: &str, bytes: usize, effort: &Effort, passes: [Pass<'_>; 3]) {
    let [jieba, exact, natural] = in_turns(effort.rounds, passes);
    println!(
        "| {work} | {text} | {:.1} | {:.1} | {:.2} | {:.1} | {:.2} |",
        speed(bytes, &jieba),
        speed(bytes, &exact),
        ratio(&jieba, &exact),
        speed(bytes, &natural),
        ratio(&jieba, &natural),
    );
}

/// Prints a row with the times of jieba-rs's TF-IDF and of phrases.
fn print_phrases(text: &str, bytes: usize, times: &[Vec<Duration>; 2]) {
    let [jieba, phrases] = times;
    let (of_jieba, of_phrases, ratio) = (speed(bytes, jieba), speed(bytes, phrases), ratio(jieba, phrases));
    println!("| Phrases, beside TF-IDF of jieba-rs | {text} | {of_jieba:.1} | – | – | {of_phrases:.1} | {ratio:.2} |");
}

impl Peers {
    fn measure(&self, corpus: &Corpus, effort: &Effort) {
        let lines = corpus.lines();
        let documents: Vec<&str> = corpus.documents.iter().map(String::as_str).collect();
        // The rows differ only in their calls. Each row has a loop of its own, so that its calls
        // are direct.
        macro_rules! row_over {
            ($texts:ident, $work:literal, $jieba:expr, $into:ident, $exact:expr, $natural:expr) => {{
                let (mut exact_tokens, mut natural_tokens) = (Vec::new(), Vec::new());
                row(
                    $work,
                    &corpus.name,
                    $texts.iter().map(|text| text.len()).sum(),
                    effort,
                    [
                        &mut || $texts.iter().for_each(|text| drop(black_box($jieba(*text)))),
                        &mut || {
                            for text in &$texts {
                                $exact.$into(text, &mut exact_tokens);
                                black_box(&exact_tokens);
                            }
                        },
                        &mut || {
                            for text in &$texts {
                                $natural.$into(text, &mut natural_tokens);
                                black_box(&natural_tokens);
                            }
                        },
                    ],
                );
            }};
        }
        let (jieba, exact, natural) = (&self.jieba, &self.exact, &self.natural);
        let (exact_dictionary, natural_dictionary) = (exact.with_hmm(false), natural.with_hmm(false));
        row_over!(
            lines,
            "cut without HMM",
            |line| jieba.cut(line, false),
            cut_into,
            exact_dictionary,
            natural_dictionary
        );
        row_over!(lines, "cut with HMM", |line| jieba.cut(line, true), cut_into, exact, natural);
        let whole = |text| jieba.cut(text, true);
        row_over!(documents, "cut with HMM, whole documents", whole, cut_into, exact, natural);
        row_over!(lines, "cut_all", |line| jieba.cut_all(line), cut_all_into, exact, natural);
        row_over!(
            lines,
            "cut_for_search",
            |line| jieba.cut_for_search(line, true),
            cut_for_search_into,
            exact,
            natural
        );
        row_over!(lines, "tag", |line| jieba.tag(line, true), tag_into, exact, natural);
        self.measure_keywords(corpus, effort);
        self.measure_phrases(corpus, effort);
    }

    fn measure_keywords(&self, corpus: &Corpus, effort: &Effort) {
        let methods: [(&str, &dyn jieba_rs::KeywordExtract, &Extractor, &Extractor); 2] = [
            ("TF-IDF keywords", &self.jieba_keywords, &self.exact_keywords, &self.natural_keywords),
            ("TextRank keywords", &self.jieba_ranks, &self.exact_ranks, &self.natural_ranks),
        ];
        let documents = &corpus.documents;
        for (work, jieba, exact, natural) in methods {
            let jieba = |text: &String| {
                black_box(jieba.extract_keywords(&self.jieba, text, KEYWORDS, Vec::new()));
            };
            let exact = |text: &String| {
                black_box(exact.extract(&self.exact, text, KEYWORDS));
            };
            let natural = |text: &String| {
                black_box(natural.extract(&self.natural, text, KEYWORDS));
            };
            row(
                work,
                &corpus.name,
                documents.iter().map(String::len).sum(),
                effort,
                [&mut || documents.iter().for_each(jieba), &mut || documents.iter().for_each(exact), &mut || {
                    documents.iter().for_each(natural)
                }],
            );
        }
    }

    /// Measures work that jieba-rs does not have: phrases, beside its TF-IDF, and all steps from the
    /// page to its keywords.
    fn measure_phrases(&self, corpus: &Corpus, effort: &Effort) {
        let documents = &corpus.documents;
        let bytes: usize = documents.iter().map(String::len).sum();
        let times = in_turns(
            effort.rounds,
            [&mut || documents.iter().for_each(|text| self.tf_idf_of_jieba(text)), &mut || {
                documents.iter().for_each(|text| self.phrases(text))
            }],
        );
        print_phrases(&corpus.name, bytes, &times);
        let print = |work: &str, pass: Pass<'_>| {
            let [times] = in_turns(effort.rounds, [pass]);
            println!("| {work} | {} | – | – | – | {:.1} | – |", corpus.name, speed(bytes, &times));
        };
        let clean = |texts: &[String]| texts.iter().for_each(|text| self.phrases(fenci::Article::clean(text).text()));
        print("clean, then Phrases keywords", &mut || clean(documents));
        let (first, second) = halves(documents);
        let both = &mut || at_once(|| clean(first), || clean(second));
        print("the same, in two threads", both);
    }

    /// Measures keywords of each document as a text that the processor has not just read: before
    /// each pass, the same work is done with other texts.
    fn measure_first_reading(&self, corpus: &Corpus, others: &Corpus, effort: &Effort) {
        let documents = &corpus.documents[..corpus.articles];
        let bytes = documents.iter().map(String::len).sum();
        let works: [&dyn Fn(&str); 3] = [
            &|text| self.tf_idf_of_jieba(text),
            &|text| drop(black_box(self.exact_keywords.extract(&self.exact, text, KEYWORDS))),
            &|text| self.phrases(text),
        ];
        let read = |number: usize, texts: &[String]| texts.iter().for_each(|text| works[number](text));
        let [jieba, exact, phrases] = in_turns_after(
            effort.rounds,
            &mut |number| read(number, &others.documents),
            [&mut || read(0, documents), &mut || read(1, documents), &mut || read(2, documents)],
        );
        let name = format!("{}, after other texts", corpus.name);
        let (speeds, ratio_of_exact) = ([&jieba, &exact].map(|times| speed(bytes, times)), ratio(&jieba, &exact));
        println!("| TF-IDF keywords | {name} | {:.1} | {:.1} | {ratio_of_exact:.2} | – | – |", speeds[0], speeds[1]);
        print_phrases(&name, bytes, &[jieba, phrases]);
    }

    fn tf_idf_of_jieba(&self, text: &str) {
        black_box(self.jieba_keywords.extract_keywords(&self.jieba, text, KEYWORDS, Vec::new()));
    }

    fn phrases(&self, text: &str) {
        black_box(self.natural_phrases.extract(&self.natural, text, KEYWORDS));
    }

    /// Measures the cost of a call on a short text. For both peers, each call makes a new vector of
    /// tokens.
    fn measure_sentence(&self, effort: &Effort) {
        let calls = effort.least_bytes.div_ceil(SENTENCE.len());
        let fresh = |segmenter: &Segmenter| {
            for _ in 0..calls {
                let mut tokens = Vec::new();
                segmenter.cut_into(black_box(SENTENCE), &mut tokens);
                black_box(tokens);
            }
        };
        row(
            "cut with HMM, fresh call",
            "a sentence of 41 Han characters",
            calls * SENTENCE.len(),
            effort,
            [
                &mut || (0..calls).for_each(|_| drop(black_box(self.jieba.cut(black_box(SENTENCE), true)))),
                &mut || fresh(&self.exact),
                &mut || fresh(&self.natural),
            ],
        );
    }

    /// Measures the cost of folding and of entities: compares other texts with Simplified ones, in
    /// the natural profile.
    fn measure_other_texts(&self, effort: &Effort) -> Result<(), String> {
        let simplified = chosen(&SIMPLIFIED, effort)?;
        let traditional = chosen(&TRADITIONAL, effort)?;
        let with = |others: &[&str], name: &str| Corpus {
            name: format!("the same, {name} every twenty characters"),
            documents: simplified.documents.iter().map(|document| with_others(document, others)).collect(),
            articles: simplified.articles,
        };
        let mixed = with(&LATIN, "a Latin word or number");
        let posts = with(&WHOLES, "a link, name, topic, time or number");
        let corpora = [&simplified, &traditional, &mixed, &posts];
        let lines = corpora.map(Corpus::lines);
        let [a, b, c, d] = &lines;
        let times = in_turns(
            effort.rounds,
            [
                &mut || cut_lines(&self.natural, a),
                &mut || cut_lines(&self.natural, b),
                &mut || cut_lines(&self.natural, c),
                &mut || cut_lines(&self.natural, d),
            ],
        );
        let works = ["Simplified", "Traditional, to Simplified", "mixed, to Simplified", "posts, to Simplified"];
        for ((work, corpus), of_corpus) in works.iter().zip(corpora).zip(&times) {
            let bytes = |corpus: &Corpus| line_bytes(&corpus.documents);
            // The texts differ in length, so the ratio of the times is corrected by it.
            let lengths = bytes(corpus) as f64 / bytes(&simplified) as f64;
            let relative = ratio(&times[0], of_corpus) * lengths;
            let speed = speed(bytes(corpus), of_corpus);
            println!("| cut with HMM, {work} | {} | – | – | – | {speed:.1} | {relative:.2} |", corpus.name);
        }
        Ok(())
    }

    /// Measures the gain of a second thread: threads should not wait for each other. Both peers
    /// work for about as long, so that waking a core costs both the same share.
    fn measure_threads(&self, corpus: &Corpus, effort: &Effort) {
        /// Passes for about a second each on a usual processor, with the whole text.
        const OF_JIEBA: usize = 8;
        const OF_FENCI: usize = 20;
        let lines = corpus.lines();
        let jieba = |lines: &[&str]| {
            (0..OF_JIEBA).for_each(|_| lines.iter().for_each(|line| drop(black_box(self.jieba.cut(line, true)))));
        };
        let fenci = |lines: &[&str]| (0..OF_FENCI).for_each(|_| cut_lines(&self.exact, lines));
        let (first, second) = halves(&lines);
        let [jieba_alone, jieba_both, fenci_alone, fenci_both] = in_turns(
            effort.rounds,
            [
                &mut || jieba(&lines),
                &mut || at_once(|| jieba(first), || jieba(second)),
                &mut || fenci(&lines),
                &mut || at_once(|| fenci(first), || fenci(second)),
            ],
        );
        let (jieba, fenci) = (ratio(&jieba_alone, &jieba_both), ratio(&fenci_alone, &fenci_both));
        println!("| cut with HMM, two threads to one | {jieba:.2} | {fenci:.2} | – |");
    }
}

/// Latin words and numbers as in Chinese text.
const LATIN: [&str; 10] = ["OpenAI", "2025", "iPhone", "GPT", "30", "Stargate", "AI", "5G", " Sam Altman ", "CEO"];

/// Links, names and other entities as in posts.
const WHOLES: [&str; 12] = [
    "https://t.cn/A6xyz12 ",
    "@人民日报：",
    "#新年快乐#",
    "12:21",
    "23.4%",
    "2017-10-03",
    "me@example.com ",
    "OpenAI",
    "1,234.5",
    "v1.2.3",
    "30km",
    "C++",
];

/// Returns the text with one of `others` after every twenty characters.
fn with_others(text: &str, others: &[&str]) -> String {
    let mut others = others.iter().cycle();
    let mut mixed = String::with_capacity(2 * text.len());
    for line in text.lines() {
        for (at, c) in line.chars().enumerate() {
            mixed.push(c);
            if at % 20 == 19 {
                mixed.extend(others.next().copied());
            }
        }
        mixed.push('\n');
    }
    mixed
}

/// Cuts lines into a vector that is reused.
fn cut_lines(segmenter: &Segmenter, lines: &[&str]) {
    let mut tokens = Vec::new();
    for line in lines {
        segmenter.cut_into(line, &mut tokens);
        black_box(&tokens);
    }
}

/// Splits the texts into two parts of about as many bytes.
fn halves<T: AsRef<str>>(texts: &[T]) -> (&[T], &[T]) {
    let bytes: usize = texts.iter().map(|text| text.as_ref().len()).sum();
    let ends = texts.iter().scan(0, |end, text| {
        *end += text.as_ref().len();
        Some(*end)
    });
    texts.split_at(ends.take_while(|end| 2 * end <= bytes).count())
}

fn at_once(first: impl FnOnce() + Send, second: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        scope.spawn(first);
        scope.spawn(second);
    });
}

// Start-up

/// The figures of a fresh process.
struct StartUp {
    nanoseconds: f64,
    /// Bytes on the heap after the first sentence.
    segmenter: f64,
    /// Bytes on the heap after the first keywords as well.
    keywords: f64,
}

/// Runs in the fresh process: measures one peer, and prints the three numbers.
fn start_up(peer: &str) -> Result<(), String> {
    match peer {
        "jieba" => {
            let keywords = |jieba: &Jieba| {
                let keywords = jieba_rs::TfIdf::default();
                black_box(keywords.extract_keywords(jieba, SENTENCE, KEYWORDS, Vec::new()));
                keywords
            };
            print_ready(Jieba::new, |jieba| jieba.cut(SENTENCE, true).len(), keywords);
        }
        "fenci" => {
            let segmenter = || Segmenter::builder().profile(Profile::Jieba).build();
            let keywords = |segmenter: &Segmenter| {
                let keywords = Extractor::jieba_tfidf().build();
                black_box(keywords.extract(segmenter, SENTENCE, KEYWORDS));
                keywords
            };
            print_ready(segmenter, |segmenter| segmenter.cut(SENTENCE).count(), keywords);
        }
        _ => return Err(format!("no peer {peer:?}")),
    }
    Ok(())
}

fn print_ready<S, K>(segmenter: impl FnOnce() -> S, cut: impl FnOnce(&S) -> usize, keywords: impl FnOnce(&S) -> K) {
    let heap = Region::new(HEAP);
    let held = || {
        let change = heap.change();
        change.bytes_allocated as i64 - change.bytes_deallocated as i64
    };
    let start = Instant::now();
    let segmenter = black_box(segmenter());
    black_box(cut(&segmenter));
    let nanoseconds = start.elapsed().as_nanos();
    let with_segmenter = held();
    let keywords = black_box(keywords(&segmenter));
    let with_keywords = held();
    println!("{nanoseconds} {with_segmenter} {with_keywords}");
    drop((segmenter, keywords));
}

/// Runs this program again for one peer.
fn run_fresh(peer: &str) -> Result<StartUp, String> {
    let program = std::env::current_exe().map_err(|error| format!("this program is not to be found: {error}"))?;
    let output = Command::new(program).args([START_UP, peer]).output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [nanoseconds, segmenter, keywords] => Ok(StartUp { nanoseconds, segmenter, keywords }),
        _ => Err(format!("{peer} did not start: {}", String::from_utf8_lossy(&output.stderr))),
    }
}

fn print_start_up(effort: &Effort) -> Result<(), String> {
    let (mut jieba, mut fenci) = (Vec::new(), Vec::new());
    for _ in 0..effort.processes {
        jieba.push(run_fresh("jieba")?);
        fenci.push(run_fresh("fenci")?);
    }
    let print = |what: &str, number: fn(&StartUp) -> f64| {
        let (jieba, fenci) = (median(jieba.iter().map(number)), median(fenci.iter().map(number)));
        println!("| {what} | {:.3} | {:.3} | {:.0} |", jieba / 1e6, fenci / 1e6, jieba / fenci);
    };
    // A millisecond is a million nanoseconds, as a megabyte is a million bytes.
    print("start-up to the first sentence cut, ms", |run| run.nanoseconds);
    print("heap after it, MB", |run| run.segmenter);
    print("heap after the first keywords, MB", |run| run.keywords);
    Ok(())
}
