//! Measures how often a candidate stands by itself, and how well it holds together.
//!
//! - *Nested counts*, after the C-value of Frantzi, Ananiadou and Mima (2000): the share of a
//!   candidate's count that comes from longer candidates that hold it. The C-value subtracts their
//!   mean count. Here it is the count of the most frequent one.
//! - *Pointwise mutual information*: how much more often two parts stand together than by chance,
//!   log₂(f·N / (f₁·f₂)) for N tokens. It is divided by its greatest value, log₂(N / f), so that it
//!   is at most 1 (Bouma 2009). A candidate is parted in two where it comes apart most easily.
//! - *Branching entropy*: how many words may stand before a candidate, or after it. It is small
//!   inside a word and great around it (Jin and Tanaka-Ishii 2006). Marks and the ends of the text
//!   are different each time.

use super::candidates::{Candidates, PhraseCandidate, PhrasePlace};
use super::logs::{log2, n_log2, to_bits};
use crate::keyword::judge::Role;
use crate::numbers::fits;

/// The measures of one candidate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cohesion {
    /// The count of the most frequent longer candidate that holds it. It is at least 1 for a
    /// candidate that repeats, because nearly all of these are inside a longer one somewhere.
    pub(super) within: u32,
    /// `true` if the text has it only as part of one longer candidate, which adds a link beside it
    /// or only single characters: 连斯基 in 泽连斯基, Visual in Visual Studio.
    pub(super) is_broken: bool,
    /// Normalised pointwise mutual information; 0 for words, and for candidates that occur once.
    pub(super) npmi: f64,
    /// The lesser of the two branching entropies, in bits; 0 for words, and for candidates that
    /// occur once.
    pub(super) entropy: f64,
}

/// Returns the cohesion of every candidate.
pub(super) fn measure(candidates: &Candidates<'_, '_>) -> Vec<Cohesion> {
    let within = |candidate: &PhraseCandidate| (candidate.count > 1 || candidates.is_inside(candidate)).into();
    let cohesion = |candidate| Cohesion { within: within(candidate), ..Cohesion::default() };
    let mut cohesions: Vec<Cohesion> = candidates.all.iter().map(cohesion).collect();
    let mut slots = Vec::new();
    for (number, candidate) in candidates.all.iter().enumerate() {
        let tokens = candidate.first.tokens();
        if tokens.len() == 1 || candidate.count == 1 {
            continue;
        }
        for start in tokens.clone() {
            for end in start + 1..=tokens.end {
                if let Some(part) = candidates.at(start..end).filter(|&part| part != number) {
                    let within = &mut cohesions[part].within;
                    *within = (*within).max(candidate.count);
                    let mut beside = (tokens.start..start).chain(end..tokens.end);
                    let is_char = |at: usize| candidates.terms.of(candidates.terms.tokens[at]).chars == 1;
                    let is_link = |at: usize| tokens.contains(&at) && candidates.roles[at] == Role::Link;
                    let is_less = is_link(end) || start > 0 && is_link(start - 1) || beside.all(is_char);
                    cohesions[part].is_broken |= is_less && candidates.all[part].count == candidate.count;
                }
            }
        }
        let places = candidates.places(candidate).map(PhrasePlace::tokens);
        let before = entropy(candidates, places.clone().map(|tokens| tokens.start.checked_sub(1)), &mut slots);
        let after = entropy(candidates, places.map(|tokens| Some(tokens.end)), &mut slots);
        cohesions[number].entropy = before.min(after);
        cohesions[number].npmi = npmi(candidates, candidate);
    }
    cohesions
}

/// Returns the normalised pointwise mutual information of a phrase that occurs more than once.
fn npmi(candidates: &Candidates<'_, '_>, candidate: &PhraseCandidate) -> f64 {
    let (terms, tokens) = (candidates.terms, candidate.first.tokens());
    // A part that is no candidate, for example because it begins with 之, occurs at least as often
    // as the whole.
    let log_of = |start: usize, end: usize| {
        let part = candidates.at(start..end).map(|part| candidates.all[part].count);
        let word = if end - start == 1 { terms.counts[terms.tokens[start].slot as usize] } else { 0 };
        log2(part.unwrap_or(word).max(candidate.count))
    };
    let parts = (tokens.start + 1..tokens.end).map(|middle| log_of(tokens.start, middle) + log_of(middle, tokens.end));
    let (all, this) = (log2(fits(terms.tokens.len())), log2(candidate.count));
    // The whole and its parts occur at most as often as there are tokens.
    to_bits((this + all).saturating_sub(parts.max().unwrap_or(0))) / to_bits((all - this).max(1))
}

/// Returns the entropy of the terms of these tokens, in bits: log₂ n − Σ c·log₂ c / n, for n tokens
/// and c tokens of each term. `slots` is a buffer for the slots of the terms.
fn entropy(candidates: &Candidates<'_, '_>, tokens: impl Iterator<Item = Option<usize>>, slots: &mut Vec<u32>) -> f64 {
    let terms = candidates.terms;
    let slot = |at: usize| {
        let token = terms.tokens.get(at)?;
        (!matches!(candidates.roles[at], Role::Mark | Role::End)).then_some(token.slot)
    };
    slots.clear();
    let mut all = 0;
    for token in tokens {
        all += 1;
        slots.extend(token.and_then(slot));
    }
    slots.sort_unstable();
    let sum: u64 = slots.chunk_by(|a, b| a == b).map(|same| n_log2(fits(same.len()))).sum();
    to_bits(n_log2(all) - sum) / f64::from(all)
}
