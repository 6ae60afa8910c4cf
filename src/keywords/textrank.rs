//! TextRank: words that stand near many words which stand near many words.

use super::terms::Terms;

/// How much of a word's rank its neighbours give (Mihalcea and Tarau 2004).
const DAMPING: f64 = 0.85;
/// Sweeps over the graph, and what ranks are multiplied with: jieba-rs's.
const SWEEPS: usize = 20;
const SCALE: f64 = 1e10;

/// The number of what is no candidate.
const NONE: u32 = u32::MAX;

/// The ranks of the candidates in the graph of those that stand less than `span` tokens apart.
pub(super) fn weigh(terms: &Terms<'_>, span: usize) -> Vec<(f64, u32)> {
    // Candidates by number, in the order of their first places.
    let mut slots = terms.candidates();
    slots.sort_by_key(|&slot| terms.distinct()[slot as usize].first);
    let mut numbers = vec![NONE; terms.distinct().len()];
    for (number, &slot) in slots.iter().enumerate() {
        numbers[slot as usize] = number as u32;
    }
    let tokens: Vec<u32> = terms.tokens().iter().map(|token| numbers[token.slot as usize]).collect();
    let ranks = Graph::new(slots.len(), &edges(&tokens, slots.len(), span)).ranks();
    slots.into_iter().zip(ranks).map(|(slot, rank)| (rank * SCALE, slot)).collect()
}

/// How often each candidate stands before each other one, in the order of their numbers: that in which ranks are
/// added, the same on every machine.
fn edges(tokens: &[u32], candidates: usize, span: usize) -> Vec<((u32, u32), f64)> {
    // By the first of each pair, with counts; then the second ones, of which each has few, sorted.
    let mut ends = vec![0usize; candidates + 1];
    each_pair(tokens, span, |from, _| ends[from as usize + 1] += 1);
    for candidate in 0..candidates {
        ends[candidate + 1] += ends[candidate];
    }
    let mut next = ends.clone();
    let mut second = vec![0u32; ends[candidates]];
    each_pair(tokens, span, |from, to| {
        second[next[from as usize]] = to;
        next[from as usize] += 1;
    });
    let mut edges = Vec::with_capacity(second.len());
    for from in 0..candidates {
        let second = &mut second[ends[from]..ends[from + 1]];
        second.sort_unstable();
        for same in second.chunk_by(|a, b| a == b) {
            edges.push(((from as u32, same[0]), same.len() as f64));
        }
    }
    edges
}

fn each_pair(tokens: &[u32], span: usize, mut each: impl FnMut(u32, u32)) {
    for (at, &from) in tokens.iter().enumerate() {
        if from != NONE {
            let near = tokens[at + 1..].iter().take(span.saturating_sub(1));
            near.filter(|&&to| to != NONE).for_each(|&to| each(from, to));
        }
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
