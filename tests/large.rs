//! Huge texts and texts with huge runs: no panic, no lost text, and linear time.

use crate::common::WORDS;
use fenci::keyword::Method;
use fenci::segment::Origin;
use fenci::{Extractor, Profile, Segmenter};

const MEGABYTE: usize = 1 << 20;

/// Joins words of the dictionary, up to `bytes` bytes, with `between` after about every fifth word.
fn words(bytes: usize, between: &str) -> String {
    let mut text = String::with_capacity(bytes + 64);
    for (index, word) in WORDS.iter().filter(|word| !word.is_ascii()).enumerate().cycle_from(17) {
        text.push_str(word);
        if index % 5 == 0 {
            text.push_str(between);
        }
        if text.len() >= bytes {
            break;
        }
    }
    text
}

/// Takes every `step`-th item, over and over. The neighbours differ from those of the sorted
/// dictionary.
trait CycleFrom: Iterator + Clone {
    fn cycle_from(self, step: usize) -> impl Iterator<Item = Self::Item> {
        self.cycle().step_by(step)
    }
}

impl<I: Iterator + Clone> CycleFrom for I {}

/// Cuts `text` in every mode and both profiles, and checks the number of tokens with
/// `count_is_right`.
fn check(text: &str, mut count_is_right: impl FnMut(Profile, usize)) {
    for profile in [Profile::Natural, Profile::Jieba] {
        let segmenter = Segmenter::builder().profile(profile).build();
        for hmm in [true, false] {
            let segmenter = segmenter.with_hmm(hmm);
            let (mut tokens, mut end) = (0, 0);
            for token in segmenter.cut(text) {
                assert_eq!(token.start(), end, "{profile:?} hmm {hmm}");
                end = token.end();
                tokens += 1;
            }
            assert_eq!(end, text.len(), "{profile:?} hmm {hmm}");
            count_is_right(profile, tokens);

            let (mut parts, mut end) = (0, 0);
            segmenter.cut_for_search(text).for_each(|token| {
                assert!(token.end() <= text.len(), "{token:?} {profile:?} hmm {hmm}");
                end = end.max(token.end());
                parts += 1;
            });
            assert_eq!(end, text.len(), "{profile:?} hmm {hmm}");
            assert!(parts >= tokens, "{parts} {tokens} {profile:?} hmm {hmm}");

            let tagged = segmenter.tag(text).fold((0, 0), |(count, bytes), tagged| {
                assert!(tagged.token().word_id().is_none() == (tagged.token().origin() != Origin::Dictionary));
                (count + 1, bytes + tagged.text().len())
            });
            assert_eq!(tagged, (tokens, text.len()), "{profile:?} hmm {hmm}");
        }
        let (mut start, mut all) = (0, 0);
        segmenter.cut_all(text).for_each(|token| {
            assert!(start <= token.start() && token.end() <= text.len());
            start = token.start();
            all += 1;
        });
        assert!(all <= 4 * text.len(), "{all} {profile:?}");
    }
}

/// A line in which no batch can end.
fn long_line(bytes: usize) {
    let text = words(bytes, "");
    assert!(text.len() >= bytes);
    let chars = text.chars().count();
    check(&text, |_, tokens| assert!(tokens > chars / 10 && tokens < chars, "{tokens} of {chars}"));
}

/// Repeats one character. Each case states the number of tokens in each profile, if it is known.
fn one_character(times: usize) {
    let each = |_: Profile, times: usize| Some(times);
    let one = |_: Profile, _: usize| Some(1);
    let unknown = |_: Profile, _: usize| None;
    let natural_one = |profile: Profile, times: usize| Some(if profile == Profile::Natural { 1 } else { times });
    type Expected<'a> = &'a dyn Fn(Profile, usize) -> Option<usize>;
    let cases: [(&str, Expected<'_>); 16] = [
        ("长", &unknown),
        ("的", &unknown),
        ("龘", &each),
        ("\u{20000}", &unknown),
        ("a", &one),
        ("7", &one),
        ("%", &unknown),
        ("-", &unknown),
        ("，", &each),
        (" ", &each),
        ("\n", &each),
        ("\r\n", &each),
        ("カ", &natural_one),
        ("\u{301}", &unknown),
        ("👪", &each),
        ("🇨🇳", &|profile, times| Some(if profile == Profile::Natural { times } else { 2 * times })),
    ];
    for (unit, expected) in cases {
        let text = unit.repeat(times);
        check(&text, |profile, tokens| {
            // The natural profile may join rare characters into words.
            let is_free = profile == Profile::Natural && unit.chars().all(|c| c >= '\u{3400}');
            if let Some(expected) = expected(profile, times).filter(|_| !is_free) {
                assert_eq!(tokens, expected, "{unit:?} {profile:?}");
            }
        });
    }
}

/// Long tokens made of everything that makes the search for their ends continue.
fn long_pieces(times: usize) {
    for unit in
        ["a.", "a-", "1,", "a'", "1.", "a_", "👩\u{200d}", "か\u{3099}", "a\u{200d}", "é", "'", "a'\u{ad}", "\"א"]
    {
        let text = format!("中{}国", unit.repeat(times));
        check(&text, |_, tokens| assert!((2..=2 * text.len()).contains(&tokens)));
    }
}

fn long_text(bytes: usize) {
    let text = words(bytes, "，Learning 3.14% T恤軟銀集團👨‍👩‍👧‍👦。\r\n");
    assert!(text.len() >= bytes);
    let chars = text.chars().count();
    check(&text, |_, tokens| assert!(tokens > chars / 10 && tokens < chars, "{tokens} of {chars}"));
}

/// Keywords of long texts: varied, repetitive, or without any possible keyword.
fn keywords(bytes: usize) {
    let texts = [
        words(bytes, "，"),
        words(bytes, ""),
        "数据中心".repeat(bytes / 12),
        "软银集团数据中心项目".repeat(bytes / 30),
        "星际之门，".repeat(bytes / 15),
        "猫狗".repeat(bytes / 6),
        "a 1，".repeat(bytes / 6),
        "，。\n".repeat(bytes / 7),
        "長".repeat(bytes / 3),
    ];
    let mut slowest: f64 = 0.0;
    for method in [Method::Phrases, Method::TfIdf, Method::TextRank] {
        let extractor = Extractor::builder().method(method).build();
        for text in &texts {
            let start = std::time::Instant::now();
            let keywords = extractor.extract(&Segmenter::new(), text, 200);
            slowest = slowest.max(start.elapsed().as_secs_f64());
            assert!(
                keywords
                    .iter()
                    .all(|keyword| keyword.places().iter().any(|place| &text[place.clone()] == keyword.text())),
                "{method:?} {keywords:?}"
            );
            let bytes: usize = keywords.iter().map(|keyword| keyword.count() * keyword.text().len()).sum();
            assert!(bytes <= 4 * text.len(), "{method:?}: {bytes} of {}", text.len());
        }
    }
    // The limit is far below quadratic time and far above the needs of a slow machine.
    assert!(slowest < 10.0 + bytes as f64 / 1e6, "{slowest} s");
}

#[test]
fn keywords_of_a_megabyte() {
    keywords(MEGABYTE);
}

#[test]
#[ignore = "takes a while without optimization"]
fn keywords_of_a_hundred_megabytes() {
    keywords(100 * MEGABYTE);
}

#[test]
fn a_line_of_half_a_megabyte() {
    long_line(MEGABYTE / 2);
}

#[test]
#[ignore = "takes a while without optimization"]
fn a_line_of_ten_megabytes() {
    long_line(10 * MEGABYTE);
}

#[test]
fn one_character_fifty_thousand_times() {
    one_character(50_000);
}

#[test]
#[ignore = "takes a while without optimization"]
fn one_character_a_million_times() {
    one_character(1_000_000);
}

#[test]
fn pieces_of_ten_thousand_parts() {
    long_pieces(10_000);
}

#[test]
#[ignore = "takes a while without optimization"]
fn pieces_of_half_a_million_parts() {
    long_pieces(500_000);
}

#[test]
fn a_text_of_five_megabytes() {
    long_text(5 * MEGABYTE / if cfg!(debug_assertions) { 10 } else { 1 });
}

#[test]
#[ignore = "takes a while without optimization"]
fn a_text_of_a_hundred_megabytes() {
    long_text(100 * MEGABYTE);
}
