//! How rare words are: values joined to the words of a dictionary.
//!
//! A compiled table, the one in this crate, is a file of the crate's container, with these sections:
//!
//! | section | items | what |
//! |---|---|---|
//! | `meta` | 8 bytes | the dictionary's checksum; the value of unknown words |
//! | `valu` | 8 bytes | the different values, ascending |
//! | `word` | 4 bytes | by word number, which of the values, plus 1; 0 for none |
//! | `othr` | 1 byte | a transducer (fst, version 3) from words that the dictionary does not have to which of the values |

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::formula::{IdfFormula, UnknownWords};
use super::frequencies::{self, DocumentFrequencies};
use super::transducer::Transducer;
use crate::Error;
use crate::dictionary::{Dictionary, WordId};
use crate::numbers::fits;
use crate::storage::bytes::{Bytes, F64s, Slice, U32s, U64s};
use crate::storage::image::{self, Kind, Reader, Trust, Writer};

const KIND: Kind = Kind { name: *b"idf ", version: 1, noun: "a fenci IDF table" };

static EMBEDDED: &[u8] = include_bytes!("../../dicts/idf.bin");

/// Inverse document frequencies of words: how much it says of a text that a word is in it. jieba's values, or those
/// that follow by an [`IdfFormula`] from a corpus of one's own, which an [`IdfTrainer`](crate::idf::IdfTrainer) learns.
///
/// A table is joined to a dictionary when it is made: the values of the dictionary's words lie in an array under
/// the words' numbers, those of all others are found by a finite state transducer. A clone is a second handle to the
/// same table.
///
/// ```
/// use fenci::idf::Idf;
///
/// let idf = Idf::embedded();
/// assert!(idf.get("软银").unwrap_or(idf.of_unknown()) > idf.get("公司").unwrap());
/// ```
#[derive(Clone)]
pub struct Idf(Arc<Table>);

struct Table {
    dictionary: Dictionary,
    of_unknown: f64,
    values: Values,
}

enum Values {
    /// Some values, computed by someone else.
    Compiled {
        bytes: Bytes,
        values: Range<usize>,
        /// By word number: which of the values, plus 1, or 0 for none.
        of_words: Range<usize>,
        /// The words that the dictionary does not have, with which of the values.
        others: Transducer,
    },
    /// Values that follow from document frequencies.
    Counted {
        /// By word number; NaN for none.
        of_words: Box<[f64]>,
        frequencies: DocumentFrequencies,
        formula: IdfFormula,
        min_documents: u64,
    },
}

impl Idf {
    /// The table in this crate: jieba's, with 270,131 words, joined to [`Dictionary::embedded`].
    ///
    /// ```
    /// # use fenci::idf::Idf;
    /// let idf = Idf::embedded();
    /// assert!(idf.get("软银") > idf.get("公司"));
    /// ```
    #[expect(clippy::expect_used, reason = "the tests open it, and it is part of the program")]
    pub fn embedded() -> Idf {
        static EMBEDDED_TABLE: OnceLock<Idf> = OnceLock::new();
        let open = || Idf::compiled(Bytes::Static(EMBEDDED), &Dictionary::embedded(), Trust::Embedded);
        EMBEDDED_TABLE.get_or_init(|| open().expect("an image of this crate")).clone()
    }

    /// A builder, for a table of one's own: made of [`DocumentFrequencies`], with other options than theirs.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::idf::{Idf, IdfFormula, IdfTrainer, UnknownWords};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// let idf = Idf::builder().formula(IdfFormula::Plain).build(&table)?;
    /// assert_eq!(idf.get("会议"), Some(2f64.ln()));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn builder() -> IdfBuilder {
        IdfBuilder { dictionary: None, formula: None, unknown: None, min_documents: 1 }
    }

    /// A table from a file, joined to `dictionary`: [`DocumentFrequencies`], a table that [`Idf::as_bytes`] gave, or
    /// jieba's text form as [`Idf::parse`] reads it; which, the file's first bytes say.
    ///
    /// With the feature `mmap`, the file is mapped, and must not be written to or cut short while the table is in use.
    /// Opening takes time linear in the file's size, and memory for the dictionary's words.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is none of these, is damaged, was written by another version of the format, or is
    /// joined to another dictionary. The error names the file, and of a text the line.
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
            true => Idf::new(bytes, dictionary),
            false => match std::str::from_utf8(&bytes) {
                Ok(text) => Idf::parse(text, dictionary),
                Err(error) => {
                    let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
                    Err(Error::at_line(line, "expected an IDF table or text in UTF-8, found bytes that are neither"))
                }
            },
        };
        table.map_err(|error| error.in_file(path))
    }

    /// A table from the bytes of a file of [`DocumentFrequencies`] or from what [`Idf::as_bytes`] gave, joined to
    /// `dictionary`.
    ///
    /// # Errors
    ///
    /// If `bytes` is neither, is damaged, was written by another version of the format, or is joined to another
    /// dictionary. No bytes whatever make it panic.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::idf::Idf;
    /// let bytes = Idf::parse("软银 9.5\n", &Dictionary::embedded())?.as_bytes().to_vec();
    /// assert_eq!(Idf::from_bytes(bytes, &Dictionary::embedded())?.get("软银"), Some(9.5));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn from_bytes(bytes: Vec<u8>, dictionary: &Dictionary) -> Result<Idf, Error> {
        Idf::new(bytes.into(), dictionary)
    }

    fn new(bytes: Bytes, dictionary: &Dictionary) -> Result<Idf, Error> {
        if image::kind_of(&bytes) == Some(&frequencies::KIND.name) {
            Idf::builder().dictionary(dictionary).build(&DocumentFrequencies::new(bytes)?)
        } else {
            Idf::compiled(bytes, dictionary, Trust::None)
        }
    }

    /// A table in the text form of jieba's `idf.txt`: a line each, `word value` with white space between. Of a word
    /// that comes twice the later value counts; words that are not in the table get the lower median of all lines.
    ///
    /// # Errors
    ///
    /// If a line has no value or one that is no finite number, or there are no lines; the error names the line.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::idf::Idf;
    /// let idf = Idf::parse("软银 9.5\n公司 3.5\n", &Dictionary::embedded())?;
    /// assert_eq!((idf.get("公司"), idf.get("天气")), (Some(3.5), None));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn parse(text: &str, dictionary: &Dictionary) -> Result<Idf, Error> {
        let dictionary = &dictionary.without_words();
        let mut table: BTreeMap<&str, f64> = BTreeMap::new();
        let mut all: Vec<f64> = Vec::new();
        for (index, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
            let mut fields = line.split_whitespace();
            let Some(word) = fields.next() else { continue };
            let found = fields.next().unwrap_or("the end of the line");
            let value = found.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| {
                let (word, found) = (shortened(word), shortened(found));
                Error::at_line(index + 1, format!("word {word:?}: expected a finite number after it, found {found:?}"))
            })?;
            table.insert(word, value);
            all.push(value);
        }
        if all.is_empty() {
            return Err(Error::new("an IDF table needs at least one line"));
        }
        let middle = (all.len() - 1) / 2;
        let median = *all.select_nth_unstable_by(middle, f64::total_cmp).1;

        let mut values: Vec<f64> = table.values().copied().collect();
        values.sort_unstable_by(f64::total_cmp);
        values.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let place = |value: f64| fits::<u32, _>(values.partition_point(|other| other.total_cmp(&value).is_lt()));
        let mut of_words = vec![0u32; dictionary.len()];
        let mut others = fst::MapBuilder::memory();
        for (word, &value) in &table {
            match dictionary.get(word) {
                Some(entry) => of_words[entry.id.index()] = place(value) + 1,
                None => others.insert(word, place(value).into()).map_err(|error| Error::new(error.to_string()))?,
            }
        }
        let others = others.into_inner().map_err(|error| Error::new(error.to_string()))?;

        let mut image = Writer::new(KIND);
        let meta = [u64::from(dictionary.fingerprint()), median.to_bits()];
        image.items(b"meta", meta.map(u64::to_le_bytes));
        image.items(b"valu", values.into_iter().map(f64::to_le_bytes));
        image.items(b"word", of_words.into_iter().map(u32::to_le_bytes));
        image.bytes(b"othr", others);
        Idf::compiled(image.finish().into(), dictionary, Trust::Embedded)
    }

    /// For compiled tables.
    fn compiled(bytes: Bytes, dictionary: &Dictionary, trust: Trust) -> Result<Idf, Error> {
        let dictionary = dictionary.without_words();
        let reader = Reader::open(&bytes, KIND, trust)?;
        let meta = U64s::new(reader.slice(&reader.section(b"meta", 8)?));
        reader.check(meta.len() == 2, "expected two numbers in its section \"meta\"")?;
        let is_joined = meta.at(0) == dictionary.fingerprint().into();
        reader.check(is_joined, "it is joined to another dictionary; compile it again from its source")?;
        let (values, of_words) = (reader.section(b"valu", 8)?, reader.section(b"word", 4)?);
        let others = Slice::new(&bytes, reader.section(b"othr", 1)?);
        let others = match trust {
            Trust::Embedded => Transducer::trusted(others),
            Trust::None => Transducer::checked(others),
        };
        let others = others.map_err(|what| reader.bad(what))?;
        let of_unknown = f64::from_bits(meta.at(1));
        if trust != Trust::Embedded {
            let (values, of_words) = (F64s::new(reader.slice(&values)), U32s::new(reader.slice(&of_words)));
            reader.check(of_words.len() == dictionary.len(), "not every word of the dictionary has a place")?;
            let is_place = |place: u32| place as usize <= values.len();
            reader.check(of_words.iter().all(is_place), "a word's value is out of range")?;
            let is_finite = values.iter().chain([of_unknown]).all(f64::is_finite);
            reader.check(is_finite, "a value is no finite number")?;
        }
        let values = Values::Compiled { values, of_words, others, bytes: bytes.clone() };
        Ok(Idf(Arc::new(Table { dictionary, of_unknown, values })))
    }

    /// The table as one compiled file, or the document frequencies that it was made of; either can be opened again
    /// with [`Idf::from_bytes`].
    ///
    /// ```
    /// # use fenci::idf::Idf;
    /// assert!(!Idf::embedded().as_bytes().is_empty());
    /// ```
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0.values {
            Values::Compiled { bytes, .. } => bytes,
            Values::Counted { frequencies, .. } => frequencies.as_bytes(),
        }
    }

    /// The value of `word`, if the table has it.
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
        match &self.0.values {
            Values::Compiled { bytes, values, others, .. } => {
                F64s::new(&bytes[values.clone()]).get(usize::try_from(others.get(word)?).ok()?)
            }
            Values::Counted { frequencies, formula, min_documents, .. } => {
                let df = frequencies.get(word).filter(|df| df >= min_documents)?;
                Some(formula.value(frequencies.documents(), df))
            }
        }
    }

    /// The value for words that the table does not have.
    ///
    /// ```
    /// # use fenci::idf::Idf;
    /// let idf = Idf::embedded();
    /// assert!(idf.of_unknown() > idf.get("公司").unwrap());
    /// ```
    pub fn of_unknown(&self) -> f64 {
        self.0.of_unknown
    }

    /// Add the values of words of the dictionary that the table is joined to.
    ///
    /// First where they are, and then what they are: a loop that does little has many loads on their way at once, and
    /// these come from far.
    pub(crate) fn of_words(&self, numbers: impl Iterator<Item = u32>, out: &mut Vec<f64>) {
        let of_unknown = self.0.of_unknown;
        match &self.0.values {
            Values::Compiled { bytes, values, of_words, .. } => {
                let (values, of_words) = (F64s::new(&bytes[values.clone()]), U32s::new(&bytes[of_words.clone()]));
                let places: Vec<u32> = numbers.map(|number| of_words.get(number as usize).unwrap_or(0)).collect();
                let value = |place: &u32| values.get((*place as usize).wrapping_sub(1)).unwrap_or(of_unknown);
                out.extend(places.iter().map(value));
            }
            Values::Counted { of_words, .. } => {
                let value = |number: u32| of_words.get(number as usize).copied().filter(|value| !value.is_nan());
                out.extend(numbers.map(|number| value(number).unwrap_or(of_unknown)));
            }
        }
    }

    /// The value of a word of the dictionary that the table is joined to.
    fn of_word(&self, word: WordId) -> Option<f64> {
        match &self.0.values {
            Values::Compiled { bytes, values, of_words, .. } => {
                let place = U32s::new(&bytes[of_words.clone()]).get(word.index())?.checked_sub(1)?;
                F64s::new(&bytes[values.clone()]).get(place as usize)
            }
            Values::Counted { of_words, .. } => of_words.get(word.index()).copied().filter(|value| !value.is_nan()),
        }
    }

    /// Whether the numbers of `dictionary`'s words are those of this table, but for words that users have brought.
    pub(crate) fn is_joined_to(&self, dictionary: &Dictionary) -> bool {
        self.0.dictionary.fingerprint() == dictionary.fingerprint()
    }
}

impl fmt::Debug for Idf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Idf").field("bytes", &self.as_bytes().len()).finish_non_exhaustive()
    }
}

/// Makes an [`Idf`] of [`DocumentFrequencies`]; what is not said is as the frequencies say, or as they are.
///
/// ```
/// use fenci::Segmenter;
/// use fenci::idf::{Idf, IdfFormula, IdfTrainer, UnknownWords};
///
/// let table = IdfTrainer::new().train(&Segmenter::new(), ["会议", "会议开始", "投资"])?;
/// let idf = Idf::builder()
///     .formula(IdfFormula::Plain)
///     .unknown(UnknownWords::Value(12.0))
///     .min_documents(2)
///     .build(&table)?;
/// assert_eq!((idf.get("会议"), idf.get("投资"), idf.of_unknown()), (Some((3f64 / 2.0).ln()), None, 12.0));
/// # Ok::<(), fenci::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct IdfBuilder {
    dictionary: Option<Dictionary>,
    formula: Option<IdfFormula>,
    unknown: Option<UnknownWords>,
    min_documents: u64,
}

impl IdfBuilder {
    /// The dictionary whose words are found without a search: that of the segmenter. Default:
    /// [`Dictionary::embedded`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::idf::{Idf, IdfFormula, IdfTrainer, UnknownWords};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// let idf = Idf::builder().dictionary(&Dictionary::embedded()).build(&table)?;
    /// assert!(idf.get("会议").is_some());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn dictionary(mut self, dictionary: &Dictionary) -> Self {
        self.dictionary = Some(dictionary.without_words());
        self
    }

    /// How values are computed. Default: [`DocumentFrequencies::formula`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::idf::{Idf, IdfFormula, IdfTrainer, UnknownWords};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// let idf = Idf::builder().formula(IdfFormula::Smooth).build(&table)?;
    /// assert_eq!(idf.get("会议"), Some(1.5f64.ln()));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn formula(mut self, formula: IdfFormula) -> Self {
        self.formula = Some(formula);
        self
    }

    /// What words weigh that the table does not have. Default: [`DocumentFrequencies::unknown`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::idf::{Idf, IdfFormula, IdfTrainer, UnknownWords};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// let idf = Idf::builder().unknown(UnknownWords::Value(12.0)).build(&table)?;
    /// assert_eq!(idf.of_unknown(), 12.0);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn unknown(mut self, unknown: UnknownWords) -> Self {
        self.unknown = Some(unknown);
        self
    }

    /// In how many documents a word must be to be known; misspelled words are in few. Default: 1.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::idf::{Idf, IdfFormula, IdfTrainer, UnknownWords};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// let idf = Idf::builder().min_documents(2).build(&table)?;
    /// assert!(idf.get("软银").is_some() && idf.get("会议").is_none());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn min_documents(mut self, documents: u64) -> Self {
        self.min_documents = documents;
        self
    }

    /// The table, in time linear in the number of words.
    ///
    /// # Errors
    ///
    /// If there are no words in so many documents, and so no median or maximum of their values; or if the value given for
    /// unknown words is not finite.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::idf::{Idf, IdfFormula, IdfTrainer, UnknownWords};
    /// let table = IdfTrainer::new().train(&Segmenter::new(), ["软银的会议", "软银投资"])?;
    /// assert!(Idf::builder().build(&table)?.get("会议").is_some());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn build(self, frequencies: &DocumentFrequencies) -> Result<Idf, Error> {
        let dictionary = self.dictionary.unwrap_or_else(Dictionary::embedded);
        let formula = self.formula.unwrap_or(frequencies.formula());
        let unknown = self.unknown.unwrap_or(frequencies.unknown());
        let (min_documents, documents) = (self.min_documents, frequencies.documents());
        if !unknown.is_possible() {
            return Err(Error::new("what unknown words weigh: expected a finite number"));
        }
        let of_unknown = frequencies.value_of_unknown(unknown, formula, min_documents).ok_or_else(|| {
            let some = format!("expected words in at least {} documents", min_documents.max(1));
            Error::new(format!("{some}, found none; train on more text, or say what unknown words weigh"))
        })?;
        let mut of_words = vec![f64::NAN; dictionary.len()];
        let mut words = frequencies.words();
        while let Some((word, df)) = words.next() {
            if let Some(entry) = dictionary.get(word).filter(|_| df >= min_documents) {
                of_words[entry.id.index()] = formula.value(documents, df);
            }
        }
        let (of_words, frequencies) = (of_words.into(), frequencies.clone());
        let values = Values::Counted { of_words, frequencies, formula, min_documents };
        Ok(Idf(Arc::new(Table { dictionary, of_unknown, values })))
    }
}

/// What is shown of a word in an error: of a text that is no table, a line may be one word.
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
