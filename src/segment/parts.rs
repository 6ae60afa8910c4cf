//! The parts of words, by which a search finds the words.

use std::cmp::Reverse;

use super::batch::Batch;
use super::list::List;
use super::route::DENSE;
use super::rules::Rules;
use super::span::Span;
use crate::dictionary::WordId;
use crate::numbers::fits;

/// Finds the parts of a batch's words.
pub(super) struct Parts<'a> {
    pub(super) batch: Batch<'a>,
    pub(super) rules: &'a dyn Rules,
}

impl Parts<'_> {
    /// Pushes the words `whole`, all dictionary words of two or more characters that begin in them,
    /// and the parts of compounds. Sorts them by `order`.
    pub(super) fn push_all(
        &self,
        whole: &[Span],
        words: &mut List<Span>,
        order: impl Fn(&Span) -> (u32, Reverse<u32>),
    ) {
        whole.iter().for_each(|&word| words.push(word));
        let units = self.batch.units.len();
        let from = whole.first().map_or(0, |word| word.from as usize);
        let to = whole.last().map_or(0, |word| word.to as usize);
        for at in from..to {
            (2..=DENSE.min(units - at)).rev().for_each(|len| self.push_word(at, len, words));
        }
        for (at, len, _) in self.batch.route.long_words(from).take_while(|word| word.0 < to) {
            self.push_word(at, len, words);
        }
        whole.iter().for_each(|&word| self.push_compound(word, words));
        words.sort_by_key(order);
        // Of words with the same characters, the first that was pushed stays.
        words.dedup(|a, b| (a.from, a.to) == (b.from, b.to));
    }

    /// Pushes the dictionary word of `len` characters at `at`, if there is one.
    #[inline]
    pub(super) fn push_word(&self, at: usize, len: usize, words: &mut List<Span>) {
        let word = self.batch.span(at, at + len);
        words.push_if(word, word.number != WordId::NONE);
    }

    /// Pushes the parts of compounds such as `well-known`.
    pub(super) fn push_compound(&self, word: Span, words: &mut List<Span>) {
        // Most words are shorter than one with a mark and a part of two characters.
        if word.chars() < 3 {
            return;
        }
        let Batch { text, units, .. } = self.batch;
        let token = &text[units.byte(word.from as usize)..units.byte(word.to as usize)];
        let is_mark = |c: char| self.rules.parts_compounds(c);
        // Only an ASCII mark makes a compound; other marks end a part, too.
        if !token.bytes().any(|byte| byte.is_ascii() && is_mark(byte.into())) {
            return;
        }
        let chars = |text: &str| fits::<u32, _>(text.chars().count());
        let mut from = word.from;
        for with_mark in token.split_inclusive(is_mark) {
            let part = with_mark.trim_end_matches(is_mark);
            // A number alone or a single character is no useful part.
            if part.len() >= 2 && part.contains(|c: char| c.is_ascii_alphabetic()) {
                words.push(Span { from, to: from + chars(part), number: WordId::NONE, origin: None });
            }
            from += chars(with_mark);
        }
    }
}
