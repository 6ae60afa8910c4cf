//! For each position the sum of all weights, for its four tags at once.
//!
//! Four sums of sixteen bits share a register of 64: weights are bytes from 1 to 255 that stand for
//! -127 to 127, and at most fourteen of them are added, so that no sum runs into its neighbour. The
//! surplus is the same for all tags of a position and changes no choice. This is as fast as vector
//! instructions and runs everywhere.

use super::image::View;
use super::weights::Symbol;

/// A sum for each tag: B in the lowest sixteen bits, then M, E, S.
pub(crate) type Sums = u64;

const EVEN: u64 = 0x00ff_00ff_00ff_00ff;

/// The tags that a position may have, as a demand on the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tags(Sums);

impl Tags {
    /// More than all weights of a position and its neighbours can bring together.
    const DEMAND: u64 = 0x8000;
    pub(crate) const B: Tags = Tags(Tags::DEMAND);
    #[cfg(test)]
    pub(crate) const M: Tags = Tags(Tags::DEMAND << 16);
    pub(crate) const E: Tags = Tags(Tags::DEMAND << 32);
    pub(crate) const S: Tags = Tags(Tags::DEMAND << 48);
    /// A word begins here.
    pub(crate) const FIRST: Tags = Tags::B.or(Tags::S);
    /// A word ends here.
    pub(crate) const LAST: Tags = Tags::E.or(Tags::S);

    pub(crate) const fn or(self, other: Tags) -> Tags {
        Tags(self.0 | other.0)
    }
}

/// Edges before a text: two that its first positions see, and two that these are paired with.
const EDGES: usize = 4;

/// The symbols of a text and their sums. Buffers are kept from text to text.
#[derive(Default)]
pub(crate) struct Scores {
    /// Edges, the symbols, and after [`Scores::sum`] two edges more.
    symbols: Vec<u16>,
    /// The sums of the leading edges, which nobody reads, and those of the symbols.
    sums: Vec<Sums>,
    /// By symbol from the third on: the places of its pair with the one before, and of the pair
    /// around that.
    places: Vec<[u32; 2]>,
}

impl Scores {
    pub(crate) fn clear(&mut self) {
        self.symbols.clear();
    }

    #[inline]
    pub(crate) fn push(&mut self, symbol: u16) {
        if self.symbols.is_empty() {
            self.symbols.extend([Symbol::EDGE; EDGES]);
        }
        self.symbols.push(symbol);
    }

    /// Sums up the weights of all positions. `marks` has a byte for each symbol; without it, the
    /// dictionary's weights are left out.
    pub(crate) fn sum(&mut self, model: View<'_>, marks: Option<&[u8]>) {
        self.sums.clear();
        if self.symbols.is_empty() {
            return;
        }
        self.symbols.extend([Symbol::EDGE; 2]);
        let symbols = &self.symbols;
        self.sums.resize(symbols.len() - 2, 0);
        // All places first, in loops that do nothing else, so that the processor waits for many
        // lines of memory at once.
        self.places.clear();
        let pairs = symbols
            .windows(3)
            .map(|three| [model.pairs.place(three[1], three[2]), model.around.place(three[0], three[2])]);
        self.places.extend(pairs);
        for (place, three) in self.places.iter_mut().zip(symbols.windows(3)) {
            place[0] = model.pairs.check(place[0], three[1], three[2]);
            place[1] = model.around.check(place[1], three[0], three[2]);
        }
        // The sums of the positions from two before the newest symbol to two after it.
        let mut open = [0u64; 5];
        for ((three, &[pair, around]), sum) in symbols.windows(3).zip(&self.places).zip(&mut self.sums) {
            let [first, second, third] = model.rows[usize::from(three[2])].map(u64::from_le_bytes);
            let [_, a, b, c, d] = quarters(model.pairs.at(pair));
            let [_, around] = quarters(model.around.at(around));
            let (front, back, around) = (a | b << 32, c | d << 32, lanes(around));
            open[0] += (first & EVEN) + (front & EVEN);
            open[1] += (first >> 8 & EVEN) + (front >> 8 & EVEN) + around;
            open[2] += (second & EVEN) + (back & EVEN);
            open[3] += (second >> 8 & EVEN) + (back >> 8 & EVEN);
            open[4] = third & EVEN;
            // What is no Han character is a word by itself: the highest bit is the demand for S.
            *sum = open[0] + (u64::from(!model.is_han(three[0])) << 63);
            open = [open[1], open[2], open[3], open[4], 0];
        }
        if let Some(marks) = marks {
            let of = |mark: u8| lanes(u32::from_le_bytes(model.marks[usize::from(mark)]).into());
            // What a pair of marks brings to the second position.
            let mut second = 0;
            let sums = &mut self.sums[EDGES..];
            for (sum, pair) in sums.iter_mut().zip(marks.windows(2)) {
                let both = u64::from_le_bytes(model.mark_pairs[usize::from(pair[0]) << 8 | usize::from(pair[1])]);
                *sum += of(pair[0]) + second + (both & EVEN);
                second = both >> 8 & EVEN;
            }
            if let (Some(sum), Some(&mark)) = (sums.last_mut(), marks.last()) {
                *sum += of(mark) + second;
            }
        }
    }

    /// Demands that the position has one of some tags.
    #[inline]
    pub(crate) fn demand(&mut self, at: usize, tags: Tags) {
        const DEMANDS: u64 = 0x8000_8000_8000_8000;
        let sum = &mut self.sums[EDGES + at];
        // Two demands of a position are one for the tags that both allow.
        let before = *sum & DEMANDS;
        let both = if before == 0 { tags.0 } else { before & tags.0 };
        *sum = *sum & !DEMANDS | both;
    }

    /// Demands that a word ends before the position, and one begins with it.
    pub(crate) fn demand_border(&mut self, at: usize) {
        let len = self.as_slice().len();
        if at > 0 && at <= len {
            self.demand(at - 1, Tags::LAST);
        }
        if at < len {
            self.demand(at, Tags::FIRST);
        }
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        size_of::<u16>() * self.symbols.capacity()
            + size_of::<Sums>() * self.sums.capacity()
            + size_of::<[u32; 2]>() * self.places.capacity()
    }

    /// The sums of all positions.
    pub(crate) fn as_slice(&self) -> &[Sums] {
        self.sums.get(EDGES..).unwrap_or_default()
    }
}

/// Bytes by fours.
#[inline(always)]
fn quarters<const N: usize, const BYTES: usize>(bytes: &[u8; BYTES]) -> [u64; N] {
    std::array::from_fn(|at| {
        u32::from_le_bytes([bytes[4 * at], bytes[4 * at + 1], bytes[4 * at + 2], bytes[4 * at + 3]]).into()
    })
}

/// Four bytes, each in sixteen bits.
#[inline(always)]
fn lanes(bytes: u64) -> u64 {
    let wide = (bytes | bytes << 16) & 0x0000_ffff_0000_ffff;
    (wide | wide << 8) & EVEN
}
