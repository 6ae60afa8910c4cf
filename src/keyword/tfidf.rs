//! TF-IDF: what is frequent in the text and rare elsewhere.

use super::TermSource;
use super::terms::{Numbers, Terms};
use crate::idf::Idf;

/// The weights of the candidates: their share of all candidates, times their inverse document
/// frequency (jieba's rule).
pub(super) fn weigh<S: TermSource + ?Sized>(terms: &Terms<'_>, idf: &Idf, source: &S) -> Vec<(f64, u32)> {
    let slots = terms.candidates();
    let numbers = Numbers::new(idf, source);
    let count = |slot: u32| terms.distinct[slot as usize].count;
    let total: u64 = slots.iter().map(|&slot| u64::from(count(slot))).sum();
    let weight = |slot| f64::from(count(slot)) * terms.idf(slot, idf, &numbers, source) / total as f64;
    slots.into_iter().map(|slot| (weight(slot), slot)).collect()
}
