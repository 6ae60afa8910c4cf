//! The segmenter: a dictionary, models and options.

use super::data::Data;
use super::hmm::HmmModel;
use super::jieba::Jieba;
use super::learned::{ModelOfWords, WordModel};
use super::natural::Natural;
use super::profile::Profile;
use super::rules::Rules;
use super::simplifier::Simplifier;
use super::tag_model::TagModel;
use crate::dictionary::{Dictionary, Folding, Prepared};
use crate::text::Entities;

/// Cuts text into words.
///
/// A segmenter is a handle to an immutable dictionary and immutable models. Threads may share it.
/// Building or cloning one takes less than a microsecond. In the natural profile, the first one
/// takes a tenth of a millisecond, and the first one with a dictionary that you have compiled takes
/// some tenths of a second.
///
/// Cutting text never fails. Time is linear in the length of the text. Memory, beside the tokens,
/// is a small multiple of the longest run of letters and Han characters in the text. Each thread
/// keeps its buffers between calls.
///
/// Most methods that cut have two forms. One returns an iterator, which reads the text as it
/// advances. The other, `…_into`, fills a vector of the caller's.
///
/// ```
/// use fenci::Segmenter;
///
/// let segmenter = Segmenter::new();
/// let words: Vec<&str> = segmenter.cut("小明硕士毕业于中国科学院").map(|token| token.text()).collect();
/// assert_eq!(words, ["小明", "硕士", "毕业", "于", "中国", "科学院"]);
/// ```
#[derive(Clone, Debug)]
pub struct Segmenter {
    pub(super) dictionary: Dictionary,
    pub(super) hmm_model: Option<HmmModel>,
    pub(super) tag_model: Option<TagModel>,
    pub(super) word_model: Option<WordModel>,
    /// The model, prepared for the dictionary.
    pub(super) prepared: Prepared,
    pub(super) profile: Profile,
    pub(super) hmm: bool,
    pub(super) fold: bool,
    pub(super) entities: Entities,
    pub(super) white_space: bool,
}

impl Segmenter {
    /// Returns the same segmenter with its models on or off:
    /// `segmenter.with_hmm(false).cut_into(…)`. See
    /// [`SegmenterBuilder::hmm`](super::SegmenterBuilder::hmm). Costs as much as a clone.
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// let segmenter = Segmenter::new();
    /// assert_eq!(segmenter.cut("杭研").count(), 1);
    /// assert_eq!(segmenter.with_hmm(false).cut("杭研").count(), 2);
    /// ```
    pub fn with_hmm(&self, hmm: bool) -> Segmenter {
        Segmenter { hmm, ..self.clone() }
    }

    /// Returns the dictionary, which has the entries of the tokens' words.
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// assert_eq!(Segmenter::new().dictionary().get("软件").unwrap().tag, "n");
    /// ```
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Returns the profile.
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// assert_eq!(Segmenter::new().profile(), Profile::Natural);
    /// ```
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Returns the simplifier, which rewrites characters in the form that this segmenter looks up.
    ///
    /// ```
    /// let segmenter = fenci::Segmenter::new();
    /// assert_eq!(segmenter.simplifier().simplify("軟銀集團"), "软银集团");
    /// ```
    pub fn simplifier(&self) -> Simplifier<'_> {
        Simplifier::new(self.folds().then(|| self.folding()))
    }

    /// Returns the data and the options, with or without models.
    pub(super) fn data(&self, hmm: bool) -> Data<'_> {
        let lexicon = match self.profile {
            Profile::Natural => self.dictionary.lexicon(),
            Profile::Jieba => self.dictionary.shared_lexicon(),
        };
        let model = self.model_of_words(hmm);
        Data {
            lexicon,
            user: self.dictionary.user_lexicon(),
            table: self.dictionary.char_table(self.folds()),
            hmm: self.hmm_model.as_ref().filter(|_| hmm && model.is_none()).map(HmmModel::view),
            model,
            entities: self.entities,
        }
    }

    pub(super) fn rules(&self) -> &'static dyn Rules {
        match self.profile {
            Profile::Natural => &Natural,
            Profile::Jieba => &Jieba,
        }
    }

    /// Returns the learned model, if `hmm` asks for it, the profile is natural and there is one.
    fn model_of_words(&self, hmm: bool) -> Option<ModelOfWords<'_>> {
        let model = self.word_model.as_ref().filter(|_| hmm && self.profile == Profile::Natural)?;
        Some(self.prepared.model(model))
    }

    fn folds(&self) -> bool {
        self.fold && self.profile != Profile::Jieba
    }

    /// Returns the mapping from characters to the forms that are looked up.
    pub(super) fn folding(&self) -> Folding<'_> {
        self.dictionary.folding(self.folds())
    }
}
