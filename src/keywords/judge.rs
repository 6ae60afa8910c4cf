//! What an extractor wants to know of each different term.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Extractor, Method, StopWords, Term, TermSource};
use crate::{Dictionary, Profile, Segmenter, Tag};

/// What is known of a term.
#[derive(Default)]
pub(super) struct Judgement {
    /// The part of speech, if it is needed.
    pub(super) tag: Tag,
    /// How long it is, in characters.
    pub(super) chars: u32,
    /// Whether it may be a keyword.
    pub(super) is_candidate: bool,
    /// What it is to phrases, if these are asked for.
    pub(super) role: Role,
}

/// What a term is to phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Noun, verb, adjective, name, Latin word.
    Content,
    /// What may stand inside.
    Link,
    /// A word or number that is part of no phrase.
    #[default]
    Other,
    /// A punctuation mark or white space.
    Mark,
    /// A mark with which a sentence ends, or a line.
    End,
}

/// Judges the terms of one source.
pub(super) struct Judge<'e, S: ?Sized> {
    extractor: &'e Extractor,
    source: &'e S,
    stop_numbers: Option<Arc<StopNumbers>>,
    is_phrases: bool,
    is_jieba: bool,
    /// Whether candidates get their tags.
    pub(super) asks_for_tags: bool,
}

impl<'e, S: TermSource + ?Sized> Judge<'e, S> {
    pub(super) fn new(extractor: &'e Extractor, source: &'e S) -> Judge<'e, S> {
        let is_phrases = extractor.method == Method::Phrases;
        let is_jieba = extractor.profile == Profile::Jieba;
        Judge {
            extractor,
            source,
            stop_numbers: source.dictionary().map(|dictionary| extractor.stop_cache.of(extractor, dictionary)),
            is_phrases,
            is_jieba,
            asks_for_tags: is_phrases || !is_jieba || !extractor.allowed_tags.is_empty(),
        }
    }

    /// `form` is the term's Simplified form, if it is another and the term has no number.
    pub(super) fn judge(&self, term: &Term<'_>, form: Option<&str>) -> Judgement {
        let text = term.text();
        let is_han = is_common_han(text);
        let chars = if is_han { text.len() / 3 } else { text.chars().count() };
        let is_long = chars >= self.extractor.min_chars;
        // Phrases are made of words that are none by themselves.
        if !self.is_phrases && (!is_long || self.is_stop(term, form, is_han)) {
            return Judgement::default();
        }
        let is_stop = self.is_phrases && self.is_stop(term, form, is_han);
        let tag = if self.asks_for_tags { self.source.tag_of(term) } else { Tag::default() };
        let is_candidate = is_long
            && !is_stop
            && (self.is_jieba || self.is_kind_wanted(text, is_han, tag))
            && (self.extractor.allowed_tags.is_empty() || self.extractor.allowed_tags.contains(&tag));
        let role = if self.is_phrases { self.role(text, is_han, tag, is_stop) } else { Role::Other };
        Judgement { tag, chars: chars as u32, is_candidate, role }
    }

    fn is_stop(&self, term: &Term<'_>, form: Option<&str>, is_han: bool) -> bool {
        let words = &self.extractor.stop_words;
        let numbers = self.stop_numbers.as_deref().zip(term.word());
        match numbers.map(|(numbers, word)| numbers.contains(word.index())) {
            Some(is_stop) if is_stop || is_han => is_stop,
            // Case, and words that the dictionary does not have.
            Some(_) => words.contains(term.text()),
            None => words.contains(term.text()) || !self.is_jieba && form.is_some_and(|form| words.contains(form)),
        }
    }

    fn is_kind_wanted(&self, text: &str, is_han: bool, tag: Tag) -> bool {
        match tag.as_bytes() {
            // Numbers, and amounts such as 亿元.
            [b'm', ..] => self.extractor.numbers,
            [b't', ..] => self.extractor.dates,
            _ if is_han => true,
            _ if !text.contains(char::is_alphabetic) => self.extractor.numbers && text.contains(char::is_numeric),
            _ => self.extractor.latin || !text.contains(|c: char| c.is_ascii_alphabetic()),
        }
    }

    fn role(&self, text: &str, is_han: bool, tag: Tag, is_stop: bool) -> Role {
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

    /// Whether phrases are made of this.
    fn is_content(&self, text: &str, is_han: bool, tag: Tag) -> bool {
        let tag = tag.as_bytes();
        if tag.first() == Some(&b'm') {
            return self.extractor.numbers;
        }
        let is_word = is_han
            || text.contains(char::is_alphabetic)
                && (self.extractor.latin || !text.contains(|c: char| c.is_ascii_alphabetic()));
        is_word
            && match tag {
                b"vd" | b"ad" | b"zg" => false,
                [b't', ..] => self.extractor.dates,
                // A source that knows no tags.
                b"" | b"eng" => true,
                _ => matches!(tag[0], b'n' | b'v' | b'a' | b'b' | b'l' | b'j' | b'z' | b's' | b'i'),
            }
    }
}

/// Whether all characters are of those that make up nearly all Chinese text: U+4000 to U+9FFF, of which the
/// dictionary has Han only.
fn is_common_han(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() % 3 == 0 && bytes.iter().step_by(3).all(|lead| (0xE4..=0xE9).contains(lead))
}

/// Which words of a dictionary are stop words, by number.
pub(super) struct StopNumbers {
    /// The dictionary's.
    fingerprint: u32,
    bits: Vec<u64>,
}

impl StopNumbers {
    /// With `folds`, a stop word in any of its forms stands for the word: 會議 for 会议.
    fn new(words: &StopWords, dictionary: &Dictionary, folds: bool) -> StopNumbers {
        let segmenter = Segmenter::builder().dictionary(dictionary.clone()).build();
        let mut bits = vec![0; dictionary.len().div_ceil(64)];
        let mut set = |word: &str| {
            if let Some(entry) = dictionary.get(word) {
                bits[entry.id.index() / 64] |= 1 << (entry.id.index() % 64);
            }
        };
        for word in words.iter() {
            set(word);
            if folds {
                set(&segmenter.simplify(word));
            }
        }
        StopNumbers { fingerprint: dictionary.fingerprint(), bits }
    }

    fn contains(&self, number: usize) -> bool {
        self.bits.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }
}

/// The numbers of an extractor's stop words in the dictionaries it was used with.
#[derive(Clone, Default)]
pub(super) struct StopCache(Arc<RwLock<Vec<Arc<StopNumbers>>>>);

/// How many dictionaries an extractor remembers: usually there is one.
const MOST_DICTIONARIES: usize = 4;

impl StopCache {
    fn of(&self, extractor: &Extractor, dictionary: &Dictionary) -> Arc<StopNumbers> {
        let fingerprint = dictionary.fingerprint();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.iter().find(|known| known.fingerprint == fingerprint) {
            return known.clone();
        }
        drop(known);
        let folds = extractor.profile != Profile::Jieba;
        let numbers = Arc::new(StopNumbers::new(&extractor.stop_words, dictionary, folds));
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() == MOST_DICTIONARIES {
            known.remove(0);
        }
        known.push(numbers.clone());
        numbers
    }
}

impl std::fmt::Debug for StopCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StopCache").finish_non_exhaustive()
    }
}
