//! The inputs and outputs of cutting a batch.

use super::learned;
use super::list::List;
use super::route::Route;
use super::route_words::RouteWords;
use super::span::Span;
use crate::text::Units;

/// A batch that has been read, and the list that its words go to.
pub(super) struct Work<'a> {
    pub(super) text: &'a str,
    /// The first character that has not been cut yet: 0, unless the batch is cut in parts.
    pub(super) from: usize,
    pub(super) units: &'a Units,
    /// The route, in which the dictionary words of the batch are already found.
    pub(super) route: &'a mut Route,
    pub(super) route_words: &'a mut RouteWords,
    pub(super) learned: &'a mut learned::Buffers,
    pub(super) words: &'a mut List<Span>,
}
