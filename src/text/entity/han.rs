//! Numbers in Han characters, and dates with 年, 月 and 日.

use super::time::{is_day, is_month, is_year};
use super::wide;
use crate::text::codes::narrow;
use crate::text::scan::{chars_while, chars_while_at_most, count};

/// Returns the digit that `c` stands for: an everyday, Traditional or financial form.
fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '兩' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Returns the exponent of the power of ten that `c` stands for.
fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// Returns whether a number or a date may begin with `c`.
pub(super) fn begins(c: char) -> bool {
    is_numeral(c) || is_minus(c)
}

fn is_minus(c: char) -> bool {
    matches!(c, '负' | '負')
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || power(c).is_some()
}

/// Returns the length of the number that `text` begins with: three or more digits, or a digit and a
/// power of ten, possibly with a fraction. Of the powers of ten, only 十 begins a number: 千万 and
/// 万一 are words.
///
/// A number may have any length. The time is linear nevertheless, since a rejected number has only
/// a few characters.
pub(super) fn number(text: &str) -> Option<usize> {
    if text.starts_with(is_minus) {
        let minus = '负'.len_utf8();
        return decimal(&text[minus..]).map(|len| minus + len);
    }
    let begins = text.starts_with(|c| digit(c).is_some() || power(c) == Some(1));
    // For example 三分之二 and 百分之三.
    let whole = if begins { Some(chars_while(text, is_numeral)) } else { chars_while_at_most(text, 3, is_numeral) };
    if let Some(parts) = text[whole?..].strip_prefix("分之") {
        if let Some(len) = decimal(parts) {
            return Some(text.len() - parts.len() + len);
        }
    }
    let len = if begins { decimal(text)? } else { return None };
    let number = &text[..len];
    let has_power = number.contains(|c| power(c).is_some());
    number.chars().nth(if has_power { 1 } else { 2 }).map(|_| len)
}

/// Returns the length of a whole number, possibly with 点 and a fraction.
fn decimal(text: &str) -> Option<usize> {
    let whole = chars_while(text, is_numeral);
    let Some(fraction) = text[whole..].strip_prefix(['点', '點']) else { return (whole > 0).then_some(whole) };
    let digits = chars_while(fraction, |c| digit(c).is_some());
    let power = chars_while(&fraction[digits..], |c| power(c).is_some_and(|exponent| exponent >= 4));
    // 三点二十 and 三点五分 are times. In 早一点三点去, a time follows.
    let after = &fraction[digits + power..];
    let is_time = after.starts_with(is_numeral) || after.starts_with(['点', '點', '分', '刻']) && power == 0;
    let is_fraction = whole > 0 && digits > 0 && !is_time;
    let end = if is_fraction { text.len() - after.len() } else { whole };
    (end > 0).then_some(end)
}

/// Returns the length of the date that `text` begins with: year and month, possibly with a day;
/// month and day; or a year in four digits.
pub(super) fn date(text: &str) -> Option<usize> {
    let year = part_of_date(text, is_year, &['年']).unwrap_or(0);
    let month = part_of_date(&text[year..], is_month, &['月']).unwrap_or(0);
    let day = if month > 0 { part_of_date(&text[year + month..], is_day, &['日', '号', '號']) } else { None };
    // A month alone is a word, or a span of time.
    (year > 0 || day.is_some()).then_some(year + month + day.unwrap_or(0))
}

/// Returns the length of a number in its range and one of `marks`, if `text` begins with them.
fn part_of_date(text: &str, is_in_range: fn(u32) -> bool, marks: &[char]) -> Option<usize> {
    let (_, len) = small_number(text).filter(|&(number, _)| is_in_range(number))?;
    let rest = text[len..].strip_prefix(marks)?;
    Some(text.len() - rest.len())
}

/// Returns the number below 10,000 that `text` begins with, in digits or in Han characters, and its
/// length.
fn small_number(text: &str) -> Option<(u32, usize)> {
    let len = wide::digits(text.as_bytes());
    if len > 0 {
        let digits = text[..len].chars().map(|c| narrow(c).to_digit(10).unwrap_or(0));
        let is_small = text[..len].chars().nth(4).is_none();
        return is_small.then(|| (digits.fold(0, |value, digit| value * 10 + digit), len));
    }
    count(5);
    let chars = text.chars().take(5).take_while(|&c| digit(c).is_some() || c == '十');
    let (mut number, mut last, mut len) = (0, None, 0);
    for c in chars {
        len += c.len_utf8();
        match digit(c) {
            Some(digit) => {
                // One digit after the other, as in a year, or a digit after ten.
                number = if last == Some('十') { number + digit } else { number * 10 + digit };
            }
            None if number >= 10 => return None,
            None => number = number.max(1) * 10,
        }
        last = Some(c);
    }
    (len > 0 && number < 10_000).then_some((number, len))
}
