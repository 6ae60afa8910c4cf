//! The words of a dictionary's best route, and those that a hidden Markov model makes of what it leaves.

use super::batch::Batch;
use super::list::List;
use super::route::Route;
use super::rules::Data;
use super::span::Span;
use super::work::Work;
use crate::numbers::fits;
use crate::text::{Piece, Units};

/// Finds the best route through the dictionary words of a batch.
pub(super) fn find(data: &Data<'_>, units: &mut Units, route: &mut Route) {
    route.solve(data.lexicon, units);
    if let Some(user) = data.user.filter(|_| route.has_marks()) {
        route.split_words(user, units);
    }
}

/// Cuts a batch into the words of the best route. Single characters that follow each other on the route and have one of
/// the traits `loose` are joined as [`UnknownWords::join`] says.
pub(super) fn cut(data: &Data<'_>, loose: u8, work: Work<'_>) {
    let Work { text, units, route, unknown, words, .. } = work;
    find(data, units, route);
    let batch = Batch { lexicon: &data.lexicon, text, units, route };
    unknown.loose.clear();
    let mut walk = Walk { batch, loose, words, is_loose: &mut unknown.loose };
    let mut at = 0;
    for piece in &units.pieces {
        at = walk.pass(at, piece.start as usize);
        // Not if a word of the dictionary ends in the piece, which then is part of it.
        if at == piece.start as usize {
            at = walk.piece(piece);
        }
    }
    walk.pass(at, units.len());
    unknown.join(batch, data.hmm, words);
}

/// Cuts a batch as [`cut`] does, but into no more than `most` words at once; returns the character after them. Slower, and
/// needs no memory for characters that are joined.
pub(super) fn cut_part(data: &Data<'_>, loose: u8, most: usize, work: Work<'_>) -> usize {
    let Work { text, from, units, route, unknown, words, .. } = work;
    if from == 0 {
        find(data, units, route);
        route.forget_classes();
        unknown.find_all(Batch { lexicon: &data.lexicon, text, units, route }, data.hmm, loose);
    }
    unknown.push_part(Batch { lexicon: &data.lexicon, text, units, route }, from, most, words)
}

/// The way along the route.
struct Walk<'a> {
    batch: Batch<'a>,
    loose: u8,
    words: &'a mut List<Span>,
    /// By word, whether it may be joined with others.
    is_loose: &'a mut List<bool>,
}

impl Walk<'_> {
    /// Goes over the words from `at` on that begin before `to`; returns where the last one ends.
    #[inline(never)]
    fn pass(&mut self, mut at: usize, to: usize) -> usize {
        if at >= to {
            return at;
        }
        let Batch { lexicon, units, route, .. } = self.batch;
        let (codes, steps, numbers) = (&units.codes()[..to], &route.steps()[..to], &route.short_words()[..to]);
        // No word has less than one character.
        let places = self.words.room(to - at).iter_mut().zip(self.is_loose.room(to - at));
        let mut count = 0;
        for (place, is_loose) in places {
            if at >= to {
                break;
            }
            let step = steps[at] as usize;
            *is_loose = (step == 1) & (lexicon.traits_of(codes[at]) & self.loose != 0);
            let number = match numbers[at].get(step - 1) {
                Some(number) => number.wrapping_sub(1),
                None => route.word(at, step),
            };
            *place = Span { from: fits(at), to: fits(at + step), number, origin: None };
            count += 1;
            at += step;
        }
        self.words.advance(count);
        self.is_loose.advance(count);
        at
    }

    /// Goes over a piece, or over the word that begins with it; returns where that ends.
    fn piece(&mut self, piece: &Piece) -> usize {
        let at = piece.start as usize;
        self.is_loose.push(false);
        match self.batch.route.step(at) {
            1 => {
                let end = piece.end as usize;
                self.words.push(self.batch.span(at, end).or_as(piece.origin));
                end
            }
            step => {
                self.words.push(self.batch.span(at, at + step));
                at + step
            }
        }
    }
}
