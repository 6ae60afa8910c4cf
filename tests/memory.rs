//! Memory: beside the returned tokens at most forty bytes for each byte of the longest run, and
//! little that is kept between calls.
//!
//! This is a separate program, since its counting allocator counts all tests in it.

use std::hint::black_box;

use fenci::{Profile, Segmenter};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// The peak of the heap, in bytes for each byte of the longest run.
const PER_BYTE: usize = 40;
/// The maximum of bytes that a thread keeps between calls.
const KEPT: usize = 8 << 20;

/// Units that are repeated into runs. In at least one profile, such a run has no place where it
/// could end.
const RUNS: [&str; 24] = [
    "长",
    "中华人民共和国中央人民政府驻香港",
    "龘",
    "的a",
    "a",
    "7",
    "1.a-",
    "ab-",
    "a+",
    "a%",
    "#",
    "%",
    "a\"",
    "a'b\u{e9}",
    "\u{e9}か",
    "か",
    "한국",
    "中\u{301}",
    "\u{301}",
    "👩\u{200d}",
    "http://a.cn/",
    "@一-",
    "\n",
    "２０２５年，",
];

/// Cuts `text` in all modes. Nothing is collected, so that tokens take no memory.
fn each_mode(text: &str, mut each: impl FnMut(&str)) {
    for profile in [Profile::Natural, Profile::Jieba] {
        for hmm in [true, false] {
            let segmenter = Segmenter::builder().profile(profile).hmm(hmm).build();
            black_box(segmenter.cut(text).count());
            each(&format!("cut, {profile:?}, {hmm}"));
            black_box(segmenter.cut_all(text).count());
            each(&format!("cut_all, {profile:?}, {hmm}"));
            black_box(segmenter.cut_for_search(text).count());
            each(&format!("cut_for_search, {profile:?}, {hmm}"));
            black_box(segmenter.search_tokens(text).count());
            each(&format!("search_tokens, {profile:?}, {hmm}"));
            black_box(segmenter.tag(text).count());
            each(&format!("tag, {profile:?}, {hmm}"));
        }
    }
}

/// Checks runs of `bytes` bytes, one after the other, each in a thread of its own.
fn check(bytes: usize) {
    for run in RUNS {
        let text = run.repeat(bytes / run.len());
        let before = HEAP.current_usage();
        std::thread::scope(|scope| {
            let checking = scope.spawn(|| {
                let mut worst = 0.0f64;
                HEAP.reset_peak_usage();
                each_mode(&text, |mode| {
                    let peak = HEAP.peak_usage().saturating_sub(before);
                    worst = worst.max(peak as f64 / text.len() as f64);
                    assert!(peak <= PER_BYTE * text.len(), "{run:?}, {mode}: {peak} of {}", text.len());
                    let kept = HEAP.current_usage().saturating_sub(before);
                    assert!(kept <= KEPT, "{run:?}, {mode}: {kept} kept");
                    HEAP.reset_peak_usage();
                });
                println!("{run:?}: {worst:.1} bytes a byte");
            });
            assert!(checking.join().is_ok(), "{run:?}");
        });
    }
}

// This is one test, since the memory of other tests would count.
#[test]
fn runs_take_forty_times_their_length_at_most() {
    // Opens the models.
    each_mode("打开模型", |_| ());
    check(1 << 19);
}

#[test]
#[ignore = "takes minutes without optimization"]
fn runs_of_sixteen_mebibytes() {
    each_mode("打开模型", |_| ());
    check(1 << 24);
}
