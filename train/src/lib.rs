//! Trains the models that [fenci](https://docs.rs/fenci) is compiled with.
//!
//! Each model has a module of its own: `words` learns where words end, and `lines` learns which
//! lines of a page belong to its article. The program `fenci train` calls them.

use std::fmt;

pub mod lines;
pub mod words;

/// The reason why a model cannot be trained: one line that says what was expected, what was found,
/// and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(pub(crate) String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
