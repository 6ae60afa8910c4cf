//! Phrases: words, and words that stand together, that say what a text is about.
//!
//! Candidates are the words that may be keywords, and every sequence of two to five words with
//! nothing between that begins and ends as a word may. A weight is the product of
//!
//! - how often the candidate occurs by itself: its count, less a share of that of the longer
//!   candidate that holds it and occurs most (after the C-value of Frantzi, Ananiadou and Mima 2000),
//!   to the power of 3/4;
//! - the mean inverse document frequency of its words; squared for single words, so that a common
//!   word yields to the phrases that it is in, and for phrases that are words to the dictionary;
//! - unless the dictionary knows it, how well it holds together: its normalised pointwise mutual
//!   information, to the power of 3/4, and the square root of one more than the lesser of its
//!   branching entropies, in bits;
//! - where it stands: where titles do; from where to where; in one sentence or several;
//! - its parts of speech, and how long it is.
//!
//! The heaviest are then taken one by one, except candidates that one of those taken cuts in two
//! wherever they stand. Parts of those taken weigh less, the fewer of their places are elsewhere.
//!
//! Nothing is learned at run time. The constants were found by random changes of one or two at a
//! time on 1,000 abstracts with their authors' keywords (CSL, development part), on the articles of
//! the benches and on 34 others, and rounded. Log-linear rankers over many features were tried and
//! left out: cross-validated, they gained nothing (docs/tried.md).

mod candidates;
mod cohesion;
mod logs;
#[cfg(test)]
mod naive;
mod weigh;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use self::candidates::{Candidate, Candidates, Place};
use self::weigh::Scales;
use super::judge::Role;
use super::keywords::most_frequent;
use super::terms::{Terms, other_form};
use super::{Extractor, Keyword};
use crate::segment::TermSource;

/// The share of its weight with which a candidate need not wait.
const NEARLY: f64 = 0.95;
/// The most keywords with which one is compared, so that the time is linear in `k`.
const MOST_COMPARED: usize = 100;

pub(super) fn extract(extractor: &Extractor, terms: &Terms<'_>, source: &dyn TermSource, k: usize) -> Vec<Keyword> {
    let candidates = Candidates::new(extractor, terms);
    let cohesions = cohesion::measure(&candidates);
    let scales = Scales::new(extractor, &candidates, source);
    let most_of_slight = scales.most_of_slight().to_bits();
    // No weight is negative, and such numbers are ordered as their bits are, once -0 is 0.
    let weigh = |number: usize, share: f64| {
        let candidate = &candidates.all[number];
        let weight = scales.weigh(candidate, &cohesions[number]) * share + 0.0;
        (weight.to_bits(), Reverse(candidate.first), number)
    };
    let is_keyword =
        |number: &usize| !cohesions[*number].is_broken && is_wanted(extractor, &candidates, &candidates.all[*number]);
    let (mut slight, mut weighed) =
        (Vec::with_capacity(candidates.all.len()), Vec::with_capacity(candidates.all.len()));
    for (number, candidate) in candidates.all.iter().enumerate() {
        if scales.is_slight(candidate) {
            slight.push(number);
        } else if is_keyword(&number) {
            weighed.push(weigh(number, 1.0));
        }
    }
    let mut heaviest: BinaryHeap<(u64, Reverse<Place>, usize)> = weighed.into();

    let mut taken = Taken::default();
    let mut keywords = Vec::new();
    while keywords.len() < k {
        // Of most texts, these need not be weighed.
        if heaviest.peek().is_none_or(|(weight, ..)| *weight <= most_of_slight) {
            heaviest.extend(slight.drain(..).filter(is_keyword).map(|number| weigh(number, 1.0)));
        }
        let Some((weight, _, number)) = heaviest.pop() else { break };
        let (weight, candidate) = (f64::from_bits(weight), &candidates.all[number]);
        let places = candidates.places(candidate);
        if taken.cut(places.clone()) {
            continue;
        }
        let ranges: Vec<Range<usize>> = places.clone().map(|place| candidates.range(place.tokens())).collect();
        let text = most_frequent(terms.text, &ranges);
        let simplified = other_form(source, text);
        let form = simplified.as_deref().unwrap_or(text);
        // One of the keywords taken says the same, and maybe more.
        if keywords.iter().take(MOST_COMPARED).any(|taken: &Keyword| taken.simplified().contains(form)) {
            // A part of better keywords weighs as much as the square of the share of its places outside of
            // them, and waits for its turn: a few times, since its weight is less each time.
            let outside = places.clone().filter(|place| taken.is_outside(place)).count();
            let share = outside as f64 / f64::from(candidate.count);
            let reduced = weigh(number, share * share);
            if outside == 0 {
                continue;
            }
            if f64::from_bits(reduced.0) < NEARLY * weight {
                heaviest.push(reduced);
                continue;
            }
        }
        taken.add(places, terms.tokens.len());
        let tokens = candidate.first.tokens();
        let tag = terms.of(terms.tokens[tokens.end - 1]).judgement.tag;
        let is_word =
            |&at: &usize| candidates.roles[at] != Role::Link || terms.of(terms.tokens[at]).term.text() == "之";
        let word_count = tokens.filter(is_word).count();
        let text = text.to_owned();
        keywords.push(Keyword { text, simplified, weight, word_count, tag, places: ranges });
    }
    keywords
}

/// Whether a candidate may be a keyword.
fn is_wanted(extractor: &Extractor, candidates: &Candidates<'_, '_>, candidate: &Candidate) -> bool {
    let terms = candidates.terms;
    let last = terms.of(terms.tokens[candidate.first.tokens().end - 1]).judgement;
    match candidate.first.words {
        1 => last.is_candidate && last.role == Role::Content,
        _ if !candidates.is_bound(candidate) => false,
        _ => extractor.allowed_tags.is_empty() || extractor.allowed_tags.contains(&last.tag),
    }
}

/// The keywords taken so far.
#[derive(Default)]
struct Taken {
    /// By token, the ends of the longest keyword that covers it.
    cover: Vec<Range<u32>>,
}

/// The ends of a token that nothing covers: it begins nowhere before, and ends nowhere after.
#[expect(clippy::reversed_empty_ranges, reason = "these are two bounds, and no range to walk")]
const NOTHING: Range<u32> = u32::MAX..0;

impl Taken {
    fn add(&mut self, places: impl Iterator<Item = Place>, tokens: usize) {
        self.cover.resize(tokens, NOTHING);
        for place in places {
            for token in &mut self.cover[place.tokens()] {
                *token = token.start.min(place.start)..token.end.max(place.start + place.words);
            }
        }
    }

    /// Whether, wherever a candidate stands, a keyword that was taken reaches into it from outside.
    fn cut(&self, mut places: impl Iterator<Item = Place>) -> bool {
        let of = |at: usize| self.cover.get(at).unwrap_or(&NOTHING);
        places.all(|place| {
            let tokens = place.tokens();
            of(tokens.start).start < place.start || of(tokens.end - 1).end > place.start + place.words
        })
    }

    /// Whether a place stands in no keyword taken.
    fn is_outside(&self, place: &Place) -> bool {
        let cover = self.cover.get(place.start as usize).unwrap_or(&NOTHING);
        cover.start > place.start || cover.end < place.start + place.words
    }
}
