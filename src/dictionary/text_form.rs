//! jieba's text form of a dictionary: a line for each word.

use crate::Error;
use crate::dictionary::Tag;

/// What a line says of a word.
#[derive(Debug, PartialEq)]
pub(super) struct Line<'t> {
    pub(super) word: &'t str,
    pub(super) frequency: Option<u64>,
    pub(super) tag: Option<Tag>,
}

/// The lines that are neither empty nor comments, by their numbers, counted from 1. A byte order mark and `\r\n` are
/// fine.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, Result<Line<'_>, Error>)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1..).zip(text.lines());
    lines
        .filter(|(_, line)| !line.trim().is_empty() && *line != "#" && !line.starts_with("# "))
        .map(|(number, line)| (number, parse(line)))
}

/// The text that bytes are.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Error::at_line(line, "expected UTF-8, found other bytes; convert the file, for example with iconv")
    })
}

/// `word`, `word frequency`, `word tag`, or `word frequency tag`, with white space between; or with tabs, if there is
/// one, so that the word may hold other white space.
fn parse(line: &str) -> Result<Line<'_>, Error> {
    match line.contains('\t') {
        true => of_fields(line.split('\t').map(str::trim)),
        false => of_fields(line.split_whitespace()),
    }
}

fn of_fields<'t>(mut fields: impl Iterator<Item = &'t str>) -> Result<Line<'t>, Error> {
    let word = fields.next().unwrap_or_default();
    let bad = |expected: &str, found: &str| Error::new(format!("word {word:?}: expected {expected}, found {found:?}"));
    let number = |field: &str| field.parse().map_err(|_| bad("a whole number as its frequency", field));
    // What is between two tabs may be nothing.
    let (second, third) = (fields.next().filter(|field| !field.is_empty()), fields.next());
    let (frequency, tag) = match (second, third) {
        (Some(field), None) if field.starts_with(|c: char| c.is_ascii_alphabetic()) => (None, Some(field)),
        (frequency, tag) => (frequency.map(number).transpose()?, tag.filter(|tag| !tag.is_empty())),
    };
    if let Some(more) = fields.next() {
        return Err(bad("a frequency and a tag after it, and no more", more));
    }
    Ok(Line { word, frequency, tag: tag.map(Tag::new).transpose()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(word: &str, frequency: Option<u64>, tag: &str) -> Line<'static> {
        let word = word.to_owned().leak();
        Line { word, frequency, tag: (!tag.is_empty()).then(|| Tag::new(tag).unwrap()) }
    }

    #[test]
    fn frequency_and_tag_may_be_missing() {
        assert_eq!(parse("软银").unwrap(), line("软银", None, ""));
        assert_eq!(parse("软银 7").unwrap(), line("软银", Some(7), ""));
        assert_eq!(parse("软银 nt").unwrap(), line("软银", None, "nt"));
        assert_eq!(parse("  软银  7\u{3000}nt ").unwrap(), line("软银", Some(7), "nt"));
    }

    #[test]
    fn with_tabs_a_word_may_hold_spaces() {
        assert_eq!(parse("Edu Trust认证\t7\tnz").unwrap(), line("Edu Trust认证", Some(7), "nz"));
        assert_eq!(parse("Edu Trust认证\t\tnz").unwrap(), line("Edu Trust认证", None, "nz"));
        assert_eq!(parse("Edu Trust认证\t").unwrap(), line("Edu Trust认证", None, ""));
        assert_eq!(parse("Edu Trust认证 7\t").unwrap(), line("Edu Trust认证 7", None, ""));
    }

    #[test]
    fn what_is_no_word_is_an_error_that_says_so() {
        let message = |text: &str| parse(text).unwrap_err().to_string();
        assert_eq!(message("软银 12x"), "word \"软银\": expected a whole number as its frequency, found \"12x\"");
        assert_eq!(message("软银 -7 n"), "word \"软银\": expected a whole number as its frequency, found \"-7\"");
        assert_eq!(
            message("软银 7 n x"),
            "word \"软银\": expected a frequency and a tag after it, and no more, found \"x\""
        );
        assert!(message("软银 7 a-tag-that-is-far-too-long").contains("tag"));
    }

    #[test]
    fn marks_blank_lines_and_comments_are_passed_by() {
        let text = "\u{feff}软银 7 nt\r\n\r\n# a comment\n#\n \t\n#话题# 5\n";
        let lines: Vec<_> = lines(text).map(|(number, line)| (number, line.unwrap())).collect();
        assert_eq!(lines, [(1, line("软银", Some(7), "nt")), (6, line("#话题#", Some(5), ""))]);
    }
}
