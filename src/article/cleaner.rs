//! What is done to a page, and in which order.

use super::draft::Draft;
use super::words::Words;
use super::{Article, RepairKind, damage, forms, furniture, gloss, ruby};
use crate::Dictionary;

/// What is done with readings in brackets, as in `門(mén)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Glosses {
    /// They are removed from a page that a machine has glossed: one where common characters have their readings,
    /// each wherever it stands. An author's explanation stays.
    #[default]
    Auto,
    /// Every reading that fits the characters before it is removed.
    Remove,
    /// All stay.
    Keep,
}

/// Cleans pages; what is not said is as in [`Article::clean`].
///
/// ```
/// use fenci::{Cleaner, Glosses};
///
/// let text = "嫘(léi)祖";
/// assert_eq!(Cleaner::new().clean(text).text(), "嫘(léi)祖");
/// assert_eq!(Cleaner::new().glosses(Glosses::Remove).clean(text).text(), "嫘祖");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[must_use]
pub struct Cleaner {
    glosses: Glosses,
    damage: bool,
    forms: bool,
    furniture: bool,
}

impl Default for Cleaner {
    fn default() -> Cleaner {
        Cleaner::new()
    }
}

/// One repair may bring another to light. Pages take one round, or two; no text can make it more than these.
const MOST_ROUNDS: usize = 8;

impl Cleaner {
    /// Everything is done.
    pub fn new() -> Cleaner {
        Cleaner { glosses: Glosses::Auto, damage: true, forms: true, furniture: true }
    }

    /// What is done with readings in brackets. Default: [`Glosses::Auto`].
    pub fn glosses(mut self, glosses: Glosses) -> Self {
        self.glosses = glosses;
        self
    }

    /// Whether byte damage is undone. Default: yes.
    pub fn damage(mut self, damage: bool) -> Self {
        self.damage = damage;
        self
    }

    /// Whether HTML entities, full-width letters and digits, half-width punctuation, invisible characters, foreign
    /// line ends and the white space around lines are mended. Default: yes.
    pub fn forms(mut self, forms: bool) -> Self {
        self.forms = forms;
        self
    }

    /// Whether lines that are no part of the article are removed. Default: yes.
    pub fn furniture(mut self, furniture: bool) -> Self {
        self.furniture = furniture;
        self
    }

    /// Clean the raw text of a page.
    pub fn clean<'r>(&self, raw: &'r str) -> Article<'r> {
        let dictionary = Dictionary::embedded();
        let words = Words::new(&dictionary);
        let mut draft = Draft::new(raw);
        for _ in 0..MOST_ROUNDS {
            if !self.round(&mut draft, &words) {
                break;
            }
        }
        let (text, repairs) = draft.finish();
        Article { raw: raw.into(), text, repairs }
    }

    /// Do everything once; says whether there was anything to do.
    fn round(&self, draft: &mut Draft<'_>, words: &Words<'_>) -> bool {
        let mut changed = false;
        // First, since every character counts there: what is out of step is full of full-width letters.
        if self.damage {
            changed |= draft.apply(damage::find(&draft.text, words));
        }
        if self.forms {
            changed |= draft.apply(forms::find(&draft.text));
        }
        if self.glosses != Glosses::Keep {
            changed |= draft.apply(ruby::find(&draft.text));
            let is_harmed = draft.repairs.iter().any(|repair| repair.kind == RepairKind::Damage);
            changed |= draft.apply(gloss::find(&draft.text, words, self.glosses, is_harmed));
        }
        if self.furniture {
            changed |= draft.apply(furniture::find(&draft.text, words));
        }
        changed
    }
}
