//! Crawled pages: repair and main text, with a map between the clean text and the raw one.

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

/// The text of a crawled page, repaired and without what is no part of the article, with a map to the page and back.
///
/// [`Article::clean`] does all that a [`Cleaner`] can: it undoes byte damage, takes out readings in brackets, HTML
/// entities, invisible characters, and the lines that a site or a spammer has put around the article. A page that
/// needs nothing is not copied. Cleaning a clean text changes nothing. Time and memory are linear in the page.
///
/// The input is plain text, as a library for HTML, such as `scraper` or `dom_smoothie`, gives it.
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

/// Something that was removed from a page, or replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Repair {
    /// Where it stands in the raw text, in bytes.
    pub raw: Range<usize>,
    /// Where its replacement stands in the clean text, in bytes; empty if it was removed.
    pub clean: Range<usize>,
    /// What it is.
    pub kind: RepairKind,
    /// Why it was taken for that: a short phrase in English, for people to read.
    pub reason: Cow<'static, str>,
    /// What stands in its place now; nothing if it was removed.
    pub replacement: String,
}

/// Kinds of [`Repair`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum RepairKind {
    /// A reading in brackets after the characters that it belongs to: `門(mén)`.
    Gloss,
    /// Text that became unreadable: something was written between the bytes of a character, or it was decoded with the wrong
    /// encoding.
    Damage,
    /// A character in another form than text has: an HTML entity, a full-width letter, a radical, an invisible character, the
    /// white space around a line, spaces and line ends inside of sentences.
    Form,
    /// A line that the site has put around the article, or between its paragraphs.
    Furniture,
}

impl RepairKind {
    /// The kind's name, in lower case.
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
    /// Clean the raw text of a page.
    ///
    /// What is done can be chosen with a [`Cleaner`].
    ///
    /// ```
    /// # use fenci::Article;
    /// assert_eq!(Article::clean("項(xiàng)目和集團(tuán)").text(), "項目和集團");
    /// ```
    pub fn clean(raw: &'r str) -> Article<'r> {
        Cleaner::new().clean(raw)
    }

    /// Cleans a page of HTML: its blocks become lines, and what the tags say of them helps to find the article.
    ///
    /// [`Article::raw`] is the text of these lines, and all ranges refer to it, not to the HTML. Readings in `<ruby>` and
    /// characters are repaired as in a text.
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

    /// The clean text.
    ///
    /// ```
    /// # use fenci::Article;
    /// assert_eq!(Article::clean("項(xiàng)目和集團(tuán)").text(), "項目和集團");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The raw text.
    ///
    /// ```
    /// # use fenci::Article;
    /// assert_eq!(Article::clean("項(xiàng)目和集團(tuán)").raw(), "項(xiàng)目和集團(tuán)");
    /// ```
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The same, with a copy of the page: it may outlive it.
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

    /// What was removed or replaced, in the order of the text.
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

    /// Where the range `clean` of the clean text, in bytes, stands in the raw text: from its first character to its
    /// last, with what was removed in between. A part of a replacement stands where the whole does.
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
        in_text(&clean, self.text.len());
        self.mapped(clean, |repair| &repair.clean, |repair| &repair.raw)
    }

    /// Where the range `raw` of the raw text, in bytes, stands in the clean text; empty if all of it was removed.
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
        in_text(&raw, self.raw.len());
        self.mapped(raw, |repair| &repair.raw, |repair| &repair.clean)
    }

    fn mapped(
        &self,
        range: Range<usize>,
        from: impl Fn(&Repair) -> &Range<usize>,
        to: impl Fn(&Repair) -> &Range<usize>,
    ) -> Range<usize> {
        // The last repair that begins at this byte or before it, and how far behind its beginning the byte is.
        let place = |at: usize| {
            let before = self.repairs.partition_point(|repair| from(repair).start <= at);
            before.checked_sub(1).map(|last| &self.repairs[last])
        };
        let behind = |repair: &Repair, at: usize| to(repair).end + (at - from(repair).end);
        let start = match place(range.start) {
            None => range.start,
            Some(repair) if range.start < from(repair).end => to(repair).start,
            Some(repair) => behind(repair, range.start),
        };
        // An empty range has no last byte; the end of any other is behind its last.
        let Some(last) = range.end.checked_sub(1).filter(|_| !range.is_empty()) else { return start..start };
        let end = match place(last) {
            None => range.end,
            Some(repair) if last < from(repair).end => to(repair).end,
            Some(repair) => behind(repair, last) + 1,
        };
        start..end.max(start)
    }
}

/// The clean text; that of a page that needed nothing is not copied before.
impl From<Article<'_>> for String {
    fn from(article: Article<'_>) -> String {
        article.text.into_owned()
    }
}

fn in_text(range: &Range<usize>, len: usize) {
    assert!(range.start <= range.end && range.end <= len, "range {range:?} in a text of {len} bytes");
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
