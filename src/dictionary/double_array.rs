//! The dictionary's words as a double array over character codes.
//!
//! A cell stands for a prefix of two or more characters of a word. The child by code `c` of a cell,
//! or of a first character, lies at `base + c` and has `c` as its label. No two prefixes share a
//! base, so the label alone proves the parent of a cell (Aoe 1989, with darts-clone's check by
//! label). Every position of a text looks up a first character, so the data of first characters
//! lies in arrays of its own, by code.
//!
//! The most frequent prefixes get their places first, so that they lie together and stay in the
//! cache.

#![allow(unsafe_code)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::numbers::{fits, low};
use crate::order::order;
use crate::text::codes::Code;
use crate::unchecked::get;

/// The class of a prefix that ends no word, or ends a word that no text is cut into.
pub(crate) const NO_WORD: u16 = 0;
/// The first class of words.
pub(crate) const FIRST_CLASS: u16 = 1;

/// A prefix of a word. It has sixteen bytes, so that one cache miss loads all of it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Cell {
    /// The index that the children's codes are added to; 0 if there are no children.
    pub(crate) base: u32,
    /// The prefix's last code.
    pub(crate) label: Code,
    /// The frequency class of the word that ends here, or [`NO_WORD`].
    pub(crate) class: u16,
    /// The number of the word that ends here, plus one; 0 if none does.
    pub(crate) word: u32,
    /// A bit for each child, at its code modulo 32. Most prefixes have few children, so most
    /// lookups without a result need not touch the cells.
    pub(crate) children: u32,
}

impl Cell {
    pub(crate) const BYTES: usize = 16;

    #[inline]
    pub(crate) fn from_bytes(bytes: [u8; Cell::BYTES]) -> Cell {
        let cell = u128::from_le_bytes(bytes);
        Cell {
            base: low(cell),
            label: low(cell >> 32),
            class: low(cell >> 48),
            word: low(cell >> 64),
            children: low(cell >> 96),
        }
    }

    pub(crate) fn to_bytes(self) -> [u8; Cell::BYTES] {
        let low = u64::from(self.base) | u64::from(self.label) << 32 | u64::from(self.class) << 48;
        let high = u64::from(self.word) | u64::from(self.children) << 32;
        (u128::from(low) | u128::from(high) << 64).to_le_bytes()
    }

    /// Returns `false` if there is no child by `code`. `true` is only a hint.
    #[inline]
    pub(crate) fn may_have(self, code: Code) -> bool {
        self.children & child_bit(code) != 0
    }
}

/// Returns the bit of a child by `code` in [`Cell::children`].
#[inline]
fn child_bit(code: Code) -> u32 {
    1 << (code % 32)
}

/// A bit for every pair of a number and a code that may follow it. A few other pairs pass, too.
///
/// The pairs of codes that begin words have such a filter: half of the neighbouring characters in a
/// text begin no word. A bit in the cache tells so at a fraction of the cost of a cell that is
/// farther away.
///
/// In a dictionary of a million words, most prefixes of two codes have more children than
/// [`Cell::children`] can tell apart. Such a dictionary has a second filter, for the bases of these
/// prefixes with the third codes.
#[derive(Clone, Copy)]
pub(crate) struct PairFilter<'a> {
    words: &'a [[u8; 4]],
    shift: u32,
}

impl<'a> PairFilter<'a> {
    /// Returns `None` unless the number of bits is a power of two from 2^5 to 2^31.
    pub(crate) fn new(bytes: &'a [u8]) -> Option<PairFilter<'a>> {
        let words: &[[u8; 4]] = bytemuck::try_cast_slice(bytes).ok()?;
        let bits = words.len().checked_mul(32)?;
        (bits.is_power_of_two() && bits <= 1 << 31).then(|| PairFilter { words, shift: 32 - bits.trailing_zeros() })
    }

    #[inline]
    pub(crate) fn has(self, first: u32, second: Code) -> bool {
        let bit = pair_bit(first, second, self.shift);
        // SAFETY: the shift leaves as many bits of the hash as an index into the filter's bits has.
        let word = unsafe { get(self.words, bit as usize / 32) };
        u32::from_le_bytes(word) >> (bit % 32) & 1 != 0
    }
}

/// Multiplicative hashing (Knuth): the upper bits of a product with 2^32 divided by the golden
/// ratio.
#[inline]
fn pair_bit(first: u32, second: Code, shift: u32) -> u32 {
    (first.rotate_left(16) ^ u32::from(second)).wrapping_mul(0x9E37_79B1) >> shift
}

/// Returns the filter of these pairs.
pub(crate) fn pair_filter(pairs: &[(u32, Code)], bits_of_pair: usize) -> Vec<[u8; 4]> {
    let bits = (pairs.len() * bits_of_pair).next_power_of_two().clamp(1 << 5, 1 << 31);
    let shift = 32 - bits.trailing_zeros();
    let mut words = vec![0u32; bits / 32];
    for &(first, second) in pairs {
        let bit = pair_bit(first, second, shift);
        words[bit as usize / 32] |= 1 << (bit % 32);
    }
    words.into_iter().map(u32::to_le_bytes).collect()
}

/// A word to place.
pub(crate) struct Key<'c> {
    /// The first four codes as one number, which decides most comparisons.
    first: u64,
    pub(super) codes: &'c [Code],
    pub(super) class: u16,
    pub(super) number: u32,
    frequency: u64,
}

impl Key<'_> {
    pub(crate) fn new(codes: &[Code], class: u16, number: u32, frequency: u64) -> Key<'_> {
        let code = |index: usize| codes.get(index).map_or(0, |&code| u64::from(code));
        let first = (0..4).fold(0, |first, index| first << 16 | code(index));
        Key { first, codes, class, number, frequency }
    }
}

/// The words to place, while they are collected. All codes lie in one vector, since a million boxes
/// take longer to allocate than to fill.
#[derive(Default)]
pub(crate) struct Keys {
    codes: Vec<Code>,
    /// For each word, the end of its codes, its class, its number and its frequency.
    words: Vec<(usize, u16, u32, u64)>,
}

impl Keys {
    pub(crate) fn push(&mut self, codes: &[Code], class: u16, number: u32, frequency: u64) {
        self.codes.extend_from_slice(codes);
        self.words.push((self.codes.len(), class, number, frequency));
    }

    /// Returns the words sorted by their codes. Words that differ only in case have the same codes.
    /// Of these, the most frequent one is kept, and of equally frequent ones the first.
    pub(crate) fn sorted(&self) -> Vec<Key<'_>> {
        let mut rest = &self.codes[..];
        let mut start = 0;
        let key = |&(end, class, number, frequency): &(usize, u16, u32, u64)| {
            let (codes, after) = rest.split_at(end - start);
            (rest, start) = (after, end);
            Key::new(codes, class, number, frequency)
        };
        let mut keys: Vec<Key<'_>> = self.words.iter().map(key).collect();
        keys.sort_unstable_by(|a, b| {
            let by_codes = a.first.cmp(&b.first).then_with(|| a.codes.cmp(b.codes));
            by_codes.then(b.frequency.cmp(&a.frequency)).then(a.number.cmp(&b.number))
        });
        keys.dedup_by(|later, first| later.codes == first.codes);
        keys
    }
}

/// The prefixes of a dictionary's words.
pub(crate) struct Placed {
    /// The prefixes of one code, by that code.
    pub(crate) firsts: Vec<Cell>,
    /// The longer prefixes, at their places.
    pub(crate) cells: Vec<Cell>,
    /// The pairs of codes that begin words.
    pub(crate) pairs: Vec<(u32, Code)>,
    /// The bases of prefixes of two codes, with the codes that follow them.
    pub(crate) thirds: Vec<(u32, Code)>,
}

/// A prefix with children to place: the binary logarithm of their number, the weight, the range of
/// its keys, its length, and its code or its cell.
type PrefixGroup = (Option<u32>, u64, Reverse<usize>, usize, usize, usize);

/// Places `keys`, which are sorted by their codes and without duplicates, for an alphabet of
/// `codes` codes.
pub(crate) fn place(keys: &[Key<'_>], codes: usize) -> Placed {
    let mut sums = Vec::with_capacity(keys.len() + 1);
    sums.push(0u64);
    for key in keys {
        // Adds 1, so that even a word of frequency 0 has weight.
        sums.push(sums[sums.len() - 1].saturating_add(key.frequency).saturating_add(1));
    }
    let weight = |from: usize, to: usize| sums[to] - sums[from];

    let mut room = FreeRoom::new();
    let mut firsts = vec![Cell::default(); codes];
    let mut cells: Vec<Cell> = Vec::new();
    let (mut pairs, mut thirds) = (Vec::new(), Vec::new());

    // A prefix with many children finds a place only where much room is left, so large groups come
    // first. Of groups of similar size, the heaviest comes first. Ties go to the prefix that sorts
    // first, so that the result is always the same. The prefixes of a single key, which are most of
    // a large dictionary, fit anywhere and come last.
    let (mut groups, mut tails) = (BinaryHeap::new(), Vec::new());
    let (mut children, mut grandchildren) = (Vec::new(), Vec::new());
    let mut size = |from: usize, to: usize, depth: usize| {
        children_of(keys, from, to, depth, &mut grandchildren);
        grandchildren.len().checked_ilog2()
    };
    children_of(keys, 0, keys.len(), 0, &mut children);
    for &(code, from, to) in &children {
        groups.push((size(from, to, 1), weight(from, to), Reverse(from), to, 1, usize::from(code)));
    }
    let mut place = |(_, _, Reverse(from), to, depth, at): PrefixGroup,
                     groups: &mut BinaryHeap<PrefixGroup>,
                     tails: &mut Vec<PrefixGroup>| {
        let mut cell: Cell = if depth == 1 { firsts[at] } else { cells[at] };
        if keys[from].codes.len() == depth {
            cell.class = keys[from].class;
            cell.word = keys[from].number + 1;
        }
        children_of(keys, from, to, depth, &mut children);
        if !children.is_empty() {
            cell.base = fits(room.take(&children));
        }
        for &(code, from, to) in &children {
            let child = cell.base as usize + usize::from(code);
            cells.resize(cells.len().max(child + 1), Cell::default());
            cells[child].label = code;
            cell.children |= child_bit(code);
            match depth {
                1 => pairs.push((keys[from].codes[0].into(), code)),
                2 => thirds.push((cell.base, code)),
                _ => {}
            }
            match to - from {
                1 => tails.push((None, weight(from, to), Reverse(from), to, depth + 1, child)),
                _ => groups.push((size(from, to, depth + 1), weight(from, to), Reverse(from), to, depth + 1, child)),
            }
        }
        *if depth == 1 { &mut firsts[at] } else { &mut cells[at] } = cell;
    };
    while let Some(group) = groups.pop() {
        place(group, &mut groups, &mut tails);
    }
    tails = order(tails.len(), &|a, b| tails[a].cmp(&tails[b])).into_iter().map(|place| tails[place]).collect();
    // Places the heaviest tail first, and then the prefixes that continue it.
    while let Some(tail) = tails.pop() {
        place(tail, &mut groups, &mut tails);
    }
    // Every base leaves room for every code, so that a lookup needs no other check.
    let end = firsts.iter().chain(&cells).map(|cell| cell.base as usize).max().unwrap_or(0) + codes;
    cells.resize(end.max(cells.len()), Cell::default());
    Placed { firsts, cells, pairs, thirds }
}

/// Finds the codes at index `depth` of the keys `from..to` that are longer, each with the range of
/// its keys.
fn children_of(keys: &[Key<'_>], from: usize, to: usize, depth: usize, children: &mut Vec<(Code, usize, usize)>) {
    children.clear();
    let mut at = from + usize::from(keys.get(from).is_some_and(|key| key.codes.len() == depth));
    while at < to {
        let code = keys[at].codes[depth];
        let end = at + keys[at..to].partition_point(|key| key.codes[depth] == code);
        children.push((code, at, end));
        at = end;
    }
}

/// After a search over more cells than this, the next search for as many children starts further
/// up. This keeps the time linear for millions of words, at the price of a few holes. Large groups
/// may search longer: they are few, and a jump leaves holes behind them that nothing fills.
const LONG_SEARCH: usize = 1 << 11;
const LONG_SEARCH_OF_LARGE: usize = 1 << 20;
const LARGE_GROUP: usize = 32;

/// The free cells and bases, as bits, so that 64 bases are tried at once.
struct FreeRoom {
    taken_cells: Vec<u64>,
    taken_bases: Vec<u64>,
    /// By number of children: the cell where the next search starts.
    start: Vec<usize>,
}

impl FreeRoom {
    fn new() -> FreeRoom {
        // 0 is not a base.
        FreeRoom { taken_cells: Vec::new(), taken_bases: vec![1], start: vec![0; 64] }
    }

    /// Takes and returns the lowest free base for these children, from their `start` on.
    fn take(&mut self, children: &[(Code, usize, usize)]) -> usize {
        let count = children.len();
        let first = children.first().map_or(0, |(code, ..)| usize::from(*code));
        let start = &mut self.start[count.min(63)];
        let mut base = start.saturating_sub(first);
        let base = loop {
            let mut taken = window(&self.taken_bases, base);
            for (code, ..) in children {
                taken |= window(&self.taken_cells, base + usize::from(*code));
                if taken == u64::MAX {
                    break;
                }
            }
            if taken != u64::MAX {
                break base + taken.trailing_ones() as usize;
            }
            base += 64;
        };
        // The cells far below this base are too full for groups of this size.
        let passed = (base + first).saturating_sub(*start);
        match count < LARGE_GROUP {
            true if passed > LONG_SEARCH => *start += passed / 4,
            false if passed > LONG_SEARCH_OF_LARGE => *start += passed - LONG_SEARCH_OF_LARGE / 8,
            _ => {}
        }
        set(&mut self.taken_bases, base);
        for (code, ..) in children {
            set(&mut self.taken_cells, base + usize::from(*code));
        }
        base
    }
}

fn set(bits: &mut Vec<u64>, at: usize) {
    if bits.len() <= at / 64 {
        bits.resize(at / 64 + 1, 0);
    }
    bits[at / 64] |= 1 << (at % 64);
}

/// Returns the 64 bits from `at` on. Bits beyond the end are zero.
fn window(bits: &[u64], at: usize) -> u64 {
    let word = |index: usize| bits.get(index).copied().unwrap_or(0);
    match at % 64 {
        0 => word(at / 64),
        shift => word(at / 64) >> shift | word(at / 64 + 1) << (64 - shift),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys<'c>(words: &[&'c [Code]]) -> Vec<Key<'c>> {
        let mut words: Vec<_> = words.to_vec();
        words.sort_unstable();
        let key = |(number, codes): (usize, &&'c [Code])| {
            Key::new(codes, FIRST_CLASS + number as u16, number as u32, number as u64)
        };
        words.iter().enumerate().map(key).collect()
    }

    fn find(placed: &Placed, word: &[Code]) -> Option<(u16, u32)> {
        let mut cell = placed.firsts[word[0] as usize];
        for &code in &word[1..] {
            let child = placed.cells[cell.base as usize + code as usize];
            let is_child = cell.base != 0 && child.label == code;
            assert!(cell.may_have(code) || !is_child);
            cell = if is_child { child } else { return None };
        }
        cell.word.checked_sub(1).map(|number| (cell.class, number))
    }

    #[test]
    fn every_word_is_found_and_no_other() {
        let words: Vec<Vec<Code>> = (0..3000u32)
            .map(|i| {
                (0..1 + i % 4).map(|k| (4 + i.wrapping_mul(2_654_435_761).rotate_left(8 * k) % 29) as Code).collect()
            })
            .collect();
        let mut unique: Vec<&[Code]> = words.iter().map(Vec::as_slice).collect();
        unique.sort_unstable();
        unique.dedup();
        let keys = keys(&unique);
        let placed = place(&keys, 33);
        for key in &keys {
            assert_eq!(find(&placed, key.codes), Some((key.class, key.number)));
        }
        for a in 4..33 {
            for b in 4..33 {
                for c in 4..33 {
                    let found = find(&placed, &[a, b, c]).is_some();
                    assert_eq!(found, unique.binary_search(&&[a, b, c][..]).is_ok(), "{a} {b} {c}");
                }
            }
        }
    }

    #[test]
    fn bases_are_unique_and_leave_room_for_every_code() {
        let keys = keys(&[&[4, 5], &[4, 6, 7], &[5], &[5, 5, 5, 5], &[6, 4]]);
        let placed = place(&keys, 8);
        let mut bases: Vec<u32> =
            placed.firsts.iter().chain(&placed.cells).map(|cell| cell.base).filter(|&base| base != 0).collect();
        let count = bases.len();
        bases.sort_unstable();
        bases.dedup();
        assert_eq!(bases.len(), count);
        assert!(bases.iter().all(|&base| base as usize + 8 <= placed.cells.len()));
    }

    #[test]
    fn the_filter_lets_every_pair_through() {
        let pairs: Vec<(u32, Code)> = (0..500).map(|i| (u32::from(i) * 7, i * 31)).collect();
        let words = pair_filter(&pairs, 4);
        let filter = PairFilter::new(bytemuck::cast_slice(&words)).unwrap();
        assert!(pairs.iter().all(|&(first, second)| filter.has(first, second)));
        let strangers = (0..500).filter(|&i| filter.has(u32::from(i) * 7 + 1, i * 31)).count();
        assert!(strangers < 60, "{strangers} of 500");
    }

    #[test]
    fn a_cell_round_trips() {
        let cell = Cell { base: 0xfeed_beef, label: 0x1234, class: 0xabcd, word: 0x0102_0304, children: 0x8000_0001 };
        assert_eq!(Cell::from_bytes(cell.to_bytes()), cell);
    }
}
