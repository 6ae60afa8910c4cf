//! The words that users have brought, beside the dictionary's.
//!
//! They are found in the same way, level by level, in a table of their own, and then put over what the dictionary has:
//! the same characters with another frequency, or no word any more. If they are many, they have been found with the
//! dictionary's, and only what is to be more than a word is looked for.

#![allow(unsafe_code)]

use super::levels::descend;
use super::{DENSE, LongWord, Prefix, Route, Trie};
use crate::dictionary::double_array::{Cell, NO_WORD};
use crate::dictionary::prefix_table::Prefixes;
use crate::dictionary::{Demand, MAX_WORD_CHARS, UserLexicon};
use crate::numbers::fits;
use crate::text::Units;
use crate::text::codes::{BREAK, Code, FIRST, GLUE};
use crate::unchecked::get_mut;

/// Characters of which a user has said that they are no word, or how they are to be cut.
#[derive(Clone, Copy)]
struct Mark {
    start: u32,
    len: u16,
    /// The number of what is to be cut; none of what is no word.
    split: Option<u32>,
}

/// What the words that users have brought make of a batch.
#[derive(Default)]
pub(super) struct Found {
    words: Vec<LongWord>,
    /// By where they begin.
    marks: Vec<Mark>,
}

impl Found {
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.marks.clear();
    }

    pub(super) fn release(&mut self) {
        crate::segment::release(&mut self.words);
        crate::segment::release(&mut self.marks);
    }
}

impl Trie for UserLexicon<'_> {
    #[inline(always)]
    unsafe fn child(self, base: u32, code: Code) -> Cell {
        // A break is nobody's child, though it may be the label of an empty cell.
        if code < FIRST { Cell::default() } else { self.prefixes.child(base, code) }
    }

    fn has_room_for(self, _: Code) -> bool {
        true
    }
}

impl Route {
    /// Find the users' words in a batch, whose words in the dictionary have been found, and put them over these.
    pub(super) fn find_user_words(&mut self, user: UserLexicon<'_>, units: &mut Units) {
        let has_soft = units.codes().iter().fold(0, |last, &code| last.max(code)) >= user.first_soft;
        match user.is_merged {
            true => self.collect(user, units.len(), has_soft),
            false => self.find_words_of(user, units.codes_and_end()),
        }
        if has_soft {
            self.separate_runs(user, units.codes_mut());
        }
        if !self.found.words.is_empty() {
            self.put_over(user);
        }
    }

    /// Collect, of the words found in a batch of `len` characters, all of the users', if soft characters are to be covered
    /// by them, or those of which something is demanded.
    fn collect(&mut self, user: UserLexicon<'_>, len: usize, with_all: bool) {
        let Route { classes, words, long, found, .. } = self;
        if with_all || user.has_demands {
            found.words.extend(long.iter().filter(|word| user.is_own(word.class, word.word, with_all)));
        }
        // Most batches have no such shorter ones, and one pass without a branch says so.
        let classes = classes.get(..len).unwrap_or_default();
        let highest = || classes.as_flattened().iter().fold(0, |highest, &class| highest.max(class));
        if !(with_all || user.has_demands && user.may_demand(highest())) {
            return;
        }
        for ((start, classes), words) in (0..).zip(classes).zip(&*words) {
            // The first of the words is the character alone.
            for ((len, &class), &word) in (2..).zip(classes).zip(words.iter().skip(1)) {
                if user.is_own(class, word, with_all) {
                    found.words.push(LongWord { start, len, class, word });
                }
            }
        }
    }

    fn find_words_of(&mut self, user: UserLexicon<'_>, codes: &[Code]) {
        let Route { open, found, .. } = self;
        let mut count = begin(user, codes, &mut open[..codes.len() - 1]);
        let mut depth = 1;
        while count > 0 && depth < MAX_WORD_CHARS {
            depth += 1;
            let mut words = found.words.len();
            // Room for a word at each, and one that is written and not kept: whether there is a word cannot be predicted.
            found.words.resize(words + count + 1, LongWord::default());
            count = descend(user, codes, depth, &mut open[..count], |start, class, word| {
                // SAFETY: at most as many words are kept as there are prefixes.
                *unsafe { get_mut(&mut found.words, words) } = LongWord { start, len: fits(depth), class, word };
                words += usize::from(word != 0);
            });
            found.words.truncate(words);
        }
        // Of a table that was not validated, words may be anything.
        found.words.retain(|word| user.is_class(word.class));
    }

    /// A soft character that is in none of the words found separates runs as it does without them.
    fn separate_runs(&mut self, user: UserLexicon<'_>, codes: &mut [Code]) {
        self.found.words.sort_by_key(|word| word.start);
        let mut words = self.found.words.iter().peekable();
        let mut covered = 0;
        for (at, code) in codes.iter_mut().enumerate() {
            while let Some(word) = words.next_if(|word| word.start as usize <= at) {
                covered = covered.max(word.start as usize + usize::from(word.len));
            }
            if *code >= user.first_soft && at >= covered {
                *code = BREAK;
            }
        }
    }

    fn put_over(&mut self, user: UserLexicon<'_>) {
        let Route { classes, words, long, found, .. } = self;
        let had_long = long.len();
        for &LongWord { start, len, class, word: number } in &found.words {
            let demand = user.demand(class);
            let (class, word) = match demand {
                Demand::None => (class, number),
                // The route goes there as if it were a word, and is then cut.
                Demand::Split => (class, 0),
                Demand::NeverJoin => (NO_WORD, 0),
            };
            if demand != Demand::None {
                let split = (demand == Demand::Split).then(|| number.wrapping_sub(1));
                found.marks.push(Mark { start, len, split });
            }
            let chars = usize::from(len);
            if chars <= DENSE {
                classes[start as usize][chars - 2] = class;
                words[start as usize][chars - 1] = word;
            } else {
                long.push(LongWord { start, len, class, word });
            }
        }
        // By where they begin, as they are looked for.
        found.marks.sort_by_key(|mark| mark.start);
        if long.len() > had_long {
            // Stable: the user's word comes after the same one of the dictionary, and takes its place.
            long.sort_by_key(|word| (word.start, word.len));
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

    /// Whether something was said of characters in this batch that only emission can mind.
    #[inline]
    pub(crate) fn has_marks(&self) -> bool {
        !self.found.marks.is_empty()
    }

    /// Whether a user has said of these characters that they are no word.
    pub(crate) fn is_never_joined(&self, at: usize, len: usize) -> bool {
        let marks = &self.found.marks;
        let first = marks.partition_point(|mark| (mark.start as usize) < at);
        let here = marks[first..].iter().take_while(|mark| mark.start as usize == at);
        here.clone().any(|mark| mark.split.is_none() && usize::from(mark.len) == len)
    }

    /// Whether a user has said how the characters around this one are to be cut.
    pub(crate) fn is_split(&self, at: usize) -> bool {
        let range = |mark: &Mark| mark.start as usize..mark.start as usize + usize::from(mark.len);
        self.found.marks.iter().any(|mark| mark.split.is_some() && range(mark).contains(&at))
    }

    /// Cut the words of the route that are to be cut. Single characters become tokens by themselves, which no HMM joins.
    pub(crate) fn split_words(&mut self, user: UserLexicon<'_>, units: &mut Units) {
        let codes = units.codes_mut();
        let len = codes.len() - 1;
        let mut marks = self.found.marks.iter().filter(|mark| mark.split.is_some()).peekable();
        let mut at = 0;
        while at < len {
            let step = self.steps[at] as usize;
            while marks.next_if(|mark| (mark.start as usize) < at).is_some() {}
            let here = marks.clone().take_while(|mark| mark.start as usize == at);
            let number = here.filter(|mark| usize::from(mark.len) == step).find_map(|mark| mark.split);
            let mut part_at = at;
            for &part in number.map_or(&[][..], |number| user.parts_of(number)) {
                if part == 0 || part_at + usize::from(part) > at + step {
                    break;
                }
                self.steps[part_at] = part.into();
                if part == 1 {
                    codes[part_at] = GLUE;
                }
                part_at += usize::from(part);
            }
            at += step;
        }
    }
}

/// The positions whose three characters may begin a word, or two be one; gives how many these are.
#[inline(never)]
fn begin(user: UserLexicon<'_>, codes: &[Code], open: &mut [Prefix]) -> usize {
    // Where words are few, a bit says so of nearly all positions.
    let mut begins = 0;
    for (start, &code) in codes[..open.len()].iter().enumerate() {
        // SAFETY: at most as many as there are positions have been counted.
        unsafe { get_mut(open, begins) }.start = fits(start);
        begins += usize::from(user.begins_with(code));
    }
    let mut count = 0;
    for slot in 0..begins {
        let start = open[slot].start;
        let (code, next) = (codes[start as usize], codes[start as usize + 1]);
        // SAFETY: not more are counted than were read.
        *unsafe { get_mut(open, count) } = Prefix { start, base: Prefixes::of_char(code) };
        count += usize::from(user.pairs.may_begin(code, next));
    }
    // Where words are many, most of what two characters begin does not go on: a bit says so at a fraction of what a look at
    // the table costs.
    let mut goes_on = 0;
    for slot in 0..count {
        let prefix = open[slot];
        let at = prefix.start as usize;
        let [first, second, third] = [codes[at], codes[at + 1], codes[at + 2]];
        let may_go_on = user.triples.may_go_on(first, second, third) | user.triples.may_go_on(first, second, BREAK);
        // SAFETY: not more are counted than were read.
        *unsafe { get_mut(open, goes_on) } = prefix;
        goes_on += usize::from(may_go_on);
    }
    goes_on
}
