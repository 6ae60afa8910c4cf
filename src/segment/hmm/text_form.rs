//! The text form of the HMM, and the image compiled from it.

use super::viterbi::LABELS;
use crate::Error;
use crate::segment::hidden_markov::{Emissions, NEVER, log_probability, write_rows};
use crate::storage::image::{Kind, Writer};

pub(super) const KIND: Kind = Kind { name: *b"hmm ", version: 1, noun: "a fenci HMM model" };

/// Compiles a model in the text form of jieba-rs's `hmm.model`.
pub(super) fn compile(text: &str) -> Result<Vec<u8>, Error> {
    let mut lines =
        (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let mut next = |what: &str| {
        lines.next().ok_or_else(|| Error::new(format!("expected a line of {what}, found the end of the model")))
    };

    let start = numbers(next("start probabilities")?)?;
    let mut transitions = Vec::new();
    for _ in 0..LABELS {
        transitions.extend(numbers(next("transitions")?)?);
    }
    let mut emissions = Emissions::default();
    for label in 0..LABELS {
        let (line, text) = next("emissions")?;
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let bad = || Error::new(format!("expected `character:log probability`, found {pair:?}")).in_line(line);
            let (c, probability) = emission(pair).ok_or_else(bad)?;
            emissions.insert((c, label), probability);
        }
    }
    let mut image = Writer::new(KIND);
    image.items(b"init", start.map(f64::to_le_bytes));
    image.items(b"tran", transitions.into_iter().map(f64::to_le_bytes));
    let mut rows = vec![NEVER; LABELS];
    for c in write_rows(&mut image, &emissions)? {
        rows.extend((0..LABELS).map(|label| emissions.get(&(c, label)).unwrap_or(&NEVER)));
    }
    image.items(b"rows", rows.into_iter().map(f64::to_le_bytes));
    Ok(image.finish())
}

/// Reads `character:log probability`.
fn emission(pair: &str) -> Option<(char, f64)> {
    let (c, probability) = pair.rsplit_once(':')?;
    let mut chars = c.chars();
    let c = chars.next().filter(|_| chars.as_str().is_empty())?;
    Some((c, log_probability(probability)?))
}

fn numbers((line, text): (usize, &str)) -> Result<[f64; LABELS], Error> {
    let numbers: Option<Vec<f64>> = text.split_whitespace().map(log_probability).collect();
    numbers
        .and_then(|numbers| numbers.try_into().ok())
        .ok_or_else(|| Error::new(format!("expected four log probabilities, found {text:?}")).in_line(line))
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
