//! File names and versions.

use super::{dotted, goes_on, part};
use crate::text::scan::{bytes_while, digits};

const LONGEST: usize = 255;
/// The endings of file names that people write about.
const ENDINGS: [&str; 76] = [
    "txt", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "tsv", "json", "xml", "html", "htm", "md", "rtf",
    "tex", "jpg", "jpeg", "png", "gif", "bmp", "svg", "webp", "psd", "ai", "mp3", "wav", "flac", "mp4", "avi", "mov",
    "mkv", "wmv", "zip", "rar", "7z", "tar", "gz", "bz2", "xz", "exe", "msi", "apk", "ipa", "dmg", "iso", "dll", "so",
    "jar", "py", "rs", "js", "ts", "java", "c", "h", "cpp", "hpp", "go", "sh", "bat", "php", "css", "sql", "db", "ini",
    "log", "toml", "yaml", "yml", "conf", "bak", "dat", "bin", "epub",
];

/// Returns the length of the file name that `text` begins with.
pub(super) fn name(text: &[u8]) -> Option<usize> {
    let (end, ending) = dotted(text, LONGEST, |byte| matches!(byte, b'.' | b'-' | b'_'))?;
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known.as_bytes())).then_some(end)
}

/// Returns the length of the version that `text` begins with: `v` and two or more numbers, or three
/// or more numbers. A suffix such as `-rc1` belongs to it.
pub(super) fn version(text: &[u8]) -> Option<usize> {
    let is_marked = matches!(text.first(), Some(b'v' | b'V'));
    let mut end = usize::from(is_marked);
    let mut numbers = 0;
    let mut bytes = true;
    loop {
        let len = digits(part(text, end..));
        if len == 0 || len > 9 {
            return None;
        }
        bytes &= len <= 3;
        (numbers, end) = (numbers + 1, end + len);
        if text.get(end) != Some(&b'.') || !text.get(end + 1).is_some_and(u8::is_ascii_digit) {
            break;
        }
        end += 1;
    }
    // Four small numbers are an IP address.
    let is_host = !is_marked && numbers == 4 && bytes;
    if numbers < if is_marked { 2 } else { 3 } || is_host {
        return None;
    }
    let kind = part(text, end + usize::from(matches!(text.get(end), Some(b'-')))..);
    if kind.first().is_some_and(u8::is_ascii_alphabetic) {
        let is_kind = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
        end = text.len() - kind.len() + bytes_while(part(kind, ..kind.len().min(32)), is_kind);
        while part(text, ..end).last() == Some(&b'.') {
            end -= 1;
        }
    }
    (!goes_on(part(text, end..))).then_some(end)
}
