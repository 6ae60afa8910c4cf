//! A small hash table of words, for user words over a dictionary.
//!
//! The words are sorted by their codes, so that words with the same beginning are neighbours. A
//! filter of the first two codes rules out most positions of a text. A hash table leads from two
//! codes to the group of words that begin with them. In the group, a binary search for each further
//! code finds the words that continue with it.
//!
//! The table is built from the words whenever a dictionary is made, and is never read from a file.
//! Every access is checked.

use foldhash::HashMap;

use super::double_array::Key;
use crate::numbers::fits;
use crate::text::codes::Code;

/// The size of the filter that is tested first, in bytes. It has one bit for each hash of sixteen
/// bits, and is small enough for the cache.
const FIRSTS: usize = 1 << 13;

/// Words of one or more codes.
#[derive(Default)]
pub(crate) struct WordTable {
    /// The codes of the words of two or more codes, one word after the other.
    codes: Vec<Code>,
    /// The words of two or more codes, sorted by their codes.
    words: Vec<KeyPlace>,
    /// A bit for each hash of two codes, set if words begin with such codes.
    firsts: Vec<u8>,
    /// The group of words with the same first two codes, by these codes.
    groups: HashMap<(Code, Code), Group>,
    /// The words of one code, sorted. `has_single` has a bit for each of them, at its code modulo
    /// 64.
    singles: Vec<(Code, FoundWord)>,
    has_single: u64,
}

/// A word that begins at a position.
#[derive(Clone, Copy, Default)]
pub(crate) struct FoundWord {
    /// The number of codes in the word.
    pub(crate) len: u16,
    pub(crate) class: u16,
    /// The word's number plus one.
    pub(crate) word: u32,
}

#[derive(Clone, Copy)]
struct KeyPlace {
    /// The index of the word's first code.
    start: u32,
    found: FoundWord,
}

/// A range of neighbouring words.
struct Group {
    from: u32,
    /// The index after the last word.
    to: u32,
    /// A bit for each third code, at the code modulo 32. All bits are set if the pair itself is a
    /// word.
    thirds: u32,
}

impl WordTable {
    /// Builds a table of `keys`, which are sorted by their codes and without duplicates.
    pub(super) fn new(keys: &[Key<'_>]) -> WordTable {
        let mut table = WordTable { firsts: vec![0; FIRSTS], ..WordTable::default() };
        for group in keys.chunk_by(|a, b| a.codes.get(..2) == b.codes.get(..2)) {
            let (from, mut thirds) = (fits(table.words.len()), 0);
            for key in group {
                let found = FoundWord { len: fits(key.codes.len()), class: key.class, word: key.number + 1 };
                match *key.codes {
                    [] => {}
                    [code] => {
                        table.singles.push((code, found));
                        table.has_single |= 1 << (code % 64);
                    }
                    [_, _, ref rest @ ..] => {
                        thirds |= rest.first().map_or(u32::MAX, |third| 1 << (third % 32));
                        table.words.push(KeyPlace { start: fits(table.codes.len()), found });
                        table.codes.extend_from_slice(key.codes);
                    }
                }
            }
            if let [first, second, ..] = *group[0].codes {
                let hash = hash(first, second);
                table.firsts[usize::from(hash / 8)] |= 1 << (hash % 8);
                table.groups.insert((first, second), Group { from, to: fits(table.words.len()), thirds });
            }
        }
        table
    }

    /// Returns a bit for each of at most 64 codes, set if words may begin with that code and its
    /// successor in `next`.
    #[inline]
    pub(crate) fn may_begin(&self, codes: &[Code], next: &[Code]) -> u64 {
        let Some(firsts) = self.firsts.first_chunk::<FIRSTS>() else { return 0 };
        let mut hashes = [0; 64];
        for ((hash_of, &first), &second) in hashes.iter_mut().zip(codes).zip(next) {
            *hash_of = hash(first, second);
        }
        let bit = |hash: u16| u64::from(firsts[usize::from(hash / 8)] >> (hash % 8) & 1);
        let bits = hashes.iter().rev().fold(0, |bits, &hash| bits << 1 | bit(hash));
        bits & u64::MAX >> (64 - codes.len().clamp(1, 64))
    }

    pub(crate) fn has_singles(&self) -> bool {
        !self.singles.is_empty()
    }

    /// Returns the word of one code.
    #[inline]
    pub(crate) fn single(&self, code: Code) -> Option<FoundWord> {
        if self.has_single >> (code % 64) & 1 == 0 {
            return None;
        }
        let place = self.singles.binary_search_by_key(&code, |single| single.0).ok()?;
        Some(self.singles[place].1)
    }

    /// Calls `each` with every word of two or more codes that `codes` begin with, shorter words
    /// first.
    pub(crate) fn find(&self, codes: &[Code], mut each: impl FnMut(FoundWord)) {
        let [first, second, ref rest @ ..] = *codes else { return };
        let goes_on = |group: &&Group| rest.first().is_some_and(|third| group.thirds >> (third % 32) & 1 != 0);
        let Some(group) = self.groups.get(&(first, second)).filter(goes_on) else { return };
        let mut words = &self.words[group.from as usize..group.to as usize];
        for (&code, depth) in rest.iter().zip(2..) {
            let Some((word, longer)) = words.split_first() else { return };
            if usize::from(word.found.len) == depth {
                each(word.found);
                words = longer;
            }
            let label = |word: &KeyPlace| self.codes[word.start as usize + depth];
            words = &words[words.partition_point(|word| label(word) < code)..];
            words = &words[..words.partition_point(|word| label(word) == code)];
        }
    }
}

/// All values have sixteen bits, so that the compiler vectorizes a loop over codes.
#[inline(always)]
fn hash(first: Code, second: Code) -> u16 {
    first.wrapping_mul(0x9E37) ^ second.wrapping_mul(0x79B1)
}

#[cfg(test)]
mod tests {
    use super::super::double_array::Keys;
    use super::*;

    /// All sequences of one to five codes from an alphabet of three. Every third sequence is a
    /// word.
    #[test]
    fn every_word_is_found_and_no_other() {
        let all: Vec<Vec<Code>> = (1..6)
            .flat_map(|len| {
                (0..3u32.pow(len)).map(move |n| (0..len).map(|i| 4 + (n / 3u32.pow(i) % 3) as Code).collect())
            })
            .collect();
        let mut keys = Keys::default();
        let is_word = |number: usize| number % 3 == 1;
        for (number, codes) in all.iter().enumerate().filter(|(number, _)| is_word(*number)) {
            keys.push(codes, 7, number as u32, 1);
        }
        let table = WordTable::new(&keys.sorted());
        for (number, codes) in all.iter().enumerate() {
            let mut text = codes.clone();
            text.extend([0, 0]);
            let mut found = Vec::new();
            found.extend(table.single(text[0]).map(|word| word.word as usize - 1));
            if table.may_begin(&text[..1], &text[1..]) != 0 {
                table.find(&text, |word| found.push(word.word as usize - 1));
            }
            let expected: Vec<usize> =
                (0..=number).filter(|&other| is_word(other) && text.starts_with(&all[other])).collect();
            assert_eq!(found, expected, "{codes:?}");
        }
        assert!(WordTable::new(&[]).single(4).is_none());
        WordTable::new(&[]).find(&[4, 4, 0], |_| panic!("there is no word"));
    }
}
