//! The corpus: files of one form as a table with the column `text`.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::common::{Column, DataFusionError, exec_datafusion_err, exec_err, plan_err};
use datafusion::datasource::TableProvider;
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::datasource::file_format::json::JsonFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::error::Result;
use datafusion::logical_expr::Expr;
use datafusion::prelude::{DataFrame, SessionContext};
use futures::{StreamExt, TryStreamExt, stream};
use url::Url;

use crate::args::{Format, Input};
use crate::files::{self, File};
use crate::text_files;

/// The number of files that are checked at a time before a query.
const LOOKS: usize = 16;

pub(crate) struct Corpus {
    files: Vec<File>,
    format: Format,
    compression: FileCompressionType,
    column: String,
    keep: Vec<String>,
    /// The columns of the files, for forms with columns.
    schema: Option<SchemaRef>,
}

impl Corpus {
    pub(crate) async fn open(context: &SessionContext, input: &Input, out: &Path, is_cluster: bool) -> Result<Corpus> {
        let files = files::list(&input.paths, out)?;
        let (format, compression) = form_of(&files, input.format)?;
        let is_text = matches!(format, Format::Text | Format::Lines);
        if is_text && is_cluster {
            return plan_err!(
                "a cluster reads Parquet, CSV and JSON lines, found {format}; make a Parquet file of it first: \
                 fenci-corpus parquet --format {format} --out FILE.parquet PATH..."
            );
        }
        if is_text && compression.is_compressed() {
            return plan_err!("{}: decompress text files first", files[0].path.display());
        }
        if is_text && !input.keep.is_empty() {
            return plan_err!("--keep: expected a form with columns, found {format}, whose paths are always kept");
        }
        let keep = input.keep.clone();
        let mut corpus = Corpus { files, format, compression, column: input.column.clone(), keep, schema: None };
        if !is_text {
            corpus.schema = Some(corpus.columns(context).await?);
        }
        Ok(corpus)
    }

    /// Returns the bytes of all texts, for forms whose files contain nothing else.
    pub(crate) fn bytes(&self) -> Option<u64> {
        let is_text = matches!(self.format, Format::Text | Format::Lines);
        is_text.then(|| self.files.iter().map(|file| file.bytes).sum())
    }

    /// Returns the corpus, or one of its files, as a table of texts and kept columns.
    pub(crate) async fn table(&self, context: &SessionContext, only: Option<&File>) -> Result<DataFrame> {
        let files = only.map_or(&self.files[..], std::slice::from_ref);
        let Some(schema) = &self.schema else {
            let partitions = context.state().config().target_partitions();
            let table = text_files::table(files, self.format == Format::Lines, partitions)?;
            return context.read_table(Arc::new(table));
        };
        let urls: Result<Vec<_>> = files.iter().map(url).collect();
        let config = ListingTableConfig::new_with_multi_paths(urls?)
            .with_listing_options(self.options(context))
            .with_schema(schema.clone());
        let table: Arc<dyn TableProvider> = Arc::new(ListingTable::try_new(config)?);
        let column = |name: &str| Expr::Column(Column::from_name(name));
        let mut columns = vec![column(&self.column).alias("text")];
        columns.extend(self.keep.iter().map(|name| column(name)));
        context.read_table(table)?.select(columns)
    }

    /// Names the file that made a query fail, if the error is about the content of a file.
    ///
    /// The engine does not report the file, so this reads files one by one until one fails.
    pub(crate) async fn blame(&self, error: DataFusionError) -> DataFusionError {
        let message = error.to_string();
        let is_about_files = ["Csv", "Json", "Parquet", "Parser"].iter().any(|kind| message.contains(kind));
        if is_about_files && self.schema.is_some() {
            // Reads them in this process, even if the query ran on a cluster.
            let context = SessionContext::new();
            for file in &self.files {
                if let Err(error) = self.read(&context, file).await {
                    return named(file, &error);
                }
            }
        }
        error
    }

    async fn read(&self, context: &SessionContext, file: &File) -> Result<()> {
        let mut rows = self.table(context, Some(file)).await?.execute_stream().await?;
        while rows.try_next().await?.is_some() {}
        Ok(())
    }

    /// Returns the columns to read, and checks that every file has them.
    async fn columns(&self, context: &SessionContext) -> Result<SchemaRef> {
        let Some(first) = self.files.first() else { return exec_err!("expected a file, found none") };
        let found = self.look(context, first).await?;
        let mut wanted = Vec::new();
        for name in std::iter::once(&self.column).chain(&self.keep) {
            wanted.push(self.field(first, &found, name)?);
        }
        let expected = &found;
        // JSON lines may each have other columns. Lines without the text are counted.
        if self.format != Format::Jsonl {
            let wanted = &wanted;
            let check = |file| async move {
                let found = self.look(context, file).await?;
                if self.format == Format::Csv && *found != **expected {
                    let names = |schema: &Schema| {
                        schema.fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>().join(", ")
                    };
                    return exec_err!(
                        "{}: expected the columns {} as in {}, found {}",
                        file.path.display(),
                        names(expected),
                        first.path.display(),
                        names(&found)
                    );
                }
                for field in wanted {
                    let same = self.field(file, &found, field.name())?;
                    if same.data_type() != field.data_type() {
                        return exec_err!(
                            "{}: expected {} as column {}, as in {}, found {}",
                            file.path.display(),
                            field.data_type(),
                            field.name(),
                            first.path.display(),
                            same.data_type()
                        );
                    }
                }
                Ok(())
            };
            stream::iter(&self.files[1..]).map(check).buffered(LOOKS).try_collect::<Vec<()>>().await?;
        }
        // CSV has columns by position, so all of them are needed.
        Ok(match self.format {
            Format::Csv => found,
            _ => Arc::new(Schema::new(wanted)),
        })
    }

    /// Returns the columns of a file.
    async fn look(&self, context: &SessionContext, file: &File) -> Result<SchemaRef> {
        let state = context.state();
        let schema = self.options(context).infer_schema(&state, &url(file)?).await;
        let schema = schema.map_err(|error| named(file, &error))?;
        if self.format != Format::Csv {
            return Ok(schema);
        }
        // A CSV file has no types, so every column is text.
        let text = |field: &Arc<Field>| Field::new(field.name(), DataType::Utf8View, true);
        Ok(Arc::new(Schema::new(schema.fields().iter().map(text).collect::<Vec<_>>())))
    }

    fn field(&self, file: &File, schema: &Schema, name: &str) -> Result<Field> {
        let Ok(field) = schema.field_with_name(name) else {
            let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
            return exec_err!(
                "{}: expected a column {name}, found {}; name it with --column",
                file.path.display(),
                names.join(", ")
            );
        };
        let field = field.clone().with_nullable(true);
        let is_json_text = self.format == Format::Jsonl && name == self.column;
        Ok(if is_json_text { field.with_data_type(DataType::Utf8View) } else { field })
    }

    fn options(&self, context: &SessionContext) -> ListingOptions {
        let compression = self.compression;
        let format: Arc<dyn FileFormat> = match self.format {
            Format::Jsonl => Arc::new(JsonFormat::default().with_file_compression_type(compression)),
            Format::Csv => {
                let is_tabbed = self.files.first().is_some_and(|file| endings(&file.path).0 == "tsv");
                let format = CsvFormat::default()
                    .with_has_header(true)
                    .with_delimiter(if is_tabbed { b'\t' } else { b',' })
                    .with_newlines_in_values(true)
                    .with_file_compression_type(compression);
                Arc::new(format)
            }
            _ => Arc::new(ParquetFormat::default().with_options(context.state().table_options().parquet.clone())),
        };
        // The files are already listed, whatever their names.
        ListingOptions::new(format).with_file_extension("")
    }
}

fn url(file: &File) -> Result<ListingTableUrl> {
    let url = Url::from_file_path(&file.path)
        .map_err(|()| exec_datafusion_err!("{}: expected a path from the root", file.path.display()))?;
    ListingTableUrl::try_new(url, None)
}

fn named(file: &File, error: &DataFusionError) -> DataFusionError {
    exec_datafusion_err!("{}: {}", file.path.display(), error.strip_backtrace())
}

/// Returns the form of files by their names, and their compression.
fn form_of(files: &[File], asked: Option<Format>) -> Result<(Format, FileCompressionType)> {
    let mut form: Option<(Format, FileCompressionType, &File)> = None;
    for file in files {
        let (ending, compression) = endings(&file.path);
        let format = asked.unwrap_or(match ending {
            "jsonl" | "ndjson" | "json" => Format::Jsonl,
            "csv" | "tsv" => Format::Csv,
            "parquet" => Format::Parquet,
            _ => Format::Text,
        });
        match form {
            None => form = Some((format, compression, file)),
            Some((first, packed, _)) if first == format && packed == compression => {}
            Some((first, _, example)) => {
                return plan_err!(
                    "expected files of one form and compression, found {} ({first}) and {} ({format}); \
                     name files of one form, or say --format",
                    example.path.display(),
                    file.path.display()
                );
            }
        }
    }
    match form {
        Some((format, compression, _)) => Ok((format, compression)),
        None => exec_err!("expected a file, found none"),
    }
}

/// Splits the ending of a name into the ending of its form and its compression.
fn endings(path: &Path) -> (&str, FileCompressionType) {
    let ending = |path: &'_ Path| path.extension().and_then(OsStr::to_str).map(str::to_owned);
    let compression = match ending(path).as_deref() {
        Some("gz") => FileCompressionType::GZIP,
        Some("bz2") => FileCompressionType::BZIP2,
        Some("xz") => FileCompressionType::XZ,
        Some("zst") => FileCompressionType::ZSTD,
        _ => FileCompressionType::UNCOMPRESSED,
    };
    let stem = match compression.is_compressed() {
        true => path.file_stem().map(Path::new),
        false => Some(path),
    };
    (stem.and_then(Path::extension).and_then(OsStr::to_str).unwrap_or_default(), compression)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> File {
        File { path: name.into(), bytes: 1 }
    }

    #[test]
    fn the_form_is_told_by_names() {
        let form = |names: &[&str], asked| {
            form_of(&names.iter().map(|name| file(name)).collect::<Vec<_>>(), asked).map(|(format, _)| format)
        };
        assert_eq!(form(&["a.txt", "b.html", "c"], None).unwrap(), Format::Text);
        assert_eq!(form(&["a.jsonl.gz", "b.json.gz"], None).unwrap(), Format::Jsonl);
        assert_eq!(form(&["a.tsv"], None).unwrap(), Format::Csv);
        assert_eq!(form(&["a.txt", "b.csv"], Some(Format::Lines)).unwrap(), Format::Lines);
        let error = form(&["a.txt", "b.csv"], None).unwrap_err().to_string();
        assert!(error.contains("a.txt (text)") && error.contains("b.csv (csv)"), "{error}");
        assert!(form(&["a.csv", "b.csv.gz"], None).is_err());
        assert_eq!(endings(Path::new("a.b.jsonl.zst")), ("jsonl", FileCompressionType::ZSTD));
    }
}
