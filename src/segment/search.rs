//! Tokens for a search index, with their positions.

use std::iter::FusedIterator;

use super::token::Token;
use super::tokens::Tokens;
use crate::text::Origin;

/// A token for a search index, with what Lucene and tantivy call a position and a position length.
///
/// Positions count units. Each Han or kana character is a unit, and so is each run of letters and
/// digits of other scripts. Positions depend on the characters alone, not on the cut. So the same
/// characters are at the same distances in an index and in a query, as whole words or as parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SearchToken<'t> {
    token: Token<'t>,
    position: u32,
    position_length: u32,
}

impl<'t> SearchToken<'t> {
    /// Returns the token.
    ///
    /// ```
    /// let segmenter = fenci::Segmenter::new();
    /// let token = segmenter.search_tokens("南京市长江大桥").nth(2).unwrap();
    /// assert_eq!(token.token().range(), 3..9);
    /// ```
    pub fn token(&self) -> Token<'t> {
        self.token
    }

    /// Returns its text.
    ///
    /// ```
    /// let segmenter = fenci::Segmenter::new();
    /// let token = segmenter.search_tokens("南京市长江大桥").nth(2).unwrap();
    /// assert_eq!(token.text(), "京市");
    /// ```
    pub fn text(&self) -> &'t str {
        self.token.text()
    }

    /// Returns the number of units before it.
    ///
    /// ```
    /// let segmenter = fenci::Segmenter::new();
    /// let token = segmenter.search_tokens("南京市长江大桥").nth(2).unwrap();
    /// assert_eq!(token.position(), 1);
    /// ```
    pub fn position(&self) -> usize {
        self.position as usize
    }

    /// Returns how many units it covers: at least one.
    ///
    /// ```
    /// let segmenter = fenci::Segmenter::new();
    /// let token = segmenter.search_tokens("南京市长江大桥").nth(2).unwrap();
    /// assert_eq!(token.position_length(), 2);
    /// ```
    pub fn position_length(&self) -> usize {
        self.position_length as usize
    }
}

/// An iterator over the tokens of a text for a search index. [`Segmenter::search_tokens`] returns
/// it.
///
/// [`Segmenter::search_tokens`]: crate::segment::Segmenter::search_tokens
#[derive(Debug)]
pub struct SearchTokens<'s, 't> {
    tokens: Tokens<'s, 't>,
    text: &'t str,
    /// The byte up to which units are counted.
    at: usize,
    /// The number of units that begin before that byte.
    units: u32,
    /// `true` if the character before that byte is part of a unit that may go on.
    in_unit: bool,
}

impl<'s, 't> SearchTokens<'s, 't> {
    pub(super) fn new(tokens: Tokens<'s, 't>, text: &'t str) -> SearchTokens<'s, 't> {
        SearchTokens { tokens, text, at: 0, units: 0, in_unit: false }
    }

    /// Returns the token with its position, or `None` if it has no letter, digit or ideograph.
    fn placed(&mut self, token: Token<'t>) -> Option<SearchToken<'t>> {
        let (before, _) = count(&self.text[self.at..token.start()], &mut self.in_unit);
        self.units += before;
        self.at = token.start();
        let mut in_unit = self.in_unit;
        let (begun, is_word) = count(token.text(), &mut in_unit);
        // A token that begins inside a unit covers that unit, too.
        let goes_on = self.in_unit && token.text().starts_with(|c| Unit::of(c) == Unit::Part);
        let position = self.units - u32::from(goes_on);
        is_word.then_some(SearchToken { token, position, position_length: begun + u32::from(goes_on) })
    }
}

impl<'t> Iterator for SearchTokens<'_, 't> {
    type Item = SearchToken<'t>;

    fn next(&mut self) -> Option<SearchToken<'t>> {
        loop {
            let token = self.tokens.next()?;
            if let Some(placed) = self.placed(token) {
                return Some(placed);
            }
        }
    }
}

impl FusedIterator for SearchTokens<'_, '_> {}

/// The role of a character in a unit.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    /// The character is part of no unit.
    None,
    /// The character is a unit by itself.
    Entity,
    /// The character is part of a unit with its neighbours.
    Part,
}

impl Unit {
    fn of(c: char) -> Unit {
        // Thai, Lao, Myanmar and Khmer are written without spaces.
        let is_without_spaces = matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}');
        match Origin::of_char(c) {
            Origin::Han | Origin::Kana => Unit::Entity,
            Origin::Letters if is_without_spaces => Unit::Entity,
            Origin::Latin | Origin::Number | Origin::Letters => Unit::Part,
            _ => Unit::None,
        }
    }
}

/// Returns how many units begin in `text`, and whether any of its characters is part of a unit. On
/// entry, `in_unit` is `true` if the unit before `text` may go on. On return, it is `true` if the
/// unit at the end of `text` may go on.
fn count(text: &str, in_unit: &mut bool) -> (u32, bool) {
    let mut begun = 0;
    let mut is_word = false;
    for unit in text.chars().map(Unit::of) {
        begun += u32::from(unit == Unit::Entity || unit == Unit::Part && !*in_unit);
        *in_unit = unit == Unit::Part;
        is_word |= unit != Unit::None;
    }
    (begun, is_word)
}
