//! Other crates' types as ours, and ours as theirs.

#[cfg(feature = "tantivy")]
mod tantivy;

#[cfg(feature = "tantivy")]
pub use self::tantivy::{TantivyTokenStream, TantivyTokenizer};
