//! Turns the characters of a batch into the symbols by which the model knows them.

use std::ops::Range;

use super::image::{ModelOfWords, View};
use super::marks::Marks;
use super::symbol::Symbol;
use crate::numbers::fits;
use crate::segment::list::List;
use crate::text::Units;
use crate::text::codes::Code;

/// The number of edges before a text, and of those after it.
pub(super) const EDGES: usize = 2;
/// A placeholder for a symbol that only the text determines, and not the code of its character. No
/// symbol is as great.
pub(super) const UNREAD: u16 = u16::MAX;

/// White space, which the model does not see.
#[derive(Clone, Copy)]
pub(super) struct Gap {
    /// The symbol after it.
    pub(super) before: usize,
    /// The character with which it begins.
    pub(super) start: u32,
}

/// The symbols of a text. The buffers are kept from text to text, and are as long as the longest
/// one.
#[derive(Default)]
pub(crate) struct Symbols {
    /// Edges, or the last symbols of the previous part of the text; then the symbols; then edges
    /// again.
    symbols: Vec<u16>,
    /// The mark of each item of `symbols`.
    marks: Vec<u8>,
    /// By symbol, without edges: the character with which it begins. The last item is the end of
    /// the text.
    starts: Vec<u32>,
    /// The symbols that are no Han characters, and so are words by themselves.
    others: List<u32>,
    gaps: Vec<Gap>,
    /// The number of symbols, without edges.
    len: usize,
}

impl Symbols {
    /// Begins a text, or the next part of one if `goes_on`, with room for `most` symbols.
    pub(super) fn begin(&mut self, goes_on: bool, most: usize) {
        if self.starts.len() <= most {
            self.symbols.resize(2 * EDGES + most, Symbol::EDGE);
            self.marks.resize(2 * EDGES + most, 0);
            self.starts.resize(most + 1, 0);
        }
        for at in 0..EDGES {
            let last = (self.symbols[self.len + at], self.marks[self.len + at]);
            (self.symbols[at], self.marks[at]) = if goes_on { last } else { (Symbol::EDGE, 0) };
        }
        self.others.clear();
        self.gaps.clear();
        self.len = 0;
    }

    /// Ends the text before the character `end`.
    pub(super) fn finish(&mut self, end: u32) {
        self.starts[self.len] = end;
        self.symbols[EDGES + self.len..][..EDGES].fill(Symbol::EDGE);
        self.marks[EDGES + self.len..][..EDGES].fill(0);
    }

    /// Pushes a symbol, its mark, and the character `start` with which it begins.
    pub(super) fn push(&mut self, model: View<'_>, symbol: u16, mark: u8, start: u32) {
        let Symbols { symbols, marks, starts, others, len, .. } = self;
        (symbols[EDGES + *len], marks[EDGES + *len], starts[*len]) = (symbol, mark, start);
        others.push_if(fits(*len), !model.is_han(symbol));
        *len += 1;
    }

    /// Reads a batch whose characters have these codes and marks.
    pub(super) fn read(&mut self, model: ModelOfWords<'_>, text: &str, units: &Units, codes: &[Code], marks: &[u8]) {
        self.begin(units.byte(0) > 0, units.len());
        let first_char = |at: usize| text[units.byte(at)..].chars().next().unwrap_or_default();
        let mut at = 0;
        for piece in &units.pieces {
            let (start, end) = (piece.start as usize, piece.end as usize);
            // A piece inside another one is part of that one.
            if start >= at {
                self.push_each(model, &codes[at..start], &marks[at..start], fits(at));
                let mark = Marks::of_symbol(marks[start], marks[end - 1]);
                self.push(model.view, of_piece(first_char(start)), mark, piece.start);
                at = end;
            }
        }
        self.push_each(model, &codes[at..units.len()], &marks[at..], fits(at));

        let Symbols { symbols, starts, others, .. } = self;
        let mut has_space = false;
        for &other in &**others {
            let symbol = &mut symbols[EDGES + other as usize];
            if *symbol == UNREAD {
                match first_char(starts[other as usize] as usize) {
                    ' ' | '\u{3000}' => has_space = true,
                    c => *symbol = model.view.symbol(c),
                }
            }
        }
        others.retain(|other| !model.view.is_han(symbols[EDGES + other as usize]));
        if has_space {
            self.remove_spaces();
        }
        self.finish(fits(units.len()));
    }

    /// Pushes the symbols of characters with their marks, from the character `start` on.
    #[inline(always)]
    fn push_each(&mut self, model: ModelOfWords<'_>, codes: &[Code], marks: &[u8], start: u32) {
        let Symbols { symbols, marks: mark_places, starts, others, len, .. } = self;
        let room = symbols[EDGES + *len..].iter_mut().zip(&mut mark_places[EDGES + *len..]).zip(&mut starts[*len..]);
        let mut count = 0;
        let other_places = others.room(codes.len());
        for (((symbol_place, mark_place), start_place), ((&code, &mark), at)) in
            room.zip(codes.iter().zip(marks).zip(0..))
        {
            let symbol = model.symbols.get(usize::from(code)).copied().unwrap_or(UNREAD);
            (*symbol_place, *mark_place, *start_place) = (symbol, mark, start + at);
            // No branch, since it is unpredictable where marks and the like stand.
            other_places[count] = fits::<u32, _>(*len) + at;
            count += usize::from(!model.view.is_han(symbol));
        }
        others.advance(count);
        *len += codes.len();
    }

    /// Removes the symbols that are still [`UNREAD`], which are white space, and notes gaps in
    /// their places.
    fn remove_spaces(&mut self) {
        let (mut from, mut removed, mut kept) = (0, 0, 0);
        for index in 0..self.others.len() {
            let at = self.others[index] as usize;
            if self.symbols[EDGES + at] != UNREAD {
                self.others[kept] = fits(at - removed);
                kept += 1;
                continue;
            }
            let gap = Gap { before: at - removed, start: self.starts[at] };
            if self.gaps.last().is_none_or(|last| last.before < gap.before) {
                self.gaps.push(gap);
            }
            self.move_back(from..at, removed);
            (from, removed) = (at + 1, removed + 1);
        }
        self.move_back(from..self.len, removed);
        self.others.truncate(kept);
        self.len -= removed;
    }

    fn move_back(&mut self, symbols: Range<usize>, by: usize) {
        let (with_edges, to) = (EDGES + symbols.start..EDGES + symbols.end, EDGES + symbols.start - by);
        self.symbols.copy_within(with_edges.clone(), to);
        self.marks.copy_within(with_edges, to);
        self.starts.copy_within(symbols, to - EDGES);
    }

    /// Returns the symbols and their marks, with the edges.
    pub(super) fn with_edges(&self) -> (&[u16], &[u8]) {
        (&self.symbols[..2 * EDGES + self.len], &self.marks[..2 * EDGES + self.len])
    }

    /// Returns the symbols, without the edges.
    pub(super) fn as_slice(&self) -> &[u16] {
        &self.symbols[EDGES..EDGES + self.len]
    }

    /// Returns the indices of the symbols that are no Han characters.
    pub(super) fn others(&self) -> &[u32] {
        &self.others
    }

    pub(super) fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// Returns the characters with which the symbols begin, and the end of the text.
    pub(super) fn starts(&self) -> &[u32] {
        &self.starts[..=self.len]
    }

    /// Returns the first symbol that does not begin before this character.
    pub(super) fn at(&self, char: usize) -> usize {
        self.starts().partition_point(|start| (*start as usize) < char)
    }

    /// Returns the characters of a symbol: the first one, and the one after the last.
    pub(super) fn chars(&self, symbol: usize) -> (u32, u32) {
        let gap = self.gaps.binary_search_by_key(&(symbol + 1), |gap| gap.before);
        (self.starts[symbol], gap.map_or(self.starts[symbol + 1], |gap| self.gaps[gap].start))
    }
}

/// Returns the symbol of a piece that begins with `c`.
fn of_piece(c: char) -> u16 {
    match c {
        c if c.is_numeric() => Symbol::NUMBER,
        c if c.is_ascii_alphabetic() => Symbol::LATIN,
        _ => Symbol::OTHER,
    }
}
