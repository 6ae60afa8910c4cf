//! Buffers that a thread keeps from one text to the next.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};

use super::{Distinct, Token};
use super::others::TextTable;
use super::words::WordTable;

/// What terms are found with.
#[derive(Default)]
pub(super) struct Buffers {
    pub(super) tokens: Vec<Token>,
    /// The tokens that are no dictionary words.
    pub(super) others: Vec<u32>,
    pub(super) words: WordTable,
    pub(super) texts: TextTable,
    /// The different terms: first those that are dictionary words, then all others; each by their first places.
    pub(super) distinct: Vec<Distinct>,
    /// By different term: which of the keywords it is.
    pub(super) ranks: Vec<u32>,
    /// Tokens of keywords, with the keywords' ranks.
    pub(super) found: Vec<(u32, u32)>,
}

thread_local! {
    static KEPT: Cell<Option<Box<Buffers>>> = const { Cell::new(None) };
}

/// Buffers, given back to their thread at the end.
pub(super) struct Borrowed(Option<Box<Buffers>>);

impl Borrowed {
    pub(super) fn new() -> Borrowed {
        // A thread that is ending has no store any more.
        let kept = KEPT.try_with(Cell::take).ok().flatten();
        Borrowed(Some(kept.unwrap_or_default()))
    }
}

impl Deref for Borrowed {
    type Target = Buffers;

    #[inline]
    fn deref(&self) -> &Buffers {
        self.0.as_ref().expect("given back when dropped only")
    }
}

impl DerefMut for Borrowed {
    #[inline]
    fn deref_mut(&mut self) -> &mut Buffers {
        self.0.as_mut().expect("given back when dropped only")
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        let Some(mut buffers) = self.0.take() else { return };
        crate::release(&mut buffers.tokens);
        crate::release(&mut buffers.others);
        buffers.words.release();
        buffers.texts.release();
        crate::release(&mut buffers.distinct);
        crate::release(&mut buffers.ranks);
        crate::release(&mut buffers.found);
        let _ = KEPT.try_with(|kept| kept.set(Some(buffers)));
    }
}
