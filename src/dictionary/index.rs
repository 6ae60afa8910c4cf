//! The words of a dictionary as a sorted map, to search by prefix, frequency and similarity.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use fst::{IntoStreamer, Map, MapBuilder, Streamer};

use super::{Dictionary, Entry, WordId};
use crate::error::Error;
use crate::numbers::fits;
use crate::order::order;
use crate::storage::atomic_file::save;

/// The words of a dictionary, sorted, for searches.
///
/// Segmentation does not need an index. It serves people who query a dictionary, for example to
/// complete a word or to find the word that was meant. It takes about sixteen bytes for each word.
/// To build it for the embedded dictionary takes half a second.
///
/// ```
/// use fenci::Dictionary;
///
/// let index = Dictionary::embedded().index();
/// let words: Vec<String> = index.complete("中国科", 3).into_iter().map(|(word, _)| word).collect();
/// assert_eq!(words, ["中国科学院", "中国科学院自然科学史研究所", "中国科协"]);
/// ```
pub struct WordIndex {
    dictionary: Dictionary,
    /// From words to their ranks by frequency. A transducer adds numbers up on the way to a word,
    /// and puts as much of a sum as it can near the root. So the sum at the end of a prefix is the
    /// rank of its most frequent word.
    ranks: Map<Vec<u8>>,
    /// By rank: the word's number.
    numbers: Vec<u32>,
    #[cfg(feature = "fuzzy")]
    automata: [std::sync::OnceLock<levenshtein_automata::LevenshteinAutomatonBuilder>; 2],
}

impl Dictionary {
    /// Builds an index of all words.
    ///
    /// Takes linear time in the size of the dictionary, except for a sort of its words.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// let index = Dictionary::embedded().index();
    /// assert_eq!(index.complete("星际", 1)[0].0, "星际");
    /// ```
    #[expect(clippy::expect_used, reason = "the words are sorted, and what is written to is memory")]
    pub fn index(&self) -> WordIndex {
        let words = self.sorted_words();
        let by_frequency = order(words.len(), &|a, b| words[b].1.frequency.cmp(&words[a].1.frequency));
        let mut rank_of = vec![0; words.len()];
        for (rank, &place) in (0u64..).zip(&by_frequency) {
            rank_of[place] = rank;
        }
        let mut ranks = MapBuilder::memory();
        for ((word, _), rank) in words.iter().zip(rank_of) {
            // Writes to memory cannot fail, and the words are in the order that the builder needs.
            ranks.insert(&**word, rank).expect("sorted words");
        }
        let numbers = by_frequency.into_iter().map(|place| words[place].1.id.0).collect();
        WordIndex {
            dictionary: self.clone(),
            ranks: ranks.into_map(),
            numbers,
            #[cfg(feature = "fuzzy")]
            automata: Default::default(),
        }
    }

    /// Writes all words to a file in jieba's text form, sorted, one line `word frequency tag` for
    /// each word. TABs separate the fields if spaces would be read differently.
    /// [`DictionaryBuilder::parse`](crate::dictionary::DictionaryBuilder::parse) reads the same
    /// words, frequencies and tags back.
    ///
    /// The form does not hold a builder's folds and variants, or user words' preferences for
    /// cutting.
    ///
    /// The file is written completely or not at all: it is written beside `path` and then renamed.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, or if the form cannot hold a word of the dictionary: one with
    /// a TAB or a line break, with white space or a byte order mark at its beginning, with white
    /// space at its end, or one that looks like a comment.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// let dictionary = Dictionary::builder().parse("星际之门 300 nz\n立项 50\n")?.build()?;
    /// let path = std::env::temp_dir().join("fenci-save-text.txt");
    /// dictionary.save_text(&path)?;
    /// assert_eq!(std::fs::read_to_string(&path).unwrap(), "星际之门 300 nz\n立项 50\n");
    /// # std::fs::remove_file(path).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn save_text(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let words = self.sorted_words();
        if let Some((word, _)) = words.iter().find(|(word, _)| !is_writable(word)) {
            let what =
                "a word that begins and ends with no white space, has no tab and no line break, and is no comment";
            return Err(Error::new(format!("expected {what}, found {word:?}; save the image instead")));
        }
        save(path.as_ref(), &|out| words.iter().try_for_each(|(word, entry)| write_line(out, word, entry)))
    }

    /// Returns all words with their entries, sorted by their bytes.
    fn sorted_words(&self) -> Vec<(Box<str>, Entry)> {
        let mut words = self.all_words();
        words.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        words
    }

    /// Returns all words with their entries, in no order.
    pub(super) fn all_words(&self) -> Vec<(Box<str>, Entry)> {
        // A word that a user has changed has another number than before, or is no longer a word.
        let entry = |(number, word): (usize, Box<str>)| {
            let entry = self.get(&word).filter(|entry| entry.id.index() == number)?;
            Some((word, entry))
        };
        self.spellings().into_iter().filter_map(entry).collect()
    }
}

/// Returns whether `word` is read back unchanged from a line of the text form.
fn is_writable(word: &str) -> bool {
    let is_comment = word == "#" || word.starts_with("# ");
    !is_comment && word.trim() == word && !word.starts_with('\u{feff}') && !word.contains(['\t', '\n', '\r'])
}

fn write_line(out: &mut dyn Write, word: &str, entry: &Entry) -> io::Result<()> {
    let is_plain = !word.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '"'))
        && entry.tag.as_str().bytes().all(|byte| byte.is_ascii_lowercase());
    let between = if is_plain { ' ' } else { '\t' };
    write!(out, "{word}{between}{}", entry.frequency)?;
    match entry.tag.as_str() {
        "" => writeln!(out),
        tag => writeln!(out, "{between}{tag}"),
    }
}

impl WordIndex {
    /// Returns the number of words.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// let index = Dictionary::embedded().index();
    /// assert_eq!(index.len(), Dictionary::embedded().len());
    /// ```
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Returns `true` if there are no words.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// let index = Dictionary::embedded().index();
    /// assert!(!index.is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Returns all words with their entries, sorted by their bytes.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// let index = Dictionary::embedded().index();
    /// let (word, entry) = index.iter().find(|(word, _)| word == "软件").unwrap();
    /// assert_eq!((word.as_str(), entry.tag.as_str()), ("软件", "n"));
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (String, Entry)> + '_ {
        self.with_prefix("")
    }

    /// Returns the words that begin with `prefix`, sorted by their bytes.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// let index = Dictionary::embedded().index();
    /// let words: Vec<String> = index.with_prefix("星际").map(|(word, _)| word).collect();
    /// assert_eq!(words, ["星际", "星际争霸", "星际大战", "星际穿越", "星际荣耀", "星际飞行"]);
    /// ```
    pub fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = (String, Entry)> + use<'_> {
        let prefix = prefix.to_owned();
        let mut stream = self.ranks.range().ge(&prefix).into_stream();
        std::iter::from_fn(move || {
            let (word, rank) = stream.next().filter(|(word, _)| word.starts_with(prefix.as_bytes()))?;
            self.found(word, rank)
        })
    }

    /// Returns the `k` most frequent words that begin with `prefix`, the most frequent first. Words
    /// of equal frequency are sorted by their bytes. The time depends on `k`, not on the number of
    /// words with the prefix.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// let index = Dictionary::embedded().index();
    /// let words: Vec<String> = index.complete("星际", 2).into_iter().map(|(word, _)| word).collect();
    /// assert_eq!(words, ["星际", "星际穿越"]);
    /// ```
    pub fn complete(&self, prefix: &str, k: usize) -> Vec<(String, Entry)> {
        let fst = self.ranks.as_fst();
        let (mut node, mut rank) = (fst.root(), 0);
        for &byte in prefix.as_bytes() {
            let Some(index) = node.find_input(byte) else { return Vec::new() };
            let transition = node.transition(index);
            rank += transition.out.value();
            node = fst.node(transition.addr);
        }
        // The least rank comes first: the rank of a word, or the least rank below a node.
        let mut waiting = BinaryHeap::new();
        waiting.push(Reverse((rank, Some(node.addr()), prefix.as_bytes().to_vec())));
        let mut words = Vec::new();
        while let Some(Reverse((rank, below, word))) = waiting.pop().filter(|_| words.len() < k) {
            let Some(addr) = below else {
                words.extend(self.found(&word, rank));
                continue;
            };
            let node = fst.node(addr);
            for transition in node.transitions() {
                let mut longer = Vec::with_capacity(word.len() + 1);
                longer.extend_from_slice(&word);
                longer.push(transition.inp);
                waiting.push(Reverse((rank + transition.out.value(), Some(transition.addr), longer)));
            }
            if node.is_final() {
                waiting.push(Reverse((rank + node.final_output().value(), None, word)));
            }
        }
        words
    }

    fn found(&self, word: &[u8], rank: u64) -> Option<(String, Entry)> {
        let entry = self.dictionary.entry(WordId(*self.numbers.get(fits::<usize, _>(rank))?))?;
        Some((String::from_utf8_lossy(word).into_owned(), entry))
    }
}

/// A word that is similar to another. Returned by [`WordIndex::similar`].
#[cfg(feature = "fuzzy")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Similar {
    /// The word.
    pub word: String,
    /// The word's entry in the dictionary.
    pub entry: Entry,
    /// The number of characters to insert, delete or replace to get the word.
    pub distance: usize,
}

#[cfg(feature = "fuzzy")]
impl WordIndex {
    /// Returns the words within a Levenshtein distance of `distance` from `word`: the number of
    /// characters to insert, delete or replace. The nearest words come first, and of equally near
    /// words the most frequent. Needs the feature `fuzzy`.
    ///
    /// A `distance` of 0 finds the word itself. A `distance` above 2 counts as 2, since nearly
    /// every word of two characters is within 2 of any other.
    ///
    /// The time depends on the number of word prefixes that are so near. In the embedded dictionary
    /// it is about ten milliseconds for a distance of 1, and a few dozen for 2.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// let index = Dictionary::embedded().index();
    /// let similar = index.similar("人工只能", 1);
    /// assert_eq!((similar[0].word.as_str(), similar[0].distance), ("人工智能", 1));
    /// ```
    pub fn similar(&self, word: &str, distance: usize) -> Vec<Similar> {
        use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};

        let Some(place) = distance.min(2).checked_sub(1) else {
            let entry = self.dictionary.get(word);
            return entry.map(|entry| Similar { word: word.to_owned(), entry, distance: 0 }).into_iter().collect();
        };
        let build = || LevenshteinAutomatonBuilder::new(fits::<u8, _>(place) + 1, false);
        let automaton = self.automata[place].get_or_init(build).build_dfa(word);
        let mut stream = self.ranks.search_with_state(&automaton).into_stream();
        let mut similar = Vec::new();
        while let Some((word, rank, state)) = stream.next() {
            if let Distance::Exact(distance) = automaton.distance(state) {
                let found = self.found(word, rank);
                similar.extend(found.map(|(word, entry)| Similar { word, entry, distance: distance.into() }));
            }
        }
        similar.sort_by_key(|found| (found.distance, Reverse(found.entry.frequency)));
        similar
    }
}

impl fmt::Debug for WordIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordIndex").field("words", &self.len()).finish_non_exhaustive()
    }
}
