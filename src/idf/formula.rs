//! Formulas that turn document frequencies into weights.

use crate::error::Error;

/// A formula for the inverse document frequency of a word. It takes the number of documents, `n`,
/// and the number of documents that have the word, `df`.
///
/// Logarithms are natural. The machine that opens a table computes them, and mathematical libraries
/// may round the last bit differently. Tables store, merge and compare whole numbers only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum IdfFormula {
    /// `ln(n / df)`, without smoothing (Spärck Jones 1972).
    Plain,
    /// `ln((1 + n) / (1 + df))`, as if one more document had every word. The rarest words, whose
    /// counts are the least certain, weigh a little less. (scikit-learn's `smooth_idf` adds 1 for
    /// every word.)
    #[default]
    Smooth,
}

impl IdfFormula {
    pub(super) fn from_code(code: u64) -> Option<IdfFormula> {
        [IdfFormula::Plain, IdfFormula::Smooth].into_iter().find(|formula| *formula as u64 == code)
    }

    /// Returns the value of a word in `df` of `n` documents. It is finite for `df` from 1 to `n`.
    pub(super) fn value(self, n: u64, df: u64) -> f64 {
        let (n, df) = (n as f64, df as f64);
        match self {
            IdfFormula::Plain => (n / df).ln(),
            IdfFormula::Smooth => ((1.0 + n) / (1.0 + df)).ln(),
        }
    }
}

/// The inverse document frequency of words that a table does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum UnknownWords {
    /// The lower median of the values of the table's words, as in jieba.
    #[default]
    Median,
    /// The largest of those values: the value of the rarest words.
    Maximum,
    /// This value.
    Value(f64),
}

impl UnknownWords {
    pub(super) fn code(self) -> [u64; 2] {
        match self {
            UnknownWords::Median => [0, 0],
            UnknownWords::Maximum => [1, 0],
            UnknownWords::Value(value) => [2, value.to_bits()],
        }
    }

    pub(super) fn from_code(code: [u64; 2]) -> Option<UnknownWords> {
        match code {
            [0, 0] => Some(UnknownWords::Median),
            [1, 0] => Some(UnknownWords::Maximum),
            [2, bits] => Some(UnknownWords::Value(f64::from_bits(bits))).filter(|value| value.check().is_ok()),
            _ => None,
        }
    }

    /// Checks a given value.
    ///
    /// # Errors
    ///
    /// If the value is not finite.
    pub(super) fn check(self) -> Result<(), Error> {
        match self {
            UnknownWords::Value(value) if !value.is_finite() => {
                Err(Error::new(format!("value of unknown words: expected a finite number, found {value}")))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_what_their_sources_say() {
        assert_eq!(IdfFormula::Plain.value(8, 8), 0.0);
        assert!((IdfFormula::Plain.value(1000, 10) - 100f64.ln()).abs() < 1e-12);
        // sklearn.feature_extraction.text.TfidfTransformer: log((1 + n) / (1 + df)) + 1
        assert!((IdfFormula::Smooth.value(4, 1) + 1.0 - 1.916_290_731_874_155).abs() < 1e-12);
        assert_eq!(IdfFormula::Smooth.value(8, 8), 0.0);
    }
}
