//! Decides which terms may be keywords, and which may be parts of phrases.

use foldhash::HashSet;

use super::Term;
use super::extractor::{Extractor, Method};
use super::kinds::{is_amount, is_numeral, is_time};
use crate::dictionary::{Dictionary, Tag};
use crate::segment::TermSource;
use crate::text::Origin;
use crate::text::codes::narrow;

/// The result of judging a term.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Judgement {
    /// The part of speech, if it is needed.
    pub(super) tag: Tag,
    /// `true` if the term may be a keyword.
    pub(super) is_candidate: bool,
    /// The role of the term in phrases. [`Role::Other`] for methods without phrases.
    pub(super) role: Role,
}

/// The role of a term in phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// A noun, verb, adjective, name or Latin word: phrases begin and end with it.
    Content,
    /// A word that may stand inside a phrase: 之. So may a space between Latin words.
    Link,
    /// A word that may begin a phrase or stand inside one: 快速, 多, β.
    Prefix,
    /// A character that may end a phrase or stand inside one: 型.
    Suffix,
    /// A character that is no word, according to the dictionary and its tag. It is part of a phrase
    /// that the text repeats, if it stands nowhere else.
    Fragment,
    /// A short number behind a name. It may end a phrase that the text repeats, or stand inside
    /// one: iPhone 17.
    Number,
    /// A word or number that is part of no phrase.
    Other,
    /// Not judged. It is in no candidate, but it may be in a longer phrase around one.
    #[default]
    Unknown,
    /// A punctuation mark or white space.
    Mark,
    /// A mark or line end after which a sentence begins.
    End,
}

impl Role {
    /// Returns `true` if it may be part of a phrase.
    pub(super) fn is_part(self) -> bool {
        !matches!(self, Role::Other | Role::Unknown | Role::Mark | Role::End)
    }

    /// Returns `true` if a phrase may begin with it.
    pub(super) fn begins(self) -> bool {
        matches!(self, Role::Content | Role::Fragment | Role::Prefix | Role::Unknown)
    }

    /// Returns `true` if a phrase may end with it.
    pub(super) fn ends(self) -> bool {
        matches!(self, Role::Content | Role::Fragment | Role::Suffix | Role::Number | Role::Unknown)
    }
}

/// Judges the terms of one text.
pub(super) struct Judge<'e> {
    extractor: &'e Extractor,
    pub(super) source: &'e dyn TermSource,
    dictionary: Option<&'e Dictionary>,
    /// The Simplified forms of Traditional stop words that a user has added.
    simplified_stop_words: HashSet<String>,
}

impl<'e> Judge<'e> {
    pub(super) fn new(extractor: &'e Extractor, source: &'e dyn TermSource) -> Judge<'e> {
        let forms = extractor.added_stop_words.iter().map(|word| source.simplified(word).into_owned());
        Judge { extractor, source, dictionary: source.dictionary(), simplified_stop_words: forms.collect() }
    }

    /// Judges a term that has `chars` characters and the normal form `form`. `is_han` is `true` if
    /// all its characters are common Han characters.
    pub(super) fn judge(&self, term: &Term<'_>, chars: usize, is_han: bool, form: &str) -> Judgement {
        let extractor = self.extractor;
        let text = term.text();
        let is_phrases = extractor.method == Method::Phrases;
        let is_long = chars >= extractor.min_chars;
        let of_role = |role| Judgement { role, ..Judgement::default() };
        if is_phrases && !is_han && !text.contains(char::is_alphanumeric) {
            return of_role(match text {
                "。" | "！" | "？" | "；" | "!" | "?" | ";" | "." | "\n" | "\r" | "\r\n" => Role::End,
                _ => Role::Mark,
            });
        }
        if !is_long && !is_phrases || self.is_stop(text, form, is_han) {
            return of_role(if text == "之" { Role::Link } else { Role::Other });
        }
        let asks_for_tag = !extractor.is_jieba || !extractor.allowed_tags.is_empty();
        let tag = if asks_for_tag { self.source.tag_of(term) } else { Tag::default() };
        let is_allowed = extractor.allowed_tags.is_empty() || extractor.allowed_tags.contains(&tag);
        if extractor.is_jieba {
            return Judgement { tag, is_candidate: is_allowed, role: Role::Other };
        }
        let kind = TermKind::of(term, is_han, tag);
        let serves = kind == TermKind::Word && is_han && !is_prefix(text) && self.is_function_word(term, tag);
        let is_candidate = is_long && is_allowed && !serves && self.is_wanted(kind);
        let role = if is_phrases && !serves { self.role(term, chars, kind, is_han, tag) } else { Role::Other };
        Judgement { tag, is_candidate, role }
    }

    /// Returns `true` if a text with this normal form is a stop word.
    pub(super) fn is_stop(&self, text: &str, form: &str, is_han: bool) -> bool {
        let words = &self.extractor.stop_words;
        // Han characters have no case.
        let contains = |word| if is_han { words.contains_exactly(word) } else { words.contains(word) };
        // Nearly every form is the text itself.
        let is_other_form = || !std::ptr::eq(form, text) && contains(form) || self.simplified_stop_words.contains(form);
        contains(text) || !self.extractor.is_jieba && is_other_form()
    }

    /// Returns whether terms of this kind may be keywords.
    fn is_wanted(&self, kind: TermKind) -> bool {
        match kind {
            TermKind::Number => self.extractor.numbers,
            TermKind::Time => self.extractor.dates,
            TermKind::Latin => self.extractor.latin,
            TermKind::Address | TermKind::Sign => false,
            TermKind::Word => true,
        }
    }

    fn role(&self, term: &Term<'_>, chars: usize, kind: TermKind, is_han: bool, tag: Tag) -> Role {
        let Extractor { numbers, dates, latin, .. } = *self.extractor;
        let name = tag.beginning();
        match kind {
            _ if term.text() == "之" => Role::Link,
            _ if is_prefix(term.text()) => Role::Prefix,
            _ if is_suffix(term.text()) => Role::Suffix,
            TermKind::Number if numbers => Role::Content,
            TermKind::Time if dates => Role::Content,
            TermKind::Latin if latin && !is_adverbial(name) => Role::Content,
            // 大模型, but not 直径大.
            TermKind::Word if chars == 1 && matches!(name, [b'a', 0, ..]) => Role::Prefix,
            TermKind::Word if is_content(name) || is_han && chars > 2 && self.is_unknown(term) => Role::Content,
            // Letters such as β; adverbs and places, whose jieba tags do not tell them from
            // adjectives and nouns.
            TermKind::Word if !is_han && term.text().chars().all(char::is_alphabetic) => Role::Prefix,
            TermKind::Word if chars > 1 && matches!(name, [b'd' | b'f', 0, ..] | [b'a' | b'v', b'd', 0, ..]) => {
                Role::Prefix
            }
            TermKind::Word | TermKind::Number if is_han && self.is_fragment(term, name) => Role::Fragment,
            _ => Role::Other,
        }
    }

    /// Returns `true` if a term in Han characters is a function word or a negation: 是, 会, 在于, 不值得.
    /// A verb of one character is a function word if it is frequent, because it then combines with
    /// anything. So is one whose frequency the source does not know. 周某, which names nobody,
    /// counts as a function word, too.
    fn is_function_word(&self, term: &Term<'_>, tag: Tag) -> bool {
        let text = term.text();
        let is_single = text.len() <= 3;
        match tag.beginning() {
            [b'n', b'r', ..] => text.ends_with('某'),
            [b'v' | b'a', b'n', 0, _] => false,
            [b'v', ..] if is_single => self.frequency(term).is_none_or(|frequency| frequency >= COMBINES_FREELY),
            [b'v', ..] => text.ends_with(['于', '於', '是']) || text.starts_with(['不', '没', '沒']),
            [b'a' | b'd' | b'l' | b'i' | b'z' | b'p' | b'c', ..] => text.starts_with(['不', '没', '沒']),
            _ => false,
        }
    }

    /// Returns `true` if the dictionary lacks a term. Its tag is then a guess.
    fn is_unknown(&self, term: &Term<'_>) -> bool {
        term.word_id().is_none() && self.dictionary.is_some()
    }

    /// Returns `true` if a term is less than a word. Its tag must say so, and it must be rare or
    /// absent in the dictionary. jieba gives the tag `zg` to characters whose part of speech it
    /// does not know. Their frequency does not count.
    fn is_fragment(&self, term: &Term<'_>, tag: [u8; 4]) -> bool {
        const MOST_BYTES: usize = 6;
        let is_unsure = matches!(tag, [b'z', b'g', 0, _]);
        let is_part =
            matches!(tag[0], b'x' | b'g' | b'q' | b'm' | b'k' | b'h' | b'o' | b'y' | b'e' | b'd') || is_unsure;
        let is_rare = || is_unsure || self.frequency(term).is_none_or(|frequency| frequency < A_WORD);
        is_part && term.text().len() <= MOST_BYTES && is_rare() && !term.text().contains(is_numeral)
    }

    fn frequency(&self, term: &Term<'_>) -> Option<u64> {
        let entry = self.dictionary?.entry(term.word_id()?)?;
        Some(entry.frequency)
    }
}

/// Characters that are words to jieba. To readers they begin longer words: 多目标优化, 可持续发展.
fn is_prefix(text: &str) -> bool {
    matches!(text, "多" | "自" | "可" | "非")
}

/// Characters that are words to jieba. To readers they end longer words: 改进型, 吲哚类.
fn is_suffix(text: &str) -> bool {
    matches!(text, "型" | "式" | "度" | "点" | "类" | "類")
}

/// A term of at least this frequency is a word of its own, not a part of a word that the segmenter
/// has broken. The frequencies of the dictionary sum to some 60 million.
const A_WORD: u64 = 2000;
/// A verb of one character with at least this frequency combines with anything.
const COMBINES_FREELY: u64 = 20_000;

/// Returns `true` for the tag of a word that makes phrases. A source may know no tags.
fn is_content(tag: [u8; 4]) -> bool {
    let first = matches!(tag[0], 0 | b'n' | b'v' | b'a' | b'b' | b'l' | b'j' | b'z' | b's' | b'i' | b't');
    first && !is_adverbial(tag) || tag == *b"eng\0"
}

/// Returns `true` for verbs and adjectives that are also adverbs, and for characters whose part of
/// speech jieba does not know.
fn is_adverbial(tag: [u8; 4]) -> bool {
    matches!(tag, [b'v' | b'a', b'd', 0, _] | [b'z', b'g', 0, _])
}

/// The kind of a term, by its origin, its form and its tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TermKind {
    Word,
    /// Has a Latin letter.
    Latin,
    /// A number, a unit, an amount or an identifier.
    Number,
    Time,
    /// An address or the name of a file.
    Address,
    /// Has no letter or digit.
    Sign,
}

impl TermKind {
    fn of(term: &Term<'_>, is_han: bool, tag: Tag) -> TermKind {
        let text = term.text();
        match tag.beginning()[0] {
            // 周一, but 春节 and 清代 are names.
            b't' if !is_han || text.contains(is_numeral) => return TermKind::Time,
            // Amounts such as 亿元.
            b'm' => return TermKind::Number,
            _ if is_han => return if is_time(text) { TermKind::Time } else { TermKind::Word },
            _ => {}
        }
        match term.origin() {
            Origin::Url | Origin::Email | Origin::FileName => TermKind::Address,
            Origin::Date | Origin::Time => TermKind::Time,
            Origin::Number | Origin::Unit | Origin::Version => TermKind::Number,
            _ if text.contains(|c: char| c.is_ascii_alphanumeric()) && is_amount(text) => TermKind::Number,
            _ if text.contains(|c: char| narrow(c).is_ascii_alphabetic()) => TermKind::Latin,
            _ if text.contains(char::is_alphabetic) => TermKind::Word,
            _ if text.contains(char::is_numeric) => TermKind::Number,
            _ => TermKind::Sign,
        }
    }
}
