//! What a text is about: its words and phrases, ranked.

mod extractor;
mod found;
#[cfg(feature = "jieba-rs")]
mod jieba_source;
mod judge;
mod kept;
mod phrases;
mod stop_words;
mod terms;
mod textrank;
mod tfidf;
mod weighed;

pub use self::extractor::{Extractor, ExtractorBuilder, Method};
pub use self::found::Keyword;
pub use self::stop_words::StopWords;
pub use crate::segment::{Term, TermSource};
