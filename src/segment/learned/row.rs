//! The weights of something: of a symbol, of a pair of symbols, or of what the dictionary says.

/// The byte of a weight of zero.
pub(super) const NEUTRAL: u8 = 128;

/// The weights of an item, a byte each; see [`scores`](super::scores).
pub(super) type Row = [u8; 8];
pub(super) const NO_WEIGHTS: Row = [NEUTRAL; 8];
