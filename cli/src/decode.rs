//! Text from bytes of any common encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) encoding: &'static Encoding,
    /// Whether some bytes were no text, and stand as U+FFFD.
    pub(crate) has_errors: bool,
}

/// Decodes all of `bytes`.
pub(crate) fn decode(bytes: &[u8]) -> Text {
    let (text, encoding, has_errors) = detect(bytes).decode(bytes);
    Text { text: text.into_owned(), encoding, has_errors }
}

/// Returns the encoding of a text that begins with `bytes`: by its byte order mark, by
/// `<meta charset>`, or by the bytes themselves.
pub(crate) fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // A text may end inside a character: it may be the beginning of a longer one.
    if std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true) {
        return UTF_8;
    }
    utf16(bytes).or_else(|| declared(bytes)).unwrap_or_else(|| guessed(bytes))
}

/// UTF-16 without a mark: nearly all of its line ends, spaces and Latin letters have a zero byte
/// on the same side, and no other encoding has zero bytes.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |side: usize| bytes.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    match (zeros(0), zeros(1)) {
        (high, low) if high > 4 * low => Some(UTF_16BE),
        (high, low) if low > 4 * high => Some(UTF_16LE),
        _ => None,
    }
}

/// The encoding that the head of a page declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let (_, label) = head[head.find("<meta")?..].split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// The likeliest encoding of Chinese text with these bytes.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), Utf8Detection::Allow)
}
