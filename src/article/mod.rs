//! Crawled pages: repair, with a map back to the raw text.

mod gloss;

use std::borrow::Cow;
use std::ops::Range;

/// The text of a crawled page, cleaned of what was added to it, with a map back to the page.
///
/// What is repaired so far: *glosses*, readings in brackets after a Han character, as in `星際之門(mén)`. Brackets
/// with anything else in them stay. A page without glosses is not copied. Time and memory are linear in the page.
///
/// The input is plain text; the text of an HTML page is for a library such as `scraper` to find.
///
/// ```
/// use fenci::Article;
///
/// let article = Article::clean("“星際之門(mén)”項(xiàng)目(AI)");
/// assert_eq!(article.text(), "“星際之門”項目(AI)");
///
/// let at = article.text().find("門”").unwrap();
/// assert_eq!(&article.raw()[article.raw_range(at..at + 6)], "門(mén)”");
/// ```
#[derive(Clone, Debug)]
pub struct Article<'r> {
    raw: &'r str,
    text: Cow<'r, str>,
    repairs: Vec<Repair>,
}

/// Something that was removed from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Repair {
    /// Where it stands in the raw text, in bytes.
    pub raw: Range<usize>,
    /// What it is.
    pub kind: RepairKind,
    /// Where the clean text goes on, in bytes.
    #[cfg_attr(feature = "serde", serde(skip))]
    clean: usize,
}

/// Kinds of [`Repair`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum RepairKind {
    /// A reading in brackets after the character that it belongs to.
    Gloss,
}

impl<'r> Article<'r> {
    /// Clean the raw text of a page.
    pub fn clean(raw: &'r str) -> Article<'r> {
        let mut repairs = Vec::new();
        let mut text = String::new();
        let mut kept = 0;
        for gloss in gloss::find(raw) {
            text.push_str(&raw[kept..gloss.start]);
            kept = gloss.end;
            repairs.push(Repair { raw: gloss, kind: RepairKind::Gloss, clean: text.len() });
        }
        let text = if repairs.is_empty() {
            Cow::Borrowed(raw)
        } else {
            text.push_str(&raw[kept..]);
            Cow::Owned(text)
        };
        Article { raw, text, repairs }
    }

    /// The clean text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The raw text.
    pub fn raw(&self) -> &'r str {
        self.raw
    }

    /// What was removed, in order.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Where the range `clean` of the clean text, in bytes, stands in the raw text: from its first character to its
    /// last, with what was removed in between.
    ///
    /// # Panics
    ///
    /// If the range does not lie in the clean text.
    pub fn raw_range(&self, clean: Range<usize>) -> Range<usize> {
        assert!(
            clean.start <= clean.end && clean.end <= self.text.len(),
            "range {clean:?} in a text of {} bytes",
            self.text.len()
        );
        let start = self.raw_start(clean.start);
        // An empty range has no last character.
        let end = if clean.is_empty() { start } else { self.raw_start(clean.end - 1) + 1 };
        start..end
    }

    /// Where the byte `clean` of the clean text stands in the raw text.
    fn raw_start(&self, clean: usize) -> usize {
        let before = self.repairs.partition_point(|repair| repair.clean <= clean);
        before.checked_sub(1).map_or(clean, |last| {
            let repair = &self.repairs[last];
            repair.raw.end + (clean - repair.clean)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_text_is_not_copied() {
        let article = Article::clean("人工智能(AI)和山姆(Sam)");
        assert!(matches!(article.text, Cow::Borrowed(_)));
        assert_eq!(article.raw_range(0..3), 0..3);
        assert!(article.repairs().is_empty());
    }

    #[test]
    fn every_character_maps_back_to_itself() {
        let article = Article::clean("門(mén)項(xiàng)(xiàng)目，無(wú)");
        assert_eq!(article.text(), "門項目，無");
        for (at, c) in article.text().char_indices() {
            let raw = article.raw_range(at..at + c.len_utf8());
            assert_eq!(&article.raw()[raw], c.to_string());
        }
        let end = article.text().len();
        assert_eq!(article.raw_range(0..end), 0..article.raw().len() - "(wú)".len());
        assert_eq!(article.raw_range(end..end), article.raw().len()..article.raw().len());
    }
}
