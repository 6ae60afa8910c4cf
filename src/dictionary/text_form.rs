//! The text form of a dictionary and of user words: one line for each word, as people write it.

use std::borrow::Cow;

use crate::dictionary::Tag;
use crate::error::Error;
use crate::storage::bytes;

/// The fields of a line.
#[derive(Debug, PartialEq)]
pub(super) struct WordLine<'t> {
    pub(super) word: Cow<'t, str>,
    pub(super) frequency: Option<u64>,
    pub(super) tag: Option<Tag>,
}

impl<'t> WordLine<'t> {
    /// An empty frequency or tag counts as missing.
    fn new(word: Cow<'t, str>, frequency: &str, tag: &str) -> Result<WordLine<'t>, Error> {
        let frequency = if frequency.is_empty() { None } else { Some(number(&word, frequency)?) };
        let tag = if tag.is_empty() { None } else { Some(Tag::new(tag)?) };
        Ok(WordLine { word, frequency, tag })
    }
}

/// Returns the lines that are neither empty nor comments, each with its number, counted from 1. The
/// text may have a byte order mark and `\r\n`.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, Result<WordLine<'_>, Error>)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1..).zip(text.lines());
    lines
        .filter(|(_, line)| !line.trim().is_empty() && *line != "#" && !line.starts_with("# "))
        .map(|(number, line)| (number, parse(line)))
}

/// Returns the text of `bytes`.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Error> {
    bytes::decode(bytes, "expected UTF-8, found other bytes; convert the file, for example with iconv")
}

/// Parses a line in one of three forms: with a TAB after the word, with commas as spreadsheets
/// export it, or as jieba reads it.
fn parse(line: &str) -> Result<WordLine<'_>, Error> {
    match line.split_once('\t') {
        Some((word, rest)) => of_fields(word.trim().into(), &rest.split('\t').collect::<Vec<_>>()),
        None => of_commas(line).unwrap_or_else(|| of_jieba(line)),
    }
}

/// Parses `word`, `word frequency`, `word tag` or `word frequency tag`, separated by white space.
/// The word may contain white space, too: jieba's `^(.+?)( [0-9]+)?( [a-z]+)?$`.
fn of_jieba(line: &str) -> Result<WordLine<'_>, Error> {
    let line = line.trim();
    let (line, tag) = split_last(line).filter(|(_, last)| is_plain_tag(last)).unwrap_or((line, ""));
    let (word, frequency) = split_last(line).filter(|(_, last)| is_like_number(last)).unwrap_or((line, ""));
    WordLine::new(word.into(), frequency, tag)
}

/// Returns the last field of a line, and the text before it.
fn split_last(line: &str) -> Option<(&str, &str)> {
    let (before, last) = line.rsplit_once(char::is_whitespace)?;
    Some((before.trim_end(), last))
}

fn is_plain_tag(field: &str) -> bool {
    !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Returns `true` if a field may be meant as a frequency.
fn is_like_number(field: &str) -> bool {
    field.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
}

fn number(word: &str, field: &str) -> Result<u64, Error> {
    let whole = field.parse().ok().filter(|_| !field.starts_with('+'));
    whole.ok_or_else(|| {
        Error::new(format!(
            "word {word:?}: expected a whole number as its frequency, found {field:?}; if that is a part of the word, put \
             a TAB after the word"
        ))
    })
}

/// Parses the fields after a word: a frequency, a tag, or both. They are separate parts, or one
/// part with white space between them. A part may be empty.
fn of_fields<'t>(word: Cow<'t, str>, parts: &[&str]) -> Result<WordLine<'t>, Error> {
    let mut fields = Vec::new();
    for part in parts {
        match part.trim() {
            "" => fields.push(""),
            part => fields.extend(part.split_whitespace()),
        }
    }
    while fields.last().is_some_and(|last| last.is_empty()) {
        fields.pop();
    }
    let (frequency, tag) = match fields[..] {
        [] => ("", ""),
        [tag] if !is_like_number(tag) => ("", tag),
        [frequency] => (frequency, ""),
        [frequency, tag] => (frequency, tag),
        [_, _, more, ..] => {
            return Err(Error::new(format!(
                "word {word:?}: expected a frequency and a tag after it, and no more, found {more:?}"
            )));
        }
    };
    WordLine::new(word, frequency, tag)
}

/// Parses a line of a spreadsheet: `word,frequency,tag`. The frequency and the tag may be missing,
/// and a field with a comma or a quotation mark is quoted. `None` for any other line, for example a
/// word with a comma in it.
fn of_commas(line: &str) -> Option<Result<WordLine<'_>, Error>> {
    /// The length of jieba's longest tag, in bytes.
    const LONGEST_TAG: usize = 4;
    let line = line.trim();
    let (word, rest) = match line.strip_prefix('"') {
        Some(quoted) => {
            // A doubled mark stands for one mark of the field, and a single one ends the field.
            let end = quoted.replace("\"\"", "..").find('"')?;
            (Cow::Owned(quoted[..end].replace("\"\"", "\"").trim().into()), &quoted[end + 1..])
        }
        None => {
            let end = line.find(',')?;
            (Cow::Borrowed(line[..end].trim_end()), &line[end..])
        }
    };
    // Marks around a whole line quote it only if it has a comma or a mark inside. Otherwise they
    // belong to the word.
    let is_field = if rest.is_empty() { word.contains([',', '"']) } else { rest.starts_with(',') };
    if word.is_empty() || !is_field {
        return None;
    }
    let fields: Vec<&str> = rest.split(',').skip(1).map(str::trim).collect();
    let (&frequency, tag) = match &fields[..] {
        [] => (&"", ""),
        [tag] if is_plain_tag(tag) && tag.len() <= LONGEST_TAG => (&"", *tag),
        [frequency] if frequency.bytes().all(|byte| byte.is_ascii_digit()) => (frequency, ""),
        [frequency, tag, more @ ..] if more.iter().all(|more| more.is_empty()) => (frequency, *tag),
        _ => return None,
    };
    let is_one = (frequency.is_empty() || is_like_number(frequency)) && (tag.is_empty() || is_plain_tag(tag));
    is_one.then(|| of_fields(word, &[frequency, tag]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(word: &str, frequency: Option<u64>, tag: &str) -> WordLine<'static> {
        WordLine { word: word.to_owned().into(), frequency, tag: (!tag.is_empty()).then(|| Tag::new(tag).unwrap()) }
    }

    #[test]
    fn frequency_and_tag_may_be_missing() {
        assert_eq!(parse("软银").unwrap(), line("软银", None, ""));
        assert_eq!(parse("软银 7").unwrap(), line("软银", Some(7), ""));
        assert_eq!(parse("软银 nt").unwrap(), line("软银", None, "nt"));
        assert_eq!(parse("  软银  7\u{3000}nt ").unwrap(), line("软银", Some(7), "nt"));
    }

    #[test]
    fn lines_are_read_as_jieba_reads_them() {
        assert_eq!(parse("Louis Vuitton 5 nz").unwrap(), line("Louis Vuitton", Some(5), "nz"));
        assert_eq!(parse("Louis Vuitton nz").unwrap(), line("Louis Vuitton", None, "nz"));
        assert_eq!(parse("iPhone 15 Pro 3").unwrap(), line("iPhone 15 Pro", Some(3), ""));
        assert_eq!(parse("iPhone 15").unwrap(), line("iPhone", Some(15), ""));
        for word in ["奥迪 A4L", "iPhone 15 Pro", "Edu Trust认证", "Murdoch Mysteries", "5", "n", "-3", "12x"] {
            assert_eq!(parse(word).unwrap(), line(word, None, ""));
        }
    }

    #[test]
    fn with_tabs_a_word_may_hold_anything_else() {
        assert_eq!(parse("Edu Trust认证\t7\tnz").unwrap(), line("Edu Trust认证", Some(7), "nz"));
        assert_eq!(parse("Edu Trust认证\t\tnz").unwrap(), line("Edu Trust认证", None, "nz"));
        assert_eq!(parse("Edu Trust认证\tN1").unwrap(), line("Edu Trust认证", None, "N1"));
        assert_eq!(parse("Edu Trust认证\t").unwrap(), line("Edu Trust认证", None, ""));
        assert_eq!(parse("软银 12x\t").unwrap(), line("软银 12x", None, ""));
        assert_eq!(parse("云计算中心\t5 nz").unwrap(), line("云计算中心", Some(5), "nz"));
        assert_eq!(parse("云计算中心 \t 5 \t nz\t\t").unwrap(), line("云计算中心", Some(5), "nz"));
    }

    #[test]
    fn lines_are_read_as_spreadsheets_export_them() {
        assert_eq!(parse("云计算中心,5,nz").unwrap(), line("云计算中心", Some(5), "nz"));
        assert_eq!(parse("云计算中心,5").unwrap(), line("云计算中心", Some(5), ""));
        assert_eq!(parse("云计算中心,,nz").unwrap(), line("云计算中心", None, "nz"));
        assert_eq!(parse("云计算中心,nz").unwrap(), line("云计算中心", None, "nz"));
        assert_eq!(parse("Louis Vuitton,,").unwrap(), line("Louis Vuitton", None, ""));
        assert_eq!(parse("\"a, \"\"b\"\"\",5,nz").unwrap(), line("a, \"b\"", Some(5), "nz"));
        assert_eq!(parse("\"a,b\"").unwrap(), line("a,b", None, ""));
        for word in ["2,4-滴", "1,3,5-三甲苯", "Hello,World", "\"好\"", "\"", "\"\"", ",", "\"a\"b,c\""] {
            assert_eq!(parse(word).unwrap(), line(word, None, ""));
        }
        assert_eq!(parse("2,4-滴 5 n").unwrap(), line("2,4-滴", Some(5), "n"));
    }

    #[test]
    fn what_is_no_word_is_an_error_that_says_so() {
        let message = |text: &str| parse(text).unwrap_err().to_string();
        for text in
            ["软银 12x", "软银 -3", "软银 .5 n", "软银 +7", "软银\t12x", "软银,12x,nz", "软银 99999999999999999999"]
        {
            let message = message(text);
            assert!(message.starts_with("word \"软银\": expected a whole number as its frequency, found"), "{message}");
            assert!(message.ends_with("put a TAB after the word"), "{message}");
        }
        let more = "word \"软银\": expected a frequency and a tag after it, and no more, found \"x\"";
        assert_eq!(message("软银\t7\tn\tx"), more);
        assert!(message("软银 a-tag\ta-tag-that-is-far-too-long").contains("tag"));
    }

    #[test]
    fn marks_blank_lines_and_comments_are_passed_by() {
        let text = "\u{feff}软银 7 nt\r\n\r\n# a comment\n#\n \t\n#话题# 5\n";
        let lines: Vec<_> = lines(text).map(|(number, line)| (number, line.unwrap())).collect();
        assert_eq!(lines, [(1, line("软银", Some(7), "nt")), (6, line("#话题#", Some(5), ""))]);
    }
}
