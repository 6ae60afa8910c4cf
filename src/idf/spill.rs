//! Counts that do not fit into memory: sorted runs on disk.
//!
//! A run is a sequence of small transducers (fst maps from words to counts), each with the words that sort after those of
//! the one before. So a run is read with the memory of one of them, and no file has to be mapped. All runs lie behind
//! each other in one temporary file; when there are more than can be read at once, they are merged in passes, each into
//! a new file.

use std::cell::RefCell;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use fst::map::{OpBuilder, Union};
use fst::{Map, MapBuilder, Streamer};

use crate::Error;
use crate::storage::atomic_file::Temporary;

/// Bytes of words in a transducer of a run. Each costs the writer a megabyte for its nodes, whatever its size.
const PART: usize = 1 << 18;
/// What reading a run takes, in bytes, about: a part as it is stored, its words, and its counts.
const READER: usize = 1 << 20;

/// Sorted runs. Threads may write them at once.
pub(super) struct Runs {
    folder: PathBuf,
    stored: Mutex<Stored>,
}

#[derive(Default)]
struct Stored {
    /// Made when it is needed.
    file: Option<Temporary>,
    end: u64,
    runs: Vec<Vec<Part>>,
}

/// Where a transducer lies in the file.
#[derive(Clone, Copy)]
struct Part {
    at: u64,
    size: usize,
}

/// What went wrong while streams were read, which can only say that they are at their end.
pub(super) type Failure = RefCell<Option<Error>>;

impl Runs {
    pub(super) fn new(folder: &Path) -> Runs {
        Runs { folder: folder.to_owned(), stored: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Stored> {
        // A thread that panicked ends the training.
        self.stored.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many runs there are.
    pub(super) fn len(&self) -> usize {
        self.lock().runs.len()
    }

    /// Write a run of `words`, which are sorted.
    pub(super) fn write(&self, words: &[(Box<str>, u64)]) -> Result<(), Error> {
        let mut run = RunWriter::new(self);
        words.iter().try_for_each(|(word, count)| run.push(word.as_bytes(), *count))?;
        run.finish()
    }

    fn append(&self, bytes: &[u8]) -> Result<Part, Error> {
        let mut stored = self.lock();
        let Stored { file, end, .. } = &mut *stored;
        let file = match file {
            Some(file) => file,
            None => file.insert(Temporary::new(&self.folder)?),
        };
        let mut out = file.file();
        out.seek(SeekFrom::Start(*end)).and_then(|_| out.write_all(bytes)).map_err(|error| file.error(&error))?;
        let part = Part { at: *end, size: bytes.len() };
        *end += bytes.len() as u64;
        Ok(part)
    }

    fn read(&self, part: Part) -> Result<Vec<u8>, Error> {
        let stored = self.lock();
        let Some(file) = &stored.file else { return Err(Error::new("a run has no file")) };
        let (mut bytes, mut from) = (vec![0; part.size], file.file());
        let read = from.seek(SeekFrom::Start(part.at)).and_then(|_| from.read_exact(&mut bytes));
        read.map_err(|error| file.error(&error))?;
        Ok(bytes)
    }

    /// The same counts in so few runs that they can be read at once with `memory` bytes, and always eight.
    pub(super) fn merged(mut self, memory: usize, step: &mut dyn FnMut() -> Result<(), Error>) -> Result<Runs, Error> {
        let most = (memory / READER).clamp(8, 64);
        while self.len() > most {
            let next = Runs::new(&self.folder);
            let runs = self.lock().runs.clone();
            for group in runs.chunks(most) {
                let failure = Failure::default();
                let mut union = OpBuilder::new();
                group.iter().for_each(|run| union.push(self.reader(run, &failure)));
                next.write_union(union.union(), &failure, step)?;
            }
            self = next;
        }
        Ok(self)
    }

    fn write_union(
        &self,
        mut union: Union<'_>,
        failure: &Failure,
        step: &mut dyn FnMut() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut run = RunWriter::new(self);
        let mut words = 0u64;
        while let Some((word, counts)) = union.next() {
            run.push(word, counts.iter().map(|count| count.value).sum())?;
            words += 1;
            if words % 4096 == 0 {
                step()?;
            }
        }
        match failure.take() {
            Some(error) => Err(error),
            None => run.finish(),
        }
    }

    /// All runs, as streams.
    pub(super) fn push_to<'r>(&'r self, union: &mut OpBuilder<'r>, failure: &'r Failure) {
        let runs = self.lock().runs.clone();
        runs.iter().for_each(|run| union.push(self.reader(run, failure)));
    }

    fn reader<'r>(&'r self, run: &[Part], failure: &'r Failure) -> RunReader<'r> {
        RunReader {
            runs: self,
            parts: Vec::from(run).into_iter(),
            words: Vec::new(),
            counts: Vec::new(),
            next: 0,
            failure,
        }
    }
}

struct RunWriter<'r> {
    runs: &'r Runs,
    /// The part that is being written; made when it is needed.
    builder: Option<MapBuilder<Vec<u8>>>,
    /// Bytes of words in the builder.
    size: usize,
    parts: Vec<Part>,
}

impl<'r> RunWriter<'r> {
    fn new(runs: &'r Runs) -> RunWriter<'r> {
        RunWriter { runs, builder: None, size: 0, parts: Vec::new() }
    }

    fn push(&mut self, word: &[u8], count: u64) -> Result<(), Error> {
        if self.size >= PART {
            self.end_part()?;
        }
        self.size += word.len();
        self.builder.get_or_insert_with(MapBuilder::memory).insert(word, count).map_err(|error| unsorted(&error))
    }

    fn end_part(&mut self) -> Result<(), Error> {
        if let Some(builder) = self.builder.take() {
            let bytes = builder.into_inner().map_err(|error| unsorted(&error))?;
            self.parts.push(self.runs.append(&bytes)?);
            self.size = 0;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), Error> {
        self.end_part()?;
        if !self.parts.is_empty() {
            self.runs.lock().runs.push(self.parts);
        }
        Ok(())
    }
}

fn unsorted(error: &fst::Error) -> Error {
    Error::new(format!("words do not come sorted: {:?}", error.to_string()))
}

/// The words of a run, in order.
struct RunReader<'r> {
    runs: &'r Runs,
    parts: std::vec::IntoIter<Part>,
    /// The words of the part that is being read, behind each other.
    words: Vec<u8>,
    /// Where each of them ends, and its count.
    counts: Vec<(usize, u64)>,
    next: usize,
    failure: &'r Failure,
}

impl RunReader<'_> {
    fn load(&mut self, part: Part) -> Result<(), Error> {
        let bytes = self.runs.read(part)?;
        let damaged = |_| Error::new("a run that was written is not what is read; is the disk sound?");
        let map = Map::new(bytes).map_err(damaged)?;
        map.as_fst().verify().map_err(damaged)?;
        self.words.clear();
        self.counts.clear();
        self.next = 0;
        let mut stream = map.stream();
        while let Some((word, count)) = stream.next() {
            self.words.extend_from_slice(word);
            self.counts.push((self.words.len(), count));
        }
        Ok(())
    }
}

impl<'a> Streamer<'a> for RunReader<'_> {
    type Item = (&'a [u8], u64);

    fn next(&'a mut self) -> Option<(&'a [u8], u64)> {
        while self.next == self.counts.len() {
            let part = self.parts.next()?;
            if let Err(error) = self.load(part) {
                self.failure.replace(Some(error));
                return None;
            }
        }
        let start = if self.next == 0 { 0 } else { self.counts[self.next - 1].0 };
        let (end, count) = self.counts[self.next];
        self.next += 1;
        Some((&self.words[start..end], count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(runs: &Runs) -> Vec<(String, u64)> {
        let failure = Failure::default();
        let mut union = OpBuilder::new();
        runs.push_to(&mut union, &failure);
        let mut union = union.union();
        let mut words = Vec::new();
        while let Some((word, counts)) = union.next() {
            words.push((String::from_utf8(word.to_vec()).unwrap(), counts.iter().map(|count| count.value).sum()));
        }
        assert!(failure.take().is_none());
        words
    }

    #[test]
    fn runs_of_several_parts_are_merged_in_passes() {
        let runs = Runs::new(&std::env::temp_dir());
        let word = |number: usize| format!("{}{number:08}", "词".repeat(20)).into_boxed_str();
        // Some words in every run, some in one: three parts each, 600 runs of one word.
        for run in 0..3usize {
            let sorted: Vec<_> = (0..9000).map(|number| (word(number * 3 + number % 2 * run), 1)).collect();
            runs.write(&sorted).unwrap();
        }
        for number in 0..100 {
            runs.write(&[(word(number), 1)]).unwrap();
        }
        let expected = words(&runs);
        assert_eq!(expected.iter().map(|(_, count)| count).sum::<u64>(), 3 * 9000 + 100);
        let mut steps = 0;
        let mut step = || {
            steps += 1;
            Ok(())
        };
        let merged = runs.merged(0, &mut step).unwrap();
        assert!(merged.len() <= 8 && steps > 0);
        assert_eq!(words(&merged), expected);
    }

    #[test]
    fn a_merge_can_be_interrupted() {
        let runs = Runs::new(&std::env::temp_dir());
        for run in 0..9usize {
            let sorted: Vec<_> = (0..5000).map(|number| (format!("{number:05}{run}").into_boxed_str(), 1)).collect();
            runs.write(&sorted).unwrap();
        }
        assert!(runs.merged(0, &mut || Err(Error::new("enough"))).is_err());
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_that_names_it() {
        let error = Runs::new(Path::new("no/such/folder")).write(&[("词".into(), 1)]).unwrap_err();
        assert!(error.to_string().starts_with("no/such/folder: "), "{error}");
    }
}
