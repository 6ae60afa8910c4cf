//! Which terms may be keywords, and of which phrases are made.

use std::collections::HashSet;

use super::extractor::{Extractor, Method};
use super::{Term, TermSource};
use crate::dictionary::Tag;
use crate::text::codes::are_common;

/// What is known of a term.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Judgement {
    /// The part of speech, if it is needed.
    pub(super) tag: Tag,
    /// Whether the term may be a keyword.
    pub(super) is_candidate: bool,
    /// What it is to phrases, if these are asked for.
    pub(super) role: Role,
}

/// What a term is to phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// A noun, verb, adjective, name or Latin word: phrases begin and end with it.
    Content,
    /// A word that may stand inside of a phrase: 之.
    Link,
    /// A word or number that is part of no phrase.
    #[default]
    Other,
    /// A punctuation mark or white space.
    Mark,
    /// A mark or line end after which a sentence begins.
    End,
}

impl Role {
    /// Whether it may be part of a phrase.
    pub(super) fn is_part(self) -> bool {
        matches!(self, Role::Content | Role::Link)
    }
}

/// Judges the terms of one text.
pub(super) struct Judge<'e, S: ?Sized> {
    extractor: &'e Extractor,
    source: &'e S,
    /// Simplified forms of Traditional stop words that a user has added.
    simplified_stop_words: HashSet<String>,
}

impl<'e, S: TermSource + ?Sized> Judge<'e, S> {
    pub(super) fn new(extractor: &'e Extractor, source: &'e S) -> Judge<'e, S> {
        let forms = extractor.added_stop_words.iter().map(|word| source.simplified(word).into_owned());
        Judge { extractor, source, simplified_stop_words: forms.collect() }
    }

    /// Judges a term of so many characters, whose normal form is `form`.
    pub(super) fn judge(&self, term: &Term<'_>, chars: usize, form: &str) -> Judgement {
        let extractor = self.extractor;
        let (text, is_phrases) = (term.text(), extractor.method == Method::Phrases);
        let is_long = chars >= extractor.min_chars;
        if !is_long && !is_phrases {
            return Judgement::default();
        }
        let is_stop = self.is_stop(text, form);
        if is_stop && !is_phrases {
            return Judgement::default();
        }
        let is_han = are_common(text);
        let asks_for_tag = !extractor.is_jieba || !extractor.allowed_tags.is_empty();
        let tag = if asks_for_tag { self.source.tag_of(term) } else { Tag::default() };
        let is_candidate = is_long && !is_stop && self.is_wanted(text, is_han, tag);
        let role = if is_phrases { self.role(text, is_stop, is_han, tag) } else { Role::Other };
        Judgement { tag, is_candidate, role }
    }

    fn is_stop(&self, text: &str, form: &str) -> bool {
        let words = &self.extractor.stop_words;
        let is_other_form = || form != text && words.contains(form) || self.simplified_stop_words.contains(form);
        words.contains(text) || !self.extractor.is_jieba && is_other_form()
    }

    /// Returns whether a term of this kind and part of speech may be a keyword.
    fn is_wanted(&self, text: &str, is_han: bool, tag: Tag) -> bool {
        let extractor = self.extractor;
        let is_kind_wanted = match tag.as_bytes() {
            _ if extractor.is_jieba => true,
            // Numbers, and amounts such as 亿元.
            [b'm', ..] => extractor.numbers,
            [b't', ..] => extractor.dates,
            _ if is_han => true,
            _ if !text.contains(char::is_alphabetic) => extractor.numbers && text.contains(char::is_numeric),
            _ => extractor.latin || !text.contains(|c: char| c.is_ascii_alphabetic()),
        };
        is_kind_wanted && (extractor.allowed_tags.is_empty() || extractor.allowed_tags.contains(&tag))
    }

    fn role(&self, text: &str, is_stop: bool, is_han: bool, tag: Tag) -> Role {
        if !is_han && !text.contains(char::is_alphanumeric) {
            return match text {
                "。" | "！" | "？" | "；" | "!" | "?" | ";" | "." | "\n" | "\r" | "\r\n" => Role::End,
                _ => Role::Mark,
            };
        }
        match text {
            "之" => Role::Link,
            _ if is_stop || !self.is_content(text, is_han, tag) => Role::Other,
            _ => Role::Content,
        }
    }

    fn is_content(&self, text: &str, is_han: bool, tag: Tag) -> bool {
        let Extractor { numbers, dates, latin, .. } = *self.extractor;
        let is_word = is_han
            || text.contains(char::is_alphabetic) && (latin || !text.contains(|c: char| c.is_ascii_alphabetic()));
        match tag.as_bytes() {
            [b'm', ..] => numbers,
            _ if !is_word => false,
            b"vd" | b"ad" | b"zg" => false,
            [b't', ..] => dates,
            // A source that knows no tags.
            b"" | b"eng" => true,
            tag => matches!(tag[0], b'n' | b'v' | b'a' | b'b' | b'l' | b'j' | b'z' | b's' | b'i'),
        }
    }
}
