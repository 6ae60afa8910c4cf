//! TextRank: words that stand near many words which stand near many words.

use super::terms::Terms;
use crate::numbers::fits;

/// How much of a word's rank its neighbours give (Mihalcea and Tarau 2004).
const DAMPING: f64 = 0.85;
/// Sweeps over the graph, and what ranks are multiplied with: jieba-rs's.
const SWEEPS: usize = 20;
const SCALE: f64 = 1e10;

/// The number of what is no candidate.
const NONE: u32 = u32::MAX;

/// The ranks of the candidates in the graph of those that stand less than `window` tokens apart.
pub(super) fn weigh(terms: &Terms<'_>, window: usize) -> Vec<(f64, u32)> {
    // Candidates by number, in the order of their first places.
    let mut slots = terms.candidates();
    slots.sort_by_key(|&slot| terms.distinct()[slot as usize].first);
    let mut numbers = vec![NONE; terms.distinct().len()];
    for (number, &slot) in slots.iter().enumerate() {
        numbers[slot as usize] = fits(number);
    }
    // And one for all words that are of no interest.
    numbers.push(NONE);
    let number = |slot: u32| numbers[(slot as usize).min(numbers.len() - 1)];
    let tokens: Vec<u32> = terms.tokens().iter().map(|token| number(token.slot)).collect();
    let ranks = Graph::new(slots.len(), &edges(&tokens, slots.len(), window)).ranks();
    slots.into_iter().zip(ranks).map(|(slot, rank)| (rank * SCALE, slot)).collect()
}

/// How often each candidate stands before each other one, in the order of their numbers: that in which ranks are
/// added, the same on every machine.
fn edges(tokens: &[u32], candidates: usize, window: usize) -> Vec<((u32, u32), f64)> {
    let mut pairs = pairs(tokens, window);
    let mut sorted = vec![(0, 0); pairs.len()];
    sort_by_number(&pairs, &mut sorted, candidates, |&(_, to)| to);
    sort_by_number(&sorted, &mut pairs, candidates, |&(from, _)| from);
    let mut edges: Vec<((u32, u32), f64)> = vec![((NONE, NONE), 0.0); pairs.len() + 1];
    let mut last = 0;
    for &pair in &pairs {
        last += usize::from(pair != edges[last].0);
        edges[last].0 = pair;
        edges[last].1 += 1.0;
    }
    edges.truncate(last + 1);
    edges.remove(0);
    edges
}

/// The candidates that stand near each other. Which do cannot be predicted, so every pair of tokens is written, and kept
/// if it is one of candidates.
fn pairs(tokens: &[u32], window: usize) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let mut count = 0;
    for apart in 1..window.min(tokens.len()) {
        pairs.resize(count + tokens.len(), (0, 0));
        for (&from, &to) in tokens.iter().zip(&tokens[apart..]) {
            pairs[count] = (from, to);
            count += usize::from((from != NONE) & (to != NONE));
        }
    }
    pairs.truncate(count);
    pairs
}

/// Sort pairs by one of their numbers, which are below `end`; those with one number stay in their order.
fn sort_by_number(pairs: &[(u32, u32)], sorted: &mut [(u32, u32)], end: usize, number: impl Fn(&(u32, u32)) -> u32) {
    let mut next = vec![0; end + 1];
    pairs.iter().for_each(|pair| next[number(pair) as usize + 1] += 1);
    for number in 0..end {
        next[number + 1] += next[number];
    }
    for pair in pairs {
        let next = &mut next[number(pair) as usize];
        sorted[*next] = *pair;
        *next += 1;
    }
}

/// Neighbours of each word, in compressed rows: those of `word` are `neighbours[offsets[word]..offsets[word + 1]]`.
struct Graph {
    offsets: Vec<usize>,
    /// A neighbour, and the share of its rank that it gives.
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
