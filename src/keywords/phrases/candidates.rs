//! What may be a keyword: words, and sequences of words.

use std::hash::BuildHasher;
use std::ops::Range;

use crate::keywords::Extractor;
use crate::keywords::judge::Role;
use crate::keywords::terms::{Distinct, Terms};

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

/// All sequences of a text.
pub(super) struct Sequences<'a, 't> {
    pub(super) terms: &'a Terms<'t>,
    /// By their first places, the shorter first.
    pub(super) all: Vec<Sequence>,
    /// By sequence, in the order of the text.
    places: Vec<Place>,
    /// By term.
    parts: Vec<Part>,
    table: Table,
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
        let room = terms.tokens().len().min(MOST_AT_ONCE);
        let mut sequences = Sequences {
            terms,
            all: Vec::with_capacity(room),
            places: Vec::new(),
            parts: terms.distinct().iter().map(part).collect(),
            table: Table::with_room(room),
        };
        let mut found = Vec::with_capacity(room);
        sequences.collect(extractor.min_chars.try_into().unwrap_or(u32::MAX), &mut found);
        sequences.group(&found);
        sequences
    }

    /// Sort places by sequence.
    fn group(&mut self, found: &[(u32, Place)]) {
        let mut end = 0;
        for sequence in &mut self.all {
            sequence.places = end;
            end += sequence.count;
        }
        self.places = vec![Place::default(); found.len()];
        for &(sequence, place) in found {
            let next = &mut self.all[sequence as usize].places;
            self.places[*next as usize] = place;
            *next += 1;
        }
        for sequence in &mut self.all {
            sequence.places -= sequence.count;
        }
    }

    /// Where a sequence occurs, in the order of the text.
    pub(super) fn places(&self, sequence: u32) -> &[Place] {
        let sequence = &self.all[sequence as usize];
        &self.places[sequence.places as usize..(sequence.places + sequence.count) as usize]
    }

    fn collect(&mut self, min_chars: u32, found: &mut Vec<(u32, Place)>) {
        let tokens = self.terms.tokens();
        let mut sentence = 0;
        // Words of phrases with nothing between.
        let mut stretch: Vec<(u32, Part)> = Vec::new();
        let mut from = 0;
        let mut end = 0;
        for (at, token) in tokens.iter().enumerate() {
            let part = self.parts[token.slot as usize];
            let is_part = matches!(part.role, Role::Content | Role::Link);
            if !is_part || token.start() != end {
                self.collect_stretch(from, &stretch, sentence, min_chars, found);
                stretch.clear();
                from = at;
            }
            if is_part {
                stretch.push((token.slot, part));
                end = token.end();
            } else {
                sentence += u32::from(part.role == Role::End);
            }
        }
        self.collect_stretch(from, &stretch, sentence, min_chars, found);
    }

    /// Every sequence in the stretch that begins with the token `from`: by where it begins, the shorter first.
    fn collect_stretch(
        &mut self,
        from: usize,
        stretch: &[(u32, Part)],
        sentence: u32,
        min_chars: u32,
        found: &mut Vec<(u32, Place)>,
    ) {
        let goes_on = |at: usize| stretch.get(at).is_some_and(|(_, part)| part.role == Role::Content);
        for (first, &(slot, part)) in stretch.iter().enumerate() {
            if part.role != Role::Content {
                continue;
            }
            let is_joined = first > 0 && stretch[first - 1].1.role == Role::Content;
            if part.chars >= min_chars {
                let mut sequence = self.parts[slot as usize].alone;
                if sequence == NONE {
                    sequence = self.find_or_add(part.hash, from + first, 1, sentence, part.chars);
                    self.parts[slot as usize].alone = sequence;
                }
                self.count(sequence, from + first, 1, sentence, is_joined || goes_on(first + 1));
                found.push((sequence, Place { start: (from + first) as u32, words: 1 }));
            }
            let (mut hash, mut chars) = (part.hash, part.chars);
            for at in first + 1..stretch.len().min(first + MOST_WORDS) {
                let (slot, part) = stretch[at];
                // No phrase says a word twice.
                if stretch[first..at].iter().any(|&(other, _)| other == slot) {
                    break;
                }
                hash = hash.wrapping_mul(part.shift).wrapping_add(part.hash);
                chars = chars.saturating_add(part.chars);
                if part.role == Role::Link || chars < min_chars {
                    continue;
                }
                let words = at + 1 - first;
                let sequence = self.find_or_add(hash, from + first, words, sentence, chars);
                self.count(sequence, from + first, words, sentence, is_joined || goes_on(at + 1));
                found.push((sequence, Place { start: (from + first) as u32, words: words as u8 }));
            }
        }
    }

    /// Count a place of a sequence, which stands by itself or next to words of phrases.
    fn count(&mut self, sequence: u32, start: usize, words: usize, sentence: u32, is_joined: bool) {
        let sequence = &mut self.all[sequence as usize];
        sequence.is_whole |= !is_joined && sequence.count == 0;
        sequence.is_inside |= is_joined && words < MOST_WORDS;
        sequence.in_sentences |= sequence.sentence != sentence;
        sequence.count += 1;
        sequence.last = (start + words - 1) as u32;
    }

    fn find_or_add(&mut self, hash: u64, first: usize, words: usize, sentence: u32, chars: u32) -> u32 {
        if let Some(found) = self.find(hash, first, words) {
            return found;
        }
        let sequence = self.all.len() as u32;
        self.all.push(Sequence {
            hash,
            chars: chars.try_into().unwrap_or(u8::MAX),
            first: first as u32,
            words: words as u8,
            is_inside: false,
            is_whole: false,
            in_sentences: false,
            sentence,
            count: 0,
            places: 0,
            last: 0,
        });
        let all = &self.all;
        self.table.insert(sequence, |sequence| all[sequence as usize].hash);
        sequence
    }

    fn find(&self, hash: u64, first: usize, words: usize) -> Option<u32> {
        self.table.find(hash, |sequence| {
            let sequence = &self.all[sequence as usize];
            sequence.hash == hash && self.is_same_text(sequence, first, words)
        })
    }

    fn is_same_text(&self, sequence: &Sequence, first: usize, words: usize) -> bool {
        let tokens = self.terms.tokens();
        let (ours, theirs) = (&tokens[sequence.tokens()], &tokens[first..first + words]);
        let are_same_words =
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| ours.slot == theirs.slot);
        let bytes = |token: &super::Token| self.terms.text_of(self.terms.of_token(*token)).bytes();
        are_same_words || ours.iter().flat_map(bytes).eq(theirs.iter().flat_map(bytes))
    }

    /// The sequence of these tokens, if there is one.
    pub(super) fn of_tokens(&self, first: usize, words: usize) -> Option<u32> {
        let tokens = &self.terms.tokens()[first..first + words];
        if let [token] = tokens {
            let alone = self.parts[token.slot as usize].alone;
            return (alone != NONE).then_some(alone);
        }
        let hash = tokens.iter().fold(0u64, |hash, token| {
            let part = self.parts[token.slot as usize];
            hash.wrapping_mul(part.shift).wrapping_add(part.hash)
        });
        self.find(hash, first, words)
    }
}

/// Room for the sequences of an article at once; for those of a book, as they come.
const MOST_AT_ONCE: usize = 1 << 12;

/// Numbers of sequences by their hashes: open addressing, at the most three quarters full.
struct Table {
    /// A number plus 1, or 0. As many as a power of two.
    cells: Vec<u32>,
    len: usize,
}

impl Table {
    fn with_room(len: usize) -> Table {
        Table { cells: vec![0; (2 * len).next_power_of_two().max(16)], len: 0 }
    }

    fn cell(&self, hash: u64) -> usize {
        // The high bits are the good ones.
        (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - self.cells.len().ilog2())) as usize
    }

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

    fn place(&mut self, number: u32, hash: u64) {
        let mut at = self.cell(hash);
        while self.cells[at] != 0 {
            at = (at + 1) & (self.cells.len() - 1);
        }
        self.cells[at] = number + 1;
    }
}
