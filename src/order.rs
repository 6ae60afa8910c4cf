//! Sorting that is compiled once.

use std::cmp::Ordering;

/// Returns the numbers below `len`, sorted by `compare`; equal ones keep their order.
///
/// The standard library's sort is compiled anew for each type of item and each comparison. 26 times
/// were an eighth of what this crate takes to compile. So what is sorted seldom is sorted by its
/// places.
pub(crate) fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|&a, &b| compare(a, b));
    order
}
