//! How rare words are: tables of inverse document frequencies.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use fst::Map;

use crate::bytes::{Bytes, F64s, U32s, U64s};
use crate::image::{Kind, Reader, Trust, Writer};
use crate::{Dictionary, Error, WordId};

const KIND: Kind = Kind { name: *b"idf ", version: 1, noun: "a fenci IDF table" };

static EMBEDDED: &[u8] = include_bytes!("../../dicts/idf.bin");

/// Inverse document frequencies of words: `ln(documents / documents with the word)`, or whatever a table was
/// made with.
///
/// A table is joined to a dictionary when it is made: the values of the dictionary's words lie in an array under
/// the words' numbers, those of all others in a finite state transducer. A clone is a second handle to the same
/// table.
///
/// ```
/// use fenci::Idf;
///
/// let idf = Idf::embedded();
/// assert!(idf.get("软银").unwrap_or(idf.of_unknown()) > idf.get("公司").unwrap());
/// ```
#[derive(Clone)]
pub struct Idf(Arc<Table>);

struct Table {
    bytes: Bytes,
    dictionary: Dictionary,
    of_unknown: f64,
    values: Range<usize>,
    /// By word number: which of the values, plus 1, or 0 for none.
    of_words: Range<usize>,
    /// The words that the dictionary does not have, with which of the values.
    others: Map<Slice>,
}

/// A part of the table's bytes, for the transducer to read.
struct Slice {
    bytes: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Slice {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[self.range.clone()]
    }
}

impl Idf {
    /// The table in this crate: jieba's, with 270,131 words, joined to [`Dictionary::embedded`].
    pub fn embedded() -> Idf {
        static EMBEDDED_TABLE: OnceLock<Idf> = OnceLock::new();
        EMBEDDED_TABLE
            .get_or_init(|| Idf::open(Bytes::Static(EMBEDDED), Dictionary::embedded()).expect("an image of this crate"))
            .clone()
    }

    /// A table in the text form of jieba's `idf.txt`: a line each, `word value` with white space between. Of a word
    /// that comes twice the later value counts; words that are not in the table get the lower median of all lines.
    ///
    /// # Errors
    ///
    /// If a line has no value or one that is no finite number, or there are no lines; the error names the line.
    pub fn parse(text: &str, dictionary: &Dictionary) -> Result<Idf, Error> {
        let mut table: BTreeMap<&str, f64> = BTreeMap::new();
        let mut all: Vec<f64> = Vec::new();
        for (index, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
            let mut fields = line.split_whitespace();
            let Some(word) = fields.next() else { continue };
            let found = fields.next().unwrap_or("the end of the line");
            let value = found.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| {
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
        let place = |value: f64| values.partition_point(|other| other.total_cmp(&value).is_lt()) as u32;
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
        Idf::open(image.finish().into(), dictionary.clone())
    }

    /// For images that this crate wrote, joined to `dictionary`.
    fn open(bytes: Bytes, dictionary: Dictionary) -> Result<Idf, Error> {
        let reader = Reader::open(&bytes, KIND, Trust::Embedded)?;
        let meta = U64s::new(reader.slice(&reader.section(b"meta", 8)?));
        reader.check(meta.len() == 2, "expected two numbers in its section \"meta\"")?;
        reader.check(meta.at(0) == dictionary.fingerprint().into(), "it is joined to another dictionary")?;
        let others = reader.section(b"othr", 1)?;
        // Trailing zeros fill the section up to a multiple of eight; they are not part of its size.
        let others = Map::new(Slice { bytes: bytes.clone(), range: others }).map_err(|error| reader.bad(error))?;
        let table = Table {
            of_unknown: f64::from_bits(meta.at(1)),
            values: reader.section(b"valu", 8)?,
            of_words: reader.section(b"word", 4)?,
            others,
            dictionary,
            bytes: bytes.clone(),
        };
        Ok(Idf(Arc::new(table)))
    }

    /// The table as one compiled file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The value of `word`, if the table has it.
    pub fn get(&self, word: &str) -> Option<f64> {
        match self.0.dictionary.get(word) {
            Some(entry) => self.of_word(entry.id),
            None => self.0.others.get(word).map(|value| self.value(value as usize)),
        }
    }

    /// The value for words that the table does not have.
    pub fn of_unknown(&self) -> f64 {
        self.0.of_unknown
    }

    /// The value of a word of the dictionary that the table is joined to.
    pub(super) fn of_word(&self, word: WordId) -> Option<f64> {
        let place = U32s::new(&self.0.bytes[self.0.of_words.clone()]).at(word.index());
        place.checked_sub(1).map(|place| self.value(place as usize))
    }

    /// Whether the numbers of `dictionary`'s words are those of this table.
    pub(super) fn is_joined_to(&self, dictionary: &Dictionary) -> bool {
        self.0.dictionary.fingerprint() == dictionary.fingerprint()
    }

    fn value(&self, place: usize) -> f64 {
        F64s::new(&self.0.bytes[self.0.values.clone()]).at(place)
    }
}

impl fmt::Debug for Idf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Idf").field("bytes", &self.0.bytes.len()).finish_non_exhaustive()
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
        for (text, line) in [("a 1\nb\n", Some(2)), ("a inf\n", Some(1)), ("a 1\n\nb x\n", Some(3)), ("", None)] {
            let error = Idf::parse(text, &Dictionary::embedded()).unwrap_err();
            assert_eq!(error.line(), line, "{error}");
        }
    }
}
