//! The compiled dictionary: an image that is used where it lies.

mod builder;
pub(crate) mod codes;
pub(crate) mod double_array;
mod spellings;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use self::builder::DictionaryBuilder;
use self::builder::MAX_WORD_CHARS;
use self::codes::{BREAK, FIRST, GLUE};
use self::double_array::{Cell, FIRST_CLASS, GLUE_CLASS, NO_WORD, PairFilter};
use crate::bytes::{Bytes, F64s, U16s, U32s, U64s};
use crate::image::{Kind, Reader, Trust};
use crate::pages::PageTable;
use crate::{Error, Tag};

const KIND: Kind = Kind { name: *b"lexi", version: 1, noun: "a fenci dictionary" };

static EMBEDDED: &[u8] = include_bytes!("../../dicts/lexicon.bin");

/// Names of the image's sections.
mod section {
    pub(super) const META: &[u8; 4] = b"meta";
    pub(super) const LEAVES: &[u8; 4] = b"leaf";
    pub(super) const EXACT: &[u8; 4] = b"exac";
    pub(super) const FOLDED: &[u8; 4] = b"fold";
    pub(super) const SPELLED: &[u8; 4] = b"spel";
    pub(super) const CHARS: &[u8; 4] = b"char";
    pub(super) const CELLS: &[u8; 4] = b"cell";
    pub(super) const NUMBERS: &[u8; 4] = b"numb";
    pub(super) const PAIRS: &[u8; 4] = b"pair";
    pub(super) const WEIGHTS: &[u8; 4] = b"weig";
    pub(super) const FREQUENCIES: &[u8; 4] = b"freq";
    pub(super) const CLASS_OF_WORD: &[u8; 4] = b"clas";
    pub(super) const TAG_OF_WORD: &[u8; 4] = b"tagw";
    pub(super) const TAGS: &[u8; 4] = b"tags";
}

/// The number of a word: its rank among the words of its dictionary, sorted by their bytes.
///
/// A number means something only together with the [`Dictionary`] that gave it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WordId(u32);

impl WordId {
    pub(crate) const NONE: u32 = u32::MAX;

    pub(crate) fn from_number(number: u32) -> Option<WordId> {
        (number != WordId::NONE).then_some(WordId(number))
    }

    /// The rank, from 0 to the dictionary's length.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a dictionary says of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Entry {
    /// The word's number.
    pub id: WordId,
    /// How often the word occurred in the corpus that the dictionary was counted in.
    pub frequency: u64,
    /// The word's part of speech.
    pub tag: Tag,
}

/// Words with their frequencies and tags, compiled for segmentation.
///
/// A dictionary is an immutable image; a clone is a second handle to the same image. The embedded one is used
/// where it lies in the program: it costs no time to open and no memory. Threads may share it.
///
/// ```
/// use fenci::Dictionary;
///
/// let dictionary = Dictionary::embedded();
/// let entry = dictionary.get("分词").unwrap();
/// assert_eq!((entry.frequency, entry.tag.as_str()), (19, "n"));
/// assert!(dictionary.get("分词库").is_none());
/// ```
#[derive(Clone)]
pub struct Dictionary(Arc<Image>);

struct Image {
    bytes: Bytes,
    meta: Meta,
    leaves: Range<usize>,
    exact: Range<usize>,
    folded: Range<usize>,
    spelled: Range<usize>,
    chars: Range<usize>,
    cells: Range<usize>,
    numbers: Range<usize>,
    pairs: Range<usize>,
    weights: Range<usize>,
    frequencies: Range<usize>,
    class_of_word: Range<usize>,
    tag_of_word: Range<usize>,
    tags: Vec<Tag>,
}

/// Single numbers of the image.
#[derive(Clone, Copy)]
struct Meta {
    words: u64,
    /// Sum of all frequencies.
    total: u64,
    /// Log probability of a character that begins no word: that of a word of frequency 1.
    unknown: f64,
    /// Length of the longest word, in characters.
    longest: u64,
}

impl Meta {
    fn to_bytes(self) -> [[u8; 8]; 4] {
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

impl Dictionary {
    /// The dictionary in this crate: jieba's 349,045 words.
    pub fn embedded() -> Dictionary {
        static EMBEDDED_IMAGE: OnceLock<Dictionary> = OnceLock::new();
        EMBEDDED_IMAGE.get_or_init(|| Dictionary::trusted(Bytes::Static(EMBEDDED))).clone()
    }

    /// A builder for a dictionary of one's own.
    pub fn builder() -> DictionaryBuilder {
        DictionaryBuilder::new()
    }

    /// A dictionary from an image that [`Dictionary::as_bytes`] gave.
    ///
    /// The image is validated in full, in time and memory linear in its size, before anything is looked up in it.
    ///
    /// # Errors
    ///
    /// If `bytes` is not such an image, is damaged, or was written by another version of the format. No bytes
    /// whatever make it panic.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Dictionary, Error> {
        let dictionary = Dictionary::open(bytes.into(), Trust::None)?;
        dictionary.validate()?;
        Ok(dictionary)
    }

    /// The image, to be stored and opened again with [`Dictionary::from_bytes`].
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.0.meta.words as usize
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The sum of all words' frequencies.
    pub fn total_frequency(&self) -> u64 {
        self.0.meta.total
    }

    /// What the dictionary says of `word`, spelled as the dictionary spells it.
    pub fn get(&self, word: &str) -> Option<Entry> {
        let lexicon = self.lexicon();
        let table = self.spelled();
        let mut chars = word.chars();
        let code = |c: char| Some(table.at(c.into())).filter(|&code| code != BREAK);
        let mut cell = usize::from(code(chars.next()?)?);
        for c in chars {
            cell = lexicon.child(lexicon.cell(cell), code(c)?)?;
        }
        let id = WordId(lexicon.number(cell)?);
        self.entry(id)
    }

    /// What the dictionary says of the word with this number; `None` if it has no such number.
    pub fn entry(&self, id: WordId) -> Option<Entry> {
        let image = &*self.0;
        let class = U16s::new(image.slice(&image.class_of_word)).get(id.index())?;
        let frequency = U64s::new(image.slice(&image.frequencies)).at(class.into());
        Some(Entry { id, frequency, tag: self.tag(id.0) })
    }

    /// From the characters of words to their codes.
    fn spelled(&self) -> PageTable<'_> {
        let image = &*self.0;
        PageTable { index: U16s::new(image.slice(&image.spelled)), leaves: U16s::new(image.slice(&image.leaves)) }
    }

    /// The checksum of the image, by which other files name it.
    pub(crate) fn fingerprint(&self) -> u32 {
        U32s::new(&self.0.bytes[24..28]).at(0)
    }

    /// The part of speech of the word with this number; none for a number that is another dictionary's.
    #[inline]
    pub(crate) fn tag(&self, number: u32) -> Tag {
        let image = &*self.0;
        let tag = image.slice(&image.tag_of_word).get(number as usize);
        tag.map_or_else(Tag::default, |&tag| image.tags[usize::from(tag)])
    }

    #[inline]
    pub(crate) fn lexicon(&self) -> Lexicon<'_> {
        let image = &*self.0;
        let leaves = U16s::new(image.slice(&image.leaves));
        Lexicon {
            exact: PageTable { index: U16s::new(image.slice(&image.exact)), leaves },
            folded: PageTable { index: U16s::new(image.slice(&image.folded)), leaves },
            chars: U32s::new(image.slice(&image.chars)),
            cells: bytemuck::cast_slice(image.slice(&image.cells)),
            numbers: U32s::new(image.slice(&image.numbers)),
            pairs: PairFilter::new(image.slice(&image.pairs)).expect("checked when the image was opened"),
            weights: F64s::new(image.slice(&image.weights)),
            unknown: image.meta.unknown,
            longest: image.meta.longest as usize,
        }
    }

    /// For images that this crate wrote.
    fn trusted(bytes: Bytes) -> Dictionary {
        Dictionary::open(bytes, Trust::Embedded).expect("an image written by this crate")
    }

    /// Find the sections. What is checked here is what opening itself relies on.
    fn open(bytes: Bytes, trust: Trust) -> Result<Dictionary, Error> {
        let reader = Reader::open(&bytes, KIND, trust)?;
        let meta = Meta::from_bytes(reader.slice(&reader.section(section::META, 8)?))
            .ok_or_else(|| reader.bad("expected four numbers in its section \"meta\""))?;
        let pairs = reader.section(section::PAIRS, 4)?;
        if PairFilter::new(reader.slice(&pairs)).is_none() {
            return Err(reader.bad("the size of the pair filter is no power of two"));
        }
        let tags = reader.slice(&reader.section(section::TAGS, 16)?);
        let tags: Option<Vec<Tag>> = bytemuck::cast_slice(tags).iter().map(Tag::from_bytes).collect();
        let tags = tags.ok_or_else(|| reader.bad("a tag is no short name"))?;
        let image = Image {
            meta,
            leaves: reader.section(section::LEAVES, 2)?,
            exact: reader.section(section::EXACT, 2)?,
            folded: reader.section(section::FOLDED, 2)?,
            spelled: reader.section(section::SPELLED, 2)?,
            chars: reader.section(section::CHARS, 4)?,
            cells: reader.section(section::CELLS, 8)?,
            numbers: reader.section(section::NUMBERS, 4)?,
            pairs,
            weights: reader.section(section::WEIGHTS, 8)?,
            frequencies: reader.section(section::FREQUENCIES, 8)?,
            class_of_word: reader.section(section::CLASS_OF_WORD, 2)?,
            tag_of_word: reader.section(section::TAG_OF_WORD, 1)?,
            tags,
            bytes: bytes.clone(),
        };
        Ok(Dictionary(Arc::new(image)))
    }

    /// Check everything that look-ups rely on, in this order: counts, alphabet, classes, cells, words.
    fn validate(&self) -> Result<(), Error> {
        let image = &*self.0;
        let lexicon = self.lexicon();
        let codes = lexicon.chars.len();
        let class_of_word = U16s::new(image.slice(&image.class_of_word));
        let tag_of_word = image.slice(&image.tag_of_word);
        let classes = lexicon.weights.len();
        let check = |holds: bool, what: &str| {
            if holds { Ok(()) } else { Err(Error::new(format!("not {}: {what}", KIND.noun))) }
        };

        check(codes >= usize::from(FIRST), "the alphabet is too small")?;
        check(image.meta.longest <= MAX_WORD_CHARS as u64, "its longest word is too long")?;
        check(image.meta.words < u64::from(WordId::NONE), "it has too many words")?;
        check(class_of_word.len() as u64 == image.meta.words, "not every word has a frequency")?;
        check(tag_of_word.len() as u64 == image.meta.words, "not every word has a tag")?;
        check(image.frequencies.len() == image.weights.len(), "not every frequency has a weight")?;
        check(classes >= usize::from(FIRST_CLASS) && classes <= 1 << 16, "the number of frequencies is off")?;
        check(lexicon.cells.len() >= codes, "the double array is smaller than its alphabet")?;
        check(lexicon.numbers.len() == lexicon.cells.len(), "not every cell has a number")?;
        check(u32::try_from(lexicon.cells.len()).is_ok(), "the double array is too large")?;

        let tables = [lexicon.exact, lexicon.folded, self.spelled()];
        check(tables.iter().all(|table| table.is_sound(codes)), "a character's code is out of range")?;
        let leaves = U16s::new(image.slice(&image.leaves));
        check(leaves.iter().all(|code| code != GLUE), "a character has a reserved code")?;
        check(lexicon.chars.iter().all(|c| char::from_u32(c).is_some()), "a code's character is none")?;

        let weight = |class: u16| lexicon.weights.at(class.into());
        check(
            weight(NO_WORD) == f64::NEG_INFINITY && weight(GLUE_CLASS) == 0.0,
            "the weights do not begin with the two reserved ones",
        )?;
        check(lexicon.weights.iter().all(|weight| weight <= 0.0), "a weight is no log probability")?;
        check(lexicon.unknown <= 0.0 && lexicon.unknown.is_finite(), "the unknown weight is no log probability")?;
        check(class_of_word.iter().all(|class| usize::from(class) < classes), "a word's frequency is out of range")?;
        check(tag_of_word.iter().all(|&tag| usize::from(tag) < image.tags.len()), "a word's tag is out of range")?;

        lexicon
            .validate_cells(image.meta.words, classes)
            .map_err(|what| Error::new(format!("not {}: {what}", KIND.noun)))
    }
}

impl Image {
    #[inline]
    fn slice(&self, range: &Range<usize>) -> &[u8] {
        &self.bytes[range.clone()]
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("words", &self.len()).finish_non_exhaustive()
    }
}

/// A dictionary as the hot loops see it.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    pub(crate) exact: PageTable<'a>,
    pub(crate) folded: PageTable<'a>,
    chars: U32s<'a>,
    cells: &'a [[u8; 8]],
    numbers: U32s<'a>,
    pub(crate) pairs: PairFilter<'a>,
    weights: F64s<'a>,
    /// Log probability of a character that begins no word.
    pub(crate) unknown: f64,
    /// Length of the longest word, in characters.
    pub(crate) longest: usize,
}

impl Lexicon<'_> {
    #[inline]
    pub(crate) fn cell(&self, at: usize) -> Cell {
        Cell::from_bytes(self.cells[at])
    }

    /// The index of the child of `cell` by `code`.
    #[inline]
    fn child(&self, cell: Cell, code: u16) -> Option<usize> {
        let at = cell.base as usize + usize::from(code);
        (cell.base != 0 && self.cell(at).label == code).then_some(at)
    }

    /// The number of the word that ends at cell `at`, if one does.
    fn number(&self, at: usize) -> Option<u32> {
        (self.cell(at).class != NO_WORD).then(|| self.number_at(at))
    }

    /// The number of the word that ends at cell `at`, where one does.
    #[inline]
    pub(crate) fn number_at(&self, at: usize) -> u32 {
        self.numbers.at(at)
    }

    /// The log probability of a frequency class.
    #[inline]
    pub(crate) fn weight(&self, class: u16) -> f64 {
        self.weights.at(class.into())
    }

    /// The character that `code` stands for; `None` for the reserved codes.
    #[inline]
    pub(crate) fn char_of(&self, code: u16) -> Option<char> {
        if code < FIRST { None } else { char::from_u32(self.chars.at(code.into())) }
    }

    /// Check that every look-up stays inside the cells and ends.
    fn validate_cells(&self, words: u64, classes: usize) -> Result<(), String> {
        let codes = self.chars.len();
        // Whose base each base is: bases are unique, so every cell has one possible parent.
        let mut owner = vec![0u32; self.cells.len()];
        for at in 0..self.cells.len() {
            let cell = self.cell(at);
            let place = |what: &str| Err(format!("cell {at}: {what}"));
            if usize::from(cell.label) >= codes || (at < codes && usize::from(cell.label) != at) {
                return place("its label is out of range");
            }
            if usize::from(cell.class) >= classes || (cell.class == GLUE_CLASS) != (at == usize::from(GLUE)) {
                return place("its frequency is out of range");
            }
            if cell.class >= FIRST_CLASS && u64::from(self.number_at(at)) >= words {
                return place("its word number is out of range");
            }
            if at < usize::from(FIRST) && (cell.base != 0 || cell.class >= FIRST_CLASS) {
                return place("a reserved code begins a word");
            }
            if at >= codes && cell.label < FIRST && (cell.base != 0 || cell.class != NO_WORD) {
                return place("a word goes across the end of a run");
            }
            if cell.base != 0 {
                let base = cell.base as usize;
                if base + codes > self.cells.len() {
                    return place("its children are out of range");
                }
                if owner[base] != 0 {
                    return place("its base is another cell's too");
                }
                owner[base] = at as u32;
            }
        }
        // Depths, by following parents up to a cell whose depth is known; a path longer than the longest word
        // is a cycle or a lie.
        let mut depth = vec![0u32; self.cells.len()];
        let mut path = Vec::new();
        for start in codes..self.cells.len() {
            let mut at = start;
            while at >= codes && depth[at] == 0 {
                let label = usize::from(self.cell(at).label);
                let parent = at.checked_sub(label).map_or(0, |base| owner[base] as usize);
                if parent == 0 {
                    // Nobody's child: never reached.
                    break;
                }
                path.push(at);
                if path.len() >= self.longest.max(1) {
                    return Err(format!("cell {start}: it is deeper than the longest word"));
                }
                at = parent;
            }
            let mut deep = if at < codes { 1 } else { depth[at] };
            while let Some(at) = path.pop() {
                deep += 1;
                depth[at] = deep;
                if deep as usize > self.longest {
                    return Err(format!("cell {at}: it is deeper than the longest word"));
                }
            }
        }
        Ok(())
    }
}
