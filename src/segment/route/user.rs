//! The methods of a route that apply the words and the wishes of users.

use super::Route;
use super::long_words::{DENSE, LongWord, sort};
use super::user_words::Mark;
use crate::dictionary::double_array::NO_WORD;
use crate::dictionary::{Demand, MAX_WORD_CHARS, SpecialClass, UserLexicon};
use crate::text::codes::GLUE;

impl Route {
    /// Puts the users' words found in a batch over the dictionary's.
    pub(super) fn put_over(&mut self, user: UserLexicon<'_>) {
        let Route { codes, classes, words, long, found, .. } = self;
        for &at in &found.covered {
            codes[at as usize] = user.covered_code;
            classes[at as usize][DENSE - 1] = user.class(SpecialClass::Covered);
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
