//! Simplified characters for Traditional ones.

use std::borrow::Cow;

use super::cutter::Cutter;
use crate::lexicon::codes::is_han;

/// Gives texts the Simplified characters that their Traditional ones are looked up as.
pub(crate) struct Simplifier<'s> {
    /// None if the segmenter folds nothing.
    cutter: Option<Cutter<'s>>,
}

impl<'s> Simplifier<'s> {
    pub(super) fn new(cutter: Option<Cutter<'s>>) -> Simplifier<'s> {
        Simplifier { cutter }
    }

    /// `text` in Simplified characters; as it is if there are none to change.
    pub(crate) fn simplify<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // All Han characters begin with this byte or a greater one.
        let cutter = self.cutter.as_ref().filter(|_| text.bytes().any(|byte| byte >= 0xE3));
        let Some(cutter) = cutter else { return Cow::Borrowed(text) };
        // Nearly all are their own.
        let simplified = |c: char| Some(cutter.folded(c)).filter(|&folded| folded != c && is_han(c)).unwrap_or(c);
        match text.chars().all(|c| simplified(c) == c) {
            true => Cow::Borrowed(text),
            false => Cow::Owned(text.chars().map(simplified).collect()),
        }
    }
}
