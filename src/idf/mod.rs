//! How rare words are elsewhere: inverse document frequencies, and learning them from a corpus.
//!
//! ```text
//! corpus ──► Counter, one a thread ──► Runs, if memory is scarce ──► merge ──► DocumentFrequencies ──► Idf
//! (texts,    (word → in how many       (sorted, on disk)                      (the file: whole       (values, joined
//!  files)     documents)                                                       numbers, by word)      to a dictionary)
//! ```

mod corpus;
mod counter;
mod formula;
mod frequencies;
mod merge;
mod spill;
mod table;
mod trainer;
mod transducer;

pub use self::formula::{IdfFormula, UnknownWords};
pub use self::frequencies::DocumentFrequencies;
pub use self::table::{Idf, IdfBuilder};
pub use self::trainer::{IdfTrainer, TrainingProgress};
