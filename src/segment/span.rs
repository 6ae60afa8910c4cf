//! A token before it is tied to its text.

use super::token::Token;
use crate::dictionary::WordId;
use crate::text::{Origin, Units};

/// Characters of a batch that are one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first character.
    pub(crate) from: u32,
    /// The character after the last one.
    pub(crate) to: u32,
    /// The number of its dictionary word, or [`WordId::NONE`].
    pub(crate) number: u32,
    /// The origin of the token, or `None` if number and text determine it.
    pub(crate) origin: Option<Origin>,
}

impl Span {
    /// Returns the same span with this origin, unless it is a dictionary word.
    #[inline]
    pub(crate) fn or_as(self, origin: Origin) -> Span {
        Span { origin: (self.number == WordId::NONE).then_some(origin), ..self }
    }

    /// Returns its number of characters; `\r\n` counts as one.
    #[inline]
    pub(crate) fn chars(self) -> u32 {
        self.to - self.from
    }

    /// Returns its token in `text`. `starts` are the starts of the text's characters.
    #[inline]
    pub(crate) fn token<'t>(self, text: &'t str, units: &Units) -> Token<'t> {
        Token::new(text, units.byte(self.from as usize)..units.byte(self.to as usize), self.number, self.origin)
    }
}
