//! The best route through the words of a batch.
//!
//! It is found from right to left, as jieba does: the sum of the words' log probabilities, added in
//! the same order, so that it is the same to the last bit; of equal routes the one with the longer
//! word wins.

#![allow(unsafe_code)]

use super::{BLOCK, DENSE, LongWord, Route, greatest};
use crate::dictionary::double_array::NO_WORD;
use crate::dictionary::{Lexicon, MAX_WORD_CHARS};
use crate::numbers::{fits, sign};
use crate::unchecked::{get, get_mut};

/// The greater of two numbers that are not NaN: one instruction, where `f64::max` must mind NaN.
#[inline(always)]
fn max(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

impl Route {
    /// Find the best route through the words found.
    pub(crate) fn solve(&mut self, lexicon: Lexicon<'_>) {
        match self.found.is_empty() {
            true => self.solve_with::<false>(lexicon),
            false => self.solve_with::<true>(lexicon),
        }
    }

    /// The same, where users' words are among those found or not.
    #[inline(never)]
    fn solve_with<const USERS: bool>(&mut self, lexicon: Lexicon<'_>) {
        let len = self.codes.len() - 2;
        assert!(lexicon.has_code(greatest(&self.codes)), "codes of another dictionary");
        let [never, unknown] = [f64::NEG_INFINITY, lexicon.unknown].map(f64::to_bits);
        // The scores of the next position and the one after it. From the array, where they were just
        // written, they would come later.
        let (mut next, mut second) = (0.0, 0.0);
        // The long words that are left.
        let mut long = &self.long[..];
        for from in (0..len).step_by(BLOCK).rev() {
            let to = len.min(from + BLOCK);
            let (codes, classes, steps) = (&self.codes[from..to], &self.classes[from..to], &mut self.steps[from..to]);
            let scores = &mut self.scores[..to - from + MAX_WORD_CHARS];
            match to == len {
                true => scores[to - from] = 0.0,
                // Words go on into the block after this one, which was scored before.
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
                // Each run is scored for itself: between runs the weight is 0, and no score of the
                // dictionary's words is above that. Elsewhere this is below all scores.
                let floor = char_weight * f64::MAX;
                let mut after_one = next;
                if USERS {
                    // Words that are forced have scores above 0.
                    after_one = if char_weight == 0.0 { 0.0 } else { next };
                    char_weight = if single == NO_WORD { char_weight } else { lexicon.weight(single) };
                }
                // Where no word begins, the character alone, as a word of frequency 1; no word has
                // less, but those of none. This is all ones if all classes are 0, and the compiler sees
                // no comparison, of which it would make a branch.
                let is_none = sign(u64::from(two | three | four).wrapping_sub(1));
                // The greater of the two, of which the second is negative: its bits are the lesser
                // number.
                let one = char_weight.to_bits().min(never ^ (never ^ unknown) & is_none);
                let one = f64::from_bits(one) + after_one;
                // SAFETY: there are more scores than positions. What is behind the last but one
                // is that of an earlier batch, and added to minus infinity alone, as no word goes
                // there.
                let after = |chars: usize| unsafe { get(scores, at + chars) };
                let two = weight(two) + second;
                // Which is best cannot be predicted, so nothing here branches, but that few words have
                // more than two characters. Only `one` depends on the position just done: it comes
                // last.
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
                    // The character alone only if the dictionary has it.
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

/// Where the last word begins, counted from `from`; a number that is no position if it begins before.
fn start_of_last(long: &[LongWord], from: usize) -> usize {
    long.last().map_or(usize::MAX, |word| (word.start as usize).wrapping_sub(from))
}

/// The better of `best`, a score and a length, and the long words at `at`, counted from `from` as
/// the scores are, which are taken off the end of `long`.
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
        // The longest comes first here, so that a shorter one must be better.
        let other = weight + scores[at + usize::from(word.len)];
        if other > score || other == score && usize::from(step) <= DENSE {
            (score, step) = (other, fits(word.len));
        }
        *long = before;
    }
    (score, step)
}
