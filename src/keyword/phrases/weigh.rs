//! What a candidate weighs.

use super::candidates::{Sequence, Sequences};
use super::cohesion::Cohesion;
use crate::dictionary::Tag;
use crate::keyword::terms::{Distinct, Token};
use crate::numbers::fits;

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

/// What candidates are weighed with.
pub(super) struct Scales<'s> {
    sequences: &'s [Sequence],
    cohesions: &'s [Cohesion],
    tokens: &'s [Token],
    terms: &'s [Distinct],
    /// By token: how many sentences end before it.
    sentences: &'s [u32],
    /// By term.
    idf: &'s [f64],
    common_idf: f64,
    /// How long the text is, in bytes.
    len: usize,
    /// What counts are worth, by twice the count, for the most of them.
    counts: [f64; 16],
}

/// To the power of 3/4. Square roots are the same on every machine, which other powers are not.
fn power(x: f64) -> f64 {
    let root = x.sqrt();
    root * root.sqrt()
}

impl<'s> Scales<'s> {
    pub(super) fn new(
        sequences: &'s Sequences<'s, 's>,
        cohesions: &'s [Cohesion],
        idf: &'s [f64],
        of_unknown: f64,
        len: usize,
    ) -> Scales<'s> {
        // A value that a user has given may be anything.
        let common_idf = if of_unknown > 0.0 { COMMON_IDF * of_unknown } else { 1.0 };
        let mut counts = std::array::from_fn(|at| power(NESTED * at as f64));
        counts[0] = NEVER_ALONE;
        Scales {
            sequences: sequences.all(),
            cohesions,
            tokens: sequences.terms.tokens(),
            terms: sequences.terms.distinct(),
            sentences: sequences.sentences(),
            idf,
            common_idf,
            len,
            counts,
        }
    }

    /// What makes a weight greater or less cannot be predicted, so each is looked up.
    pub(super) fn weigh(&self, number: usize) -> f64 {
        let (sequence, cohesion) = (&self.sequences[number], &self.cohesions[number]);
        let words = match sequence.words {
            1 => self.word(sequence),
            _ => self.phrase(sequence, cohesion),
        };
        self.alone(sequence, cohesion) * words * length(sequence) * self.places(sequence)
    }

    /// How often it occurs by itself.
    fn alone(&self, sequence: &Sequence, cohesion: &Cohesion) -> f64 {
        // In halves.
        let alone = (2 * u64::from(sequence.count)).saturating_sub(cohesion.within.into());
        match self.counts.get(fits::<usize, _>(alone)) {
            Some(&power) => power,
            None => power(NESTED * alone as f64),
        }
    }

    /// What a word says for itself: how rare it is, and whether it is a name.
    fn word(&self, sequence: &Sequence) -> f64 {
        let slot = self.tokens[sequence.first as usize].slot as usize;
        let idf = self.idf[slot].max(0.0);
        idf * idf / self.common_idf * choose(self.terms[slot].tag == const { Tag::known("nr") }, NAME)
    }

    /// What the words of a phrase say for it: how rare they are, which parts of speech, how well they hold together.
    fn phrase(&self, sequence: &Sequence, cohesion: &Cohesion) -> f64 {
        let tokens = &self.tokens[sequence.tokens()];
        let tag = |at: usize| self.terms[tokens[at].slot as usize].tag;
        let idf = |token: &Token| self.idf[token.slot as usize];
        let last = tokens.len() - 1;
        let mut weight = (tokens.iter().map(idf).sum::<f64>() / tokens.len() as f64).max(0.0);
        if tag(last).as_bytes().starts_with(b"nr") {
            weight *= BEFORE_NAME;
        }
        if (1..last).any(|at| tag(at) == const { Tag::known("v") }) {
            weight *= CLAUSE;
        }
        match sequence.count {
            1 => weight * ONCE,
            _ => weight * power(cohesion.npmi.max(LEAST_NPMI)) * (1.0 + cohesion.entropy).sqrt(),
        }
    }

    /// What its places say for it.
    fn places(&self, sequence: &Sequence) -> f64 {
        let (first_token, last_token) = (sequence.first as usize, sequence.last as usize);
        let (first, last) = (self.tokens[first_token].start(), self.tokens[last_token].end());
        let title = choose((first < TITLE_BYTES) | (last + TITLE_BYTES > self.len), 1.0 + TITLE);
        let throughout = 1.0 + THROUGHOUT * (last - first) as f64 / self.len as f64;
        let sentences = choose(self.sentences[first_token] != self.sentences[last_token], 1.0 + SENTENCES);
        title * throughout * sentences
    }
}

/// By length in characters, what a keyword's weight is multiplied with.
fn length(sequence: &Sequence) -> f64 {
    const OF_CHARS: [f64; 9] = [SHORT, SHORT, SHORT, 1.0, 1.0, 1.0, LONG, LONG, VERY_LONG];
    OF_CHARS[usize::from(sequence.chars).min(OF_CHARS.len() - 1)]
}

/// This factor or none.
fn choose(is_wanted: bool, factor: f64) -> f64 {
    [1.0, factor][usize::from(is_wanted)]
}
