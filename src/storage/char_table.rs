//! Tables that map every character to a number of two bytes: with two levels, or with one level for
//! the basic plane.

use foldhash::HashMap;

use crate::numbers::fits;
use crate::storage::bytes::U16s;

const PAGE: usize = 256;
/// The number of pages up to U+10FFFF.
const PAGES: usize = 0x11_0000 / PAGE;
/// The number of characters in the basic plane.
const BASIC: usize = 0x1_0000;
/// A flag bit beside the numbers of the basic plane.
pub(crate) const FLAG: u16 = 0x8000;

/// A map from characters to numbers. A lookup takes two loads and no branch.
#[derive(Clone, Copy)]
pub(crate) struct PageTable<'a> {
    /// By page of 256 characters: the index of its leaf.
    pub(crate) index: U16s<'a>,
    /// Leaves of 256 numbers. Several tables may share them.
    pub(crate) leaves: U16s<'a>,
}

impl<'a> PageTable<'a> {
    #[inline]
    pub(crate) fn new(index: &'a [u8], leaves: &'a [u8]) -> PageTable<'a> {
        PageTable { index: U16s::new(index), leaves: U16s::new(leaves) }
    }

    #[inline]
    pub(crate) fn at(self, c: u32) -> u16 {
        let leaf = usize::from(self.index.at(c as usize / PAGE));
        self.leaves.at(leaf * PAGE + c as usize % PAGE)
    }

    /// Returns whether the table is complete and every number is below `end`.
    pub(crate) fn is_sound(self, end: usize) -> bool {
        self.has_pages(PAGES, end)
    }

    fn has_pages(self, pages: usize, end: usize) -> bool {
        self.index.len() == pages
            && self.leaves.len() % PAGE == 0
            && self.index.iter().all(|leaf| usize::from(leaf) < self.leaves.len() / PAGE)
            && self.leaves.iter().all(|number| usize::from(number) < end)
    }
}

/// A map from characters to numbers. A lookup takes one load for a character of the basic plane, as
/// nearly all are.
#[derive(Clone, Copy)]
pub(crate) struct CharTable<'a> {
    basic: &'a [[u8; 2]; BASIC],
    /// The characters from U+10000 on, counted from there.
    beyond: PageTable<'a>,
    /// Numbers that replace others, with the first number that they may replace and the length of
    /// that range.
    more: Option<(&'a MoreChars, [u16; 2])>,
}

impl<'a> CharTable<'a> {
    /// Returns `None` unless `basic` has a number for each character of the basic plane.
    pub(crate) fn new(basic: &'a [u8], beyond: PageTable<'a>) -> Option<CharTable<'a>> {
        let basic: &[[u8; 2]] = bytemuck::try_cast_slice(basic).ok()?;
        Some(CharTable { basic: basic.try_into().ok()?, beyond, more: None })
    }

    /// Returns the same table, but the numbers in `more` replace those of their characters that are
    /// from `from` up to, but not including, `to`.
    pub(crate) fn with_more(self, more: &'a MoreChars, from: u16, to: u16) -> CharTable<'a> {
        CharTable { more: Some((more, [from, to.saturating_sub(from)])), ..self }
    }

    #[inline]
    pub(crate) fn at(self, c: u32) -> u16 {
        match u16::try_from(c) {
            Ok(c) => self.basic(c) & !FLAG,
            Err(_) => self.or_more(c, self.beyond.at(c - fits::<u32, _>(BASIC))),
        }
    }

    /// Returns the number of a character of the basic plane, with its flag.
    #[inline]
    pub(crate) fn basic(self, c: u16) -> u16 {
        self.or_more(c.into(), self.own_basic(c))
    }

    /// Returns the same for a table that has no more numbers.
    #[inline(always)]
    pub(crate) fn own_basic(self, c: u16) -> u16 {
        u16::from_le_bytes(self.basic[usize::from(c)])
    }

    /// Returns whether the table has more numbers: see [`CharTable::with_more`].
    pub(crate) fn has_more(self) -> bool {
        self.more.is_some()
    }

    #[inline(always)]
    fn or_more(self, c: u32, number: u16) -> u16 {
        match self.more {
            // One comparison suffices, since numbers below `from` wrap around.
            Some((more, [from, len])) if (number & !FLAG).wrapping_sub(from) < len => {
                more.get(&c).map_or(number, |more| number & FLAG | more)
            }
            _ => number,
        }
    }

    /// Returns whether the table is complete and every number is below `end`.
    pub(crate) fn is_sound(self, end: usize) -> bool {
        let basic = self.basic_numbers().all(|number| usize::from(number & !FLAG) < end);
        basic && self.beyond.has_pages(PAGES - BASIC / PAGE, end)
    }

    /// Returns all numbers, those of the basic plane with their flags.
    pub(crate) fn numbers(self) -> impl Iterator<Item = u16> + 'a {
        self.basic_numbers().chain(self.beyond.leaves.iter())
    }

    /// Returns the numbers of the basic plane with their flags, in order.
    pub(crate) fn basic_numbers(self) -> impl Iterator<Item = u16> + 'a {
        self.basic.iter().map(|number| u16::from_le_bytes(*number))
    }
}

/// The numbers of a few characters for which a table has no number of its own.
pub(crate) type MoreChars = HashMap<u32, u16>;

/// The leaves that tables share, while the tables are built.
#[derive(Default)]
pub(crate) struct Leaves(Vec<u16>);

impl Leaves {
    /// Builds the index of a table that maps each character to the number that `of` returns.
    pub(crate) fn index(&mut self, of: impl Fn(char) -> u16) -> Vec<u16> {
        self.index_from(0, &of)
    }

    /// Builds the two parts of a [`CharTable`] that maps each character to the number that `of`
    /// returns.
    pub(crate) fn basic_and_beyond(&mut self, of: impl Fn(char) -> u16) -> (Vec<u16>, Vec<u16>) {
        let of: &dyn Fn(char) -> u16 = &of;
        let basic = (0..BASIC).map(|c| char::from_u32(fits(c)).map_or(0, of)).collect();
        (basic, self.index_from(BASIC / PAGE, of))
    }

    fn index_from(&mut self, first: usize, of: &dyn Fn(char) -> u16) -> Vec<u16> {
        let page = |page: usize| {
            let leaf: [u16; PAGE] = std::array::from_fn(|i| char::from_u32(fits(page * PAGE + i)).map_or(0, of));
            // There are some hundred leaves, and most pages share the first one.
            let place = self.0.chunks_exact(PAGE).position(|known| *known == leaf);
            fits(place.unwrap_or_else(|| {
                self.0.extend(leaf);
                self.0.len() / PAGE - 1
            }))
        };
        (first..PAGES).map(page).collect()
    }

    pub(crate) fn finish(self) -> Vec<u16> {
        self.0
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

    #[test]
    fn every_character_of_both_parts_gets_its_number() {
        let of = |c: char| if c == '字' || c > '\u{10FF00}' { 7 } else { u16::from(c.is_ascii()) };
        let mut leaves = Leaves::default();
        let (mut basic, index) = leaves.basic_and_beyond(of);
        basic[7] |= FLAG;
        let bytes = |numbers: Vec<u16>| numbers.into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let (basic, index, leaves) = (bytes(basic), bytes(index), bytes(leaves.finish()));
        let beyond = PageTable { index: U16s::new(&index), leaves: U16s::new(&leaves) };
        let table = CharTable::new(&basic, beyond).unwrap();
        assert!(('\0'..=char::MAX).all(|c| table.at(c.into()) == of(c)));
        assert!(table.is_sound(8) && !table.is_sound(7));
        assert!(CharTable::new(&basic[2..], beyond).is_none());
    }
}
