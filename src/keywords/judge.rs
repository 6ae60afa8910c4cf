//! What an extractor wants to know of each different term.

use std::sync::{Arc, PoisonError, RwLock};

use super::terms::Feed;
use super::{Extractor, Method, Term, TermSource};
use crate::lexicon::WordTags;
use crate::numbers::fits;
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
    feed: &'e Feed<'e, S>,
    known: Option<Arc<KnownWords>>,
    /// The tags of the dictionary's words.
    tags: Option<WordTags<'e>>,
    is_phrases: bool,
    is_jieba: bool,
    asks_for_tags: bool,
}

impl<'e, S: TermSource + ?Sized> Judge<'e, S> {
    pub(super) fn new(extractor: &'e Extractor, feed: &'e Feed<'e, S>) -> Judge<'e, S> {
        let is_phrases = extractor.method == Method::Phrases;
        let is_jieba = extractor.profile == Profile::Jieba;
        let dictionary = feed.dictionary();
        Judge {
            extractor,
            feed,
            tags: dictionary.map(Dictionary::tags),
            known: dictionary.map(|dictionary| extractor.known_words.of(extractor, dictionary)),
            is_phrases,
            is_jieba,
            asks_for_tags: asks_for_tags(extractor),
        }
    }

    /// What is known of a word of the dictionary that is the source's own, if the characters of `text` are common ones:
    /// the same as [`Judge::judge`] says, without a branch for what cannot be predicted.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "tags have numbers that were validated with the dictionary")]
    pub(super) fn word(&self, text: &[u8], number: u32) -> Option<Judgement> {
        let (Some(known), Some(of_words)) = (&self.known, self.tags) else { return None };
        if !is_common_han(text) {
            return None;
        }
        let chars = text.len() / 3;
        let is_stop = known.is_stop(number as usize);
        let (mut traits, mut tag) = (WANTED, Tag::default());
        if self.asks_for_tags {
            let at = usize::from(*of_words.of_word.get(number as usize)?);
            (traits, tag) = (known.of_tags[at], of_words.tags[at]);
        }
        let is_candidate = (chars >= self.extractor.min_chars) & !is_stop & (traits & WANTED != 0);
        let mut role = Role::Other;
        if self.is_phrases {
            role = if !is_stop & (traits & CONTENT != 0) { Role::Content } else { Role::Other };
            role = if text == LINK.as_bytes() { Role::Link } else { role };
        }
        Some(Judgement { tag, chars: fits(chars), is_candidate, role })
    }

    /// `form` is the term's Simplified form, if it is another and the term has no number.
    pub(super) fn judge(&self, term: &Term<'_>, form: Option<&str>) -> Judgement {
        let text = term.text();
        let is_han = is_common_han(text.as_bytes());
        let chars = if is_han { text.len() / 3 } else { text.chars().count() };
        let is_long = chars >= self.extractor.min_chars;
        // Phrases are made of words that are none by themselves.
        if !self.is_phrases && (!is_long || self.is_stop(term, form, is_han)) {
            return Judgement::default();
        }
        let is_stop = self.is_phrases && self.is_stop(term, form, is_han);
        let tag = if self.asks_for_tags { self.feed.tag_of(term) } else { Tag::default() };
        let is_candidate = is_long && !is_stop && is_wanted(self.extractor, text, is_han, tag);
        let role = if self.is_phrases { self.role(text, is_han, tag, is_stop) } else { Role::Other };
        Judgement { tag, chars: fits(chars), is_candidate, role }
    }

    fn is_stop(&self, term: &Term<'_>, form: Option<&str>, is_han: bool) -> bool {
        let words = &self.extractor.stop_words;
        let known = self.known.as_deref().zip(term.word());
        match known.map(|(known, word)| known.is_stop(word.index())) {
            Some(is_stop) if is_stop || is_han => is_stop,
            // Case, and words that the dictionary does not have.
            Some(_) => words.contains(term.text()),
            None => words.contains(term.text()) || !self.is_jieba && form.is_some_and(|form| words.contains(form)),
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
            LINK => Role::Link,
            _ if is_stop || !is_content(self.extractor, text, is_han, tag) => Role::Other,
            _ => Role::Content,
        }
    }
}

/// The word that may stand inside of a phrase.
const LINK: &str = "之";

/// Whether candidates get their tags.
pub(super) fn asks_for_tags(extractor: &Extractor) -> bool {
    extractor.method == Method::Phrases || extractor.profile != Profile::Jieba || !extractor.allowed_tags.is_empty()
}

/// Whether a term of this kind and part of speech may be a keyword.
fn is_wanted(extractor: &Extractor, text: &str, is_han: bool, tag: Tag) -> bool {
    let is_kind_wanted = match tag.as_bytes() {
        _ if extractor.profile == Profile::Jieba => true,
        // Numbers, and amounts such as 亿元.
        [b'm', ..] => extractor.numbers,
        [b't', ..] => extractor.dates,
        _ if is_han => true,
        _ if !text.contains(char::is_alphabetic) => extractor.numbers && text.contains(char::is_numeric),
        _ => extractor.latin || !text.contains(|c: char| c.is_ascii_alphabetic()),
    };
    is_kind_wanted && (extractor.allowed_tags.is_empty() || extractor.allowed_tags.contains(&tag))
}

/// Whether phrases are made of this.
#[expect(clippy::indexing_slicing, reason = "the empty tag is looked at first")]
fn is_content(extractor: &Extractor, text: &str, is_han: bool, tag: Tag) -> bool {
    let tag = tag.as_bytes();
    if tag.first() == Some(&b'm') {
        return extractor.numbers;
    }
    let is_word = is_han
        || text.contains(char::is_alphabetic) && (extractor.latin || !text.contains(|c: char| c.is_ascii_alphabetic()));
    is_word
        && match tag {
            b"vd" | b"ad" | b"zg" => false,
            [b't', ..] => extractor.dates,
            // A source that knows no tags.
            b"" | b"eng" => true,
            _ => matches!(tag[0], b'n' | b'v' | b'a' | b'b' | b'l' | b'j' | b'z' | b's' | b'i'),
        }
}

/// Whether all characters are of those that make up nearly all Chinese text: U+4000 to U+9FFF, of which the
/// dictionary has Han only.
#[inline]
#[expect(clippy::indexing_slicing, reason = "the last is a character's first byte, and less is taken")]
fn is_common_han(bytes: &[u8]) -> bool {
    /// Characters in nearly all words. How long one is cannot be predicted, so the last one is looked at again and again.
    const MOST: usize = 4;
    let Some(last) = bytes.len().checked_sub(3) else { return bytes.is_empty() };
    let is_common = |lead: u8| (0xE4..=0xE9).contains(&lead);
    let are_common = (0..MOST).fold(true, |are, char| are & is_common(bytes[last.min(3 * char)]));
    are_common
        && bytes.len() % 3 == 0
        && (bytes.len() <= 3 * MOST || bytes.iter().skip(3 * MOST).step_by(3).all(|&lead| is_common(lead)))
}

/// A tag's traits: whether words with it may be keywords, and be part of phrases.
const WANTED: u8 = 1;
const CONTENT: u8 = 2;

/// What an extractor knows of the words of a dictionary.
pub(super) struct KnownWords {
    /// The dictionary's.
    fingerprints: [u32; 2],
    /// Which are stop words: a bit for each, by number.
    stop_words: Vec<u64>,
    /// By tag, as the dictionary counts them, the traits of words of common Han characters.
    of_tags: Vec<u8>,
}

impl KnownWords {
    #[expect(clippy::indexing_slicing, reason = "there is a bit for every word of the dictionary")]
    fn new(extractor: &Extractor, dictionary: &Dictionary) -> KnownWords {
        // A stop word in any of its forms stands for the word: 會議 for 会议.
        let folds = extractor.profile != Profile::Jieba;
        let segmenter = Segmenter::builder().dictionary(dictionary.clone()).build();
        let simplifier = segmenter.simplifier();
        let mut stop_words = vec![0; dictionary.id_bound().div_ceil(64)];
        let mut set = |word: &str| {
            if let Some(entry) = dictionary.get(word) {
                stop_words[entry.id.index() / 64] |= 1 << (entry.id.index() % 64);
            }
        };
        for word in extractor.stop_words.iter() {
            set(word);
            if folds {
                set(&simplifier.simplify(word));
            }
        }
        let of_tag = |&tag: &Tag| {
            let is_wanted = is_wanted(extractor, "", true, tag);
            u8::from(is_wanted) * WANTED + u8::from(is_content(extractor, "", true, tag)) * CONTENT
        };
        let of_tags = dictionary.tags().tags.iter().map(of_tag).collect();
        KnownWords { fingerprints: dictionary.fingerprints(), stop_words, of_tags }
    }

    #[inline]
    fn is_stop(&self, number: usize) -> bool {
        self.stop_words.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }
}

/// What an extractor knows of the dictionaries it was used with.
#[derive(Clone, Default)]
pub(super) struct KnownDictionaries(Arc<RwLock<Vec<Arc<KnownWords>>>>);

/// How many dictionaries an extractor remembers: usually there is one.
const MOST_DICTIONARIES: usize = 4;

impl KnownDictionaries {
    fn of(&self, extractor: &Extractor, dictionary: &Dictionary) -> Arc<KnownWords> {
        let fingerprints = dictionary.fingerprints();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.iter().find(|known| known.fingerprints == fingerprints) {
            return known.clone();
        }
        drop(known);
        let words = Arc::new(KnownWords::new(extractor, dictionary));
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() == MOST_DICTIONARIES {
            known.remove(0);
        }
        known.push(words.clone());
        words
    }
}

impl std::fmt::Debug for KnownDictionaries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KnownDictionaries").finish_non_exhaustive()
    }
}
