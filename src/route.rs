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
use crate::lexicon::double_array::{GLUE_CLASS, NO_WORD};
use crate::text::Piece;

/// Word lengths up to this have a place in the dense arrays.
const DENSE: usize = 4;

/// The dictionary words of a batch and the route through them.
#[derive(Default)]
pub(crate) struct Route {
    /// By position: the classes of the words of one to four characters that begin there.
    classes: Vec<[u16; DENSE]>,
    /// By position: the cells of the words of two to four characters, where there is a class.
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
        // Cells are read where a class says so only; what an earlier batch left does no harm.
        if self.cells.len() < len {
            self.cells.resize(len, [0; DENSE - 1]);
        }
        // One place more, for what is written and not kept.
        if self.open.len() <= len {
            self.open.resize(len + 1, (0, 0));
        }
        self.long.clear();

        let mut open = 0;
        self.classes.extend(codes.windows(2).enumerate().map(|(at, pair)| {
            let one = lexicon.cell(pair[0].into());
            self.open[open] = (at as u32, one.base);
            open += usize::from(lexicon.pairs.may_begin(pair[0], pair[1]) & (one.base != 0));
            [one.class, NO_WORD, NO_WORD, NO_WORD]
        }));
        for depth in 2..=DENSE {
            open = self.descend(lexicon, codes, depth, open, |route, start, class, cell| {
                route.classes[start][depth - 1] = class;
                route.cells[start][depth - 2] = cell;
            });
        }
        let mut depth = DENSE;
        while open > 0 {
            depth += 1;
            open = self.descend(lexicon, codes, depth, open, |route, start, class, cell| {
                if class != NO_WORD {
                    route.long.push(LongWord { start: start as u32, len: depth as u16, class, cell });
                }
            });
        }
        // Sorted by length so far; the sort is stable.
        self.long.sort_by_key(|word| word.start);
    }

    /// Go on from the first `open` prefixes to those of `depth` characters: `each` gets the position, the class, if a
    /// word ends there, and the cell of each. Gives how many of them have children; these are packed in front.
    #[inline(always)]
    fn descend(
        &mut self,
        lexicon: Lexicon<'_>,
        codes: &[Code],
        depth: usize,
        open: usize,
        mut each: impl FnMut(&mut Route, usize, u16, u32),
    ) -> usize {
        let mut still_open = 0;
        for slot in 0..open {
            let (start, base) = self.open[slot];
            let code = codes[start as usize + depth - 1];
            let index = base as usize + usize::from(code);
            let cell = lexicon.cell(index);
            let found = cell.label == code;
            // No branch here: whether a prefix goes on cannot be predicted.
            let class = if found { cell.class } else { NO_WORD };
            each(self, start as usize, class, index as u32);
            self.open[still_open] = (start, cell.base);
            still_open += usize::from(found & (cell.base != 0));
        }
        still_open
    }

    /// Drop the words that begin or end inside of a piece, and let the route pass through pieces as one step.
    pub(crate) fn keep_whole(&mut self, codes: &mut [Code], pieces: &[Piece]) {
        for piece in pieces {
            let (start, end) = (piece.start as usize, piece.end as usize);
            for at in (start + 1).saturating_sub(DENSE)..=start {
                for len in 2..=DENSE {
                    if at + len > start && at + len < end {
                        self.classes[at][len - 1] = NO_WORD;
                    }
                }
            }
            self.classes[start + 1..end].fill([GLUE_CLASS, NO_WORD, NO_WORD, NO_WORD]);
            codes[start + 1..end].fill(GLUE);
        }
        if !self.long.is_empty() {
            let inside = |at: usize| codes[at] == GLUE;
            self.long.retain(|word| {
                let start = word.start as usize;
                !inside(start) && !inside(start + usize::from(word.len))
            });
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
        // The long words that are left, and where the last of them begins.
        let mut long = self.long.len();
        let mut next_long = self.start_of_long(long);
        for at in (0..len).rev() {
            let [one, two, three, four] = self.classes[at];
            let one = lexicon.weight(one) + ahead[0];
            let two = lexicon.weight(two) + ahead[1];
            let three = lexicon.weight(three) + ahead[2];
            let four = lexicon.weight(four) + ahead[3];
            // Which is best cannot be predicted, so nothing here branches: comparisons become numbers, choices masks.
            let mut score = max(max(one, two), max(three, four));
            // None is above the best, and `>=` is one instruction where `==` must mind NaN.
            let reached =
                usize::from(two >= score) | usize::from(three >= score) << 1 | usize::from(four >= score) << 2;
            let mut step = LONGEST_REACHED[reached];
            while at as u32 == next_long {
                let word = self.long[long - 1];
                // The longest comes first here, so that a shorter one must be better.
                let other = lexicon.weight(word.class) + self.scores[at + usize::from(word.len)];
                if other > score || (other == score && usize::from(step) <= DENSE) {
                    (score, step) = (other, word.len as u8);
                }
                long -= 1;
                next_long = self.start_of_long(long);
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

    /// The natural logarithm of the probability of the route: that of all its runs together.
    #[cfg(feature = "article")]
    pub(crate) fn log_probability(&self, codes: &[Code]) -> f64 {
        let begins_run = |at: usize| at == 0 || codes[at - 1] == BREAK;
        (0..codes.len() - 1).filter(|&at| begins_run(at)).map(|at| self.scores[at]).sum()
    }

    /// Where the last of the first `count` long words begins; no position at all if there are none.
    fn start_of_long(&self, count: usize) -> u32 {
        count.checked_sub(1).map_or(u32::MAX, |last| self.long[last].start)
    }

    /// The length of the route's word at `at`.
    #[inline]
    pub(crate) fn step(&self, at: usize) -> usize {
        self.steps[at].into()
    }

    /// The cell of the dictionary word of `len` characters at `at`, if there is one.
    #[inline]
    pub(crate) fn word(&self, codes: &[Code], at: usize, len: usize) -> Option<usize> {
        match len {
            0 => None,
            1 => (self.classes[at][0] != NO_WORD).then(|| codes[at].into()),
            2..=DENSE => (self.classes[at][len - 1] != NO_WORD).then(|| self.cells[at][len - 2] as usize),
            _ => {
                let key = |word: &LongWord| (word.start as usize, usize::from(word.len));
                let index = self.long.binary_search_by_key(&(at, len), key).ok()?;
                Some(self.long[index].cell as usize)
            }
        }
    }

    /// Every dictionary word that begins at `at`, the shortest first: its length and its cell.
    #[inline]
    pub(crate) fn each_word(&self, codes: &[Code], at: usize, mut each: impl FnMut(usize, usize)) {
        let classes = self.classes[at];
        if classes[0] != NO_WORD {
            each(1, codes[at].into());
        }
        for (index, &cell) in self.cells[at].iter().enumerate() {
            if classes[index + 1] != NO_WORD {
                each(index + 2, cell as usize);
            }
        }
        if !self.long.is_empty() {
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
