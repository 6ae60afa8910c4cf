//! A dictionary's image as arrays, as the loops see it.

#![allow(unsafe_code)]

use super::chars::CharArrays;
use super::double_array::{Cell, NO_WORD, PairFilter};
use super::image::Image;
use super::is_usual;
use super::prefix_table::Prefixes;
use super::sorted::SortedView;
#[cfg(doc)]
use super::{WordId, chars::char_weight};
use crate::dictionary::Tag;
use crate::numbers::fits;
use crate::storage::bytes::{F64s, U32s};
use crate::storage::char_table::CharTable;
#[cfg(doc)]
use crate::text::codes;
use crate::text::codes::{Code, FIRST};
use crate::unchecked::get;

/// The parts of speech of a dictionary's words.
#[derive(Clone, Copy, Default)]
pub(crate) struct WordTags<'a> {
    /// By word number, which of the tags it is.
    pub(crate) of_word: &'a [u8],
    pub(crate) tags: &'a [Tag],
    /// The same of the words that users have brought, whose numbers come after those.
    pub(crate) of_user_word: &'a [u8],
    pub(crate) user_tags: &'a [Tag],
}

impl WordTags<'_> {
    /// The part of speech of the word with this number; none for a number that is another dictionary's.
    #[inline]
    pub(crate) fn of(self, number: u32) -> Tag {
        match self.of_word.get(number as usize) {
            Some(&tag) => self.tags.get(usize::from(tag)).copied().unwrap_or_default(),
            None => self.of_user_word(number),
        }
    }

    /// The part of speech of the word with this number, if it is the dictionary's; for another some tag. Whether it is cannot
    /// be predicted, so there is no branch.
    #[inline]
    pub(crate) fn of_word_or_any(self, number: u32) -> Tag {
        let number = (number as usize).min(self.of_word.len().saturating_sub(1));
        let tag = self.of_word.get(number).copied().unwrap_or_default();
        // Copied from where it lies, and not by way of the stack.
        *self.tags.get(usize::from(tag)).unwrap_or(const { &Tag::known("") })
    }

    /// Whether the word with this number is one that a user has brought.
    #[inline]
    pub(crate) fn is_of_user(self, word: usize) -> bool {
        word >= self.of_word.len()
    }

    #[cold]
    fn of_user_word(self, number: u32) -> Tag {
        let place = (number as usize).wrapping_sub(self.of_word.len());
        self.of_user_word
            .get(place)
            .map_or_else(Tag::default, |&tag| self.user_tags.get(usize::from(tag)).copied().unwrap_or_default())
    }
}

/// The words that users have brought, as the loops see them. Nothing here is looked up without a check.
#[derive(Clone, Copy)]
pub(crate) struct UserLexicon<'a> {
    /// Whether they are found together with the dictionary's, and not by themselves.
    pub(crate) is_merged: bool,
    /// Whether there are some that are to be no words, or to be cut.
    pub(crate) has_demands: bool,
    /// By code, as bits: whether words begin with it.
    pub(super) begins: &'a [u64],
    pub(crate) prefixes: Prefixes<'a>,
    pub(crate) pairs: PairFilter<'a>,
    /// Of the first three codes of words, see [`PairFilter::may_go_on`].
    pub(crate) triples: PairFilter<'a>,
    /// Those of the dictionary and of these words.
    pub(super) weights: F64s<'a>,
    /// From this class on, more than a log probability is meant.
    pub(super) first_special: u16,
    /// From this code on, characters are part of a run only in these words.
    pub(crate) first_soft: Code,
    /// The number of the first of these words.
    pub(super) first_number: u32,
    pub(super) parts: &'a [u8],
    pub(super) part_ends: U32s<'a>,
}

/// What is wanted of a place in a text where certain characters stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// Nothing but that it may be a word.
    None,
    /// To be no word.
    NeverJoin,
    /// To be cut in parts.
    Split,
}

impl<'a> UserLexicon<'a> {
    /// Whether words begin with a character.
    #[inline(always)]
    pub(crate) fn begins_with(self, code: Code) -> bool {
        self.begins[usize::from(code) / 64] >> (code % 64) & 1 != 0
    }

    /// Whether words may be of this class.
    pub(crate) fn is_class(self, class: u16) -> bool {
        let special = usize::from(self.first_special) - 1..self.weights.len();
        let is_frequency = || self.weights.get(class.into()).is_some_and(is_usual);
        class == NO_WORD || special.contains(&class.into()) || is_frequency()
    }

    /// What a class means beside its log probability.
    #[inline]
    pub(crate) fn demand(self, class: u16) -> Demand {
        match class.checked_sub(self.first_special) {
            Some(1) => Demand::Split,
            Some(2) => Demand::NeverJoin,
            _ => Demand::None,
        }
    }

    /// Whether something may be demanded of words of this class and those below.
    #[inline]
    pub(crate) fn may_demand(self, highest: u16) -> bool {
        highest > self.first_special
    }

    /// Whether a word with this number plus one is a user's, or, of those alone that are not to be words, or to be cut.
    #[inline]
    pub(crate) fn is_own(self, class: u16, word: u32, with_all: bool) -> bool {
        if with_all { word > self.first_number } else { self.demand(class) != Demand::None }
    }

    /// How many characters each part of the word with this number has.
    pub(crate) fn parts_of(self, number: u32) -> &'a [u8] {
        let Some(place) = number.checked_sub(self.first_number).map(|place| place as usize) else { return &[] };
        let start = place.checked_sub(1).map_or(Some(0), |before| self.part_ends.get(before));
        let range = start.zip(self.part_ends.get(place));
        range.and_then(|(start, end)| self.parts.get(start as usize..end as usize)).unwrap_or(&[])
    }
}

/// What characters are looked up as.
#[derive(Clone, Copy)]
pub(crate) struct Folding<'a> {
    pub(super) table: CharTable<'a>,
    pub(super) chars: U32s<'a>,
}

impl Folding<'_> {
    /// The character that `c` is looked up as.
    #[inline]
    pub(crate) fn folded(self, c: char) -> char {
        match self.table.at(c.into()) {
            ..FIRST => c,
            code => char::from_u32(self.chars.at(code.into())).unwrap_or(c),
        }
    }
}

/// A dictionary as the hot loops see it.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    pub(crate) exact: CharTable<'a>,
    pub(crate) folded: CharTable<'a>,
    pub(super) chars: U32s<'a>,
    /// By code, what its character is: see [`codes::traits`].
    pub(super) traits: &'a [u8],
    /// By code: where the children of the first character are counted from; 0 if it has none.
    pub(super) bases: U32s<'a>,
    /// By code: the number of the word that the character is plus one; 0 if it is none.
    pub(super) char_words: U32s<'a>,
    /// By code: the log probability of that word; minus infinity if there is none. See [`char_weight`].
    pub(super) char_weights: F64s<'a>,
    pub(super) cells: &'a [[u8; Cell::BYTES]],
    /// A large dictionary, which has no cells.
    pub(super) large: Option<&'a Image>,
    /// For how many codes there is room after every base: those of the dictionary, without those of users' characters.
    pub(super) codes_of_cells: usize,
    pub(crate) pairs: PairFilter<'a>,
    pub(super) weights: F64s<'a>,
    /// Log probability of a character that begins no word.
    pub(crate) unknown: f64,
    /// Length of the longest word, in characters.
    pub(crate) longest: usize,
    /// From this class on, more than a log probability is meant; and what the classes are below.
    pub(super) first_special: u32,
    pub(super) end_of_classes: u32,
    /// How many words there are, if the cells were not validated or there are none, and are to be looked up with checks.
    pub(crate) checked_words: Option<u32>,
}

impl<'a> Lexicon<'a> {
    /// The same with what users' words make of characters and classes.
    #[inline]
    pub(super) fn with(self, chars: Option<CharArrays<'a>>, weights: F64s<'a>) -> Lexicon<'a> {
        let lexicon = Lexicon { weights, ..self };
        match chars {
            None => lexicon,
            Some(CharArrays { exact, folded, chars, traits, bases, char_words, char_weights }) => {
                Lexicon { exact, folded, chars, traits, bases, char_words, char_weights, ..lexicon }
            }
        }
    }

    /// Whether all codes up to this one are of this dictionary's alphabet.
    #[inline]
    pub(crate) fn has_code(&self, greatest: Code) -> bool {
        usize::from(greatest) < self.chars.len()
    }

    /// Whether the children by all codes up to this one lie among the cells, if there are any: not those of characters that
    /// only users' words have.
    #[inline]
    pub(crate) fn has_room_for(&self, greatest: Code) -> bool {
        // Users' characters have the codes after these.
        usize::from(greatest) < self.codes_of_cells.min(self.chars.len())
    }

    /// Where the children of a first character are counted from; 0 if it has none.
    ///
    /// # Safety
    ///
    /// `code` is of this dictionary's alphabet.
    #[inline(always)]
    pub(crate) unsafe fn base_of_char(&self, code: Code) -> u32 {
        // SAFETY: every code has a base.
        unsafe { self.bases.at_unchecked(code.into()) }
    }

    /// The number of the word that a character is plus one; 0 if it is none.
    ///
    /// # Safety
    ///
    /// `code` is of this dictionary's alphabet.
    #[inline(always)]
    pub(crate) unsafe fn word_of_char(&self, code: Code) -> u32 {
        // SAFETY: every code has a word, or 0.
        unsafe { self.char_words.at_unchecked(code.into()) }
    }

    /// The log probability of that word; minus infinity if there is none. See [`char_weight`].
    ///
    /// # Safety
    ///
    /// `code` is of this dictionary's alphabet.
    #[inline(always)]
    pub(crate) unsafe fn weight_of_char(&self, code: Code) -> f64 {
        // SAFETY: every code has a weight.
        unsafe { self.char_weights.at_unchecked(code.into()) }
    }

    /// What the character of a code is: see [`codes::traits`].
    ///
    /// # Safety
    ///
    /// `code` is of this dictionary's alphabet.
    #[inline(always)]
    pub(crate) unsafe fn traits_of_code(&self, code: Code) -> u8 {
        // SAFETY: every code has traits.
        unsafe { get(self.traits, code.into()) }
    }

    /// The cell where the child by `code` would be.
    ///
    /// # Safety
    ///
    /// There is room for `code` ([`Lexicon::has_room_for`]), and `base` is that of one of the cells.
    #[inline(always)]
    pub(crate) unsafe fn cell_of_child(&self, base: u32, code: Code) -> Cell {
        // SAFETY: after every base there are as many cells as there is room for codes.
        Cell::from_bytes(unsafe { get(self.cells, base as usize + usize::from(code)) })
    }

    /// The same for any code of a character.
    #[inline(always)]
    pub(crate) fn cell_or_none(&self, base: u32, code: Code) -> Cell {
        let cell = (base as usize).checked_add(code.into()).and_then(|at| self.cells.get(at));
        cell.map_or_else(Cell::default, |cell| Cell::from_bytes(*cell))
    }

    /// Whether words may be of this class.
    fn is_class(&self, class: u16) -> bool {
        let number = u32::from(class);
        number < self.end_of_classes
            && (number >= self.first_special || self.weights.get(class.into()).is_some_and(is_usual))
    }

    /// The words of a large dictionary.
    pub(crate) fn sorted(&self) -> Option<SortedView<'a>> {
        self.large.and_then(Image::sorted)
    }

    /// The same where nothing is known of the cells.
    #[inline]
    pub(crate) fn checked_cell_of_child(
        &self,
        sorted: Option<SortedView<'_>>,
        base: u32,
        code: Code,
        words: u32,
    ) -> Cell {
        let cell = sorted.map_or_else(|| self.cell_or_none(base, code), |sorted| sorted.child(base, code));
        let is_word = cell.word <= words && (cell.class == NO_WORD || cell.word != 0 && self.is_class(cell.class));
        if is_word { cell } else { Cell { class: NO_WORD, word: 0, ..cell } }
    }

    /// The child by `code` of a prefix whose children are counted from `base`.
    pub(super) fn child(&self, sorted: Option<SortedView<'_>>, base: u32, code: Code) -> Option<Cell> {
        let cell = || sorted.map_or_else(|| self.cell_or_none(base, code), |sorted| sorted.child(base, code));
        (base != 0).then(cell).filter(|cell| cell.label == code)
    }

    /// The log probability of a frequency class.
    ///
    /// # Safety
    ///
    /// `class` is reserved or of one of this dictionary's cells.
    #[inline(always)]
    pub(crate) unsafe fn weight_of_cell(&self, class: u16) -> f64 {
        // SAFETY: there are weights for the reserved classes and for those of all cells.
        unsafe { self.weights.at_unchecked(class.into()) }
    }

    /// The log probability of a frequency class.
    pub(crate) fn weight(&self, class: u16) -> f64 {
        self.weights.at(class.into())
    }

    /// The log probability of the word that a character is; minus infinity if it is none.
    pub(crate) fn weight_of(&self, code: Code) -> f64 {
        self.char_weights.at(code.into())
    }

    /// What the character of a code is: see [`codes::traits`].
    #[inline]
    pub(crate) fn traits_of(&self, code: Code) -> u8 {
        self.traits[usize::from(code)]
    }

    /// The character that `code` stands for, as a number; 0 for the reserved codes.
    #[inline]
    pub(crate) fn char_number(&self, code: Code) -> u32 {
        self.chars.at(code.into())
    }

    /// The character that `code` stands for; `None` for the reserved codes, and what is none.
    #[inline]
    pub(crate) fn char_of(&self, code: u16) -> Option<char> {
        self.chars.get(code.into()).filter(|_| code >= FIRST).and_then(char::from_u32)
    }

    /// Check that every look-up stays inside the cells and ends.
    pub(super) fn validate_cells(&self, words: u64) -> Result<(), String> {
        /// The parent of children of a first character.
        const FIRST_CHAR: u32 = u32::MAX;
        let codes = self.chars.len();
        if let Some(sorted) = self.sorted() {
            return sorted.validate(codes, self.bases.iter(), words, self.longest);
        }
        // Whose base each base is: bases are unique, so every cell has one possible parent. 0 is nobody's.
        let mut owner = vec![0u32; self.cells.len()];
        let mut own = |base: u32, parent: u32| match owner.get_mut(base as usize) {
            _ if base == 0 => Ok(()),
            Some(_) if base as usize + codes > self.cells.len() => Err("its children are out of range"),
            Some(owner) if *owner != 0 => Err("its base is another's too"),
            Some(owner) => {
                *owner = parent;
                Ok(())
            }
            None => Err("its children are out of range"),
        };
        for code in 0..codes {
            let place = |what: &str| format!("code {code}: {what}");
            let (base, word) = (self.bases.at(code), self.char_words.at(code));
            if u64::from(word) > words {
                return Err(place("its word number is out of range"));
            }
            if code < usize::from(FIRST) && (base != 0 || word != 0) {
                return Err(place("a reserved code begins a word"));
            }
            own(base, FIRST_CHAR).map_err(place)?;
        }
        for (at, cell) in self.cells.iter().enumerate().map(|(at, cell)| (at, Cell::from_bytes(*cell))) {
            let place = |what: &str| format!("cell {at}: {what}");
            if usize::from(cell.label) >= codes {
                return Err(place("its label is out of range"));
            }
            if cell.class != NO_WORD && (cell.word == 0 || !self.is_class(cell.class)) {
                return Err(place("its frequency is out of range"));
            }
            if u64::from(cell.word) > words {
                return Err(place("its word number is out of range"));
            }
            if cell.label < FIRST && (cell.base != 0 || cell.word != 0) {
                return Err(place("a word goes across the end of a run"));
            }
            // Else a look-up would go on from nowhere, and beyond the end of a text.
            if cell.base == 0 && cell.children != 0 {
                return Err(place("it has children, and no place for them"));
            }
            if at == 0 && cell != Cell::default() {
                return Err(place("it is not empty"));
            }
            own(cell.base, fits(at)).map_err(place)?;
        }
        // Depths, by following parents up to a cell whose depth is known; a path longer than the longest word
        // is a cycle or a lie.
        let mut depth = vec![0u32; self.cells.len()];
        let mut path = Vec::new();
        for start in 0..self.cells.len() {
            let mut at = start;
            let mut deep = 0;
            while deep == 0 {
                deep = depth[at];
                let Cell { label, .. } = Cell::from_bytes(self.cells[at]);
                let parent = at.checked_sub(label.into()).map_or(0, |base| owner[base]);
                if deep != 0 || parent == 0 {
                    // Known; or nobody's child, and never reached.
                    break;
                }
                path.push(at);
                if path.len() >= self.longest.max(1) {
                    return Err(format!("cell {start}: it is deeper than the longest word"));
                }
                if parent == FIRST_CHAR {
                    deep = 1;
                } else {
                    at = parent as usize;
                    // An empty cell looks like a child by a reserved code, which nobody has.
                    if label >= FIRST && !Cell::from_bytes(self.cells[at]).may_have(label) {
                        return Err(format!("cell {at}: it does not know of its child by {label}"));
                    }
                }
            }
            while let Some(at) = path.pop() {
                deep += 1;
                depth[at] = deep;
                if deep as usize > self.longest {
                    return Err(format!("cell {at}: it is deeper than the longest word"));
                }
            }
        }
        Ok(())
    }
}
