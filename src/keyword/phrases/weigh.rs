//! The weight of a candidate.

use super::candidates::{Candidate, Candidates};
use super::cohesion::Cohesion;
use crate::dictionary::Tag;

/// How much of the count of the longer candidate that occurs most is taken from one that it holds.
const NESTED: f64 = 0.5;
/// What a candidate's count is worth that never stands by itself.
const NEVER_ALONE: f64 = 0.2;
/// An inverse document frequency as many words have it, as a share of that of a word that the table does not have, since
/// tables differ in scale: by what a word is rarer, it outweighs the mean of a phrase.
const COMMON_IDF: f64 = 0.753;
/// The share of its weight that a phrase keeps that occurs but once.
const ONCE: f64 = 0.4;
/// The least cohesion that counts.
const LEAST_NPMI: f64 = 0.05;
/// Names of persons; and phrases that end with one, which are titles and what persons do.
const NAME: f64 = 1.5;
const BEFORE_NAME: f64 = 0.5;
/// Phrases with a verb inside, which are sentences, mostly.
const CLAUSE: f64 = 0.5;
/// What is added where titles stand: in so many bytes at the beginning and at the end, thirty characters.
const TITLE: f64 = 0.75;
const TITLE_BYTES: usize = 90;
/// What is added for being spoken of from the beginning to the end, and in more than one sentence.
const THROUGHOUT: f64 = 2.0;
const SENTENCES: f64 = 0.5;
/// By length in characters: the share that short keywords keep, which say little, and long ones, which nobody reads.
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
        let name = if self.tag(token) == const { Tag::known("nr") } { NAME } else { 1.0 };
        idf * idf / common_idf * name
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
        match candidate.count {
            1 => weight * ONCE,
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
        let is_title = first < TITLE_BYTES || last + TITLE_BYTES > len;
        let sentences = &candidates.sentences;
        let are_several = sentences[candidate.first.start as usize] != sentences[last_place.end - 1];
        (if is_title { 1.0 + TITLE } else { 1.0 })
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
