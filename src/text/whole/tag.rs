//! Names of people after `@`, and topics after or between `#`.

use crate::text::kind::Kind;

/// The longest name, in characters, as the large sites have it.
const LONGEST_NAME: usize = 30;
/// The longest topic between two marks.
const LONGEST_TOPIC: usize = 32;
/// The longest name if what comes after it may as well be the end of a sentence that goes on after the name.
const LONGEST_WITHOUT_END: usize = 4;

/// Where the name or topic ends whose mark is at byte `at`.
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    let mark = text.as_bytes()[at];
    let before = at.checked_sub(1).map_or(b' ', |before| text.as_bytes()[before]);
    if before.is_ascii_alphanumeric() || matches!(before, b'@' | b'#' | b'&' | b'/' | b'_') {
        return None;
    }
    let rest = &text[at + 1..];
    let topic = if mark == b'#' { topic_len(rest) } else { None };
    let len = match topic {
        Some(len) => len,
        // `#2` is a number.
        None if mark == b'#' && rest.starts_with(is_digit) => return None,
        None => name_len(rest, mark)?,
    };
    Some(at + 1 + len)
}

/// The length of a topic and the mark that ends it.
fn topic_len(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().take(LONGEST_TOPIC + 1);
    let (len, _) = chars.find(|&(_, c)| c == '#' || c == '@' || c.is_control())?;
    let topic = &text[..len];
    let after = text[len..].strip_prefix('#')?;
    let is_topic = topic.contains(char::is_alphanumeric)
        && !topic.starts_with(char::is_whitespace)
        && !topic.ends_with(char::is_whitespace);
    // `#1 or #2` of a list.
    let is_list = topic.starts_with(is_digit) && after.starts_with(is_digit);
    (is_topic && !is_list).then_some(len + 1)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_name(c: char) -> bool {
    match Kind::of(c) {
        Kind::Han | Kind::Latin | Kind::Letters | Kind::Number | Kind::Kana => true,
        _ => matches!(c, '_' | '-'),
    }
}

/// The length of a name behind `mark`.
fn name_len(text: &str, mark: u8) -> Option<usize> {
    let len_while = |is_part: &dyn Fn(char) -> bool| {
        let mut chars = text.char_indices().take(LONGEST_NAME + 1);
        chars.find(|&(_, c)| !is_part(c)).map_or(text.len(), |(at, _)| at)
    };
    let trimmed = |len: usize| text[..len].trim_end_matches('-').len();
    let is_name_of = |len: usize| text[..len].contains(char::is_alphabetic);
    let len = len_while(&is_name);
    let chars = text[..len].chars().take(LONGEST_NAME + 1).count();
    let ends = match text[len..].chars().next() {
        // What looked like a topic between two marks and was none.
        Some('#') if mark == b'#' => return None,
        None | Some(':' | '：' | '@' | '#' | '/' | ')' | '）' | ']' | '】') => true,
        Some(c) => c.is_whitespace(),
    };
    if chars <= if ends { LONGEST_NAME } else { LONGEST_WITHOUT_END } {
        let len = trimmed(len);
        return is_name_of(len).then_some(len);
    }
    // A name in Latin letters ends where the sentence goes on in others.
    let len = trimmed(len_while(&|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    (len <= LONGEST_NAME && is_name_of(len)).then_some(len)
}
