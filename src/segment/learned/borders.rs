//! Finds the best borders of a batch of text, whose dictionary words are known.

use super::best_borders::BestBorders;
use super::image::ModelOfWords;
use super::joints;
use super::scores::Scores;
use super::symbols::Symbols;
use super::weights::SCALE;
use crate::segment::data::Data;
use crate::segment::route::Route;
use crate::text::Units;
use crate::text::codes::is_han;

/// Buffers that are kept from batch to batch.
#[derive(Default)]
pub(crate) struct Buffers {
    pub(super) symbols: Symbols,
    pub(super) scores: Scores,
    pub(super) best: BestBorders,
    /// Fixed words, sorted by start: those of users, and the dictionary's words of Latin and Han
    /// characters. Each is its first character and the character after its last one.
    pub(super) fixed: Vec<(usize, usize)>,
    /// The symbols after which there is a best border, but no border of the text, since a number or
    /// a mark goes on.
    pub(super) joined: Vec<u32>,
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
