//! From a batch of text, whose dictionary words are known, to the words that the model makes of it.

use super::best_borders::BestBorders;
use super::image::View;
use super::joints;
use super::marks::{Marks, size};
use super::scores::{Scores, Symbols};
use super::weights::{SCALE, Symbol};
use crate::dictionary::WordId;
use crate::numbers::fits;
use crate::segment::batch::{Batch, PieceOrigins};
use crate::segment::list::List;
use crate::segment::route::Route;
use crate::segment::rules::Data;
use crate::segment::span::Span;
use crate::segment::work::Work;
use crate::text::codes::{Code, FIRST, is_han};
use crate::text::{Origin, Piece, Units};

/// A model, and its symbols for a dictionary's codes, so that no character is looked up twice.
#[derive(Clone, Copy)]
pub(crate) struct ModelOfWords<'s> {
    pub(crate) view: View<'s>,
    /// By code.
    pub(crate) symbols: &'s [u16],
}

impl ModelOfWords<'_> {
    /// The model with the weights of characters alone, with those of pairs, too, and with all.
    pub(crate) fn parts(self) -> [Self; 3] {
        let views = [self.view.characters_alone(), self.view.without_dictionary(), self.view];
        views.map(|view| ModelOfWords { view, ..self })
    }

    /// The size, for [`Marks`], of a word of `len` characters by its number plus one.
    #[inline(always)]
    pub(crate) fn size(self, len: usize, word: u32) -> u8 {
        size(len, self.view.belief(word))
    }
}

/// White space, which the model does not see.
#[derive(Clone, Copy)]
struct Gap {
    /// The symbol after it.
    before: usize,
    /// The character that it begins with.
    start: u32,
}

/// Buffers that are kept from batch to batch.
#[derive(Default)]
pub(crate) struct Buffers {
    scores: Scores,
    best: BestBorders,
    gaps: Vec<Gap>,
    /// Characters that are words because a user says so, or because the dictionary has a word of
    /// Latin and Han characters, by where they begin.
    fixed: Vec<(usize, usize)>,
    /// The symbols after which a best border is none of the text, since a number or mark goes on.
    joined: Vec<u32>,
}

impl Buffers {
    pub(crate) fn heap_bytes(&self) -> usize {
        self.scores.heap_bytes()
            + self.best.heap_bytes()
            + size_of::<Gap>() * self.gaps.capacity()
            + size_of::<(usize, usize)>() * self.fixed.capacity()
            + size_of::<u32>() * self.joined.capacity()
    }

    /// Sums up the weights of a batch that was just read, and finds the best borders.
    pub(crate) fn find_borders(
        &mut self,
        data: &Data<'_>,
        model: ModelOfWords<'_>,
        text: &str,
        units: &Units,
        route: &mut Route,
    ) {
        let Buffers { scores, best, gaps, fixed, joined } = self;
        gaps.clear();
        fixed.clear();
        let symbols = scores.begin(units.byte(0) > 0, units.len());
        let (codes, marks) = route.codes_and_marks();
        let len = Reading { model, text, units, codes, marks, symbols, gaps }.read();
        note_mixed_words(text, route, units, fixed);
        note_user_words(data, units, route, fixed);

        scores.sum(model.view, len);
        gaps.iter().for_each(|gap| scores.demand_border_before(gap.before));
        for &(from, to) in &*fixed {
            scores.demand_border_before(scores.symbol_at(from));
            scores.demand_border_before(scores.symbol_at(to));
        }
        best.find(scores.as_slice());
        joints::find(scores, best, text, units, joined);
        best.remove(joined);
    }

    /// The characters of a symbol: the first, and the one after the last.
    fn chars(&self, symbol: usize) -> (u32, u32) {
        let gap = self.gaps.binary_search_by_key(&(symbol + 1), |gap| gap.before);
        let starts = self.scores.starts();
        (starts[symbol], gap.map_or(starts[symbol + 1], |gap| self.gaps[gap].start))
    }
}

/// Buffers for the three of [`ModelOfWords::parts`].
#[derive(Default)]
pub(crate) struct Weighings(pub(crate) [Buffers; 3]);

impl Weighings {
    /// Gives `each` the characters `from..to` of every symbol of a batch, and the weights of a border after it and of a
    /// word of it alone, as natural logarithms: those of characters, of pairs, and of the dictionary's words.
    pub(crate) fn for_each(&self, mut each: impl FnMut(usize, usize, [[f64; 2]; 3])) {
        let [characters, pairs, all] = self.0.each_ref().map(|buffers| buffers.scores.as_slice());
        for (symbol, ((characters, pairs), all)) in characters.iter().zip(pairs).zip(all).enumerate() {
            let (from, to) = self.0[2].chars(symbol);
            let weights = [characters, pairs, all];
            let [characters, pairs, all] =
                weights.map(|sums| sums.weights().map(|sum| f64::from(sum) / f64::from(SCALE)));
            let less = |all: [f64; 2], part: [f64; 2]| [all[0] - part[0], all[1] - part[1]];
            each(from as usize, to as usize, [characters, less(pairs, characters), less(all, pairs)]);
        }
    }
}

/// Cuts a batch into the words that the model finds. Returns the character after the last one.
pub(crate) fn cut(data: &Data<'_>, model: ModelOfWords<'_>, work: Work<'_>) -> usize {
    let Work { text, units, route, learned, words, .. } = work;
    learned.find_borders(data, model, text, units, route);
    let Buffers { scores, best, gaps, fixed, .. } = learned;
    let starts = scores.starts();
    let batch = Batch { lexicon: &data.lexicon, text, units, route };
    let is_plain = fixed.is_empty() && !route.has_marks();
    let mut writing = Writing { batch, words, pieces: PieceOrigins::new(batch), fixed: fixed.iter().peekable(), at: 0 };
    // White space, and the end of the batch; there is a border at each.
    let end = Gap { before: starts.len() - 1, start: fits(units.len()) };
    let (mut symbol, mut ends) = (0, best.ends());
    for gap in gaps.iter().chain([&end]) {
        let (words, after) = ends.split_at(ends.partition_point(|&at| (at as usize) < gap.before));
        writing.single_until(starts[symbol] as usize);
        match is_plain {
            true => writing.plain_words(starts, symbol, words, gap.start),
            false => writing.words(starts, symbol, words, gap.start),
        }
        (symbol, ends) = (gap.before, after);
    }
    writing.single_until(units.len());
    units.len()
}

/// Reads the symbols of a batch.
struct Reading<'a> {
    model: ModelOfWords<'a>,
    text: &'a str,
    units: &'a Units,
    /// By character, as are the marks.
    codes: &'a [Code],
    marks: &'a [u8],
    symbols: Symbols<'a>,
    gaps: &'a mut Vec<Gap>,
}

impl Reading<'_> {
    /// Returns how many symbols there are.
    fn read(mut self) -> usize {
        let mut at = 0;
        for piece in &self.units.pieces {
            // A piece that another one covers is part of that.
            if (piece.start as usize) < at {
                continue;
            }
            self.read_each(at, piece.start as usize);
            self.read_piece(piece);
            at = piece.end as usize;
        }
        self.read_each(at, self.units.len());
        self.symbols.finish(fits(self.units.len()))
    }

    fn read_each(&mut self, from: usize, to: usize) {
        let Reading { model, codes, marks, .. } = *self;
        let mut at = from;
        while at < to {
            at = self.symbols.push_han(model, &codes[at..to], &marks[at..to], fits(at)) as usize;
            if at < to {
                let known = model.symbols.get(usize::from(codes[at])).filter(|_| codes[at] >= FIRST);
                self.read_symbol(at, at + 1, |model, c| known.copied().unwrap_or_else(|| model.symbol(c)));
                at += 1;
            }
        }
    }

    fn read_piece(&mut self, piece: &Piece) {
        self.read_symbol(piece.start as usize, piece.end as usize, |_, c| match c {
            c if c.is_numeric() => Symbol::NUMBER,
            c if c.is_ascii_alphabetic() => Symbol::LATIN,
            _ => Symbol::OTHER,
        });
    }

    /// Reads characters that are one symbol.
    fn read_symbol(&mut self, from: usize, to: usize, symbol: impl Fn(View<'_>, char) -> u16) {
        let symbols = &mut self.symbols;
        match self.text[self.units.byte(from)..].chars().next().unwrap_or_default() {
            ' ' | '\u{3000}' => {
                let before = symbols.len;
                if self.gaps.last().is_none_or(|gap| gap.before < before) {
                    self.gaps.push(Gap { before, start: fits(from) });
                }
            }
            c => {
                let mark = Marks::of_symbol(self.marks[from], self.marks[to - 1]);
                symbols.push(self.model.view, symbol(self.model.view, c), mark, fits(from));
            }
        }
    }
}

/// Notes the dictionary words that are more than a piece, such as `T恤` and `卡拉OK`.
fn note_mixed_words(text: &str, route: &Route, units: &Units, fixed: &mut Vec<(usize, usize)>) {
    let short = route.short_words();
    for piece in &units.pieces {
        let (start, end) = (piece.start as usize, piece.end as usize);
        // Numbers and dates in Han characters are asked for, and come before words.
        if text[units.byte(start)..].starts_with(is_han) {
            continue;
        }
        let before = fixed.last().map_or(0, |word| word.1);
        let longest = (start.saturating_sub(3).max(before)..=start).find_map(|at| {
            let len = (2..=short[at].len()).rev().find(|&len| short[at][len - 1] != 0 && at + len >= end)?;
            ((at, at + len) != (start, end)).then_some((at, at + len))
        });
        fixed.extend(longest);
    }
}

/// Notes the words of users that lie on the best route, by which their frequencies and wishes
/// count.
fn note_user_words(data: &Data<'_>, units: &Units, route: &mut Route, fixed: &mut Vec<(usize, usize)>) {
    let Some(user) = data.user.filter(|_| route.has_user_words()) else { return };
    route.solve(data.lexicon);
    let mut chosen = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let end = at + route.step(at).max(1);
        if route.is_of_user(at, end - at) {
            chosen.push((at, end));
        }
        at = end;
    }
    if route.has_marks() {
        route.split_words(user);
    }
    // Both are sorted by where they begin.
    let mut next = 0;
    fixed.retain(|&(from, to)| {
        while chosen.get(next).is_some_and(|&(_, end)| end <= from) {
            next += 1;
        }
        chosen.get(next).is_none_or(|&(start, _)| to <= start)
    });
    for (start, end) in chosen {
        let mut at = start;
        while at < end {
            let part_end = at + route.step(at).max(1);
            fixed.push((at, part_end));
            at = part_end;
        }
    }
    fixed.sort_unstable();
}

/// The origin of a word that the dictionary lacks: of the number in it, or the model, or as its first character says.
/// Words are asked for from left to right.
#[inline]
fn origin_of(pieces: &mut PieceOrigins<'_>, batch: Batch<'_>, word: Span) -> Option<Origin> {
    let is_model = || word.chars() > 1 && batch.is_han(word.from as usize);
    pieces.first_in(word).or_else(|| is_model().then_some(Origin::Model))
}

/// Pushes words, and what stands between them.
struct Writing<'a, F: Iterator> {
    batch: Batch<'a>,
    words: &'a mut List<Span>,
    pieces: PieceOrigins<'a>,
    fixed: std::iter::Peekable<F>,
    /// The first character that no word has yet.
    at: usize,
}

impl<'f, F: Iterator<Item = &'f (usize, usize)>> Writing<'_, F> {
    /// Pushes the words from a symbol on that the model has found where nobody has said anything of them. `ends` has the
    /// last symbol of each, and the last one ends before the character `to`.
    fn plain_words(&mut self, starts: &[u32], symbol: usize, ends: &[u32], to: u32) {
        let Writing { batch, words, pieces, at, .. } = self;
        let mut from = starts[symbol];
        for (place, &end) in words.room(ends.len()).iter_mut().zip(ends) {
            let to = starts[end as usize + 1].min(to);
            let span = batch.span(from as usize, to as usize);
            let origin = if span.number == WordId::NONE { origin_of(pieces, *batch, span) } else { None };
            *place = Span { origin, ..span };
            from = to;
        }
        words.advance(ends.len());
        *at = from as usize;
    }

    /// The same where somebody has said something.
    fn words(&mut self, starts: &[u32], symbol: usize, ends: &[u32], to: u32) {
        let mut from = starts[symbol];
        for &end in ends {
            let end = starts[end as usize + 1].min(to);
            self.word(from as usize, end as usize);
            from = end;
        }
    }

    /// Pushes a word that the model has found, and the fixed ones before it and in it.
    fn word(&mut self, from: usize, to: usize) {
        while let Some(&(start, end)) = self.fixed.next_if(|word| word.0 < to) {
            self.single_until(start);
            // Not if it begins inside of a piece, which is whole.
            if start == self.at {
                self.words.push(self.batch.span(start, end));
                self.at = end;
            }
        }
        if from < self.at {
            return;
        }
        self.single_until(from);
        let span = self.batch.span(from, to);
        match origin_of(&mut self.pieces, self.batch, span) {
            Some(_) if self.batch.route.is_never_joined(from, to - from) => self.single_until(to),
            Some(origin) => self.words.push(span.or_as(origin)),
            None => self.words.push(span),
        }
        self.at = to;
    }

    /// Pushes what no symbol stands for, white space, each character and piece by itself.
    fn single_until(&mut self, to: usize) {
        while self.at < to {
            let pieces = &self.batch.units.pieces;
            let piece = pieces.binary_search_by_key(&self.at, |piece| piece.start as usize).map(|index| &pieces[index]);
            let end = match piece {
                Ok(piece) => {
                    let end = piece.end as usize;
                    self.words.push(self.batch.span(self.at, end).or_as(piece.origin));
                    end
                }
                Err(_) => {
                    self.words.push(self.batch.span(self.at, self.at + 1));
                    self.at + 1
                }
            };
            self.at = end;
        }
    }
}
