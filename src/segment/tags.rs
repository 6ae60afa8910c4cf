//! Parts of speech of tokens.

use super::scratch::{Lent, Scratch};
use super::segmenter::Segmenter;
use super::tag_model::{NO_TAG, Path};
use super::token::{TaggedToken, Token};
use crate::dictionary::{Tag, WordId, WordTags};
use crate::numbers::fits;
use crate::text::codes::is_jieba_han;

/// The data that a call needs to tag tokens.
#[derive(Clone, Copy)]
pub(crate) struct TagSource<'s> {
    pub(super) of_words: WordTags<'s>,
    /// The segmenter, whose model guesses the tags of words that the dictionary lacks.
    pub(super) segmenter: &'s Segmenter,
}

impl TagSource<'_> {
    /// Returns a token with its part of speech: the dictionary's, or a guess.
    #[inline]
    pub(super) fn tagged<'t>(self, token: Token<'t>, path: &mut Path) -> TaggedToken<'t> {
        let tag = self.known(token.word_id()).unwrap_or_else(|| self.guess(token.text(), path));
        TaggedToken::new(token, tag)
    }

    /// Pushes the tokens of a batch with their parts of speech.
    pub(super) fn push_all<'t>(self, text: &'t str, scratch: &mut Scratch, tagged: &mut Vec<TaggedToken<'t>>) {
        let Scratch { units, spans, path, .. } = scratch;
        let before = tagged.len();
        // Treats all words as the dictionary's first, since it is unpredictable which ones are.
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

    /// Returns the part of speech of a token with this text, for callers without a buffer for the
    /// search.
    pub(crate) fn of_word(&self, text: &str, word: Option<WordId>) -> Tag {
        self.known(word).unwrap_or_else(|| self.guess(text, &mut Lent::new().get().path))
    }

    /// Returns the part of speech of a dictionary word. Returns `None` for another word, and for a
    /// user's word without a part of speech.
    #[inline]
    fn known(self, word: Option<WordId>) -> Option<Tag> {
        let word = word?.index();
        let tag = self.of_words.of(fits(word));
        (!self.of_words.is_of_user(word) || tag != Tag::default()).then_some(tag)
    }

    /// Guesses by jieba's rule. Text with ASCII letters is English, text with ASCII digits only is
    /// a number. The model tags other text if it has Han characters. The rest gets [`NO_TAG`].
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
