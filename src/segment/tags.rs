//! Parts of speech of tokens.

use crate::dictionary::{Folding, WordTags};
use crate::dictionary::{Tag, WordId};
use crate::numbers::fits;
use crate::segment::scratch::Borrowed;
use crate::segment::tag_model::{NO_TAG, Path};
use crate::segment::{TagModel, TaggedToken, Token};
use crate::text::codes::is_jieba_han;

/// What a call needs of a segmenter to tag its tokens.
#[derive(Clone, Copy)]
pub(crate) struct Tags<'s> {
    pub(super) of_words: WordTags<'s>,
    pub(super) folding: Folding<'s>,
    pub(super) model: &'s TagModel,
}

impl Tags<'_> {
    /// The part of speech of a token: the dictionary's, or the one that is guessed.
    #[inline]
    pub(super) fn of(self, token: Token<'_>, path: &mut Path) -> Tag {
        self.known(token.word_id()).unwrap_or_else(|| self.guess(token.text(), path))
    }

    /// The same of a token with this text, where there is no room to search in.
    pub(crate) fn of_word(self, text: &str, word: Option<WordId>) -> Tag {
        self.known(word).unwrap_or_else(|| self.guess(text, &mut Borrowed::new().path))
    }

    /// Give those of these tokens their part of speech that are no words of the dictionary, or a user's.
    pub(super) fn complete(self, tagged: &mut [TaggedToken<'_>], path: &mut Path) {
        for tagged in tagged {
            let token = tagged.token();
            if token.word_id().is_none_or(|word| self.of_words.is_of_user(word.index())) {
                *tagged = TaggedToken::new(token, self.of(token, path));
            }
        }
    }

    /// The part of speech of a word that the dictionary has; `None` of others, and of a user's word that was given none.
    #[inline]
    pub(super) fn known(self, word: Option<WordId>) -> Option<Tag> {
        let word = word?.index();
        let tag = self.of_words.of(fits(word));
        (!self.of_words.is_of_user(word) || tag != Tag::default()).then_some(tag)
    }

    /// jieba's rule: digits are numbers, anything with a Latin letter is English, a word with Han is for the model.
    pub(super) fn guess(self, text: &str, path: &mut Path) -> Tag {
        let mut alphanumeric = text.bytes().filter(u8::is_ascii_alphanumeric).peekable();
        if alphanumeric.peek().is_some() {
            let is_number = alphanumeric.all(|byte| byte.is_ascii_digit());
            return if is_number { Tag::known("m") } else { Tag::known("eng") };
        }
        if !text.contains(is_jieba_han) {
            return NO_TAG;
        }
        self.model.guess(text.chars().map(|c| (self.folding.folded(c), c.len_utf8())), path)
    }
}
