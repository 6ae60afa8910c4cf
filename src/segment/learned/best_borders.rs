//! The borders with the greatest sum, found by the Viterbi algorithm.

use crate::numbers::fits;

/// The best borders of a text. The buffers are kept from text to text, and are as long as the
/// longest text needs.
#[derive(Default)]
pub(crate) struct BestBorders {
    /// By position: whether the best way has a border before it. The lowest bit is for a way
    /// without a border after it, the next bit for a way with one.
    ways: Vec<u8>,
    /// The positions after which there is a border, at `first..=len`. Items before `first` are
    /// unused.
    ends: Vec<u32>,
    /// The index of the first item of `ends` that is used.
    first: usize,
    /// The index of the last item of `ends` that is used. This is also the number of ways.
    len: usize,
}

/// The score of the best way to here that ends with a border, minus that of the best way that does
/// not. The search needs nothing else of the two sums.
#[derive(Clone, Copy, Default)]
pub(super) struct Lead(i32);

impl Lead {
    /// Goes on by one position, given the weight of a border after it and of a word of this
    /// character alone. Returns its way.
    #[inline(always)]
    pub(super) fn pass(&mut self, border: i32, single: i32) -> u8 {
        let Lead(lead) = *self;
        let single = lead + single;
        self.0 = single.max(0) + (border - lead.max(0));
        u8::from(lead > 0) | u8::from(single > 0) << 1
    }
}

impl BestBorders {
    /// Returns a buffer for the ways of `len` positions.
    pub(super) fn ways(&mut self, len: usize) -> &mut [u8] {
        if self.ways.len() < len {
            self.ways.resize(len, 0);
            self.ends.resize(len + 1, 0);
        }
        self.len = len;
        &mut self.ways[..len]
    }

    /// Finds the best borders from the ways of all positions. There is a border after the last
    /// position. The first `skipped` positions do not belong to the text.
    pub(super) fn trace_back(&mut self, skipped: usize) {
        let BestBorders { ways, ends, first, len } = self;
        *first = *len;
        let mut is_border = 1;
        for (at, &way) in ways[skipped..*len].iter().enumerate().rev() {
            // No branch, since it is unpredictable where a word ends. Each position is written, and
            // is counted if a word ends there.
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
        // From right to left: borders move to the right by the number of borders removed so far.
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

    /// Returns the positions after which a word ends.
    pub(crate) fn ends(&self) -> &[u32] {
        self.ends.get(self.first..=self.len).unwrap_or_default()
    }
}
