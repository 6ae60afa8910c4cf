//! The command line.

use std::fmt;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use fenci::idf::{IdfFormula, UnknownWords};

/// Document frequencies and keywords of corpora larger than a machine.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Learn an IDF table.
    Idf(IdfArgs),
    /// Extract the keywords of each text to a Parquet file.
    Keywords(KeywordsArgs),
    /// Copy texts to a Parquet file, the best form for a cluster.
    Parquet(ParquetArgs),
    /// Run the scheduler of a cluster.
    #[cfg(feature = "cluster")]
    Scheduler(SchedulerArgs),
    /// Run an executor of a cluster.
    #[cfg(feature = "cluster")]
    Executor(ExecutorArgs),
}

impl Command {
    pub(crate) fn threads(&self) -> usize {
        match self {
            Command::Idf(args) => args.engine.threads(),
            Command::Keywords(args) => args.engine.threads(),
            Command::Parquet(args) => args.engine.threads(),
            #[cfg(feature = "cluster")]
            Command::Scheduler(_) | Command::Executor(_) => processors(),
        }
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

#[derive(ClapArgs)]
pub(crate) struct IdfArgs {
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Write jieba's text form: a line `word value` for each word.
    #[arg(long)]
    pub(crate) text: bool,
    /// The formula of the values.
    #[arg(long, value_enum, default_value_t = Formula::Smooth)]
    pub(crate) formula: Formula,
    /// The value of words that the table lacks: `median`, `maximum` or a number.
    #[arg(long, value_name = "WEIGHT", default_value = "median", value_parser = unknown)]
    pub(crate) unknown: UnknownWords,
    #[command(flatten)]
    pub(crate) engine: Engine,
    #[command(flatten)]
    pub(crate) input: Input,
}

#[derive(ClapArgs)]
pub(crate) struct KeywordsArgs {
    /// The Parquet file to write: the kept columns, and a list of keywords for each text.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The maximum number of keywords of a text.
    #[arg(long, value_name = "K", default_value_t = 10)]
    pub(crate) top: usize,
    #[arg(long, value_enum, default_value_t = Method::Phrases)]
    pub(crate) method: Method,
    /// Extract the main text of each page first.
    #[arg(long)]
    pub(crate) clean: bool,
    /// The IDF table to weigh with. On a cluster, the executors have it: `executor --idf`.
    #[arg(long, value_name = "FILE", conflicts_with = "cluster")]
    pub(crate) idf: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) engine: Engine,
    #[command(flatten)]
    pub(crate) input: Input,
}

#[derive(ClapArgs)]
pub(crate) struct ParquetArgs {
    /// The Parquet file to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) engine: Engine,
    #[command(flatten)]
    pub(crate) input: Input,
}

/// Options of the engine that runs a query.
#[derive(ClapArgs)]
pub(crate) struct Engine {
    /// The memory for words, with its unit, or `unlimited`. The rest is spilled to disk.
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = memory)]
    pub(crate) memory: Memory,
    /// The folder to spill to [default: the folder of the output].
    #[arg(long, value_name = "FOLDER")]
    pub(crate) temp: Option<PathBuf>,
    /// The number of threads [default: as many as there are processors].
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Run the query on this cluster, for example `df://10.0.0.1:50050`.
    #[arg(long, value_name = "URL", conflicts_with_all = ["memory", "temp", "threads"])]
    pub(crate) cluster: Option<String>,
    /// The number of tasks of a query: several for each processor of the cluster.
    #[arg(long, value_name = "N", default_value_t = 32, requires = "cluster")]
    pub(crate) tasks: usize,
}

impl Engine {
    pub(crate) fn threads(&self) -> usize {
        self.threads.unwrap_or_else(processors).max(1)
    }
}

/// The texts of the corpus.
#[derive(ClapArgs)]
pub(crate) struct Input {
    /// The form of the files [default: by the ending of their names, or text].
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// The column with the texts, in JSON lines, CSV and Parquet.
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) column: String,
    /// Another column to copy to the output, such as an id. Repeat it for more columns.
    #[arg(long, value_name = "NAME")]
    pub(crate) keep: Vec<String>,
    /// Files, and folders whose files are read at any depth.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Each file is a text.
    Text,
    /// Each line is a text.
    Lines,
    /// Each line is a JSON object.
    Jsonl,
    /// Comma-separated values with a line of names. In files called .tsv, tabs separate the values.
    Csv,
    Parquet,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Text => "text",
            Format::Lines => "lines",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
        })
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Method {
    Phrases,
    Tfidf,
    Textrank,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Method::Phrases => "phrases",
            Method::Tfidf => "tfidf",
            Method::Textrank => "textrank",
        })
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Formula {
    /// ln(documents / documents with the word)
    Plain,
    /// ln((1 + documents) / (1 + documents with the word))
    Smooth,
}

impl From<Formula> for IdfFormula {
    fn from(formula: Formula) -> IdfFormula {
        match formula {
            Formula::Plain => IdfFormula::Plain,
            Formula::Smooth => IdfFormula::Smooth,
        }
    }
}

fn unknown(text: &str) -> Result<UnknownWords, String> {
    match text {
        "median" => Ok(UnknownWords::Median),
        "maximum" => Ok(UnknownWords::Maximum),
        _ => match text.parse() {
            Ok(value) if f64::is_finite(value) => Ok(UnknownWords::Value(value)),
            _ => Err("expected `median`, `maximum` or a number".to_owned()),
        },
    }
}

/// A limit in bytes; `None` is no limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Memory(pub(crate) Option<usize>);

fn memory(text: &str) -> Result<Memory, String> {
    if text == "unlimited" {
        return Ok(Memory(None));
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let shift = match unit {
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        "TiB" => 40,
        _ => return Err("expected a whole number with KiB, MiB, GiB or TiB, or `unlimited`".to_owned()),
    };
    let bytes = number.parse::<usize>().ok().filter(|&number| number > 0).and_then(|number| {
        let bytes = number.checked_mul(1 << shift)?;
        Some(Memory(Some(bytes)))
    });
    bytes.ok_or_else(|| format!("expected a number from 1 that a machine can have, found {text}"))
}

#[cfg(feature = "cluster")]
pub(crate) use cluster::{ExecutorArgs, SchedulerArgs};

#[cfg(feature = "cluster")]
mod cluster {
    use std::net::SocketAddr;
    use std::path::PathBuf;

    use clap::Args as ClapArgs;
    use datafusion::common::plan_datafusion_err;
    use datafusion::error::Result;
    use fenci_datafusion::cluster::{Executor, Scheduler};

    use super::{Memory, memory};

    #[derive(ClapArgs)]
    pub(crate) struct SchedulerArgs {
        /// The address to listen on.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:50050")]
        listen: SocketAddr,
        /// The name or address under which executors and clients find it.
        #[arg(long, value_name = "HOST", default_value = "localhost")]
        host: String,
        /// The seconds of silence after which an executor counts as lost.
        #[arg(long, value_name = "SECONDS", default_value_t = 60)]
        executor_timeout: u64,
        /// Write the progress, and not only warnings, to standard error.
        #[arg(long)]
        pub(crate) verbose: bool,
    }

    impl SchedulerArgs {
        pub(crate) fn scheduler(self) -> Scheduler {
            Scheduler { address: self.listen, external_host: self.host, executor_timeout: self.executor_timeout }
        }
    }

    #[derive(ClapArgs)]
    pub(crate) struct ExecutorArgs {
        /// The scheduler to work for.
        #[arg(long, value_name = "HOST:PORT", default_value = "localhost:50050")]
        scheduler: String,
        /// The address to listen on. The next port is used, too.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:50051")]
        listen: SocketAddr,
        /// The name or address under which other processes find it [default: as the scheduler sees
        /// it].
        #[arg(long, value_name = "HOST")]
        host: Option<String>,
        /// The number of tasks at a time [default: as many as there are processors].
        #[arg(long, value_name = "N", default_value_t = 0)]
        tasks: usize,
        /// The memory for words of all tasks, with its unit.
        #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = memory)]
        memory: Memory,
        /// The folder for spilled data and for data that others fetch [default: a temporary one].
        #[arg(long, value_name = "FOLDER")]
        work: Option<PathBuf>,
        /// The seconds between two signs of life.
        #[arg(long, value_name = "SECONDS", default_value_t = 10)]
        heartbeat: u64,
        /// The IDF table of `fenci_keywords`: the same file for all executors.
        #[arg(long, value_name = "FILE")]
        pub(crate) idf: Option<PathBuf>,
        /// Write the progress, and not only warnings, to standard error.
        #[arg(long)]
        pub(crate) verbose: bool,
    }

    impl ExecutorArgs {
        /// Returns the executor, and its temporary folder if it has one.
        pub(crate) fn executor(self) -> Result<(Executor, Option<tempfile::TempDir>)> {
            let (host, port) = self
                .scheduler
                .rsplit_once(':')
                .and_then(|(host, port)| Some((host, port.parse().ok()?)))
                .ok_or_else(|| plan_datafusion_err!("--scheduler: expected HOST:PORT, found {}", self.scheduler))?;
            let (work_folder, temporary) = match self.work {
                Some(folder) => (folder, None),
                None => {
                    let folder = tempfile::Builder::new().prefix("fenci-executor-").tempdir()?;
                    (folder.path().to_owned(), Some(folder))
                }
            };
            let executor = Executor {
                address: self.listen,
                external_host: self.host,
                scheduler_host: host.to_owned(),
                scheduler_port: port,
                tasks: self.tasks,
                memory: self.memory.0,
                work_folder,
                heartbeat: self.heartbeat,
            };
            Ok((executor, temporary))
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn memory_has_a_unit() {
        assert_eq!(memory("512MiB"), Ok(Memory(Some(512 << 20))));
        assert_eq!(memory("unlimited"), Ok(Memory(None)));
        for bad in ["", "512", "MiB", "0GiB", "1.5GiB", "99999999999999TiB", "-1MiB"] {
            assert!(memory(bad).is_err(), "{bad}");
        }
    }
}
