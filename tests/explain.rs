//! The explanation of a cut states the cut that was made, and that cut is the best possible one.

use crate::common::{EXACT, NATURAL, any_text, articles};
use fenci::dictionary::UserWords;
use fenci::segment::{Candidate, Explanation};
use fenci::{Dictionary, Segmenter};
use proptest::prelude::*;

/// The greatest sum of log probabilities over all ways to cut from `at` to `end`.
fn best(candidates: &[Candidate<'_>], at: usize, end: usize) -> f64 {
    if at == end {
        return 0.0;
    }
    let from = candidates.iter().filter(|candidate| candidate.start == at && candidate.end() <= end);
    from.map(|candidate| candidate.log_probability + best(candidates, candidate.end(), end)).fold(f64::MIN, f64::max)
}

/// The stretches without a gap, as byte ranges.
fn runs(candidates: &[Candidate<'_>]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for candidate in candidates {
        match runs.last_mut() {
            Some(run) if candidate.start <= run.1 => run.1 = run.1.max(candidate.end()),
            _ => runs.push((candidate.start, candidate.end())),
        }
    }
    runs
}

/// The natural profile without its model, so that the dictionary's best route decides.
fn by_dictionary() -> Segmenter {
    NATURAL.with_hmm(false)
}

fn check<'t>(segmenter: &Segmenter, text: &'t str) -> Explanation<'t> {
    let explanation = segmenter.explain(text);
    let candidates = explanation.candidates();
    assert!(segmenter.cut(text).eq(explanation.tokens().iter().copied()), "{text:?}");
    for candidate in candidates {
        assert_eq!(&text[candidate.start..candidate.end()], candidate.text);
        assert!(candidate.log_probability.is_finite(), "{candidate:?}");
    }
    let chosen: Vec<_> = candidates.iter().filter(|candidate| candidate.is_chosen).collect();
    for (start, end) in runs(candidates) {
        let chosen = chosen.iter().filter(|candidate| start <= candidate.start && candidate.end() <= end);
        assert_eq!(chosen.map(|candidate| candidate.text).collect::<String>(), text[start..end], "{explanation}");
    }
    // A token is a word of the route, or several characters of the route that were joined.
    let mut chosen = chosen.into_iter().peekable();
    let mut joined = 0;
    for token in explanation.tokens() {
        let mut inside = 0;
        while chosen.next_if(|candidate| candidate.end() <= token.end()).is_some() {
            inside += 1;
        }
        joined += usize::from(inside > 1);
        assert!(chosen.peek().is_none_or(|candidate| candidate.start >= token.end()), "{token:?} {explanation}");
    }
    let dot = explanation.to_dot();
    assert!(dot.matches(" [label=").count() >= candidates.len() + joined, "{dot}");
    assert_eq!(dot.lines().count() - 5, dot.matches(" [label=").count(), "{dot}");
    explanation
}

#[test]
fn the_table_shows_the_words_the_route_and_the_tokens() {
    let table = check(&EXACT, "研究生命起源，杭研\n").to_string();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines.iter().any(|line| line.ends_with("* 研究")) && lines.iter().any(|line| line.ends_with("  研究生")));
    assert!(table.ends_with("tokens: 研究 生命 起源 ， 杭研 (HMM) \\n\n"), "{table}");
    assert_eq!(check(&EXACT, "").to_string().lines().count(), 3);
}

#[test]
fn words_that_the_model_found_are_said_to_be_so() {
    let explanation = Segmenter::new().explain("他来到了网易杭研大厦");
    let (table, dot) = (explanation.to_string(), explanation.to_dot());
    assert!(table.ends_with("网易 杭研 (model) 大厦\n"), "{table}");
    assert!(dot.contains("[label=\"杭研\\nmodel\" style=dashed]") && !dot.contains("HMM"), "{dot}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// No other cut of the Han characters has a greater sum of weights than the cut that was made.
    #[test]
    fn the_weights_of_the_model_say_what_is_cut(text in "[研究生命起源他不去天后开展三个苹果很好吃的人工智能拼多多]{1,10}") {
        let explanation = NATURAL.explain(&text);
        let places = explanation.places();
        prop_assert_eq!(places.iter().map(|place| place.text).collect::<String>(), &*text);
        let sum = |ends: &[bool]| -> f64 {
            let weight = |at: usize| {
                let is_single = ends[at] && (at == 0 || ends[at - 1]);
                let border = if ends[at] { places[at].border.sum() } else { 0.0 };
                border + if is_single { places[at].single.sum() } else { 0.0 }
            };
            (0..ends.len()).map(weight).sum()
        };
        let taken: Vec<bool> = places.iter().map(|place| place.is_end).collect();
        let last = places.len() - 1;
        let others = (0..1usize << last).map(|ways| (0..=last).map(|at| at == last || ways >> at & 1 == 1).collect());
        let best = others.map(|ends: Vec<bool>| sum(&ends)).fold(f64::MIN, f64::max);
        prop_assert!(sum(&taken) > best - 1e-6, "{}", explanation);
    }
}

#[test]
fn words_of_users_are_explained() {
    let mut words = UserWords::new();
    words.force("江大桥").unwrap().split("研究生", &["研究", "生"]).unwrap().prefer("的人工").unwrap();
    let dictionary = Dictionary::embedded().with_words(&words).unwrap();
    let segmenter = Segmenter::builder().dictionary(dictionary).build();
    for text in ["南京市长江大桥", "研究生命", "他的人工作"] {
        let explanation = segmenter.explain(text);
        let chosen = explanation.candidates().iter().filter(|candidate| candidate.is_chosen);
        assert_eq!(chosen.map(|candidate| candidate.text).collect::<String>(), text, "{explanation}");
        assert!(segmenter.cut(text).eq(explanation.tokens().iter().copied()));
    }
}

#[test]
fn articles_are_explained() {
    for (_, text) in articles() {
        check(&by_dictionary(), &text);
        check(&EXACT, &text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 30 } else { 1000 }))]

    #[test]
    fn no_route_is_better(text in "[中国人民大学生活动的一是不研究命起源软银，]{0,14}") {
        for segmenter in [&by_dictionary(), &*EXACT] {
            let explanation = check(segmenter, &text);
            let best: f64 = runs(explanation.candidates()).iter().map(|&(start, end)| best(explanation.candidates(), start, end)).sum();
            prop_assert!((best - explanation.log_probability()).abs() < 1e-9, "{} {}", best, explanation);
        }
    }

    #[test]
    fn any_text_is_explained(text in any_text()) {
        check(&by_dictionary(), &text);
        check(&EXACT, &text);
    }
}

/// The picture in the documentation shows the numbers of the program.
#[test]
fn the_picture_shows_what_is_explained() {
    let picture = include_str!("../docs/explain.svg").replace("&#45;", "-");
    let explanation = Segmenter::new().explain("研究生命");
    let labels = picture.lines().filter(|line| line.starts_with("<text"));
    let label = |line: &str| line.split(['<', '>']).nth(2).unwrap().to_owned();
    let mut shown: Vec<String> = labels.map(label).filter(|label| label.parse::<u32>().is_err()).collect();
    let both = |word: &Candidate<'_>| [word.text.to_owned(), format!("{:.2}", word.log_probability)];
    let mut expected: Vec<String> = explanation.candidates().iter().flat_map(both).collect();
    shown.sort();
    expected.sort();
    assert_eq!(shown, expected);
}
