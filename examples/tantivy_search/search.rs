//! An index of articles in memory, and what is found in it.

#![allow(unreachable_pub, reason = "the tests use it, too")]

use std::ops::Range;

use fenci::{Article, Segmenter, TantivyTokenizer};
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value as _};
use tantivy::snippet::{Snippet, SnippetGenerator};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexReader, TantivyDocument, TantivyError, doc};

/// Under which name the index knows the tokenizer.
const TOKENIZER: &str = "fenci";
/// How much memory the writer takes, in bytes.
const WRITER: usize = 50_000_000;
/// The longest snippet, in bytes.
const SNIPPET: usize = 180;

/// An index, and the parser of queries to it.
pub struct Search {
    reader: IndexReader,
    parser: QueryParser,
    name: Field,
    body: Field,
}

/// An article that was found.
pub struct Hit {
    pub name: String,
    pub score: f32,
    snippet: Snippet,
}

impl Search {
    /// Index articles, each with its name, after they have been cleaned.
    pub fn new(articles: impl IntoIterator<Item = (String, String)>) -> Result<Search, TantivyError> {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let mut schema = Schema::builder();
        let name = schema.add_text_field("name", STRING | STORED);
        let body = schema.add_text_field("body", TextOptions::default().set_indexing_options(indexing).set_stored());
        let index = Index::create_in_ram(schema.build());

        // A text is indexed by its words and their parts; a query takes the smallest that cover it.
        let segmenter = Segmenter::new();
        index.tokenizers().register(TOKENIZER, TantivyTokenizer::for_index(segmenter.clone()));
        let queries = TokenizerManager::new();
        queries.register(TOKENIZER, TantivyTokenizer::for_queries(segmenter));
        let mut parser = QueryParser::new(index.schema(), vec![body], queries);
        parser.set_conjunction_by_default();

        let mut writer = index.writer_with_num_threads(1, WRITER)?;
        for (file, text) in articles {
            writer.add_document(doc!(name => file, body => Article::clean(&text).text()))?;
        }
        writer.commit()?;
        Ok(Search { reader: index.reader()?, parser, name, body })
    }

    /// How many articles there are.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// The `most` best articles for a query in tantivy's language, in which words beside each other must all be found.
    pub fn find(&self, query: &str, most: usize) -> Result<Vec<Hit>, TantivyError> {
        let query = self.parser.parse_query(query)?;
        let searcher = self.reader.searcher();
        let mut snippets = SnippetGenerator::create(&searcher, &*query, self.body)?;
        snippets.set_max_num_chars(SNIPPET);
        let found = searcher.search(&query, &TopDocs::with_limit(most.max(1)).order_by_score())?;
        let hit = |(score, address)| {
            let article: TantivyDocument = searcher.doc(address)?;
            let name = article.get_first(self.name).and_then(|name| name.as_str()).unwrap_or_default().to_owned();
            Ok(Hit { name, score, snippet: snippets.snippet_from_doc(&article) })
        };
        found.into_iter().map(hit).collect()
    }
}

impl Hit {
    /// A piece of the article around what was found, on one line, with `begin` and `end` around each match.
    pub fn snippet(&self, begin: &str, end: &str) -> String {
        let text = self.snippet.fragment();
        // What adjoins or overlaps is one match.
        let mut matches: Vec<Range<usize>> = Vec::new();
        for found in self.snippet.highlighted() {
            match matches.last_mut() {
                Some(last) if found.start <= last.end => last.end = last.end.max(found.end),
                _ => matches.push(found.clone()),
            }
        }
        let mut marked = String::new();
        let mut at = 0;
        for found in matches {
            marked.extend([&text[at..found.start], begin, &text[found.clone()], end]);
            at = found.end;
        }
        marked.push_str(&text[at..]);
        marked.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
