//! What a program needs that has one text and no wishes.

use std::sync::LazyLock;

use crate::keyword::{Extractor, Keyword};
use crate::segment::{Segmenter, Tokens};

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(Segmenter::new);
static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// The words of `text`, as [`Segmenter::cut`] of [`Segmenter::new`] gives them.
///
/// ```
/// let words: Vec<&str> = fenci::cut("我爱北京天安门").map(|token| token.text()).collect();
/// assert_eq!(words, ["我", "爱", "北京", "天安门"]);
/// ```
pub fn cut(text: &str) -> Tokens<'static, '_> {
    SEGMENTER.cut(text)
}

/// The `k` best keywords of `text`, or fewer, as [`Extractor::extract`] of [`Extractor::new`] gives them.
///
/// The text is taken as it is: a crawled page should go through `Article::clean` (feature `article`) first.
///
/// ```
/// let keywords = fenci::keywords("软银会议：软银投资300亿，软银集团今天说。", 3);
/// assert_eq!(keywords[0].text(), "软银");
/// ```
pub fn keywords(text: &str, k: usize) -> Vec<Keyword> {
    EXTRACTOR.extract(&*SEGMENTER, text, k)
}
