//! Dates and times in digits.

use super::{follows_number, goes_on, part, value};
use crate::text::scan::digits;

/// Returns the length of the date that `text` begins with, possibly with a time after a `T`.
pub(super) fn date(text: &[u8]) -> Option<usize> {
    let (day, mark) = day(text)?;
    ended(text, with_time(text, day), mark)
}

/// Returns the length of the time that `text` begins with. `before` is the text before it.
pub(super) fn time(text: &[u8], before: &[u8]) -> Option<usize> {
    let number = match before {
        [number @ .., b':' | b'.'] => Some(number),
        _ => before.strip_suffix("：".as_bytes()),
    };
    if number.is_some_and(follows_number) {
        return None;
    }
    let clock = clock(text)?;
    let half = part(text, clock..clock + 2);
    let is_half = half.eq_ignore_ascii_case(b"am") || half.eq_ignore_ascii_case(b"pm");
    ended(text, clock + if is_half { 2 } else { 0 }, b':')
}

/// Returns `end` if a date or time that contains `mark` ends there. A range may continue after it,
/// with another mark or with a whole date or time.
fn ended(text: &[u8], end: usize, mark: u8) -> Option<usize> {
    let rest = part(text, end..);
    let begins_any = |text: &[u8]| day(text).is_some() || clock(text).is_some();
    let is_range = match rest {
        [b'-', rest @ ..] => mark != b'-' || begins_any(rest),
        [b'/', rest @ ..] => mark != b'/' && begins_any(rest),
        _ => false,
    };
    (is_range || !goes_on(rest)).then_some(end)
}

/// Returns the length of year, month and day, and the mark between them.
fn day(text: &[u8]) -> Option<(usize, u8)> {
    let (first, rest) = number(text);
    let (&mark, rest) = rest.split_first().filter(|(mark, _)| matches!(mark, b'-' | b'/' | b'.'))?;
    let (second, rest) = number(rest);
    let (third, rest) = number(rest.strip_prefix(&[mark])?);
    let is_date = match (first.len(), second.len(), third.len()) {
        (4, 1..=2, 1..=2) => is_year(value(first)) && is_month(value(second)) && is_day(value(third)),
        // The day or the month first.
        (1..=2, 1..=2, 4) if mark == b'/' => {
            let [a, b] = [value(first), value(second)];
            is_year(value(third)) && (is_month(a) && is_day(b) || is_day(a) && is_month(b))
        }
        _ => false,
    };
    is_date.then_some((text.len() - rest.len(), mark))
}

/// Returns the digits that `text` begins with, and the rest.
fn number(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(digits(text))
}

pub(super) fn is_year(year: u32) -> bool {
    (1000..3000).contains(&year)
}

pub(super) fn is_month(month: u32) -> bool {
    (1..=12).contains(&month)
}

pub(super) fn is_day(day: u32) -> bool {
    (1..=31).contains(&day)
}

/// Returns the end of the date that ends at `date`. If a `T` and a time follow, it returns the end
/// of the time and its zone.
fn with_time(text: &[u8], date: usize) -> usize {
    if text.get(date) != Some(&b'T') {
        return date;
    }
    let Some(time) = clock(part(text, date + 1..)) else { return date };
    let end = date + 1 + time;
    match part(text, end..) {
        [b'Z', ..] => end + 1,
        [b'+' | b'-', ..] => end + clock(part(text, end + 1..)).map_or(0, |zone| zone + 1),
        _ => end,
    }
}

/// Returns the length of hours and minutes, possibly with seconds and their fraction.
fn clock(text: &[u8]) -> Option<usize> {
    let hours = digits(text);
    if !(1..=2).contains(&hours) || value(part(text, ..hours)) > 24 || !is_sixtieth(part(text, hours..)) {
        return None;
    }
    let end = hours + 3;
    if !is_sixtieth(part(text, end..)) {
        return Some(end);
    }
    let end = end + 3;
    match part(text, end..) {
        [b'.', b, ..] if b.is_ascii_digit() => Some(end + 1 + digits(part(text, end + 1..))),
        _ => Some(end),
    }
}

/// Returns whether `text` begins with `:` and minutes or seconds.
fn is_sixtieth(text: &[u8]) -> bool {
    matches!(text, [b':', b'0'..=b'5', b'0'..=b'9', ..]) && digits(part(text, 1..)) == 2
}
