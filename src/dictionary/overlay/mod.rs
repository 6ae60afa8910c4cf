//! Words that users have brought to a dictionary, compiled: a small dictionary beside the large one, which is not
//! touched and which many share.
//!
//! From some thousands on they are found together with the dictionary's, in one double array; see [`Merged`](super::merged::Merged).
//!
//! Their numbers come after the dictionary's. Their log probabilities are relative to the dictionary's total, whatever
//! is added, so that texts without these words are cut as before.

mod compile;

use std::ops::Range;

use super::chars::{CharArrays, Chars};
use super::double_array::{Cell, PairFilter};
use super::image::{Image, read_tags, section};
use super::prefix_table::Prefixes;
use super::user_chars::UserChars;
use super::user_words::{Intent, Wish};
use super::view::{Folding, Lexicon, UserLexicon};
use super::{Entry, MAX_WORD_CHARS, WordId, is_usual};
use crate::Error;
use crate::dictionary::Tag;
use crate::numbers::fits;
use crate::storage::bytes::{F64s, Slice, U32s, U64s};
use crate::storage::image::{Kind, Reader, Trust};
use crate::text::codes::FIRST;

const KIND: Kind = Kind { name: *b"user", version: 3, noun: "words for a fenci dictionary" };

/// Names of the image's sections, beside those that a dictionary has too.
mod own {
    pub(super) const TEXT: &[u8; 4] = b"text";
    pub(super) const ENDS: &[u8; 4] = b"ends";
    pub(super) const INTENTS: &[u8; 4] = b"inte";
    pub(super) const TRIPLES: &[u8; 4] = b"trip";
    pub(super) const BEGINS: &[u8; 4] = b"ubeg";
    pub(super) const PARTS: &[u8; 4] = b"part";
    pub(super) const PART_ENDS: &[u8; 4] = b"pare";
}

/// What is known of a word, as a byte: what was wanted, or that the dictionary has it, too.
mod intent {
    pub(super) const ADD: u8 = 0;
    pub(super) const EXACTLY: u8 = 1;
    pub(super) const PREFER: u8 = 2;
    pub(super) const FORCE: u8 = 3;
    pub(super) const SPLIT: u8 = 4;
    pub(super) const NEVER_JOIN: u8 = 5;
    /// A bit beside these: a frequency was said.
    pub(super) const WITH_FREQUENCY: u8 = 8;
    /// A bit beside these: a tag was said.
    pub(super) const WITH_TAG: u8 = 16;
    pub(super) const ALL: u8 = 7;
}

/// The classes after those of frequencies.
#[derive(Clone, Copy)]
pub(super) enum Special {
    Preferred,
    Forced,
    Split,
    NeverJoin,
}

impl Special {
    const COUNT: usize = 4;

    /// A forced word outweighs every way to do without it: with words of 255 characters at the most, no two ways
    /// differ by more.
    const WEIGHTS: [f64; Special::COUNT] = [0.0, FORCE, FORCE, f64::NEG_INFINITY];
}

const FORCE: f64 = 65536.0;

pub(super) struct Overlay {
    file: Slice,
    trust: Trust,
    /// The beginning of the file: all that the loops access without checks. Of a file that is mapped a copy.
    near: Slice,
    meta: Meta,
    /// None if the dictionary has all characters, no word is one character, and words are few.
    chars: Option<Chars>,
    text: Range<usize>,
    ends: Range<usize>,
    intents: Range<usize>,
    frequencies: Range<usize>,
    tag_of_word: Range<usize>,
    weights: Range<usize>,
    /// Of the words alone the prefixes as a table, or the double array of the dictionary and these.
    cells: Range<usize>,
    pairs: Range<usize>,
    triples: Range<usize>,
    parts: Range<usize>,
    part_ends: Range<usize>,
    tags: Vec<Tag>,
    /// By code, as bits: whether words begin with it.
    begins: Box<[u64]>,
}

/// How many numbers of 64 bits have a bit for each code.
const BEGINS: usize = 1 << 10;

/// Single numbers of the image.
#[derive(Clone, Copy)]
struct Meta {
    /// The checksum of the dictionary.
    fingerprint: u64,
    /// How many words there are with the dictionary's.
    words: u64,
    /// The sum of their frequencies.
    total: u64,
    /// The first code of a character that is part of no run but in these words.
    first_soft: u64,
    /// Whether the dictionary's words are here, too: 1 or 0.
    is_merged: u64,
    /// How many of these are to be no words, or to be cut.
    demands: u64,
}

impl Overlay {
    /// Find the sections.
    pub(super) fn open(file: Slice, base: &Image, trust: Trust) -> Result<Overlay, Error> {
        let reader = Reader::open(file.as_ref(), KIND, trust)?;
        let meta = U64s::new(reader.slice(&reader.section(section::META, 8)?));
        reader.check(meta.len() == 6, "expected six numbers in its section \"meta\"")?;
        let meta = Meta {
            fingerprint: meta.at(0),
            words: meta.at(1),
            total: meta.at(2),
            first_soft: meta.at(3),
            is_merged: meta.at(4),
            demands: meta.at(5),
        };
        reader.check(meta.fingerprint == base.fingerprint().into(), "it was made for another dictionary")?;
        let pairs = reader.section(section::PAIRS, 4)?;
        let triples = reader.section(own::TRIPLES, 4)?;
        let are_filters = [&pairs, &triples].iter().all(|range| PairFilter::new(reader.slice(range)).is_some());
        reader.check(are_filters, "the size of a filter is no power of two")?;
        let chars = if Chars::are_in(&reader) { Some(Chars::open(&reader)?) } else { None };
        let weights = reader.section(section::WEIGHTS, 8)?;
        let near = chars.as_ref().map_or(0, Chars::end).max(weights.end);
        let mut begins = vec![0; BEGINS];
        let bits = U64s::new(reader.slice(&reader.section(own::BEGINS, 8)?)).iter();
        begins.iter_mut().zip(bits).for_each(|(to, bits)| *to = bits);
        // A break begins no word, whatever a damaged file says.
        begins[0] &= !0 << FIRST;
        let overlay = Overlay {
            begins: begins.into(),
            trust,
            near: file.beginning(near),
            meta,
            chars,
            text: reader.section(own::TEXT, 1)?,
            ends: reader.section(own::ENDS, 4)?,
            intents: reader.section(own::INTENTS, 1)?,
            frequencies: reader.section(section::FREQUENCIES, 8)?,
            tag_of_word: reader.section(section::TAG_OF_WORD, 1)?,
            weights,
            cells: reader.section(section::CELLS, fits(Cell::BYTES))?,
            pairs,
            triples,
            parts: reader.section(own::PARTS, 1)?,
            part_ends: reader.section(own::PART_ENDS, 4)?,
            tags: read_tags(&reader)?,
            file: file.clone(),
        };
        if trust != Trust::Embedded {
            overlay.validate_near(base).map_err(|what| reader.bad(what))?;
        }
        if trust == Trust::None {
            overlay.validate_words().map_err(|what| reader.bad(what))?;
            overlay.validate_cells(base).map_err(|what| reader.bad(what))?;
        }
        Ok(overlay)
    }

    /// Validate what was not when a file was mapped.
    pub(super) fn verify(&self, base: &Image) -> Result<(), Error> {
        Overlay::open(self.file.clone(), base, Trust::None).map(|_| ())
    }

    /// Check the double array of the dictionary and these words; a table of these alone is not looked up without a check.
    fn validate_cells(&self, base: &Image) -> Result<(), String> {
        match self.is_merged() {
            true => self.over(base).validate_cells((base.words() as usize + self.len()) as u64),
            false => Ok(()),
        }
    }

    /// Check what is said of words. Nothing here is looked up without a check.
    fn validate_words(&self) -> Result<(), &'static str> {
        let check = |holds: bool, what: &'static str| if holds { Ok(()) } else { Err(what) };
        let words = self.len();
        let text = std::str::from_utf8(self.slice(&self.text)).map_err(|_| "its words are not UTF-8")?;
        let are_ends = |ends: U32s<'_>, most: usize| {
            ends.len() == words
                && ends.iter().try_fold(0, |last, end| (last <= end && end as usize <= most).then_some(end)).is_some()
        };
        check(are_ends(self.ends(), text.len()), "a word is not where a word can be")?;
        check(self.ends().iter().all(|end| text.is_char_boundary(end as usize)), "a word ends inside of a character")?;
        let is_after = |number: usize| self.text_of(number) < self.text_of(number + 1);
        check((1..words).all(|number| is_after(number - 1)), "its words are not sorted")?;
        check(are_ends(U32s::new(self.slice(&self.part_ends)), self.parts.len()), "a part is not where one can be")?;
        let is_split = |number: usize| {
            let parts = self.parts_of(number);
            let chars: usize = parts.iter().map(|&part| usize::from(part)).sum();
            let is_split = self.slice(&self.intents)[number] & intent::ALL == intent::SPLIT;
            !parts.contains(&0) && if is_split { chars == self.text_of(number).chars().count() } else { chars == 0 }
        };
        check(self.intents.len() == words && (0..words).all(is_split), "the parts of a word are not it")?;
        let lengths = [self.tag_of_word.len(), self.frequencies.len() / 8];
        check(lengths == [words; 2], "something is missing of a word")?;
        let is_tag = |&tag: &u8| usize::from(tag) < self.tags.len();
        check(self.slice(&self.tag_of_word).iter().all(is_tag), "a word's tag is out of range")
    }

    /// Check what the loops rely on.
    fn validate_near(&self, base: &Image) -> Result<(), &'static str> {
        let check = |holds: bool, what: &'static str| if holds { Ok(()) } else { Err(what) };
        let weights = self.weights();
        let of_base = base.weights();
        check((of_base.len() + Special::COUNT..=1 << 16).contains(&weights.len()), "the number of weights is off")?;
        let (own, special) = (of_base.len(), weights.len() - Special::COUNT);
        let is_same = of_base.iter().zip(weights.iter()).all(|(base, own)| base.to_bits() == own.to_bits());
        let are_usual = (own..special).all(|class| is_usual(weights.at(class)));
        let are_special = (special..).zip(Special::WEIGHTS).all(|(class, weight)| weights.at(class) == weight);
        check(is_same && are_usual && are_special, "a weight is no log probability")?;

        let codes =
            self.chars.as_ref().map_or(base.chars().chars.len(), |chars| chars.arrays(self.near.as_ref()).chars.len());
        match &self.chars {
            Some(chars) => {
                let numbers = base.words() as usize + self.len();
                let arrays = chars.arrays(self.near.as_ref());
                UserChars::validate(arrays, base, self.meta.first_soft, self.is_merged(), |number| number < numbers)
            }
            None if self.is_merged() => Err("its first characters are missing"),
            None => check(self.meta.first_soft == codes as u64, "a code is out of range"),
        }
    }

    /// How many words something is said of.
    pub(super) fn len(&self) -> usize {
        self.ends.len() / 4
    }

    /// How many words there are with the dictionary's.
    pub(super) fn all_words(&self) -> u64 {
        self.meta.words
    }

    pub(super) fn total(&self) -> u64 {
        self.meta.total
    }

    /// The image.
    pub(super) fn bytes(&self) -> &[u8] {
        self.file.as_ref()
    }

    /// The place of a word among these, if something is said of it.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            match self.text_of(middle).cmp(word) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
    }

    /// What is said of the word at this place; `None` if it is to be no word.
    pub(super) fn entry(&self, place: usize, base: &Image) -> Option<Entry> {
        let intent = *self.slice(&self.intents).get(place)? & intent::ALL;
        if matches!(intent, intent::SPLIT | intent::NEVER_JOIN) {
            return None;
        }
        let id = WordId(base.words() + fits::<u32, _>(place));
        let frequency = U64s::new(self.slice(&self.frequencies)).get(place)?;
        let tag = self.tag_of(place);
        Some(Entry { id, frequency, tag })
    }

    /// By place, which of the tags a word has; and these.
    #[inline]
    pub(super) fn tags(&self) -> (&[u8], &[Tag]) {
        (self.slice(&self.tag_of_word), &self.tags)
    }

    /// The word at this place.
    pub(super) fn text_of(&self, place: usize) -> &str {
        let ends = self.ends();
        let start = place.checked_sub(1).map_or(Some(0), |before| ends.get(before));
        let range = start.zip(ends.get(place)).map(|(start, end)| start as usize..end as usize);
        let bytes = range.and_then(|range| self.slice(&self.text).get(range)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    fn tag_of(&self, place: usize) -> Tag {
        let tag = self.slice(&self.tag_of_word).get(place).and_then(|&tag| self.tags.get(usize::from(tag)));
        tag.copied().unwrap_or_default()
    }

    /// What was wanted of each word.
    pub(super) fn wishes(&self) -> impl Iterator<Item = (Box<str>, Wish)> + '_ {
        (0..self.len()).map(|place| {
            let byte = self.slice(&self.intents).get(place).copied().unwrap_or_default();
            let intent = match byte & intent::ALL {
                intent::EXACTLY => Intent::Exactly,
                intent::PREFER => Intent::Prefer,
                intent::FORCE => Intent::Force,
                intent::SPLIT => Intent::Split(self.parts_of(place).into()),
                intent::NEVER_JOIN => Intent::NeverJoin,
                _ => Intent::Add,
            };
            let frequency = U64s::new(self.slice(&self.frequencies)).get(place);
            let frequency = frequency.filter(|_| byte & intent::WITH_FREQUENCY != 0);
            let tag = (byte & intent::WITH_TAG != 0).then(|| self.tag_of(place));
            (self.text_of(place).into(), Wish { intent, frequency, tag })
        })
    }

    /// How many characters each part of a word has.
    fn parts_of(&self, place: usize) -> &[u8] {
        let ends = U32s::new(self.slice(&self.part_ends));
        let start = place.checked_sub(1).map_or(Some(0), |before| ends.get(before));
        let range = start.zip(ends.get(place)).map(|(start, end)| start as usize..end as usize);
        range.and_then(|range| self.slice(&self.parts).get(range)).unwrap_or_default()
    }

    /// What characters are looked up as, if that is not as in the dictionary.
    #[inline]
    pub(super) fn folding(&self, fold: bool) -> Option<Folding<'_>> {
        self.chars.as_ref().map(|chars| chars.folding(self.near.as_ref(), fold))
    }

    /// Whether words are said to be none, or to be cut.
    fn has_demands(&self) -> bool {
        self.meta.demands != 0
    }

    /// Whether the dictionary's words are found in these cells, too.
    fn is_merged(&self) -> bool {
        self.meta.is_merged != 0
    }

    /// What is to be known of characters, if it is not as in the dictionary.
    #[inline]
    fn chars(&self) -> Option<CharArrays<'_>> {
        self.chars.as_ref().map(|chars| chars.arrays(self.near.as_ref()))
    }

    #[inline]
    fn weights(&self) -> F64s<'_> {
        F64s::new(&self.near.as_ref()[self.weights.clone()])
    }

    #[inline]
    #[expect(clippy::expect_used, reason = "checked when the image was opened")]
    pub(super) fn over<'a>(&'a self, base: &'a Image) -> Lexicon<'a> {
        let weights = self.weights();
        let lexicon = base.lexicon().with(self.chars(), weights);
        if !self.is_merged() {
            return lexicon;
        }
        let words = || base.words() + fits::<u32, _>(self.len());
        let classes = weights.len();
        Lexicon {
            cells: bytemuck::cast_slice(self.slice(&self.cells)),
            codes_of_cells: lexicon.chars.len(),
            pairs: PairFilter::new(self.slice(&self.pairs)).expect("checked when the image was opened"),
            longest: MAX_WORD_CHARS,
            first_special: fits(classes - Special::COUNT),
            // Those of demands are the last two.
            end_of_classes: fits(classes - if self.has_demands() { 0 } else { 2 }),
            checked_words: (self.trust == Trust::Mapped).then(words),
            ..lexicon
        }
    }

    #[inline]
    #[expect(clippy::expect_used, reason = "checked when the image was opened")]
    pub(super) fn lexicon(&self, base: &Image) -> UserLexicon<'_> {
        UserLexicon {
            is_merged: self.is_merged(),
            has_demands: self.has_demands(),
            begins: &self.begins,
            prefixes: Prefixes(bytemuck::cast_slice(self.slice(&self.cells))),
            pairs: PairFilter::new(self.slice(&self.pairs)).expect("checked when the image was opened"),
            triples: PairFilter::new(self.slice(&self.triples)).expect("checked when the image was opened"),
            weights: self.weights(),
            first_special: fits(self.weights().len() - Special::COUNT + 1),
            first_soft: fits(self.meta.first_soft),
            first_number: base.words(),
            parts: self.slice(&self.parts),
            part_ends: U32s::new(self.slice(&self.part_ends)),
        }
    }

    fn ends(&self) -> U32s<'_> {
        U32s::new(self.slice(&self.ends))
    }

    #[inline]
    fn slice(&self, range: &Range<usize>) -> &[u8] {
        &self.file.as_ref()[range.clone()]
    }
}
