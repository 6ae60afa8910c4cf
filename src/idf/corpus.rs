//! Where documents come from: texts, files, folders.
//!
//! A corpus hands out pieces of work, one thread at a time; what takes long, reading a file and decoding it, is done
//! with the piece, by all threads at once.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fs::{self, File, ReadDir};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::Error;

/// Documents, in pieces.
pub(super) trait Corpus: Send {
    type Piece: Piece;

    fn next(&mut self) -> Result<Option<Self::Piece>, Error>;
}

/// Some documents.
pub(super) trait Piece {
    /// Call `each` with each document, and how many bytes it had where it came from.
    fn each(self, each: &mut dyn FnMut(&str, u64) -> Result<(), Error>) -> Result<(), Error>;
}

/// Bytes of a piece, about: so much that handing it out costs nothing beside counting it.
const PIECE: usize = 1 << 18;
/// The most texts of a piece, so that empty ones come to an end, too.
const MOST_TEXTS: usize = 1 << 10;

/// Texts that someone else reads.
pub(super) struct Texts<I>(pub(super) I);

pub(super) struct SomeTexts<T>(Vec<T>);

impl<T: AsRef<str>, I: Iterator<Item = T> + Send> Corpus for Texts<I> {
    type Piece = SomeTexts<T>;

    fn next(&mut self) -> Result<Option<SomeTexts<T>>, Error> {
        let mut texts = Vec::new();
        let mut bytes = 0;
        while bytes < PIECE && texts.len() < MOST_TEXTS {
            let Some(text) = self.0.next() else { break };
            bytes += text.as_ref().len();
            texts.push(text);
        }
        Ok(if texts.is_empty() { None } else { Some(SomeTexts(texts)) })
    }
}

impl<T: AsRef<str>> Piece for SomeTexts<T> {
    fn each(self, each: &mut dyn FnMut(&str, u64) -> Result<(), Error>) -> Result<(), Error> {
        self.0.iter().map(AsRef::as_ref).try_for_each(|text| each(text, text.len() as u64))
    }
}

/// Files, and all files in folders, whatever their names, but for hidden ones.
pub(super) struct Files {
    paths: VecDeque<PathBuf>,
    /// The folders that are being read, each in the one before.
    folders: Vec<(PathBuf, ReadDir)>,
    /// Whether each line is a document, and the file whose lines are being read.
    by_lines: bool,
    lines: Option<(PathBuf, BufReader<File>)>,
    /// A file that is none of the corpus, wherever it lies: the table.
    except: Option<PathBuf>,
}

impl Files {
    /// # Errors
    ///
    /// If there is nothing at one of the paths.
    pub(super) fn new(
        paths: impl IntoIterator<Item = impl AsRef<Path>>,
        by_lines: bool,
        except: Option<&Path>,
    ) -> Result<Files, Error> {
        let paths: VecDeque<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_owned()).collect();
        for path in &paths {
            fs::metadata(path).map_err(|error| Error::io(path, &error))?;
        }
        let except = except.and_then(|path| fs::canonicalize(path).ok());
        Ok(Files { paths, folders: Vec::new(), by_lines, lines: None, except })
    }

    /// How many bytes all files have.
    pub(super) fn total_bytes(&self) -> Result<u64, Error> {
        let mut files =
            Files { paths: self.paths.clone(), folders: Vec::new(), lines: None, except: self.except.clone(), ..*self };
        let mut bytes = 0;
        while let Some(path) = files.next_file()? {
            bytes += fs::metadata(&path).map_err(|error| Error::io(&path, &error))?.len();
        }
        Ok(bytes)
    }

    fn next_file(&mut self) -> Result<Option<PathBuf>, Error> {
        loop {
            let Some((folder, entries)) = self.folders.last_mut() else {
                let Some(path) = self.paths.pop_front() else { return Ok(None) };
                match fs::metadata(&path).map_err(|error| Error::io(&path, &error))?.is_dir() {
                    true => self.enter(path)?,
                    false if self.is_excepted(&path) => {}
                    false => return Ok(Some(path)),
                }
                continue;
            };
            let Some(entry) = entries.next() else {
                self.folders.pop();
                continue;
            };
            let entry = entry.map_err(|error| Error::io(folder, &error))?;
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let mut kind = entry.file_type().map_err(|error| Error::io(&path, &error))?;
            if kind.is_symlink() {
                // A link to a file is one; a link to a folder could lead in a circle, and one to nothing is nothing.
                match fs::metadata(&path) {
                    Ok(meta) if meta.is_file() => kind = meta.file_type(),
                    _ => continue,
                }
            }
            if kind.is_dir() {
                self.enter(path)?;
            } else if kind.is_file() && !self.is_excepted(&path) {
                return Ok(Some(path));
            }
        }
    }

    fn enter(&mut self, path: PathBuf) -> Result<(), Error> {
        let entries = fs::read_dir(&path).map_err(|error| Error::io(&path, &error))?;
        self.folders.push((path, entries));
        Ok(())
    }

    fn is_excepted(&self, path: &Path) -> bool {
        let name = self.except.as_deref().and_then(Path::file_name);
        // Asked of the system only where it could be.
        name.is_some_and(|name| path.file_name().and_then(OsStr::to_str) == name.to_str())
            && fs::canonicalize(path).ok() == self.except
    }

    /// Some lines of the file that is being read; none at its end.
    fn next_lines(&mut self) -> Result<Option<Documents>, Error> {
        let Some((path, reader)) = &mut self.lines else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = reader.take(PIECE as u64).read_to_end(&mut bytes).and_then(|_| reader.read_until(b'\n', &mut bytes));
        read.map_err(|error| Error::io(path, &error))?;
        if bytes.is_empty() {
            self.lines = None;
            return Ok(None);
        }
        Ok(Some(Documents::Lines(bytes)))
    }
}

impl Corpus for Files {
    type Piece = Documents;

    fn next(&mut self) -> Result<Option<Documents>, Error> {
        loop {
            if let Some(lines) = self.next_lines()? {
                return Ok(Some(lines));
            }
            let Some(path) = self.next_file()? else { return Ok(None) };
            if !self.by_lines {
                return Ok(Some(Documents::File(path)));
            }
            let file = File::open(&path).map_err(|error| Error::io(&path, &error))?;
            self.lines = Some((path, BufReader::with_capacity(1 << 16, file)));
        }
    }
}

pub(super) enum Documents {
    /// One document.
    File(PathBuf),
    /// Entity lines, each a document.
    Lines(Vec<u8>),
}

impl Piece for Documents {
    fn each(self, each: &mut dyn FnMut(&str, u64) -> Result<(), Error>) -> Result<(), Error> {
        // What is no UTF-8 is read as U+FFFD, which is no word.
        match self {
            Documents::File(path) => {
                let bytes = fs::read(&path).map_err(|error| Error::io(&path, &error))?;
                each(&String::from_utf8_lossy(&bytes), bytes.len() as u64)
            }
            Documents::Lines(bytes) => bytes
                .split_inclusive(|&byte| byte == b'\n')
                .try_for_each(|line| each(&String::from_utf8_lossy(line), line.len() as u64)),
        }
    }
}
