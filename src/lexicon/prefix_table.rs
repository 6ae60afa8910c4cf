//! The prefixes of users' words as a hash table.
//!
//! A double array for a million words whose beginnings are few and go on in many ways is mostly holes, and its places
//! take seconds to find. Here a prefix lies where a hash of its parent and its last code says, or in one of the next free
//! cells; it is found in one look, mostly, as in a double array. A prefix is named by its place, so that a cell that names
//! its parent and its label proves whose child it is.
//!
//! Nothing here relies on what a file says: every look-up is checked, and none takes more steps than
//! [`MOST_STEPS`].

#![expect(clippy::indexing_slicing, reason = "keys have two codes or more, and a table is as long as its hashes say")]

use super::codes::Code;
use super::double_array::{Cell, Key, child_bit};

/// Names below this are first characters, by their codes; the others are places.
const FIRST_PLACE: u32 = 1 << 16;
/// How far from where it belongs a prefix may lie.
pub(crate) const MOST_STEPS: usize = 64;
/// Cells for as many prefixes: of four cells one stays free, or prefixes would lie far from where they belong.
const ROOM: (usize, usize) = (4, 3);

/// The cells, and the pairs of codes that begin words.
pub(crate) struct PrefixTable {
    /// With the name of the parent as the base; empty cells have none.
    pub(crate) cells: Vec<Cell>,
    pub(crate) pairs: Vec<(Code, Code)>,
}

impl PrefixTable {
    /// The prefixes of two codes or more of `keys`, which are sorted and without duplicates.
    pub(crate) fn new(keys: &[Key]) -> PrefixTable {
        // How many codes each key shares with the one before it.
        let mut shared = Vec::with_capacity(keys.len());
        let mut before: &[Code] = &[];
        for key in keys {
            shared.push(before.iter().zip(&key.codes).take_while(|(a, b)| a == b).count());
            before = &key.codes;
        }
        let prefixes: usize = keys.iter().zip(&shared).map(|(key, &shared)| key.codes.len() - shared.max(1)).sum();
        let mut homes = prefixes * ROOM.0 / ROOM.1;
        loop {
            match PrefixTable::with_homes(keys, &shared, homes) {
                Some(table) => return table,
                // Chance would have to be very unkind; whoever is unkinder meets another table each time.
                None => homes += homes / 8 + MOST_STEPS,
            }
        }
    }

    /// The same with so many cells to begin at; `None` if a prefix would come to lie too far from where it belongs.
    fn with_homes(keys: &[Key], shared: &[usize], homes: usize) -> Option<PrefixTable> {
        // One more, which stays empty, for the look-ups of an empty table.
        let mut cells = vec![Cell::default(); homes + MOST_STEPS];
        let mut pairs = Vec::new();
        // By length less one: the name of the current key's prefix.
        let mut names: Vec<u32> = Vec::new();
        for (key, &known) in keys.iter().zip(shared) {
            names.truncate(known);
            if known == 0 {
                names.push(key.codes[0].into());
            }
            for depth in names.len()..key.codes.len() {
                let (parent, label) = (names[depth - 1], key.codes[depth]);
                let home = home(parent, label, homes);
                let place = home + cells[home..home + MOST_STEPS].iter().position(|cell| cell.base == 0)?;
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
        Some(PrefixTable { cells, pairs })
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

    /// The child by `code` of a prefix, with its own name as the base; an empty cell if there is none.
    #[inline(always)]
    pub(crate) fn child(self, parent: u32, code: Code) -> Cell {
        let Some(homes) = self.0.len().checked_sub(MOST_STEPS) else { return Cell::default() };
        let home = home(parent, code, homes);
        for (place, cell) in (home..).zip(self.0.get(home..home + MOST_STEPS).unwrap_or_default()) {
            let cell = Cell::from_bytes(*cell);
            if cell.base == parent && cell.label == code {
                return Cell { base: FIRST_PLACE.wrapping_add(place as u32), ..cell };
            }
            if cell.base == 0 {
                break;
            }
        }
        Cell::default()
    }
}

/// Where a prefix belongs, of so many places.
#[inline(always)]
fn home(parent: u32, code: Code, homes: usize) -> usize {
    // The finisher of splitmix64 (Steele, Lea and Flood 2014), shortened, and scaled to the number of places, which is
    // mixed in: prefixes that meet in one table do not in the next.
    let key = (u64::from(parent) << 16 | u64::from(code)) ^ (homes as u64) << 48;
    let hash = (key ^ key >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((u128::from(hash) * homes as u128) >> 64) as usize
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
            let mut keys: Vec<Key> = words.iter().map(|(codes, number)| Key::new(codes, 7, *number, 1)).collect();
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
        assert_eq!(Prefixes(&[]).child(5, 6), Cell::default());
        let empty: Vec<_> = PrefixTable::new(&[]).cells.iter().map(|cell| cell.to_bytes()).collect();
        assert_eq!(Prefixes(&empty).child(5, 6), Cell::default());
        assert_eq!(Prefixes(&[[0xff; 16]; MOST_STEPS + 1]).child(u32::MAX - 1, u16::MAX), Cell::default());
    }
}
