//! From sorted streams of words to the file of a table, without holding either in memory.

use std::io::{self, BufReader, BufWriter, Cursor, Read, Seek, Write};
use std::path::Path;

use fst::map::Union;
use fst::{MapBuilder, Streamer};

use super::frequencies::{DocumentFrequencies, KIND, Meta, Words};
use super::spill::Failure;
use crate::Error;
use crate::storage::atomic_file::{Aside, Temporary};
use crate::storage::image::StreamWriter;

/// Where a table is written to.
pub(super) enum Target {
    Memory,
    /// A file, and a temporary one for the frequencies, which stand behind the words but come with them.
    File(Aside, Temporary),
}

impl Target {
    /// # Errors
    ///
    /// If the file cannot be written: sooner than after an hour of counting.
    pub(super) fn new(out: Option<&Path>, folder: &Path) -> Result<Target, Error> {
        match out {
            None => Ok(Target::Memory),
            Some(path) => Ok(Target::File(Aside::new(path)?, Temporary::new(folder)?)),
        }
    }

    /// Write the table of the words of `union`, whose counts are added up, and open it.
    pub(super) fn write(
        self,
        meta: Meta,
        union: Union<'_>,
        failure: &Failure,
        step: &mut dyn FnMut() -> Result<(), Error>,
    ) -> Result<DocumentFrequencies, Error> {
        match self {
            Target::Memory => {
                let (mut out, mut spool) = (Cursor::new(Vec::new()), Cursor::new(Vec::new()));
                let error = |error: io::Error| Error::new(error.to_string());
                fill(meta, union, &mut out, &mut spool, [&error, &error], step)?;
                finish(failure)?;
                DocumentFrequencies::from_bytes(out.into_inner())
            }
            Target::File(aside, spool) => {
                let errors: [&dyn Fn(io::Error) -> Error; 2] =
                    [&|error| aside.error(&error), &|error| spool.error(&error)];
                fill(meta, union, aside.file(), spool.file(), errors, step)?;
                finish(failure)?;
                let path = aside.rename()?;
                DocumentFrequencies::open(path)
            }
        }
    }
}

/// Streams that failed came to their ends too soon.
fn finish(failure: &Failure) -> Result<(), Error> {
    failure.take().map_or(Ok(()), Err)
}

fn fill(
    meta: Meta,
    mut union: Union<'_>,
    out: impl Write + Seek,
    mut spool: impl Read + Write + Seek,
    [out_error, spool_error]: [&dyn Fn(io::Error) -> Error; 2],
    step: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<(), Error> {
    let mut file = StreamWriter::new(KIND, 3, out).map_err(out_error)?;
    file.begin(b"meta", 8).and_then(|()| file.write_all(meta.to_bytes().as_flattened())).map_err(out_error)?;

    file.begin(b"word", 1).map_err(out_error)?;
    let fst_error = |error: fst::Error| match error {
        fst::Error::Io(error) => out_error(error),
        fst::Error::Fst(error) => Error::new(format!("words do not come sorted: {:?}", error.to_string())),
    };
    let mut words = MapBuilder::new(BufWriter::with_capacity(1 << 16, &mut file)).map_err(fst_error)?;
    let mut frequencies = BufWriter::with_capacity(1 << 16, &mut spool);
    let mut rank = 0;
    while let Some((word, counts)) = union.next() {
        // A word has one count for each of the corpora, or of the parts of one, so there are never more than documents.
        let df = counts.iter().map(|count| count.value).sum::<u64>().min(meta.documents);
        words.insert(word, rank).map_err(fst_error)?;
        frequencies.write_all(&df.to_le_bytes()[..meta.item() as usize]).map_err(spool_error)?;
        rank += 1;
        if rank % 4096 == 0 {
            step()?;
        }
    }
    words.finish().map_err(fst_error)?;
    frequencies.flush().map_err(spool_error)?;
    drop(frequencies);

    file.begin(b"freq", meta.item()).map_err(out_error)?;
    spool.rewind().map_err(spool_error)?;
    let mut frequencies = BufReader::with_capacity(1 << 16, spool);
    io::copy(&mut frequencies, &mut file).map_err(out_error)?;
    file.finish().map_err(out_error)?;
    Ok(())
}

/// The words of a table, as a stream.
pub(super) struct Stored<'t>(pub(super) Words<'t>);

impl<'a> Streamer<'a> for Stored<'_> {
    type Item = (&'a [u8], u64);

    fn next(&'a mut self) -> Option<(&'a [u8], u64)> {
        self.0.next().map(|(word, df)| (word.as_bytes(), df))
    }
}

/// Sorted words in memory, as a stream.
pub(super) struct Sorted {
    words: std::vec::IntoIter<(Box<str>, u64)>,
    current: Box<str>,
}

impl Sorted {
    pub(super) fn new(words: Vec<(Box<str>, u64)>) -> Sorted {
        Sorted { words: words.into_iter(), current: Box::default() }
    }
}

impl<'a> Streamer<'a> for Sorted {
    type Item = (&'a [u8], u64);

    fn next(&'a mut self) -> Option<(&'a [u8], u64)> {
        let (word, count) = self.words.next()?;
        self.current = word;
        Some((self.current.as_bytes(), count))
    }
}
