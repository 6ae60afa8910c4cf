//! The weight of a candidate.

use std::cell::OnceCell;

use super::candidates::{Candidates, PhraseCandidate};
use super::cohesion::Cohesion;
use super::generic::is_organisation;
use super::titles::Titles;
use crate::dictionary::Tag;
use crate::keyword::Extractor;
use crate::keyword::terms::Rarity;
use crate::segment::TermSource;

/// A candidate inside a longer one loses this share of the count of the most frequent longer one.
const NESTED: f64 = 0.6;
/// The inverse document frequency of many words, as a share of the value of a word that the table
/// lacks, because tables differ in scale. A rarer single word outweighs a phrase of the same mean.
const COMMON_IDF: f64 = 0.753;
/// The share of its weight that a phrase keeps if it occurs only once.
const ONCE: f64 = 0.65;
/// Less cohesion counts as this much.
const LEAST_NPMI: f64 = 0.05;
/// The factors of names: of persons, and of organisations that repeat; and of phrases that end with
/// a person's name, which are titles, and what persons do.
const NAME: f64 = 1.45;
const BEFORE_NAME: f64 = 0.5;
/// The factors of single words in Latin letters, and of verbs that are also nouns.
const LATIN: f64 = 0.5;
const VERB_NOUN: f64 = 0.8;
/// The factors of phrases with a verb first or an adjective last, which are mostly sentences, and
/// of phrases with more than three words.
const VERB_FIRST: f64 = 0.8;
const ADJECTIVE_LAST: f64 = 0.3;
const MANY_WORDS: f64 = 0.75;
/// The shares that are added for a candidate that spreads over the whole text, and for one that
/// occurs in more than one sentence.
const THROUGHOUT: f64 = 1.4;
const SENTENCES: f64 = 0.85;
/// The factors of lengths in characters. Short keywords say little, and few people read long ones.
/// Many names have three characters.
const SHORT: f64 = 0.45;
const THREE: f64 = 1.1;
const LONG: f64 = 0.7;
const VERY_LONG: f64 = 0.5;

/// Longer phrases are not looked up as words of the dictionary, which has few longer words.
const LONGEST_WORD: u32 = 4;

/// Weighs the candidates of one text.
pub(super) struct Weigher<'s> {
    candidates: &'s Candidates<'s, 's>,
    rarity: Rarity<'s>,
    /// By slot, the inverse document frequency of the term, once it is computed.
    idf: Vec<OnceCell<f64>>,
    common_idf: f64,
    titles: Titles,
}

/// Returns `x` to the power of 3/4. Square roots are the same on every machine, other powers are
/// not.
fn power(x: f64) -> f64 {
    let root = x.sqrt();
    root * root.sqrt()
}

impl<'s> Weigher<'s> {
    pub(super) fn new(
        extractor: &'s Extractor,
        candidates: &'s Candidates<'s, 's>,
        source: &'s dyn TermSource,
        titles: Titles,
    ) -> Weigher<'s> {
        let rarity = Rarity::new(extractor, source);
        // A value that a user has given may be anything.
        let of_unknown = Some(extractor.idf.of_unknown()).filter(|value| *value > 0.0);
        let common_idf = of_unknown.map_or(1.0, |value| COMMON_IDF * value);
        Weigher { candidates, rarity, idf: vec![OnceCell::new(); candidates.terms.distinct.len()], common_idf, titles }
    }

    pub(super) fn weigh(&self, candidate: &PhraseCandidate, cohesion: &Cohesion) -> f64 {
        let words = match candidate.first.words {
            1 => self.word(candidate),
            _ => self.phrase(candidate, cohesion),
        };
        alone(candidate, cohesion) * words * length(candidate) * self.places(candidate)
    }

    fn slot(&self, token: usize) -> usize {
        self.candidates.terms.tokens[token].slot as usize
    }

    /// Returns the inverse document frequency of a token's term; 0 for a term that is part of no
    /// phrase.
    fn idf(&self, token: usize) -> f64 {
        let distinct = &self.candidates.terms.distinct[self.slot(token)];
        let of_term = || if distinct.judgement.role.is_part() { self.rarity.of(distinct) } else { 0.0 };
        *self.idf[self.slot(token)].get_or_init(of_term)
    }

    fn tag(&self, token: usize) -> Tag {
        self.candidates.terms.distinct[self.slot(token)].judgement.tag
    }

    /// Returns how much a word says: how rare it is, and whether it is a name.
    fn word(&self, candidate: &PhraseCandidate) -> f64 {
        let token = candidate.first.start as usize;
        let kind = match self.tag(token).as_bytes() {
            b"nr" => NAME,
            b"eng" => LATIN,
            b"vn" => VERB_NOUN,
            _ => 1.0,
        };
        self.square(self.idf(token)) * kind
    }

    /// Returns the rarity of a single word.
    fn square(&self, idf: f64) -> f64 {
        let idf = idf.max(0.0);
        idf * idf / self.common_idf
    }

    /// Returns how much the words of a phrase say: how rare they are, their parts of speech, and
    /// how well they hold together.
    fn phrase(&self, candidate: &PhraseCandidate, cohesion: &Cohesion) -> f64 {
        let tokens = candidate.first.tokens();
        let whole = match candidate.chars {
            ..=LONGEST_WORD => self.rarity.of_whole(&self.candidates.form(candidate)),
            _ => None,
        };
        let weight = match whole {
            Some(idf) => self.square(idf),
            None => self.words(candidate) * if candidate.count > 1 { bond(cohesion) } else { 1.0 },
        };
        let last = &self.candidates.terms.distinct[self.slot(tokens.end - 1)];
        let factors = [
            (candidate.count > 1 && is_organisation(&last.form), NAME),
            (self.tag(tokens.end - 1).as_bytes().starts_with(b"nr"), BEFORE_NAME),
            (self.tag(tokens.start) == const { Tag::known("v") }, VERB_FIRST),
            (self.tag(tokens.end - 1) == const { Tag::known("a") }, ADJECTIVE_LAST),
            (tokens.len() > 3, MANY_WORDS),
            (candidate.count == 1, ONCE),
        ];
        weight * factors.iter().filter(|(is_so, _)| *is_so).map(|(_, factor)| factor).product::<f64>()
    }

    /// Returns how rare the words of a phrase are.
    fn words(&self, candidate: &PhraseCandidate) -> f64 {
        let tokens = candidate.first.tokens();
        // Spaces and numbers say nothing.
        let idf = tokens.map(|token| self.idf(token)).filter(|idf| *idf != 0.0);
        (idf.clone().sum::<f64>() / f64::max(idf.count() as f64, 1.0)).max(0.0)
    }

    /// Returns how much the places of a candidate say.
    fn places(&self, candidate: &PhraseCandidate) -> f64 {
        let candidates = self.candidates;
        let len = candidates.terms.text.len();
        let last_place = candidate.last.tokens();
        let (first, last) =
            (candidates.range(candidate.first.tokens()).start, candidates.range(last_place.clone()).end);
        let sentences = &candidates.sentences;
        let are_several = sentences[candidate.first.start as usize] != sentences[last_place.end - 1];
        (1.0 + self.titles.share(&(first..last)))
            * (1.0 + THROUGHOUT * (last - first) as f64 / len as f64)
            * (if are_several { 1.0 + SENTENCES } else { 1.0 })
    }
}

/// Returns how often a candidate occurs by itself, to the power of 3/4. It may occur less often
/// than the longer candidate, if the segmenter cuts it in another way there.
fn alone(candidate: &PhraseCandidate, cohesion: &Cohesion) -> f64 {
    power((f64::from(candidate.count) - NESTED * f64::from(cohesion.within)).max(1.0 - NESTED))
}

/// Returns how well a phrase that repeats holds together.
fn bond(cohesion: &Cohesion) -> f64 {
    power(cohesion.npmi.max(LEAST_NPMI)) * (1.0 + cohesion.entropy).sqrt()
}

/// Returns the factor of the weight for the length in characters.
fn length(candidate: &PhraseCandidate) -> f64 {
    const OF_CHARS: [f64; 9] = [SHORT, SHORT, SHORT, THREE, 1.0, 1.0, LONG, LONG, VERY_LONG];
    OF_CHARS[(candidate.chars as usize).min(OF_CHARS.len() - 1)]
}
