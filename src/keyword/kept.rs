//! Buffers that a thread keeps from one text to the next.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::thread::LocalKey;

/// Where a thread keeps one set of buffers.
pub(super) type Store<B> = LocalKey<Cell<Option<Box<B>>>>;

/// Buffers that are worth keeping.
pub(super) trait Buffers: Default + 'static {
    fn store() -> &'static Store<Self>;

    /// Free what a huge text left behind.
    fn release(&mut self);
}

/// A set of buffers, given back to its thread at the end.
pub(super) struct Borrowed<B: Buffers>(Option<Box<B>>);

impl<B: Buffers> Borrowed<B> {
    pub(super) fn new() -> Borrowed<B> {
        // A thread that is ending has no store any more.
        let kept = B::store().try_with(Cell::take).ok().flatten();
        Borrowed(Some(kept.unwrap_or_default()))
    }
}

impl<B: Buffers> Deref for Borrowed<B> {
    type Target = B;

    #[inline]
    #[expect(clippy::expect_used, reason = "it is given back when dropped only")]
    fn deref(&self) -> &B {
        self.0.as_ref().expect("given back when dropped only")
    }
}

impl<B: Buffers> DerefMut for Borrowed<B> {
    #[inline]
    #[expect(clippy::expect_used, reason = "it is given back when dropped only")]
    fn deref_mut(&mut self) -> &mut B {
        self.0.as_mut().expect("given back when dropped only")
    }
}

impl<B: Buffers> Drop for Borrowed<B> {
    fn drop(&mut self) {
        let Some(mut buffers) = self.0.take() else { return };
        buffers.release();
        let _ = B::store().try_with(|kept| kept.set(Some(buffers)));
    }
}
