//! Finds every dictionary word in a batch, level by level.
//!
//! The first level tests, for every position, whether its two characters may begin a word: one bit
//! of the pair filter. The positions that pass are packed without a branch. The next level reads
//! the cell of these two characters. Then, for prefixes that have such a child, comes the cell of
//! the third character, and so on.
//!
//! All positions of a level are independent. So their cache misses overlap and no branch is
//! mispredicted. A walk position by position has neither advantage.

#![allow(unsafe_code)]

use std::hint::black_box;
use std::ops::Range;

use super::long_words::{DENSE, LongWord, sort};
use super::{BLOCK, Classes, NONE, Prefix, Route};
use crate::dictionary::Lexicon;
use crate::dictionary::double_array::PairFilter;
use crate::numbers::{fits, low, sign};
use crate::text::codes::{Code, greatest};
use crate::unchecked::{get, get_mut};

/// The number of prefixes whose cells are read together. The cache lines of these cells fit in the
/// first-level cache.
const AHEAD: usize = 64;

impl Route {
    /// Finds all words in a batch. The arrays must have room for it.
    ///
    /// Calls `each` for every place where a word of two to four characters may begin. It gets the
    /// sizes of the block, the position in the block, the word's length, and its number plus one,
    /// or 0 if there is no word.
    #[inline(always)]
    pub(super) fn find_words(
        &mut self,
        lexicon: Lexicon<'_>,
        mut each: impl FnMut(&mut [&mut [u8]; 3], usize, usize, u32),
    ) {
        // The loops below rely on this, whoever read the codes.
        assert!(lexicon.has_code(greatest(&self.codes)), "codes of another dictionary");
        self.long.clear();
        let len = self.codes.len() - 2;
        for from in (0..len).step_by(BLOCK) {
            self.find_words_from(lexicon, from..len.min(from + BLOCK), &mut each);
        }
    }

    /// Finds the words that begin at these positions.
    #[inline(always)]
    fn find_words_from(
        &mut self,
        lexicon: Lexicon<'_>,
        block: Range<usize>,
        each: &mut impl FnMut(&mut [&mut [u8]; 3], usize, usize, u32),
    ) {
        let Route { codes, classes, words, marks, long, open, .. } = self;
        let (classes, words) = (&mut classes[block.clone()], &mut words[block.clone()]);
        let mut sizes = marks.sizes(block.clone());
        let (codes, open) = (&codes[block.start..], &mut open[..=block.len()]);
        let first = fits::<u32, _>(block.start);
        let long_before = long.len();

        let mut count = begin(lexicon, codes, classes, words, open);
        macro_rules! level {
            ($depth:literal) => {
                count = descend(lexicon, codes, $depth, &mut open[..count], |start, class, word| {
                    // SAFETY: prefixes begin at positions of the block.
                    unsafe {
                        get_mut(classes, start as usize)[$depth - 2] = class;
                        get_mut(words, start as usize)[$depth - 1] = word;
                    }
                    each(&mut sizes, start as usize, $depth, word);
                });
            };
        }
        level!(2);
        if let Some(thirds) = lexicon.thirds {
            count = sift(thirds, codes, &mut open[..count]);
        }
        level!(3);
        level!(4);
        let mut depth = DENSE;
        // A word in a file may be longer than the file says. Such a word is ignored.
        while count > 0 && depth < lexicon.longest {
            depth += 1;
            count = descend(lexicon, codes, depth, &mut open[..count], |start, class, word| {
                if word != 0 {
                    long.push(LongWord { start: first + start, len: fits(depth), class, word });
                }
            });
        }
        sort(&mut long[long_before..]);
    }
}

/// Finds the words of one character. Packs the positions whose two characters may begin a word, and
/// returns how many there are.
#[inline(never)]
fn begin(
    lexicon: Lexicon<'_>,
    codes: &[Code],
    classes: &mut [Classes],
    words: &mut [[u32; DENSE]],
    open: &mut [Prefix],
) -> usize {
    let mut count = 0;
    let mut code = codes[0];
    let positions = codes[1..open.len()].iter().zip(classes).zip(words);
    for (start, ((&next, classes), words)) in positions.enumerate() {
        *classes = NONE;
        // SAFETY: every code is one of the lexicon's, and has a base.
        let base = unsafe { lexicon.alphabet.bases.at_unchecked(code.into()) };
        // SAFETY: as above; it has a word, too, or 0.
        *words = [unsafe { lexicon.alphabet.char_words.at_unchecked(code.into()) }, 0, 0, 0];
        // SAFETY: at most as many as there are positions have been counted, and there is room for
        // one more.
        *unsafe { get_mut(open, count) } = Prefix { start: fits(start), base };
        count += usize::from((base != 0) & lexicon.pairs.has(code.into(), next));
        code = next;
    }
    count
}

/// Packs the prefixes of two codes that pass the filter of third codes, and returns how many there
/// are.
#[inline(never)]
fn sift(thirds: PairFilter<'_>, codes: &[Code], open: &mut [Prefix]) -> usize {
    let mut count = 0;
    for slot in 0..open.len() {
        let prefix = open[slot];
        // SAFETY: a prefix ends before the first of the two breaks after the positions.
        let third = unsafe { get(codes, prefix.start as usize + 2) };
        // SAFETY: not more are counted than were read.
        *unsafe { get_mut(open, count) } = prefix;
        count += usize::from(thirds.has(prefix.base, third));
    }
    count
}

/// Extends prefixes to `depth` characters. Calls `each` with the position, and with the class and
/// the number plus one of the word, or 0 if no word ends there. Packs the prefixes that may go on,
/// and returns how many there are.
#[inline(always)]
fn descend(
    lexicon: Lexicon<'_>,
    codes: &[Code],
    depth: usize,
    open: &mut [Prefix],
    mut each: impl FnMut(u32, u16, u32),
) -> usize {
    let end_of_words = u64::from(lexicon.last_word) + 1;
    let mut count = 0;
    for from in (0..open.len()).step_by(AHEAD) {
        let slots = from..open.len().min(from + AHEAD);
        // SAFETY: as below.
        let label = |prefix: &Prefix| unsafe {
            lexicon.cell_of_child(prefix.base, get(codes, prefix.start as usize + depth - 1)).label
        };
        // The cells are read twice. This loop does nothing but read, so that the processor waits
        // for many cells at once.
        black_box(open[slots.clone()].iter().fold(0, |labels, prefix| labels ^ label(prefix)));
        for slot in slots {
            let Prefix { start, base } = open[slot];
            let next = start as usize + depth;
            // SAFETY: a prefix holds no break, since no word does, so that it ends before the first
            // of the two breaks.
            let (code, next) = unsafe { (get(codes, next - 1), get(codes, next)) };
            // SAFETY: `base` is that of a cell with children, and the codes are the lexicon's.
            let cell = unsafe { lexicon.cell_of_child(base, code) };
            // All ones if the cell is a child of this prefix. A branch would be mispredicted:
            // whether a prefix goes on is unpredictable.
            let mask: u32 = low(sign(u64::from(cell.label ^ code).wrapping_sub(1)));
            // No branch here either. The words that the profile does not know are those with the
            // highest numbers.
            let known: u32 = mask & low::<u32, _>(sign(u64::from(cell.word).wrapping_sub(end_of_words)));
            each(start, cell.class & low::<u16, _>(known), cell.word & known);
            // SAFETY: not more are counted than were read.
            *unsafe { get_mut(open, count) } = Prefix { start, base: cell.base };
            count += (mask & cell.children >> (next % 32) & 1) as usize;
        }
    }
    count
}
