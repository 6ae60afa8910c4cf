//! The log probabilities of jieba's two hidden Markov models.

/// The value that jieba's models use for the logarithm of zero.
pub(super) const NEVER: f64 = -3.14e100;

/// Returns whether a model may hold `p`.
pub(super) fn is_log_probability(p: f64) -> bool {
    (NEVER..=0.0).contains(&p)
}
