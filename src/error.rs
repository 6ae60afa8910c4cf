//! The one error type: bad data or configuration, never bad text.

use std::fmt;
use std::io;
use std::path::Path;

/// What was wrong with data that was given, a dictionary, a model, a table, an image, or with a file.
///
/// Its [`Display`](fmt::Display) form is one line that says what was expected, what was found, where, and, where
/// it is not plain, how to mend it. Text to be segmented never makes an error.
#[derive(Debug)]
pub struct Error {
    message: String,
    file: Option<String>,
    line: Option<u64>,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Error {
        Error { message: message.into(), file: None, line: None }
    }

    pub(crate) fn at_line(line: usize, message: impl Into<String>) -> Error {
        Error { message: message.into(), file: None, line: Some(line as u64) }
    }

    /// What the system says of a file.
    pub(crate) fn io(path: &Path, error: &io::Error) -> Error {
        Error::new(error.to_string()).in_file(path)
    }

    /// The same error, with the file that it is about.
    pub(crate) fn in_file(self, path: &Path) -> Error {
        let name = path.display().to_string();
        // An error is one line, whatever files are called.
        let name = if name.contains(char::is_control) { format!("{name:?}") } else { name };
        Error { file: Some(name), ..self }
    }

    /// The line of a text file that was at fault, counted from 1.
    ///
    /// ```
    /// let error = fenci::dictionary::UserWords::new().parse("星际之门 300 nz\n软银 12x").unwrap_err();
    /// assert_eq!(error.line(), Some(2));
    /// ```
    pub fn line(&self) -> Option<u64> {
        self.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}: ")?;
        }
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
