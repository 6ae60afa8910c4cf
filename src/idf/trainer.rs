//! The trainer, which counts the documents of a corpus in memory.

use std::borrow::Cow;
use std::panic;
use std::sync::{Mutex, PoisonError};
use std::thread;

use foldhash::{HashMap, HashMapExt};

use super::frequencies::DocumentFrequencies;
use crate::segment::{Term, TermSource};

/// The length of the longest word that is counted, in bytes. Longer "words" are encoded data.
const MAX_WORD: usize = 255;

/// Learns [`DocumentFrequencies`] from texts.
///
/// Every text is a document, except texts of white space alone. Memory: the different words of the
/// corpus, once for each thread. The result depends neither on the number of threads nor on the
/// order of the texts.
///
/// ```
/// use fenci::Segmenter;
/// use fenci::idf::IdfTrainer;
///
/// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资", " "]);
/// assert_eq!((table.documents(), table.get("软银"), table.get("会议")), (2, Some(2), Some(1)));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct IdfTrainer {
    threads: usize,
    hmm: bool,
}

impl Default for IdfTrainer {
    fn default() -> IdfTrainer {
        IdfTrainer::new()
    }
}

impl IdfTrainer {
    /// Returns a trainer that uses the calling thread alone, and looks for words that the
    /// dictionary lacks.
    ///
    /// ```
    /// # use fenci::{Segmenter, idf::IdfTrainer};
    /// assert_eq!(IdfTrainer::new().train(&Segmenter::new(), ["软银"]).len(), 1);
    /// ```
    pub fn new() -> IdfTrainer {
        IdfTrainer { threads: 1, hmm: true }
    }

    /// Sets the number of threads that count. 0 counts as 1. Default: 1.
    ///
    /// ```
    /// # use fenci::{Segmenter, idf::IdfTrainer};
    /// let (segmenter, texts) = (Segmenter::new(), ["软银的会议", "软银投资"]);
    /// let [one, two] = [1, 2].map(|threads| IdfTrainer::new().threads(threads).train(&segmenter, texts));
    /// assert_eq!(one.to_bytes(), two.to_bytes());
    /// ```
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// Sets whether to look for words that the dictionary lacks. Default: yes.
    ///
    /// ```
    /// # use fenci::{Segmenter, idf::IdfTrainer};
    /// let table = IdfTrainer::new().hmm(false).train(&Segmenter::new(), ["网易杭研"]);
    /// assert_eq!(table.get("杭研"), None);
    /// ```
    pub fn hmm(mut self, hmm: bool) -> Self {
        self.hmm = hmm;
        self
    }

    /// Counts the documents that have each word.
    ///
    /// To report progress or to stop early, let the iterator do it: threads take a few texts at a
    /// time. A panic of the iterator or of the source is passed on.
    ///
    /// ```
    /// # use fenci::{Segmenter, idf::IdfTrainer};
    /// let mut seen = 0;
    /// let texts = ["软银的会议", "软银投资"].into_iter().inspect(|_| seen += 1);
    /// let table = IdfTrainer::new().train(&Segmenter::new(), texts);
    /// assert_eq!((seen, table.get("软银")), (2, Some(2)));
    /// ```
    #[expect(clippy::expect_used, reason = "a corpus in memory has no 4 GiB of different words")]
    pub fn train<S, I>(self, source: &S, texts: I) -> DocumentFrequencies
    where
        S: TermSource + Sync + ?Sized,
        I: IntoIterator<Item: AsRef<str>, IntoIter: Send>,
    {
        let texts = Mutex::new(texts.into_iter());
        let count = || DocumentCounter::default().count(source, self.hmm, &texts);
        let counters = thread::scope(|scope| {
            let others: Vec<_> = (1..self.threads).map(|_| scope.spawn(count)).collect();
            let mut counters = vec![count()];
            for other in others {
                counters.push(other.join().unwrap_or_else(|cause| panic::resume_unwind(cause)));
            }
            counters
        });
        let documents = counters.iter().map(|counter| counter.documents).sum();
        let mut sums: HashMap<Box<str>, u64> = HashMap::new();
        for (word, documents) in counters.into_iter().flat_map(|counter| counter.words) {
            *sums.entry(word).or_default() += documents;
        }
        DocumentFrequencies::from_counts(documents, sums).expect("counts are possible")
    }
}

/// Returns the different words of `text` that document frequencies count, sorted by their bytes.
///
/// Words are in their normal form: Simplified, if the source folds Traditional characters. A text
/// of white space alone is not a document. An engine that groups these words gets the counts that
/// [`IdfTrainer`] gets.
///
/// ```
/// use fenci::Segmenter;
/// use fenci::idf::document_words;
///
/// assert_eq!(document_words(&Segmenter::new(), "軟銀，軟銀會議。", true), ["会议", "软银"]);
/// ```
pub fn document_words<'t, S: TermSource + ?Sized>(source: &S, text: &'t str, hmm: bool) -> Vec<Cow<'t, str>> {
    let mut terms = Vec::new();
    source.terms(text, hmm, &mut terms);
    let mut words: Vec<_> = terms.iter().filter_map(|term| counted_form(source, term)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Returns the form in which a term is counted. `None` if it is not counted: punctuation, white
/// space, and words of more than [`MAX_WORD`] bytes.
fn counted_form<'t, S: TermSource + ?Sized>(source: &S, term: &Term<'t>) -> Option<Cow<'t, str>> {
    let text = term.text();
    let form = text.contains(char::is_alphanumeric).then(|| source.simplified(text));
    form.filter(|form| form.len() <= MAX_WORD)
}

/// The counts of one thread.
#[derive(Default)]
struct DocumentCounter {
    documents: u64,
    words: HashMap<Box<str>, u64>,
}

/// The largest number of texts that a thread takes at once, and the bytes after which it takes no
/// more. With so many, waiting for the lock costs nothing beside counting.
const MOST_TEXTS: usize = 256;
const MOST_BYTES: usize = 1 << 16;

impl DocumentCounter {
    fn count<S, I>(mut self, source: &S, hmm: bool, texts: &Mutex<I>) -> DocumentCounter
    where
        S: TermSource + ?Sized,
        I: Iterator<Item: AsRef<str>>,
    {
        loop {
            let (mut some, mut bytes) = (Vec::new(), 0);
            let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
            while bytes < MOST_BYTES && some.len() < MOST_TEXTS {
                let Some(text) = texts.next() else { break };
                bytes += text.as_ref().len();
                some.push(text);
            }
            drop(texts);
            if some.is_empty() {
                return self;
            }
            some.iter().for_each(|text| self.add(source, hmm, text.as_ref()));
        }
    }

    fn add<S: TermSource + ?Sized>(&mut self, source: &S, hmm: bool, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.documents += 1;
        for word in document_words(source, text, hmm) {
            match self.words.get_mut(&*word) {
                Some(documents) => *documents += 1,
                None => _ = self.words.insert(word.into(), 1),
            }
        }
    }
}
