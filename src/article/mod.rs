//! Cleans crawled pages: repairs the text, finds the main text, and maps it back to the page.

mod cleaner;
#[cfg(feature = "html")]
mod decode;
mod draft;
#[cfg(feature = "html")]
mod html;
pub mod main_text;
mod repair;
#[cfg(feature = "serde")]
mod stored;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

pub use self::cleaner::{Cleaner, Glosses};
#[cfg(feature = "html")]
pub use self::decode::{Decoded, decode, encoding_of, is_html};

/// The main text of a crawled page, repaired, with a map to the page and back.
///
/// [`Article::clean`] does everything that a [`Cleaner`] can. It undoes byte damage, replaces HTML
/// entities, and removes readings in brackets and invisible characters. It also removes the lines
/// that a site or a spammer has put around the article. Cleaning a clean text changes nothing.
///
/// The input is plain text. With the feature `html`, `Article::from_html` takes a page of HTML.
///
/// Time and memory are linear in the page. A page that needs no repair is not copied.
///
/// ```
/// use fenci::Article;
///
/// let article = Article::clean("“星際之門(mén)”項(xiàng)目(AI)被曝?cái)R淺");
/// assert_eq!(article.text(), "“星際之門”項目(AI)被曝擱淺");
///
/// let at = article.text().find("門”").unwrap();
/// assert_eq!(&article.raw()[article.raw_range(at..at + 6)], "門(mén)”");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article<'r> {
    raw: Cow<'r, str>,
    text: Cow<'r, str>,
    repairs: Vec<Repair>,
}

/// A place where text was removed or replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Repair {
    /// The bytes of the raw text that were removed or replaced.
    pub raw: Range<usize>,
    /// The bytes of the clean text that replace them. Empty if the text was removed.
    pub clean: Range<usize>,
    /// The kind of repair.
    pub kind: RepairKind,
    /// The reason: a short English phrase for people to read.
    pub reason: Cow<'static, str>,
    /// The new text. Empty if the text was removed.
    pub replacement: String,
}

/// The kind of a [`Repair`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum RepairKind {
    /// Removes a reading that stands after its characters, as in `門(mén)`.
    Gloss,
    /// Restores text that became unreadable, because a program wrote between the bytes of a
    /// character or because the page was decoded with the wrong encoding. Text that cannot be
    /// restored is removed.
    Damage,
    /// Writes characters in their usual form. This concerns HTML entities, full-width letters,
    /// radicals, invisible characters, white space around lines, and spaces and line ends inside
    /// sentences.
    Form,
    /// Removes a line that the site has put around the article or between its paragraphs.
    Furniture,
}

impl RepairKind {
    /// Returns the name of the kind in lower case.
    ///
    /// ```
    /// # use fenci::article::RepairKind;
    /// assert_eq!(RepairKind::Gloss.as_str(), "gloss");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            RepairKind::Gloss => "gloss",
            RepairKind::Damage => "damage",
            RepairKind::Form => "form",
            RepairKind::Furniture => "furniture",
        }
    }
}

impl fmt::Display for RepairKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<'r> Article<'r> {
    /// Cleans the text of a page. A [`Cleaner`] has options.
    ///
    /// ```
    /// # use fenci::Article;
    /// assert_eq!(Article::clean("項(xiàng)目和集團(tuán)").text(), "項目和集團");
    /// ```
    pub fn clean(raw: &'r str) -> Article<'r> {
        Cleaner::new().clean(raw)
    }

    /// Cleans a page of HTML. Each block becomes a line, and the tags help to find the article.
    ///
    /// [`Article::raw`] returns these lines. All ranges refer to them, not to the HTML.
    ///
    /// ```
    /// # use fenci::Article;
    /// let article = Article::from_html("<h1>新桥通车</h1><p>本报讯 新桥今天通车，市民可以步行过江。</p>");
    /// assert_eq!(article.text(), "新桥通车\n本报讯 新桥今天通车，市民可以步行过江。\n");
    /// ```
    #[cfg(feature = "html")]
    pub fn from_html(html: &str) -> Article<'static> {
        Cleaner::new().clean_html(html)
    }

    /// Returns the clean text.
    ///
    /// ```
    /// # use fenci::Article;
    /// assert_eq!(Article::clean("項(xiàng)目和集團(tuán)").text(), "項目和集團");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the raw text.
    ///
    /// ```
    /// # use fenci::Article;
    /// assert_eq!(Article::clean("項(xiàng)目和集團(tuán)").raw(), "項(xiàng)目和集團(tuán)");
    /// ```
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Returns the article with its own copy of the page.
    ///
    /// ```
    /// # use fenci::Article;
    /// let clean = |bytes: &[u8]| Article::clean(&String::from_utf8_lossy(bytes)).into_owned();
    /// assert_eq!(clean("項(xiàng)目和集團(tuán)".as_bytes()).text(), "項目和集團");
    /// ```
    pub fn into_owned(self) -> Article<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Article { raw: owned(self.raw), text: owned(self.text), repairs: self.repairs }
    }

    /// Returns all repairs, in the order of the text.
    ///
    /// ```
    /// # use fenci::Article;
    /// # use fenci::article::RepairKind;
    /// let article = Article::clean("項(xiàng)目和集團(tuán)");
    /// let repair = &article.repairs()[1];
    /// assert_eq!((repair.kind, &article.raw()[repair.raw.clone()]), (RepairKind::Gloss, "(tuán)"));
    /// ```
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Maps the range `clean` of the clean text to the raw text, both in bytes. The result spans
    /// from the first character to the last, and includes removed text between them. A part of a
    /// replacement maps as the whole replacement does.
    ///
    /// # Panics
    ///
    /// If the range does not lie in the clean text.
    ///
    /// ```
    /// # use fenci::Article;
    /// let article = Article::clean("項(xiàng)目和集團(tuán)");
    /// assert_eq!(&article.raw()[article.raw_range(0..6)], "項(xiàng)目");
    /// ```
    pub fn raw_range(&self, clean: Range<usize>) -> Range<usize> {
        self.mapped(clean, self.text.len(), |repair| [&repair.clean, &repair.raw])
    }

    /// Maps the range `raw` of the raw text to the clean text, both in bytes. The result is empty
    /// if the whole range was removed.
    ///
    /// ```
    /// # use fenci::Article;
    /// let article = Article::clean("“星際之門(mén)”項(xiàng)目");
    /// let found = article.raw().find("項(xiàng)目").unwrap();
    /// let range = article.clean_range(found..article.raw().len());
    /// assert_eq!(&article.text()[range], "項目");
    /// ```
    ///
    /// # Panics
    ///
    /// If the range does not lie in the raw text.
    pub fn clean_range(&self, raw: Range<usize>) -> Range<usize> {
        self.mapped(raw, self.raw.len(), |repair| [&repair.raw, &repair.clean])
    }

    /// Maps a range of a text of `len` bytes to the other text.
    fn mapped(&self, range: Range<usize>, len: usize, sides: Sides) -> Range<usize> {
        assert!(range.start <= range.end && range.end <= len, "range {range:?} in a text of {len} bytes");
        let start = start_of(&self.repairs, range.start, sides);
        // An empty range has no last byte.
        let Some(last) = range.end.checked_sub(1).filter(|_| !range.is_empty()) else { return start..start };
        let end = match repair_at(&self.repairs, last, sides) {
            None => range.end,
            Some([from, to]) => to.end + range.end.saturating_sub(from.end),
        };
        start..end.max(start)
    }
}

/// Returns the ranges of a repair in a text and in the text that it is mapped to.
type Sides = fn(&Repair) -> [&Range<usize>; 2];

/// Returns the ranges of the last repair that begins at byte `at` or before it.
fn repair_at(repairs: &[Repair], at: usize, sides: Sides) -> Option<[&Range<usize>; 2]> {
    let before = repairs.partition_point(|repair| sides(repair)[0].start <= at);
    before.checked_sub(1).map(|last| sides(&repairs[last]))
}

/// Maps byte `at` of a text to the other text. A byte inside a repair maps to the beginning of the
/// repair.
fn start_of(repairs: &[Repair], at: usize, sides: Sides) -> usize {
    match repair_at(repairs, at, sides) {
        None => at,
        Some([from, to]) if at < from.end => to.start,
        Some([from, to]) => to.end + (at - from.end),
    }
}

/// Returns the clean text.
impl From<Article<'_>> for String {
    fn from(article: Article<'_>) -> String {
        article.text.into_owned()
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
        assert_eq!(article.clean_range(0..3), 0..3);
        assert!(article.repairs().is_empty());
    }

    #[test]
    fn every_character_maps_to_itself_and_back() {
        let article = Article::clean("門(mén)項(xiàng)(xiàng)目，無(wú)");
        assert_eq!(article.text(), "門項目，無");
        for (at, c) in article.text().char_indices() {
            let raw = article.raw_range(at..at + c.len_utf8());
            assert_eq!(&article.raw()[raw.clone()], c.to_string());
            assert_eq!(article.clean_range(raw), at..at + c.len_utf8());
        }
        let end = article.text().len();
        assert_eq!(article.raw_range(0..end), 0..article.raw().len() - "(wú)".len());
        assert_eq!(article.raw_range(end..end), article.raw().len()..article.raw().len());
    }

    #[test]
    fn what_was_replaced_maps_as_a_whole() {
        let article = Article::clean("項目被曝?cái)R淺，半年");
        assert_eq!(article.text(), "項目被曝擱淺，半年");
        let [repair] = article.repairs() else { panic!("{:?}", article.repairs()) };
        assert_eq!((repair.kind, repair.replacement.as_str()), (RepairKind::Damage, "曝擱"));
        let at = article.text().find('擱').unwrap();
        assert_eq!(&article.raw()[article.raw_range(at..at + 6)], "曝?cái)R淺");
        let at = article.raw().find("R淺").unwrap();
        assert_eq!(&article.text()[article.clean_range(at..at + 4)], "曝擱淺");
    }
}
