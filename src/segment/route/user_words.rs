//! The words that users have laid over the dictionary, as a batch has them.
//!
//! They are found in a table of their own. They then replace the dictionary's entries for the same
//! characters: with another frequency, or as no word at all.

use super::long_words::{LongWord, sort};
use crate::dictionary::{FoundWord, UserLexicon};
use crate::numbers::fits;
use crate::text::codes::{BREAK, Code, greatest};

/// The number of codes that are tested together.
const STRETCH: usize = 32;

/// Characters that a user has declared to be no word, or to be cut in a certain way.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) start: u32,
    pub(super) len: u16,
    /// The number of the word that is to be cut; `None` if the characters are no word.
    pub(super) split: Option<u32>,
}

/// The users' words in a batch.
#[derive(Default)]
pub(super) struct UserWordsFound {
    /// Sorted by start, then by length.
    pub(super) words: Vec<LongWord>,
    /// The characters that separate runs, but are part of these words.
    pub(super) covered: Vec<u32>,
    /// Sorted like the words.
    pub(super) marks: Vec<Mark>,
}

impl UserWordsFound {
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.covered.clear();
        self.marks.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Finds the words of a batch by its codes. Replaces users' own codes with the dictionary's.
    /// `codes` has two codes more than the batch.
    pub(super) fn find(&mut self, user: UserLexicon<'_>, codes: &mut [Code]) {
        self.clear();
        let UserWordsFound { words, covered, .. } = self;
        let len = codes.len() - 2;
        let word = |start: u32, FoundWord { len, class, word }: FoundWord| LongWord { start, len, class, word };
        if user.table.has_singles() {
            let found = (0..).zip(&codes[..len]).filter_map(|(at, &code)| Some(word(at, user.table.single(code)?)));
            words.extend(found);
        }
        // Almost no two characters begin a word, so 64 positions are tested at once.
        for (start, firsts) in (0..).step_by(64).zip(codes[..len].chunks(64)) {
            let mut left = user.table.may_begin(firsts, &codes[start + 1..]);
            while left != 0 {
                let start = start + left.trailing_zeros() as usize;
                left &= left - 1;
                user.table.find(&codes[start..], |found| words.push(word(fits(start), found)));
            }
        }
        sort(words);
        let mut words = words.iter().peekable();
        let mut end = 0;
        for (start, codes) in (0..).step_by(STRETCH).zip(codes.chunks_mut(STRETCH)) {
            // Most stretches have none of users' own codes. Vector instructions test this at once.
            if greatest(codes) < user.first_code {
                continue;
            }
            for (at, code) in (start..).zip(codes).filter(|(_, code)| **code >= user.first_code) {
                while let Some(word) = words.next_if(|word| word.start as usize <= at) {
                    end = end.max(word.start as usize + usize::from(word.len));
                }
                *code = user.in_dictionary(*code);
                if *code == BREAK && at < end {
                    covered.push(fits(at));
                }
            }
        }
    }
}
