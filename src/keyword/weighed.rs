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

/// Candidates, the heaviest first, sorted as far as they are asked for.
pub(super) struct Heaviest {
    /// Those that are sorted last, the heaviest at the end.
    all: Vec<Weighed>,
    unsorted: usize,
    /// How many are sorted next.
    next: usize,
}

impl Heaviest {
    /// Of which so many are asked for, probably.
    pub(super) fn new(all: Vec<Weighed>, probably: usize) -> Heaviest {
        Heaviest { unsorted: all.len(), all, next: probably.max(1) }
    }

    /// How many there are left.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}

impl Iterator for Heaviest {
    type Item = Weighed;

    fn next(&mut self) -> Option<Weighed> {
        if self.unsorted == self.all.len() {
            self.unsorted = self.all.len().saturating_sub(self.next);
            if self.unsorted > 0 {
                self.all.select_nth_unstable(self.unsorted);
            }
            self.all.get_mut(self.unsorted..)?.sort_unstable();
            // So that the time is that of sorting if all are asked for.
            self.next = self.next.saturating_mul(4);
        }
        self.all.pop()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Heaviest, Weighed};

    proptest! {
        #[test]
        fn the_heaviest_come_first(weights in prop::collection::vec(-2..=2, 0..100), probably in 0usize..20) {
            let mut sorted: Vec<(i32, u32)> = weights.into_iter().zip(0..).collect();
            let weighed = |&(weight, at): &(i32, u32)| Weighed::new(weight.into(), at, at);
            let heaviest = Heaviest::new(sorted.iter().map(weighed).collect(), probably);
            sorted.sort_by_key(|&(weight, at)| (-weight, at));
            let expected = sorted.iter().map(|&(weight, at)| (f64::from(weight), at));
            prop_assert!(heaviest.map(|weighed| (weighed.weight(), weighed.candidate())).eq(expected));
        }
    }
}
