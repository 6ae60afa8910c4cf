//! A text while it is repaired: each pass edits what the last one left, and the map back to the raw text is kept.

use std::borrow::Cow;
use std::ops::Range;

use super::{Repair, RepairKind};
use crate::numbers::signed;

/// What a pass wants changed in the text as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edit {
    /// Bytes of the text as it stands.
    pub(super) at: Range<usize>,
    pub(super) replacement: String,
    pub(super) kind: RepairKind,
    pub(super) reason: Cow<'static, str>,
}

impl Edit {
    pub(super) fn remove(at: Range<usize>, kind: RepairKind, reason: impl Into<Cow<'static, str>>) -> Edit {
        Edit { at, replacement: String::new(), kind, reason: reason.into() }
    }
}

/// A raw text and what has been made of it so far.
pub(super) struct Draft<'r> {
    raw: &'r str,
    pub(super) text: Cow<'r, str>,
    /// Sorted, and apart from each other in the raw text.
    pub(super) repairs: Vec<Repair>,
}

impl<'r> Draft<'r> {
    pub(super) fn new(raw: &'r str) -> Draft<'r> {
        Draft { raw, text: Cow::Borrowed(raw), repairs: Vec::new() }
    }

    /// Carry out the edits, which are sorted and do not overlap; says whether there were any.
    pub(super) fn apply(&mut self, edits: Vec<Edit>) -> bool {
        if edits.is_empty() {
            return false;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut kept = 0;
        for edit in &edits {
            text.push_str(&self.text[kept..edit.at.start]);
            text.push_str(&edit.replacement);
            kept = edit.at.end;
        }
        text.push_str(&self.text[kept..]);
        self.repairs = compose(std::mem::take(&mut self.repairs), edits);
        self.text = Cow::Owned(text);
        true
    }

    /// Which lines of the raw text stand where in the text.
    pub(super) fn raw_lines(&self) -> RawLines {
        let mut repairs = self.repairs.iter().peekable();
        let (mut shift, mut starts) = (0, Vec::new());
        for (at, _) in self.raw.match_indices('\n') {
            // Behind all repairs that end before the line does.
            while let Some(repair) = repairs.next_if(|repair| repair.raw.end <= at + 1) {
                shift = signed(repair.clean.end) - signed(repair.raw.end);
            }
            // What begins inside of a repair stands where that does.
            let inside = repairs.peek().filter(|repair| repair.raw.start <= at).map(|repair| repair.clean.start);
            starts.push(inside.unwrap_or((at + 1).saturating_add_signed(shift)));
        }
        RawLines { starts }
    }

    /// The repairs, each with what stands in its place now.
    pub(super) fn finish(mut self) -> (Cow<'r, str>, Vec<Repair>) {
        for repair in &mut self.repairs {
            repair.replacement = self.text[repair.clean.clone()].to_owned();
        }
        (self.text, self.repairs)
    }
}

/// Where in a text the lines of the raw text begin, but for the first.
pub(super) struct RawLines {
    starts: Vec<usize>,
}

impl RawLines {
    /// The number of the raw line that byte `at` of the text is of, counted from 0.
    pub(super) fn number_of(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at)
    }
}

/// A change on its way from the raw text to the new one: earlier repairs and edits that overlap become one.
struct Merged {
    /// Bytes of the text between: after the earlier repairs, before the edits.
    between: Range<usize>,
    /// How many bytes more the raw text and the new text have than that.
    raw_growth: isize,
    new_growth: isize,
    kind: RepairKind,
    reason: Cow<'static, str>,
}

/// The repairs that lead from the raw text to the text after `edits`.
fn compose(earlier: Vec<Repair>, edits: Vec<Edit>) -> Vec<Repair> {
    let mut merged: Vec<Merged> = Vec::with_capacity(earlier.len() + edits.len());
    let mut earlier = earlier.into_iter().peekable();
    let mut edits = edits.into_iter().peekable();
    let growth = |old: &Range<usize>, new: usize| signed(new) - signed(old.len());
    loop {
        // What begins first is next; what is empty stands before what begins where it is.
        let from_earlier = match (earlier.peek(), edits.peek()) {
            (None, None) => break,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (Some(repair), Some(edit)) => (repair.clean.start, repair.clean.end) <= (edit.at.start, edit.at.end),
        };
        let next = if from_earlier {
            earlier.next().map(|repair| Merged {
                raw_growth: growth(&repair.clean, repair.raw.len()),
                new_growth: 0,
                between: repair.clean,
                kind: repair.kind,
                reason: repair.reason,
            })
        } else {
            edits.next().map(|edit| Merged {
                raw_growth: 0,
                new_growth: growth(&edit.at, edit.replacement.len()),
                between: edit.at,
                kind: edit.kind,
                reason: edit.reason,
            })
        };
        let Some(next) = next else { break };
        match merged.last_mut() {
            Some(last) if next.between.start < last.between.end => {
                // The wider one says what happened here.
                if next.between.len() > last.between.len() {
                    (last.kind, last.reason) = (next.kind, next.reason);
                }
                last.between.end = last.between.end.max(next.between.end);
                last.raw_growth += next.raw_growth;
                last.new_growth += next.new_growth;
            }
            _ => merged.push(next),
        }
    }

    let (mut raw_shift, mut new_shift) = (0, 0);
    let moved = |range: &Range<usize>, shift: isize, growth: isize| {
        range.start.saturating_add_signed(shift)..range.end.saturating_add_signed(shift + growth)
    };
    let repair = |change: Merged| {
        let raw = moved(&change.between, raw_shift, change.raw_growth);
        let clean = moved(&change.between, new_shift, change.new_growth);
        raw_shift += change.raw_growth;
        new_shift += change.new_growth;
        Repair { raw, clean, kind: change.kind, reason: change.reason, replacement: String::new() }
    };
    merged.into_iter().map(repair).collect()
}

/// What a pass makes of a text.
#[cfg(test)]
pub(super) fn edited(text: &str, edits: Vec<Edit>) -> String {
    let mut draft = Draft::new(text);
    draft.apply(edits);
    draft.text.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(at: Range<usize>, replacement: &str) -> Edit {
        Edit { at, replacement: replacement.to_owned(), kind: RepairKind::Form, reason: "".into() }
    }

    #[test]
    fn edits_of_two_passes_become_one_map() {
        let mut draft = Draft::new("abcdefgh");
        draft.apply(vec![edit(1..2, ""), edit(4..6, "XYZ")]);
        assert_eq!(draft.text, "acdXYZgh");
        draft.apply(vec![edit(0..2, "_"), edit(5..7, "")]);
        assert_eq!(draft.text, "_dXYh");
        let (_, repairs) = draft.finish();
        let found: Vec<_> = repairs.iter().map(|r| (r.raw.clone(), r.clean.clone(), r.replacement.as_str())).collect();
        assert_eq!(found, [(0..3, 0..1, "_"), (4..7, 2..4, "XY")]);
    }

    /// Returns pseudo-random numbers below a bound, the same on every run.
    fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
        let mut state = seed;
        move |end| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % end
        }
    }

    /// The texts are equal outside of the repairs.
    #[test]
    fn repairs_account_for_every_difference() {
        for seed in 0..2000 {
            let mut below = numbers(seed);
            let raw: String = (0..below(31)).map(|_| ["a", "b", "c", "d"][below(4)]).collect();
            let mut draft = Draft::new(&raw);
            for _ in 0..below(4) {
                let mut edits = Vec::new();
                let mut at = 0;
                for _ in 0..below(4) {
                    let start = at + below(9);
                    let end = start + below(4);
                    let replacement = "xyz".repeat(below(2)) + &"z"[..below(2)];
                    // An edit without extent has nothing to stand for in the text that it edits.
                    if end <= draft.text.len() && start < end {
                        edits.push(edit(start..end, &replacement));
                        at = end;
                    }
                }
                draft.apply(edits);
            }
            let (text, repairs) = draft.finish();
            let mut rebuilt = String::new();
            let mut kept = 0;
            for repair in &repairs {
                assert!(repair.raw.start >= kept, "seed {seed}");
                rebuilt.push_str(&raw[kept..repair.raw.start]);
                assert_eq!(repair.clean.start, rebuilt.len(), "seed {seed}");
                rebuilt.push_str(&repair.replacement);
                kept = repair.raw.end;
            }
            rebuilt.push_str(&raw[kept..]);
            assert_eq!(rebuilt, text, "seed {seed}");
        }
    }
}
