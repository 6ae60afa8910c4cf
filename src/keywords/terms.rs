//! The terms of a text, counted.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::BuildHasher;
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
    /// Whether the tags of candidates have been asked for.
    are_tagged: bool,
}

/// A term and how often it occurs.
pub(super) struct Counted<'t> {
    /// The first of its kind.
    pub(super) term: Term<'t>,
    /// Its Simplified form, if it is another, for those without a number.
    form: Option<String>,
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
        let mut distinct: Vec<Counted<'t>> = Vec::with_capacity((text.len() / 16).min(MOST_AT_ONCE));
        let mut tokens = Vec::with_capacity((text.len() / 4).min(MOST_AT_ONCE));
        let mut by_text: HashMap<Cow<'t, str>, usize> = HashMap::new();
        let mut by_word = Slots::with_room(text.len() / 12);
        let mut marks = Marks::default();
        let judge = Judge::new(extractor, source);
        source.each_term(text, extractor.hmm, &mut |term| {
            let mut form = None;
            let slot = match term.word() {
                Some(word) => by_word.slot(word, distinct.len()),
                None => marks.slot(term.text(), || match by_text.get(term.text()) {
                    Some(&slot) => slot,
                    None => {
                        let mut slot = distinct.len();
                        if let Cow::Owned(simplified) = source.simplified(term.text()) {
                            slot = *by_text.entry(Cow::Owned(simplified.clone())).or_insert(slot);
                            form = Some(simplified);
                        }
                        by_text.insert(Cow::Borrowed(term.text()), slot);
                        slot
                    }
                }),
            };
            if slot == distinct.len() {
                // What is no keyword keeps its slot, so that it is judged but once.
                let judgement = judge.judge(&term, form.as_deref());
                distinct.push(Counted { term, form, count: 0, judgement });
            }
            distinct[slot].count += 1;
            tokens.push(Token::new(slot, term.range()));
        });
        Terms { distinct, tokens, are_tagged: judge.asks_for_tags }
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
            tag: match self.are_tagged {
                true => self.distinct[slot].judgement.tag,
                false => source.tag_of(&self.distinct[slot].term),
            },
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

    pub(super) fn of(&self, counted: &Counted<'_>) -> f64 {
        let term = &counted.term;
        let idf = match term.word() {
            Some(word) if self.is_joined => self.idf.of_word(word),
            Some(_) => self.idf.get(&self.source.simplified(term.text())),
            None => self.idf.get(counted.form.as_deref().unwrap_or(term.text())),
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

/// Slots by word number: open addressing, at the most half full. A table for the words of one text stays near the
/// processor, as one for all words of the dictionary does not.
struct Slots {
    /// The number plus 1, or 0, and the slot. As many as a power of two.
    cells: Vec<(u32, u32)>,
    len: usize,
    /// What numbers are multiplied with to find their cells: odd, and nobody knows it who writes a text.
    factor: u32,
}

impl Slots {
    /// Room for so many words.
    fn with_room(words: usize) -> Slots {
        let cells = vec![(0, 0); (2 * words.min(MOST_AT_ONCE)).next_power_of_two().max(16)];
        Slots { cells, len: 0, factor: foldhash::fast::RandomState::default().hash_one(0) as u32 | 1 }
    }

    /// The slot of `word`; `next` if it has none yet.
    #[inline]
    fn slot(&mut self, word: WordId, next: usize) -> usize {
        let key = word.index() as u32 + 1;
        let at = self.cell(key);
        if self.cells[at].0 == key {
            return self.cells[at].1 as usize;
        }
        self.cells[at] = (key, next as u32);
        self.len += 1;
        if 2 * self.len > self.cells.len() {
            self.grow();
        }
        next
    }

    /// The cell of a number, or the empty one where it belongs.
    #[inline]
    fn cell(&self, key: u32) -> usize {
        let mut at = (key.wrapping_mul(self.factor) >> (32 - self.cells.len().ilog2())) as usize;
        while self.cells[at].0 != key && self.cells[at].0 != 0 {
            at = (at + 1) & (self.cells.len() - 1);
        }
        at
    }

    #[cold]
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.cells);
        self.cells = vec![(0, 0); 2 * old.len()];
        for cell in old.into_iter().filter(|cell| cell.0 != 0) {
            let at = self.cell(cell.0);
            self.cells[at] = cell;
        }
    }
}
