//! Other crates' types as ours, and ours as theirs.

#[cfg(feature = "jieba-rs")]
mod jieba;
#[cfg(feature = "rayon")]
mod parallel;
#[cfg(feature = "tantivy")]
mod tantivy;

#[cfg(feature = "tantivy")]
pub use self::tantivy::{TantivyTokenStream, TantivyTokenizer};
