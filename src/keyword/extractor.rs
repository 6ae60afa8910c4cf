//! The extractor: what users call.

use super::judge::{KnownDictionaries, asks_for_tags};
use super::terms::{Feed, Terms};
use super::{Keyword, StopWords, TermSource, phrases, textrank, tfidf};
use crate::dictionary::Tag;
use crate::idf::Idf;
use crate::segment::Profile;

/// How keywords are weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Method {
    /// Words and phrases: what holds together, is frequent, rare elsewhere, and stands where titles do.
    #[default]
    Phrases,
    /// Words that are frequent in the text and rare elsewhere: their share of all terms that may be keywords, times their
    /// inverse document frequency (jieba's rule).
    TfIdf,
    /// Words that stand near many words which stand near many words (Mihalcea and Tarau 2004, as in jieba).
    TextRank,
}

/// Extracts keywords.
///
/// An extractor is immutable and may be shared by threads; making the default one costs no more than its stop words.
/// With the first text of a dictionary it looks once which of the dictionary's words may be keywords, which takes about a
/// nanosecond and a byte for each, and remembers it for four dictionaries; extractors that differ in nothing but how they
/// weigh share it. Time and memory are linear in the text, but for the sorting of its different words.
///
/// ```
/// use fenci::{Extractor, Segmenter};
///
/// let text = "软银集团和OpenAI在数据中心的计划上有分歧。软银集团的数据中心至今没有动工。";
/// let keywords = Extractor::new().extract(&Segmenter::new(), text, 2);
/// assert_eq!((keywords[0].text(), keywords[0].count()), ("软银集团", 2));
/// assert_eq!((keywords[1].text(), keywords[1].word_count()), ("数据中心", 1));
/// ```
#[derive(Clone, Debug)]
pub struct Extractor {
    pub(super) method: Method,
    pub(super) idf: Idf,
    pub(super) stop_words: StopWords,
    pub(super) known_words: KnownDictionaries,
    pub(super) min_chars: usize,
    pub(super) allowed_tags: Vec<Tag>,
    pub(super) numbers: bool,
    pub(super) dates: bool,
    pub(super) latin: bool,
    pub(super) hmm: bool,
    pub(super) window: usize,
    pub(super) profile: Profile,
}

impl Default for Extractor {
    fn default() -> Extractor {
        Extractor::new()
    }
}

impl Extractor {
    /// The extractor by [`Method::Phrases`] with the embedded IDF table and the default stop words, for keywords of two
    /// characters and more.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let keywords = Extractor::new().extract(&Segmenter::new(), "软银会议：软银今天投资", 1);
    /// assert_eq!(keywords[0].text(), "软银");
    /// ```
    pub fn new() -> Extractor {
        Extractor::builder().build()
    }

    /// A builder, for everything else.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TfIdf).min_chars(3).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "软银公司在中国科学院", 9).len(), 1);
    /// ```
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// The `k` best keywords of `text`, the best first. Ties go to what occurs first in the text, with
    /// [`Method::TfIdf`] in [`Profile::Jieba`] to what sorts first; the `k` best are the first of the `k + 1` best. Of a
    /// text of more than 2²⁸ tokens, some 1.2 GB, the first so many are read.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let keywords = Extractor::new().extract(&Segmenter::new(), "软银会议：软银今天投资", 9);
    /// assert_eq!((keywords[0].text(), keywords[0].places()), ("软银", &[0..6, 15..21][..]));
    /// ```
    pub fn extract<S: TermSource + ?Sized>(&self, source: &S, text: &str, k: usize) -> Vec<Keyword> {
        if k == 0 {
            return Vec::new();
        }
        let feed = Feed::new(source);
        let terms = Terms::of(self, &feed, text);
        // As in jieba.
        let by_text = self.method == Method::TfIdf && self.profile == Profile::Jieba;
        let weights = match self.method {
            Method::TfIdf => tfidf::weigh(&terms, &self.idf, &feed),
            Method::TextRank => textrank::weigh(&terms, self.window),
            Method::Phrases => return phrases::extract(self, &terms, &feed, text, k),
        };
        terms.keywords(&feed, weights, k, by_text, asks_for_tags(self))
    }
}

/// How near tokens stand that count as neighbours: jieba's window.
const WINDOW: usize = 5;

/// Puts an [`Extractor`] together; what is not said is as in [`Extractor::new`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ExtractorBuilder {
    method: Method,
    idf: Option<Idf>,
    stop_words: Option<StopWords>,
    min_chars: usize,
    allowed_tags: Option<Vec<Tag>>,
    numbers: bool,
    dates: bool,
    latin: bool,
    hmm: Option<bool>,
    window: usize,
    profile: Profile,
}

impl Default for ExtractorBuilder {
    fn default() -> ExtractorBuilder {
        ExtractorBuilder {
            method: Method::default(),
            idf: None,
            stop_words: None,
            min_chars: 2,
            allowed_tags: None,
            numbers: false,
            dates: false,
            latin: true,
            hmm: None,
            window: WINDOW,
            profile: Profile::default(),
        }
    }
}

impl ExtractorBuilder {
    /// How keywords are weighed. Default: [`Method::Phrases`].
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TextRank).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "软银会议：软银今天投资", 1)[0].text(), "软银");
    /// ```
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// The table of inverse document frequencies. Default: [`Idf::embedded`].
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
        self.idf = Some(idf);
        self
    }

    /// The words that are never keywords. Default: [`StopWords::default`], in [`Profile::Jieba`]
    /// [`StopWords::jieba`].
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
        self.stop_words = Some(stop_words);
        self
    }

    /// The length of the shortest keyword, in characters. Default: 2.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let extractor = Extractor::builder().min_chars(3).build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "甲骨文的会议", 9).len(), 1);
    /// ```
    pub fn min_chars(mut self, min_chars: usize) -> Self {
        self.min_chars = min_chars;
        self
    }

    /// The parts of speech that keywords may have; all, if there are none here. Default: all; with
    /// [`Method::TextRank`], but in [`Profile::Jieba`], `ns`, `n`, `vn` and `v`, as in jieba.
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

    /// Whether numbers and amounts (`3.14`, 亿元) are kept. In [`Profile::Jieba`] they always are. Default: no.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TfIdf).numbers(true).build();
    /// assert!(extractor.extract(&Segmenter::new(), "软银投资300亿", 9).iter().any(|keyword| keyword.text() == "300"));
    /// ```
    pub fn numbers(mut self, numbers: bool) -> Self {
        self.numbers = numbers;
        self
    }

    /// Whether dates and times (今年, 2025年) are kept. In [`Profile::Jieba`] they always are. Default: no.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TfIdf).dates(true).build();
    /// assert!(extractor.extract(&Segmenter::new(), "软银星期一投资", 9).iter().any(|keyword| keyword.text() == "星期一"));
    /// ```
    pub fn dates(mut self, dates: bool) -> Self {
        self.dates = dates;
        self
    }

    /// Whether words with Latin letters are kept. In [`Profile::Jieba`] they always are. Default: yes.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let extractor = Extractor::builder().latin(false).build();
    /// assert!(extractor.extract(&Segmenter::new(), "OpenAI的会议", 9).iter().all(|keyword| keyword.text() != "OpenAI"));
    /// ```
    pub fn latin(mut self, latin: bool) -> Self {
        self.latin = latin;
        self
    }

    /// Whether words that the dictionary does not have are looked for. Default: yes, in [`Profile::Jieba`] no.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TfIdf).hmm(false).build();
    /// assert!(extractor.extract(&Segmenter::new(), "网易杭研", 9).iter().all(|keyword| keyword.text() != "杭研"));
    /// ```
    pub fn hmm(mut self, hmm: bool) -> Self {
        self.hmm = Some(hmm);
        self
    }

    /// For [`Method::TextRank`]: words are neighbours if they stand less than so many tokens apart. Time and memory
    /// grow with it. Default: 5.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// # use fenci::keyword::Method;
    /// let extractor = Extractor::builder().method(Method::TextRank).window(2).build();
    /// assert!(!extractor.extract(&Segmenter::new(), "软银会议，软银投资", 1).is_empty());
    /// ```
    pub fn window(mut self, tokens: usize) -> Self {
        self.window = tokens;
        self
    }

    /// [`Profile::Jieba`], together with a segmenter of that profile and [`Method::TfIdf`] or [`Method::TextRank`]: the
    /// very keywords, order and weights of jieba-rs 0.11.0. Default: [`Profile::Natural`].
    ///
    /// ```
    /// # use fenci::{Extractor, Profile, Segmenter};
    /// # use fenci::keyword::Method;
    /// let segmenter = Segmenter::builder().profile(Profile::Jieba).build();
    /// let extractor = Extractor::builder().method(Method::TfIdf).profile(Profile::Jieba).build();
    /// assert_eq!(extractor.extract(&segmenter, "今天的天气很好", 1)[0].text(), "天气");
    /// ```
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// The extractor.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let extractor = Extractor::builder().build();
    /// assert_eq!(extractor.extract(&Segmenter::new(), "软银会议", 9), Extractor::new().extract(&Segmenter::new(), "软银会议", 9));
    /// ```
    pub fn build(self) -> Extractor {
        let is_jieba = self.profile == Profile::Jieba;
        let default_words = || if is_jieba { StopWords::jieba() } else { StopWords::default() };
        let ranks = self.method == Method::TextRank && !is_jieba;
        let is_usual = self.stop_words.is_none()
            && self.allowed_tags.is_none()
            && (self.numbers, self.dates, self.latin) == (false, false, true);
        let known_words = match is_usual {
            true => KnownDictionaries::usual(self.profile, ranks),
            false => KnownDictionaries::default(),
        };
        let default_tags = || if ranks { ["ns", "n", "vn", "v"].map(Tag::known).to_vec() } else { Vec::new() };
        Extractor {
            method: self.method,
            idf: self.idf.unwrap_or_else(Idf::embedded),
            stop_words: self.stop_words.unwrap_or_else(default_words),
            known_words,
            min_chars: self.min_chars,
            allowed_tags: self.allowed_tags.unwrap_or_else(default_tags),
            numbers: self.numbers,
            dates: self.dates,
            latin: self.latin,
            hmm: self.hmm.unwrap_or(!is_jieba),
            window: self.window,
            profile: self.profile,
        }
    }
}
