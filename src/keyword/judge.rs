//! What an extractor wants to know of each different term.

use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use super::terms::Feed;
use super::{Extractor, Method, Term, TermSource};
use crate::dictionary::WordTags;
use crate::dictionary::{Dictionary, Tag};
use crate::numbers::fits;
use crate::segment::{Profile, Segmenter};
use crate::text::codes::are_common;

/// What is known of a term.
#[derive(Debug, Default, PartialEq)]
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
            known: dictionary.map(|dictionary| extractor.known_words.of(extractor, dictionary)),
            is_phrases,
            is_jieba,
            asks_for_tags: asks_for_tags(extractor),
        }
    }

    /// What is known of the words of a dictionary by their numbers alone, if the source is a segmenter: the numbers of others
    /// may be anything.
    pub(super) fn of_words(&self) -> WordJudge<'_> {
        let known = self.known.as_deref().zip(self.feed.dictionary()).filter(|_| self.feed.is_own());
        let Some((KnownWords { verdicts, .. }, dictionary)) = known else { return WordJudge::default() };
        let Judge { is_phrases, asks_for_tags, .. } = *self;
        let (tags, min_chars) = (dictionary.tags(), self.extractor.min_chars);
        WordJudge { verdicts, tags, min_chars, is_phrases, asks_for_tags }
    }

    /// `form` is the term's Simplified form, if it is another and the term has no number.
    pub(super) fn judge(&self, term: &Term<'_>, form: Option<&str>) -> Judgement {
        let text = term.text();
        let is_han = are_common(text);
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
        let known = self.known.as_deref().zip(term.word_id());
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

/// Judges the words of a dictionary by their numbers, if they are of common characters.
///
/// What is said of such a word is the same wherever it stands, and however it is written there; so it is said once for all
/// words. It holds slices, whose addresses are at hand in a loop. The default one says of every word that it has to be
/// looked at.
#[derive(Clone, Copy)]
pub(super) struct WordJudge<'j> {
    /// By word number; with one more at the end for all that have to be looked at.
    verdicts: &'j [u8],
    tags: WordTags<'j>,
    min_chars: usize,
    is_phrases: bool,
    asks_for_tags: bool,
}

impl Default for WordJudge<'_> {
    fn default() -> Self {
        let (verdicts, tags) = (&[LOOK], WordTags::default());
        WordJudge { verdicts, tags, min_chars: 0, is_phrases: false, asks_for_tags: false }
    }
}

impl WordJudge<'_> {
    /// The verdict on the word with this number, or on one that has to be looked at, such as a user's.
    #[inline(always)]
    pub(super) fn verdict(self, number: u32) -> u8 {
        self.verdicts[(number as usize).min(self.verdicts.len() - 1)]
    }

    /// What is known of the word with this number that is written in so many bytes, of which this is the first, if it has
    /// not to be looked at: the same as [`Judge::judge`] says.
    #[inline(always)]
    pub(super) fn judge(self, number: u32, bytes: usize, first: u8) -> Option<Judgement> {
        /// With which longer characters begin.
        const FOUR_BYTES: u8 = 0xF0;
        let verdict = self.verdict(number);
        if (verdict & LOOK != 0) | (first >= FOUR_BYTES) | (bytes % 3 != 0) {
            return None;
        }
        let chars = bytes / 3;
        let tag = if self.asks_for_tags { self.tags.of_word_or_any(number) } else { Tag::default() };
        let is_candidate = (chars >= self.min_chars) & (verdict & CANDIDATE != 0);
        let mut role = Role::Other;
        if self.is_phrases {
            role = if verdict & CONTENT != 0 { Role::Content } else { Role::Other };
            role = if verdict & LINK_WORD != 0 { Role::Link } else { role };
        }
        Some(Judgement { tag, chars: fits(chars), is_candidate, role })
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

/// Of a verdict: the word may be a keyword, if it is long enough.
pub(super) const CANDIDATE: u8 = 1;
/// Phrases are made of it, or it may stand inside.
pub(super) const CONTENT: u8 = 2;
pub(super) const LINK_WORD: u8 = 4;
/// It has to be looked at.
pub(super) const LOOK: u8 = 8;

/// What an extractor knows of the words of a dictionary.
pub(super) struct KnownWords {
    /// The dictionary's.
    fingerprints: [u32; 2],
    /// Which are stop words: a bit for each, by number.
    stop_words: Vec<u64>,
    /// By number, the verdicts on words in common characters; with one more at the end for all that have to be looked at,
    /// those of users among them.
    verdicts: Vec<u8>,
}

impl KnownWords {
    fn new(extractor: &Extractor, dictionary: &Dictionary) -> KnownWords {
        // A stop word in any of its forms stands for the word: 會議 for 会议.
        let folds = extractor.profile != Profile::Jieba;
        let segmenter = Segmenter::builder().dictionary(dictionary.clone()).build();
        let simplifier = segmenter.simplifier();
        let mut bits = vec![0; dictionary.id_bound().div_ceil(64)];
        let mut stop_words = Vec::new();
        let mut set = |word: &str| stop_words.extend(dictionary.get(word).map(|entry| entry.id.index()));
        for word in extractor.stop_words.iter() {
            set(word);
            if folds {
                set(&simplifier.simplify(word));
            }
        }
        let tags = dictionary.tags();
        let mut of_tags = [0; 256];
        for (verdict, &tag) in of_tags.iter_mut().zip(tags.tags) {
            let is_content = is_content(extractor, "", true, tag);
            *verdict = u8::from(is_wanted(extractor, "", true, tag)) * CANDIDATE + u8::from(is_content) * CONTENT;
        }
        let mut verdicts = Vec::with_capacity(tags.of_word.len() + 1);
        verdicts.extend(tags.of_word.iter().map(|&tag| of_tags[usize::from(tag)]));
        for number in stop_words {
            bits[number / 64] |= 1 << (number % 64);
            verdicts.get_mut(number).into_iter().for_each(|verdict| *verdict = 0);
        }
        for number in dictionary.mixed().iter() {
            verdicts.get_mut(number as usize).into_iter().for_each(|verdict| *verdict = LOOK);
        }
        let link = dictionary.get(LINK).and_then(|entry| verdicts.get_mut(entry.id.index()));
        link.into_iter().for_each(|verdict| *verdict |= LINK_WORD);
        verdicts.push(LOOK);
        KnownWords { fingerprints: dictionary.fingerprints(), stop_words: bits, verdicts }
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
    /// What all extractors know that a user has not told what keywords may be: of a profile, and of its method's tags.
    pub(super) fn usual(profile: Profile, ranks: bool) -> KnownDictionaries {
        static USUAL: [LazyLock<KnownDictionaries>; 3] = [const { LazyLock::new(KnownDictionaries::default) }; 3];
        let [natural, ranking, jieba] = &USUAL;
        let usual = match profile {
            Profile::Natural if ranks => ranking,
            Profile::Natural => natural,
            Profile::Jieba => jieba,
        };
        (**usual).clone()
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_judged_by_their_numbers_as_by_their_texts() {
        let segmenter = Segmenter::new();
        let usual =
            [Method::Phrases, Method::TfIdf, Method::TextRank].map(|method| Extractor::builder().method(method));
        let others = [
            Extractor::builder().numbers(true).dates(true).latin(false).min_chars(3),
            Extractor::builder().method(Method::TfIdf).profile(Profile::Jieba),
            Extractor::builder().allowed_tags(["n", "vn"].map(Tag::known)),
        ];
        for extractor in usual.into_iter().chain(others).map(|builder| builder.build()) {
            let feed = Feed::new(&segmenter);
            let judge = Judge::new(&extractor, &feed);
            let mut looked_at = 0;
            for (word, entry) in segmenter.dictionary().index().iter().step_by(3) {
                let first = word.as_bytes()[0];
                let Some(by_number) = judge.of_words().judge(entry.id.0, word.len(), first) else {
                    looked_at += 1;
                    continue;
                };
                let term = Term::new(&word, 0).with_word(Some(entry.id));
                let by_text = judge.judge(&term, None);
                // What is too short or a stop word is no candidate, and then no more is asked of it.
                let is_asked = judge.is_phrases || by_text.is_candidate;
                let by_number = if is_asked || by_number.is_candidate { by_number } else { Judgement::default() };
                let by_text = if is_asked { by_text } else { Judgement::default() };
                assert_eq!(by_number, by_text, "{word}");
            }
            assert!((1..10_000).contains(&looked_at), "{looked_at}");
        }
    }
}
