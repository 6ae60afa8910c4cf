//! Where terms come from.

use std::borrow::Cow;
use std::ops::Range;

use super::segmenter::Segmenter;
use crate::dictionary::{Dictionary, Tag, WordId};

/// A token as the keyword extractors see it.
#[derive(Clone, Copy, Debug)]
pub struct Term<'t> {
    text: &'t str,
    start: usize,
    word: Option<WordId>,
    tag: Option<Tag>,
}

impl<'t> Term<'t> {
    /// A term that stands at byte `start` of its text.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::dictionary::Tag;
    /// # use fenci::segment::Term;
    /// let term = Term::new("软银", 12);
    /// assert_eq!(term.range(), 12..18);
    /// ```
    pub fn new(text: &'t str, start: usize) -> Term<'t> {
        Term { text, start, word: None, tag: None }
    }

    /// The same term with its number in the dictionary that [`TermSource::dictionary`] gives.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::dictionary::Tag;
    /// # use fenci::segment::Term;
    /// let word = Dictionary::embedded().get("公司").map(|entry| entry.id);
    /// assert_eq!(Term::new("公司", 0).with_word(word).word_id(), word);
    /// ```
    pub fn with_word(self, word: Option<WordId>) -> Term<'t> {
        Term { word, ..self }
    }

    /// The same term with its part of speech, where it costs nothing to know it.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::dictionary::Tag;
    /// # use fenci::segment::Term;
    /// let term = Term::new("公司", 0).with_tag(Tag::new("n")?);
    /// assert_eq!(term.tag().unwrap(), "n");
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn with_tag(self, tag: Tag) -> Term<'t> {
        Term { tag: Some(tag), ..self }
    }

    /// The term as it stands in the text.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::dictionary::Tag;
    /// # use fenci::segment::Term;
    /// assert_eq!(Term::new("软银", 12).text(), "软银");
    /// ```
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Where the term stands in the text, in bytes.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::dictionary::Tag;
    /// # use fenci::segment::Term;
    /// assert_eq!(Term::new("软银", 12).range(), 12..18);
    /// ```
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// The term's number in the source's dictionary.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::dictionary::Tag;
    /// # use fenci::segment::Term;
    /// assert_eq!(Term::new("软银", 12).word_id(), None);
    /// ```
    pub fn word_id(&self) -> Option<WordId> {
        self.word
    }

    /// The term's part of speech, if it came with it.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::dictionary::Tag;
    /// # use fenci::segment::Term;
    /// assert_eq!(Term::new("软银", 12).tag(), None);
    /// ```
    pub fn tag(&self) -> Option<Tag> {
        self.tag
    }
}

/// Where keyword extractors get their terms from: a [`Segmenter`], or any other segmenter that implements this.
///
/// ```
/// use fenci::Extractor;
/// use fenci::dictionary::Tag;
/// use fenci::segment::{Term, TermSource};
///
/// struct Spaces;
///
/// impl TermSource for Spaces {
///     fn each_term<'t>(&self, text: &'t str, _hmm: bool, each: &mut dyn FnMut(Term<'t>)) {
///         for word in text.split(' ') {
///             each(Term::new(word, word.as_ptr() as usize - text.as_ptr() as usize));
///         }
///     }
/// }
///
/// let keywords = Extractor::new().extract(&Spaces, "软银 软银 会议", 1);
/// assert_eq!(keywords[0].text(), "软银");
/// ```
pub trait TermSource {
    /// Call `each` with every token of `text`, in order; `hmm` asks for words that the dictionary does not have.
    fn each_term<'t>(&self, text: &'t str, hmm: bool, each: &mut dyn FnMut(Term<'t>));

    /// The part of speech of a term that did not come with it. Asked once for each different term.
    fn tag_of(&self, term: &Term<'_>) -> Tag {
        term.tag().unwrap_or_default()
    }

    /// A term with Simplified characters for Traditional ones: terms for which this is the same are one. `text` itself,
    /// unless the source knows better.
    fn simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        Cow::Borrowed(text)
    }

    /// The dictionary whose numbers the terms carry, if they do.
    fn dictionary(&self) -> Option<&Dictionary> {
        None
    }

    /// The segmenter that this is, whose tokens come in batches, and whose words need no look-up. No other source can
    /// say that it is one, as it cannot name the argument.
    #[doc(hidden)]
    fn as_segmenter(&self, _: Crate) -> Option<&Segmenter> {
        None
    }
}

/// What only this crate can name.
#[derive(Clone, Copy, Debug)]
pub struct Crate;

impl TermSource for Segmenter {
    fn each_term<'t>(&self, text: &'t str, hmm: bool, each: &mut dyn FnMut(Term<'t>)) {
        self.cut_hmm(text, hmm)
            .for_each(|token| each(Term::new(token.text(), token.start()).with_word(token.word_id())));
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

    fn as_segmenter(&self, _: Crate) -> Option<&Segmenter> {
        Some(self)
    }
}
