//! The tags with the greatest sum: the algorithm of Viterbi.

use super::image::View;
use super::scores::Sums;
use crate::numbers::{fits, fits_u8, low};

const B: usize = 0;
const M: usize = 1;
const E: usize = 2;
const S: usize = 3;

/// By the four choices of a position, a bit each: the tags before, two bits for each tag.
const BEFORE: [u8; 16] = {
    let mut before = [0; 16];
    let mut choices = 0;
    while choices < 16 {
        let b = if choices & 1 == 0 { E } else { S };
        let m = if choices & 2 == 0 { B } else { M };
        let e = if choices & 4 == 0 { B } else { M };
        let s = if choices & 8 == 0 { E } else { S };
        before[choices] = fits_u8(b | m << 2 | e << 4 | s << 6);
        choices += 1;
    }
    before
};

/// Positions after which sums are counted from zero again, long before they could overflow.
const BLOCK: usize = 1 << 13;
/// Less than any sum, and far from overflow.
const NEVER: i32 = i32::MIN / 4;

/// The best tags of a text. The buffer is kept from text to text.
#[derive(Default)]
pub(crate) struct BestTags {
    tags: Vec<u8>,
}

impl BestTags {
    /// Finds the best tags for the sums of a text.
    pub(crate) fn find(&mut self, model: View<'_>, sums: &[Sums]) {
        self.tags.clear();
        self.tags.resize(sums.len(), 0);
        let Some(&first) = sums.first() else { return };
        let [b, _, e, s] = model.steps;
        let [_, m, ..] = model.steps;
        // The best sums of ways to here that end in each tag; the first character cannot go on with
        // a word.
        let [begin, _, _, single] = split(first);
        let mut best = [begin, NEVER, NEVER, single];
        let mut blocks = sums.chunks(BLOCK).zip(self.tags.chunks_mut(BLOCK));
        let mut skipped = 1;
        for (sums, choices) in &mut blocks {
            let highest = best.into_iter().max().unwrap_or(0);
            best = best.map(|sum| (sum - highest).max(NEVER));
            for (&sum, choice) in sums.iter().zip(choices).skip(skipped) {
                let [here_b, here_m, here_e, here_s] = split(sum);
                let (e_b, s_b) = (best[E] + e[B], best[S] + s[B]);
                let (b_m, m_m) = (best[B] + b[M], best[M] + m[M]);
                let (b_e, m_e) = (best[B] + b[E], best[M] + m[E]);
                let (e_s, s_s) = (best[E] + e[S], best[S] + s[S]);
                *choice = u8::from(s_b > e_b)
                    | u8::from(m_m > b_m) << 1
                    | u8::from(m_e > b_e) << 2
                    | u8::from(s_s > e_s) << 3;
                best = [e_b.max(s_b) + here_b, b_m.max(m_m) + here_m, b_e.max(m_e) + here_e, e_s.max(s_s) + here_s];
            }
            skipped = 0;
        }
        let mut tag: u8 = fits(if best[E] > best[S] { E } else { S });
        for choice in self.tags.iter_mut().rev() {
            let before = BEFORE[usize::from(*choice & 15)] >> (2 * tag) & 3;
            *choice = tag;
            tag = before;
        }
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        self.tags.capacity()
    }

    /// For each position whether a word ends there.
    pub(crate) fn ends(&self) -> impl ExactSizeIterator<Item = bool> + '_ {
        self.tags.iter().map(|&tag| usize::from(tag) >= E)
    }
}

#[inline(always)]
fn split(sum: Sums) -> [i32; 4] {
    std::array::from_fn(|tag| i32::from(low::<u16, _>(sum >> (16 * tag))))
}
