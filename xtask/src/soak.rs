//! Keeps all cores busy with everything that the crate does, and reports whether results or memory
//! drift. Or measures how the time for the worst texts grows.

mod worst;

use std::alloc::System;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use clap::Args;
use fenci::dictionary::UserWords;
use fenci::keyword::Method;
use fenci::{Article, Dictionary, Error, Extractor, Keyword, Profile, Segmenter};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use worst::{Worst, worst};

/// Counts the bytes on the heap.
#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[derive(Args)]
pub(crate) struct Options {
    /// The number of seconds to run.
    #[arg(long, default_value_t = 10, value_name = "N")]
    seconds: u64,
    /// Instead, print a table of time against size for the worst known texts.
    #[arg(long)]
    linear: bool,
    /// With --linear: the largest size, in MB. The others are a half, a quarter and an eighth of
    /// it.
    #[arg(long, default_value_t = 8, value_name = "MB")]
    most: usize,
    /// More texts; a few are built in.
    files: Vec<PathBuf>,
}

/// Texts of every kind. The user's files are added.
const TEXTS: [&str; 5] = [
    "小明硕士毕业于中国科学院计算所，后在日本京都大学深造。他来到了网易杭研大厦，我们中出了一个叛徒。",
    "軟銀集團(tuán)與(yǔ)OpenAI的“星際之門(mén)”項(xiàng)目被曝?cái)R淺，半年無(wú)實(shí)際進(jìn)展。\n責(zé)任編輯：高山\n相关阅读 | 更多\n",
    "转发@人民日报：2017年10月5日 12:21，#新年快乐#，用C++跑了3.5km，见 https://t.cn/A6xyz。me@example.com",
    "👨\u{200d}👩\u{200d}👧🇨🇳e\u{301}\r\n\u{3000}にほん한국어Русский\u{20000}龘\0\u{10ffff}",
    "",
];

/// Words of users: the swapped dictionaries differ in these.
const WORDS: [&str; 4] =
    ["", "星际之门项目\n京都大学 1 nt\n", "中出了 9000\n云计算中心\n", "杭研大厦\n[捂脸]\n𠮷野家\n"];

/// Soaks or measures. Fails if a result differs from the one of a single thread, or if memory
/// grows.
pub(crate) fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    if options.linear {
        linear(options);
        return Ok(());
    }
    soak(options)
}

/// The results of a single thread. All threads must find the same.
struct Expected {
    texts: Vec<String>,
    /// By dictionary and text.
    digests: Vec<Vec<u64>>,
}

fn soak(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let mut texts = TEXTS.map(str::to_owned).to_vec();
    for file in &options.files {
        texts.push(std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?);
    }
    let segmenters: Vec<Segmenter> = (0..WORDS.len()).map(segmenter).collect::<Result<_, _>>()?;
    let digests = segmenters.iter().map(|segmenter| texts.iter().map(|text| digest(segmenter, text)).collect());
    let expected = Expected { digests: digests.collect(), texts };

    let current = ArcSwap::from_pointee((0, segmenters[0].clone()));
    drop(segmenters);
    let is_over = AtomicBool::new(false);
    let [calls, bytes, different, swaps] = [const { AtomicU64::new(0) }; 4];
    let work = |thread: usize| {
        let mut at = thread;
        while !is_over.load(Ordering::Relaxed) {
            let (number, segmenter) = &**current.load();
            let text = at % expected.texts.len();
            let is_same = digest(segmenter, &expected.texts[text]) == expected.digests[*number][text];
            different.fetch_add(u64::from(!is_same), Ordering::Relaxed);
            bytes.fetch_add(expected.texts[text].len() as u64, Ordering::Relaxed);
            calls.fetch_add(1, Ordering::Relaxed);
            at += 1;
        }
    };
    let threads = thread::available_parallelism().map_or(2, usize::from);
    let start = Instant::now();
    let length = Duration::from_secs(options.seconds);
    let heaps = thread::scope(|scope| {
        (0..threads).for_each(|number| _ = scope.spawn(move || work(number)));
        let mut heaps = Vec::new();
        while start.elapsed() < length {
            thread::sleep(Duration::from_millis(20));
            let number = swaps.fetch_add(1, Ordering::Relaxed) as usize % WORDS.len();
            if let Ok(next) = segmenter(number) {
                current.store((number, next).into());
            }
            heaps.push(heap());
        }
        is_over.store(true, Ordering::Relaxed);
        heaps
    });

    // The first third is for warming up: buffers of a thread grow to the longest text.
    let [warm, later] = [heaps.len() / 3, 2 * heaps.len() / 3];
    let most = |heaps: &[u64]| heaps.iter().copied().max().unwrap_or(0) as f64 / 1e6;
    let (before, after) = (most(&heaps[warm..later]), most(&heaps[later..]));
    let [calls, bytes, different, swaps] = [calls, bytes, different, swaps].map(AtomicU64::into_inner);
    let seconds = start.elapsed().as_secs_f64();
    println!("{threads} threads, {seconds:.1} s, {} texts", expected.texts.len());
    println!("{calls} texts cut in all modes, tagged, extracted and cleaned, {:.1} MB", bytes as f64 / 1e6);
    println!("{swaps} dictionaries made and swapped in");
    println!("{different} results that differ from those of one thread");
    println!("heap at the most: {before:.2} MB in the second third, {after:.2} MB in the last");
    match (different, after > 1.1 * before + 1.0) {
        (0, false) => Ok(()),
        (0, true) => Err("memory grows".into()),
        _ => Err("results differ".into()),
    }
}

fn segmenter(number: usize) -> Result<Segmenter, Error> {
    let mut words = UserWords::new();
    words.parse(WORDS[number])?;
    Ok(Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words)?).build())
}

fn heap() -> u64 {
    let stats = HEAP.stats();
    stats.bytes_allocated.saturating_sub(stats.bytes_deallocated) as u64
}

/// Hashes everything that is found in a text.
fn digest(segmenter: &Segmenter, text: &str) -> u64 {
    let mut state = DefaultHasher::new();
    let exact = Segmenter::builder().profile(Profile::Jieba).dictionary(segmenter.dictionary().clone()).build();
    for segmenter in [segmenter, &exact] {
        segmenter.cut(text).for_each(|token| (token, token.origin()).hash(&mut state));
        segmenter.cut_all(text).for_each(|token| token.hash(&mut state));
        segmenter.cut_for_search(text).for_each(|token| token.hash(&mut state));
        segmenter.tag(text).for_each(|tagged| tagged.hash(&mut state));
    }
    let mut keywords = |keywords: Vec<Keyword>| {
        for keyword in keywords {
            (keyword.text(), keyword.weight().to_bits(), keyword.places()).hash(&mut state);
        }
    };
    for method in [Method::Phrases, Method::TfIdf, Method::TextRank] {
        keywords(Extractor::builder().method(method).build().extract(segmenter, text, 20));
    }
    let article = Article::clean(text);
    article.text().hash(&mut state);
    article.repairs().iter().for_each(|repair| (&repair.raw, &repair.clean, repair.kind).hash(&mut state));
    state.finish()
}

fn linear(options: &Options) {
    let sizes = [8, 4, 2, 1].map(|part| options.most * 1_000_000 / part);
    let heads = sizes.map(|size| format!("{} MB, ms", size as f64 / 1e6)).join(" | ");
    println!("| work | {heads} | ns a byte |");
    println!("|---|---:|---:|---:|---:|---:|");
    for Worst { name, text, work } in worst() {
        let times = sizes.map(|size| {
            let text = text(size);
            let time = || {
                let start = Instant::now();
                std::hint::black_box(work(&text));
                start.elapsed().as_secs_f64() * 1e3
            };
            time().min(time())
        });
        let cells = times.map(|time| format!("{time:.1}")).join(" | ");
        println!("| {name} | {cells} | {:.1} |", times[3] * 1e6 / sizes[3] as f64);
    }
}
