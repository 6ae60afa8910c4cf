//! Marks that decoders leave where they found half a character, and readings behind them.

use super::readings::{LONGEST, Spelled};

/// What decoders give for bytes that are no character.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '?' | '\u{FFFD}')
}

/// The reading in brackets at byte `at`, and where it ends. A mark in front of it may have swallowed the bracket.
pub(super) fn reading_after(text: &str, at: usize) -> Option<(Spelled, usize)> {
    let mut spelled = Spelled::default();
    let end = read_after(text, at, &mut spelled)?;
    Some((spelled, end))
}

/// The same, into `spelled`, which is not new.
pub(super) fn read_after(text: &str, at: usize, spelled: &mut Spelled) -> Option<usize> {
    let inside = text[at..].strip_prefix(is_mark).unwrap_or(&text[at..]);
    let inside = inside.strip_prefix('(').unwrap_or(inside);
    let start = text.len() - inside.len();
    let len = inside.bytes().take(LONGEST).position(|byte| matches!(byte, b')' | b'(' | b'?' | 0xE2..))?;
    let is_closed = inside.as_bytes()[len] == b')' && len > 0;
    (is_closed && spelled.read(&inside[..len])).then_some(start + len + 1)
}
