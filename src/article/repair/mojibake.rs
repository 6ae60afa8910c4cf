//! Text that was decoded with the wrong encoding, and what debuggers and decoders leave for memory and bytes that are none.
//!
//! A line of such text has few characters that readers know. Its bytes can be had back by encoding it again, and decoded as what they
//! are. Where a byte was lost on the way, U+FFFD stands for the character.

use encoding_rs::{BIG5, EncoderResult, Encoding, GBK, UTF_8, WINDOWS_1252};

use super::scan;
use super::words::Words;
use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::text::codes::is_han;

/// What text was read as, what it was, and in words.
type Way = (&'static Encoding, &'static Encoding, &'static str);

const WAYS: [Way; 6] = [
    (GBK, UTF_8, "UTF-8 that was read as GBK"),
    (WINDOWS_1252, UTF_8, "UTF-8 that was read as Latin-1"),
    (WINDOWS_1252, GBK, "GBK that was read as Latin-1"),
    (BIG5, UTF_8, "UTF-8 that was read as Big5"),
    (GBK, BIG5, "Big5 that was read as GBK"),
    (BIG5, GBK, "GBK that was read as Big5"),
];

/// So many characters beyond ASCII show what a line is.
const ENOUGH: usize = 6;
/// Characters that are looked at first.
const SAMPLE: usize = 64;
/// Of text, at least this share of its characters is common; of wrongly decoded text at most the other.
const READABLE: f64 = 0.85;
const UNREADABLE: f64 = 0.72;

/// The wrongly decoded lines of `text`, to be replaced, and runs of characters that stand for no text, to be removed.
pub(in crate::article) fn find(text: &str, words: &Words<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    let has_fill = scan::find(text, 0, may_be_fill).is_some();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        if let Some((replacement, reason)) = decoded(content, words) {
            let at = start..start + content.len();
            edits.push(Edit { at, replacement, kind: RepairKind::Damage, reason: reason.into() });
        } else if has_fill {
            fill(content, start, &mut edits);
        }
        start += line.len();
    }
    // In a text, a person may say twice that the tea is hot.
    if edits.len() < 2 && edits.iter().all(|edit| edit.at.len() < "烫烫烫烫".len() && edit.replacement.is_empty()) {
        edits.retain(|edit| text[edit.at.clone()].contains('锟'));
    }
    edits
}

/// How many of the characters beyond ASCII a reader knows, and how many there are.
fn common(text: &str, words: &Words<'_>) -> (usize, usize) {
    let counts = |c: &char| is_han(*c) || !c.is_ascii() && !c.is_whitespace() && *c != '\u{FFFD}';
    text.chars().filter(counts).take(SAMPLE).fold((0, 0), |(common, all), c| {
        let is_known = match c {
            '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{2026}' | '·' => true,
            _ => is_han(c) && words.is_common(c),
        };
        (common + usize::from(is_known), all + 1)
    })
}

fn share(text: &str, words: &Words<'_>) -> f64 {
    let (common, all) = common(text, words);
    common as f64 / all.max(1) as f64
}

/// What a line was before it was wrongly decoded, and how it was.
fn decoded(line: &str, words: &Words<'_>) -> Option<(String, &'static str)> {
    let (known, all) = common(line, words);
    if all < ENOUGH || known as f64 > UNREADABLE * all as f64 {
        return None;
    }
    let readings = WAYS.iter().filter_map(|&(read_as, was, reason)| {
        let text = again(line, read_as, was)?;
        // Fewer characters have as many bytes; and those that were lost are not among the readable ones.
        let share = share(&text, words);
        (share >= READABLE && text.chars().any(is_han)).then_some((share, text, reason))
    });
    readings.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, text, reason)| (text, reason))
}

/// `line` as bytes of one encoding, decoded as another; none if most of it is of neither.
fn again(line: &str, read_as: &'static Encoding, was: &'static Encoding) -> Option<String> {
    let mut bytes = Vec::with_capacity(line.len());
    let all = line.chars().count();
    let mut lost = 0;
    for c in line.chars() {
        let (mut text, mut encoded) = ([0; 4], [0; 4]);
        match c {
            '\u{FFFD}' => {
                lost += 1;
                bytes.push(0xFF);
            }
            // Latin-1 has all bytes, Windows-1252 has other characters for some.
            '\u{80}'..='\u{FF}' if read_as == WINDOWS_1252 => bytes.extend(u8::try_from(u32::from(c))),
            _ => {
                let text = c.encode_utf8(&mut text);
                match read_as.new_encoder().encode_from_utf8_without_replacement(text, &mut encoded, true) {
                    (EncoderResult::InputEmpty, _, len) => bytes.extend_from_slice(&encoded[..len]),
                    _ => {
                        lost += 2;
                        bytes.push(0xFF);
                    }
                }
            }
        }
        if lost * 4 > all {
            return None;
        }
    }
    let text = was.decode_without_bom_handling(&bytes).0;
    // One mark is enough for what was lost in one place.
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\u{FFFD}' || !plain.ends_with('\u{FFFD}') {
            plain.push(c);
        }
    }
    Some(plain)
}

/// Returns `true` for the bytes of `锟`, `烫` or `屯`.
fn may_be_fill(a: u8, b: u8, c: u8) -> bool {
    (a == 0xE9) & (b == 0x94) & (c == 0x9F)
        | (a == 0xE7) & (b == 0x83) & (c == 0xAB)
        | (a == 0xE5) & (b == 0xB1) & (c == 0xAF)
}

/// Runs of `锟斤拷`, which is U+FFFD read as GBK, and of `烫` and `屯`, which is memory that nobody has written to.
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
            edits.push(Edit::remove(from..from + len, RepairKind::Damage, "what stands for bytes that were no text"));
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
        edited(text, find(text, &Words::new(dictionary.lexicon())))
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
