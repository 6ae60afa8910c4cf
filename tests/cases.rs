//! Cases that users of other segmenters have reported, one a line, and similar cases.

use fenci::dictionary::UserWords;
use fenci::keyword::Method;
use fenci::segment::{Entity, Origin};
use fenci::{Dictionary, Extractor, Profile, Segmenter};

fn with_words(words: &[&str]) -> Segmenter {
    let words = UserWords::from_words(words).unwrap();
    Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words).unwrap()).build()
}

fn cut<'t>(segmenter: &Segmenter, text: &'t str) -> Vec<&'t str> {
    let tokens: Vec<&str> = segmenter.cut(text).map(|token| token.text()).collect();
    assert_eq!(tokens.concat(), text);
    tokens
}

/// Each case: words of users, a text, and tokens that the text must have, with and without the HMM.
#[test]
fn words_of_users_of_any_characters_are_one_token() {
    for (words, text, tokens) in [
        (&["田-女士"][..], "市民田-女士急匆匆来到", &["田-女士"][..]),
        (&["大黄䓬虫"], "这是大黄䓬虫的幼虫", &["大黄䓬虫"]),
        (&["𠮷野家"], "他在𠮷野家吃饭", &["𠮷野家"]),
        (&["Ⅰ段"], "完成Ⅰ段", &["Ⅰ段"]),
        (&["[捂脸]"], "[捂脸][doge]哈哈哈", &["[捂脸]"]),
        (&["[捂脸]", "[doge]"], "[捂脸][doge]哈哈哈", &["[捂脸]", "[doge]"]),
        (&["Edu Trust认证"], "获得Edu Trust认证的学校", &["Edu Trust认证"]),
        (&["(笑)", "C&A"], "他说(笑)，去C&A买衣服", &["(笑)", "C&A"]),
        (&["arni"], "learning", &["learning"]),
        (&["arni"], "深度learning很有趣", &["learning"]),
        (&["w底"], "wow底出现了", &["wow"]),
        (&["5g"], "5G前景一片光明", &["5G", "前景"]),
        (&["5g"], "５Ｇ前景一片光明", &["５Ｇ", "前景"]),
    ] {
        for hmm in [true, false] {
            let segmenter = with_words(words).with_hmm(hmm);
            let found = cut(&segmenter, text);
            for token in tokens {
                assert!(found.contains(token), "{text}: {token} in {found:?}");
            }
        }
    }
    let segmenter = with_words(&["5g"]);
    assert!(segmenter.cut("5G前景").next().unwrap().word_id().is_some());
}

#[test]
fn what_is_no_word_is_whole() {
    let segmenter = Segmenter::new();
    for (text, tokens) in [
        ("今天天气很好，🙋 我们去郊游。", &["🙋", " ", "郊游"][..]),
        ("👨‍👩‍👧‍👦", &["👨‍👩‍👧‍👦"]),
        ("你好吗にほんごРусский язык我很好", &["にほんご", "Русский", "язык"]),
        ("女性员工23,876人，占比23.4%", &["23,876", "23.4%"]),
        ("2017年10月5日或2017-10-03或12:21", &["2017", "2017-10-03", "12:21"]),
        (
            "见http://example.com/a?b=1或写信给me@example.com，用C++、C#，在AT&T，3.14",
            &["http://example.com/a?b=1", "me@example.com", "C++", "C#", "AT&T", "3.14"],
        ),
        ("作者：刘俊\u{3000}（来源：广州日报）", &["\u{3000}", "来源"]),
        ("@人民日报：#新年快乐#大家好", &["@人民日报", "#新年快乐#", "大家"]),
        ("下载report.pdf和v1.2.3，约30km", &["report.pdf", "v1.2.3", "30", "km"]),
        ("café里的don’t和well-known", &["café", "don’t", "well-known"]),
    ] {
        for hmm in [true, false] {
            let found = cut(&segmenter.with_hmm(hmm), text);
            for token in tokens {
                assert!(found.contains(token), "{text}: {token} in {found:?}");
            }
        }
    }
    let dates = Segmenter::builder().entity(Entity::HanDate, true).build();
    assert_eq!(cut(&dates, "2017年10月5日或2017-10-03"), ["2017年10月5日", "或", "2017-10-03"]);
}

/// Texts that could make a segmenter hang or lose characters.
#[test]
fn hostile_text_ends_and_is_whole() {
    let segmenter = Segmenter::new();
    let line = "软银\u{200b}集团\u{feff}的\u{301}\u{302}项目\0".repeat(10_000);
    cut(&segmenter, &line);
    let marks = ["@a", "#b#", "1:", "a&", "a+", "a.", "//", "@@", "##", "一"];
    for mark in marks {
        cut(&segmenter, &mark.repeat(100_000));
    }
    let long = if cfg!(debug_assertions) { 100_000 } else { 10 << 20 };
    cut(&segmenter, &"我们去郊游".repeat(long / 15));
}

#[test]
fn removed_words_stay_away_and_others_do_not() {
    let mut words = UserWords::new();
    words.never_join("很赞").unwrap().never_join("热到").unwrap();
    let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words).unwrap()).build();
    assert_eq!(cut(&segmenter, "手机样式很赞"), ["手机", "样式", "很", "赞"]);
    assert_eq!(cut(&segmenter, "热锅上的蚂蚁"), cut(&Segmenter::new(), "热锅上的蚂蚁"));
    let mut words = UserWords::from_words(["热锅"]).unwrap();
    words.never_join("热到").unwrap();
    let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words).unwrap()).build();
    assert_eq!(cut(&segmenter, "热锅")[0], "热锅");
}

#[test]
fn a_word_with_a_low_frequency_does_no_harm() {
    let mut words = UserWords::new();
    words.parse("云南 1 ns\n").unwrap();
    let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words).unwrap()).build();
    for text in ["云南旅游", "云南的旅游", "去云南旅游"] {
        assert_eq!(cut(&segmenter, text), cut(&Segmenter::new(), text));
    }
}

#[test]
fn unrelated_words_change_nothing() {
    let text = include_str!("../benches/articles/finance.txt");
    let segmenter = with_words(&["[捂脸]", "田-女士", "江大桥长", "甲乙丙丁戊"]);
    assert!(segmenter.cut(text).map(|token| token.range()).eq(Segmenter::new().cut(text).map(|token| token.range())));
}

#[test]
fn cut_and_tag_agree() {
    let segmenter = Segmenter::new();
    for text in ["他来到了网易杭研大厦", include_str!("../benches/articles/stargate.txt")] {
        assert!(segmenter.cut(text).eq(segmenter.tag(text).map(|tagged| tagged.token())));
    }
}

#[test]
fn search_finds_parts_and_wholes_in_order() {
    let segmenter = Segmenter::new();
    let words: Vec<&str> = segmenter.cut_for_search("中国农业发展银行").map(|token| token.text()).collect();
    for word in ["中国", "农业", "发展", "银行"] {
        assert!(words.contains(&word), "{word} in {words:?}");
    }
    let whole = with_words(&["中国农业发展银行"]);
    let words: Vec<&str> = whole.cut_for_search("中国农业发展银行").map(|token| token.text()).collect();
    for word in ["中国", "农业", "发展", "银行", "中国农业发展银行"] {
        assert!(words.contains(&word), "{word} in {words:?}");
    }
    for text in ["黎明前的黑暗", "中国农业发展银行", "李萍进了中等技术学校"] {
        let ends: Vec<usize> = segmenter.cut_for_search(text).map(|token| token.end()).collect();
        assert!(ends.is_sorted(), "{ends:?}");
        let starts: Vec<usize> = segmenter.search_tokens(text).map(|token| token.token().start()).collect();
        assert!(starts.is_sorted(), "{starts:?}");
    }
    // Every token of the query is in the text, at the same distances.
    let place = |text: &str| -> Vec<(String, usize)> {
        segmenter.search_tokens(text).map(|token| (token.text().to_owned(), token.position())).collect()
    };
    for (text, query) in [("李萍进了中等技术学校", "技术学校"), ("在中国农业发展银行工作", "中国农业发展银行")]
    {
        let (text, query) = (place(text), place(query));
        let at = text.iter().find(|(word, _)| *word == query[0].0).unwrap().1 - query[0].1;
        let stands = |(word, position): &(String, usize)| text.contains(&(word.clone(), position + at));
        assert!(query.iter().all(stands), "{query:?} {text:?}");
    }
}

#[test]
fn keywords_are_prefixes_of_longer_lists_and_keep_to_lengths() {
    let segmenter = Segmenter::new();
    let text = include_str!("../benches/articles/finance.txt");
    for method in [Method::Phrases, Method::TfIdf, Method::TextRank] {
        let extractor = Extractor::builder().method(method).min_chars(2).build();
        let texts = |k: usize| -> Vec<String> {
            extractor.extract(&segmenter, text, k).iter().map(|keyword| keyword.text().to_owned()).collect()
        };
        for k in 1..10 {
            assert_eq!(texts(k)[..], texts(k + 1)[..k], "{method:?}");
        }
        assert!(texts(50).iter().all(|word| word.chars().count() >= 2), "{method:?}");
    }
}

#[test]
fn phrases_are_stretches_of_the_text_and_do_not_overlap() {
    let text = "软银集团和甲骨文公司";
    let keywords = Extractor::new().extract(&Segmenter::new(), text, 10);
    let mut ranges: Vec<_> = keywords.iter().flat_map(|keyword| keyword.places().to_vec()).collect();
    ranges.sort_by_key(|range| range.start);
    assert!(!ranges.is_empty() && ranges.windows(2).all(|pair| pair[0].end <= pair[1].start), "{ranges:?}");
    for keyword in &keywords {
        assert!(keyword.places().iter().all(|range| &text[range.clone()] == keyword.text()));
    }
}

#[test]
fn user_dictionaries_are_read_as_people_write_them() {
    let mut words = UserWords::new();
    words.parse("\u{feff}星际之门 300 nz\r\n\r\n# 注释\r\n软银集团\r\n甲骨文云 5\r\n孙正义 nr\r\n").unwrap();
    let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words).unwrap()).build();
    assert_eq!(cut(&segmenter, "星际之门软银集团"), ["星际之门", "软银集团"]);
    let error = UserWords::new().parse("一号词\n二号词 3\n\n\n\n六号词 nz\n七号词 3x nz\n").unwrap_err();
    assert_eq!(error.line(), Some(7), "{error}");
}

/// jieba's tokens are not always the tokens that a reader expects. `Profile::Jieba` keeps them.
#[test]
fn the_profile_of_jieba_keeps_to_jieba() {
    let segmenter = Segmenter::builder().profile(Profile::Jieba).build();
    assert_eq!(cut(&segmenter, "12:21")[0], "12");
}

/// Each text begins like an entity that never ends. It is scanned once.
#[test]
fn runs_without_an_end_take_linear_time() {
    let with_han = Segmenter::builder().entity(Entity::HanDate, true).entity(Entity::HanNumber, true).build();
    let jieba = Segmenter::builder().profile(Profile::Jieba).build();
    for piece in [
        "一",
        "十",
        "百",
        "一点",
        "@a",
        "@-",
        "#一",
        "1.",
        "1:",
        "a.",
        "a&",
        "12:21\u{301}",
        "10:30-",
        "2025-03-12-",
        "http://",
        "a://",
        "www.a/",
        "a.cn/",
        "a://((",
        "#a@",
        "-@中",
        "1.a-",
        "１．",
        "1\u{fe0f}\u{20e3}",
        "5kg/",
        "é'",
    ] {
        for end in ["-", "\u{301}", "\u{200d}", "a\u{fe0f}"] {
            let text = format!("中{}{}", piece.repeat(100_000 / piece.len()), end.repeat(1_000));
            for segmenter in [&with_han, &jieba] {
                assert_eq!(segmenter.cut(&text).map(|token| token.text().len()).sum::<usize>(), text.len(), "{piece}");
                assert!(segmenter.cut_all(&text).chain(segmenter.cut_for_search(&text)).count() > 0, "{piece}");
                assert!(segmenter.tag(&text).count() > 0, "{piece}");
            }
        }
    }
}

#[test]
fn words_that_a_model_has_made_say_so_however_long() {
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/../benches/articles");
    let mut text = "文章基于玉希莫勒盖隧道工程，以卵磷脂和泊洛沙姆为稳定剂".to_owned();
    for name in ["culture", "science", "stargate"] {
        text += &std::fs::read_to_string(format!("{articles}/{name}.txt")).unwrap();
    }
    let is_han = |c: char| ('\u{4E00}'..='\u{9FD5}').contains(&c);
    for (profile, finder) in [(Profile::Jieba, Origin::Hmm), (Profile::Natural, Origin::Model)] {
        let segmenter = Segmenter::builder().profile(profile).build();
        let mut longest = 0;
        for token in segmenter.cut(&text).filter(|token| token.text().chars().all(is_han)) {
            let chars = token.text().chars().count();
            let is_new = chars > 1 && token.word_id().is_none();
            assert_eq!(token.origin() == finder, is_new, "{token:?}");
            longest = longest.max(if is_new { chars } else { 0 });
        }
        assert!(longest > 4, "no word is longer than those that lie in arrays");
    }
}
