//! Marks: the dictionary's words at each position, as one byte.

use std::ops::Range;

/// The words of two or more characters that a dictionary has at each position of a text. Each
/// position has one byte:
///
/// - Bits 0–2: the longest word that begins here. 0 is none. 1, 3 and 5 are words of two, three and
///   four characters; 2, 4 and 6 are the same, borne out by the training text. 7 is a word of five
///   or more characters.
/// - Bits 3–5: the longest word that ends here, likewise.
/// - Bits 6–7: the longest word that passes. 0 is none. 1, 2 and 3 are words of three, four, and
///   five or more characters.
///
/// ```
/// use fenci::segment::Marks;
///
/// let mut marks = Marks::default();
/// marks.start(3);
/// marks.word(0, 2, 1);
/// marks.word(0, 3, 2);
/// assert_eq!(marks.find(), [4, 1 << 6 | 1 << 3, 4 << 3]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// The number of positions of the text.
    len: usize,
    /// For words of two, three and four characters: the sizes of the words that begin at each
    /// position, 0 where there is none. [`BEFORE`] items come before the first position, so that a
    /// loop can look back from each position. More items come after the last position, to fill
    /// whole registers.
    sizes: [Vec<u8>; 3],
    /// The words of five or more characters: their starts and their lengths.
    long: Vec<(usize, usize)>,
    marks: Vec<u8>,
}

/// How many positions back a word can begin that ends at a position. Words with a size have at most
/// four characters.
const BEFORE: usize = 3;

/// A multiple of the number of positions that fit in a vector register.
const REGISTER: usize = 32;

/// The bits of a mark for words that begin at the position, end there, or pass. A word of five or
/// more characters sets all bits of its kind.
const BEGINS: u8 = 0b0000_0111;
const ENDS: u8 = 0b0011_1000;
const PASSES: u8 = 0b1100_0000;

/// Returns the size of a word of two to four characters. Longer words have greater sizes, and so do
/// words that are better believed.
#[inline(always)]
pub(crate) fn size(len: usize, belief: u8) -> u8 {
    // A table instead of a branch, since it is unpredictable whether there is a word.
    const SIZES: [[u8; 4]; 3] = [[0, 1, 2, 3], [0, 3, 4, 5], [0, 5, 6, 7]];
    SIZES[len - 2][usize::from(belief % 4)]
}

impl Marks {
    /// Returns the number of a pair of neighbouring marks, without the words that pass: 12 bits.
    #[inline(always)]
    pub fn pair(first: u8, second: u8) -> u16 {
        let bits = BEGINS | ENDS;
        u16::from(first & bits) << 6 | u16::from(second & bits)
    }

    /// Begins a text of `len` positions.
    pub fn start(&mut self, len: usize) {
        self.len = len;
        for sizes in &mut self.sizes {
            sizes.clear();
            sizes.resize(BEFORE + len.next_multiple_of(REGISTER), 0);
        }
        self.long.clear();
    }

    /// Adds a word of `len` characters, at least two. Words may come in any order.
    ///
    /// `belief` says how far the word is believed: 0 not at all, 1 a little, 2 well.
    pub fn word(&mut self, start: usize, len: usize, belief: u8) {
        match self.sizes.get_mut(len.wrapping_sub(2)) {
            Some(sizes) => {
                if let Some(place) = sizes.get_mut(BEFORE + start) {
                    *place = size(len, belief.min(2));
                }
            }
            None if len > 4 && belief > 0 => self.long.push((start, len)),
            None => {}
        }
    }

    /// Returns the mark of several characters that are one symbol, from the marks of the first and
    /// the last character.
    pub(crate) fn of_symbol(first: u8, last: u8) -> u8 {
        first & BEGINS | last & ENDS | (first & PASSES).min(last & PASSES)
    }

    /// Returns the sizes of the words that begin at `positions`, for words of two, three and four
    /// characters.
    pub(crate) fn sizes(&mut self, positions: Range<usize>) -> [&mut [u8]; 3] {
        let positions = BEFORE + positions.start..BEFORE + positions.end;
        self.sizes.each_mut().map(|sizes| sizes.get_mut(positions.clone()).unwrap_or_default())
    }

    /// Computes and returns the marks of the text.
    pub fn find(&mut self) -> &[u8] {
        let Marks { len, sizes: [two, three, four], long, marks } = self;
        let end = len.next_multiple_of(REGISTER);
        if marks.len() < end {
            marks.resize(end, 0);
        }
        for (from, marks) in (0..).step_by(REGISTER).zip(marks[..end].chunks_exact_mut(REGISTER)) {
            // By position: the sizes of the words that begin `before` positions earlier.
            fn begun(sizes: &[u8], before: usize) -> &[u8; REGISTER] {
                sizes[BEFORE - before..].first_chunk().unwrap_or(&[0; REGISTER])
            }
            let [two, three, four] = [&two[from..], &three[from..], &four[from..]];
            let [two, two_before] = [0, 1].map(|before| begun(two, before));
            let [three, three_before, three_second] = [0, 1, 2].map(|before| begun(three, before));
            let [four, four_before, four_second, four_third] = [0, 1, 2, 3].map(|before| begun(four, before));
            for (at, mark) in marks.iter_mut().enumerate() {
                let begins = two[at].max(three[at]).max(four[at]);
                let ends = two_before[at].max(three_second[at]).max(four_third[at]);
                let passes = three_before[at].min(1).max(2 * (four_before[at] | four_second[at]).min(1));
                *mark = begins | ends << 3 | passes << 6;
            }
        }
        for &(start, len) in &*long {
            if let Some([first, middle @ .., last]) = marks.get_mut(start..start + len) {
                *first |= BEGINS;
                *last |= ENDS;
                middle.iter_mut().for_each(|mark| *mark |= PASSES);
            }
        }
        &marks[..*len]
    }
}
