//! What a dictionary says of each position, as one byte.

use crate::numbers::fits;

/// What words of two or more characters a dictionary has at each position of a text, a byte each.
///
/// | bits | what |
/// |---|---|
/// | 0–2 | the longest word that begins here: 0 none; 1, 3, 5 of two, three, four characters, one more if the training text bears it out; 7 of five or more |
/// | 3–5 | the longest that ends here, likewise |
/// | 6–7 | the longest that passes: 0 none; 1, 2, 3 of three, four, five or more characters |
///
/// ```
/// use fenci::segment::Marks;
///
/// let mut marks = Marks::default();
/// marks.start(3);
/// marks.word(0, 2, 1);
/// marks.word(0, 3, 2);
/// assert_eq!(marks.as_slice(), [4, 1 << 6 | 1 << 3, 4 << 3]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Marks {
    marks: Vec<u8>,
}

const ENDS: u8 = 0b0011_1000;
const PASSES: u8 = 0b1100_0000;

impl Marks {
    pub(crate) fn heap_bytes(&self) -> usize {
        self.marks.capacity()
    }

    /// Begins a text of `len` positions.
    pub fn start(&mut self, len: usize) {
        self.marks.clear();
        self.marks.resize(len, 0);
    }

    /// Takes a word of `len` characters, at least two. Words come by where they begin, then by
    /// length.
    ///
    /// `belief` says how far the word is believed: 0 not at all, 1 a little, 2 well.
    #[inline]
    pub fn word(&mut self, start: usize, len: usize, belief: u8) {
        if belief == 0 {
            return;
        }
        let belief = belief.min(2);
        let size = match len {
            2 => belief,
            3 => 2 + belief,
            4 => 4 + belief,
            _ => 7,
        };
        let Some(word) = self.marks.get_mut(start..start + len) else { return };
        if let [first, middle @ .., last] = word {
            *first = *first & !0b111 | size;
            // The word that began first is the longest that ends here.
            if *last & ENDS == 0 {
                *last |= size << 3;
            }
            let passes = fits::<u8, _>(middle.len().min(3)) << 6;
            for mark in middle {
                *mark = *mark & !PASSES | passes.max(*mark & PASSES);
            }
        }
    }

    /// Takes a word of two characters, or none if `belief` is 0. Without a branch, since most
    /// positions have such a word or none as a coin falls.
    #[inline(always)]
    pub(crate) fn pair(&mut self, start: usize, belief: u8) {
        if let Some([first, last]) = self.marks.get_mut(start..).and_then(<[u8]>::first_chunk_mut::<2>) {
            *first |= belief;
            let is_free = u8::from(*last & ENDS == 0).wrapping_neg();
            *last |= belief << 3 & is_free;
        }
    }

    /// The marks of the text.
    pub fn as_slice(&self) -> &[u8] {
        &self.marks
    }
}
