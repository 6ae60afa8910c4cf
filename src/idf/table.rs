//! IDF tables: the rarity of words, joined to the words of a dictionary.
//!
//! A compiled table, such as the one in this crate, uses the crate's container. It has these
//! sections, and those of [`SortedWords`] for words that the dictionary lacks:
//!
//! | section | items | content |
//! |---|---|---|
//! | `meta` | 8 bytes | the dictionary's checksum; the value of unknown words |
//! | `valu` | 8 bytes | the different values, ascending |
//! | `word` | 4 bytes | by word number, the index of its value, plus 1; 0 for none |
//! | `othr` | 4 bytes | by rank of the word, the index of its value |

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
#[cfg(feature = "embedded")]
use std::sync::LazyLock;

use super::formula::UnknownWords;
use super::frequencies::{self, DocumentFrequencies};
use super::sorted_words::SortedWords;
use crate::dictionary::{Dictionary, WordId};
use crate::error::Error;
use crate::numbers::fits;
use crate::storage::atomic_file::save;
use crate::storage::bytes::{Bytes, F64s, U32s, decode};
use crate::storage::image::{self, Kind, Reader, Writer};

const KIND: Kind = Kind { name: *b"idf ", version: 1, noun: "a fenci IDF table" };

#[cfg(feature = "embedded")]
static EMBEDDED: &[u8] = include_bytes!("../../dicts/idf.bin");

/// Inverse document frequencies: how much a word tells about the text that it is in.
///
/// The values are jieba's, or are computed by an [`IdfFormula`](super::IdfFormula) from the
/// [`DocumentFrequencies`] of a corpus. A table is joined to a dictionary when it is made. The
/// values of the dictionary's words are found by word number, and the values of other words by
/// binary search. A clone is a second handle to the same table.
///
/// ```
/// use fenci::idf::Idf;
///
/// let idf = Idf::embedded();
/// assert!(idf.get("软银").unwrap_or(idf.of_unknown()) > idf.get("公司").unwrap());
/// ```
#[derive(Clone)]
pub struct Idf(Arc<IdfTable>);

struct IdfTable {
    dictionary: Dictionary,
    of_unknown: f64,
    bytes: Bytes,
    values: Range<usize>,
    /// By word number: the index of the value, plus 1; 0 for none.
    of_words: Range<usize>,
    /// The words that the dictionary lacks.
    others: SortedWords,
    /// By rank among them: the index of the value.
    of_others: Range<usize>,
}

impl Idf {
    /// Returns the table in this crate: jieba's, with 270,131 words, joined to
    /// [`Dictionary::embedded`].
    ///
    /// ```
    /// # use fenci::idf::Idf;
    /// let idf = Idf::embedded();
    /// assert!(idf.get("软银") > idf.get("公司"));
    /// ```
    #[cfg(feature = "embedded")]
    #[expect(clippy::expect_used, reason = "the tests open it, and it is part of the program")]
    pub fn embedded() -> Idf {
        static TABLE: LazyLock<Idf> = LazyLock::new(|| {
            let table = Idf::of_image(Bytes::Static(EMBEDDED), &Dictionary::embedded());
            table.expect("an image of this crate")
        });
        TABLE.clone()
    }

    /// Returns a builder for a table made from [`DocumentFrequencies`].
    ///
    /// ```
    /// # use fenci::idf::{DocumentFrequencies, Idf, IdfFormula};
    /// let table = DocumentFrequencies::from_counts(4, [("软银", 2)])?.with_formula(IdfFormula::Plain);
    /// assert_eq!(Idf::builder().build(&table)?.get("软银"), Some(2f64.ln()));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    #[cfg(feature = "embedded")]
    pub fn builder() -> IdfBuilder {
        Idf::with(&Dictionary::embedded())
    }

    /// Returns a builder for tables that are joined to `dictionary`, which is the segmenter's.
    ///
    /// ```
    /// # use fenci::{Dictionary, idf::{DocumentFrequencies, Idf}};
    /// let dictionary = Dictionary::builder().parse("会议 9 n\n")?.build()?;
    /// let table = DocumentFrequencies::from_counts(3, [("会议", 2)])?;
    /// assert!(Idf::with(&dictionary).build(&table)?.get("会议").is_some());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn with(dictionary: &Dictionary) -> IdfBuilder {
        IdfBuilder { dictionary: dictionary.clone(), min_documents: 1 }
    }

    /// Opens a file and joins it to `dictionary`. The file is a table that [`Idf::save`] wrote,
    /// [`DocumentFrequencies`], or a text in jieba's form. Its first bytes tell which of them it
    /// is.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is none of these, is damaged, has another version, or is joined
    /// to another dictionary. The error names the file, and the line of a text.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::idf::Idf;
    /// let file = std::env::temp_dir().join("fenci-doc-idf.txt");
    /// std::fs::write(&file, "软银 9.5\n").unwrap();
    /// assert_eq!(Idf::open(&file, &Dictionary::embedded())?.get("软银"), Some(9.5));
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn open(path: impl AsRef<Path>, dictionary: &Dictionary) -> Result<Idf, Error> {
        let path = path.as_ref();
        let bytes = Bytes::open(path)?;
        let table = match image::has_magic(&bytes) {
            true => Idf::of_bytes(bytes, dictionary),
            false => decode(&bytes, "expected an IDF table or text in UTF-8, found bytes that are neither")
                .and_then(|text| Idf::parse(text, dictionary)),
        };
        table.map_err(|error| error.in_file(path))
    }

    /// Opens what [`Idf::to_bytes`] or [`DocumentFrequencies::to_bytes`] gave, and joins it to
    /// `dictionary`.
    ///
    /// # Errors
    ///
    /// If `bytes` is neither, is damaged, has another version, or is joined to another dictionary.
    /// No input makes it panic.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::idf::Idf;
    /// let bytes = Idf::parse("软银 9.5\n", &Dictionary::embedded())?.to_bytes();
    /// assert_eq!(Idf::from_bytes(bytes, &Dictionary::embedded())?.get("软银"), Some(9.5));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn from_bytes(bytes: Vec<u8>, dictionary: &Dictionary) -> Result<Idf, Error> {
        Idf::of_bytes(bytes.into(), dictionary)
    }

    fn of_bytes(bytes: Bytes, dictionary: &Dictionary) -> Result<Idf, Error> {
        if image::kind_of(&bytes) == Some(&frequencies::KIND.name) {
            Idf::with(dictionary).build(&DocumentFrequencies::of_bytes(bytes)?)
        } else {
            Idf::of_image(bytes, dictionary)
        }
    }

    /// Reads the text form of jieba's `idf.txt`: one line `word value` for each word, separated by
    /// white space. If a word comes twice, the later value counts. Words that are not in the table
    /// get the lower median of all lines.
    ///
    /// # Errors
    ///
    /// If a line has no value or a value that is not finite, or if there are no lines. The error
    /// names the line.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::idf::Idf;
    /// let idf = Idf::parse("软银 9.5\n公司 3.5\n", &Dictionary::embedded())?;
    /// assert_eq!((idf.get("公司"), idf.get("天气")), (Some(3.5), None));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn parse(text: &str, dictionary: &Dictionary) -> Result<Idf, Error> {
        let mut words: Vec<(&str, f64)> = Vec::new();
        for (index, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
            let mut fields = line.split_whitespace();
            let Some(word) = fields.next() else { continue };
            let found = fields.next().unwrap_or("the end of the line");
            let value = found.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| {
                let (word, found) = (shortened(word), shortened(found));
                Error::new(format!("word {word:?}: expected a finite number after it, found {found:?}"))
                    .in_line(index + 1)
            })?;
            words.push((word, value));
        }
        let median = lower_median(words.iter().map(|(_, value)| *value));
        let median = median.ok_or_else(|| Error::new("an IDF table needs at least one line"))?;
        // If a word has several lines, the last one counts.
        words.reverse();
        words.sort_by_key(|(word, _)| *word);
        words.dedup_by_key(|(word, _)| *word);
        Idf::compile(&words, median, dictionary)
    }

    /// Compiles a table of `words`, which are sorted and all different.
    fn compile(words: &[(&str, f64)], of_unknown: f64, dictionary: &Dictionary) -> Result<Idf, Error> {
        let dictionary = &dictionary.without_words();
        let mut values: Vec<f64> = words.iter().map(|(_, value)| *value).collect();
        values.sort_unstable_by(f64::total_cmp);
        values.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let place = |value: f64| fits::<u32, _>(values.partition_point(|other| other.total_cmp(&value).is_lt()));
        let mut of_words = vec![0u32; dictionary.len()];
        let (mut others, mut of_others) = (Vec::new(), Vec::new());
        for &(word, value) in words {
            if let Some(entry) = dictionary.get(word) {
                of_words[entry.id.index()] = place(value) + 1;
            } else {
                others.push(word);
                of_others.push(place(value));
            }
        }
        let mut image = Writer::new(KIND);
        let meta = [u64::from(dictionary.fingerprint()), of_unknown.to_bits()];
        image.items(b"meta", meta.map(u64::to_le_bytes));
        image.items(b"valu", values.iter().map(|value| value.to_le_bytes()));
        image.items(b"word", of_words.into_iter().map(u32::to_le_bytes));
        SortedWords::write(others.into_iter(), &mut image)?;
        image.items(b"othr", of_others.into_iter().map(u32::to_le_bytes));
        Idf::of_image(image.finish().into(), dictionary)
    }

    fn of_image(bytes: Bytes, dictionary: &Dictionary) -> Result<Idf, Error> {
        let dictionary = dictionary.without_words();
        let reader = Reader::open(&bytes, KIND)?;
        let [fingerprint, of_unknown] = reader.numbers(b"meta", "two")?;
        let is_joined = fingerprint == dictionary.fingerprint().into();
        reader.check(is_joined, "it is joined to another dictionary; compile it again from its source")?;
        let of_unknown = f64::from_bits(of_unknown);
        let [values, of_words, of_others] = reader.sections([(b"valu", 8), (b"word", 4), (b"othr", 4)])?;
        let others = SortedWords::open(&reader, &bytes)?;
        if !bytes.are_embedded() {
            let all = F64s::new(reader.slice(&values));
            let [words, rest] = [&of_words, &of_others].map(|places| U32s::new(reader.slice(places)));
            reader.check(words.len() == dictionary.len(), "expected a place for every word of the dictionary")?;
            reader.check(rest.len() == others.len(), "expected a place for every other word")?;
            let are_places = words.iter().all(|place| place as usize <= all.len())
                && rest.iter().all(|place| (place as usize) < all.len());
            reader.check(are_places, "the place of a value is out of range")?;
            let are_finite = all.iter().chain([of_unknown]).all(f64::is_finite);
            reader.check(are_finite, "expected finite values, found one that is not")?;
        }
        let bytes = bytes.clone();
        Ok(Idf(Arc::new(IdfTable { dictionary, of_unknown, bytes, values, of_words, others, of_others })))
    }

    /// Returns the table as the bytes of one file.
    ///
    /// ```
    /// # use fenci::idf::Idf;
    /// assert!(!Idf::embedded().to_bytes().is_empty());
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
    /// # use fenci::{Dictionary, idf::Idf};
    /// let file = std::env::temp_dir().join("fenci-doc-idf.bin");
    /// Idf::embedded().save(&file)?;
    /// assert!(Idf::open(&file, &Dictionary::embedded())?.get("软银").is_some());
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        save(path.as_ref(), &|out| out.write_all(&self.0.bytes))
    }

    /// Returns the value of `word`, if the table has it.
    ///
    /// ```
    /// # use fenci::idf::Idf;
    /// let idf = Idf::embedded();
    /// assert!(idf.get("软银") > idf.get("公司") && idf.get("没有这个词").is_none());
    /// ```
    pub fn get(&self, word: &str) -> Option<f64> {
        if let Some(entry) = self.0.dictionary.get(word) {
            return self.of_word(entry.id);
        }
        let rank = self.0.others.rank(word)?;
        self.value(U32s::new(&self.0.bytes[self.0.of_others.clone()]).get(rank)?)
    }

    /// Returns the value for words that the table does not have.
    ///
    /// ```
    /// # use fenci::idf::Idf;
    /// let idf = Idf::embedded();
    /// assert!(idf.of_unknown() > idf.get("公司").unwrap());
    /// ```
    pub fn of_unknown(&self) -> f64 {
        self.0.of_unknown
    }

    /// Returns the greatest value that a word may have.
    pub(crate) fn greatest(&self) -> f64 {
        let values = self.values();
        let last = values.len().checked_sub(1).map(|last| values.at(last));
        last.unwrap_or(self.0.of_unknown).max(self.0.of_unknown)
    }

    /// Returns the value of a word of the dictionary that the table is joined to.
    #[inline]
    pub(crate) fn of_word(&self, word: WordId) -> Option<f64> {
        let place = U32s::new(&self.0.bytes[self.0.of_words.clone()]).get(word.index())?;
        self.value(place.checked_sub(1)?)
    }

    #[inline]
    fn value(&self, place: u32) -> Option<f64> {
        self.values().get(place as usize)
    }

    fn values(&self) -> F64s<'_> {
        F64s::new(&self.0.bytes[self.0.values.clone()])
    }

    /// Returns whether the word numbers of `dictionary` are those of this table, except for user
    /// words.
    pub(crate) fn is_joined_to(&self, dictionary: &Dictionary) -> bool {
        self.0.dictionary.fingerprint() == dictionary.fingerprint()
    }
}

impl fmt::Debug for Idf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Idf").field("bytes", &self.0.bytes.len()).finish_non_exhaustive()
    }
}

/// Makes an [`Idf`] from [`DocumentFrequencies`].
///
/// ```
/// use fenci::idf::{DocumentFrequencies, Idf, IdfFormula, UnknownWords};
///
/// // The table says how values are computed.
/// let table = DocumentFrequencies::from_counts(3, [("会议", 2), ("投资", 1)])?;
/// let table = table.with_formula(IdfFormula::Plain).with_unknown(UnknownWords::Value(12.0))?;
/// let idf = Idf::builder().min_documents(2).build(&table)?;
/// assert_eq!((idf.get("会议"), idf.get("投资"), idf.of_unknown()), (Some((3f64 / 2.0).ln()), None, 12.0));
/// # Ok::<(), fenci::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct IdfBuilder {
    dictionary: Dictionary,
    min_documents: u64,
}

impl IdfBuilder {
    /// Leaves out words that are in fewer than `documents` documents, as misspelled words are.
    /// Default: 1.
    ///
    /// ```
    /// # use fenci::idf::{DocumentFrequencies, Idf};
    /// let table = DocumentFrequencies::from_counts(3, [("会议", 2), ("投资", 1)])?;
    /// assert_eq!(Idf::builder().min_documents(2).build(&table)?.get("投资"), None);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn min_documents(mut self, documents: u64) -> Self {
        self.min_documents = documents;
        self
    }

    /// Makes the table.
    ///
    /// # Errors
    ///
    /// If no word is in enough documents, so that there is no median or maximum, or if the value
    /// given for unknown words is not finite.
    ///
    /// ```
    /// # use fenci::idf::{DocumentFrequencies, Idf};
    /// let table = DocumentFrequencies::from_counts(3, [("会议", 2)])?;
    /// assert!(Idf::builder().build(&table)?.get("会议").is_some());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn build(self, frequencies: &DocumentFrequencies) -> Result<Idf, Error> {
        let (formula, documents) = (frequencies.formula(), frequencies.documents());
        let common = frequencies.iter().filter(|(_, df)| *df >= self.min_documents);
        let words: Vec<(&str, f64)> = common.map(|(word, df)| (word, formula.value(documents, df))).collect();
        let values = words.iter().map(|(_, value)| *value);
        let of_unknown = match frequencies.unknown() {
            UnknownWords::Value(value) => Some(value),
            UnknownWords::Median => lower_median(values),
            UnknownWords::Maximum => values.max_by(f64::total_cmp),
        };
        let of_unknown = of_unknown.ok_or_else(|| {
            let some = format!("expected words in at least {} documents", self.min_documents.max(1));
            Error::new(format!("{some}, found none; train on more text, or set the value of unknown words"))
        })?;
        Idf::compile(&words, of_unknown, &self.dictionary)
    }
}

/// Returns the value in the middle, the lower one of two.
fn lower_median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len().checked_sub(1)? / 2).copied()
}

/// Returns the beginning of a word, for an error: in a text that is not a table, a line may be one
/// long word.
fn shortened(word: &str) -> String {
    const MOST: usize = 20;
    match word.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_and_outside_of_the_dictionary_are_found() {
        let idf = Idf::parse("\u{feff}中国 2.5\r\n\r\n星际之门 9\n中国 3\n", &Dictionary::embedded()).unwrap();
        assert_eq!(idf.get("中国"), Some(3.0));
        assert_eq!(idf.get("星际之门"), Some(9.0));
        assert_eq!(idf.get("美国"), None);
        assert_eq!(idf.of_unknown(), 3.0, "the lower median of 2.5, 3 and 9");
    }

    #[test]
    fn what_is_wrong_with_a_text_is_said_with_its_line() {
        let long = "很长".repeat(1000) + " " + &"的".repeat(1000);
        for (text, line) in
            [("a 1\nb\n", Some(2)), ("a inf\n", Some(1)), ("a 1\n\nb x\n", Some(3)), ("", None), (&long, Some(1))]
        {
            let error = Idf::parse(text, &Dictionary::embedded()).unwrap_err();
            assert_eq!(error.line(), line, "{error}");
            assert!(error.to_string().len() < 200, "{error}");
        }
    }
}
