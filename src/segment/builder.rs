//! The builder of segmenters.

use super::hmm::HmmModel;
use super::learned::WordModel;
use super::profile::Profile;
use super::segmenter::Segmenter;
use super::tag_model::TagModel;
use crate::dictionary::{Dictionary, Prepared};
use crate::text::{Entities, Entity};

impl Segmenter {
    /// Returns a segmenter with the embedded dictionary and models, in the natural profile.
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// assert_eq!(Segmenter::new().cut("我爱北京天安门").count(), 4);
    /// ```
    #[cfg(feature = "embedded")]
    pub fn new() -> Segmenter {
        Segmenter::builder().build()
    }

    /// Returns a builder that begins with the settings of [`Segmenter::new`].
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// let segmenter = Segmenter::builder().hmm(false).white_space(false).build();
    /// assert_eq!(segmenter.cut("网易 杭研").count(), 3);
    /// ```
    #[cfg(feature = "embedded")]
    pub fn builder() -> SegmenterBuilder {
        let builder = Segmenter::with(Dictionary::embedded());
        let builder = builder.hmm_model(HmmModel::embedded()).tag_model(TagModel::embedded());
        #[cfg(feature = "learned")]
        let builder = builder.word_model(WordModel::embedded());
        builder
    }

    /// Returns a builder for a segmenter with `dictionary` alone, without models. The segmenter
    /// finds and tags the words of the dictionary. This needs no embedded data.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// let dictionary = Dictionary::builder().parse("星际之门 300 nz\n")?.build()?;
    /// let segmenter = Segmenter::with(dictionary).build();
    /// assert_eq!(segmenter.cut("星际之门立项").count(), 3);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn with(dictionary: Dictionary) -> SegmenterBuilder {
        SegmenterBuilder {
            segmenter: Segmenter {
                dictionary,
                hmm_model: None,
                tag_model: None,
                word_model: None,
                prepared: Prepared::default(),
                profile: Profile::default(),
                hmm: true,
                fold: true,
                entities: Entities::default(),
                white_space: true,
            },
        }
    }
}

#[cfg(feature = "embedded")]
impl Default for Segmenter {
    fn default() -> Segmenter {
        Segmenter::new()
    }
}

/// Builds a [`Segmenter`].
///
/// [`Segmenter::builder`] begins with the settings of [`Segmenter::new`]. [`Segmenter::with`]
/// begins with a dictionary and no models.
///
/// ```
/// use fenci::{Profile, Segmenter};
///
/// let segmenter = Segmenter::builder().profile(Profile::Jieba).hmm(false).build();
/// assert_eq!(segmenter.cut("我们中出了一个叛徒").count(), 6);
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct SegmenterBuilder {
    segmenter: Segmenter,
}

impl SegmenterBuilder {
    /// Sets the profile, which decides what a token is. Default: [`Profile::Natural`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Profile, Segmenter};
    /// # use fenci::segment::{HmmModel, TagModel};
    /// let segmenter = Segmenter::builder().profile(Profile::Jieba).build();
    /// assert_eq!(segmenter.cut("12:21").count(), 3);
    /// ```
    pub fn profile(mut self, profile: Profile) -> Self {
        self.segmenter.profile = profile;
        self
    }

    /// Sets the dictionary. Default: [`Dictionary::embedded`].
    ///
    /// The learned model takes the dictionary as one witness among several. To make words certain,
    /// lay them over the dictionary with [`Dictionary::with_words`], or turn the model off with
    /// [`SegmenterBuilder::hmm`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Profile, Segmenter};
    /// # use fenci::segment::{HmmModel, TagModel};
    /// let dictionary = Dictionary::builder().parse("星际之门 300 nz\n")?.build()?;
    /// let segmenter = Segmenter::builder().dictionary(dictionary).hmm(false).build();
    /// assert_eq!(segmenter.cut("星际之门").count(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn dictionary(mut self, dictionary: Dictionary) -> Self {
        self.segmenter.dictionary = dictionary;
        self
    }

    /// Sets whether models find words that the dictionary lacks. Default: `true`.
    ///
    /// The natural profile uses the learned model, or the HMM if there is no learned model.
    /// [`Profile::Jieba`] uses the HMM. `false` turns both models off.
    ///
    /// ```
    /// # use fenci::{Dictionary, Profile, Segmenter};
    /// # use fenci::segment::{HmmModel, TagModel};
    /// let segmenter = Segmenter::builder().hmm(false).build();
    /// assert_eq!(segmenter.cut("杭研").count(), 2);
    /// ```
    pub fn hmm(mut self, hmm: bool) -> Self {
        self.segmenter.hmm = hmm;
        self
    }

    /// Sets the HMM. Default: [`HmmModel::embedded`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Profile, Segmenter};
    /// # use fenci::segment::{HmmModel, TagModel};
    /// let segmenter = Segmenter::builder().hmm_model(HmmModel::embedded()).build();
    /// assert_eq!(segmenter.cut("杭研").count(), 1);
    /// ```
    pub fn hmm_model(mut self, model: HmmModel) -> Self {
        self.segmenter.hmm_model = Some(model);
        self
    }

    /// Sets the model that tags words that the dictionary lacks. Default: [`TagModel::embedded`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Profile, Segmenter};
    /// # use fenci::segment::{HmmModel, TagModel};
    /// let segmenter = Segmenter::builder().tag_model(TagModel::embedded()).build();
    /// assert_eq!(segmenter.tag("杭研").next().unwrap().tag(), "nr");
    /// ```
    pub fn tag_model(mut self, model: TagModel) -> Self {
        self.segmenter.tag_model = Some(model);
        self
    }

    /// Sets whether Traditional, full-width and cased forms are looked up as the forms that the
    /// dictionary uses. Default: `true`. [`Profile::Jieba`] never folds.
    ///
    /// ```
    /// # use fenci::{Dictionary, Profile, Segmenter};
    /// # use fenci::segment::{HmmModel, TagModel};
    /// assert_eq!(Segmenter::builder().fold(true).build().cut("軟件").count(), 1);
    /// assert_eq!(Segmenter::builder().fold(false).hmm(false).build().cut("軟件").count(), 2);
    /// ```
    pub fn fold(mut self, fold: bool) -> Self {
        self.segmenter.fold = fold;
        self
    }

    /// Sets whether an entity of this kind is one token in [`Profile::Natural`]. Default: `true`
    /// for all but [`Entity::HanDate`] and [`Entity::HanNumber`]. The words in an entity are its
    /// parts in search mode. [`Segmenter::cut_all`] returns them in place of the entity.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::segment::Entity;
    /// let words = |segmenter: Segmenter| segmenter.cut("2017年10月5日 #新年快乐#").map(|t| t.to_string()).collect::<Vec<_>>();
    /// assert_eq!(words(Segmenter::new()), ["2017", "年", "10", "月", "5", "日", " ", "#新年快乐#"]);
    /// let segmenter = Segmenter::builder().entity(Entity::HanDate, true).entity(Entity::Hashtag, false).build();
    /// assert_eq!(words(segmenter), ["2017年10月5日", " ", "#", "新年", "快乐", "#"]);
    /// ```
    pub fn entity(mut self, entity: Entity, on: bool) -> Self {
        self.segmenter.entities = self.segmenter.entities.with(entity, on);
        self
    }

    /// Sets whether white space becomes tokens. Default: `true`, so that the tokens, joined, are
    /// the text.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let segmenter = Segmenter::builder().white_space(false).build();
    /// assert_eq!(segmenter.cut("今天 我们\n郊游").count(), 3);
    /// ```
    pub fn white_space(mut self, white_space: bool) -> Self {
        self.segmenter.white_space = white_space;
        self
    }

    /// Sets the learned model, which decides where words end in the natural profile. Default: the
    /// embedded model, with the feature `learned`.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::segment::WordModel;
    /// assert!(WordModel::from_bytes(Vec::new()).is_err());
    /// ```
    pub fn word_model(mut self, model: WordModel) -> Self {
        self.segmenter.word_model = Some(model);
        self
    }

    /// Builds the segmenter.
    ///
    /// ```
    /// # use fenci::{Dictionary, Profile, Segmenter};
    /// # use fenci::segment::{HmmModel, TagModel};
    /// let segmenter = Segmenter::builder().build();
    /// assert_eq!(segmenter.cut("我爱北京天安门").count(), 4);
    /// ```
    pub fn build(mut self) -> Segmenter {
        let Segmenter { word_model, dictionary, profile, .. } = &self.segmenter;
        if let Some(model) = word_model.as_ref().filter(|_| *profile == Profile::Natural) {
            self.segmenter.prepared = Prepared::new(model, dictionary);
        }
        self.segmenter
    }
}
