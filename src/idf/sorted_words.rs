//! Different words, sorted by their bytes, in two sections of an image.
//!
//! | section | items | content |
//! |---|---|---|
//! | `ends` | 4 bytes | by rank, the end of the word in `text`, in bytes |
//! | `text` | 1 byte | all words in UTF-8, one after the other |

use std::ops::Range;

use crate::error::Error;
use crate::storage::bytes::{Bytes, U32s, search};
use crate::storage::image::{Reader, Writer};

/// The words of an image. Lookup is by binary search.
pub(super) struct SortedWords {
    bytes: Bytes,
    ends: Range<usize>,
    text: Range<usize>,
}

impl SortedWords {
    /// Adds the sections of `words`, which are sorted and all different.
    ///
    /// # Errors
    ///
    /// If the words have more than 4 GiB in total.
    pub(super) fn write<'w>(words: impl Iterator<Item = &'w str>, image: &mut Writer) -> Result<(), Error> {
        let (mut ends, mut text) = (Vec::new(), Vec::new());
        for word in words {
            text.extend_from_slice(word.as_bytes());
            let end = u32::try_from(text.len());
            ends.push(end.map_err(|_| Error::new("expected words of at most 4 GiB together, found more"))?);
        }
        image.items(b"ends", ends.into_iter().map(u32::to_le_bytes));
        image.bytes(b"text", text);
        Ok(())
    }

    /// Opens the words of `bytes`, which `reader` reads. Bytes from outside the program are
    /// rejected unless they are different words in order.
    pub(super) fn open(reader: &Reader<'_>, bytes: &Bytes) -> Result<SortedWords, Error> {
        let (ends, text) = (reader.section(b"ends", 4)?, reader.section(b"text", 1)?);
        let words = SortedWords { bytes: bytes.clone(), ends, text };
        if !bytes.are_embedded() {
            words.check().map_err(|what| reader.bad(what))?;
        }
        Ok(words)
    }

    fn check(&self) -> Result<(), String> {
        let (text, mut start, mut last) = (&self.bytes[self.text.clone()], 0, "");
        for end in self.ends().iter().map(|end| end as usize) {
            let Some(word) = text.get(start..end).filter(|word| !word.is_empty()) else {
                let len = text.len();
                return Err(format!("expected a word that ends after byte {start} of {len}, found one at {end}"));
            };
            let Ok(word) = std::str::from_utf8(word) else {
                return Err(format!("word {:?}: expected UTF-8", String::from_utf8_lossy(word)));
            };
            if word <= last {
                return Err(format!("word {word:?}: expected one after {last:?}"));
            }
            (start, last) = (end, word);
        }
        if start != text.len() {
            return Err(format!("expected words up to byte {}, found them up to {start}", text.len()));
        }
        Ok(())
    }

    fn ends(&self) -> U32s<'_> {
        U32s::new(&self.bytes[self.ends.clone()])
    }

    /// Returns the words by rank.
    fn words<'s>(&'s self) -> impl Fn(usize) -> &'s [u8] {
        let (ends, text) = (self.ends(), &self.bytes[self.text.clone()]);
        move |rank| {
            let start = rank.checked_sub(1).map_or(0, |before| ends.at(before));
            &text[start as usize..ends.at(rank) as usize]
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ends().len()
    }

    /// Returns the rank of `word` in the order, if it is there.
    pub(super) fn rank(&self, word: &str) -> Option<usize> {
        let at = self.words();
        search(self.len(), |rank| at(rank).cmp(word.as_bytes()))
    }

    /// Returns all words, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        // The bytes were checked, or are part of the program.
        (0..self.len()).map(self.words()).map(|word| std::str::from_utf8(word).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::image::Kind;

    const KIND: Kind = Kind { name: *b"test", version: 1, noun: "a list of words" };

    fn open(image: Writer) -> Result<SortedWords, Error> {
        let bytes = Bytes::from(image.finish());
        SortedWords::open(&Reader::open(&bytes, KIND)?, &bytes)
    }

    #[test]
    fn words_are_found_by_rank() {
        for count in [0, 1, 2, 7, 100] {
            let words: Vec<String> = (0..count).map(|number| format!("词{number:03}")).collect();
            let mut image = Writer::new(KIND);
            SortedWords::write(words.iter().map(String::as_str), &mut image).unwrap();
            let sorted = open(image).unwrap();
            assert!(sorted.iter().eq(words.iter().map(String::as_str)));
            for (rank, word) in words.iter().enumerate() {
                assert_eq!(sorted.rank(word), Some(rank));
            }
            for missing in ["", "词", "词0", "词9999", "z"] {
                assert_eq!(sorted.rank(missing), None, "{missing}");
            }
        }
    }

    #[test]
    fn other_sections_are_refused() {
        let cases: [(&[u32], &[u8], &str); 6] = [
            (&[1], b"ab", "expected words up to byte 2, found them up to 1"),
            (&[], b"ab", "expected words up to byte 2, found them up to 0"),
            (&[1, 3], b"ab", "found one at 3"),
            (&[1, 1], b"ab", "found one at 1"),
            (&[1, 2], b"ba", "word \"a\": expected one after \"b\""),
            (&[1, 2], b"aa", "word \"a\": expected one after \"a\""),
        ];
        for (ends, text, what) in cases {
            let mut image = Writer::new(KIND);
            image.items(b"ends", ends.iter().map(|end| end.to_le_bytes()));
            image.bytes(b"text", text.to_vec());
            let error = open(image).err().unwrap().to_string();
            assert!(error.contains(what), "{error}");
        }
        let mut image = Writer::new(KIND);
        image.items(b"ends", [1u32, 2].map(u32::to_le_bytes));
        image.bytes(b"text", "é".as_bytes().to_vec());
        assert!(open(image).err().unwrap().to_string().contains("expected UTF-8"));
    }
}
