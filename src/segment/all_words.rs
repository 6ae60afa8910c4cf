//! Every dictionary word of a run, position by position.

use super::batch::Batch;
use super::list::List;
use super::route::DENSE;
use super::span::Span;
use crate::dictionary::WordId;
use crate::numbers::fits;
use crate::text::codes::traits;

/// The number of positions for which room is made at once. A run may be as long as a text.
const AT_ONCE: usize = 1 << 8;

/// Pushes the words that begin at each position from `at` on, the shorter first. Returns the first
/// position, or `to`, whose character is in no run. If `stops` is set, returns the first position
/// where no word begins, if that comes earlier.
#[inline(never)]
pub(super) fn push_run(batch: Batch<'_>, at: usize, to: usize, stops: bool, words: &mut List<Span>) -> usize {
    push_until(batch, at, to, words, |_, is_in_run, has_words| !is_in_run || stops && !has_words)
}

/// Pushes the words that begin at each position from `at` on, the shorter first. Characters that
/// are in no run are pushed as words. Returns the first position for which `ends` returns `true`,
/// or `to`. The arguments of `ends` are the position, whether its character is in a run, and
/// whether words begin there.
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
            // No branch, since it is unpredictable whether there is a word.
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
