//! TF-IDF: what is frequent in the text and rare elsewhere.

use super::Extractor;
use super::terms::{Rarity, Terms};
use crate::segment::Answers;

/// The weights of the candidates: their share of all candidates, times their inverse document
/// frequency (jieba's rule).
pub(super) fn weigh(extractor: &Extractor, terms: &Terms<'_>, source: &Answers<'_>) -> Vec<(f64, u32)> {
    let slots = terms.candidates();
    let rarity = Rarity::new(extractor, source);
    let count = |slot: u32| terms.counts[slot as usize];
    let total: u64 = slots.iter().map(|&slot| u64::from(count(slot))).sum();
    let weight = |slot| f64::from(count(slot)) * rarity.of(&terms.distinct[slot as usize]) / total as f64;
    slots.into_iter().map(|slot| (weight(slot), slot)).collect()
}
