//! The extractor: a method, its tables and its options.

use super::StopWords;
use crate::dictionary::Tag;
use crate::idf::Idf;

/// The method that weighs keywords.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Method {
    /// Words and phrases that hold together, are frequent in the text and rare elsewhere, and stand
    /// in titles.
    #[default]
    Phrases,
    /// Words that are frequent in the text and rare elsewhere. The weight is their share of all
    /// terms that may be keywords, times their inverse document frequency.
    TfIdf,
    /// Words that rank high among their neighbours: a word ranks the higher, the more words of high
    /// rank stand near it (Mihalcea and Tarau 2004).
    TextRank,
}

/// Extracts keywords.
///
/// An extractor is immutable and may be shared by threads. Time and memory are linear in the text,
/// except for the sorting of its different words.
///
/// ```
/// use fenci::{Extractor, Segmenter};
///
/// let text = "软银集团和OpenAI在数据中心的计划上有分歧。软银集团的数据中心至今没有动工。";
/// let keywords = Extractor::new().extract(&Segmenter::new(), text, 2);
/// assert_eq!((keywords[0].text(), keywords[0].count()), ("软银集团", 2));
/// assert_eq!((keywords[1].text(), keywords[1].word_count()), ("数据中心", 2));
/// ```
#[derive(Clone, Debug)]
pub struct Extractor {
    pub(super) method: Method,
    /// `true` if the results are those of jieba-rs.
    pub(super) is_jieba: bool,
    pub(super) idf: Idf,
    pub(super) stop_words: StopWords,
    /// Stop words that are not in the default list. Their Simplified forms are stop words, too.
    pub(super) added_stop_words: Vec<String>,
    pub(super) min_chars: usize,
    pub(super) allowed_tags: Vec<Tag>,
    pub(super) numbers: bool,
    pub(super) dates: bool,
    pub(super) latin: bool,
    pub(super) hmm: bool,
    pub(super) window: usize,
}

#[cfg(feature = "embedded")]
impl Default for Extractor {
    fn default() -> Extractor {
        Extractor::new()
    }
}

/// Two words are neighbours in TextRank if they stand less than this many tokens apart, as in
/// jieba.
const WINDOW: usize = 5;

impl Extractor {
    /// Returns an extractor that uses [`Method::Phrases`], the embedded IDF table and the default
    /// stop words. Its keywords have two characters or more.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let keywords = Extractor::new().extract(&Segmenter::new(), "软银会议：软银今天投资", 1);
    /// assert_eq!(keywords[0].text(), "软银");
    /// ```
    #[cfg(feature = "embedded")]
    pub fn new() -> Extractor {
        Extractor::builder().build()
    }

    /// Returns a builder for extractors with other options.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TfIdf).min_chars(3).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "软银公司在中国科学院", 9).len(), 1);
    /// ```
    #[cfg(feature = "embedded")]
    pub fn builder() -> ExtractorBuilder {
        Extractor::with(Idf::embedded())
    }

    /// Returns a builder for extractors that weigh words by `idf`. It needs no embedded data.
    ///
    /// ```
    /// # use fenci::{Dictionary, Extractor, Segmenter, idf::Idf};
    /// let dictionary = Dictionary::builder().parse("软银 9 n\n会议 20 n\n")?.build()?;
    /// let idf = Idf::parse("会议 9.5\n软银 1.5\n", &dictionary)?;
    /// let (segmenter, extractor) = (Segmenter::with(dictionary).build(), Extractor::with(idf).build());
    /// assert_eq!(extractor.extract(&segmenter, "软银的会议", 1)[0].text(), "会议");
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn with(idf: Idf) -> ExtractorBuilder {
        let extractor = Extractor {
            method: Method::default(),
            is_jieba: false,
            idf,
            stop_words: StopWords::default(),
            added_stop_words: Vec::new(),
            min_chars: 2,
            allowed_tags: Vec::new(),
            numbers: false,
            dates: false,
            latin: true,
            hmm: true,
            window: WINDOW,
        };
        ExtractorBuilder { extractor, allowed_tags: None }
    }

    /// Returns a builder for jieba's TF-IDF. With a segmenter of
    /// [`Profile::Jieba`](crate::Profile::Jieba), the keywords, their order and their weights are
    /// exactly those of jieba-rs 0.11.0.
    ///
    /// ```
    /// # use fenci::{Extractor, Profile, Segmenter};
    /// let segmenter = Segmenter::builder().profile(Profile::Jieba).build();
    /// let extractor = Extractor::jieba_tfidf().build();
    /// assert_eq!(extractor.extract(&segmenter, "今天的天气很好", 1)[0].text(), "天气");
    /// ```
    #[cfg(feature = "embedded")]
    pub fn jieba_tfidf() -> JiebaExtractorBuilder {
        Extractor::jieba_tfidf_with(Idf::embedded())
    }

    /// Returns the builder of [`Extractor::jieba_tfidf`] with another table of inverse document
    /// frequencies.
    ///
    /// ```
    /// # use fenci::{Dictionary, Extractor, Segmenter, idf::Idf};
    /// let idf = Idf::parse("会议 9.5\n软银 1.5\n", &Dictionary::embedded())?;
    /// let extractor = Extractor::jieba_tfidf_with(idf).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "软银的会议", 1)[0].text(), "会议");
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn jieba_tfidf_with(idf: Idf) -> JiebaExtractorBuilder {
        JiebaExtractorBuilder::new(Method::TfIdf, idf, WINDOW)
    }

    /// Returns a builder for jieba's TextRank. With a segmenter of
    /// [`Profile::Jieba`](crate::Profile::Jieba), the keywords and weights are those of jieba-rs
    /// 0.11.0.
    ///
    /// ```
    /// # use fenci::{Extractor, Profile, Segmenter};
    /// let segmenter = Segmenter::builder().profile(Profile::Jieba).build();
    /// let extractor = Extractor::jieba_textrank().build();
    /// assert_eq!(extractor.extract(&segmenter, "软银会议，软银投资", 1)[0].text(), "软银");
    /// ```
    #[cfg(feature = "embedded")]
    pub fn jieba_textrank() -> JiebaExtractorBuilder {
        Extractor::jieba_textrank_within(WINDOW)
    }

    /// Returns the builder of [`Extractor::jieba_textrank`] with another window: two words are
    /// neighbours if they stand less than `window` tokens apart. Time and memory grow with it.
    /// jieba's window is 5.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let extractor = Extractor::jieba_textrank_within(2).build();
    /// assert!(!extractor.extract(&Segmenter::new(), "软银会议，软银投资", 1).is_empty());
    /// ```
    #[cfg(feature = "embedded")]
    pub fn jieba_textrank_within(window: usize) -> JiebaExtractorBuilder {
        JiebaExtractorBuilder::new(Method::TextRank, Idf::embedded(), window)
    }
}

/// Builds an [`Extractor`]. The defaults are those of [`Extractor::new`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ExtractorBuilder {
    extractor: Extractor,
    /// `None` until it is set. The default depends on the method.
    allowed_tags: Option<Vec<Tag>>,
}

#[cfg(feature = "embedded")]
impl Default for ExtractorBuilder {
    fn default() -> ExtractorBuilder {
        Extractor::builder()
    }
}

impl ExtractorBuilder {
    /// Sets the method that weighs keywords. Default: [`Method::Phrases`].
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TextRank).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "软银会议：软银今天投资", 1)[0].text(), "软银");
    /// ```
    pub fn method(mut self, method: Method) -> Self {
        self.extractor.method = method;
        self
    }

    /// Sets the table of inverse document frequencies. Default: [`Idf::embedded`].
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::idf::Idf;
    /// # use fenci::keyword::Method;
    /// let segmenter = Segmenter::new();
    /// let idf = Idf::parse("会议 9.5\n软银 1.5\n", segmenter.dictionary())?;
    /// let extractor = Extractor::builder().method(Method::TfIdf).idf(idf).build();
    /// assert_eq!(extractor.extract(&segmenter, "软银的会议", 1)[0].text(), "会议");
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn idf(mut self, idf: Idf) -> Self {
        self.extractor.idf = idf;
        self
    }

    /// Sets the words that are never keywords. Default: [`StopWords::default`].
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::StopWords;
    /// let mut stop_words = StopWords::default();
    /// stop_words.insert("软银");
    /// let extractor = Extractor::builder().stop_words(stop_words).build();
    /// assert!(extractor.extract(&Segmenter::new(), "软银的会议", 9).iter().all(|keyword| keyword.text() != "软银"));
    /// ```
    pub fn stop_words(mut self, stop_words: StopWords) -> Self {
        self.extractor.stop_words = stop_words;
        self
    }

    /// Sets the length of the shortest keyword, in characters. Default: 2.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let extractor = Extractor::builder().min_chars(3).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "甲骨文的会议", 9).len(), 1);
    /// ```
    pub fn min_chars(mut self, min_chars: usize) -> Self {
        self.extractor.min_chars = min_chars;
        self
    }

    /// Sets the parts of speech that keywords may have. An empty list allows all. Default: all;
    /// with [`Method::TextRank`], `ns`, `n`, `vn` and `v`.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::dictionary::Tag;
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TfIdf).allowed_tags([Tag::new("ns")?]).build();
    /// let keywords = extractor.extract(&Segmenter::new(), "北京的天气", 9);
    /// assert_eq!((keywords.len(), keywords[0].text()), (1, "北京"));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn allowed_tags(mut self, tags: impl IntoIterator<Item = Tag>) -> Self {
        self.allowed_tags = Some(tags.into_iter().collect());
        self
    }

    /// Sets whether to keep numbers and amounts (`3.14`, 亿元). Default: no.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TfIdf).numbers(true).build();
    /// assert!(extractor.extract(&Segmenter::new(), "软银投资300亿", 9).iter().any(|keyword| keyword.text() == "300亿"));
    /// ```
    pub fn numbers(mut self, numbers: bool) -> Self {
        self.extractor.numbers = numbers;
        self
    }

    /// Sets whether to keep dates and times (今年, 2025年). Default: no.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TfIdf).dates(true).build();
    /// assert!(extractor.extract(&Segmenter::new(), "软银星期一投资", 9).iter().any(|keyword| keyword.text() == "星期"));
    /// ```
    pub fn dates(mut self, dates: bool) -> Self {
        self.extractor.dates = dates;
        self
    }

    /// Sets whether to keep words with Latin letters. Default: yes.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let extractor = Extractor::builder().latin(false).build();
    /// assert!(extractor.extract(&Segmenter::new(), "OpenAI的会议", 9).iter().all(|keyword| keyword.text() != "OpenAI"));
    /// ```
    pub fn latin(mut self, latin: bool) -> Self {
        self.extractor.latin = latin;
        self
    }

    /// Sets whether to look for words that the dictionary lacks. Default: yes.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TfIdf).hmm(false).build();
    /// assert!(extractor.extract(&Segmenter::new(), "网易杭研", 9).iter().all(|keyword| keyword.text() != "杭研"));
    /// ```
    pub fn hmm(mut self, hmm: bool) -> Self {
        self.extractor.hmm = hmm;
        self
    }

    /// Builds the extractor.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let extractor = Extractor::builder().build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "软银会议", 9), Extractor::new().extract(&Segmenter::new(), "软银会议", 9));
    /// ```
    pub fn build(self) -> Extractor {
        let mut extractor = self.extractor;
        extractor.added_stop_words = extractor.stop_words.added();
        let default_tags: &[&str] = if extractor.method == Method::TextRank { &["ns", "n", "vn", "v"] } else { &[] };
        let default_tags = || default_tags.iter().copied().map(Tag::known).collect();
        extractor.allowed_tags = self.allowed_tags.unwrap_or_else(default_tags);
        extractor
    }
}

/// Builds an [`Extractor`] of jieba's methods. [`Extractor::jieba_tfidf`] and
/// [`Extractor::jieba_textrank`] return it. The defaults are those of jieba-rs.
#[derive(Clone, Debug)]
#[must_use]
pub struct JiebaExtractorBuilder(Extractor);

impl JiebaExtractorBuilder {
    fn new(method: Method, idf: Idf, window: usize) -> JiebaExtractorBuilder {
        JiebaExtractorBuilder(Extractor {
            method,
            is_jieba: true,
            stop_words: StopWords::jieba(),
            numbers: true,
            dates: true,
            hmm: false,
            window,
            ..Extractor::with(idf).extractor
        })
    }

    /// Sets the words that are never keywords. Default: [`StopWords::jieba`].
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter, keyword::StopWords};
    /// let extractor = Extractor::jieba_tfidf().stop_words(StopWords::parse("天气")).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "今天的天气", 9).len(), 1);
    /// ```
    pub fn stop_words(mut self, stop_words: StopWords) -> Self {
        self.0.stop_words = stop_words;
        self
    }

    /// Sets the length of the shortest keyword, in characters. Default: 2.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let extractor = Extractor::jieba_tfidf().min_chars(3).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "甲骨文的会议", 9).len(), 1);
    /// ```
    pub fn min_chars(mut self, min_chars: usize) -> Self {
        self.0.min_chars = min_chars;
        self
    }

    /// Sets the parts of speech that keywords may have. An empty list allows all. Default: all.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter, dictionary::Tag};
    /// let extractor = Extractor::jieba_tfidf().allowed_tags([Tag::new("ns")?]).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "北京的天气", 9).len(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn allowed_tags(mut self, tags: impl IntoIterator<Item = Tag>) -> Self {
        self.0.allowed_tags = tags.into_iter().collect();
        self
    }

    /// Sets whether to look for words that the dictionary lacks. Default: no.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let extractor = Extractor::jieba_tfidf().hmm(true).build();
    /// assert!(extractor.extract(&Segmenter::new(), "网易杭研", 9).iter().any(|keyword| keyword.text() == "杭研"));
    /// ```
    pub fn hmm(mut self, hmm: bool) -> Self {
        self.0.hmm = hmm;
        self
    }

    /// Builds the extractor.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// assert_eq!(Extractor::jieba_tfidf().build().extract(&Segmenter::new(), "北京的天气", 9).len(), 2);
    /// ```
    pub fn build(self) -> Extractor {
        self.0
    }
}
