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
    /// The number of the dictionary word that it is, or [`WordId::NONE`].
    pub(crate) number: u32,
    /// How it came to be one; `None` if number and text say so.
    pub(crate) origin: Option<Origin>,
}

impl Span {
    /// The same with this origin, unless it is a dictionary word.
    #[inline]
    pub(crate) fn or_as(self, origin: Origin) -> Span {
        Span { origin: (self.number == WordId::NONE).then_some(origin), ..self }
    }

    /// Returns how many characters it has; `\r\n` is one.
    #[inline]
    pub(crate) fn chars(self) -> u32 {
        self.to - self.from
    }

    /// Returns the token that it is in `text`, which has these characters.
    #[inline]
    pub(crate) fn token<'t>(self, text: &'t str, units: &Units) -> Token<'t> {
        Token::new(text, units.byte(self.from as usize)..units.byte(self.to as usize), self.number, self.origin)
    }
}
