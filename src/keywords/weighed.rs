//! Candidates by weight.

use crate::numbers::{from_order, in_order, low};

/// A candidate, greater than one that weighs less, or as much and has a greater place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weighed {
    /// The weight as a whole number, above the complement of the place, above the candidate: comparing is one comparison,
    /// as it is done for every candidate more than once, with an outcome that cannot be predicted.
    key: u128,
}

impl Weighed {
    pub(super) fn new(weight: f64, place: u32, candidate: u32) -> Weighed {
        Weighed { key: u128::from(in_order(weight)) << 64 | u128::from(!place) << 32 | u128::from(candidate) }
    }

    pub(super) fn weight(self) -> f64 {
        from_order(low(self.key >> 64))
    }

    pub(super) fn candidate(self) -> u32 {
        low(self.key)
    }
}
