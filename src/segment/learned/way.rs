//! From a batch of text, whose dictionary words are known, to the words that the model makes of it.

use super::best_tags::BestTags;
use super::image::View;
use super::marks::Marks;
use super::scores::{Scores, Tags};
use super::weights::Symbol;
use crate::dictionary::Lexicon;
use crate::numbers::fits;
use crate::segment::route::Route;
use crate::text::codes::{FIRST, GLUE};
use crate::text::{Kind, Piece, Units};

/// The symbols of a dictionary's codes. A table is made with the segmenter, so that no character is looked up twice.
#[derive(Clone, Debug)]
pub(crate) struct SymbolsOfCodes(Vec<u16>);

impl SymbolsOfCodes {
    pub(crate) fn new(model: View<'_>, lexicon: Lexicon<'_>) -> SymbolsOfCodes {
        let symbol = |code| lexicon.char_of(code).map_or(Symbol::OTHER, |c| model.symbol(c));
        SymbolsOfCodes((0..=u16::MAX).take_while(|&code| lexicon.has_code(code)).map(symbol).collect())
    }
}

/// The model at work. Buffers are kept from batch to batch.
#[derive(Default)]
pub(crate) struct Learned {
    scores: Scores,
    marks: Marks,
    best: BestTags,
    /// By symbol: where it begins in the batch.
    places: Vec<u32>,
    /// The symbols before which there is white space, which the model does not see.
    gaps: Vec<(usize, u32)>,
}

impl Learned {
    /// Lets `route` take the words that the model finds in a batch.
    pub(crate) fn find(&mut self, model: View<'_>, symbols: &SymbolsOfCodes, text: &str, units: &Units, route: &mut Route) {
        self.read(model, symbols, text, units);
        let len = self.places.len();
        self.marks.start(len);
        self.mark(model, route, units);
        self.scores.sum(model, Some(self.marks.as_slice()));
        for &(gap, place) in &self.gaps {
            route.join(place as usize, 1, false);
            if gap > 0 {
                self.scores.demand(gap - 1, Tags::LAST);
            }
            if gap < len {
                self.scores.demand(gap, Tags::FIRST);
            }
        }
        self.best.find(model, self.scores.as_slice());
        let mut start = 0;
        for (at, ends) in self.best.ends().enumerate() {
            if ends {
                let from = self.places[start] as usize;
                let to = self.places[at] as usize + 1;
                // What is one symbol keeps the step that it has: a piece has one of its own.
                let is_known = at == start || route.word(from, to - from) != u32::MAX;
                route.join(from, to - from, !is_known);
                start = at + 1;
            }
        }
    }

    fn read(&mut self, model: View<'_>, symbols: &SymbolsOfCodes, text: &str, units: &Units) {
        self.scores.clear();
        self.places.clear();
        self.gaps.clear();
        let mut at = 0;
        for piece in &units.pieces {
            self.read_each(model, symbols, text, units, at, piece.start as usize);
            let first = text[units.byte(piece.start as usize)..].chars().next().unwrap_or_default();
            self.push(symbol_of(piece, first), piece.start as usize);
            at = piece.end as usize;
        }
        self.read_each(model, symbols, text, units, at, units.len());
    }

    fn read_each(&mut self, model: View<'_>, symbols: &SymbolsOfCodes, text: &str, units: &Units, from: usize, to: usize) {
        for (at, &code) in units.codes()[from..to].iter().enumerate().map(|(at, code)| (at + from, code)) {
            if code >= FIRST {
                self.push(symbols.0.get(usize::from(code)).copied().unwrap_or(Symbol::OTHER), at);
            } else if code != GLUE {
                let c = text[units.byte(at)..].chars().next().unwrap_or_default();
                match c {
                    ' ' | '\u{3000}' => self.gaps.push((self.places.len(), fits(at))),
                    _ => self.push(model.symbol(c), at),
                }
            }
        }
    }

    #[inline]
    fn push(&mut self, symbol: u16, at: usize) {
        self.scores.push(symbol);
        self.places.push(fits(at));
    }

    /// Notes what the dictionary has at each symbol.
    fn mark(&mut self, model: View<'_>, route: &Route, units: &Units) {
        let len = units.len();
        let mut long = route.long_words(0).peekable();
        for (symbol, &place) in self.places.iter().enumerate() {
            let at = place as usize;
            for (size, &word) in (2..).zip(&route.dense_words(at)[1..]) {
                if word != 0 {
                    self.marks.word(symbol, size, model.belief(word - 1));
                }
            }
            while let Some((start, size, word)) = long.next_if(|word| word.0 <= at) {
                if start == at && start + size <= len {
                    self.marks.word(symbol, size, model.belief(word));
                }
            }
        }
    }
}

fn symbol_of(piece: &Piece, first: char) -> u16 {
    let _ = piece;
    match Kind::of(first) {
        _ if first.is_numeric() => Symbol::NUMBER,
        _ if first.is_ascii_alphabetic() => Symbol::LATIN,
        _ => Symbol::OTHER,
    }
}
