//! The query gives the same table as the trainer, byte for byte, with any memory.

use std::sync::Arc;

use datafusion::arrow::array::{RecordBatch, StringArray};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext};
use fenci::Segmenter;
use fenci::idf::IdfTrainer;
use fenci_datafusion::{DOCUMENT_FREQUENCIES, Options, learn, memory_pool, register};

use crate::texts::texts;

/// A context with the texts as its table `corpus`, in batches of 50 rows, and two partitions.
fn context(texts: &[String], memory: Option<usize>) -> SessionContext {
    let mut runtime = RuntimeEnvBuilder::new();
    if let Some(memory) = memory {
        runtime = runtime.with_memory_pool(memory_pool(memory));
    }
    let config = SessionConfig::new().with_target_partitions(2).with_batch_size(256);
    let context = SessionContext::new_with_config_rt(config, runtime.build_arc().unwrap());
    register(&context, Options::new());
    let batches: Vec<RecordBatch> = texts
        .chunks(50)
        .map(|texts| {
            let column = StringArray::from_iter_values(texts);
            RecordBatch::try_from_iter([("text", Arc::new(column) as _)]).unwrap()
        })
        .collect();
    let (left, right) = batches.split_at(batches.len() / 2);
    let table = datafusion::datasource::MemTable::try_new(batches[0].schema(), vec![left.to_vec(), right.to_vec()]);
    context.register_table("corpus", Arc::new(table.unwrap())).unwrap();
    context
}

async fn counts(context: &SessionContext) -> DataFrame {
    context.sql(DOCUMENT_FREQUENCIES).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_is_that_of_the_trainer() {
    let texts = texts(500);
    let segmenter = Segmenter::new();
    let expected = IdfTrainer::new().train(&segmenter, &texts);
    let learned = learn(counts(&context(&texts, None)).await).await.unwrap();
    assert_eq!(learned.table.to_bytes(), expected.to_bytes());
    assert_eq!(learned.rows(), 500);
    assert!(learned.empty > 0);
}

/// With a tenth of the memory that the groups need, the engine spills to disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_that_is_spilled_is_the_same() {
    let mut texts = texts(800);
    // Words that only one text has: forty thousand groups.
    for (number, text) in texts.iter_mut().enumerate() {
        (0..50).for_each(|word| text.push_str(&format!(" vocabulary{number}x{word}")));
    }
    let segmenter = Segmenter::new();
    let expected = IdfTrainer::new().train(&segmenter, &texts);
    let context = context(&texts, Some(2 << 20));
    let plan = counts(&context).await.create_physical_plan().await.unwrap();
    let learned = learn(counts(&context).await).await.unwrap();
    assert_eq!(learned.table.to_bytes(), expected.to_bytes());

    // Runs the same plan once more, for its metrics.
    let batches = datafusion::physical_plan::collect(plan.clone(), context.task_ctx()).await.unwrap();
    assert!(batches.iter().map(RecordBatch::num_rows).sum::<usize>() >= expected.len());
    assert!(spills(plan.as_ref()) > 0);
}

fn spills(plan: &dyn datafusion::physical_plan::ExecutionPlan) -> usize {
    let own = plan.metrics().and_then(|metrics| metrics.spill_count()).unwrap_or(0);
    own + plan.children().into_iter().map(|child| spills(child.as_ref())).sum::<usize>()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counts_that_do_not_add_up_are_refused() {
    let context = context(&texts(100), None);
    let wrong = [
        // A group or a part of it is lost.
        "SELECT * FROM (COUNTS) WHERE word <> '软银'",
        "SELECT word, documents - CASE WHEN word = '软银' THEN 1 ELSE 0 END AS documents FROM (COUNTS)",
        // A part is counted twice.
        "SELECT word, documents * CASE WHEN word > ' ' AND word < '今' THEN 2 ELSE 1 END AS documents FROM (COUNTS)",
        "COUNTS UNION ALL SELECT * FROM (COUNTS) WHERE word = '软银'",
    ];
    for sql in wrong {
        let query = context.sql(&sql.replace("COUNTS", DOCUMENT_FREQUENCIES)).await.unwrap();
        let error = learn(query).await.unwrap_err().to_string();
        assert!(error.contains("do not add up"), "{sql}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_corpus_without_text_has_no_table() {
    let context = context(&[String::new(), " \n".to_owned()], None);
    let error = learn(counts(&context).await).await.unwrap_err().to_string();
    assert!(error.contains("expected at least one text") && error.contains("found 2 empty ones"), "{error}");
    let query = context.sql("SELECT 1 AS word").await.unwrap();
    assert!(learn(query).await.is_err());
}
