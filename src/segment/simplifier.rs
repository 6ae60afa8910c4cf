//! Simplified characters for Traditional ones.

use std::borrow::Cow;

use crate::dictionary::Folding;
use crate::text::codes::is_han;
#[cfg(feature = "tantivy")]
use crate::text::codes::narrow;

/// Gives texts the Simplified characters that their Traditional ones are looked up as.
pub(crate) struct Simplifier<'s> {
    /// None if the segmenter folds nothing.
    folding: Option<Folding<'s>>,
}

impl<'s> Simplifier<'s> {
    pub(super) fn new(folding: Option<Folding<'s>>) -> Simplifier<'s> {
        Simplifier { folding }
    }

    /// `text` in Simplified characters; as it is if there are none to change.
    pub(crate) fn simplify<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // All Han characters begin with this byte or a greater one.
        let folding = self.folding.filter(|_| text.bytes().any(|byte| byte >= 0xE3));
        let Some(folding) = folding else { return Cow::Borrowed(text) };
        // Nearly all are their own.
        let simplified = |c: char| Some(folding.folded(c)).filter(|&folded| folded != c && is_han(c)).unwrap_or(c);
        if text.chars().all(|c| simplified(c) == c) {
            return Cow::Borrowed(text);
        }
        // Most characters are as long as those they stand for.
        let mut folded = String::with_capacity(text.len());
        folded.extend(text.chars().map(simplified));
        Cow::Owned(folded)
    }

    /// Add `text` to `folded` in the form by which a search finds all others: Simplified, half width, lower case.
    #[cfg(feature = "tantivy")]
    pub(crate) fn fold_into(&self, text: &str, folded: &mut String) {
        match &self.folding {
            None => folded.push_str(text),
            Some(folding) => folded.extend(text.chars().flat_map(|c| {
                let c = if is_han(c) { folding.folded(c) } else { narrow(c) };
                c.to_lowercase()
            })),
        }
    }
}
