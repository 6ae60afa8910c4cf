//! Which tokens are the same dictionary word.

use std::hash::BuildHasher;

use super::Token;
use crate::numbers::{fits, low};

/// Numbers the different words of a text.
///
/// Whether a word is new cannot be predicted, so that a branch on it would be taken wrongly at every third token. So a
/// new word's place is written for every token, and kept if it is one. A cell that another word has taken is rare: at
/// the most a quarter of them is taken. The cells are those of one text, which stay near the processor, as an array by
/// the numbers of all words does not.
pub(super) struct WordTable {
    /// [`EMPTY`], or a word's number above its slot. As many as a power of two; empty between calls.
    cells: Vec<u64>,
    /// By slot.
    found: Vec<Found>,
    /// What numbers are multiplied with to find their cells: odd, and nobody knows it who writes a text.
    factor: u32,
}

/// A word of a text.
#[derive(Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) number: u32,
    /// Its first token.
    pub(super) first: u32,
    pub(super) count: u32,
    cell: u32,
}

const EMPTY: u64 = u64::MAX;
/// Tokens between two looks at how full the cells are.
const CHUNK: usize = 1 << 10;
/// Cells for each word there may be.
const SPARSE: usize = 4;
/// Of so many, one is empty, as there are not so many tokens.
const MOST_CELLS: usize = 1 << 31;

impl Default for WordTable {
    fn default() -> WordTable {
        let factor = low::<u32, _>(foldhash::fast::RandomState::default().hash_one(0)) | 1;
        WordTable { cells: Vec::new(), found: Vec::new(), factor }
    }
}

impl WordTable {
    /// Turn the numbers of those of the `tokens` that are `picked`, which are words, into slots, which are given, by their
    /// first places.
    pub(super) fn number(&mut self, tokens: &mut [Token], picked: &[u32]) -> &[Found] {
        let mut next = 0;
        for chunk in picked.chunks(CHUNK) {
            next = self.number_chunk(tokens, chunk, next);
        }
        for found in &self.found[..next] {
            self.cells[found.cell as usize] = EMPTY;
        }
        &self.found[..next]
    }

    /// The same for some, after so many words have been found; gives how many there are then.
    fn number_chunk(&mut self, tokens: &mut [Token], picked: &[u32], next: usize) -> usize {
        self.make_room(next, picked.len());
        let WordTable { cells, found, factor } = self;
        let (cells, found, factor) = (&mut cells[..], &mut found[..], *factor);
        let mut word = next;
        let shift = 32 - cells.len().ilog2();
        for &at in picked {
            let token = &mut tokens[at as usize];
            let number = token.word();
            let mut cell = (number.wrapping_mul(factor) >> shift) as usize;
            let mut held = cells[cell];
            // One comparison, since two would be two branches, and the first could not be predicted.
            let may_be_held = |held: u64| if held == EMPTY { EMPTY >> 32 } else { number.into() };
            while held >> 32 != may_be_held(held) {
                cell = (cell + 1) & (cells.len() - 1);
                held = cells[cell];
            }
            let is_new = held == EMPTY;
            let slot = if is_new { fits(word) } else { low(held) };
            cells[cell] = u64::from(number) << 32 | u64::from(slot);
            found[word] = Found { number, first: at, count: 0, cell: fits(cell) };
            found[slot as usize].count += 1;
            word += usize::from(is_new);
            token.slot = slot;
        }
        word
    }

    /// Make room for `more` words beside the first `words`.
    fn make_room(&mut self, words: usize, more: usize) {
        if self.found.len() <= words + more {
            self.found.resize(words + more + 1, Found::default());
        }
        let cells = (SPARSE * (words + more)).next_power_of_two().clamp(2, MOST_CELLS);
        if self.cells.len() < cells {
            self.cells.clear();
            self.cells.resize(cells, EMPTY);
            let shift = 32 - self.cells.len().ilog2();
            for (found, slot) in self.found[..words].iter_mut().zip(0u64..) {
                let mut cell = (found.number.wrapping_mul(self.factor) >> shift) as usize;
                while self.cells[cell] != EMPTY {
                    cell = (cell + 1) & (self.cells.len() - 1);
                }
                self.cells[cell] = u64::from(found.number) << 32 | slot;
                found.cell = fits(cell);
            }
        }
    }

    /// Free what a huge text left behind.
    pub(super) fn release(&mut self) {
        crate::segment::release(&mut self.cells);
        crate::segment::release(&mut self.found);
    }
}
