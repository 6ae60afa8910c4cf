//! The form of weights: of a symbol, of a pair of symbols, or of a mark of the dictionary.

/// The byte of a weight of zero.
pub(super) const NEUTRAL: u8 = 128;

/// The weights of an item, a byte each; see [`scores`](super::scores).
pub(super) type Row = [u8; 8];
/// The row of an item without weights.
pub(super) const NO_WEIGHTS: Row = [NEUTRAL; 8];
