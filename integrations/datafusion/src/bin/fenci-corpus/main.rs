//! `fenci-corpus`: document frequencies and keywords of corpora larger than a machine.

mod args;
mod corpus;
mod files;
#[cfg(feature = "cluster")]
mod logger;
mod output;
mod progress;
mod text_files;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use datafusion::common::{DataFusionError, exec_err};
use datafusion::error::Result;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use fenci::Segmenter;
use fenci::idf::Idf;
use fenci_datafusion::{DOCUMENT_FREQUENCIES, Options, Progress, learn, memory_pool, register};

use crate::args::{Args, Command, Engine, IdfArgs, Input, KeywordsArgs, ParquetArgs};
use crate::corpus::Corpus;
use crate::progress::Reporter;

fn main() -> ExitCode {
    let args = Args::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(args.command.threads())
        .enable_all()
        // Plans are trees, and Ballista recurses deeply into them.
        .thread_stack_size(16 << 20)
        .build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(async {
            tokio::select! {
                result = run(args.command) => result,
                _ = tokio::signal::ctrl_c() => exec_err!("interrupted; nothing was written"),
            }
        }),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fenci-corpus: {}", message(&error));
            ExitCode::from(2)
        }
    }
}

/// Returns an error as one line.
fn message(error: &DataFusionError) -> String {
    let message = match error {
        // Our own messages, without the engine's name for their kind.
        DataFusionError::Execution(message) | DataFusionError::Plan(message) => message.clone(),
        error => error.strip_backtrace(),
    };
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn external(error: fenci::Error) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

async fn run(command: Command) -> Result<()> {
    match command {
        Command::Idf(args) => idf(args).await,
        Command::Keywords(args) => keywords(args).await,
        Command::Parquet(args) => parquet(args).await,
        #[cfg(feature = "cluster")]
        Command::Scheduler(args) => {
            logger::start(args.verbose);
            fenci_datafusion::cluster::run_scheduler(args.scheduler(), Options::new()).await
        }
        #[cfg(feature = "cluster")]
        Command::Executor(args) => {
            logger::start(args.verbose);
            let options = options(args.idf.as_deref())?;
            let (executor, _folder) = args.executor()?;
            fenci_datafusion::cluster::run_executor(executor, options).await
        }
    }
}

async fn idf(args: IdfArgs) -> Result<()> {
    let session = Session::open(&args.engine, &args.input, &args.out, None).await?;
    let learned = session.run(async { learn(session.context.sql(DOCUMENT_FREQUENCIES).await?).await }).await?;
    session.check_rows(learned.rows()).await?;
    let table = learned.table.clone().with_formula(args.formula.into());
    let saved = table.with_unknown(args.unknown).and_then(|table| match args.text {
        true => table.save_text(&args.out),
        false => table.save(&args.out),
    });
    saved.map_err(external)?;
    eprintln!(
        "{}: {} words of {} documents; {} rows without text",
        args.out.display(),
        learned.table.len(),
        learned.table.documents(),
        learned.empty
    );
    Ok(())
}

async fn keywords(args: KeywordsArgs) -> Result<()> {
    let session = Session::open(&args.engine, &args.input, &args.out, args.idf.as_deref()).await?;
    let text = if args.clean { "fenci_clean(text)" } else { "text" };
    let query = format!(
        "SELECT * EXCEPT (text), fenci_keywords({text}, {}, '{}') AS keywords FROM corpus",
        args.top, args.method
    );
    write_query(&session, &query, &args.out).await
}

async fn parquet(args: ParquetArgs) -> Result<()> {
    let session = Session::open(&args.engine, &args.input, &args.out, None).await?;
    write_query(&session, "SELECT * FROM corpus", &args.out).await
}

async fn write_query(session: &Session, query: &str, out: &Path) -> Result<()> {
    let file = session.run(async { output::write(session.context.sql(query).await?, out).await }).await?;
    session.check_rows(file.rows()).await?;
    eprintln!("{}: {} rows", out.display(), file.rows());
    file.keep()
}

/// An engine with the corpus as its table `corpus`.
struct Session {
    context: SessionContext,
    corpus: Corpus,
    is_cluster: bool,
    progress: Arc<Progress>,
}

impl Session {
    async fn open(engine: &Engine, input: &Input, out: &Path, idf: Option<&Path>) -> Result<Session> {
        let folder = files::folder_of(out);
        if !folder.is_dir() {
            return exec_err!("{}: expected a folder for the output, found none", folder.display());
        }
        let progress = Arc::new(Progress::default());
        let options = options(idf)?.progress(progress.clone());
        let (context, is_cluster) = match &engine.cluster {
            Some(url) => (connect(url, engine.tasks, options).await?, true),
            None => (local(engine, out, options)?, false),
        };
        let corpus = Corpus::open(&context, input, out, is_cluster).await?;
        let table = corpus.table(&context, None).await?;
        context.register_table("corpus", table.into_view())?;
        Ok(Session { context, corpus, is_cluster, progress })
    }

    /// Runs a query and reports its progress. If it fails, finds the file that made it fail.
    async fn run<T>(&self, query: impl Future<Output = Result<T>>) -> Result<T> {
        let mut reporter = Reporter::new(self.corpus.bytes(), self.progress.clone());
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        tokio::pin!(query);
        let result = loop {
            tokio::select! {
                result = &mut query => break result,
                _ = tick.tick() => reporter.tick(),
            }
        };
        reporter.finish();
        match result {
            Err(error) => Err(self.corpus.blame(error).await),
            result => result,
        }
    }

    /// Checks that a cluster lost no row and counted none twice.
    ///
    /// The corpus is read a second time, without its words: for Parquet, only the metadata at the
    /// ends of files.
    async fn check_rows(&self, found: u64) -> Result<()> {
        if !self.is_cluster {
            return Ok(());
        }
        let expected = self.context.table("corpus").await?.count().await? as u64;
        if found != expected {
            return exec_err!(
                "the cluster lost or doubled a part of its data: the corpus has {expected} rows, the result \
                 was made of {found}; nothing was written; run the query again"
            );
        }
        Ok(())
    }
}

fn options(idf: Option<&Path>) -> Result<Options> {
    let options = Options::new();
    Ok(match idf {
        Some(path) => {
            let idf = Idf::open(path, Segmenter::new().dictionary());
            options.idf(idf.map_err(external)?)
        }
        None => options,
    })
}

/// Returns an engine in this process. It spills beside the output when its memory is used up.
fn local(engine: &Engine, out: &Path, options: Options) -> Result<SessionContext> {
    let folder = match &engine.temp {
        Some(folder) => folder.clone(),
        None => files::folder_of(out).to_owned(),
    };
    let mut runtime = RuntimeEnvBuilder::new().with_temp_file_path(folder).with_max_temp_directory_size(u64::MAX);
    // A row becomes hundreds of words, so batches have fewer rows than the default.
    let config = SessionConfig::new().with_target_partitions(engine.threads()).with_batch_size(1024);
    if let Some(memory) = engine.memory.0 {
        runtime = runtime.with_memory_pool(memory_pool(memory));
    }
    let context = SessionContext::new_with_config_rt(config, runtime.build_arc()?);
    register(&context, options);
    Ok(context)
}

#[cfg(feature = "cluster")]
async fn connect(url: &str, tasks: usize, options: Options) -> Result<SessionContext> {
    let config = SessionConfig::new().with_target_partitions(tasks.max(1)).with_batch_size(1024);
    fenci_datafusion::cluster::connect(url, config, options).await
}

#[cfg(not(feature = "cluster"))]
async fn connect(_: &str, _: usize, _: Options) -> Result<SessionContext> {
    datafusion::common::plan_err!("this program was built without the feature `cluster`")
}
