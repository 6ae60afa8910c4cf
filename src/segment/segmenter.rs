//! The segmenter: what users call.

use super::cutter::{Cutter, Mode};
use super::hmm::HmmModel;
use super::jieba::Jieba;
use super::learned::{ModelOfWords, WordModel};
use super::natural::Natural;
use super::profile::Profile;
use super::rules::{Data, Rules};
use super::search::SearchTokens;
use super::simplifier::Simplifier;
use super::tag_model::TagModel;
use super::tags::Tags;
use super::token::{TaggedToken, Token};
use super::tokens::{TaggedTokens, Tokens};
use crate::dictionary::{Dictionary, Folding, Prepared};
use crate::text::Entities;

/// Cuts text into words.
///
/// A segmenter is a handle to an immutable dictionary and models: making or cloning one takes less than a microsecond, and
/// threads may share it. In the natural profile, the first one takes a tenth of a millisecond, and the first one of a
/// dictionary that somebody has compiled some tenths of a second. Text never makes an error. Time is linear in the text;
/// memory, beside the tokens, is a small multiple of the longest run of letters and Han characters in it, and kept per
/// thread between calls.
///
/// Each method has two forms: one that gives an iterator, which reads the text as it goes, and one, `…_into`, that
/// fills a vector of the caller's.
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
    /// The model, made ready for the dictionary.
    pub(super) prepared: Prepared,
    pub(super) profile: Profile,
    pub(super) hmm: bool,
    pub(super) fold: bool,
    pub(super) entities: Entities,
    pub(super) white_space: bool,
}

impl Segmenter {
    /// The same segmenter with the HMM on or off: `segmenter.with_hmm(false).cut_into(…)`. Costs as much as a clone.
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

    /// The dictionary, which says more of a token's word.
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// assert_eq!(Segmenter::new().dictionary().get("软件").unwrap().tag, "n");
    /// ```
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The profile.
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// assert_eq!(Segmenter::new().profile(), Profile::Natural);
    /// ```
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Cuts `text` into words that do not overlap. The tokens, joined, are the text.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::segment::Origin;
    /// let segmenter = Segmenter::new();
    /// let tokens: Vec<_> = segmenter.cut("他来到了网易杭研大厦").collect();
    /// assert_eq!(tokens[4].text(), "杭研");
    /// assert_eq!(tokens[4].range(), 18..24);
    /// assert_eq!(tokens[4].origin(), Origin::Model);
    /// ```
    pub fn cut<'s, 't>(&'s self, text: &'t str) -> Tokens<'s, 't> {
        Tokens::new(self.cutter(Mode::Precise), text)
    }

    /// As [`Segmenter::cut`], into `tokens`, which are cleared first. Nothing is allocated if they have room.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let segmenter = Segmenter::new();
    /// let mut tokens = Vec::new();
    /// for text in ["今天天气好", "我们去郊游"] {
    ///     segmenter.cut_into(text, &mut tokens);
    ///     assert_eq!(tokens.len(), 3);
    /// }
    /// ```
    pub fn cut_into<'t>(&self, text: &'t str, tokens: &mut Vec<Token<'t>>) {
        self.cutter(Mode::Precise).fill(text, tokens);
    }

    /// Every dictionary word in `text`, overlapping or not, by where it begins, the shorter first; and what is
    /// between.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let segmenter = Segmenter::new();
    /// let words: Vec<&str> = segmenter.cut_all("网球拍卖会").map(|token| token.text()).collect();
    /// assert_eq!(words, ["网", "网球", "网球拍", "球", "球拍", "拍", "拍卖", "拍卖会", "卖", "会"]);
    /// ```
    pub fn cut_all<'s, 't>(&'s self, text: &'t str) -> Tokens<'s, 't> {
        Tokens::new(self.cutter(Mode::Full), text)
    }

    /// As [`Segmenter::cut_all`], into `tokens`, which are cleared first.
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// let mut tokens = Vec::new();
    /// Segmenter::new().cut_all_into("网球拍卖会", &mut tokens);
    /// assert_eq!(tokens.len(), 10);
    /// ```
    pub fn cut_all_into<'t>(&self, text: &'t str, tokens: &mut Vec<Token<'t>>) {
        self.cutter(Mode::Full).fill(text, tokens);
    }

    /// The tokens for a search index: those of [`Segmenter::cut`], and among them all dictionary words,
    /// and the parts of compounds such as `well-known`. See [`Segmenter::search_tokens`] for tokens
    /// with positions.
    ///
    /// In the natural profile, dictionary words are given wherever they stand, in tokens or across
    /// their borders, by where they end, the shorter first, so that ends never go back.
    /// [`Profile::Jieba`], as jieba does, gives before each token the words in it of two characters and
    /// then those of three, and no longer ones.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let segmenter = Segmenter::new();
    /// let words: Vec<&str> = segmenter.cut_for_search("中国科学院").map(|token| token.text()).collect();
    /// assert_eq!(words, ["中国", "科学", "学院", "科学院", "中国科学院"]);
    /// ```
    pub fn cut_for_search<'s, 't>(&'s self, text: &'t str) -> Tokens<'s, 't> {
        Tokens::new(self.cutter(Mode::Search), text)
    }

    /// As [`Segmenter::cut_for_search`] in the natural profile, by where the tokens begin, of equals the
    /// longer first, and with positions, so that an index finds phrases whether a text has them as one
    /// word or as several. Tokens without a letter, a digit or an ideograph are left out.
    ///
    /// For a phrase, look for the query's tokens that hold no other, each at its distance from the
    /// first; leave out one that overlaps its neighbours where these adjoin. A character by itself is a
    /// token only where the text was cut so.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let segmenter = Segmenter::new();
    /// let place = |text: &str, word: &str| {
    ///     let mut tokens = segmenter.search_tokens(text).map(|token| (token.text().to_owned(), token.position()));
    ///     tokens.find(|(text, _)| text == word).unwrap().1
    /// };
    /// // 科学 and 学院 are one unit apart in both, though they are parts of a longer word in the first.
    /// let text = "他在中国科学院工作";
    /// assert_eq!(place(text, "学院") - place(text, "科学"), 1);
    /// assert_eq!(place("科学院", "学院") - place("科学院", "科学"), 1);
    /// ```
    pub fn search_tokens<'s, 't>(&'s self, text: &'t str) -> SearchTokens<'s, 't> {
        SearchTokens::new(Tokens::new(self.cutter(Mode::Index), text), text)
    }

    /// As [`Segmenter::cut_for_search`], into `tokens`, which are cleared first.
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// let mut tokens = Vec::new();
    /// Segmenter::new().cut_for_search_into("中国科学院", &mut tokens);
    /// assert_eq!(tokens.len(), 5);
    /// ```
    pub fn cut_for_search_into<'t>(&self, text: &'t str, tokens: &mut Vec<Token<'t>>) {
        self.cutter(Mode::Search).fill(text, tokens);
    }

    /// Cut as [`Segmenter::cut`], and give each token its part of speech: the dictionary's, or the one that the
    /// tag model finds most probable.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let segmenter = Segmenter::new();
    /// let tagged: Vec<String> = segmenter.tag("我爱北京天安门").map(|tagged| tagged.to_string()).collect();
    /// assert_eq!(tagged, ["我/r", "爱/v", "北京/ns", "天安门/ns"]);
    /// ```
    pub fn tag<'s, 't>(&'s self, text: &'t str) -> TaggedTokens<'s, 't> {
        TaggedTokens::new(self.tags(), self.cut(text))
    }

    /// As [`Segmenter::tag`], into `tagged`, which are cleared first.
    ///
    /// ```
    /// # use fenci::{Profile, Segmenter};
    /// let mut tagged = Vec::new();
    /// Segmenter::new().tag_into("我爱北京天安门", &mut tagged);
    /// assert_eq!(tagged[3].to_string(), "天安门/ns");
    /// ```
    pub fn tag_into<'t>(&self, text: &'t str, tagged: &mut Vec<TaggedToken<'t>>) {
        tagged.clear();
        let tags = self.tags();
        self.cutter(Mode::Precise).each_batch(text, |scratch| tags.push_all(text, scratch, tagged));
    }

    /// The part of speech of a token that any of this segmenter's methods gave.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let segmenter = Segmenter::new();
    /// let nouns = segmenter.cut_for_search("中国科学院").filter(|token| segmenter.tag_token(*token).tag() == "n");
    /// assert_eq!(nouns.map(|token| token.text()).collect::<Vec<_>>(), ["科学", "学院", "科学院"]);
    /// ```
    pub fn tag_token<'t>(&self, token: Token<'t>) -> TaggedToken<'t> {
        TaggedToken::new(token, self.tags().of_word(token.text(), token.word_id()))
    }

    /// Returns the form of characters that this segmenter looks words up by.
    ///
    /// ```
    /// let segmenter = fenci::Segmenter::new();
    /// assert_eq!(segmenter.simplifier().simplify("軟銀集團"), "软银集团");
    /// ```
    pub fn simplifier(&self) -> Simplifier<'_> {
        Simplifier::new(self.folds().then(|| self.folding()))
    }

    pub(super) fn cutter(&self, mode: Mode) -> Cutter<'_> {
        Cutter { segmenter: self, mode, hmm: self.hmm }
    }

    /// The data and the options, with or without HMM.
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

    /// The learned model, if it is wanted and there is one.
    fn model_of_words(&self, hmm: bool) -> Option<ModelOfWords<'_>> {
        let model = self.word_model.as_ref().filter(|_| hmm && self.profile == Profile::Natural)?;
        Some(self.prepared.model(model))
    }

    fn folds(&self) -> bool {
        self.fold && self.profile != Profile::Jieba
    }

    /// What characters are looked up as.
    pub(super) fn folding(&self) -> Folding<'_> {
        self.dictionary.folding(self.folds())
    }

    /// The parts of speech of this segmenter's tokens.
    pub(crate) fn tags(&self) -> Tags<'_> {
        let of_words = self.dictionary.tags(self.profile == Profile::Natural);
        Tags { of_words, segmenter: self }
    }
}
