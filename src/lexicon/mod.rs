//! The compiled dictionary: an image that is used where it lies.

mod builder;
pub(crate) mod codes;
pub(crate) mod double_array;
mod spellings;
mod view;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use self::builder::DictionaryBuilder;
use self::builder::MAX_WORD_CHARS;
use self::codes::{BREAK, Code, FIRST, GLUE, NOT_ALONE, alone_bit, traits_of};
use self::double_array::{Cell, FIRST_CLASS, NO_WORD, PairFilter};
pub(crate) use self::view::{Folding, Lexicon, WordTags};
use crate::bytes::{Bytes, F64s, U16s, U32s, U64s};
use crate::image::{Kind, Reader, Trust};
use crate::pages::{CharTable, PageTable};
use crate::{Error, Tag};

const KIND: Kind = Kind { name: *b"lexi", version: 2, noun: "a fenci dictionary" };

static EMBEDDED: &[u8] = include_bytes!("../../dicts/lexicon.bin");

/// Names of the image's sections.
mod section {
    pub(super) const META: &[u8; 4] = b"meta";
    pub(super) const LEAVES: &[u8; 4] = b"leaf";
    pub(super) const EXACT: &[u8; 4] = b"exac";
    pub(super) const EXACT_BEYOND: &[u8; 4] = b"exab";
    pub(super) const FOLDED: &[u8; 4] = b"fold";
    pub(super) const FOLDED_BEYOND: &[u8; 4] = b"folb";
    pub(super) const SPELLED: &[u8; 4] = b"spel";
    pub(super) const CHARS: &[u8; 4] = b"char";
    pub(super) const TRAITS: &[u8; 4] = b"trai";
    pub(super) const BASES: &[u8; 4] = b"base";
    pub(super) const CHAR_WORDS: &[u8; 4] = b"chwo";
    pub(super) const CHAR_WEIGHTS: &[u8; 4] = b"chwe";
    pub(super) const CELLS: &[u8; 4] = b"cell";
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
    exact: [Range<usize>; 2],
    folded: [Range<usize>; 2],
    spelled: Range<usize>,
    chars: Range<usize>,
    traits: Range<usize>,
    bases: Range<usize>,
    char_words: Range<usize>,
    char_weights: Range<usize>,
    cells: Range<usize>,
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
        let image = &*self.0;
        let array = |range| U32s::new(image.slice(range));
        let (char_words, bases) = (array(&image.char_words), array(&image.bases));
        let cells: &[[u8; Cell::BYTES]] = bytemuck::cast_slice(image.slice(&image.cells));
        let table = self.spelled();
        let mut chars = word.chars();
        let code = |c: char| Some(table.at(c.into())).filter(|&code| code != BREAK);
        let first = usize::from(code(chars.next()?)?);
        let (mut word, mut base) = (char_words.at(first), bases.at(first));
        for c in chars {
            let code = code(c)?;
            let at = (base as usize).checked_add(code.into()).filter(|_| base != 0)?;
            let cell = Some(Cell::from_bytes(cells[at])).filter(|cell| cell.label == code)?;
            (word, base) = (cell.word, cell.base);
        }
        self.entry(WordId(word.checked_sub(1)?))
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
    pub(crate) fn tag(&self, number: u32) -> Tag {
        self.tags().of(number)
    }

    #[inline]
    pub(crate) fn tags(&self) -> WordTags<'_> {
        let image = &*self.0;
        WordTags { of_word: image.slice(&image.tag_of_word), tags: &image.tags }
    }

    /// What characters are looked up as, with folding or without.
    #[inline]
    pub(crate) fn folding(&self, fold: bool) -> Folding<'_> {
        let image = &*self.0;
        Folding {
            table: self.table(if fold { &image.folded } else { &image.exact }),
            chars: U32s::new(image.slice(&image.chars)),
        }
    }

    #[inline]
    fn table(&self, [basic, beyond]: &[Range<usize>; 2]) -> CharTable<'_> {
        let image = &*self.0;
        let leaves = U16s::new(image.slice(&image.leaves));
        let beyond = PageTable { index: U16s::new(image.slice(beyond)), leaves };
        CharTable::new(image.slice(basic), NOT_ALONE, beyond).expect("checked when the image was opened")
    }

    #[inline]
    pub(crate) fn lexicon(&self) -> Lexicon<'_> {
        let image = &*self.0;
        Lexicon {
            exact: self.table(&image.exact),
            folded: self.table(&image.folded),
            chars: U32s::new(image.slice(&image.chars)),
            traits: image.slice(&image.traits),
            bases: U32s::new(image.slice(&image.bases)),
            char_words: U32s::new(image.slice(&image.char_words)),
            char_weights: F64s::new(image.slice(&image.char_weights)),
            cells: bytemuck::cast_slice(image.slice(&image.cells)),
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
        let chars = |basic, beyond| {
            let [basic, beyond] = [reader.section(basic, 2)?, reader.section(beyond, 2)?];
            reader.check(basic.len() == 2 << 16, "a table has not one code for each character of the basic plane")?;
            Ok::<_, Error>([basic, beyond])
        };
        let image = Image {
            meta,
            leaves: reader.section(section::LEAVES, 2)?,
            exact: chars(section::EXACT, section::EXACT_BEYOND)?,
            folded: chars(section::FOLDED, section::FOLDED_BEYOND)?,
            spelled: reader.section(section::SPELLED, 2)?,
            chars: reader.section(section::CHARS, 4)?,
            traits: reader.section(section::TRAITS, 1)?,
            bases: reader.section(section::BASES, 4)?,
            char_words: reader.section(section::CHAR_WORDS, 4)?,
            char_weights: reader.section(section::CHAR_WEIGHTS, 8)?,
            cells: reader.section(section::CELLS, Cell::BYTES as u32)?,
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

        check(
            (FIRST..=NOT_ALONE).contains(&(codes as u16)) && codes <= NOT_ALONE.into(),
            "the size of its alphabet is off",
        )?;
        check(image.meta.longest <= MAX_WORD_CHARS as u64, "its longest word is too long")?;
        check(image.meta.words < u64::from(WordId::NONE), "it has too many words")?;
        check(class_of_word.len() as u64 == image.meta.words, "not every word has a frequency")?;
        check(tag_of_word.len() as u64 == image.meta.words, "not every word has a tag")?;
        check(image.frequencies.len() == image.weights.len(), "not every frequency has a weight")?;
        check(classes >= usize::from(FIRST_CLASS) && classes <= 1 << 16, "the number of frequencies is off")?;
        let of_codes =
            [lexicon.traits.len(), lexicon.bases.len(), lexicon.char_words.len(), lexicon.char_weights.len()];
        check(of_codes == [codes; 4], "something is missing of a code")?;
        check(u32::try_from(lexicon.cells.len()).is_ok(), "the double array is too large")?;

        let tables = [lexicon.exact, lexicon.folded];
        let are_sound = tables.iter().all(|table| table.is_sound(codes)) && self.spelled().is_sound(codes);
        check(are_sound, "a character's code is out of range")?;
        let leaves = U16s::new(image.slice(&image.leaves));
        let mut all_codes = tables.iter().flat_map(|table| table.basic_numbers()).chain(leaves.iter());
        check(all_codes.all(|code| code & !NOT_ALONE != GLUE), "a character has a reserved code")?;
        let bits =
            |table: &CharTable<'_>| table.basic_numbers().map(|code| code & NOT_ALONE).eq((0..1 << 16).map(alone_bit));
        check(tables.iter().all(bits), "a character does not stand for itself as it should")?;
        check(lexicon.chars.iter().all(|c| char::from_u32(c).is_some()), "a code's character is none")?;
        let chars = lexicon.chars.iter().map(|c| char::from_u32(c).unwrap_or_default());
        let traits = (0..).zip(chars).map(|(code, c)| traits_of(code, c));
        check(traits.eq(lexicon.traits.iter().copied()), "a code's traits are not its character's")?;

        let weight = |class: u16| lexicon.weights.at(class.into());
        check(weight(NO_WORD) == f64::NEG_INFINITY, "the weights do not begin with the reserved one")?;
        check(is_usual(lexicon.unknown), "the unknown weight is no log probability")?;
        check(lexicon.weights.iter().all(|weight| weight <= 0.0), "a weight is no log probability")?;
        check(class_of_word.iter().all(|class| usize::from(class) < classes), "a word's frequency is out of range")?;
        let word_weight = |code: usize| match lexicon.char_words.at(code).checked_sub(1) {
            Some(word) => class_of_word.get(word as usize).map_or(f64::NAN, weight),
            None => f64::NEG_INFINITY,
        };
        let is_weight = |code: usize| {
            let weight = word_weight(code);
            let is_usual = weight == f64::NEG_INFINITY || is_usual(weight);
            is_usual && lexicon.char_weights.at(code) == char_weight(code as Code, weight)
        };
        let are_weights = (0..codes).all(is_weight);
        check(are_weights, "a character's weight is not its word's")?;
        check(tag_of_word.iter().all(|&tag| usize::from(tag) < image.tags.len()), "a word's tag is out of range")?;

        lexicon.validate_cells(image.meta.words).map_err(|what| Error::new(format!("not {}: {what}", KIND.noun)))
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

/// Whether a weight may be that of a word on a route: the logarithm of the quotient of two numbers of eight bytes, so that
/// no sum of such weights is infinite. A route with an infinite sum could end anywhere.
fn is_usual(weight: f64) -> bool {
    (-100.0..=0.0).contains(&weight)
}

/// The weight of a code whose character is a word of this weight, or minus infinity if it is none.
///
/// That of [`BREAK`] is 0; no other is, so that the sign tells where a run ends. What [`GLUE`] has instead is lost in
/// any sum.
fn char_weight(code: Code, weight: f64) -> f64 {
    const NEARLY_ZERO: f64 = -1e-290;
    match code {
        BREAK => 0.0,
        GLUE => NEARLY_ZERO,
        _ => weight.min(NEARLY_ZERO),
    }
}
