//! Document frequencies: the counts of a corpus that IDF values are computed from.
//!
//! A file uses the crate's container. It has these sections, and those of [`SortedWords`]:
//!
//! | section | items | content |
//! |---|---|---|
//! | `meta` | 8 bytes | number of documents; formula; unknown words; their value |
//! | `freq` | 8 bytes | by rank of the word, the number of documents that have it |
//!
//! The formula is 0 (plain) or 1 (smooth). Unknown words are 0 (median), 1 (maximum) or 2 (a
//! value). The value is 0 unless unknown words are 2.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use foldhash::HashMap;

use super::formula::{IdfFormula, UnknownWords};
use super::sorted_words::SortedWords;
use crate::error::Error;
use crate::storage::atomic_file::save;
use crate::storage::bytes::{Bytes, U64s};
use crate::storage::image::{Kind, Reader, Writer};

pub(super) const KIND: Kind = Kind { name: *b"docf", version: 1, noun: "a fenci table of document frequencies" };

/// The number of documents of a corpus that each word is in. An [`Idf`](crate::idf::Idf) is made
/// from it.
///
/// An [`IdfTrainer`](crate::idf::IdfTrainer) counts in memory. [`DocumentFrequencies::from_counts`]
/// takes the counts of another engine.
///
/// A table holds whole numbers only. The same corpus gives the same bytes on every machine, and the
/// tables of two corpora merge into the table of both. A clone is a second handle to the same
/// table.
///
/// ```
/// use fenci::Segmenter;
/// use fenci::idf::{DocumentFrequencies, IdfTrainer};
///
/// let segmenter = Segmenter::new();
/// let first = IdfTrainer::new().train(&segmenter, ["软银投资", "软银会议"]);
/// assert_eq!((first.documents(), first.get("软银"), first.get("会议")), (2, Some(2), Some(1)));
///
/// let second = DocumentFrequencies::from_counts(1, [("会议", 1)])?;
/// let both = DocumentFrequencies::merge(&[first, second])?;
/// assert_eq!((both.documents(), both.get("会议")), (3, Some(2)));
/// # Ok::<(), fenci::Error>(())
/// ```
#[derive(Clone)]
pub struct DocumentFrequencies(Arc<FrequencyTable>);

struct FrequencyTable {
    bytes: Bytes,
    meta: TableMeta,
    words: SortedWords,
    frequencies: Range<usize>,
}

/// Metadata of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct TableMeta {
    documents: u64,
    formula: IdfFormula,
    unknown: UnknownWords,
}

impl DocumentFrequencies {
    /// Returns a table of words with their numbers of documents, for a corpus of `documents`
    /// documents. The words may come in any order.
    ///
    /// # Errors
    ///
    /// If a word is empty or comes twice, or if its count is 0 or greater than `documents`.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// let table = DocumentFrequencies::from_counts(3, [("软银", 2), ("会议", 1)])?;
    /// assert_eq!((table.documents(), table.get("软银")), (3, Some(2)));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn from_counts<W: Into<String>>(
        documents: u64,
        counts: impl IntoIterator<Item = (W, u64)>,
    ) -> Result<DocumentFrequencies, Error> {
        let counts = counts.into_iter().map(|(word, count)| (word.into().into_boxed_str(), count));
        DocumentFrequencies::new(TableMeta { documents, ..TableMeta::default() }, counts.collect())
    }

    fn new(meta: TableMeta, mut counts: Vec<(Box<str>, u64)>) -> Result<DocumentFrequencies, Error> {
        counts.sort_unstable();
        for (at, (word, df)) in counts.iter().enumerate() {
            let expected = match counts.get(at + 1) {
                _ if word.is_empty() => "some text".to_owned(),
                Some((next, _)) if next == word => "one count".to_owned(),
                _ if !(1..=meta.documents).contains(df) => format!("1 to {} documents", meta.documents),
                _ => continue,
            };
            return Err(Error::new(format!("word {word:?} in {df} documents: expected {expected}")));
        }
        let mut image = Writer::new(KIND);
        let [unknown, value] = meta.unknown.code();
        image.items(b"meta", [meta.documents, meta.formula as u64, unknown, value].map(u64::to_le_bytes));
        SortedWords::write(counts.iter().map(|(word, _)| &**word), &mut image)?;
        image.items(b"freq", counts.iter().map(|(_, count)| count.to_le_bytes()));
        DocumentFrequencies::of_bytes(image.finish().into())
    }

    /// Opens the file that [`DocumentFrequencies::save`] wrote.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is no such table, is damaged, or has another version. The error
    /// names the file.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// let file = std::env::temp_dir().join("fenci-doc-open.idf");
    /// DocumentFrequencies::from_counts(3, [("软银", 2)])?.save(&file)?;
    /// assert_eq!(DocumentFrequencies::open(&file)?.documents(), 3);
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<DocumentFrequencies, Error> {
        let path = path.as_ref();
        DocumentFrequencies::of_bytes(Bytes::open(path)?).map_err(|error| error.in_file(path))
    }

    /// Opens a table that [`DocumentFrequencies::to_bytes`] gave, in time linear in its size.
    ///
    /// # Errors
    ///
    /// If `bytes` is no such table, is damaged, or has another version. No input makes it panic.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// let table = DocumentFrequencies::from_counts(3, [("软银", 2)])?;
    /// assert_eq!(DocumentFrequencies::from_bytes(table.to_bytes())?.documents(), 3);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn from_bytes(bytes: Vec<u8>) -> Result<DocumentFrequencies, Error> {
        DocumentFrequencies::of_bytes(bytes.into())
    }

    pub(super) fn of_bytes(bytes: Bytes) -> Result<DocumentFrequencies, Error> {
        let reader = Reader::open(&bytes, KIND)?;
        let [documents, formula, unknown, value] = reader.numbers(b"meta", "four")?;
        let bad = |what: &str, found: u64| reader.bad(format!("expected {what}, found {found}"));
        let meta = TableMeta {
            documents,
            formula: IdfFormula::from_code(formula).ok_or_else(|| bad("formula 0 or 1", formula))?,
            unknown: UnknownWords::from_code([unknown, value])
                .ok_or_else(|| bad("median, maximum or a finite value for unknown words", unknown))?,
        };
        let words = SortedWords::open(&reader, &bytes)?;
        let frequencies = reader.section(b"freq", 8)?;
        let all = U64s::new(reader.slice(&frequencies));
        if all.len() != words.len() {
            return Err(bad(&format!("as many frequencies as the {} words", words.len()), all.len() as u64));
        }
        if let Some((word, df)) = words.iter().zip(all.iter()).find(|(_, df)| !(1..=meta.documents).contains(df)) {
            return Err(bad(&format!("word {word:?} in 1 to {} documents", meta.documents), df));
        }
        Ok(DocumentFrequencies(Arc::new(FrequencyTable { meta, words, frequencies, bytes: bytes.clone() })))
    }

    /// Returns the table as the bytes of one file.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// assert!(!DocumentFrequencies::from_counts(3, [("软银", 2)])?.to_bytes().is_empty());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.bytes.to_vec()
    }

    /// Writes the table to a file, completely or not at all.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// let file = std::env::temp_dir().join("fenci-doc-save.idf");
    /// DocumentFrequencies::from_counts(3, [("软银", 2)])?.save(&file)?;
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        save(path.as_ref(), &|out| out.write_all(&self.0.bytes))
    }

    /// Writes the words with their IDF values in the text form of jieba's `idf.txt`: one line
    /// `word value` for each word, sorted by words. The form does not hold the number of documents.
    /// Words with white space are left out.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// let file = std::env::temp_dir().join("fenci-doc-save.txt");
    /// DocumentFrequencies::from_counts(3, [("软银", 3)])?.save_text(&file)?;
    /// assert_eq!(std::fs::read_to_string(&file).unwrap(), "软银 0\n");
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn save_text(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let formula = self.formula();
        save(path.as_ref(), &|out| {
            self.iter()
                .filter(|(word, _)| !word.contains(char::is_whitespace))
                .try_for_each(|(word, df)| writeln!(out, "{word} {}", formula.value(self.documents(), df)))
        })
    }

    /// Merges tables. The result is the same, byte for byte, as the table of all their corpora
    /// together.
    ///
    /// # Errors
    ///
    /// If there are no tables, or if they differ in formula or in the value of unknown words.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// let old = DocumentFrequencies::from_counts(3, [("软银", 2)])?;
    /// let new = DocumentFrequencies::from_counts(1, [("软银", 1)])?;
    /// let both = DocumentFrequencies::merge(&[old, new])?;
    /// assert_eq!((both.documents(), both.get("软银")), (4, Some(3)));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn merge(tables: &[DocumentFrequencies]) -> Result<DocumentFrequencies, Error> {
        let Some(first) = tables.first() else {
            return Err(Error::new("expected at least one table to merge, found none"));
        };
        let mut meta = TableMeta { documents: 0, ..first.0.meta };
        let mut sums: HashMap<&str, u64> = HashMap::default();
        for table in tables {
            let differ = |what: &str| Error::new(format!("tables to merge differ in {what}; give them the same"));
            if table.formula() != meta.formula {
                return Err(differ("their formulas"));
            }
            if table.unknown() != meta.unknown {
                return Err(differ("the value of unknown words"));
            }
            let sum = meta.documents.checked_add(table.documents());
            meta.documents =
                sum.ok_or_else(|| Error::new("tables to merge have more documents than can be counted"))?;
            // The sum does not overflow: no word is in more documents than there are.
            table.iter().for_each(|(word, df)| *sums.entry(word).or_default() += df);
        }
        DocumentFrequencies::new(meta, sums.into_iter().map(|(word, df)| (word.into(), df)).collect())
    }

    /// Returns the same table with another formula, by which an [`Idf`](crate::idf::Idf) is
    /// computed from it. Default: [`IdfFormula::Smooth`].
    ///
    /// ```
    /// # use fenci::idf::{DocumentFrequencies, IdfFormula};
    /// let table = DocumentFrequencies::from_counts(3, [("软银", 2)])?.with_formula(IdfFormula::Plain);
    /// assert_eq!(table.formula(), IdfFormula::Plain);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn with_formula(self, formula: IdfFormula) -> DocumentFrequencies {
        self.with_meta(TableMeta { formula, ..self.0.meta })
    }

    /// Returns the same table with another value for words that it does not have. Default:
    /// [`UnknownWords::Median`].
    ///
    /// # Errors
    ///
    /// If the given value is not finite.
    ///
    /// ```
    /// # use fenci::idf::{DocumentFrequencies, UnknownWords};
    /// let table = DocumentFrequencies::from_counts(3, [("软银", 2)])?.with_unknown(UnknownWords::Maximum)?;
    /// assert_eq!(table.unknown(), UnknownWords::Maximum);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn with_unknown(self, unknown: UnknownWords) -> Result<DocumentFrequencies, Error> {
        unknown.check()?;
        Ok(self.with_meta(TableMeta { unknown, ..self.0.meta }))
    }

    #[expect(clippy::expect_used, reason = "the words are those of a table, and the options were checked")]
    fn with_meta(&self, meta: TableMeta) -> DocumentFrequencies {
        let counts = self.iter().map(|(word, df)| (word.into(), df)).collect();
        DocumentFrequencies::new(meta, counts).expect("a table with other options")
    }

    /// Returns the number of documents that were counted.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// assert_eq!(DocumentFrequencies::from_counts(3, [("软银", 2)])?.documents(), 3);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn documents(&self) -> u64 {
        self.0.meta.documents
    }

    /// Returns the number of words.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// assert_eq!(DocumentFrequencies::from_counts(3, [("软银", 2)])?.len(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn len(&self) -> usize {
        self.0.words.len()
    }

    /// Returns `true` if there are no words.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// assert!(!DocumentFrequencies::from_counts(3, [("软银", 2)])?.is_empty());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of documents that have `word`; `None` if none has it. Words are in their
    /// normal form: Simplified, if the segmenter folds Traditional characters.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// let table = DocumentFrequencies::from_counts(3, [("软银", 2)])?;
    /// assert_eq!((table.get("软银"), table.get("天气")), (Some(2), None));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn get(&self, word: &str) -> Option<u64> {
        self.0.words.rank(word).map(|rank| self.frequencies().at(rank))
    }

    /// Returns all words with their numbers of documents, sorted by the words' bytes.
    ///
    /// ```
    /// # use fenci::idf::DocumentFrequencies;
    /// let table = DocumentFrequencies::from_counts(3, [("软银", 2), ("会议", 1)])?;
    /// assert_eq!(table.iter().collect::<Vec<_>>(), [("会议", 1), ("软银", 2)]);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.words.iter().zip(self.frequencies().iter())
    }

    /// Returns the default formula of an [`Idf`](crate::idf::Idf) that is made from the table.
    ///
    /// ```
    /// # use fenci::idf::{DocumentFrequencies, IdfFormula};
    /// let table = DocumentFrequencies::from_counts(3, [("软银", 2)])?;
    /// assert_eq!(table.formula(), IdfFormula::Smooth);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn formula(&self) -> IdfFormula {
        self.0.meta.formula
    }

    /// Returns the default value of words that the table does not have.
    ///
    /// ```
    /// # use fenci::idf::{DocumentFrequencies, UnknownWords};
    /// let table = DocumentFrequencies::from_counts(3, [("软银", 2)])?;
    /// assert_eq!(table.unknown(), UnknownWords::Median);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn unknown(&self) -> UnknownWords {
        self.0.meta.unknown
    }

    fn frequencies(&self) -> U64s<'_> {
        U64s::new(&self.0.bytes[self.0.frequencies.clone()])
    }
}

impl fmt::Debug for DocumentFrequencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentFrequencies")
            .field("documents", &self.documents())
            .field("words", &self.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a table without checks, so that it may be invalid.
    fn image(meta: &[u64], words: &[&str], frequencies: &[u64]) -> Vec<u8> {
        let mut image = Writer::new(KIND);
        image.items(b"meta", meta.iter().map(|number| number.to_le_bytes()));
        SortedWords::write(words.iter().copied(), &mut image).unwrap();
        image.items(b"freq", frequencies.iter().map(|df| df.to_le_bytes()));
        image.finish()
    }

    #[test]
    fn tables_that_cannot_be_are_refused() {
        let nan = f64::NAN.to_bits();
        type Case<'c> = (&'c [u64], &'c [&'c str], &'c [u64], &'c str);
        let all: [Case<'_>; 9] = [
            (&[9, 0, 0], &[], &[], "expected four numbers"),
            (&[9, 2, 0, 0], &[], &[], "expected formula 0 or 1, found 2"),
            (&[9, 0, 3, 0], &[], &[], "found 3"),
            (&[9, 0, 0, 1], &[], &[], "for unknown words"),
            (&[9, 0, 2, nan], &[], &[], "finite value"),
            (&[9, 0, 0, 0], &["a", "b"], &[1], "expected as many frequencies as the 2 words, found 1"),
            (&[9, 0, 0, 0], &["b", "a"], &[1, 1], "word \"a\": expected one after \"b\""),
            (&[9, 0, 0, 0], &["a"], &[0], "expected word \"a\" in 1 to 9 documents, found 0"),
            (&[9, 0, 0, 0], &["a"], &[10], "expected word \"a\" in 1 to 9 documents, found 10"),
        ];
        for (meta, words, frequencies, what) in all {
            let error = DocumentFrequencies::from_bytes(image(meta, words, frequencies)).unwrap_err().to_string();
            assert!(
                error.starts_with("not a fenci table of document frequencies: ") && error.contains(what),
                "{error}"
            );
        }
    }

    #[test]
    fn counts_that_cannot_be_are_refused() {
        let counts = |documents, counts: &[(&'static str, u64)]| {
            DocumentFrequencies::from_counts(documents, counts.iter().copied()).err().map(|error| error.to_string())
        };
        assert_eq!(counts(2, &[("软银", 2), ("会议", 1)]), None);
        assert_eq!(counts(0, &[]), None);
        for (documents, wrong) in [(2, ("软银", 3)), (2, ("软银", 0)), (2, ("", 1)), (2, ("会议", 1))] {
            assert!(counts(documents, &[("会议", 1), wrong]).is_some(), "{wrong:?}");
        }
    }
}
