//! Shortcuts for programs that need no options.

use std::sync::LazyLock;

use crate::keyword::{Extractor, Keyword};
use crate::segment::{Segmenter, Tokens};

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(Segmenter::new);
static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// Cuts `text` into words, as [`Segmenter::cut`] of [`Segmenter::new`] does.
///
/// ```
/// let words: Vec<&str> = fenci::cut("我爱北京天安门").map(|token| token.text()).collect();
/// assert_eq!(words, ["我", "爱", "北京", "天安门"]);
/// ```
pub fn cut(text: &str) -> Tokens<'static, '_> {
    SEGMENTER.cut(text)
}

/// Returns the `k` best keywords of `text`, or fewer, as [`Extractor::extract`] of
/// [`Extractor::new`] does.
///
/// The text is taken as it is. Clean a crawled page with `Article::clean` (feature `article`)
/// first.
///
/// ```
/// let keywords = fenci::keywords("软银会议：软银投资300亿，软银集团今天说。", 3);
/// assert_eq!(keywords[0].text(), "软银");
/// ```
pub fn keywords(text: &str, k: usize) -> Vec<Keyword> {
    EXTRACTOR.extract(&*SEGMENTER, text, k)
}
