//! TF-IDF: what is frequent in the text and rare elsewhere.

use super::terms::{Frequencies, Terms};
use super::{Idf, TermSource};

/// The weights of the candidates: their share of all candidates, times their inverse document frequency (jieba's
/// rule).
pub(super) fn weigh<S: TermSource + ?Sized>(terms: &Terms<'_>, idf: &Idf, source: &S) -> Vec<(f64, usize)> {
    let frequencies = Frequencies::new(idf, source);
    let candidates = || terms.distinct.iter().enumerate().filter(|(_, counted)| counted.judgement.is_candidate);
    let total: usize = candidates().map(|(_, counted)| counted.count).sum();
    candidates().map(|(slot, counted)| (counted.count as f64 * frequencies.of(counted) / total as f64, slot)).collect()
}
