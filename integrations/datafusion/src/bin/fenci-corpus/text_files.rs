//! Text files as a table: a row for each file, or for each line.

use std::fs::File as Handle;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Builder, RecordBatch, StringViewBuilder};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::streaming::StreamingTable;
use datafusion::common::{exec_datafusion_err, exec_err};
use datafusion::error::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchReceiverStream;
use datafusion::physical_plan::streaming::PartitionStream;

use crate::files::File;

/// Large files are read by lines in pieces of this many bytes.
const PIECE: u64 = 16 << 20;
/// A batch ends after the text with which it reaches this many bytes.
const BATCH_BYTES: usize = 1 << 20;
const BATCH_ROWS: usize = 1024;
/// The longest text, in bytes: a column of texts has 31 bits for offsets.
const LONGEST: u64 = 1 << 30;

/// Returns a table with the columns `text`, `path` and, for lines, `offset` in bytes.
///
/// Bytes that are not UTF-8 become U+FFFD, which is no word.
pub(crate) fn table(files: &[File], by_lines: bool, partitions: usize) -> Result<StreamingTable> {
    let mut fields = vec![Field::new("text", DataType::Utf8View, true), Field::new("path", DataType::Utf8View, false)];
    if by_lines {
        fields.push(Field::new("offset", DataType::Int64, false));
    }
    let schema = Arc::new(Schema::new(fields));
    let mut pieces = Vec::new();
    for file in files {
        let most = if by_lines { PIECE } else { u64::MAX };
        let mut start = 0u64;
        loop {
            let end = file.bytes.min(start.saturating_add(most));
            pieces.push(Piece { path: file.path.clone(), start, end });
            if end == file.bytes {
                break;
            }
            start = end;
        }
    }
    // Neighbours go to different partitions, so that all partitions have about as much to read.
    let mut parts = vec![Vec::new(); partitions.min(pieces.len()).max(1)];
    let count = parts.len();
    for (number, piece) in pieces.into_iter().enumerate() {
        if let Some(part) = parts.get_mut(number % count) {
            part.push(piece);
        }
    }
    let parts = parts.into_iter().map(|pieces| {
        let part = Part { schema: schema.clone(), pieces: pieces.into(), by_lines };
        Arc::new(part) as Arc<dyn PartitionStream>
    });
    StreamingTable::try_new(schema.clone(), parts.collect())
}

/// The lines that begin at `start` or later, but before `end`; or a whole file.
#[derive(Clone, Debug)]
struct Piece {
    path: PathBuf,
    start: u64,
    end: u64,
}

#[derive(Debug)]
struct Part {
    schema: SchemaRef,
    pieces: Arc<[Piece]>,
    by_lines: bool,
}

impl PartitionStream for Part {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let mut stream = RecordBatchReceiverStream::builder(self.schema.clone(), 2);
        let (pieces, by_lines) = (self.pieces.clone(), self.by_lines);
        let (schema, sender) = (self.schema.clone(), stream.tx());
        stream.spawn_blocking(move || {
            let mut rows = Rows::new(schema, by_lines);
            // A receiver that is gone wants no more rows, for example after the limit of a query.
            let mut send = |batch| sender.blocking_send(Ok(batch)).is_ok();
            for piece in pieces.iter() {
                let fail = |error| exec_datafusion_err!("{}: {error}", piece.path.display());
                let wanted = match by_lines {
                    true => read_lines(piece, &mut rows, &mut send),
                    false => read_file(piece, &mut rows, &mut send),
                };
                if !wanted.map_err(fail)? {
                    return Ok(());
                }
            }
            if rows.count > 0 {
                send(rows.finish()?);
            }
            Ok(())
        });
        stream.build()
    }
}

type Send<'a> = &'a mut dyn FnMut(RecordBatch) -> bool;

/// Reads a file as one text. Returns whether more is wanted.
fn read_file(piece: &Piece, rows: &mut Rows, send: Send<'_>) -> Result<bool> {
    check_length(piece.end)?;
    let bytes = std::fs::read(&piece.path)?;
    rows.push(&bytes, &piece.path, 0, send)
}

/// Reads the lines of a piece. Returns whether more is wanted.
fn read_lines(piece: &Piece, rows: &mut Rows, send: Send<'_>) -> Result<bool> {
    let mut file = Handle::open(&piece.path)?;
    let mut at = piece.start;
    let mut line = Vec::new();
    // The line in which a piece begins belongs to the piece before, unless it begins exactly there.
    let skipped = at.saturating_sub(1);
    file.seek(SeekFrom::Start(skipped))?;
    let mut reader = BufReader::with_capacity(1 << 18, file);
    if at > 0 {
        at = skipped + reader.skip_until(b'\n')? as u64;
    }
    while at < piece.end {
        line.clear();
        let read = read_line(&mut reader, &mut line)?;
        if read == 0 {
            break;
        }
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if !rows.push(text, &piece.path, at, send)? {
            return Ok(false);
        }
        at += read;
    }
    Ok(true)
}

fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> Result<u64> {
    let read = io::Read::take(&mut *reader, LONGEST + 1).read_until(b'\n', line)? as u64;
    check_length(read)?;
    Ok(read)
}

fn check_length(bytes: u64) -> Result<()> {
    match bytes > LONGEST {
        true => exec_err!("a text of more than {LONGEST} bytes; split it, or read it by lines"),
        false => Ok(()),
    }
}

/// A batch that is being built.
struct Rows {
    schema: SchemaRef,
    texts: StringViewBuilder,
    paths: StringViewBuilder,
    offsets: Option<Int64Builder>,
    count: usize,
    bytes: usize,
}

impl Rows {
    fn new(schema: SchemaRef, by_lines: bool) -> Rows {
        Rows {
            schema,
            texts: StringViewBuilder::new(),
            // Most rows have the same path as the row before.
            paths: StringViewBuilder::new().with_deduplicate_strings(),
            offsets: by_lines.then(Int64Builder::new),
            count: 0,
            bytes: 0,
        }
    }

    fn push(&mut self, text: &[u8], path: &Path, offset: u64, send: Send<'_>) -> Result<bool> {
        self.texts.append_value(String::from_utf8_lossy(text));
        self.paths.append_value(path.to_string_lossy());
        if let Some(offsets) = &mut self.offsets {
            offsets.append_value(offset as i64);
        }
        self.count += 1;
        self.bytes += text.len();
        if self.count < BATCH_ROWS && self.bytes < BATCH_BYTES {
            return Ok(true);
        }
        Ok(send(self.finish()?))
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        (self.count, self.bytes) = (0, 0);
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.texts.finish()), Arc::new(self.paths.finish())];
        if let Some(offsets) = &mut self.offsets {
            columns.push(Arc::new(offsets.finish()));
        }
        Ok(RecordBatch::try_new(self.schema.clone(), columns)?)
    }
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::AsArray;
    use datafusion::arrow::datatypes::Int64Type;

    use super::*;

    /// Reads `bytes` in pieces of `size` bytes. Returns the lines with their offsets.
    fn lines(bytes: &[u8], size: u64) -> Vec<(u64, String)> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let mut batches = Vec::new();
        let schema = table(&[], true, 1).unwrap();
        let schema = datafusion::catalog::TableProvider::schema(&schema);
        let mut rows = Rows::new(schema, true);
        let mut start = 0u64;
        while start < bytes.len() as u64 {
            let end = (bytes.len() as u64).min(start + size);
            let piece = Piece { path: file.path().to_owned(), start, end };
            assert!(
                read_lines(&piece, &mut rows, &mut |batch| {
                    batches.push(batch);
                    true
                })
                .unwrap()
            );
            start = end;
        }
        batches.push(rows.finish().unwrap());
        let mut lines = Vec::new();
        for batch in batches {
            let offsets = batch.column(2).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                lines.push((offsets.value(row) as u64, batch.column(0).as_string_view().value(row).to_owned()));
            }
        }
        lines
    }

    #[test]
    fn pieces_of_any_size_have_the_same_lines() {
        let text = "软银\n\n会议\r\n\u{feff}今天\nx\n\n天气".as_bytes();
        let whole = lines(text, u64::MAX - 1);
        let texts: Vec<&str> = whole.iter().map(|(_, line)| line.as_str()).collect();
        assert_eq!(texts, ["软银", "", "会议", "\u{feff}今天", "x", "", "天气"]);
        for size in 1..text.len() as u64 + 2 {
            assert_eq!(lines(text, size), whole, "{size}");
        }
        assert!(lines(b"", 3).is_empty());
        assert_eq!(lines(b"\n", 3).len(), 1);
        assert_eq!(lines(b"a\xffb\n", 2), [(0, "a\u{fffd}b".to_owned())]);
    }
}
