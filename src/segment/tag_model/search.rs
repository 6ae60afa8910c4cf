//! The likeliest states of an unknown word's characters, found by the Viterbi algorithm.

use std::ops::Range;

use super::states::{E, ENDS, M, POSITIONS, S, STATES, TAGS, begins_word};
use crate::numbers::fits;
use crate::segment::hidden_markov::NEVER;
use crate::storage::bytes::{F64s, U32s};
use crate::storage::char_table::PageTable;

/// The search for the best states, with buffers that are kept between calls.
#[derive(Default)]
pub(crate) struct Path {
    /// By character: its row and its length in bytes.
    chars: Vec<(usize, usize)>,
    /// The states of the last character that was looked at, and of the one before it.
    states: [Reached; 2],
    /// By character, without the first and the last, and by state: the best state before it.
    came_from: Vec<[u8; STATES]>,
    best: Vec<u8>,
}

impl Path {
    /// Returns the number of characters that there is room for.
    pub(crate) fn capacity(&self) -> usize {
        self.came_from.capacity()
    }
}

/// The states that a character can have, with their scores.
struct Reached {
    /// The scores of the states inside a word, B and M; [`NEVER`] for a state that the character
    /// cannot have.
    inside: [f64; 2 * TAGS],
    /// The states in which a word ends, E and S, in order. Only the first `len` count. There is one
    /// slot more than there are states, since a state is written before it is known whether it
    /// counts.
    ending: [(u8, f64); ENDS + 1],
    len: usize,
}

impl Default for Reached {
    fn default() -> Reached {
        Reached { inside: [NEVER; 2 * TAGS], ending: [(0, NEVER); ENDS + 1], len: 0 }
    }
}

impl Reached {
    fn clear(&mut self) {
        self.inside = [NEVER; 2 * TAGS];
        self.len = 0;
    }

    /// Adds a state and its score, which is [`NEVER`] or less if the character cannot have the
    /// state. This is unpredictable, so the code branches only on the position.
    #[inline]
    fn add(&mut self, state: usize, score: f64) {
        if state < E * TAGS {
            self.inside[state] = score.max(NEVER);
        } else {
            self.ending[self.len] = (fits(state), score);
            self.len += usize::from(score > NEVER);
        }
    }

    #[inline]
    fn ending(&self) -> &[(u8, f64)] {
        &self.ending[..self.len]
    }
}

/// A model as the search reads it.
#[derive(Clone, Copy)]
pub(super) struct TagView<'a> {
    pub(super) table: PageTable<'a>,
    pub(super) start: F64s<'a>,
    /// The transitions inside a word, where the tag stays. By tag: from B and from M, to M and to
    /// E.
    pub(super) inside: F64s<'a>,
    /// The transitions to the state in which a word begins, B or S with a tag, from the states in
    /// which a word ends, E or S.
    pub(super) between: &'a [[[u8; 8]; ENDS]],
    /// The greatest of each row of `between`.
    pub(super) most_between: &'a [f64],
    /// `true` if a word may begin with M or E.
    pub(super) begins_inside: bool,
    /// By row and position: where the states that a character can take begin in `states`. A last
    /// item marks the end.
    pub(super) bounds: U32s<'a>,
    pub(super) states: &'a [u8],
    pub(super) emissions: F64s<'a>,
}

impl TagView<'_> {
    /// Returns the row of a character.
    pub(super) fn row(&self, c: char) -> usize {
        self.table.at(c.into()).into()
    }

    /// Returns the states that the character of a row can take at these positions, ascending, with
    /// their emissions.
    pub(super) fn states(&self, row: usize, positions: Range<usize>) -> impl Iterator<Item = (usize, f64)> + '_ {
        let from = self.bounds.at(row * POSITIONS + positions.start) as usize;
        let to = self.bounds.at(row * POSITIONS + positions.end) as usize;
        let states = self.states[from..to].iter().map(|&state| usize::from(state));
        states.zip((from..).map(|at| self.emissions.at(at)))
    }

    /// Returns the log probability of a transition inside a word: to M or E with its tag, from B or
    /// M with the same tag.
    #[inline]
    pub(super) fn inside(&self, to: usize, from: usize) -> f64 {
        let (tag, to, from) = (to % TAGS, to / TAGS - M, from / TAGS);
        self.inside.at(4 * tag + 2 * from + to)
    }

    /// Returns the log probabilities of transitions from one word to the next, to B or S with its
    /// tag, by the state before.
    #[inline]
    pub(super) fn between(&self, to: usize) -> &[[u8; 8]; ENDS] {
        &self.between[if to < TAGS { to } else { to - 2 * TAGS }]
    }

    /// Returns the greatest of the log probabilities that `between` returns.
    #[inline]
    fn most_between(&self, to: usize) -> f64 {
        self.most_between[if to < TAGS { to } else { to - 2 * TAGS }]
    }

    /// Cuts a word into tagged parts. Calls `part` with the length in bytes and the tag of each
    /// part, in order. If no labels are possible, the whole word is one part without a tag.
    ///
    /// Ties are resolved as in jieba-rs: the first of equal predecessors in state order wins, and
    /// the last of equal states of a single character.
    pub(super) fn parts(
        &self,
        chars: impl Iterator<Item = (char, usize)>,
        path: &mut Path,
        mut part: impl FnMut(usize, Option<usize>),
    ) {
        let Path { chars: read, states: [now, before], came_from, best } = path;
        let (mut now, mut before) = (now, before);
        read.clear();
        read.extend(chars.map(|(c, width)| (self.row(c), width)));
        came_from.clear();
        best.clear();
        match read[..] {
            [] => {}
            [(row, _)] => best.extend(self.single(row)),
            [(first, _), ref middle @ .., (last, _)] => {
                self.begin(first, now);
                for &(row, _) in middle {
                    std::mem::swap(&mut now, &mut before);
                    came_from.push(self.go_on(row, before, now));
                }
                // Goes backwards from the last character.
                if let Some((state, mut from)) = self.end(last, now) {
                    best.push(state);
                    for came_from in came_from.iter().rev() {
                        best.push(from);
                        from = came_from[usize::from(from)];
                    }
                    best.push(from);
                    best.reverse();
                }
            }
        }
        if best.is_empty() {
            return part(read.iter().map(|(_, width)| width).sum(), None);
        }
        let mut bytes = 0;
        for (&state, (_, width)) in best.iter().zip(&*read) {
            bytes += width;
            // A word begins only after the end of another, since no other transition leads there.
            if usize::from(state) >= E * TAGS {
                part(bytes, Some(usize::from(state) % TAGS));
                bytes = 0;
            }
        }
    }

    /// Returns the best state of a single character; of equal ones, the last.
    fn single(&self, row: usize) -> Option<u8> {
        let mut best = (NEVER, None);
        for (state, emission) in self.states(row, S..POSITIONS) {
            let score = self.start.at(state) + emission;
            if score > NEVER && score >= best.0 {
                best = (score, Some(fits(state)));
            }
        }
        best.1
    }

    /// Finds the states of a first character.
    fn begin(&self, row: usize, now: &mut Reached) {
        now.clear();
        // A word begins with B or S, except in unusual models.
        let positions = if self.begins_inside { [0..S, S..POSITIONS] } else { [0..M, S..POSITIONS] };
        for positions in positions {
            for (state, emission) in self.states(row, positions) {
                now.add(state, self.start.at(state) + emission);
            }
        }
    }

    /// Finds the states of a character that is neither the first nor the last. Returns, by state,
    /// the best state before it.
    fn go_on(&self, row: usize, before: &Reached, now: &mut Reached) -> [u8; STATES] {
        now.clear();
        let mut came_from = [0; STATES];
        for (state, emission) in self.states(row, 0..POSITIONS) {
            let score;
            (score, came_from[state]) = self.best_way(state, emission, before);
            now.add(state, score);
        }
        came_from
    }

    /// Returns the best state of a last character, and the state before it.
    fn end(&self, row: usize, before: &Reached) -> Option<(u8, u8)> {
        let most_before = before.ending().iter().fold(NEVER, |most, &(_, score)| most.max(score));
        let mut best = (NEVER, None);
        for (state, emission) in self.states(row, E..POSITIONS) {
            // This is an upper bound for all ways to the state, since the sums are rounded alike.
            // It spares most of these states a look at each predecessor.
            let is_worse = || most_before + self.most_between(state) + emission <= best.0;
            if begins_word(state) && is_worse() {
                continue;
            }
            let (score, from) = self.best_way(state, emission, before);
            if score > best.0 {
                best = (score, Some((fits(state), from)));
            }
        }
        best.1
    }

    /// Returns the best predecessor of a state, the first of equal ones, and the score that it
    /// leads to. The score is [`NEVER`] or less if there is no predecessor: [`NEVER`] is so large
    /// that adding to it changes nothing.
    #[inline]
    fn best_way(&self, state: usize, emission: f64, before: &Reached) -> (f64, u8) {
        let mut best = (NEVER, 0);
        let mut reach = |from: u8, score: f64, transition: f64| {
            let score = score + transition + emission;
            best = if score > best.0 { (score, from) } else { best };
        };
        if begins_word(state) {
            let transitions = self.between(state);
            for &(from, score) in before.ending() {
                reach(from, score, f64::from_le_bytes(transitions[usize::from(from) - E * TAGS]));
            }
        } else {
            for from in [state % TAGS, M * TAGS + state % TAGS] {
                reach(fits(from), before.inside[from], self.inside(state, from));
            }
        }
        best
    }
}
