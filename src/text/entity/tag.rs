//! Names of people after `@`, and topics after or between `#`.

use crate::text::Origin;
use crate::text::scan::{chars_while_at_most, count};

/// The length of the longest name, in characters. It is the limit of the large sites.
const LONGEST_NAME: usize = 30;
/// The length of the longest topic between two marks, in characters.
const LONGEST_TOPIC: usize = 32;
/// The length of the longest name, in characters, before a mark that may belong to the sentence
/// that goes on after the name.
const LONGEST_WITHOUT_END: usize = 4;

/// Returns the length of the name or topic whose mark is at byte `at`, including the mark.
pub(super) fn len(text: &str, at: usize) -> Option<usize> {
    let mark = *text.as_bytes().get(at)?;
    let rest = &text[at + 1..];
    if is_inside(&text.as_bytes()[..at], rest) {
        return None;
    }
    // `#2` is a number.
    let may_be_name = mark != b'#' || !rest.starts_with(is_digit);
    let topic = if mark == b'#' { topic_len(rest) } else { None };
    let len = topic.or_else(|| if may_be_name { name_len(rest, mark) } else { None })?;
    Some(1 + len)
}

/// Returns whether a mark between `before` and `after` is part of a word, an address or a path.
///
/// A name may follow a slash: `//@name` quotes, and `图/@name` is a credit.
fn is_inside(before: &[u8], after: &str) -> bool {
    match before {
        [.., b':', b'/', b'/'] => true,
        [.., b'/', b'/'] => false,
        [.., a, b'/'] => {
            (a.is_ascii_alphanumeric() || b".-_~".contains(a)) && after.starts_with(|c: char| c.is_ascii())
        }
        [.., a] => a.is_ascii_alphanumeric() || matches!(a, b'@' | b'#' | b'&' | b'_'),
        [] => false,
    }
}

/// Returns the length of a topic, including the mark that ends it.
fn topic_len(text: &str) -> Option<usize> {
    count(LONGEST_TOPIC);
    let mut chars = text.char_indices().take(LONGEST_TOPIC + 1);
    let (len, _) = chars.find(|&(_, c)| c == '#' || c == '@' || c.is_control())?;
    let topic = &text[..len];
    let after = text[len..].strip_prefix('#')?;
    let is_topic = topic.contains(char::is_alphanumeric)
        && !topic.starts_with(char::is_whitespace)
        && !topic.ends_with(char::is_whitespace);
    // `#1 or #2` in a list is not a topic.
    let is_list = topic.starts_with(is_digit) && after.starts_with(is_digit);
    (is_topic && !is_list).then_some(len + 1)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_name(c: char) -> bool {
    match Origin::of_char(c) {
        Origin::Han | Origin::Latin | Origin::Letters | Origin::Number | Origin::Kana => true,
        _ => matches!(c, '_' | '-'),
    }
}

/// Returns the length of a name after `mark`.
fn name_len(text: &str, mark: u8) -> Option<usize> {
    let name_of = |len: usize| {
        let name = text[..len].trim_end_matches('-');
        name.contains(char::is_alphabetic).then_some(name.len())
    };
    if let Some(len) = chars_while_at_most(text, LONGEST_NAME, is_name) {
        let ends = match text[len..].chars().next() {
            // The text between two marks was rejected as a topic.
            Some('#') if mark == b'#' => return None,
            None | Some(':' | '：' | '@' | '#' | '/' | ')' | '）' | ']' | '】') => true,
            Some(c) => c.is_whitespace(),
        };
        if ends || text[..len].chars().count() <= LONGEST_WITHOUT_END {
            return name_of(len);
        }
    }
    // A name in Latin letters ends where the sentence continues in other letters.
    name_of(chars_while_at_most(text, LONGEST_NAME, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))?)
}
