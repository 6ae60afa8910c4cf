//! A compiled dictionary: where its arrays lie, and whether they hold what look-ups rely on.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::builder::MAX_WORD_CHARS;
use super::chars::{CharArrays, Chars, char_weight};
use super::double_array::{Cell, FIRST_CLASS, NO_WORD, PairFilter};
use super::overlay::CLASSES;
use super::view::{Folding, Lexicon, WordTags};
use super::{Entry, WordId, is_usual};
use crate::Error;
use crate::dictionary::Tag;
use crate::numbers::fits;
use crate::storage::bytes::{Bytes, F64s, U16s, U32s, U64s};
use crate::storage::char_table::PageTable;
use crate::storage::image::{self, Kind, Reader, Trust};

pub(super) const KIND: Kind = Kind { name: *b"lexi", version: 1, noun: "a fenci dictionary" };

/// The most classes of a dictionary; the others are for words that users lay over it.
pub(super) const MOST_CLASSES: usize = (1 << 16) - CLASSES;

/// Names of the image's sections, beside those of its characters.
pub(super) mod section {
    pub(in crate::dictionary) const META: &[u8; 4] = b"meta";
    pub(in crate::dictionary) const SPELLED: &[u8; 4] = b"spel";
    pub(in crate::dictionary) const CELLS: &[u8; 4] = b"cell";
    pub(in crate::dictionary) const PAIRS: &[u8; 4] = b"pair";
    /// In dictionaries of a million words.
    pub(in crate::dictionary) const THIRDS: &[u8; 4] = b"thir";
    pub(in crate::dictionary) const WEIGHTS: &[u8; 4] = b"weig";
    pub(in crate::dictionary) const FREQUENCIES: &[u8; 4] = b"freq";
    pub(in crate::dictionary) const CLASS_OF_WORD: &[u8; 4] = b"clas";
    /// In dictionaries with more frequencies than classes.
    pub(in crate::dictionary) const FREQUENCY_OF_WORD: &[u8; 4] = b"frew";
    pub(in crate::dictionary) const TAG_OF_WORD: &[u8; 4] = b"tagw";
    /// In dictionaries where the natural profile has other tags.
    pub(in crate::dictionary) const NATURAL_TAG_OF_WORD: &[u8; 4] = b"tagn";
    pub(in crate::dictionary) const TAGS: &[u8; 4] = b"tags";
    /// Pairs of characters: what a builder was told of them, so that it can be told again.
    pub(in crate::dictionary) const FOLDS: &[u8; 4] = b"tofo";
    pub(in crate::dictionary) const VARIANTS: &[u8; 4] = b"vari";
}

pub(super) struct Image {
    file: Bytes,
    pub(super) meta: Meta,
    chars: Chars,
    spelled: Range<usize>,
    weights: Range<usize>,
    frequencies: Range<usize>,
    pairs: Range<usize>,
    thirds: Option<Range<usize>>,
    cells: Range<usize>,
    class_of_word: Range<usize>,
    /// By word, if there are more frequencies than classes.
    frequency_of_word: Option<Range<usize>>,
    tag_of_word: Range<usize>,
    /// The same in the natural profile.
    natural_tag_of_word: Range<usize>,
    folds: Range<usize>,
    variants: Range<usize>,
    tags: Vec<Tag>,
    /// What every call asks for, made once, of one that is part of the program.
    embedded: Option<Lexicon<'static>>,
    /// A model's checksum, and what [`Dictionary::beliefs`](super::Dictionary::beliefs) found of it.
    pub(super) beliefs: OnceLock<(u32, Arc<[u8]>)>,
}

/// Single numbers of the image.
#[derive(Clone, Copy)]
pub(super) struct Meta {
    pub(super) words: u64,
    /// How many of them, the first ones, every profile knows.
    pub(super) shared: u64,
    /// The sum of the frequencies of these.
    pub(super) total: u64,
    /// Log probability of a character that begins no word: that of a word of frequency 1.
    pub(super) unknown: f64,
    /// Length of the longest word, in characters.
    pub(super) longest: u64,
}

impl Meta {
    pub(super) fn to_bytes(self) -> [[u8; 8]; 5] {
        [self.words, self.shared, self.total, self.unknown.to_bits(), self.longest].map(u64::to_le_bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Meta> {
        let numbers = U64s::new(bytes);
        (numbers.len() == 5).then(|| Meta {
            words: numbers.at(0),
            shared: numbers.at(1),
            total: numbers.at(2),
            unknown: f64::from_bits(numbers.at(3)),
            longest: numbers.at(4),
        })
    }
}

impl Image {
    /// The number of words, which are numbered up to it.
    pub(super) fn words(&self) -> u32 {
        fits(self.meta.words)
    }

    /// An image from outside. It is validated in this order: the container and its checksum; that
    /// every section is there; counts, weights, characters; what is said of words; cells.
    pub(super) fn open(file: Bytes) -> Result<Image, Error> {
        let reader = Reader::open(&file, KIND, Trust::None)?;
        let image = Image::find(&reader, &file)?;
        image.validate_counts().map_err(|what| reader.bad(what))?;
        image.validate_words().map_err(|what| reader.bad(what))?;
        image.lexicon().validate_cells(image.meta.words).map_err(|what| reader.bad(what))?;
        Ok(image)
    }

    /// An image that this crate wrote.
    #[expect(clippy::expect_used, reason = "it was written by this crate")]
    pub(super) fn made(file: Bytes) -> Image {
        let reader = Reader::open(&file, KIND, Trust::Embedded);
        reader.and_then(|reader| Image::find(&reader, &file)).expect("an image written by this crate")
    }

    /// Find the sections.
    fn find(reader: &Reader<'_>, file: &Bytes) -> Result<Image, Error> {
        let meta = Meta::from_bytes(reader.slice(&reader.section(section::META, 8)?))
            .ok_or_else(|| reader.bad("expected five numbers in its section \"meta\""))?;
        let optional = |name, item| reader.has(name).then(|| reader.section(name, item)).transpose();
        let (pairs, thirds) = (reader.section(section::PAIRS, 4)?, optional(section::THIRDS, 4)?);
        for filter in [&pairs].into_iter().chain(&thirds) {
            let is_sound = PairFilter::new(reader.slice(filter)).is_some();
            reader.check(is_sound, "the size of a filter is no power of two")?;
        }
        let tag_of_word = reader.section(section::TAG_OF_WORD, 1)?;
        let mut image = Image {
            meta,
            chars: Chars::open(reader)?,
            spelled: reader.section(section::SPELLED, 2)?,
            weights: reader.section(section::WEIGHTS, 8)?,
            frequencies: reader.section(section::FREQUENCIES, 8)?,
            pairs,
            thirds,
            cells: reader.section(section::CELLS, fits(Cell::BYTES))?,
            class_of_word: reader.section(section::CLASS_OF_WORD, 2)?,
            frequency_of_word: optional(section::FREQUENCY_OF_WORD, 8)?,
            natural_tag_of_word: optional(section::NATURAL_TAG_OF_WORD, 1)?.unwrap_or_else(|| tag_of_word.clone()),
            tag_of_word,
            folds: reader.section(section::FOLDS, 8)?,
            variants: reader.section(section::VARIANTS, 8)?,
            tags: read_tags(reader)?,
            file: file.clone(),
            embedded: None,
            beliefs: OnceLock::new(),
        };
        image.embedded = match *file {
            #[cfg(feature = "embedded")]
            Bytes::Static(bytes) => Some(image.lexicon_in(bytes)),
            _ => None,
        };
        Ok(image)
    }

    /// The image.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.file
    }

    pub(super) fn fingerprint(&self) -> u32 {
        image::fingerprint(self.bytes())
    }

    /// Check what the loops rely on, but for the cells, in this order: counts, classes, alphabet.
    fn validate_counts(&self) -> Result<(), &'static str> {
        let check = |holds: bool, what: &'static str| if holds { Ok(()) } else { Err(what) };
        let chars = self.chars();
        let weights = self.weights();
        let classes = weights.len();
        check(self.meta.longest <= MAX_WORD_CHARS as u64, "its longest word is too long")?;
        check(self.meta.words < u64::from(WordId::NONE), "it has too many words")?;
        check(self.class_of_word().len() as u64 == self.meta.words, "not every word has a class")?;
        let tags = [&self.tag_of_word, &self.natural_tag_of_word];
        check(tags.iter().all(|of_word| of_word.len() as u64 == self.meta.words), "not every word has a tag")?;
        check(self.meta.shared <= self.meta.words, "more words are shared than there are")?;
        let frequencies = self.frequency_of_word.as_ref().map_or(self.meta.words, |range| range.len() as u64 / 8);
        check(frequencies == self.meta.words, "not every word has a frequency")?;
        check(self.frequencies().len() == classes, "not every frequency has a weight")?;
        check((FIRST_CLASS.into()..=MOST_CLASSES).contains(&classes), "the number of frequencies is off")?;
        check(u32::try_from(self.lexicon().cells.len()).is_ok(), "the double array is too large")?;

        check(weights.at(NO_WORD.into()) == f64::NEG_INFINITY, "the weights do not begin with the reserved one")?;
        check(is_usual(self.meta.unknown), "the unknown weight is no log probability")?;
        check(weights.iter().all(|weight| weight <= 0.0), "a weight is no log probability")?;
        chars.validate()?;
        check(self.spelled().is_sound(chars.chars.len()), "a character's code is out of range")
    }

    /// Check what is said of words.
    fn validate_words(&self) -> Result<(), &'static str> {
        let check = |holds: bool, what: &'static str| if holds { Ok(()) } else { Err(what) };
        let (chars, weights, class_of_word) = (self.chars(), self.weights(), self.class_of_word());
        check(class_of_word.iter().all(|class| usize::from(class) < weights.len()), "a word's class is out of range")?;
        let word_weight = |word: u32| match word.checked_sub(1) {
            Some(word) => class_of_word.get(word as usize).map_or(f64::NAN, |class| weights.at(class.into())),
            None => f64::NEG_INFINITY,
        };
        let char_weights = (0..).zip(chars.char_words.iter()).map(|(code, word)| char_weight(code, word_weight(word)));
        check(char_weights.eq(chars.char_weights.iter()), "a character's weight is not its word's")?;
        let is_tag = |tag: &u8| usize::from(*tag) < self.tags.len();
        let mut of_words =
            [&self.tag_of_word, &self.natural_tag_of_word].into_iter().flat_map(|of_word| self.slice(of_word));
        check(of_words.all(is_tag), "a word's tag is out of range")
    }

    /// What the dictionary says of `word`, spelled as the dictionary spells it.
    pub(super) fn get(&self, word: &str) -> Option<Entry> {
        let (table, len) = (self.spelled(), word.chars().count());
        let mut whole = 0;
        self.lexicon().each_prefix(word.chars().map(|c| table.at(c.into())), |prefix, word| {
            whole = if prefix == len { word } else { 0 };
        });
        self.entry(WordId(whole.checked_sub(1)?))
    }

    /// The class of the word with this number plus one.
    pub(super) fn class_of(&self, word: u32) -> Option<u16> {
        self.class_of_word().get(word.checked_sub(1)? as usize)
    }

    /// What the dictionary says of the word with this number.
    pub(super) fn entry(&self, id: WordId) -> Option<Entry> {
        let frequency = match &self.frequency_of_word {
            None => self.frequencies().get(self.class_of_word().get(id.index())?.into()),
            Some(range) => U64s::new(self.slice(range)).get(id.index()),
        }?;
        Some(Entry { id, frequency, tag: self.tags(false).of(id.0) })
    }

    /// The tags of words, in the natural profile or in jieba's.
    #[inline]
    pub(super) fn tags(&self, natural: bool) -> WordTags<'_> {
        let of_word = if natural { &self.natural_tag_of_word } else { &self.tag_of_word };
        WordTags { of_word: self.slice(of_word), tags: &self.tags, of_user_word: &[], user_tags: &[] }
    }

    /// What a builder was told of characters, but for what is no pair of them.
    pub(super) fn folds_and_variants(&self) -> [impl Iterator<Item = (char, char)>; 2] {
        [&self.folds, &self.variants].map(|pairs| {
            let pairs = U32s::new(self.slice(pairs));
            let char_at = move |at| pairs.get(at).and_then(char::from_u32);
            (0..pairs.len() / 2).filter_map(move |pair| Some((char_at(2 * pair)?, char_at(2 * pair + 1)?)))
        })
    }

    /// From the characters of words to their codes.
    pub(super) fn spelled(&self) -> PageTable<'_> {
        PageTable { index: U16s::new(self.slice(&self.spelled)), leaves: U16s::new(self.slice(&self.chars.leaves)) }
    }

    /// What characters are looked up as, with folding or without.
    #[inline]
    pub(super) fn folding(&self, fold: bool) -> Folding<'_> {
        self.chars.folding(&self.file, fold)
    }

    #[inline]
    pub(super) fn chars(&self) -> CharArrays<'_> {
        self.chars.arrays(&self.file)
    }

    /// By class, the frequency, or the least of those that share it; 0 for the reserved class.
    pub(super) fn frequencies(&self) -> U64s<'_> {
        U64s::new(self.slice(&self.frequencies))
    }

    /// By class, the log probability.
    #[inline]
    pub(super) fn weights(&self) -> F64s<'_> {
        F64s::new(self.slice(&self.weights))
    }

    fn class_of_word(&self) -> U16s<'_> {
        U16s::new(self.slice(&self.class_of_word))
    }

    #[inline]
    pub(super) fn lexicon(&self) -> Lexicon<'_> {
        match &self.embedded {
            Some(lexicon) => *lexicon,
            None => self.lexicon_in(&self.file),
        }
    }

    fn lexicon_in<'a>(&self, file: &'a [u8]) -> Lexicon<'a> {
        let CharArrays { folded, chars, traits, bases, char_words, char_weights, .. } = self.chars.arrays(file);
        #[expect(clippy::expect_used, reason = "checked when the image was opened")]
        let filter = |range: &Range<usize>| PairFilter::new(&file[range.clone()]).expect("a power of two of bits");
        Lexicon {
            folded,
            chars,
            traits,
            bases,
            char_words,
            char_weights,
            cells: bytemuck::cast_slice(&file[self.cells.clone()]),
            pairs: filter(&self.pairs),
            thirds: self.thirds.as_ref().map(filter),
            weights: F64s::new(&file[self.weights.clone()]),
            user_weights: &[],
            unknown: self.meta.unknown,
            longest: fits(self.meta.longest),
            last_word: fits(self.meta.words),
        }
    }

    #[inline]
    fn slice(&self, range: &Range<usize>) -> &[u8] {
        &self.file[range.clone()]
    }
}

/// The tags that an image's words have.
pub(super) fn read_tags(reader: &Reader<'_>) -> Result<Vec<Tag>, Error> {
    let tags = reader.slice(&reader.section(section::TAGS, 16)?);
    let tags: Option<Vec<Tag>> = bytemuck::cast_slice(tags).iter().map(Tag::from_bytes).collect();
    tags.ok_or_else(|| reader.bad("a tag is no short name"))
}
