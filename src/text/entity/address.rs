//! Web addresses and email addresses.

use super::{dotted, is_boundary, part};
use crate::text::scan::bytes_while;

/// The length of the longest local part of an address (RFC 5321), and of the longest host name (RFC
/// 1035), in bytes.
const LONGEST_LOCAL: usize = 64;
const LONGEST_HOST: usize = 255;
/// The top-level domains that identify a host name without `http://` or `www.`.
const TOP: [&str; 34] = [
    "com", "cn", "org", "net", "edu", "gov", "io", "ai", "co", "me", "tv", "cc", "info", "biz", "app", "dev", "xyz",
    "top", "vip", "hk", "tw", "jp", "uk", "us", "de", "fr", "ru", "kr", "eu", "mo", "sg", "my", "in", "au",
];

/// Returns the length of the address that begins at byte `at` with `run` letters and digits.
///
/// An address may have any length. The time is linear nevertheless: of an address that was read to
/// its end, only punctuation is given back, and no address begins in punctuation.
pub(super) fn url(text: &str, at: usize, run: usize) -> Option<usize> {
    let bytes = part(text.as_bytes(), at..);
    let begin = beginning(bytes, run)?;
    if !bytes.get(begin).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b':')) {
        return None;
    }
    let mut end = begin + bytes_while(part(bytes, begin..), is_url_byte);
    // A combining mark belongs to the last character, so the address ends before both.
    if !is_boundary(text, at + end) {
        end -= 1;
    }
    let end = without_punctuation(part(bytes, ..end));
    (end > begin).then_some(end)
}

/// Returns the length of the beginning that identifies an address: a scheme, `www.`, or a host
/// name.
fn beginning(text: &[u8], run: usize) -> Option<usize> {
    let (word, rest) = text.split_at_checked(run)?;
    if rest.starts_with(b"://") && run < 12 && word.iter().all(u8::is_ascii_alphabetic) {
        return Some(run + 3);
    }
    if word.eq_ignore_ascii_case(b"www") && rest.starts_with(b".") {
        return Some(run + 1);
    }
    let host = host_len(text)?;
    let last = part(text, ..host).rsplit(|&byte| byte == b'.').next().unwrap_or_default();
    let is_known = TOP.iter().any(|top| last.eq_ignore_ascii_case(top.as_bytes()));
    let has_more = match part(text, host..) {
        [b'/', ..] => true,
        [b':', b, ..] => b.is_ascii_digit(),
        _ => false,
    };
    (is_known && has_more).then_some(host)
}

/// Returns whether RFC 3986 allows `byte` in an address. Square brackets are excluded: they are
/// rarely part of an address and often around one.
fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'@' | b'!' | b'$' | b'&')
        || matches!(byte, b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'%')
}

/// Returns the length of an address without the punctuation of the sentence or the brackets around
/// it.
fn without_punctuation(url: &[u8]) -> usize {
    let weight = |byte: &u8| match byte {
        b'(' => -1,
        b')' => 1,
        _ => 0,
    };
    let mut unopened: isize = url.iter().map(weight).sum();
    let mut end = url.len();
    while let Some(last) = part(url, ..end).last() {
        match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'#' | b'@' | b'&' | b'*' | b'(' => {}
            b')' if unopened > 0 => {}
            _ => break,
        }
        unopened -= weight(last);
        end -= 1;
    }
    end
}

/// Returns the length of a host name with at least two parts, the last one of letters.
fn host_len(text: &[u8]) -> Option<usize> {
    let (end, top) = dotted(text, LONGEST_HOST, |byte| matches!(byte, b'.' | b'-'))?;
    (top.len() >= 2 && top.iter().all(u8::is_ascii_alphabetic)).then_some(end)
}

/// Returns the length of the email address that `text` begins with.
pub(super) fn email(text: &[u8]) -> Option<usize> {
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-');
    let local = bytes_while(part(text, ..text.len().min(LONGEST_LOCAL + 1)), is_local);
    if local > LONGEST_LOCAL || text.get(local) != Some(&b'@') {
        return None;
    }
    Some(local + 1 + host_len(part(text, local + 1..))?)
}
