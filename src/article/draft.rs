//! A text while it is repaired. Each pass edits the text that the pass before it left. The map to
//! the raw text is kept.

use std::borrow::Cow;
use std::ops::Range;

use super::{Repair, RepairKind, start_of};

/// A change that a pass asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edit {
    /// The bytes of the current text to replace.
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

/// A raw text and its current form.
pub(super) struct Draft<'r> {
    raw: &'r str,
    pub(super) text: Cow<'r, str>,
    /// In the order of the text, without overlaps.
    pub(super) repairs: Vec<Repair>,
}

impl<'r> Draft<'r> {
    pub(super) fn new(raw: &'r str) -> Draft<'r> {
        Draft { raw, text: Cow::Borrowed(raw), repairs: Vec::new() }
    }

    /// Applies edits, which are sorted and do not overlap. Returns `true` if there are any.
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

    /// Returns where the lines of the raw text begin in the current text, in bytes, except for the
    /// first line. A line that begins inside a repair begins where the repair does.
    pub(super) fn raw_lines(&self) -> Vec<usize> {
        let ends = self.raw.match_indices('\n');
        ends.map(|(end, _)| start_of(&self.repairs, end + 1, |repair| [&repair.raw, &repair.clean])).collect()
    }

    /// Returns the text and the repairs with their replacements.
    pub(super) fn finish(mut self) -> (Cow<'r, str>, Vec<Repair>) {
        for repair in &mut self.repairs {
            repair.replacement = self.text[repair.clean.clone()].to_owned();
        }
        (self.text, self.repairs)
    }
}

/// Returns the repairs that lead from the raw text to the text after `edits`. Earlier repairs and
/// edits that overlap become one repair.
fn compose(earlier: Vec<Repair>, edits: Vec<Edit>) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = Vec::with_capacity(earlier.len() + edits.len());
    // The bytes of the last repair in the text between: after the earlier repairs, before the
    // edits.
    let mut last = 0..0;
    let mut push = |at: Range<usize>, [in_raw, in_clean]: [usize; 2], kind, reason| match repairs.last_mut() {
        Some(repair) if at.start < last.end => {
            // The wider change gives the kind and the reason.
            if at.len() > last.len() {
                (repair.kind, repair.reason) = (kind, reason);
            }
            let more = at.end.saturating_sub(last.end);
            repair.raw.end = repair.raw.end + more + in_raw - at.len();
            repair.clean.end = repair.clean.end + more + in_clean - at.len();
            last.end += more;
        }
        before => {
            // Up to here the texts are the same.
            let same = at.start - last.end;
            let (raw, clean) = before.map_or((0, 0), |before| (before.raw.end, before.clean.end));
            let (raw, clean) = (raw + same..raw + same + in_raw, clean + same..clean + same + in_clean);
            repairs.push(Repair { raw, clean, kind, reason, replacement: String::new() });
            last = at;
        }
    };
    let mut earlier = earlier.into_iter().peekable();
    for edit in edits.into_iter().map(Some).chain([None]) {
        let is_before = |repair: &Repair| {
            edit.as_ref().is_none_or(|edit| (repair.clean.start, repair.clean.end) <= (edit.at.start, edit.at.end))
        };
        while let Some(Repair { raw, clean, kind, reason, .. }) = earlier.next_if(is_before) {
            let lens = [raw.len(), clean.len()];
            push(clean, lens, kind, reason);
        }
        if let Some(Edit { at, replacement, kind, reason }) = edit {
            let lens = [at.len(), replacement.len()];
            push(at, lens, kind, reason);
        }
    }
    repairs
}

/// Returns `text` with `edits` applied.
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

    /// The texts must be equal outside of the repairs.
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
                    // Empty edits are left out: they have no bytes in the text that they edit.
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
