//! From words with frequencies and tags to a dictionary.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::Dictionary;
use super::chars::{NewChars, char_weight};
use super::classes::{class_of, classes};
use super::double_array::{Cell, FIRST_CLASS, Keys, NO_WORD, Placed, pair_filter, place};
use super::image::{KIND, Meta, section};
use super::sorted::{Node, Sorted, TAIL};
use super::text_form::{Line, lines};
use crate::Error;
use crate::dictionary::Tag;
use crate::numbers::fits;
use crate::storage::image::Writer;
use crate::text::codes::{Alphabet, Code, NOT_ALONE, Tables, are_common};

/// The longest word, in characters.
pub(crate) const MAX_WORD_CHARS: usize = 255;

/// Compiles a [`Dictionary`] from words.
///
/// Building takes about half a second for 350,000 words and needs about 330 bytes a word while it runs. The same
/// words give the same bytes, in whatever order they are added. From two million words on, the prefixes of words are laid out
/// for room and not for speed: ten million words are a file of some 300 MB, and cutting takes up to twice as long.
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
    words: BTreeMap<String, (u64, Tag)>,
    folds: BTreeMap<char, char>,
    variants: BTreeMap<char, char>,
}

/// From how many words on prefixes lie sorted: they take half of the room then, and more time to be found.
const LARGE: usize = 1 << 21;

/// What finds the words.
enum Prefixes {
    Placed(Vec<Cell>),
    Sorted(Vec<Node>, Vec<u16>),
}

impl Prefixes {
    fn len(&self) -> usize {
        match self {
            Prefixes::Placed(cells) => cells.len(),
            Prefixes::Sorted(nodes, tails) => nodes.len().max(tails.len()),
        }
    }
}

impl DictionaryBuilder {
    /// A builder without words.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// let mut builder = DictionaryBuilder::new();
    /// builder.word("星际之门", 300, Tag::new("nz")?)?;
    /// assert_eq!(builder.build()?.len(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn new() -> DictionaryBuilder {
        DictionaryBuilder::default()
    }

    /// Add a word, or give a new frequency and tag to one that was added before.
    ///
    /// A word may hold any characters. A word of frequency 0 is known, but no text is ever cut so that it comes
    /// out as a word of its own.
    ///
    /// # Errors
    ///
    /// If the word is empty or longer than 255 characters.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// let mut builder = Dictionary::builder();
    /// builder.word("星际之门", 300, Tag::new("nz")?)?.word("立项", 50, Tag::new("v")?)?;
    /// assert_eq!(builder.build()?.len(), 2);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn word(&mut self, word: &str, frequency: u64, tag: Tag) -> Result<&mut Self, Error> {
        let chars = word.chars().count();
        if chars == 0 || chars > MAX_WORD_CHARS {
            let start: String = word.chars().take(20).collect();
            return Err(Error::new(format!(
                "word {start:?}: expected 1 to {MAX_WORD_CHARS} characters, found {chars}"
            )));
        }
        self.words.insert(word.to_owned(), (frequency, tag));
        Ok(self)
    }

    /// Add words in jieba's text form: a line each, `word frequency tag` with white space between; the tag may be
    /// missing. If there are tabs between them, the word may hold spaces. A byte order mark, `\r\n`, empty lines, and
    /// comments, which begin with `# `, are fine.
    ///
    /// # Errors
    ///
    /// If a line has no frequency or something that is none, or a word or tag that is not allowed; the error names
    /// the line.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// let dictionary = Dictionary::builder().parse("星际之门 300 nz\n立项 50 v\n")?.build()?;
    /// assert_eq!(dictionary.get("立项").unwrap().frequency, 50);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn parse(mut self, text: &str) -> Result<Self, Error> {
        let before = self.words.len();
        for (number, line) in lines(text) {
            let added = line.and_then(|Line { word, frequency, tag }| {
                let frequency = frequency
                    .ok_or_else(|| Error::new(format!("word {word:?}: expected a frequency after it, found none")))?;
                self.word(word, frequency, tag.unwrap_or_default()).map(|_| ())
            });
            added.map_err(|error| Error::at_line(number, error.to_string()))?;
        }
        if self.words.len() == before && before == 0 && !text.trim().is_empty() {
            return Err(Error::new("no words found"));
        }
        Ok(self)
    }

    /// Let the default profile read `from` as `to`: a Traditional character as the Simplified one of the words.
    ///
    /// Full-width forms and the case of Latin letters are folded without being asked.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// let mut builder = Dictionary::builder().parse("软银 300 nt\n")?;
    /// builder.fold('軟', '软').fold('銀', '银');
    /// let segmenter = Segmenter::builder().dictionary(builder.build()?).build();
    /// assert_eq!(segmenter.cut("軟銀").count(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn fold(&mut self, from: char, to: char) -> &mut Self {
        self.folds.insert(from, to);
        self
    }

    /// Let the default profile find the words with `of` where they are written with `variant`, too, while `variant`
    /// keeps words of its own: 乾净 is 干净, and 乾隆 is 乾隆.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// let mut builder = Dictionary::builder().parse("干净 100\n乾隆 100\n")?;
    /// builder.variant('乾', '干').fold('淨', '净');
    /// let segmenter = Segmenter::builder().dictionary(builder.build()?).build();
    /// let words: Vec<&str> = segmenter.cut("乾隆乾淨").map(|token| token.text()).collect();
    /// assert_eq!(words, ["乾隆", "乾淨"]);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn variant(&mut self, variant: char, of: char) -> &mut Self {
        self.variants.insert(variant, of);
        self
    }

    /// Compile the dictionary.
    ///
    /// Of more than 65,534 different frequencies, those that differ least count as one where a text is cut.
    ///
    /// # Errors
    ///
    /// If there are no words, or more than a dictionary can hold: 32,000 different characters, 256 different tags.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::{DictionaryBuilder, Tag};
    /// assert_eq!(Dictionary::builder().parse("星际之门 300 nz\n")?.build()?.len(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn build(self) -> Result<Dictionary, Error> {
        self.build_as(LARGE)
    }

    /// The same, with sorted prefixes from so many words on.
    fn build_as(self, large: usize) -> Result<Dictionary, Error> {
        if self.words.is_empty() {
            return Err(Error::new("a dictionary needs at least one word"));
        }

        let mut char_frequencies: HashMap<char, u64> = HashMap::new();
        for (word, (frequency, _)) in &self.words {
            for c in word.chars() {
                let sum = char_frequencies.entry(c).or_insert(0);
                *sum = sum.saturating_add(*frequency);
            }
        }
        let char_count = char_frequencies.len();
        let alphabet = Alphabet::new(char_frequencies, self.folds, self.variants)
            .ok_or_else(|| too_many("characters", usize::from(NOT_ALONE) - 100, char_count))?;

        // By number. What a text asks of its words lies together so, and stays in the cache; of words that are as frequent,
        // the first ones by their bytes come first.
        let mut words: Vec<(&str, u64, &Tag)> =
            self.words.iter().map(|(word, (frequency, tag))| (&**word, *frequency, tag)).collect();
        words.sort_by_key(|&(_, frequency, _)| Reverse(frequency));

        // jieba's arithmetic, once: ln(frequency) - ln(total), in f64.
        let total = words.iter().fold(0u64, |sum, &(_, frequency, _)| sum.saturating_add(frequency));
        let log_total = (total.max(1) as f64).ln();
        let mut frequencies: Vec<u64> = words.iter().map(|&(_, frequency, _)| frequency).collect();
        frequencies.dedup();
        let first = usize::from(FIRST_CLASS);
        let leasts = classes(&frequencies, usize::from(u16::MAX) - first);
        let is_exact = leasts.len() == frequencies.len();
        let log_probabilities = leasts.iter().map(|&frequency| (frequency as f64).ln() - log_total);
        let weights: Vec<f64> = [f64::NEG_INFINITY].into_iter().chain(log_probabilities).collect();
        let class_of = |frequency: u64| fits(first + class_of(&leasts, frequency));

        let (tags, tag_of) = tags_by_number(self.words.values().map(|(_, tag)| *tag))?;

        let mut keys = Keys::default();
        let mut codes: Vec<Code> = Vec::new();
        for (number, &(word, frequency, _)) in words.iter().enumerate() {
            let mut key = |codes: &[Code]| {
                // The route passes by what occurs nowhere.
                let class = if frequency == 0 { NO_WORD } else { class_of(frequency) };
                keys.push(codes, class, fits(number), frequency);
            };
            alphabet.exact(word, &mut codes);
            key(&codes);
            if alphabet.folded(word, &mut codes).is_some() {
                key(&codes);
            }
            // A character by itself says nothing of which of its forms is meant.
            let written = if word.chars().nth(1).is_some() { alphabet.with_variants(word) } else { Vec::new() };
            for written in written.iter().filter(|written| !self.words.contains_key(*written)) {
                if alphabet.folded(written, &mut codes).is_some() {
                    key(&codes);
                }
            }
        }
        let keys = keys.sorted();
        let codes = alphabet.chars.len();
        let (firsts, pairs, prefixes) = if keys.len() >= large {
            let Sorted { firsts, nodes, tails, pairs } = Sorted::new(&keys, codes);
            (firsts, pairs, Prefixes::Sorted(nodes, tails))
        } else {
            let Placed { firsts, cells, pairs } = place(&keys, codes);
            (firsts, pairs, Prefixes::Placed(cells))
        };
        if prefixes.len() > TAIL as usize {
            return Err(Error::new("expected fewer words, found more than there are places for"));
        }

        let meta = Meta {
            words: self.words.len() as u64,
            total,
            unknown: 0.0 - log_total,
            longest: self.words.keys().map(|word| word.chars().count()).max().unwrap_or(0) as u64,
        };
        let char_weight = |(code, first): (Code, &Cell)| char_weight(code, weights[usize::from(first.class)]);
        let Tables { exact, folded, spelled, leaves } = alphabet.tables();
        let mut image = Writer::new(KIND);
        image.items(section::META, meta.to_bytes());
        let chars = NewChars {
            exact,
            folded,
            leaves,
            chars: alphabet.chars,
            bases: firsts.iter().map(|first| first.base).collect(),
            char_words: firsts.iter().map(|first| first.word).collect(),
            char_weights: (0..).zip(&firsts).map(char_weight).collect(),
        };
        chars.write(&mut image);
        image.items(section::SPELLED, spelled.into_iter().map(u16::to_le_bytes));
        image.items(section::WEIGHTS, weights.iter().copied().map(f64::to_le_bytes));
        image.items(section::FREQUENCIES, [0].into_iter().chain(leasts.iter().copied()).map(u64::to_le_bytes));
        image.items(section::TAGS, tags.iter().map(|tag| tag.to_bytes()));
        image.items(section::PAIRS, pair_filter(&pairs));
        match prefixes {
            Prefixes::Placed(cells) => image.items(section::CELLS, cells.iter().map(|cell| cell.to_bytes())),
            Prefixes::Sorted(nodes, tails) => {
                image.items(section::NODES, nodes.iter().map(|node| node.to_bytes()));
                image.items(section::TAILS, tails.into_iter().map(u16::to_le_bytes));
            }
        }
        let class_of_word = words.iter().map(|&(_, frequency, _)| class_of(frequency).to_le_bytes());
        image.items(section::CLASS_OF_WORD, class_of_word);
        image.bytes(section::TAG_OF_WORD, words.iter().map(|&(_, _, tag)| tag_of(tag)).collect());
        let mixed = (0u32..).zip(&words).filter(|(_, (word, _, _))| !are_common(word));
        image.items(section::MIXED, mixed.map(|(number, _)| number.to_le_bytes()));
        if !is_exact {
            let frequencies = words.iter().map(|&(_, frequency, _)| frequency);
            match frequencies.clone().map(u32::try_from).collect::<Result<Vec<u32>, _>>() {
                Ok(short) => image.items(section::FREQUENCY_OF_WORD, short.into_iter().map(u32::to_le_bytes)),
                Err(_) => image.items(section::FREQUENCY_OF_WORD, frequencies.map(u64::to_le_bytes)),
            }
        }
        Ok(Dictionary::trusted(image.finish().into()))
    }
}

fn too_many(what: &str, most: usize, found: usize) -> Error {
    Error::new(format!("expected at most {most} different {what}, found {found}"))
}

/// The different tags, and the number of each.
pub(super) fn tags_by_number(tags: impl Iterator<Item = Tag>) -> Result<(Vec<Tag>, impl Fn(&Tag) -> u8), Error> {
    let tags: BTreeMap<Tag, ()> = tags.map(|tag| (tag, ())).collect();
    if tags.len() > 256 {
        return Err(too_many("tags", 256, tags.len()));
    }
    let tags: Vec<Tag> = tags.into_keys().collect();
    let sorted = tags.clone();
    Ok((tags, move |tag: &Tag| fits(sorted.partition_point(|other| other < tag))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dictionary::UserWords;
    use crate::dictionary::image::Image;
    use crate::segment::{Profile, Segmenter};
    use crate::storage::bytes::Slice;
    use crate::storage::image::{Trust, repair};

    fn mapped(dictionary: &Dictionary) -> Dictionary {
        let bytes = crate::storage::bytes::Bytes::from(dictionary.to_bytes().into_owned());
        let image = Image::open(Slice::new(&bytes, 0..bytes.len()), Trust::Mapped).unwrap();
        Dictionary { base: image.into(), user: None }
    }

    #[test]
    fn a_damaged_file_still_lists_some_words() {
        for large in [usize::MAX, 0] {
            let builder = Dictionary::builder().parse("甲 1\n甲乙 2\n甲乙丙 3\n乙丙 4\n丙丁丁 5\n").unwrap();
            let whole = builder.build_as(large).unwrap().to_bytes().into_owned();
            // The prefixes are behind the tables of characters.
            for at in whole.len() - 600..whole.len() {
                for byte in [1, 0xff] {
                    let mut image = whole.clone();
                    image[at] = byte;
                    let bytes = crate::storage::bytes::Bytes::from(image);
                    if let Ok(image) = Image::open(Slice::new(&bytes, 0..bytes.len()), Trust::Mapped) {
                        let words = Dictionary { base: image.into(), user: None }.index();
                        assert!(words.iter().count() <= 5);
                    }
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// A dictionary of sorted prefixes says and cuts what a double array does, however it is opened; and with users' words, too.
        #[test]
        fn sorted_prefixes_are_a_double_array(
            words in prop::collection::btree_map("[甲乙丙丁戊戉aＡ]{1,7}", 0u64..1 << 33, 1..40),
            parts in prop::collection::vec((any::<prop::sample::Index>(), "[，甲乙丙丁a]{0,2}"), 0..9),
        ) {
            let mut builder = Dictionary::builder();
            builder.fold('戉', '戊');
            for (word, &frequency) in &words {
                builder.word(word, frequency, Tag::default()).unwrap();
            }
            let plain = builder.clone().build().unwrap();
            let sorted = builder.build_as(0).unwrap();
            let words: Vec<&String> = words.keys().collect();
            let text: String = parts.iter().map(|(at, other)| words[at.index(words.len())].clone() + other).collect();
            let opened = Dictionary::from_bytes(sorted.to_bytes().into_owned()).unwrap();
            let mut user = UserWords::new();
            user.add("甲丁").unwrap().never_join(words[0]).ok();
            let all: Vec<_> = plain.index().iter().collect();
            for dictionary in [mapped(&sorted), sorted, opened] {
                prop_assert_eq!(&dictionary.index().iter().collect::<Vec<_>>(), &all);
                for word in &words {
                    prop_assert_eq!(dictionary.get(word), plain.get(word));
                }
                let pairs = [(plain.clone(), dictionary.clone()), (plain.with_words(&user).unwrap(), dictionary.with_words(&user).unwrap())];
                for (plain, dictionary) in pairs {
                    for profile in [Profile::Natural, Profile::Jieba] {
                        let of = |dictionary: &Dictionary| Segmenter::builder().profile(profile).dictionary(dictionary.clone()).build();
                        let (plain, of_sorted) = (of(&plain), of(&dictionary));
                        prop_assert!(plain.cut(&text).eq(of_sorted.cut(&text)), "{text}");
                        prop_assert!(plain.cut_for_search(&text).eq(of_sorted.cut_for_search(&text)), "{text}");
                    }
                }
            }
        }

        /// Damage that the checksum does not show is an error, or gives some words, and never a panic.
        #[test]
        fn no_damage_of_sorted_prefixes_makes_a_panic(
            words in prop::collection::btree_map("[甲乙丙丁]{1,7}", 0u64..1 << 20, 1..20),
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let mut builder = Dictionary::builder();
            for (word, &frequency) in &words {
                builder.word(word, frequency, Tag::default()).unwrap();
            }
            let whole = builder.build_as(0).unwrap().to_bytes().into_owned();
            let mut image = whole.clone();
            // Where the cells begin, and all that comes after them.
            let cells = whole.len() - whole.len() / 2;
            for (at, byte) in damage {
                image[cells + at.index(whole.len() - cells)] = byte;
            }
            repair(&mut image);
            let bytes = crate::storage::bytes::Bytes::from(image);
            for trust in [Trust::None, Trust::Mapped] {
                if let Ok(image) = Image::open(Slice::new(&bytes, 0..bytes.len()), trust) {
                    let dictionary = Dictionary { base: image.into(), user: None };
                    let text = "甲乙丙丁甲甲乙乙丙丙丁丁甲丙乙丁，甲丁丙乙";
                    let segmenter = Segmenter::builder().dictionary(dictionary.clone()).build();
                    assert_eq!(segmenter.cut(text).map(|token| token.text()).collect::<String>(), text);
                    dictionary.index().iter().for_each(drop);
                    dictionary.index().complete("甲", 9);
                }
            }
        }
    }
}
