//! What may be a keyword: words, and sequences of words.

use std::cell::Cell;
use std::ops::Range;

use super::items::{Item, Items, Place, spread};
use super::parts::{Hasher, Part};
use crate::keyword::Extractor;
use crate::keyword::judge::Role;
use crate::keyword::kept::{self, Borrowed};
use crate::keyword::terms::{Terms, Token};
use crate::numbers::{fits, low};

/// Words in the longest phrase.
pub(super) const MOST_WORDS: usize = 5;

/// Stands for no sequence, or no term.
pub(super) const NONE: u32 = u32::MAX;

/// A word, or words that stand together, wherever they do so. Sequences whose words, as each occurs first in the text,
/// make the same text are one, however that text was cut: 泥|印|劇本 and 泥印|劇本.
#[derive(Clone, Copy)]
pub(super) struct Sequence {
    hash: u64,
    /// Where it occurs first: its first token, and how many.
    pub(super) first: u32,
    pub(super) words: u8,
    /// How long it is, in characters; 255 for all that is longer.
    pub(super) chars: u8,
    /// Whether a longer one holds it in one of its places.
    pub(super) is_inside: bool,
    /// Whether, in its first place, no word of phrases stands next to it.
    pub(super) is_whole: bool,
    pub(super) count: u32,
    /// The first of its places among all.
    places: u32,
    /// The last token of the last place.
    pub(super) last: u32,
}

impl Sequence {
    /// Its tokens, where it occurs first.
    pub(super) fn tokens(&self) -> Range<usize> {
        self.first as usize..self.first as usize + usize::from(self.words)
    }

    /// Where its places are among all.
    fn places(&self) -> Range<usize> {
        self.places as usize..(self.places + self.count) as usize
    }
}

/// The sequences of a text that may be keywords, or be compared with those that may: what occurs more than once, what
/// occurs once, with no words of phrases next to it, and all words.
pub(super) struct Sequences<'a, 't> {
    pub(super) terms: &'a Terms<'t>,
    buffers: Borrowed<Buffers>,
}

/// What sequences are found with.
#[derive(Default)]
struct Buffers {
    /// First those of more than one word, by their first places, the shorter first; then words, first those that the
    /// dictionary does not have, but for those that are also there cut into several.
    all: Vec<Sequence>,
    /// By term.
    parts: Vec<Part>,
    table: Table,
    items: Items,
    /// By item: the sequence.
    found: Vec<u32>,
    /// Sequences and terms that have their text, and are not the first to have it.
    both: Vec<(u32, u32)>,
}

impl kept::Buffers for Buffers {
    fn store() -> &'static kept::Store<Buffers> {
        thread_local! {
            static KEPT: Cell<Option<Box<Buffers>>> = const { Cell::new(None) };
        }
        &KEPT
    }

    fn release(&mut self) {
        crate::segment::release(&mut self.all);
        crate::segment::release(&mut self.parts);
        crate::segment::release(&mut self.table.cells);
        self.items.release();
        crate::segment::release(&mut self.found);
        crate::segment::release(&mut self.both);
    }
}

impl<'a, 't> Sequences<'a, 't> {
    pub(super) fn new(extractor: &Extractor, terms: &'a Terms<'t>) -> Sequences<'a, 't> {
        let min_chars = extractor.min_chars.try_into().unwrap_or(u32::MAX);
        let mut sequences = Sequences { terms, buffers: Borrowed::new() };
        let Buffers { all, parts, table, items, found, .. } = &mut *sequences.buffers;
        items.find_joints(terms);
        let hasher = Hasher::new();
        // What is left of other texts is not read.
        parts.resize(parts.len().max(terms.distinct().len()), Part::default());
        for &slot in &items.parts {
            parts[slot as usize] = hasher.part(terms, &terms.distinct()[slot as usize], &mut items.seen);
        }
        items.find(terms, parts, min_chars);
        all.clear();
        found.clear();
        // Sparse, so that what is not there is mostly not looked for twice.
        table.reset((items.all.len() + items.parts.len()).min(MOST_AT_ONCE));
        sequences.count_phrases();
        sequences.place_phrases();
        sequences.count_words(min_chars);
        sequences.add_both();
        sequences
    }

    #[inline]
    pub(super) fn all(&self) -> &[Sequence] {
        &self.buffers.all
    }

    fn count_phrases(&mut self) {
        for at in 0..self.buffers.items.all.len() {
            let Item { hash, start, chars, words, is_joined } = self.buffers.items.all[at];
            let number = self.find_or_add(hash, start, words, chars, true);
            let sequence = &mut self.buffers.all[number as usize];
            sequence.is_whole |= !is_joined && sequence.count == 0;
            sequence.is_inside |= is_joined && usize::from(words) < MOST_WORDS;
            sequence.count += 1;
            sequence.last = start + u32::from(words) - 1;
            self.buffers.found.push(number);
        }
    }

    /// Sort the places of the phrases by sequence.
    fn place_phrases(&mut self) {
        let Buffers { all, items, found, .. } = &mut *self.buffers;
        let Items { places, all: items, .. } = items;
        let mut end = fits(places.len());
        for sequence in &mut *all {
            sequence.places = end;
            end += sequence.count;
        }
        places.resize(end as usize, Place::default());
        for (item, &sequence) in items.iter().zip(&*found) {
            let next = &mut all[sequence as usize].places;
            places[*next as usize] = Place::new(item.start, item.words);
            *next += 1;
        }
        all.iter_mut().for_each(|sequence| sequence.places -= sequence.count);
    }

    /// Count the words, of which all is known; after the phrases.
    fn count_words(&mut self, min_chars: u32) {
        self.buffers.both.clear();
        let parts = &self.buffers.items.parts;
        let end = self.terms.of_dictionary();
        let (all, of_dictionary) = (parts.len(), parts.partition_point(|&slot| (slot as usize) < end));
        // Words of the dictionary last: no two of them are the same, so that none has to be found by another.
        for at in (of_dictionary..all).chain(0..of_dictionary) {
            let keep = at >= of_dictionary;
            let slot = self.buffers.items.parts[at];
            let (part, distinct) = (self.buffers.parts[slot as usize], &self.terms.distinct()[slot as usize]);
            self.buffers.parts[slot as usize].alone = NONE;
            if (distinct.role != Role::Content) | (part.chars < min_chars) {
                continue;
            }
            let number = self.find_or_add(part.hash, distinct.first, 1, part.chars, keep);
            let Buffers { all, parts, items, both, .. } = &mut *self.buffers;
            parts[slot as usize].alone = number;
            let (sequence, word) = (&mut all[number as usize], items.words[slot as usize]);
            sequence.is_inside |= word.is_inside;
            match sequence.count {
                0 => {
                    (sequence.places, sequence.count) = (word.end - distinct.count, distinct.count);
                    sequence.last = items.places[word.end as usize - 1].start();
                }
                _ => both.push((number, slot)),
            }
        }
    }

    /// Add the words that are also there cut into several.
    fn add_both(&mut self) {
        let Buffers { all, items, both, .. } = &mut *self.buffers;
        let places = &mut items.places;
        both.sort_unstable();
        for same in both.chunk_by(|a, b| a.0 == b.0) {
            let sequence = &mut all[same[0].0 as usize];
            let start = places.len();
            places.extend_from_within(sequence.places());
            for &(_, slot) in same {
                let end = items.words[slot as usize].end;
                places.extend_from_within((end - self.terms.distinct()[slot as usize].count) as usize..end as usize);
            }
            let of_all = &mut places[start..];
            of_all.sort_unstable();
            let (first, last) = (of_all[0], of_all[of_all.len() - 1]);
            (sequence.first, sequence.words, sequence.last) =
                (first.start(), first.words(), fits(last.tokens().end - 1));
            (sequence.places, sequence.count) = (fits(start), fits(places.len() - start));
        }
    }

    /// Where a sequence occurs, in the order of the text.
    pub(super) fn places(&self, sequence: u32) -> &[Place] {
        &self.buffers.items.places[self.all()[sequence as usize].places()]
    }

    /// The terms that sequences are made of.
    pub(super) fn parts(&self) -> &[u32] {
        &self.buffers.items.parts
    }

    /// By token: how many sentences end before it.
    pub(super) fn sentences(&self) -> &[u32] {
        &self.buffers.items.sentences
    }

    /// `keep` says whether it is to be found later.
    fn find_or_add(&mut self, hash: u64, first: u32, words: u8, chars: u32, keep: bool) -> u32 {
        if let Some(found) = self.find(hash, first as usize, words.into()) {
            return found;
        }
        let Buffers { all, table, .. } = &mut *self.buffers;
        let sequence = fits(all.len());
        all.push(Sequence {
            hash,
            chars: chars.try_into().unwrap_or(u8::MAX),
            first,
            words,
            is_inside: false,
            is_whole: false,
            count: 0,
            places: 0,
            last: 0,
        });
        if keep {
            table.insert(sequence, all);
        }
        sequence
    }

    fn find(&self, hash: u64, first: usize, words: usize) -> Option<u32> {
        self.buffers.table.find(hash, |sequence| {
            let sequence = &self.all()[sequence as usize];
            sequence.hash == hash && self.is_same_text(sequence, first, words)
        })
    }

    fn is_same_text(&self, sequence: &Sequence, first: usize, words: usize) -> bool {
        let tokens = self.terms.tokens();
        let (ours, theirs) = (&tokens[sequence.tokens()], &tokens[first..first + words]);
        let are_same_words =
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| ours.slot == theirs.slot);
        let bytes = |token: &Token| self.terms.text_of(self.terms.of_wanted(*token)).bytes();
        are_same_words || ours.iter().flat_map(bytes).eq(theirs.iter().flat_map(bytes))
    }

    /// The sequence of these tokens, if there is one.
    pub(super) fn of_tokens(&self, first: usize, words: usize) -> Option<u32> {
        let tokens = &self.terms.tokens()[first..first + words];
        let part = |token: &Token| &self.buffers.parts[token.slot as usize];
        if let [token] = tokens {
            let alone = part(token).alone;
            return (alone != NONE).then_some(alone);
        }
        let hash = tokens.iter().fold(0, |hash, token| part(token).hash_after(hash));
        self.find(hash, first, words)
    }
}

/// Room for the sequences of an article at once; for those of a book, as they come.
const MOST_AT_ONCE: usize = 1 << 12;

/// Numbers of sequences by their hashes: open addressing, at the most three quarters full.
#[derive(Default)]
struct Table {
    /// A part of the hash above a number plus 1, or 0. As many as a power of two.
    cells: Vec<u64>,
    len: usize,
}

impl Table {
    /// Forget all, and make room for so many.
    fn reset(&mut self, len: usize) {
        self.cells.clear();
        self.cells.resize((2 * len).next_power_of_two().max(16), 0);
        self.len = 0;
    }

    fn cell(&self, spread: u64) -> usize {
        low(spread >> (64 - self.cells.len().ilog2()))
    }

    #[inline]
    fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = spread(hash);
        let mut at = self.cell(hash);
        while let Some(cell) = self.cells[at].checked_sub(1) {
            if cell >> 32 == hash & MARK && is_it(low(cell)) {
                return Some(low(cell));
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
        None
    }

    /// Insert the number of the last of `all`, which is not in it.
    fn insert(&mut self, number: u32, all: &[Sequence]) {
        if 4 * (self.len + 1) > 3 * self.cells.len() {
            let old = std::mem::take(&mut self.cells);
            self.cells = vec![0; 2 * old.len()];
            for cell in old.into_iter().filter_map(|cell| cell.checked_sub(1)) {
                self.place(low(cell), all[low::<u32, _>(cell) as usize].hash);
            }
        }
        self.place(number, all[number as usize].hash);
        self.len += 1;
    }

    fn place(&mut self, number: u32, hash: u64) {
        let hash = spread(hash);
        let mut at = self.cell(hash);
        while self.cells[at] != 0 {
            at = (at + 1) & (self.cells.len() - 1);
        }
        self.cells[at] = ((hash & MARK) << 32) + u64::from(number) + 1;
    }
}

/// The part of a hash that is held in the cells.
const MARK: u64 = 0xFFFF_FFFF;
