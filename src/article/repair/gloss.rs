//! Readings in brackets after the characters that they belong to, as in `門(mén)`.
//!
//! What has harmed a page has glossed a character wherever it stands, and has not asked whether a reader knows it. A
//! page that explains the reading of a rare character, or one of two readings of a common one, has neither mark,
//! and loses nothing.

use std::collections::HashMap;
use std::ops::Range;

use super::gbk::{bytes_of, char_of};
use super::readings::{LONGEST, Spelled, is_pinyin_letter, is_reading_of, may_begin_marked};
use super::scan::Scan;
use super::words::Words;
use crate::article::draft::Edit;
use crate::article::{Glosses, RepairKind};
use crate::text::codes::is_han;

/// A reading that fits what stands before it.
#[derive(Debug)]
struct Gloss {
    /// The brackets belong to it.
    at: Range<usize>,
    /// The last of the characters that it is the reading of.
    base: char,
    /// Whether it has a tone, and so cannot be a Latin word.
    has_tone: bool,
}

/// The glosses of `text`, to be removed; none if the page does not look as if they had been put in by a machine.
/// `is_harmed`: that is known already.
pub(in crate::article) fn find(text: &str, words: &Words<'_>, glosses: Glosses, is_harmed: bool) -> Vec<Edit> {
    let found = candidates(text);
    if glosses == Glosses::Auto && !is_harmed && !is_machine_made(text, &found, words) {
        return Vec::new();
    }
    let edit = |gloss: Gloss| Edit::remove(gloss.at, RepairKind::Gloss, "the reading of what stands before it");
    found.into_iter().map(edit).collect()
}

/// Whether two common characters at least are glossed, each at least every second time that it occurs, and not in two
/// ways, as in a lesson.
fn is_machine_made(text: &str, found: &[Gloss], words: &Words<'_>) -> bool {
    const ENOUGH: usize = 2;
    /// Each costs a search through the text.
    const MOST_TRIED: usize = 32;
    /// What is known of a glossed character.
    struct Base<'t> {
        count: usize,
        reading: &'t str,
        has_others: bool,
    }
    let mut bases: HashMap<char, Base<'_>> = HashMap::new();
    let mut order: Vec<char> = Vec::new();
    let mut end = 0;
    for gloss in found {
        // Readings one behind the other are of one place.
        let is_first = std::mem::replace(&mut end, gloss.at.end) != gloss.at.start;
        if !is_first || !is_han(gloss.base) {
            continue;
        }
        let reading = &text[gloss.at.clone()];
        let base = bases.entry(gloss.base).or_insert_with(|| {
            order.push(gloss.base);
            Base { count: 0, reading, has_others: false }
        });
        base.count += usize::from(gloss.has_tone);
        base.has_others |= base.reading != reading;
    }
    let is_listed = |c: &char| {
        let base = &bases[c];
        !base.has_others && words.is_common(*c) && text.matches(*c).count() <= 2 * base.count
    };
    order.iter().take(MOST_TRIED).filter(|c| is_listed(c)).take(ENOUGH).count() == ENOUGH
}

fn candidates(text: &str) -> Vec<Gloss> {
    let mut found: Vec<Gloss> = Vec::new();
    // Where the last gloss ends, and where the characters that it belongs to end.
    let mut last = (usize::MAX, 0);
    let mut scan = Scan::new(text, may_begin);
    let mut inside = Spelled::default();
    let mut at = 0;
    while let Some(next) = scan.find(at) {
        at = next;
        let Some(range) = bracketed(text, at).or_else(|| bare(text, at)) else {
            at += 1;
            continue;
        };
        // No bracket begins inside of letters.
        let next = if range.at == range.inside { range.at.end } else { at + 1 };
        let base_end = if range.at.start == last.0 { last.1 } else { range.at.start };
        let before = &text[..base_end];
        let fits = inside.read(&text[range.inside]) && (inside.fits(before) > 0 || fits_bytes(before, &inside));
        match before.chars().next_back() {
            Some(base) if fits => {
                last = (range.at.end, base_end);
                at = range.at.end;
                found.push(Gloss { at: range.at, base, has_tone: inside.has_tone });
            }
            _ => at = next,
        }
    }
    found
}

/// Whether the second byte of a character and the letter after it, which end `before`, are the bytes of a character
/// with this reading.
fn fits_bytes(before: &str, reading: &Spelled) -> bool {
    let mut last = before.chars().rev();
    let Some(letter @ '@'..='~') = last.next() else { return false };
    let second = last.next().and_then(bytes_of).map(|[_, second]| second);
    let c = second.and_then(|second| char_of(second, letter as u8));
    reading.has_tone && c.is_some_and(|c| is_reading_of(c, reading))
}

/// Where something stands that may be a reading.
struct Place {
    at: Range<usize>,
    inside: Range<usize>,
}

/// Whether a bracket, of either width, or a letter with a tone mark may begin with these bytes.
fn may_begin(a: u8, b: u8, c: u8) -> bool {
    let is_wide = (a == 0xEF) & (b == 0xBC) & ((c == 0x88) | (c == 0xBB));
    (a == b'(') | (a == b'[') | is_wide | may_begin_marked(a)
}

/// A pair of brackets with a few letters inside.
fn bracketed(text: &str, start: usize) -> Option<Place> {
    const OPEN: [char; 4] = ['(', '（', '[', '［'];
    const CLOSE: [char; 4] = [')', '）', ']', '］'];
    let bytes = text.as_bytes();
    if !matches!(bytes[start], b'(' | b'[') && !matches!(bytes[start..], [0xEF, 0xBC, 0x88 | 0xBB, ..]) {
        return None;
    }
    let open = text[start..].chars().next().filter(|c| OPEN.contains(c))?;
    let inside = start + open.len_utf8();
    // A closing bracket begins with one of these bytes, and no letter of pinyin does.
    let len =
        bytes[inside..].iter().take(LONGEST).position(|&byte| matches!(byte, b')' | b']' | 0xEF | 0xE3..=0xE9))?;
    let close = text[inside + len..].chars().next().filter(|c| CLOSE.contains(c))?;
    (len > 0).then(|| Place { at: start..inside + len + close.len_utf8(), inside: inside..inside + len })
}

/// Letters without brackets, one of which, at `marked`, has a tone mark: what is left of `<ruby>` in a text.
fn bare(text: &str, marked: usize) -> Option<Place> {
    if !may_begin_marked(text.as_bytes()[marked]) || !text.is_char_boundary(marked) {
        return None;
    }
    let letters = |c: &char| is_pinyin_letter(*c);
    let before: usize = text[..marked].chars().rev().take(LONGEST).take_while(letters).map(char::len_utf8).sum();
    let after: usize = text[marked..].chars().take(LONGEST).take_while(letters).map(char::len_utf8).sum();
    let range = marked - before..marked + after;
    (after > 0).then(|| Place { at: range.clone(), inside: range })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        candidates(text).into_iter().map(|gloss| &text[gloss.at]).collect()
    }

    fn removed(text: &str) -> usize {
        find(text, &Words::new(&crate::dictionary::Dictionary::embedded()), Glosses::Auto, false).len()
    }

    #[test]
    fn readings_are_glosses() {
        assert_eq!(found("門(mén)項（xiàng）目"), ["(mén)", "（xiàng）"]);
        assert_eq!(found("門[mén]項（xiang4）目"), ["[mén]", "（xiang4）"]);
        assert_eq!(found("女(nǚ)略(lüè)壯(zhuàng)兒(ér)嗯(ńg)"), ["(nǚ)", "(lüè)", "(zhuàng)", "(ér)", "(ńg)"]);
        assert_eq!(found("著(zháo)(zhuó)"), ["(zháo)", "(zhuó)"]);
        assert_eq!(found("星際(xīngjì)之門"), ["(xīngjì)"]);
        assert_eq!(found("漢hàn字zì。"), ["hàn", "zì"]);
        // EB of 入 and 42, which is B, are the bytes of 隑.
        assert_eq!(found("降入B(gài)級"), ["(gài)"]);
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "智能(AI)",
            "之门(Stargate)",
            "哈(ha)",
            "山姆(Sam)",
            "店(café)",
            "(mén)",
            "a(mén)",
            "門(mén",
            "門()",
            "門(mén、mèn)",
            "門((",
            "的(xyzá)",
            "門(é中)",
            "門(mén中)",
            "門(wù)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_explanation_stays() {
        assert_eq!(removed("“門(mén)”項(xiàng)目"), 2);
        // One reading; readings of rare characters; one of several readings of a character.
        assert_eq!(removed("“門”讀作門(mén)。"), 0);
        assert_eq!(removed("嫘(léi)祖，甪(lù)直，氿(guǐ)濱"), 0);
        // Heteronyms among others are none the less glosses.
        assert_eq!(removed("項(xiàng)目著(zháo)火，看著(zhe)門(mén)"), 4);
        assert_eq!(removed("行（háng）业和行（xíng）走，还（huán）书和还（hái）有"), 0);
        assert_eq!(removed("长有两个读音，长江的长和长高的长(zhǎng)；行也有，行走，行行出状元，银行的行(háng)。"), 0);
    }
}
