//! The one error type: bad data or configuration, never bad text.

use std::fmt;

/// What was wrong with data that was given: a dictionary, a model, a table, an image.
///
/// Its [`Display`](fmt::Display) form is one line that says what was expected, what was found, where, and, where
/// it is not plain, how to mend it. Text to be segmented never makes an error.
#[derive(Debug)]
pub struct Error {
    message: String,
    line: Option<u64>,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Error {
        Error { message: message.into(), line: None }
    }

    pub(crate) fn at_line(line: usize, message: impl Into<String>) -> Error {
        Error { message: message.into(), line: Some(line as u64) }
    }

    /// The line of a text file that was at fault, counted from 1.
    pub fn line(&self) -> Option<u64> {
        self.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
