//! A compiled dictionary: the places of its arrays, and the validation of what lookups rely on.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use super::chars::{CharArrays, char_weight};
use super::classes::{CLASSES, is_usual};
use super::double_array::{FIRST_CLASS, NO_WORD, PairFilter};
use super::sections::Section;
use super::view::{Folding, Lexicon, WordTags};
use super::word::{Entry, MAX_WORD_CHARS, WordId};
use crate::dictionary::Tag;
use crate::error::Error;
use crate::numbers::fits;
use crate::storage::bytes::{Bytes, F64s, U16s, U32s, U64s};
use crate::storage::char_table::PageTable;
use crate::storage::image::{Kind, Reader, check, fingerprint};

pub(super) const KIND: Kind = Kind { name: *b"lexi", version: 1, noun: "a fenci dictionary" };

/// The largest number of classes in a dictionary. The other classes are for user words.
pub(super) const MOST_CLASSES: usize = (1 << 16) - CLASSES;

/// The sections' byte ranges in a file. A missing section is empty.
type Sections = [Range<usize>; Section::ALL.len()];

pub(super) struct Image {
    pub(super) file: Bytes,
    pub(super) meta: Meta,
    sections: Sections,
    tags: Vec<Tag>,
    /// The lexicon of an image that is part of the program, made once because every call asks for
    /// it.
    embedded: Option<Lexicon<'static>>,
    /// A model's checksum, and the tables that
    /// [`Dictionary::prepared`](super::Dictionary::prepared) keeps for it.
    pub(super) prepared: OnceLock<(u32, Prepared)>,
}

/// Tables that a learned model uses to read a dictionary's codes and words.
#[derive(Clone, Default)]
pub(crate) struct Prepared {
    /// By code: the model's symbol.
    pub(crate) symbols: Arc<[u16]>,
    /// The model's beliefs in the words, unless the model was trained with this dictionary.
    pub(crate) beliefs: Option<Arc<[u8]>>,
}

/// Single numbers of the image.
#[derive(Clone, Copy)]
pub(super) struct Meta {
    pub(super) words: u64,
    /// The number of words that every profile knows. They come first.
    pub(super) shared: u64,
    /// The sum of the frequencies of these words.
    pub(super) total: u64,
    /// The log probability of a character that begins no word: that of a word of frequency 1.
    pub(super) unknown: f64,
    /// The length of the longest word, in characters.
    pub(super) longest: u64,
}

impl Meta {
    pub(super) fn to_bytes(self) -> [[u8; 8]; 5] {
        [self.words, self.shared, self.total, self.unknown.to_bits(), self.longest].map(u64::to_le_bytes)
    }

    fn read(reader: &Reader<'_>) -> Result<Meta, Error> {
        let [words, shared, total, unknown, longest] = reader.numbers(Section::Meta.name(), "five")?;
        Ok(Meta { words, shared, total, unknown: f64::from_bits(unknown), longest })
    }
}

impl Image {
    /// Returns the number of words. Word numbers are less than it.
    pub(super) fn words(&self) -> u32 {
        fits(self.meta.words)
    }

    /// Opens an image. Unless it is part of the program, it is validated in this order: the
    /// container and its checksum, the presence of every section, counts, weights, characters, the
    /// data of words, cells.
    pub(super) fn open(file: Bytes) -> Result<Image, Error> {
        let reader = Reader::open(&file, KIND)?;
        let image = Image::find(&reader, &file)?;
        if !file.are_embedded() {
            image.validate().map_err(|what| reader.bad(what))?;
            image.lexicon().validate_cells(image.meta.words).map_err(|what| reader.bad(what))?;
        }
        Ok(image)
    }

    /// Finds the sections.
    fn find(reader: &Reader<'_>, file: &Bytes) -> Result<Image, Error> {
        let mut sections: Sections = [const { 0..0 }; Section::ALL.len()];
        for &section in Section::ALL {
            let (name, item) = section.form();
            if reader.has(name) || !section.may_be_missing() {
                sections[section as usize] = reader.section(name, item)?;
            }
        }
        let slice = |section: Section| reader.slice(&sections[section as usize]);
        let meta = Meta::read(reader)?;
        let is_filter = |section: Section| PairFilter::new(slice(section)).is_some();
        let are_filters =
            is_filter(Section::Pairs) && (slice(Section::Thirds).is_empty() || is_filter(Section::Thirds));
        reader.check(are_filters, "the size of a filter is no power of two")?;
        let is_whole = |basic| slice(basic).len() == 2 << 16;
        let has_codes = [Section::Exact, Section::Folded].into_iter().all(is_whole);
        reader.check(has_codes, "a table has not one code for each character of the basic plane")?;
        let tags = bytemuck::cast_slice(slice(Section::Tags)).iter().map(Tag::from_bytes).collect::<Option<Vec<Tag>>>();
        let tags = tags.ok_or_else(|| reader.bad("a tag is no short name"))?;
        let mut image = Image { meta, sections, tags, file: file.clone(), embedded: None, prepared: OnceLock::new() };
        if let Bytes::Static(bytes) = *file {
            image.embedded = Some(image.lexicon_in(bytes));
        }
        Ok(image)
    }

    pub(super) fn fingerprint(&self) -> u32 {
        fingerprint(&self.file)
    }

    /// Checks what the loops rely on, except for the cells, in this order: counts, weights,
    /// alphabet, the data of words.
    fn validate(&self) -> Result<(), &'static str> {
        let (chars, weights, class_of_word) = (self.chars(), self.weights(), self.class_of_word());
        let classes = weights.len();
        check(self.meta.longest <= MAX_WORD_CHARS as u64, "its longest word is too long")?;
        check(self.meta.words < u64::from(WordId::NONE), "it has too many words")?;
        check(class_of_word.len() as u64 == self.meta.words, "not every word has a class")?;
        let tags = [self.tags(false).of_word, self.tags(true).of_word];
        check(tags.iter().all(|of_word| of_word.len() as u64 == self.meta.words), "not every word has a tag")?;
        check(self.meta.shared <= self.meta.words, "more words are shared than there are")?;
        let frequencies = self.frequency_of_word().len() as u64;
        check(frequencies == 0 || frequencies == self.meta.words, "not every word has a frequency")?;
        check(self.frequencies().len() == classes, "not every frequency has a weight")?;
        check((FIRST_CLASS.into()..=MOST_CLASSES).contains(&classes), "the number of frequencies is off")?;
        check(u32::try_from(self.lexicon().cells.len()).is_ok(), "the double array is too large")?;

        check(weights.at(NO_WORD.into()) == f64::NEG_INFINITY, "the weights do not begin with the reserved one")?;
        check(is_usual(self.meta.unknown), "the unknown weight is no log probability")?;
        check(weights.iter().all(|weight| weight <= 0.0), "a weight is no log probability")?;
        chars.validate()?;
        check(self.spelled().is_sound(chars.chars.len()), "a character's code is out of range")?;

        check(class_of_word.iter().all(|class| usize::from(class) < classes), "a word's class is out of range")?;
        let word_weight = |word: u32| match word.checked_sub(1) {
            Some(word) => class_of_word.get(word as usize).map_or(f64::NAN, |class| weights.at(class.into())),
            None => f64::NEG_INFINITY,
        };
        let char_weights = (0..).zip(chars.char_words.iter()).map(|(code, word)| char_weight(code, word_weight(word)));
        check(char_weights.eq(chars.char_weights.iter()), "a character's weight is not its word's")?;
        let is_tag = |tag: &u8| usize::from(*tag) < self.tags.len();
        check(tags.into_iter().flatten().all(is_tag), "a word's tag is out of range")
    }

    /// Returns the entry of `word`, spelled as the dictionary spells it.
    pub(super) fn get(&self, word: &str) -> Option<Entry> {
        let (table, len) = (self.spelled(), word.chars().count());
        let mut whole = 0;
        self.lexicon().each_prefix(word.chars().map(|c| table.at(c.into())), |prefix, word, _| {
            whole = if prefix == len { word } else { 0 };
        });
        self.entry(WordId(whole.checked_sub(1)?))
    }

    /// Returns the entry of the word with this number.
    pub(super) fn entry(&self, id: WordId) -> Option<Entry> {
        let of_word = self.frequency_of_word();
        let frequency = match of_word.len() {
            0 => self.frequencies().get(self.class_of_word().get(id.index())?.into()),
            _ => of_word.get(id.index()),
        }?;
        Some(Entry { id, frequency, tag: self.tags(false).of(id.0) })
    }

    /// Returns the tags of words in the natural profile, or in jieba's.
    #[inline]
    pub(super) fn tags(&self, natural: bool) -> WordTags<'_> {
        let natural_tags = self.slice(Section::NaturalTagOfWord);
        let is_other = natural && !natural_tags.is_empty();
        let of_word = if is_other { natural_tags } else { self.slice(Section::TagOfWord) };
        WordTags { of_word, tags: &self.tags, of_user_word: &[], user_tags: &[] }
    }

    /// Returns the folds or the variants that a builder was given, except for invalid characters.
    pub(super) fn pairs(&self, section: Section) -> HashMap<char, char> {
        let chars = U32s::new(self.slice(section));
        let pairs = (0..chars.len()).step_by(2);
        pairs.filter_map(|at| char::from_u32(chars.at(at)).zip(char::from_u32(chars.at(at + 1)))).collect()
    }

    /// Returns the table from the characters of words to their codes.
    pub(super) fn spelled(&self) -> PageTable<'_> {
        PageTable::new(self.slice(Section::Spelled), self.slice(Section::Leaves))
    }

    /// Returns the table from characters to the characters that they are looked up as, with folding
    /// or without.
    #[inline]
    pub(super) fn folding(&self, fold: bool) -> Folding<'_> {
        let chars = self.chars();
        Folding { table: if fold { chars.folded } else { chars.exact }, chars: chars.chars }
    }

    #[inline]
    pub(super) fn chars(&self) -> CharArrays<'_> {
        match &self.embedded {
            Some(lexicon) => lexicon.alphabet,
            None => CharArrays::new(|section| self.slice(section)),
        }
    }

    /// Returns, by class, the frequency, or the least of the frequencies that share the class; 0
    /// for the reserved class.
    pub(super) fn frequencies(&self) -> U64s<'_> {
        U64s::new(self.slice(Section::Frequencies))
    }

    /// Returns the log probability by class.
    #[inline]
    pub(super) fn weights(&self) -> F64s<'_> {
        F64s::new(self.slice(Section::Weights))
    }

    fn class_of_word(&self) -> U16s<'_> {
        U16s::new(self.slice(Section::ClassOfWord))
    }

    /// Returns the frequency by word, if there are more frequencies than classes. Otherwise the
    /// array is empty.
    fn frequency_of_word(&self) -> U64s<'_> {
        U64s::new(self.slice(Section::FrequencyOfWord))
    }

    #[inline]
    pub(super) fn lexicon(&self) -> Lexicon<'_> {
        match &self.embedded {
            Some(lexicon) => *lexicon,
            None => self.lexicon_in(&self.file),
        }
    }

    fn lexicon_in<'a>(&self, file: &'a [u8]) -> Lexicon<'a> {
        let slice = |section: Section| &file[self.sections[section as usize].clone()];
        #[expect(clippy::expect_used, reason = "checked when the image was opened")]
        let pairs = PairFilter::new(slice(Section::Pairs)).expect("a power of two of bits");
        Lexicon {
            alphabet: CharArrays::new(slice),
            cells: bytemuck::cast_slice(slice(Section::Cells)),
            pairs,
            // `None` if the section is missing.
            thirds: PairFilter::new(slice(Section::Thirds)),
            weights: F64s::new(slice(Section::Weights)),
            user_weights: &[],
            unknown: self.meta.unknown,
            longest: fits(self.meta.longest),
            last_word: fits(self.meta.words),
        }
    }

    #[inline]
    fn slice(&self, section: Section) -> &[u8] {
        &self.file[self.sections[section as usize].clone()]
    }
}

pub(super) fn too_many(what: &str, most: usize, found: usize) -> Error {
    Error::new(format!("expected at most {most} different {what}, found {found}"))
}

/// Returns the different tags, sorted.
pub(super) fn different_tags(tags: impl Iterator<Item = Tag>) -> Result<Vec<Tag>, Error> {
    const MOST: usize = 256;
    let mut different = Vec::with_capacity(MOST);
    for tag in tags {
        if let Err(place) = different.binary_search(&tag) {
            if different.len() == MOST {
                return Err(too_many("tags", MOST, MOST + 1));
            }
            different.insert(place, tag);
        }
    }
    Ok(different)
}

/// Returns the index of `tag` among the `different` tags.
pub(super) fn number_of(tag: &Tag, different: &[Tag]) -> u8 {
    different.binary_search(tag).map_or(0, fits)
}
