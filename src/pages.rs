//! A number of two bytes for every character: a table of two levels.

use std::collections::HashMap;

use crate::bytes::U16s;

const PAGE: usize = 256;
/// Pages up to U+10FFFF.
const PAGES: usize = 0x11_0000 / PAGE;

/// From characters to numbers, with two loads and no branch.
#[derive(Clone, Copy)]
pub(crate) struct PageTable<'a> {
    /// For each 256 characters, the number of their leaf.
    pub(crate) index: U16s<'a>,
    /// Leaves of 256 numbers; several tables may share them.
    pub(crate) leaves: U16s<'a>,
}

impl PageTable<'_> {
    #[inline]
    pub(crate) fn at(self, c: u32) -> u16 {
        let leaf = usize::from(self.index.at(c as usize / PAGE));
        self.leaves.at(leaf * PAGE + c as usize % PAGE)
    }

    /// Whether every character leads to a number below `end`.
    pub(crate) fn is_sound(self, end: usize) -> bool {
        self.index.len() == PAGES
            && self.leaves.len() % PAGE == 0
            && self.index.iter().all(|leaf| usize::from(leaf) < self.leaves.len() / PAGE)
            && self.leaves.iter().all(|number| usize::from(number) < end)
    }
}

/// The leaves that tables share, while they are made.
#[derive(Default)]
pub(crate) struct Leaves {
    numbers: Vec<u16>,
    seen: HashMap<[u16; PAGE], u16>,
}

impl Leaves {
    /// The index of a table that gives each character the number that `of` says.
    pub(crate) fn index(&mut self, of: impl Fn(char) -> u16) -> Vec<u16> {
        let page = |page: usize| {
            let leaf: [u16; PAGE] = std::array::from_fn(|i| char::from_u32((page * PAGE + i) as u32).map_or(0, &of));
            *self.seen.entry(leaf).or_insert_with(|| {
                self.numbers.extend(leaf);
                (self.numbers.len() / PAGE - 1) as u16
            })
        };
        (0..PAGES).map(page).collect()
    }

    pub(crate) fn finish(self) -> Vec<u16> {
        self.numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_gets_its_number() {
        let of = |c: char| if c == '字' || c > '\u{10FF00}' { 7 } else { u16::from(c.is_ascii()) };
        let mut leaves = Leaves::default();
        let index = leaves.index(of);
        let (index, leaves) = (index.into_iter().flat_map(u16::to_le_bytes), leaves.finish());
        let (index, leaves): (Vec<u8>, Vec<u8>) =
            (index.collect(), leaves.into_iter().flat_map(u16::to_le_bytes).collect());
        let table = PageTable { index: U16s::new(&index), leaves: U16s::new(&leaves) };
        assert!(('\0'..=char::MAX).all(|c| table.at(c.into()) == of(c)));
        assert!(table.is_sound(8) && !table.is_sound(7));
        assert!(leaves.len() < 6 * 512, "equal leaves are one");
    }
}
