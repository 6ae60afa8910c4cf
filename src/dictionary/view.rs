//! A dictionary's image as arrays, as the loops see it.

#![allow(unsafe_code)]

use super::chars::CharArrays;
use super::double_array::{Cell, PairFilter};
use super::is_usual;
use super::overlay::Special;
use super::user_words::SortedWords;
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
    /// By word number, which of the tags it is.
    pub(crate) of_word: &'a [u8],
    pub(crate) tags: &'a [Tag],
    /// The same of the words that users have brought, whose numbers come after those.
    pub(crate) of_user_word: &'a [u8],
    pub(crate) user_tags: &'a [Tag],
}

impl WordTags<'_> {
    /// The part of speech of the word with this number; none for a number that is another
    /// dictionary's.
    #[inline]
    pub(crate) fn of(self, number: u32) -> Tag {
        let (tag, tags) = match self.of_word.get(number as usize) {
            None => (self.of_user_word.get(number as usize - self.of_word.len()), self.user_tags),
            tag => (tag, self.tags),
        };
        tag.and_then(|&tag| tags.get(usize::from(tag))).copied().unwrap_or_default()
    }

    /// The part of speech of the word with this number, if it is the dictionary's; for another some
    /// tag. Whether it is cannot be predicted, so there is no branch.
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
}

/// The words that users have laid over a dictionary, as the loops see them.
#[derive(Clone, Copy)]
pub(crate) struct UserLexicon<'a> {
    pub(crate) table: &'a WordTable,
    /// The first of the classes that stand for more than a frequency.
    pub(super) first_special: u16,
    /// The first code of a character that the dictionary does not have.
    pub(crate) first_code: Code,
    /// From that code on: the code that it stands for in the dictionary, [`BREAK`] if the character
    /// separates runs.
    pub(super) in_dictionary: &'a [Code],
    /// The code of such a character where it is part of a run: one that is neither ideograph nor
    /// letter.
    pub(crate) covered_code: Code,
    /// The number of the first of these words.
    pub(super) first_number: u32,
    pub(super) words: &'a SortedWords,
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
    /// A class that stands for more than a frequency.
    pub(crate) fn class(self, special: Special) -> u16 {
        self.first_special + special as u16
    }

    /// What a class means beside its log probability.
    #[inline]
    pub(crate) fn demand(self, class: u16) -> Demand {
        match class {
            _ if class == self.class(Special::Split) => Demand::Split,
            _ if class == self.class(Special::NeverJoin) => Demand::NeverJoin,
            _ => Demand::None,
        }
    }

    /// The code that a code stands for in the dictionary.
    pub(crate) fn in_dictionary(self, code: Code) -> Code {
        match code.checked_sub(self.first_code) {
            None => code,
            Some(new) => self.in_dictionary.get(usize::from(new)).copied().unwrap_or(BREAK),
        }
    }

    /// How many characters each part of the word with this number has.
    pub(crate) fn parts_of(self, number: u32) -> &'a [u8] {
        let place = number.checked_sub(self.first_number);
        place.and_then(|place| self.words.wishes.get(place as usize)).map_or(&[], |(_, wish)| &wish.parts)
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
///
/// What is unsafe here relies on three things that are validated when an image is opened: for every
/// code there is a place in each array by code; after every base there are as many cells as codes;
/// for every class of a cell there is a weight.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    pub(crate) alphabet: CharArrays<'a>,
    pub(super) cells: &'a [[u8; Cell::BYTES]],
    /// The first two codes of all words.
    pub(crate) pairs: PairFilter<'a>,
    /// The bases of prefixes of two codes, and the third codes, in a dictionary with very many of these.
    pub(crate) thirds: Option<PairFilter<'a>>,
    /// By class: its log probability.
    pub(crate) weights: F64s<'a>,
    /// The weights of the classes after those, of users' words.
    pub(super) user_weights: &'a [f64],
    /// Log probability of a character that begins no word.
    pub(crate) unknown: f64,
    /// Length of the longest word, in characters.
    pub(crate) longest: usize,
    /// The number plus one of the last word that is known.
    pub(crate) last_word: u32,
}

impl Lexicon<'_> {
    /// Whether all codes up to this one are of this dictionary's alphabet.
    #[inline]
    pub(crate) fn has_code(&self, greatest: Code) -> bool {
        usize::from(greatest) < self.alphabet.chars.len()
    }

    /// The cell where the child by `code` would be.
    ///
    /// # Safety
    ///
    /// `code` is of this dictionary's alphabet, and `base` is that of one of its first characters
    /// or cells.
    #[inline(always)]
    pub(crate) unsafe fn cell_of_child(&self, base: u32, code: Code) -> Cell {
        // SAFETY: after every base there are as many cells as there are codes.
        Cell::from_bytes(unsafe { get(self.cells, base as usize + usize::from(code)) })
    }

    /// Call `each` with the length, the number plus one and the log probability of every word that begins `codes`,
    /// shorter words first.
    pub(crate) fn each_prefix(&self, codes: impl IntoIterator<Item = Code>, mut each: impl FnMut(usize, u32, f64)) {
        let mut codes = codes.into_iter();
        let Some(first) = codes.next() else { return };
        let word = self.alphabet.char_words.at(first.into());
        if word != 0 {
            each(1, word, self.weight_of(first));
        }
        // A first character has no cell. What may go on from it is in a filter.
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

    /// The child by `code` of a prefix whose children are counted from `base`.
    fn child(&self, base: u32, code: Code) -> Option<Cell> {
        let cell = self.cells.get((base as usize).checked_add(code.into())?).filter(|_| base != 0)?;
        Some(Cell::from_bytes(*cell)).filter(|cell| cell.label == code)
    }

    /// The log probability of a class of this dictionary or of users' words.
    pub(crate) fn weight(&self, class: u16) -> f64 {
        match usize::from(class).checked_sub(self.weights.len()) {
            None => self.weights.at(class.into()),
            Some(of_user) => self.user_weights[of_user],
        }
    }

    /// The log probability of the word that a character is; minus infinity if it is none.
    pub(crate) fn weight_of(&self, code: Code) -> f64 {
        self.alphabet.char_weights.at(code.into())
    }

    /// What the character of a code is: see [`codes::traits`].
    #[inline]
    pub(crate) fn traits_of(&self, code: Code) -> u8 {
        self.alphabet.traits[usize::from(code)]
    }

    /// The character that `code` stands for, as a number; 0 for the reserved codes.
    #[inline]
    pub(crate) fn char_number(&self, code: Code) -> u32 {
        self.alphabet.chars.at(code.into())
    }

    /// The character that `code` stands for; `None` for the reserved codes, and what is none.
    #[inline]
    pub(crate) fn char_of(&self, code: u16) -> Option<char> {
        self.alphabet.chars.get(code.into()).filter(|_| code >= FIRST).and_then(char::from_u32)
    }

    /// Check that every look-up stays inside of the cells, goes across no end of a run, and finds
    /// weights and words that there are, of which there are `words`.
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
        // Words of a frequency that does not occur have the reserved class.
        let classes: Vec<bool> =
            (0..).zip(self.weights.iter()).map(|(class, weight)| class == 0 || is_usual(weight)).collect();
        for (at, cell) in self.cells.iter().map(|cell| Cell::from_bytes(*cell)).enumerate() {
            let is_sound = usize::from(cell.label) < codes
                && is_base(cell.base)
                && is_word(cell.word)
                // A word has a class, or occurs nowhere.
                && (cell.class == 0 || cell.word != 0 && classes.get(usize::from(cell.class)) == Some(&true))
                // Nothing goes on from nowhere, and no word across the end of a run.
                && (cell.base != 0 || cell.children == 0)
                && (cell.label >= FIRST || cell == Cell { label: cell.label, ..Cell::default() });
            if !is_sound {
                return Err(format!("cell {at}: a number is out of range"));
            }
        }
        Ok(())
    }
}
