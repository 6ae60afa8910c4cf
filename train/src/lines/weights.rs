//! The weights of a trained model of lines, as text and in the form that the library reads.

use std::fmt::Write;

use fenci::article::main_text::{COUNT, STATES, STEPS, names};

/// The names of the states in the text form.
const STATE_NAMES: [&str; STATES] = ["before", "text", "between", "after"];

/// The first bytes of the compiled form. The digit is its version.
const MAGIC: [u8; 8] = *b"fencLIN2";
/// The bytes of a cue: eight of the cue and four of its weight.
const SLOT: usize = 12;
/// One bit for each hash of two characters says whether a cue begins with them.
const PAIR_BYTES: usize = 1 << 13;

/// The weights of a model of lines. A positive weight speaks against the text.
#[derive(Clone, Debug, PartialEq)]
pub struct LineWeights {
    /// The weight of each state. That of the text is 0.
    pub states: [f32; STATES],
    /// The weight of each step, in the order of [`STEPS`].
    pub steps: [f32; STEPS.len()],
    /// The mean and the weight of each feature.
    pub features: [(f32, f32); COUNT],
    /// The cues with their weights.
    pub cues: Vec<(String, f32)>,
}

impl LineWeights {
    /// Returns the form that [`LineModel::new`](fenci::article::main_text::LineModel::new) reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let features = self.features.iter().flat_map(|&(mean, weight)| [mean, weight]);
        let numbers = self.states.into_iter().chain(self.steps).chain(features);
        bytes.extend(numbers.flat_map(f32::to_le_bytes));
        let mut cues: Vec<(u64, f32)> = self.cues.iter().map(|(cue, weight)| (packed(cue.chars()), *weight)).collect();
        // The bytes do not depend on the order of the cues.
        cues.sort_by_key(|cue| cue.0);
        let mut pairs = [0u8; PAIR_BYTES];
        for (cue, _) in &self.cues {
            let pair = packed(cue.chars().take(2)) as u32;
            let bit = (pair.wrapping_mul(0x9E37_79B1) >> 16) as usize;
            pairs[bit / 8] |= 1 << (bit % 8);
        }
        bytes.extend(pairs);
        let mut slots = vec![[0; SLOT]; (2 * cues.len().max(1)).next_power_of_two()];
        for (cue, weight) in cues {
            let mut place = (cue.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (slots.len() - 1);
            while slots[place] != [0; SLOT] {
                place = (place + 1) % slots.len();
            }
            slots[place][..8].copy_from_slice(&cue.to_le_bytes());
            slots[place][8..].copy_from_slice(&weight.to_le_bytes());
        }
        bytes.extend(slots.as_flattened());
        bytes
    }

    /// Returns text that people can read.
    pub fn to_text(&self) -> String {
        let mut text = String::from(
            "# The model that tells lines of an article from lines of its site. What is positive speaks against the article.\n",
        );
        // Writing to a string cannot fail.
        for (name, weight) in STATE_NAMES.iter().zip(self.states) {
            let _ = writeln!(text, "state {name} {weight}");
        }
        for (&(from, to), weight) in STEPS.iter().zip(self.steps) {
            let [from, to] = [from, to].map(|state| STATE_NAMES.get(state).copied().unwrap_or_default());
            let _ = writeln!(text, "step {from} {to} {weight}");
        }
        for (name, (mean, weight)) in names().zip(self.features) {
            let _ = writeln!(text, "feature {name} {mean} {weight}");
        }
        for (cue, weight) in &self.cues {
            let _ = writeln!(text, "cue {weight} {cue}");
        }
        text
    }
}

/// Returns characters as one number. All characters beyond the basic plane are the same.
fn packed(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0, |packed, c| packed << 16 | u64::from(u16::try_from(u32::from(c)).unwrap_or(u16::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (cue.to_owned(), weight.parse().unwrap())
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
        assert!(weights.to_text() == text);
    }
}
