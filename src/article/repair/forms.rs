//! Writes characters in their usual form: HTML entities, invisible characters, full-width letters,
//! radicals, line ends, and white space around lines.

use std::ops::Range;

use super::scan;
use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::text::codes::{is_han, narrow};
use crate::text::unified::unified;

/// The longest entity, in bytes. It is longer than `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 34;

pub(in crate::article) fn find(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut forms = Forms { text, edits: Vec::new() };
    // The end of the text that was read.
    let mut done = forms.indent(0);
    for at in scan::places(text, may_change) {
        if at < done {
            continue;
        }
        done = match bytes[at] {
            b'\n' | b'\r' => forms.line_end(at),
            b'&' => forms.entity(at),
            _ => forms.character(at),
        };
    }
    forms.trailing_space(text.len());
    forms.edits
}

/// Returns `true` if these bytes may begin the end of a line, an entity, or a character that
/// [`Forms::character`] changes. `true` is only a hint.
fn may_change(a: u8, b: u8, c: u8) -> bool {
    let is_ascii = (1..b' ').contains(&a) & (a != b'\t') | (a == b'&') | (a == 0x7F);
    // Up to U+00AD; the Arabic letter mark.
    let is_narrow = (a == 0xC2) & (b <= 0xAD) | (a == 0xD8) & (b == 0x9C);
    // Before the dashes and after the ellipsis; radicals.
    let is_general = (b == 0x80) & !(0x90..=0xA6).contains(&c) | (b == 0x81) | (b >= 0xBA);
    // Full-width letters and digits, half-width punctuation; everything before and after full-width
    // forms.
    let is_letter = (b == 0xBC) & ((0x90..=0x99).contains(&c) | (c >= 0xA1)) | (b == 0xBD) & (c <= 0xA4);
    let is_compatible = (b < 0xBC) | (b == 0xBF);
    is_ascii | is_narrow | (a == 0xE2) & is_general | (a == 0xEF) & (is_letter | is_compatible)
}

struct Forms<'t> {
    text: &'t str,
    edits: Vec<Edit>,
}

impl Forms<'_> {
    fn edit(&mut self, at: Range<usize>, replacement: impl Into<String>, reason: &'static str) -> usize {
        let end = at.end;
        let replacement = replacement.into();
        self.edits.push(Edit { at, replacement, kind: RepairKind::Form, reason: reason.into() });
        end
    }

    /// Removes white space at the beginning of a line.
    fn indent(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let len = rest.len() - rest.trim_start_matches(is_indent).len();
        if len == 0 { at } else { self.edit(at..at + len, "", "white space around a line") }
    }

    /// Removes white space at the end of a line.
    fn trailing_space(&mut self, end: usize) {
        let trimmed = self.text[..end].trim_end_matches(is_indent).len();
        if trimmed < end {
            // Earlier edits of this white space are no longer needed.
            self.edits.truncate(self.edits.partition_point(|edit| edit.at.start < trimmed));
            self.edit(trimmed..end, "", "white space around a line");
        }
    }

    /// Replaces `\r\n` and `\r` by `\n`, and removes the white space around them.
    fn line_end(&mut self, at: usize) -> usize {
        self.trailing_space(at);
        let rest = &self.text[at..];
        let (len, replacement) = if rest.starts_with("\r\n") { (2, "") } else { (1, "\n") };
        if rest.starts_with('\r') {
            self.edit(at..at + 1, replacement, "the line end of another system");
        }
        self.indent(at + len)
    }

    /// Replaces an HTML entity.
    fn entity(&mut self, at: usize) -> usize {
        let (mut end, mut decoded) = (at + 1, String::from("&"));
        // An entity that was escaped twice begins with `&amp;`.
        while decoded == "&" {
            let name = &self.text.as_bytes()[end..];
            let len = name.iter().take(LONGEST_ENTITY).position(|&byte| !byte.is_ascii_alphanumeric() && byte != b'#');
            let Some(len) = len.filter(|&len| len > 1 && name[len] == b';') else { break };
            let entity = format!("&{}", &self.text[end..=end + len]);
            let found = html_escape::decode_html_entities(&entity);
            if found == entity {
                break;
            }
            end += len + 1;
            decoded = found.into_owned();
        }
        if end == at + 1 {
            return end;
        }
        self.edit(at..end, decoded.replace('\u{A0}', " "), "an HTML entity")
    }

    /// Replaces a full-width mark after `last`, a full-width letter or digit, if it belongs to the
    /// same number, address or name.
    fn mark_after(&mut self, last: char, from: usize) -> usize {
        const LONGEST_UNIT: usize = 3;
        // A price and its unit may stand before a slash: `２０元／月`.
        let unit: usize =
            self.text[from..].chars().take(LONGEST_UNIT).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
        let at = if self.text[from + unit..].starts_with('／') { from + unit } else { from };
        let mut rest = self.text[at..].chars();
        let (Some(mark), next) = (rest.next(), rest.next().unwrap_or(' ')) else { return from };
        let belongs = match mark {
            '％' => is_wide_digit(last),
            // These separate clauses unless digits stand on both sides.
            '：' | '，' => is_wide_digit(last) && is_wide_digit(next),
            '／' => is_wide(next) || is_han(next),
            '－' | '．' | '＠' | '＿' | '＋' | '＆' | '＃' | '＝' => is_wide(next),
            _ => false,
        };
        match belongs {
            true => self.edit(at..at + mark.len_utf8(), narrow(mark), "a full-width mark in a number or a name"),
            false => from,
        }
    }

    /// Replaces or removes one character.
    fn character(&mut self, at: usize) -> usize {
        let c = self.text[at..].chars().next().unwrap_or('\0');
        let end = at + c.len_utf8();
        let (before, after) = (&self.text[..at], &self.text[end..]);
        // Joiners are part of emoji and of other scripts.
        let is_joiner = matches!(c, '\u{200C}' | '\u{200D}');
        if is_invisible(c) || is_joiner && (before.ends_with(is_chinese) || after.starts_with(is_chinese)) {
            return self.edit(at..end, "", "a character that cannot be seen");
        }
        match c {
            c if is_wide(c) => {
                let end = self.edit(at..end, narrow(c), "a full-width letter or digit");
                self.mark_after(c, end)
            }
            '｡'..='､' => {
                let usual = ["。", "「", "」", "、"][c as usize - '｡' as usize];
                self.edit(at..end, usual, "half-width punctuation")
            }
            '\u{A0}' => self.edit(at..end, " ", "a space that does not break"),
            _ => match unified(c) {
                same if same == c => end,
                unified => self.edit(at..end, unified, "a radical or a compatible form of a character"),
            },
        }
    }
}

/// Returns `true` if `c` is a full-width letter or digit.
fn is_wide(c: char) -> bool {
    is_wide_digit(c) || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

/// Returns `true` if `c` is white space that does not end a line.
fn is_indent(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}' | '\u{2000}'..='\u{200A}' | '\u{FEFF}' | '\u{200B}')
}

/// Returns `true` if `c` is invisible: it has no width, sets the direction, is a control character,
/// or stands for an object.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{AD}' | '\u{61C}' | '\u{FFFC}')
        || c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

fn is_chinese(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::draft::edited;

    fn cleaned(text: &str) -> String {
        edited(text, find(text))
    }

    #[test]
    fn what_stands_for_others_becomes_them() {
        assert_eq!(cleaned("\u{feff}\u{3000}\u{3000}第一段\u{a0}\r\n\t第二段　第三段"), "第一段\n第二段　第三段");
        assert_eq!(cleaned("人\u{200b}工\u{ad}智\u{200d}能"), "人工智能");
        assert_eq!(cleaned("Ｏｐｅｎ２０２５｡"), "Open2025。");
        assert_eq!(cleaned("A&amp;B&ldquo;門&rdquo;&#38272;&#x9580;&nbsp;C&zwnj;"), "A&B“門”門門 C\u{200c}");
        assert_eq!(cleaned("&amp;amp;lt;b&amp;gt;"), "<b>");
        assert_eq!(cleaned("a\rb"), "a\nb");
        assert_eq!(cleaned("\n \n  \na"), "\n\n\na");
        assert_eq!(
            cleaned("中\u{202a}文\u{202c}和\u{200e}图\u{200f}书\u{2061}馆\u{b}里\u{7}有\u{fffc}书\u{61c}。"),
            "中文和图书馆里有书。"
        );
        assert_eq!(cleaned("⼤⼩⾼⽴⽔⽕⻔⻛⻢\u{F900}"), "大小高立水火门风马豈");
        assert_eq!(cleaned("Ｎｏ．１，Ｘ－５；１０：３０；９．５％。"), "No.1，X-5；10:30；9.5%。");
        assert_eq!(cleaned("每件３０元／只，ｍａｉｌ＠ｂ．ｃｏｍ"), "每件30元/只，mail@b.com");
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "👨‍👩‍👧‍👦",
            "AT&T;",
            "a & b",
            "&;&#;&#xD800;&unknown;",
            "“引號”，。？\u{fffd}",
            "和／或，他：她",
            "Ａ：".trim_start_matches('Ａ'),
            "می‌خواهم",
            "q=1&amp",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }
}
