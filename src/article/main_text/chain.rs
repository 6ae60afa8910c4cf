//! The chain of states of the lines of a page: before the text, in it, between its parts, after it.

/// The number of states.
pub const STATES: usize = 4;
/// The state of a line before the text.
pub const BEFORE: usize = 0;
/// The state of a line of the text.
pub const TEXT: usize = 1;
/// The state of a line between two parts of the text.
pub const BETWEEN: usize = 2;
/// The state of a line after the text.
pub const AFTER: usize = 3;

/// The allowed pairs of states of a line and the next line. A text begins once and ends once.
pub const STEPS: [(usize, usize); 8] = [
    (BEFORE, BEFORE),
    (BEFORE, TEXT),
    (TEXT, TEXT),
    (TEXT, BETWEEN),
    (BETWEEN, BETWEEN),
    (BETWEEN, TEXT),
    (TEXT, AFTER),
    (AFTER, AFTER),
];

/// The least chance of a state. It prevents underflow.
const LEAST: f64 = 1e-100;

/// The chances of a page's states and steps.
#[derive(Clone, Debug, Default)]
pub struct Chances {
    /// For each line, the chance of each state.
    pub states: Vec<[f64; STATES]>,
    /// For each line but the last, the chance of each step to the next line, in the order of
    /// [`STEPS`].
    pub steps: Vec<[f64; STEPS.len()]>,
}

/// Returns the chances of all states. Uses the forward-backward algorithm.
///
/// Each item of `lines` has the weights of a line in each state, and `steps` has the weights of the
/// [`STEPS`], all as natural logarithms. The chances of steps are computed if `with_steps` is set.
pub fn chances(lines: &[[f64; STATES]], steps: &[f64; STEPS.len()], with_steps: bool) -> Chances {
    let steps = steps.map(f64::exp);
    let mut weights = lines.to_vec();
    weights.as_flattened_mut().iter_mut().for_each(|weight| *weight = weight.clamp(-50.0, 50.0).exp());
    let mut forward: Vec<[f64; STATES]> = Vec::with_capacity(lines.len());
    for weights in &weights {
        let mut now = [0.0; STATES];
        match forward.last() {
            None => (now[BEFORE], now[TEXT]) = (1.0, 1.0),
            Some(last) => STEPS.iter().zip(&steps).for_each(|(&(from, to), step)| now[to] += last[from] * step),
        }
        now.iter_mut().zip(weights).for_each(|(now, weight)| *now *= weight);
        forward.push(normalized(now));
    }
    let mut found = Chances { states: forward.clone(), steps: Vec::new() };
    // A page does not end between two parts of its text.
    let mut after = [1.0; STATES];
    after[BETWEEN] = 0.0;
    for at in (0..lines.len()).rev() {
        found.states[at] = normalized(std::array::from_fn(|state| forward[at][state] * after[state]));
        let Some(before) = at.checked_sub(1) else { break };
        let weighted: [f64; STATES] = std::array::from_fn(|state| weights[at][state] * after[state]);
        if with_steps {
            found.steps.push(normalized(std::array::from_fn(|step| {
                let (from, to) = STEPS[step];
                forward[before][from] * steps[step] * weighted[to]
            })));
        }
        after = [0.0; STATES];
        STEPS.iter().zip(&steps).for_each(|(&(from, to), step)| after[from] += step * weighted[to]);
        after = normalized(after);
    }
    found.steps.reverse();
    found
}

/// Scales the values so that their sum is 1.
fn normalized<const N: usize>(mut values: [f64; N]) -> [f64; N] {
    let sum: f64 = values.iter().sum();
    values.iter_mut().for_each(|value| *value = if *value > 0.0 { (*value / sum).max(LEAST) } else { 0.0 });
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the chances of all states by going through all sequences.
    fn naive(lines: &[[f64; STATES]], steps: &[f64; STEPS.len()]) -> Vec<[f64; STATES]> {
        let mut sums = vec![[0.0; STATES]; lines.len()];
        for number in 0..STATES.pow(lines.len() as u32) {
            let states: Vec<usize> = (0..lines.len()).map(|at| number / STATES.pow(at as u32) % STATES).collect();
            let step = |pair: &[usize]| STEPS.iter().position(|&step| step == (pair[0], pair[1])).map(|at| steps[at]);
            let Some(path) = states.windows(2).map(step).sum::<Option<f64>>() else { continue };
            if states[0] > TEXT || states.last() == Some(&BETWEEN) {
                continue;
            }
            let weight = (path + states.iter().zip(lines).map(|(&state, line)| line[state]).sum::<f64>()).exp();
            states.iter().zip(&mut sums).for_each(|(&state, sums)| sums[state] += weight);
        }
        sums.into_iter().map(normalized).collect()
    }

    #[test]
    fn chances_are_those_of_all_sequences() {
        let lines = [[0.3, -1.0, 0.2, 0.5], [-0.7, 2.0, 0.1, -0.3], [1.0, -0.4, 1.5, 0.2], [0.1, 0.9, -0.8, 0.4]];
        let steps = [0.1, -0.5, 0.7, -1.0, 0.3, 0.2, -0.4, 0.6];
        for n in 1..=4 {
            let found = chances(&lines[..n], &steps, true);
            assert_eq!(found.steps.len(), n - 1);
            for (found, naive) in found.states.iter().flatten().zip(naive(&lines[..n], &steps).iter().flatten()) {
                assert!((found - naive).abs() < 1e-9, "{found} {naive}");
            }
        }
    }

    #[test]
    fn long_pages_do_not_underflow() {
        let lines: Vec<[f64; STATES]> = (0..9000)
            .map(|at| if at / 3000 == 1 { [40.0, -40.0, 40.0, 41.0] } else { [-40.0, 40.0, -40.0, -40.0] })
            .collect();
        let found = chances(&lines, &[0.0; STEPS.len()], false);
        assert!(found.states.iter().flatten().all(|chance| (0.0..=1.0).contains(chance)));
        assert!(found.states[0][TEXT] > 0.99 && found.states[8999][TEXT] > 0.99);
    }
}
