//! Words of users, over a dictionary.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::common::articles;
use arc_swap::ArcSwap;
use fenci::dictionary::{Tag, UserWords};
use fenci::segment::Origin;
use fenci::{Dictionary, Profile, Segmenter};
use proptest::prelude::*;

fn segmenter(words: &UserWords) -> Segmenter {
    Segmenter::builder().dictionary(Dictionary::embedded().with_words(words).unwrap()).build()
}

fn words<'t>(segmenter: &Segmenter, text: &'t str) -> Vec<&'t str> {
    segmenter.cut(text).map(|token| token.text()).collect()
}

fn cut<'t>(added: &[&str], text: &'t str) -> Vec<&'t str> {
    words(&segmenter(&UserWords::from_words(added).unwrap()), text)
}

fn articles_together() -> String {
    articles().into_iter().map(|(_, text)| text).collect()
}

#[test]
fn words_may_hold_any_character() {
    assert_eq!(cut(&["田-女士"], "市民田-女士急匆匆来到"), ["市民", "田-女士", "急", "匆匆", "来到"]);
    assert_eq!(cut(&["大黄䓬虫"], "发现大黄䓬虫了"), ["发现", "大黄䓬虫", "了"]);
    assert_eq!(cut(&["Ⅰ段"], "完成Ⅰ段"), ["完成", "Ⅰ段"]);
    assert_eq!(cut(&["[捂脸]"], "[捂脸][doge]哈哈哈"), ["[捂脸]", "[", "doge", "]", "哈哈哈"]);
    assert_eq!(cut(&["Edu Trust认证"], "通过Edu Trust认证了"), ["通过", "Edu Trust认证", "了"]);
    assert_eq!(cut(&["𠮷野家", "𮭡"], "去𠮷野家吃𮭡"), ["去", "𠮷野家", "吃", "𮭡"]);
    assert_eq!(cut(&["5g"], "5G前景一片光明"), ["5G", "前景", "一", "片", "光明"]);
    assert_eq!(cut(&["5g"], "５Ｇ前景"), ["５Ｇ", "前景"]);
    assert_eq!(cut(&["q版"], "Q版ｑ版"), ["Q版", "ｑ版"]);
    assert_eq!(cut(&["［好］"], "[好]的［好］"), ["[好]", "的", "［好］"]);
    assert_eq!(cut(&["软银愿景"], "軟銀願景投资"), ["軟銀願景", "投资"]);
}

#[test]
fn a_word_never_cuts_a_latin_word_in_two() {
    assert_eq!(cut(&["arni"], "learning"), ["learning"]);
    assert_eq!(cut(&["w底"], "wow底出现了")[0], "wow");
    assert_eq!(cut(&["arni"], "我是arni"), ["我", "是", "arni"]);
}

#[test]
fn a_word_with_a_low_frequency_is_no_worse_than_none() {
    for (frequency, text) in [(1, "云南旅游"), (0, "云南旅游"), (1, "他来到了网易杭研大厦")] {
        let mut added = UserWords::new();
        added.add_with("云南", Some(frequency), None).unwrap();
        added.add_with("杭研", Some(frequency), None).unwrap();
        assert_eq!(words(&segmenter(&added), text), words(&Segmenter::new(), text));
    }
}

#[test]
fn longer_words_come_out_in_whatever_order_they_are_added() {
    for added in [["数据湖仓", "湖仓"], ["湖仓", "数据湖仓"]] {
        assert_eq!(cut(&added, "建设数据湖仓和湖仓"), ["建设", "数据湖仓", "和", "湖仓"]);
    }
}

#[test]
fn what_is_never_to_be_joined_is_not() {
    let mut no = UserWords::new();
    no.never_join("很赞").unwrap().never_join("热到").unwrap();
    assert_eq!(words(&segmenter(&no), "手机样式很赞"), ["手机", "样式", "很", "赞"]);
    assert_eq!(words(&segmenter(&no), "手機樣式很讚"), ["手機", "樣式", "很", "讚"]);
    assert!(words(&segmenter(&no), "热锅上").contains(&"热锅"));
    // Words of the dictionary, in both profiles and in search and full mode.
    no.never_join("分词").unwrap().never_join("中国科学院").unwrap();
    let dictionary = Dictionary::embedded().with_words(&no).unwrap();
    assert_eq!((dictionary.get("分词"), dictionary.len()), (None, Dictionary::embedded().len() - 2));
    for profile in [Profile::Natural, Profile::Jieba] {
        let segmenter = Segmenter::builder().profile(profile).dictionary(dictionary.clone()).build();
        for text in ["分词", "他用分词了", "在中国科学院工作"] {
            for tokens in [segmenter.cut(text), segmenter.cut_for_search(text), segmenter.cut_all(text)] {
                let words: Vec<&str> = tokens.map(|token| token.text()).collect();
                assert!(!words.contains(&"分词") && !words.contains(&"中国科学院"), "{words:?}");
            }
        }
    }
    // A word that was taken out comes back when its removal is forgotten.
    assert!(no.forget("分词") && !no.forget("分词"));
    assert_eq!(words(&segmenter(&no), "分词"), ["分词"]);
}

#[test]
fn numbers_with_han_characters_obey_users() {
    let mut said = UserWords::new();
    said.never_join("20万").unwrap().add("第6章").unwrap().add("多名").unwrap().force("亿元").unwrap();
    let segmenter = segmenter(&said);
    assert_eq!(words(&segmenter, "20万人"), ["20", "万", "人"]);
    assert_eq!(words(&segmenter, "第6章和第7章"), ["第6章", "和", "第7", "章"]);
    assert_eq!(words(&segmenter, "500多名学生"), ["500", "多名", "学生"]);
    assert_eq!(words(&segmenter, "3亿元"), ["3", "亿元"]);
}

#[test]
fn what_is_to_be_split_is_split() {
    let mut said = UserWords::new();
    said.split("今天天气", &["今天", "天气"]).unwrap().split("中将", &["中", "将"]).unwrap();
    said.split("人工智能研究院", &["人工", "智能研究", "院"]).unwrap();
    let segmenter = segmenter(&said);
    assert_eq!(words(&segmenter, "如果放到post中将出错。"), ["如果", "放到", "post", "中", "将", "出错", "。"]);
    assert_eq!(words(&segmenter, "今天天气很好"), ["今天", "天气", "很", "好"]);
    assert_eq!(words(&segmenter, "在人工智能研究院里"), ["在", "人工", "智能研究", "院", "里"]);
    assert_eq!(segmenter.dictionary().get("中将"), None);
    let jieba = Segmenter::builder().profile(Profile::Jieba).dictionary(segmenter.dictionary().clone()).build();
    assert_eq!(words(&jieba, "如果放到post中将出错。"), ["如果", "放到", "post", "中", "将", "出错", "。"]);
    assert!(said.split("今天天气", &["今天", "天"]).is_err());
    assert!(said.split("今天天气", &["今天天气"]).is_err());
    assert!(said.split("今天天气", &["", "今天天气"]).is_err());
}

#[test]
fn what_is_forced_is_one_token_wherever_it_stands() {
    let mut forced = UserWords::new();
    forced.force("京市长").unwrap().force("大桥上的人").unwrap();
    let segmenter = segmenter(&forced);
    assert_eq!(words(&segmenter, "南京市长江大桥上的人"), ["南", "京市长", "江", "大桥上的人"]);
    // Runs before and after are cut as without the forced word. The text is one batch, so that the
    // model sees the same characters around each character.
    let text: String = articles_together().chars().take(300).collect();
    let around = format!("{text}，京市长，{text}");
    let tokens: Vec<&str> = words(&segmenter, &around);
    let before = words(&Segmenter::new(), &text);
    // The model sees two characters on either side.
    let inner = 5..before.len() - 5;
    assert_eq!(tokens[inner.clone()], before[inner.clone()]);
    assert_eq!(tokens[tokens.len() - before.len()..][inner.clone()], before[inner]);
}

/// Scores of forced words are so large that rounding them loses the difference between other ways.
#[test]
fn a_forced_word_changes_no_run_before_it() {
    let lines = "甲 1000000000\n丙 1000000000\n甲乙 1000000000000\n乙丙 1000000000001\n丁 5\n戊 5\n";
    let base = Dictionary::builder().parse(lines).unwrap().build().unwrap();
    let mut forced = UserWords::new();
    forced.force("丁戊").unwrap();
    let segmenter = Segmenter::builder().dictionary(base.with_words(&forced).unwrap()).hmm(false).build();
    assert_eq!(words(&segmenter, "甲乙丙"), ["甲", "乙丙"]);
    assert_eq!(words(&segmenter, "甲乙丙，丁戊"), ["甲", "乙丙", "，", "丁戊"]);
}

#[test]
fn intents_hold_over_a_dictionary_of_very_many_frequencies() {
    let chars: Vec<char> = ('\u{4E00}'..).take(300).collect();
    let mut builder = Dictionary::builder().word("天气", 1, Tag::default()).unwrap();
    for number in 0..70_000u64 {
        let word: String = [chars[number as usize / 300], chars[number as usize % 300]].iter().collect();
        builder = builder.word(&word, number * 7 + 2, Tag::default()).unwrap();
    }
    let mut said = UserWords::new();
    said.force("今天天气").unwrap().never_join("天气").unwrap().split("一丁上", &["一", "丁上"]).unwrap();
    said.prefer("天晴").unwrap().add_with("晴朗", Some(123_456_789), None).unwrap();
    let dictionary = builder.build().unwrap().with_words(&said).unwrap();
    let again = Dictionary::from_bytes(dictionary.to_bytes().into_owned()).unwrap();
    for dictionary in [dictionary, again] {
        let segmenter = Segmenter::builder().dictionary(dictionary).hmm(false).build();
        assert_eq!(words(&segmenter, "今天天气，天晴，晴朗"), ["今天天气", "，", "天晴", "，", "晴朗"]);
        assert_eq!(words(&segmenter, "天气，一丁上"), ["天", "气", "，", "一", "丁上"]);
    }
}

/// The size of a few words does not depend on the dictionary below them.
#[test]
fn a_file_of_few_words_is_small() {
    let few = UserWords::from_words(["星际之门", "田-女士", "[捂脸]", "大黄䓬虫", "Louis Vuitton"]).unwrap();
    let base = Dictionary::embedded();
    let bytes = base.with_words(&few).unwrap().to_bytes().len() - base.to_bytes().len();
    assert!(bytes < 2048, "{bytes}");
}

#[test]
fn a_character_may_be_a_word_of_any_frequency() {
    let base = Dictionary::builder().parse("甲 50\n甲乙 9\n乙 20\n丙 7\n").unwrap().build().unwrap();
    let mut said = UserWords::new();
    said.set_frequency("甲", 0).unwrap().add("☆").unwrap().prefer("乙").unwrap().add("𠮷").unwrap();
    let dictionary = base.with_words(&said).unwrap();
    let segmenter = Segmenter::builder().dictionary(dictionary.clone()).hmm(false).build();
    assert_eq!(words(&segmenter, "甲乙"), ["甲乙"]);
    assert_eq!(words(&segmenter, "甲丙☆𠮷丙"), ["甲", "丙", "☆", "𠮷", "丙"]);
    for word in ["☆", "𠮷", "乙"] {
        let token = segmenter.cut(word).next().unwrap();
        assert_eq!(token.word_id(), dictionary.get(word).map(|entry| entry.id), "{word}");
    }
}

#[test]
fn a_preferred_word_wins_over_its_parts() {
    let mut preferred = UserWords::new();
    preferred.prefer("的人工").unwrap();
    assert_eq!(words(&segmenter(&preferred), "他的人工作"), ["他", "的人工", "作"]);
    assert!(!words(&Segmenter::new(), "他的人工作").contains(&"的人工"));
}

#[test]
fn frequencies_and_tags_are_as_said_and_totals_right() {
    let base = Dictionary::embedded();
    let mut said = UserWords::new();
    said.set_frequency("台中", 69).unwrap().add_with("中国", None, Some(Tag::new("x9").unwrap())).unwrap();
    said.add_with("云计算中心", Some(5000), Some(Tag::new("nz").unwrap())).unwrap().add("凱特琳").unwrap();
    let dictionary = base.with_words(&said).unwrap();
    let get = |word: &str| dictionary.get(word).unwrap();
    assert_eq!(get("台中").frequency, 69);
    assert_eq!((get("中国").frequency, get("中国").tag.as_str()), (base.get("中国").unwrap().frequency, "x9"));
    assert_eq!((get("云计算中心").frequency, get("云计算中心").tag.as_str()), (5000, "nz"));
    assert_eq!(get("的"), base.get("的").unwrap());
    let old = base.get("台中").map_or(0, |entry| entry.frequency);
    let new = get("凱特琳").frequency;
    assert_eq!(dictionary.total_frequency(), base.total_frequency() - old + 69 + 5000 + new);
    assert_eq!(dictionary.len(), base.len() + 2 + usize::from(old == 0));
    for word in ["台中", "中国", "云计算中心", "凱特琳", "的"] {
        assert_eq!(dictionary.entry(get(word).id), Some(get(word)));
        let segmenter = Segmenter::builder().dictionary(dictionary.clone()).build();
        let token = segmenter.cut(word).next().unwrap();
        assert_eq!((token.word_id(), token.origin()), (Some(get(word).id), Origin::Dictionary), "{word}");
    }
    let tagged: Vec<String> =
        Segmenter::builder().dictionary(dictionary).build().tag("中国云计算中心").map(|t| t.to_string()).collect();
    assert_eq!(tagged, ["中国/x9", "云计算中心/nz"]);
}

#[test]
fn what_is_said_later_counts() {
    let mut first = UserWords::new();
    first.never_join("分词").unwrap().add("星际之门").unwrap().force("江大桥").unwrap();
    let mut second = UserWords::new();
    second.add("分词").unwrap().add("甲骨文云").unwrap();
    let both = Dictionary::embedded().with_words(&first).unwrap().with_words(&second).unwrap();
    let segmenter = Segmenter::builder().dictionary(both).build();
    assert_eq!(words(&segmenter, "分词星际之门甲骨文云"), ["分词", "星际之门", "甲骨文云"]);
    assert!(words(&segmenter, "南京市长江大桥").contains(&"江大桥"));
}

#[test]
fn a_file_is_read_or_an_error_names_the_line_and_nothing_is_added() {
    let mut said = UserWords::new();
    said.parse("\u{feff}云计算\r\n\r\n# a comment\r\n李小福 2 nr\r\neasy_install 3 eng\r\nEdu Trust认证\t7\tnz\r\n八一双鹿 nz\r\n").unwrap();
    assert_eq!(said.len(), 5);
    let error = said.parse("好\n一\n二\n三\n四\n五\n台中 1o2 n\n六").unwrap_err();
    assert_eq!((error.line(), said.len()), (Some(7), 5));
    assert!(error.to_string().contains("1o2"), "{error}");
    for bad in ["", " ", "\t5", "a\u{7}b"] {
        assert!(said.add(bad).is_err(), "{bad:?}");
    }
    assert!(said.add(&"长".repeat(256)).is_err());
    assert!(said.force("长").is_err() && said.never_join("长").is_err());
    assert_eq!(said.len(), 5);

    let missing = UserWords::open("no/such/file.txt").unwrap_err().to_string();
    assert!(missing.starts_with("no/such/file.txt: "), "{missing}");
}

#[test]
fn no_words_change_nothing() {
    let text = articles_together();
    let segmenter = segmenter(&UserWords::new());
    assert_eq!(words(&segmenter, &text), words(&Segmenter::new(), &text));
}

#[test]
fn a_word_without_a_tag_gets_one_that_is_guessed() {
    let segmenter = segmenter(&UserWords::from_words(["软银愿景", "5gx", "2035"]).unwrap());
    let tags: Vec<String> = segmenter.tag("软银愿景5GX2035").map(|tagged| tagged.to_string()).collect();
    assert_eq!(tags.len(), 2, "{tags:?}");
    assert!(tags[0].starts_with("软银愿景/") && !tags[0].ends_with('/'), "{tags:?}");
}

/// Readers never stop and never see half of a change: each batch has the tokens of one of the
/// dictionaries.
#[test]
fn dictionaries_are_swapped_while_others_cut() {
    let text = articles_together();
    let versions: Vec<(Segmenter, Vec<String>)> = (0..4)
        .map(|version| {
            let mut words = UserWords::new();
            words.add(["人工智能的", "数据中心的", "公司在", "星际之门项目"][version]).unwrap();
            let segmenter = segmenter(&words);
            let tokens = segmenter.cut(&text).map(|token| token.text().to_owned()).collect();
            (segmenter, tokens)
        })
        .collect();
    let current = ArcSwap::from_pointee(versions[0].0.clone());
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let mut cuts = 0;
                    while !is_done.load(Ordering::Relaxed) || cuts == 0 {
                        let segmenter = current.load_full();
                        let tokens: Vec<&str> = words(&segmenter, &text);
                        assert!(versions.iter().any(|(_, expected)| *expected == tokens));
                        cuts += 1;
                    }
                    cuts
                })
            })
            .collect();
        for turn in 0..if cfg!(debug_assertions) { 20 } else { 150 } {
            current.store(Arc::new(versions[turn % versions.len()].0.clone()));
            // Makes a new dictionary in each turn, while others read.
            let mut new = UserWords::new();
            new.add(&format!("新词{turn}")).unwrap();
            let segmenter = segmenter(&new);
            assert!(words(&segmenter, &format!("这是新词{turn}的")).contains(&&*format!("新词{turn}")));
        }
        is_done.store(true, Ordering::Relaxed);
        assert!(readers.into_iter().all(|reader| reader.join().unwrap() > 0));
    });
}

/// A change to a word.
#[derive(Clone, Debug)]
enum Said {
    Add(Option<u64>),
    Exactly(u64),
    Prefer,
    Force,
    Split,
    NeverJoin,
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        prop::option::of(0u64..3_000_000).prop_map(Said::Add),
        (0u64..3_000_000).prop_map(Said::Exactly),
        Just(Said::Prefer),
        Just(Said::Force),
        Just(Said::Split),
        Just(Said::NeverJoin),
    ]
}

fn say(words: &mut UserWords, word: &str, said: &Said) {
    let first = word.chars().next().map_or(0, char::len_utf8);
    // A word that is blank or too short for the change is an error, and the words stay as they are.
    let _ = match *said {
        Said::Add(frequency) => words.add_with(word, frequency, None).map(|_| ()),
        Said::Exactly(frequency) => words.set_frequency(word, frequency).map(|_| ()),
        Said::Prefer => words.prefer(word).map(|_| ()),
        Said::Force => words.force(word).map(|_| ()),
        Said::Split => words.split(word, &[&word[..first], &word[first..]]).map(|_| ()),
        Said::NeverJoin => words.never_join(word).map(|_| ()),
    };
}

const WORD: &str = "[中国人民大学生活动的一是不䓬𠮷軟银aB5 \\[\\]\\-+Ａ。]{1,6}";
const TEXT: &str = "[中国人民大学生活动的一是不䓬𠮷軟银aB5 \\[\\]\\-+Ａ。，\n]{0,60}";

/// Adds a word of many characters that a small dictionary lacks. In the texts, each of them stands
/// after words of the dictionary.
#[test]
fn characters_that_the_dictionary_does_not_have_are_looked_up_inside_of_it() {
    let base = Dictionary::builder().parse("甲乙 9 n\n乙丙丁 5 n\n丙 3 n\n").unwrap().build().unwrap();
    let new: String = ('\u{5000}'..'\u{50F0}').collect();
    let dictionary = base.with_words(&UserWords::from_words([&new]).unwrap()).unwrap();
    for profile in [Profile::Natural, Profile::Jieba] {
        let segmenter = Segmenter::builder().profile(profile).hmm(false).dictionary(dictionary.clone()).build();
        for c in new.chars() {
            let text = format!("甲{c}甲乙{c}乙丙{c}丙丁{c}");
            let tokens = words(&segmenter, &text);
            assert!(tokens.concat() == text && tokens.contains(&"甲乙"), "{tokens:?}");
        }
        assert_eq!(words(&segmenter, &format!("甲乙{new}")), ["甲乙", &new]);
    }
}

#[test]
fn a_word_more_frequent_than_all_others_together_is_certain() {
    let mut words = UserWords::new();
    words.set_frequency("南京市长", u64::MAX).unwrap().add_with("江大桥", Some(1 << 60), None).unwrap();
    let dictionary = Dictionary::embedded().with_words(&words).unwrap();
    let again = Dictionary::from_bytes(dictionary.to_bytes().into_owned()).unwrap();
    for dictionary in [dictionary, again] {
        assert_eq!(dictionary.get("南京市长").unwrap().frequency, u64::MAX);
        let segmenter = Segmenter::builder().dictionary(dictionary).build();
        assert_eq!(self::words(&segmenter, "南京市长江大桥"), ["南京市长", "江大桥"]);
    }
}

#[test]
fn numbers_of_words_are_below_their_bound() {
    let mut words = UserWords::new();
    words.never_join("分词").unwrap().never_join("中国科学院").unwrap().add("星际之门项目").unwrap();
    let dictionary = Dictionary::embedded().with_words(&words).unwrap();
    let entry = dictionary.get("星际之门项目").unwrap();
    assert!(dictionary.len() < Dictionary::embedded().len());
    assert!(entry.id.index() >= dictionary.len() && entry.id.index() < dictionary.id_bound());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 24 } else { 200 }))]

    /// No change to words loses text, in any mode.
    #[test]
    fn any_words_leave_every_text_whole(
        all in prop::collection::vec((WORD, said()), 0..12), texts in prop::collection::vec(TEXT, 1..4)
    ) {
        let mut words = UserWords::new();
        all.iter().for_each(|(word, said)| say(&mut words, word, said));
        let dictionary = Dictionary::embedded().with_words(&words).unwrap();
        for profile in [Profile::Natural, Profile::Jieba] {
            for hmm in [true, false] {
                let segmenter = Segmenter::builder().profile(profile).dictionary(dictionary.clone()).hmm(hmm).build();
                for text in &texts {
                    let tokens: Vec<&str> = segmenter.cut(text).map(|token| token.text()).collect();
                    prop_assert_eq!(tokens.concat(), text.as_str());
                    for token in segmenter.cut(text).chain(segmenter.cut_for_search(text)).chain(segmenter.cut_all(text)) {
                        prop_assert_eq!(&text[token.range()], token.text());
                        let entry = token.word_id().map(|word| dictionary.entry(word));
                        prop_assert!(entry.is_none_or(|entry| entry.is_some()), "{:?}", token);
                    }
                    let tagged: String = segmenter.tag(text).map(|tagged| tagged.text()).collect();
                    prop_assert_eq!(&tagged, text);
                }
            }
        }
    }

    /// A word that is never to be joined is no token. A forced word that overlaps no other forced
    /// word is one.
    #[test]
    fn intents_hold(word in "[中国人民大学生活动的一是不䓬]{2,6}", text in "[中国人民大学生活动的一是不䓬，]{0,40}") {
        let mut words = UserWords::new();
        words.never_join(&word).unwrap();
        let text = format!("{text}{word}{text}");
        prop_assert!(segmenter(&words).cut(&text).all(|token| token.text() != word));
        words.force(&word).unwrap();
        let text = format!("{}，{}", text.replace(&word, "，"), format_args!("活{word}动"));
        let forced = segmenter(&words).cut(&text).filter(|token| token.text() == word).count();
        prop_assert!(forced >= 1, "{}", text);
    }

    /// Words over a dictionary give the same tokens as a dictionary that contains them.
    #[test]
    fn words_over_a_dictionary_are_as_words_in_it(
        base in prop::collection::btree_map("[甲乙丙丁戊己]{1,5}", 1u64..1000, 5..40),
        mut over in prop::collection::btree_map("[甲乙丙丁戊己庚𠮷]{1,6}", 1u64..1000, 0..20),
        texts in prop::collection::vec("[甲乙丙丁戊己庚辛𠮷，。a]{0,40}", 1..8),
        are_many in any::<bool>(),
    ) {
        if are_many {
            // Enough words to be found together with the dictionary's. No text has them, but they
            // share beginnings with words that texts have.
            let chars = || "甲乙丙丁戊己庚辛壬癸".chars();
            let ends = (0..60).filter_map(|n| char::from_u32(0x5000 + n));
            let more = ends.flat_map(|end| chars().flat_map(move |a| chars().map(move |b| format!("{a}{b}{end}"))));
            over.extend(more.map(|word| (word, 1)));
            prop_assert!(over.len() > 5000);
        }
        // Both dictionaries get the same total: a word that no text has adds the difference.
        let total: u64 = base.values().sum();
        let union: BTreeMap<&String, u64> = base.iter().chain(&over).map(|(word, frequency)| (word, *frequency)).collect();
        let sum: u64 = union.values().sum();
        let tag = Tag::new("n").unwrap();
        let build = |words: &mut dyn Iterator<Item = (&String, u64)>, rest: u64| {
            let mut builder = Dictionary::builder();
            for (word, frequency) in words {
                builder = builder.word(word, frequency, tag).unwrap();
            }
            builder.word("餘", rest, tag).unwrap().build().unwrap()
        };
        let rest = sum.max(total) + 1;
        let whole = build(&mut union.iter().map(|(word, frequency)| (*word, *frequency)), rest - sum);
        let small = build(&mut base.iter().map(|(word, frequency)| (word, *frequency)), rest - total);
        let mut words = UserWords::new();
        over.iter().for_each(|(word, frequency)| _ = words.set_frequency(word, *frequency).unwrap());
        let small = small.with_words(&words).unwrap();
        let again = Dictionary::from_bytes(small.to_bytes().into_owned()).unwrap();
        for profile in [Profile::Natural, Profile::Jieba] {
            let hmm = profile == Profile::Jieba;
            let of = |dictionary: &Dictionary| {
                Segmenter::builder().profile(profile).hmm(hmm).dictionary(dictionary.clone()).build()
            };
            let (whole, small, again) = (of(&whole), of(&small), of(&again));
            for text in &texts {
                let tokens = |segmenter: &Segmenter| {
                    let all = segmenter.cut(text).chain(segmenter.cut_for_search(text)).chain(segmenter.cut_all(text));
                    all.map(|token| (token.range(), token.origin(), token.word_id().is_some())).collect::<Vec<_>>()
                };
                prop_assert_eq!(tokens(&small), tokens(&whole), "{}", text);
                prop_assert_eq!(tokens(&again), tokens(&whole), "{}", text);
            }
        }
    }
}
