//! Tells the lines of an article from those around it.

#[rustfmt::skip] // Lists, as wide as a page.
mod cues;
pub(super) mod furniture;
mod judge;
mod lines;
