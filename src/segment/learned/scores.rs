//! For each position the sum of all weights: for a border after it, and for a word of this character alone.
//!
//! A symbol weighs on four positions: the two before it, its own, and the one after it. So a mark completes all sums
//! before it, and a text may be summed up in parts.
//!
//! Four sums of sixteen bits share a register of 64, which moves on by one position with each symbol. Weights are bytes
//! from 1 to 255 that stand for -127 to 127, and sixteen of them are added for each sum, so that none runs into its
//! neighbour. This is as fast as vector instructions and runs everywhere.

use super::image::{NEUTRAL, Row, View};
use super::weights::Symbol;
use super::{Marks, ModelOfWords};
use crate::numbers::low;
use crate::text::codes::Code;

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
/// How many sums come before those of the symbols. A symbol completes the sums of the second position before it, so that
/// the first ones are those of edges.
const WARM_UP: usize = EDGES + 1;

/// The symbols of a text and their sums. Buffers are kept from text to text.
#[derive(Default)]
pub(crate) struct Scores {
    /// Edges, or the last symbols of the part of the text before; the symbols, and after [`Scores::sum`] edges again.
    symbols: Vec<u16>,
    /// The mark of each.
    marks: Vec<u8>,
    /// The symbols that are no Han characters, and so are words by themselves.
    others: Vec<usize>,
    /// By symbol, the first edge left out: where the row of its pair with the one before is, and that row.
    places: Vec<u32>,
    pairs: Vec<Row>,
    /// As many as [`WARM_UP`] says, which nobody reads, then those of the symbols.
    sums: Vec<Sums>,
}

impl Scores {
    /// Begins a text, or the next part of one that goes on. Returns room for `most` symbols.
    pub(super) fn begin(&mut self, goes_on: bool, most: usize) -> Symbols<'_> {
        let Scores { symbols, marks, others, .. } = self;
        let before = match (symbols.last_chunk(), marks.last_chunk()) {
            (Some(&[a, b, Symbol::EDGE, Symbol::EDGE]), Some(&[mark_a, mark_b, 0, 0])) if goes_on => {
                [(a, mark_a), (b, mark_b)]
            }
            _ => [(Symbol::EDGE, 0); EDGES],
        };
        symbols.resize(2 * EDGES + most, Symbol::EDGE);
        marks.resize(2 * EDGES + most, 0);
        for (at, (symbol, mark)) in before.into_iter().enumerate() {
            (symbols[at], marks[at]) = (symbol, mark);
        }
        others.clear();
        Symbols { symbols: &mut symbols[EDGES..EDGES + most], marks: &mut marks[EDGES..EDGES + most], others, len: 0 }
    }

    /// Sums up the weights of all positions, after [`Scores::begin`] and so many symbols.
    pub(crate) fn sum(&mut self, model: View<'_>, len: usize) {
        let Scores { symbols, marks, others, places, pairs, sums } = self;
        symbols.truncate(EDGES + len);
        symbols.extend([Symbol::EDGE; EDGES]);
        marks.truncate(EDGES + len);
        marks.extend([0; EDGES]);
        let neighbours = || symbols.windows(2).map(|pair| (pair[0], pair[1]));
        // All places first, then all rows, in loops that do nothing else, so that the processor waits for many lines of
        // memory at once.
        places.clear();
        places.extend(neighbours().map(|(first, second)| model.pairs.place(first, second)));
        pairs.clear();
        pairs.extend(
            places.iter().zip(neighbours()).map(|(&place, (first, second))| model.pairs.row(place, first, second)),
        );

        let mut window = Window::default();
        let standing = symbols[1..].iter().zip(pairs).zip(marks.windows(2));
        sums.clear();
        sums.extend(standing.map(|((&symbol, &mut pair), marks)| {
            let both = model.mark_pairs[usize::from(Marks::pair(marks[0], marks[1]))];
            window.add([model.rows[usize::from(symbol)], pair, model.marks[usize::from(marks[1])], both]);
            window.move_on()
        }));
        // Only Han characters join to words.
        for &at in &*others {
            sums[WARM_UP + at - 1].border |= Sums::DEMAND;
            sums[WARM_UP + at].border |= Sums::DEMAND;
        }
    }

    /// Demands a border after the position.
    pub(crate) fn demand_border_after(&mut self, at: usize) {
        if let Some(sum) = self.sums.get_mut(WARM_UP..).and_then(|sums| sums.get_mut(at)) {
            sum.border |= Sums::DEMAND;
        }
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        let Scores { symbols, marks, others, places, pairs, sums } = self;
        size_of::<u16>() * symbols.capacity()
            + marks.capacity()
            + size_of::<usize>() * others.capacity()
            + size_of::<u32>() * places.capacity()
            + size_of::<Row>() * pairs.capacity()
            + size_of::<Sums>() * sums.capacity()
    }

    /// The sums of all positions.
    pub(crate) fn as_slice(&self) -> &[Sums] {
        self.sums.get(WARM_UP..).unwrap_or_default()
    }
}

/// Room for the symbols of a text, and how many there are.
pub(super) struct Symbols<'a> {
    symbols: &'a mut [u16],
    marks: &'a mut [u8],
    others: &'a mut Vec<usize>,
    pub(super) len: usize,
}

impl Symbols<'_> {
    /// Pushes the symbols of characters with their marks, up to the first that is no Han character to the model; returns how
    /// many these are.
    #[inline(always)]
    pub(super) fn push_han(&mut self, model: ModelOfWords<'_>, codes: &[Code], marks: &[u8]) -> usize {
        let room = self.symbols[self.len..].iter_mut().zip(&mut self.marks[self.len..]);
        let mut count = 0;
        for ((symbol_place, mark_place), (&code, &mark)) in room.zip(codes.iter().zip(marks)) {
            let symbol = model.symbols.get(usize::from(code)).copied().unwrap_or(Symbol::OTHER);
            if !model.view.is_han(symbol) {
                break;
            }
            (*symbol_place, *mark_place) = (symbol, mark);
            count += 1;
        }
        self.len += count;
        count
    }

    /// Pushes a symbol with its mark.
    #[inline(always)]
    pub(super) fn push(&mut self, model: View<'_>, symbol: u16, mark: u8) {
        (self.symbols[self.len], self.marks[self.len]) = (symbol, mark);
        if !model.is_han(symbol) {
            self.others.push(self.len);
        }
        self.len += 1;
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
    fn add(&mut self, rows: [Row; 4]) {
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
