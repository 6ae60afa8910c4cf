//! For each position the sum of all weights: for a border after it, and for a word of this character alone.
//!
//! A symbol weighs on four positions: the two before it, its own, and the one after it. So a mark completes all sums
//! before it, and a text may be summed up in parts.
//!
//! Four sums of sixteen bits share a register of 64, which moves on by one position with each symbol. Weights are bytes
//! from 1 to 255 that stand for -127 to 127, and sixteen of them are added for each sum, so that none runs into its
//! neighbour. This is as fast as vector instructions and runs everywhere.

use super::Marks;
use super::image::{NEUTRAL, Row, View};
use super::weights::Symbol;
use crate::numbers::low;

/// The two sums of a position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// For a border after it.
    border: u16,
    /// For a word of this character alone.
    single: u16,
}

impl Sums {
    /// Weights of a sum, of which each has [`NEUTRAL`] too much.
    const SURPLUS: i32 = 16 * NEUTRAL as i32;
    /// A border that is demanded: more than all weights of a text's position and its neighbours can bring together.
    const DEMAND: u16 = 0xf000;

    /// The weights of a border after the position, whether it is demanded or not, and of a word of this character alone,
    /// in units of [`weights`](super::weights).
    pub(super) fn weights(self) -> [i32; 2] {
        let plain = Sums { border: self.border & !Sums::DEMAND, ..self };
        [plain.border(), plain.single()]
    }

    /// The weight of a border after the position.
    #[inline(always)]
    pub(super) fn border(self) -> i32 {
        i32::from(self.border) - Sums::SURPLUS
    }

    /// The weight of a word of this character alone.
    #[inline(always)]
    pub(super) fn single(self) -> i32 {
        i32::from(self.single) - Sums::SURPLUS
    }
}

const EVEN: u64 = 0x00ff_00ff_00ff_00ff;

/// Edges before a text and after it.
const EDGES: usize = 2;

/// The symbols of a text and their sums. Buffers are kept from text to text.
#[derive(Default)]
pub(crate) struct Scores {
    /// Edges, or the last symbols of the part of the text before; the symbols, and after [`Scores::sum`] edges again.
    symbols: Vec<u16>,
    /// The sums of two edges, which nobody reads, then those of the symbols.
    sums: Vec<Sums>,
    /// By symbol, the first edge left out: the place of its pair with the one before.
    places: Vec<u32>,
    /// The marks of the last two symbols.
    last_marks: [u8; 2],
}

impl Scores {
    /// Begins a text, or the next part of one that goes on.
    pub(crate) fn begin(&mut self, goes_on: bool) {
        let before = match self.symbols.last_chunk() {
            Some(&[first, second, Symbol::EDGE, Symbol::EDGE]) if goes_on => [first, second],
            _ => [Symbol::EDGE; EDGES],
        };
        if !goes_on {
            self.last_marks = [0; 2];
        }
        self.symbols.clear();
        self.symbols.extend(before);
    }

    #[inline]
    pub(crate) fn push(&mut self, symbol: u16) {
        self.symbols.push(symbol);
    }

    /// Sums up the weights of all positions, after [`Scores::begin`] and all symbols. `marks` has a byte for each
    /// symbol.
    pub(crate) fn sum(&mut self, model: View<'_>, marks: &[u8]) {
        self.symbols.extend([Symbol::EDGE; EDGES]);
        let Scores { symbols, sums, places, last_marks } = self;
        // All places first, in loops that do nothing else, so that the processor waits for many
        // lines of memory at once.
        places.clear();
        places.extend(symbols.windows(2).map(|pair| model.pairs.place(pair[0], pair[1])));
        for (place, pair) in places.iter_mut().zip(symbols.windows(2)) {
            *place = model.pairs.check(*place, pair[0], pair[1]);
        }

        let len = symbols.len() - 2 * EDGES;
        sums.clear();
        sums.resize(len + EDGES, Sums::default());
        let rows = |symbol: u16, place: u32| [model.rows[usize::from(symbol)], model.pairs.row(place)];
        let rows_of_marks = |before: u8, mark: u8| {
            [model.marks[usize::from(mark)], model.mark_pairs[usize::from(Marks::pair(before, mark))]]
        };
        let mut window = Window::default();
        // The symbol before the text.
        let [mut second_last, mut before] = *last_marks;
        window.add(rows(symbols[EDGES - 1], places[0]));
        window.add(rows_of_marks(second_last, before));
        window.move_on();
        let (in_text, after) = sums.split_at_mut(len);
        let symbols_in_text = symbols[EDGES..].iter().zip(&places[1..]);
        for (((&symbol, &place), &mark), sum) in symbols_in_text.zip(marks).zip(in_text) {
            window.add(rows(symbol, place));
            window.add(rows_of_marks(before, mark));
            *sum = window.move_on();
            [second_last, before] = [before, mark];
        }
        *last_marks = [second_last, before];
        for (&place, sum) in places[1 + len..].iter().zip(after) {
            window.add(rows(Symbol::EDGE, place));
            window.add(rows_of_marks(before, 0));
            before = 0;
            *sum = window.move_on();
        }
        for (sum, pair) in sums[EDGES..].iter_mut().zip(symbols[EDGES..].windows(2)) {
            // Only Han characters join to words.
            let goes_on = model.is_han(pair[0]) & model.is_han(pair[1]);
            sum.border |= if goes_on { 0 } else { Sums::DEMAND };
        }
    }

    /// Demands a border after the position.
    #[inline]
    pub(crate) fn demand_border_after(&mut self, at: usize) {
        if let Some(sum) = self.sums.get_mut(EDGES..).and_then(|sums| sums.get_mut(at)) {
            sum.border |= Sums::DEMAND;
        }
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        size_of::<u16>() * self.symbols.capacity()
            + size_of::<Sums>() * self.sums.capacity()
            + size_of::<u32>() * self.places.capacity()
    }

    /// The sums of all positions.
    pub(crate) fn as_slice(&self) -> &[Sums] {
        self.sums.get(EDGES..).unwrap_or_default()
    }
}

/// The sums of the four positions around a symbol: the second before it in the lowest bits.
#[derive(Default)]
struct Window {
    borders: u64,
    singles: u64,
}

impl Window {
    /// Adds the weights of what stands at the symbol.
    #[inline(always)]
    fn add(&mut self, rows: [Row; 2]) {
        for row in rows.map(u64::from_le_bytes) {
            self.borders += row & EVEN;
            self.singles += row >> 8 & EVEN;
        }
    }

    /// Moves on by one symbol, and returns the sums of the position that leaves.
    #[inline(always)]
    fn move_on(&mut self) -> Sums {
        let sums = Sums { border: low(self.borders), single: low(self.singles) };
        self.borders >>= 16;
        self.singles >>= 16;
        sums
    }
}
