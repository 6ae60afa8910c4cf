//! How often a sequence stands by itself, and how well it holds together.
//!
//! - *Nested counts*, after the C-value of Frantzi, Ananiadou and Mima (2000): what a sequence owes to the longer ones
//!   that hold it. The C-value takes the mean count of these off; here it is the count of the one that occurs most.
//! - *Pointwise mutual information*: how much more often two parts stand together than they would by chance,
//!   log₂(f·N / (f₁·f₂)) for N tokens, and divided by the most it can be, log₂(N / f), so that it is at most 1 (Bouma
//!   2009). Of all ways to part a sequence in two the one counts at which it comes apart most easily.
//! - *Branching entropy*: how little is known of what stands before it, or after it, once it is known. Within a word
//!   this is little, around it much (Jin and Tanaka-Ishii 2006). Marks and the ends of the text are different each time.

use super::candidates::{Sequence, Sequences};
use super::logs::{log2, n_log2, to_bits};
use crate::keywords::judge::Role;
use crate::numbers::fits;

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
#[expect(clippy::indexing_slicing, reason = "there is an item for every sequence")]
pub(super) fn measure(sequences: &Sequences<'_, '_>) -> Vec<Cohesion> {
    let mut cohesions: Vec<Cohesion> = sequences
        .all()
        .iter()
        .map(|sequence| Cohesion { within: sequence.is_inside.into(), ..Cohesion::default() })
        .collect();
    let mut neighbours = Neighbours::new(sequences);
    for (sequence, number) in sequences.all().iter().zip(0..) {
        if sequence.words == 1 || sequence.count == 1 {
            continue;
        }
        let (first, words) = (sequence.first as usize, usize::from(sequence.words));
        for len in 1..words {
            for start in 0..=words - len {
                if let Some(part) = sequences.of_tokens(first + start, len) {
                    let within = &mut cohesions[part as usize].within;
                    *within = (*within).max(sequence.count);
                }
            }
        }
        let places = sequences.places(number).iter().map(|place| place.tokens());
        let before = places.clone().map(|tokens| tokens.start.checked_sub(1));
        let after = places.map(|tokens| Some(tokens.end));
        cohesions[number as usize].entropy = neighbours.entropy(before).min(neighbours.entropy(after));
        cohesions[number as usize].npmi = npmi(sequences, sequence);
    }
    cohesions
}

/// The normalised pointwise mutual information of a phrase that occurs more than once.
#[expect(clippy::indexing_slicing, reason = "sequences are ranges of the tokens")]
fn npmi(sequences: &Sequences<'_, '_>, sequence: &Sequence) -> f64 {
    let (first, words) = (sequence.first as usize, usize::from(sequence.words));
    // What is no sequence by itself, since it begins with a 之, say, occurs at least as often as the whole.
    let log_of = |start: usize, len: usize| {
        let part = sequences.of_tokens(start, len).map(|part| sequences.all()[part as usize].count);
        let word = || if len == 1 { sequences.terms.of_token(sequences.terms.tokens()[start]).count } else { 0 };
        log2(part.unwrap_or_else(word).max(sequence.count))
    };
    let parts = (1..words).map(|len| log_of(first, len) + log_of(first + len, words - len)).max().unwrap_or(0);
    let (all, this) = (log2(fits(sequences.terms.tokens().len())), log2(sequence.count));
    // The whole and its parts occur at most as often as there are tokens.
    to_bits((this + all).saturating_sub(parts)) / to_bits((all - this).max(1))
}

/// Counts of neighbours, by term.
struct Neighbours<'s, 'a, 't> {
    sequences: &'s Sequences<'a, 't>,
    /// All zero between calls.
    counts: Vec<u32>,
}

impl<'s, 'a, 't> Neighbours<'s, 'a, 't> {
    fn new(sequences: &'s Sequences<'a, 't>) -> Neighbours<'s, 'a, 't> {
        Neighbours { sequences, counts: vec![0; sequences.terms.distinct().len()] }
    }

    /// The term of the token `at`; none for marks and outside of the text.
    fn slot(&self, at: Option<usize>) -> Option<usize> {
        let terms = self.sequences.terms;
        let token = terms.tokens().get(at?)?;
        let role = terms.of_token(*token).role;
        (!matches!(role, Role::Mark | Role::End)).then_some(token.slot as usize)
    }

    /// The entropy of the terms of these tokens, in bits: log₂ n − Σ c·log₂ c / n for n tokens with c of each term.
    #[expect(clippy::indexing_slicing, reason = "there is an item for every different term")]
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
