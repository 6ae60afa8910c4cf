//! Converts characters to GBK and back.

use encoding_rs::{DecoderResult, EncoderResult, GBK};

/// Returns the two bytes of a character in GBK.
pub(super) fn bytes_of(c: char) -> Option<[u8; 2]> {
    let (mut text, mut bytes) = ([0; 4], [0; 4]);
    let text = &*c.encode_utf8(&mut text);
    let (result, _, written) = GBK.new_encoder().encode_from_utf8_without_replacement(text, &mut bytes, true);
    let [first, second, ..] = bytes;
    (result == EncoderResult::InputEmpty && written == 2).then_some([first, second])
}

/// Returns the character of two bytes in GBK. Characters for private use are left out.
pub(super) fn char_of(first: u8, second: u8) -> Option<char> {
    let mut bytes = [0; 8];
    let mut decoder = GBK.new_decoder_without_bom_handling();
    let (result, _, written) = decoder.decode_to_utf8_without_replacement(&[first, second], &mut bytes, true);
    let text = std::str::from_utf8(&bytes[..written]).ok().filter(|_| result == DecoderResult::InputEmpty)?;
    let mut chars = text.chars();
    let c = chars.next().filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}'))?;
    (chars.next().is_none() && first >= 0x81).then_some(c)
}

/// Returns whether a character is in GB 2312, the part of GBK for Simplified text.
pub(super) fn is_gb2312(c: char) -> bool {
    bytes_of(c).is_some_and(|[first, second]| first >= 0xA1 && second >= 0xA1 && first <= 0xF7)
}
