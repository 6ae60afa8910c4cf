//! The characters of users' words that the dictionary does not have.
//!
//! They get codes after the dictionary's, which a text has only until the users' words in it have
//! been found. Then ideographs are again what they are without these words; other characters
//! separate runs again, unless they stand in one of the words.

use std::collections::BTreeMap;

use super::image::Image;
use crate::Error;
use crate::storage::char_table::{CharTable, MoreChars};
use crate::text::codes::{BREAK, Code, FIRST, NOT_ALONE, forms, is_han, is_jieba_han};

pub(super) struct NewChars {
    /// Codes that the dictionary's tables do not have, and the least of those that stand there: most
    /// punctuation has a lesser one, so that it is not looked for.
    exact: (MoreChars, Code),
    folded: (MoreChars, Code),
    /// By code, from the first new one on: the code that it stands for in the dictionary.
    in_dictionary: Vec<Code>,
}

impl NewChars {
    /// The characters of `words` that `base` lacks.
    pub(super) fn new(base: &Image, words: &str) -> Result<NewChars, Error> {
        let arrays = base.chars();
        let first = arrays.chars.len();
        let is_new = |table: CharTable<'_>, c: char| table.at(c.into()) < FIRST;
        let (mut exact, mut folded) = (BTreeMap::new(), BTreeMap::new());
        let mut in_dictionary = Vec::new();
        for c in words.chars() {
            let is_new_exact = is_jieba_han(c) && is_new(arrays.exact, c) && !exact.contains_key(&c);
            let is_new_folded = is_new(arrays.folded, c) && !folded.contains_key(&c);
            if !is_new_exact && !is_new_folded {
                continue;
            }
            let code = u16::try_from(first + in_dictionary.len()).ok().filter(|&code| code < NOT_ALONE);
            let code = code.ok_or_else(|| {
                let most = usize::from(NOT_ALONE) - first;
                Error::new(format!("expected at most {most} characters that the dictionary does not have, found more"))
            })?;
            if is_new_exact {
                exact.insert(c, code);
            }
            if is_han(c) {
                folded.extend(is_new_folded.then_some((c, code)));
                in_dictionary.push(if is_new_exact { arrays.exact } else { arrays.folded }.at(c.into()));
            } else {
                folded
                    .extend(forms(c).into_iter().filter(|&form| is_new(arrays.folded, form)).map(|form| (form, code)));
                in_dictionary.push(BREAK);
            }
        }
        let table = |codes: BTreeMap<char, Code>, of_base: CharTable<'_>| {
            let least = codes.keys().map(|&c| of_base.at(c.into())).min();
            (codes.into_iter().map(|(c, code)| (c.into(), code)).collect(), least.unwrap_or(FIRST))
        };
        Ok(NewChars { exact: table(exact, arrays.exact), folded: table(folded, arrays.folded), in_dictionary })
    }

    /// The dictionary's table with these characters.
    pub(super) fn table<'a>(&'a self, base: &'a Image, fold: bool) -> CharTable<'a> {
        let arrays = base.chars();
        match self.in_dictionary.is_empty() {
            true if fold => arrays.folded,
            true => arrays.exact,
            false if fold => arrays.folded.with_more(&self.folded.0, self.folded.1, FIRST),
            false => arrays.exact.with_more(&self.exact.0, self.exact.1, FIRST),
        }
    }

    pub(super) fn in_dictionary(&self) -> &[Code] {
        &self.in_dictionary
    }
}
