//! What cutting a batch reads and writes.

use super::learned;
use super::list::List;
use super::route::Route;
use super::route_words::RouteWords;
use super::span::Span;
use crate::text::Units;

/// A batch that has been read, and where its words go.
pub(super) struct Work<'a> {
    pub(super) text: &'a str,
    /// The first character that has not been cut yet: that of a batch, unless it is cut in parts.
    pub(super) from: usize,
    pub(super) units: &'a Units,
    /// The dictionary words of the batch are found.
    pub(super) route: &'a mut Route,
    pub(super) route_words: &'a mut RouteWords,
    pub(super) learned: &'a mut learned::Buffers,
    pub(super) words: &'a mut List<Span>,
}
