//! The borders with the greatest sum: the algorithm of Viterbi.

use super::scores::Sums;
use crate::numbers::fits;

/// The best borders of a text. The buffers are kept from text to text.
#[derive(Default)]
pub(crate) struct BestBorders {
    /// By position, whether the best way has a border before it: the lowest bit if there is none after it, the next one if
    /// there is.
    ways: Vec<u8>,
    /// Behind others that nobody reads, the positions after which there is a border.
    ends: Vec<u32>,
    /// Where these begin.
    first: usize,
}

impl BestBorders {
    /// Finds the best borders for the sums of a text, after whose last position there is one.
    pub(crate) fn find(&mut self, sums: &[Sums]) {
        let BestBorders { ways, ends, first } = self;
        ways.resize(sums.len(), 0);
        // How much better the best way to here is that ends with a border than the one that does not. Nothing else of the
        // two sums is needed. Before the text there is a border.
        let mut lead = 1 << 20;
        for (sum, way) in sums.iter().zip(&mut *ways) {
            let single = lead + sum.single();
            *way = u8::from(lead > 0) | u8::from(single > 0) << 1;
            lead = single.max(0) + (sum.border() - lead.max(0));
        }
        ends.resize(sums.len() + 1, 0);
        *first = sums.len();
        let mut is_border = 1;
        for (at, &way) in ways.iter().enumerate().rev() {
            // No branch: where a word ends is hard to foretell. Each position is written, and counted if a word ends there.
            ends[*first] = fits(at);
            *first -= usize::from(is_border);
            is_border = way >> is_border & 1;
        }
        *first += 1;
    }

    /// Removes the borders after these positions.
    pub(super) fn remove(&mut self, positions: &[u32]) {
        if !positions.is_empty() {
            self.ends.drain(..self.first);
            self.ends.retain(|end| positions.binary_search(end).is_err());
            self.first = 0;
        }
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        self.ways.capacity() + size_of::<u32>() * self.ends.capacity()
    }

    /// The positions after which a word ends.
    pub(crate) fn ends(&self) -> &[u32] {
        self.ends.get(self.first..).unwrap_or_default()
    }
}
