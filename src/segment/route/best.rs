//! The best route through the words of a batch.
//!
//! It is found from right to left, as jieba does. The score of a route is the sum of the words' log
//! probabilities, added in the same order as in jieba, so that it is equal to the last bit. Of
//! equal routes the one with the longer word wins.

#![allow(unsafe_code)]

use super::long_words::{DENSE, LongWord};
use super::{BLOCK, Route};
use crate::dictionary::double_array::NO_WORD;
use crate::dictionary::{Lexicon, MAX_WORD_CHARS};
use crate::numbers::{fits, sign};
use crate::text::codes::greatest;
use crate::unchecked::{get, get_mut};

/// Returns the greater of two numbers that are not NaN. This is one instruction, while `f64::max`
/// must handle NaN.
#[inline(always)]
fn max(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

impl Route {
    /// Finds the best route through the words found.
    pub(crate) fn solve(&mut self, lexicon: Lexicon<'_>) {
        match self.found.is_empty() {
            true => self.solve_with::<false>(lexicon),
            false => self.solve_with::<true>(lexicon),
        }
    }

    /// Does the same as [`Route::solve`]. `USERS` is `true` if there are users' words among those
    /// found.
    #[inline(never)]
    fn solve_with<const USERS: bool>(&mut self, lexicon: Lexicon<'_>) {
        let len = self.codes.len() - 2;
        assert!(lexicon.has_code(greatest(&self.codes)), "codes of another dictionary");
        let [never, unknown] = [f64::NEG_INFINITY, lexicon.unknown].map(f64::to_bits);
        // The scores of the next position and of the one after it. Reading them back from the array
        // right after the write would take longer.
        let (mut next, mut second) = (0.0, 0.0);
        // The long words that are left.
        let mut long = &self.long[..];
        for from in (0..len).step_by(BLOCK).rev() {
            let to = len.min(from + BLOCK);
            let (codes, classes, steps) = (&self.codes[from..to], &self.classes[from..to], &mut self.steps[from..to]);
            let scores = &mut self.scores[..to - from + MAX_WORD_CHARS];
            match to == len {
                true => scores[to - from] = 0.0,
                // Words go on into the next block, which is already scored.
                false => scores.copy_within(..MAX_WORD_CHARS, to - from),
            }
            let mut next_long = start_of_last(long, from);
            for at in (0..to - from).rev() {
                let [two, three, four, single] = classes[at];
                let weight = |class: u16| match USERS {
                    true => lexicon.weight(class),
                    // SAFETY: these classes come from cells, and each has a weight.
                    false => unsafe { lexicon.weights.at_unchecked(class.into()) },
                };
                // SAFETY: the codes are the dictionary's, and each has a weight.
                let mut char_weight = unsafe { lexicon.alphabet.char_weights.at_unchecked(codes[at].into()) };
                // Each run is scored by itself. Between runs the weight is 0, and no score of the
                // dictionary's words is above 0. Inside runs this floor is below all scores.
                let floor = char_weight * f64::MAX;
                let mut after_one = next;
                if USERS {
                    // Forced words have scores above 0.
                    after_one = if char_weight == 0.0 { 0.0 } else { next };
                    char_weight = if single == NO_WORD { char_weight } else { lexicon.weight(single) };
                }
                // Where no word begins, the character alone counts as a word of frequency 1. No
                // word has less, except words of frequency 0. `is_none` is all ones if all classes
                // are 0. The compiler sees no comparison here, which it would turn into a branch.
                let is_none = sign(u64::from(two | three | four).wrapping_sub(1));
                // Takes the greater of two numbers. The second is negative, so the greater one has
                // the lesser bits.
                let one = char_weight.to_bits().min(never ^ (never ^ unknown) & is_none);
                let one = f64::from_bits(one) + after_one;
                // SAFETY: there are more scores than positions. Scores beyond the end of the batch
                // are left from an earlier one. They are added to minus infinity only, since no
                // word ends there.
                let after = |chars: usize| unsafe { get(scores, at + chars) };
                let two = weight(two) + second;
                // The best word is unpredictable. So nothing here branches, except that few words
                // have more than two characters. Only `one` depends on the position just done, so
                // it comes last.
                let (mut longer, mut best) = (two, 2);
                if three | four != NO_WORD {
                    let three = weight(three) + after(3);
                    let four = weight(four) + after(4);
                    best += u8::from(three >= two);
                    longer = max(two, three);
                    best = if four >= longer { 4 } else { best };
                    longer = max(longer, four);
                }
                let mut step = if one > longer { 1 } else { best };
                let mut score = max(one, max(longer, floor));
                if at == next_long {
                    // The character alone counts only if the dictionary has it.
                    let best = if char_weight > f64::NEG_INFINITY || is_none == 0 { score } else { f64::NEG_INFINITY };
                    let found = best_long(lexicon, &mut long, (from, at), scores, (best, step));
                    if found.0 > f64::NEG_INFINITY {
                        (score, step) = found;
                    }
                    next_long = start_of_last(long, from);
                }
                // SAFETY: as above.
                *unsafe { get_mut(scores, at) } = score;
                steps[at] = step;
                (next, second) = (score, next);
            }
        }
    }
}

/// Returns where the last word begins, counted from `from`. The result is no valid position if the
/// word begins before `from`.
fn start_of_last(long: &[LongWord], from: usize) -> usize {
    long.last().map_or(usize::MAX, |word| (word.start as usize).wrapping_sub(from))
}

/// Returns the better of `best`, a score and a length, and the long words at `at`. Like the scores,
/// `at` is counted from `from`. Removes these words from the end of `long`.
#[cold]
#[inline(never)]
fn best_long(
    lexicon: Lexicon<'_>,
    long: &mut &[LongWord],
    (from, at): (usize, usize),
    scores: &[f64],
    (mut score, mut step): (f64, u8),
) -> (f64, u8) {
    while let [before @ .., word] = *long {
        if word.start as usize != from + at {
            break;
        }
        let weight = lexicon.weight(word.class);
        // The longest word comes first here, so a shorter one must be better to win.
        let other = weight + scores[at + usize::from(word.len)];
        if other > score || other == score && usize::from(step) <= DENSE {
            (score, step) = (other, fits(word.len));
        }
        *long = before;
    }
    (score, step)
}
