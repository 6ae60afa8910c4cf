//! How rare the terms of a text are.

use super::{Distinct, Feed, Terms};
use crate::WordId;
use crate::keywords::TermSource;
use crate::keywords::idf::{Idf, WordValues};

/// The inverse document frequencies of terms of one source.
pub(in crate::keywords) struct Frequencies<'s, S: ?Sized> {
    idf: &'s Idf,
    feed: &'s Feed<'s, S>,
    /// Of the words of the source's dictionary, if the table is joined to it.
    of_words: Option<WordValues<'s>>,
    of_unknown: f64,
}

impl<'s, S: TermSource + ?Sized> Frequencies<'s, S> {
    pub(in crate::keywords) fn new(idf: &'s Idf, feed: &'s Feed<'s, S>) -> Frequencies<'s, S> {
        let is_joined = feed.dictionary().is_some_and(|dictionary| idf.is_joined_to(dictionary));
        Frequencies { idf, feed, of_words: is_joined.then(|| idf.of_words()), of_unknown: idf.of_unknown() }
    }

    #[inline]
    pub(in crate::keywords) fn of(&self, terms: &Terms<'_>, distinct: &Distinct) -> f64 {
        let idf = match (distinct.word(), self.of_words) {
            (Some(word), Some(values)) => values.get(word),
            (Some(_), None) => self.idf.get(&self.feed.simplified(terms.text_of(distinct))),
            (None, _) => self.idf.get(terms.form_of(distinct)),
        };
        idf.unwrap_or(self.of_unknown)
    }
}

impl Distinct {
    fn word(&self) -> Option<WordId> {
        WordId::from_number(self.number)
    }
}
