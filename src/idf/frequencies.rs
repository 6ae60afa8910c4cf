//! The table of document frequencies: what a corpus is boiled down to.
//!
//! A file of the crate's container, with these sections:
//!
//! | section | items | what |
//! |---|---|---|
//! | `meta` | 8 bytes | number of documents; formula (0 plain, 1 smooth); normalisation (0 words as texts have them, 1 Simplified); unknown words (0 median, 1 maximum, 2 a value); that value, or 0 |
//! | `word` | 1 byte | a transducer (fst, version 3) from each word to its rank |
//! | `freq` | 4 bytes, or 8 if there are more documents than 4 bytes count | by rank, the number of documents that have the word |
//!
//! Ranks, and not the frequencies, are in the transducer: there are as many words as there are frequencies in the file, so
//! that no file can make reading it take longer than its size says. A file is read in this order: container with
//! checksum, single numbers, nodes of the transducer, ranks of all words, frequencies.

use std::fmt;
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use fst::map::OpBuilder;

use super::formula::{IdfFormula, UnknownWords};
use super::merge::{Stored, Target};
use super::spill::Failure;
use super::transducer::{Transducer, Walk};
use crate::Error;
use crate::numbers::fits;
use crate::storage::atomic_file::save;
use crate::storage::bytes::{Bytes, Slice, U32s, U64s};
use crate::storage::image::{Kind, Reader, Trust};

pub(super) const KIND: Kind = Kind { name: *b"docf", version: 1, noun: "a fenci table of document frequencies" };

/// How many documents of a corpus have each word: a table learned by [`IdfTrainer`](crate::idf::IdfTrainer), from which an
/// [`Idf`](crate::idf::Idf) is made.
///
/// A table is one file, about ten bytes a word. It holds whole numbers only, so tables of the same corpus are the same
/// bytes on every machine, and tables of two corpora can be merged into that of both. A clone is a second handle to the
/// same table.
///
/// ```
/// use fenci::Segmenter;
/// use fenci::idf::IdfTrainer;
///
/// let segmenter = Segmenter::new();
/// let first = IdfTrainer::new().train(&segmenter, ["软银投资", "软银会议"])?;
/// assert_eq!((first.documents(), first.get("软银"), first.get("会议")), (2, Some(2), Some(1)));
///
/// let second = IdfTrainer::new().train(&segmenter, ["会议"])?;
/// let both = IdfTrainer::new().merge(&[first, second])?;
/// assert_eq!((both.documents(), both.get("会议")), (3, Some(2)));
/// # Ok::<(), fenci::Error>(())
/// ```
#[derive(Clone)]
pub struct DocumentFrequencies(Arc<Table>);

struct Table {
    bytes: Bytes,
    meta: Meta,
    words: Transducer,
    frequencies: Range<usize>,
    is_wide: bool,
}

/// What a table says of itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Meta {
    pub(super) documents: u64,
    pub(super) formula: IdfFormula,
    pub(super) is_simplified: bool,
    pub(super) unknown: UnknownWords,
}

impl Meta {
    pub(super) fn to_bytes(self) -> [[u8; 8]; 5] {
        let [unknown, value] = self.unknown.code();
        [self.documents, self.formula.code(), self.is_simplified.into(), unknown, value].map(u64::to_le_bytes)
    }

    /// The size of a frequency.
    pub(super) fn item(self) -> u32 {
        if u32::try_from(self.documents).is_ok() { 4 } else { 8 }
    }
}

impl DocumentFrequencies {
    /// A table from a file; with the feature `mmap`, the file is mapped and no memory is needed for it.
    ///
    /// The table is checked in full first, in time linear in its size. A file that is open must not be written to or cut
    /// short; to put another in its place, as [`DocumentFrequencies::save`] does, is fine.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is no such table, is damaged, or was written by another version of the format.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// let file = std::env::temp_dir().join("fenci-doc-open.idf");
    /// table.save(&file)?;
    /// assert_eq!(DocumentFrequencies::open(&file)?.documents(), 2);
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<DocumentFrequencies, Error> {
        let path = path.as_ref();
        DocumentFrequencies::new(Bytes::open(path)?).map_err(|error| error.in_file(path))
    }

    /// A table from the bytes of its file.
    ///
    /// The table is checked in full first, in time linear in its size.
    ///
    /// # Errors
    ///
    /// If `bytes` is no such table, is damaged, or was written by another version of the format. No bytes whatever make
    /// it panic.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert_eq!(DocumentFrequencies::from_bytes(table.as_bytes().to_vec())?.documents(), 2);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn from_bytes(bytes: Vec<u8>) -> Result<DocumentFrequencies, Error> {
        DocumentFrequencies::new(bytes.into())
    }

    pub(super) fn new(bytes: Bytes) -> Result<DocumentFrequencies, Error> {
        let reader = Reader::open(&bytes, KIND, Trust::None)?;
        let numbers = U64s::new(reader.slice(&reader.section(b"meta", 8)?));
        reader.check(numbers.len() == 5, "expected five numbers in its section \"meta\"")?;
        let bad = |what: &str, found: u64| reader.bad(format!("expected {what}, found {found}"));
        let meta = Meta {
            documents: numbers.at(0),
            formula: IdfFormula::from_code(numbers.at(1)).ok_or_else(|| bad("formula 0 or 1", numbers.at(1)))?,
            is_simplified: match numbers.at(2) {
                code @ 0..=1 => code == 1,
                other => return Err(bad("normalisation 0 or 1", other)),
            },
            unknown: UnknownWords::from_code([numbers.at(3), numbers.at(4)])
                .ok_or_else(|| bad("median, maximum or a finite value for unknown words", numbers.at(3)))?,
        };
        let words = Slice::new(&bytes, reader.section(b"word", 1)?);
        let words = Transducer::checked(words).map_err(|what| reader.bad(what))?;
        let frequencies = reader.section(b"freq", meta.item())?;
        let table = Table { meta, words, frequencies, is_wide: meta.item() == 8, bytes: bytes.clone() };
        let table = DocumentFrequencies(Arc::new(table));
        table.check().map_err(|what| reader.bad(what))?;
        Ok(table)
    }

    /// Check that every word has its rank, and a possible frequency.
    fn check(&self) -> Result<(), String> {
        let count = self.len();
        let found = self.0.words.len();
        if found != count {
            return Err(format!("expected as many words as the {count} frequencies, found {found}"));
        }
        let mut walk = self.0.words.walk();
        for expected in 0..count as u64 {
            match walk.next()? {
                Some((_, rank)) if rank == expected => {}
                Some((word, rank)) => return Err(format!("word {word:?}: expected rank {expected}, found {rank}")),
                None => return Err(format!("expected {count} words, found {expected}")),
            }
        }
        if walk.next()?.is_some() {
            return Err(format!("expected {count} words, found more"));
        }
        let documents = self.documents();
        match (0..count).map(|rank| self.frequency(rank)).find(|df| !(1..=documents).contains(df)) {
            Some(df) => Err(format!("expected a word in 1 to {documents} documents, found one in {df}")),
            None => Ok(()),
        }
    }

    /// The table as one file, to be opened again with [`DocumentFrequencies::open`] or
    /// [`DocumentFrequencies::from_bytes`].
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert!(!table.as_bytes().is_empty());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// Write the table to a file, which is there whole or not at all: it is written beside `path` and then renamed.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// let file = std::env::temp_dir().join("fenci-doc-save.idf");
    /// table.save(&file)?;
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        save(path.as_ref(), |out| out.write_all(self.as_bytes()))
    }

    /// Write the table's values in the text form of jieba's `idf.txt`, a line `word value` each, sorted by words. The
    /// number of documents is lost, and so are words with white space, which that form cannot hold.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// let file = std::env::temp_dir().join("fenci-doc-save.txt");
    /// table.save_text(&file)?;
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn save_text(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let formula = self.formula();
        save(path.as_ref(), |out| {
            self.iter()
                .filter(|(word, _)| !word.contains(char::is_whitespace))
                .try_for_each(|(word, df)| writeln!(out, "{word} {}", formula.value(self.documents(), df)))
        })
    }

    /// The number of documents that were counted.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert_eq!(table.documents(), 2);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn documents(&self) -> u64 {
        self.0.meta.documents
    }

    /// The number of words.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert_eq!(table.len(), 4); // 软银, 的, 会议, 投资
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn len(&self) -> usize {
        self.0.frequencies.len() / if self.0.is_wide { 8 } else { 4 }
    }

    /// Whether there are no words.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert!(!table.is_empty());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// In how many documents `word` is, if in any. Words are in their normal form: those of the segmenter's dictionary as
    /// it spells them, others, if the segmenter folds, with Simplified characters.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert_eq!((table.get("软银"), table.get("会议"), table.get("天气")), (Some(2), Some(1), None));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn get(&self, word: &str) -> Option<u64> {
        self.0.words.get(word).map(|rank| self.frequency(fits(rank)))
    }

    /// All words, sorted by their bytes, with their numbers of documents.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert_eq!(table.iter().next(), Some(("会议".to_owned(), 1)));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (String, u64)> + '_ {
        let mut words = self.words();
        std::iter::from_fn(move || words.next().map(|(word, df)| (word.to_owned(), df)))
    }

    /// The formula by which an [`Idf`](crate::idf::Idf) is made of the table, if none is said.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert_eq!(table.formula(), fenci::idf::IdfFormula::default());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn formula(&self) -> IdfFormula {
        self.0.meta.formula
    }

    /// What words that the table does not have are to weigh, if nothing is said.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert_eq!(table.unknown(), fenci::idf::UnknownWords::Median);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn unknown(&self) -> UnknownWords {
        self.0.meta.unknown
    }

    /// Whether words are Simplified: whether the segmenter that they come from folds Traditional characters.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::idf::{DocumentFrequencies, IdfTrainer};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert!(table.is_simplified());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn is_simplified(&self) -> bool {
        self.0.meta.is_simplified
    }

    pub(super) fn meta(&self) -> Meta {
        self.0.meta
    }

    /// All words, without an allocation for each.
    pub(super) fn words(&self) -> Words<'_> {
        Words { table: self, walk: self.0.words.walk() }
    }

    fn frequency(&self, rank: usize) -> u64 {
        let frequencies = &self.0.bytes[self.0.frequencies.clone()];
        match self.0.is_wide {
            true => U64s::new(frequencies).at(rank),
            false => U32s::new(frequencies).at(rank).into(),
        }
    }

    /// Of the frequencies that are `least` or more, the one at `place` from the largest, which is 0.
    ///
    /// Found 16 bits at a time, so that no table needs memory for it.
    fn nth_largest(&self, least: u64, mut place: u64) -> u64 {
        let mut known = 0u64;
        for shift in [48, 32, 16, 0] {
            let mut counts = vec![0u64; 1 << 16];
            for df in (0..self.len()).map(|rank| self.frequency(rank)).filter(|&df| df >= least) {
                // Shifted twice: by 64 at once is not allowed.
                if (df ^ known) >> shift >> 16 == 0 {
                    counts[(df >> shift & 0xffff) as usize] += 1;
                }
            }
            for (digit, count) in counts.into_iter().enumerate().rev() {
                if place < count {
                    known |= (digit as u64) << shift;
                    break;
                }
                place -= count;
            }
        }
        known
    }

    /// The value of unknown words, if only words in `least` documents or more are known; `None` if there are none.
    pub(super) fn value_of_unknown(&self, unknown: UnknownWords, formula: IdfFormula, least: u64) -> Option<f64> {
        let count = || (0..self.len()).filter(|&rank| self.frequency(rank) >= least).count() as u64;
        let place = match unknown {
            UnknownWords::Value(value) => return Some(value),
            // The lower median of the values: the more documents, the lower the value.
            UnknownWords::Median => count().checked_sub(1)? / 2,
            UnknownWords::Maximum => count().checked_sub(1)?,
        };
        Some(formula.value(self.documents(), self.nth_largest(least, place)))
    }
}

/// The words of a table, in order.
pub(super) struct Words<'t> {
    table: &'t DocumentFrequencies,
    walk: Walk<'t>,
}

impl Words<'_> {
    pub(super) fn next(&mut self) -> Option<(&str, u64)> {
        // All of it was walked when the table was opened.
        let (word, rank) = self.walk.next().ok()??;
        Some((word, self.table.frequency(fits(rank))))
    }
}

/// Merge tables into `target`.
pub(super) fn merge(
    tables: &[DocumentFrequencies],
    target: Target,
    step: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<DocumentFrequencies, Error> {
    let Some(first) = tables.first() else {
        return Err(Error::new("expected at least one table to merge, found none"));
    };
    let mut meta = first.meta();
    for table in &tables[1..] {
        let other = table.meta();
        let differ = |what: &str| Err(Error::new(format!("tables to merge differ in {what}; train them alike")));
        if other.formula != meta.formula {
            return differ("their formulas");
        }
        if other.is_simplified != meta.is_simplified {
            return differ("their normalisation");
        }
        if other.unknown != meta.unknown {
            return differ("what unknown words weigh");
        }
        let sum = meta.documents.checked_add(other.documents);
        meta.documents = sum.ok_or_else(|| Error::new("tables to merge have more documents than can be counted"))?;
    }
    let mut union = OpBuilder::new();
    tables.iter().for_each(|table| union.push(Stored(table.words())));
    target.write(meta, union.union(), &Failure::default(), step)
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
    use fst::MapBuilder;

    use super::*;
    use crate::idf::IdfTrainer;
    use crate::storage::image::Writer;

    /// A table as nobody writes it: any words with any ranks, and any frequencies.
    fn image(meta: [u64; 5], words: &[(&[u8], u64)], frequencies: &[u32]) -> Vec<u8> {
        let mut builder = MapBuilder::memory();
        words.iter().for_each(|(word, rank)| builder.insert(word, *rank).unwrap());
        let mut image = Writer::new(KIND);
        image.items(b"meta", meta.map(u64::to_le_bytes));
        image.bytes(b"word", builder.into_inner().unwrap());
        image.items(b"freq", frequencies.iter().map(|df| df.to_le_bytes()));
        image.finish()
    }

    fn table(documents: u64, words: &[(&str, u32)]) -> DocumentFrequencies {
        let ranked: Vec<(&[u8], u64)> =
            words.iter().zip(0..).map(|((word, _), rank)| (word.as_bytes(), rank)).collect();
        let frequencies: Vec<u32> = words.iter().map(|(_, df)| *df).collect();
        DocumentFrequencies::from_bytes(image([documents, 0, 1, 0, 0], &ranked, &frequencies)).unwrap()
    }

    #[test]
    fn what_cannot_be_is_refused() {
        const META: [u64; 5] = [9, 0, 1, 0, 0];
        let (a, b, long) = (&b"a"[..], &b"b"[..], "x".repeat(256));
        let nan = f64::NAN.to_bits();
        type Case<'c> = ([u64; 5], &'c [(&'c [u8], u64)], &'c [u32], &'c str);
        let all: [Case<'_>; 14] = [
            ([9, 2, 1, 0, 0], &[], &[], "expected formula 0 or 1, found 2"),
            ([9, 0, 7, 0, 0], &[], &[], "expected normalisation 0 or 1, found 7"),
            ([9, 0, 1, 3, 0], &[], &[], "found 3"),
            ([9, 0, 1, 0, 1], &[], &[], "for unknown words"),
            ([9, 0, 1, 2, nan], &[], &[], "finite value"),
            (META, &[(a, 0), (b, 1)], &[1], "expected as many words as the 1 frequencies, found 2"),
            (META, &[(a, 0)], &[1, 1], "expected as many words as the 2 frequencies, found 1"),
            (META, &[(a, 1), (b, 0)], &[1, 1], "word \"a\": expected rank 0, found 1"),
            (META, &[(a, 0), (b, u64::MAX)], &[1, 1], "word \"b\": expected rank 1, found 18446744073709551615"),
            (META, &[(b"", 0), (b, 1)], &[1, 1], "word \"b\": expected rank 0, found 1"),
            (META, &[(b"\xff", 0)], &[1], "a word is no UTF-8"),
            (META, &[(long.as_bytes(), 0)], &[1], "a word is too long"),
            (META, &[(a, 0)], &[0], "expected a word in 1 to 9 documents, found one in 0"),
            (META, &[(a, 0)], &[10], "expected a word in 1 to 9 documents, found one in 10"),
        ];
        for (meta, words, frequencies, what) in all {
            let error = DocumentFrequencies::from_bytes(image(meta, words, frequencies)).unwrap_err().to_string();
            assert!(
                error.starts_with("not a fenci table of document frequencies: ") && error.contains(what),
                "{error}"
            );
        }
    }

    /// Two to the power of twenty words in some hundred bytes: walking along all of them is nobody's intention.
    #[test]
    fn a_table_takes_no_longer_to_check_than_its_size_says() {
        let mut builder = MapBuilder::memory();
        for number in 0..1u32 << 20 {
            builder.insert(format!("{number:020b}"), 0).unwrap();
        }
        let mut words = builder.into_inner().unwrap();
        assert!(words.len() < 300);
        let count = words.len() - 20;
        for (claimed, what) in [(1u64, "expected 1 words, found more"), (2, "expected rank 1, found 0")] {
            words[count..count + 8].copy_from_slice(&claimed.to_le_bytes());
            let mut image = Writer::new(KIND);
            image.items(b"meta", [9u64, 0, 1, 0, 0].map(u64::to_le_bytes));
            image.bytes(b"word", words.clone());
            image.items(b"freq", vec![1u32.to_le_bytes(); claimed as usize]);
            let error = DocumentFrequencies::from_bytes(image.finish()).unwrap_err().to_string();
            assert!(error.contains(what), "{error}");
        }
    }

    #[test]
    fn more_documents_than_four_bytes_count_are_merged() {
        let a = table(3 << 30, &[("中国", 3 << 30), ("软银", 2)]);
        let b = table(2 << 30, &[("中国", 2 << 30), ("会议", 1)]);
        let merged = IdfTrainer::new().merge(&[a.clone(), b.clone(), a]).unwrap();
        assert_eq!((merged.documents(), merged.meta().item()), (8 << 30, 8));
        let words: Vec<_> = merged.iter().collect();
        assert_eq!(words, [("中国".to_owned(), 8 << 30), ("会议".to_owned(), 1), ("软银".to_owned(), 4)]);
        assert_eq!(b.nth_largest(1, 0), 2 << 30);
    }

    #[test]
    fn the_nth_largest_is_what_sorting_finds() {
        let words: Vec<String> = (0..200u32).map(|number| format!("{number:03}")).collect();
        let df = |number: u32| number.wrapping_mul(0x9E37_79B9) >> (number % 31) | 1;
        let counted: Vec<(&str, u32)> = words.iter().map(String::as_str).zip((0..200).map(df)).collect();
        let table = table(u64::from(u32::MAX), &counted);
        for least in [0, 1000, 1 << 20] {
            let mut sorted: Vec<u64> = (0..200).map(|number| df(number).into()).filter(|&df| df >= least).collect();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            for (place, &expected) in sorted.iter().enumerate() {
                assert_eq!(table.nth_largest(least, place as u64), expected);
            }
        }
    }
}
