//! A source of terms, and what is done at once if it is a segmenter.

use std::borrow::Cow;

use super::{MOST_TOKENS, NO_SLOT, Token};
use crate::dictionary::{Dictionary, Tag, WordId};
use crate::keyword::{Term, TermSource};
use crate::segment::Crate;
use crate::segment::Segmenter;
use crate::segment::{Simplifier, Tags};

/// A term of so many bytes is no keyword, and its length might not fit.
const LONGEST_TERM: usize = 1 << 30;

/// A source, as the extractors use it.
pub(in crate::keyword) struct Feed<'s, S: ?Sized> {
    source: &'s S,
    own: Option<Own<'s>>,
}

/// A source that is a segmenter: its terms are slices of the text, and their tags its dictionary's.
struct Own<'s> {
    segmenter: &'s Segmenter,
    simplifier: Simplifier<'s>,
    tags: Tags<'s>,
}

impl<'s, S: TermSource + ?Sized> Feed<'s, S> {
    pub(in crate::keyword) fn new(source: &'s S) -> Feed<'s, S> {
        let own = |segmenter: &'s Segmenter| {
            let (simplifier, tags) = (segmenter.simplifier(), segmenter.tags());
            Own { segmenter, simplifier, tags }
        };
        Feed { source, own: source.as_segmenter(Crate).map(own) }
    }

    /// The tokens of `text`, with the numbers of their words as slots; and their terms, unless the tokens say all of them.
    /// Of a segmenter's, those may be left out that have less than so many characters.
    pub(super) fn read<'t>(
        &self,
        text: &'t str,
        hmm: bool,
        least_chars: usize,
        tokens: &mut Vec<Token>,
    ) -> Vec<Term<'t>> {
        let mut terms = Vec::new();
        tokens.clear();
        match &self.own {
            Some(own) => {
                let cut = own.segmenter.cut_hmm(text, hmm);
                tokens.extend(
                    cut.filter(|token| token.text().chars().nth(least_chars.saturating_sub(1)).is_some())
                        .take(MOST_TOKENS)
                        .map(|token| Token::new(token.word_id().map_or(WordId::NONE, |word| word.0), token.range())),
                );
            }
            None => self.source.each_term(text, hmm, &mut |term| {
                if tokens.len() < MOST_TOKENS && term.range().len() < LONGEST_TERM {
                    let number = term.word_id().map(|word| word.0).filter(|&number| number < NO_SLOT);
                    tokens.push(Token::new(number.unwrap_or(WordId::NONE), term.range()));
                    terms.push(term);
                }
            }),
        }
        terms
    }

    /// Whether the source is a segmenter.
    pub(in crate::keyword) fn is_own(&self) -> bool {
        self.own.is_some()
    }

    pub(in crate::keyword) fn tag_of(&self, term: &Term<'_>) -> Tag {
        match (&self.own, term.word_id()) {
            (Some(own), word @ Some(_)) => own.tags.of_word(term.text(), word),
            _ => self.source.tag_of(term),
        }
    }

    /// A text with Simplified characters for Traditional ones.
    pub(in crate::keyword) fn simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match &self.own {
            Some(own) => own.simplifier.simplify(text),
            None => self.source.simplified(text),
        }
    }

    /// The Simplified form of a text, if it is another.
    pub(in crate::keyword) fn other_form(&self, text: &str) -> Option<String> {
        match self.simplified(text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(simplified) => Some(simplified),
        }
    }

    pub(in crate::keyword) fn dictionary(&self) -> Option<&'s Dictionary> {
        self.source.dictionary()
    }
}
