//! The text form of the HMM, and the image that is compiled from it.

use std::collections::BTreeMap;

use super::viterbi::LABELS;
use crate::Error;
use crate::segment::hidden_markov::{CharRows, NEVER, log_probability};
use crate::storage::image::{Kind, Writer};

pub(super) const KIND: Kind = Kind { name: *b"hmm ", version: 1, noun: "a fenci HMM model" };

/// Compiles a model in the text form of jieba-rs's `hmm.model`.
pub(super) fn compile(text: &str) -> Result<Vec<u8>, Error> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let mut next = |what: &str| {
        lines.next().ok_or_else(|| Error::new(format!("expected a line of {what}, found the end of the model")))
    };

    let start = numbers(next("start probabilities")?)?;
    let mut transitions = [[0.0; LABELS]; LABELS];
    for row in &mut transitions {
        *row = numbers(next("transitions")?)?;
    }
    let mut emissions: BTreeMap<char, [f64; LABELS]> = BTreeMap::new();
    for label in 0..LABELS {
        let (line, text) = next("emissions")?;
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let bad = || Error::at_line(line, format!("expected `character:log probability`, found {pair:?}"));
            let (c, probability) = pair.rsplit_once(':').ok_or_else(bad)?;
            let mut chars = c.chars();
            let (Some(c), None) = (chars.next(), chars.next()) else { return Err(bad()) };
            let probability = log_probability(probability).ok_or_else(bad)?;
            emissions.entry(c).or_insert([NEVER; LABELS])[label] = probability;
        }
    }
    let mut image = Writer::new(KIND);
    image.items(b"init", start.map(f64::to_le_bytes));
    image.items(b"tran", transitions.into_iter().flatten().map(f64::to_le_bytes));
    CharRows::write(&mut image, emissions.keys().copied())?;
    let rows = std::iter::once(&[NEVER; LABELS]).chain(emissions.values());
    image.items(b"rows", rows.flatten().map(|row| row.to_le_bytes()));
    Ok(image.finish())
}

fn numbers((line, text): (usize, &str)) -> Result<[f64; LABELS], Error> {
    let numbers: Option<Vec<f64>> = text.split_whitespace().map(log_probability).collect();
    numbers
        .and_then(|numbers| numbers.try_into().ok())
        .ok_or_else(|| Error::at_line(line, format!("expected four log probabilities, found {text:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_text_is_said_with_its_line() {
        let good = "# comment\n-1 -3.14e100 -3.14e100 -1\n-1 -1 -1 -1\n-1 -1 -1 -1\n-1 -1 -1 -1\n-1 -1 -1 -1\n\
                    中:-1\n国:-2,\n大:-1\n的:-1\n";
        assert!(compile(good).is_ok());
        for (from, to, line) in [
            ("-1 -1 -1 -1\n", "-1 -1 -1\n", Some(3)),
            ("-3.14e100 -1\n", "-4e100 -1\n", Some(2)),
            ("国:-2", "国家:-2", Some(8)),
            ("大:-1", "大-1", Some(9)),
            ("的:-1\n", "", None),
            ("的:-1", "的:NaN", Some(10)),
        ] {
            let error = compile(&good.replacen(from, to, 1)).unwrap_err();
            assert_eq!(error.line(), line, "{error}");
        }
    }
}
