//! The terms of a text, counted.
//!
//! In passes, so that none has to ask of each token what it is: the segmenter's tokens are written down; those of words
//! that are of interest are picked, and those that are the same word get one slot; those that the dictionary does not have
//! are looked at by themselves; and each different term is judged once.

mod best;
mod feed;
mod frequencies;
mod others;
mod words;

use std::cell::Cell;
use std::ops::Range;

pub(super) use self::feed::Feed;
pub(super) use self::frequencies::frequencies;
use self::others::{Others, TextTable};
use self::words::WordTable;
use super::judge::{CANDIDATE, CONTENT, Judge, Judgement, LINK_WORD, LOOK, Role, WordJudge};
use super::kept::{self, Borrowed};
use super::{Extractor, Method, Term, TermSource};
use crate::dictionary::{Tag, WordId};
use crate::numbers::fits;
use crate::storage::pick::pick;

/// The terms of a text.
pub(super) struct Terms<'t> {
    text: &'t str,
    /// By token, of a source that is no segmenter.
    terms: Vec<Term<'t>>,
    /// Simplified forms of some that are no dictionary words.
    forms: Vec<String>,
    buffers: Borrowed<Buffers>,
}

/// What terms are found with.
#[derive(Default)]
struct Buffers {
    tokens: Vec<Token>,
    /// The tokens that are dictionary words and of interest.
    picked: Vec<u32>,
    /// The tokens that are no dictionary words.
    others: Vec<u32>,
    words: WordTable,
    texts: TextTable,
    /// The different terms: first those that are dictionary words, then all others; each by their first places.
    distinct: Vec<Distinct>,
    /// By different term: which of the keywords it is.
    ranks: Vec<u32>,
    /// Tokens of keywords, with the keywords' ranks.
    found: Vec<(u32, u32)>,
}

impl kept::Buffers for Buffers {
    fn store() -> &'static kept::Store<Buffers> {
        thread_local! {
            static KEPT: Cell<Option<Box<Buffers>>> = const { Cell::new(None) };
        }
        &KEPT
    }

    fn release(&mut self) {
        crate::segment::release(&mut self.tokens);
        crate::segment::release(&mut self.picked);
        crate::segment::release(&mut self.others);
        self.words.release();
        self.texts.release();
        crate::segment::release(&mut self.distinct);
        crate::segment::release(&mut self.ranks);
        crate::segment::release(&mut self.found);
    }
}

/// A term and how often it occurs.
#[derive(Clone, Copy)]
pub(super) struct Distinct {
    /// The first token.
    pub(super) first: u32,
    pub(super) count: u32,
    /// The word's number, or none.
    number: u32,
    /// Which of the forms, or [`NO_FORM`].
    form: u32,
    /// How long it is, in characters.
    pub(super) chars: u32,
    /// Whether it may be a keyword.
    pub(super) is_candidate: bool,
    /// What it is to phrases, if these are asked for.
    pub(super) role: Role,
    /// The part of speech, if it is needed.
    pub(super) tag: Tag,
}

const NO_FORM: u32 = u32::MAX;

/// Tokens that are read: with more of them, there could be more phrases than can be numbered. Few in this crate's own
/// tests, so that they get there.
const MOST_TOKENS: usize = if cfg!(test) { 1 << 15 } else { 1 << 28 };

/// Of a slot: it is none, but beside this the number of a dictionary word that is of no interest.
const NO_SLOT: u32 = 1 << 31;

/// A place where a term occurs.
#[derive(Clone, Copy)]
pub(super) struct Token {
    /// Which of the different terms it is, or one of the words that are of no interest.
    pub(super) slot: u32,
    len: u32,
    start: usize,
}

impl Token {
    /// Of a word with this number, before it is known whether it is of interest.
    #[inline]
    fn new(number: u32, at: Range<usize>) -> Token {
        // No range runs backwards, for which its own `len` would look.
        Token { slot: number | NO_SLOT, len: fits(at.end - at.start), start: at.start }
    }

    /// The number of the word that is there, before it gets a slot.
    #[inline]
    fn word(&self) -> u32 {
        self.slot & !NO_SLOT
    }

    /// Where it stands in the text, in bytes.
    pub(super) fn at(&self) -> Range<usize> {
        self.start..self.end()
    }

    #[inline]
    pub(super) fn start(&self) -> usize {
        self.start
    }

    #[inline]
    pub(super) fn end(&self) -> usize {
        self.start + self.len as usize
    }
}

impl<'t> Terms<'t> {
    pub(super) fn of<S: TermSource + ?Sized>(extractor: &Extractor, feed: &Feed<'_, S>, text: &'t str) -> Terms<'t> {
        let mut buffers: Borrowed<Buffers> = Borrowed::new();
        // To the other methods, what is too short to be a keyword is a neighbour of what is not.
        let least_chars = if extractor.method == Method::TfIdf { extractor.min_chars } else { 0 };
        let terms = feed.read(text, extractor.hmm, least_chars, &mut buffers.tokens);
        let judge = Judge::new(extractor, feed);
        let of_words = judge.of_words();
        let mut terms = Terms { text, terms, forms: Vec::new(), buffers };
        terms.pick_tokens(extractor.method, of_words);
        terms.number_words(&judge, of_words);
        terms.number_others(extractor, feed, &judge);
        terms
    }

    /// Pick those tokens that are dictionary words and of interest, and those that are none.
    fn pick_tokens(&mut self, method: Method, judge: WordJudge<'_>) {
        let wanted = match method {
            Method::Phrases => CONTENT | LINK_WORD | LOOK,
            Method::TextRank | Method::TfIdf => CANDIDATE | LOOK,
        };
        let Buffers { tokens, picked, others, .. } = &mut *self.buffers;
        pick(tokens, picked, |token| (token.slot != WordId::NONE) & (judge.verdict(token.word()) & wanted != 0));
        pick(tokens, others, |token| token.slot == WordId::NONE);
    }

    fn number_words<S: TermSource + ?Sized>(&mut self, judge: &Judge<'_, S>, of_words: WordJudge<'_>) {
        let Buffers { tokens, picked, words, distinct: all, .. } = &mut *self.buffers;
        let found = words.number(tokens, picked);
        let (tokens, bytes) = (&tokens[..], self.text.as_bytes());
        all.clear();
        all.extend(found.iter().map(|found| {
            let (at, token) = (found.first as usize, tokens[found.first as usize]);
            // A source that is no segmenter may say what it likes of where a term stands.
            let first = bytes.get(token.start).copied().unwrap_or(u8::MAX);
            let by_number = of_words.judge(found.number, token.len as usize, first);
            let judgement = by_number.unwrap_or_else(|| match self.terms.get(at) {
                Some(term) => judge.judge(term, None),
                None => judge.judge(&term(self.text, token, found.number), None),
            });
            Distinct::new(found.first, found.count, found.number, NO_FORM, judgement)
        }));
    }

    fn number_others<S: TermSource + ?Sized>(
        &mut self,
        extractor: &Extractor,
        feed: &Feed<'_, S>,
        judge: &Judge<'_, S>,
    ) {
        let Buffers { tokens, others, texts, distinct: all, .. } = &mut *self.buffers;
        texts.reset(others.len());
        let mut known = Others::with_room(others.len());
        // What is too short to be a keyword may still stand between words of phrases. A source that is no segmenter
        // might lengthen it by its Simplified form.
        let least_chars = if feed.is_own() && extractor.method != Method::Phrases { extractor.min_chars } else { 0 };
        for &at in &*others {
            let token = &mut tokens[at as usize];
            let term = self.terms.get(at as usize).copied().unwrap_or_else(|| term(self.text, *token, WordId::NONE));
            if least_chars > 0 && term.text().chars().nth(least_chars - 1).is_none() {
                continue;
            }
            let next = fits(all.len());
            let (slot, form) = known.slot(texts, term.text(), next, || feed.simplified(term.text()));
            token.slot = slot;
            if slot == next {
                let judgement = judge.judge(&term, form.as_deref());
                let number_of_form = form.as_ref().map_or(NO_FORM, |_| fits(self.forms.len()));
                self.forms.extend(form);
                all.push(Distinct::new(at, 0, WordId::NONE, number_of_form, judgement));
            }
            all[slot as usize].count += 1;
        }
    }

    /// All of them, in order.
    #[inline]
    pub(super) fn tokens(&self) -> &[Token] {
        &self.buffers.tokens
    }

    /// The different ones: first those that are dictionary words, then all others; each by their first places.
    #[inline]
    pub(super) fn distinct(&self) -> &[Distinct] {
        &self.buffers.distinct
    }

    /// How many of them are dictionary words of which no two have one text, which are the first of them.
    pub(super) fn of_dictionary(&self) -> usize {
        // A source that is no segmenter may number words as it likes.
        let is_own = self.terms.is_empty();
        if is_own { self.distinct().partition_point(|distinct| distinct.word_id().is_some()) } else { 0 }
    }

    /// What is known of the term of a token, if it is of interest.
    #[inline]
    pub(super) fn of_token(&self, token: Token) -> Option<&Distinct> {
        self.distinct().get(token.slot as usize)
    }

    /// The same of a token that is of interest.
    #[inline]
    pub(super) fn of_wanted(&self, token: Token) -> &Distinct {
        &self.distinct()[token.slot as usize]
    }

    /// The first of its kind.
    fn term_of(&self, distinct: &Distinct) -> Term<'t> {
        let first = distinct.first as usize;
        self.terms.get(first).copied().unwrap_or_else(|| term(self.text, self.tokens()[first], distinct.number))
    }

    /// The term as it stands in the text where it occurs first.
    pub(super) fn text_of(&self, distinct: &Distinct) -> &'t str {
        let first = distinct.first as usize;
        self.terms.get(first).map_or_else(|| &self.text[self.tokens()[first].at()], Term::text)
    }

    /// How many bytes the term has where it occurs first, and the last sixteen bytes of the text up to its end; none if
    /// there are not as many, or the source is no segmenter.
    #[inline]
    pub(super) fn end_of(&self, distinct: &Distinct) -> Option<(usize, [u8; 16])> {
        if !self.terms.is_empty() {
            return None;
        }
        let token = self.tokens()[distinct.first as usize];
        let end = self.text.as_bytes().get(..token.end())?.last_chunk()?;
        Some((token.len as usize, *end))
    }

    /// The term in Simplified characters, if it is no dictionary word.
    fn form_of(&self, distinct: &Distinct) -> &str {
        self.forms.get(distinct.form as usize).map_or_else(|| self.text_of(distinct), String::as_str)
    }
}

fn term(text: &str, token: Token, number: u32) -> Term<'_> {
    Term::new(&text[token.at()], token.start).with_word(WordId::from_number(number))
}

impl Distinct {
    fn new(first: u32, count: u32, number: u32, form: u32, judgement: Judgement) -> Distinct {
        let Judgement { chars, is_candidate, role, tag } = judgement;
        Distinct { first, count, number, form, chars, is_candidate, role, tag }
    }

    fn word_id(&self) -> Option<WordId> {
        WordId::from_number(self.number)
    }
}

#[cfg(test)]
mod tests {
    use crate::keyword::{Extractor, Method};
    use crate::segment::Segmenter;

    #[test]
    fn of_a_text_of_more_tokens_than_are_read_the_first_ones_count() {
        let text = "软银，".repeat(super::MOST_TOKENS) + "会议会议";
        for method in [Method::TfIdf, Method::TextRank, Method::Phrases] {
            let extractor = Extractor::builder().method(method).build();
            let keywords = extractor.extract(&Segmenter::new(), &text, 9);
            let found: Vec<_> = keywords.iter().map(|keyword| (keyword.text(), keyword.count())).collect();
            // Commas are neighbours to the other methods.
            let most = if method == Method::TfIdf { super::MOST_TOKENS } else { super::MOST_TOKENS / 2 };
            assert_eq!(found, [("软银", most)], "{method:?}");
        }
    }
}
