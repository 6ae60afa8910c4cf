//! The counting of sequences and their cohesion beside a slow twin that follows the definitions.

use std::collections::HashMap;
use std::ops::Range;

use proptest::prelude::*;

use super::candidates::{MOST_WORDS, Sequences};
use super::cohesion::measure;
use crate::dictionary::Tag;
use crate::keyword::judge::Role;
use crate::keyword::terms::{Feed, Terms};
use crate::keyword::{Extractor, StopWords};
use crate::segment::{Segmenter, Term, TermSource};

/// A token as the twin sees it.
struct Item {
    text: String,
    role: Role,
    at: Range<usize>,
}

impl Item {
    fn is_part(&self) -> bool {
        matches!(self.role, Role::Content | Role::Link)
    }
}

/// A sequence, with the tokens of all its places.
#[derive(Default)]
struct Twin {
    places: Vec<Range<usize>>,
    is_inside: bool,
    /// Whether the first place has no words of phrases next to it.
    is_whole: bool,
}

impl Twin {
    /// Whether it may be a keyword, or be compared with those that may.
    fn is_wanted(&self) -> bool {
        self.places.len() > 1 || self.places[0].len() == 1 || self.is_whole
    }
}

/// Whether words of phrases stand next to each other here.
fn is_joint(items: &[Item], at: usize) -> bool {
    at > 0 && at < items.len() && items[at - 1].at.end == items[at].at.start
}

fn is_sequence(items: &[Item], place: &Range<usize>, min_chars: usize) -> bool {
    let words = &items[place.clone()];
    let differ = (1..words.len()).all(|at| words[..at].iter().all(|word| word.text != words[at].text));
    words.len() <= MOST_WORDS
        && words.iter().all(Item::is_part)
        && words[0].role == Role::Content
        && words[words.len() - 1].role != Role::Link
        && (place.start + 1..place.end).all(|at| is_joint(items, at))
        && differ
        && text_of(items, place).chars().count() >= min_chars
}

fn text_of(items: &[Item], place: &Range<usize>) -> String {
    items[place.clone()].iter().map(|item| item.text.as_str()).collect()
}

fn twins(items: &[Item], min_chars: usize) -> HashMap<String, Twin> {
    let mut twins: HashMap<String, Twin> = HashMap::new();
    for start in 0..items.len() {
        for end in start + 1..=items.len().min(start + MOST_WORDS) {
            let place = start..end;
            if is_sequence(items, &place, min_chars) {
                let before = is_joint(items, start) && items[start - 1].role == Role::Content;
                let after = is_joint(items, end) && items[end].role == Role::Content;
                let twin = twins.entry(text_of(items, &place)).or_default();
                twin.is_whole |= twin.places.is_empty() && !before && !after;
                twin.is_inside |= (before || after) && place.len() < MOST_WORDS;
                twin.places.push(place);
            }
        }
    }
    twins
}

fn log2(x: f64) -> f64 {
    x.log2()
}

/// −Σ p·log₂ p over what stands at these places; marks and the ends are each of its own kind.
fn entropy(items: &[Item], at: impl Iterator<Item = Option<usize>>) -> f64 {
    let mut counts: HashMap<String, f64> = HashMap::new();
    let mut all = 0.0;
    for (number, at) in at.enumerate() {
        let item = at.and_then(|at| items.get(at)).filter(|item| !matches!(item.role, Role::Mark | Role::End));
        *counts.entry(item.map_or(number.to_string(), |item| item.text.clone() + "!")).or_default() += 1.0;
        all += 1.0;
    }
    counts.values().map(|count| -count / all * log2(count / all)).sum()
}

fn npmi(items: &[Item], twins: &HashMap<String, Twin>, twin: &Twin) -> f64 {
    let count = twin.places.len() as f64;
    let total = items.len() as f64;
    let count_of = |place: Range<usize>| {
        let text = text_of(items, &place);
        let of_word = items.iter().filter(|item| item.text == text).count();
        let of_part = if place.len() == 1 { of_word } else { 0 };
        (twins.get(&text).map_or(of_part, |twin| twin.places.len()) as f64).max(count)
    };
    let first = &twin.places[0];
    let pmis = (first.start + 1..first.end)
        .map(|middle| log2(count * total / (count_of(first.start..middle) * count_of(middle..first.end))));
    pmis.fold(f64::INFINITY, f64::min).max(0.0) / log2(total / count)
}

/// How often the longer sequence occurs that holds this text in its first place, as whole words, and occurs most.
fn within(items: &[Item], twins: &HashMap<String, Twin>, text: &str, twin: &Twin) -> usize {
    let longer = twins.values().filter(|longer| {
        let place = &longer.places[0];
        let mut parts = (place.start..place.end).flat_map(|start| (start + 1..=place.end).map(move |end| start..end));
        longer.places.len() > 1 && parts.any(|part| part != *place && text_of(items, &part) == text)
    });
    longer.map(|longer| longer.places.len()).max().unwrap_or(0).max(twin.is_inside.into())
}

fn compare<S: TermSource + ?Sized>(extractor: &Extractor, source: &S, text: &str) {
    let terms = Terms::of(extractor, &Feed::new(source), text);
    let items: Vec<Item> = terms
        .tokens()
        .iter()
        .map(|token| {
            let distinct = terms.of_token(*token);
            let text = distinct.map_or(&text[token.at()], |distinct| terms.text_of(distinct));
            Item { text: text.to_owned(), role: distinct.map_or(Role::Other, |distinct| distinct.role), at: token.at() }
        })
        .collect();
    let sequences = Sequences::new(extractor, &terms);
    let cohesions = measure(&sequences);
    let twins = twins(&items, extractor.min_chars);
    // All that are wanted, once, and none that is not there; some that come once are found with them.
    let mut forms: Vec<String> = sequences.all().iter().map(|sequence| text_of(&items, &sequence.tokens())).collect();
    forms.sort_unstable();
    assert!(forms.is_sorted_by(|a, b| a < b), "{text}");
    for (form, _) in twins.iter().filter(|(_, twin)| twin.is_wanted()) {
        assert!(forms.binary_search(form).is_ok(), "{form} in {text}");
    }
    let sentence = |token: usize| items[..token].iter().filter(|item| item.role == Role::End).count();
    for (number, (sequence, cohesion)) in sequences.all().iter().zip(&cohesions).enumerate() {
        let form = text_of(&items, &sequence.tokens());
        let twin = &twins[&form];
        let places: Vec<_> = sequences.places(number as u32).iter().map(|place| place.tokens()).collect();
        assert_eq!(places, twin.places, "{form} in {text}");
        assert_eq!((sequence.count as usize, &sequence.tokens()), (twin.places.len(), &twin.places[0]), "{form}");
        assert_eq!(sequence.last as usize + 1, twin.places[twin.places.len() - 1].end, "{form} in {text}");
        assert_eq!(usize::from(sequence.chars), form.chars().count(), "{form} in {text}");
        let sentences: Vec<usize> = twin.places.iter().map(|place| sentence(place.start)).collect();
        let in_sentences = [sequence.first, sequence.last].map(|at| sequences.sentences()[at as usize]);
        assert_eq!(
            in_sentences[0] != in_sentences[1],
            sentences.iter().any(|other| *other != sentences[0]),
            "{form} in {text}"
        );
        assert_eq!(cohesion.within as usize, within(&items, &twins, &form, twin), "{form} in {text}");
        let (mut npmi_is, mut entropy_is) = (0.0, 0.0);
        if sequence.words > 1 && sequence.count > 1 {
            npmi_is = npmi(&items, &twins, twin);
            let before = entropy(&items, twin.places.iter().map(|place| place.start.checked_sub(1)));
            let after = entropy(&items, twin.places.iter().map(|place| Some(place.end)));
            entropy_is = before.min(after);
        }
        assert!((cohesion.npmi - npmi_is).abs() < 1e-5, "{form} in {text}: {} {npmi_is}", cohesion.npmi);
        assert!((cohesion.entropy - entropy_is).abs() < 1e-5, "{form} in {text}: {} {entropy_is}", cohesion.entropy);
    }
}

/// Gives the tokens that it was made of, with gaps where they are spaces.
struct Given(Vec<&'static str>);

impl TermSource for Given {
    fn each_term<'t>(&self, text: &'t str, _: bool, each: &mut dyn FnMut(Term<'t>)) {
        let mut start = 0;
        for token in &self.0 {
            if *token != " " {
                let tag = if *token == "的" { "uj" } else { "n" };
                each(Term::new(&text[start..start + token.len()], start).with_tag(Tag::known(tag)));
            }
            start += token.len();
        }
    }
}

const TOKENS: [&str; 12] = ["甲", "乙", "丙", "丁", "甲乙", "乙丙", "丁戊己", "之", "的", "是", "，", "。"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_tokens_are_counted_as_by_the_twin(
        numbers in prop::collection::vec(0usize..=TOKENS.len(), 0..60),
        few in 1usize..=TOKENS.len(),
        min_chars in 1usize..4,
    ) {
        // With few different tokens there are many phrases that repeat.
        let tokens = numbers.iter().map(|&at| if at == TOKENS.len() { " " } else { TOKENS[at % few] }).collect();
        let source = Given(tokens);
        let stop_words = StopWords::parse("是");
        let extractor = Extractor::builder().min_chars(min_chars).stop_words(stop_words).build();
        compare(&extractor, &source, &source.0.concat());
    }
}

#[test]
fn articles_are_counted_as_by_the_twin() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/articles");
    for name in ["finance", "culture"] {
        let text = std::fs::read_to_string(folder.join(name).with_extension("txt")).unwrap();
        compare(&Extractor::new(), &Segmenter::new(), &text);
    }
}

#[test]
fn what_always_stands_together_has_all_the_mutual_information_there_is() {
    let source = Given(vec!["甲", "乙", "，", "丙", "甲", "乙", "丁", "。"]);
    let extractor = Extractor::new();
    let text = source.0.concat();
    let terms = Terms::of(&extractor, &Feed::new(&source), &text);
    let sequences = Sequences::new(&extractor, &terms);
    let number = sequences.all().iter().position(|sequence| sequence.tokens() == (0..2)).unwrap();
    let cohesion = &measure(&sequences)[number];
    // Two of eight tokens; an end of the text and 丙 before, a mark and 丁 after it.
    assert_eq!((cohesion.npmi, cohesion.entropy, cohesion.within), (1.0, 1.0, 1));
}
