//! Cuts a batch of text, whose dictionary words are known, into the words that the model finds.

use super::best_borders::BestBorders;
use super::image::View;
use super::joints;
use super::marks::size;
use super::scores::Scores;
use super::symbols::{Gap, Symbols};
use super::weights::SCALE;
use crate::numbers::fits;
use crate::segment::batch::{Batch, word_at};
use crate::segment::list::List;
use crate::segment::route::Route;
use crate::segment::rules::Data;
use crate::segment::scratch::Scratch;
use crate::segment::span::Span;
use crate::text::codes::is_han;
use crate::text::{Origin, Units};

/// A model, with its symbols for a dictionary's codes, so that no character is looked up twice.
#[derive(Clone, Copy)]
pub(crate) struct ModelOfWords<'s> {
    pub(crate) view: View<'s>,
    /// By code.
    pub(crate) symbols: &'s [u16],
}

impl ModelOfWords<'_> {
    /// Returns the model with the weights of characters alone, then with those of pairs, too, then
    /// with all.
    pub(crate) fn parts(self) -> [Self; 3] {
        let views = [self.view.characters_alone(), self.view.without_dictionary(), self.view];
        views.map(|view| ModelOfWords { view, ..self })
    }

    /// Returns the size, for [`Marks`](super::Marks), of a word of `len` characters, given its
    /// number plus one.
    #[inline(always)]
    pub(crate) fn size(self, len: usize, word: u32) -> u8 {
        size(len, self.view.belief(word))
    }
}

/// Buffers that are kept from batch to batch.
#[derive(Default)]
pub(crate) struct Buffers {
    symbols: Symbols,
    scores: Scores,
    best: BestBorders,
    /// Fixed words, sorted by start: those of users, and the dictionary's words of Latin and Han
    /// characters. Each is its first character and the character after its last one.
    fixed: Vec<(usize, usize)>,
    /// The symbols after which there is a best border, but no border of the text, since a number or
    /// a mark goes on.
    joined: Vec<u32>,
}

impl Buffers {
    /// Sums the weights of a batch that was just read, and finds the best borders.
    pub(crate) fn find_borders(
        &mut self,
        data: &Data<'_>,
        model: ModelOfWords<'_>,
        text: &str,
        units: &Units,
        route: &mut Route,
    ) {
        let Buffers { symbols, scores, best, fixed, joined } = self;
        let (codes, marks) = route.codes_and_marks();
        symbols.read(model, text, units, codes, marks);
        fixed.clear();
        note_mixed_words(text, route, units, fixed);
        note_user_words(data, units, route, fixed);

        scores.begin(symbols.as_slice().len());
        symbols.gaps().iter().for_each(|gap| scores.demand_border_before(gap.before));
        for &(from, to) in &*fixed {
            scores.demand_border_before(symbols.at(from));
            scores.demand_border_before(symbols.at(to));
        }
        scores.sum(model.view, symbols, best);
        joints::find(symbols, best, text, units, joined);
        best.remove(joined);
    }
}

/// Buffers for the three of [`ModelOfWords::parts`].
#[derive(Default)]
pub(crate) struct Weighings(pub(crate) [Buffers; 3]);

impl Weighings {
    /// Calls `each` for every symbol of a batch, with its characters `from..to` and its weights, as
    /// natural logarithms. There are three pairs of weights: those of characters, of pairs, and of
    /// the dictionary's words. Each pair has the weight of a border after the symbol, and that of a
    /// word that is the symbol alone.
    pub(crate) fn for_each(&self, mut each: impl FnMut(usize, usize, [[f64; 2]; 3])) {
        let [characters, pairs, all] = self.0.each_ref().map(|buffers| buffers.scores.as_slice());
        for (symbol, ((characters, pairs), all)) in characters.iter().zip(pairs).zip(all).enumerate() {
            let (from, to) = self.0[2].symbols.chars(symbol);
            let weights = [characters, pairs, all];
            let [characters, pairs, all] =
                weights.map(|sums| sums.weights().map(|sum| f64::from(sum) / f64::from(SCALE)));
            let less = |all: [f64; 2], part: [f64; 2]| [all[0] - part[0], all[1] - part[1]];
            each(from as usize, to as usize, [characters, less(pairs, characters), less(all, pairs)]);
        }
    }
}

/// Cuts a batch into the words that the model finds. Returns the character after the last one.
pub(crate) fn cut(data: &Data<'_>, model: ModelOfWords<'_>, text: &str, scratch: &mut Scratch) -> usize {
    let Scratch { units, route, learned, whole: words, .. } = scratch;
    learned.find_borders(data, model, text, units, route);
    let Buffers { symbols, best, fixed, joined, .. } = learned;
    let starts = symbols.starts();
    let batch = Batch { lexicon: &data.lexicon, text, units, route };
    let is_plain = fixed.is_empty() && !route.has_marks();
    let mut writing = Writing { batch, words, fixed: fixed.iter().peekable(), at: 0 };
    // White space and the end of the batch. There is a border at each.
    let end = Gap { before: starts.len() - 1, start: fits(units.len()) };
    let (mut symbol, mut ends) = (0, best.ends());
    for gap in symbols.gaps().iter().chain([&end]) {
        let (words, after) = ends.split_at(ends.partition_point(|&at| (at as usize) < gap.before));
        writing.single_until(starts[symbol] as usize);
        match is_plain {
            true => writing.plain_words(starts, symbol, words, gap.start),
            false => writing.words(starts, symbol, words, gap.start),
        }
        (symbol, ends) = (gap.before, after);
    }
    writing.single_until(units.len());
    for &symbol in &*joined {
        if let Some(word) = word_at(words, starts[symbol as usize]) {
            word.origin = None;
        }
    }
    batch.set_piece_origins(words);
    units.len()
}

/// Notes the dictionary words that are more than a piece, such as `T恤` and `卡拉OK`.
fn note_mixed_words(text: &str, route: &Route, units: &Units, fixed: &mut Vec<(usize, usize)>) {
    let short = route.short_words();
    for piece in &units.pieces {
        let (start, end) = (piece.start as usize, piece.end as usize);
        // There is no word near most pieces.
        let places = start.saturating_sub(3)..=start;
        let near = short[places.clone()].iter().fold(0, |all, [_, two, three, four]| all | two | three | four);
        // Numbers and dates in Han characters are there because the user asked for them, so they
        // come before words.
        if near == 0 || text[units.byte(start)..].starts_with(is_han) {
            continue;
        }
        let before = fixed.last().map_or(0, |word| word.1);
        let longest = places.skip_while(|at| *at < before).find_map(|at| {
            let len = (2..=short[at].len()).rev().find(|&len| short[at][len - 1] != 0 && at + len >= end)?;
            ((at, at + len) != (start, end)).then_some((at, at + len))
        });
        fixed.extend(longest);
    }
}

/// Notes the users' words on the best route. Their frequencies and wishes determine this route.
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
    // Both are sorted by start.
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

/// Pushes words, and the characters between them.
struct Writing<'a, F: Iterator> {
    batch: Batch<'a>,
    words: &'a mut List<Span>,
    fixed: std::iter::Peekable<F>,
    /// The first character that is in no word yet.
    at: usize,
}

impl<'f, F: Iterator<Item = &'f (usize, usize)>> Writing<'_, F> {
    /// Pushes the words that the model has found from `symbol` on, where users have declared
    /// nothing about them. `ends` has the last symbol of each word. No word goes beyond the
    /// character `to`.
    fn plain_words(&mut self, starts: &[u32], symbol: usize, ends: &[u32], to: u32) {
        let Writing { batch, words, at, .. } = self;
        let batch = *batch;
        let mut from = starts[symbol];
        for (place, &end) in words.room(ends.len()).iter_mut().zip(ends) {
            let to = starts[end as usize + 1].min(to);
            *place = batch.span_by(from as usize, to as usize, Some(Origin::Model));
            from = to;
        }
        words.advance(ends.len());
        *at = from as usize;
    }

    /// Does the same where words are fixed or users have declared something.
    fn words(&mut self, starts: &[u32], symbol: usize, ends: &[u32], to: u32) {
        let mut from = starts[symbol];
        for &end in ends {
            let end = starts[end as usize + 1].min(to);
            self.word(from as usize, end as usize);
            from = end;
        }
    }

    /// Pushes a word that the model has found, with the fixed words before it and in it.
    fn word(&mut self, from: usize, to: usize) {
        while let Some(&(start, end)) = self.fixed.next_if(|word| word.0 < to) {
            self.single_until(start);
            // Skips a fixed word that begins inside a piece, since a piece is whole.
            if start == self.at {
                self.words.push(self.batch.span(start, end));
                self.at = end;
            }
        }
        if from < self.at {
            return;
        }
        self.single_until(from);
        match self.batch.route.is_never_joined(from, to - from) {
            true => self.single_until(to),
            false => self.words.push(self.batch.span_by(from, to, Some(Origin::Model))),
        }
        self.at = to;
    }

    /// Pushes characters that no symbol stands for: white space, and each character and piece by
    /// itself.
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
