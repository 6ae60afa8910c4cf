//! The words of a dictionary, by their numbers.

use super::Dictionary;
use super::builder::MAX_WORD_CHARS;
use super::double_array::Cell;
use crate::text::codes::Code;

/// Whose children are counted from a base.
#[derive(Clone, Copy)]
enum Parent {
    Nobody,
    Char(Code),
    Cell(usize),
}

impl Dictionary {
    /// The words whose numbers are wanted, as the dictionary spells them, in no order. Linear in
    /// the dictionary.
    pub(crate) fn spellings(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<(usize, Box<str>)> {
        let lexicon = self.base.lexicon();
        let spelled = self.base.spelled();
        // Of a word's forms, folded and with variants, the one that is looked up by its own
        // characters.
        let char_of = |code: Code| lexicon.char_of(code).filter(|&c| spelled.at(c.into()) == code);
        let cell = |at: usize| Cell::from_bytes(lexicon.cells[at]);
        // Bases are unique, so a cell's label tells its base, and the base its parent.
        let mut parent_of = vec![Parent::Nobody; lexicon.cells.len()];
        let chars = (0..).zip(lexicon.alphabet.bases.iter()).map(|(code, base)| (base, Parent::Char(code)));
        let cells = (0..lexicon.cells.len()).map(|at| (cell(at).base, Parent::Cell(at)));
        for (base, parent) in chars.chain(cells).filter(|&(base, _)| base != 0) {
            if let Some(place) = parent_of.get_mut(base as usize) {
                *place = parent;
            }
        }
        let chars = (0..).zip(lexicon.alphabet.char_words.iter()).map(|(code, word)| (word, Parent::Char(code)));
        let cells = (0..lexicon.cells.len()).map(|at| (cell(at).word, Parent::Cell(at)));

        let spelling = |mut end: Parent| {
            let mut chars = Vec::new();
            // In a dictionary that has not been validated, words may have no end.
            while chars.len() < MAX_WORD_CHARS {
                match end {
                    Parent::Nobody => return None,
                    Parent::Char(code) => {
                        chars.push(char_of(code)?);
                        return Some(chars.iter().rev().collect::<String>().into_boxed_str());
                    }
                    Parent::Cell(at) => {
                        let label = cell(at).label;
                        chars.push(char_of(label)?);
                        end = at.checked_sub(label.into()).map_or(Parent::Nobody, |base| parent_of[base]);
                    }
                }
            }
            None
        };
        let wanted = chars.chain(cells).filter_map(|(word, end)| Some((word.checked_sub(1)? as usize, end)));
        let of_base =
            wanted.filter(|&(number, _)| is_wanted(number)).filter_map(|(number, end)| Some((number, spelling(end)?)));
        let mut all: Vec<(usize, Box<str>)> = of_base.collect();
        let of_users = self.user.iter().flat_map(|user| user.words().iter()).map(|(word, _)| Box::from(word));
        all.extend((self.base.words() as usize..).zip(of_users).filter(|(number, _)| is_wanted(*number)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::WordId;

    #[test]
    fn every_word_is_spelled_as_it_is_looked_up() {
        let dictionary = Dictionary::embedded();
        let mut spellings = dictionary.spellings(|_| true);
        spellings.sort_unstable();
        assert!(spellings.iter().map(|(number, _)| *number).eq(0..dictionary.len()));
        for (number, word) in spellings {
            assert_eq!(dictionary.get(&word).map(|entry| entry.id), WordId::from_number(number as u32), "{word}");
        }
        assert_eq!(dictionary.spellings(|number| number == 7).len(), 1);
    }
}
