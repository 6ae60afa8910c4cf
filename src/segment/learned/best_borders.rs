//! The borders with the greatest sum: the algorithm of Viterbi.

use super::scores::Sums;
use crate::numbers::fits;

/// The best borders of a text. The buffers are kept from text to text, and as long as the longest one needs.
#[derive(Default)]
pub(crate) struct BestBorders {
    /// By position, whether the best way has a border before it: the lowest bit if there is none after it, the next one if
    /// there is.
    ways: Vec<u8>,
    /// Behind others that nobody reads, the positions after which there is a border.
    ends: Vec<u32>,
    /// Where these begin.
    first: usize,
    /// The last of them, and how many ways there are.
    len: usize,
}

/// How much better the best way to here is that ends with a border than the one that does not. Nothing else of the two sums
/// is needed.
#[derive(Clone, Copy, Default)]
pub(super) struct Lead(i32);

impl Lead {
    /// Goes on by one position. Returns its way.
    #[inline(always)]
    pub(super) fn pass(&mut self, sums: Sums) -> u8 {
        let Lead(lead) = *self;
        let single = lead + sums.single();
        self.0 = single.max(0) + (sums.border() - lead.max(0));
        u8::from(lead > 0) | u8::from(single > 0) << 1
    }
}

impl BestBorders {
    /// Returns room for the ways of so many positions.
    pub(super) fn ways(&mut self, len: usize) -> &mut [u8] {
        if self.ways.len() < len {
            self.ways.resize(len, 0);
            self.ends.resize(len + 1, 0);
        }
        self.len = len;
        &mut self.ways[..len]
    }

    /// Finds the best borders by the ways of all positions, after whose last one there is a border. The first `skipped` of
    /// them are none of the text.
    pub(super) fn trace_back(&mut self, skipped: usize) {
        let BestBorders { ways, ends, first, len } = self;
        *first = *len;
        let mut is_border = 1;
        for (at, &way) in ways[skipped..*len].iter().enumerate().rev() {
            // No branch: where a word ends is hard to foretell. Each position is written, and counted if a word ends there.
            ends[*first] = fits(at);
            *first -= usize::from(is_border);
            is_border = way >> is_border & 1;
        }
        *first += 1;
    }

    /// Removes the borders after these positions, which are sorted.
    pub(super) fn remove(&mut self, positions: &[u32]) {
        if positions.is_empty() {
            return;
        }
        let BestBorders { ends, first, len, .. } = self;
        // From the right to the left: borders move to the right by the number of those removed so far.
        let (mut from, mut to) = (*len + 1, *len + 1);
        for position in positions.iter().rev() {
            let index = *first + ends[*first..from].partition_point(|end| end < position);
            if ends[..from].get(index) == Some(position) {
                to -= from - (index + 1);
                ends.copy_within(index + 1..from, to);
                from = index;
            }
        }
        to -= from - *first;
        ends.copy_within(*first..from, to);
        *first = to;
    }

    /// The positions after which a word ends.
    pub(crate) fn ends(&self) -> &[u32] {
        self.ends.get(self.first..=self.len).unwrap_or_default()
    }
}
