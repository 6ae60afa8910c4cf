//! Files and standard input, read and decoded.

use std::fs::{File, metadata};
use std::io::{self, BufRead, BufReader, Cursor, IsTerminal, Read};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;
use fenci::Article;
use fenci::article::{Decoded, decode, encoding_of, is_html};
use indicatif::ProgressBar;

use crate::failure::{Failure, name};
use crate::progress;

/// The encoding is detected from this many bytes at the beginning of an input.
const HEAD: u64 = 1 << 20;

/// A file, or standard input.
pub(crate) struct Input {
    path: PathBuf,
    /// Shows how much of all inputs has been read.
    bar: ProgressBar,
}

impl Input {
    /// Returns the inputs that the arguments name, or standard input if they name none.
    ///
    /// A terminal shows the progress, unless it shows the results, too.
    pub(crate) fn all(files: &[PathBuf]) -> Vec<Input> {
        let standard = [PathBuf::from("-")];
        let files = if files.is_empty() { &standard[..] } else { files };
        Input::with_bar(files, io::stderr().is_terminal() && !io::stdout().is_terminal()).0
    }

    /// Returns the inputs, and a bar that shows how much of them has been read.
    pub(crate) fn with_bar(files: &[PathBuf], is_shown: bool) -> (Vec<Input>, ProgressBar) {
        let size = |path: &PathBuf| metadata(path).ok().filter(|data| data.is_file()).map(|data| data.len());
        let bar = progress::of_bytes(files.iter().map(size).sum(), is_shown);
        (files.iter().map(|path| Input { path: path.clone(), bar: bar.clone() }).collect(), bar)
    }

    /// Returns the path as it was given; `-` is standard input.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads and decodes the whole input.
    pub(crate) fn read(&self) -> Result<Decoded, Failure> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).map_err(|error| self.failure(&error))?;
        let text = decode(&bytes);
        self.warn(&text);
        Ok(text)
    }

    /// Reads the lines, one after the other, without their ends.
    pub(crate) fn lines(&self) -> Result<Lines, Failure> {
        let mut file = self.open()?;
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head).map_err(|error| self.failure(&error))?;
        if (head.len() as u64) < HEAD {
            let text = decode(&head);
            self.warn(&text);
            return Ok(Lines {
                path: self.path.clone(),
                encoding: text.encoding,
                reader: Box::new(Cursor::new(text.text)),
            });
        }
        let encoding = encoding_of(&head);
        let mut decoder = DecodeReaderBytesBuilder::new();
        let decoder = decoder
            .encoding(Encoding::for_label(encoding.as_bytes()))
            .bom_override(true)
            .build(Cursor::new(head).chain(file));
        Ok(Lines { path: self.path.clone(), encoding, reader: Box::new(BufReader::new(decoder)) })
    }

    fn open(&self) -> Result<Box<dyn Read + Send>, Failure> {
        if self.path.as_os_str() == "-" {
            return Ok(Box::new(self.bar.wrap_read(io::stdin())));
        }
        let file = File::open(&self.path).map_err(|error| self.failure(&error))?;
        Ok(Box::new(self.bar.wrap_read(file)))
    }

    fn failure(&self, error: &io::Error) -> Failure {
        Failure::at(&self.path, error)
    }

    fn warn(&self, text: &Decoded) {
        if text.has_errors {
            let (name, encoding) = (name(&self.path), text.encoding);
            eprintln!("fenci: {name}: some bytes are no {encoding} text and are read as U+FFFD");
        }
    }
}

/// The lines of an input.
pub(crate) struct Lines {
    path: PathBuf,
    pub(crate) encoding: &'static str,
    reader: Box<dyn BufRead + Send>,
}

impl Iterator for Lines {
    type Item = Result<String, Failure>;

    fn next(&mut self) -> Option<Result<String, Failure>> {
        let mut line = String::new();
        match self.reader.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => {
                let end =
                    line.strip_suffix('\n').map_or(line.len(), |text| text.strip_suffix('\r').unwrap_or(text).len());
                line.truncate(end);
                Some(Ok(line))
            }
            Err(error) => Some(Err(Failure::at(&self.path, error))),
        }
    }
}

/// Returns the article of a page, which is text or HTML.
pub(crate) fn clean(page: &str) -> Article<'_> {
    if is_html(page) { Article::from_html(page) } else { Article::clean(page) }
}
