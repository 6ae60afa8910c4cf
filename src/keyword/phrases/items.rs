//! Where phrases stand.
//!
//! Few of all sequences of words come twice, and those that come once count only where no words of phrases stand next
//! to them. So first it is looked at which joints between words repeat, by the two characters that meet there: in a text
//! that comes twice, however it is cut, all pairs of characters do. The sequences over such joints, and those from one
//! end of a stretch of words to the other, are all that are made.

use std::ops::Range;

use super::candidates::MOST_WORDS;
use super::parts::Part;
use crate::keyword::judge::Role;
use crate::keyword::terms::Terms;
use crate::numbers::{fits, low};
use crate::storage::pick::pick;

/// Some tokens.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The first of them, of which there are at most 2^28, above how many there are.
    packed: u32,
}

/// Bits for how many tokens there are.
const WORDS: u32 = 3;
const _: () = assert!(MOST_WORDS < 1 << WORDS);

impl Place {
    pub(super) fn new(start: u32, words: u8) -> Place {
        Place { packed: start << WORDS | u32::from(words) }
    }

    /// A number that is less for what comes first, or is shorter.
    pub(super) fn bits(self) -> u32 {
        self.packed
    }

    pub(super) fn start(self) -> u32 {
        self.packed >> WORDS
    }

    pub(super) fn words(self) -> u8 {
        low(self.packed & ((1 << WORDS) - 1))
    }

    pub(super) fn tokens(self) -> Range<usize> {
        self.start() as usize..self.start() as usize + usize::from(self.words())
    }
}

/// A place of a phrase, before it is known which others have the same text.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) hash: u64,
    /// The first token.
    pub(super) start: u32,
    pub(super) chars: u32,
    pub(super) words: u8,
    /// Whether it stands next to words of phrases.
    pub(super) is_joined: bool,
}

/// What stands where in a text, as phrases see it.
#[derive(Default)]
pub(super) struct Items {
    /// The places of phrases: by where they begin, the shorter first.
    pub(super) all: Vec<Item>,
    /// By term.
    pub(super) words: Vec<Word>,
    /// Where they stand, term by term; and then what is added.
    pub(super) places: Vec<Place>,
    /// The terms that phrases are made of.
    pub(super) parts: Vec<u32>,
    /// By token, and one for the end: [`CONTENT`], [`JOINT`], [`FOLLOWS`], [`REPEATS`].
    marks: Vec<u8>,
    /// By token: how many sentences end before it.
    pub(super) sentences: Vec<u32>,
    /// The tokens before which there is a joint.
    joints: Vec<u32>,
    /// Which of the joints phrases begin before.
    starts: Vec<u32>,
    pub(super) seen: Seen,
}

/// A term, wherever it stands.
#[derive(Clone, Copy)]
pub(super) struct Word {
    /// The end of its places among those of all terms, as far as they are known.
    pub(super) end: u32,
    /// What its role is to stretches of words.
    role: u8,
    /// Whether it is a content word and stands next to another.
    pub(super) is_inside: bool,
}

/// A content word.
const CONTENT: u8 = 1;
/// Of a term: one of those that phrases are made of. Of a token: it is one and follows one, with nothing between.
const PART: u8 = 2;
const JOINT: u8 = 2;
/// Of a term: a sentence ends with it.
const END: u8 = 4;
/// Of a token: it follows a content word, at a joint.
const FOLLOWS: u8 = 4;
/// Of a token: the joint before it is one that may come twice.
const REPEATS: u8 = 8;

impl Items {
    /// Free what a huge text left behind.
    pub(super) fn release(&mut self) {
        crate::segment::release(&mut self.all);
        crate::segment::release(&mut self.words);
        crate::segment::release(&mut self.places);
        crate::segment::release(&mut self.parts);
        crate::segment::release(&mut self.marks);
        crate::segment::release(&mut self.sentences);
        crate::segment::release(&mut self.joints);
        crate::segment::release(&mut self.starts);
        crate::segment::release(&mut self.seen.bits);
    }

    /// Look where terms stand, and where words are joined; then [`Seen`] has room for all pairs of characters.
    pub(super) fn find_joints(&mut self, terms: &Terms<'_>) {
        let (tokens, distinct) = (terms.tokens(), terms.distinct());
        let mut places = 0;
        self.words.clear();
        self.words.extend(distinct.iter().map(|distinct| {
            let role = match distinct.role {
                Role::Content => CONTENT | PART,
                Role::Link => PART,
                Role::End => END,
                Role::Other | Role::Mark => 0,
            };
            let end = places;
            places += distinct.count;
            Word { end, role, is_inside: false }
        }));
        // One for all words that are of no interest.
        let other = self.words.len();
        self.words.push(Word { end: places, role: 0, is_inside: false });
        places += fits::<u32, _>(tokens.len());
        pick(&self.words, &mut self.parts, |word| word.role & PART != 0);
        self.places.clear();
        self.places.resize(places as usize, Place::default());
        self.marks.clear();
        self.marks.resize(tokens.len() + 1, 0);
        self.sentences.clear();
        self.sentences.resize(tokens.len(), 0);
        self.joints.clear();
        self.joints.resize(tokens.len() + 1, 0);
        // Slices, since the addresses of vectors would be read again and again.
        let (words, places, joints) = (&mut self.words[..], &mut self.places[..], &mut self.joints[..]);
        let (mut sentence, mut count) = (0, 0);
        let (mut before, mut slot_before, mut end) = (0, 0, 0);
        let by_token = tokens.iter().zip(&mut self.marks).zip(&mut self.sentences).zip(0..);
        // What a word is cannot be predicted, so there is no branch.
        for (((token, mark), in_sentence), at) in by_token {
            let slot = (token.slot as usize).min(other);
            let word = &mut words[slot];
            let role = word.role;
            let is_joint = (role & before & PART != 0) & (token.start() == end);
            let follows = is_joint & (before & CONTENT != 0);
            let is_inside = follows & (role & CONTENT != 0);
            *mark = (role & CONTENT) + u8::from(is_joint) * JOINT + u8::from(follows) * FOLLOWS;
            *in_sentence = sentence;
            sentence += u32::from(role & END != 0);
            places[word.end as usize] = Place::new(at, 1);
            word.end += 1;
            word.is_inside |= is_inside;
            words[slot_before].is_inside |= is_inside;
            joints[count] = at;
            count += usize::from(is_joint);
            (before, slot_before, end) = (role, slot, token.end());
        }
        self.joints.truncate(count);
        self.seen.reset(self.joints.len() + self.parts.len());
    }

    /// Every place of every phrase that is wanted. Before, the pairs inside of words have been seen.
    pub(super) fn find(&mut self, terms: &Terms<'_>, parts: &[Part], min_chars: u32) {
        let tokens = terms.tokens();
        let Items { all, joints, starts, seen, .. } = self;
        let marks = &mut self.marks[..];
        let part = |at: usize| &parts[tokens[at].slot as usize];
        let pair = |joint: u32| part(joint as usize - 1).pair(part(joint as usize));
        joints.iter().for_each(|&joint| seen.add(pair(joint)));
        for &joint in &*joints {
            marks[joint as usize] |= u8::from(seen.has_twice(pair(joint))) * REPEATS;
        }
        pick(joints, starts, |&joint| {
            let (first, second) = (marks[joint as usize - 1], marks[joint as usize]);
            (first & CONTENT != 0) & ((second & REPEATS != 0) | (first & FOLLOWS == 0))
        });
        all.clear();
        for &start in &*starts {
            let first = joints[start as usize] as usize - 1;
            let follows = marks[first] & FOLLOWS != 0;
            let (mut hash, mut chars) = (part(first).hash, part(first).chars);
            let mut repeats = true;
            for at in first + 1..first + MOST_WORDS {
                repeats &= marks[at] & REPEATS != 0;
                let is_open = (marks[at] & JOINT != 0) & (repeats | !follows);
                // No phrase says a word twice.
                if !is_open || tokens[first..at].iter().any(|token| token.slot == tokens[at].slot) {
                    break;
                }
                hash = part(at).hash_after(hash);
                chars = chars.saturating_add(part(at).chars);
                let is_joined = follows | (marks[at + 1] & (JOINT | CONTENT) == JOINT | CONTENT);
                if (marks[at] & CONTENT != 0) & (chars >= min_chars) & (repeats | !is_joined) {
                    all.push(Item { hash, start: fits(first), chars, words: fits(at + 1 - first), is_joined });
                }
            }
        }
    }
}

/// Two characters that stand next to each other.
#[derive(Clone, Copy)]
pub(super) struct Pair(pub(super) u32, pub(super) u32);

/// Which pairs come more than once, and few others.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Seen {
    /// A bit for those that came, and one for those that came again. As many as a power of two.
    bits: Vec<(u64, u64)>,
}

impl Seen {
    /// Forget all, and make room for so many.
    pub(super) fn reset(&mut self, pairs: usize) {
        /// So that of sixteen pairs that come once, about one meets another.
        const BITS: usize = 16;
        self.bits.clear();
        self.bits.resize((pairs * BITS / 64).next_power_of_two(), (0, 0));
    }

    #[inline]
    fn place(&self, pair: Pair) -> (usize, u64) {
        let hash = spread(u64::from(pair.0) << 32 | u64::from(pair.1));
        (low::<usize, _>(hash >> 32) & (self.bits.len() - 1), 1 << (hash >> 58))
    }

    #[inline]
    fn add(&mut self, pair: Pair) {
        let (at, bit) = self.place(pair);
        let (once, twice) = &mut self.bits[at];
        *twice |= *once & bit;
        *once |= bit;
    }

    /// Add a pair as one that came again.
    #[inline]
    pub(super) fn add_twice(&mut self, pair: Pair) {
        let (at, bit) = self.place(pair);
        self.bits[at].1 |= bit;
    }

    #[inline]
    fn has_twice(&self, pair: Pair) -> bool {
        let (at, bit) = self.place(pair);
        self.bits[at].1 & bit != 0
    }
}

/// A hash whose high bits are good.
pub(super) fn spread(hash: u64) -> u64 {
    hash.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
