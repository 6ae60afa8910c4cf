//! Characters as their bytes in GBK.

use encoding_rs::GBK;

/// The two bytes of a character in GBK.
pub(super) fn bytes_of(c: char) -> Option<[u8; 2]> {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = GBK.encode(c.encode_utf8(&mut buffer));
    match *bytes {
        [first, second] if !unmappable => Some([first, second]),
        _ => None,
    }
}

/// The character of two bytes in GBK; none for those that Unicode leaves to private use.
pub(super) fn char_of(first: u8, second: u8) -> Option<char> {
    let bytes = [first, second];
    let text = GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut chars = text.chars();
    let c = chars.next().filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}'))?;
    (chars.next().is_none() && first >= 0x81).then_some(c)
}

/// Whether a character is in GB 2312, the part of GBK that Simplified text is written in.
pub(super) fn is_gb2312(c: char) -> bool {
    bytes_of(c).is_some_and(|[first, second]| first >= 0xA1 && second >= 0xA1 && first <= 0xF7)
}
