//! A text's lines, and what can be said of each by itself.

use std::ops::Range;

use super::cues::{Beginnings, Cues, bit_of, is_function_word};
use crate::article::repair::words::Words;

/// A line with something in it.
pub(super) struct Line {
    /// Without the line's end.
    pub(super) at: Range<usize>,
    pub(super) chars: usize,
    /// Whether it is a sentence or more, long enough to be a paragraph.
    pub(super) is_body: bool,
}

/// What is read of a line before it is taken for a paragraph, in bytes: more than any line of furniture has.
const ENOUGH: usize = 480;

impl Line {
    pub(super) fn all(text: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.trim_end_matches('\n').len();
            if text[start..end].contains(|c: char| !c.is_whitespace()) {
                lines.push(Line::new(text, start..end));
            }
            start += line.len();
        }
        lines
    }

    fn new(text: &str, at: Range<usize>) -> Line {
        let line = &text[at.clone()];
        let read = beginning(line, ENOUGH);
        // Of a very long line, an estimate.
        let chars = read.chars().count() + line.len().saturating_sub(ENOUGH) / 3;
        Line { at, chars, is_body: is_body(read, chars) }
    }
}

/// Whether this is the beginning of a paragraph of so many characters: a long line with stops and commas is one, whatever it
/// says.
fn is_body(read: &str, chars: usize) -> bool {
    // A title may be a question.
    const WITH_FULL_STOP: usize = 24;
    const WITH_OTHERS: usize = 40;
    if chars < WITH_FULL_STOP {
        return false;
    }
    let mut commas = 0;
    // Most say so early.
    read.chars().any(|c| match c {
        '。' => true,
        '！' | '？' | '!' | '?' | '…' => chars >= WITH_OTHERS,
        '，' | ',' | '、' | '；' | '：' => {
            commas += 1;
            commas > 1 && chars >= WITH_OTHERS
        }
        _ => false,
    })
}

/// What of `text` fits into `len` bytes.
pub(super) fn beginning(text: &str, len: usize) -> &str {
    let end = (0..=len.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// A line as it is judged: folded, with its white space and brackets at both ends taken off.
#[derive(Default)]
pub(super) struct Folded {
    pub(super) text: String,
    pub(super) han: usize,
    pub(super) function_words: usize,
    /// Full stops, question and exclamation marks.
    pub(super) stops: usize,
    /// Half-width question marks, which stand for what a decoder has not understood, too.
    pub(super) questions: usize,
    /// A bit for each character of the text, so that most of what it does not hold need not be searched for.
    has: [u64; 16],
}

impl Folded {
    pub(super) fn read(&mut self, line: &str, words: &Words<'_>) {
        let is_wrapping = |c: char| c.is_whitespace() || "（）()【】[]《》<>「」『』“”\"*#·•●■◆▲▼>→-—=_~|…".contains(c);
        self.text.clear();
        (self.han, self.function_words, self.stops, self.questions) = (0, 0, 0, 0);
        self.has = [0; 16];
        for c in line.trim_matches(is_wrapping).chars() {
            let c = match c {
                '\u{3000}' => ' ',
                '：' => ':',
                '｜' => '|',
                '／' => '/',
                '，' => ',',
                _ if c.is_ascii() => c.to_ascii_uppercase(),
                _ => words.folded(c),
            };
            self.han += usize::from(crate::text::codes::is_han(c));
            self.function_words += usize::from(is_function_word(c));
            self.stops += usize::from(matches!(c, '。' | '！' | '？' | '!' | '?' | '；'));
            self.questions += usize::from(c == '?');
            let bit = bit_of(c.into());
            self.has[usize::from(bit / 64)] |= 1 << (bit % 64);
            self.text.push(c);
        }
    }

    /// Whether the line holds the cue.
    pub(super) fn has(&self, cue: &str) -> bool {
        cue.chars().all(|c| self.may_have(bit_of(c.into()))) && self.text.contains(cue)
    }

    /// Whether the line holds one of the characters that this bit stands for.
    #[inline]
    fn may_have(&self, bit: u16) -> bool {
        self.has[usize::from(bit / 64)] >> (bit % 64) & 1 != 0
    }

    /// The cues that the line holds.
    pub(super) fn found(&self, cues: &'static Cues) -> impl Iterator<Item = &'static str> {
        let may_have = cues.with_bits().filter(|&(_, first)| self.may_have(first));
        may_have.map(|(cue, _)| cue).filter(|cue| self.has(cue))
    }

    /// How many characters the cues cover; where they overlap, once.
    pub(super) fn covered(&self, cues: &[&str]) -> usize {
        let mut is_covered = vec![false; self.text.len()];
        for cue in cues {
            for (at, cue) in self.text.match_indices(cue) {
                is_covered[at..at + cue.len()].fill(true);
            }
        }
        self.text.char_indices().filter(|&(at, _)| is_covered[at]).count()
    }

    /// The first of the cues that the line holds.
    pub(super) fn holds(&self, cues: &'static Cues) -> Option<&'static str> {
        self.found(cues).next()
    }

    /// How many of the cues the line holds.
    pub(super) fn count(&self, cues: &'static Cues) -> usize {
        self.found(cues).count()
    }

    /// The longest of the cues that the line begins with, and what follows.
    pub(super) fn begins(&self, cues: &Beginnings) -> Option<(&'static str, &str)> {
        let [_, second, third, ..] = *self.text.as_bytes() else { return None };
        if !cues.may_begin(second, third) {
            return None;
        }
        let begins = |cue: &&str| cue.as_bytes().get(1) == Some(&second) && self.text.starts_with(*cue);
        let found = cues.cues.iter().copied().filter(begins).max_by_key(|cue| cue.len())?;
        Some((found, &self.text[found.len()..]))
    }
}
