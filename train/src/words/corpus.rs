//! Text with spaces between words, as symbols and tags.

use fenci::Dictionary;
use fenci::segment::Symbol;

use crate::Error;

/// The position of a character in its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Begin,
    Middle,
    End,
    Single,
}

impl Tag {
    pub(super) fn ends(self) -> bool {
        matches!(self, Tag::End | Tag::Single)
    }
}

/// A sentence. Everything but Han characters is a word by itself. The engine sets numbers, Latin
/// words and marks aside in the same way, before the model reads them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    /// Characters as the model reads them. [`NUMBER`] and [`LATIN`] stand for whole numbers and
    /// words.
    pub(super) chars: Vec<char>,
    pub(super) tags: Vec<Tag>,
    pub(super) weight: f32,
}

/// Placeholders that no text contains.
pub(super) const NUMBER: char = '\u{1}';
pub(super) const LATIN: char = '\u{2}';

/// A stretch of more Han characters without a space is an error: the text was not cut into words.
const LONGEST_WORD: usize = 64;

#[derive(Clone, Debug, Default)]
pub(super) struct Corpus {
    pub(super) sentences: Vec<Sentence>,
}

impl Corpus {
    pub(super) fn read(&mut self, text: &[u8], weight: f32, dictionary: Option<&Dictionary>) -> Result<(), Error> {
        for (line, number) in text.split(|&byte| byte == b'\n').zip(1u64..) {
            let line = std::str::from_utf8(line).map_err(|error| {
                Error(format!("line {number}: expected UTF-8, found byte {} that is none", error.valid_up_to() + 1))
            })?;
            let mut sentence = Sentence { weight, ..Sentence::default() };
            for word in line.trim_start_matches('\u{feff}').split_whitespace() {
                let chars: Vec<char> = word
                    .chars()
                    .map(|c| Symbol::plain(dictionary.map_or(c, |dictionary| dictionary.simplified(c))))
                    .collect();
                if chars.iter().filter(|&&c| is_han(c)).count() > LONGEST_WORD {
                    let shown: String = chars.iter().take(12).collect();
                    return Err(Error(format!(
                        "line {number}: expected spaces between words, found a word of {} characters: {shown}…",
                        chars.len()
                    )));
                }
                sentence.add(&chars);
            }
            if !sentence.chars.is_empty() {
                self.sentences.push(sentence);
            }
        }
        Ok(())
    }

    /// Removes every `nth` sentence and returns these sentences.
    pub(super) fn take_every(&mut self, nth: usize) -> Vec<Sentence> {
        let mut taken = Vec::new();
        let mut number = 0;
        self.sentences.retain(|sentence| {
            number += 1;
            if number % nth == 0 {
                taken.push(sentence.clone());
            }
            number % nth != 0
        });
        taken
    }
}

impl Sentence {
    /// Adds a word. A word with Han and other characters is split where they meet.
    fn add(&mut self, word: &[char]) {
        let mut at = 0;
        while let Some(&c) = word.get(at) {
            let rest = &word[at..];
            at += if is_han(c) {
                let len = rest.iter().take_while(|&&c| is_han(c)).count();
                self.chars.extend(&rest[..len]);
                match len {
                    1 => self.tags.push(Tag::Single),
                    _ => {
                        self.tags.push(Tag::Begin);
                        self.tags.extend(std::iter::repeat_n(Tag::Middle, len - 2));
                        self.tags.push(Tag::End);
                    }
                }
                len
            } else if c.is_alphanumeric() {
                let len = entity_len(rest);
                let is_number = !rest[..len].iter().any(|c| c.is_alphabetic());
                self.chars.push(if is_number { NUMBER } else { LATIN });
                self.tags.push(Tag::Single);
                len
            } else {
                self.chars.push(c);
                self.tags.push(Tag::Single);
                1
            };
        }
    }
}

/// Returns the length of a number or Latin word in chars, with the marks inside of it: `3.5%`,
/// `GPT-4o`.
fn entity_len(word: &[char]) -> usize {
    let mut len = 1;
    while let Some(&c) = word.get(len) {
        let joins = c.is_ascii_punctuation() && word.get(len + 1).is_some_and(char::is_ascii_alphanumeric);
        if !(c.is_alphanumeric() && !is_han(c) || joins || c == '%') {
            break;
        }
        len += 1;
    }
    len
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{33479}')
}
