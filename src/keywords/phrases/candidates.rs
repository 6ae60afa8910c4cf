//! What may be a keyword: words, and sequences of words.

use std::cell::Cell;
use std::hash::BuildHasher;
use std::ops::Range;

use crate::keywords::Extractor;
use crate::keywords::judge::Role;
use crate::keywords::kept::{self, Borrowed};
use crate::keywords::terms::{Distinct, Terms};
use crate::numbers::{fits, low};
use crate::pick::pick;

/// Words in the longest phrase.
pub(super) const MOST_WORDS: usize = 5;

/// Stands for no sequence, or no term.
pub(super) const NONE: u32 = u32::MAX;

/// A word, or words that stand together, wherever they do so. Sequences whose words, as each occurs first in the text,
/// make the same text are one, however that text was cut: 泥|印|劇本 and 泥印|劇本.
pub(super) struct Sequence {
    hash: u64,
    /// How long it is, in characters; 255 for all that is longer.
    pub(super) chars: u8,
    /// Where it occurs first: its first token, and how many.
    pub(super) first: u32,
    pub(super) words: u8,
    /// Whether a longer one holds it in one of its places.
    pub(super) is_inside: bool,
    /// Whether, in its first place, no word of phrases stands next to it.
    pub(super) is_whole: bool,
    /// Whether it occurs in more than one sentence.
    pub(super) in_sentences: bool,
    /// The sentence of the first place.
    sentence: u32,
    pub(super) count: u32,
    /// Where its places are among all.
    places: u32,
    /// The last token of the last place.
    pub(super) last: u32,
}

impl Sequence {
    /// Its tokens, where it occurs first.
    pub(super) fn tokens(&self) -> Range<usize> {
        self.first as usize..self.first as usize + usize::from(self.words)
    }
}

/// A place of a sequence.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// Its first token, and how many.
    start: u32,
    words: u8,
}

impl Place {
    pub(super) fn tokens(self) -> Range<usize> {
        self.start as usize..self.start as usize + usize::from(self.words)
    }
}

/// The sequences of a text that may be keywords, or be compared with those that may: all words, what occurs more than once,
/// and what occurs once, with no words of phrases next to it.
pub(super) struct Sequences<'a, 't> {
    pub(super) terms: &'a Terms<'t>,
    buffers: Borrowed<Buffers>,
}

/// What sequences are found with.
#[derive(Default)]
struct Buffers {
    /// By their first places, the shorter first.
    all: Vec<Sequence>,
    /// By sequence, in the order of the text.
    places: Vec<Place>,
    /// By term.
    parts: Vec<Part>,
    table: Table,
    items: Items,
    /// Which of the items are places of the sequences that are wanted, and which sequences these are.
    kept: Vec<u32>,
    found: Vec<(u32, Place)>,
}

impl kept::Buffers for Buffers {
    fn store() -> &'static kept::Store<Buffers> {
        thread_local! {
            static KEPT: Cell<Option<Box<Buffers>>> = const { Cell::new(None) };
        }
        &KEPT
    }

    fn release(&mut self) {
        crate::release(&mut self.all);
        crate::release(&mut self.places);
        crate::release(&mut self.parts);
        crate::release(&mut self.table.cells);
        crate::release(&mut self.items.all);
        crate::release(&mut self.items.stretch);
        crate::release(&mut self.items.seen.bits);
        crate::release(&mut self.kept);
        crate::release(&mut self.found);
    }
}

/// A term as part of sequences.
#[derive(Clone, Copy)]
struct Part {
    hash: u64,
    /// What the hash of what stands before it is multiplied with.
    shift: u64,
    /// The sequence of this word alone.
    alone: u32,
    chars: u32,
    role: Role,
}

impl<'a, 't> Sequences<'a, 't> {
    pub(super) fn new(extractor: &Extractor, terms: &'a Terms<'t>) -> Sequences<'a, 't> {
        // Nobody can write a text whose sequences have all the same hash.
        let base = foldhash::fast::RandomState::default().hash_one(0) | 1;
        let part = |distinct: &Distinct| {
            let &Distinct { role, chars, .. } = distinct;
            let mut part = Part { hash: 0, shift: 1, alone: NONE, chars, role };
            if matches!(role, Role::Content | Role::Link) {
                for c in terms.text_of(distinct).chars() {
                    part.hash = part.hash.wrapping_mul(base).wrapping_add(c.into());
                    part.shift = part.shift.wrapping_mul(base);
                }
            }
            part
        };
        let mut sequences = Sequences { terms, buffers: Borrowed::new() };
        let Buffers { all, parts, table, items, kept, .. } = &mut *sequences.buffers;
        parts.clear();
        parts.extend(terms.distinct().iter().map(part));
        items.find(terms, parts, extractor.min_chars.try_into().unwrap_or(u32::MAX));
        items.keep(kept);
        all.clear();
        table.reset(kept.len().min(MOST_AT_ONCE));
        sequences.group();
        sequences
    }

    /// By their first places, the shorter first.
    #[inline]
    pub(super) fn all(&self) -> &[Sequence] {
        &self.buffers.all
    }

    /// Count the places of sequences, and sort them by sequence.
    #[expect(clippy::indexing_slicing, reason = "items have sequences, and places were counted before")]
    fn group(&mut self) {
        let (kept, mut found) = (std::mem::take(&mut self.buffers.kept), std::mem::take(&mut self.buffers.found));
        found.clear();
        for &at in &kept {
            let item = self.buffers.items.all[at as usize];
            found.push(self.count(&item));
        }
        let Buffers { all, places, .. } = &mut *self.buffers;
        let mut end = 0;
        for sequence in &mut *all {
            sequence.places = end;
            end += sequence.count;
        }
        places.clear();
        places.resize(found.len(), Place::default());
        for &(sequence, place) in &found {
            let next = &mut all[sequence as usize].places;
            places[*next as usize] = place;
            *next += 1;
        }
        for sequence in all {
            sequence.places -= sequence.count;
        }
        (self.buffers.kept, self.buffers.found) = (kept, found);
    }

    /// Where a sequence occurs, in the order of the text.
    #[expect(clippy::indexing_slicing, reason = "sequences have the places that were counted for them")]
    pub(super) fn places(&self, sequence: u32) -> &[Place] {
        let sequence = &self.all()[sequence as usize];
        &self.buffers.places[sequence.places as usize..(sequence.places + sequence.count) as usize]
    }

    /// Count a place of a sequence, which is given.
    #[expect(
        clippy::indexing_slicing,
        reason = "there is a part for every different term, and the sequence was found or added"
    )]
    fn count(&mut self, item: &Item) -> (u32, Place) {
        let &Item { hash, start, sentence, chars, words, is_joined } = item;
        let (first, len) = (start as usize, usize::from(words));
        let number = match words {
            1 => {
                let slot = self.terms.tokens()[first].slot as usize;
                if self.buffers.parts[slot].alone == NONE {
                    self.buffers.parts[slot].alone = self.find_or_add(hash, first, len, sentence, chars);
                }
                self.buffers.parts[slot].alone
            }
            _ => self.find_or_add(hash, first, len, sentence, chars),
        };
        let sequence = &mut self.buffers.all[number as usize];
        sequence.is_whole |= !is_joined && sequence.count == 0;
        sequence.is_inside |= is_joined && len < MOST_WORDS;
        sequence.in_sentences |= sequence.sentence != sentence;
        sequence.count += 1;
        sequence.last = start + u32::from(words) - 1;
        (number, Place { start, words })
    }

    #[expect(clippy::indexing_slicing, reason = "the table holds numbers of sequences")]
    fn find_or_add(&mut self, hash: u64, first: usize, words: usize, sentence: u32, chars: u32) -> u32 {
        if let Some(found) = self.find(hash, first, words) {
            return found;
        }
        let Buffers { all, table, .. } = &mut *self.buffers;
        let sequence = fits(all.len());
        all.push(Sequence {
            hash,
            chars: chars.try_into().unwrap_or(u8::MAX),
            first: fits(first),
            words: fits(words),
            is_inside: false,
            is_whole: false,
            in_sentences: false,
            sentence,
            count: 0,
            places: 0,
            last: 0,
        });
        table.insert(sequence, |sequence| all[sequence as usize].hash);
        sequence
    }

    #[expect(clippy::indexing_slicing, reason = "the table holds numbers of sequences")]
    fn find(&self, hash: u64, first: usize, words: usize) -> Option<u32> {
        self.buffers.table.find(hash, |sequence| {
            let sequence = &self.all()[sequence as usize];
            sequence.hash == hash && self.is_same_text(sequence, first, words)
        })
    }

    #[expect(clippy::indexing_slicing, reason = "sequences are ranges of the tokens")]
    fn is_same_text(&self, sequence: &Sequence, first: usize, words: usize) -> bool {
        let tokens = self.terms.tokens();
        let (ours, theirs) = (&tokens[sequence.tokens()], &tokens[first..first + words]);
        let are_same_words =
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| ours.slot == theirs.slot);
        let bytes = |token: &super::Token| self.terms.text_of(self.terms.of_token(*token)).bytes();
        are_same_words || ours.iter().flat_map(bytes).eq(theirs.iter().flat_map(bytes))
    }

    /// The sequence of these tokens, if there is one.
    #[expect(
        clippy::indexing_slicing,
        reason = "sequences are ranges of the tokens, and there is a part for every different term"
    )]
    pub(super) fn of_tokens(&self, first: usize, words: usize) -> Option<u32> {
        let tokens = &self.terms.tokens()[first..first + words];
        if let [token] = tokens {
            let alone = self.buffers.parts[token.slot as usize].alone;
            return (alone != NONE).then_some(alone);
        }
        let hash = tokens.iter().fold(0u64, |hash, token| {
            let part = self.buffers.parts[token.slot as usize];
            hash.wrapping_mul(part.shift).wrapping_add(part.hash)
        });
        self.find(hash, first, words)
    }
}

/// A place of a sequence, before it is known which others have the same text.
#[derive(Clone, Copy)]
struct Item {
    hash: u64,
    /// The first token.
    start: u32,
    sentence: u32,
    chars: u32,
    words: u8,
    /// Whether it stands next to words of phrases.
    is_joined: bool,
}

/// Every place of every sequence: by where it begins, the shorter first.
#[derive(Default)]
struct Items {
    all: Vec<Item>,
    seen: Seen,
    /// Words of phrases with nothing between, by their terms.
    stretch: Vec<u32>,
}

impl Items {
    #[expect(clippy::indexing_slicing, reason = "there is a part for every different term")]
    fn find(&mut self, terms: &Terms<'_>, parts: &[Part], min_chars: u32) {
        let tokens = terms.tokens();
        self.all.clear();
        self.seen.reset(2 * tokens.len());
        let mut stretch = std::mem::take(&mut self.stretch);
        stretch.clear();
        let (mut sentence, mut from, mut end) = (0, 0, 0);
        for (at, token) in tokens.iter().enumerate() {
            let role = parts[token.slot as usize].role;
            let is_part = matches!(role, Role::Content | Role::Link);
            if !is_part || token.start() != end {
                if !stretch.is_empty() {
                    self.add_stretch(parts, from, &stretch, sentence, min_chars);
                    stretch.clear();
                }
                from = at;
            }
            if is_part {
                stretch.push(token.slot);
                end = token.end();
            } else {
                sentence += u32::from(role == Role::End);
            }
        }
        self.add_stretch(parts, from, &stretch, sentence, min_chars);
        self.stretch = stretch;
    }

    /// Every sequence in the stretch that begins with the token `from`.
    #[expect(clippy::indexing_slicing, reason = "places are those of words of the stretch, which have their parts")]
    fn add_stretch(&mut self, parts: &[Part], from: usize, stretch: &[u32], sentence: u32, min_chars: u32) {
        let part = |slot: u32| &parts[slot as usize];
        // Words come again so soon in few stretches.
        let has_repeated = |from: usize, at: usize| stretch[from..at].contains(&stretch[at]);
        let repeats = (1..stretch.len()).any(|at| has_repeated((at + 1).saturating_sub(MOST_WORDS), at));
        let goes_on = |at: usize| stretch.get(at).is_some_and(|&slot| part(slot).role == Role::Content);
        for (first, &slot) in stretch.iter().enumerate() {
            if part(slot).role != Role::Content {
                continue;
            }
            let follows = first > 0 && goes_on(first - 1);
            let (mut hash, mut chars) = (0u64, 0u32);
            for (at, &slot) in stretch.iter().enumerate().skip(first).take(MOST_WORDS) {
                let part = part(slot);
                // No phrase says a word twice.
                if repeats && has_repeated(first, at) {
                    break;
                }
                hash = hash.wrapping_mul(part.shift).wrapping_add(part.hash);
                chars = chars.saturating_add(part.chars);
                if part.role == Role::Link || chars < min_chars {
                    continue;
                }
                let (start, words) = (fits(from + first), fits(at + 1 - first));
                self.seen.add(hash);
                self.all.push(Item { hash, start, sentence, chars, words, is_joined: follows || goes_on(at + 1) });
            }
        }
    }

    /// Which of them are places of the sequences that are wanted.
    fn keep(&self, kept: &mut Vec<u32>) {
        pick(&self.all, kept, |item| (item.words == 1) | !item.is_joined | self.seen.has_twice(item.hash));
    }
}

/// Which hashes come more than once, and few others.
#[derive(Default)]
struct Seen {
    /// A bit for those that came, and one for those that came again. As many as a power of two.
    bits: Vec<(u64, u64)>,
}

impl Seen {
    /// Forget all, and make room for so many.
    fn reset(&mut self, hashes: usize) {
        /// So that of sixteen hashes that come once, about one meets another.
        const BITS: usize = 16;
        self.bits.clear();
        self.bits.resize((hashes * BITS / 64).next_power_of_two(), (0, 0));
    }

    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let hash = spread(hash);
        ((hash >> 32) as usize & (self.bits.len() - 1), 1 << (hash >> 58))
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the table's length is a power of two, to which hashes are cut")]
    fn add(&mut self, hash: u64) {
        let (at, bit) = self.place(hash);
        let (once, twice) = &mut self.bits[at];
        *twice |= *once & bit;
        *once |= bit;
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the table's length is a power of two, to which hashes are cut")]
    fn has_twice(&self, hash: u64) -> bool {
        let (at, bit) = self.place(hash);
        self.bits[at].1 & bit != 0
    }
}

/// A hash whose high bits are good.
fn spread(hash: u64) -> u64 {
    hash.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Room for the sequences of an article at once; for those of a book, as they come.
const MOST_AT_ONCE: usize = 1 << 12;

/// Numbers of sequences by their hashes: open addressing, at the most three quarters full.
#[derive(Default)]
struct Table {
    /// A number plus 1, or 0. As many as a power of two.
    cells: Vec<u32>,
    len: usize,
}

impl Table {
    /// Forget all, and make room for so many.
    fn reset(&mut self, len: usize) {
        self.cells.clear();
        self.cells.resize((2 * len).next_power_of_two().max(16), 0);
        self.len = 0;
    }

    fn cell(&self, hash: u64) -> usize {
        low(spread(hash) >> (64 - self.cells.len().ilog2()))
    }

    #[expect(clippy::indexing_slicing, reason = "the table's length is a power of two, to which hashes are cut")]
    fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let mut at = self.cell(hash);
        while let Some(number) = self.cells[at].checked_sub(1) {
            if is_it(number) {
                return Some(number);
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
        None
    }

    /// Insert a number that is not in it.
    fn insert(&mut self, number: u32, hash_of: impl Fn(u32) -> u64) {
        if 4 * (self.len + 1) > 3 * self.cells.len() {
            let old = std::mem::take(&mut self.cells);
            self.cells = vec![0; 2 * old.len()];
            for number in old.into_iter().filter_map(|cell| cell.checked_sub(1)) {
                self.place(number, hash_of(number));
            }
        }
        self.place(number, hash_of(number));
        self.len += 1;
    }

    #[expect(clippy::indexing_slicing, reason = "the table's length is a power of two, to which hashes are cut")]
    fn place(&mut self, number: u32, hash: u64) {
        let mut at = self.cell(hash);
        while self.cells[at] != 0 {
            at = (at + 1) & (self.cells.len() - 1);
        }
        self.cells[at] = number + 1;
    }
}
