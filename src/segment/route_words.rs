//! The words of a batch along the route.

use super::batch::{Batch, PieceOrigins};
use super::hmm::Hmm;
use super::list::List;
use super::span::Span;
use super::unknown_words::Room;
use crate::dictionary::WordId;
use crate::numbers::fits;
use crate::text::Origin;
use crate::text::codes::traits;

/// Where the words of a batch end.
#[derive(Default)]
pub(crate) struct RouteWords {
    /// By word, the character after it.
    ends: List<u32>,
    /// By word of the route, whether it is a single character that may be joined with others.
    loose: List<bool>,
    room: Room,
}

impl RouteWords {
    /// Finds where the words of a batch end: those of the route, and those that [`Room::find`] makes of runs, two or more single
    /// characters that follow each other on the route and have one of the traits `loose`.
    pub(super) fn find(&mut self, batch: Batch<'_>, hmm: Option<Hmm<'_>>, loose: u8) {
        self.ends.clear();
        self.loose.clear();
        let mut at = 0;
        for piece in &batch.units.pieces {
            at = self.pass(batch, loose, at, piece.start as usize);
            // Not if a word of the dictionary ends in the piece, which then is part of it.
            if at == piece.start as usize {
                // The piece is one step, unless a longer word begins with it.
                let step = batch.route.step(at);
                at = if step == 1 { piece.end as usize } else { at + step };
                self.ends.push(fits(at));
                self.loose.push(false);
            }
        }
        self.pass(batch, loose, at, batch.units.len());
        self.join(batch, hmm);
    }

    /// Goes over the words of the route from `at` on that begin before `to`; returns where the last one ends.
    #[inline(never)]
    fn pass(&mut self, batch: Batch<'_>, loose: u8, mut at: usize, to: usize) -> usize {
        if at >= to {
            return at;
        }
        let (codes, steps) = (&batch.route.codes()[..to], &batch.route.steps()[..to]);
        // No word has less than one character.
        let places = self.ends.room(to - at).iter_mut().zip(self.loose.room(to - at));
        let mut count = 0;
        for (end, is_loose) in places {
            if at >= to {
                break;
            }
            let step = steps[at] as usize;
            *is_loose = (step == 1) & (batch.lexicon.traits_of(codes[at]) & loose != 0);
            at += step;
            *end = fits(at);
            count += 1;
        }
        self.ends.advance(count);
        self.loose.advance(count);
        at
    }

    /// Puts the ends of the words that runs make in the place of those of their characters.
    fn join(&mut self, batch: Batch<'_>, hmm: Option<Hmm<'_>>) {
        let RouteWords { ends, loose, room } = self;
        loose.push(false);
        let (mut at, mut count) = (0, 0);
        while at < ends.len() {
            // Ends are moved to the front as words before them are joined.
            ends[count] = ends[at];
            if loose[at] & loose[at + 1] {
                let len = 2 + loose[at + 2..].iter().take_while(|is_loose| **is_loose).count();
                let start = ends[at] as usize - 1;
                let run_ends = room.find(batch, start, len, hmm);
                // Where words end cannot be predicted, so each end is written, and counted if it is one.
                for index in 0..len {
                    ends[count] = fits(start + index + 1);
                    count += usize::from(run_ends.get(index));
                }
                at += len;
            } else {
                (at, count) = (at + 1, count + 1);
            }
        }
        ends.truncate(count);
    }

    /// Pushes the words that [`RouteWords::find`] found, from the character `from` on, at most so many. Returns the
    /// character after them.
    pub(super) fn push(&self, batch: Batch<'_>, mut from: usize, most: usize, words: &mut List<Span>) -> usize {
        let ends = &self.ends[self.ends.partition_point(|&end| end as usize <= from)..];
        let ends = &ends[..ends.len().min(most)];
        let mut pieces = PieceOrigins::new(batch);
        for (place, &end) in words.room(ends.len()).iter_mut().zip(ends) {
            let span = batch.span(from, end as usize);
            let is_new = span.number == WordId::NONE;
            let is_by_hmm = is_new & (span.chars() > 1) & (batch.traits(from) & traits::FOR_HMM != 0);
            let origin = match pieces.first_in(span) {
                None => is_by_hmm.then_some(Origin::Hmm),
                Some(origin) => is_new.then_some(origin),
            };
            *place = Span { origin, ..span };
            from = end as usize;
        }
        words.advance(ends.len());
        from
    }

    /// Frees room that is of no use once the words are found.
    pub(super) fn shrink(&mut self) {
        self.ends.shrink();
        self.loose = List::default();
    }

    /// Returns how many bytes of the heap are held.
    pub(crate) fn heap_bytes(&self) -> usize {
        self.ends.heap_bytes() + self.loose.heap_bytes() + self.room.heap_bytes()
    }
}
