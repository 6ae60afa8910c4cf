//! TextRank: a word ranks the higher, the more words of high rank stand near it.

use super::terms::Terms;
use crate::numbers::low;

/// The share of a word's rank that comes from its neighbours (Mihalcea and Tarau 2004).
const DAMPING: f64 = 0.85;
/// The number of sweeps over the graph, and the factor of the ranks, as in jieba-rs.
const SWEEPS: usize = 20;
const SCALE: f64 = 1e10;

/// Returns the ranks of the candidates. Two candidates are neighbours if they stand less than
/// `window` tokens apart.
pub(super) fn weigh(terms: &Terms<'_>, window: usize) -> Vec<(f64, u32)> {
    let slots = terms.candidates();
    let mut numbers: Vec<Option<u32>> = vec![None; terms.distinct.len()];
    slots.iter().zip(0..).for_each(|(&slot, number)| numbers[slot as usize] = Some(number));
    let tokens: Vec<Option<u32>> = terms.tokens.iter().map(|token| numbers[token.slot as usize]).collect();
    let ranks = Graph::new(slots.len(), &edges(&tokens, window)).ranks();
    slots.into_iter().zip(ranks).map(|(slot, rank)| (rank * SCALE, slot)).collect()
}

/// Counts how often each candidate stands before each other one, less than `window` tokens apart.
/// The edges are sorted, so that ranks are added in the same order on every machine.
fn edges(tokens: &[Option<u32>], window: usize) -> Vec<((u32, u32), f64)> {
    let mut pairs: Vec<u64> = Vec::new();
    let pair = |(from, to): (u32, u32)| u64::from(from) << 32 | u64::from(to);
    for apart in 1..window.min(tokens.len()) {
        pairs.extend(tokens.iter().zip(&tokens[apart..]).filter_map(|(&from, &to)| from.zip(to).map(pair)));
    }
    pairs.sort_unstable();
    pairs.chunk_by(|a, b| a == b).map(|same| ((low(same[0] >> 32), low(same[0])), same.len() as f64)).collect()
}

/// The neighbours of each word, in compressed rows. The row of `word` is
/// `neighbours[offsets[word]..offsets[word + 1]]`.
struct Graph {
    offsets: Vec<usize>,
    /// A neighbour, and the share of its rank that it gives to the word.
    neighbours: Vec<(u32, f64)>,
}

impl Graph {
    fn new(words: usize, edges: &[((u32, u32), f64)]) -> Graph {
        let mut offsets = vec![0; words + 1];
        for &((from, to), _) in edges {
            offsets[from as usize + 1] += 1;
            offsets[to as usize + 1] += 1;
        }
        for word in 0..words {
            offsets[word + 1] += offsets[word];
        }
        let mut neighbours = vec![(0, 0.0); offsets[words]];
        let mut next = offsets.clone();
        let mut given = vec![0.0; words];
        for &((from, to), count) in edges {
            for (word, neighbour) in [(from, to), (to, from)] {
                neighbours[next[word as usize]] = (neighbour, count);
                next[word as usize] += 1;
                given[word as usize] += count;
            }
        }
        for (neighbour, share) in &mut neighbours {
            *share /= given[*neighbour as usize];
        }
        Graph { offsets, neighbours }
    }

    fn ranks(&self) -> Vec<f64> {
        let words = self.offsets.len() - 1;
        let mut ranks = vec![1.0 / words as f64; words];
        for _ in 0..SWEEPS {
            for word in 0..words {
                let neighbours = &self.neighbours[self.offsets[word]..self.offsets[word + 1]];
                let sum: f64 = neighbours.iter().map(|&(neighbour, share)| share * ranks[neighbour as usize]).sum();
                ranks[word] = (1.0 - DAMPING) + DAMPING * sum;
            }
        }
        ranks
    }
}
