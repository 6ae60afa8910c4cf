//! The weight of a candidate.

use super::candidates::{Candidate, Candidates};
use super::cohesion::Cohesion;
use crate::dictionary::Tag;

/// The share of the count of the longer candidate that occurs most that is taken off one inside it.
const NESTED: f64 = 0.45;
/// The worth of a candidate's count that never stands by itself.
const NEVER_ALONE: f64 = 0.11;
/// An inverse document frequency that many words have, as a share of that of a word that the table
/// lacks, since tables differ in scale: by what a word is rarer, it outweighs the mean of a phrase.
const COMMON_IDF: f64 = 0.753;
/// The share of its weight that a phrase keeps that occurs but once, by itself or inside a longer one.
const ONCE: f64 = 0.82;
const ONCE_INSIDE: f64 = 0.74;
/// The least cohesion that counts.
const LEAST_NPMI: f64 = 0.05;
/// Names of persons; and phrases that end with one, which are titles and what persons do.
const NAME: f64 = 1.5;
const BEFORE_NAME: f64 = 0.3;
/// Words in Latin letters by themselves.
const LATIN: f64 = 0.7;
/// Phrases with a verb inside or at the beginning, which are sentences, mostly; and long ones.
const CLAUSE: f64 = 0.6;
const VERB_FIRST: f64 = 0.8;
const MANY_WORDS: f64 = 0.75;
/// Phrases that begin or end with one character, which is no word without the others.
const CHAR_FIRST: f64 = 1.3;
const CHAR_LAST: f64 = 1.2;
/// The share that is added where titles stand, at the beginning, at the end and in both; in so many
/// bytes, thirty characters.
const TITLE: [f64; 4] = [0.0, 0.75, 0.85, 1.2];
const TITLE_BYTES: usize = 90;
/// The share that is added for being spoken of from the beginning to the end, and in more than one
/// sentence.
const THROUGHOUT: f64 = 2.0;
const SENTENCES: f64 = 0.8;
/// By length in characters: the share that short keywords keep, which say little, and long ones,
/// which few people read.
const SHORT: f64 = 0.45;
const LONG: f64 = 0.7;
const VERY_LONG: f64 = 0.5;

/// Weighs the candidates of one text.
pub(super) struct Scales<'s> {
    pub(super) candidates: &'s Candidates<'s, 's>,
    /// By term.
    pub(super) idf: &'s [f64],
    /// The inverse document frequency of words that the table lacks.
    pub(super) of_unknown: f64,
}

/// To the power of 3/4. Square roots are the same on every machine, which other powers are not.
fn power(x: f64) -> f64 {
    let root = x.sqrt();
    root * root.sqrt()
}

impl Scales<'_> {
    pub(super) fn weigh(&self, candidate: &Candidate, cohesion: &Cohesion) -> f64 {
        let words = match candidate.first.words {
            1 => self.word(candidate),
            _ => self.phrase(candidate, cohesion),
        };
        alone(candidate, cohesion) * words * length(candidate) * self.places(candidate)
    }

    fn slot(&self, token: usize) -> usize {
        self.candidates.terms.tokens[token].slot as usize
    }

    fn tag(&self, token: usize) -> Tag {
        self.candidates.terms.distinct[self.slot(token)].judgement.tag
    }

    /// How much a word says: how rare it is, and whether it is a name.
    fn word(&self, candidate: &Candidate) -> f64 {
        let token = candidate.first.start as usize;
        let idf = self.idf[self.slot(token)].max(0.0);
        // A value that a user has given may be anything.
        let common_idf = if self.of_unknown > 0.0 { COMMON_IDF * self.of_unknown } else { 1.0 };
        let kind = match self.tag(token).as_bytes() {
            b"nr" => NAME,
            b"eng" => LATIN,
            _ => 1.0,
        };
        idf * idf / common_idf * kind
    }

    /// How much the words of a phrase say: how rare they are, their parts of speech, and how well
    /// they hold together.
    fn phrase(&self, candidate: &Candidate, cohesion: &Cohesion) -> f64 {
        let tokens = candidate.first.tokens();
        let sum: f64 = tokens.clone().map(|token| self.idf[self.slot(token)]).sum();
        let mut weight = (sum / tokens.len() as f64).max(0.0);
        if self.tag(tokens.end - 1).as_bytes().starts_with(b"nr") {
            weight *= BEFORE_NAME;
        }
        if (tokens.start + 1..tokens.end - 1).any(|token| self.tag(token) == const { Tag::known("v") }) {
            weight *= CLAUSE;
        }
        let is_char = |token: usize| self.candidates.terms.distinct[self.slot(token)].chars == 1;
        let factors = [
            (self.tag(tokens.start) == const { Tag::known("v") }, VERB_FIRST),
            (tokens.len() > 3, MANY_WORDS),
            (is_char(tokens.start), CHAR_FIRST),
            (is_char(tokens.end - 1), CHAR_LAST),
        ];
        weight *= factors.iter().filter(|(is_so, _)| *is_so).map(|(_, factor)| factor).product::<f64>();
        match candidate.count {
            1 if candidate.is_whole => weight * ONCE,
            1 => weight * ONCE_INSIDE,
            _ => weight * power(cohesion.npmi.max(LEAST_NPMI)) * (1.0 + cohesion.entropy).sqrt(),
        }
    }

    /// How much its places say.
    fn places(&self, candidate: &Candidate) -> f64 {
        let candidates = self.candidates;
        let len = candidates.terms.text.len();
        let last_place = candidates.places(candidate).last().unwrap_or(&candidate.first).tokens();
        let (first, last) =
            (candidates.range(candidate.first.tokens()).start, candidates.range(last_place.clone()).end);
        let title = usize::from(first < TITLE_BYTES) + 2 * usize::from(last + TITLE_BYTES > len);
        let sentences = &candidates.sentences;
        let are_several = sentences[candidate.first.start as usize] != sentences[last_place.end - 1];
        (1.0 + TITLE[title])
            * (1.0 + THROUGHOUT * (last - first) as f64 / len as f64)
            * (if are_several { 1.0 + SENTENCES } else { 1.0 })
    }
}

/// How often it occurs by itself.
fn alone(candidate: &Candidate, cohesion: &Cohesion) -> f64 {
    let alone = f64::from(candidate.count) - NESTED * f64::from(cohesion.within);
    if alone > 0.0 { power(alone) } else { NEVER_ALONE }
}

/// By length in characters, the factor of a keyword's weight.
fn length(candidate: &Candidate) -> f64 {
    const OF_CHARS: [f64; 9] = [SHORT, SHORT, SHORT, 1.0, 1.0, 1.0, LONG, LONG, VERY_LONG];
    OF_CHARS[(candidate.chars as usize).min(OF_CHARS.len() - 1)]
}
