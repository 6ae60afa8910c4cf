//! TF-IDF: what is frequent in the text and rare elsewhere.

use super::terms::{Feed, Frequencies, Terms};
use super::{Idf, TermSource};

/// The weights of the candidates: their share of all candidates, times their inverse document frequency (jieba's
/// rule).
pub(super) fn weigh<S: TermSource + ?Sized>(terms: &Terms<'_>, idf: &Idf, feed: &Feed<'_, S>) -> Vec<(f64, u32)> {
    let frequencies = Frequencies::new(idf, feed);
    let candidates = terms.candidates();
    let counted = |&slot: &u32| &terms.distinct()[slot as usize];
    let total: u64 = candidates.iter().map(|slot| u64::from(counted(slot).count)).sum();
    let weight = |slot: &u32| f64::from(counted(slot).count) * frequencies.of(terms, counted(slot)) / total as f64;
    candidates.iter().map(|slot| (weight(slot), *slot)).collect()
}
