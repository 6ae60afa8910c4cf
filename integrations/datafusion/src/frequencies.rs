//! Document frequencies as a query.

use datafusion::arrow::array::AsArray;
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, UInt64Type};
use datafusion::common::{DataFusionError, exec_err, plan_err};
use datafusion::error::Result;
use datafusion::prelude::DataFrame;
use fenci::idf::DocumentFrequencies;
use futures::StreamExt;

use crate::marks::Totals;

/// Counts, for each word in the column `text` of a table `corpus`, the rows that have it.
///
/// With its second argument, `fenci_terms` also returns marks: control characters that stand for
/// documents and for numbers of words. [`learn`] removes them and checks the counts against them.
pub const DOCUMENT_FREQUENCIES: &str = "\
    SELECT word, count(*) AS documents \
    FROM (SELECT unnest(fenci_terms(text, true)) AS word FROM corpus) \
    GROUP BY word";

/// The result of [`learn`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Learned {
    /// The table. It is byte for byte the table of
    /// [`IdfTrainer::train`](fenci::idf::IdfTrainer::train) for the same texts.
    pub table: DocumentFrequencies,
    /// The number of rows that are no documents: null, or only white space.
    pub empty: u64,
}

impl Learned {
    /// Returns the number of rows that were counted. Compare it with the number of rows of the
    /// corpus.
    pub fn rows(&self) -> u64 {
        self.table.documents() + self.empty
    }
}

/// Runs `counts`, a query like [`DOCUMENT_FREQUENCIES`], and makes a table of its result.
///
/// The table is made in memory and takes about 60 bytes for each different word. The query itself
/// spills to disk when the memory of its context is used up.
///
/// # Errors
///
/// If the query fails, if the corpus has no document, or if the counts do not match the numbers of
/// words of the texts. In the last case the engine has lost or duplicated a part of its data.
///
/// ```
/// use datafusion::prelude::SessionContext;
/// use fenci_datafusion::{DOCUMENT_FREQUENCIES, Options, learn, register};
///
/// # #[tokio::main]
/// # async fn main() -> datafusion::error::Result<()> {
/// let context = SessionContext::new();
/// register(&context, Options::new());
/// context.sql("CREATE VIEW corpus (text) AS VALUES ('软银的会议'), ('软银的投资'), (null)").await?;
///
/// let learned = learn(context.sql(DOCUMENT_FREQUENCIES).await?).await?;
/// assert_eq!((learned.table.documents(), learned.empty), (2, 1));
/// assert_eq!(learned.table.get("软银"), Some(2));
/// # Ok(())
/// # }
/// ```
pub async fn learn(counts: DataFrame) -> Result<Learned> {
    let types: Vec<&DataType> = counts.schema().fields().iter().map(|field| field.data_type()).collect();
    if !matches!(types[..], [_, DataType::Int64]) {
        return plan_err!("expected a query with a word and a count (Int64) in each row, found {types:?}");
    }
    let mut batches = counts.execute_stream().await?;
    let mut totals = Totals::default();
    let mut sum = 0u64;
    let mut words: Vec<(Box<str>, u64)> = Vec::new();
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        let (found, counts) = (cast(batch.column(0), &DataType::Utf8View)?, cast(batch.column(1), &DataType::UInt64)?);
        for (word, &count) in found.as_string_view().iter().zip(counts.as_primitive::<UInt64Type>().values()) {
            let word = word.unwrap_or_default();
            if !totals.add(word, count) {
                sum = sum.wrapping_add(count);
                words.push((word.into(), count));
            }
        }
    }
    let Totals { documents, empty, terms } = totals;
    if sum != terms {
        return exec_err!(
            "the counts do not add up: the {documents} documents have {terms} words, the result has {sum}; \
             the engine lost or doubled a part of its data, so there is no table; run the query again"
        );
    }
    if documents == 0 {
        return exec_err!("expected at least one text with more than white space, found {empty} empty ones");
    }
    // This takes seconds for millions of words, and other tasks should not wait for it.
    let table = tokio::task::spawn_blocking(move || DocumentFrequencies::from_counts(documents, words))
        .await
        .map_err(|error| DataFusionError::External(Box::new(error)))?;
    let table = table.map_err(|error| DataFusionError::External(Box::new(error)))?;
    Ok(Learned { table, empty })
}
