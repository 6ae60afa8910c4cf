//! The options of cleaning, and the order of its passes.

use std::borrow::Cow;

use super::draft::Draft;
use super::main_text::{Tags, removal};
use super::repair::{damage, forms, gloss, mojibake, ruby, spacing};
use super::{Article, Repair, RepairKind};
use crate::dictionary::{Dictionary, Lexicon};

/// The choice of the readings in brackets to remove, as in `門(mén)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Glosses {
    /// Removes readings from a page in which a program has added them, so that common characters
    /// have readings everywhere. A reading that an author explains stays.
    #[default]
    Auto,
    /// Removes every reading that fits the characters before it.
    Remove,
    /// Keeps all readings.
    Keep,
}

/// Cleans pages, with options. The default does the same as [`Article::clean`].
///
/// ```
/// use fenci::article::{Cleaner, Glosses};
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

/// One repair may reveal the need for another, so the passes are repeated. Pages need one round or
/// two.
const MOST_ROUNDS: usize = 8;

impl Cleaner {
    /// Returns a cleaner that does everything.
    ///
    /// ```
    /// # use fenci::Article;
    /// # use fenci::article::Cleaner;
    /// assert_eq!(Cleaner::new().clean("&lt;OpenAI&gt;"), Article::clean("&lt;OpenAI&gt;"));
    /// ```
    pub fn new() -> Cleaner {
        Cleaner { glosses: Glosses::Auto, damage: true, forms: true, furniture: true }
    }

    /// Sets the readings in brackets to remove. Default: [`Glosses::Auto`].
    ///
    /// ```
    /// # use fenci::article::{Cleaner, Glosses};
    /// let cleaner = Cleaner::new().glosses(Glosses::Keep);
    /// assert_eq!(cleaner.clean("門(mén)項(xiàng)目").text(), "門(mén)項(xiàng)目");
    /// ```
    pub fn glosses(mut self, glosses: Glosses) -> Self {
        self.glosses = glosses;
        self
    }

    /// Sets whether to undo byte damage. Default: `true`.
    ///
    /// ```
    /// # use fenci::article::Cleaner;
    /// assert_eq!(Cleaner::new().damage(false).clean("被曝?cái)R淺").text(), "被曝?cái)R淺");
    /// assert_eq!(Cleaner::new().clean("被曝?cái)R淺").text(), "被曝擱淺");
    /// ```
    pub fn damage(mut self, damage: bool) -> Self {
        self.damage = damage;
        self
    }

    /// Sets whether to write characters in their usual form, as [`RepairKind::Form`] describes.
    /// Default: `true`.
    ///
    /// ```
    /// # use fenci::article::Cleaner;
    /// assert_eq!(Cleaner::new().forms(false).clean("ＡＴ&amp;T").text(), "ＡＴ&amp;T");
    /// assert_eq!(Cleaner::new().clean("ＡＴ&amp;T").text(), "AT&T");
    /// ```
    pub fn forms(mut self, forms: bool) -> Self {
        self.forms = forms;
        self
    }

    /// Sets whether to remove lines that are not part of the article. Default: `true`.
    ///
    /// ```
    /// # use fenci::article::Cleaner;
    /// let page = "半年過去了，還沒有一個數據中心動工。\n責任編輯：高山\n";
    /// assert_eq!(Cleaner::new().furniture(false).clean(page).text(), page);
    /// assert_eq!(Cleaner::new().clean(page).text(), "半年過去了，還沒有一個數據中心動工。\n");
    /// ```
    pub fn furniture(mut self, furniture: bool) -> Self {
        self.furniture = furniture;
        self
    }

    /// Cleans the text of a page.
    ///
    /// ```
    /// # use fenci::article::Cleaner;
    /// let article = Cleaner::new().clean("項(xiàng)目和集團(tuán)");
    /// assert_eq!(article.text(), "項目和集團");
    /// ```
    pub fn clean<'r>(&self, raw: &'r str) -> Article<'r> {
        let (text, repairs) = self.repaired(raw, None);
        Article { raw: raw.into(), text, repairs }
    }

    /// Cleans a page of HTML, as [`Article::from_html`] does.
    ///
    /// ```
    /// # use fenci::article::Cleaner;
    /// let article = Cleaner::new().furniture(false).clean_html("<h1>新桥通车</h1><p>桥(qiáo)长三里，<b>宽</b>六丈。");
    /// assert_eq!(article.raw(), "新桥通车\n桥(qiáo)长三里，宽六丈。\n");
    /// ```
    #[cfg(feature = "html")]
    pub fn clean_html(&self, html: &str) -> Article<'static> {
        let (raw, tags) = super::html::extract(html);
        let (text, repairs) = self.repaired(&raw, Some(&tags));
        let text = Cow::Owned(text.into_owned());
        Article { raw: raw.into(), text, repairs }
    }

    /// Returns the clean text of a page and the repairs. `tags` has the tags of each line of HTML.
    fn repaired<'r>(&self, raw: &'r str, tags: Option<&[Tags]>) -> (Cow<'r, str>, Vec<Repair>) {
        let dictionary = Dictionary::embedded();
        let mut draft = Draft::new(raw);
        let lexicon = dictionary.lexicon();
        let is_done = (0..MOST_ROUNDS).any(|_| !self.round(&mut draft, tags, lexicon));
        // Cleaning a clean text must change nothing. If each round removes more lines, all lines
        // stay.
        if !is_done && self.furniture {
            return self.clone().furniture(false).repaired(raw, tags);
        }
        draft.finish()
    }

    /// Runs each pass once. Returns `true` if the text has changed.
    fn round(&self, draft: &mut Draft<'_>, tags: Option<&[Tags]>, lexicon: Lexicon<'_>) -> bool {
        let mut changed = false;
        // Damage comes first: text whose bytes were read out of step is full of full-width letters.
        if self.damage {
            changed |= draft.apply(mojibake::find(&draft.text, lexicon));
            changed |= draft.apply(damage::find(&draft.text, lexicon));
        }
        if self.forms {
            changed |= draft.apply(forms::find(&draft.text));
            changed |= draft.apply(spacing::find(&draft.text));
        }
        if self.glosses != Glosses::Keep {
            changed |= draft.apply(ruby::find(&draft.text));
            let is_harmed = draft.repairs.iter().any(|repair| repair.kind == RepairKind::Damage);
            changed |= draft.apply(gloss::find(&draft.text, lexicon, self.glosses == Glosses::Remove, is_harmed));
        }
        if self.furniture {
            let starts = tags.map(|_| draft.raw_lines()).unwrap_or_default();
            let tags_at = |at: usize| tags?.get(starts.partition_point(|&start| start <= at)).copied();
            changed |= draft.apply(removal::find(&draft.text, tags_at, lexicon));
        }
        changed
    }
}
