//! The characters of an image: their codes, and the data by code that every position of a text
//! looks up.

use super::classes::is_usual;
use super::double_array::Cell;
use super::sections::Section;
use crate::storage::bytes::{F64s, U32s};
use crate::storage::char_table::{CharTable, PageTable};
use crate::storage::image::{Writer, check};
use crate::text::codes::{BREAK, Code, FIRST, GLUE, NOT_ALONE, Tables, alone_bit, traits_of};

/// The arrays by character and by code.
#[derive(Clone, Copy)]
pub(crate) struct CharArrays<'a> {
    pub(super) exact: CharTable<'a>,
    pub(crate) folded: CharTable<'a>,
    /// By code: the character, or 0.
    pub(super) chars: U32s<'a>,
    pub(super) traits: &'a [u8],
    /// By code: the base of the children of this first character; 0 if it has none.
    pub(crate) bases: U32s<'a>,
    /// By code: the number plus one of the word that is this character; 0 if there is none.
    pub(crate) char_words: U32s<'a>,
    /// By code: the log probability of that word, as [`char_weight`] returns it.
    pub(crate) char_weights: F64s<'a>,
}

/// Writes the sections, from the prefixes of one code and the weights of classes.
pub(super) fn write(image: &mut Writer, tables: Tables, chars: &[char], firsts: &[Cell], weights: &[f64]) {
    let Tables { exact, folded, leaves, .. } = tables;
    let numbers = |image: &mut Writer, section: Section, numbers: Vec<u16>| {
        image.items(section.name(), numbers.into_iter().map(u16::to_le_bytes));
    };
    numbers(image, Section::Leaves, leaves);
    numbers(image, Section::Exact, exact.0);
    numbers(image, Section::ExactBeyond, exact.1);
    numbers(image, Section::Folded, folded.0);
    numbers(image, Section::FoldedBeyond, folded.1);
    let char_weight = |(code, first): (Code, &Cell)| char_weight(code, weights[usize::from(first.class)]).to_le_bytes();
    image.items(Section::Chars.name(), chars.iter().map(|&c| u32::from(c).to_le_bytes()));
    image.items(Section::Traits.name(), (0..).zip(chars).map(|(code, &c)| [traits_of(code, c)]));
    image.items(Section::Bases.name(), firsts.iter().map(|first| first.base.to_le_bytes()));
    image.items(Section::CharWords.name(), firsts.iter().map(|first| first.word.to_le_bytes()));
    image.items(Section::CharWeights.name(), (0..).zip(firsts).map(char_weight));
    numbers(image, Section::Spelled, tables.spelled);
}

impl<'a> CharArrays<'a> {
    /// Returns the arrays of an opened image, whose sections `section` returns.
    #[inline]
    #[expect(clippy::expect_used, reason = "checked when the image was opened")]
    pub(super) fn new(section: impl Fn(Section) -> &'a [u8]) -> CharArrays<'a> {
        let table = |basic, beyond| {
            let beyond = PageTable::new(section(beyond), section(Section::Leaves));
            CharTable::new(section(basic), beyond).expect("a code for each character of the basic plane")
        };
        CharArrays {
            exact: table(Section::Exact, Section::ExactBeyond),
            folded: table(Section::Folded, Section::FoldedBeyond),
            chars: U32s::new(section(Section::Chars)),
            traits: section(Section::Traits),
            bases: U32s::new(section(Section::Bases)),
            char_words: U32s::new(section(Section::CharWords)),
            char_weights: F64s::new(section(Section::CharWeights)),
        }
    }
}

impl CharArrays<'_> {
    /// Checks everything that lookups rely on, except for the words of one character.
    pub(super) fn validate(&self) -> Result<(), &'static str> {
        let codes = self.chars.len();
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

/// Returns the weight in the arrays of a code whose character is a word of this `weight`. `weight`
/// is minus infinity if there is no such word.
///
/// The weight of [`BREAK`] is 0 and all others are less, so the sign tells where a run ends. The
/// weight of [`GLUE`] is so close to 0 that it is lost in any sum.
pub(super) fn char_weight(code: Code, weight: f64) -> f64 {
    const NEARLY_ZERO: f64 = -1e-290;
    match code {
        BREAK => 0.0,
        GLUE => NEARLY_ZERO,
        _ => weight.min(NEARLY_ZERO),
    }
}
