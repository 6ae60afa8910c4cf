//! The compiled dictionary: an image that is used in place.

mod builder;
mod chars;
mod classes;
pub(crate) mod double_array;
mod image;
mod index;
mod more_chars;
mod overlay;
mod sections;
mod spellings;
mod suggest;
mod tag;
mod text_form;
mod user_words;
mod view;
mod word;
mod word_table;

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
#[cfg(feature = "embedded")]
use std::sync::LazyLock;

pub use self::builder::DictionaryBuilder;
pub(crate) use self::classes::SpecialClass;
use self::image::Image;
pub(crate) use self::image::Prepared;
#[cfg(feature = "fuzzy")]
pub use self::index::Similar;
pub use self::index::WordIndex;
use self::overlay::Overlay;
pub use self::tag::Tag;
pub use self::user_words::UserWords;
pub(crate) use self::view::{Demand, Folding, Lexicon, UserLexicon, WordTags};
pub(crate) use self::word::MAX_WORD_CHARS;
pub use self::word::{Entry, WordId};
pub(crate) use self::word_table::FoundWord;
use crate::error::Error;
use crate::numbers::fits;
use crate::storage::atomic_file::save;
#[cfg(feature = "embedded")]
use crate::storage::bytes::Aligned;
use crate::storage::bytes::Bytes;
use crate::storage::char_table::CharTable;
use crate::storage::image::{Kind, Reader, Writer, fingerprint, has_magic, kind_of};

/// The kind of a file that holds a dictionary with user words: the dictionary's image and the
/// words' image.
const WITH_WORDS: Kind = Kind { name: *b"both", version: 1, noun: "a fenci dictionary with users' words" };
const BASE: &[u8; 4] = b"base";
const USER: &[u8; 4] = b"user";

#[cfg(feature = "embedded")]
static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../dicts/lexicon.bin"));

/// Words with their frequencies and tags, compiled for segmentation.
///
/// A dictionary is an immutable image; a clone is a second handle to the same image. The embedded
/// dictionary is used in place in the program, so it takes no time to open and no memory. Threads
/// may share it.
///
/// ```
/// use fenci::Dictionary;
///
/// let dictionary = Dictionary::embedded();
/// let entry = dictionary.get("分词").unwrap();
/// assert_eq!((entry.frequency, entry.tag.as_str()), (19, "n"));
/// assert!(dictionary.get("分词库").is_none());
/// ```
#[derive(Clone)]
pub struct Dictionary {
    base: Arc<Image>,
    user: Option<Arc<Overlay>>,
}

impl Dictionary {
    /// Returns the dictionary in this crate: jieba's 349,045 words, and some that only the natural
    /// profile knows.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// assert!(Dictionary::embedded().len() > 349_045);
    /// ```
    #[cfg(feature = "embedded")]
    #[expect(clippy::expect_used, reason = "the tests open it, and it is part of the program")]
    pub fn embedded() -> Dictionary {
        static DICTIONARY: LazyLock<Dictionary> =
            LazyLock::new(|| Dictionary::from_file(Bytes::Static(&EMBEDDED.0)).expect("an image of this crate"));
        DICTIONARY.clone()
    }

    /// Returns a builder for a custom dictionary.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let dictionary = Dictionary::builder().parse("星际之门 300 nz\n")?.build()?;
    /// assert_eq!(dictionary.len(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn builder() -> DictionaryBuilder {
        DictionaryBuilder::new()
    }

    /// Opens an image that [`Dictionary::to_bytes`] gave.
    ///
    /// The image is validated in full before the first lookup, in time and memory linear in its
    /// size.
    ///
    /// # Errors
    ///
    /// If `bytes` is not such an image, is damaged, or was written by another version of the
    /// format. No input makes it panic.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let small = Dictionary::builder().parse("星际之门 300 nz\n")?.build()?;
    /// assert_eq!(Dictionary::from_bytes(small.to_bytes().into_owned())?.len(), 1);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Dictionary, Error> {
        Dictionary::from_file(bytes.into())
    }

    /// Opens a file: an image that [`Dictionary::save`] wrote, or a text in jieba's form, which is
    /// compiled.
    ///
    /// An image is read and validated in full, as [`Dictionary::from_bytes`] does, at more than 500
    /// MB/s.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is neither an image nor such a text, is damaged, or was written
    /// by another version of the format. The error names the file, and the line of a text.
    ///
    /// ```no_run
    /// # use fenci::Dictionary;
    /// let dictionary = Dictionary::builder().parse("星际之门 300 nz\n立项 50 v\n")?.build()?;
    /// dictionary.save("words.fenci")?;
    /// let again = Dictionary::open("words.fenci")?;
    /// assert_eq!(again.len(), 2);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<Dictionary, Error> {
        Dictionary::from_image_or_text(Bytes::open(path.as_ref())?).map_err(|error| error.in_file(path.as_ref()))
    }

    /// Opens a file as [`Dictionary::open`] does, but maps it into memory. All of it is validated.
    /// Programs that open the same file share its pages, and the system may drop pages that are not
    /// in use. Needs the feature `mmap`.
    ///
    /// # Errors
    ///
    /// As [`Dictionary::open`].
    ///
    /// # Safety
    ///
    /// Nobody may write to the file or truncate it while the dictionary or a clone of it is alive.
    /// After validation, loops read the file without checks. [`Dictionary::save`] never writes to
    /// an open file: it puts a new file in its place.
    ///
    /// ```no_run
    /// # use fenci::Dictionary;
    /// // SAFETY: only this service's updates touch the file, and they rename a new one into its place.
    /// let dictionary = unsafe { Dictionary::open_mapped("words.fenci")? };
    /// # Ok::<(), fenci::Error>(())
    /// ```
    #[cfg(feature = "mmap")]
    #[allow(unsafe_code)]
    pub unsafe fn open_mapped(path: impl AsRef<Path>) -> Result<Dictionary, Error> {
        // SAFETY: the caller's promise.
        let bytes = unsafe { Bytes::map(path.as_ref())? };
        Dictionary::from_image_or_text(bytes).map_err(|error| error.in_file(path.as_ref()))
    }

    fn from_image_or_text(bytes: Bytes) -> Result<Dictionary, Error> {
        match has_magic(&bytes) {
            true => Dictionary::from_file(bytes),
            false => Dictionary::builder().parse(text_form::decode(&bytes)?)?.build(),
        }
    }

    /// Writes the image to a file, completely or not at all: it is written beside `path` and then
    /// renamed.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let file = std::env::temp_dir().join("fenci-doc-save.dict");
    /// Dictionary::builder().parse("星际之门 300 nz\n")?.build()?.save(&file)?;
    /// assert_eq!(Dictionary::open(&file)?.len(), 1);
    /// # std::fs::remove_file(file).unwrap();
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        save(path.as_ref(), &|out| out.write_all(&self.to_bytes()))
    }

    fn from_file(bytes: Bytes) -> Result<Dictionary, Error> {
        if kind_of(&bytes) != Some(&WITH_WORDS.name) {
            return Ok(Dictionary { base: Arc::new(Image::open(bytes)?), user: None });
        }
        let sections = Reader::open(&bytes, WITH_WORDS)?.sections([(BASE, 1), (USER, 1)])?;
        let [base, user] = bytes.slices(&sections);
        let base = Image::open(base.to_vec().into())?;
        let user = Overlay::from_bytes(&user.to_vec().into(), &base)?;
        Ok(Dictionary { base: Arc::new(base), user: Some(Arc::new(user)) })
    }

    /// Returns the image, which [`Dictionary::from_bytes`] opens again. Nothing is copied if there
    /// are no user words.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let small = Dictionary::builder().parse("星际之门 300 nz\n")?.build()?;
    /// assert!(!small.to_bytes().is_empty());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn to_bytes(&self) -> Cow<'_, [u8]> {
        let Some(user) = &self.user else { return Cow::Borrowed(&self.base.file) };
        let mut file = Writer::new(WITH_WORDS);
        file.bytes(BASE, self.base.file.to_vec());
        file.bytes(USER, user.to_bytes(&self.base));
        Cow::Owned(file.finish())
    }

    /// Returns this dictionary with user words laid over it.
    ///
    /// This dictionary is shared, not copied, and does not change, so each user or text can have a
    /// dictionary of its own. Texts without these words are cut as before: log probabilities stay
    /// relative to the same total. If this dictionary has user words already, the new ones are
    /// added. For a word that both have, the new ones count.
    ///
    /// Ten words take a few kilobytes and a fraction of a millisecond. From about ten thousand
    /// words on, compile them into a dictionary if you cut a lot of text: see
    /// [`Dictionary::to_builder`].
    ///
    /// # Errors
    ///
    /// If the words need more than a dictionary can hold: 32,000 different characters, including
    /// the dictionary's own, or 256 different tags.
    ///
    /// ```
    /// use fenci::{Dictionary, Segmenter};
    /// use fenci::dictionary::UserWords;
    ///
    /// let words = UserWords::from_words(["田-女士", "大黄䓬虫"])?;
    /// let dictionary = Dictionary::embedded().with_words(&words)?;
    /// let segmenter = Segmenter::builder().dictionary(dictionary).build();
    /// let words: Vec<&str> = segmenter.cut("市民田-女士急匆匆来到").map(|token| token.text()).collect();
    /// assert_eq!(words[..2], ["市民", "田-女士"]);
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn with_words(&self, words: &UserWords) -> Result<Dictionary, Error> {
        let with_earlier = self.user.as_ref().map(|user| words.or(&user.words));
        let overlay = Overlay::new(&self.base, with_earlier.as_ref().unwrap_or(words))?;
        Ok(Dictionary { base: self.base.clone(), user: Some(Arc::new(overlay)) })
    }

    /// Returns the number of words.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// assert!(Dictionary::embedded().len() > 349_045);
    /// ```
    pub fn len(&self) -> usize {
        fits(self.user.as_ref().map_or(self.base.meta.words, |user| user.all_words))
    }

    /// Returns the number of words that every profile knows. The words that only the natural
    /// profile knows have the numbers from there on.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// assert_eq!(Dictionary::embedded().shared_len(), 349_045);
    /// ```
    pub fn shared_len(&self) -> usize {
        fits(self.base.meta.shared)
    }

    /// Returns an upper bound for the [`index`](WordId::index) of words: an array of this length
    /// has a slot for each word. The bound is the number of words, unless users have removed or
    /// changed words, whose old numbers stay unused.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// # use fenci::dictionary::UserWords;
    /// let mut words = UserWords::new();
    /// words.never_join("分词")?.add("星际之门项目")?;
    /// let dictionary = Dictionary::embedded().with_words(&words)?;
    /// let len = Dictionary::embedded().len();
    /// assert_eq!((dictionary.len(), dictionary.id_bound()), (len, len + 2));
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn id_bound(&self) -> usize {
        self.base.words() as usize + self.user.as_ref().map_or(0, |user| user.words.wishes.len())
    }

    /// Returns `true` if there are no words.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// assert!(!Dictionary::embedded().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the sum of all words' frequencies.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let dictionary = Dictionary::embedded();
    /// let share = dictionary.get("软件").unwrap().frequency as f64 / dictionary.total_frequency() as f64;
    /// assert!(share.ln() < -8.0);
    /// ```
    pub fn total_frequency(&self) -> u64 {
        self.user.as_ref().map_or(self.base.meta.total, |user| user.total)
    }

    /// Returns the entry of `word`, spelled as the dictionary spells it.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let dictionary = Dictionary::embedded();
    /// assert_eq!(dictionary.get("软件").unwrap().tag, "n");
    /// assert!(dictionary.get("没有这个词").is_none());
    /// ```
    pub fn get(&self, word: &str) -> Option<Entry> {
        match self.user.as_ref().and_then(|user| Some((user, user.words.find(word)?))) {
            Some((user, place)) => user.entry(place),
            None => self.base.get(word),
        }
    }

    /// Returns the entry of the word with this number; `None` if the dictionary has no such number.
    ///
    /// A word that users have added or changed has a number of its own, after all other numbers.
    ///
    /// ```
    /// # use fenci::{Dictionary, Segmenter};
    /// # use fenci::dictionary::UserWords;
    /// let segmenter = Segmenter::new();
    /// let token = segmenter.cut("软件").next().unwrap();
    /// assert_eq!(segmenter.dictionary().entry(token.word_id().unwrap()).unwrap().tag, "n");
    /// ```
    pub fn entry(&self, id: WordId) -> Option<Entry> {
        match (id.index().checked_sub(self.base.words() as usize), &self.user) {
            (Some(place), Some(user)) => user.entry(place),
            _ => self.base.entry(id),
        }
    }

    /// Returns the Simplified form of a character, as the dictionary folds it.
    ///
    /// ```
    /// # use fenci::Dictionary;
    /// assert_eq!(Dictionary::embedded().simplified('門'), '门');
    /// ```
    pub fn simplified(&self, c: char) -> char {
        self.folding(true).folded(c)
    }

    /// Returns the checksum of the image, by which other files refer to it. User words do not
    /// change it: it is the checksum of the dictionary below them.
    pub(crate) fn fingerprint(&self) -> u32 {
        self.base.fingerprint()
    }

    /// Returns, by word number and without user words, the number plus one of the same word in the
    /// embedded dictionary, or 0 if that lacks the word. `None` if `fingerprint` is not the
    /// checksum of the embedded dictionary. Takes tenths of a second.
    pub(crate) fn numbers_in(&self, fingerprint: u32) -> Option<Vec<u32>> {
        #[cfg(feature = "embedded")]
        let embedded = Some(Dictionary::embedded());
        #[cfg(not(feature = "embedded"))]
        let embedded: Option<Dictionary> = None;
        let embedded = embedded.filter(|embedded| embedded.fingerprint() == fingerprint)?;
        let mut numbers = vec![0; self.base.words() as usize];
        for (number, word) in self.without_words().spellings() {
            numbers[number] = embedded.get(&word).map_or(0, |entry| entry.id.0 + 1);
        }
        Some(numbers)
    }

    /// Returns what the model with the checksum `model` needs of the compiled dictionary, without
    /// user words. The dictionary keeps it for the first model. For any other model, `find` runs at
    /// each call.
    pub(crate) fn prepared(&self, model: u32, find: impl Fn() -> Prepared) -> Prepared {
        let (first, prepared) = self.base.prepared.get_or_init(|| (model, find()));
        if *first == model { prepared.clone() } else { find() }
    }

    /// Returns [`Dictionary::fingerprint`] and the checksum of the user words, which is 0 if there
    /// are none.
    pub(crate) fn fingerprints(&self) -> [u32; 2] {
        [self.fingerprint(), self.user.as_ref().map_or(0, |user| fingerprint(&user.to_bytes(&self.base)))]
    }

    /// Returns the number of the first user word, if there are user words.
    pub(crate) fn first_user_number(&self) -> Option<u32> {
        self.user.as_ref().map(|_| self.base.words())
    }

    /// Returns the dictionary below the user words.
    pub(crate) fn without_words(&self) -> Dictionary {
        Dictionary { base: self.base.clone(), user: None }
    }

    /// Returns the tags of words in the natural profile, or in jieba's.
    #[inline]
    pub(crate) fn tags(&self, natural: bool) -> WordTags<'_> {
        let tags = self.base.tags(natural);
        match &self.user {
            None => tags,
            Some(user) => WordTags { of_user_word: &user.tag_of_word, user_tags: &user.tags, ..tags },
        }
    }

    /// Returns the table from characters to the characters that they are looked up as, with folding
    /// or without.
    #[inline]
    pub(crate) fn folding(&self, fold: bool) -> Folding<'_> {
        self.base.folding(fold)
    }

    /// Returns the table from characters to codes that a text is read with.
    #[inline]
    pub(crate) fn char_table(&self, fold: bool) -> CharTable<'_> {
        match &self.user {
            Some(user) => user.chars.table(&self.base, fold),
            None => self.base.folding(fold).table,
        }
    }

    /// Returns the lexicon of jieba's profile, without the words that only the natural profile
    /// knows.
    #[inline]
    pub(crate) fn shared_lexicon(&self) -> Lexicon<'_> {
        Lexicon { last_word: fits(self.base.meta.shared), ..self.lexicon() }
    }

    #[inline]
    pub(crate) fn lexicon(&self) -> Lexicon<'_> {
        let user_weights = self.user.as_ref().map_or(&[][..], |user| &user.weights);
        Lexicon { user_weights, ..self.base.lexicon() }
    }

    /// Returns the user words.
    #[inline]
    pub(crate) fn user_lexicon(&self) -> Option<UserLexicon<'_>> {
        self.user.as_ref().map(|user| user.lexicon(&self.base))
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("words", &self.len()).finish_non_exhaustive()
    }
}
