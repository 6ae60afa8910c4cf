//! The parts that the files of jieba's two hidden Markov models share: log probabilities, and a row
//! of numbers for each character.

use crate::Error;
use crate::numbers::fits;
use crate::storage::char_table::Leaves;
use crate::storage::image::Writer;

/// The value that jieba's models use for the logarithm of zero.
pub(super) const NEVER: f64 = -3.14e100;

/// Returns whether a model may hold `p`.
pub(super) fn is_log_probability(p: f64) -> bool {
    (NEVER..=0.0).contains(&p)
}

/// Reads a log probability as text forms write it.
pub(super) fn log_probability(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|&p| is_log_probability(p))
}

/// By character and state: the log probability of the character in that state.
pub(super) type Emissions = foldhash::HashMap<(char, usize), f64>;

/// Assigns rows from 1 on to the characters of `emissions`, writes this map, and returns the
/// characters in the order of their rows. Row 0 is for characters that the model does not know.
///
/// # Errors
///
/// If there are more characters than a row's number can count.
pub(super) fn write_rows(image: &mut Writer, emissions: &Emissions) -> Result<Vec<char>, Error> {
    let mut chars: Vec<char> = emissions.keys().map(|(c, _)| *c).collect();
    chars.sort_unstable();
    chars.dedup();
    if chars.len() >= usize::from(u16::MAX) {
        let most = u16::MAX - 1;
        return Err(Error::new(format!("expected at most {most} characters, found {}", chars.len())));
    }
    let mut leaves = Leaves::default();
    let index = leaves.index(|c| chars.binary_search(&c).map_or(0, |row| fits::<u16, _>(row) + 1));
    image.items(b"indx", index.into_iter().map(u16::to_le_bytes));
    image.items(b"leaf", leaves.finish().into_iter().map(u16::to_le_bytes));
    Ok(chars)
}
