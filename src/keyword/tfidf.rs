//! TF-IDF: what is frequent in the text and rare elsewhere.

use super::TermSource;
use super::terms::{Feed, Terms, frequencies};
use crate::idf::Idf;

/// The weights of the candidates: their share of all candidates, times their inverse document frequency (jieba's
/// rule).
pub(super) fn weigh<S: TermSource + ?Sized>(terms: &Terms<'_>, idf: &Idf, feed: &Feed<'_, S>) -> Vec<(f64, u32)> {
    let slots = terms.candidates();
    let count = |slot: &u32| terms.distinct()[*slot as usize].count;
    let total: u64 = slots.iter().map(|slot| u64::from(count(slot))).sum();
    let idf = frequencies(terms, &slots, idf, feed);
    let weight = |(slot, idf): (&u32, f64)| (f64::from(count(slot)) * idf / total as f64, *slot);
    slots.iter().zip(idf).map(weight).collect()
}
