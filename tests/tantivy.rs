//! The tokenizer in a real index: what is indexed is found, in either script, as words, parts and phrases.

#![cfg(feature = "tantivy")]

mod common;

use common::articles;
use fenci::{Segmenter, TantivyTokenizer};
use tantivy::collector::Count;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, doc};

struct Search {
    index: Index,
    parser: QueryParser,
}

impl Search {
    fn new(texts: &[&str]) -> Search {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("fenci")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let mut schema = Schema::builder();
        let body = schema.add_text_field("body", TextOptions::default().set_indexing_options(indexing).set_stored());
        let index = Index::create_in_ram(schema.build());
        let segmenter = Segmenter::new();
        index.tokenizers().register("fenci", TantivyTokenizer::for_index(segmenter.clone()));
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for text in texts {
            writer.add_document(doc!(body => *text)).unwrap();
        }
        writer.commit().unwrap();
        let queries = TokenizerManager::new();
        queries.register("fenci", TantivyTokenizer::for_queries(segmenter));
        let mut parser = QueryParser::new(index.schema(), vec![body], queries);
        parser.set_conjunction_by_default();
        Search { index, parser }
    }

    fn count(&self, query: &str) -> usize {
        let query = self.parser.parse_query(query).unwrap();
        self.index.reader().unwrap().searcher().search(&query, &Count).unwrap()
    }
}

#[test]
fn phrases_are_found_in_words_and_over_them() {
    let search = Search::new(&[
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
        assert_eq!(search.count(query), count, "{query}");
    }
}

#[test]
fn snippets_mark_the_text_as_it_stands() {
    let search = Search::new(&["軟銀集團的數據中心與OpenAI"]);
    let query = search.parser.parse_query("数据").unwrap();
    let body = search.index.schema().get_field("body").unwrap();
    let searcher = search.index.reader().unwrap().searcher();
    let generator = SnippetGenerator::create(&searcher, &*query, body).unwrap();
    let snippet = generator.snippet("軟銀集團的數據中心與OpenAI");
    assert!(snippet.to_html().contains("<b>數據"), "{}", snippet.to_html());
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
