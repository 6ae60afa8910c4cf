//! The spellings of a dictionary's words, by word number.

use super::Dictionary;
use super::double_array::Cell;
use super::word::MAX_WORD_CHARS;
use crate::numbers::fits;

impl Dictionary {
    /// Returns all words as the dictionary spells them, with their numbers, in no order. Takes time
    /// linear in the size of the dictionary.
    pub(crate) fn spellings(&self) -> Vec<(usize, Box<str>)> {
        let lexicon = self.base.lexicon();
        let spelled = self.base.spelled();
        // Prefixes are numbered: first those of one character, by its code, and then the cells.
        let codes = lexicon.alphabet.chars.len();
        let cells = || lexicon.cells.iter().map(|cell| Cell::from_bytes(*cell));
        // Bases are unique. So the index and the label of a cell give its parent's base, and the
        // base gives the parent. Reserved codes have no parent.
        let mut parent_of = vec![0; lexicon.cells.len()];
        let bases = lexicon.alphabet.bases.iter().chain(cells().map(|cell| cell.base));
        for (prefix, base) in bases.enumerate().filter(|&(_, base)| base != 0) {
            if let Some(parent) = parent_of.get_mut(base as usize) {
                *parent = prefix;
            }
        }
        let spelling = |mut prefix: usize| {
            let mut chars = Vec::new();
            // In a dictionary that was not validated, the search for the beginning of a word may
            // not end.
            while chars.len() < MAX_WORD_CHARS {
                let cell = prefix.checked_sub(codes);
                let code = cell.map_or_else(|| fits(prefix), |at| Cell::from_bytes(lexicon.cells[at]).label);
                // A word may also be stored in folded forms and with variants. Only the form that
                // is looked up by its own characters counts.
                chars.push(lexicon.char_of(code).filter(|&c| spelled.at(c.into()) == code)?);
                match cell {
                    None => return Some(chars.iter().rev().collect::<String>().into_boxed_str()),
                    Some(at) => prefix = parent_of[at.checked_sub(code.into())?],
                }
            }
            None
        };
        let words = lexicon.alphabet.char_words.iter().chain(cells().map(|cell| cell.word)).enumerate();
        let of_base = words.filter_map(|(prefix, word)| Some((word.checked_sub(1)? as usize, spelling(prefix)?)));
        let mut spellings: Vec<(usize, Box<str>)> = of_base.collect();
        if let Some(user) = &self.user {
            let of_users = user.words.iter().map(|(word, _)| Box::from(word));
            spellings.extend((self.base.words() as usize..).zip(of_users));
        }
        spellings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::WordId;

    #[test]
    fn every_word_is_spelled_as_it_is_looked_up() {
        let dictionary = Dictionary::embedded();
        let mut spellings = dictionary.spellings();
        spellings.sort_unstable();
        assert!(spellings.iter().map(|(number, _)| *number).eq(0..dictionary.len()));
        for (number, word) in spellings {
            assert_eq!(dictionary.get(&word).map(|entry| entry.id), WordId::from_number(number as u32), "{word}");
        }
    }
}
