//! The heaviest terms, as keywords.

use std::cmp::Ordering;
use std::ops::Range;

use super::{Feed, Terms};
use crate::keywords::{Keyword, TermSource};

/// Stands for no rank.
const NONE: u32 = u32::MAX;

impl Terms<'_> {
    /// The slots of those that may be keywords.
    pub(in crate::keywords) fn candidates(&self) -> Vec<u32> {
        // Which terms are, cannot be predicted.
        let mut slots = vec![0; self.distinct.len() + 1];
        let mut next = 0;
        for (distinct, slot) in self.distinct.iter().zip(0..) {
            slots[next] = slot;
            next += usize::from(distinct.is_candidate);
        }
        slots.truncate(next);
        slots
    }

    /// The `k` heaviest of the candidates, which have their weights in `weights`: the heaviest first, ties by the first
    /// place, or, if `by_text`, by the text. `are_tagged` says whether the tags of candidates have been asked for.
    pub(in crate::keywords) fn keywords<S: TermSource + ?Sized>(
        &self,
        feed: &Feed<'_, S>,
        mut weights: Vec<(f64, u32)>,
        k: usize,
        by_text: bool,
        are_tagged: bool,
    ) -> Vec<Keyword> {
        let distinct = |slot: u32| &self.distinct[slot as usize];
        let text = |slot: u32| self.text_of(distinct(slot));
        // No two have one first place, so that any way of sorting gives the same.
        let heaviest_first = |&(a, a_slot): &(f64, u32), &(b, b_slot): &(f64, u32)| {
            let by_text = || if by_text { text(a_slot).cmp(text(b_slot)) } else { Ordering::Equal };
            let by_place = || distinct(a_slot).first.cmp(&distinct(b_slot).first);
            b.total_cmp(&a).then_with(by_text).then_with(by_place)
        };
        if k < weights.len() {
            weights.select_nth_unstable_by(k, heaviest_first);
            weights.truncate(k);
        }
        weights.sort_unstable_by(heaviest_first);
        let mut places = self.places(&weights).into_iter();
        let keyword = |&(weight, slot): &(f64, u32)| Keyword {
            text: text(slot).to_owned(),
            simplified: feed.other_form(text(slot)),
            weight,
            words: 1,
            tag: if are_tagged { distinct(slot).tag } else { feed.tag_of(&self.term_of(distinct(slot))) },
            places: places.next().unwrap_or_default(),
        };
        weights.iter().map(keyword).collect()
    }

    /// Where these terms stand.
    fn places(&self, weights: &[(f64, u32)]) -> Vec<Vec<Range<usize>>> {
        let mut ranks = vec![NONE; self.distinct.len()];
        let mut places = Vec::with_capacity(weights.len());
        let mut count = 0;
        for (rank, &(_, slot)) in weights.iter().enumerate() {
            ranks[slot as usize] = rank as u32;
            places.push(Vec::with_capacity(self.distinct[slot as usize].count as usize));
            count += self.distinct[slot as usize].count as usize;
        }
        // Which tokens these are cannot be predicted, either.
        let mut found = vec![0; count + 1];
        let mut next = 0;
        for (at, token) in self.tokens().iter().enumerate() {
            found[next] = at as u32;
            next += usize::from(ranks[token.slot as usize] != NONE);
        }
        for &at in &found[..next] {
            let token = self.tokens()[at as usize];
            places[ranks[token.slot as usize] as usize].push(token.at());
        }
        places
    }
}
