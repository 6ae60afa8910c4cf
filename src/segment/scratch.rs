//! Buffers that a thread keeps between calls, so that a loop over many texts allocates nothing
//! after the first one.

use std::cell::RefCell;

use super::learned;
use super::list::List;
use super::route::Route;
use super::route_words::RouteWords;
use super::span::Span;
use super::tag_model::Path;
use crate::text::Units;

/// A set of buffers with room for more characters or words than this, about a megabyte, is freed,
/// not kept. A set for usual texts has room for an eighth.
const MOST: usize = 1 << 13;
/// The same limit for the characters of a tagged word. Each takes as much memory as thirty other
/// characters.
const MOST_TAGGED: usize = 1 << 10;
/// The number of sets that a thread keeps. It needs as many as it has iterators alive at once,
/// usually one.
const MOST_SETS: usize = 4;

/// All buffers to which segmentation writes.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) units: Units,
    /// The number of units that have been cut. It is greater than their number if the text was left
    /// before its end.
    pub(super) given: usize,
    pub(crate) route: Route,
    pub(super) route_words: RouteWords,
    pub(super) learned: learned::Buffers,
    /// The words of a batch, in modes that return their parts with them.
    pub(super) whole: List<Span>,
    /// The spans that a batch gives.
    pub(super) spans: List<Span>,
    pub(super) path: Path,
}

impl Scratch {
    /// Returns whether the set is to be kept. Buffers that are not looked at here are as long as
    /// the longest batch.
    fn is_small(&self) -> bool {
        let Scratch { units, route, whole, spans, path, .. } = self;
        let most = units.capacity().max(route.long_capacity()).max(whole.capacity()).max(spans.capacity());
        most <= MOST && path.capacity() <= MOST_TAGGED
    }
}

thread_local! {
    // Moving a box is cheaper than moving its contents.
    static KEPT: RefCell<Vec<Box<Scratch>>> = const { RefCell::new(Vec::new()) };
}

/// A set of buffers on loan from its thread; `None` once it is given back.
pub(crate) struct Lent(Option<Box<Scratch>>);

impl Lent {
    pub(crate) fn new() -> Lent {
        // A thread that is ending has no storage any more.
        Lent(Some(KEPT.try_with(|kept| kept.borrow_mut().pop()).ok().flatten().unwrap_or_default()))
    }

    #[inline(always)]
    pub(crate) fn get(&mut self) -> &mut Scratch {
        self.0.get_or_insert_with(Lent::unused)
    }

    /// Returns new buffers. Never called in practice, but each token asks whether to call it.
    #[cold]
    fn unused() -> Box<Scratch> {
        Box::default()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut scratch) = self.0.take().filter(|scratch| scratch.is_small()) else { return };
        scratch.given = usize::MAX;
        let _ = KEPT.try_with(|kept| {
            let mut kept = kept.borrow_mut();
            if kept.len() < MOST_SETS {
                kept.push(scratch);
            }
        });
    }
}
