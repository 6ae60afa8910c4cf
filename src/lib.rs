//! fenci
mod bytes;
mod error;
mod hmm;
mod image;
mod keywords;
mod lexicon;
mod pages;
mod route;
mod scratch;
mod segmenter;
mod tag;
mod tagger;
mod text;
mod token;

pub use error::Error;
pub use hmm::HmmModel;
pub use keywords::{Idf, Keyword, StopWords, Term, TermSource, TfIdf, TfIdfBuilder};
pub use lexicon::{Dictionary, DictionaryBuilder, Entry, WordId};
pub use segmenter::{Profile, Segmenter, SegmenterBuilder, TaggedTokens, Tokens};
pub use tag::Tag;
pub use tagger::TagModel;
pub use token::{Origin, Tagged, Token};

pub(crate) use scratch::release;
