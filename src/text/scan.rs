//! Functions that look ahead in a text. Loops count their steps, so that a test can check them.

use unicode_segmentation::UnicodeSegmentation;

use super::codes::stands_alone;
use super::decode_three;

/// Returns the length of the run of bytes that `text` begins with.
pub(super) fn bytes_while(text: &[u8], is_in_run: impl Fn(u8) -> bool) -> usize {
    let len = text.iter().position(|&byte| !is_in_run(byte)).unwrap_or(text.len());
    count(len + 1);
    len
}

/// Returns the length in bytes of the run of characters that `text` begins with.
pub(super) fn chars_while(text: &str, is_in_run: impl Fn(char) -> bool) -> usize {
    let len = text.find(|c| !is_in_run(c)).unwrap_or(text.len());
    count(len + 1);
    len
}

/// Returns the same, or `None` if the run has more than `most` characters.
pub(super) fn chars_while_at_most(text: &str, most: usize, is_in_run: impl Fn(char) -> bool) -> Option<usize> {
    let mut run = text.chars().take_while(|&c| is_in_run(c));
    let len = run.by_ref().take(most).map(char::len_utf8).sum();
    count(len + 1);
    run.next().is_none().then_some(len)
}

/// Returns whether nothing that could belong to a word or number begins here.
#[inline]
pub(super) fn ends_word(rest: &[u8]) -> bool {
    match *rest {
        [] => true,
        // White space, control characters, and marks that do not occur inside words.
        [a @ ..0x80, ..] => {
            !a.is_ascii_alphanumeric() && !matches!(a, b'\'' | b'.' | b',' | b':' | b';' | b'_' | b'-' | b'%' | b'"')
        }
        [a @ 0xe0..0xf0, b, c, ..] => {
            let c = u32::from(decode_three([a, b, c]));
            // Of the characters that stand alone, only the apostrophe may occur inside a word.
            c != 0x2019 && stands_alone(c)
        }
        _ => false,
    }
}

/// Returns the length in bytes of the first word of `text` by UAX #29.
pub(super) fn first_word(text: &str) -> usize {
    let len = text.split_word_bounds().next().map_or(0, str::len);
    count(len + 1);
    len
}

/// Returns the length of the run of ASCII letters and digits that `text` begins with.
pub(super) fn alphanumerics(text: &[u8]) -> usize {
    bytes_while(text, |byte| byte.is_ascii_alphanumeric())
}

/// Returns the length of the run of digits that `text` begins with.
pub(super) fn digits(text: &[u8]) -> usize {
    bytes_while(text, |byte| byte.is_ascii_digit())
}

/// Counts `steps` in this crate's tests.
#[inline(always)]
pub(super) fn count(steps: usize) {
    #[cfg(test)]
    STEPS.with(|all| all.set(all.get() + steps));
    let _ = steps;
}

#[cfg(test)]
thread_local! {
    pub(super) static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}
