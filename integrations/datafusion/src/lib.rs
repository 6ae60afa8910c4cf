//! Chinese words, keywords and document frequencies in SQL.
//!
//! [`register`] adds five functions to a DataFusion [`SessionContext`]:
//!
//! | function | result |
//! |---|---|
//! | `fenci_cut(text [, mode])` | list of words; `mode` is `'precise'`, `'all'` or `'search'` |
//! | `fenci_tag(text)` | list of struct(`word`, `tag`, `start`, `end`), offsets in bytes |
//! | `fenci_keywords(text, k [, method])` | list of struct(`keyword`, `weight`, `count`), ranked |
//! | `fenci_clean(text)` | the main text of a page |
//! | `fenci_terms(text [, marks])` | list of the distinct words that document frequencies count |
//!
//! A text is `Utf8`, `LargeUtf8` or `Utf8View`; a null text gives null. `method` is `'phrases'`,
//! `'tfidf'` or `'textrank'`. The first of several choices is the default. All arguments except the
//! text are constants. A wrong type or a wrong constant is an error at planning.
//!
//! ```
//! use datafusion::arrow::array::AsArray;
//! use datafusion::prelude::SessionContext;
//! use fenci_datafusion::{Options, register};
//!
//! # #[tokio::main]
//! # async fn main() -> datafusion::error::Result<()> {
//! let context = SessionContext::new();
//! register(&context, Options::new());
//! let sql = "SELECT array_to_string(fenci_cut('我爱北京天安门'), '/')";
//! let batches = context.sql(sql).await?.collect().await?;
//! assert_eq!(batches[0].column(0).as_string::<i32>().value(0), "我/爱/北京/天安门");
//! # Ok(())
//! # }
//! ```
//!
//! [`DOCUMENT_FREQUENCIES`] is the query that counts the words of a corpus. DataFusion spills it to
//! disk under a memory limit, and Ballista distributes it. [`learn`] turns its result into
//! [`fenci::idf::DocumentFrequencies`].
//!
//! # Features
//!
//! - `program`: the program `fenci-corpus`.
//! - `cluster`: the module [`cluster`], with the scheduler, executors and clients of Ballista.
//!
//! [`SessionContext`]: datafusion::prelude::SessionContext

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

#[cfg(feature = "cluster")]
pub mod cluster;
mod frequencies;
mod functions;
mod marks;
mod memory;
mod options;
mod terms;

pub use frequencies::{DOCUMENT_FREQUENCIES, Learned, learn};
pub use functions::{functions, register};
pub use memory::memory_pool;
pub use options::{Options, Progress};
