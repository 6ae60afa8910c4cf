//! The characters of users' words that the dictionary does not have, and characters that are such words.
//!
//! They get codes after the dictionary's: first the ideographs, which are parts of runs anyway; then the *soft* ones,
//! which separate runs unless a word with them stands there.

use std::collections::HashMap;

use super::chars::{CharArrays, NewChars, char_weight};
use super::image::Image;
use crate::Error;
use crate::numbers::fits;
use crate::storage::char_table::{ChangedTables, CharTable};
use crate::storage::image::Writer;
use crate::text::codes::{Code, FIRST, NOT_ALONE, forms, is_han, is_jieba_han};

/// A character that is a word: its number plus one, and its log probability.
type Single = (char, u32, f64);

pub(super) struct UserChars<'b> {
    base: CharArrays<'b>,
    unknown: f64,
    /// Codes that the dictionary's tables do not have.
    exact: HashMap<char, Code>,
    folded: HashMap<char, Code>,
    /// The characters of the new codes.
    chars: Vec<char>,
    first_soft: Code,
    singles: Vec<Single>,
}

/// How one of the tables spells words.
#[derive(Clone, Copy)]
pub(super) struct Spelling<'c> {
    table: CharTable<'c>,
    new: &'c HashMap<char, Code>,
}

impl Spelling<'_> {
    pub(super) fn code(self, c: char) -> Code {
        match self.table.at(c.into()) {
            code @ FIRST.. => code,
            code => self.new.get(&c).copied().unwrap_or(code),
        }
    }
}

impl<'b> UserChars<'b> {
    /// What `base` lacks of `chars`, and of `singles`.
    pub(super) fn new(
        base: &'b Image,
        chars: impl Iterator<Item = char>,
        singles: impl Iterator<Item = Single>,
    ) -> Result<UserChars<'b>, Error> {
        let arrays = base.chars();
        let is_new = |table: CharTable<'_>, c: char| table.at(c.into()) < FIRST;
        let mut missing: Vec<char> =
            chars.filter(|&c| is_new(arrays.folded, c) || is_jieba_han(c) && is_new(arrays.exact, c)).collect();
        missing.sort_unstable_by_key(|&c| (!is_han(c), c));
        missing.dedup();

        let first = arrays.chars.len();
        let mut new = UserChars {
            base: arrays,
            unknown: base.meta.unknown,
            exact: HashMap::new(),
            folded: HashMap::new(),
            chars: Vec::new(),
            first_soft: 0,
            singles: singles.collect(),
        };
        let mut codes = 0;
        for &c in missing.iter().filter(|&&c| is_han(c)) {
            let code = fits(first + codes);
            if is_new(arrays.folded, c) {
                new.folded.insert(c, code);
            }
            if is_jieba_han(c) && is_new(arrays.exact, c) {
                new.exact.insert(c, code);
            }
            new.chars.push(c);
            codes += 1;
        }
        new.first_soft = fits(first + codes);
        for &c in missing.iter().filter(|&&c| !is_han(c)) {
            if new.folded.contains_key(&c) {
                continue;
            }
            let forms = forms(c);
            for form in forms.into_iter().filter(|&form| is_new(arrays.folded, form)) {
                new.folded.insert(form, fits(first + codes));
            }
            new.chars.push(forms[0]);
            codes += 1;
        }
        if first + codes > NOT_ALONE.into() {
            return Err(Error::new(format!(
                "expected at most {} characters that the dictionary does not have, found {codes}",
                usize::from(NOT_ALONE) - first
            )));
        }
        Ok(new)
    }

    pub(super) fn exact(&self) -> Spelling<'_> {
        Spelling { table: self.base.exact, new: &self.exact }
    }

    pub(super) fn folded(&self) -> Spelling<'_> {
        Spelling { table: self.base.folded, new: &self.folded }
    }

    pub(super) fn first_soft(&self) -> Code {
        self.first_soft
    }

    /// The number of codes.
    pub(super) fn len(&self) -> usize {
        self.base.chars.len() + self.chars.len()
    }

    /// Write the sections, unless the dictionary's say all; with where the children of first characters are counted from, if
    /// not as in the dictionary.
    pub(super) fn write(self, bases: Option<Vec<u32>>, image: &mut Writer) {
        if self.chars.is_empty() && self.singles.is_empty() && bases.is_none() {
            return;
        }
        let base = self.base;
        let new_codes = fits(base.chars.len())..fits(self.len());
        let mut char_words: Vec<u32> = base.char_words.iter().chain(self.chars.iter().map(|_| 0)).collect();
        // A soft character counts as one that begins no word, so that it never is the end of a run.
        let weight_of_new = |code: Code| if code < self.first_soft { f64::NEG_INFINITY } else { self.unknown };
        let weights = base.char_weights.iter().chain(new_codes.map(|code| char_weight(code, weight_of_new(code))));
        let mut char_weights: Vec<f64> = weights.collect();
        let char_of = |code: Code| match usize::from(code).checked_sub(base.chars.len()) {
            Some(new) => self.chars[new],
            None => char::from_u32(base.chars.at(code.into())).unwrap_or_default(),
        };
        for &(c, number, weight) in &self.singles {
            for code in [self.exact().code(c), self.folded().code(c)] {
                // 軟 is no word for 软.
                if code >= FIRST && (char_of(code) == c || !is_han(c)) {
                    char_words[usize::from(code)] = number;
                    char_weights[usize::from(code)] = char_weight(code, weight);
                }
            }
        }
        let mut tables = ChangedTables::new([base.exact, base.folded]);
        self.exact.iter().for_each(|(&c, &code)| tables.set(0, c, code));
        self.folded.iter().for_each(|(&c, &code)| tables.set(1, c, code));
        let ([exact, folded], leaves) = tables.finish();
        let chars = NewChars {
            exact,
            folded,
            leaves,
            chars: base.chars.iter().map(|c| char::from_u32(c).unwrap_or_default()).chain(self.chars.clone()).collect(),
            bases: bases.unwrap_or_else(|| base.bases.iter().chain(self.chars.iter().map(|_| 0)).collect()),
            char_words,
            char_weights,
        };
        chars.write(image);
    }

    /// Check, beside what is checked of all arrays, that they go with those of `base`, unless the children of first
    /// characters are said to be counted from elsewhere, and that words with the numbers `is_number` says there are.
    pub(super) fn validate(
        arrays: CharArrays<'_>,
        base: &Image,
        first_soft: u64,
        has_own_bases: bool,
        is_number: impl Fn(usize) -> bool,
    ) -> Result<(), &'static str> {
        let check = |holds: bool, what: &'static str| if holds { Ok(()) } else { Err(what) };
        arrays.validate()?;
        let of_base = base.chars();
        let (first, codes) = (of_base.chars.len(), arrays.chars.len());
        check((first as u64..=codes as u64).contains(&first_soft), "a code is out of range")?;
        check(of_base.chars.iter().eq(arrays.chars.iter().take(first)), "its alphabet is not the dictionary's")?;
        let mut bases = of_base.bases.iter().chain(std::iter::repeat(0)).zip(arrays.bases.iter());
        check(
            has_own_bases || bases.all(|(of_base, own)| of_base == own),
            "its first characters are not the dictionary's",
        )?;
        let mut words = arrays.char_words.iter().filter_map(|word| word.checked_sub(1));
        check(words.all(|number| is_number(number as usize)), "a character's word is out of range")
    }
}
