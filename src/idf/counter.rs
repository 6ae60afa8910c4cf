//! The documents of one thread, counted.

use foldhash::{HashMap, HashMapExt};

use super::transducer::MAX_WORD;
use crate::dictionary::Dictionary;
use crate::segment::TermSource;

/// In how many documents each word was.
pub(super) struct Counter<'s> {
    dictionary: Option<&'s Dictionary>,
    documents: u64,
    /// By word number.
    words: Vec<Seen>,
    /// Words that the dictionary does not have, in their normal form.
    others: HashMap<Box<str>, Seen>,
    /// What the allocator needs for the texts of `others`, about.
    text_bytes: usize,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    /// The last document it was in, counted from 1.
    last: u64,
    count: u64,
}

impl Seen {
    #[inline]
    fn see(&mut self, document: u64) {
        self.count += u64::from(self.last != document);
        self.last = document;
    }
}

/// Bytes of an entry in the table of others, of its text's allocation beside the text, and of what is sorted when they
/// are spilled.
const ENTRY: usize = size_of::<(Box<str>, Seen)>() + 1;
const ALLOCATION: usize = 16;
const SORTED: usize = size_of::<(Box<str>, u64)>();

impl<'s> Counter<'s> {
    pub(super) fn new(dictionary: Option<&'s Dictionary>) -> Counter<'s> {
        let words = vec![Seen::default(); dictionary.map_or(0, Dictionary::id_bound)];
        Counter { dictionary, documents: 0, words, others: HashMap::new(), text_bytes: 0 }
    }

    /// Count the words of a document.
    pub(super) fn count<S: TermSource + ?Sized>(&mut self, source: &S, hmm: bool, text: &str) {
        self.documents += 1;
        source.each_term(
            text,
            hmm,
            &mut |term| match term.word_id().and_then(|word| self.words.get_mut(word.index())) {
                Some(seen) => seen.see(self.documents),
                None if is_word(term.text()) => self.count_other(&source.simplified(term.text())),
                None => {}
            },
        );
    }

    fn count_other(&mut self, word: &str) {
        let document = self.documents;
        if let Some(seen) = self.others.get_mut(word) {
            seen.see(document);
        } else if let Some(entry) = self.dictionary.and_then(|dictionary| dictionary.get(word)) {
            // The extractors find it under its number.
            self.words[entry.id.index()].see(document);
        } else if is_short(word) {
            self.text_bytes += word.len().next_multiple_of(16) + ALLOCATION;
            self.others.insert(word.into(), Seen { last: document, count: 1 });
        }
    }

    /// The bytes that it would take to count one word more and then to sort all of them, about; those of the
    /// dictionary's words, which are always there, are left out.
    pub(super) fn bytes(&self) -> usize {
        let (len, capacity) = (self.others.len(), self.others.capacity());
        // A table that is full is copied into one of twice its size; an eighth of each is empty.
        let table = if len == capacity { 3 * capacity } else { capacity };
        self.text_bytes + table * ENTRY * 8 / 7 + len * SORTED
    }

    /// Take out the words that the dictionary does not have, sorted.
    pub(super) fn take_others(&mut self) -> Vec<(Box<str>, u64)> {
        self.text_bytes = 0;
        let others = std::mem::take(&mut self.others);
        let mut others: Vec<_> = others.into_iter().map(|(word, seen)| (word, seen.count)).collect();
        others.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        others
    }

    /// The number of documents.
    pub(super) fn documents(&self) -> u64 {
        self.documents
    }

    /// How often the dictionary's words were seen, by their numbers.
    pub(super) fn words(&self) -> impl Iterator<Item = u64> + '_ {
        self.words.iter().map(|seen| seen.count)
    }
}

/// Whether a term is more than punctuation and space.
pub(super) fn is_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// Whether a table can hold it.
pub(super) fn is_short(word: &str) -> bool {
    word.len() <= MAX_WORD
}
