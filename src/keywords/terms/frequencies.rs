//! How rare the terms of a text are.

use super::{Distinct, Feed, Terms};
use crate::WordId;
use crate::keywords::TermSource;
use crate::keywords::idf::Idf;

/// The inverse document frequencies of the terms in `slots`, which are ascending.
pub(in crate::keywords) fn frequencies<S: TermSource + ?Sized>(
    terms: &Terms<'_>,
    slots: &[u32],
    idf: &Idf,
    feed: &Feed<'_, S>,
) -> Vec<f64> {
    let distinct = |slot: &u32| &terms.distinct()[*slot as usize];
    let is_joined = feed.dictionary().is_some_and(|dictionary| idf.is_joined_to(dictionary));
    let (words, others) = match is_joined {
        // Dictionary words come first.
        true => slots.split_at(slots.partition_point(|slot| distinct(slot).word().is_some())),
        false => (&slots[..0], slots),
    };
    let mut values = Vec::with_capacity(slots.len());
    idf.of_words(words.iter().map(|slot| distinct(slot).number), &mut values);
    values.extend(others.iter().map(|slot| {
        let distinct = distinct(slot);
        let value = match distinct.word() {
            Some(_) => idf.get(&feed.simplified(terms.text_of(distinct))),
            None => idf.get(terms.form_of(distinct)),
        };
        value.unwrap_or(idf.of_unknown())
    }));
    values
}

impl Distinct {
    fn word(&self) -> Option<WordId> {
        WordId::from_number(self.number)
    }
}
