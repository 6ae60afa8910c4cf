//! How often a sequence stands by itself, and how well it holds together.
//!
//! - *Nested counts*, after the C-value of Frantzi, Ananiadou and Mima (2000): what a sequence owes to the longer ones
//!   that hold it. The C-value takes the mean count of these off; here it is the count of the one that occurs most.
//! - *Pointwise mutual information*: how much more often two parts stand together than they would by chance,
//!   log₂(f·N / (f₁·f₂)) for N tokens, and divided by the most it can be, log₂(N / f), so that it is at most 1 (Bouma
//!   2009). Of all ways to part a sequence in two the one counts at which it comes apart most easily.
//! - *Branching entropy*: how little is known of what stands before it, or after it, once it is known. Within a word
//!   this is little, around it much (Jin and Tanaka-Ishii 2006). Marks and the ends of the text are different each time.

use super::candidates::{NONE, Place, Sequences};
use super::logs::{log2, n_log2, to_bits};
use crate::keywords::judge::Role;

/// What is counted of one sequence.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cohesion {
    /// How often the longer sequence occurs that holds it and occurs most.
    pub(super) within: u32,
    /// Normalised pointwise mutual information; 0 for words, and for what occurs once.
    pub(super) npmi: f64,
    /// The lesser of the two branching entropies, in bits; 0 for words, and for what occurs once.
    pub(super) entropy: f64,
}

/// The cohesion of every sequence.
pub(super) fn measure(sequences: &Sequences<'_, '_>) -> Vec<Cohesion> {
    let mut cohesions: Vec<Cohesion> = sequences
        .all
        .iter()
        .map(|sequence| Cohesion { within: sequence.is_inside.into(), ..Cohesion::default() })
        .collect();
    let phrases = Repeated::new(sequences);
    for &phrase in &phrases.numbers {
        let sequence = &sequences.all[phrase as usize];
        let words = usize::from(sequence.words);
        let first = sequence.first as usize;
        for len in 1..words {
            for start in 0..=words - len {
                if let Some(part) = sequences.of_tokens(first + start, len) {
                    let within = &mut cohesions[part as usize].within;
                    *within = (*within).max(sequence.count);
                }
            }
        }
        cohesions[phrase as usize].npmi = npmi(sequences, phrase);
    }
    let mut neighbours = Neighbours::new(sequences);
    for (at, &phrase) in phrases.numbers.iter().enumerate() {
        let places = &phrases.places[phrases.ends[at] as usize..phrases.ends[at + 1] as usize];
        let before = places.iter().map(|place| (place.start as usize).checked_sub(1));
        let after = places.iter().map(|place| Some(place.start as usize + usize::from(place.words)));
        let entropy = neighbours.entropy(before).min(neighbours.entropy(after));
        cohesions[phrase as usize].entropy = entropy;
    }
    cohesions
}

/// The normalised pointwise mutual information of a phrase that occurs more than once.
fn npmi(sequences: &Sequences<'_, '_>, phrase: u32) -> f64 {
    let sequence = &sequences.all[phrase as usize];
    let (first, words) = (sequence.first as usize, usize::from(sequence.words));
    // What is no sequence by itself, since it begins with a stop word, say, occurs at least as often as the whole.
    let log_of = |start: usize, len: usize| {
        let part = sequences.of_tokens(start, len).map(|part| sequences.all[part as usize].count);
        let word = || if len == 1 { sequences.terms.count_at(start) as u32 } else { 0 };
        log2(part.unwrap_or_else(word).max(sequence.count))
    };
    let parts = (1..words).map(|len| log_of(first, len) + log_of(first + len, words - len)).max().unwrap_or(0);
    let (all, this) = (log2(sequences.terms.tokens.len() as u32), log2(sequence.count));
    // The whole and its parts occur at most as often as there are tokens.
    to_bits((this + all).saturating_sub(parts)) / to_bits((all - this).max(1))
}

/// The phrases that occur more than once, with their places.
struct Repeated {
    numbers: Vec<u32>,
    /// Where in `places` those of each begin; those of the next end there.
    ends: Vec<u32>,
    places: Vec<Place>,
}

impl Repeated {
    fn new(sequences: &Sequences<'_, '_>) -> Repeated {
        let mut numbers = Vec::new();
        let mut ends = vec![0];
        let mut next = vec![NONE; sequences.all.len()];
        let mut end = 0;
        for (sequence, number) in sequences.all.iter().zip(0..) {
            if sequence.words > 1 && sequence.count > 1 {
                next[number as usize] = end;
                end += sequence.count;
                numbers.push(number);
                ends.push(end);
            }
        }
        let mut places = vec![Place { sequence: NONE, start: 0, words: 0 }; end as usize];
        for place in &sequences.places {
            let next = &mut next[place.sequence as usize];
            if *next != NONE {
                places[*next as usize] = *place;
                *next += 1;
            }
        }
        Repeated { numbers, ends, places }
    }
}

/// Counts of neighbours, by term.
struct Neighbours<'s, 'a, 't> {
    sequences: &'s Sequences<'a, 't>,
    /// All zero between calls.
    counts: Vec<u32>,
}

impl<'s, 'a, 't> Neighbours<'s, 'a, 't> {
    fn new(sequences: &'s Sequences<'a, 't>) -> Neighbours<'s, 'a, 't> {
        Neighbours { sequences, counts: vec![0; sequences.terms.distinct.len()] }
    }

    /// The term of the token `at`; none for marks and outside of the text.
    fn slot(&self, at: Option<usize>) -> Option<usize> {
        let token = self.sequences.terms.tokens.get(at?)?;
        let role = self.sequences.terms.distinct[token.slot as usize].judgement.role;
        (!matches!(role, Role::Mark | Role::End)).then_some(token.slot as usize)
    }

    /// The entropy of the terms of these tokens, in bits: log₂ n − Σ c·log₂ c / n for n tokens with c of each term.
    fn entropy(&mut self, tokens: impl Iterator<Item = Option<usize>> + Clone) -> f64 {
        let (mut all, mut sum) = (0, 0);
        for token in tokens.clone() {
            all += 1;
            if let Some(slot) = self.slot(token) {
                sum += n_log2(self.counts[slot] + 1) - n_log2(self.counts[slot]);
                self.counts[slot] += 1;
            }
        }
        for token in tokens {
            if let Some(slot) = self.slot(token) {
                self.counts[slot] = 0;
            }
        }
        to_bits(n_log2(all) - sum) / f64::from(all)
    }
}
