//! The keywords of a text: its words and phrases, ranked.
//!
//! ```text
//! TermSource ──► Terms ──► TF-IDF, TextRank ──► keywords
//!                (counted)   or
//!                └──► Candidates ──► weights ──► phrases, without overlaps
//! ```

mod extract;
mod extractor;
#[cfg(feature = "jieba-rs")]
mod jieba_source;
mod judge;
mod keywords;
mod kinds;
mod phrases;
mod stop_words;
mod terms;
mod textrank;
mod tfidf;

pub use self::extractor::{Extractor, ExtractorBuilder, JiebaExtractorBuilder, Method};
pub use self::keywords::Keyword;
pub use self::stop_words::StopWords;
pub use crate::segment::{Term, TermSource};
