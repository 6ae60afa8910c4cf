//! One line of a page: its tags, its characters by kind, and the parts to search for cues.

use super::cue::{Cue, EDGE, LONGEST, unit};
use crate::dictionary::{Dictionary, Lexicon};
use crate::text::codes::{is_han, narrow};

/// The number of characters to count. The rest of a longer line is estimated.
const ENOUGH: usize = 240;
/// The longest line that is searched for cues as a whole, in characters.
const SHORT: usize = 40;
/// The number of characters to search at each end of a longer line.
const END: usize = 14;

/// A line of a page, without white space at its ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line<'t> {
    /// The text.
    pub text: &'t str,
    /// The tags around the line. `None` if the page is plain text.
    pub tags: Option<Tags>,
}

impl<'t> Line<'t> {
    /// Returns a line of a text without tags. Trims white space.
    pub fn new(text: &'t str) -> Line<'t> {
        Line { text: text.trim(), tags: None }
    }
}

/// The properties of a line that come from HTML.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tags {
    /// The share of the line's characters that are links.
    pub links: f32,
    /// The innermost block around the line.
    pub block: Block,
}

/// The kinds of blocks of HTML that the model distinguishes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "names of tags")]
#[non_exhaustive]
pub enum Block {
    Paragraph,
    Item,
    Cell,
    Heading,
    Subheading,
    #[default]
    Division,
    Title,
    Form,
}

impl Block {
    /// Returns the block of a tag. `name` is in lower case.
    pub fn of_tag(name: &str) -> Block {
        match name {
            "p" | "blockquote" | "pre" => Block::Paragraph,
            "li" | "ul" | "ol" | "dl" | "dt" | "dd" => Block::Item,
            "td" | "th" | "tr" | "table" => Block::Cell,
            "h1" => Block::Heading,
            "h2" | "h3" | "h4" | "h5" | "h6" => Block::Subheading,
            "title" => Block::Title,
            "form" | "option" | "select" | "button" | "label" | "nav" | "footer" | "aside" => Block::Form,
            _ => Block::Division,
        }
    }
}

/// The characters of a line by kind. `length` may be an estimate.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    pub(super) length: usize,
    /// The number of characters that were counted by kind.
    pub(super) read: usize,
    pub(super) han: usize,
    pub(super) latin: usize,
    pub(super) digits: usize,
    pub(super) spaces: usize,
    /// Bars, arrows and brackets. They often stand between links.
    pub(super) bars: usize,
    pub(super) commas: usize,
    pub(super) stops: usize,
    pub(super) colons: usize,
    pub(super) function_words: usize,
    pub(super) ends_sentence: bool,
    pub(super) ends_with_colon: bool,
    pub(super) has_date: bool,
    pub(super) begins_with_bullet: bool,
    pub(super) begins_with_number: bool,
    pub(super) begins_with_quote: bool,
}

impl Counts {
    /// Counts the characters of `line`, which has no white space at its ends.
    pub(super) fn new(line: &str) -> Counts {
        let mut counts = Counts::default();
        let mut last = '\n';
        let mut chars = line.chars();
        for c in chars.by_ref().take(ENOUGH) {
            counts.read += 1;
            match c {
                c if is_han(c) => {
                    counts.han += 1;
                    counts.function_words += usize::from(is_function_word(c));
                }
                '0'..='9' => counts.digits += 1,
                'a'..='z' | 'A'..='Z' => counts.latin += 1,
                '，' | '、' | ',' => counts.commas += 1,
                '。' | '！' | '？' | '；' | '!' | '?' | ';' => counts.stops += 1,
                '：' | ':' => counts.colons += 1,
                '|' | '>' | '»' | '›' | '·' | '_' | '-' | '[' | ']' | '【' | '】' | '｜' | '/' | '・' | '—' => {
                    counts.bars += 1
                }
                c if c.is_whitespace() => counts.spaces += 1,
                _ => {}
            }
            last = c;
        }
        let rest = chars.as_str();
        counts.has_date = counts.digits > 4 && has_date(&line[..line.len() - rest.len()]);
        counts.length = counts.read + rest.len() / 3;
        last = rest.chars().next_back().unwrap_or(last);
        counts.ends_sentence = matches!(last, '。' | '！' | '？' | '”' | '」' | '…' | '!' | '?' | '.' | '；');
        counts.ends_with_colon = matches!(last, '：' | ':');
        let mut first = line.chars();
        let (one, two) = (first.next().unwrap_or(' '), first.next().unwrap_or(' '));
        let is_numeral = |c| "0123456789一二三四五六七八九十".contains(c);
        counts.begins_with_bullet = "·•●■◆▲▼▸►*-[【・※△+|><«»".contains(one);
        counts.begins_with_number = is_numeral(one) && matches!(two, '、' | '.' | '．' | '）' | ')')
            || matches!(one, '（' | '(') && is_numeral(two)
            || one == '第' && is_numeral(two) && !two.is_ascii_digit();
        counts.begins_with_quote = matches!(one, '“' | '「' | '『' | '"');
        counts
    }

    /// Returns `true` if the line is at least a sentence.
    pub(super) fn is_sentence(&self) -> bool {
        self.length >= 20 && self.commas + self.stops > 0
    }

    /// Returns `true` if the line is as short as a button or a link.
    pub(super) fn is_short(&self) -> bool {
        self.length < 15 && self.commas == 0 && self.stops == 0
    }
}

/// Returns `true` if `text` has a date: four digits, a mark, and another digit.
fn has_date(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    text.match_indices(['-', '年', '/', '.']).any(|(at, mark)| {
        let digits = text[..at].chars().rev().take(5).take_while(|&c| is_digit(c)).count();
        digits == 4 && text[at + mark.len()..].starts_with(is_digit)
    })
}

/// Separates the two ends of a long line.
const GAP: u16 = 0;

/// Folds the characters to search for cues, and writes them to `chars`: all of a short line, both
/// ends of a long one.
pub(super) fn fold(line: &str, chars: &mut Vec<u16>, lexicon: Lexicon<'_>) {
    chars.clear();
    chars.push(unit(EDGE));
    if line.len() <= 3 * SHORT || line.chars().nth(SHORT).is_none() {
        push_folded(line.chars(), chars, lexicon);
    } else {
        push_folded(line.chars().take(END), chars, lexicon);
        chars.push(GAP);
        let from = line.char_indices().rev().nth(END - 1).map_or(0, |(at, _)| at);
        push_folded(line[from..].chars(), chars, lexicon);
    }
    chars.push(unit(EDGE));
}

/// Appends folded characters. A number becomes `0`, and white space becomes one space.
fn push_folded(text: impl Iterator<Item = char>, chars: &mut Vec<u16>, lexicon: Lexicon<'_>) {
    let mut last = ' ';
    for c in text {
        let c = match folded(c, lexicon) {
            '0'..='9' => '0',
            c => c,
        };
        if !(matches!(c, '0' | ' ') && c == last) {
            chars.push(unit(c));
        }
        last = c;
    }
}

/// Calls `each` with every sequence that may be a cue, if `may_begin` accepts its first two
/// characters.
pub(super) fn each_cue(chars: &[u16], may_begin: impl Fn(u32) -> bool, mut each: impl FnMut(Cue)) {
    for part in chars.split(|&c| c == GAP) {
        let mut pair = 0;
        for (at, &c) in part.iter().enumerate() {
            pair = pair << 16 | u32::from(c);
            if at == 0 || !may_begin(pair) {
                continue;
            }
            let mut cue = u64::from(pair);
            each(Cue(cue));
            for &c in part[at + 1..].iter().take(LONGEST - 2) {
                cue = cue << 16 | u64::from(c);
                each(Cue(cue));
            }
        }
    }
}

/// Returns the character that stands for `c` in comparisons: Simplified, half-width, upper case.
pub(super) fn folded(c: char, lexicon: Lexicon<'_>) -> char {
    let of_lexicon = || lexicon.char_of(lexicon.alphabet.folded.at(c.into())).unwrap_or(c);
    match c {
        c if is_han(c) => of_lexicon(),
        '：' | '｜' | '，' | '（' | '）' | '！' | '？' | '／' => narrow(c),
        '╱' => '/',
        c if c.is_ascii() => c.to_ascii_uppercase(),
        c if c.is_whitespace() => ' ',
        _ => of_lexicon(),
    }
}

/// Words that hold sentences together. Lists of links have few of them.
#[rustfmt::skip]
const FUNCTION_WORDS: &[char] = &[
    '的', '了', '在', '是', '和', '也', '不', '就', '都', '而', '及', '与', '與', '为', '為', '以', '于', '於', '這', '这',
    '那', '有', '到', '被', '把', '从', '從', '对', '對', '向', '但', '却', '卻', '将', '將', '并', '並', '其', '之', '所',
];

/// One bit for each character from U+4E00 on. Every character of a line is looked up, and a branch
/// for each would be unpredictable.
static ARE_FUNCTION_WORDS: [u64; 0x5200 / 64] = {
    let mut are = [0; 0x5200 / 64];
    let mut word = 0;
    while word < FUNCTION_WORDS.len() {
        let at = FUNCTION_WORDS[word] as usize - 0x4E00;
        are[at / 64] |= 1 << (at % 64);
        word += 1;
    }
    are
};

/// Returns `true` if `c` is one of [`FUNCTION_WORDS`].
fn is_function_word(c: char) -> bool {
    let at = (c as usize).wrapping_sub(0x4E00);
    ARE_FUNCTION_WORDS.get(at / 64).is_some_and(|are| are >> (at % 64) & 1 != 0)
}

/// Returns all sequences of a line that may be cues, sorted and without duplicates.
pub fn cues(line: &str) -> Vec<Cue> {
    let (mut chars, mut cues) = (Vec::new(), Vec::new());
    fold(line, &mut chars, Dictionary::embedded().lexicon());
    each_cue(&chars, |_| true, |cue| cues.push(cue.0));
    cues.sort_unstable();
    cues.dedup();
    cues.into_iter().map(Cue).collect()
}
