//! Indexes text files in memory and searches them, in Simplified and in Traditional characters.
//!
//! `cargo run -p fenci-tantivy --release --example search -- 数据中心 benches/articles/*.txt`

use std::error::Error;
use std::fs;

use fenci::{Article, Segmenter};
use fenci_tantivy::FenciTokenizer;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value as _};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, TantivyDocument, doc};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let query = args.next().ok_or("usage: search QUERY FILE…")?;

    let positions = IndexRecordOption::WithFreqsAndPositions;
    let indexing = TextFieldIndexing::default().set_tokenizer("fenci").set_index_option(positions);
    let mut schema = Schema::builder();
    let name = schema.add_text_field("name", STRING | STORED);
    let body = schema.add_text_field("body", TextOptions::default().set_indexing_options(indexing).set_stored());
    let index = Index::create_in_ram(schema.build());

    // Texts are indexed by words and the words inside them. A query needs the smallest words that
    // cover it.
    let segmenter = Segmenter::new();
    index.tokenizers().register("fenci", FenciTokenizer::for_index(segmenter.clone()));
    let queries = TokenizerManager::new();
    queries.register("fenci", FenciTokenizer::for_queries(segmenter));
    let mut parser = QueryParser::new(index.schema(), vec![body], queries);
    parser.set_conjunction_by_default();

    let mut writer = index.writer_with_num_threads(1, 50_000_000)?;
    for file in args {
        let page = fs::read_to_string(&file)?;
        writer.add_document(doc!(name => file, body => Article::clean(&page).text()))?;
    }
    writer.commit()?;

    let query = parser.parse_query(&query)?;
    let searcher = index.reader()?.searcher();
    let mut snippets = SnippetGenerator::create(&searcher, &*query, body)?;
    snippets.set_max_num_chars(180);
    for (score, address) in searcher.search(&query, &TopDocs::with_limit(3).order_by_score())? {
        let article: TantivyDocument = searcher.doc(address)?;
        let file = article.get_first(name).and_then(|name| name.as_str()).unwrap_or_default();
        let snippet = snippets.snippet_from_doc(&article);
        println!("{score:7.2}  {file}: {}", snippet.fragment().replace('\n', " "));
    }
    Ok(())
}
