//! The extraction of keywords, by each method.

use super::extractor::{Extractor, Method};
use super::terms::Terms;
use super::{Keyword, TermSource, phrases, textrank, tfidf};

impl Extractor {
    /// Returns the `k` best keywords of `text`, the best first. The `k` best are the first of the
    /// `k + 1` best.
    ///
    /// Of two equal weights, the keyword that occurs first in the text comes first; in jieba's
    /// TF-IDF, the one that sorts first. Only the first 2²⁶ tokens of a text, some 300 MB, count.
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
        let source = &source as &dyn TermSource;
        let terms = Terms::count(self, source, text);
        let weights = match self.method {
            Method::TfIdf => tfidf::weigh(self, &terms, source, k),
            Method::TextRank => textrank::weigh(&terms, self.window),
            Method::Phrases => return phrases::extract(self, terms, source, k),
        };
        terms.keywords(source, weights, k, self.is_jieba && self.method == Method::TfIdf)
    }
}
