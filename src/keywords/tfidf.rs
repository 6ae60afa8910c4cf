//! TF-IDF: what is frequent in the text and rare elsewhere.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use super::{Idf, Keyword, StopWords, Term, TermSource};
use crate::{Profile, Tag, WordId};

/// Extracts keywords by TF-IDF: the terms that are frequent in the text and rare elsewhere.
///
/// The weight of a term is its share of all terms that may be keywords, times its inverse document frequency
/// (jieba's rule). An extractor is immutable and may be shared by threads; making the default one costs no more
/// than its stop words.
///
/// ```
/// use fenci::{Segmenter, TfIdf};
///
/// let text = "今天纽约的天气真好啊，京华大酒店的张尧经理吃了一只北京烤鸭。后天纽约的天气不好，昨天纽约的天气也不好，\
///             北京烤鸭真好吃";
/// let keywords = TfIdf::new().extract(&Segmenter::new(), text, 3);
/// let words: Vec<&str> = keywords.iter().map(|keyword| keyword.text()).collect();
/// assert_eq!(words, ["北京烤鸭", "纽约", "天气"]);
/// ```
#[derive(Clone, Debug)]
pub struct TfIdf {
    idf: Idf,
    stop_words: StopWords,
    min_chars: usize,
    allowed_tags: Vec<Tag>,
    hmm: bool,
    profile: Profile,
}

impl Default for TfIdf {
    fn default() -> TfIdf {
        TfIdf::new()
    }
}

impl TfIdf {
    /// The extractor with the embedded IDF table and the default stop words, for words of two characters and more.
    pub fn new() -> TfIdf {
        TfIdf::builder().build()
    }

    /// A builder, for everything else.
    pub fn builder() -> TfIdfBuilder {
        TfIdfBuilder::default()
    }

    /// The `k` best keywords of `text`, the best first. Ties go to what occurs first in the text, in
    /// [`Profile::Jieba`] to what sorts first; the `k` best are the first of the `k + 1` best.
    pub fn extract<S: TermSource + ?Sized>(&self, source: &S, text: &str, k: usize) -> Vec<Keyword> {
        let terms = self.count(source, text);
        let total: usize = terms.iter().map(|term| term.count).sum();
        let joined = source.dictionary().is_some_and(|dictionary| self.idf.is_joined_to(dictionary));
        let mut weighed: Vec<(f64, &Counted<'_>)> = terms
            .iter()
            .map(|counted| {
                let idf = match counted.term.word().filter(|_| joined) {
                    Some(word) => self.idf.of_word(word),
                    None => self.idf.get(&source.simplified(counted.term.text())),
                };
                (counted.count as f64 * idf.unwrap_or(self.idf.of_unknown()) / total as f64, counted)
            })
            .collect();
        // Terms come in the order of their first places, and the sort is stable.
        weighed.sort_by(|(a, a_term), (b, b_term)| {
            let by_text = || a_term.term.text().cmp(b_term.term.text());
            b.total_cmp(a)
                .then_with(|| if self.profile == Profile::Jieba { by_text() } else { std::cmp::Ordering::Equal })
        });
        weighed.truncate(k);
        let keyword = |(weight, counted): (f64, &Counted<'_>)| Keyword {
            text: counted.term.text().to_owned(),
            simplified: match source.simplified(counted.term.text()) {
                Cow::Borrowed(_) => None,
                Cow::Owned(simplified) => Some(simplified),
            },
            weight,
            count: counted.count,
            tag: source.tag_of(&counted.term),
            first: counted.term.range(),
        };
        weighed.into_iter().map(keyword).collect()
    }

    /// The different terms of `text` that may be keywords, by their first places.
    fn count<'t, S: TermSource + ?Sized>(&self, source: &S, text: &'t str) -> Vec<Counted<'t>> {
        let mut terms: Vec<Counted<'t>> = Vec::new();
        let mut by_text: HashMap<Cow<'t, str>, usize> = HashMap::new();
        let mut by_word = Slots::borrow();
        source.each_term(text, self.hmm, &mut |term| {
            let slot = match term.word() {
                Some(word) => by_word.slot(word, terms.len()),
                None => *by_text.entry(source.simplified(term.text())).or_insert(terms.len()),
            };
            if slot == terms.len() {
                // What is no keyword keeps its slot, so that it is judged but once.
                terms.push(Counted { term, count: 0, is_candidate: self.is_candidate(source, &term) });
            }
            terms[slot].count += 1;
        });
        by_word.give_back(terms.iter().filter_map(|counted| counted.term.word()));
        terms.retain(|counted| counted.is_candidate);
        terms
    }

    fn is_candidate<S: TermSource + ?Sized>(&self, source: &S, term: &Term<'_>) -> bool {
        let text = term.text();
        text.chars().count() >= self.min_chars
            && !self.stop_words.contains(text)
            && (self.profile == Profile::Jieba || text.contains(char::is_alphabetic) && !is_amount(source.tag_of(term)))
            && (self.allowed_tags.is_empty() || self.allowed_tags.contains(&source.tag_of(term)))
    }
}

/// Whether this is the tag of numbers and of amounts, such as 亿元.
fn is_amount(tag: Tag) -> bool {
    tag.as_str().starts_with('m')
}

/// A term and how often it occurs.
struct Counted<'t> {
    /// The first of its kind.
    term: Term<'t>,
    count: usize,
    is_candidate: bool,
}

/// For each word number, a slot: four bytes for each word of the dictionary, all zero between calls, so that only
/// those of the words that occur are ever touched. A thread keeps one set.
struct Slots(Vec<u32>);

thread_local! {
    static KEPT_SLOTS: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
}

/// What a thread keeps, in words: enough for a large dictionary.
const MOST_KEPT: usize = 1 << 20;

impl Slots {
    fn borrow() -> Slots {
        Slots(KEPT_SLOTS.take())
    }

    /// The slot of `word`; `next` if it has none yet.
    fn slot(&mut self, word: WordId, next: usize) -> usize {
        let word = word.index();
        if self.0.len() <= word {
            // Zeros from the system cost nothing until they are touched; those of a vector that grows are written.
            let mut slots = vec![0; (word + 1).next_power_of_two()];
            slots[..self.0.len()].copy_from_slice(&self.0);
            self.0 = slots;
        }
        if self.0[word] == 0 {
            self.0[word] = next as u32 + 1;
        }
        self.0[word] as usize - 1
    }

    /// Free the slots of these words, and leave them for the next call.
    fn give_back(mut self, words: impl Iterator<Item = WordId>) {
        words.for_each(|word| self.0[word.index()] = 0);
        if self.0.len() <= MOST_KEPT {
            KEPT_SLOTS.set(self.0);
        }
    }
}

/// Puts a [`TfIdf`] together; what is not said is as in [`TfIdf::new`].
#[derive(Clone, Debug)]
#[must_use]
pub struct TfIdfBuilder {
    idf: Option<Idf>,
    stop_words: Option<StopWords>,
    min_chars: usize,
    allowed_tags: Vec<Tag>,
    hmm: Option<bool>,
    profile: Profile,
}

impl Default for TfIdfBuilder {
    fn default() -> TfIdfBuilder {
        TfIdfBuilder {
            idf: None,
            stop_words: None,
            min_chars: 2,
            allowed_tags: Vec::new(),
            hmm: None,
            profile: Profile::default(),
        }
    }
}

impl TfIdfBuilder {
    /// The table of inverse document frequencies. Default: [`Idf::embedded`].
    pub fn idf(mut self, idf: Idf) -> Self {
        self.idf = Some(idf);
        self
    }

    /// The words that are never keywords. Default: [`StopWords::default`], in [`Profile::Jieba`]
    /// [`StopWords::jieba`].
    pub fn stop_words(mut self, stop_words: StopWords) -> Self {
        self.stop_words = Some(stop_words);
        self
    }

    /// The length of the shortest keyword, in characters. Default: 2.
    pub fn min_chars(mut self, min_chars: usize) -> Self {
        self.min_chars = min_chars;
        self
    }

    /// The parts of speech that keywords may have; all, if there are none here. Default: all.
    pub fn allowed_tags(mut self, tags: impl IntoIterator<Item = Tag>) -> Self {
        self.allowed_tags = tags.into_iter().collect();
        self
    }

    /// Whether words that the dictionary does not have are looked for. Default: yes, in [`Profile::Jieba`] no.
    pub fn hmm(mut self, hmm: bool) -> Self {
        self.hmm = Some(hmm);
        self
    }

    /// [`Profile::Jieba`], together with a segmenter of that profile: the very keywords, order and weights of
    /// jieba-rs 0.11.0. Default: [`Profile::Natural`], in which numbers and
    /// amounts (`3.14`, 亿元) are no keywords.
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// The extractor.
    pub fn build(self) -> TfIdf {
        let is_jieba = self.profile == Profile::Jieba;
        let default_words = || if is_jieba { StopWords::jieba() } else { StopWords::default() };
        TfIdf {
            idf: self.idf.unwrap_or_else(Idf::embedded),
            stop_words: self.stop_words.unwrap_or_else(default_words),
            min_chars: self.min_chars,
            allowed_tags: self.allowed_tags,
            hmm: self.hmm.unwrap_or(!is_jieba),
            profile: self.profile,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Segmenter;

    #[test]
    fn forms_of_a_word_are_one_keyword() {
        let text = "數據中心与数据中心，軟銀和软银，數據中心。";
        let keywords = TfIdf::new().extract(&Segmenter::new(), text, 10);
        let found: Vec<_> = keywords.iter().map(|k| (k.text(), k.simplified(), k.count())).collect();
        assert_eq!(found, [("數據中心", "数据中心", 3), ("軟銀", "软银", 2)]);
    }
}
