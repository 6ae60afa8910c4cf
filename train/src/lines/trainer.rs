//! Trains a linear-chain conditional random field over the lines of pages, with FTRL-proximal.

use std::collections::{BTreeMap, HashMap, HashSet};

use fenci::article::main_text::{
    AFTER, BEFORE, BETWEEN, COUNT, Cue, LineWeights, STATES, STEPS, TEXT, chances, cues, features,
};

use super::table::Page;

/// Options of the training.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The number of passes over all pages.
    pub epochs: usize,
    /// The learning rate of weights.
    pub rate: f64,
    /// The strength of L1 regularization in the second part of the training. A higher value leaves
    /// fewer cues with a weight.
    pub l1_written: f64,
    /// The learning rate in the second part of the training.
    pub rate_written: f64,
    /// The learning rate of cues, which are rarer than features.
    pub cue_rate: f64,
    /// The strength of L1 regularization. A higher value leaves fewer cues with a weight.
    pub l1: f64,
    /// The strength of L2 regularization, which keeps weights small.
    pub l2: f64,
    /// The minimum number of sites that have a cue.
    pub least_sites: usize,
    /// The input value of a cue, beside features with deviation 1.
    pub cue_value: f64,
    /// A line of a crawled page has the logarithm of its length, raised to this power, as its
    /// weight.
    pub length_power: f64,
    /// The weight of a line that was written for the training.
    pub own_weight: f64,
}

impl Default for Options {
    fn default() -> Options {
        // Chosen on the table of the embedded model, cross-validated by site.
        Options {
            epochs: 20,
            rate: 0.03,
            l1_written: 10.0,
            rate_written: 0.2,
            cue_rate: 0.1,
            l1: 150.0,
            l2: 1.0,
            least_sites: 4,
            cue_value: 0.5,
            length_power: 2.0,
            own_weight: 2.0,
        }
    }
}

/// A page, ready to learn from.
struct Prepared {
    rows: Vec<Row>,
    states: Vec<usize>,
    is_written: bool,
}

struct Row {
    features: [f64; COUNT],
    cues: Vec<u32>,
    /// The weight of the line.
    weight: f64,
}

/// One weight with the state of FTRL-proximal.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// The value before the second part of the training.
    base: f64,
    z: f64,
    n: f64,
    value: f64,
}

impl Weight {
    fn update(&mut self, gradient: f64, l1: f64, rate: f64, options: &Options) {
        let n = self.n + gradient * gradient;
        self.z += gradient - (n.sqrt() - self.n.sqrt()) / rate * (self.value - self.base);
        self.n = n;
        let rest = self.z.abs() - l1;
        let value = if rest <= 0.0 { 0.0 } else { -rest.copysign(self.z) / ((1.0 + n.sqrt()) / rate + options.l2) };
        self.value = self.base + value;
    }

    /// Keeps the value as the new base, and forgets everything else.
    fn restart(&mut self) {
        *self = Weight { base: self.value, value: self.value, ..Weight::default() };
    }
}

/// Trains a model. The same pages give the same model.
pub(super) fn train(pages: &[Page], options: &Options) -> LineWeights {
    let (known, pages, scales) = prepare(pages, options);
    let mut weights = Weights { cues: vec![Weight::default(); known.len()], ..Weights::default() };
    for epoch in 0..options.epochs {
        for at in order(pages.len(), epoch) {
            if let Some(page) = pages.get(at) {
                weights.learn(page, false, options);
            }
        }
    }
    // The texts that were written for the training have words that are rare on crawled pages. The
    // cues learn from these texts alone once more.
    weights.cues.iter_mut().for_each(Weight::restart);
    for epoch in 0..options.epochs {
        for at in order(pages.len(), epoch) {
            if let Some(page) = pages.get(at).filter(|page| page.is_written) {
                weights.learn(page, true, options);
            }
        }
    }
    weights.model(&known, &scales, options)
}

/// Returns the state of every line of a page.
fn states(labels: &[bool]) -> Vec<usize> {
    let first = labels.iter().position(|&label| label).unwrap_or(labels.len());
    let last = labels.iter().rposition(|&label| label).unwrap_or(0);
    let state = |(at, &label): (usize, &bool)| match label {
        true => TEXT,
        false if at < first => BEFORE,
        false if at > last => AFTER,
        false => BETWEEN,
    };
    labels.iter().enumerate().map(state).collect()
}

/// Returns another order in every epoch. Its step has no divisor in common with the number of
/// pages.
fn order(count: usize, epoch: usize) -> impl Iterator<Item = usize> {
    fn has_common_divisor(a: usize, b: usize) -> bool {
        if b == 0 { a > 1 } else { has_common_divisor(b, a % b) }
    }
    let step = (1..).map(|next| epoch * 37 + next).find(|&step| !has_common_divisor(step, count)).unwrap_or(1);
    (0..count).map(move |at| (at * step + epoch) % count)
}

/// Returns the cues to learn, the pages with their features, and the mean and deviation of each
/// feature.
#[expect(clippy::indexing_slicing, reason = "features are numbered from 0")]
fn prepare(pages: &[Page], options: &Options) -> (Vec<Cue>, Vec<Prepared>, Vec<(f64, f64)>) {
    let described: Vec<Vec<([f32; COUNT], Vec<Cue>)>> = pages
        .iter()
        .map(|page| {
            features(&page.lines())
                .into_iter()
                .zip(page.lines())
                .map(|(features, line)| (features, cues(line.text)))
                .collect()
        })
        .collect();

    let mut sites: BTreeMap<Cue, HashSet<&str>> = BTreeMap::new();
    for (page, lines) in pages.iter().zip(&described) {
        for cue in lines.iter().flat_map(|(_, cues)| cues) {
            sites.entry(*cue).or_default().insert(&page.site);
        }
    }
    // A cue adds little to a shorter cue in it that is on nearly as many sites.
    let says_more = |cue: &Cue| {
        let count = |cue: &Cue| sites.get(cue).map_or(0, HashSet::len);
        cue.parts().into_iter().flatten().all(|shorter| count(cue) * 10 < count(&shorter) * 9)
    };
    let known: Vec<Cue> = sites
        .iter()
        .filter(|(_, sites)| sites.len() >= options.least_sites)
        .map(|(cue, _)| *cue)
        .filter(says_more)
        .collect();
    let numbers: HashMap<Cue, u32> = known.iter().zip(0..).map(|(&cue, number)| (cue, number)).collect();

    let count = described.iter().flatten().count() as f64;
    let scale = |at: usize| {
        let values = || described.iter().flatten().map(move |(features, _)| f64::from(features[at]));
        let mean = values().sum::<f64>() / count;
        let variance = values().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
        (mean, variance.sqrt() + 1e-6)
    };
    let scales: Vec<(f64, f64)> = (0..COUNT).map(scale).collect();

    let prepared = pages.iter().zip(described).map(|(page, lines)| Prepared {
        states: states(&page.labels),
        is_written: page.is_written,
        rows: lines
            .into_iter()
            .zip(page.lines.iter().zip(&page.tags))
            .map(|((features, cues), (line, _))| Row {
                features: std::array::from_fn(|at| (f64::from(features[at]) - scales[at].0) / scales[at].1),
                cues: cues.iter().filter_map(|cue| numbers.get(cue).copied()).collect(),
                weight: match page.is_written {
                    true => options.own_weight,
                    false => (line.chars().count() as f64).ln_1p().powf(options.length_power),
                },
            })
            .collect(),
    });
    let prepared = prepared.collect();
    (known, prepared, scales)
}

#[derive(Default)]
struct Weights {
    states: [Weight; STATES],
    steps: [Weight; STEPS.len()],
    features: Vec<Weight>,
    cues: Vec<Weight>,
}

impl Weights {
    #[expect(clippy::indexing_slicing, reason = "states, steps, features and cues are numbered from 0")]
    fn learn(&mut self, page: &Prepared, only_cues: bool, options: &Options) {
        self.features.resize(COUNT, Weight::default());
        let weigh = |row: &Row| -> [f64; STATES] {
            let features: f64 =
                row.features.iter().zip(&self.features).map(|(value, weight)| value * weight.value).sum();
            let cues: f64 = row.cues.iter().map(|&cue| self.cues[cue as usize].value).sum();
            let sum = features + options.cue_value * cues;
            std::array::from_fn(|state| if state == TEXT { 0.0 } else { sum + self.states[state].value })
        };
        let lines: Vec<[f64; STATES]> = page.rows.iter().map(weigh).collect();
        let found = chances(&lines, &self.steps.map(|weight| weight.value), true);
        for ((row, chances), &state) in page.rows.iter().zip(&found.states).zip(&page.states) {
            for other in [BEFORE, BETWEEN, AFTER].into_iter().filter(|_| !only_cues) {
                let error = chances[other] - f64::from(u8::from(state == other));
                self.states[other].update(error * row.weight, 0.0, options.rate, options);
            }
            // All states but the text share the other weights.
            let error = (f64::from(u8::from(state == TEXT)) - chances[TEXT]) * row.weight;
            if error.abs() < 1e-6 {
                continue;
            }
            for (weight, value) in self.features.iter_mut().zip(row.features).filter(|_| !only_cues) {
                weight.update(error * value, 0.0, options.rate, options);
            }
            for &cue in &row.cues {
                let weight = &mut self.cues[cue as usize];
                let (l1, rate) =
                    if only_cues { (options.l1_written, options.rate_written) } else { (options.l1, options.cue_rate) };
                weight.update(error * options.cue_value, l1, rate, options);
                // A cue counts only against the article: the subject of an article is no cue.
                weight.value = weight.value.max(weight.base);
            }
        }
        for (chances, states) in found.steps.iter().zip(page.states.windows(2)).filter(|_| !only_cues) {
            for ((step, chance), weight) in STEPS.iter().zip(chances).zip(&mut self.steps) {
                weight.update(chance - f64::from(u8::from([step.0, step.1] == states)), 0.0, options.rate, options);
            }
        }
    }

    /// Returns the model in the units of features and cues.
    #[expect(clippy::indexing_slicing, reason = "states, steps and features are numbered from 0")]
    fn model(&self, known: &[Cue], scales: &[(f64, f64)], options: &Options) -> LineWeights {
        let short = |value: f64| (value * 1e4).round() as f32 / 1e4;
        let cues = known.iter().zip(&self.cues).map(|(&cue, weight)| (cue, short(weight.value * options.cue_value)));
        let mut cues: Vec<(Cue, f32)> = cues.filter(|&(_, weight)| weight != 0.0).collect();
        cues.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        LineWeights {
            states: std::array::from_fn(|at| short(self.states[at].value)),
            steps: std::array::from_fn(|at| short(self.steps[at].value)),
            features: std::array::from_fn(|at| {
                let (mean, deviation) = scales[at];
                (short(mean), short(self.features[at].value / deviation))
            }),
            cues,
        }
    }
}
