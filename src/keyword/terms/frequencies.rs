//! How rare the terms of a text are.

use super::{Feed, Terms};
use crate::dictionary::Dictionary;
use crate::idf::Idf;
use crate::keyword::TermSource;

/// The inverse document frequencies of the terms in `slots`, which are ascending.
pub(in crate::keyword) fn frequencies<S: TermSource + ?Sized>(
    terms: &Terms<'_>,
    slots: &[u32],
    idf: &Idf,
    feed: &Feed<'_, S>,
) -> Vec<f64> {
    let distinct = |slot: &u32| &terms.distinct()[*slot as usize];
    let value = |slot: &u32| {
        let distinct = distinct(slot);
        let value = match distinct.word_id() {
            Some(_) => idf.get(&feed.simplified(terms.text_of(distinct))),
            None => idf.get(terms.form_of(distinct)),
        };
        value.unwrap_or(idf.of_unknown())
    };
    let joined = feed.dictionary().filter(|dictionary| idf.is_joined_to(dictionary));
    let (words, others) = match joined {
        // Dictionary words come first.
        Some(_) => slots.split_at(slots.partition_point(|slot| distinct(slot).word_id().is_some())),
        None => (&slots[..0], slots),
    };
    let mut values = Vec::with_capacity(slots.len());
    idf.of_words(words.iter().map(|slot| distinct(slot).number), &mut values);
    if let Some(first) = joined.and_then(Dictionary::first_user_number) {
        let of_users = words.iter().zip(&mut values).filter(|(slot, _)| distinct(slot).number >= first);
        of_users.for_each(|(slot, of_word)| *of_word = value(slot));
    }
    values.extend(others.iter().map(value));
    values
}
