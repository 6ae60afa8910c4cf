//! Serialized values can be read back, and data that no value could have written is refused.

use crate::common::{NATURAL, any_text, articles};
use fenci::dictionary::{Entry, Tag, UserWords};
use fenci::{Dictionary, Extractor, Keyword, Token};
use proptest::prelude::*;
use serde_json::{Value, from_str, from_value, json, to_string, to_value};

#[test]
fn tokens_are_written_by_their_fields() {
    let written = |token: Token<'_>| to_value(token).unwrap();
    let tokens: Vec<Value> = NATURAL.cut("网易杭研\n").map(written).collect();
    let word = NATURAL.dictionary().get("网易").unwrap().id;
    assert_eq!(tokens[0], json!({"text": "网易", "start": 0, "end": 6, "word": word, "origin": "dictionary"}));
    assert_eq!(tokens[1], json!({"text": "杭研", "start": 6, "end": 12, "word": null, "origin": "model"}));
    let tagged = NATURAL.tag("网易").next().unwrap();
    let expected = json!({"text": "网易", "start": 0, "end": 6, "word": word, "origin": "dictionary", "tag": "n"});
    assert_eq!(to_value(tagged).unwrap(), expected);
    let placed = NATURAL.search_tokens("网易").next().unwrap();
    assert_eq!(to_value(placed).unwrap(), json!({"token": tokens[0], "position": 0, "position_length": 2}));
    let entry = NATURAL.dictionary().get("大厦").unwrap();
    assert_eq!(from_value::<Entry>(to_value(entry).unwrap()).unwrap(), entry);
    assert!(from_value::<Tag>(json!("no tag")).is_err());
}

#[test]
fn keywords_come_back() {
    for (name, text) in articles() {
        let keywords = Extractor::new().extract(&*NATURAL, &text, 20);
        let written = to_string(&keywords).unwrap();
        assert_eq!(from_str::<Vec<Keyword>>(&written).unwrap(), keywords, "{name}");
    }
    let keyword =
        |places: Value| json!({"text": "a", "simplified": null, "weight": 1, "words": 1, "tag": "", "places": places});
    assert_eq!(from_value::<Keyword>(keyword(json!([{"start": 0, "end": 1}]))).unwrap().first(), 0..1);
    assert!(from_value::<Keyword>(keyword(json!([]))).is_err());
}

#[test]
fn words_of_users_come_back_and_do_the_same() {
    let mut words = UserWords::new();
    words.parse("李小福 2 nr\n云计算中心\n").unwrap();
    words.split("今天天气", &["今天", "天气"]).unwrap().never_join("很赞").unwrap().set_frequency("台中", 69).unwrap();
    words.prefer("软银集团").unwrap().force("江大桥").unwrap();
    let written = to_value(&words).unwrap();
    let expected = json!({"version": 1, "words": {
        "李小福": {"add": {"frequency": 2, "tag": "nr"}},
        "云计算中心": {"add": {"frequency": null, "tag": null}},
        "今天天气": {"split": ["今天", "天气"]},
        "很赞": "never_join",
        "台中": {"frequency": 69},
        "软银集团": "prefer",
        "江大桥": "force",
    }});
    assert_eq!(written, expected);
    let again: UserWords = from_value(written).unwrap();
    assert_eq!(again, words);
    let image = |words: &UserWords| Dictionary::embedded().with_words(words).unwrap().to_bytes().into_owned();
    assert!(image(&again) == image(&words));
}

#[test]
fn words_that_may_not_be_are_refused() {
    for (stored, reason) in [
        (json!({"version": 2, "words": {}}), "expected words in the form of version 1, found version 2"),
        (json!({"words": {}}), "version"),
        (json!({"version": 1, "words": {"": "prefer"}}), "expected 1 to 255 characters"),
        (json!({"version": 1, "words": {"江": "force"}}), "expected 2 to 255 characters"),
        (json!({"version": 1, "words": {"江大桥": {"split": ["江", "桥"]}}}), "two parts or more"),
        (json!({"version": 1, "words": {"江大桥": {"add": {"frequency": 1, "tag": "a b"}}}}), "tag"),
        (json!({"version": 1, "words": {"江大桥": "forever"}}), "forever"),
    ] {
        let error = from_value::<UserWords>(stored).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}

proptest! {
    #[test]
    fn any_words_of_users_come_back(words in prop::collection::vec((any_text(), 0..6u8, any::<Option<u64>>()), 0..20)) {
        let mut all = UserWords::new();
        for (word, wish, frequency) in &words {
            let _ = match wish {
                0 => all.add_with(word, *frequency, None),
                1 => all.set_frequency(word, frequency.unwrap_or_default()),
                2 => all.prefer(word),
                3 => all.force(word),
                4 => {
                    let at = word.char_indices().nth(1).map_or(0, |(at, _)| at);
                    all.split(word, &[&word[..at], &word[at..]])
                }
                _ => all.never_join(word),
            };
        }
        prop_assert_eq!(from_str::<UserWords>(&to_string(&all).unwrap()).unwrap(), all);
    }
}
mod article {
    use fenci::Article;
    use fenci::article::{Cleaner, Glosses, RepairKind};

    use super::*;

    #[test]
    fn articles_come_back_with_their_maps() {
        for (name, page) in articles() {
            let article = Article::clean(&page);
            let written = to_string(&article).unwrap();
            let again: Article<'_> = from_str(&written).unwrap();
            assert_eq!(again, article, "{name}");
            let all = 0..article.text().len();
            assert_eq!(again.into_owned().raw_range(all.clone()), article.raw_range(all));
        }
    }

    #[test]
    fn an_article_is_its_page_repaired() {
        let good = to_value(Article::clean("集團(tuán)與(yǔ)")).unwrap();
        assert_eq!(
            (&good["version"], &good["raw"], &good["text"]),
            (&json!(1), &json!("集團(tuán)與(yǔ)"), &json!("集團與"))
        );
        let harmed = |path: &str, value: Value| {
            let mut stored = good.clone();
            *stored.pointer_mut(path).unwrap() = value;
            from_value::<Article<'static>>(stored)
        };
        assert!(harmed("/version", json!(1)).is_ok());
        for (path, value) in [
            ("/version", json!(0)),
            ("/raw", json!("集團")),
            ("/text", json!("集團與(")),
            ("/repairs", json!([])),
            ("/repairs/0/raw/start", json!(7)),
            ("/repairs/0/raw/end", json!(5)),
            ("/repairs/0/raw/end", json!(14)),
            ("/repairs/1/raw/end", json!(99)),
            ("/repairs/0/clean/start", json!(5)),
            ("/repairs/0/replacement", json!("x")),
            ("/repairs/0/kind", json!("ghost")),
        ] {
            assert!(harmed(path, value.clone()).is_err(), "{path} {value}");
        }
        assert_eq!(harmed("/repairs/0/kind", json!("form")).unwrap().repairs()[0].kind, RepairKind::Form);
    }

    #[test]
    fn what_is_not_said_of_a_cleaner_is_as_usual() {
        let cleaner: Cleaner = from_value(json!({"glosses": "remove", "furniture": false})).unwrap();
        assert_eq!(cleaner, Cleaner::new().glosses(Glosses::Remove).furniture(false));
        assert_eq!(from_value::<Cleaner>(to_value(&cleaner).unwrap()).unwrap(), cleaner);
    }

    proptest! {
        #[test]
        fn any_article_comes_back(page in any_text()) {
            let article = Article::clean(&page);
            prop_assert_eq!(from_str::<Article<'_>>(&to_string(&article).unwrap()).unwrap(), article);
        }
    }
}
