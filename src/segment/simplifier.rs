//! Replaces Traditional characters by Simplified ones.

use std::borrow::Cow;
use std::fmt;

use crate::dictionary::Folding;
use crate::text::codes::{is_han, narrow};

/// Rewrites text in the characters by which a [`Segmenter`] looks words up.
///
/// [`Segmenter::simplifier`] returns it. A segmenter that does not fold changes no text.
///
/// [`Segmenter`]: crate::Segmenter
/// [`Segmenter::simplifier`]: crate::Segmenter::simplifier
pub struct Simplifier<'s> {
    /// `None` if the segmenter does not fold.
    folding: Option<Folding<'s>>,
}

impl<'s> Simplifier<'s> {
    pub(super) fn new(folding: Option<Folding<'s>>) -> Simplifier<'s> {
        Simplifier { folding }
    }

    /// Returns `text` in Simplified characters. Borrows it if nothing changes.
    pub fn simplify<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // All Han characters begin with this byte or a greater one.
        let folding = self.folding.as_ref().filter(|_| text.bytes().any(|byte| byte >= 0xE3));
        let Some(folding) = folding else { return Cow::Borrowed(text) };
        // Nearly all characters are their own Simplified form.
        let simplified = |c: char| Some(folding.folded(c)).filter(|&folded| folded != c && is_han(c)).unwrap_or(c);
        if text.chars().all(|c| simplified(c) == c) {
            return Cow::Borrowed(text);
        }
        // Most characters are as long as those that replace them.
        let mut folded = String::with_capacity(text.len());
        folded.extend(text.chars().map(simplified));
        Cow::Owned(folded)
    }

    /// Appends `text` to `folded` in the form that all spellings of a word share: Simplified
    /// characters, half width, lower case. A search index stores terms in this form.
    pub fn fold_into(&self, text: &str, folded: &mut String) {
        match &self.folding {
            None => folded.push_str(text),
            Some(folding) => text.chars().for_each(|c| {
                let c = if is_han(c) { folding.folded(c) } else { narrow(c) };
                folded.extend(c.to_lowercase());
            }),
        }
    }
}

impl fmt::Debug for Simplifier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simplifier").field("folds", &self.folding.is_some()).finish()
    }
}
