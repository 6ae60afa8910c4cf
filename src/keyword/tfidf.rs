//! TF-IDF: terms that are frequent in the text and rare elsewhere weigh most.

use super::Extractor;
use super::terms::{Rarity, Terms};
use crate::segment::TermSource;

/// Returns the weights of the candidates: their share of the occurrences of all candidates, times
/// their inverse document frequency (jieba's rule). Candidates that are not among the `k` best may
/// be left out.
pub(super) fn weigh(extractor: &Extractor, terms: &Terms<'_>, source: &dyn TermSource, k: usize) -> Vec<(f64, u32)> {
    let slots = terms.candidates();
    let rarity = Rarity::new(extractor, source);
    let count = |slot: u32| terms.counts[slot as usize];
    let total = slots.iter().map(|&slot| u64::from(count(slot))).sum::<u64>() as f64;
    let weigh = |slot| (f64::from(count(slot)) * rarity.of(&terms.distinct[slot as usize]) / total, slot);
    let (once, more): (Vec<u32>, Vec<u32>) = slots.into_iter().partition(|&slot| count(slot) == 1);
    let mut weights: Vec<(f64, u32)> = more.into_iter().map(weigh).collect();
    // In most texts, enough terms weigh more than the upper bound of a term that occurs once.
    let most_of_once = rarity.greatest() / total;
    if weights.iter().filter(|(weight, _)| *weight > most_of_once).count() < k {
        weights.extend(once.into_iter().map(weigh));
    }
    weights
}
