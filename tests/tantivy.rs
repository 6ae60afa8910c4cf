//! The tokenizer in a real index: what is indexed is found, in either script, as words, parts and phrases.

#![cfg(all(feature = "article", feature = "tantivy"))]

mod common;
#[path = "../examples/tantivy_search/search.rs"]
mod search;

use common::articles;
use fenci::{Segmenter, TantivyTokenizer};
use search::Search;
use tantivy::tokenizer::{TokenStream, Tokenizer};

fn search(texts: &[&str]) -> Search {
    Search::new(texts.iter().map(|text| (String::new(), (*text).to_owned()))).unwrap()
}

#[test]
fn phrases_are_found_in_words_and_over_them() {
    let search = search(&[
        "李萍进了中等技术学校",
        "他在中国农业发展银行工作",
        "軟銀集團的數據中心與OpenAI",
        "学校的技术",
        "科学技术，学校教育",
    ]);
    for (query, count) in [
        // Punctuation is no unit.
        ("技术学校", 2),
        ("中等技术学校", 1),
        ("學校", 3),
        ("中国农业发展银行", 1),
        ("农业", 1),
        ("软银", 1),
        ("軟銀集團", 1),
        ("数据中心", 1),
        ("openai", 1),
        ("ＯｐｅｎＡＩ", 1),
        ("学校技术", 0),
        ("银行农业", 0),
    ] {
        assert_eq!(search.find(query, 9).unwrap().len(), count, "{query}");
    }
}

#[test]
fn articles_are_found_in_both_scripts_with_snippets_as_they_stand() {
    let search = Search::new(articles()).unwrap();
    assert_eq!(search.len(), 8);
    for (query, name, snippet) in [
        ("软银集团", "stargate", "【軟銀集團】"),
        ("軟銀集團", "stargate", "【軟銀集團】"),
        ("數據中心", "technology", "【数据中心】"),
        ("粤剧", "culture", "【粵劇】"),
        ("\"擱淺，半年\"", "stargate", "【擱淺】"),
    ] {
        let hits = search.find(query, 9).unwrap();
        let hit = hits.iter().find(|hit| hit.name == name).unwrap();
        assert!(hit.score > 0.0 && hit.snippet("【", "】").contains(snippet), "{query} {}", hit.snippet("【", "】"));
    }
    assert!(search.find("外星人入侵", 9).unwrap().is_empty());
    assert!(search.find("name:", 9).is_err());
}

#[test]
fn tokens_are_ranges_of_the_text_in_order() {
    let segmenter = Segmenter::new();
    for (_, text) in articles() {
        for mut tokenizer in
            [TantivyTokenizer::for_index(segmenter.clone()), TantivyTokenizer::for_queries(segmenter.clone())]
        {
            let (mut offset, mut position) = (0, 0);
            let mut stream = tokenizer.token_stream(&text);
            while stream.advance() {
                let token = stream.token();
                assert!(text.get(token.offset_from..token.offset_to).is_some_and(|slice| !slice.is_empty()));
                assert!(token.offset_from >= offset && token.position >= position && token.position_length > 0);
                (offset, position) = (token.offset_from, token.position);
            }
            assert!(position > 0);
        }
    }
}
