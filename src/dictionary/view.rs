//! A dictionary's image as arrays, as the hot loops use it.

#![allow(unsafe_code)]

use super::chars::CharArrays;
use super::classes::{SpecialClass, is_usual};
use super::double_array::{Cell, PairFilter};
use super::user_words::SortedUserWords;
use super::word_table::WordTable;
#[cfg(doc)]
use super::{WordId, chars::char_weight};
use crate::dictionary::Tag;
use crate::storage::bytes::{F64s, U32s};
use crate::storage::char_table::CharTable;
#[cfg(doc)]
use crate::text::codes;
use crate::text::codes::{BREAK, Code, FIRST};
use crate::unchecked::get;

/// The parts of speech of a dictionary's words.
#[derive(Clone, Copy, Default)]
pub(crate) struct WordTags<'a> {
    /// By word number: the index of the word's tag in `tags`.
    pub(crate) of_word: &'a [u8],
    pub(crate) tags: &'a [Tag],
    /// The same for user words, whose numbers follow those of `of_word`.
    pub(crate) of_user_word: &'a [u8],
    pub(crate) user_tags: &'a [Tag],
}

impl WordTags<'_> {
    /// Returns the part of speech of the word with this number; an empty tag if there is no such
    /// word.
    #[inline]
    pub(crate) fn of(self, number: u32) -> Tag {
        let (tag, tags) = match self.of_word.get(number as usize) {
            None => (self.of_user_word.get(number as usize - self.of_word.len()), self.user_tags),
            tag => (tag, self.tags),
        };
        tag.and_then(|&tag| tags.get(usize::from(tag))).copied().unwrap_or_default()
    }

    /// Returns the part of speech of the word with this number if it is one of the dictionary's
    /// own; otherwise any tag. There is no branch, since it would be mispredicted too often.
    #[inline]
    pub(crate) fn of_word_or_any(self, number: u32) -> Tag {
        let number = (number as usize).min(self.of_word.len().saturating_sub(1));
        let tag = self.of_word.get(number).copied().unwrap_or_default();
        // Copies the tag from the table directly, not by way of the stack.
        *self.tags.get(usize::from(tag)).unwrap_or(const { &Tag::known("") })
    }

    /// Returns `true` if `word` is the number of a user word.
    #[inline]
    pub(crate) fn is_of_user(self, word: usize) -> bool {
        word >= self.of_word.len()
    }
}

/// The user words over a dictionary, as the hot loops use them.
#[derive(Clone, Copy)]
pub(crate) struct UserLexicon<'a> {
    pub(crate) table: &'a WordTable,
    /// The first of the special classes, which mean more than a frequency.
    pub(super) first_special: u16,
    /// The first code for characters that the dictionary lacks.
    pub(crate) first_code: Code,
    /// By code, from `first_code` on: the code of the character in the dictionary, or [`BREAK`] if
    /// the character separates runs there.
    pub(super) in_dictionary: &'a [Code],
    /// The code of such a character inside a run, if it is neither ideograph nor letter.
    pub(crate) covered_code: Code,
    /// The number of the first user word.
    pub(super) first_number: u32,
    pub(super) words: &'a SortedUserWords,
}

/// A user's demand on the characters of a user word, wherever they occur.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// No demand: the characters may be a word.
    None,
    /// The characters are not one word.
    NeverJoin,
    /// The characters are cut into parts.
    Split,
}

impl<'a> UserLexicon<'a> {
    /// Returns the class of a special user word.
    pub(crate) fn class(self, special: SpecialClass) -> u16 {
        self.first_special + special as u16
    }

    /// Returns the demand of a class.
    #[inline]
    pub(crate) fn demand(self, class: u16) -> Demand {
        match class {
            _ if class == self.class(SpecialClass::Split) => Demand::Split,
            _ if class == self.class(SpecialClass::NeverJoin) => Demand::NeverJoin,
            _ => Demand::None,
        }
    }

    /// Returns the code in the dictionary that `code` stands for.
    pub(crate) fn in_dictionary(self, code: Code) -> Code {
        match code.checked_sub(self.first_code) {
            None => code,
            Some(new) => self.in_dictionary.get(usize::from(new)).copied().unwrap_or(BREAK),
        }
    }

    /// Returns the number of characters in each part of the word with this number.
    pub(crate) fn parts_of(self, number: u32) -> &'a [u8] {
        let place = number.checked_sub(self.first_number);
        place.and_then(|place| self.words.wishes.get(place as usize)).map_or(&[], |(_, wish)| &wish.parts)
    }
}

/// The table from characters to the characters that they are looked up as.
#[derive(Clone, Copy)]
pub(crate) struct Folding<'a> {
    pub(super) table: CharTable<'a>,
    pub(super) chars: U32s<'a>,
}

impl Folding<'_> {
    /// Returns the character that `c` is looked up as.
    #[inline]
    pub(crate) fn folded(self, c: char) -> char {
        match self.table.at(c.into()) {
            ..FIRST => c,
            code => char::from_u32(self.chars.at(code.into())).unwrap_or(c),
        }
    }
}

/// A dictionary as the hot loops use it.
///
/// The unsafe code relies on three invariants, which are validated when an image is opened. Every
/// array by code has an item for each code. After every base there are as many cells as codes.
/// Every class in a cell has a weight.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    pub(crate) alphabet: CharArrays<'a>,
    pub(super) cells: &'a [[u8; Cell::BYTES]],
    /// The first two codes of all words.
    pub(crate) pairs: PairFilter<'a>,
    /// The bases of prefixes of two codes with the third codes; only in dictionaries with very many
    /// of these.
    pub(crate) thirds: Option<PairFilter<'a>>,
    /// By class: the log probability.
    pub(crate) weights: F64s<'a>,
    /// The weights of the classes for user words, which follow.
    pub(super) user_weights: &'a [f64],
    /// The log probability of a character that begins no word.
    pub(crate) unknown: f64,
    /// The length of the longest word, in characters.
    pub(crate) longest: usize,
    /// The number plus one of the last known word.
    pub(crate) last_word: u32,
}

impl Lexicon<'_> {
    /// Returns whether all codes up to `greatest` belong to this dictionary's alphabet.
    #[inline]
    pub(crate) fn has_code(&self, greatest: Code) -> bool {
        usize::from(greatest) < self.alphabet.chars.len()
    }

    /// Returns the cell where the child by `code` would be.
    ///
    /// # Safety
    ///
    /// `code` is in this dictionary's alphabet, and `base` is the base of one of its first
    /// characters or cells.
    #[inline(always)]
    pub(crate) unsafe fn cell_of_child(&self, base: u32, code: Code) -> Cell {
        // SAFETY: after every base there are as many cells as there are codes.
        Cell::from_bytes(unsafe { get(self.cells, base as usize + usize::from(code)) })
    }

    /// Calls `each` for every word that `codes` begin with, shorter words first. The arguments are
    /// the word's length in codes, its number plus one, and its log probability.
    pub(crate) fn each_prefix(&self, codes: impl IntoIterator<Item = Code>, mut each: impl FnMut(usize, u32, f64)) {
        let mut codes = codes.into_iter();
        let Some(first) = codes.next() else { return };
        let word = self.alphabet.char_words.at(first.into());
        if word != 0 {
            each(1, word, self.weight_of(first));
        }
        // A first character has no cell. A filter holds the codes that may follow it.
        let mut prefix = Cell { base: self.alphabet.bases.at(first.into()), ..Cell::default() };
        for (len, code) in (2..).zip(codes) {
            let may_go_on = if len == 2 { self.pairs.has(first.into(), code) } else { prefix.may_have(code) };
            let Some(cell) = may_go_on.then(|| self.child(prefix.base, code)).flatten() else { return };
            if cell.word != 0 {
                each(len, cell.word, self.weight(cell.class));
            }
            prefix = cell;
        }
    }

    /// Returns the child by `code` of a prefix with this `base`.
    fn child(&self, base: u32, code: Code) -> Option<Cell> {
        let cell = self.cells.get((base as usize).checked_add(code.into())?).filter(|_| base != 0)?;
        Some(Cell::from_bytes(*cell)).filter(|cell| cell.label == code)
    }

    /// Returns the log probability of a class of this dictionary or of user words.
    pub(crate) fn weight(&self, class: u16) -> f64 {
        match usize::from(class).checked_sub(self.weights.len()) {
            None => self.weights.at(class.into()),
            Some(of_user) => self.user_weights[of_user],
        }
    }

    /// Returns the log probability of the character's word; minus infinity if the character is no
    /// word.
    pub(crate) fn weight_of(&self, code: Code) -> f64 {
        self.alphabet.char_weights.at(code.into())
    }

    /// Returns the traits of the code's character: see [`codes::traits`].
    #[inline]
    pub(crate) fn traits_of(&self, code: Code) -> u8 {
        self.alphabet.traits[usize::from(code)]
    }

    /// Returns the character that `code` stands for, as a number; 0 for the reserved codes.
    #[inline]
    pub(crate) fn char_number(&self, code: Code) -> u32 {
        self.alphabet.chars.at(code.into())
    }

    /// Returns the character that `code` stands for; `None` for the reserved codes and for codes
    /// out of range.
    #[inline]
    pub(crate) fn char_of(&self, code: u16) -> Option<char> {
        self.alphabet.chars.get(code.into()).filter(|_| code >= FIRST).and_then(char::from_u32)
    }

    /// Checks that every lookup stays within the cells, that no word crosses the end of a run, and
    /// that all weights and word numbers exist. The dictionary has `words` words.
    pub(super) fn validate_cells(&self, words: u64) -> Result<(), String> {
        let codes = self.alphabet.chars.len();
        let last_base = self.cells.len().checked_sub(codes);
        let is_base = |base: u32| base == 0 || last_base.is_some_and(|last| base as usize <= last);
        let is_word = |word: u32| u64::from(word) <= words;
        for code in 0..codes {
            if !is_base(self.alphabet.bases.at(code)) || !is_word(self.alphabet.char_words.at(code)) {
                return Err(format!("code {code}: a number is out of range"));
            }
        }
        // The reserved class has no usual weight: it is for prefixes that are no words, and for
        // words of frequency 0.
        let classes: Vec<bool> =
            (0..).zip(self.weights.iter()).map(|(class, weight)| class == 0 || is_usual(weight)).collect();
        for (at, cell) in self.cells.iter().map(|cell| Cell::from_bytes(*cell)).enumerate() {
            let is_sound = usize::from(cell.label) < codes
                && is_base(cell.base)
                && is_word(cell.word)
                // Only words have a class, and the class has a weight.
                && (cell.class == 0 || cell.word != 0 && classes.get(usize::from(cell.class)) == Some(&true))
                // A cell without a base has no children. A cell with a reserved label is empty, so
                // that no word crosses the end of a run.
                && (cell.base != 0 || cell.children == 0)
                && (cell.label >= FIRST || cell == Cell { label: cell.label, ..Cell::default() });
            if !is_sound {
                return Err(format!("cell {at}: a number is out of range"));
            }
        }
        Ok(())
    }
}
