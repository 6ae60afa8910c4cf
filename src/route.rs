//! Every dictionary word in a batch of text, and the best way through them.
//!
//! Words are found level by level: first, for every position, whether its two characters may begin a word (a bit
//! of the pair filter), and the positions for which they may are packed without a branch; then the cell of those
//! two characters; then, for those that have children, the cell of the third, and so on. All positions of a level
//! are independent, so that their cache misses overlap and nothing is mispredicted, which a walk position by
//! position cannot have.
//!
//! The words of up to four characters, nearly all, stand in dense arrays by position, longer ones in a list. The
//! best route is then found from right to left, as jieba does: the sum of the words' log probabilities, added in
//! the same order, so that it is the same to the last bit; of equal routes the one with the longer word wins.

use crate::lexicon::Lexicon;
use crate::lexicon::codes::{BREAK, Code, GLUE};
use crate::lexicon::double_array::NO_WORD;
use crate::text::Piece;

/// Word lengths from two to this have a place in the dense arrays.
const DENSE: usize = 4;

/// The dictionary words of a batch and the route through them.
#[derive(Default)]
pub(crate) struct Route {
    /// By position: the classes of the words of two, three and four characters that begin there; and whether
    /// longer ones do.
    classes: Vec<[u16; DENSE]>,
    /// By position: the cells of those words, where there is a class.
    cells: Vec<[u32; DENSE - 1]>,
    /// The longer words, sorted by position, then by length.
    long: Vec<LongWord>,
    /// Prefixes that have children: position, and base of the children.
    open: Vec<(u32, u32)>,
    scores: Vec<f64>,
    steps: Vec<u8>,
}

#[derive(Clone, Copy)]
struct LongWord {
    start: u32,
    len: u16,
    class: u16,
    cell: u32,
}

/// The longest of the words of two, three and four characters whose bits are set; one character, if none is.
const LONGEST_REACHED: [u8; 8] = [1, 2, 3, 3, 4, 4, 4, 4];

/// The greater of two numbers that are not NaN: one instruction, where `f64::max` must mind NaN.
#[inline(always)]
fn max(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// `yes` if `condition` holds, else `no`, without a branch.
#[inline(always)]
fn choose(condition: bool, yes: f64, no: f64) -> f64 {
    let mask = u64::from(condition).wrapping_neg();
    f64::from_bits(yes.to_bits() & mask | no.to_bits() & !mask)
}

impl Route {
    /// Find all words in `codes`, which end with a [`BREAK`].
    pub(crate) fn find(&mut self, lexicon: Lexicon<'_>, codes: &[Code]) {
        let len = codes.len() - 1;
        self.classes.clear();
        self.classes.resize(len, [NO_WORD; DENSE]);
        // Cells are read where a class says so only; what an earlier batch left does no harm.
        if self.cells.len() < len {
            self.cells.resize(len, [0; DENSE - 1]);
        }
        if self.open.len() < len {
            self.open.resize(len, (0, 0));
        }
        self.long.clear();

        let mut open = 0;
        for (at, pair) in codes.windows(2).enumerate() {
            self.open[open].0 = at as u32;
            open += usize::from(lexicon.pairs.may_begin(pair[0], pair[1]));
        }
        for (_, base) in &mut self.open[..open] {
            *base = 0;
        }
        for slot in 0..open {
            let at = self.open[slot].0 as usize;
            self.open[slot].1 = lexicon.cell(codes[at].into()).base;
        }
        for depth in 2.. {
            if open == 0 {
                break;
            }
            let mut still_open = 0;
            for slot in 0..open {
                let (start, base) = self.open[slot];
                let at = start as usize;
                let code = codes[at + depth - 1];
                let index = base as usize + usize::from(code);
                let cell = lexicon.cell(index);
                // Without a base, the cell is that of the code alone.
                let found = cell.label == code && base != 0;
                let class = if found { cell.class } else { NO_WORD };
                if depth <= DENSE {
                    self.classes[at][depth - 2] = class;
                    self.cells[at][depth - 2] = index as u32;
                } else if class != NO_WORD {
                    self.classes[at][DENSE - 1] = 1;
                    self.long.push(LongWord { start, len: depth as u16, class, cell: index as u32 });
                }
                self.open[still_open] = (start, cell.base);
                still_open += usize::from(found && cell.base != 0);
            }
            open = still_open;
        }
        // Sorted by length so far; the sort is stable.
        self.long.sort_by_key(|word| word.start);
    }

    /// Drop the words that begin or end inside of a piece, and let the route pass through pieces as one step.
    pub(crate) fn keep_whole(&mut self, codes: &mut [Code], pieces: &[Piece]) {
        for piece in pieces {
            let (start, end) = (piece.start as usize, piece.end as usize);
            for at in (start + 1).saturating_sub(DENSE)..=start {
                for len in 2..=DENSE {
                    if at + len > start && at + len < end {
                        self.classes[at][len - 2] = NO_WORD;
                    }
                }
            }
            self.classes[start + 1..end].fill([NO_WORD; DENSE]);
            codes[start + 1..end].fill(GLUE);
        }
        if !self.long.is_empty() {
            let inside = |at: usize| codes[at] == GLUE;
            self.long.retain(|word| {
                let start = word.start as usize;
                !inside(start) && !inside(start + usize::from(word.len))
            });
            for classes in &mut self.classes {
                classes[DENSE - 1] = 0;
            }
            for word in &self.long {
                self.classes[word.start as usize][DENSE - 1] = 1;
            }
        }
    }

    /// Find the best route through the words found.
    pub(crate) fn solve(&mut self, lexicon: Lexicon<'_>, codes: &[Code]) {
        let len = codes.len() - 1;
        if self.scores.len() <= len {
            self.scores.resize(len + 1, 0.0);
            self.steps.resize(len + 1, 0);
        }
        self.scores[len] = 0.0;
        // The scores one to four positions on.
        let mut ahead = [0.0; DENSE];
        let mut long = self.long.len();
        for at in (0..len).rev() {
            let [two, three, four, longer] = self.classes[at];
            let one = lexicon.cell(codes[at].into()).class;
            let one = lexicon.weight(one) + ahead[0];
            let two = lexicon.weight(two) + ahead[1];
            let three = lexicon.weight(three) + ahead[2];
            let four = lexicon.weight(four) + ahead[3];
            // Which is best cannot be predicted, so nothing here branches: comparisons become numbers, choices masks.
            let mut score = max(max(one, two), max(three, four));
            let reached =
                usize::from(two == score) | usize::from(three == score) << 1 | usize::from(four == score) << 2;
            let mut step = LONGEST_REACHED[reached];
            if longer != 0 {
                let end = long;
                while long > 0 && self.long[long - 1].start as usize == at {
                    long -= 1;
                }
                for word in &self.long[long..end] {
                    let other = lexicon.weight(word.class) + self.scores[at + usize::from(word.len)];
                    if other >= score {
                        (score, step) = (other, word.len as u8);
                    }
                }
            }
            // Where no word begins, the character alone; and each run is scored for itself.
            let is_none = score == f64::NEG_INFINITY;
            step = if is_none { 1 } else { step };
            let alone = choose(is_none, lexicon.unknown + ahead[0], score);
            let score = choose(codes[at] == BREAK, 0.0, alone);
            self.scores[at] = score;
            self.steps[at] = step;
            ahead = [score, ahead[0], ahead[1], ahead[2]];
        }
    }

    /// The length of the route's word at `at`.
    #[inline]
    pub(crate) fn step(&self, at: usize) -> usize {
        self.steps[at].into()
    }

    /// The cell of the dictionary word of `len` characters at `at`, if there is one.
    #[inline]
    pub(crate) fn word(&self, lexicon: Lexicon<'_>, codes: &[Code], at: usize, len: usize) -> Option<usize> {
        match len {
            0 => None,
            1 => {
                let cell = usize::from(codes[at]);
                (lexicon.cell(cell).class != NO_WORD).then_some(cell)
            }
            2..=DENSE => (self.classes[at][len - 2] != NO_WORD).then(|| self.cells[at][len - 2] as usize),
            _ if self.classes[at][DENSE - 1] == 0 => None,
            _ => {
                let key = |word: &LongWord| (word.start as usize, usize::from(word.len));
                let index = self.long.binary_search_by_key(&(at, len), key).ok()?;
                Some(self.long[index].cell as usize)
            }
        }
    }

    /// Every dictionary word that begins at `at`, the shortest first: its length and its cell.
    #[inline]
    pub(crate) fn each_word(
        &self,
        lexicon: Lexicon<'_>,
        codes: &[Code],
        at: usize,
        mut each: impl FnMut(usize, usize),
    ) {
        for len in 1..=DENSE {
            if let Some(cell) = self.word(lexicon, codes, at, len) {
                each(len, cell);
            }
        }
        if self.classes[at][DENSE - 1] != 0 {
            let first = self.long.partition_point(|word| (word.start as usize) < at);
            for word in self.long[first..].iter().take_while(|word| word.start as usize == at) {
                each(word.len.into(), word.cell as usize);
            }
        }
    }

    /// Free what a huge run left behind.
    pub(crate) fn release(&mut self) {
        crate::release(&mut self.classes);
        crate::release(&mut self.cells);
        crate::release(&mut self.long);
        crate::release(&mut self.open);
        crate::release(&mut self.scores);
        crate::release(&mut self.steps);
    }
}
