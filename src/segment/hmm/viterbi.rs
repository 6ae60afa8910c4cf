//! The likeliest labels of a run of characters, found by the Viterbi algorithm.
//!
//! Each character is the beginning (B), end (E) or middle (M) of a word, or a word of its own (S).
//! So the labels say where words end.

use crate::segment::route::step_over;
use crate::storage::char_table::PageTable;

/// The labels, in the order of the model's files.
pub(super) const B: usize = 0;
pub(super) const E: usize = 1;
pub(super) const M: usize = 2;
pub(super) const S: usize = 3;
pub(super) const LABELS: usize = 4;

/// A model as the hot loop reads it.
#[derive(Clone, Copy)]
pub(crate) struct Hmm<'a> {
    pub(super) table: PageTable<'a>,
    /// The rows, with four emissions each.
    pub(super) rows: &'a [[[u8; 8]; LABELS]],
    pub(super) start: &'a [f64; LABELS],
    /// From the first label to the second.
    pub(super) transitions: &'a [[f64; LABELS]; LABELS],
}

/// By label and choice: the label before. B and S come after E or S, E and M after B or M.
const BEFORE: [[usize; 2]; LABELS] = [[E, S], [B, M], [B, M], [E, S]];

impl Hmm<'_> {
    #[inline]
    pub(super) fn emissions(&self, row: u16) -> [f64; LABELS] {
        self.rows[usize::from(row)].map(f64::from_le_bytes)
    }

    /// Returns the row of a character, given as a number.
    #[inline(always)]
    pub(crate) fn row(&self, c: u32) -> u16 {
        self.table.at(c)
    }

    /// Finds the words of a run, given by the rows of its characters, at least one. Sets each
    /// character's step to the end of its word.
    ///
    /// Ties are resolved as in jieba-rs: of two predecessors with equal scores, the one later in
    /// the order B, E, M, S wins.
    ///
    /// There must be as many `choices` as characters. They get, by character, a bit for each label,
    /// which is set if the second of its two predecessors was the better one.
    #[inline]
    pub(crate) fn cut(&self, rows: &[u16], choices: &mut [u8], steps: &mut [u8]) {
        let [first, after @ ..] = rows else { return };
        let choices = &mut choices[..rows.len()];
        // The better predecessor is unpredictable: a maximum and a bit avoid the branch.
        let better = |first: f64, second: f64| (if first > second { first } else { second }, u8::from(first <= second));
        let emissions = self.emissions(*first);
        let mut scores: [f64; LABELS] = std::array::from_fn(|label| self.start[label] + emissions[label]);
        for (&row, bits) in after.iter().zip(&mut choices[1..]) {
            let emissions = self.emissions(row);
            let step = |from: usize, to: usize| scores[from] + self.transitions[from][to] + emissions[to];
            let (b, b_bit) = better(step(E, B), step(S, B));
            let (e, e_bit) = better(step(B, E), step(M, E));
            let (m, m_bit) = better(step(B, M), step(M, M));
            let (s, s_bit) = better(step(E, S), step(S, S));
            scores = [b, e, m, s];
            *bits = b_bit << B | e_bit << E | m_bit << M | s_bit << S;
        }

        // This is unpredictable, too. No run ends with B or M.
        let mut label = S ^ ((E ^ S) * usize::from(scores[E] > scores[S]));
        let mut chars = 0;
        for (step, bits) in steps.iter_mut().zip(choices).rev() {
            chars = if ENDS[label] { 1 } else { chars + 1 };
            *step = step_over(chars);
            label = BEFORE[label][usize::from(*bits >> label & 1)];
        }
    }
}

/// By label: `true` if a word ends with it.
const ENDS: [bool; LABELS] = [false, true, false, true];
