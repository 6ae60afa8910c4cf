//! User words, and how to cut them.

#[cfg(feature = "serde")]
mod stored;

use std::path::Path;

use foldhash::HashMap;

use super::text_form::{WordLine, decode, lines};
use super::word::check_len;
use crate::dictionary::Tag;
use crate::error::Error;
use crate::numbers::fits;
use crate::order::order;
use crate::storage::bytes::Bytes;

/// User words for a [`Dictionary`], and how to cut them.
///
/// If a word is added twice, the later call counts. [`Dictionary::with_words`] makes a dictionary
/// of the words. Until then they are not compared with other words.
///
/// ```
/// use fenci::{Dictionary, Segmenter};
/// use fenci::dictionary::UserWords;
///
/// let mut words = UserWords::new();
/// words.add("中国农业大学")?.split("今天天气", &["今天", "天气"])?.never_join("很赞")?;
/// let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words)?).build();
/// let words: Vec<&str> = segmenter.cut("手机样式很赞").map(|token| token.text()).collect();
/// assert_eq!(words, ["手机", "样式", "很", "赞"]);
/// # Ok::<(), fenci::Error>(())
/// ```
///
/// To change words while other threads cut, keep the segmenter where it can be replaced. Each call
/// then takes the current one:
///
/// ```
/// use std::sync::{Arc, RwLock};
/// # use fenci::{Dictionary, Segmenter};
/// # use fenci::dictionary::UserWords;
///
/// let current = RwLock::new(Arc::new(Segmenter::new()));
/// let words = UserWords::from_words(["星际之门项目"])?;
/// let dictionary = Dictionary::embedded().with_words(&words)?;
/// *current.write().unwrap() = Arc::new(Segmenter::builder().dictionary(dictionary).build());
/// let segmenter = current.read().unwrap().clone();
/// assert_eq!(segmenter.cut("星际之门项目").count(), 1);
/// # Ok::<(), fenci::Error>(())
/// ```
///
/// [`Dictionary`]: crate::dictionary::Dictionary
/// [`Dictionary::with_words`]: crate::dictionary::Dictionary::with_words
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserWords {
    wishes: HashMap<Box<str>, Wish>,
}

/// A user's wish for a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wish {
    pub(super) intent: Intent,
    pub(super) frequency: Option<u64>,
    pub(super) tag: Option<Tag>,
    /// The number of characters in each part of a word that is to be split.
    pub(super) parts: Box<[u8]>,
}

/// Files store an intent as its index in this list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Intent {
    /// A word with the given frequency, but at least the dictionary's. Without a given frequency,
    /// the word gets enough to come out as one token.
    #[default]
    Add,
    /// A word with exactly this frequency.
    Exactly,
    Prefer,
    Force,
    Split,
    NeverJoin,
}

impl UserWords {
    /// Returns a set without words.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// assert!(words.is_empty());
    /// ```
    pub fn new() -> UserWords {
        UserWords::default()
    }

    /// Adds each word of a collection, as [`UserWords::add`] does.
    ///
    /// # Errors
    ///
    /// As [`UserWords::add`].
    ///
    /// ```
    /// # use fenci::dictionary::UserWords;
    /// let words = UserWords::from_words(["田-女士", "[捂脸]", "Edu Trust认证"])?;
    /// assert_eq!(words.len(), 3);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn from_words<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Result<UserWords, Error> {
        let mut all = UserWords::new();
        for word in words {
            all.add(word.as_ref())?;
        }
        Ok(all)
    }

    /// Reads the words of a text file: see [`UserWords::parse`].
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is not UTF-8, or has a line without a valid word. The error
    /// names the file and the line.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let file = std::env::temp_dir().join("fenci-doc-words.txt");
    /// std::fs::write(&file, "星际之门 300 nz\n甲骨文云\n").unwrap();
    /// assert_eq!(UserWords::open(&file)?.len(), 2);
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<UserWords, Error> {
        let path = path.as_ref();
        let bytes = Bytes::open(path)?;
        let mut words = UserWords::new();
        decode(&bytes).and_then(|text| words.parse(text).map(|_| ())).map_err(|error| error.in_file(path))?;
        Ok(words)
    }

    /// Adds the words of a text, each as [`UserWords::add_with`] does. A line has one of these
    /// forms:
    ///
    /// - `word`, `word frequency`, `word tag` or `word frequency tag`, separated by white space, as
    ///   jieba reads it. The word may contain white space, and a tag consists of the letters a to
    ///   z.
    /// - `word`, a TAB, and then the frequency, the tag or both. Nothing before the TAB is read as
    ///   a frequency or a tag.
    /// - `word,frequency,tag`, as a spreadsheet exports it. The last two may be missing, and a word
    ///   with a comma is quoted.
    ///
    /// The text may have a byte order mark, `\r\n` and empty lines. A line that begins with `# ` is
    /// a comment.
    ///
    /// # Errors
    ///
    /// If a line has no valid word, or if a number that is not a whole number stands in the place
    /// of a frequency. The error names the line, and nothing is added.
    ///
    /// ```
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// words.parse("星际之门 300 nz\nLouis Vuitton 5 nz\nWindows 11\t\n")?;
    /// assert_eq!(words.len(), 3);
    /// let error = words.parse("软银 nt\n软银集团 12x").unwrap_err();
    /// assert_eq!((error.line(), words.len()), (Some(2), 3));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn parse(&mut self, text: &str) -> Result<&mut Self, Error> {
        let mut wishes = Vec::with_capacity(text.len() / 16);
        for (number, line) in lines(text) {
            let wish = line.and_then(|WordLine { word, frequency, tag }| {
                checked(&word, 1)?;
                Ok((Box::from(word), Wish { frequency, tag, ..Wish::default() }))
            });
            wishes.push(wish.map_err(|error| error.in_line(number))?);
        }
        self.wishes.extend(wishes);
        Ok(self)
    }

    /// Adds a word, or replaces the wish for a word that was added before.
    ///
    /// The word gets the frequency that it needs to come out as one token, by jieba's rule
    /// (`suggest_freq`): just more than that of its likeliest parts together. It is never less than
    /// the dictionary's frequency.
    ///
    /// A word may contain any characters except control characters: hyphens, spaces, brackets,
    /// letters of any script. The natural profile finds Latin letters in any case and width, and
    /// Simplified characters also where a text has Traditional ones. It finds no word inside a
    /// longer Latin word.
    ///
    /// # Errors
    ///
    /// If the word is empty, blank or longer than 255 characters, or has a control character.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// words.add("甲骨文云")?;
    /// let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words)?).build();
    /// assert_eq!(segmenter.cut("甲骨文云").count(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn add(&mut self, word: &str) -> Result<&mut Self, Error> {
        self.add_with(word, None, None)
    }

    /// Adds a word as [`UserWords::add`] does, with a frequency, a part of speech, or both.
    ///
    /// The given frequency replaces the one that the word would need to come out, as in jieba. If
    /// it is less than the dictionary's, the dictionary's counts. The default part of speech is the
    /// dictionary's. If the dictionary has none, it is guessed where tags are asked for.
    ///
    /// # Errors
    ///
    /// As [`UserWords::add`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// words.add_with("甲骨文云", None, Some(fenci::dictionary::Tag::new("nz")?))?;
    /// let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words)?).build();
    /// assert_eq!(segmenter.tag("甲骨文云").next().unwrap().tag(), "nz");
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn add_with(&mut self, word: &str, frequency: Option<u64>, tag: Option<Tag>) -> Result<&mut Self, Error> {
        self.wish(word, Wish { frequency, tag, ..Wish::default() })
    }

    /// Gives a word exactly this frequency, as jieba's `add_word` does. A frequency below the
    /// dictionary's makes the word rarer. A frequency of 0 disables the word, unless the HMM finds
    /// it. A frequency of at least the sum of all frequencies makes the word certain.
    ///
    /// # Errors
    ///
    /// As [`UserWords::add`].
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// words.set_frequency("台中", 69)?;
    /// let dictionary = Dictionary::embedded().with_words(&words)?;
    /// assert_eq!(dictionary.get("台中").unwrap().frequency, 69);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn set_frequency(&mut self, word: &str, frequency: u64) -> Result<&mut Self, Error> {
        self.wish(word, Wish { intent: Intent::Exactly, frequency: Some(frequency), ..Wish::default() })
    }

    /// Adds a word that wins over every other way to cut its characters. Where it overlaps another
    /// word, the likelier route wins.
    ///
    /// # Errors
    ///
    /// As [`UserWords::add`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// words.prefer("研究生")?;
    /// let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words)?).build();
    /// let words: Vec<&str> = segmenter.cut("研究生命").map(|token| token.text()).collect();
    /// assert_eq!(words, ["研究生", "命"]);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn prefer(&mut self, word: &str) -> Result<&mut Self, Error> {
        self.wish(word, Wish { intent: Intent::Prefer, ..Wish::default() })
    }

    /// Adds a word that is one token wherever it occurs. If such words overlap, as many of them as
    /// possible are tokens. Of the routes with equally many, the likeliest wins.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// words.force("江大桥")?;
    /// let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words)?).build();
    /// let words: Vec<&str> = segmenter.cut("南京市长江大桥").map(|token| token.text()).collect();
    /// assert_eq!(words[2], "江大桥");
    /// # Ok::<(), fenci::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`UserWords::add`], and if the word is a single character.
    pub fn force(&mut self, word: &str) -> Result<&mut Self, Error> {
        self.wish(word, Wish { intent: Intent::Force, ..Wish::default() })
    }

    /// Cuts `word` into `parts` wherever it occurs.
    ///
    /// # Errors
    ///
    /// As [`UserWords::force`], and if there are fewer than two parts, if a part is empty, or if
    /// the joined parts are not the word.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// words.split("今天天气", &["今天", "天气"])?;
    /// let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words)?).build();
    /// assert_eq!(segmenter.cut("今天天气").count(), 2);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn split(&mut self, word: &str, parts: &[&str]) -> Result<&mut Self, Error> {
        if parts.concat() != word || parts.len() < 2 || parts.contains(&"") {
            return Err(Error::new(format!(
                "word {word:?}: expected two parts or more that are the word if joined, found {parts:?}"
            )));
        }
        // No part is longer than the word, and the length of the word is checked.
        let parts = parts.iter().map(|part| fits(part.chars().count())).collect();
        self.wish(word, Wish { intent: Intent::Split, parts, ..Wish::default() })
    }

    /// Never makes one token of these characters. Takes the word out of the dictionary, if it is
    /// there, and keeps the HMM from finding it.
    ///
    /// # Errors
    ///
    /// As [`UserWords::force`].
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// words.never_join("中出")?;
    /// let segmenter = Segmenter::builder().dictionary(Dictionary::embedded().with_words(&words)?).build();
    /// let words: Vec<&str> = segmenter.cut("我们中出了一个叛徒").map(|token| token.text()).collect();
    /// assert_eq!(words[..4], ["我们", "中", "出", "了"]);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn never_join(&mut self, word: &str) -> Result<&mut Self, Error> {
        self.wish(word, Wish { intent: Intent::NeverJoin, ..Wish::default() })
    }

    /// Removes a word and its wish from the set. Returns `false` if the word was not there.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::from_words(["甲骨文云"])?;
    /// assert!(words.forget("甲骨文云") && !words.forget("甲骨文云"));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn forget(&mut self, word: &str) -> bool {
        self.wishes.remove(word).is_some()
    }

    /// Returns the number of words.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// assert_eq!(UserWords::from_words(["甲骨文云", "星际之门"])?.len(), 2);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn len(&self) -> usize {
        self.wishes.len()
    }

    /// Returns `true` if there are no words.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// assert!(UserWords::new().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.wishes.is_empty()
    }

    fn wish(&mut self, word: &str, wish: Wish) -> Result<&mut Self, Error> {
        self.wishes.insert(checked(word, wish.intent.least_chars())?.into(), wish);
        Ok(self)
    }

    /// Returns all words with their wishes, sorted.
    pub(super) fn sorted(&self) -> SortedUserWords {
        let wishes: Vec<_> = self.wishes.iter().collect();
        let order = order(wishes.len(), &|a, b| wishes[a].0.cmp(wishes[b].0));
        let sorted = order.into_iter().map(|place| (wishes[place].0.clone(), wishes[place].1.clone()));
        SortedUserWords { wishes: sorted.collect() }
    }

    /// Returns these words, and those of `before` that are not among them.
    pub(super) fn or(&self, before: &SortedUserWords) -> UserWords {
        let mut all = self.clone();
        before.iter().for_each(|(word, wish)| _ = all.wishes.entry(word.into()).or_insert_with(|| wish.clone()));
        all
    }
}

impl Intent {
    pub(super) const ALL: [Intent; 6] =
        [Intent::Add, Intent::Exactly, Intent::Prefer, Intent::Force, Intent::Split, Intent::NeverJoin];

    /// Returns whether a word with this intent is a word of the dictionary.
    pub(super) fn is_word(self) -> bool {
        !matches!(self, Intent::Split | Intent::NeverJoin)
    }

    /// Returns the length of the shortest word that may have this intent, in characters.
    pub(super) fn least_chars(self) -> usize {
        match self {
            Intent::Add | Intent::Exactly | Intent::Prefer => 1,
            Intent::Force | Intent::Split | Intent::NeverJoin => 2,
        }
    }
}

/// Sorted words, each with its wish.
#[derive(Default)]
pub(crate) struct SortedUserWords {
    pub(super) wishes: Vec<(Box<str>, Wish)>,
}

impl SortedUserWords {
    /// Returns the index of a word.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        self.wishes.binary_search_by(|(known, _)| (**known).cmp(word)).ok()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Wish)> {
        self.wishes.iter().map(|(word, wish)| (&**word, wish))
    }
}

/// Returns the word if it is valid and has at least `least_chars` characters.
pub(super) fn checked(word: &str, least_chars: usize) -> Result<&str, Error> {
    check_len(word, least_chars)?;
    if word.trim().is_empty() {
        return Err(Error::new(format!("word {word:?}: expected something beside white space")));
    }
    match word.find(char::is_control) {
        Some(at) => Err(Error::new(format!("word {word:?}: expected no control character, found one at byte {at}"))),
        None => Ok(word),
    }
}
