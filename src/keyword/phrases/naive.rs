//! Compares the counts of candidates and their cohesion with a slow twin that follows the
//! definitions.

use std::collections::HashMap;
use std::ops::Range;

use super::candidates::{Candidates, MOST_WORDS, PhrasePlace};
use super::cohesion::measure;
use crate::dictionary::Tag;
use crate::keyword::judge::{Judge, Role};
use crate::keyword::terms::{TermPlace, Terms};
use crate::keyword::{Extractor, StopWords};
use crate::segment::{Segmenter, Term, TermSource};

/// A token in the twin.
struct Item {
    text: String,
    role: Role,
    at: Range<usize>,
}

impl Item {
    fn is_part(&self) -> bool {
        self.role.is_part()
    }
}

/// Sequences by their text, with the tokens of all their places.
type Twins = HashMap<String, Vec<Range<usize>>>;

/// Returns `true` if the token at `at` follows the one before it without a gap.
fn is_joint(items: &[Item], at: usize) -> bool {
    at > 0 && at < items.len() && items[at - 1].at.end == items[at].at.start
}

fn is_sequence(items: &[Item], place: &Range<usize>, min_chars: usize) -> bool {
    let words = &items[place.clone()];
    let is_new = |at: usize| words[..at].iter().all(|word| word.text != words[at].text);
    let differ = (1..words.len()).all(|at| words[at].role == Role::Link || is_new(at));
    words.len() <= MOST_WORDS
        && words.iter().all(Item::is_part)
        && words[0].role.begins()
        && words[words.len() - 1].role.ends()
        && (place.start + 1..place.end).all(|at| is_joint(items, at))
        && differ
        && text_of(items, place).chars().count() >= min_chars
}

fn text_of(items: &[Item], place: &Range<usize>) -> String {
    items[place.clone()].iter().map(|item| item.text.as_str()).collect()
}

fn twins(items: &[Item], min_chars: usize) -> Twins {
    let mut twins = Twins::new();
    for start in 0..items.len() {
        for end in start + 1..=items.len().min(start + MOST_WORDS) {
            let place = start..end;
            if is_sequence(items, &place, min_chars) {
                twins.entry(text_of(items, &place)).or_default().push(place);
            }
        }
    }
    twins
}

fn log2(x: f64) -> f64 {
    x.log2()
}

/// Returns −Σ p·log₂ p over the tokens at these places. Each mark and each end of the text is of a
/// kind of its own.
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

fn npmi(items: &[Item], twins: &Twins, places: &[Range<usize>]) -> f64 {
    let count = places.len() as f64;
    let total = items.len() as f64;
    let count_of = |place: Range<usize>| {
        let text = text_of(items, &place);
        let of_word = items.iter().filter(|item| item.text == text).count();
        let of_part = if place.len() == 1 { of_word } else { 0 };
        (twins.get(&text).map_or(of_part, Vec::len) as f64).max(count)
    };
    let first = &places[0];
    let pmis = (first.start + 1..first.end)
        .map(|middle| log2(count * total / (count_of(first.start..middle) * count_of(middle..first.end))));
    pmis.fold(f64::INFINITY, f64::min).max(0.0) / log2(total / count)
}

/// Returns the count of the most frequent longer sequence that holds this text, as whole words, in
/// its first place; at least 1 if the sequence repeats or may be inside a longer one.
fn within(items: &[Item], twins: &Twins, text: &str) -> usize {
    let longer = twins.values().filter(|longer| {
        let place = &longer[0];
        let mut parts = (place.start..place.end).flat_map(|start| (start + 1..=place.end).map(move |end| start..end));
        longer.len() > 1 && parts.any(|part| part != *place && text_of(items, &part) == text)
    });
    let (places, first) = (twins[text].len(), &twins[text][0]);
    let before = is_joint(items, first.start) && items[first.start - 1].role.begins();
    let after = is_joint(items, first.end) && items[first.end].role.ends();
    longer.map(Vec::len).max().unwrap_or(0).max((places > 1 || before || after).into())
}

fn compare(extractor: &Extractor, source: &dyn TermSource, text: &str) {
    let mut terms = Terms::count(extractor, source, text);
    terms.judge(&Judge::new(extractor, source), &|_, _| true);
    let candidates = Candidates::new(extractor, &terms);
    let item =
        |(token, &role): (&TermPlace, &Role)| Item { text: terms.of(*token).form.to_string(), role, at: token.range() };
    let items: Vec<Item> = terms.tokens.iter().zip(&candidates.roles).map(item).collect();
    let cohesions = measure(&candidates);
    let twins = twins(&items, extractor.min_chars);
    assert_eq!(candidates.all.len(), twins.len(), "{text}");
    let sentence = |token: usize| items[..token].iter().filter(|item| item.role == Role::End).count();
    for (number, (candidate, cohesion)) in candidates.all.iter().zip(&cohesions).enumerate() {
        let tokens = candidate.first.tokens();
        let form = text_of(&items, &tokens);
        let twin = &twins[&form];
        let places: Vec<_> = candidates.places(candidate).map(PhrasePlace::tokens).collect();
        assert_eq!(&places, twin, "{form} in {text}");
        assert_eq!((candidate.count as usize, &tokens), (twin.len(), &twin[0]), "{form}");
        assert!(places.iter().all(|place| candidates.at(place.clone()) == Some(number)), "{form} in {text}");
        assert_eq!(candidate.chars as usize, form.chars().count(), "{form} in {text}");
        assert!(places.iter().all(|place| candidates.sentences[place.start] as usize == sentence(place.start)));
        assert_eq!(cohesion.within as usize, within(&items, &twins, &form), "{form} in {text}");
        let (mut npmi_is, mut entropy_is) = (0.0, 0.0);
        if tokens.len() > 1 && candidate.count > 1 {
            npmi_is = npmi(&items, &twins, twin);
            let before = entropy(&items, twin.iter().map(|place| place.start.checked_sub(1)));
            let after = entropy(&items, twin.iter().map(|place| Some(place.end)));
            entropy_is = before.min(after);
        }
        assert!((cohesion.npmi - npmi_is).abs() < 1e-5, "{form} in {text}: {} {npmi_is}", cohesion.npmi);
        assert!((cohesion.entropy - entropy_is).abs() < 1e-5, "{form} in {text}: {} {entropy_is}", cohesion.entropy);
    }
}

/// A source that returns the given tokens, with a gap for each space.
struct Given(Vec<&'static str>);

impl TermSource for Given {
    fn terms<'t>(&self, text: &'t str, _: bool, terms: &mut Vec<Term<'t>>) {
        let mut start = 0;
        for token in &self.0 {
            if *token != " " {
                let tag = if *token == "的" { "uj" } else { "n" };
                terms.push(Term::new(&text[start..start + token.len()], start).with_tag(Tag::known(tag)));
            }
            start += token.len();
        }
    }
}

const TOKENS: [&str; 13] = ["甲", "乙", "丙", "丁", "甲乙", "乙丙", "丁戊己", "之", "的", "是", "，", "。", " "];

#[test]
fn any_tokens_are_counted_as_by_the_twin() {
    // The numbers come from a fixed generator (Knuth's MMIX), so that a failure can be repeated.
    let mut state = 1u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end
    };
    for _ in 0..1000 {
        // A small set of tokens makes many phrases repeat.
        let few = 1 + below(TOKENS.len());
        let tokens = (0..below(60)).map(|_| TOKENS[below(few)]).collect();
        let source = Given(tokens);
        let stop_words = StopWords::parse("是");
        let extractor = Extractor::builder().min_chars(1 + below(3)).stop_words(stop_words).build();
        compare(&extractor, &source, &source.0.concat());
    }
}

#[test]
fn articles_are_counted_as_by_the_twin() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/articles");
    for name in ["finance", "culture"] {
        let text = std::fs::read_to_string(folder.join(name).with_extension("txt")).unwrap();
        let text: String = text.chars().take(600).collect();
        compare(&Extractor::new(), &Segmenter::new(), &text);
    }
}

#[test]
fn words_that_always_stand_together_have_all_the_mutual_information_there_is() {
    let source = Given(vec!["甲", "乙", "，", "丙", "甲", "乙", "丁", "。"]);
    let extractor = Extractor::new();
    let text = source.0.concat();
    let mut terms = Terms::count(&extractor, &source, &text);
    terms.judge(&Judge::new(&extractor, &source), &|_, _| true);
    let candidates = Candidates::new(&extractor, &terms);
    let cohesion = &measure(&candidates)[candidates.at(0..2).unwrap()];
    // The phrase is two of eight tokens. Before it are the start of the text and 丙, after it a mark
    // and 丁.
    assert_eq!((cohesion.npmi, cohesion.entropy, cohesion.within), (1.0, 1.0, 1));
}
