//! The methods of a segmenter that cut text.

use super::cutter::{Cutter, Mode};
use super::profile::Profile;
use super::search::SearchTokens;
use super::segmenter::Segmenter;
use super::tags::TagSource;
use super::token::{TaggedToken, Token};
use super::tokens::{TaggedTokens, Tokens};

impl Segmenter {
    /// Cuts `text` into words that do not overlap. The tokens, joined, are the text, unless
    /// [`SegmenterBuilder::white_space`](super::SegmenterBuilder::white_space) is off.
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

    /// Writes the tokens of [`Segmenter::cut`] to `tokens`, which are cleared first. Allocates
    /// nothing if they have room.
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

    /// Returns every dictionary word in `text`, overlapping or not, and the characters between
    /// them. The tokens are sorted by start, then by length.
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

    /// Writes the tokens of [`Segmenter::cut_all`] to `tokens`, which are cleared first.
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

    /// Returns the tokens for a search index: the tokens of [`Segmenter::cut`], all dictionary
    /// words among them, and the parts of compounds such as `well-known`. See
    /// [`Segmenter::search_tokens`] for tokens with positions.
    ///
    /// In the natural profile, dictionary words count wherever they stand, inside tokens or across
    /// their borders. The tokens are sorted by end, then by length, so that ends never go back.
    /// [`Profile::Jieba`] does as jieba does: before each token come its words of two characters,
    /// then those of three. Longer ones are left out.
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

    /// Returns the tokens that [`Segmenter::cut_for_search`] returns in the natural profile, sorted
    /// by start, the longer of equals first. The tokens have positions, so that an index finds a
    /// phrase whether a text has it as one word or as several. Tokens without a letter, a digit or
    /// an ideograph are left out.
    ///
    /// To search for a phrase, take the query's tokens that contain no other token. Look for each
    /// at its distance from the first. Leave out a token that overlaps its neighbours if these
    /// adjoin. A single character is a token only where the text was cut so.
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

    /// Writes the tokens of [`Segmenter::cut_for_search`] to `tokens`, which are cleared first.
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

    /// Cuts as [`Segmenter::cut`] does, and adds each token's part of speech. It comes from the
    /// dictionary, or else is the one that the tag model finds most probable.
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

    /// Writes the tokens of [`Segmenter::tag`] to `tagged`, which are cleared first.
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

    /// Returns a token with its part of speech. The token may come from any method of this
    /// segmenter.
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

    pub(super) fn cutter(&self, mode: Mode) -> Cutter<'_> {
        Cutter { segmenter: self, mode, hmm: self.hmm }
    }

    /// Returns the source of the parts of speech of this segmenter's tokens.
    pub(crate) fn tags(&self) -> TagSource<'_> {
        let of_words = self.dictionary.tags(self.profile == Profile::Natural);
        TagSource { of_words, segmenter: self }
    }
}
