//! Trained weights, and their compilation.

use foldhash::HashMap;

use super::image::{KIND, MARK_PAIRS, MARKS, MOST_SYMBOLS, packed};
use super::pair_table::PairTable;
use super::row::{NEUTRAL, Row};
use super::symbol::Symbol;
use crate::dictionary::Dictionary;
use crate::error::Error;
use crate::numbers::fits;
use crate::storage::char_table::Leaves;
use crate::storage::image::Writer;

/// The weights of an item at a place, as natural logarithms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Around {
    /// For a border after a character: two before the place, one before it, at it, one after it.
    pub borders: [f32; 4],
    /// For a character that is a word by itself: one before the place, at it, one after it.
    pub singles: [f32; 3],
}

/// The weights that a trainer has found, for [`WordModel::compile`](super::WordModel::compile).
#[derive(Clone, Debug)]
pub struct WordWeights {
    /// The characters that are symbols, the Han characters first. The first one is symbol
    /// [`Symbol::FIRST`], and so on.
    pub chars: Vec<char>,
    /// The number of Han characters in [`WordWeights::chars`]. All other symbols are words by
    /// themselves.
    pub han: usize,
    /// The weights of each symbol. The place is that of the symbol.
    pub rows: Vec<Around>,
    /// The weights of pairs of neighbouring symbols. The place is that of the second symbol.
    pub pairs: Vec<([u16; 2], Around)>,
    /// The weights of each mark, by its bits as in [`Marks`](super::Marks). The place is that of
    /// the mark.
    pub marks: Vec<Around>,
    /// The weights of each pair of neighbouring marks, by [`Marks::pair`](super::Marks::pair). The
    /// place is that of the second mark.
    pub mark_pairs: Vec<Around>,
    /// By the dictionary's word number: how far the training text bears the word out. 0: it does
    /// not, so the word is no witness. 1: it does in part, or does not have the word. 2: it does.
    pub beliefs: Vec<u8>,
    /// The dictionary of these words. Its characters also fold Traditional ones.
    pub dictionary: Option<Dictionary>,
}

/// The number of units of a weight's byte in one natural logarithm.
pub(super) const SCALE: f32 = 24.0;

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
        check(self.marks.len() == MARKS, "there are not 256 marks")?;
        check(self.mark_pairs.len() == MARK_PAIRS, "there are not 4,096 pairs of marks")?;
        check(self.pairs.iter().all(|(of, _)| is_symbol(of)), "a pair has no symbols")?;
        check(self.beliefs.iter().all(|&belief| belief <= 2), "a belief is greater than 2")?;

        let mut image = Writer::new(KIND);
        let number_of: HashMap<char, u16> =
            (Symbol::FIRST..).zip(&self.chars).map(|(symbol, &c)| (c, symbol)).collect();
        let mut leaves = Leaves::default();
        let index = leaves.index(|c| {
            let read = Symbol::plain(self.dictionary.as_ref().map_or(c, |dictionary| dictionary.simplified(c)));
            number_of.get(&read).copied().unwrap_or_else(|| kind_of(read))
        });
        image.items(b"indx", index.into_iter().map(u16::to_le_bytes));
        image.items(b"leaf", leaves.finish().into_iter().map(u16::to_le_bytes));
        image.items(b"han ", [fits::<u16, _>(self.han).to_le_bytes()]);
        let rows = |weights: &[Around]| weights.iter().map(|&weights| woven(weights)).collect::<Vec<_>>();
        image.items(b"rows", rows(&self.rows));
        PairTable::write(&mut image, self.pairs.iter().map(|&(of, weights)| (of, woven(weights))))?;
        image.items(b"mark", rows(&self.marks));
        image.items(b"mpai", rows(&self.mark_pairs));
        image.bytes(b"beli", packed(self.beliefs.iter().copied()));
        let dictionary = self.dictionary.as_ref().map_or(0, Dictionary::fingerprint);
        image.items(b"dict", [dictionary.to_le_bytes()]);
        Ok(image.finish())
    }
}

/// Returns the symbol of a character that has no symbol of its own.
fn kind_of(c: char) -> u16 {
    match c {
        c if crate::text::codes::is_han(c) => Symbol::UNKNOWN_HAN,
        c if c.is_control() || c.is_whitespace() => Symbol::EDGE,
        c if c.is_numeric() => Symbol::NUMBER,
        c if c.is_alphabetic() && u32::from(c) < 0x250 => Symbol::LATIN,
        _ => Symbol::OTHER,
    }
}

/// Returns a weight as a byte.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "nothing is cut off")]
fn byte(weight: f32) -> u8 {
    ((weight * SCALE).round().clamp(-127.0, 127.0) + f32::from(NEUTRAL)) as u8
}

/// Returns weights in the order that [`scores`](super::scores) reads: those of borders at even
/// indices.
fn woven(weights: Around) -> Row {
    let [a, b, c, d] = weights.borders;
    let [e, f, g] = weights.singles;
    [a, 0.0, b, e, c, f, d, g].map(byte)
}
