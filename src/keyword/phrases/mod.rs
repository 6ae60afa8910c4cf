//! Phrases: the words and sequences of words that say what a text is about.
//!
//! The candidates are the words that may be keywords, and sequences of two to five adjacent words.
//! The first word of a sequence may begin a phrase, and the last word may end one. The weight of a
//! candidate is the product of
//!
//! - how often it occurs by itself, to the power of 3/4. This is its count, less a share of the
//!   count of the most frequent longer candidate that holds it (after the C-value of Frantzi,
//!   Ananiadou and Mima 2000);
//! - the mean inverse document frequency of its words. It is squared for phrases that are words of
//!   the dictionary, and for single words: a common word so yields to the phrases that hold it;
//! - how well it holds together, unless the dictionary knows it. This is its normalised pointwise
//!   mutual information, to the power of 3/4, times the square root of 1 + its lesser branching
//!   entropy in bits;
//! - where it stands: in titles, how far its places spread, in one sentence or several;
//! - its parts of speech, and its length; names of persons and organisations weigh more.
//!
//! The heaviest candidates are taken one by one. A candidate is left out if a taken keyword reaches
//! into it from outside wherever it stands. A part of taken keywords weighs less, the fewer of its
//! places are elsewhere.
//!
//! First come candidates that repeat, stand in a title or are one word of three characters or more.
//! Few users ask for more keywords of an article than these. Most of its words and phrases occur
//! once, so they need neither a verdict nor a weight.
//!
//! Nothing is learned at run time. The constants were found by random changes of one or two at a
//! time, and then rounded. They were fitted to 1,000 abstracts with their authors' keywords (CSL,
//! development part), to the articles of the benches and to 34 other articles. Log-linear rankers
//! over many features were tried and left out: cross-validated, they gained nothing
//! (docs/tried.md).

mod candidates;
mod cohesion;
mod generic;
mod logs;
#[cfg(test)]
mod naive;
mod titles;
mod weigh;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use foldhash::{HashSet, HashSetExt};

use self::candidates::{Candidates, PhraseCandidate, PhrasePlace};
use self::generic::is_generic;
use self::titles::Titles;
use self::weigh::Weigher;
use super::judge::{Judge, Role};
use super::keywords::most_frequent;
use super::terms::{Distinct, Terms, other_form};
use super::{Extractor, Keyword};
use crate::segment::TermSource;
use crate::text::codes::are_common;

/// A short word has at most this many characters.
const SHORT_WORD: u32 = 2;
/// A part of taken keywords is taken at once if it keeps at least this share of its weight.
const NEARLY: f64 = 0.95;

pub(super) fn extract(extractor: &Extractor, mut terms: Terms<'_>, source: &dyn TermSource, k: usize) -> Vec<Keyword> {
    let titles = Titles::of(terms.text);
    let judge = Judge::new(extractor, source);
    let mut best = Best { extractor, source, judge: &judge, titles, k, taken: Taken::default(), keywords: Vec::new() };
    let is_slight = |count: u32, range: Range<usize>| count == 1 && !titles.touch(&range);
    let parts = ends_of_unknown_words(&terms);
    terms.judge(&judge, &|distinct, count| {
        let is_short = distinct.is_han && distinct.chars <= SHORT_WORD;
        !(is_short && is_slight(count, distinct.term.range())) || parts.contains(distinct.term.text())
    });
    best.take_from(&terms, &is_slight);
    if best.keywords.len() < k {
        terms.judge(&judge, &|distinct, _| distinct.judgement.role == Role::Unknown);
        best.take_from(&terms, &|_, _| false);
    }
    best.keywords
}

/// The best keywords found so far.
struct Best<'s> {
    extractor: &'s Extractor,
    source: &'s dyn TermSource,
    judge: &'s Judge<'s>,
    titles: Titles,
    k: usize,
    taken: Taken,
    keywords: Vec<Keyword>,
}

impl Best<'_> {
    /// Takes the heaviest candidates among the judged terms until there are `k` keywords. Short
    /// words and phrases are left out if `is_slight` returns `true` for their count and their first
    /// place.
    fn take_from(&mut self, terms: &Terms<'_>, is_slight: &dyn Fn(u32, Range<usize>) -> bool) {
        let Best { extractor, source, judge, titles, k, ref mut taken, ref mut keywords } = *self;
        let candidates = Candidates::new(extractor, terms);
        let cohesions = cohesion::measure(&candidates);
        let weigher = Weigher::new(extractor, &candidates, source, titles);
        // Weights are not negative, so they compare as their bits do. Adding 0 turns -0 into 0.
        let weigh = |number: usize, share: f64| {
            let candidate = &candidates.all[number];
            let weight = weigher.weigh(candidate, &cohesions[number]) * share + 0.0;
            (weight.to_bits(), Reverse(candidate.first), number)
        };
        let is_keyword = |number: &usize| {
            let candidate = &candidates.all[*number];
            let is_short = candidate.first.words > 1 || candidate.chars <= SHORT_WORD;
            let is_left_out = is_short && is_slight(candidate.count, candidates.range(candidate.first.tokens()));
            !is_left_out && !cohesions[*number].is_broken && is_wanted(extractor, &candidates, candidate)
        };
        let places_outside = |taken: &Taken, candidate: &PhraseCandidate| {
            candidates.places(candidate).filter(|place| taken.is_outside(place)).count()
        };
        let numbers = (0..candidates.all.len()).filter(is_keyword);
        let numbers =
            numbers.filter(|&number| keywords.is_empty() || places_outside(taken, &candidates.all[number]) > 0);
        let mut heaviest: BinaryHeap<(u64, Reverse<PhrasePlace>, usize)> =
            numbers.map(|number| weigh(number, 1.0)).collect();
        // The keywords that are added weigh at most as much as the last one of those before.
        let least = keywords.last().map_or(f64::INFINITY, |last| last.weight);
        let most = heaviest.peek().map_or(0.0, |(weight, ..)| f64::from_bits(*weight));
        let scale = (least / most).min(1.0);
        while keywords.len() < k {
            let Some((weight, _, number)) = heaviest.pop() else { break };
            let (weight, candidate) = (f64::from_bits(weight), &candidates.all[number]);
            let places = candidates.places(candidate);
            if taken.cut(places.clone()) {
                continue;
            }
            // The weight of a part of taken keywords is multiplied by the square of the share of
            // its places outside of them. The part then returns to the heap. It returns only a few
            // times, because its weight decreases each time.
            let outside = places_outside(taken, candidate);
            if outside == 0 {
                continue;
            }
            let share = outside as f64 / f64::from(candidate.count);
            let reduced = weigh(number, share * share);
            if f64::from_bits(reduced.0) < NEARLY * weight {
                heaviest.push(reduced);
                continue;
            }
            let ranges: Vec<Range<usize>> = places.clone().map(|place| candidates.range(place.tokens())).collect();
            let text = most_frequent(terms.text, &ranges);
            let simplified = other_form(source, text);
            let form = simplified.as_deref().unwrap_or(text);
            let says_little = match candidate.first.words {
                1 => is_generic(form),
                // The segmenter may cut a stop word in two.
                _ => judge.is_stop(text, form, are_common(text)),
            };
            if says_little {
                continue;
            }
            taken.add(places, terms.tokens.len());
            let tokens = candidate.first.tokens();
            let tag = terms.of(terms.tokens[tokens.end - 1]).judgement.tag;
            let is_word =
                |&at: &usize| candidates.roles[at] != Role::Link || terms.of(terms.tokens[at]).term.text() == "之";
            let word_count = tokens.filter(is_word).count();
            let (text, weight) = (text.to_owned(), (weight * scale).min(least));
            keywords.push(Keyword { text, simplified, weight, word_count, tag, places: ranges });
        }
    }
}

/// Returns the first and the last one and two characters of longer words that the dictionary lacks.
/// The segmenter may cut these words in another way elsewhere: 涂覆膜 and 涂|覆膜.
fn ends_of_unknown_words<'t>(terms: &Terms<'t>) -> HashSet<&'t str> {
    let is_unknown = |word: &&Distinct<'_>| word.is_han && word.chars > SHORT_WORD && word.term.word_id().is_none();
    let ends = |word: &'t str| [3, 6].into_iter().flat_map(|len| [&word[..len], &word[word.len() - len..]]);
    let mut all = HashSet::with_capacity(terms.distinct.len() / 4);
    all.extend(terms.distinct.iter().filter(is_unknown).flat_map(|word| ends(word.term.text())));
    all
}

/// Returns `true` if a candidate may be a keyword.
fn is_wanted(extractor: &Extractor, candidates: &Candidates<'_, '_>, candidate: &PhraseCandidate) -> bool {
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
    /// For each token, the earliest start and the latest end of the keywords that cover it, in
    /// tokens.
    cover: Vec<Range<u32>>,
}

/// The entry of a token that nothing covers: its start is after all tokens, its end before them.
#[expect(clippy::reversed_empty_ranges, reason = "these are two bounds, and no range to walk")]
const NOTHING: Range<u32> = u32::MAX..0;

impl Taken {
    fn add(&mut self, places: impl Iterator<Item = PhrasePlace>, tokens: usize) {
        self.cover.resize(tokens, NOTHING);
        for place in places {
            for token in &mut self.cover[place.tokens()] {
                *token = token.start.min(place.start)..token.end.max(place.start + place.words);
            }
        }
    }

    /// Returns `true` if, at each of these places, a taken keyword reaches into the place from
    /// outside.
    fn cut(&self, mut places: impl Iterator<Item = PhrasePlace>) -> bool {
        let of = |at: usize| self.cover.get(at).unwrap_or(&NOTHING);
        places.all(|place| {
            let tokens = place.tokens();
            of(tokens.start).start < place.start || of(tokens.end - 1).end > place.start + place.words
        })
    }

    /// Returns `true` if no taken keyword contains a place.
    fn is_outside(&self, place: &PhrasePlace) -> bool {
        let cover = self.cover.get(place.start as usize).unwrap_or(&NOTHING);
        cover.start > place.start || cover.end < place.start + place.words
    }
}
