//! Keywords, by every method.

use std::borrow::Cow;

use crate::common::{EXACT, NATURAL, any_text, articles};
use fenci::dictionary::Tag;
use fenci::idf::Idf;
use fenci::keyword::{ExtractorBuilder, Method, StopWords};
use fenci::segment::{Term, TermSource};
use fenci::{Dictionary, Extractor, Keyword, Profile, Segmenter};
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

/// A segmenter that does not say it is one: its terms come one by one, and are asked for each by itself.
struct Hidden<'s>(&'s Segmenter);

impl TermSource for Hidden<'_> {
    fn each_term<'t>(&self, text: &'t str, hmm: bool, each: &mut dyn FnMut(Term<'t>)) {
        self.0.each_term(text, hmm, each);
    }

    fn tag_of(&self, term: &Term<'_>) -> Tag {
        self.0.tag_of(term)
    }

    fn simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.0.simplified(text)
    }

    fn dictionary(&self) -> Option<&Dictionary> {
        TermSource::dictionary(self.0)
    }
}

/// Says that its terms stand where the text has long ended, as one that reads another text does.
struct Elsewhere;

impl TermSource for Elsewhere {
    fn each_term<'t>(&self, text: &'t str, _: bool, each: &mut dyn FnMut(Term<'t>)) {
        let id = |word: &str| Dictionary::embedded().get(word).map(|entry| entry.id);
        text.split(' ').enumerate().for_each(|(at, word)| each(Term::new(word, 1000 * (at + 1)).with_word(id(word))));
    }
}

#[test]
fn terms_may_stand_elsewhere() {
    let extractor = Extractor::builder().method(Method::TfIdf).build();
    let keywords = extractor.extract(&Elsewhere, "软银 会议 软银", 1);
    assert_eq!((keywords[0].text(), keywords[0].places()), ("软银", &[1000..1006, 3000..3006][..]));
}

/// Extractors that differ in what they do quickly for segmenters.
fn extractors() -> Vec<Extractor> {
    let known = |tag: &str| Tag::new(tag).unwrap();
    let options: [fn(ExtractorBuilder) -> ExtractorBuilder; 6] = [
        |builder| builder,
        |builder| builder.min_chars(1).numbers(true).dates(true),
        |builder| builder.min_chars(3).latin(false),
        |builder| builder.hmm(false).stop_words(StopWords::none()),
        |builder| builder.hmm(true).stop_words(["项目", "會議", "the", "AT&T", "之"].into_iter().collect()),
        |builder| builder.window(3),
    ];
    let mut extractors = Vec::new();
    for method in METHODS {
        for profile in [Profile::Natural, Profile::Jieba] {
            let builder = || Extractor::builder().method(method).profile(profile);
            extractors.extend(options.iter().map(|option| option(builder()).build()));
            extractors.push(builder().allowed_tags(["n", "ns", "nr", "eng", "m"].map(known)).build());
        }
    }
    extractors
}

/// What is quick for segmenters gives what the general way gives.
fn check_quick(extractors: &[Extractor], text: &str) {
    for segmenter in [&*NATURAL, &*EXACT] {
        for extractor in extractors {
            for k in [5, usize::MAX] {
                let (quick, general) =
                    (extractor.extract(segmenter, text, k), extractor.extract(&Hidden(segmenter), text, k));
                let bits = |keywords: &[Keyword]| -> Vec<u64> {
                    keywords.iter().map(|keyword| keyword.weight().to_bits()).collect()
                };
                assert!(quick == general && bits(&quick) == bits(&general), "{extractor:?} on {text:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn keywords_of_a_segmenter_are_those_of_its_terms(text in any_text()) {
        check_quick(&extractors(), &text);
    }
}

#[test]
fn keywords_of_a_segmenter_are_those_of_its_terms_in_articles() {
    let extractors = extractors();
    let articles: Vec<String> = articles().into_iter().map(|(_, text)| text).collect();
    articles.iter().for_each(|text| check_quick(&extractors, text));
    // More words than there is room for at once.
    check_quick(&extractors, &articles.concat());
    check_quick(&extractors, "软银集团");
}

/// Keywords share memory, and outlive each other.
#[test]
fn a_keyword_stays_when_the_others_are_gone() {
    let text = "軟銀集團和OpenAI在數據中心的計劃上有分歧。軟銀集團的數據中心至今沒有動工。";
    for method in METHODS {
        let mut keywords = builder(method).build().extract(&*NATURAL, text, 9);
        let copies = keywords.clone();
        assert_eq!(keywords, copies, "{method:?}");
        let last = keywords.pop().unwrap();
        drop(keywords);
        assert_eq!(Some(&last), copies.last(), "{method:?}");
        assert!(format!("{last:?}").contains(last.text()), "{method:?}");
    }
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
    assert_eq!((phrase.word_count(), phrase.count()), (2, 3));
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
    // Once, and by themselves.
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

/// However the text is cut where it stands, it is one keyword.
#[test]
fn a_keyword_has_all_its_places() {
    let text = "泥印劇本很少。收藏泥印劇本，這冊泥印劇本，全部泥印劇本。";
    let keywords = Extractor::new().extract(&*NATURAL, text, 1);
    assert_eq!((keywords[0].text(), keywords[0].count()), ("泥印劇本", 4));
    assert!(keywords[0].places().iter().all(|place| &text[place.clone()] == "泥印劇本"));
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
    // By the extractor's words and the segmenter's, whatever was extracted before.
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
            let stop_words: StopWords = ["公司", "項目", "OpenAI", "数据中心"].into_iter().collect();
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

/// Of the words and phrases that a reader would name, on all articles together, those among the ten best.
#[test]
fn the_ten_best_of_an_article_are_what_a_reader_would_name() {
    let (mut hits, mut all) = (0, 0);
    for (name, text) in articles() {
        let path = format!("{}/../benches/articles/{name}.keywords", env!("CARGO_MANIFEST_DIR"));
        let expected = std::fs::read_to_string(path).unwrap();
        let text = fenci::Article::clean(&text).text().to_owned();
        let keywords = Extractor::new().extract(&*NATURAL, &text, 10);
        hits += keywords.iter().filter(|keyword| expected.lines().any(|line| line == keyword.text())).count();
        all += expected.lines().count();
    }
    assert!(all == 95 && hits >= 61, "{hits} of {all}");
}

/// Tables differ in scale: by their logarithms, and by how large their corpora are.
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
