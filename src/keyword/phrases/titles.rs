//! Where the titles of a text stand.

use std::ops::Range;

/// The share that is added for places where titles stand: none, at the beginning, at the end, and
/// both. Each title has at most `TITLE_BYTES`, which are 28 Chinese characters.
const SHARES: [f64; 4] = [0.0, 0.35, 0.75, 1.4];
const TITLE_BYTES: usize = 84;

/// The titles of a text. The first line is the title of a text with several lines. A text of one
/// line, such as a stored abstract, may also have a title after its last sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Titles {
    /// The byte where the title at the beginning ends.
    first_end: usize,
    /// The byte where the title at the end begins.
    last_start: usize,
}

impl Titles {
    pub(super) fn of(text: &str) -> Titles {
        let start = text.len() - text.trim_start().len();
        if let Some(end) = text.trim().find('\n') {
            return Titles { first_end: (start + end).min(TITLE_BYTES), last_start: text.len() };
        }
        let last_sentence = text.rfind(['。', '！', '？', '!', '?']).unwrap_or(0);
        let last_start = last_sentence.max(text.len().saturating_sub(TITLE_BYTES));
        Titles { first_end: TITLE_BYTES, last_start }
    }

    /// Returns `true` if the start or the end of `range` lies in a title.
    pub(super) fn touch(self, range: &Range<usize>) -> bool {
        self.share(range) > 0.0
    }

    /// Returns the share that is added to the weight if the start or the end of `range` lies in a
    /// title.
    pub(super) fn share(self, range: &Range<usize>) -> f64 {
        SHARES[usize::from(range.start < self.first_end) + 2 * usize::from(range.end > self.last_start)]
    }
}

#[cfg(test)]
mod tests {
    use super::Titles;

    #[test]
    fn titles_are_first_lines_and_what_stands_behind_an_abstract() {
        let (paper, news) = ("正文。题目", "\n题目\n正文。结尾");
        assert_eq!(Titles::of(paper).last_start, "正文".len());
        assert_eq!(Titles::of(news), Titles { first_end: "\n题目".len(), last_start: news.len() });
    }
}
