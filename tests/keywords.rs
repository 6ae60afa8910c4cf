//! Keywords, by every method.

use crate::common::{NATURAL, any_text, articles};
use fenci::dictionary::Tag;
use fenci::idf::Idf;
use fenci::keyword::{ExtractorBuilder, Method, StopWords};
use fenci::segment::{Term, TermSource};
use fenci::{Extractor, Keyword};
use oracle::keywords::{METHODS, builder, check};
use proptest::prelude::*;

fn texts(keywords: &[Keyword]) -> Vec<&str> {
    keywords.iter().map(Keyword::text).collect()
}

proptest! {
    #[test]
    fn keywords_of_any_text_are_sound(text in any_text()) {
        check(&text);
    }
}

#[test]
fn keywords_of_articles_are_sound() {
    for (_, text) in articles() {
        check(&text);
    }
}

/// A source whose terms lie beyond the end of the text, like one that read another text.
struct Elsewhere;

impl TermSource for Elsewhere {
    fn terms<'t>(&self, text: &'t str, _: bool, terms: &mut Vec<Term<'t>>) {
        terms.push(Term::new("会议", 0));
        terms.extend(text.split(' ').enumerate().map(|(at, word)| Term::new(word, 1000 * at)));
        terms.push(Term::new("软银", 1));
    }
}

#[test]
fn terms_that_are_not_in_the_text_are_left_out() {
    for method in METHODS {
        let keywords = builder(method).build().extract(&Elsewhere, "软银 会议 软银", 9);
        assert_eq!(
            (keywords.len(), keywords[0].text(), keywords[0].places()),
            (1, "软银", std::slice::from_ref(&(0..6))),
            "{method:?}"
        );
    }
}

/// Letter case and width do not separate keywords. The keyword is shown in the form that the text
/// has most often.
#[test]
fn latin_words_are_one_keyword_in_any_case_and_width() {
    let segmenter = &*NATURAL;
    for (text, shown, count) in [
        ("Redis很快，redis很稳，REDIS也便宜，redis好用。", "redis", 4),
        ("openai发布模型，ＯｐｅｎＡＩ降价，OPENAI上市。", "openai", 3),
        ("ＣｈａｔＧＰＴ很火，ChatGPT会写诗，ChatGPT会编程。", "ChatGPT", 3),
        ("GPT-4o和gpt-4o比较，GPT-4O更快，GPT-4O更好。", "GPT-4O", 4),
        ("买了T恤，又买了t恤和Ｔ恤。", "T恤", 3),
    ] {
        for method in [Method::Phrases, Method::TfIdf] {
            let keywords = builder(method).build().extract(segmenter, text, 9);
            let found: Vec<_> = keywords.iter().filter(|keyword| keyword.text().eq_ignore_ascii_case(shown)).collect();
            assert_eq!((found.len(), found[0].text(), found[0].count()), (1, shown, count), "{method:?} {text}");
        }
    }
}

/// The keywords of a text by the method of phrases.
fn phrases(text: &str) -> Vec<String> {
    Extractor::new().extract(&*NATURAL, text, 20).into_iter().map(String::from).collect()
}

/// Checks that `with` is a keyword of the text and `without` is not. Returns all keywords.
fn phrases_with_and_without(text: &str, with: &str, without: &str) -> Vec<String> {
    let found = phrases(text);
    let holds = |part: &str| found.iter().any(|keyword| keyword == part);
    assert!(holds(with) && !holds(without), "{text}: {found:?}");
    found
}

/// Phrases neither begin nor end with function verbs.
#[test]
fn function_verbs_are_in_no_phrase() {
    for (text, with, without) in [
        ("肺结节是良性的。肺结节是指病灶。肺结节需要复查。", "肺结节", "肺结节是"),
        ("缓存会失效，缓存会击穿，缓存会占内存。", "缓存", "缓存会"),
        ("患者要复查，患者要戒烟，患者要随访。", "患者", "患者要"),
        ("去鼋头渚要早起，去鼋头渚的人很多。", "鼋头渚", "去鼋头渚"),
        ("直径小于5毫米的结节，直径小于8毫米的结节。", "直径", "直径小"),
    ] {
        let found = phrases_with_and_without(text, with, without);
        let is_bad = |keyword: &String| ["是", "会", "要", "去"].iter().any(|verb| keyword.contains(verb));
        assert!(!found.iter().any(is_bad), "{text}: {found:?}");
    }
}

/// The segmenter makes separate words of some beginnings and ends of words, and the dictionary tags
/// these as adverbs.
#[test]
fn phrases_begin_and_end_as_words_do() {
    for (text, with, without) in [
        ("多目标优化很难。多目标优化的算法。", "多目标优化", "多"),
        ("可持续发展是方向。谈可持续发展。", "可持续发展", "可"),
        ("改进型号的支撑式掘进机。支撑式掘进机很贵。", "支撑式掘进机", "式掘进机"),
        ("高速飞行器的设计。高速飞行器飞得远。", "高速飞行器", "高速"),
        ("β受体很多。测β受体。", "β受体", "β"),
        ("腸胃道出血要小心，腸胃道出血很危險。", "腸胃道出血", "出血"),
        ("噪声大，很吵。噪声大，很吵。", "噪声", "噪声大"),
    ] {
        phrases_with_and_without(text, with, without);
    }
}

/// Names may contain spaces and numbers.
#[test]
fn names_with_spaces_and_numbers_are_whole() {
    for (text, with, without) in [
        ("Visual Studio Code的插件很多，Visual Studio Code很快。", "Visual Studio Code", "Visual Studio"),
        ("iPhone 17 Pro很贵，iPhone 17 Pro的相机好。", "iPhone 17 Pro", "iPhone"),
        ("Mate 60缺货，Mate 60涨价。", "Mate 60", "Mate"),
        ("芯片白鹭2发布，白鹭2的能耗低。", "白鹭2", "白鹭"),
        ("过滤网39元，滤网盒39元。", "过滤网", "过滤网39"),
    ] {
        phrases_with_and_without(text, with, without);
    }
    let found = Extractor::new().extract(&*NATURAL, "Visual Studio Code，Visual Studio Code", 1);
    assert_eq!((found[0].text(), found[0].word_count()), ("Visual Studio Code", 3));
}

/// A part of a better keyword is a keyword, too, if the text has it by itself more often.
#[test]
fn parts_that_stand_by_themselves_are_keywords() {
    let text = "高尿酸血症不是痛风。尿酸高的人少喝酒。尿酸来自嘌呤，尿酸由肾脏排出。高尿酸血症要查尿酸。";
    let found = phrases_with_and_without(text, "高尿酸血症", "血症");
    assert!(found.iter().any(|keyword| keyword == "尿酸"), "{found:?}");
}

#[test]
fn amounts_and_addresses_are_no_keywords() {
    for (text, without) in [
        ("延迟从45ms降到12ms，45ms是上限，吞吐提升。", &["45ms", "12ms"][..]),
        ("刷新率144Hz，144Hz更顺滑，对比60Hz和144Hz。", &["Hz", "144Hz"]),
        ("时速350km/h的列车，350km/h是最高时速。", &["km/h"]),
        ("空气炸锅6.5L够用，6.5L的炸锅三口之家用。", &["6.5L"]),
        ("大桥通车，详情见https://t.cn/A6xyz，大桥双向六车道。", &["https", "t.cn"]),
        ("快递单号SF1234567890123已发货，快递明天到。", &["SF1234567890123"]),
        ("下载report-final.pdf，报表在report-final.pdf里。", &["report-final.pdf"]),
        ("来信请寄news@example.com，投稿也寄news@example.com。", &["example.com"]),
    ] {
        for method in METHODS {
            let keywords = builder(method).build().extract(&*NATURAL, text, 20);
            let is_bad = |keyword: &Keyword| without.iter().any(|part| keyword.text().contains(part));
            assert!(!keywords.is_empty() && !keywords.iter().any(is_bad), "{method:?} {text}: {keywords:?}");
        }
    }
    assert!(phrases("5G手机和5G基站，3D打印和3D打印。").iter().any(|keyword| keyword.starts_with("5G")));
}

#[test]
fn days_and_times_are_no_keywords_unless_asked_for() {
    for (text, without) in [
        ("今天上午大桥通车，今天下午开放步行，昨天晚上彩排。", &["今天", "上午", "昨天"][..]),
        ("第一季度营收增长，第二季度营收下降，第一季度是淡季。", &["第一季度"]),
        ("会议10:30开始，2025年3月12日报名，会议室在三楼。", &["10:30", "2025", "12日"]),
    ] {
        let found = phrases(text);
        assert!(!found.iter().any(|keyword| without.iter().any(|part| keyword.contains(part))), "{text}: {found:?}");
        assert!(!found.is_empty(), "{text}");
    }
    let with_dates = Extractor::builder().dates(true).build();
    let found = with_dates.extract(&*NATURAL, "第一季度营收增长，第一季度是淡季。", 9);
    assert!(found.iter().any(|keyword| keyword.text().contains("季度")), "{found:?}");
}

/// A source whose dictionary lacks the words of a text, so that it cuts the text into characters.
struct Chars;

impl TermSource for Chars {
    fn terms<'t>(&self, text: &'t str, _: bool, terms: &mut Vec<Term<'t>>) {
        let tag = |c: char| match c {
            '租' | '金' | '面' | '积' => Tag::new("n").unwrap(),
            '劏' | '房' | '二' | '甲' | '双' | '胍' => Tag::new("g").unwrap(),
            _ => Tag::new("u").unwrap(),
        };
        terms.extend(text.char_indices().map(|(at, c)| Term::new(&text[at..at + c.len_utf8()], at).with_tag(tag(c))));
    }
}

/// A word that the text repeats and the segmenter breaks is put together. Its parts are not
/// keywords.
#[test]
fn broken_words_are_put_together() {
    let found = Extractor::new().extract(&Chars, "劏房的租金很贵，劏房的面积很小，有劏房的人在等。", 9);
    assert_eq!((found[0].text(), found[0].count()), ("劏房", 3), "{found:?}");
    for text in [
        "拼多多发布财报，拼多多营收增长。分析师认为拼多多的海外业务是关键。",
        "泽连斯基抵达柏林，泽连斯基将会见总理，泽连斯基希望得到援助。",
    ] {
        let word = &text[..text.find(['发', '抵']).unwrap()];
        let found = phrases(text);
        let is_part = |keyword: &String| word.contains(keyword.as_str()) && keyword != word;
        assert!(found.iter().any(|keyword| keyword == word) && !found.iter().any(is_part), "{text}: {found:?}");
    }
    // If the parts also stand apart from each other, they do not form a word.
    let found = Extractor::new().extract(&Chars, "劏房，劏，房，劏，房，劏房", 9);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn nothing_gives_nothing() {
    for method in METHODS {
        for text in ["", " \n\u{3000}", "，。！？——", "🙋🇨🇳", "的了是", "3.14 42"] {
            assert_eq!(builder(method).build().extract(&*NATURAL, text, 9), [], "{method:?} {text:?}");
        }
    }
}

#[test]
fn kinds_are_kept_or_dropped_each_on_its_own() {
    let text = "OpenAI今年投资5000亿元，OpenAI去年投资300亿元，项目5000，项目3.14";
    let has = |builder: ExtractorBuilder, word: &str| {
        let keywords = builder.build().extract(&*NATURAL, text, 99);
        keywords.iter().any(|keyword| keyword.text().contains(word))
    };
    for method in METHODS {
        assert!(has(builder(method), "OpenAI") && !has(builder(method).latin(false), "OpenAI"), "{method:?}");
        assert!(!has(builder(method), "5000") && has(builder(method).numbers(true), "5000"), "{method:?}");
        assert!(!has(builder(method).stop_words(StopWords::none()), "今年"), "{method:?}");
        let no_stop_words = builder(method).stop_words(StopWords::none());
        assert!(has(no_stop_words.dates(true), "今年"), "{method:?}");
        assert!(!has(builder(method).stop_words(StopWords::parse("项目")), "项目"), "{method:?}");
        assert!(!has(builder(method).min_chars(3), "项目"), "{method:?}");
    }
}

#[test]
fn single_characters_are_kept_if_asked_for() {
    for method in METHODS {
        let keywords = builder(method).min_chars(1).build().extract(&*NATURAL, "猫，猫，狗", 9);
        assert_eq!(keywords[0].text(), "猫", "{method:?}");
    }
}

#[test]
fn phrases_are_found_with_their_places() {
    let text = "软银集团和OpenAI在星际之门的数据中心计划上有分歧。星际之门的工地停工，星际之门的数据中心计划搁置。";
    let keywords = Extractor::new().extract(&*NATURAL, text, 3);
    let phrase = keywords.iter().find(|keyword| keyword.text() == "星际之门").unwrap();
    assert_eq!(phrase.count(), 3);
    assert!(phrase.places().iter().all(|place| &text[place.clone()] == "星际之门"));
    assert!(!texts(&keywords).contains(&"星际"));
}

#[test]
fn candidates_are_what_a_reader_would_name() {
    let text = "星际之门的基础设施项目，OpenAI首席执行官说，数据中心由软银集团建设。\
                软银集团和OpenAI首席执行官在星际之门的数据中心谈基础设施项目。";
    let keywords = Extractor::new().extract(&*NATURAL, text, 99);
    for phrase in ["星际之门", "基础设施项目", "OpenAI首席执行官", "数据中心", "软银集团"] {
        assert!(texts(&keywords).contains(&phrase), "{phrase} in {:?}", texts(&keywords));
    }
    // Each phrase occurs once and stands by itself.
    let keywords = Extractor::new().extract(&*NATURAL, "星际之门，基础设施项目，OpenAI首席执行官", 99);
    for phrase in ["星际之门", "基础设施项目", "OpenAI首席执行官"] {
        assert!(texts(&keywords).contains(&phrase), "{phrase} in {:?}", texts(&keywords));
    }
}

#[test]
fn phrases_are_stretches_of_the_text_that_do_not_overlap() {
    let text = "软银集团和甲骨文公司";
    for text in [text.to_owned(), [text; 3].join("，")] {
        let keywords = Extractor::new().extract(&*NATURAL, &text, 99);
        let mut texts = texts(&keywords);
        texts.sort_unstable();
        assert_eq!(texts, ["甲骨文公司", "软银集团"]);
    }
}

/// Places where the text is cut in different ways count for one keyword.
#[test]
fn a_keyword_has_all_its_places() {
    let text = "泥印劇本很少。收藏泥印劇本，這冊泥印劇本，全部泥印劇本。";
    let keywords = Extractor::new().extract(&*NATURAL, text, 1);
    assert_eq!((keywords[0].text(), keywords[0].count()), ("泥印劇本", 4));
    assert!(keywords[0].places().iter().all(|place| &text[place.clone()] == "泥印劇本"));
}

/// The same in an article. 涂覆膜 is cut once as one word, and once as 涂|覆膜, which occur nowhere
/// else.
#[test]
fn a_keyword_has_all_its_places_in_an_article() {
    let (_, text) = articles().into_iter().find(|(name, _)| name == "finance").unwrap();
    let keywords = Extractor::new().extract(&*NATURAL, &text, 99);
    let keyword = keywords.iter().find(|keyword| keyword.text() == "涂覆膜").unwrap();
    assert_eq!(keyword.count(), text.matches("涂覆膜").count());
}

/// Keywords that repeat, stand in the title or are one longer word come first.
#[test]
fn words_and_phrases_that_occur_once_come_last() {
    for (name, text) in articles() {
        let keywords = Extractor::new().extract(&*NATURAL, &text, 9999);
        // A title has at most 28 characters.
        let title = text.find('\n').unwrap().min(3 * 28);
        let is_long_word = |keyword: &Keyword| keyword.word_count() == 1 && keyword.text().chars().count() > 2;
        let repeats = |keyword: &Keyword| keyword.count() > 1 || is_long_word(keyword);
        let is_first = |keyword: &&Keyword| repeats(keyword) || keyword.first().start < title;
        let first = keywords.iter().take_while(is_first).count();
        let rest = keywords[first..].iter().filter(|keyword| repeats(keyword) || keyword.first().end < title);
        let rest: Vec<_> = rest.collect();
        assert!(first > 15 && keywords.len() > 2 * first && rest.is_empty(), "{name}: {first} {rest:?}");
        assert!(keywords.is_sorted_by(|a, b| a.weight() >= b.weight()), "{name}");
    }
}

#[test]
fn stop_words_stop_in_both_scripts() {
    for (stop_word, text) in [("會議", "会议，会议，合作"), ("会议", "會議，會議，合作"), ("會議", "會議，會議，合作")]
    {
        for method in METHODS {
            let extractor = builder(method).stop_words(StopWords::parse(stop_word)).build();
            for _ in 0..2 {
                assert_eq!(texts(&extractor.extract(&*NATURAL, text, 9)), ["合作"], "{method:?} {stop_word} {text}");
            }
        }
    }
    // The segmenter cuts 数据平台 in two.
    for (stop_word, text) in [("数据平台", "數據平台"), ("數據平台", "数据平台"), ("數據平台", "數據平台")]
    {
        let extractor = Extractor::builder().stop_words(StopWords::parse(stop_word)).build();
        let keywords = extractor.extract(&*NATURAL, &format!("{text}，{text}"), 9);
        assert!(!texts(&keywords).contains(&text), "{stop_word}: {keywords:?}");
    }
    // The stop words of the extractor and the words of the segmenter apply, whatever was extracted
    // before.
    let extractor = builder(Method::TfIdf).stop_words(StopWords::parse("会议")).build();
    let dictionary = fenci::Dictionary::builder().parse("合作 9 n\n会议 9 n\n").unwrap().build().unwrap();
    let segmenter = fenci::Segmenter::builder().dictionary(dictionary).build();
    for source in [&*NATURAL, &segmenter, &*NATURAL, &segmenter.clone()] {
        assert_eq!(texts(&extractor.clone().extract(source, "会议合作", 9)), ["合作"]);
    }
}

#[test]
fn minimum_length_and_stop_words_hold_for_every_method() {
    for (_, text) in articles() {
        for method in METHODS {
            let stop_words: StopWords = ["公司", "項目", "OpenAI"].into_iter().collect();
            let extractor = builder(method).stop_words(stop_words.clone()).min_chars(3).build();
            for keyword in extractor.extract(&*NATURAL, &text, usize::MAX) {
                assert!(keyword.text().chars().count() >= 3, "{keyword:?}");
                assert!(!stop_words.contains(keyword.text()), "{keyword:?}");
            }
        }
    }
}

#[test]
fn a_word_repeated_is_no_phrase() {
    let keywords = Extractor::new().extract(&*NATURAL, &"数据中心".repeat(50), 9);
    assert_eq!((texts(&keywords), keywords[0].count()), (vec!["数据中心"], 50));
}

/// Articles that repeat their subjects, as long news do.
const FIRST: [&str; 8] = ["culture", "finance", "health", "local", "science", "sport", "stargate", "technology"];

/// Counts the words and phrases among the ten best keywords that a reader would name. Counts over
/// all articles of a group together.
#[test]
fn the_ten_best_of_an_article_are_those_that_a_reader_would_name() {
    let (mut first, mut others) = ((0, 0), (0, 0));
    for (name, text) in articles() {
        let path = format!("{}/../benches/articles/{name}.keywords", env!("CARGO_MANIFEST_DIR"));
        let expected = std::fs::read_to_string(path).unwrap();
        let text = fenci::Article::clean(&text).text().to_owned();
        let keywords = Extractor::new().extract(&*NATURAL, &text, 10);
        let (hits, all) = if FIRST.contains(&&*name) { &mut first } else { &mut others };
        *hits += keywords.iter().filter(|keyword| expected.lines().any(|line| line == keyword.text())).count();
        *all += expected.lines().count();
    }
    assert!(first.1 == 95 && first.0 >= 63, "{first:?}");
    assert!(others.1 == 85 && others.0 >= 54, "{others:?}");
}

#[test]
fn the_readmes_show_the_keywords_of_the_article() {
    let (_, text) = articles().into_iter().find(|(name, _)| name == "stargate").unwrap();
    let article = fenci::Article::clean(&text);
    let keywords = texts(&Extractor::new().extract(&*NATURAL, article.text(), 10)).join("  ");
    for readme in ["README.md", "README.zh-CN.md"] {
        let path = format!("{}/../{readme}", env!("CARGO_MANIFEST_DIR"));
        let readme = std::fs::read_to_string(path).unwrap();
        assert!(readme.lines().any(|line| line == keywords), "{keywords}");
    }
}

/// Days are no keywords, and 周某 names nobody.
#[test]
fn festivals_and_periods_are_words() {
    phrases_with_and_without("清代的瓷器，如今少见。", "清代", "如今");
    let found = phrases_with_and_without("周某出游，周某说春节假期太短，周一就回来。", "春节假期", "周一");
    assert!(!found.iter().any(|keyword| keyword.contains('某')), "{found:?}");
}

/// They are in texts of any subject.
#[test]
fn words_of_reports_and_bylines_are_no_keywords() {
    for word in ["据悉", "本院", "我国", "多数", "新华社", "人民日报", "本報訊", "坦言"] {
        let text = format!("{word}，大桥今天通车。{word}，大桥有六条车道。");
        phrases_with_and_without(&text, "大桥", word);
    }
    phrases_with_and_without("结果同比增长。公司给出方案，方案得出结论。", "方案", "给出方案");
}

#[test]
fn generic_words_are_keywords_only_in_phrases() {
    for (text, phrase, word) in [
        ("研究团队发现行星。研究团队说，团队有六人。團隊要扩大。", "研究团队", "团队"),
        ("这种情况少见。水位下降，医保政策提高了水位。", "水位", "情况"),
        ("李局长到了大桥，局长称赞大桥。", "大桥", "局长"),
    ] {
        phrases_with_and_without(text, phrase, word);
    }
}

#[test]
fn names_with_dots_and_hyphens_are_whole() {
    for (name, part) in [("亚当·斯密", "斯密"), ("亞當‧斯密", "斯密"), ("NF-κB", "NF")] {
        let text = format!("书里有{name}的理论。读过{name}的人不多。新闻-体育");
        let found = phrases_with_and_without(&text, name, part);
        assert!(!found.iter().any(|keyword| keyword.contains("新闻-")), "{found:?}");
    }
}

/// The table is older than the newer words of the dictionary.
#[test]
fn a_new_word_is_as_rare_as_its_frequency_says() {
    let table = Idf::embedded();
    assert!(table.get("占比").is_none() && table.get("OpenAI").is_none());
    let keywords = builder(Method::TfIdf).build().extract(&*NATURAL, "公司的占比，OpenAI", 9);
    assert_eq!(texts(&keywords), ["OpenAI", "占比", "公司"]);
    assert!(keywords[0].weight() > 1.5 * keywords[1].weight(), "{keywords:?}");
}

/// The segmenter cuts 人工智能 into two words, and the dictionary has it as one.
#[test]
fn words_that_the_segmenter_cuts_are_as_rare_as_the_dictionary_says() {
    let table = Idf::parse("人工智能 9\n人工 1\n智能 1\n产业 5\n前景 5\n", NATURAL.dictionary()).unwrap();
    let text = "人工智能的产业前景。";
    let keywords = Extractor::builder().idf(table).build().extract(&*NATURAL, text, 9);
    assert_eq!((keywords[0].text(), keywords[0].word_count()), ("人工智能", 2), "{keywords:?}");
}

/// Tables differ in scale, by the base of their logarithms and by the size of their corpora.
#[test]
fn the_scale_of_a_table_does_not_matter_to_phrases() {
    let table = |factor: f64| {
        let words = ["数据中心", "软银", "集团", "计划", "公司", "分歧", "资金", "项目", "建设", "市场"];
        let lines = words.iter().zip(1..).map(|(word, rank)| format!("{word} {}\n", factor * f64::from(rank)));
        let idf = Idf::parse(&lines.collect::<String>(), NATURAL.dictionary()).unwrap();
        builder(Method::Phrases).idf(idf).build()
    };
    for (_, text) in articles() {
        let [one, two] = [table(1.0), table(2.0)].map(|extractor| extractor.extract(&*NATURAL, &text, 30));
        assert_eq!(texts(&one), texts(&two));
    }
}
