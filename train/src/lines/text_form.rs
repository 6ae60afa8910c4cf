//! The readable form of a model of lines.

use std::fmt::Write;

use fenci::article::main_text::{LineWeights, STATES, STEPS, names};

/// The names of the states in the text form.
const STATE_NAMES: [&str; STATES] = ["before", "text", "between", "after"];

/// Returns a model as readable text.
pub fn to_text(weights: &LineWeights) -> String {
    let mut text = String::from(
        "# The model that tells lines of an article from lines of its site. What is positive speaks against the article.\n",
    );
    // Writing to a string cannot fail.
    for (name, weight) in STATE_NAMES.iter().zip(weights.states) {
        let _ = writeln!(text, "state {name} {weight}");
    }
    for (&(from, to), weight) in STEPS.iter().zip(weights.steps) {
        let [from, to] = [from, to].map(|state| STATE_NAMES.get(state).copied().unwrap_or_default());
        let _ = writeln!(text, "step {from} {to} {weight}");
    }
    for (name, (mean, weight)) in names().zip(weights.features) {
        let _ = writeln!(text, "feature {name} {mean} {weight}");
    }
    for (cue, weight) in &weights.cues {
        let _ = writeln!(text, "cue {weight} {cue}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use fenci::article::main_text::cues;

    /// Reads the text form.
    fn parse(text: &str) -> LineWeights {
        let rows = |kind: &'static str| text.lines().filter_map(move |line| line.strip_prefix(kind)?.strip_prefix(' '));
        let last = |row: &str| row.rsplit(' ').next().unwrap().parse().unwrap();
        let feature = |row: &str| {
            let [_, mean, weight] = row.split(' ').collect::<Vec<_>>()[..] else { panic!("{row}") };
            (mean.parse().unwrap(), weight.parse().unwrap())
        };
        let cue = |row: &str| {
            let (weight, cue) = row.split_once(' ').unwrap();
            // Space at the ends of a line would not be read.
            let found = cues(&format!("字{cue}字")).into_iter().find(|found| found.to_string() == cue);
            (found.unwrap(), weight.parse().unwrap())
        };
        LineWeights {
            states: rows("state").map(last).collect::<Vec<_>>().try_into().unwrap(),
            steps: rows("step").map(last).collect::<Vec<_>>().try_into().unwrap(),
            features: rows("feature").map(feature).collect::<Vec<_>>().try_into().unwrap(),
            cues: rows("cue").map(cue).collect(),
        }
    }

    #[test]
    fn the_model_of_the_library_is_its_text() {
        let text = include_str!("../../../dicts/lines.txt");
        let weights = parse(text);
        assert!(weights.to_bytes() == include_bytes!("../../../dicts/lines.bin"));
        assert!(to_text(&weights) == text);
    }
}
