//! Phrases: words, and what stands together of them, that say what a text is about.
//!
//! Candidates are the words that may be keywords, and sequences of two to five content words with nothing between, but
//! for a 之, that occur more than once, or have no content words on either side. A candidate's weight is made of
//!
//! - how often it occurs by itself: its count, less half of that of the candidate it occurs in most (after the C-value of
//!   Frantzi, Ananiadou and Mima 2000), to the power of 3/4;
//! - the mean inverse document frequency of its words; squared for single words, so that a common word yields to the
//!   phrases that it is in;
//! - how well it holds together: its normalised pointwise mutual information, to the power of 3/4, and the square root
//!   of one more than the lesser of its branching entropies, in bits;
//! - where it stands: where titles do, at the beginning or the end; from where to where; in how many sentences;
//! - how long it is: two characters say little, more than five are read by few.
//!
//! The heaviest are then taken one by one, but for the parts of those that were taken, and for what one of them cuts
//! in two wherever it stands.
//!
//! Nothing is learned at run time. The constants were chosen on 1,000 abstracts with their authors' keywords (CSL,
//! development part) and on the articles of the benches: random changes of one to three at a time were kept if the F1 of
//! the first five and the share of the articles' lists among the first ten were better on average over eight copies with
//! all constants changed at random by up to 15 %; what was found was rounded, and left out where it did not matter. When
//! all constants are changed at random by up to 10 %, the F1 of sixty trials is .282 on average and .279 at the least;
//! 59 of the articles' 95 keywords are found on average, and 57 at the least.
//!
//! What each part gives, all others as they are:
//!
//! | | F1 | of 95 |
//! |---|---|---|
//! | all, but for the last step, with which the F1 is .285 | .284 | 61 |
//! | nested counts: nothing taken off; a quarter; three quarters; all | .278, .281, .278, .267 | 56, 60, 60, 61 |
//! | the mean instead, as in the C-value: half, three quarters, all | .281, .282, .279 | 59, 60, 60 |
//! | instead, half of the places inside of longer ones | .285 | 59 |
//! | mutual information: none; its square root; itself | .281, .282, .284 | 61, 61, 60 |
//! | instead, the fourth root of the share of the rarest word's count | .282 | 61 |
//! | entropy: none; its fourth root; to the power of 3/4 | .276, .281, .282 | 56, 59, 59 |
//! | entropy for single words, too | .284 | 59 |
//! | inverse document frequencies of single words not squared | .278 | 59 |
//! | no titles; none at the end, where the abstracts have theirs | .279, .275 | 59, 61 |
//! | from where to where: not; in how many sentences: not | .277, .283 | 56, 61 |
//! | short and long keywords as all others | .265, .276 | 49, 61 |
//! | names as other words; phrases that end with a name as others | .282, .282 | 60, 58 |
//! | phrases with a verb inside as others | .283 | 61 |
//! | each way of cutting a text a candidate of its own | .283 | 59 |
//! | parts that are often elsewhere kept | .284 | 59 |
//! | phrases that occur once left out; stop words inside of phrases | .284, .284 | 61, 61 |
//!
//! More weight for more words, for verbs, places and new words, or for the rarest or the last of the words instead of
//! their mean, changed less than chance does.

mod candidates;
mod cohesion;
mod items;
mod logs;
mod parts;
mod weigh;

#[cfg(test)]
mod naive;

use std::ops::Range;

use self::candidates::{Sequence, Sequences};
use self::items::Place;
use self::weigh::Scales;
use super::found::{Keyword, Keywords, Scores};
use super::terms::{Feed, Terms, frequencies};
use super::weighed::{Heaviest, Weighed};
use super::{Extractor, TermSource};
use crate::numbers::fits;
use crate::storage::pick::pick;

/// With how many of the keywords taken one is compared, so that the time is linear in how many are asked for.
const MOST_COMPARED: usize = 100;

pub(super) fn extract<S: TermSource + ?Sized>(
    extractor: &Extractor,
    terms: &Terms<'_>,
    feed: &Feed<'_, S>,
    text: &str,
    k: usize,
) -> Vec<Keyword> {
    let sequences = Sequences::new(extractor, terms);
    let cohesions = cohesion::measure(&sequences);
    let idf = idf(extractor, terms, feed, sequences.parts());
    let scales = Scales::new(&sequences, &cohesions, &idf, extractor.idf.of_unknown(), text.len());
    let mut candidates = Vec::new();
    pick(sequences.all(), &mut candidates, |sequence| {
        let last = terms.of_wanted(terms.tokens()[sequence.tokens().end - 1]);
        let is_allowed = extractor.allowed_tags.is_empty() || extractor.allowed_tags.contains(&last.tag);
        let is_phrase = (sequence.count > 1) | sequence.is_whole;
        (sequence.words == 1) & last.is_candidate | (sequence.words > 1) & is_phrase & is_allowed
    });
    // At one place, the shorter first.
    let place = |sequence: &Sequence| Place::new(sequence.first, sequence.words).bits();
    let weigh =
        |&number: &u32| Weighed::new(scales.weigh(number as usize), place(&sequences.all()[number as usize]), number);
    // Of those looked at, about half are taken.
    let mut heaviest = Heaviest::new(candidates.iter().map(weigh).collect(), k.saturating_mul(2));

    // For few at once; of a book's, most are dropped.
    let room = k.min(heaviest.len()).min(MOST_COMPARED);
    let mut keywords = Keywords::with_room(room);
    let mut taken = Taken { sketches: Vec::with_capacity(room) };
    let mut cover = Cover::default();
    while keywords.len() < k {
        let Some(weighed) = heaviest.next() else { break };
        let (weight, number) = (weighed.weight(), weighed.candidate());
        let sequence = &sequences.all()[number as usize];
        let bytes = |tokens: Range<usize>| terms.tokens()[tokens.start].start()..terms.tokens()[tokens.end - 1].end();
        let places = sequences.places(number);
        if cover.cuts(places) {
            continue;
        }
        let text = &text[bytes(sequence.tokens())];
        let simplified = feed.other_form(text);
        let form = simplified.as_deref().unwrap_or(text);
        if taken.have(form, keywords.forms()) {
            continue;
        }
        taken.add(form);
        cover.add(places, terms.tokens().len());
        let tag = terms.of_wanted(terms.tokens()[sequence.tokens().end - 1]).tag;
        let scores = Scores { weight, words: sequence.words.into(), tag, count: places.len() };
        keywords.push(text, simplified.as_deref(), scores);
        keywords.add_places(places.iter().map(|place| bytes(place.tokens())));
    }
    keywords.finish()
}

/// By term, the inverse document frequencies of the words of phrases, which are in `slots`.
fn idf<S: TermSource + ?Sized>(
    extractor: &Extractor,
    terms: &Terms<'_>,
    feed: &Feed<'_, S>,
    slots: &[u32],
) -> Vec<f64> {
    let mut by_term = vec![0.0; terms.distinct().len()];
    for (slot, idf) in slots.iter().zip(frequencies(terms, slots, &extractor.idf, feed)) {
        by_term[*slot as usize] = idf;
    }
    by_term
}

/// Which tokens the keywords taken cover, and from where to where at the most.
#[derive(Default)]
struct Cover(Vec<(u32, u32)>);

impl Cover {
    fn add(&mut self, places: &[Place], tokens: usize) {
        self.0.resize(tokens, NOTHING);
        for place in places {
            let Range { start, end } = place.tokens();
            for token in &mut self.0[start..end] {
                *token = (token.0.min(fits(start)), token.1.max(fits(end)));
            }
        }
    }

    /// Whether, wherever this stands, a keyword that was taken reaches into it from outside.
    fn cuts(&self, places: &[Place]) -> bool {
        let of = |at: usize| self.0.get(at).copied().unwrap_or(NOTHING);
        places
            .iter()
            .map(|place| place.tokens())
            .all(|tokens| of(tokens.start).0 < fits(tokens.start) || of(tokens.end - 1).1 > fits(tokens.end))
    }
}

/// What covers a token that nothing covers: it begins nowhere before, and ends nowhere after.
const NOTHING: (u32, u32) = (u32::MAX, 0);

/// What is known of the first of the keywords taken, so that few texts have to be searched.
struct Taken {
    /// Their lengths and characters.
    sketches: Vec<(usize, u64)>,
}

impl Taken {
    fn add(&mut self, form: &str) {
        if self.sketches.len() < MOST_COMPARED {
            self.sketches.push((form.len(), chars_of(form)));
        }
    }

    /// Whether one of the keywords taken, which are `forms`, says the same as this one, and maybe more.
    fn have<'f>(&self, form: &str, forms: impl Iterator<Item = &'f str>) -> bool {
        let (len, chars) = (form.len(), chars_of(form));
        let may_be_part = |taken: &(usize, u64)| (chars & !taken.1 == 0) & (len <= taken.0);
        self.sketches.iter().zip(forms).any(|(sketch, taken)| may_be_part(sketch) && taken.contains(form))
    }
}

/// A bit for each character, and maybe one for several.
fn chars_of(form: &str) -> u64 {
    // The last bytes of characters differ most, and all of their bits but the first two do.
    let ends = form.as_bytes().windows(2).filter(|bytes| bytes[1] & 0xC0 != 0x80).map(|bytes| bytes[0]);
    ends.chain(form.bytes().last()).fold(0, |chars, end| chars | 1 << (end & 63))
}
