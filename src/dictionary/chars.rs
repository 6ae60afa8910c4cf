//! What an image says of characters: their codes, and what every position of a text asks of a code.

use std::ops::Range;

use super::is_usual;
use super::view::Folding;
use crate::Error;
use crate::storage::bytes::{F64s, U16s, U32s};
use crate::storage::char_table::{CharTable, PageTable};
use crate::storage::image::{Reader, Writer};
use crate::text::codes::{BREAK, Code, FIRST, GLUE, NOT_ALONE, alone_bit, traits_of};

/// Names of the sections.
mod section {
    pub(super) const LEAVES: &[u8; 4] = b"leaf";
    pub(super) const EXACT: &[u8; 4] = b"exac";
    pub(super) const EXACT_BEYOND: &[u8; 4] = b"exab";
    pub(super) const FOLDED: &[u8; 4] = b"fold";
    pub(super) const FOLDED_BEYOND: &[u8; 4] = b"folb";
    pub(super) const CHARS: &[u8; 4] = b"char";
    pub(super) const TRAITS: &[u8; 4] = b"trai";
    pub(super) const BASES: &[u8; 4] = b"base";
    pub(super) const CHAR_WORDS: &[u8; 4] = b"chwo";
    pub(super) const CHAR_WEIGHTS: &[u8; 4] = b"chwe";
}

/// Where the arrays lie in their image.
pub(super) struct Chars {
    /// Shared by the tables of characters beyond the basic plane.
    pub(super) leaves: Range<usize>,
    /// The basic plane, and what is beyond.
    exact: [Range<usize>; 2],
    folded: [Range<usize>; 2],
    chars: Range<usize>,
    traits: Range<usize>,
    bases: Range<usize>,
    char_words: Range<usize>,
    char_weights: Range<usize>,
}

/// The arrays.
#[derive(Clone, Copy)]
pub(super) struct CharArrays<'a> {
    pub(super) exact: CharTable<'a>,
    pub(super) folded: CharTable<'a>,
    /// By code: the character, or 0.
    pub(super) chars: U32s<'a>,
    pub(super) traits: &'a [u8],
    pub(super) bases: U32s<'a>,
    pub(super) char_words: U32s<'a>,
    pub(super) char_weights: F64s<'a>,
}

/// The arrays while an image is made.
pub(super) struct NewChars {
    pub(super) exact: (Vec<u16>, Vec<u16>),
    pub(super) folded: (Vec<u16>, Vec<u16>),
    pub(super) leaves: Vec<u16>,
    pub(super) chars: Vec<char>,
    pub(super) bases: Vec<u32>,
    pub(super) char_words: Vec<u32>,
    pub(super) char_weights: Vec<f64>,
}

impl NewChars {
    /// Write the sections.
    pub(super) fn write(self, image: &mut Writer) {
        image.items(section::LEAVES, self.leaves.into_iter().map(u16::to_le_bytes));
        image.items(section::EXACT, self.exact.0.into_iter().map(u16::to_le_bytes));
        image.items(section::EXACT_BEYOND, self.exact.1.into_iter().map(u16::to_le_bytes));
        image.items(section::FOLDED, self.folded.0.into_iter().map(u16::to_le_bytes));
        image.items(section::FOLDED_BEYOND, self.folded.1.into_iter().map(u16::to_le_bytes));
        image.items(section::CHARS, self.chars.iter().map(|&c| u32::from(c).to_le_bytes()));
        image.bytes(section::TRAITS, (0..).zip(&self.chars).map(|(code, &c)| traits_of(code, c)).collect());
        image.items(section::BASES, self.bases.into_iter().map(u32::to_le_bytes));
        image.items(section::CHAR_WORDS, self.char_words.into_iter().map(u32::to_le_bytes));
        image.items(section::CHAR_WEIGHTS, self.char_weights.into_iter().map(f64::to_le_bytes));
    }
}

impl Chars {
    /// Find the sections. What is checked here is what the tables themselves rely on.
    pub(super) fn open(reader: &Reader<'_>) -> Result<Chars, Error> {
        let table = |basic, beyond| {
            let [basic, beyond] = [reader.section(basic, 2)?, reader.section(beyond, 2)?];
            reader.check(basic.len() == 2 << 16, "a table has not one code for each character of the basic plane")?;
            Ok::<_, Error>([basic, beyond])
        };
        Ok(Chars {
            leaves: reader.section(section::LEAVES, 2)?,
            exact: table(section::EXACT, section::EXACT_BEYOND)?,
            folded: table(section::FOLDED, section::FOLDED_BEYOND)?,
            chars: reader.section(section::CHARS, 4)?,
            traits: reader.section(section::TRAITS, 1)?,
            bases: reader.section(section::BASES, 4)?,
            char_words: reader.section(section::CHAR_WORDS, 4)?,
            char_weights: reader.section(section::CHAR_WEIGHTS, 8)?,
        })
    }

    /// The arrays in `bytes`, the image that was opened.
    #[inline]
    pub(super) fn arrays<'a>(&self, bytes: &'a [u8]) -> CharArrays<'a> {
        let slice = |range: &Range<usize>| &bytes[range.clone()];
        CharArrays {
            exact: self.table(bytes, &self.exact),
            folded: self.table(bytes, &self.folded),
            chars: U32s::new(slice(&self.chars)),
            traits: slice(&self.traits),
            bases: U32s::new(slice(&self.bases)),
            char_words: U32s::new(slice(&self.char_words)),
            char_weights: F64s::new(slice(&self.char_weights)),
        }
    }

    /// What characters are looked up as, with folding or without.
    #[inline]
    pub(super) fn folding<'a>(&self, bytes: &'a [u8], fold: bool) -> Folding<'a> {
        let table = if fold { &self.folded } else { &self.exact };
        Folding { table: self.table(bytes, table), chars: U32s::new(&bytes[self.chars.clone()]) }
    }

    #[inline]
    #[expect(clippy::expect_used, reason = "checked when the image was opened")]
    fn table<'a>(&self, bytes: &'a [u8], [basic, beyond]: &[Range<usize>; 2]) -> CharTable<'a> {
        let slice = |range: &Range<usize>| &bytes[range.clone()];
        let beyond = PageTable { index: U16s::new(slice(beyond)), leaves: U16s::new(slice(&self.leaves)) };
        CharTable::new(slice(basic), NOT_ALONE, beyond).expect("checked when the image was opened")
    }
}

impl CharArrays<'_> {
    /// Check everything that look-ups rely on, but for the words that characters are.
    pub(super) fn validate(&self) -> Result<(), &'static str> {
        let codes = self.chars.len();
        let check = |holds: bool, what: &'static str| if holds { Ok(()) } else { Err(what) };
        check((usize::from(FIRST)..=NOT_ALONE.into()).contains(&codes), "the size of its alphabet is off")?;
        let of_codes = [self.traits.len(), self.bases.len(), self.char_words.len(), self.char_weights.len()];
        check(of_codes == [codes; 4], "something is missing of a code")?;

        let is_free = |code: usize| self.bases.at(code) == 0 && self.char_words.at(code) == 0;
        check((0..FIRST.into()).all(is_free), "a reserved code begins a word")?;

        let tables = [self.exact, self.folded];
        check(tables.iter().all(|table| table.is_sound(codes)), "a character's code is out of range")?;
        let mut all_codes = tables.iter().flat_map(|table| table.numbers());
        check(all_codes.all(|code| code & !NOT_ALONE != GLUE), "a character has a reserved code")?;
        let bits =
            |table: &CharTable<'_>| table.basic_numbers().map(|code| code & NOT_ALONE).eq((0..1 << 16).map(alone_bit));
        check(tables.iter().all(bits), "a character does not stand for itself as it should")?;
        check(self.chars.iter().all(|c| char::from_u32(c).is_some()), "a code's character is none")?;
        let chars = self.chars.iter().map(|c| char::from_u32(c).unwrap_or_default());
        let traits = (0..).zip(chars).map(|(code, c)| traits_of(code, c));
        check(traits.eq(self.traits.iter().copied()), "a code's traits are not its character's")?;

        let is_weight = |(code, weight): (Code, f64)| {
            let is_weight = weight == f64::NEG_INFINITY || is_usual(weight);
            is_weight
                && (code > GLUE || weight == char_weight(code, f64::NEG_INFINITY))
                && weight == char_weight(code, weight)
        };
        check((0..).zip(self.char_weights.iter()).all(is_weight), "a character's weight is no log probability")
    }
}

/// The weight of a code whose character is a word of this weight, or minus infinity if it is none.
///
/// That of [`BREAK`] is 0; no other is, so that the sign tells where a run ends. What [`GLUE`] has
/// instead is lost in any sum.
pub(super) fn char_weight(code: Code, weight: f64) -> f64 {
    const NEARLY_ZERO: f64 = -1e-290;
    match code {
        BREAK => 0.0,
        GLUE => NEARLY_ZERO,
        _ => weight.min(NEARLY_ZERO),
    }
}
