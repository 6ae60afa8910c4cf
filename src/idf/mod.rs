//! The rarity of words: document frequencies of a corpus, and IDF tables made from them.
//!
//! ```text
//! texts ──► IdfTrainer ──► DocumentFrequencies ──► Idf
//!                          whole numbers by word   values, joined to a dictionary
//! ```
//!
//! The trainer counts in memory. For a larger corpus, use an engine that groups the words of
//! [`document_words`], and pass its result to [`DocumentFrequencies::from_counts`].

mod formula;
mod frequencies;
mod sorted_words;
mod table;
mod trainer;

pub use self::formula::{IdfFormula, UnknownWords};
pub use self::frequencies::DocumentFrequencies;
pub use self::table::{Idf, IdfBuilder};
pub use self::trainer::{IdfTrainer, document_words};
