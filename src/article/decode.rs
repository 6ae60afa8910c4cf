//! Decodes the bytes of a page.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::dictionary::Dictionary;
use crate::text::up_to;

/// A decoded page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding's name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// `true` if some bytes could not be decoded. The text has U+FFFD in their places.
    pub has_errors: bool,
}

/// Decodes a page. The encoding follows from the byte order mark, from `<meta charset>`, or from
/// the bytes themselves. This tells UTF-8, GBK, Big5 and UTF-16 apart, even in short texts.
///
/// ```
/// use fenci::article::decode;
///
/// let page = decode(b"\xc8\xed\xd2\xf8\xbc\xaf\xcd\xc5");
/// assert_eq!((page.text.as_str(), page.encoding), ("软银集团", "GBK"));
/// ```
pub fn decode(bytes: &[u8]) -> Decoded {
    let (text, encoding, has_errors) = detect(bytes).decode(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), has_errors }
}

/// Returns the name of the encoding in which [`decode`] reads a page that begins with `bytes`.
///
/// ```
/// assert_eq!(fenci::article::encoding_of("软银".as_bytes()), "UTF-8");
/// ```
pub fn encoding_of(bytes: &[u8]) -> &'static str {
    detect(bytes).name()
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16(bytes) {
        return encoding;
    }
    // `bytes` may be the beginning of a page and end inside a character.
    if std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true) {
        return UTF_8;
    }
    declared(bytes).unwrap_or_else(|| likeliest(bytes))
}

/// Returns `true` if a text is HTML: it begins with a doctype, an XML declaration or an element.
///
/// ```
/// use fenci::article::is_html;
///
/// assert!(is_html("<!DOCTYPE html><title>新桥通车</title>"));
/// assert!(is_html("<div class='a'><p>新桥今天通车。</p></div>"));
/// assert!(!is_html("如果 a < b，就写 <b> 标签。"));
/// ```
pub fn is_html(text: &str) -> bool {
    const TAGS: [&str; 9] = ["<p>", "<p ", "<div", "<br", "<table", "<h1", "<ul", "<span", "<section"];
    const ENOUGH: usize = 2;
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let head = up_to(start, 0, SAMPLE).to_ascii_lowercase();
    let begins = ["<!doctype html", "<html", "<head", "<body", "<?xml"].iter().any(|tag| head.starts_with(tag));
    let tags: usize = TAGS.iter().map(|tag| head.matches(tag).count()).sum();
    let is_element = head.starts_with('<') && TAGS.iter().any(|tag| head.starts_with(tag));
    begins
        || head.contains("<html") && head.contains("<body")
        || is_element && tags + head.matches("</").count() >= ENOUGH
}

/// Recognizes UTF-16 without a byte order mark. In each pair of bytes, the high byte is 0 for
/// ASCII, or that of a Han character or a full-width mark. Shift_JIS looks similar, so a text
/// without such zeros must also have words.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let is_high = |byte: u8| matches!(byte, 0 | 0x30 | 0x4e..=0x9f | 0xff);
    let is_utf16 = |&(high, encoding): &(usize, &'static Encoding)| {
        let side = |side: usize| sample.iter().copied().skip(side).step_by(2);
        let zeros = |of: usize| side(of).filter(|&byte| byte == 0).count();
        let share = side(high).filter(|&byte| is_high(byte)).count() as f64 / side(high).count() as f64;
        let is_marked = zeros(high) > 4 * zeros(1 - high);
        share > 0.95 && (is_marked || share_of_words(sample, encoding) > LEAST_WORDS)
    };
    let is_paired = !bytes.is_empty() && bytes.len() % 2 == 0;
    [(0, UTF_16BE), (1, UTF_16LE)].iter().find(|side| is_paired && is_utf16(side)).map(|side| side.1)
}

/// Returns the encoding that the head of a page declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let (_, label) = head[head.find("<meta")?..].split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).unwrap_or(label.len());
    // UTF-8 was ruled out before.
    Encoding::for_label(&label.as_bytes()[..end]).filter(|&encoding| encoding != UTF_8)
}

/// The number of bytes of a page to judge.
const SAMPLE: usize = 1 << 14;

/// The least share of neighbouring characters that are words. Below it, a text is not Chinese, or
/// is wrongly decoded. The share is a third in Chinese text and a hundredth in wrongly decoded
/// text.
const LEAST_WORDS: f64 = 0.1;

/// Returns the encoding in which neighbouring characters are words most often. If hardly any are,
/// the text is not Chinese, and `chardetng` decides.
fn likeliest(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let share = |encoding| (share_of_words(sample, encoding), encoding);
    let (words, encoding) =
        [BIG5, UTF_8, GBK].map(share).into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, UTF_8));
    if words > LEAST_WORDS {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(Some(b"cn"), Utf8Detection::Allow)
}

/// Returns the share of pairs of neighbouring characters beyond ASCII that are words.
fn share_of_words(bytes: &[u8], encoding: &'static Encoding) -> f64 {
    Dictionary::embedded().lexicon().share_of_pairs(&encoding.decode_without_bom_handling(bytes).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_told_by_their_words() {
        for text in
            ["你好", "软银集团", "新华社北京电", "今天天气很好。", "中国人民银行今天发布公告，决定下调准备金率。"]
        {
            let bytes = GBK.encode(text).0;
            assert_eq!(decode(&bytes).text, text);
        }
        for text in ["軟體", "資料庫與軟體", "臺北市政府今天宣布，捷運將延長營運時間。"] {
            let bytes = BIG5.encode(text).0;
            assert_eq!(decode(&bytes).text, text);
        }
        for text in ["中国", "OpenAI的数据中心\n", "hello\n", "軟銀"] {
            let [little, big] = [u16::to_le_bytes, u16::to_be_bytes]
                .map(|bytes| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>());
            assert_eq!((decode(&little).text.as_str(), decode(&big).text.as_str()), (text, text));
            assert_eq!(decode(text.as_bytes()).text, text);
        }
    }

    #[test]
    fn one_bad_byte_does_not_change_the_encoding() {
        let text = decode("软银集团的数据中心\u{20}至今没有动工".replace(' ', "\u{fffd}").as_bytes());
        assert!(!text.has_errors);
        let text = decode(&["软银集团的数据中心".as_bytes(), &b"\xff"[..], "至今没有动工".as_bytes()].concat());
        assert_eq!((text.encoding, text.has_errors), (UTF_8.name(), true));
    }

    #[test]
    fn shift_jis_is_not_taken_for_utf_16() {
        let bytes = encoding_rs::SHIFT_JIS.encode("日本語の文字コードを判定するための文章です。これは短い文です。").0;
        assert_ne!(decode(&bytes).encoding, UTF_16BE.name());
    }

    #[test]
    fn pages_declare_their_encoding() {
        let page = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'></head>门";
        assert_eq!(decode(&GBK.encode(page).0).encoding, GBK.name());
    }
}
