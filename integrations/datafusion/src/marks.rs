//! Marks: words that no text has. They count the data that a query must not lose.
//!
//! With its second argument, `fenci_terms` adds marks to the terms of each text. A query that
//! counts words then counts the marks too. So the table of counts contains the numbers of its texts
//! and terms, and a lost or duplicated part of it is noticed.
//!
//! | mark | stands for |
//! |---|---|
//! | U+0001 | a text with more than white space: a document |
//! | U+0002 | a text of white space, or null |
//! | U+0003 + b | 2^b terms of a text, for each bit b of their number |
//!
//! A term has a letter or a digit, so no term is a mark.

use datafusion::common::exec_err;
use datafusion::error::Result;

const DOCUMENT: u8 = 1;
const EMPTY: u8 = 2;
const FIRST_BIT: u8 = 3;
/// U+001F is the last control character before the space.
const BITS: u8 = 0x1f - FIRST_BIT + 1;

/// Calls `each` with the marks of a text that has `terms` terms.
pub(crate) fn each_mark(is_document: bool, terms: u64, mut each: impl FnMut(&str)) -> Result<()> {
    if terms >> BITS != 0 {
        return exec_err!("expected fewer than 2^{BITS} different words in a text, found {terms}");
    }
    let mut mark = |code: u8| each(char::from(code).encode_utf8(&mut [0; 4]));
    mark(if is_document { DOCUMENT } else { EMPTY });
    (0..BITS).filter(|bit| terms >> bit & 1 == 1).for_each(|bit| mark(FIRST_BIT + bit));
    Ok(())
}

/// The sums of the marks in a table of counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) documents: u64,
    pub(crate) empty: u64,
    /// The sum of all counts of terms, modulo 2^64.
    pub(crate) terms: u64,
}

impl Totals {
    /// Adds `count` for `word`. Returns `false` if `word` is no mark.
    pub(crate) fn add(&mut self, word: &str, count: u64) -> bool {
        match word.as_bytes() {
            [DOCUMENT] => self.documents += count,
            [EMPTY] => self.empty += count,
            &[code] if (FIRST_BIT..FIRST_BIT + BITS).contains(&code) => {
                self.terms = self.terms.wrapping_add(count.wrapping_shl((code - FIRST_BIT).into()));
            }
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_add_up() {
        let mut totals = Totals::default();
        let numbers = [0, 1, 2, 3, 255, 1 << 28, (1 << 29) - 1];
        for terms in numbers {
            each_mark(terms != 0, terms, |mark| {
                assert!(!mark.contains(char::is_alphanumeric) && mark < " ");
                assert!(totals.add(mark, 1));
            })
            .unwrap();
        }
        assert_eq!(totals, Totals { documents: 6, empty: 1, terms: numbers.iter().sum() });
        assert!(!totals.add("软银", 1) && !totals.add("\u{1}a", 1) && !totals.add("", 1));
        assert!(each_mark(true, 1 << 29, |_| {}).is_err());
    }
}
