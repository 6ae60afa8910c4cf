//! The builder that compiles words with frequencies and tags into a dictionary.

use std::cmp::Reverse;

use foldhash::{HashMap, HashMapExt};

use super::classes::{class_of, classes};
use super::double_array::{FIRST_CLASS, Keys, NO_WORD, Placed, pair_filter, place};
use super::image::{KIND, MOST_CLASSES, Meta, different_tags, number_of, too_many};
use super::sections::Section;
use super::text_form::{WordLine, lines};
use super::word::check_len;
use super::{Dictionary, Entry, chars};
use crate::dictionary::Tag;
use crate::error::Error;
use crate::numbers::fits;
use crate::storage::image::Writer;
use crate::text::codes::{Alphabet, Code, NOT_ALONE, forms};

/// From this many prefixes of three codes on, a dictionary has a filter for them. The number is
/// small in this crate's tests, so that they cover the filter.
const MANY_THIRDS: usize = if cfg!(test) { 1 << 10 } else { 1 << 19 };

/// Compiles a [`Dictionary`] from words.
///
/// [`Dictionary::to_builder`] returns a builder with the words of a dictionary, to which more can
/// be added. The same words give the same bytes, in whatever order they are added.
///
/// ```
/// use fenci::{Dictionary, Segmenter};
///
/// let dictionary = Dictionary::builder().parse("星际之门 300 nz\n立项 50 v\n")?.build()?;
/// let segmenter = Segmenter::builder().dictionary(dictionary).build();
/// let words: Vec<&str> = segmenter.cut("星际之门立项").map(|token| token.text()).collect();
/// assert_eq!(words, ["星际之门", "立项"]);
/// # Ok::<(), fenci::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct DictionaryBuilder {
    words: HashMap<Box<str>, NewWord>,
    folds: HashMap<char, char>,
    variants: HashMap<char, char>,
}

#[derive(Clone, Copy, Debug)]
struct NewWord {
    frequency: u64,
    tag: Tag,
    /// The tag in the natural profile.
    natural_tag: Tag,
    /// `true` if every profile knows the word.
    is_shared: bool,
}

impl Dictionary {
    /// Returns a builder with the words of this dictionary, to compile a dictionary with more
    /// words.
    ///
    /// User words keep their frequencies and tags. Words that users never join or split are left
    /// out. A dictionary cannot hold that a word is preferred, forced or split: lay such words over
    /// the compiled dictionary.
    ///
    /// The learned model keeps its belief in each word of the embedded dictionary. It gives every
    /// other word its highest belief, but also weighs what it knows of the word's characters.
    ///
    /// With a million words more than the embedded dictionary, [`DictionaryBuilder::build`] takes
    /// some seconds, and the result opens in some hundredths of a second.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let base = Dictionary::builder().parse("星际 300 n\n之 900\n门 80 n\n")?.build()?;
    /// // Each of the words gets the frequency that it needs to come out.
    /// let words = UserWords::from_words(["星际之门"])?;
    /// let dictionary = base.with_words(&words)?.to_builder().build()?;
    /// assert_eq!((dictionary.len(), dictionary.get("星际").unwrap().frequency), (4, 300));
    /// assert_eq!(Segmenter::builder().dictionary(dictionary).hmm(false).build().cut("星际之门").count(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn to_builder(&self) -> DictionaryBuilder {
        let natural_only = self.base.meta.shared..self.base.meta.words;
        let words = self.all_words().into_iter().map(|(word, Entry { id, frequency, tag })| {
            let natural_tag = self.tags(true).of(id.0);
            (word, NewWord { frequency, tag, natural_tag, is_shared: !natural_only.contains(&id.0.into()) })
        });
        let [folds, variants] = [self.base.pairs(Section::Folds), self.base.pairs(Section::Variants)];
        DictionaryBuilder { words: words.collect(), folds, variants }
    }
}

impl DictionaryBuilder {
    /// Returns a builder without words.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// let builder = DictionaryBuilder::new().word("星际之门", 300, Tag::new("nz")?)?;
    /// assert_eq!(builder.build()?.len(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn new() -> DictionaryBuilder {
        DictionaryBuilder::default()
    }

    /// Adds a word, or replaces the frequency and tag of one that was added before.
    ///
    /// A word may hold any characters. A word of frequency 0 is in the dictionary, but it never
    /// comes out as a token of its own when a text is cut.
    ///
    /// # Errors
    ///
    /// If the word is empty or longer than 255 characters.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// let builder = Dictionary::builder().word("星际之门", 300, Tag::new("nz")?)?.word("立项", 50, Tag::new("v")?)?;
    /// assert_eq!(builder.build()?.len(), 2);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn word(mut self, word: &str, frequency: u64, tag: Tag) -> Result<Self, Error> {
        self.insert(word, frequency, tag)?;
        Ok(self)
    }

    fn insert(&mut self, word: &str, frequency: u64, tag: Tag) -> Result<(), Error> {
        check_len(word, 1)?;
        self.words.insert(word.into(), NewWord { frequency, tag, natural_tag: tag, is_shared: true });
        Ok(())
    }

    /// Adds a word that only [`Profile::Natural`](crate::Profile::Natural) knows. If every profile
    /// knows the word, this only changes its tag in that profile. The frequency is relative to the
    /// words that every profile knows, and does not count towards their sum.
    ///
    /// # Errors
    ///
    /// If the word is longer than 255 characters, or shorter than two.
    ///
    /// ```
    /// # use fenci::{Dictionary, Profile, Segmenter};
    /// # use fenci::dictionary::Tag;
    /// let builder = Dictionary::builder().parse("拼 10 v\n多 90 a\n")?;
    /// let dictionary = builder.natural_word("拼多多", 50, Tag::new("nt")?)?.build()?;
    /// let natural = Segmenter::builder().dictionary(dictionary);
    /// let jieba = natural.clone().profile(Profile::Jieba).hmm(false);
    /// assert_eq!(natural.build().cut("拼多多").count(), 1);
    /// assert_eq!(jieba.build().cut("拼多多").count(), 3);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn natural_word(mut self, word: &str, frequency: u64, tag: Tag) -> Result<Self, Error> {
        if let Some(known) = self.words.get_mut(word) {
            known.natural_tag = tag;
            return Ok(self);
        }
        check_len(word, 2)?;
        self.words.insert(word.into(), NewWord { frequency, tag, natural_tag: tag, is_shared: false });
        Ok(self)
    }

    /// Adds words in the text form that [`UserWords::parse`](super::UserWords::parse) reads. Here
    /// every line needs a frequency.
    ///
    /// # Errors
    ///
    /// If a line has no frequency or an invalid one, or has a word or tag that is not allowed. The
    /// error names the line. Also if there are no words in a text that is not blank.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// let dictionary = Dictionary::builder().parse("星际之门 300 nz\n立项 50 v\n")?.build()?;
    /// assert_eq!(dictionary.get("立项").unwrap().frequency, 50);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn parse(mut self, text: &str) -> Result<Self, Error> {
        for (number, line) in lines(text) {
            let added = line.and_then(|WordLine { word, frequency, tag }| {
                let frequency = frequency
                    .ok_or_else(|| Error::new(format!("word {word:?}: expected a frequency after it, found none")))?;
                self.insert(&word, frequency, tag.unwrap_or_default())
            });
            added.map_err(|error| error.in_line(number))?;
        }
        if self.words.is_empty() && !text.trim().is_empty() {
            return Err(Error::new("no words found"));
        }
        Ok(self)
    }

    /// Lets the default profile read `from` as `to`: a Traditional character as the Simplified one
    /// that the words use.
    ///
    /// Full-width forms and the case of Latin letters are always folded.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// let builder = Dictionary::builder().parse("软银 300 nt\n")?.fold('軟', '软').fold('銀', '银');
    /// let segmenter = Segmenter::builder().dictionary(builder.build()?).build();
    /// assert_eq!(segmenter.cut("軟銀").count(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn fold(mut self, from: char, to: char) -> Self {
        self.folds.insert(from, to);
        self
    }

    /// Lets the default profile find the words with `of` where a text writes `variant` instead.
    /// `variant` keeps its own words: 乾净 is 干净, and 乾隆 is 乾隆.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// let builder = Dictionary::builder().parse("干净 100\n乾隆 100\n")?.variant('乾', '干').fold('淨', '净');
    /// let segmenter = Segmenter::builder().dictionary(builder.build()?).build();
    /// let words: Vec<&str> = segmenter.cut("乾隆乾淨").map(|token| token.text()).collect();
    /// assert_eq!(words, ["乾隆", "乾淨"]);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn variant(mut self, variant: char, of: char) -> Self {
        self.variants.insert(variant, of);
        self
    }

    /// Compiles the dictionary.
    ///
    /// A dictionary distinguishes at most 61,439 frequencies when it cuts a text. If there are
    /// more, those that differ least count as one.
    ///
    /// # Errors
    ///
    /// If there are no words; if there are more than 32,000 different characters or 256 different
    /// tags; or if a variant is a Latin letter, which is always folded.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// assert_eq!(Dictionary::builder().parse("星际之门 300 nz\n")?.build()?.len(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn build(self) -> Result<Dictionary, Error> {
        if self.words.is_empty() {
            return Err(Error::new("a dictionary needs at least one word"));
        }

        if let Some(letter) = self.variants.keys().filter(|&&c| forms(c)[0] != forms(c)[1]).min() {
            return Err(Error::new(format!(
                "variant {letter:?}: expected a character that is no Latin letter, whose forms are known anyway"
            )));
        }
        let mut char_frequencies: HashMap<char, u64> = HashMap::new();
        for (word, NewWord { frequency, .. }) in &self.words {
            for c in word.chars() {
                let sum = char_frequencies.entry(c).or_insert(0);
                *sum = sum.saturating_add(*frequency);
            }
        }
        let char_count = char_frequencies.len();
        let pairs_of = |pairs: &HashMap<char, char>| {
            let mut pairs: Vec<u64> = pairs.iter().map(|(&from, &to)| u64::from(from) << 32 | u64::from(to)).collect();
            pairs.sort_unstable();
            pairs.into_iter().map(|pair| pair.rotate_left(32).to_le_bytes())
        };
        let (folds, variants) = (pairs_of(&self.folds), pairs_of(&self.variants));
        let alphabet = Alphabet::new(char_frequencies, self.folds, self.variants)
            .ok_or_else(|| too_many("characters", usize::from(NOT_ALONE) - 100, char_count))?;

        // Words are numbered by frequency, so that the data of a text's words lies together and
        // stays in the cache. Words of equal frequency are sorted by their bytes.
        let mut words: Vec<(&str, &NewWord)> = self.words.iter().map(|(text, word)| (&**text, word)).collect();
        words.sort_unstable_by_key(|&(text, word)| (!word.is_shared, Reverse(word.frequency), text));
        let shared = words.iter().take_while(|(_, word)| word.is_shared);

        // jieba's arithmetic, done once: ln(frequency) - ln(total), in f64.
        let total = shared.clone().fold(0u64, |sum, (_, word)| sum.saturating_add(word.frequency));
        let log_total = (total.max(1) as f64).ln();
        let first = usize::from(FIRST_CLASS);
        let frequencies = words.iter().map(|(_, word)| word.frequency).collect();
        let (leasts, is_exact) = classes(frequencies, MOST_CLASSES - first);
        // A word that only the natural profile knows may have a frequency greater than the total.
        let log_probability = |frequency: &u64| ((*frequency as f64).ln() - log_total).min(0.0);
        let log_probabilities = leasts.iter().map(log_probability);
        let weights: Vec<f64> = [f64::NEG_INFINITY].into_iter().chain(log_probabilities).collect();
        let class_of = |frequency: u64| fits(first + class_of(&leasts, frequency));

        let tags = different_tags(self.words.values().flat_map(|word| [word.tag, word.natural_tag]))?;

        let mut keys = Keys::default();
        let mut codes: Vec<Code> = Vec::new();
        // By word number.
        let (mut classes, mut tag_of, mut natural_tag_of) = (Vec::new(), Vec::new(), Vec::new());
        for (number, &(word, &NewWord { frequency, tag, natural_tag, .. })) in words.iter().enumerate() {
            let class: u16 = class_of(frequency);
            classes.push(class.to_le_bytes());
            tag_of.push(number_of(&tag, &tags));
            natural_tag_of.push(number_of(&natural_tag, &tags));
            let mut key = |codes: &[Code]| {
                // The route skips words of frequency 0.
                let class = if frequency == 0 { NO_WORD } else { class };
                keys.push(codes, class, fits(number), frequency);
            };
            alphabet.exact(word, &mut codes);
            key(&codes);
            if alphabet.folded(word, &mut codes).is_some() {
                key(&codes);
            }
            // A single character does not tell which of its forms is meant, so it has no variants.
            let written = if word.chars().nth(1).is_some() { alphabet.with_variants(word) } else { Vec::new() };
            for written in written.iter().filter(|written| !self.words.contains_key(written.as_str())) {
                if alphabet.folded(written, &mut codes).is_some() {
                    key(&codes);
                }
            }
        }
        let keys = keys.sorted();
        let Placed { firsts, cells, pairs, thirds } = place(&keys, alphabet.chars.len());

        let meta = Meta {
            words: self.words.len() as u64,
            shared: shared.count() as u64,
            total,
            unknown: 0.0 - log_total,
            longest: self.words.keys().map(|word| word.chars().count()).max().unwrap_or(0) as u64,
        };
        let mut image = Writer::new(KIND);
        image.items(Section::Meta.name(), meta.to_bytes());
        chars::write(&mut image, alphabet.tables(), &alphabet.chars, &firsts, &weights);
        image.items(Section::Weights.name(), weights.iter().copied().map(f64::to_le_bytes));
        image.items(Section::Frequencies.name(), [0].into_iter().chain(leasts.iter().copied()).map(u64::to_le_bytes));
        image.items(Section::Tags.name(), tags.iter().map(|tag| tag.to_bytes()));
        image.items(Section::Folds.name(), folds);
        image.items(Section::Variants.name(), variants);
        // More bits let fewer other pairs through, but less of the filter stays in the cache.
        image.items(Section::Pairs.name(), pair_filter(&pairs, 4));
        if thirds.len() >= MANY_THIRDS {
            image.items(Section::Thirds.name(), pair_filter(&thirds, 4));
        }
        image.items(Section::Cells.name(), cells.iter().map(|cell| cell.to_bytes()));
        image.items(Section::ClassOfWord.name(), classes);
        let has_natural_tags = natural_tag_of != tag_of;
        image.bytes(Section::TagOfWord.name(), tag_of);
        if has_natural_tags {
            image.bytes(Section::NaturalTagOfWord.name(), natural_tag_of);
        }
        if !is_exact {
            image.items(Section::FrequencyOfWord.name(), words.iter().map(|(_, word)| word.frequency.to_le_bytes()));
        }
        Dictionary::from_file(image.finish().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Profile, Segmenter};

    #[test]
    fn a_filter_of_third_codes_hides_no_word() {
        let compiled = Dictionary::embedded().to_builder().build().unwrap();
        assert!(compiled.lexicon().thirds.is_some() && Dictionary::embedded().lexicon().thirds.is_none());
        let text = include_str!("../../benches/articles/stargate.txt");
        for profile in [Profile::Natural, Profile::Jieba] {
            let [one, other] = [&compiled, &Dictionary::embedded()]
                .map(|dictionary| Segmenter::builder().profile(profile).dictionary(dictionary.clone()).build());
            assert!(one.cut_all(text).eq(other.cut_all(text)));
            assert!(one.cut(text).eq(other.cut(text)));
        }
    }
}
