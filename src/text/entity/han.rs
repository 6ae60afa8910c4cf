//! Numbers in Han characters, and dates with 年, 月 and 日.

use super::time::{is_day, is_month, is_year};
use super::{digits, part, run_len, value};
use crate::numbers::fits;

/// The longest number, in characters.
const LONGEST: usize = 32;

/// Whether `c` is part of a number.
pub(super) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || power(c).is_some()
}

fn digit(c: char) -> Option<u32> {
    let digit = "零一二三四五六七八九".chars().position(|numeral| numeral == c).map(fits);
    match c {
        '〇' => Some(0),
        '两' | '兩' => Some(2),
        _ => digit,
    }
}

fn power(c: char) -> Option<u32> {
    match c {
        '十' => Some(1),
        '百' => Some(2),
        '千' => Some(3),
        '万' | '萬' => Some(4),
        '亿' | '億' => Some(8),
        _ => None,
    }
}

/// The length of the number with which `text` begins, if it has two characters or more. One that begins with a power of ten other
/// than 十 is none (千万 and 万一 are words), and neither are two digits.
pub(super) fn number(text: &str) -> Option<usize> {
    let number = &text[..run_len(text, LONGEST, is_numeral)?];
    let begins = number.chars().next().is_some_and(|c| digit(c).is_some() || power(c) == Some(1));
    let has_power = number.contains(|c| power(c).is_some());
    (begins && number.chars().count() >= if has_power { 2 } else { 3 }).then_some(number.len())
}

/// The length of the date with which `text` begins: year and month, perhaps with a day; month and day; or a year in four
/// digits.
pub(super) fn date(text: &str) -> Option<usize> {
    let (first, at) = small_number(text)?;
    let mut end = if text[at..].starts_with('年') && is_year(first) { at + '年'.len_utf8() } else { 0 };
    if let Some((month, len)) = small_number(&text[end..]) {
        let at = end + len;
        if is_month(month) && text[at..].starts_with('月') {
            let month_end = at + '月'.len_utf8();
            let day = small_number(&text[month_end..])
                .filter(|&(day, len)| is_day(day) && text[month_end + len..].starts_with(['日', '号', '號']));
            match day {
                Some((_, len)) => end = month_end + len + '日'.len_utf8(),
                // A month alone is a word, or a span of time.
                None if end > 0 => end = month_end,
                None => {}
            }
        }
    }
    (end > 0).then_some(end)
}

/// The number below 10,000 with which `text` begins, in digits or in Han characters, and its length.
fn small_number(text: &str) -> Option<(u32, usize)> {
    let len = digits(text.as_bytes());
    if len > 0 {
        return (len <= 4).then(|| (value(part(text.as_bytes(), ..len)), len));
    }
    let mut chars = text.chars().take(5).take_while(|&c| digit(c).is_some() || c == '十').peekable();
    chars.peek()?;
    let (mut number, mut last, mut len) = (0, None, 0);
    for c in chars {
        len += c.len_utf8();
        match digit(c) {
            Some(digit) => {
                // One digit after the other, as in a year; or after ten.
                number = if last == Some('十') { number + digit } else { number * 10 + digit };
            }
            None if number >= 10 => return None,
            None => number = number.max(1) * 10,
        }
        last = Some(c);
    }
    (number < 10_000).then_some((number, len))
}
