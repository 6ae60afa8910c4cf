//! The terms of a text, counted.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::judge::{Judge, Judgement};
use super::{Extractor, Idf, Keyword, Term, TermSource};
use crate::WordId;

/// The terms of a text.
pub(super) struct Terms<'t> {
    /// The different ones, by their first places.
    pub(super) distinct: Vec<Counted<'t>>,
    /// All of them, in order.
    pub(super) tokens: Vec<Token>,
}

/// A term and how often it occurs.
pub(super) struct Counted<'t> {
    /// The first of its kind.
    pub(super) term: Term<'t>,
    pub(super) count: usize,
    pub(super) judgement: Judgement,
}

/// A place where a term occurs.
pub(super) struct Token {
    /// Which of the different terms it is.
    pub(super) slot: u32,
    len: u32,
    start: usize,
}

impl Token {
    fn new(slot: usize, at: Range<usize>) -> Token {
        Token { slot: slot as u32, len: at.len() as u32, start: at.start }
    }

    /// Where it stands in the text, in bytes.
    pub(super) fn at(&self) -> Range<usize> {
        self.start..self.end()
    }

    #[inline]
    pub(super) fn start(&self) -> usize {
        self.start
    }

    #[inline]
    pub(super) fn end(&self) -> usize {
        self.start + self.len as usize
    }
}

impl<'t> Terms<'t> {
    pub(super) fn of<S: TermSource + ?Sized>(extractor: &Extractor, source: &S, text: &'t str) -> Terms<'t> {
        let mut distinct: Vec<Counted<'t>> = Vec::new();
        let mut tokens = Vec::with_capacity((text.len() / 4).min(MOST_AT_ONCE));
        let mut by_text: HashMap<Cow<'t, str>, usize> = HashMap::new();
        let mut by_word = Slots::borrow();
        let mut marks = Marks::default();
        let judge = Judge::new(extractor, source);
        source.each_term(text, extractor.hmm, &mut |term| {
            let slot = match term.word() {
                Some(word) => by_word.slot(word, distinct.len()),
                None => {
                    marks.slot(term.text(), || *by_text.entry(source.simplified(term.text())).or_insert(distinct.len()))
                }
            };
            if slot == distinct.len() {
                // What is no keyword keeps its slot, so that it is judged but once.
                let judgement = judge.judge(&term);
                distinct.push(Counted { term, count: 0, judgement });
            }
            distinct[slot].count += 1;
            tokens.push(Token::new(slot, term.range()));
        });
        by_word.give_back(distinct.iter().filter_map(|counted| counted.term.word()));
        Terms { distinct, tokens }
    }

    /// How often the term of the token `at` occurs.
    pub(super) fn count_at(&self, at: usize) -> usize {
        self.distinct[self.tokens[at].slot as usize].count
    }

    /// The `k` heaviest of the candidates, which have their weights in `weights`: the heaviest first, ties by the first
    /// place, or, if `by_text`, by the text.
    pub(super) fn keywords<S: TermSource + ?Sized>(
        &self,
        source: &S,
        mut weights: Vec<(f64, usize)>,
        k: usize,
        by_text: bool,
    ) -> Vec<Keyword> {
        let text = |slot: usize| self.distinct[slot].term.text();
        // Terms are numbered by their first places. No two are equal, so that any way of sorting gives the same.
        let heaviest_first = |&(a, a_slot): &(f64, usize), &(b, b_slot): &(f64, usize)| {
            let by_text = || if by_text { text(a_slot).cmp(text(b_slot)) } else { Ordering::Equal };
            b.total_cmp(&a).then_with(by_text).then(a_slot.cmp(&b_slot))
        };
        if k < weights.len() {
            weights.select_nth_unstable_by(k, heaviest_first);
            weights.truncate(k);
        }
        weights.sort_unstable_by(heaviest_first);
        let mut ranks = vec![None; self.distinct.len()];
        for (rank, &(_, slot)) in weights.iter().enumerate() {
            ranks[slot] = Some(rank);
        }
        let mut places: Vec<Vec<Range<usize>>> =
            weights.iter().map(|&(_, slot)| Vec::with_capacity(self.distinct[slot].count)).collect();
        for token in &self.tokens {
            if let Some(rank) = ranks[token.slot as usize] {
                places[rank].push(token.at());
            }
        }
        let keyword = |((weight, slot), places): ((f64, usize), Vec<Range<usize>>)| Keyword {
            text: text(slot).to_owned(),
            simplified: simplified(source, text(slot)),
            weight,
            words: 1,
            // It may not have been asked for yet.
            tag: source.tag_of(&self.distinct[slot].term),
            places,
        };
        weights.into_iter().zip(places).map(keyword).collect()
    }
}

/// Room for the tokens of an article at once; for those of a book, as they come.
const MOST_AT_ONCE: usize = 1 << 12;

/// The Simplified form of a text, if it is another.
pub(super) fn simplified<S: TermSource + ?Sized>(source: &S, text: &str) -> Option<String> {
    match source.simplified(text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(simplified) => Some(simplified),
    }
}

/// The inverse document frequencies of terms of one source.
pub(super) struct Frequencies<'s, S: ?Sized> {
    idf: &'s Idf,
    source: &'s S,
    is_joined: bool,
}

impl<'s, S: TermSource + ?Sized> Frequencies<'s, S> {
    pub(super) fn new(idf: &'s Idf, source: &'s S) -> Frequencies<'s, S> {
        let is_joined = source.dictionary().is_some_and(|dictionary| idf.is_joined_to(dictionary));
        Frequencies { idf, source, is_joined }
    }

    pub(super) fn of(&self, term: &Term<'_>) -> f64 {
        let idf = match term.word().filter(|_| self.is_joined) {
            Some(word) => self.idf.of_word(word),
            None => self.idf.get(&self.source.simplified(term.text())),
        };
        idf.unwrap_or(self.idf.of_unknown())
    }
}

/// The slots of the last few short terms that are no words: commas and full stops, mostly.
#[derive(Default)]
struct Marks([(u32, u32); 16]);

impl Marks {
    /// The slot of a term, found by `find` if it is not among the last ones.
    fn slot(&mut self, text: &str, find: impl FnOnce() -> usize) -> usize {
        let bytes = text.as_bytes();
        let key = match *bytes {
            [a] => u32::from_le_bytes([a, 0, 0, 1]),
            [a, b, c] => u32::from_le_bytes([a, b, c, 3]),
            _ => return find(),
        };
        let last = &mut self.0[usize::from(bytes[bytes.len() - 1] & 15)];
        if last.0 != key {
            *last = (key, find() as u32);
        }
        last.1 as usize
    }
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
