//! The borders with the greatest sum: the algorithm of Viterbi.

use super::scores::Sums;

/// Positions after which sums are counted from zero again, long before they could overflow.
const BLOCK: usize = 1 << 13;
/// Less than any sum, and far from overflow.
const NEVER: i32 = i32::MIN / 4;

/// The best borders of a text. The buffer is kept from text to text.
#[derive(Default)]
pub(crate) struct BestBorders {
    /// By position. First, whether the best way has a border before it: the lowest bit if there is none after it, the
    /// next one if there is. Then, whether there is a border after it.
    ways: Vec<u8>,
}

impl BestBorders {
    /// Finds the best borders for the sums of a text, after whose last position there is one.
    pub(crate) fn find(&mut self, sums: &[Sums]) {
        self.ways.clear();
        self.ways.resize(sums.len(), 0);
        // The best sums of ways to here without a border, and with one.
        let (mut inside, mut border) = (NEVER, 0);
        for (sums, ways) in sums.chunks(BLOCK).zip(self.ways.chunks_mut(BLOCK)) {
            let highest = inside.max(border);
            (inside, border) = ((inside - highest).max(NEVER), (border - highest).max(NEVER));
            for (sum, way) in sums.iter().zip(ways) {
                let single = border + sum.single();
                *way = u8::from(border > inside) | u8::from(single > inside) << 1;
                (inside, border) = (inside.max(border), inside.max(single) + sum.border());
            }
        }
        let mut is_border = 1;
        for way in self.ways.iter_mut().rev() {
            let before = *way >> is_border & 1;
            *way = is_border;
            is_border = before;
        }
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        self.ways.capacity()
    }

    /// For each position whether a word ends there.
    pub(crate) fn ends(&self) -> impl ExactSizeIterator<Item = bool> + '_ {
        self.ways.iter().map(|&is_border| is_border != 0)
    }
}
