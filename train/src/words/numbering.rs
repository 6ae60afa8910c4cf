//! Numbers everything that has weights: symbols, and pairs of neighbours.

use std::collections::HashMap;

use fenci::segment::{Marks, Symbol};

use super::corpus::{LATIN, NUMBER, Sentence, is_han};

/// The number of edges before a text and after it.
pub(super) const EDGES: usize = 2;
/// The number of a pair without weights.
pub(super) const NONE: u32 = u32::MAX;

/// The numbers for a training text.
pub(super) struct Numbering {
    /// The characters that are symbols: Han characters first, then by falling frequency.
    pub(super) chars: Vec<char>,
    /// The number of Han characters among them.
    pub(super) han: usize,
    symbols: HashMap<char, u16>,
    pub(super) pairs: Pairs,
}

/// Pairs of symbols that are frequent enough to have weights.
#[derive(Default)]
pub(super) struct Pairs {
    pub(super) of: Vec<[u16; 2]>,
    numbers: HashMap<[u16; 2], u32>,
}

/// A sentence, ready to learn from.
pub(super) struct Example<'s> {
    pub(super) sentence: &'s Sentence,
    /// The symbols, with two edges on either side.
    pub(super) symbols: Vec<u16>,
    /// The number of each pair of neighbours, by its first symbol.
    pub(super) pairs: Vec<u32>,
    /// The marks of the dictionary; `None` if the dictionary is not asked.
    pub(super) marks: Option<Vec<u8>>,
}

impl Example<'_> {
    /// Returns the mark of a symbol, and the number of its pair with the mark before it. Marks of
    /// edges are 0.
    pub(super) fn marks_at(&self, at: usize) -> Option<(usize, usize)> {
        let marks = self.marks.as_ref()?;
        let mark = |at: Option<usize>| at.and_then(|at| marks.get(at)).copied().unwrap_or(0);
        let (before, here) = (mark(at.checked_sub(EDGES + 1)), mark(at.checked_sub(EDGES)));
        Some((here.into(), Marks::pair(before, here).into()))
    }
}

impl Numbering {
    /// Numbers the symbols and pairs that the text has at least `least` times.
    pub(super) fn new(sentences: &[Sentence], least: u32) -> Numbering {
        let mut counts: HashMap<char, u32> = HashMap::new();
        let chars = sentences.iter().flat_map(|sentence| &sentence.chars).filter(|&&c| c != NUMBER && c != LATIN);
        chars.for_each(|&c| *counts.entry(c).or_default() += 1);
        let mut chars: Vec<(char, u32)> = counts.into_iter().filter(|&(_, count)| count >= least).collect();
        chars.sort_by_key(|&(c, count)| (!is_han(c), std::cmp::Reverse(count), c));
        // A symbol has sixteen bits. Fewer characters than that are in use.
        chars.truncate(60_000);
        let chars: Vec<char> = chars.into_iter().map(|(c, _)| c).collect();
        let mut numbering = Numbering {
            han: chars.iter().filter(|&&c| is_han(c)).count(),
            symbols: chars.iter().copied().zip(Symbol::FIRST..).collect(),
            chars,
            pairs: Pairs::default(),
        };
        let mut pairs: HashMap<[u16; 2], u32> = HashMap::new();
        for sentence in sentences {
            let symbols = numbering.padded(sentence);
            symbols.windows(2).for_each(|pair| *pairs.entry([pair[0], pair[1]]).or_default() += 1);
        }
        numbering.pairs = Pairs::new(pairs, least);
        numbering
    }

    pub(super) fn symbols(&self) -> usize {
        usize::from(Symbol::FIRST) + self.chars.len()
    }

    pub(super) fn symbol(&self, c: char) -> u16 {
        match c {
            NUMBER => Symbol::NUMBER,
            LATIN => Symbol::LATIN,
            _ => self.symbols.get(&c).copied().unwrap_or(if is_han(c) { Symbol::UNKNOWN_HAN } else { Symbol::OTHER }),
        }
    }

    fn padded(&self, sentence: &Sentence) -> Vec<u16> {
        let edges = [Symbol::EDGE; EDGES];
        edges.into_iter().chain(sentence.chars.iter().map(|&c| self.symbol(c))).chain(edges).collect()
    }

    pub(super) fn example<'s>(&self, sentence: &'s Sentence, marks: Option<Vec<u8>>) -> Example<'s> {
        let symbols = self.padded(sentence);
        let pairs = symbols.windows(2).map(|pair| self.pairs.number([pair[0], pair[1]])).collect();
        Example { sentence, symbols, pairs, marks }
    }
}

impl Pairs {
    fn new(counts: HashMap<[u16; 2], u32>, least: u32) -> Pairs {
        let mut of: Vec<[u16; 2]> =
            counts.into_iter().filter(|&(_, count)| count >= least).map(|(pair, _)| pair).collect();
        of.sort_unstable();
        Pairs { numbers: of.iter().copied().zip(0..).collect(), of }
    }

    fn number(&self, pair: [u16; 2]) -> u32 {
        self.numbers.get(&pair).copied().unwrap_or(NONE)
    }
}
