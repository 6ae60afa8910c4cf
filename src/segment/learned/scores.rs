//! For each position the sum of all weights: for a border after it, and for a word of this character alone.
//!
//! A symbol weighs on four positions: the two before it, its own, and the one after it. So a mark completes all sums
//! before it, and a text may be summed up in parts.
//!
//! Weights are bytes from 1 to 255 that stand for -127 to 127, and sixteen of them are added for each sum of sixteen bits.
//! The sums of four positions share two registers, which move on by one position with each symbol.

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

/// Positions that are summed up at once.
const BLOCK: usize = 64;

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
    /// By symbol, the edges left out: the character that it begins with; then the end of the text.
    starts: Vec<u32>,
    /// The symbols that are no Han characters, and so are words by themselves.
    others: Vec<usize>,
    block: Block,
    /// As many as [`WARM_UP`] says, which nobody reads, then those of the symbols.
    sums: Vec<Sums>,
}

impl Scores {
    /// Begins a text, or the next part of one that goes on. Returns room for `most` symbols.
    pub(super) fn begin(&mut self, goes_on: bool, most: usize) -> Symbols<'_> {
        let Scores { symbols, marks, starts, others, .. } = self;
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
        starts.resize(most + 1, 0);
        others.clear();
        Symbols {
            symbols: &mut symbols[EDGES..EDGES + most],
            marks: &mut marks[EDGES..EDGES + most],
            starts,
            others,
            len: 0,
        }
    }

    /// Sums up the weights of all positions, after [`Scores::begin`] and so many symbols.
    pub(crate) fn sum(&mut self, model: View<'_>, len: usize) {
        let Scores { symbols, marks, starts, others, block, sums } = self;
        starts.truncate(len + 1);
        symbols.truncate(EDGES + len);
        symbols.extend([Symbol::EDGE; EDGES]);
        marks.truncate(EDGES + len);
        marks.extend([0; EDGES]);
        sums.resize(WARM_UP + len, Sums::default());
        let mut window = Window::default();
        for (from, sums) in (0..).step_by(BLOCK).zip(sums.chunks_mut(BLOCK)) {
            let standing = from..=from + sums.len();
            let weights = block.weigh(model, &symbols[standing.clone()], &marks[standing]);
            for (sum, &weights) in sums.iter_mut().zip(weights) {
                *sum = window.add(weights);
            }
        }
        // Only Han characters join to words.
        for &at in &*others {
            sums[WARM_UP + at - 1].border |= Sums::DEMAND;
            sums[WARM_UP + at].border |= Sums::DEMAND;
        }
    }

    /// Demands a border before the symbol.
    pub(crate) fn demand_border_before(&mut self, symbol: usize) {
        if let Some(sum) = self.sums.get_mut(WARM_UP + symbol - 1) {
            sum.border |= Sums::DEMAND;
        }
    }

    /// Returns the first symbol that does not begin before this character.
    pub(crate) fn symbol_at(&self, char: usize) -> usize {
        self.starts.partition_point(|start| (*start as usize) < char)
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        let Scores { symbols, marks, starts, others, block: _, sums } = self;
        size_of::<u16>() * symbols.capacity()
            + marks.capacity()
            + size_of::<u32>() * starts.capacity()
            + size_of::<usize>() * others.capacity()
            + size_of::<Sums>() * sums.capacity()
    }

    /// The characters that the symbols begin with, and the end of the text.
    pub(crate) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The symbols, after [`Scores::sum`].
    pub(super) fn symbols(&self) -> &[u16] {
        &self.symbols[EDGES..EDGES + self.starts.len() - 1]
    }

    /// Which of them are no Han characters.
    pub(super) fn others(&self) -> &[usize] {
        &self.others
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
    starts: &'a mut [u32],
    others: &'a mut Vec<usize>,
    pub(super) len: usize,
}

impl Symbols<'_> {
    /// Notes the end of the text; returns how many symbols there are.
    pub(super) fn finish(self, end: u32) -> usize {
        self.starts[self.len] = end;
        self.len
    }

    /// Pushes the symbols of characters with their marks, from the character `start` on up to the first that is no Han
    /// character to the model; returns that one, or the one after the last.
    #[inline(always)]
    pub(super) fn push_han(&mut self, model: ModelOfWords<'_>, codes: &[Code], marks: &[u8], mut start: u32) -> u32 {
        let Symbols { symbols, marks: mark_places, starts, len, .. } = self;
        let room = symbols[*len..].iter_mut().zip(&mut mark_places[*len..]).zip(&mut starts[*len..]);
        for (((symbol_place, mark_place), start_place), (&code, &mark)) in room.zip(codes.iter().zip(marks)) {
            let symbol = model.symbols.get(usize::from(code)).copied().unwrap_or(Symbol::OTHER);
            if !model.view.is_han(symbol) {
                break;
            }
            (*symbol_place, *mark_place, *start_place) = (symbol, mark, start);
            start += 1;
            *len += 1;
        }
        start
    }

    /// Pushes a symbol with its mark, which begins at the character `start`.
    #[inline(always)]
    pub(super) fn push(&mut self, model: View<'_>, symbol: u16, mark: u8, start: u32) {
        (self.symbols[self.len], self.marks[self.len], self.starts[self.len]) = (symbol, mark, start);
        if !model.is_han(symbol) {
            self.others.push(self.len);
        }
        self.len += 1;
    }
}

/// The weights of up to [`BLOCK`] neighbouring symbols, and room to find them.
struct Block {
    /// Where the row of a symbol's pair with the one before is.
    places: [u32; BLOCK],
    /// The rows of a symbol, of its mark, of that and the mark before, and of that pair; and a mask, all ones if the pair has
    /// a row.
    rows: [[Row; BLOCK]; 5],
    /// Their sums, a border's and a single word's in turns, for the second position before the symbol and the three after
    /// that.
    weights: [[u16; 8]; BLOCK],
}

impl Default for Block {
    fn default() -> Block {
        Block { places: [0; BLOCK], rows: [[[0; 8]; BLOCK]; 5], weights: [[0; 8]; BLOCK] }
    }
}

impl Block {
    /// Finds the weights of symbols. The first symbol and its mark stand before the block.
    fn weigh(&mut self, model: View<'_>, symbols: &[u16], marks: &[u8]) -> &[[u16; 8]] {
        let Block { places, rows: [of_symbol, of_mark, of_marks, of_pair, has_pair], weights } = self;
        let pairs = || symbols.windows(2).map(|pair| (pair[0], pair[1]));
        // Each loop does one thing, so that the processor waits for many lines of memory at once.
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
        let count = symbols.len() - 1;
        let [a, b, c, d, has_d] =
            [of_symbol, of_mark, of_marks, of_pair, has_pair].map(|rows| rows[..count].as_flattened());
        let weights = &mut weights[..count];
        let rows = a.iter().zip(b).zip(c).zip(d.iter().zip(has_d));
        for (weight, (((a, b), c), (d, has_d))) in weights.as_flattened_mut().iter_mut().zip(rows) {
            let d = (d ^ NEUTRAL) & has_d ^ NEUTRAL;
            *weight = u16::from(*a) + u16::from(*b) + u16::from(*c) + u16::from(d);
        }
        weights
    }
}

/// The sums of the four positions around a symbol, the second before it in the lowest bits: a border's and a single word's
/// in turns.
#[derive(Default)]
struct Window([u64; 2]);

impl Window {
    /// Adds the weights of a symbol, moves on by one, and returns the sums of the position that leaves.
    #[inline(always)]
    fn add(&mut self, [a, b, c, d, e, f, g, h]: [u16; 8]) -> Sums {
        let Window([near, far]) = self;
        let lanes = |lanes: [u16; 4]| lanes.into_iter().rev().fold(0, |all, lane| all << 16 | u64::from(lane));
        *near += lanes([a, b, c, d]);
        *far += lanes([e, f, g, h]);
        let sums = Sums { border: low(*near), single: low(*near >> 16) };
        *near = *near >> 32 | *far << 32;
        *far >>= 32;
        sums
    }
}
