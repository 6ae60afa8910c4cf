//! The words that users have laid over the dictionary.
//!
//! They are found in a table of their own. They then replace the dictionary's entries for the same
//! characters: with another frequency, or as no word at all.

use super::{DENSE, LongWord, Route, greatest, sort};
use crate::dictionary::double_array::NO_WORD;
use crate::dictionary::{Demand, Found, MAX_WORD_CHARS, Special, UserLexicon};
use crate::numbers::fits;
use crate::text::codes::{BREAK, Code, GLUE};

/// The number of codes that are tested together.
const STRETCH: usize = 32;

/// Characters that a user has declared to be no word, or to be cut in a certain way.
#[derive(Clone, Copy)]
struct Mark {
    start: u32,
    len: u16,
    /// The number of the word that is to be cut; `None` if the characters are no word.
    split: Option<u32>,
}

/// The users' words in a batch.
#[derive(Default)]
pub(super) struct UserWordsFound {
    /// Sorted by start, then by length.
    words: Vec<LongWord>,
    /// The characters that separate runs, but are part of these words.
    covered: Vec<u32>,
    /// Sorted like the words.
    marks: Vec<Mark>,
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
        let word = |start: u32, Found { len, class, word }: Found| LongWord { start, len, class, word };
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

impl Route {
    /// Puts the users' words found in a batch over the dictionary's.
    pub(super) fn put_over(&mut self, user: UserLexicon<'_>) {
        let Route { codes, classes, words, long, found, .. } = self;
        for &at in &found.covered {
            codes[at as usize] = user.covered_code;
            classes[at as usize][DENSE - 1] = user.class(Special::Covered);
        }
        let had_long = long.len();
        for &LongWord { start, len, class, word: number } in &found.words {
            let demand = user.demand(class);
            let (class, word) = match demand {
                Demand::None => (class, number),
                // The route passes the characters as if they were a word. They are cut afterwards.
                Demand::Split => (class, 0),
                Demand::NeverJoin => (NO_WORD, 0),
            };
            if demand != Demand::None {
                let split = (demand == Demand::Split).then(|| number.wrapping_sub(1));
                found.marks.push(Mark { start, len, split });
            }
            let chars = usize::from(len);
            if chars <= DENSE {
                // The last class is that of a character alone.
                classes[start as usize][if chars == 1 { DENSE - 1 } else { chars - 2 }] = class;
                words[start as usize][chars - 1] = word;
            } else {
                long.push(LongWord { start, len, class, word });
            }
        }
        if long.len() > had_long {
            // The user's word comes after the dictionary's same word, and replaces it.
            sort(long);
            long.dedup_by(|later, earlier| {
                let is_same = (later.start, later.len) == (earlier.start, earlier.len);
                if is_same {
                    *earlier = *later;
                }
                is_same
            });
            long.retain(|word| word.class != NO_WORD || word.word != 0);
        }
    }

    /// Returns `true` if the batch has users' words.
    #[inline]
    pub(crate) fn has_user_words(&self) -> bool {
        !self.found.is_empty()
    }

    /// Returns `true` if a user has brought these characters as a word, or has declared something
    /// about them.
    pub(crate) fn is_of_user(&self, at: usize, len: usize) -> bool {
        let place = |word: &LongWord| (word.start as usize, usize::from(word.len));
        self.found.words.binary_search_by_key(&(at, len), place).is_ok()
    }

    /// Returns `true` if a user has declared characters of this batch to be no word, or to be cut.
    /// Only the step that writes the words can respect this.
    #[inline]
    pub(crate) fn has_marks(&self) -> bool {
        !self.found.marks.is_empty()
    }

    /// Returns `true` if a user has declared these characters to be no word.
    pub(crate) fn is_never_joined(&self, at: usize, len: usize) -> bool {
        let marks = &self.found.marks;
        let first = marks.partition_point(|mark| (mark.start as usize) < at);
        let here = marks[first..].iter().take_while(|mark| mark.start as usize == at);
        here.clone().any(|mark| mark.split.is_none() && usize::from(mark.len) == len)
    }

    /// Returns `true` if a user has declared how to cut the characters around this one.
    pub(crate) fn is_split(&self, at: usize) -> bool {
        let marks = &self.found.marks;
        let last = marks.partition_point(|mark| mark.start as usize <= at);
        let first = marks.partition_point(|mark| mark.start as usize + MAX_WORD_CHARS <= at);
        let ends = |mark: &Mark| mark.start as usize + usize::from(mark.len);
        marks[first..last].iter().any(|mark| mark.split.is_some() && at < ends(mark))
    }

    /// Cuts the words of the route that users have split. Single characters become tokens by
    /// themselves, which no HMM joins.
    pub(crate) fn split_words(&mut self, user: UserLexicon<'_>) {
        let Route { codes, steps, found, .. } = self;
        let len = codes.len() - 2;
        let mut marks = found.marks.iter().filter(|mark| mark.split.is_some()).peekable();
        let mut at = 0;
        while at < len {
            let step = steps[at] as usize;
            while marks.next_if(|mark| (mark.start as usize) < at).is_some() {}
            let here = marks.clone().take_while(|mark| mark.start as usize == at);
            let number = here.filter(|mark| usize::from(mark.len) == step).find_map(|mark| mark.split);
            let mut part_at = at;
            for &part in number.map_or(&[][..], |number| user.parts_of(number)) {
                if part == 0 || part_at + usize::from(part) > at + step {
                    break;
                }
                steps[part_at] = part;
                if part == 1 {
                    codes[part_at] = GLUE;
                }
                part_at += usize::from(part);
            }
            at += step;
        }
    }
}
