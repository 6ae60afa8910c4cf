//! Repairs text that was decoded with the wrong encoding, and removes characters that stand for
//! bytes that were no text.
//!
//! A line of such text has few common characters. Encoding it again gives its bytes, which are then
//! decoded with the right encoding. U+FFFD stands for characters whose bytes were lost.

use encoding_rs::{BIG5, Encoding, GBK, UTF_8, WINDOWS_1252};

use super::gbk::encoded;
use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::dictionary::Lexicon;
use crate::text::codes::is_han;

/// The encoding that text was read as, the encoding that it was written in, and both in words.
const WAYS: [(&Encoding, &Encoding, &str); 6] = [
    (GBK, UTF_8, "UTF-8 that was read as GBK"),
    (WINDOWS_1252, UTF_8, "UTF-8 that was read as Latin-1"),
    (WINDOWS_1252, GBK, "GBK that was read as Latin-1"),
    (BIG5, UTF_8, "UTF-8 that was read as Big5"),
    (GBK, BIG5, "Big5 that was read as GBK"),
    (BIG5, GBK, "GBK that was read as Big5"),
];

/// The number of characters beyond ASCII that suffice to judge a line.
const ENOUGH: usize = 6;
/// The number of these characters to look at.
const SAMPLE: usize = 64;
/// The least share of common characters in readable text, and the greatest share in wrongly decoded
/// text.
const READABLE: f64 = 0.85;
const UNREADABLE: f64 = 0.72;

/// Returns edits that replace the wrongly decoded lines of `text`, and that remove unreadable text.
pub(in crate::article) fn find(text: &str, lexicon: Lexicon<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    let has_fill = FILL.iter().any(|fill| text.contains(fill));
    for line in text.split('\n') {
        if let Some((replacement, reason)) = decoded(line, lexicon) {
            let at = start..start + line.len();
            edits.push(Edit { at, replacement, kind: RepairKind::Damage, reason: reason.into() });
        } else if has_fill {
            fill(line, start, &mut edits);
        }
        start += line.len() + 1;
    }
    // A person may write once that the tea is 烫烫烫.
    let is_only_one = edits.len() == 1;
    edits.retain(|edit| !is_only_one || !matches!(&text[edit.at.clone()], "烫烫烫" | "屯屯屯"));
    edits
}

/// Returns the share of common characters among the first characters beyond ASCII, and the number
/// of these characters.
fn readable(text: &str, lexicon: Lexicon<'_>) -> (f64, usize) {
    let is_common = |c: char| match c {
        c if is_han(c) => Some(lexicon.is_common(c)),
        '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{2026}' | '·' => Some(true),
        c => (!c.is_ascii() && !c.is_whitespace() && c != '\u{FFFD}').then_some(false),
    };
    let (mut common, mut all) = (0, 0);
    for is_common in text.chars().filter_map(is_common).take(SAMPLE) {
        all += 1;
        common += usize::from(is_common);
    }
    (common as f64 / all.max(1) as f64, all)
}

/// Returns a line in its right encoding, and the reason. An unreadable line that has lost many
/// bytes becomes empty.
fn decoded(line: &str, lexicon: Lexicon<'_>) -> Option<(String, &'static str)> {
    if line.len() < 2 * ENOUGH {
        return None;
    }
    let (share, all) = readable(line, lexicon);
    if all < ENOUGH || share > UNREADABLE {
        return None;
    }
    let readings = WAYS.iter().filter_map(|&(read_as, was, reason)| {
        let text = read(&bytes_of(line, read_as)?, was);
        let (share, _) = readable(&text, lexicon);
        (share >= READABLE && text.chars().any(is_han)).then_some((share, text, reason))
    });
    let best = readings.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, text, reason)| (text, reason));
    let lost = line.chars().filter(|&c| c == '\u{FFFD}').count();
    best.or_else(|| (lost * 3 > all).then(|| (String::new(), "bytes that cannot be read in any encoding")))
}

/// Returns the bytes of a line that was read in this encoding. Returns `None` if too many are lost.
fn bytes_of(line: &str, read_as: &'static Encoding) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(line.len());
    let mut lost = 0;
    for c in line.chars() {
        match encoded(c, read_as) {
            // In Latin-1 these are bytes. Windows-1252 has other characters for some of them.
            _ if read_as == WINDOWS_1252 && ('\u{80}'..='\u{FF}').contains(&c) => bytes.extend(u8::try_from(c)),
            Some(encoded) => bytes.extend(encoded),
            None => {
                lost += if c == '\u{FFFD}' { 1 } else { 2 };
                bytes.push(0xFF);
            }
        }
    }
    (lost * 4 <= line.chars().count()).then_some(bytes)
}

/// Decodes bytes. One U+FFFD is enough for each place that cannot be decoded.
fn read(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    let mut last = ' ';
    text.retain(|c| std::mem::replace(&mut last, c) != '\u{FFFD}' || c != '\u{FFFD}');
    text
}

/// The first character of `锟斤拷`, which is U+FFFD read as GBK, and the characters of unused memory.
const FILL: [&str; 3] = ["锟", "烫", "屯"];

/// Removes runs of the characters that [`FILL`] describes: they stand for no text.
fn fill(line: &str, start: usize, edits: &mut Vec<Edit>) {
    const FEWEST: usize = 3;
    let mut rest = line;
    while let Some(at) = rest.find(['锟', '烫', '屯']) {
        let run = &rest[at..];
        let is_of_run = |c: char| match run.chars().next() {
            Some('锟') => matches!(c, '锟' | '斤' | '拷'),
            first => Some(c) == first,
        };
        let len = run.find(|c| !is_of_run(c)).unwrap_or(run.len());
        if run[..len].chars().count() >= FEWEST {
            let from = start + line.len() - run.len();
            edits.push(Edit::remove(from..from + len, RepairKind::Damage, "it stands for bytes that are not text"));
        }
        rest = &run[len..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::draft::edited;
    use crate::dictionary::Dictionary;

    const TEXT: &str = "江边新建的图书馆今天开放，市民可以免费借阅。";

    fn cleaned(text: &str) -> String {
        let dictionary = Dictionary::embedded();
        edited(text, find(text, dictionary.lexicon()))
    }

    #[test]
    fn text_is_decoded_again() {
        let latin: String = TEXT.bytes().map(char::from).collect();
        assert_eq!(cleaned(&latin), TEXT);
        let latin: String = GBK.encode(TEXT).0.iter().map(|&byte| char::from(byte)).collect();
        assert_eq!(cleaned(&latin), TEXT);
        let text = "江邊新建的圖書館今天開放市民可以免費借閱";
        // An odd number of bytes loses one of them.
        let found = cleaned(&GBK.decode(text.as_bytes()).0);
        let kept = found.chars().filter(|&c| text.contains(c)).count();
        assert!(kept * 10 >= text.chars().count() * 8, "{found}");
    }

    #[test]
    fn what_stands_for_no_text_goes() {
        assert_eq!(cleaned("锟斤拷锟斤拷新闻锟斤拷"), "新闻");
        assert_eq!(cleaned("烫烫烫第一段。烫烫烫烫\n屯屯屯屯屯"), "第一段。\n");
    }

    #[test]
    fn text_that_cannot_be_read_goes() {
        // 「小火車下午抵達山口，旅客都下車看雲。」 in Big5, read as GBK by a decoder that loses bytes.
        let text = "�p�酲��Uと╄笷�s�f�A�全瘸￥Uó�荻场C";
        assert_eq!(cleaned(&format!("{TEXT}\n{text}")), format!("{TEXT}\n"));
        let text = "价格\u{fffd}元，数量\u{fffd}个，运费\u{fffd}\u{fffd}元";
        assert_eq!(cleaned(text), text);
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            TEXT,
            "汤还烫烫烫的呢",
            "Où êtes-vous allés cet été, à la forêt ou près du château ?",
            "日本語の文字コードを判定するための文章です。",
            "嫘祖、甪直、氿滨、盱眙、郫县、邛崃、濮阳、亳州",
            "饕餮、貔貅、魑魅、魍魉、狻猊、睚眦",
            "한국어 문장입니다. 그리고 하나 더.",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }
}
