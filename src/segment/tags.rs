//! Parts of speech of tokens.

use super::scratch::{Lent, Scratch};
use super::segmenter::Segmenter;
use super::tag_model::{NO_TAG, Path};
use super::token::{TaggedToken, Token};
use crate::dictionary::{Tag, WordId, WordTags};
use crate::numbers::fits;
use crate::text::codes::is_jieba_han;

/// What a call needs of a segmenter to tag its tokens.
#[derive(Clone, Copy)]
pub(crate) struct Tags<'s> {
    pub(super) of_words: WordTags<'s>,
    /// Whose model guesses the tags of words that the dictionary lacks.
    pub(super) segmenter: &'s Segmenter,
}

impl Tags<'_> {
    /// A token with its part of speech: the dictionary's, or the one that is guessed.
    #[inline]
    pub(super) fn tagged<'t>(self, token: Token<'t>, path: &mut Path) -> TaggedToken<'t> {
        let tag = self.known(token.word_id()).unwrap_or_else(|| self.guess(token.text(), path));
        TaggedToken::new(token, tag)
    }

    /// Pushes the tokens of a batch with their parts of speech.
    pub(super) fn push_all<'t>(self, text: &'t str, scratch: &mut Scratch, tagged: &mut Vec<TaggedToken<'t>>) {
        let Scratch { units, spans, path, .. } = scratch;
        let before = tagged.len();
        // First as if all were the dictionary's: whether one is cannot be predicted.
        tagged.extend(
            spans
                .iter()
                .map(move |span| TaggedToken::new(span.token(text, units), self.of_words.of_word_or_any(span.number))),
        );
        for tagged in &mut tagged[before..] {
            let token = tagged.token();
            if token.word_id().is_none_or(|word| self.of_words.is_of_user(word.index())) {
                *tagged = self.tagged(token, path);
            }
        }
    }

    /// The part of speech of a token with this text, where there is no room to search in.
    pub(crate) fn of_word(&self, text: &str, word: Option<WordId>) -> Tag {
        self.known(word).unwrap_or_else(|| self.guess(text, &mut Lent::new().get().path))
    }

    /// The part of speech of a word that the dictionary has; `None` of others, and of a user's word that was given none.
    #[inline]
    fn known(self, word: Option<WordId>) -> Option<Tag> {
        let word = word?.index();
        let tag = self.of_words.of(fits(word));
        (!self.of_words.is_of_user(word) || tag != Tag::default()).then_some(tag)
    }

    /// jieba's rule: digits are numbers, anything with a Latin letter is English, a word with Han is for the model.
    fn guess(self, text: &str, path: &mut Path) -> Tag {
        let mut alphanumeric = text.bytes().filter(u8::is_ascii_alphanumeric).peekable();
        if alphanumeric.peek().is_some() {
            let is_number = alphanumeric.all(|byte| byte.is_ascii_digit());
            return if is_number { Tag::known("m") } else { Tag::known("eng") };
        }
        if !text.contains(is_jieba_han) {
            return NO_TAG;
        }
        let folding = self.segmenter.folding();
        let chars = text.chars().map(|c| (folding.folded(c), c.len_utf8()));
        self.segmenter.tag_model.as_ref().map_or(NO_TAG, |model| model.guess(chars, path))
    }
}
