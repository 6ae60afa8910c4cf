//! The words of a dictionary, by their numbers.

use super::Dictionary;
use super::double_array::FIRST_CLASS;

impl Dictionary {
    /// The words whose numbers are wanted, as the dictionary spells them, in no order. Linear in the dictionary.
    pub(crate) fn spellings(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<(usize, Box<str>)> {
        let lexicon = self.lexicon();
        let spelled = self.spelled();
        let codes = lexicon.chars.len();
        // Bases are unique, so a cell's label tells its base, and the base its parent.
        let mut parent_of = vec![0u32; lexicon.cells.len()];
        for at in 0..lexicon.cells.len() {
            let base = lexicon.cell(at).base as usize;
            if base != 0 {
                parent_of[base] = at as u32;
            }
        }
        let mut spellings = Vec::new();
        let mut chars = Vec::new();
        for end in 0..lexicon.cells.len() {
            let number = lexicon.number_at(end) as usize;
            if lexicon.cell(end).class < FIRST_CLASS || !is_wanted(number) {
                continue;
            }
            chars.clear();
            let mut at = end;
            let is_whole = loop {
                let label = lexicon.cell(at).label;
                // Of a word's forms, folded and with variants, the one that is looked up by its own characters.
                let c = lexicon.char_of(label).filter(|&c| spelled.at(c.into()) == label);
                let Some(c) = c else { break false };
                chars.push(c);
                if at < codes {
                    break true;
                }
                at = at.checked_sub(label.into()).map_or(0, |base| parent_of[base] as usize);
            };
            if is_whole {
                spellings.push((number, chars.iter().rev().collect::<String>().into()));
            }
        }
        spellings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WordId;

    #[test]
    fn every_word_is_spelled_as_it_is_looked_up() {
        let dictionary = Dictionary::embedded();
        let mut spellings = dictionary.spellings(|_| true);
        spellings.sort_unstable();
        assert!(spellings.iter().map(|(number, _)| *number).eq(0..dictionary.len()));
        assert!(spellings.is_sorted_by(|(_, a), (_, b)| a < b));
        for (number, word) in spellings {
            assert_eq!(dictionary.get(&word).map(|entry| entry.id), WordId::from_number(number as u32), "{word}");
        }
        assert_eq!(dictionary.spellings(|number| number == 7).len(), 1);
    }
}
