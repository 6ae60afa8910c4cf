//! Converts characters to bytes and back.

use encoding_rs::{Encoding, GBK};

/// Returns the bytes of a character in an encoding.
pub(super) fn encoded(c: char, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let mut text = [0; 4];
    let (bytes, _, is_lost) = encoding.encode(c.encode_utf8(&mut text));
    (!is_lost).then(|| bytes.into_owned())
}

/// Returns the two bytes of a character in GBK.
pub(super) fn bytes_of(c: char) -> Option<[u8; 2]> {
    encoded(c, GBK)?.try_into().ok()
}

/// Returns the character of two bytes in GBK. Characters for private use are left out.
pub(super) fn char_of(first: u8, second: u8) -> Option<char> {
    let bytes = [first, second];
    let text = GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut chars = text.chars();
    let c = chars.next().filter(|c| first >= 0x81 && !matches!(c, '\u{E000}'..='\u{F8FF}'))?;
    chars.next().is_none().then_some(c)
}

/// Returns `true` if a character is in GB 2312, the part of GBK for Simplified text.
pub(super) fn is_gb2312(c: char) -> bool {
    bytes_of(c).is_some_and(|[first, second]| first >= 0xA1 && second >= 0xA1 && first <= 0xF7)
}
