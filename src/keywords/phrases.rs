//! Phrases: words, and what stands together of them, that say what a text is about.
//!
//! Candidates are the words that may be keywords, and sequences of up to five content words with nothing between, but
//! for a 之. A candidate's weight is made of
//!
//! - how often it occurs by itself: its count, less half of that of the candidate it occurs in most (after the C-value of
//!   Frantzi and Ananiadou), to the power of 3/4;
//! - the mean inverse document frequency of its words, to the power of 5/4, and a little for each word more;
//! - how well it holds together: how often the rarest of its words stands elsewhere, and whether something else than
//!   always the same stands before it and after it, which is branching entropy in its simplest form;
//! - where it stands: where titles do, at the beginning or the end, or early, and from where to where;
//! - how long it is: two characters say little, more than six are read by no one.
//!
//! The heaviest are then taken one by one; what says the same as one that was taken is left out: a part that is seldom
//! by itself, or a whole that is seldom beside its part.
//!
//! Nothing is learned at run time. The constants were chosen, by changing one to four of them at a time, for the F1 of
//! the five best on 1,000 abstracts with their authors' keywords (CSL, development part) together with the share of
//! their lists that the ten best hold on the articles of the benches.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::terms::{Counted, Frequencies, Terms, simplified};
use super::{Extractor, Keyword, TermSource};

/// Words in the longest phrase.
const MOST_WORDS: usize = 5;
/// How much of the count of a longer candidate is taken from one that it holds.
const NESTED: f64 = 0.5;
/// What is left of the count of a candidate that never stands by itself.
const NEVER_ALONE: f64 = 0.1;
/// More words say more; by their number.
const WORDS: [f64; MOST_WORDS + 1] = [1.0, 1.0, 1.23, 1.39, 1.52, 1.62];
/// The share of its weight that a phrase keeps that occurs but once.
const ONCE: f64 = 0.3;
/// The share that a phrase keeps that has always the same neighbour, on either side.
const SAME_NEIGHBOUR: f64 = 0.8;
/// Names of persons.
const NAME: f64 = 1.2;
/// What is added for an early first place, how fast that falls along the text, and what is added for a place where titles
/// stand, which have this many bytes, and for being spoken of from the beginning to the end.
const EARLY: f64 = 0.3;
const FALL: f64 = 4.0;
const TITLE: f64 = 1.0;
const TITLE_BYTES: usize = 75;
const THROUGHOUT: f64 = 1.0;
/// The share that keywords of two characters keep, and of seven and more.
const SHORT: f64 = 0.4;
const LONG: f64 = 0.7;
/// A part of a keyword is one itself if this share of its occurrences is elsewhere; a whole beside its part, if it
/// has more than this share of the part's.
const PART: f64 = 0.5;
const WHOLE: f64 = 0.34;
/// With how many of the keywords taken one is compared, so that the time is linear in how many are asked for.
const MOST_COMPARED: usize = 100;

/// Which terms a candidate is of; unused places hold the number of no term.
type Key = [u32; MOST_WORDS];
const NONE: u32 = u32::MAX;

struct Candidate {
    key: Key,
    words: usize,
    count: usize,
    /// The count of the candidate that holds it and occurs most.
    within: usize,
    first: Range<usize>,
    end_of_last: usize,
    before: Neighbour,
    after: Neighbour,
}

/// What stands on one side of a candidate.
#[derive(Clone, Copy, PartialEq)]
enum Neighbour {
    /// Always this term; [`NONE`] at the ends of the text.
    Same(u32),
    Several,
}

impl Neighbour {
    fn and(self, other: u32) -> Neighbour {
        if self == Neighbour::Same(other) { self } else { Neighbour::Several }
    }
}

pub(super) fn extract<S: TermSource + ?Sized>(
    extractor: &Extractor,
    terms: &Terms<'_>,
    source: &S,
    text: &str,
    k: usize,
) -> Vec<Keyword> {
    let roles = roles(extractor, terms);
    let Candidates { mut candidates, by_key, places } = collect(extractor, terms, &roles, text);
    nest(&mut candidates, &by_key);
    let frequencies = Frequencies::new(&extractor.idf, source);
    let idf: Vec<f64> = terms.distinct.iter().map(|counted| frequencies.of(&counted.term)).collect();
    let scales = Scales { candidates: &candidates, by_key: &by_key, terms, idf: &idf, text };
    let may_be_keyword = |candidate: &Candidate| {
        let last = &terms.distinct[candidate.key[candidate.words - 1] as usize];
        match candidate.words {
            1 => last.judgement.is_candidate,
            _ => extractor.allowed_tags.is_empty() || extractor.allowed_tags.contains(&last.judgement.tag),
        }
    };
    let mut weighed: Vec<(f64, u32)> = candidates
        .iter()
        .zip(0..)
        .filter(|(candidate, _)| may_be_keyword(candidate))
        .map(|(candidate, at)| (scales.weigh(candidate), at))
        .collect();
    // Candidates come in the order of their first places, and the sort is stable.
    weighed.sort_by(|(a, _), (b, _)| b.total_cmp(a));

    let mut keywords: Vec<Keyword> = Vec::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut ranks: Vec<Option<usize>> = vec![None; candidates.len()];
    for (weight, at) in weighed {
        if keywords.len() == k {
            break;
        }
        let candidate = &candidates[at as usize];
        let (key, words, count) = (candidate.key, candidate.words, candidate.count);
        let text = &text[candidate.first.clone()];
        let simplified = simplified(source, text);
        let form = simplified.as_deref().unwrap_or(text);
        let taken = keywords.iter().zip(&counts).take(MOST_COMPARED);
        if taken.into_iter().any(|(taken, &taken_count)| is_said(form, count, taken.simplified(), taken_count)) {
            continue;
        }
        ranks[at as usize] = Some(keywords.len());
        counts.push(count);
        let tag = terms.distinct[key[words - 1] as usize].judgement.tag;
        keywords.push(Keyword { text: text.to_owned(), simplified, weight, words, tag, places: Vec::new() });
    }
    for (at, start) in places {
        if let Some(rank) = ranks[at as usize] {
            let words = candidates[at as usize].words;
            let tokens = &terms.tokens[start as usize..start as usize + words];
            keywords[rank].places.push(tokens[0].at().start..tokens[words - 1].at().end);
        }
    }
    keywords
}

/// Whether a keyword that was taken says the same.
fn is_said(form: &str, count: usize, taken: &str, taken_count: usize) -> bool {
    // Counts are compared sooner than texts are searched.
    let is_part = count.saturating_sub(taken_count) as f64 <= PART * count as f64;
    let is_whole = count as f64 <= WHOLE * taken_count as f64;
    form == taken
        || is_part && taken.len() > form.len() && taken.contains(form)
        || is_whole && form.len() > taken.len() && form.contains(taken)
}

/// What a term is to phrases.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// Noun, verb, adjective, name, Latin word.
    Content,
    /// The same, but a stop word: no phrase begins with it.
    Stop,
    /// What may stand inside.
    Link,
    Other,
}

fn roles(extractor: &Extractor, terms: &Terms<'_>) -> Vec<Role> {
    let role = |counted: &Counted<'_>| match counted.term.text() {
        "之" => Role::Link,
        _ if !is_content(extractor, counted) => Role::Other,
        _ if counted.judgement.is_stop => Role::Stop,
        _ => Role::Content,
    };
    terms.distinct.iter().map(role).collect()
}

/// Whether phrases are made of this.
fn is_content(extractor: &Extractor, counted: &Counted<'_>) -> bool {
    let text = counted.term.text();
    let tag = counted.judgement.tag.as_str();
    if tag.starts_with('m') {
        return extractor.numbers;
    }
    if !text.contains(char::is_alphabetic) || !extractor.latin && text.contains(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    match tag {
        "vd" | "ad" | "zg" => false,
        "eng" => true,
        _ if tag.starts_with('t') => extractor.dates,
        // A source that knows no tags.
        "" => true,
        _ => tag.starts_with(['n', 'v', 'a', 'b', 'l', 'j', 'z', 's', 'i']),
    }
}

/// A sequence of content words in the text.
struct Sequence {
    key: Key,
    words: usize,
    at: Range<usize>,
    /// Its first token.
    start: u32,
    /// Whether a longer one holds it.
    is_inside: bool,
    /// The terms on either side.
    before: u32,
    after: u32,
}

/// Call `each` with every sequence of content words, by where it begins, the shorter first.
fn each_sequence(extractor: &Extractor, terms: &Terms<'_>, roles: &[Role], text: &str, mut each: impl FnMut(Sequence)) {
    let tokens = &terms.tokens;
    let slot = |at: usize| tokens.get(at).map_or(NONE, |token| token.slot);
    let goes_on = |from: usize, first: Role| {
        let pair = tokens.get(from).zip(tokens.get(from + 1));
        pair.is_some_and(|(a, b)| {
            let (before, after) = (roles[a.slot as usize], roles[b.slot as usize]);
            a.at().end == b.at().start && before == first && matches!(after, Role::Content | Role::Stop)
        })
    };
    for first in 0..tokens.len() {
        let start = tokens[first].at().start;
        let mut key = [NONE; MOST_WORDS];
        let mut end = start;
        let mut chars = 0;
        for (offset, token) in tokens[first..].iter().take(MOST_WORDS).enumerate() {
            let role = roles[token.slot as usize];
            let fits = if offset == 0 { role == Role::Content } else { role != Role::Other };
            let at = token.at();
            // No phrase says a word twice.
            if at.start != end || !fits || key[..offset].contains(&token.slot) {
                break;
            }
            key[offset] = token.slot;
            end = at.end;
            chars += text[at].chars().count();
            if role != Role::Link && chars >= extractor.min_chars {
                let before = first.checked_sub(1).map_or(NONE, slot);
                let after = slot(first + offset + 1);
                let is_inside = offset + 1 < MOST_WORDS
                    && (first > 0 && goes_on(first - 1, Role::Content) || goes_on(first + offset, role));
                let start = start..end;
                each(Sequence { key, words: offset + 1, at: start, start: first as u32, is_inside, before, after });
            }
        }
    }
}

struct Candidates {
    /// By their first places, the shorter first.
    candidates: Vec<Candidate>,
    by_key: HashMap<Key, usize>,
    /// Which candidate begins with which token, in the order of the text.
    places: Vec<(u32, u32)>,
}

fn collect(extractor: &Extractor, terms: &Terms<'_>, roles: &[Role], text: &str) -> Candidates {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut by_key: HashMap<Key, usize> = HashMap::new();
    let mut places = Vec::new();
    each_sequence(extractor, terms, roles, text, |Sequence { key, words, at, start, is_inside, before, after }| {
        let index = *by_key.entry(key).or_insert(candidates.len());
        places.push((index as u32, start));
        match candidates.get_mut(index) {
            Some(candidate) => {
                candidate.count += 1;
                candidate.within |= usize::from(is_inside);
                candidate.end_of_last = at.end;
                candidate.before = candidate.before.and(before);
                candidate.after = candidate.after.and(after);
            }
            None => candidates.push(Candidate {
                key,
                words,
                count: 1,
                within: usize::from(is_inside),
                end_of_last: at.end,
                first: at,
                before: Neighbour::Same(before),
                after: Neighbour::Same(after),
            }),
        }
    });
    Candidates { candidates, by_key, places }
}

/// Find, for each candidate, how often the longer one occurs that holds it. That it is in one that occurs once is known.
fn nest(candidates: &mut [Candidate], by_key: &HashMap<Key, usize>) {
    for at in 0..candidates.len() {
        let Candidate { key, words, count, .. } = candidates[at];
        if count == 1 {
            continue;
        }
        for len in 1..words {
            for start in 0..=words - len {
                let mut part = [NONE; MOST_WORDS];
                part[..len].copy_from_slice(&key[start..start + len]);
                if let Some(&part) = by_key.get(&part) {
                    candidates[part].within = candidates[part].within.max(count);
                }
            }
        }
    }
}

/// The fourth root. Square roots are the same on every machine, which other powers, exponentials and logarithms are not.
fn root4(x: f64) -> f64 {
    x.sqrt().sqrt()
}

/// What candidates are weighed with.
struct Scales<'s, 't> {
    candidates: &'s [Candidate],
    by_key: &'s HashMap<Key, usize>,
    terms: &'s Terms<'t>,
    idf: &'s [f64],
    text: &'s str,
}

impl Scales<'_, '_> {
    fn weigh(&self, candidate: &Candidate) -> f64 {
        let slots = &candidate.key[..candidate.words];
        let sum_idf: f64 = slots.iter().map(|&slot| self.idf[slot as usize]).sum();
        let mean_idf = (sum_idf / candidate.words as f64).max(0.0);
        let alone = candidate.count as f64 - NESTED * candidate.within as f64;
        let alone = if alone > 0.0 { alone } else { NEVER_ALONE };
        let mut weight = alone.sqrt() * root4(alone) * mean_idf * root4(mean_idf) * WORDS[candidate.words];
        match candidate.words {
            1 if self.terms.distinct[slots[0] as usize].judgement.tag == "nr" => weight *= NAME,
            1 => {}
            _ if candidate.count == 1 => weight *= ONCE,
            _ => weight *= self.cohesion(candidate),
        }
        weight *= match self.text[candidate.first.clone()].chars().count() {
            0..=2 => SHORT,
            3..=6 => 1.0,
            _ => LONG,
        };
        weight * self.place(candidate)
    }

    /// How well a phrase holds together that occurs more than once: 1 at the most.
    fn cohesion(&self, candidate: &Candidate) -> f64 {
        let count_of = |&slot: &u32| {
            let mut key = [NONE; MOST_WORDS];
            key[0] = slot;
            self.by_key.get(&key).map_or(candidate.count, |&word| self.candidates[word].count)
        };
        let rarest = candidate.key[..candidate.words].iter().map(count_of).min().unwrap_or(1);
        let share = (candidate.count as f64 / rarest.max(1) as f64).min(1.0);
        let sides = [candidate.before, candidate.after];
        let same = sides.iter().filter(|side| **side != Neighbour::Several).count();
        root4(share) * [1.0, SAME_NEIGHBOUR, SAME_NEIGHBOUR * SAME_NEIGHBOUR][same]
    }

    /// What its places say for a candidate: 1 at the least.
    fn place(&self, candidate: &Candidate) -> f64 {
        let len = self.text.len() as f64;
        let (first, last) = (candidate.first.start, candidate.end_of_last);
        let is_in_title = first < TITLE_BYTES || last + TITLE_BYTES > self.text.len();
        let early = EARLY / (1.0 + FALL * first as f64 / len);
        let throughout = THROUGHOUT * (last - first) as f64 / len;
        (1.0 + early + if is_in_title { TITLE } else { 0.0 }) * (1.0 + throughout)
    }
}
