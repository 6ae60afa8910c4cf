//! The heaviest terms, as keywords.

use std::ops::Range;

use super::{Buffers, Feed, Terms};
use crate::dictionary::Tag;
use crate::keyword::TermSource;
use crate::keyword::found::{Keyword, Keywords, Scores};
use crate::keyword::weighed::Weighed;
use crate::numbers::in_order;
use crate::storage::pick::{pick, retain_from};

/// Stands for no rank.
const NONE: u32 = u32::MAX;

impl Terms<'_> {
    /// The slots of those that may be keywords.
    pub(in crate::keyword) fn candidates(&self) -> Vec<u32> {
        let mut slots = Vec::new();
        pick(self.distinct(), &mut slots, |distinct| distinct.is_candidate);
        slots
    }

    /// The `k` heaviest of the candidates, which have their weights in `weights`: the heaviest first, ties by the first
    /// place, or, if `by_text`, by the text. `are_tagged` says whether the tags of candidates have been asked for.
    pub(in crate::keyword) fn keywords<S: TermSource + ?Sized>(
        mut self,
        feed: &Feed<'_, S>,
        mut weights: Vec<(f64, u32)>,
        k: usize,
        by_text: bool,
        are_tagged: bool,
    ) -> Vec<Keyword> {
        keep_heaviest(&mut weights, k);
        let place = |slot: u32| self.distinct()[slot as usize].first;
        let mut heaviest: Vec<Weighed> =
            weights.into_iter().map(|(weight, slot)| Weighed::new(weight, place(slot), slot)).collect();
        heaviest.sort_unstable_by(|a, b| b.cmp(a));
        if by_text {
            let text = |term: &Weighed| self.text_of(&self.distinct()[term.candidate() as usize]);
            let weigh_the_same = |a: &Weighed, b: &Weighed| a.weight().total_cmp(&b.weight()).is_eq();
            heaviest.chunk_by_mut(weigh_the_same).for_each(|same| same.sort_by(|a, b| text(a).cmp(text(b))));
        }
        heaviest.truncate(k);

        let mut keywords = Keywords::with_places(heaviest.len(), self.places(&heaviest));
        // In a loop of its own, since each look-up waits for memory.
        let tag = |term: &Weighed| match &self.distinct()[term.candidate() as usize] {
            distinct if are_tagged => distinct.tag,
            distinct => feed.tag_of(&self.term_of(distinct)),
        };
        let tags: Vec<Tag> = heaviest.iter().map(tag).collect();
        for (term, tag) in heaviest.iter().zip(tags) {
            let distinct = &self.distinct()[term.candidate() as usize];
            let text = self.text_of(distinct);
            let scores = Scores { weight: term.weight(), words: 1, tag, count: distinct.count as usize };
            keywords.push(text, feed.other_form(text).as_deref(), scores);
        }
        keywords.finish()
    }

    /// Where these terms stand, term by term.
    fn places(&mut self, heaviest: &[Weighed]) -> Vec<Range<usize>> {
        let Buffers { tokens, distinct, ranks, found, .. } = &mut *self.buffers;
        ranks.clear();
        // And one for all words that are of no interest.
        ranks.resize(distinct.len() + 1, NONE);
        let mut next: Vec<u32> = Vec::with_capacity(heaviest.len());
        let mut count = 0;
        for (slot, rank) in heaviest.iter().map(|term| term.candidate() as usize).zip(0..) {
            ranks[slot] = rank;
            next.push(count);
            count += distinct[slot].count;
        }
        // Which tokens these are cannot be predicted, either.
        found.clear();
        found.resize(count as usize + 1, (0, 0));
        let mut at_found = 0;
        for (token, at) in tokens.iter().zip(0..) {
            let rank = ranks[(token.slot as usize).min(distinct.len())];
            found[at_found] = (rank, at);
            at_found += usize::from(rank != NONE);
        }
        let mut places = vec![0..0; count as usize];
        for &(rank, at) in &found[..at_found] {
            let next = &mut next[rank as usize];
            places[*next as usize] = tokens[at as usize].at();
            *next += 1;
        }
        places
    }
}

/// Keep the `k` heaviest, and those that weigh as much as the lightest of these.
fn keep_heaviest(weights: &mut Vec<(f64, u32)>, k: usize) {
    if k < weights.len() {
        // Numbers alone are parted without a branch.
        let mut keys: Vec<u64> = weights.iter().map(|&(weight, _)| in_order(weight)).collect();
        let (_, &mut least, _) = keys.select_nth_unstable_by(k, |a, b| b.cmp(a));
        retain_from(weights, 0, |&(weight, _)| in_order(weight) >= least);
    }
}
