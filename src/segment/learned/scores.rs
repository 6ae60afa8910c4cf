//! The sums of all weights for each position: for a border after it, and for a word that is this
//! character alone.
//!
//! A symbol weighs on four positions: the two before it, its own, and the one after it. A border
//! before a mark is demanded anyway. So a mark completes all sums before it that matter, and a text
//! may be summed in parts.
//!
//! Weights are bytes from 1 to 255 that stand for -127 to 127. A sum has sixteen bits and adds
//! sixteen weights.

use super::Marks;
use super::best_borders::{BestBorders, Lead};
use super::image::View;
use super::row::{NEUTRAL, Row};
use super::symbols::{EDGES, Symbols};
use crate::numbers::low;

/// The two sums of a position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// For a border after the position.
    border: u16,
    /// For a word that is this character alone.
    single: u16,
}

impl Sums {
    /// The surplus of a sum: it adds sixteen weights, and each is too great by [`NEUTRAL`].
    const SURPLUS: i32 = 16 * NEUTRAL as i32;
    /// The mark of a demanded border. It is greater than all weights of a position and its
    /// neighbours can be together.
    const DEMAND: u16 = 0xf000;

    /// Returns the weight of a border after the position, without any demand, and that of a word
    /// that is this character alone. The units are those of [`weights`](super::weights).
    pub(super) fn weights(self) -> [i32; 2] {
        let plain = Sums { border: self.border & !Sums::DEMAND, ..self };
        [plain.border(), plain.single()]
    }

    /// Adds the weights of four neighbouring symbols for the second of them.
    #[inline(always)]
    fn add(&mut self, weights: &[[u16; 8]]) {
        let [before, here, next, last] = weights else { return };
        // Adds both sums at once: neither overflows its sixteen bits.
        let both = |border: u16, single: u16| u32::from(border) | u32::from(single) << 16;
        let sum = both(last[0], last[1]) + both(next[2], next[3]) + both(here[4], here[5]) + both(before[6], before[7]);
        self.border |= low::<u16, _>(sum);
        self.single = low(sum >> 16);
    }

    /// Returns the weight of a border after the position.
    #[inline(always)]
    pub(super) fn border(self) -> i32 {
        i32::from(self.border) - Sums::SURPLUS
    }

    /// Returns the weight of a word that is this character alone.
    #[inline(always)]
    pub(super) fn single(self) -> i32 {
        i32::from(self.single) - Sums::SURPLUS
    }
}

/// The number of positions that are summed together.
const BLOCK: usize = 64;

/// The number of sums before those of the symbols. A symbol completes the sums of the second
/// position before it, so the first sums are those of edges.
const WARM_UP: usize = EDGES + 1;

/// The sums of a text. The buffers are kept from text to text.
#[derive(Default)]
pub(crate) struct Scores {
    block: WeightBlock,
    /// [`WARM_UP`] sums that are not read, then the sums of the symbols.
    sums: Vec<Sums>,
}

impl Scores {
    /// Begins a text of `len` symbols.
    pub(super) fn begin(&mut self, len: usize) {
        self.sums.clear();
        self.sums.resize(WARM_UP + len, Sums::default());
        self.demand_border_before(0);
    }

    /// Sums the weights of all positions, after [`Scores::begin`] and all demands. Finds the `best`
    /// borders on the way.
    pub(super) fn sum(&mut self, model: View<'_>, text: &Symbols, best: &mut BestBorders) {
        let Scores { block, sums } = self;
        // Only Han characters join to words.
        for &at in text.others() {
            sums[WARM_UP + at as usize - 1].border |= Sums::DEMAND;
            sums[WARM_UP + at as usize].border |= Sums::DEMAND;
        }
        let (symbols, marks) = text.with_edges();
        let mut lead = Lead::default();
        let ways = best.ways(sums.len());
        for ((from, sums), ways) in (0..).step_by(BLOCK).zip(sums.chunks_mut(BLOCK)).zip(ways.chunks_mut(BLOCK)) {
            let standing = from..=from + sums.len();
            let weights = block.weigh(model, &symbols[standing.clone()], &marks[standing]);
            for ((sum, way), weights) in sums.iter_mut().zip(ways).zip(weights.windows(4)) {
                sum.add(weights);
                *way = lead.pass(sum.border(), sum.single());
            }
        }
        best.trace_back(WARM_UP);
    }

    /// Demands a border before the symbol.
    pub(crate) fn demand_border_before(&mut self, symbol: usize) {
        if let Some(sum) = self.sums.get_mut(WARM_UP + symbol - 1) {
            sum.border |= Sums::DEMAND;
        }
    }

    /// Returns the sums of all positions.
    pub(crate) fn as_slice(&self) -> &[Sums] {
        self.sums.get(WARM_UP..).unwrap_or_default()
    }
}

/// The number of symbols whose weights are kept from the previous block.
const BEFORE: usize = 3;

/// The weights of up to [`BLOCK`] neighbouring symbols, with buffers to find them.
struct WeightBlock {
    /// By symbol: the place of the row for its pair with the previous symbol.
    places: [u32; BLOCK],
    /// The rows of the symbol, of its mark, of the pair of marks, and of the pair of symbols. The
    /// last array is a mask: all ones if the pair of symbols has a row.
    rows: [[Row; BLOCK]; 5],
    /// The sums of these rows. They alternate between borders and single words, for the second
    /// position before the symbol and the three after that. The weights of the previous block's
    /// last symbols come first.
    weights: [[u16; 8]; BEFORE + BLOCK],
}

impl Default for WeightBlock {
    fn default() -> WeightBlock {
        WeightBlock { places: [0; BLOCK], rows: [[[0; 8]; BLOCK]; 5], weights: [[0; 8]; BEFORE + BLOCK] }
    }
}

impl WeightBlock {
    /// Finds the weights of symbols and puts them after those of the previous [`BEFORE`] symbols.
    /// The first symbol and its mark come before the block.
    fn weigh(&mut self, model: View<'_>, symbols: &[u16], marks: &[u8]) -> &[[u16; 8]] {
        let WeightBlock { places, rows: [of_symbol, of_mark, of_marks, of_pair, has_pair], weights } = self;
        let pairs = || symbols.windows(2).map(|pair| (pair[0], pair[1]));
        // Each loop does one thing, so that the processor waits for many cache lines at once.
        for (place, (first, second)) in places.iter_mut().zip(pairs()) {
            *place = model.pairs.place(first, second);
        }
        for (((row, is_there), &place), (first, second)) in
            of_pair.iter_mut().zip(&mut *has_pair).zip(&*places).zip(pairs())
        {
            (*row, *is_there) = model.pairs.row(place, first, second);
        }
        for (row, &symbol) in of_symbol.iter_mut().zip(&symbols[1..]) {
            *row = model.rows[usize::from(symbol)];
        }
        for ((row, both), marks) in of_mark.iter_mut().zip(&mut *of_marks).zip(marks.windows(2)) {
            *row = model.marks[usize::from(marks[1])];
            *both = model.mark_pairs[usize::from(Marks::pair(marks[0], marks[1]))];
        }
        // Keeps the weights of the last symbols of the previous block.
        weights.copy_within(BLOCK.., 0);
        let count = symbols.len() - 1;
        add(&mut weights[BEFORE..][..count], of_symbol, of_mark, of_marks, of_pair, has_pair);
        &weights[..BEFORE + count]
    }
}

/// Adds the rows of symbols. Parameters never overlap, so the compiler adds no checks for that.
fn add(weights: &mut [[u16; 8]], a: &[Row], b: &[Row], c: &[Row], d: &[Row], has_d: &[Row]) {
    let [a, b, c, d, has_d] = [a, b, c, d, has_d].map(|rows| rows.as_flattened().iter());
    let rows = a.zip(b).zip(c).zip(d.zip(has_d));
    for (weight, (((a, b), c), (d, has_d))) in weights.as_flattened_mut().iter_mut().zip(rows) {
        let d = (d ^ NEUTRAL) & has_d ^ NEUTRAL;
        *weight = u16::from(*a) + u16::from(*b) + u16::from(*c) + u16::from(d);
    }
}
