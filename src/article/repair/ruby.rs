//! Removes the tags of HTML's `<ruby>` from a text, and the readings between them.

use std::ops::Range;

use super::readings::Spelled;
use crate::article::RepairKind;
use crate::article::draft::Edit;

/// The longest annotation, in bytes.
const LONGEST: usize = 256;

/// Returns edits that remove the tags of `<ruby>` and the readings between them. Other annotations
/// are put in brackets.
pub(in crate::article) fn find(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut remove = |at: Range<usize>, replacement: &str| {
        let reason = "it is left of a <ruby> annotation".into();
        edits.push(Edit { at, replacement: replacement.to_owned(), kind: RepairKind::Gloss, reason });
    };
    let mut at = 0;
    while let Some(skip) = text[at..].find('<') {
        at += skip;
        let Some((name, len)) = tag(&text[at..]) else {
            at += 1;
            continue;
        };
        let inside = at + len;
        let end = match name {
            "rt" | "rp" => end_of(text, inside),
            _ => None,
        };
        at = match end {
            Some((len, after)) if name == "rp" || is_reading(&text[inside..inside + len]) => {
                remove(at..after, "");
                after
            }
            Some((len, after)) => {
                remove(at..inside, "（");
                remove(inside + len..after.max(inside + len + 1), "）");
                after.max(inside + len + 1)
            }
            None => {
                remove(at..inside, "");
                inside
            }
        };
    }
    edits
}

/// Returns the name and the length of the tag at the beginning of `text`. The name of a closing tag
/// is empty.
fn tag(text: &str) -> Option<(&str, usize)> {
    let closes = text[1..].strip_prefix('/');
    let name = closes.unwrap_or(&text[1..]);
    let len = name.bytes().take(5).position(|byte| !byte.is_ascii_alphabetic())?;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let name = ["ruby", "rb", "rt", "rp", "rtc"].into_iter().find(|known| known.eq_ignore_ascii_case(&name[..len]))?;
    Some((if closes.is_some() { "" } else { name }, end + 1))
}

/// Returns the length of the annotation at `inside` and the end of the tag that closes it.
fn end_of(text: &str, inside: usize) -> Option<(usize, usize)> {
    let len = text.as_bytes()[inside..].iter().take(LONGEST).position(|&byte| byte == b'<')?;
    let (name, tag_len) = tag(&text[inside + len..])?;
    name.is_empty().then_some((len, inside + len + tag_len))
}

fn is_reading(text: &str) -> bool {
    text.trim().is_empty() || Spelled::new(text.trim()).is_some_and(|spelled| spelled.has_tone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::draft::edited;

    fn cleaned(text: &str) -> String {
        edited(text, find(text))
    }

    #[test]
    fn readings_go_and_other_annotations_stay() {
        assert_eq!(cleaned("<ruby>星<rt>xīng</rt>際<rt>jì</rt></ruby>之門"), "星際之門");
        assert_eq!(cleaned("<ruby lang=zh>門<rp>(</rp><rt>mén</rt><rp>)</rp></ruby>"), "門");
        assert_eq!(cleaned("<RUBY>門<RT>ㄇㄣˊ</RT></RUBY>"), "門");
        assert_eq!(cleaned("<ruby>人工智能<rt>AI</rt></ruby>"), "人工智能（AI）");
    }

    #[test]
    fn everything_else_stays() {
        for text in ["a<b", "<r", "<rty>", "<", "<<>>", "<p>門</p>", "a < ruby > b", "<//ruby>"] {
            assert_eq!(cleaned(text), text);
        }
        assert_eq!(cleaned("<rt>mén"), "mén", "what nothing closes");
    }
}
