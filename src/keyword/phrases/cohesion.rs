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
use crate::keyword::judge::Role;
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
fn npmi(sequences: &Sequences<'_, '_>, sequence: &Sequence) -> f64 {
    let (first, words) = (sequence.first as usize, usize::from(sequence.words));
    // What is no sequence by itself, since it begins with a 之, say, occurs at least as often as the whole.
    let log_of = |start: usize, len: usize| {
        let part = sequences.of_tokens(start, len).map(|part| sequences.all()[part as usize].count);
        let token = sequences.terms.tokens()[start];
        let word = || if len == 1 { sequences.terms.of_wanted(token).count } else { 0 };
        log2(part.unwrap_or_else(word).max(sequence.count))
    };
    let parts = (1..words).map(|len| log_of(first, len) + log_of(first + len, words - len)).max().unwrap_or(0);
    let (all, this) = (log2(fits(sequences.terms.tokens().len())), log2(sequence.count));
    // The whole and its parts occur at most as often as there are tokens.
    to_bits((this + all).saturating_sub(parts)) / to_bits((all - this).max(1))
}

/// Counts of neighbours.
struct Neighbours<'s, 'a, 't> {
    sequences: &'s Sequences<'a, 't>,
    /// The slots of neighbours.
    slots: Vec<u32>,
}

impl<'s, 'a, 't> Neighbours<'s, 'a, 't> {
    fn new(sequences: &'s Sequences<'a, 't>) -> Neighbours<'s, 'a, 't> {
        Neighbours { sequences, slots: Vec::new() }
    }

    /// The slot of the token `at`; none for marks and outside of the text.
    fn slot(&self, at: Option<usize>) -> Option<u32> {
        let terms = self.sequences.terms;
        let token = terms.tokens().get(at?)?;
        let is_mark = terms.of_token(*token).is_some_and(|term| matches!(term.role, Role::Mark | Role::End));
        (!is_mark).then_some(token.slot)
    }

    /// The entropy of the terms of these tokens, in bits: log₂ n − Σ c·log₂ c / n for n tokens with c of each term.
    fn entropy(&mut self, tokens: impl Iterator<Item = Option<usize>>) -> f64 {
        let mut slots = std::mem::take(&mut self.slots);
        slots.clear();
        let mut all = 0;
        for token in tokens {
            all += 1;
            slots.extend(self.slot(token));
        }
        slots.sort_unstable();
        let sum: u64 = slots.chunk_by(|a, b| a == b).map(|same| n_log2(fits(same.len()))).sum();
        self.slots = slots;
        to_bits(n_log2(all) - sum) / f64::from(all)
    }
}
