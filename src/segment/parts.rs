//! The parts of words, by which a search finds them.

use std::cmp::Reverse;

use super::batch::Batch;
use super::list::List;
use super::route::DENSE;
use super::rules::Rules;
use super::span::Span;
use crate::dictionary::WordId;
use crate::numbers::fits;

/// Finds the parts of a batch's words.
pub(super) struct Parts<'a, R: ?Sized> {
    pub(super) batch: Batch<'a>,
    pub(super) rules: &'a R,
}

impl<R: Rules + ?Sized> Parts<'_, R> {
    /// Pushes each of `whole` and then its parts, by where they begin, the longer first.
    pub(super) fn push_after(&self, whole: &[Span], words: &mut List<Span>) {
        for &word in whole {
            words.push(word);
            self.push_all(word, words, |part| (part.from, Reverse(part.to)));
        }
    }

    /// Pushes the dictionary words of two or more characters in `word`, but not itself, and the parts of a compound, in this
    /// order.
    pub(super) fn push_all(&self, word: Span, words: &mut List<Span>, order: impl Fn(&Span) -> (u32, Reverse<u32>)) {
        let (from, to) = (word.from as usize, word.to as usize);
        let may_be_compound = self.batch.units.ascii.has_separator();
        if to - from <= 2 && !may_be_compound {
            return;
        }
        let first = words.len();
        for at in from..to {
            for len in (2..=(to - at).min(DENSE)).filter(|&len| len < to - from) {
                self.push_word(at, len, words);
            }
        }
        if to - from > DENSE {
            for (at, len, _) in self.batch.route.long_words(from).take_while(|&(at, ..)| at < to) {
                if at + len <= to && len < to - from {
                    self.push_word(at, len, words);
                }
            }
        }
        if may_be_compound {
            self.push_compound(word, words);
        }
        words[first..].sort_by_key(order);
        // Of a word that is both, the dictionary's stays, which was first.
        words.dedup_from(first, |a, b| (a.from, a.to) == (b.from, b.to));
    }

    /// Pushes the dictionary word of `len` characters at `at`, if there is one.
    #[inline]
    pub(super) fn push_word(&self, at: usize, len: usize, words: &mut List<Span>) {
        let word = self.batch.span(at, at + len);
        words.push_if(word, word.number != WordId::NONE);
    }

    /// Pushes the parts of `well-known`, and of what else has such marks in it.
    pub(super) fn push_compound(&self, word: Span, words: &mut List<Span>) {
        let Batch { text, units, .. } = self.batch;
        let token = &text[units.byte(word.from as usize)..units.byte(word.to as usize)];
        let is_mark = |c: char| self.rules.parts_compounds(c);
        // Marks that are not ASCII end a part, but make no compound.
        if !token.contains(|c: char| c.is_ascii() && is_mark(c)) {
            return;
        }
        let chars = |text: &str| fits::<u32, _>(text.chars().count());
        let mut from = word.from;
        for with_mark in token.split_inclusive(is_mark) {
            let part = with_mark.trim_end_matches(is_mark);
            // A number alone, or a single character, says nothing.
            if part.len() >= 2 && part.contains(|c: char| c.is_ascii_alphabetic()) {
                words.push(Span { from, to: from + chars(part), number: WordId::NONE, origin: None });
            }
            from += chars(with_mark);
        }
    }
}
