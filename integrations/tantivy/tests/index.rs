//! Tests the tokenizer in an index: texts are found in either script, by words, parts and phrases.

use fenci::Segmenter;
use fenci_tantivy::{FenciTokenStream, FenciTokenizer};
use tantivy::collector::Count;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, Searcher, TantivyDocument, doc};

const TEXTS: [&str; 6] = [
    "李萍进了中等技术学校",
    "他在中国农业发展银行工作",
    "軟銀集團的數據中心與OpenAI",
    "学校的技术",
    "科学技术，学校教育",
    "粵劇《帝女花》在香港上演，門票很快售罄。",
];

struct Search {
    searcher: Searcher,
    parser: QueryParser,
}

impl Search {
    fn new(texts: &[&str]) -> Search {
        let positions = IndexRecordOption::WithFreqsAndPositions;
        let indexing = TextFieldIndexing::default().set_tokenizer("fenci").set_index_option(positions);
        let mut schema = Schema::builder();
        let body = schema.add_text_field("body", TextOptions::default().set_indexing_options(indexing).set_stored());
        let index = Index::create_in_ram(schema.build());
        let segmenter = Segmenter::new();
        index.tokenizers().register("fenci", FenciTokenizer::for_index(segmenter.clone()));
        let queries = TokenizerManager::new();
        queries.register("fenci", FenciTokenizer::for_queries(segmenter));
        let mut parser = QueryParser::new(index.schema(), vec![body], queries);
        parser.set_conjunction_by_default();
        let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
        for text in texts {
            writer.add_document(doc!(body => *text)).unwrap();
        }
        writer.commit().unwrap();
        Search { searcher: index.reader().unwrap().searcher(), parser }
    }

    fn count(&self, query: &str) -> usize {
        self.searcher.search(&self.parser.parse_query(query).unwrap(), &Count).unwrap()
    }
}

#[test]
fn phrases_are_found_in_words_and_over_them() {
    let search = Search::new(&TEXTS);
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
        ("粤剧", 1),
        ("学校技术", 0),
        ("银行农业", 0),
        ("外星人入侵", 0),
    ] {
        assert_eq!(search.count(query), count, "{query}");
    }
    assert!(search.parser.parse_query("name:").is_err());
}

#[test]
fn snippets_are_in_the_script_of_the_text() {
    let search = Search::new(&TEXTS[2..3]);
    let query = search.parser.parse_query("软银集团").unwrap();
    let body = search.searcher.schema().get_field("body").unwrap();
    let snippets = SnippetGenerator::create(&search.searcher, &*query, body).unwrap();
    let text: TantivyDocument = search.searcher.doc(tantivy::DocAddress::new(0, 0)).unwrap();
    assert!(snippets.snippet_from_doc(&text).to_html().contains("<b>軟銀"));
}

#[test]
fn tokens_are_ranges_of_the_text_in_order() {
    let segmenter = Segmenter::new();
    for text in TEXTS {
        for mut tokenizer in
            [FenciTokenizer::for_index(segmenter.clone()), FenciTokenizer::for_queries(segmenter.clone())]
        {
            let (mut offset, mut position) = (0, 0);
            let mut stream: FenciTokenStream<'_> = tokenizer.token_stream(text);
            while stream.advance() {
                let token = stream.token();
                assert!(text.get(token.offset_from..token.offset_to).is_some_and(|slice| !slice.is_empty()));
                assert!(token.offset_from >= offset && token.position >= position && token.position_length > 0);
                (offset, position) = (token.offset_from, token.position);
            }
            assert!(position > 0);
        }
    }
    assert!(!FenciTokenizer::for_queries(segmenter).token_stream("").advance());
}
