//! A tokenizer for [tantivy](https://docs.rs/tantivy) that cuts Chinese text with
//! [fenci](https://docs.rs/fenci).
//!
//! Texts and queries may be in Simplified or Traditional characters. Each finds the other by words,
//! by parts of words and by phrases. Each side has its own [`FenciTokenizer`].

use std::fmt;

use tantivy_tokenizer_api::{Token, TokenStream, Tokenizer};

use fenci::Segmenter;
use fenci::segment::{SearchToken, SearchTokens, Simplifier};

/// A tokenizer for the texts of an index, or for queries.
///
/// An index has the words of a text and the words inside them, with positions that count
/// characters. A query is cut into the smallest words that cover it. tantivy's query parser makes a
/// phrase of them. The phrase matches where the same words stand at the same distances, as one word
/// or as several.
///
/// Terms are Simplified, half width and lower case if the segmenter folds. Offsets count bytes of
/// the original text.
///
/// ```
/// use fenci::Segmenter;
/// use fenci_tantivy::FenciTokenizer;
/// use tantivy_tokenizer_api::{TokenStream as _, Tokenizer as _};
///
/// let terms = |mut tokenizer: FenciTokenizer, text: &str| {
///     let mut terms = Vec::new();
///     tokenizer.token_stream(text).process(&mut |token| terms.push((token.text.clone(), token.position)));
///     terms
/// };
/// let index = terms(FenciTokenizer::for_index(Segmenter::new()), "在中等技術學校");
/// let query = terms(FenciTokenizer::for_queries(Segmenter::new()), "技术学校");
/// assert_eq!(query, [("技术".into(), 0), ("学校".into(), 2)]);
/// assert!(index.contains(&("技术".into(), 3)) && index.contains(&("学校".into(), 5)));
/// ```
///
/// Give the query parser its own tokenizer manager, with the other side under the same name:
///
/// ```
/// use fenci::Segmenter;
/// use fenci_tantivy::FenciTokenizer;
/// use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
/// use tantivy::{Index, query::QueryParser, tokenizer::TokenizerManager};
///
/// let indexing = TextFieldIndexing::default()
///     .set_tokenizer("fenci")
///     .set_index_option(IndexRecordOption::WithFreqsAndPositions);
/// let mut schema = Schema::builder();
/// let body = schema.add_text_field("body", TextOptions::default().set_indexing_options(indexing).set_stored());
/// let index = Index::create_in_ram(schema.build());
/// let segmenter = Segmenter::new();
/// index.tokenizers().register("fenci", FenciTokenizer::for_index(segmenter.clone()));
///
/// let queries = TokenizerManager::new();
/// queries.register("fenci", FenciTokenizer::for_queries(segmenter));
/// let parser = QueryParser::new(index.schema(), vec![body], queries);
/// # parser.parse_query("技术学校").unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct FenciTokenizer {
    segmenter: Segmenter,
    for_queries: bool,
}

impl FenciTokenizer {
    /// Returns a tokenizer for the texts of an index.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci_tantivy::FenciTokenizer;
    /// # use tantivy_tokenizer_api::{TokenStream as _, Tokenizer as _};
    /// let mut tokenizer = FenciTokenizer::for_index(Segmenter::new());
    /// let mut words = Vec::new();
    /// tokenizer.token_stream("技術學校").process(&mut |token| words.push(token.text.clone()));
    /// assert_eq!(words, ["技术学校", "技术", "术学", "学校"]);
    /// ```
    pub fn for_index(segmenter: Segmenter) -> FenciTokenizer {
        FenciTokenizer { segmenter, for_queries: false }
    }

    /// Returns a tokenizer for queries to such an index.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci_tantivy::FenciTokenizer;
    /// # use tantivy_tokenizer_api::{TokenStream as _, Tokenizer as _};
    /// let mut tokenizer = FenciTokenizer::for_queries(Segmenter::new());
    /// let mut words = Vec::new();
    /// tokenizer.token_stream("技術學校").process(&mut |token| words.push(token.text.clone()));
    /// assert_eq!(words, ["技术", "学校"]);
    /// ```
    pub fn for_queries(segmenter: Segmenter) -> FenciTokenizer {
        FenciTokenizer { segmenter, for_queries: true }
    }
}

impl Tokenizer for FenciTokenizer {
    type TokenStream<'a> = FenciTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FenciTokenStream<'a> {
        let tokens = self.segmenter.search_tokens(text);
        let tokens: Box<dyn Iterator<Item = SearchToken<'a>>> =
            if self.for_queries { Box::new(smallest(tokens).into_iter()) } else { Box::new(tokens) };
        FenciTokenStream { tokens, simplifier: self.segmenter.simplifier(), token: Token::default() }
    }
}

/// The tokens of a text, as [`FenciTokenizer`] returns them.
pub struct FenciTokenStream<'a> {
    tokens: Box<dyn Iterator<Item = SearchToken<'a>> + 'a>,
    simplifier: Simplifier<'a>,
    token: Token,
}

impl TokenStream for FenciTokenStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.tokens.next() else { return false };
        let Token { offset_from, offset_to, position, text, position_length } = &mut self.token;
        (*offset_from, *offset_to) = (next.token().start(), next.token().end());
        (*position, *position_length) = (next.position(), next.position_length());
        text.clear();
        self.simplifier.fold_into(next.text(), text);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl fmt::Debug for FenciTokenStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FenciTokenStream").field("token", &self.token).finish_non_exhaustive()
    }
}

/// Returns the smallest tokens that cover the text.
fn smallest<'t>(tokens: SearchTokens<'_, 't>) -> Vec<SearchToken<'t>> {
    let all: Vec<SearchToken<'t>> = tokens.collect();
    // They are sorted by start, longer ones first: the parts of a token come after it.
    let is_covered = |(index, whole): (usize, &SearchToken<'t>)| {
        let end = whole.position() + whole.position_length();
        let after = all[index + 1..].iter().take_while(|part| part.position() < end);
        let mut covered = whole.position();
        for part in after.filter(|part| part.token().end() <= whole.token().end()) {
            if part.position() > covered {
                return false;
            }
            covered = covered.max(part.position() + part.position_length());
        }
        covered >= end
    };
    let kept: Vec<bool> = all.iter().enumerate().map(|token| !is_covered(token)).collect();
    let smallest: Vec<_> = all.into_iter().zip(kept).filter_map(|(token, kept)| kept.then_some(token)).collect();
    // Leaves out a token between neighbours that adjoin: a text that is cut between them lacks it.
    let mut end = 0;
    let mut cover: Vec<SearchToken<'t>> = Vec::with_capacity(smallest.len());
    for (index, token) in smallest.iter().enumerate() {
        let overlaps = token.position() < end;
        let adjoins = smallest.get(index + 1).is_some_and(|next| next.position() <= end);
        if !(overlaps && adjoins) {
            end = end.max(token.position() + token.position_length());
            cover.push(*token);
        }
    }
    cover
}
