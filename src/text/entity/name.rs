//! Names of letters and marks.

use super::part;
use crate::text::scan::alphanumerics;

/// The length of the longest part of a name such as `AT&T`, in bytes.
const LONGEST_PART: usize = 8;

/// Returns the length of the name that begins at byte `at` of `text` with `run` letters and digits:
/// `C++`, `C#`, `AT&T`.
pub(super) fn compound(text: &str, at: usize, run: usize) -> Option<usize> {
    let bytes = part(text.as_bytes(), at..);
    let (word, rest) = bytes.split_at(run);
    if !word.first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let is_alone =
        |rest: &[u8]| !rest.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+#&".contains(byte));
    match rest {
        [b'+', b'+', rest @ ..] if is_alone(rest) && word.iter().all(u8::is_ascii_alphabetic) => Some(run + 2),
        [b'#', rest @ ..] if is_alone(rest) && matches!(word, [b'A'..=b'Z' | b'c']) => Some(run + 1),
        [b'&', ..] => joined(bytes, run),
        _ => None,
    }
}

/// Returns the length of short words joined by `&`, unless the mark belongs to an address or an
/// HTML entity.
fn joined(text: &[u8], run: usize) -> Option<usize> {
    let mut end = run;
    let mut last = run;
    while last <= LONGEST_PART && text.get(end) == Some(&b'&') {
        let rest = part(text, end + 1..);
        last = alphanumerics(part(rest, ..rest.len().min(LONGEST_PART + 1)));
        if last == 0 || end > 4 * LONGEST_PART {
            return None;
        }
        end += 1 + last;
    }
    let is_whole = last <= LONGEST_PART && !matches!(text.get(end), Some(b';' | b'=' | b'_'));
    (is_whole && end > run).then_some(end)
}
