//! User words over a dictionary: a small table beside the large one, which does not change and is
//! shared.
//!
//! The numbers of user words follow the dictionary's. Their log probabilities are relative to the
//! dictionary's total, whatever words are added, so texts without these words are cut as before.
//!
//! A file holds only the words and their frequencies, and all of it is validated. The table is
//! built when the file is opened.

use super::classes::{SpecialClass, class_of, classes};
use super::double_array::{Keys, NO_WORD};
use super::image::{Image, different_tags, number_of};
use super::more_chars::NewChars;
use super::user_words::{Intent, SortedUserWords, UserWords, Wish, checked};
use super::view::UserLexicon;
use super::word::{Entry, WordId};
use super::word_table::WordTable;
use super::{Tag, suggest};
use crate::error::Error;
use crate::numbers::fits;
use crate::storage::bytes::Bytes;
use crate::storage::image::{Kind, Reader, Writer};
use crate::text::codes::{Code, FIRST, is_han};

const KIND: Kind = Kind { name: *b"user", version: 1, noun: "words for a fenci dictionary" };

/// The names of the image's sections: the checksum of the dictionary that the words belong to, and
/// the words.
const BASE: &[u8; 4] = b"base";
const WORDS: &[u8; 4] = b"word";

/// Bits in the byte of an intent: the word has a given frequency, or a given tag.
const WITH_FREQUENCY: u8 = 8;
const WITH_TAG: u8 = 16;

pub(super) struct Overlay {
    pub(super) words: SortedUserWords,
    frequencies: Vec<u64>,
    /// By index of the word: the index of its tag.
    pub(super) tag_of_word: Vec<u8>,
    pub(super) tags: Vec<Tag>,
    /// The log probabilities of the classes after the dictionary's.
    pub(super) weights: Vec<f64>,
    /// The codes of characters that only user words have.
    pub(super) chars: NewChars,
    table: WordTable,
    /// The number of the first user word.
    first_number: u32,
    /// The number of words, including the dictionary's, and the sum of their frequencies.
    pub(super) all_words: u64,
    pub(super) total: u64,
}

impl Overlay {
    /// Lays `words` over `base`.
    pub(super) fn new(base: &Image, words: &UserWords) -> Result<Overlay, Error> {
        let words = words.sorted();
        let frequencies = suggest::frequencies(&words, base);
        Overlay::with_frequencies(base, words, frequencies)
    }

    fn with_frequencies(base: &Image, words: SortedUserWords, frequencies: Vec<u64>) -> Result<Overlay, Error> {
        // A limit on bytes also limits the number of words, which have numbers of four bytes, after
        // the dictionary's.
        let (most, found) = (WordId::NONE - base.words(), words.iter().map(|(word, _)| word.len()).sum::<usize>());
        if found >= most as usize {
            return Err(Error::new(format!("expected words of less than {most} bytes together, found {found}")));
        }
        let (mut all_words, mut total) = (base.meta.words, base.meta.total);
        let mut tag_of = Vec::with_capacity(words.wishes.len());
        for ((word, wish), &frequency) in words.iter().zip(&frequencies) {
            let known = base.get(word);
            all_words = all_words.saturating_add(wish.intent.is_word().into()).saturating_sub(known.is_some().into());
            let counted = known.filter(|known| u64::from(known.id.0) < base.meta.shared);
            total = total.saturating_sub(counted.map_or(0, |known| known.frequency)).saturating_add(frequency);
            tag_of.push(wish.tag.or(known.map(|known| known.tag)).unwrap_or_default());
        }
        let tags = different_tags(tag_of.iter().copied())?;
        let (weights, classes) = weigh(base, &words, &frequencies);
        let chars = NewChars::new(base, &words)?;
        let keys = keys(base, &chars, &words, &frequencies, &classes);
        Ok(Overlay {
            tag_of_word: tag_of.iter().map(|tag| number_of(tag, &tags)).collect(),
            tags,
            table: WordTable::new(&keys.sorted()),
            words,
            frequencies,
            weights,
            chars,
            first_number: base.words(),
            all_words,
            total,
        })
    }

    /// Returns the image of these words, which belong to `base`.
    pub(super) fn to_bytes(&self, base: &Image) -> Vec<u8> {
        let mut words = Vec::new();
        for ((word, wish), frequency) in self.words.iter().zip(&self.frequencies) {
            let with_frequency = if wish.frequency.is_some() { WITH_FREQUENCY } else { 0 };
            let with_tag = if wish.tag.is_some() { WITH_TAG } else { 0 };
            words.extend([wish.intent as u8 | with_frequency | with_tag, fits(wish.parts.len())]);
            words.extend(fits::<u16, _>(word.len()).to_le_bytes());
            words.extend(frequency.to_le_bytes());
            words.extend(wish.tag.unwrap_or_default().to_bytes());
            words.extend(&*wish.parts);
            words.extend(word.as_bytes());
        }
        let mut image = Writer::new(KIND);
        image.items(BASE, [base.fingerprint().to_le_bytes()]);
        image.bytes(WORDS, words);
        image.finish()
    }

    /// Opens an image of words for `base`. After the container, this validates the dictionary that
    /// the image belongs to, and the form, intent, tag, parts and order of each word.
    pub(super) fn from_bytes(file: &Bytes, base: &Image) -> Result<Overlay, Error> {
        let reader = Reader::open(file, KIND)?;
        let of_base = reader.slice(&reader.section(BASE, 4)?);
        reader.check(of_base == base.fingerprint().to_le_bytes(), "it was made for another dictionary")?;
        let mut rest = reader.slice(&reader.section(WORDS, 1)?);
        let (mut words, mut frequencies) = (SortedUserWords::default(), Vec::new());
        while !rest.is_empty() {
            let (word, wish, frequency) = read_word(&mut rest).ok_or_else(|| reader.bad("a word is damaged"))?;
            checked(word, wish.intent.least_chars()).map_err(|error| reader.bad(error))?;
            let parts = &wish.parts;
            let chars = parts.iter().map(|&part| usize::from(part)).sum::<usize>();
            let is_whole = parts.is_empty() || !parts.contains(&0) && chars == word.chars().count();
            reader.check(is_whole, "the parts of a word are not it")?;
            let before = words.wishes.last();
            reader.check(before.is_none_or(|(before, _)| **before < *word), "its words are not sorted")?;
            words.wishes.push((word.into(), wish));
            frequencies.push(frequency);
        }
        Overlay::with_frequencies(base, words, frequencies)
    }

    /// Returns the entry of the word at index `place`; `None` if it is split or never joined.
    pub(super) fn entry(&self, place: usize) -> Option<Entry> {
        let (_, wish) = self.words.wishes.get(place)?;
        wish.intent.is_word().then(|| Entry {
            id: WordId(self.first_number + fits::<u32, _>(place)),
            frequency: self.frequencies[place],
            tag: self.tags[usize::from(self.tag_of_word[place])],
        })
    }

    pub(super) fn lexicon(&self, base: &Image) -> UserLexicon<'_> {
        UserLexicon {
            table: &self.table,
            first_special: fits(base.weights().len() + self.weights.len() - SpecialClass::COUNT),
            first_code: fits(base.chars().chars.len()),
            in_dictionary: &self.chars.in_dictionary,
            covered_code: base.chars().exact.at('_'.into()),
            first_number: self.first_number,
            words: &self.words,
        }
    }
}

/// Reads the next word, its wish and its frequency, as [`Overlay::to_bytes`] writes them, and
/// removes these bytes from `bytes`.
fn read_word<'b>(bytes: &mut &'b [u8]) -> Option<(&'b str, Wish, u64)> {
    let (&[byte, parts_len, len @ ..], rest) = bytes.split_first_chunk::<4>()?;
    let (frequency, rest) = rest.split_first_chunk()?;
    let (tag, rest) = rest.split_first_chunk()?;
    let (parts, rest) = rest.split_at_checked(parts_len.into())?;
    let (word, rest) = rest.split_at_checked(u16::from_le_bytes(len).into())?;
    *bytes = rest;
    let (frequency, tag) = (u64::from_le_bytes(*frequency), Tag::from_bytes(tag)?);
    let intent = *Intent::ALL.get(usize::from(byte & !(WITH_FREQUENCY | WITH_TAG)))?;
    let may_have_parts = if intent == Intent::Split { parts.len() > 1 } else { parts.is_empty() };
    let wish = Wish {
        intent,
        frequency: (byte & WITH_FREQUENCY != 0).then_some(frequency),
        tag: (byte & WITH_TAG != 0).then_some(tag),
        parts: parts.into(),
    };
    may_have_parts.then_some((std::str::from_utf8(word).ok()?, wish, frequency))
}

/// Returns the log probabilities of the classes after the dictionary's, and the class of each word.
fn weigh(base: &Image, words: &SortedUserWords, frequencies: &[u64]) -> (Vec<f64>, Vec<u16>) {
    // The frequencies by class, from the greatest to the least. The first class is reserved.
    let of_base = base.frequencies();
    let class_in_base = |frequency: u64| {
        let class = of_base.partition_point(1, |other| other > frequency);
        (of_base.get(class) == Some(frequency)).then_some(fits(class))
    };
    let of_words = words.iter().zip(frequencies);
    let by_frequency = of_words.filter(|((_, wish), _)| matches!(wish.intent, Intent::Add | Intent::Exactly));
    let new = by_frequency.map(|(_, &frequency)| frequency);
    let new = new.filter(|&frequency| frequency > 0 && class_in_base(frequency).is_none()).collect();
    let (leasts, _) = classes(new, (1 << 16) - of_base.len() - SpecialClass::COUNT);
    let mut weights: Vec<f64> = leasts.iter().map(|&frequency| suggest::log_probability(frequency, base)).collect();
    let special: u16 = fits(of_base.len() + weights.len());
    weights.extend(SpecialClass::weights(base.meta.unknown));
    let class_of_word = |((word, wish), &frequency): ((&str, &Wish), &u64)| match wish.intent {
        Intent::Prefer => special + SpecialClass::Preferred as u16,
        Intent::Force => special + SpecialClass::Forced as u16,
        Intent::Split => special + SpecialClass::Split as u16,
        Intent::NeverJoin => special + SpecialClass::NeverJoin as u16,
        Intent::Add | Intent::Exactly if frequency > 0 => {
            class_in_base(frequency).unwrap_or_else(|| fits(of_base.len() + class_of(&leasts, frequency)))
        }
        Intent::Add | Intent::Exactly if word.chars().nth(1).is_none() => special + SpecialClass::Never as u16,
        Intent::Add | Intent::Exactly => NO_WORD,
    };
    let of_words = words.iter().zip(frequencies).map(class_of_word).collect();
    (weights, of_words)
}

/// Returns the words as both tables of characters spell them.
fn keys(base: &Image, chars: &NewChars, words: &SortedUserWords, frequencies: &[u64], classes: &[u16]) -> Keys {
    let [exact_table, folded_table] = [chars.table(base, false), chars.table(base, true)];
    let lexicon = base.lexicon();
    let mut keys = Keys::default();
    let (mut exact, mut folded): (Vec<Code>, Vec<Code>) = Default::default();
    for ((((word, _), &frequency), &class), number) in words.iter().zip(frequencies).zip(classes).zip(base.words()..) {
        exact.clear();
        exact.extend(word.chars().map(|c| exact_table.at(c.into())));
        folded.clear();
        folded.extend(word.chars().map(|c| folded_table.at(c.into())));
        // A single 軟 is not the word 软.
        let is_other = |code: Code, c: char| is_han(c) && lexicon.char_of(code).is_some_and(|folded| folded != c);
        if matches!((&folded[..], word.chars().next()), (&[code], Some(c)) if is_other(code, c)) {
            folded.clear();
        }
        // Both tables spell most words alike.
        for codes in std::iter::once(&folded).chain((exact != folded).then_some(&exact)) {
            if codes.iter().all(|&code| code >= FIRST) {
                keys.push(codes, class, number, frequency);
            }
        }
    }
    keys
}
