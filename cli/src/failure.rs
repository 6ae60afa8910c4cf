//! Reasons why a command stops early.

use std::fmt::Display;
use std::io;
use std::path::Path;

/// The reason why a command stopped early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of standard output is gone, as after `head`. This is no error.
    Closed,
    /// One line for the user.
    Message(String),
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Failure {
        Failure::Message(message.into())
    }

    /// An error of the file at `path`, or of standard input.
    pub(crate) fn at(path: &Path, error: impl Display) -> Failure {
        Failure::Message(format!("{}: {error}", name(path)))
    }

    /// An error of standard output.
    pub(crate) fn of_output(error: &io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Message(format!("standard output: {error}")),
        }
    }
}

impl From<fenci::Error> for Failure {
    fn from(error: fenci::Error) -> Failure {
        Failure::Message(error.to_string())
    }
}

/// Returns the name of a file for messages: always one line.
pub(crate) fn name(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "standard input".to_owned();
    }
    let name = path.display().to_string();
    if name.contains(char::is_control) { format!("{name:?}") } else { name }
}
