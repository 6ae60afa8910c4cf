//! The characters of user words that the dictionary lacks.
//!
//! They get codes after the dictionary's. A text has these codes only until its user words have
//! been found. Then an ideograph gets the code that it has without user words. Any other character
//! separates runs again, unless it is inside one of the words.

use super::image::Image;
use super::user_words::SortedUserWords;
use crate::error::Error;
use crate::storage::char_table::{CharTable, MoreChars};
use crate::text::codes::{BREAK, Code, FIRST, NOT_ALONE, forms, is_han, is_jieba_han};

pub(super) struct NewChars {
    /// The codes that replace codes of the dictionary's table, and the least code that is replaced.
    /// Most punctuation has a lower code, so it needs no lookup.
    exact: (MoreChars, Code),
    folded: (MoreChars, Code),
    /// By code, from the first new one on: the code that it stands for in the dictionary.
    pub(super) in_dictionary: Vec<Code>,
}

impl NewChars {
    /// Collects the characters of `words` that `base` lacks.
    pub(super) fn new(base: &Image, words: &SortedUserWords) -> Result<NewChars, Error> {
        let arrays = base.chars();
        let first = arrays.chars.len();
        let (mut exact, mut folded) = (MoreChars::default(), MoreChars::default());
        let mut in_dictionary = Vec::new();
        for c in words.iter().flat_map(|(word, _)| word.chars()) {
            let is_new = |table: CharTable<'_>, more: &MoreChars, c: char| {
                table.at(c.into()) < FIRST && !more.contains_key(&c.into())
            };
            let is_new_exact = is_jieba_han(c) && is_new(arrays.exact, &exact, c);
            let is_new_folded = is_new(arrays.folded, &folded, c);
            if !is_new_exact && !is_new_folded {
                continue;
            }
            let code = u16::try_from(first + in_dictionary.len()).ok().filter(|&code| code < NOT_ALONE);
            let code = code.ok_or_else(|| {
                let most = usize::from(NOT_ALONE) - first;
                Error::new(format!("expected at most {most} characters that the dictionary does not have, found more"))
            })?;
            if is_new_exact {
                exact.insert(c.into(), code);
            }
            if is_han(c) {
                folded.extend(is_new_folded.then_some((u32::from(c), code)));
                in_dictionary.push(if is_new_exact { arrays.exact } else { arrays.folded }.at(c.into()));
            } else {
                let forms = forms(c).map(u32::from).into_iter().filter(|&form| arrays.folded.at(form) < FIRST);
                folded.extend(forms.map(|form| (form, code)));
                in_dictionary.push(BREAK);
            }
        }
        let with_least = |codes: MoreChars, of_base: CharTable<'_>| {
            let least = codes.keys().map(|&c| of_base.at(c)).min().unwrap_or(FIRST);
            (codes, least)
        };
        let (exact, folded) = (with_least(exact, arrays.exact), with_least(folded, arrays.folded));
        Ok(NewChars { exact, folded, in_dictionary })
    }

    /// Returns the dictionary's table with these characters.
    pub(super) fn table<'a>(&'a self, base: &'a Image, fold: bool) -> CharTable<'a> {
        let arrays = base.chars();
        let (table, (more, least)) = if fold { (arrays.folded, &self.folded) } else { (arrays.exact, &self.exact) };
        if self.in_dictionary.is_empty() { table } else { table.with_more(more, *least, FIRST) }
    }
}
