//! Which tokens that the dictionary does not have are the same.

use std::borrow::Cow;
use std::hash::BuildHasher;

use crate::numbers::{fits, low};

/// Slots of terms by their texts, and by their Simplified forms.
pub(super) struct Others<'t> {
    texts: Vec<Text<'t>>,
    marks: Marks,
}

/// A text that has a slot.
struct Text<'t> {
    hash: u64,
    text: Cow<'t, str>,
    slot: u32,
}

/// What finds the texts by their hashes, kept between calls: open addressing, at the most half full.
#[derive(Default)]
pub(super) struct TextTable {
    /// 0, or which of the texts, plus 1. As many as a power of two.
    cells: Vec<u32>,
    hasher: foldhash::fast::RandomState,
}

impl<'t> Others<'t> {
    /// With room for those of so many tokens, of which many are the same.
    pub(super) fn with_room(tokens: usize) -> Others<'t> {
        const MOST: usize = 1 << 6;
        Others { texts: Vec::with_capacity(tokens.min(MOST)), marks: Marks::default() }
    }

    /// The slot of `text`; `next` if it has none yet, and then its Simplified form, if that is another.
    #[inline]
    pub(super) fn slot<'f>(
        &mut self,
        table: &mut TextTable,
        text: &'t str,
        next: u32,
        simplified: impl FnOnce() -> Cow<'f, str>,
    ) -> (u32, Option<String>) {
        let Others { texts, marks } = self;
        let mut form = None;
        let slot = marks.slot(text, || table.find_or_add(texts, text, next, simplified, &mut form));
        (slot, form)
    }
}

impl TextTable {
    /// Make it empty, with room for so many texts.
    pub(super) fn reset(&mut self, texts: usize) {
        self.cells.clear();
        self.cells.resize((2 * texts.min(MOST_AT_ONCE)).next_power_of_two().max(16), 0);
    }

    #[inline(never)]
    fn find_or_add<'t, 'f>(
        &mut self,
        texts: &mut Vec<Text<'t>>,
        text: &'t str,
        next: u32,
        simplified: impl FnOnce() -> Cow<'f, str>,
        form: &mut Option<String>,
    ) -> u32 {
        let hash = self.hasher.hash_one(text);
        if let Some(slot) = self.find(texts, hash, text) {
            return slot;
        }
        let mut slot = next;
        if let Cow::Owned(simplified) = simplified() {
            let hash = self.hasher.hash_one(simplified.as_str());
            match self.find(texts, hash, &simplified) {
                Some(known) => slot = known,
                None => self.add(texts, Text { hash, text: Cow::Owned(simplified.clone()), slot }),
            }
            *form = Some(simplified);
        }
        self.add(texts, Text { hash, text: Cow::Borrowed(text), slot });
        slot
    }

    fn find(&self, texts: &[Text<'_>], hash: u64, text: &str) -> Option<u32> {
        let mut cell = self.cell(hash);
        while let Some(at) = self.cells[cell].checked_sub(1) {
            let known = &texts[at as usize];
            if known.hash == hash && known.text == text {
                return Some(known.slot);
            }
            cell = (cell + 1) & (self.cells.len() - 1);
        }
        None
    }

    fn add<'t>(&mut self, texts: &mut Vec<Text<'t>>, text: Text<'t>) {
        if 2 * (texts.len() + 1) > self.cells.len() {
            let cells = 2 * self.cells.len();
            self.cells.clear();
            self.cells.resize(cells, 0);
            (1..).zip(&*texts).for_each(|(number, text)| self.place(number, text.hash));
        }
        self.place(fits::<u32, _>(texts.len()) + 1, text.hash);
        texts.push(text);
    }

    fn place(&mut self, number: u32, hash: u64) {
        let mut cell = self.cell(hash);
        while self.cells[cell] != 0 {
            cell = (cell + 1) & (self.cells.len() - 1);
        }
        self.cells[cell] = number;
    }

    fn cell(&self, hash: u64) -> usize {
        low(hash >> (64 - self.cells.len().ilog2()))
    }

    /// Free what a huge text left behind.
    pub(super) fn release(&mut self) {
        crate::segment::release(&mut self.cells);
    }
}

/// Room for the texts of an article at once; for those of a book, as they come.
const MOST_AT_ONCE: usize = 1 << 11;

/// The slots of the last few short terms that are no words: commas and full stops, mostly.
#[derive(Default)]
struct Marks([(u32, u32); 16]);

impl Marks {
    /// The slot of a term, found by `find` if it is not among the last ones.
    #[inline]
    fn slot(&mut self, text: &str, find: impl FnOnce() -> u32) -> u32 {
        let bytes = text.as_bytes();
        if !(1..=3).contains(&bytes.len()) {
            return find();
        }
        // All bytes, however many there are, which cannot be predicted.
        let [first, middle, end] = [0, bytes.len() / 2, bytes.len() - 1].map(|at| bytes[at]);
        let key = u32::from_le_bytes([first, middle, end, low(bytes.len())]);
        let last = &mut self.0[usize::from(end & 15)];
        if last.0 != key {
            *last = (key, find());
        }
        last.1
    }
}
