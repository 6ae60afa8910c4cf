//! Words that are never keywords.

use std::sync::LazyLock;

use foldhash::{HashSet, HashSetExt};

use crate::text::codes::are_common;

/// A set of words that are never keywords, compared without regard to case.
///
/// ```
/// use fenci::keyword::StopWords;
///
/// let mut words = StopWords::default();
/// words.insert("小编");
/// assert!(words.contains("小编") && words.contains("The"));
/// words.remove("the");
/// assert!(!words.contains("The"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct StopWords(HashSet<String>);

impl Default for StopWords {
    /// Returns Chinese and English function words, and words of reports (据悉, 本院, 多数) and of
    /// bylines (新华社). Extractors compare Traditional words in their Simplified form, too.
    fn default() -> StopWords {
        let mut words = StopWords::jieba();
        [CHINESE, REPORTING, PRESS, ENGLISH].iter().for_each(|list| words.extend(list.split_whitespace()));
        words
    }
}

impl StopWords {
    /// Returns an empty set.
    ///
    /// ```
    /// # use fenci::keyword::StopWords;
    /// assert!(!StopWords::none().contains("我们"));
    /// ```
    pub fn none() -> StopWords {
        StopWords(HashSet::new())
    }

    /// Returns the 31 English words that jieba leaves out.
    ///
    /// ```
    /// # use fenci::keyword::StopWords;
    /// assert!(StopWords::jieba().contains("the") && !StopWords::jieba().contains("我们"));
    /// ```
    pub fn jieba() -> StopWords {
        JIEBA.split_whitespace().collect()
    }

    /// Returns the words of `text`, which has one word a line. Trims white space, and ignores a
    /// byte order mark, `\r` and empty lines.
    ///
    /// ```
    /// use fenci::keyword::StopWords;
    ///
    /// let mut words = StopWords::default();
    /// words.extend(StopWords::parse("小编\r\n\r\n记者获悉\n"));
    /// assert!(words.contains("小编") && words.contains("记者获悉"));
    /// ```
    pub fn parse(text: &str) -> StopWords {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        text.lines().map(str::trim).filter(|word| !word.is_empty()).collect()
    }

    /// Adds a word.
    ///
    /// ```
    /// # use fenci::keyword::StopWords;
    /// let mut stop_words = StopWords::default();
    /// stop_words.insert("记者");
    /// assert!(stop_words.contains("记者"));
    /// ```
    pub fn insert(&mut self, word: impl Into<String>) {
        self.0.insert(word.into());
    }

    /// Removes a word. Returns `true` if the set had it.
    ///
    /// ```
    /// # use fenci::keyword::StopWords;
    /// let mut stop_words = StopWords::default();
    /// assert!(stop_words.remove("我们") && !stop_words.contains("我们"));
    /// ```
    pub fn remove(&mut self, word: &str) -> bool {
        self.0.remove(word)
    }

    /// Returns the words that are not in the default list.
    pub(super) fn added(&self) -> Vec<String> {
        static DEFAULT: LazyLock<StopWords> = LazyLock::new(StopWords::default);
        self.0.iter().filter(|word| !DEFAULT.0.contains(*word)).cloned().collect()
    }

    /// Returns `true` if `word` or its lower-case form is in the set.
    ///
    /// ```
    /// # use fenci::keyword::StopWords;
    /// assert!(StopWords::default().contains("我们") && !StopWords::default().contains("软银"));
    /// ```
    pub fn contains(&self, word: &str) -> bool {
        let has_case = || !are_common(word) && word.contains(char::is_uppercase);
        self.0.contains(word) || has_case() && self.0.contains(&word.to_lowercase())
    }

    /// Returns `true` if the set has `word` itself, which suffices for a word without case.
    pub(super) fn contains_exactly(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

impl IntoIterator for StopWords {
    type Item = String;
    type IntoIter = std::collections::hash_set::IntoIter<String>;

    /// Returns the words in arbitrary order.
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<S: Into<String>> FromIterator<S> for StopWords {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> StopWords {
        StopWords(words.into_iter().map(Into::into).collect())
    }
}

impl<S: Into<String>> Extend<S> for StopWords {
    fn extend<I: IntoIterator<Item = S>>(&mut self, words: I) {
        self.0.extend(words.into_iter().map(Into::into));
    }
}

/// The words of jieba's own `STOP_WORDS`.
const JIEBA: &str = "the of is and to in that we for an are by be as on with can if from which you it this then at \
                     have all not one has or";

const ENGLISH: &str = "a about after also am any been before being but could did do does each had he her him his how \
                       i into its just me more most my no nor now only other our out over own s same she should so \
                       some such than their them there these they those through too under until up us very was were \
                       what when where while who whom why will would your";

const CHINESE: &str = "
    我们 你们 他们 她们 它们 咱们 大家 自己 本人 人们 我們 你們 他們 她們 它們 咱們 人們
    这个 那个 这些 那些 这样 那样 这种 那种 这里 那里 这儿 那儿 这么 那么 如此 这一 这次 此次 其中 其他 其它 其余 各自 各种
    這個 那個 這些 這樣 那樣 這種 那種 這裡 這裏 那裡 那裏 這麼 那麼 這一 這次 其餘 各種
    什么 怎么 怎样 为何 如何 哪些 哪个 多少 几个 是否 什麼 怎麼 怎樣 為何 哪個 幾個
    为什么 怎么办 怎么样 什么样 哪里 哪儿 哪位 哪种 谁 多久 几时 何时 何处 何种 何必 何况 難道 难道
    一个 一些 一种 一样 一般 一定 一直 一起 一切 一方面 一下 一次 一是 二是 三是 一個 一種 一樣 許多 许多 不少 很多 有些 有的 部分
    不是 没有 不会 不能 不要 不同 不再 不仅 不但 不过 不得 不必 不断 沒有 不會 不僅 不過 不斷 未能
    就是 还是 只是 也是 而是 都是 正是 还有 只有 所有 具有 还要 就要 還是 還有 還要 才能 才是
    因为 所以 因此 由于 于是 从而 但是 然而 可是 而且 并且 以及 或者 还能 甚至 虽然 尽管 即使 如果 只要 只有 无论 除了 此外 另外 同时
    因為 由於 於是 從而 並且 雖然 儘管 無論 同時
    关于 对于 至于 根据 按照 通过 随着 为了 作为 以来 以后 以前 之后 之前 之间 之一 以上 以下 以外 左右 其实 比如 例如 尤其 特别
    關於 對於 至於 根據 通過 隨著 為了 作為 以來 以後 之後 之間 其實 特別
    可以 可能 能够 应该 应当 需要 必须 已经 正在 曾经 将会 可能会 能夠 應該 應當 必須 已經 曾經 將會 將在
    非常 十分 更加 最为 比较 相当 几乎 大约 仅仅 非但 比較 相當 幾乎 大約 僅僅
    过去 后来 如今 本来 刚才 眼前 当下 平时 同年 今后 当前 当初 以往 平日 眼下 当今 天天 过后 事后 日后 先前 昔日 近来 从前 明明
    近期 现今 年间 近年 后期 现阶段 近些年 不久前 先后 下去 过来 上来 上去 前来 前往 前去 往来 往前 上年 上次 下次 早日 将近 如下 日晚
    目前 当时 现在 今天 昨天 明天 今年 去年 明年 近日 日前 此前 此后 随后 最近 近年来 當時 現在 此後 隨後 近年來
    表示 认为 指出 介绍 称 说 成为 进行 使用 包括 属于 来自 得到 看到 认识 開始 开始 起来 出来 下来 認為 介紹 成為 進行 屬於 來自 起來 出來
";

/// Verbs that report; words that point to the writer, the reader or their places; words of time and
/// amount that no number precedes.
const REPORTING: &str = "
    探讨 论述 阐述 阐明 论证 评述 概述 讲述 陈述 揭示 给出 得出 提出 表明 透露 坦言 直言 宣布 告诉
    告知 获悉 据悉 呼吁 提及 提到 谈到 讲到 说到 写道 声称 宣称 自称 据称 询问 浅析 浅谈 探析 试论
    本院 我院 本市 我市 本省 我省 本县 我县 我国 我校 本校 本公司 我公司 我方 我司 本报 本台 本网
    本站 本书 本文 该院 该校 该局 该市 该省 该县 该区 该公司 当地 各地 各界 笔者
    一度 一边 每次 每天 每年 每月 每周 每日 每个 每位 工作日 休息日 双休日 节假日 期间 同期 时候
    时刻 上旬 中旬 下旬 上半场 下半场 当年 当月 多年 数年 数月 数日 数天 数百 数千 数万 上百 上千
    上万 近万 百余 千余 大量 少量 大批 一批 若干 多种 多个 多次 多数 少数 大多数 绝大多数 半数 过半
    人次 同比 环比
";

/// News agencies, sites and newspapers, which bylines name, and words of bylines.
const PRESS: &str = "
    新华社 中新社 中央社 法新社 路透社 美联社 人民网 新华网 中新网 央视网 央广网 中广网 光明网
    中青网 环球网 新浪网 搜狐网 凤凰网 腾讯网 东方网 南方网 千龙网 新民网 大洋网 财经网 和讯网
    中财网 天极网 台湾网 人民日报 光明日报 经济日报 中国青年报 环球时报 新京报 北京青年报 广州日报
    羊城晚报 扬子晚报 新民晚报 解放日报 中国时报 联合报 自由时报 本报讯 日讯 电讯 快讯 简讯 日电
";
