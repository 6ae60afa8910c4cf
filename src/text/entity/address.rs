//! Addresses of pages and of mail.

use super::{dotted, is_boundary, part};
use crate::text::scan::bytes_while;

/// The longest local part of an address (RFC 5321), and the longest name of a host (RFC 1035).
const LONGEST_LOCAL: usize = 64;
const LONGEST_HOST: usize = 255;
/// Registries of the names that are known for hosts where no `http://` or `www.` says so.
const TOP: [&str; 34] = [
    "com", "cn", "org", "net", "edu", "gov", "io", "ai", "co", "me", "tv", "cc", "info", "biz", "app", "dev", "xyz",
    "top", "vip", "hk", "tw", "jp", "uk", "us", "de", "fr", "ru", "kr", "eu", "mo", "sg", "my", "in", "au",
];

/// The length of the address that begins at byte `at`, where `run` letters and digits stand.
///
/// An address has no greatest length. Time is linear all the same: nothing is refused after it was
/// read to its end but punctuation, in which no address begins.
pub(super) fn url(text: &str, at: usize, run: usize) -> Option<usize> {
    let bytes = part(text.as_bytes(), at..);
    let begin = beginning(bytes, run)?;
    if !bytes.get(begin).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b':')) {
        return None;
    }
    let mut end = begin + bytes_while(part(bytes, begin..), is_url_byte);
    // A mark that follows belongs to the last character, and so the address ends before both.
    if !is_boundary(text, at + end) {
        end -= 1;
    }
    let end = without_punctuation(part(bytes, ..end));
    (end > begin).then_some(end)
}

/// The length of what says that this is an address: a scheme, `www.`, or the name of a host.
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

/// Returns whether RFC 3986 allows `byte` in an address. Square brackets are left out: they are
/// rarely part of one and often around one.
fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'@' | b'!' | b'$' | b'&')
        || matches!(byte, b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'%')
}

/// Up to where an address reaches that ends a sentence, or stands in brackets.
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

/// The length of a host's name with at least two parts, the last one of letters.
fn host_len(text: &[u8]) -> Option<usize> {
    let (end, top) = dotted(text, LONGEST_HOST, |byte| matches!(byte, b'.' | b'-'))?;
    (top.len() >= 2 && top.iter().all(u8::is_ascii_alphabetic)).then_some(end)
}

/// The length of the address with which `text` begins.
pub(super) fn email(text: &[u8]) -> Option<usize> {
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-');
    let local = bytes_while(part(text, ..text.len().min(LONGEST_LOCAL + 1)), is_local);
    if local > LONGEST_LOCAL || text.get(local) != Some(&b'@') {
        return None;
    }
    Some(local + 1 + host_len(part(text, local + 1..))?)
}
