//! `Profile::Jieba` gives the tokens, tags, keywords and weights of jieba-rs.

use crate::common::{EXACT, JIEBA, NATURAL, Numbers, WORDS, any_text, articles, ours, theirs};
use fenci::Extractor;
use fenci::dictionary::Tag;
use fenci::keyword::{Method, StopWords};
use jieba_rs::KeywordExtract;
use oracle::parity::check;
use proptest::prelude::*;

/// Options of a keyword extractor.
#[derive(Clone, Debug)]
struct Options {
    k: usize,
    tags: Vec<&'static str>,
    min_chars: usize,
    hmm: bool,
    /// `None` stands for jieba's own stop words.
    stop_words: Option<Vec<String>>,
    span: usize,
}

impl Options {
    fn new(k: usize, tags: &[&'static str], hmm: bool) -> Options {
        Options { k, tags: tags.to_vec(), min_chars: 2, hmm, stop_words: None, span: 5 }
    }

    fn theirs(&self) -> jieba_rs::KeywordExtractConfig {
        let config = jieba_rs::KeywordExtractConfig::builder().min_keyword_length(self.min_chars).use_hmm(self.hmm);
        match &self.stop_words {
            Some(words) => config.set_stop_words(words.iter().cloned().collect()).build(),
            None => config.build(),
        }
    }

    fn tag_names(&self) -> Vec<String> {
        self.tags.iter().map(ToString::to_string).collect()
    }

    fn ours(&self, method: Method) -> Extractor {
        let builder = match method {
            Method::TextRank => Extractor::jieba_textrank_within(self.span),
            _ => Extractor::jieba_tfidf(),
        };
        let tags = self.tags.iter().map(|tag| Tag::new(tag).unwrap());
        let builder = builder.min_chars(self.min_chars).allowed_tags(tags).hmm(self.hmm);
        match &self.stop_words {
            Some(words) => builder.stop_words(words.iter().map(String::as_str).collect()).build(),
            None => builder.build(),
        }
    }
}

fn check_keywords(text: &str, options: &Options) {
    static TABLE: std::sync::LazyLock<std::sync::Mutex<jieba_rs::TfIdf>> = std::sync::LazyLock::new(Default::default);
    let expected = {
        let mut table = TABLE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        *table.config_mut() = options.theirs();
        table.extract_keywords(&JIEBA, text, options.k, options.tag_names())
    };
    let keywords = options.ours(Method::TfIdf).extract(&*EXACT, text, options.k);
    let pairs = |keyword: &fenci::Keyword| (keyword.text().to_owned(), keyword.tag().to_string());
    let expected_pairs: Vec<_> =
        expected.iter().map(|keyword| (keyword.keyword.clone(), keyword.tag.clone())).collect();
    assert_eq!(keywords.iter().map(pairs).collect::<Vec<_>>(), expected_pairs, "{options:?} {text:?}");
    for (keyword, expected) in keywords.iter().zip(&expected) {
        assert!((keyword.weight() - expected.weight).abs() <= 1e-9, "{keyword:?} {expected:?}");
    }
}

/// Compares ranks. They are sums in different orders, so they are equal to 1e-9 of their size.
/// Their order is the same, except for equal ranks.
fn check_text_rank(text: &str, options: &Options) {
    // Compares all keywords, since the last of several equal ranks may differ.
    let ranks = jieba_rs::TextRank::new(options.span, options.theirs());
    let expected = ranks.extract_keywords(&JIEBA, text, usize::MAX >> 1, options.tag_names());
    let (extractor, k) = (options.ours(Method::TextRank), options.k);
    let keywords = extractor.extract(&*EXACT, text, usize::MAX);
    assert_eq!(keywords.len(), expected.len(), "{options:?} {text:?}");
    assert_eq!(&keywords[..k.min(keywords.len())], &extractor.extract(&*EXACT, text, k)[..], "{text:?}");
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs();
    for (keyword, theirs) in keywords.iter().zip(&expected) {
        assert!(near(keyword.weight(), theirs.weight), "{keyword:?} {theirs:?}");
        let same = expected.iter().find(|theirs| theirs.keyword == keyword.text()).unwrap();
        assert!(near(keyword.weight(), same.weight), "{keyword:?} {same:?}");
        assert_eq!(keyword.tag().as_str(), same.tag);
    }
}

/// The runs are longer than a part of a batch, so that words are returned in parts.
#[test]
fn long_runs_are_cut_as_by_jieba() {
    let mut numbers = Numbers(7);
    let parts = ["龘", "长", "的", "a", "7", "+", "%", "-", ".", "T恤", "软银", "中华人民共和国中央人民政府"];
    for _ in 0..6 {
        let kinds = 1 + numbers.below(parts.len());
        let mut run = String::new();
        while run.chars().count() < 20_000 {
            match numbers.below(3) {
                0 => run.push_str(WORDS[numbers.below(WORDS.len())].trim_matches([' ', '·', '，'])),
                _ => run.push_str(parts[numbers.below(kinds)]),
            }
        }
        check(&run);
        check(&format!("今天，{run}。{run}"));
    }
    for run in ["a", "龘", "a+", "ab-"] {
        check(&format!("中{}国，科学院", run.repeat(20_000)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_cut_as_by_jieba(text in any_text()) {
        check(&text);
    }

    #[test]
    fn any_characters_are_cut_as_by_jieba(text in ".{0,60}") {
        check(&text);
    }

    #[test]
    fn keywords_are_those_of_jieba(
        text in any_text(),
        k in 0usize..12,
        tags in prop::sample::subsequence(vec!["n", "v", "vn", "ns", "nr", "eng", "m", "x"], 0..4),
        min_chars in 0usize..4,
        hmm: bool,
        stops in prop::option::of(prop::collection::vec(any::<prop::sample::Index>(), 0..6)),
        span in 1usize..8,
    ) {
        // Some of the text's own words are stop words.
        let words: Vec<String> = EXACT.cut(&text).map(|token| token.text().to_lowercase()).collect();
        let pick = |at: prop::sample::Index| words.get(at.index(words.len().max(1))).cloned();
        let stop_words = stops.map(|stops| stops.into_iter().filter_map(pick).collect());
        let options = Options { k, tags, min_chars, hmm, stop_words, span };
        check_keywords(&text, &options);
        check_text_rank(&text, &options);
    }
}

#[test]
fn the_articles_are_cut_as_by_jieba() {
    for (name, text) in articles() {
        check(&text);
        text.lines().for_each(check);
        for k in [1, 10, 1000] {
            for options in [Options::new(k, &[], false), Options::new(k, &["n", "ns", "vn", "v"], true)] {
                check_keywords(&text, &options);
                check_text_rank(&text, &options);
            }
            let stop_words = Some(["项目", "項目", "公司", "openai"].map(str::to_owned).to_vec());
            let options = Options { min_chars: 1, stop_words, span: 3, ..Options::new(k, &[], true) };
            check_keywords(&text, &options);
            check_text_rank(&text, &options);
        }
        assert!(text.len() > 1000, "{name}");
    }
}

/// Cuts every word in five orders. Each order is one text of 3 MB, in lines.
#[test]
fn every_word_in_random_order_is_cut_as_by_jieba() {
    let mut numbers = Numbers(11);
    let mut words = WORDS.clone();
    for separators in [&["\n"][..], &[""], &["", "", "", "，"], &["", "", "的", "。\r\n"], &["", "a", "7", "", "、"]]
    {
        for at in (1..words.len()).rev() {
            words.swap(at, numbers.below(at + 1));
        }
        let mut text = String::new();
        for (at, word) in words.iter().enumerate() {
            text.push_str(word);
            text.push_str(separators[numbers.below(separators.len())]);
            if at % 20 == 0 {
                text.push('\n');
            }
        }
        text.split_inclusive('\n').for_each(|line| {
            for hmm in [true, false] {
                assert_eq!(ours(EXACT.with_hmm(hmm).cut(line)), theirs(JIEBA.cut(line, hmm)), "{line}");
            }
        });
        for hmm in [true, false] {
            let (ours, theirs) = (ours(EXACT.with_hmm(hmm).cut(&text)), theirs(JIEBA.cut(&text, hmm)));
            assert!(ours == theirs, "the whole text, hmm {hmm}");
        }
        assert!(ours(EXACT.cut_all(&text)) == theirs(JIEBA.cut_all(&text)));
    }
}

/// A batch has some thousand characters. Runs continue over its end, and batches end at every
/// offset.
#[test]
fn the_seams_between_batches_do_not_show() {
    let words = "南京市长江大桥研究生命起源的abc";
    for run in [1, 7, 500, 3000] {
        for shift in 0..9 {
            let unit: String = words.chars().cycle().skip(shift).take(run).collect();
            let text = [unit.as_str(); 40].join(["，", "\r\n", "\n", " 。"][run % 4]);
            let text: String = text.chars().take(9000).collect();
            check(&text);
        }
    }
    check(&"长".repeat(20_000));
    check(&"a\n".repeat(10_000));
    check(&"\r\n".repeat(10_000));
    check(&"𠀀".repeat(9_000));
}

#[test]
fn options_of_the_keyword_extractor_are_those_of_jieba() {
    let text = "The cat and THE DOG 和 cat 今天";
    let ours = Extractor::jieba_tfidf().build().extract(&*EXACT, text, 9);
    assert!(ours.iter().all(|keyword| !keyword.text().eq_ignore_ascii_case("the")));
    let all = Extractor::jieba_tfidf().stop_words(StopWords::none()).build().extract(&*EXACT, text, 9);
    assert_eq!(all.iter().filter(|keyword| keyword.text().eq_ignore_ascii_case("the")).count(), 2);
}

#[test]
fn traditional_text_is_cut_by_phrase() {
    let cut = |text: &str| NATURAL.cut(text).map(|token| token.text().to_owned()).collect::<Vec<_>>().join(" ");
    assert_eq!(cut("乾隆皇帝把衣服洗乾淨了"), "乾隆 皇帝 把 衣服 洗 乾淨 了");
    assert_eq!(cut("由於下雨，對於他們，看著隨著"), "由於 下雨 ， 對於 他們 ， 看著 隨 著");
    assert_eq!(cut("著名作家的著作，藉口慰藉，瞭解瞭望"), "著名 作家 的 著作 ， 藉口 慰藉 ， 瞭解 瞭望");
    assert_eq!(cut("徵求意見，乾坤，皇后之後，頭髮發展"), "徵求 意見 ， 乾坤 ， 皇后 之後 ， 頭髮 發展");
    assert_eq!(cut("臺灣台湾裡面裏面里面羣眾群众為了爲了"), "臺灣 台湾 裡面 裏面 里面 羣眾 群众 為了 爲了");
}
