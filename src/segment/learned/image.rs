//! The file of a model: its sections, their validation, and the view that loops read.

use std::ops::Range;

use super::marks::size;
use super::pair_table::PairTable;
use super::row::{NO_WEIGHTS, Row};
use super::symbol::Symbol;
use crate::error::Error;
use crate::storage::bytes::{Bytes, U16s, U32s};
use crate::storage::char_table::PageTable;
use crate::storage::image::{Kind, Reader, check};

pub(super) const KIND: Kind = Kind { name: *b"word", version: 1, noun: "a fenci word model" };

/// The greatest number of symbols. Symbols have sixteen bits, and one value is left over for
/// tables.
pub(super) const MOST_SYMBOLS: usize = u16::MAX as usize;

pub(super) const MARKS: usize = 1 << 8;
pub(super) const MARK_PAIRS: usize = 1 << 12;

/// The beliefs in four words that the model does not know: a little in each.
pub(super) const UNKNOWN_WORDS: u8 = 0b0101_0101;

/// The sections of a file, with the number of bytes of each item.
const SECTIONS: [(&[u8; 4], u32); 10] = [
    // The weights of each symbol.
    (b"rows", 8),
    // The map from characters to symbols: the pages, then their leaves.
    (b"indx", 2),
    (b"leaf", 2),
    // The table of pairs: seeds, then places.
    (b"psee", 2),
    (b"pair", 12),
    (b"mark", 8),
    (b"mpai", 8),
    // Two bits for each word of a dictionary, by its number plus one, then [`UNKNOWN_WORDS`].
    (b"beli", 1),
    // The number of symbols that are Han characters.
    (b"han ", 2),
    // The checksum of that dictionary, or 0.
    (b"dict", 4),
];

/// The bytes of a model and the ranges of its sections.
pub(super) struct WordImage {
    bytes: Bytes,
    sections: [Range<usize>; SECTIONS.len()],
    han: u16,
    dictionary: u32,
}

/// A model as loops read it.
#[derive(Clone, Copy)]
pub(crate) struct View<'m> {
    symbols: PageTable<'m>,
    han: u16,
    pub(super) rows: &'m [Row],
    pub(super) pairs: PairTable<'m>,
    pub(super) marks: &'m [Row; MARKS],
    pub(super) mark_pairs: &'m [Row; MARK_PAIRS],
    beliefs: &'m [u8],
    /// The checksum of the dictionary whose words [`View::belief`] knows.
    pub(crate) dictionary: u32,
}

impl WordImage {
    pub(super) fn open(bytes: Bytes) -> Result<WordImage, Error> {
        let reader = Reader::open(&bytes, KIND)?;
        let sections = reader.sections(SECTIONS)?;
        let [.., marks, mark_pairs, _, han, dictionary] = bytes.slices(&sections);
        let (han, dictionary) = (U16s::new(han), U32s::new(dictionary));

        // The views rely on this. So it is checked for the embedded model, too.
        reader.check(marks.len() == 8 * MARKS && mark_pairs.len() == 8 * MARK_PAIRS, "a mark is missing")?;
        reader.check(han.len() == 1 && dictionary.len() == 1, "a number is missing")?;
        let (han, dictionary) = (han.at(0), dictionary.at(0));
        let image = WordImage { sections, han, dictionary, bytes: bytes.clone() };
        if !bytes.are_embedded() {
            image.view().validate().map_err(|what| reader.bad(what))?;
        }
        Ok(image)
    }

    /// Returns the checksum, by which other files identify the model.
    pub(super) fn fingerprint(&self) -> u32 {
        crate::storage::image::fingerprint(&self.bytes)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    #[inline]
    #[expect(clippy::expect_used, reason = "the sizes were checked when the image was opened")]
    pub(super) fn view(&self) -> View<'_> {
        let [rows, index, leaves, seeds, places, marks, mark_pairs, beliefs, ..] = self.bytes.slices(&self.sections);
        View {
            symbols: PageTable::new(index, leaves),
            han: self.han,
            rows: bytemuck::cast_slice(rows),
            pairs: PairTable::new(seeds, places),
            marks: bytemuck::cast_slice(marks).try_into().expect("256 marks"),
            mark_pairs: bytemuck::cast_slice(mark_pairs).try_into().expect("64 times 64 marks"),
            beliefs,
            dictionary: self.dictionary,
        }
    }
}

impl View<'_> {
    /// Returns the symbol of a character that stands by itself.
    #[inline]
    pub(crate) fn symbol(self, c: char) -> u16 {
        self.symbols.at(c.into())
    }

    /// Returns the same model, in which no mark has any weight.
    pub(super) fn without_dictionary(self) -> Self {
        View { marks: &[NO_WEIGHTS; MARKS], mark_pairs: &[NO_WEIGHTS; MARK_PAIRS], ..self }
    }

    /// Returns the same model with other beliefs, packed as its own are.
    pub(super) fn with_beliefs<'b>(self, beliefs: &'b [u8]) -> View<'b>
    where
        Self: 'b,
    {
        View { beliefs, ..self }
    }

    /// Returns the same model with the weights of characters alone.
    pub(super) fn characters_alone(self) -> Self {
        View { pairs: PairTable::none(), ..self.without_dictionary() }
    }

    /// Returns `true` if a symbol is a Han character. All other symbols are words by themselves.
    #[inline(always)]
    pub(super) fn is_han(self, symbol: u16) -> bool {
        symbol.wrapping_sub(Symbol::UNKNOWN_HAN) <= self.han
    }

    /// Returns how far a word of the dictionary is believed, given its number plus one: not at all
    /// if that is 0. The last byte stands for all words after those that the model knows.
    #[inline(always)]
    pub(crate) fn belief(self, word: u32) -> u8 {
        let quarter = self.beliefs[(word as usize / 4).min(self.beliefs.len() - 1)];
        quarter >> (2 * (word % 4)) & 3
    }

    /// Checks everything that lookups rely on.
    fn validate(self) -> Result<(), &'static str> {
        let symbols = self.rows.len();
        check(symbols > usize::from(Symbol::UNKNOWN_HAN) && symbols <= MOST_SYMBOLS, "its symbols are off")?;
        check(
            usize::from(Symbol::UNKNOWN_HAN) + usize::from(self.han) < symbols,
            "it has more Han characters than symbols",
        )?;
        check(self.symbols.is_sound(symbols), "a character's symbol is out of range")?;
        check(self.pairs.is_sound(), "a pair is out of range")?;
        check(self.beliefs.last() == Some(&UNKNOWN_WORDS), "a belief is missing")?;
        check(self.beliefs.iter().all(|byte| byte & byte >> 1 & 0b0101_0101 == 0), "a belief is none")
    }
}

/// A model, with its symbols for a dictionary's codes, so that no character is looked up twice.
#[derive(Clone, Copy)]
pub(crate) struct ModelOfWords<'s> {
    pub(crate) view: View<'s>,
    /// By code.
    pub(crate) symbols: &'s [u16],
}

impl ModelOfWords<'_> {
    /// Returns the model with the weights of characters alone, then with those of pairs, too, then
    /// with all.
    pub(crate) fn parts(self) -> [Self; 3] {
        let views = [self.view.characters_alone(), self.view.without_dictionary(), self.view];
        views.map(|view| ModelOfWords { view, ..self })
    }

    /// Returns the size, for [`Marks`](super::Marks), of a word of `len` characters, given its
    /// number plus one.
    #[inline(always)]
    pub(crate) fn size(self, len: usize, word: u32) -> u8 {
        size(len, self.view.belief(word))
    }
}

/// Packs the beliefs in words, from the first to the last, as a model stores them: two bits each,
/// by the word's number plus one, then [`UNKNOWN_WORDS`].
pub(super) fn packed(beliefs: impl Iterator<Item = u8>) -> Vec<u8> {
    let mut beliefs: Vec<u8> = [0].into_iter().chain(beliefs).collect();
    beliefs.resize(beliefs.len().next_multiple_of(4), 1);
    let four = |four: &[u8]| (0..).zip(four).fold(0, |byte, (at, belief)| byte | belief << (2 * at));
    beliefs.chunks(4).map(four).chain([UNKNOWN_WORDS]).collect()
}
