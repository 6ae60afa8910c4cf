//! The result of a query as a Parquet file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::common::{exec_datafusion_err, exec_err};
use datafusion::error::Result;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use datafusion::prelude::DataFrame;
use futures::StreamExt;
use tempfile::NamedTempFile;

use crate::files::folder_of;

/// A complete file that is not yet at its place.
pub(crate) struct Written {
    file: NamedTempFile,
    path: PathBuf,
    rows: u64,
}

impl Written {
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Moves the file to its place.
    pub(crate) fn keep(self) -> Result<()> {
        match self.file.persist(&self.path) {
            Ok(_) => Ok(()),
            Err(error) => exec_err!("{}: {}", self.path.display(), error.error),
        }
    }
}

/// The number of rows in a group. A processor reads whole groups, so a file of a hundred megabytes
/// needs several groups to keep all processors busy.
const ROWS_IN_GROUP: usize = 8192;

/// Runs `query` and writes its rows beside `path`, in the order in which they arrive.
pub(crate) async fn write(query: DataFrame, path: &Path) -> Result<Written> {
    let fail = |error: &dyn std::fmt::Display| exec_datafusion_err!("{}: {error}", path.display());
    let file = NamedTempFile::new_in(folder_of(path)).map_err(|error| fail(&error))?;
    let schema = Arc::new(query.schema().as_arrow().clone());
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(ROWS_IN_GROUP))
        .build();
    let mut writer = ArrowWriter::try_new(file.as_file(), schema, Some(properties)).map_err(|error| fail(&error))?;
    let mut stream = query.execute_stream().await?;
    let mut rows = 0;
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        rows += batch.num_rows() as u64;
        writer.write(&batch).map_err(|error| fail(&error))?;
    }
    writer.close().map_err(|error| fail(&error))?;
    Ok(Written { file, path: path.to_owned(), rows })
}
