//! Learning document frequencies from a corpus.

use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{panic, thread};

use fst::map::OpBuilder;

use super::corpus::{Corpus, Files, Piece, Texts};
use super::counter::{Counter, is_short, is_word};
use super::formula::{IdfFormula, UnknownWords};
use super::frequencies::{self, DocumentFrequencies, Meta};
use super::merge::{Sorted, Target};
use super::spill::{Failure, Runs};
use crate::Error;
use crate::segment::TermSource;
use crate::storage::atomic_file::folder_of;

/// Learns [`DocumentFrequencies`] from a corpus of any size.
///
/// Words are counted in memory, by several threads. When the memory given is used up, what was counted is spilled to
/// disk as a sorted run, and all runs are merged at the end. The table is the same, byte for byte, however much memory
/// and however many threads there are.
///
/// Counted are words: tokens with a letter or a digit, of no more than 255 bytes, under the form in which the keyword
/// extractors look them up. Words of the dictionary are spelled as it spells them; others have Simplified characters if
/// the segmenter folds. A text of nothing but white space is no document.
///
/// ```
/// use fenci::{Dictionary, Extractor, Segmenter};
/// use fenci::idf::{Idf, IdfTrainer};
///
/// let segmenter = Segmenter::new();
/// let table = IdfTrainer::new().train(&segmenter, ["軟銀的会议", "软银的投资", "今天的天气"])?;
/// assert_eq!((table.documents(), table.get("软银"), table.get("的")), (3, Some(2), Some(3)));
///
/// let idf = Idf::builder().build(&table)?;
/// assert_eq!(idf.get("软银"), Some((4f64 / 3.0).ln()));
/// let extractor = Extractor::builder().idf(idf).build();
/// # assert!(!extractor.extract(&segmenter, "软银的天气", 2).is_empty());
/// # Ok::<(), fenci::Error>(())
/// ```
#[must_use]
pub struct IdfTrainer {
    memory: usize,
    threads: Option<usize>,
    out: Option<PathBuf>,
    temp_folder: Option<PathBuf>,
    hmm: bool,
    lines: bool,
    formula: IdfFormula,
    unknown: UnknownWords,
    progress: Option<Report>,
}

type Report = Box<dyn FnMut(&TrainingProgress) -> ControlFlow<()> + Send>;

/// How far a training has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrainingProgress {
    /// Documents counted.
    pub documents: u64,
    /// Bytes of them, as they were read.
    pub bytes: u64,
    /// Bytes of the whole corpus, where that is known: of files.
    pub total_bytes: Option<u64>,
    /// Whether all is counted, and the runs are being merged.
    pub is_merging: bool,
}

impl Default for IdfTrainer {
    fn default() -> IdfTrainer {
        IdfTrainer::new()
    }
}

impl IdfTrainer {
    /// The default memory for counting, in bytes.
    pub const MEMORY: usize = 256 << 20;

    /// A trainer with the default options.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let table = IdfTrainer::new().train(&segmenter, ["软银的会议", "软银投资"])?;
    /// assert_eq!(table.get("软银"), Some(2));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn new() -> IdfTrainer {
        IdfTrainer {
            memory: IdfTrainer::MEMORY,
            threads: None,
            out: None,
            temp_folder: None,
            hmm: true,
            lines: false,
            formula: IdfFormula::default(),
            unknown: UnknownWords::default(),
            progress: None,
        }
    }

    /// How many bytes to use for counting words that the dictionary does not have, by all threads together. What is always
    /// needed comes on top: for each thread some megabytes and the documents it is at; and for merging some
    /// megabytes. Default: [`IdfTrainer::MEMORY`].
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let table = IdfTrainer::new().memory(64 << 20).train(&segmenter, ["软银的会议"])?;
    /// assert_eq!(table.documents(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn memory(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    /// How many threads to use. Default: as many as the machine runs at once.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let table = IdfTrainer::new().threads(2).train(&segmenter, ["软银的会议"])?;
    /// assert_eq!(table.documents(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Write the table to this file, and open it from there, instead of holding it in memory. The file is there whole or
    /// not at all: it is written beside `path` and then renamed. Default: in memory.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let file = std::env::temp_dir().join("fenci-doc-out.idf");
    /// IdfTrainer::new().out(&file).train(&segmenter, ["软银的会议"])?;
    /// assert!(file.exists());
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn out(mut self, path: impl Into<PathBuf>) -> Self {
        self.out = Some(path.into());
        self
    }

    /// Where to spill to: a folder with room for a few times the table. What is written there is never to be seen, and
    /// gone with the program. Default: the folder of the file that is written to, or else the system's folder for
    /// temporary files.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let table = IdfTrainer::new().temp_folder(std::env::temp_dir()).train(&segmenter, ["软银的会议"])?;
    /// assert_eq!(table.documents(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn temp_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.temp_folder = Some(folder.into());
        self
    }

    /// Whether words that the dictionary does not have are looked for, as the extractors do by default. Default: yes.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let table = IdfTrainer::new().hmm(false).train(&segmenter, ["网易杭研"])?;
    /// assert_eq!(table.get("杭研"), None);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn hmm(mut self, hmm: bool) -> Self {
        self.hmm = hmm;
        self
    }

    /// Whether each line of a file is a document, and not the file. Default: no.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let file = std::env::temp_dir().join("fenci-doc-lines.txt");
    /// std::fs::write(&file, "软银的会议\n软银投资\n").unwrap();
    /// let table = IdfTrainer::new().lines(true).train_files(&segmenter, [&file])?;
    /// assert_eq!(table.documents(), 2);
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn lines(mut self, lines: bool) -> Self {
        self.lines = lines;
        self
    }

    /// The formula that the table is to be used with, if nothing else is said then. Default: [`IdfFormula::Smooth`].
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let table = IdfTrainer::new().formula(IdfFormula::Plain).train(&segmenter, ["软银的会议"])?;
    /// assert_eq!(table.formula(), IdfFormula::Plain);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn formula(mut self, formula: IdfFormula) -> Self {
        self.formula = formula;
        self
    }

    /// What words are to weigh that the table does not have, if nothing else is said then. Default:
    /// [`UnknownWords::Median`].
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let table = IdfTrainer::new().unknown(UnknownWords::Maximum).train(&segmenter, ["软银的会议"])?;
    /// assert_eq!(table.unknown(), UnknownWords::Maximum);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn unknown(mut self, unknown: UnknownWords) -> Self {
        self.unknown = unknown;
        self
    }

    /// Have `report` called now and then, by any of the threads; where it breaks, the training ends with an error, and
    /// nothing is written. So that it can say how much there is to do, files are listed twice.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// use std::ops::ControlFlow;
    ///
    /// let trainer = IdfTrainer::new().progress(|progress| match progress.bytes {
    ///     0..1_000_000 => ControlFlow::Continue(()),
    ///     _ => ControlFlow::Break(()),
    /// });
    /// assert!(trainer.train(&segmenter, ["软银的会议"]).is_ok());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn progress(mut self, report: impl FnMut(&TrainingProgress) -> ControlFlow<()> + Send + 'static) -> Self {
        self.progress = Some(Box::new(report));
        self
    }

    /// Learn from texts, each a document.
    ///
    /// # Errors
    ///
    /// If something cannot be written, to the file or to the temporary folder, or the progress report breaks. A file
    /// that was there before is then left as it was.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let table = IdfTrainer::new().train(&segmenter, ["软银的会议", "软银投资"])?;
    /// assert_eq!(table.get("软银"), Some(2));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn train<S, I>(self, source: &S, texts: I) -> Result<DocumentFrequencies, Error>
    where
        S: TermSource + Sync + ?Sized,
        I: IntoIterator<Item: AsRef<str>, IntoIter: Send>,
    {
        self.count(source, Texts(texts.into_iter()), None, true)
    }

    /// Learn from files, each a document or, with [`IdfTrainer::lines`], each of its lines; and from all files in folders,
    /// at any depth, but for those whose names begin with a dot and links to folders. What is no UTF-8 is passed over.
    ///
    /// A document is held in memory whole; a file that is read by lines, some lines at a time.
    ///
    /// # Errors
    ///
    /// If something cannot be read or written, or there are no documents, or the progress report breaks. A file that was
    /// there before is then left as it was.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let file = std::env::temp_dir().join("fenci-doc-files.txt");
    /// std::fs::write(&file, "软银的会议").unwrap();
    /// assert_eq!(IdfTrainer::new().train_files(&segmenter, [&file])?.documents(), 1);
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn train_files<S, P>(self, source: &S, paths: P) -> Result<DocumentFrequencies, Error>
    where
        S: TermSource + Sync + ?Sized,
        P: IntoIterator<Item: AsRef<Path>>,
    {
        let files = Files::new(paths, self.lines, self.out.as_deref())?;
        let total_bytes = if self.progress.is_some() { Some(files.total_bytes()?) } else { None };
        self.count(source, files, total_bytes, false)
    }

    /// Merge tables: the same table, byte for byte, as that of all their corpora together.
    ///
    /// # Errors
    ///
    /// If there are none, or they differ in formula, normalisation or what unknown words weigh; or if the table cannot be
    /// written, or the progress report breaks.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{IdfFormula, IdfTrainer, UnknownWords};
    /// # let segmenter = Segmenter::new();
    /// let [old, new] = [["软银的会议"], ["软银投资"]].map(|texts| IdfTrainer::new().train(&segmenter, texts));
    /// let table = IdfTrainer::new().merge(&[old?, new?])?;
    /// assert_eq!((table.documents(), table.get("软银")), (2, Some(2)));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn merge(self, tables: &[DocumentFrequencies]) -> Result<DocumentFrequencies, Error> {
        let target = Target::new(self.out.as_deref(), &self.folder())?;
        let state = TrainingProgress { is_merging: true, ..TrainingProgress::default() };
        let mut progress = self.progress;
        frequencies::merge(tables, target, &mut || report(&mut progress, &state))
    }

    /// Where to put what does not fit into memory.
    fn folder(&self) -> PathBuf {
        match (&self.temp_folder, &self.out) {
            (Some(folder), _) => folder.clone(),
            (None, Some(out)) => folder_of(out).to_owned(),
            (None, None) => std::env::temp_dir(),
        }
    }

    fn count<S, C>(
        mut self,
        source: &S,
        corpus: C,
        total_bytes: Option<u64>,
        may_be_empty: bool,
    ) -> Result<DocumentFrequencies, Error>
    where
        S: TermSource + Sync + ?Sized,
        C: Corpus,
    {
        if !self.unknown.is_possible() {
            return Err(Error::new("what unknown words weigh: expected a finite number"));
        }
        let threads = self.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, Into::into)).max(1);
        let folder = self.folder();
        let target = Target::new(self.out.as_deref(), &folder)?;
        let shared = Shared {
            source,
            hmm: self.hmm,
            work: Mutex::new((corpus, self.progress.take())),
            documents: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            total_bytes,
            is_stopped: AtomicBool::new(false),
            budget: self.memory / threads,
            runs: Runs::new(&folder),
        };
        let counters: Result<Vec<Counter<'_>>, Error> = match threads {
            1 => shared.count().map(|counter| vec![counter]),
            _ => thread::scope(|scope| {
                let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| shared.count())).collect();
                // The first error, after the last thread has ended.
                let counters: Vec<_> = workers.into_iter().map(|worker| worker.join()).collect();
                counters
                    .into_iter()
                    .map(|counter| counter.unwrap_or_else(|panic| panic::resume_unwind(panic)))
                    .collect()
            }),
        };
        let counters = counters?;
        let Shared { work, runs, .. } = shared;
        let (_, mut progress) = work.into_inner().unwrap_or_else(PoisonError::into_inner);
        let state = TrainingProgress {
            documents: counters.iter().map(Counter::documents).sum(),
            bytes: shared.bytes.into_inner(),
            total_bytes,
            is_merging: true,
        };
        if state.documents == 0 && !may_be_empty {
            return Err(Error::new("expected at least one document with some text, found none"));
        }
        let mut step = || report(&mut progress, &state);
        step()?;
        let meta = Meta {
            documents: state.documents,
            formula: self.formula,
            is_simplified: source.simplified(TRADITIONAL) != TRADITIONAL,
            unknown: self.unknown,
        };
        let runs = runs.merged(self.memory, &mut step)?;
        let failure = Failure::default();
        let mut union = OpBuilder::new();
        union.push(Sorted::new(words(source, &counters)));
        counters.into_iter().for_each(|mut counter| union.push(Sorted::new(counter.take_others())));
        runs.push_to(&mut union, &failure);
        target.write(meta, union.union(), &failure, &mut step)
    }
}

/// A text by which a source shows whether it folds: what dictionaries fold that fold anything.
const TRADITIONAL: &str = "國時會來個們後說電軟銀";

fn report(progress: &mut Option<Report>, state: &TrainingProgress) -> Result<(), Error> {
    match progress.as_mut().map(|report| report(state)) {
        Some(ControlFlow::Break(())) => Err(Error::new("interrupted; nothing was written")),
        Some(ControlFlow::Continue(())) | None => Ok(()),
    }
}

/// The dictionary's words that were seen, sorted, with their numbers of documents.
fn words<S: TermSource + ?Sized>(source: &S, counters: &[Counter<'_>]) -> Vec<(Box<str>, u64)> {
    let Some(dictionary) = source.dictionary() else { return Vec::new() };
    let mut sums = vec![0; dictionary.id_bound()];
    for counter in counters {
        sums.iter_mut().zip(counter.words()).for_each(|(sum, count)| *sum += count);
    }
    let spellings = dictionary.spellings(|number| sums.get(number).is_some_and(|&sum| sum > 0));
    let mut words: Vec<_> = spellings.into_iter().map(|(number, word)| (word, sums[number])).collect();
    words.retain(|(word, _)| is_word(word) && is_short(word));
    words.sort_unstable();
    // Each is there once, unless someone made an image by hand.
    words.dedup_by(|a, b| a.0 == b.0);
    words
}

/// What the threads share.
struct Shared<'s, S: ?Sized, C> {
    source: &'s S,
    hmm: bool,
    work: Mutex<(C, Option<Report>)>,
    documents: AtomicU64,
    bytes: AtomicU64,
    total_bytes: Option<u64>,
    /// Whether one of the threads has failed.
    is_stopped: AtomicBool,
    /// Bytes of memory for each thread.
    budget: usize,
    runs: Runs,
}

/// Lets the other threads end when one panics: a source or an iterator of someone else's may.
struct StopOnPanic<'s>(&'s AtomicBool);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

impl<'s, S: TermSource + Sync + ?Sized, C: Corpus> Shared<'s, S, C> {
    /// What each thread does.
    fn count(&self) -> Result<Counter<'s>, Error> {
        let _guard = StopOnPanic(&self.is_stopped);
        let mut counter = Counter::new(self.source.dictionary());
        let counted = self.count_into(&mut counter);
        if counted.is_err() {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
        counted.map(|()| counter)
    }

    fn count_into(&self, counter: &mut Counter<'s>) -> Result<(), Error> {
        while let Some(piece) = self.next_piece()? {
            piece.each(&mut |text, bytes| {
                self.bytes.fetch_add(bytes, Ordering::Relaxed);
                if text.trim().is_empty() {
                    return Ok(());
                }
                self.documents.fetch_add(1, Ordering::Relaxed);
                counter.count(self.source, self.hmm, text);
                if counter.bytes() > self.budget {
                    self.runs.write(&counter.take_others())?;
                }
                Ok(())
            })?;
        }
        // Merging has the memory for itself, if memory is scarce.
        if self.runs.len() > 0 {
            self.runs.write(&counter.take_others())?;
        }
        Ok(())
    }

    fn next_piece(&self) -> Result<Option<C::Piece>, Error> {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_stopped.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let (corpus, progress) = &mut *work;
        let state = TrainingProgress {
            documents: self.documents.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            total_bytes: self.total_bytes,
            is_merging: false,
        };
        report(progress, &state)?;
        corpus.next()
    }
}

impl fmt::Debug for IdfTrainer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdfTrainer")
            .field("memory", &self.memory)
            .field("threads", &self.threads)
            .field("out", &self.out)
            .finish_non_exhaustive()
    }
}
