//! Buffers that are kept between calls, so that a loop over many texts allocates nothing after the first.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

use crate::segment::route::Route;
use crate::segment::tag_model::Path;
use crate::segment::token::Span;
use crate::segment::{LeftOver, Word};
use crate::text::Units;

/// What a thread keeps of one buffer, in bytes.
const KEPT: usize = 1 << 20;
/// How many sets of buffers a thread keeps: as many as there are iterators alive at once, usually one.
const KEPT_SETS: usize = 4;

/// Everything that segmentation writes to.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) buffers: Buffers,
    pub(crate) path: Path,
    /// The tokens of the batch.
    pub(crate) spans: Vec<Span>,
}

/// What the way from a batch of text to its tokens needs.
#[derive(Default)]
pub(crate) struct Buffers {
    pub(crate) units: Units,
    pub(crate) route: Route,
    pub(crate) left_over: LeftOver,
    /// The words whose parts come with them.
    pub(crate) words: Vec<Word>,
    /// The parts of a word.
    pub(crate) parts: Vec<Span>,
}

thread_local! {
    // A set is lent to one iterator after the other; moving a box is cheaper than moving what is in it.
    #[allow(clippy::vec_box)]
    static KEPT_SCRATCH: RefCell<Vec<Box<Scratch>>> = const { RefCell::new(Vec::new()) };
}

/// A set of buffers, given back to its thread at the end.
pub(crate) struct Borrowed(Option<Box<Scratch>>);

impl Borrowed {
    pub(crate) fn new() -> Borrowed {
        // A thread that is ending has no store any more.
        let kept = KEPT_SCRATCH.try_with(|kept| kept.borrow_mut().pop()).ok().flatten();
        Borrowed(Some(kept.unwrap_or_default()))
    }
}

impl Deref for Borrowed {
    type Target = Scratch;

    #[expect(clippy::expect_used, reason = "it is given back when dropped only")]
    fn deref(&self) -> &Scratch {
        self.0.as_ref().expect("given back when dropped only")
    }
}

impl DerefMut for Borrowed {
    #[expect(clippy::expect_used, reason = "it is given back when dropped only")]
    fn deref_mut(&mut self) -> &mut Scratch {
        self.0.as_mut().expect("given back when dropped only")
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        let Some(mut scratch) = self.0.take() else { return };
        scratch.release();
        let _ = KEPT_SCRATCH.try_with(|kept| {
            let mut kept = kept.borrow_mut();
            if kept.len() < KEPT_SETS {
                kept.push(scratch);
            }
        });
    }
}

impl Scratch {
    fn release(&mut self) {
        self.buffers.units.release();
        self.buffers.route.release();
        self.buffers.left_over.release();
        crate::segment::release(&mut self.buffers.words);
        crate::segment::release(&mut self.buffers.parts);
        self.path.release();
        release(&mut self.spans);
    }
}

/// Free a buffer that one huge text has made huge.
#[inline]
pub(crate) fn release<T>(buffer: &mut Vec<T>) {
    if buffer.capacity() > KEPT / size_of::<T>().max(1) {
        *buffer = Vec::new();
    }
}
