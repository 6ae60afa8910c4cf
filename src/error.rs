//! The one error type: bad data or configuration, never bad text.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The reason why a dictionary, a model, a table, an image, a file or an option could not be used.
///
/// Its [`Display`](fmt::Display) form is one line. It says what was expected, what was found,
/// where, and how to mend it. A program that reacts to an error asks for its [`kind`](Error::kind),
/// [`path`](Error::path) and [`line`](Error::line). Text to be segmented never makes an error.
///
/// ```
/// use fenci::{Dictionary, ErrorKind};
///
/// let error = Dictionary::open("no such file").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Io);
/// assert_eq!(error.path(), Some("no such file".as_ref()));
/// let cause: &std::io::Error = std::error::Error::source(&error).unwrap().downcast_ref().unwrap();
/// assert_eq!(cause.kind(), std::io::ErrorKind::NotFound);
/// ```
#[derive(Debug)]
pub struct Error(Box<ErrorParts>);

/// The parts of an [`Error`], which boxes them so that a `Result` is small.
#[derive(Debug)]
struct ErrorParts {
    kind: ErrorKind,
    message: String,
    path: Option<PathBuf>,
    line: Option<u64>,
    source: Option<io::Error>,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The system could not read or write a file. [`Error::source`](std::error::Error::source)
    /// returns its [`io::Error`].
    Io,
    /// The bytes are no image of the expected kind, or the image is damaged.
    Image,
    /// The image has another version: compile it again from its source.
    Version,
    /// A text form has a line that cannot be read. [`Error::line`] names it.
    Text,
    /// A word, a tag, an option or an amount cannot be used.
    Invalid,
}

impl Error {
    /// Returns an error of kind [`ErrorKind::Invalid`], for a value that a program gave.
    pub(crate) fn new(message: impl Into<String>) -> Error {
        Error::of_kind(ErrorKind::Invalid, message)
    }

    pub(crate) fn of_kind(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error(Box::new(ErrorParts { kind, message: message.into(), path: None, line: None, source: None }))
    }

    /// Returns the error that the system reported for the file at `path`.
    pub(crate) fn io(path: &Path, error: io::Error) -> Error {
        let mut io = Error::of_kind(ErrorKind::Io, error.to_string()).in_file(path);
        io.0.source = Some(error);
        io
    }

    /// Adds the file that the error is about.
    pub(crate) fn in_file(mut self, path: &Path) -> Error {
        self.0.path = Some(path.into());
        self
    }

    /// Adds the line of a text form that the error is about. The kind becomes [`ErrorKind::Text`].
    pub(crate) fn in_line(mut self, line: usize) -> Error {
        self.0.kind = ErrorKind::Text;
        self.0.line = Some(line as u64);
        self
    }

    /// Returns the kind of the error.
    ///
    /// ```
    /// use fenci::{Dictionary, ErrorKind};
    ///
    /// let error = Dictionary::from_bytes(b"no image".to_vec()).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Image);
    /// ```
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the file that the error is about, if there is one.
    ///
    /// ```
    /// let error = fenci::Dictionary::open("no such file").unwrap_err();
    /// assert_eq!(error.path(), Some("no such file".as_ref()));
    /// ```
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// Returns the line of a text form that is at fault, counted from 1, if there is one.
    ///
    /// ```
    /// let error = fenci::dictionary::UserWords::new().parse("星际之门 300 nz\n软银 12x").unwrap_err();
    /// assert_eq!(error.line(), Some(2));
    /// ```
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ErrorParts { message, path, line, .. } = &*self.0;
        if let Some(path) = path {
            let name = path.display().to_string();
            // The message stays one line, even if the file name has control characters.
            match name.contains(char::is_control) {
                true => write!(f, "{name:?}: ")?,
                false => write!(f, "{name}: ")?,
            }
        }
        if let Some(line) = line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}
