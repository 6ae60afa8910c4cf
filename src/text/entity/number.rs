//! Numbers in digits of either width, with the marks in them.

use super::wide::{ascii, digits};
use super::{REACH, part, unit};
use crate::text::scan::ends_word;

/// Returns the length of the number that `text` begins with. `None` if letters follow that are not
/// a unit.
pub(super) fn number(text: &str) -> Option<usize> {
    let end = with_marks(part(text.as_bytes(), ..text.len().min(REACH)));
    if end == 0 || end == REACH {
        return None;
    }
    let rest = part(text.as_bytes(), end..);
    let unit_at = |at: usize| text.get(at..).and_then(unit::unit).is_some();
    // `5-10kg` and `1.5-2.5` are two numbers. `3-5` may be a code, and stays one word.
    let begins_range = || {
        let second = rest.strip_prefix(b"-").unwrap_or_default();
        let len = with_marks(part(second, ..second.len().min(REACH)));
        let is_decimal = |number: &[u8]| number.iter().filter(|&&byte| byte == b'.').count() == 1;
        let are_decimals = is_decimal(part(text.as_bytes(), ..end)) && is_decimal(part(second, ..len));
        len > 0 && (unit_at(end + 1 + len) || are_decimals && ends_word(part(second, len..)))
    };
    (ends_word(rest) || unit_at(end) || begins_range()).then_some(end)
}

/// Returns the length of the digits that `text` begins with. Decimal points and commas between
/// digits belong to them, and so does a sign such as `%` or `‰` after them.
fn with_marks(text: &[u8]) -> usize {
    let mut end = digits(text);
    let mut group = end;
    while end > 0 {
        let (mark, width) = ascii(part(text, end..));
        let more = digits(part(text, end + width..));
        let is_inside = match mark {
            // A full-width comma also occurs in sentences, so it must stand between thousands.
            b',' if width > 1 => group <= 9 && more == 9,
            b'.' | b',' => more > 0,
            _ => false,
        };
        if !is_inside {
            break;
        }
        end += width + more;
        group = more;
    }
    match ascii(part(text, end..)) {
        (b'%', width) if end > 0 => end + width,
        _ if end > 0 && part(text, end..).starts_with("‰".as_bytes()) => end + "‰".len(),
        _ => end,
    }
}
