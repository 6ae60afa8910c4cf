//! The conditional random field: how likely the right tags are, and how weights must move to make
//! them likelier.

use super::corpus::Tag;
use super::follow_the_leader::Weights;
use super::numbering::{Example, NONE, Numbering};

type Four = [f32; 4];

/// From tag to tag: those that can follow each other.
const STEPS: [(usize, usize); 8] = [(2, 0), (3, 0), (0, 1), (1, 1), (0, 2), (1, 2), (2, 3), (3, 3)];

/// Gradients below this change nothing that matters.
const SMALL: f32 = 1e-3;

pub(super) struct Field {
    /// Five times four a symbol.
    rows: Weights,
    /// Four times four a pair.
    pairs: Weights,
    around: Weights,
    marks: Weights,
    /// Two times four for a mark and the next.
    mark_pairs: Weights,
    steps: [[f32; 4]; 4],
    step_squares: [[f32; 4]; 4],
    /// By symbol whether it is a Han character.
    han: Vec<bool>,
    sums: Vec<Four>,
    gradients: Vec<Four>,
    forward: Vec<[f64; 4]>,
    likelihoods: Vec<[f64; 4]>,
    scales: Vec<f64>,
}

impl Field {
    pub(super) fn new(numbering: &Numbering, sparsity: f32) -> Field {
        let symbols = numbering.symbols();
        let first = usize::from(fenci::segment::Symbol::UNKNOWN_HAN);
        Field {
            rows: Weights::new(symbols * 20, sparsity),
            pairs: Weights::new(numbering.pairs.of.len() * 16, sparsity),
            around: Weights::new(numbering.around.of.len() * 4, sparsity),
            marks: Weights::new(256 * 4, sparsity),
            mark_pairs: Weights::new((1 << 16) * 8, sparsity),
            steps: [[0.0; 4]; 4],
            step_squares: [[0.0; 4]; 4],
            han: (0..symbols).map(|symbol| (first..=first + numbering.han).contains(&symbol)).collect(),
            sums: Vec::new(),
            gradients: Vec::new(),
            forward: Vec::new(),
            likelihoods: Vec::new(),
            scales: Vec::new(),
        }
    }

    /// Sums up the weights of all positions, with two edges on either side.
    fn sum(&mut self, example: &Example<'_>) {
        let len = example.symbols.len();
        self.sums.clear();
        self.sums.resize(len + 4, [0.0; 4]);
        let mut add = |at: usize, weights: &[f32]| {
            self.sums[at].iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        };
        for (at, &symbol) in example.symbols.iter().enumerate() {
            let row: [f32; 20] = self.rows.row(symbol.into());
            row.chunks(4).enumerate().for_each(|(from, weights)| add(at + from, weights));
        }
        for (at, &pair) in example.pairs.iter().enumerate().filter(|(_, pair)| **pair != NONE) {
            let row: [f32; 16] = self.pairs.row(pair as usize);
            row.chunks(4).enumerate().for_each(|(from, weights)| add(at + from + 1, weights));
        }
        for (at, &pair) in example.around.iter().enumerate().filter(|(_, pair)| **pair != NONE) {
            add(at + 4, &self.around.row::<4>(pair as usize));
        }
        if let Some(marks) = &example.marks {
            marks.iter().enumerate().for_each(|(at, &mark)| add(at + 4, &self.marks.row::<4>(mark.into())));
            for (at, pair) in marks.windows(2).enumerate() {
                let row: [f32; 8] = self.mark_pairs.row(pair_of(pair));
                row.chunks(4).enumerate().for_each(|(from, weights)| add(at + from + 4, weights));
            }
        }
    }

    /// Moves the weights towards the right tags of a sentence.
    pub(super) fn learn(&mut self, example: &Example<'_>) {
        self.sum(example);
        let tags = &example.sentence.tags;
        let weight = example.sentence.weight;
        let len = tags.len();
        let steps = self.steps.map(|row| row.map(|step| f64::from(step).exp()));

        // How likely each tag is by itself, as multiples that keep clear of overflow. What is no
        // Han character is a word by itself.
        self.likelihoods.clear();
        self.likelihoods.extend(self.sums[4..4 + len].iter().zip(&example.symbols[2..]).map(|(sums, &symbol)| {
            let highest = sums.iter().copied().fold(f32::MIN, f32::max);
            match self.han[usize::from(symbol)] {
                true => sums.map(|sum| f64::from(sum - highest).exp()),
                false => [0.0, 0.0, 0.0, 1.0],
            }
        }));
        self.forward.clear();
        self.scales.clear();
        let mut before = [0.0; 4];
        for (at, likelihood) in self.likelihoods.iter().enumerate() {
            let mut here = [0.0; 4];
            match at {
                0 => here = [1.0, 0.0, 0.0, 1.0],
                _ => STEPS.iter().for_each(|&(from, to)| here[to] += before[from] * steps[from][to]),
            }
            here.iter_mut().zip(likelihood).for_each(|(here, likelihood)| *here *= likelihood);
            let scale = 1.0 / here.iter().sum::<f64>();
            before = here.map(|here| here * scale);
            self.forward.push(before);
            self.scales.push(scale);
        }

        self.gradients.clear();
        self.gradients.resize(len + 8, [0.0; 4]);
        let mut step_gradients = [[0.0f64; 4]; 4];
        let mut backward = [0.0, 0.0, 1.0, 1.0];
        for at in (0..len).rev() {
            let both: [f64; 4] = std::array::from_fn(|tag| self.forward[at][tag] * backward[tag]);
            let all = both.iter().sum::<f64>();
            let right = number(tags[at]);
            for (tag, gradient) in self.gradients[at + 4].iter_mut().enumerate() {
                *gradient = weight * (both[tag] / all - f64::from(u8::from(tag == right))) as f32;
            }
            if at == 0 {
                break;
            }
            let after: [f64; 4] =
                std::array::from_fn(|tag| self.likelihoods[at][tag] * backward[tag] * self.scales[at]);
            backward = [0.0; 4];
            for (from, to) in STEPS {
                let step = steps[from][to] * after[to];
                backward[from] += step;
                step_gradients[from][to] += self.forward[at - 1][from] * step / all;
            }
            step_gradients[number(tags[at - 1])][right] -= 1.0;
        }
        self.descend(example);
        for (from, to) in STEPS {
            let gradient = step_gradients[from][to] as f32 * weight;
            let squares = &mut self.step_squares[from][to];
            *squares += gradient * gradient;
            self.steps[from][to] -= 0.1 * gradient / (1.0 + squares.sqrt());
        }
    }

    /// Moves all weights of a sentence by the gradients of its positions.
    fn descend(&mut self, example: &Example<'_>) {
        let gradients = &self.gradients;
        let is_small = |at: usize| gradients[at].iter().all(|gradient| gradient.abs() < SMALL);
        for (at, &symbol) in example.symbols.iter().enumerate() {
            if !(at..at + 5).all(is_small) {
                let five: [f32; 20] = std::array::from_fn(|i| gradients[at + i / 4][i % 4]);
                self.rows.learn(symbol.into(), &five);
            }
        }
        for (at, &pair) in example.pairs.iter().enumerate() {
            if pair != NONE && !(at + 1..at + 5).all(is_small) {
                let four: [f32; 16] = std::array::from_fn(|i| gradients[at + 1 + i / 4][i % 4]);
                self.pairs.learn(pair as usize, &four);
            }
        }
        for (at, &pair) in example.around.iter().enumerate() {
            if pair != NONE && !is_small(at + 4) {
                self.around.learn(pair as usize, &gradients[at + 4]);
            }
        }
        for (at, pair) in example.marks.iter().flat_map(|marks| marks.windows(2).enumerate()) {
            if !is_small(at + 4) || !is_small(at + 5) {
                let two: [f32; 8] = std::array::from_fn(|i| gradients[at + 4 + i / 4][i % 4]);
                self.mark_pairs.learn(pair_of(pair), &two);
            }
        }
        for (at, &mark) in example.marks.iter().flatten().enumerate().filter(|&(at, _)| !is_small(at + 4)) {
            self.marks.learn(mark.into(), &gradients[at + 4]);
        }
    }

    pub(super) fn rows(&self) -> Vec<[Four; 5]> {
        chunks(self.rows.as_slice())
    }

    pub(super) fn pairs(&self, numbering: &Numbering) -> Vec<([u16; 2], [Four; 4])> {
        numbering.pairs.of.iter().copied().zip(chunks(self.pairs.as_slice())).collect()
    }

    pub(super) fn around(&self, numbering: &Numbering) -> Vec<([u16; 2], Four)> {
        let weights = chunks::<1>(self.around.as_slice()).into_iter().map(|[four]| four);
        numbering.around.of.iter().copied().zip(weights).collect()
    }

    pub(super) fn marks(&self) -> Vec<Four> {
        chunks::<1>(self.marks.as_slice()).into_iter().map(|[four]| four).collect()
    }

    pub(super) fn mark_pairs(&self) -> Vec<([u8; 2], [Four; 2])> {
        let weights = chunks::<2>(self.mark_pairs.as_slice());
        let pairs = (0..=u8::MAX).flat_map(|first| (0..=u8::MAX).map(move |second| [first, second]));
        pairs.zip(weights).filter(|(_, weights)| weights.as_flattened().iter().any(|&weight| weight != 0.0)).collect()
    }

    pub(super) fn steps(&self) -> [Four; 4] {
        self.steps
    }
}

fn pair_of(marks: &[u8]) -> usize {
    usize::from(marks[0]) << 8 | usize::from(marks[1])
}

fn number(tag: Tag) -> usize {
    tag as usize
}

fn chunks<const N: usize>(weights: &[f32]) -> Vec<[Four; N]> {
    weights
        .chunks_exact(4 * N)
        .map(|row| std::array::from_fn(|at| std::array::from_fn(|tag| row[4 * at + tag])))
        .collect()
}
