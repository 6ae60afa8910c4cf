//! The conditional random field. It computes the probability of the correct borders, and moves the
//! weights to raise it.

use fenci::segment::Around;

use super::follow_the_leader::Weights;
use super::numbering::{EDGES, Example, NONE, Numbering};

/// Gradients below this have no effect that matters.
const SMALL: f32 = 1e-3;
/// Weights of a feature: four for borders, and three for single characters.
const WEIGHTS: usize = 7;

/// The two sums of a position, and later their gradients: one for the border after it, one for the
/// character as a word by itself.
#[derive(Clone, Copy, Default)]
struct Both {
    border: f32,
    single: f32,
}

pub(super) struct Field {
    rows: Weights,
    pairs: Weights,
    marks: Weights,
    mark_pairs: Weights,
    /// By symbol: `true` if it is a Han character.
    han: Vec<bool>,
    /// By position, with the edges. The gradients have the same form.
    sums: Vec<Both>,
    gradients: Vec<Both>,
    /// By position of the text: the probabilities of no border and of a border after it, given the
    /// text before.
    forward: Vec<[f64; 2]>,
}

impl Field {
    pub(super) fn new(numbering: &Numbering, sparsity: f32) -> Field {
        let symbols = numbering.symbols();
        let first = usize::from(fenci::segment::Symbol::UNKNOWN_HAN);
        Field {
            rows: Weights::new(symbols * WEIGHTS, sparsity),
            pairs: Weights::new(numbering.pairs.of.len() * WEIGHTS, sparsity),
            marks: Weights::new(256 * WEIGHTS, sparsity),
            mark_pairs: Weights::new((1 << 12) * WEIGHTS, sparsity),
            han: (0..symbols).map(|symbol| (first..=first + numbering.han).contains(&symbol)).collect(),
            sums: Vec::new(),
            gradients: Vec::new(),
            forward: Vec::new(),
        }
    }

    /// Adds up the weights of all positions.
    fn sum(&mut self, example: &Example<'_>) {
        self.sums.clear();
        self.sums.resize(example.symbols.len() + 2, Both::default());
        for at in 1..example.symbols.len() {
            let mut all: [f32; WEIGHTS] = self.rows.row(example.symbols[at].into());
            let mut add =
                |weights: [f32; WEIGHTS]| all.iter_mut().zip(weights).for_each(|(all, weight)| *all += weight);
            if example.pairs[at - 1] != NONE {
                add(self.pairs.row(example.pairs[at - 1] as usize));
            }
            if let Some((mark, pair)) = example.marks_at(at) {
                add(self.marks.row(mark));
                add(self.mark_pairs.row(pair));
            }
            // A symbol has weights for two positions before it, for its own, and for one after it.
            // The first edges have fewer positions before them.
            for (offset, sum) in self.sums[at.saturating_sub(2)..at + 2].iter_mut().rev().enumerate() {
                sum.border += all[3 - offset];
                sum.single += if offset < 3 { all[6 - offset] } else { 0.0 };
            }
        }
    }

    /// Moves the weights towards the correct borders of a sentence.
    pub(super) fn learn(&mut self, example: &Example<'_>) {
        self.sum(example);
        let tags = &example.sentence.tags;
        let weight = example.sentence.weight;
        let len = tags.len();
        let sums = &self.sums[EDGES..EDGES + len];
        let is_han = |at: usize| self.han[usize::from(example.symbols[EDGES + at])];
        // Only between two Han characters may there be no border. Everything else is a word by
        // itself.
        let may_go_on = |at: usize| f64::from(u8::from(at + 1 < len && is_han(at) && is_han(at + 1)));

        self.forward.clear();
        let mut before = [0.0, 1.0];
        for (at, sum) in sums.iter().enumerate() {
            let border = f64::from(sum.border).exp() * (before[0] + before[1] * f64::from(sum.single).exp());
            let inside = may_go_on(at) * (before[0] + before[1]);
            before = [inside / (inside + border), border / (inside + border)];
            self.forward.push(before);
        }

        self.gradients.clear();
        self.gradients.resize(example.symbols.len() + 2, Both::default());
        let mut after = [0.0, 1.0];
        for at in (0..len).rev() {
            let here = self.forward[at];
            let all = here[0] * after[0] + here[1] * after[1];
            let before = if at > 0 { self.forward[at - 1] } else { [0.0, 1.0] };
            let border = f64::from(sums[at].border).exp() * after[1];
            let single = border * f64::from(sums[at].single).exp();
            let inside = may_go_on(at) * after[0];
            // The probabilities of ways over this position, without the part before it.
            let ways = [inside + border, inside + single];
            let ends = tags[at].ends();
            let begins = at == 0 || tags[at - 1].ends();
            let gradient = &mut self.gradients[EDGES + at];
            gradient.border = weight * (here[1] * after[1] / all - f64::from(u8::from(ends))) as f32;
            let is_single = before[1] * single / (before[0] * ways[0] + before[1] * ways[1]);
            gradient.single = weight * (is_single - f64::from(u8::from(begins && ends))) as f32;
            after = [ways[0] / (ways[0] + ways[1]), ways[1] / (ways[0] + ways[1])];
        }
        self.descend(example);
    }

    /// Moves all weights of a sentence by the gradients of its positions.
    fn descend(&mut self, example: &Example<'_>) {
        for at in 1..example.symbols.len() {
            let mut all = [0.0; WEIGHTS];
            for (offset, gradient) in self.gradients[at.saturating_sub(2)..at + 2].iter().rev().enumerate() {
                all[3 - offset] = gradient.border;
                if offset < 3 {
                    all[6 - offset] = gradient.single;
                }
            }
            if all.iter().all(|gradient| gradient.abs() < SMALL) {
                continue;
            }
            self.rows.learn(example.symbols[at].into(), &all);
            if example.pairs[at - 1] != NONE {
                self.pairs.learn(example.pairs[at - 1] as usize, &all);
            }
            if let Some((mark, pair)) = example.marks_at(at) {
                self.marks.learn(mark, &all);
                self.mark_pairs.learn(pair, &all);
            }
        }
    }

    pub(super) fn rows(&self) -> Vec<Around> {
        arounds(&self.rows).collect()
    }

    pub(super) fn pairs(&self, numbering: &Numbering) -> Vec<([u16; 2], Around)> {
        numbering.pairs.of.iter().copied().zip(arounds(&self.pairs)).collect()
    }

    pub(super) fn marks(&self) -> Vec<Around> {
        arounds(&self.marks).collect()
    }

    pub(super) fn mark_pairs(&self) -> Vec<Around> {
        arounds(&self.mark_pairs).collect()
    }
}

fn arounds(weights: &Weights) -> impl Iterator<Item = Around> + '_ {
    weights.as_slice().chunks_exact(WEIGHTS).map(|row| Around {
        borders: std::array::from_fn(|at| row[at]),
        singles: std::array::from_fn(|at| row[4 + at]),
    })
}
