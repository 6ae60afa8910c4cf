//! Marks that decoders leave for half a character, and the readings after them.

use super::readings::{LONGEST, Spelled};

/// Returns whether decoders write `c` for bytes that are no character.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '?' | '\u{FFFD}')
}

/// Returns the reading in brackets at byte `at`, and its end. A mark before it may stand for the bracket,
/// too.
pub(super) fn reading_after(text: &str, at: usize) -> Option<(Spelled, usize)> {
    let inside = text[at..].strip_prefix(is_mark).unwrap_or(&text[at..]);
    let inside = inside.strip_prefix('(').unwrap_or(inside);
    let len = inside.bytes().take(LONGEST).position(|byte| matches!(byte, b')' | b'(' | b'?' | 0xE2..))?;
    let end = text.len() - inside.len() + len + 1;
    inside[len..].starts_with(')').then(|| Spelled::new(&inside[..len])).flatten().map(|spelled| (spelled, end))
}
