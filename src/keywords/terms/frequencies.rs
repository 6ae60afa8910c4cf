//! How rare the terms of a text are.

use super::{Distinct, Feed, Terms};
use crate::WordId;
use crate::keywords::{Idf, TermSource};

/// The inverse document frequencies of terms of one source.
pub(in crate::keywords) struct Frequencies<'s, S: ?Sized> {
    idf: &'s Idf,
    feed: &'s Feed<'s, S>,
    is_joined: bool,
}

impl<'s, S: TermSource + ?Sized> Frequencies<'s, S> {
    pub(in crate::keywords) fn new(idf: &'s Idf, feed: &'s Feed<'s, S>) -> Frequencies<'s, S> {
        let is_joined = feed.dictionary().is_some_and(|dictionary| idf.is_joined_to(dictionary));
        Frequencies { idf, feed, is_joined }
    }

    pub(in crate::keywords) fn of(&self, terms: &Terms<'_>, distinct: &Distinct) -> f64 {
        let idf = match distinct.word() {
            Some(word) if self.is_joined => self.idf.of_word(word),
            Some(_) => self.idf.get(&self.feed.simplified(terms.text_of(distinct))),
            None => self.idf.get(terms.form_of(distinct)),
        };
        idf.unwrap_or(self.idf.of_unknown())
    }
}

impl Distinct {
    fn word(&self) -> Option<WordId> {
        WordId::from_number(self.number)
    }
}
