//! From a batch of text, whose dictionary words are known, to the words that the model makes of it.

use super::best_borders::BestBorders;
use super::image::View;
use super::marks::{Marks, size};
use super::scores::Scores;
use super::weights::{SCALE, Symbol};
use crate::dictionary::{Lexicon, WordId};
use crate::numbers::fits;
use crate::segment::batch::Batch;
use crate::segment::list::List;
use crate::segment::route::Route;
use crate::segment::rules::Data;
use crate::segment::span::Span;
use crate::segment::work::Work;
use crate::text::codes::{FIRST, GLUE, is_han};
use crate::text::{Origin, Piece, Units};

/// A model, and its symbols for a dictionary's codes, so that no character is looked up twice.
#[derive(Clone, Copy)]
pub(crate) struct ModelOfWords<'s> {
    pub(crate) view: View<'s>,
    /// By code.
    pub(crate) symbols: &'s [u16],
    pub(crate) known: KnownWords<'s>,
}

/// The words of a dictionary of which the model knows how far they are to be believed.
#[derive(Clone, Copy)]
pub(crate) enum KnownWords<'s> {
    /// All, by their numbers.
    All,
    /// By number: the number plus one that the word has in the dictionary that the model knows, or 0.
    Numbered(&'s [u32]),
    None,
}

impl ModelOfWords<'_> {
    /// The model with the weights of characters alone, with those of pairs, too, and with all.
    pub(crate) fn parts(self) -> [Self; 3] {
        let views = [self.view.characters_alone(), self.view.without_dictionary(), self.view];
        views.map(|view| ModelOfWords { view, ..self })
    }

    /// How far a word of the dictionary is believed, by its number plus one; not at all if that is 0. Words that somebody
    /// has compiled beside those that the model knows are believed as if the training text bore them out.
    #[inline(always)]
    fn belief(self, word: u32) -> u8 {
        match self.known {
            KnownWords::All => self.view.belief(word),
            KnownWords::None => u8::from(word != 0),
            KnownWords::Numbered(_) if word == 0 => 0,
            KnownWords::Numbered(numbers) => match numbers.get(word as usize - 1) {
                None => 1,
                Some(0) => 2,
                Some(&known) => self.view.belief(known),
            },
        }
    }

    /// The size, for [`Marks`], of a word of `len` characters by its number plus one.
    #[inline(always)]
    pub(crate) fn size(self, len: usize, word: u32) -> u8 {
        size(len, self.belief(word))
    }
}

/// The symbols of a dictionary's codes, for [`ModelOfWords::symbols`].
pub(crate) fn symbols_of_codes(model: View<'_>, lexicon: Lexicon<'_>) -> Vec<u16> {
    let symbol = |code| lexicon.char_of(code).map_or(Symbol::OTHER, |c| model.symbol(c));
    (0..=u16::MAX).take_while(|&code| lexicon.has_code(code)).map(symbol).collect()
}

/// Where a symbol stands in the batch, and what it is if it is more than a character.
#[derive(Clone, Copy)]
struct Place {
    from: u32,
    to: u32,
    origin: Option<Origin>,
}

/// Buffers that are kept from batch to batch.
#[derive(Default)]
pub(crate) struct Buffers {
    scores: Scores,
    marks: Marks,
    best: BestBorders,
    /// By symbol.
    places: Vec<Place>,
    /// The symbols before which there is white space, which the model does not see.
    gaps: Vec<usize>,
    /// Characters that are words because a user says so, or because the dictionary has a word of
    /// Latin and Han characters, by where they begin.
    fixed: Vec<(usize, usize)>,
}

impl Buffers {
    pub(crate) fn heap_bytes(&self) -> usize {
        self.scores.heap_bytes()
            + self.marks.heap_bytes()
            + self.best.heap_bytes()
            + size_of::<Place>() * self.places.capacity()
            + size_of::<usize>() * (self.gaps.capacity() + 2 * self.fixed.capacity())
    }

    /// Sums up the weights of a batch that was just read, and finds the best borders.
    pub(crate) fn find_borders(
        &mut self,
        data: &Data<'_>,
        model: ModelOfWords<'_>,
        text: &str,
        units: &mut Units,
        route: &mut Route,
    ) {
        let Buffers { scores, marks, best, places, gaps, fixed } = self;
        scores.begin(units.byte(0) > 0);
        places.clear();
        gaps.clear();
        fixed.clear();
        Reading { model, text, units, scores, places, gaps }.read();
        note_mixed_words(text, route, units, fixed);
        note_user_words(data, units, route, fixed);

        note_dictionary_words(model, route, places, marks);
        scores.sum(model.view, marks.find());
        let symbol_at = |at: &usize| places.partition_point(|place| (place.from as usize) < *at);
        let fixed_ends = fixed.iter().flat_map(|(from, to)| [from, to]).map(symbol_at);
        for symbol in gaps.iter().copied().chain(fixed_ends) {
            scores.demand_border_after(symbol.wrapping_sub(1));
        }
        best.find(scores.as_slice());
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
        for (((place, characters), pairs), all) in self.0[2].places.iter().zip(characters).zip(pairs).zip(all) {
            let weights = [characters, pairs, all];
            let [characters, pairs, all] =
                weights.map(|sums| sums.weights().map(|sum| f64::from(sum) / f64::from(SCALE)));
            let less = |all: [f64; 2], part: [f64; 2]| [all[0] - part[0], all[1] - part[1]];
            each(place.from as usize, place.to as usize, [characters, less(pairs, characters), less(all, pairs)]);
        }
    }
}

/// Cuts a batch into the words that the model finds.
pub(crate) fn cut(data: &Data<'_>, model: ModelOfWords<'_>, work: Work<'_>) {
    let Work { text, units, route, learned, words, .. } = work;
    learned.find_borders(data, model, text, units, route);
    let Buffers { best, places, fixed, .. } = learned;
    let batch = Batch { lexicon: &data.lexicon, text, units, route };
    let is_plain = fixed.is_empty() && !route.has_marks();
    let mut writing = Writing { batch, words, fixed: fixed.iter().peekable(), at: 0 };
    match is_plain {
        true => writing.plain_words(places, best),
        false => writing.words(places, best),
    }
    writing.single_until(units.len());
}

/// Reads the symbols of a batch.
struct Reading<'a> {
    model: ModelOfWords<'a>,
    text: &'a str,
    units: &'a Units,
    scores: &'a mut Scores,
    places: &'a mut Vec<Place>,
    gaps: &'a mut Vec<usize>,
}

impl Reading<'_> {
    fn read(&mut self) {
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
    }

    fn read_each(&mut self, from: usize, to: usize) {
        for (at, &code) in (from..).zip(&self.units.codes()[from..to]) {
            if code >= FIRST {
                self.push(self.model.symbols.get(usize::from(code)).copied().unwrap_or(Symbol::OTHER), at);
            } else if code != GLUE {
                match self.char(at) {
                    ' ' | '\u{3000}' => self.gaps.push(self.places.len()),
                    c => self.push(self.model.view.symbol(c), at),
                }
            }
        }
    }

    fn read_piece(&mut self, piece: &Piece) {
        let symbol = match self.char(piece.start as usize) {
            ' ' | '\u{3000}' => return self.gaps.push(self.places.len()),
            c if c.is_numeric() => Symbol::NUMBER,
            c if c.is_ascii_alphabetic() => Symbol::LATIN,
            _ => Symbol::OTHER,
        };
        self.scores.push(symbol);
        self.places.push(Place { from: piece.start, to: piece.end, origin: Some(piece.origin) });
    }

    fn char(&self, at: usize) -> char {
        self.text[self.units.byte(at)..].chars().next().unwrap_or_default()
    }

    #[inline]
    fn push(&mut self, symbol: u16, at: usize) {
        self.scores.push(symbol);
        let from = fits(at);
        self.places.push(Place { from, to: from + 1, origin: None });
    }
}

/// Notes the dictionary words at each symbol.
fn note_dictionary_words(model: ModelOfWords<'_>, route: &Route, places: &[Place], marks: &mut Marks) {
    let sizes = route.sizes();
    marks.start_with(places.iter().map(|place| sizes[place.from as usize]));
    if route.long_len() > 0 {
        let mut symbols = (0..).zip(places).peekable();
        for (start, len, word) in route.long_words(0) {
            while symbols.next_if(|(_, place)| (place.from as usize) < start).is_some() {}
            // Not if a piece is in it, so that it has fewer symbols than characters.
            let is_end =
                |symbol: usize| places.get(symbol + len - 1).is_some_and(|last| last.to as usize == start + len);
            let here = symbols.peek().filter(|(_, place)| place.from as usize == start);
            if let Some(&(symbol, _)) = here.filter(|(symbol, _)| is_end(*symbol)) {
                marks.word(symbol, len, model.belief(word.wrapping_add(1)));
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
fn note_user_words(data: &Data<'_>, units: &mut Units, route: &mut Route, fixed: &mut Vec<(usize, usize)>) {
    let Some(user) = data.user.filter(|_| route.has_user_words()) else { return };
    route.solve(data.lexicon, units);
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
        route.split_words(user, units);
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

/// Pushes words, and what stands between them.
struct Writing<'a, F: Iterator> {
    batch: Batch<'a>,
    words: &'a mut List<Span>,
    fixed: std::iter::Peekable<F>,
    /// The first character that no word has yet.
    at: usize,
}

impl<'f, F: Iterator<Item = &'f (usize, usize)>> Writing<'_, F> {
    /// Pushes the words that the model has found where nobody has said anything of them.
    fn plain_words(&mut self, places: &[Place], best: &BestBorders) {
        // Where the word begins that is not at its end.
        let mut start = 0;
        for (place, ends) in places.iter().zip(best.ends()) {
            if place.from as usize != self.at && start == self.at {
                self.single_until(place.from as usize);
                start = self.at;
            }
            // No branch: where a word ends is hard to foretell. A word is written at each of its
            // characters, and counted at the last.
            let to = place.to as usize;
            let by_model = if to - start > 1 { Some(Origin::Model) } else { None };
            let span = self.batch.span(start, to);
            let origin = if span.number == WordId::NONE { place.origin.or(by_model) } else { None };
            self.words.push_if(Span { origin, ..span }, ends);
            start = if ends { to } else { start };
            self.at = to;
        }
    }

    /// Pushes the words that the model has found, and the fixed ones.
    fn words(&mut self, places: &[Place], best: &BestBorders) {
        let mut first = 0;
        for (last, ends) in best.ends().enumerate() {
            if ends {
                self.word(places[first], places[last]);
                first = last + 1;
            }
        }
    }

    fn word(&mut self, first: Place, last: Place) {
        let (from, to) = (first.from as usize, last.to as usize);
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
        let origin = match first.origin {
            Some(origin) => Some(origin),
            None => (to - from > 1).then_some(Origin::Model),
        };
        match origin {
            Some(Origin::Model) if self.batch.route.is_never_joined(from, to - from) => self.single_until(to),
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
