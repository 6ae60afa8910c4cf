//! How rare words are elsewhere: document frequencies of a corpus, and IDF tables made of them.
//!
//! ```text
//! texts ──► IdfTrainer ──► DocumentFrequencies ──► Idf
//!                          whole numbers by word   values, joined to a dictionary
//! ```
//!
//! The trainer counts in memory. A corpus that does not fit is counted by an engine that groups
//! the words of [`document_words`]; [`DocumentFrequencies::from_counts`] takes the result.

mod formula;
mod frequencies;
mod sorted_words;
mod table;
mod trainer;

pub use self::formula::{IdfFormula, UnknownWords};
pub use self::frequencies::DocumentFrequencies;
pub use self::table::{Idf, IdfBuilder};
pub use self::trainer::{IdfTrainer, document_words};
