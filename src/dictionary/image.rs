//! A compiled dictionary: where its arrays lie, and whether they hold what look-ups rely on.

use std::ops::Range;

use super::builder::MAX_WORD_CHARS;
use super::chars::{CharArrays, Chars, char_weight};
use super::double_array::{Cell, FIRST_CLASS, NO_WORD, PairFilter};
use super::sorted::{Node, SortedView, TAIL};
use super::view::{Folding, Lexicon, WordTags};
use super::{Entry, WordId, is_usual};
use crate::Error;
use crate::dictionary::Tag;
use crate::numbers::fits;
use crate::storage::bytes::{F64s, Slice, U16s, U32s, U64s};
use crate::storage::char_table::PageTable;
use crate::storage::image::{self, Kind, Reader, Trust};
use crate::text::codes::{BREAK, Code};

pub(super) const KIND: Kind = Kind { name: *b"lexi", version: 5, noun: "a fenci dictionary" };

/// Names of the image's sections, beside those of its characters.
pub(super) mod section {
    pub(in crate::dictionary) const META: &[u8; 4] = b"meta";
    pub(in crate::dictionary) const SPELLED: &[u8; 4] = b"spel";
    pub(in crate::dictionary) const CELLS: &[u8; 4] = b"cell";
    /// In large dictionaries, in place of cells.
    pub(in crate::dictionary) const NODES: &[u8; 4] = b"node";
    pub(in crate::dictionary) const TAILS: &[u8; 4] = b"tail";
    pub(in crate::dictionary) const PAIRS: &[u8; 4] = b"pair";
    pub(in crate::dictionary) const WEIGHTS: &[u8; 4] = b"weig";
    pub(in crate::dictionary) const FREQUENCIES: &[u8; 4] = b"freq";
    pub(in crate::dictionary) const CLASS_OF_WORD: &[u8; 4] = b"clas";
    /// In dictionaries with more frequencies than classes: numbers of four bytes, or eight if one is larger.
    pub(in crate::dictionary) const FREQUENCY_OF_WORD: &[u8; 4] = b"frew";
    pub(in crate::dictionary) const TAG_OF_WORD: &[u8; 4] = b"tagw";
    pub(in crate::dictionary) const TAGS: &[u8; 4] = b"tags";
    /// The numbers of the words that are not of common Han characters alone.
    pub(in crate::dictionary) const MIXED: &[u8; 4] = b"mixd";
}

pub(super) struct Image {
    file: Slice,
    /// The beginning of the file: all that the loops access without checks, but for the cells. Of a file that is mapped
    /// a copy, so that nobody can change it once it has been validated.
    near: Slice,
    trust: Trust,
    pub(super) meta: Meta,
    chars: Chars,
    spelled: Range<usize>,
    weights: Range<usize>,
    frequencies: Range<usize>,
    pairs: Range<usize>,
    /// Empty in a large dictionary.
    cells: Range<usize>,
    /// Nodes and tails, in a large one.
    sorted: Option<[Range<usize>; 2]>,
    class_of_word: Range<usize>,
    /// By word, if there are more frequencies than classes.
    frequency_of_word: Option<Frequencies>,
    tag_of_word: Range<usize>,
    tags: Vec<Tag>,
    /// What every call asks for, made once, of one that is part of the program.
    embedded: Option<Lexicon<'static>>,
}

/// Numbers by word.
enum Frequencies {
    Short(Range<usize>),
    Long(Range<usize>),
}

/// Single numbers of the image.
#[derive(Clone, Copy)]
pub(super) struct Meta {
    pub(super) words: u64,
    /// Sum of all frequencies.
    pub(super) total: u64,
    /// Log probability of a character that begins no word: that of a word of frequency 1.
    pub(super) unknown: f64,
    /// Length of the longest word, in characters.
    pub(super) longest: u64,
}

impl Meta {
    pub(super) fn to_bytes(self) -> [[u8; 8]; 4] {
        [self.words, self.total, self.unknown.to_bits(), self.longest].map(u64::to_le_bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Meta> {
        let numbers = U64s::new(bytes);
        (numbers.len() == 4).then(|| Meta {
            words: numbers.at(0),
            total: numbers.at(1),
            unknown: f64::from_bits(numbers.at(2)),
            longest: numbers.at(3),
        })
    }
}

/// The words of a dictionary by their codes: made once for many that are looked for.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    lexicon: Lexicon<'a>,
    sorted: Option<SortedView<'a>>,
    classes: U16s<'a>,
}

impl Words<'_> {
    /// The number of the word of these codes, `len` of them.
    pub(super) fn whole(self, codes: impl Iterator<Item = Code>, len: usize) -> Option<WordId> {
        let mut whole = 0;
        self.each_prefix(codes, |prefix, _, word| whole = if prefix == len { word } else { 0 });
        whole.checked_sub(1).map(WordId)
    }

    /// Call `each` with the length, the frequency class and the number plus one of every word that begins `codes`, as
    /// [`Image::spelled`] gives them. The class of a word of frequency 0 is reserved, or has the weight of none.
    pub(super) fn each_prefix(self, codes: impl Iterator<Item = Code>, mut each: impl FnMut(usize, u16, u32)) {
        let Words { lexicon, sorted, classes } = self;
        // The prefix so far; the first character has no cell, and two have a filter of their own.
        let (mut first, mut prefix) = (BREAK, Cell::default());
        for (index, code) in codes.enumerate() {
            let (class, word) = match index {
                _ if code == BREAK => return,
                0 => {
                    let word = lexicon.char_words.get(code.into()).unwrap_or(0);
                    prefix.base = lexicon.bases.get(code.into()).unwrap_or(0);
                    first = code;
                    (word.checked_sub(1).and_then(|word| classes.get(word as usize)).unwrap_or(NO_WORD), word)
                }
                1 if !lexicon.pairs.may_begin(first, code) => return,
                2.. if !prefix.may_have(code) => return,
                _ => match lexicon.child(sorted, prefix.base, code) {
                    Some(cell) => {
                        prefix = cell;
                        (cell.class, cell.word)
                    }
                    None => return,
                },
            };
            if word != 0 {
                each(index + 1, class, word);
            }
        }
    }
}

impl Image {
    /// The number of words, which are numbered up to it.
    pub(super) fn words(&self) -> u32 {
        fits(self.meta.words)
    }

    /// Find the sections, and validate all that is not looked up with a check.
    pub(super) fn open(file: Slice, trust: Trust) -> Result<Image, Error> {
        let reader = Reader::open(file.as_ref(), KIND, trust)?;
        let meta = Meta::from_bytes(reader.slice(&reader.section(section::META, 8)?))
            .ok_or_else(|| reader.bad("expected four numbers in its section \"meta\""))?;
        let pairs = reader.section(section::PAIRS, 4)?;
        if PairFilter::new(reader.slice(&pairs)).is_none() {
            return Err(reader.bad("the size of the pair filter is no power of two"));
        }
        let chars = Chars::open(&reader)?;
        let spelled = reader.section(section::SPELLED, 2)?;
        let weights = reader.section(section::WEIGHTS, 8)?;
        let near = chars.end().max(spelled.end).max(weights.end);
        let frequency_of_word = match reader.section(section::FREQUENCY_OF_WORD, 4) {
            Ok(range) => Some(Frequencies::Short(range)),
            Err(_) if !reader.has(section::FREQUENCY_OF_WORD) => None,
            Err(_) => Some(Frequencies::Long(reader.section(section::FREQUENCY_OF_WORD, 8)?)),
        };
        let sorted = match reader.has(section::NODES) {
            true => Some([reader.section(section::NODES, fits(Node::BYTES))?, reader.section(section::TAILS, 2)?]),
            false => None,
        };
        let cells = if sorted.is_some() { 0..0 } else { reader.section(section::CELLS, fits(Cell::BYTES))? };
        let mut image = Image {
            near: file.beginning(near),
            trust,
            meta,
            chars,
            spelled,
            weights,
            frequencies: reader.section(section::FREQUENCIES, 8)?,
            pairs,
            cells,
            class_of_word: reader.section(section::CLASS_OF_WORD, 2)?,
            frequency_of_word,
            sorted,
            tag_of_word: reader.section(section::TAG_OF_WORD, 1)?,
            tags: read_tags(&reader)?,
            file: file.clone(),
            embedded: None,
        };
        let bad = |what: &str| Error::new(format!("not {}: {what}", KIND.noun));
        if trust != Trust::Embedded {
            image.validate_near().map_err(bad)?;
        }
        if trust == Trust::None {
            image.validate_words().map_err(bad)?;
            image.lexicon().validate_cells(image.meta.words).map_err(|what| bad(&what))?;
        }
        let embedded = image.file.embedded().zip(image.near.embedded()).filter(|_| image.sorted.is_none());
        image.embedded = embedded.map(|(file, near)| image.lexicon_in(file, near, None));
        Ok(image)
    }

    /// Validate what was not when a file was mapped.
    pub(super) fn verify(&self) -> Result<(), Error> {
        Image::open(self.file.clone(), Trust::None).map(|_| ())
    }

    /// Whether it is a double array that has been validated.
    pub(super) fn is_sound_array(&self) -> bool {
        self.trust != Trust::Mapped && self.sorted.is_none()
    }

    /// The image.
    pub(super) fn bytes(&self) -> &[u8] {
        self.file.as_ref()
    }

    pub(super) fn fingerprint(&self) -> u32 {
        image::fingerprint(self.bytes())
    }

    /// Check what the loops rely on, but for the cells, in this order: counts, classes, alphabet.
    fn validate_near(&self) -> Result<(), &'static str> {
        let check = |holds: bool, what: &'static str| if holds { Ok(()) } else { Err(what) };
        let chars = self.chars();
        let weights = self.weights();
        let classes = weights.len();
        check(self.meta.longest <= MAX_WORD_CHARS as u64, "its longest word is too long")?;
        check(self.meta.words < u64::from(WordId::NONE), "it has too many words")?;
        check(self.class_of_word().len() as u64 == self.meta.words, "not every word has a class")?;
        check(self.tag_of_word().len() as u64 == self.meta.words, "not every word has a tag")?;
        let frequencies = match &self.frequency_of_word {
            None => self.meta.words,
            Some(Frequencies::Short(range)) => range.len() as u64 / 4,
            Some(Frequencies::Long(range)) => range.len() as u64 / 8,
        };
        check(frequencies == self.meta.words, "not every word has a frequency")?;
        check(self.frequencies().len() == classes, "not every frequency has a weight")?;
        check(classes >= usize::from(FIRST_CLASS) && classes <= 1 << 16, "the number of frequencies is off")?;
        check(u32::try_from(self.lexicon().cells.len()).is_ok(), "the double array is too large")?;
        let are_named = |sorted: SortedView<'_>| sorted.nodes.len().max(sorted.tails.len()) <= TAIL as usize;
        check(self.sorted().is_none_or(are_named), "it has too many prefixes")?;

        check(weights.at(NO_WORD.into()) == f64::NEG_INFINITY, "the weights do not begin with the reserved one")?;
        check(is_usual(self.meta.unknown), "the unknown weight is no log probability")?;
        check(weights.iter().all(|weight| weight <= 0.0), "a weight is no log probability")?;
        chars.validate()?;
        let mut words = chars.char_words.iter().filter_map(|word| word.checked_sub(1));
        check(words.all(|word| u64::from(word) < self.meta.words), "a character's word is out of range")?;
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
        check(self.tag_of_word().iter().all(is_tag), "a word's tag is out of range")
    }

    /// What the dictionary says of `word`, spelled as the dictionary spells it.
    pub(super) fn get(&self, word: &str) -> Option<Entry> {
        let table = self.spelled();
        self.word(word.chars().map(|c| table.at(c.into())), word.chars().count())
    }

    /// What the dictionary says of the word of these codes, `len` of them.
    pub(super) fn word(&self, codes: impl Iterator<Item = Code>, len: usize) -> Option<Entry> {
        self.entry(self.words_in().whole(codes, len)?)
    }

    /// The words of a large dictionary.
    pub(super) fn sorted(&self) -> Option<SortedView<'_>> {
        self.sorted.as_ref().map(|[nodes, tails]| SortedView {
            nodes: bytemuck::cast_slice(self.slice(nodes)),
            tails: U16s::new(self.slice(tails)),
            classes: self.class_of_word(),
            weights: self.weights(),
        })
    }

    /// What finds words by their codes.
    pub(super) fn words_in(&self) -> Words<'_> {
        Words { lexicon: self.lexicon(), sorted: self.sorted(), classes: self.class_of_word() }
    }

    /// What the dictionary says of the word with this number.
    pub(super) fn entry(&self, id: WordId) -> Option<Entry> {
        let frequency = match &self.frequency_of_word {
            None => self.frequencies().get(self.class_of_word().get(id.index())?.into()),
            Some(Frequencies::Short(range)) => U32s::new(self.slice(range)).get(id.index()).map(u64::from),
            Some(Frequencies::Long(range)) => U64s::new(self.slice(range)).get(id.index()),
        }?;
        Some(Entry { id, frequency, tag: self.tags().of(id.0) })
    }

    #[inline]
    pub(super) fn tags(&self) -> WordTags<'_> {
        WordTags { of_word: self.tag_of_word(), tags: &self.tags, of_user_word: &[], user_tags: &[] }
    }

    /// From the characters of words to their codes.
    pub(super) fn spelled(&self) -> PageTable<'_> {
        PageTable { index: U16s::new(self.near(&self.spelled)), leaves: U16s::new(self.near(&self.chars.leaves)) }
    }

    /// What characters are looked up as, with folding or without.
    #[inline]
    pub(super) fn folding(&self, fold: bool) -> Folding<'_> {
        self.chars.folding(self.near.as_ref(), fold)
    }

    #[inline]
    pub(super) fn chars(&self) -> CharArrays<'_> {
        self.chars.arrays(self.near.as_ref())
    }

    /// By class, the frequency, or the least of those that share it; 0 for the reserved class.
    pub(super) fn frequencies(&self) -> U64s<'_> {
        U64s::new(self.slice(&self.frequencies))
    }

    /// By class, the log probability.
    #[inline]
    pub(super) fn weights(&self) -> F64s<'_> {
        F64s::new(self.near(&self.weights))
    }

    fn class_of_word(&self) -> U16s<'_> {
        U16s::new(self.slice(&self.class_of_word))
    }

    fn tag_of_word(&self) -> &[u8] {
        self.slice(&self.tag_of_word)
    }

    #[inline]
    pub(super) fn lexicon(&self) -> Lexicon<'_> {
        match &self.embedded {
            Some(lexicon) => *lexicon,
            None => self.lexicon_in(self.file.as_ref(), self.near.as_ref(), self.sorted.is_some().then_some(self)),
        }
    }

    #[expect(clippy::expect_used, reason = "checked when the image was opened")]
    fn lexicon_in<'a>(&self, file: &'a [u8], near: &'a [u8], large: Option<&'a Image>) -> Lexicon<'a> {
        let CharArrays { exact, folded, chars, traits, bases, char_words, char_weights } = self.chars.arrays(near);
        let weights = F64s::new(&near[self.weights.clone()]);
        let classes = fits(weights.len());
        Lexicon {
            exact,
            folded,
            chars,
            traits,
            bases,
            char_words,
            char_weights,
            cells: bytemuck::cast_slice(&file[self.cells.clone()]),
            large,
            codes_of_cells: chars.len(),
            pairs: PairFilter::new(&file[self.pairs.clone()]).expect("checked when the image was opened"),
            weights,
            unknown: self.meta.unknown,
            longest: fits(self.meta.longest),
            first_special: classes,
            end_of_classes: classes,
            checked_words: (self.trust == Trust::Mapped || self.sorted.is_some()).then_some(self.words()),
        }
    }

    #[inline]
    fn slice(&self, range: &Range<usize>) -> &[u8] {
        &self.file.as_ref()[range.clone()]
    }

    #[inline]
    fn near(&self, range: &Range<usize>) -> &[u8] {
        &self.near.as_ref()[range.clone()]
    }
}

/// The tags that an image's words have.
pub(super) fn read_tags(reader: &Reader<'_>) -> Result<Vec<Tag>, Error> {
    let tags = reader.slice(&reader.section(section::TAGS, 16)?);
    let tags: Option<Vec<Tag>> = bytemuck::cast_slice(tags).iter().map(Tag::from_bytes).collect();
    tags.ok_or_else(|| reader.bad("a tag is no short name"))
}
