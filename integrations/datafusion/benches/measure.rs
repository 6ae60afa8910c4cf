//! Measures the document-frequency query: against the trainer in memory, under a memory limit, and
//! on clusters of one and two executors.
//!
//! `cargo bench -p fenci-datafusion --bench measure -- 100` takes 100 MB of text. The text is made
//! of the articles in `benches/articles/` with words and names strewn in, so that the vocabulary
//! grows with the text as on the web. All results are compared before they are reported.

use std::fs;
use std::io::{BufWriter, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use fenci::idf::IdfTrainer;
use fenci::{Dictionary, Segmenter};
use fenci_datafusion::{DOCUMENT_FREQUENCIES, Options, learn, memory_pool, register};

const PROGRAM: &str = env!("CARGO_BIN_EXE_fenci-corpus");
const THREADS: usize = 2;
const PORT: u16 = 50_750;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let megabytes = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(20);
    let folder = tempfile::tempdir()?;
    let texts = folder.path().join("texts.txt");
    make_texts(&texts, megabytes << 20)?;
    let bytes = fs::metadata(&texts)?.len();
    let report = |what: &str, run: &Run| {
        let (wall, megabytes) = (run.wall.as_secs_f64(), bytes as f64 / 1e6);
        let (speed, work) = (megabytes / wall, megabytes / run.cpu);
        println!("{what:36} {wall:7.2} s, {speed:5.1} MB/s, {work:5.1} MB for each CPU second");
    };

    let text = fs::read_to_string(&texts)?;
    let (start, before) = (Instant::now(), usage("self").unwrap_or_default().1);
    let table = IdfTrainer::new().threads(THREADS).train(&Segmenter::new(), text.lines());
    let (memory, after) = usage("self").unwrap_or_default();
    report("trainer, in memory", &Run { wall: start.elapsed(), cpu: after - before, memory });
    println!("{:36} {} documents, {} words", "", table.documents(), table.len());

    let run = |args: &[&str]| run(folder.path(), args);
    let same = || -> Result<(), Failure> {
        let found = fs::read(folder.path().join("t.idf"))?;
        fs::remove_file(folder.path().join("t.idf"))?;
        if found == table.to_bytes() { Ok(()) } else { Err("the tables differ".into()) }
    };

    let threads = THREADS.to_string();
    run(&["parquet", "--format", "lines", "--out", "texts.parquet", "texts.txt"])?;
    let query = ["idf", "--out", "t.idf", "--threads", &threads, "texts.parquet", "--memory"];
    let unlimited = run(&[&query[..], &["unlimited"]].concat())?;
    same()?;
    report("DataFusion, without a limit", &unlimited);

    let groups = groups(&folder.path().join("texts.parquet"))?;
    let limit = format!("{}KiB", (groups / 10) >> 10);
    let limited = run(&[&query[..], &[&limit]].concat())?;
    same()?;
    report(&format!("DataFusion, limit {limit}"), &limited);
    let [unlimited, limited] = [unlimited, limited].map(|run| run.memory >> 20);
    println!("{:36} resident at most {limited} MiB, without a limit {unlimited} MiB", "");

    // Makes as many files as there are tasks, so that no executor waits for another.
    split(&text, folder.path(), 8)?;
    for number in 0..8 {
        let (from, to) = (format!("part{number}.txt"), format!("parts/{number}.parquet"));
        run(&["parquet", "--format", "lines", "--out", &to, &from])?;
    }
    for executors in 1..=2 {
        let cluster = Cluster::start(folder.path(), executors)?;
        let url = format!("df://127.0.0.1:{PORT}");
        let before = cluster.cpu();
        let client = run(&["idf", "--out", "t.idf", "--cluster", &url, "--tasks", "8", "parts"])?;
        same()?;
        let name = format!("Ballista, executors with one task: {executors}");
        report(&name, &Run { cpu: client.cpu + cluster.cpu() - before, ..client });
    }
    Ok(())
}

/// The cost of a run. CPU seconds are more reliable than seconds on a machine with other work.
struct Run {
    wall: Duration,
    cpu: f64,
    memory: u64,
}

/// Runs the program to its end.
fn run(folder: &Path, args: &[&str]) -> Result<Run, Failure> {
    let start = Instant::now();
    let child = Command::new(PROGRAM).current_dir(folder).args(args).stderr(Stdio::piped()).spawn()?;
    let process = child.id().to_string();
    let (mut memory, mut cpu) = (0, 0.0);
    while let Some(used) = usage(&process) {
        (memory, cpu) = used;
        sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output()?;
    match output.status.success() {
        true => Ok(Run { wall: start.elapsed(), cpu, memory }),
        false => Err(String::from_utf8_lossy(&output.stderr).into()),
    }
}

/// Returns the peak memory of a process in bytes, and its CPU seconds. Returns `None` if the
/// process has ended, or without `/proc`.
fn usage(process: &str) -> Option<(u64, f64)> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let memory = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = memory.trim().strip_suffix(" kB")?.parse().ok()?;
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, in brackets, may contain anything. Times are in hundredths of a
    // second.
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some((kibibytes << 10, ticks as f64 / 100.0))
}

/// Returns the most memory that the engine asks for without a limit, in bytes.
fn groups(parquet: &Path) -> Result<usize, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
    runtime.block_on(async {
        let pool = memory_pool(1 << 40);
        let environment = RuntimeEnvBuilder::new().with_memory_pool(pool.clone()).build_arc()?;
        let config = SessionConfig::new().with_target_partitions(THREADS).with_batch_size(1024);
        let context = SessionContext::new_with_config_rt(config, environment);
        register(&context, Options::new());
        let path = parquet.to_str().ok_or("a path that is no UTF-8")?;
        context.register_parquet("corpus", path, ParquetReadOptions::default()).await?;
        let watch = tokio::spawn(async move {
            let mut most = 0;
            while Arc::strong_count(&pool) > 1 {
                most = most.max(pool.reserved());
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            most
        });
        learn(context.sql(DOCUMENT_FREQUENCIES).await?).await?;
        drop(context);
        Ok(watch.await?)
    })
}

/// Writes lines of about 1.5 kB each.
fn make_texts(path: &Path, bytes: usize) -> Result<(), Failure> {
    let mut sentences = Vec::new();
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../benches/articles");
    for entry in fs::read_dir(articles)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let text = fs::read_to_string(path)?;
            sentences.extend(text.split_inclusive('。').map(|sentence| sentence.replace(['\n', '\r'], "")));
        }
    }
    sentences.sort_unstable();
    let words: Vec<String> = Dictionary::embedded().index().iter().map(|(word, _)| word).collect();
    let mut state = 1u64;
    let mut random = |bound: usize| {
        // Knuth's MMIX generator. Its high bits are random enough.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((u128::from(state) * bound as u128) >> 64) as usize
    };
    let mut out = BufWriter::new(fs::File::create(path)?);
    let mut written = 0;
    while written < bytes {
        let mut line = String::new();
        while line.len() < 1500 {
            line.push_str(&sentences[random(sentences.len())]);
            // Products of two numbers: a few words are frequent, many are rare.
            let rare = random(1000) * random(1000);
            line.push_str(&words[rare * words.len() / 1_000_000]);
            line.push_str(&format!("，型号{rare}x{}。", random(1 + rare / 100)));
        }
        written += line.len() + 1;
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn split(text: &str, folder: &Path, parts: usize) -> Result<(), Failure> {
    fs::create_dir(folder.join("parts"))?;
    let lines: Vec<&str> = text.lines().collect();
    for (number, part) in lines.chunks(lines.len().div_ceil(parts)).enumerate() {
        fs::write(folder.join(format!("part{number}.txt")), part.join("\n"))?;
    }
    Ok(())
}

/// Processes that are stopped when the measurement ends.
struct Cluster(Vec<Child>);

impl Cluster {
    fn start(folder: &Path, executors: u16) -> Result<Cluster, Failure> {
        let mut cluster = Cluster(Vec::new());
        let address = format!("127.0.0.1:{PORT}");
        cluster.add(&["scheduler", "--listen", &address], PORT)?;
        for number in 0..executors {
            let port = PORT + 10 + 2 * number;
            let work = folder.join(format!("work{number}"));
            let (work, own) = (work.to_str().ok_or("a path that is no UTF-8")?, format!("127.0.0.1:{port}"));
            fs::create_dir_all(work)?;
            let args = [
                "executor",
                "--scheduler",
                &address,
                "--listen",
                &own,
                "--host",
                "127.0.0.1",
                "--tasks",
                "1",
                "--work",
                work,
            ];
            cluster.add(&args, port)?;
        }
        Ok(cluster)
    }

    /// Returns the CPU seconds of all processes so far.
    fn cpu(&self) -> f64 {
        self.0.iter().filter_map(|process| usage(&process.id().to_string())).map(|(_, cpu)| cpu).sum()
    }

    fn add(&mut self, args: &[&str], port: u16) -> Result<(), Failure> {
        self.0.push(Command::new(PROGRAM).args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(20));
        }
        Err(format!("nothing listens on port {port}").into())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for process in &mut self.0 {
            // It may have ended by itself.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
