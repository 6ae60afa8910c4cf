//! The source of terms for keyword extractors.

use std::borrow::Cow;
use std::ops::Range;

use super::cutter::{Cutter, Mode};
use super::segmenter::Segmenter;
use crate::dictionary::{Dictionary, Tag, WordId};
use crate::text::Origin;

/// A token as keyword extractors see it.
#[derive(Clone, Copy, Debug)]
pub struct Term<'t> {
    text: &'t str,
    start: usize,
    word: Option<WordId>,
    tag: Option<Tag>,
    origin: Option<Origin>,
}

impl<'t> Term<'t> {
    /// Creates a term that begins at byte `start` of its text.
    ///
    /// ```
    /// # use fenci::segment::Term;
    /// assert_eq!(Term::new("软银", 12).range(), 12..18);
    /// ```
    pub fn new(text: &'t str, start: usize) -> Term<'t> {
        Term { text, start, word: None, tag: None, origin: None }
    }

    /// Returns the same term with its number in the dictionary that [`TermSource::dictionary`]
    /// returns.
    ///
    /// ```
    /// # use fenci::{Dictionary, segment::Term};
    /// let word = Dictionary::embedded().get("公司").map(|entry| entry.id);
    /// assert_eq!(Term::new("公司", 0).with_word(word).word_id(), word);
    /// ```
    pub fn with_word(self, word: Option<WordId>) -> Term<'t> {
        Term { word, ..self }
    }

    /// Returns the same term with its part of speech. Use this if the part of speech costs nothing
    /// to know; otherwise see [`TermSource::tag_of`].
    ///
    /// ```
    /// # use fenci::{dictionary::Tag, segment::Term};
    /// let term = Term::new("公司", 0).with_tag(Tag::new("n")?);
    /// assert_eq!(term.tag().unwrap(), "n");
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn with_tag(self, tag: Tag) -> Term<'t> {
        Term { tag: Some(tag), ..self }
    }

    /// Returns the same term with its origin. Addresses, numbers and the like are no keywords.
    ///
    /// ```
    /// # use fenci::segment::{Origin, Term};
    /// let term = Term::new("https://t.cn/x", 0).with_origin(Origin::Url);
    /// assert_eq!(term.origin(), Origin::Url);
    /// ```
    pub fn with_origin(self, origin: Origin) -> Term<'t> {
        Term { origin: Some(origin), ..self }
    }

    /// Returns the term as it stands in the text.
    ///
    /// ```
    /// # use fenci::segment::Term;
    /// assert_eq!(Term::new("软银", 12).text(), "软银");
    /// ```
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the range of the term in the text, in bytes.
    ///
    /// ```
    /// # use fenci::segment::Term;
    /// assert_eq!(Term::new("软银", 12).range(), 12..18);
    /// ```
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Returns the number of the term in the source's dictionary.
    ///
    /// ```
    /// # use fenci::segment::Term;
    /// assert_eq!(Term::new("软银", 12).word_id(), None);
    /// ```
    pub fn word_id(&self) -> Option<WordId> {
        self.word
    }

    /// Returns the part of speech, if it came with the term.
    ///
    /// ```
    /// # use fenci::segment::Term;
    /// assert_eq!(Term::new("软银", 12).tag(), None);
    /// ```
    pub fn tag(&self) -> Option<Tag> {
        self.tag
    }

    /// Returns the origin: the one that came with the term, or else the one that its word and its
    /// first character suggest.
    ///
    /// ```
    /// # use fenci::segment::{Origin, Term};
    /// assert_eq!(Term::new("OpenAI", 12).origin(), Origin::Latin);
    /// ```
    pub fn origin(&self) -> Origin {
        Origin::of_token(self.origin, self.word.is_some(), self.text)
    }
}

/// A source of terms for keyword extractors and IDF tables: a [`Segmenter`], or another segmenter
/// that implements this trait.
///
/// ```
/// use fenci::Extractor;
/// use fenci::segment::{Term, TermSource};
///
/// struct Spaces;
///
/// impl TermSource for Spaces {
///     fn terms<'t>(&self, text: &'t str, _hmm: bool, terms: &mut Vec<Term<'t>>) {
///         let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
///         terms.extend(text.split(' ').map(|word| Term::new(word, start(word))));
///     }
/// }
///
/// let keywords = Extractor::new().extract(&Spaces, "软银 软银 会议", 1);
/// assert_eq!(keywords[0].text(), "软银");
/// ```
pub trait TermSource {
    /// Adds every token of `text` to `terms`, in order. `hmm` asks for words that the dictionary
    /// lacks.
    ///
    /// A term must be a slice of `text` and have the byte at which it begins. Extractors leave out
    /// a term that is not such a slice.
    fn terms<'t>(&self, text: &'t str, hmm: bool, terms: &mut Vec<Term<'t>>);

    /// Returns the part of speech of a term that came without one. Extractors ask once for each
    /// different term.
    fn tag_of(&self, term: &Term<'_>) -> Tag {
        term.tag().unwrap_or_default()
    }

    /// Returns the text with Simplified characters in place of Traditional ones. Terms with the
    /// same result count as one. The default changes nothing.
    fn simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        Cow::Borrowed(text)
    }

    /// Returns the dictionary whose numbers the terms carry, if they carry any.
    fn dictionary(&self) -> Option<&Dictionary> {
        None
    }
}

impl<S: TermSource + ?Sized> TermSource for &S {
    fn terms<'t>(&self, text: &'t str, hmm: bool, terms: &mut Vec<Term<'t>>) {
        (**self).terms(text, hmm, terms);
    }

    fn tag_of(&self, term: &Term<'_>) -> Tag {
        (**self).tag_of(term)
    }

    fn simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        (**self).simplified(text)
    }

    fn dictionary(&self) -> Option<&Dictionary> {
        (**self).dictionary()
    }
}

impl TermSource for Segmenter {
    fn terms<'t>(&self, text: &'t str, hmm: bool, terms: &mut Vec<Term<'t>>) {
        // Most words have one or two characters. A vector that grows would copy all terms.
        terms.reserve(text.len() / 3);
        Cutter { hmm, ..self.cutter(Mode::Precise) }.each_batch(text, |scratch| {
            terms.extend(scratch.spans.iter().map(|span| {
                let token = span.token(text, &scratch.units);
                let term = Term::new(token.text(), token.start()).with_word(token.word_id());
                Term { origin: token.stored_origin(), ..term }
            }));
        });
    }

    fn tag_of(&self, term: &Term<'_>) -> Tag {
        self.tags().of_word(term.text, term.word)
    }

    fn simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.simplifier().simplify(text)
    }

    fn dictionary(&self) -> Option<&Dictionary> {
        Some(Segmenter::dictionary(self))
    }
}
