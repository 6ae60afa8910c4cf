//! Every dictionary word of a run, one position after the other.

use super::batch::Batch;
use super::list::List;
use super::route::DENSE;
use super::span::Span;
use crate::dictionary::WordId;
use crate::numbers::fits;
use crate::text::codes::traits;

/// For how many positions room is made at once: a run may be as long as a text.
const AT_ONCE: usize = 1 << 8;

/// Pushes the words that begin at the positions from `at` on, at each the shorter first. Returns the first position, or `to`,
/// whose character is in no run, or, if `stops` says so, begins no word.
#[inline(never)]
pub(super) fn push_run(batch: Batch<'_>, at: usize, to: usize, stops: bool, words: &mut List<Span>) -> usize {
    push_until(batch, at, to, words, |_, is_in_run, has_words| !is_in_run || stops && !has_words)
}

/// Pushes the words that begin at the positions from `at` on, at each the shorter first, and, as
/// words, characters that are in no run. Returns the first position of which `ends` says yes, or `to`.
/// `ends` is told whether the character there is in a run and whether it begins words.
#[inline(always)]
pub(super) fn push_until(
    batch: Batch<'_>,
    mut at: usize,
    to: usize,
    words: &mut List<Span>,
    ends: impl Fn(usize, bool, bool) -> bool,
) -> usize {
    let Batch { lexicon, route, .. } = batch;
    let (codes, numbers) = (&route.codes()[..to], &route.short_words()[..to]);
    let mut long = route.long_words(at).peekable();
    while at < to {
        let stop = to.min(at + AT_ONCE);
        // One more is written and not counted.
        let room = words.room(DENSE * (stop - at) + route.long_len() + 1);
        let mut count = 0;
        let mut is_end = false;
        while at < stop {
            let numbers = numbers[at];
            let has_long = long.peek().is_some_and(|&(start, ..)| start == at);
            let is_in_run = lexicon.traits_of(codes[at]) & traits::IN_RUN != 0;
            is_end = ends(at, is_in_run, numbers != [0; DENSE] || has_long);
            if is_end {
                break;
            }
            // Whether there is a word cannot be predicted, so there is no branch.
            let mut push = |len: usize, number: u32| {
                room[count] = Span { from: fits(at), to: fits(at + len), number, origin: None };
                count += usize::from((number != WordId::NONE) | (len == 1) & !is_in_run);
            };
            push(1, numbers[0].wrapping_sub(1));
            push(2, numbers[1].wrapping_sub(1));
            // Few words have more than two characters.
            if numbers[2] | numbers[3] != 0 {
                push(3, numbers[2].wrapping_sub(1));
                push(4, numbers[3].wrapping_sub(1));
            }
            if has_long {
                while let Some((_, len, number)) = long.next_if(|&(start, ..)| start == at) {
                    push(len, number);
                }
            }
            at += 1;
        }
        words.advance(count);
        if is_end {
            break;
        }
    }
    at
}
