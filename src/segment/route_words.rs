//! The words of a batch along the route.

use std::ops::Range;

use super::batch::Batch;
use super::hmm::Hmm;
use super::list::List;
use super::route::{set_step, step_end};
use super::span::Span;
use super::unknown_words::{Room, Run};
use crate::numbers::fits;
use crate::text::Origin;
use crate::text::codes::traits;

/// Buffers to find the words of a batch.
#[derive(Default)]
pub(crate) struct RouteWords {
    runs: List<Run>,
    room: Room,
}

impl RouteWords {
    /// Changes `steps`, those of the route, so that they go over pieces and over the words of runs.
    /// A run is two or more single characters that follow each other on the route and have one of
    /// the traits `loose`. [`Room::cut`] makes words of it.
    pub(super) fn join(&mut self, batch: Batch<'_>, steps: &mut [u8], hmm: Option<Hmm<'_>>, loose: u8) {
        let RouteWords { runs, room } = self;
        runs.clear();
        let mut at = 0;
        for piece in &batch.units.pieces {
            let start = piece.start as usize;
            at = find_runs(batch, steps, loose, at..start, runs);
            // Otherwise a dictionary word ends in the piece, which then is part of the word.
            if at == start {
                // The piece is one step, unless a longer word begins with it.
                if steps[at] == 1 {
                    set_step(steps, at, piece.end as usize);
                }
                at = step_end(steps, at);
            }
        }
        find_runs(batch, steps, loose, at..batch.units.len(), runs);
        runs.iter().for_each(|run| room.cut(batch, *run, hmm, steps));
    }

    /// Frees the buffer that is not needed once the words are found.
    pub(super) fn release(&mut self) {
        self.runs = List::default();
    }
}

/// Finds the runs among the words of the route that begin in `chars`. Returns where the last word
/// ends.
#[inline(never)]
fn find_runs(batch: Batch<'_>, steps: &[u8], loose: u8, chars: Range<usize>, runs: &mut List<Run>) -> usize {
    let Range { start: mut at, end: to } = chars;
    if at >= to {
        return at;
    }
    let (codes, steps) = (&batch.route.codes()[..to], &steps[..to]);
    let room = runs.room((to - at) / 2 + 1);
    // The length of the run so far, and the traits that all of its characters have.
    let (mut len, mut common) = (0, u8::MAX);
    let mut count = 0;
    while at < to {
        let (step, traits) = (steps[at], batch.lexicon.traits_of(codes[at]));
        let is_loose = (step == 1) & (traits & loose != 0);
        // No branch: each word writes the run so far, and the end of a run counts it.
        room[count] = Run { end: fits(at), len, common };
        count += usize::from(!is_loose & (len > 1));
        (len, common) = if is_loose { (len + 1, common & traits) } else { (0, u8::MAX) };
        at += usize::from(step);
    }
    room[count] = Run { end: fits(at), len, common };
    runs.advance(count + usize::from(len > 1));
    at
}

/// Pushes the words of the route from the character `from` on, `most` at the most. Returns the
/// character after them.
pub(super) fn push(batch: Batch<'_>, mut from: usize, most: usize, words: &mut List<Span>) -> usize {
    let Batch { lexicon, units, route, .. } = batch;
    let len = units.len();
    let most = most.min(len - from);
    let (steps, codes) = (&route.steps()[..len], &route.codes()[..len]);
    let (before, mut count) = (words.len(), 0);
    for place in &mut words.room(most)[..most] {
        if from >= len {
            break;
        }
        let to = step_end(steps, from);
        let by_hmm = (lexicon.traits_of(codes[from]) & traits::FOR_HMM != 0).then_some(Origin::Hmm);
        *place = batch.span_by(from, to, by_hmm);
        from = to;
        count += 1;
    }
    words.advance(count);
    batch.set_piece_origins(&mut words[before..]);
    from
}
