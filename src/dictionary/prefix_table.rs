//! The prefixes of users' words as a hash table.
//!
//! A double array has room for every code behind every base, 200 KB for a single word, which there may be a table of for
//! each user or text. Here a prefix lies in one of the four cells of the bucket that a hash of its parent and its last
//! code names, or, if these are taken, in one of the next bucket's. All four are compared without a branch, since whether
//! a prefix is there cannot be predicted; full buckets are few. A prefix is named by its place, so that a cell that names
//! its parent and its label proves whose child it is.
//!
//! Nothing here relies on what a file says: every look-up is checked, and none goes further than [`MOST_BUCKETS`].

use super::double_array::{Cell, Key, child_bit};
use crate::numbers::low;
use crate::text::codes::{BREAK, Code};

/// Names below this are first characters, by their codes; the others are places.
const FIRST_PLACE: u32 = 1 << 16;
/// Cells that are looked at together: a line of the cache, if they are aligned.
const BUCKET: usize = 4;
/// The bucket that a prefix belongs in, and those after it, are as many as this.
const MOST_BUCKETS: usize = 64;
/// Cells for as many prefixes: with fewer, more buckets are full; with more, fewer stay in the cache.
const ROOM: (usize, usize) = (3, 2);

/// The cells, and the codes that words begin with.
pub(crate) struct PrefixTable {
    /// With the name of the parent as the base; empty cells have none.
    pub(crate) cells: Vec<Cell>,
    pub(crate) pairs: Vec<(Code, Code)>,
    /// The first three codes of words; the third is [`BREAK`] if they have two.
    pub(crate) triples: Vec<[Code; 3]>,
}

impl PrefixTable {
    /// The prefixes of two codes or more of `keys`, which are sorted and without duplicates.
    pub(crate) fn new(keys: &[Key<'_>]) -> PrefixTable {
        // How many codes each key shares with the one before it.
        let mut shared = Vec::with_capacity(keys.len());
        let mut before: &[Code] = &[];
        for key in keys {
            shared.push(before.iter().zip(key.codes).take_while(|(a, b)| a == b).count());
            before = key.codes;
        }
        let prefixes: usize = keys.iter().zip(&shared).map(|(key, &shared)| key.codes.len() - shared.max(1)).sum();
        let mut buckets = (prefixes * ROOM.0 / ROOM.1).div_ceil(BUCKET);
        loop {
            match PrefixTable::with_buckets(keys, &shared, buckets) {
                Some(table) => return table,
                // Chance would have to be very unkind; whoever is unkinder meets another table each time.
                None => buckets += buckets / 8 + MOST_BUCKETS,
            }
        }
    }

    /// The same with so many buckets to belong in; `None` if a prefix would come to lie too far from its own.
    fn with_buckets(keys: &[Key<'_>], shared: &[usize], buckets: usize) -> Option<PrefixTable> {
        let mut cells = vec![Cell::default(); (buckets + MOST_BUCKETS) * BUCKET];
        let (mut pairs, mut triples) = (Vec::new(), Vec::new());
        // By length less one: the name of the current key's prefix.
        let mut names: Vec<u32> = Vec::new();
        for (key, &known) in keys.iter().zip(shared) {
            if known < 3 {
                triples.push([key.codes[0], key.codes[1], key.codes.get(2).copied().unwrap_or(BREAK)]);
            }
            names.truncate(known);
            if known == 0 {
                names.push(Prefixes::of_char(key.codes[0]));
            }
            for depth in names.len()..key.codes.len() {
                let (parent, label) = (names[depth - 1], key.codes[depth]);
                let home = BUCKET * bucket(parent, label, buckets);
                let around = &cells[home..home + MOST_BUCKETS * BUCKET];
                let place = home + around.iter().position(|cell| cell.base == 0)?;
                cells[place] = Cell { base: parent, label, ..Cell::default() };
                match parent.checked_sub(FIRST_PLACE) {
                    Some(parent) => cells[parent as usize].children |= child_bit(label),
                    None => pairs.push((key.codes[0], label)),
                }
                names.push(FIRST_PLACE + u32::try_from(place).ok()?);
            }
            let last = &mut cells[(names[key.codes.len() - 1] - FIRST_PLACE) as usize];
            (last.class, last.word) = (key.class, key.number + 1);
        }
        Some(PrefixTable { cells, pairs, triples })
    }
}

/// A table that may be anybody's.
#[derive(Clone, Copy)]
pub(crate) struct Prefixes<'a>(pub(crate) &'a [[u8; Cell::BYTES]]);

impl Prefixes<'_> {
    /// The name of the prefix that a first character is.
    #[inline(always)]
    pub(crate) fn of_char(code: Code) -> u32 {
        code.into()
    }

    /// The child by `code` of a prefix, with its own name as the base; a cell without its label if there is none.
    #[inline(always)]
    pub(crate) fn child(self, parent: u32, code: Code) -> Cell {
        let Some(buckets) = (self.0.len() / BUCKET).checked_sub(MOST_BUCKETS) else { return Cell::default() };
        let home = BUCKET * bucket(parent, code, buckets);
        let cells = self.0.get(home..home + BUCKET * MOST_BUCKETS).unwrap_or_default();
        for (start, cells) in (home..).step_by(BUCKET).zip(cells.chunks_exact(BUCKET)) {
            let (mut found, mut is_found, mut is_full) = (0, false, true);
            for (at, cell) in cells.iter().enumerate() {
                let Cell { base, label, .. } = Cell::from_bytes(*cell);
                let is_child = (base == parent) & (label == code);
                found |= if is_child { at } else { 0 };
                is_found |= is_child;
                is_full &= base != 0;
            }
            if is_found | !is_full {
                let cell = Cell::from_bytes(cells[found]);
                let name = FIRST_PLACE.wrapping_add(low(start + found));
                // One that is not the child has another label, or else another parent, and then no label here.
                let label = if is_found { code } else { 0 };
                return Cell { base: name, label, ..cell };
            }
        }
        Cell::default()
    }
}

/// The bucket that a prefix belongs in, of so many.
#[inline(always)]
fn bucket(parent: u32, code: Code, buckets: usize) -> usize {
    // The finisher of splitmix64 (Steele, Lea and Flood 2014), shortened, and scaled to the number of buckets, which is
    // mixed in: prefixes that meet in one table do not in the next.
    let key = (u64::from(parent) << 16 | u64::from(code)) ^ (buckets as u64) << 48;
    let hash = (key ^ key >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    low((u128::from(hash) * buckets as u128) >> 64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::double_array::sort;
    use super::*;

    proptest! {
        /// Every word is found by its prefixes, and nothing else is.
        #[test]
        fn what_was_put_in_is_found(
            words in prop::collection::btree_map(prop::collection::vec(4u16..12, 2..7), 1u32..99, 0..60),
            others in prop::collection::vec(prop::collection::vec(4u16..12, 2..7), 0..60),
        ) {
            let mut keys: Vec<Key<'_>> = words.iter().map(|(codes, number)| Key::new(codes, 7, *number, 1)).collect();
            sort(&mut keys);
            let table = PrefixTable::new(&keys);
            let bytes: Vec<_> = table.cells.iter().map(|cell| cell.to_bytes()).collect();
            let find = |codes: &[Code]| {
                let mut cell = Cell { base: Prefixes::of_char(codes[0]), ..Cell::default() };
                for (at, &code) in codes.iter().enumerate().skip(1) {
                    let may_have = at == 1 || cell.may_have(code);
                    cell = Prefixes(&bytes).child(cell.base, code);
                    if cell.label != code {
                        return None;
                    }
                    assert!(may_have);
                }
                (cell.word != 0).then(|| cell.word - 1)
            };
            for codes in words.keys().chain(&others) {
                prop_assert_eq!(find(codes), words.get(codes).copied());
            }
            let begin: BTreeMap<_, _> = words.keys().map(|codes| ((codes[0], codes[1]), ())).collect();
            prop_assert_eq!(table.pairs, begin.into_keys().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_table_of_nothing_and_one_cut_short_have_nothing() {
        assert_eq!(Prefixes(&[]).child(5, 6).label, 0);
        let empty: Vec<_> = PrefixTable::new(&[]).cells.iter().map(|cell| cell.to_bytes()).collect();
        assert_eq!(Prefixes(&empty).child(5, 6).label, 0);
        assert_eq!(Prefixes(&[[0xff; 16]; BUCKET * MOST_BUCKETS + 4]).child(u32::MAX - 1, u16::MAX).label, 0);
    }
}
