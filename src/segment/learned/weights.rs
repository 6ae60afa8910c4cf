//! Trained weights, and how they are compiled.

use std::collections::BTreeMap;

use super::image::{KIND, MOST_SYMBOLS, NEUTRAL, section};
use super::pair_table::PairTable;
use crate::Error;
use crate::dictionary::Dictionary;
use crate::numbers::fits;
use crate::storage::char_table::Leaves;
use crate::storage::image::Writer;

/// Four weights, one for each tag: B, M, E, S.
type Four = [f32; 4];

/// The symbols that stand for more than one character.
#[derive(Clone, Copy, Debug)]
pub struct Symbol;

impl Symbol {
    /// Beside the text: before its beginning and after its end; also control characters.
    pub const EDGE: u16 = 0;
    /// What is nothing of the others: emoji, links, rare marks, other scripts.
    pub const OTHER: u16 = 1;
    /// A number, a date, a time: anything that begins with a digit and has no letters.
    pub const NUMBER: u16 = 2;
    /// A Latin word.
    pub const LATIN: u16 = 3;
    /// A Han character that the training text did not have, or hardly.
    pub const UNKNOWN_HAN: u16 = 4;
    /// The first that is a character.
    pub const FIRST: u16 = 5;

    /// Returns the character that `c` is read as: full width as half width, one form of quotation
    /// mark.
    ///
    /// ```
    /// # use fenci::segment::Symbol;
    /// assert_eq!(['，', '「', '字'].map(Symbol::plain), [',', '“', '字']);
    /// ```
    pub fn plain(c: char) -> char {
        match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '。' => '.',
            '「' | '『' => '“',
            '」' | '』' => '”',
            _ => c,
        }
    }
}

/// What a trainer has found, for [`WordModel::compile`](super::WordModel::compile).
///
/// Weights are natural logarithms. Tags are in the order B, M, E, S.
#[derive(Clone, Debug)]
pub struct WordWeights {
    /// The characters that are symbols, the Han characters first. The first is symbol
    /// [`Symbol::FIRST`], and so on.
    pub chars: Vec<char>,
    /// How many of [`WordWeights::chars`] are Han characters. All other symbols are words by
    /// themselves.
    pub han: usize,
    /// For each symbol the weights of the positions two before it, one before it, at it, one after
    /// it, two after it.
    pub rows: Vec<[Four; 5]>,
    /// For two neighbouring symbols the weights of the position before them, of both, and of the
    /// one after them.
    pub pairs: Vec<([u16; 2], [Four; 4])>,
    /// For two symbols the weights of the position between them.
    pub around: Vec<([u16; 2], Four)>,
    /// For each mark its weights; [`Marks`](super::Marks) says what its bits are.
    pub marks: Vec<Four>,
    /// For a mark and the next one the weights of both positions.
    pub mark_pairs: Vec<([u8; 2], [Four; 2])>,
    /// What a tag adds after another: `steps[before][after]`.
    pub steps: [Four; 4],
    /// By the dictionary's word number how far the training text bears a word out: 0 it does not,
    /// so that the word is no witness; 1 in part, or it does not have it; 2 it does.
    pub beliefs: Vec<u8>,
    /// The dictionary whose words these are, by whose characters Traditional ones are folded.
    pub dictionary: Option<Dictionary>,
}

/// Units of a weight's byte in a natural logarithm.
const SCALE: f32 = 24.0;

impl WordWeights {
    pub(super) fn to_image(&self) -> Result<Vec<u8>, Error> {
        let symbols = usize::from(Symbol::FIRST) + self.chars.len();
        let check = |holds: bool, what: &str| match holds {
            true => Ok(()),
            false => Err(Error::new(format!("expected word weights that fit each other, but {what}"))),
        };
        let is_symbol = |of: &[u16; 2]| of.iter().all(|&symbol| usize::from(symbol) < symbols);
        check(symbols <= MOST_SYMBOLS, "there are too many symbols")?;
        check(self.han <= self.chars.len(), "there are more Han characters than characters")?;
        check(self.rows.len() == symbols, "there is not one row for each symbol")?;
        check(self.marks.len() == 256, "there are not 256 marks")?;
        check(self.pairs.iter().all(|(of, _)| is_symbol(of)), "a pair has no symbols")?;
        check(self.around.iter().all(|(of, _)| is_symbol(of)), "a pair around a position has no symbols")?;
        check(self.beliefs.iter().all(|&belief| belief <= 2), "a belief is greater than 2")?;

        let mut image = Writer::new(KIND);
        let number_of: BTreeMap<char, u16> =
            (Symbol::FIRST..).zip(&self.chars).map(|(symbol, &c)| (c, symbol)).collect();
        let mut leaves = Leaves::default();
        let index = leaves.index(|c| {
            let read = Symbol::plain(self.dictionary.as_ref().map_or(c, |dictionary| dictionary.simplified(c)));
            number_of.get(&read).copied().unwrap_or_else(|| kind_of(read))
        });
        image.items(section::INDEX, index.into_iter().map(u16::to_le_bytes));
        image.items(section::LEAVES, leaves.finish().into_iter().map(u16::to_le_bytes));
        image.items(section::HAN, [fits::<u16, _>(self.han).to_le_bytes()]);
        let steps = self.steps.as_flattened().iter().map(|&weight| (weight * SCALE).round().clamp(-999.0, 999.0));
        image.items(section::STEPS, steps.map(|weight| whole(weight).to_le_bytes()));
        let rows = self.rows.iter().map(|&[a, b, c, d, e]| [woven(a, b), woven(c, d), woven(e, [0.0; 4])]);
        image.items(section::ROWS, rows.flatten());

        let pairs = self.pairs.iter().map(|&(of, [a, b, c, d])| (of, join(woven(a, b), woven(c, d))));
        PairTable::<20>::write(&mut image, section::PAIRS, pairs, NEUTRAL)?;
        let around = self.around.iter().map(|&(of, weights)| (of, weights.map(byte)));
        PairTable::<8>::write(&mut image, section::AROUND, around, NEUTRAL)?;
        image.items(section::MARKS, self.marks.iter().map(|weights| weights.map(byte)));
        let mut mark_pairs = vec![[NEUTRAL; 8]; 1 << 16];
        for &([first, second], [a, b]) in &self.mark_pairs {
            mark_pairs[usize::from(first) << 8 | usize::from(second)] = woven(a, b);
        }
        image.items(section::MARK_PAIRS, mark_pairs);
        let quarters =
            self.beliefs.chunks(4).map(|four| (0..).zip(four).fold(0, |byte, (at, belief)| byte | belief << (2 * at)));
        image.bytes(section::BELIEFS, quarters.collect());
        let dictionary = self.dictionary.as_ref().map_or(0, Dictionary::fingerprint);
        image.items(section::DICTIONARY, [dictionary.to_le_bytes()]);
        Ok(image.finish())
    }
}

/// The symbol of a character that has none of its own.
fn kind_of(c: char) -> u16 {
    match c {
        c if crate::text::codes::is_han(c) => Symbol::UNKNOWN_HAN,
        c if c.is_control() || c.is_whitespace() => Symbol::EDGE,
        c if c.is_numeric() => Symbol::NUMBER,
        c if c.is_alphabetic() && u32::from(c) < 0x250 => Symbol::LATIN,
        _ => Symbol::OTHER,
    }
}

/// A weight as a byte: none is [`NEUTRAL`], and none is zero, so that sums of as many bytes never
/// borrow.
fn byte(weight: f32) -> u8 {
    let units = (weight * SCALE).round().clamp(-127.0, 127.0);
    let [low, _] = whole(units + f32::from(NEUTRAL)).to_le_bytes();
    low
}

/// A rounded number of less than a thousand.
#[expect(clippy::cast_possible_truncation, reason = "nothing is cut off")]
fn whole(number: f32) -> i16 {
    number as i16
}

/// The weights of two positions as [`scores`](super::scores) reads them: those of the first at even
/// places.
fn woven(first: Four, second: Four) -> [u8; 8] {
    let mut bytes = [0; 8];
    for tag in 0..4 {
        bytes[2 * tag] = byte(first[tag]);
        bytes[2 * tag + 1] = byte(second[tag]);
    }
    bytes
}

fn join(first: [u8; 8], second: [u8; 8]) -> [u8; 16] {
    std::array::from_fn(|at| if at < 8 { first[at] } else { second[at - 8] })
}
