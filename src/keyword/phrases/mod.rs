//! Phrases: words, and what stands together of them, that say what a text is about.
//!
//! Candidates are the words that may be keywords, and sequences of two to five content words with nothing between, but
//! for a 之, that occur more than once, or have no content words on either side. A candidate's weight is made of
//!
//! - how often it occurs by itself: its count, less half of that of the candidate it occurs in most (after the C-value of
//!   Frantzi, Ananiadou and Mima 2000), to the power of 3/4;
//! - the mean inverse document frequency of its words; squared for single words, so that a common word yields to the
//!   phrases that it is in;
//! - how well it holds together: its normalised pointwise mutual information, to the power of 3/4, and the square root
//!   of one more than the lesser of its branching entropies, in bits;
//! - where it stands: where titles do, at the beginning or the end; from where to where; in how many sentences;
//! - how long it is: two characters say little, more than five are read by few.
//!
//! The heaviest are then taken one by one, but for the parts of those that were taken, and for what one of them cuts
//! in two wherever it stands.
//!
//! Nothing is learned at run time. The constants were chosen on 1,000 abstracts with their authors' keywords (CSL,
//! development part) and on the articles of the benches: random changes of one to three at a time were kept if the F1 of
//! the first five and the share of the articles' lists among the first ten were better on average over eight copies with
//! all constants changed at random by up to 15 %; what was found was rounded, and left out where it did not matter. When
//! all constants are changed at random by up to 10 %, the F1 of sixty trials is .282 on average and .279 at the least;
//! 59 of the articles' 95 keywords are found on average, and 57 at the least.
//!
//! What each part gives, all others as they are:
//!
//! | | F1 | of 95 |
//! |---|---|---|
//! | all, but for the last step, with which the F1 is .285 | .284 | 61 |
//! | nested counts: nothing taken off; a quarter; three quarters; all | .278, .281, .278, .267 | 56, 60, 60, 61 |
//! | the mean instead, as in the C-value: half, three quarters, all | .281, .282, .279 | 59, 60, 60 |
//! | instead, half of the places inside of longer ones | .285 | 59 |
//! | mutual information: none; its square root; itself | .281, .282, .284 | 61, 61, 60 |
//! | instead, the fourth root of the share of the rarest word's count | .282 | 61 |
//! | entropy: none; its fourth root; to the power of 3/4 | .276, .281, .282 | 56, 59, 59 |
//! | entropy for single words, too | .284 | 59 |
//! | inverse document frequencies of single words not squared | .278 | 59 |
//! | no titles; none at the end, where the abstracts have theirs | .279, .275 | 59, 61 |
//! | from where to where: not; in how many sentences: not | .277, .283 | 56, 61 |
//! | short and long keywords as all others | .265, .276 | 49, 61 |
//! | names as other words; phrases that end with a name as others | .282, .282 | 60, 58 |
//! | phrases with a verb inside as others | .283 | 61 |
//! | each way of cutting a text a candidate of its own | .283 | 59 |
//! | parts that are often elsewhere kept | .284 | 59 |
//! | phrases that occur once left out; stop words inside of phrases | .284, .284 | 61, 61 |
//!
//! More weight for more words, for verbs, places and new words, or for the rarest or the last of the words instead of
//! their mean, changed less than chance does.

mod candidates;
mod cohesion;
mod logs;
#[cfg(test)]
mod naive;
mod weigh;

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;

use self::candidates::{Candidate, Candidates, Place};
use self::cohesion::Cohesion;
use self::weigh::Scales;
use super::judge::Role;
use super::keywords::most_frequent;
use super::terms::{Numbers, Terms, other_form};
use super::{Extractor, Keyword, TermSource};
use crate::numbers::fits;

/// The most keywords with which one is compared, so that the time is linear in `k`.
const MOST_COMPARED: usize = 100;

pub(super) fn extract<S: TermSource + ?Sized>(
    extractor: &Extractor,
    terms: &Terms<'_>,
    source: &S,
    k: usize,
) -> Vec<Keyword> {
    let candidates = Candidates::new(extractor, terms);
    let cohesions = cohesion::measure(&candidates);
    let numbers = Numbers::new(&extractor.idf, source);
    let is_part = |slot: u32| terms.distinct[slot as usize].judgement.role.is_part();
    let idf = |slot| if is_part(slot) { terms.idf(slot, &extractor.idf, &numbers, source) } else { 0.0 };
    let idf: Vec<f64> = (0..fits(terms.distinct.len())).map(idf).collect();
    let scales = Scales { candidates: &candidates, idf: &idf, of_unknown: extractor.idf.of_unknown() };
    let is_keyword = |(candidate, cohesion): &(&Candidate, &Cohesion)| {
        !cohesion.is_broken && is_wanted(extractor, &candidates, candidate)
    };
    let weighed = candidates.all.iter().zip(&cohesions).filter(is_keyword);
    let weighed = weighed.map(|(candidate, cohesion)| Weighed { weight: scales.weigh(candidate, cohesion), candidate });
    let mut heaviest: BinaryHeap<Weighed<'_>> = weighed.collect();

    let mut taken = Taken::default();
    let mut keywords = Vec::new();
    while keywords.len() < k {
        let Some(Weighed { weight, candidate }) = heaviest.pop() else { break };
        let places = candidates.places(candidate);
        let ranges: Vec<Range<usize>> = places.iter().map(|place| candidates.range(place.tokens())).collect();
        let text = most_frequent(terms.text, &ranges);
        let simplified = other_form(source, text);
        let form = simplified.as_deref().unwrap_or(text);
        if taken.cut(places) || taken.have(form) {
            continue;
        }
        taken.add(form, places, terms.tokens.len());
        let tokens = candidate.first.tokens();
        let tag = terms.of(terms.tokens[tokens.end - 1]).judgement.tag;
        let text = text.to_owned();
        keywords.push(Keyword { text, simplified, weight, word_count: tokens.len(), tag, places: ranges });
    }
    keywords
}

/// Whether a candidate may be a keyword.
fn is_wanted(extractor: &Extractor, candidates: &Candidates<'_, '_>, candidate: &Candidate) -> bool {
    let terms = candidates.terms;
    let last = terms.of(terms.tokens[candidate.first.tokens().end - 1]).judgement;
    match candidate.first.words {
        1 => last.is_candidate && last.role == Role::Content,
        _ if candidate.count == 1 && !candidate.is_whole => false,
        _ if !candidates.is_bound(candidate) => false,
        _ => extractor.allowed_tags.is_empty() || extractor.allowed_tags.contains(&last.tag),
    }
}

/// A candidate, greater than one that weighs less, or as much and stands later.
struct Weighed<'c> {
    weight: f64,
    candidate: &'c Candidate,
}

impl Ord for Weighed<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |weighed: &Self| Reverse(weighed.candidate.first);
        self.weight.total_cmp(&other.weight).then_with(|| place(self).cmp(&place(other)))
    }
}

impl PartialOrd for Weighed<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Weighed<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Weighed<'_> {}

/// The keywords taken so far.
#[derive(Default)]
struct Taken {
    /// The forms of the first of them.
    forms: Vec<String>,
    /// By token, the ends of the longest keyword that covers it.
    cover: Vec<Range<u32>>,
}

/// The ends of a token that nothing covers: it begins nowhere before, and ends nowhere after.
const NOTHING: Range<u32> = u32::MAX..0;

impl Taken {
    fn add(&mut self, form: &str, places: &[Place], tokens: usize) {
        if self.forms.len() < MOST_COMPARED {
            self.forms.push(form.to_owned());
        }
        self.cover.resize(tokens, NOTHING);
        for place in places {
            for token in &mut self.cover[place.tokens()] {
                *token = token.start.min(place.start)..token.end.max(place.start + place.words);
            }
        }
    }

    /// Whether, wherever a candidate stands, a keyword that was taken reaches into it from outside.
    fn cut(&self, places: &[Place]) -> bool {
        let of = |at: usize| self.cover.get(at).unwrap_or(&NOTHING);
        places.iter().all(|place| {
            let tokens = place.tokens();
            of(tokens.start).start < place.start || of(tokens.end - 1).end > place.start + place.words
        })
    }

    /// Whether one of the keywords taken says the same, and maybe more.
    fn have(&self, form: &str) -> bool {
        self.forms.iter().any(|taken| taken.contains(form))
    }
}
