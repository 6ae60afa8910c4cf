//! The terms of a text, counted.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt};
use std::collections::hash_map::Entry;

use super::extractor::{Extractor, Method};
use super::judge::{Judge, Judgement};
use super::keywords::most_frequent;
use super::{Keyword, Term};
use crate::dictionary::{self, Dictionary, WordId};
use crate::idf::Idf;
use crate::numbers::fits;
use crate::segment::TermSource;
use crate::text::codes::{are_common, narrow};

/// The terms of a text.
pub(super) struct Terms<'t> {
    pub(super) text: &'t str,
    /// All terms that count, in the order of the text.
    pub(super) tokens: Vec<TermPlace>,
    /// The different terms, in the order of their first places. An index here is a slot.
    pub(super) distinct: Vec<Distinct<'t>>,
    /// The number of occurrences of each different term, by slot.
    pub(super) counts: Vec<u32>,
}

/// A place where a term occurs.
#[derive(Clone, Copy)]
pub(super) struct TermPlace {
    /// The index of its term in [`Terms::distinct`].
    pub(super) slot: u32,
    len: u32,
    pub(super) start: usize,
}

impl TermPlace {
    pub(super) fn end(self) -> usize {
        self.start + self.len as usize
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start..self.end()
    }
}

/// One of the different terms.
pub(super) struct Distinct<'t> {
    /// Its first occurrence.
    pub(super) term: Term<'t>,
    /// The key that makes terms equal: Simplified, half-width and lower-case. jieba's extractors
    /// only simplify. A word of the dictionary in Han characters gets it when it is judged.
    pub(super) form: Cow<'t, str>,
    /// Its length, in characters.
    pub(super) chars: u32,
    /// `true` if all its characters are common Han characters.
    pub(super) is_han: bool,
    pub(super) judgement: Judgement,
}

impl Distinct<'_> {
    fn judge(&mut self, judge: &Judge<'_>) {
        if self.is_han && self.term.word_id().is_some() {
            self.form = judge.source.simplified(self.term.text());
        }
        self.judgement = judge.judge(&self.term, self.chars as usize, self.is_han, &self.form);
    }
}

/// The most tokens of a text that count, some 300 MB. The limit is low in the crate's own tests, so
/// that they reach it.
pub(super) const MOST_TOKENS: usize = if cfg!(test) { 1 << 15 } else { 1 << 26 };

/// Terms of this many bytes or more are left out.
const LONGEST_TERM: usize = 1 << 30;

impl<'t> Terms<'t> {
    /// Counts the terms of a text, and judges them unless phrases are asked for. These need only
    /// some of the terms: see [`Terms::judge`].
    pub(super) fn count(extractor: &Extractor, source: &dyn TermSource, text: &'t str) -> Terms<'t> {
        let mut terms = Vec::new();
        source.terms(text, extractor.hmm, &mut terms);
        // In a book, most words occur again.
        let room = terms.len().min(1 << 10);
        let mut by_number = HashMap::with_capacity(room / 2);
        let mut counter = TermCounter {
            extractor,
            source,
            judge: (extractor.method != Method::Phrases).then(|| Judge::new(extractor, source)),
            by_form: HashMap::with_capacity(room / 4),
            distinct: Vec::with_capacity(room),
            counts: Vec::with_capacity(room),
        };
        let mut tokens = Vec::with_capacity(terms.len().min(MOST_TOKENS));
        // In the other methods, a term that is too short for a keyword is still a neighbour of
        // others.
        let min_chars = if extractor.method == Method::TfIdf { extractor.min_chars } else { 0 };
        for term in &terms {
            let is_han = are_common(term.text());
            let chars = if is_han { term.text().len() / 3 } else { char_count(term.text()) };
            if chars < min_chars || !is_there(text, term) {
                continue;
            }
            if tokens.len() == MOST_TOKENS {
                break;
            }
            // jieba's extractors tell OpenAI from openai.
            let word = term.word_id().filter(|_| is_han || !extractor.is_jieba);
            let slot = match number(word, term.text()) {
                None => counter.slot_of(term, chars, is_han),
                Some(number) => match by_number.entry(number) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(new) => *new.insert(counter.slot_of(term, chars, is_han)),
                },
            };
            counter.counts[slot as usize] += 1;
            tokens.push(TermPlace { slot, len: fits(term.text().len()), start: term.range().start });
        }
        Terms { text, tokens, distinct: counter.distinct, counts: counter.counts }
    }

    /// Judges the different terms for which `is_needed` returns `true`, given the term and its
    /// count. Others are no keywords and in no phrase, unless they are judged later.
    pub(super) fn judge(&mut self, judge: &Judge<'_>, is_needed: &dyn Fn(&Distinct<'_>, u32) -> bool) {
        for (distinct, &count) in self.distinct.iter_mut().zip(&self.counts) {
            if is_needed(distinct, count) {
                distinct.judge(judge);
            }
        }
    }

    /// Returns `true` if the token `at`, which is not the first, follows the one before it without a
    /// gap.
    pub(super) fn is_joint(&self, at: usize) -> bool {
        self.tokens[at - 1].end() == self.tokens[at].start
    }

    pub(super) fn of(&self, token: TermPlace) -> &Distinct<'t> {
        &self.distinct[token.slot as usize]
    }

    /// Returns the slots of terms that may be keywords.
    pub(super) fn candidates(&self) -> Vec<u32> {
        let is_candidate = |(slot, distinct): (u32, &Distinct<'_>)| distinct.judgement.is_candidate.then_some(slot);
        (0..).zip(&self.distinct).filter_map(is_candidate).collect()
    }

    /// Returns the `k` heaviest of weighed slots as keywords, the heaviest first. Equal weights are
    /// ordered by first place, or by text if `by_text`.
    pub(super) fn keywords(
        &self,
        source: &dyn TermSource,
        mut weights: Vec<(f64, u32)>,
        k: usize,
        by_text: bool,
    ) -> Vec<Keyword> {
        let text = |slot: u32| self.distinct[slot as usize].term.text();
        let order = |a: &(f64, u32), b: &(f64, u32)| {
            let by_text = || if by_text { text(a.1).cmp(text(b.1)) } else { Ordering::Equal };
            b.0.total_cmp(&a.0).then_with(by_text).then(a.1.cmp(&b.1))
        };
        if k < weights.len() {
            let mut alone: Vec<f64> = weights.iter().map(|(weight, _)| *weight).collect();
            let least = *alone.select_nth_unstable_by(k - 1, |a, b| b.total_cmp(a)).1;
            weights.retain(|(weight, _)| weight.total_cmp(&least).is_ge());
        }
        weights.sort_unstable_by(order);
        weights.truncate(k);

        let mut ranks: Vec<Option<u32>> = vec![None; self.distinct.len()];
        weights.iter().zip(0..).for_each(|((_, slot), rank)| ranks[*slot as usize] = Some(rank));
        let room = |&(_, slot): &(f64, u32)| Vec::with_capacity(self.counts[slot as usize] as usize);
        let mut places: Vec<Vec<Range<usize>>> = weights.iter().map(room).collect();
        for token in &self.tokens {
            if let Some(rank) = ranks[token.slot as usize] {
                places[rank as usize].push(token.range());
            }
        }
        let keyword = |((weight, slot), places): ((f64, u32), Vec<Range<usize>>)| {
            let text = most_frequent(self.text, &places);
            let simplified = other_form(source, text);
            let tag = source.tag_of(&self.distinct[slot as usize].term);
            Keyword { text: text.to_owned(), simplified, weight, word_count: 1, tag, places }
        };
        weights.into_iter().zip(places).map(keyword).collect()
    }
}

/// Returns the Simplified form of `text`, or `None` if it is the same.
pub(super) fn other_form(source: &dyn TermSource, text: &str) -> Option<String> {
    match source.simplified(text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(simplified) => Some(simplified),
    }
}

/// The inverse document frequencies of a source's words.
pub(super) struct Rarity<'e> {
    idf: &'e Idf,
    source: &'e dyn TermSource,
    dictionary: Option<&'e Dictionary>,
    /// The number of the first user word of the dictionary.
    end: usize,
    /// `true` if the table numbers its words as the dictionary does.
    is_joined: bool,
    is_jieba: bool,
}

impl<'e> Rarity<'e> {
    pub(super) fn new(extractor: &'e Extractor, source: &'e dyn TermSource) -> Rarity<'e> {
        let (idf, dictionary) = (&extractor.idf, source.dictionary());
        let first_user_number = dictionary.and_then(Dictionary::first_user_number);
        let is_joined = dictionary.is_some_and(|dictionary| idf.is_joined_to(dictionary));
        let end = first_user_number.map_or(usize::MAX, |first| first as usize);
        Rarity { idf, source, dictionary, end, is_joined, is_jieba: extractor.is_jieba }
    }

    /// Returns the value of a term.
    pub(super) fn of(&self, distinct: &Distinct<'_>) -> f64 {
        let Distinct { term, form, .. } = distinct;
        let word = term.word_id().filter(|word| word.index() < self.end);
        // Tables are case-sensitive.
        let cased = || {
            if are_common(term.text()) {
                return None;
            }
            let cased = self.source.simplified(term.text());
            if cased == *form { None } else { self.idf.get(&cased) }
        };
        let value = match word {
            Some(word) if self.is_joined => self.idf.of_word(word),
            _ => cased().or_else(|| self.idf.get(form)),
        };
        value.unwrap_or_else(|| self.by_frequency(word.and_then(|word| self.dictionary?.entry(word))))
    }

    /// Returns an upper bound of the values of all terms, at least 0.
    pub(super) fn greatest(&self) -> f64 {
        self.idf.greatest().max(0.0)
    }

    /// Returns the value of a form that is one word of the dictionary, though the text has it as
    /// several terms.
    pub(super) fn of_whole(&self, form: &str) -> Option<f64> {
        let entry = self.dictionary?.get(form).filter(|entry| entry.id.index() < self.end)?;
        let value = if self.is_joined { self.idf.of_word(entry.id) } else { self.idf.get(form) };
        Some(value.unwrap_or_else(|| self.by_frequency(Some(entry))))
    }

    /// Returns the value of a word that the table lacks. A table is made once, but a dictionary
    /// gets new words: 占比, 算力. In jieba's table, the values fall linearly with the logarithms of
    /// the frequencies.
    fn by_frequency(&self, entry: Option<dictionary::Entry>) -> f64 {
        let frequency = entry.map_or(0, |entry| entry.frequency);
        let share = if self.is_jieba { 1.0 } else { 1.16 - 0.052 * f64::from(frequency.max(1).ilog2()) };
        self.idf.of_unknown() * share.clamp(0.0, 1.0)
    }
}

/// Finds the different terms of a text.
struct TermCounter<'c, 't> {
    extractor: &'c Extractor,
    source: &'c dyn TermSource,
    /// `None` if the terms are judged later.
    judge: Option<Judge<'c>>,
    /// Slots by form.
    by_form: HashMap<Cow<'t, str>, u32>,
    distinct: Vec<Distinct<'t>>,
    /// A list of its own, so that the counts are close together in memory: each token updates one.
    counts: Vec<u32>,
}

impl<'t> TermCounter<'_, 't> {
    /// Returns the slot of a term that was not found by its number. Adds the term if it is new.
    fn slot_of(&mut self, term: &Term<'t>, chars: usize, is_han: bool) -> u32 {
        let next = fits(self.distinct.len());
        // Latin words with different numbers may have one form, so they are looked up by form.
        let (form, slot) = match term.word_id() {
            Some(_) if is_han => (Cow::Borrowed(term.text()), next),
            _ => {
                let form = form(self.extractor, self.source, term.text(), is_han);
                (form.clone(), *self.by_form.entry(form).or_insert(next))
            }
        };
        if slot == next {
            let chars = chars.try_into().unwrap_or(u32::MAX);
            let mut distinct = Distinct { term: *term, form, chars, is_han, judgement: Judgement::default() };
            if let Some(judge) = &self.judge {
                distinct.judge(judge);
            }
            self.distinct.push(distinct);
            self.counts.push(0);
        }
        slot
    }
}

/// Returns the length of a text in characters. Most texts are too short for the standard library's
/// method to pay off.
fn char_count(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xC0 != 0x80).count()
}

/// Returns the number by which a term is found if it occurs again: that of its word, or of its only
/// character. Other terms have none. A lookup by number is faster than one by form.
fn number(word: Option<WordId>, text: &str) -> Option<u64> {
    let of_char = || text.chars().next().filter(|c| c.len_utf8() == text.len()).map(|c| (1 << 32) + u64::from(c));
    word.map(|word| word.index() as u64).or_else(of_char)
}

/// Returns the key that makes terms equal. See [`Distinct::form`].
fn form<'t>(extractor: &Extractor, source: &dyn TermSource, text: &'t str, is_han: bool) -> Cow<'t, str> {
    let form = source.simplified(text);
    let is_folded = |c: char| narrow(c) == c && (c.is_ascii() && !c.is_ascii_uppercase() || !c.is_uppercase());
    if extractor.is_jieba || is_han || form.chars().all(is_folded) {
        return form;
    }
    let mut folded = String::with_capacity(form.len());
    form.chars().for_each(|c| folded.extend(narrow(c).to_lowercase()));
    folded.into()
}

/// Returns `true` if the text has the term at the term's range.
fn is_there(text: &str, term: &Term<'_>) -> bool {
    let (range, len) = (term.range(), term.text().len());
    // Nearly every term is a slice of the text. Comparing addresses is faster than comparing texts.
    let is_slice = text.as_ptr().wrapping_add(range.start) == term.text().as_ptr() && range.end <= text.len();
    len < LONGEST_TERM && (is_slice || text.get(range) == Some(term.text()))
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
            // In the other methods, commas are neighbours and count as tokens.
            let most = if method == Method::TfIdf { super::MOST_TOKENS } else { super::MOST_TOKENS / 2 };
            assert_eq!(found, [("软银", most)], "{method:?}");
        }
    }
}
