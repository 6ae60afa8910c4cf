//! The documents of a corpus: files, the files in folders, or the lines of either.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::vec;

use indicatif::{HumanCount, ProgressBar};

use crate::failure::Failure;
use crate::input::{Input, Lines};

/// Documents, read one after the other.
///
/// The iterator ends at the first error; [`Documents::finish`] returns it.
pub(crate) struct Documents<'f> {
    inputs: vec::IntoIter<Input>,
    /// The lines of the current file, if each line is a document.
    lines: Option<Lines>,
    is_by_line: bool,
    count: u64,
    bar: ProgressBar,
    failure: &'f mut Option<Failure>,
    is_interrupted: &'f (dyn Fn() -> bool + Sync),
}

impl<'f> Documents<'f> {
    /// Returns the documents of `files`. They end after an error or when `is_interrupted` returns
    /// `true`, and `failure` then holds the reason.
    pub(crate) fn new(
        files: &[PathBuf],
        is_by_line: bool,
        failure: &'f mut Option<Failure>,
        is_interrupted: &'f (dyn Fn() -> bool + Sync),
    ) -> Documents<'f> {
        let (inputs, bar) = Input::with_bar(files, io::IsTerminal::is_terminal(&io::stderr()));
        Documents { inputs: inputs.into_iter(), lines: None, is_by_line, count: 0, bar, failure, is_interrupted }
    }

    fn read_next(&mut self) -> Option<Result<String, Failure>> {
        loop {
            if let Some(line) = self.lines.as_mut().and_then(Iterator::next) {
                return Some(line);
            }
            let input = self.inputs.next()?;
            if !self.is_by_line {
                return Some(input.read().map(|text| text.text));
            }
            match input.lines() {
                Ok(lines) => self.lines = Some(lines),
                Err(failure) => return Some(Err(failure)),
            }
        }
    }
}

impl Iterator for Documents<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        if self.failure.is_some() {
            return None;
        }
        if (self.is_interrupted)() {
            *self.failure = Some(Failure::new("interrupted; nothing was written"));
            return None;
        }
        match self.read_next()? {
            Ok(text) => {
                self.count += 1;
                self.bar.set_message(format!("{} documents", HumanCount(self.count)));
                Some(text)
            }
            Err(failure) => {
                *self.failure = Some(failure);
                None
            }
        }
    }
}

/// Returns the files that `paths` name: files as they are, and the files in folders at any depth,
/// sorted.
///
/// In folders, names that begin with a dot and links to folders are skipped, and so is `out`.
pub(crate) fn files(paths: &[PathBuf], out: &Path) -> Result<Vec<PathBuf>, Failure> {
    let out = fs::canonicalize(out).ok();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            add_folder(path, &mut files).map_err(|error| Failure::at(path, error))?;
        } else {
            files.push(path.clone());
        }
    }
    files.retain(|file| out.is_none() || fs::canonicalize(file).ok() != out);
    Ok(files)
}

fn add_folder(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.retain(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        // Asks for the entry's own kind: a link to a folder above would never end.
        if entry.file_type()?.is_dir() {
            add_folder(&entry.path(), files)?;
        } else if entry.path().is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}
