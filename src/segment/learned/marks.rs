//! What a dictionary says of each position, as one byte.

use crate::numbers::fits_u8;

/// The words of two or more characters that a dictionary has at each position of a text, a byte for each.
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
/// assert_eq!(marks.find(), [4, 1 << 6 | 1 << 3, 4 << 3]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// By position.
    sizes: Vec<Sizes>,
    /// The words of five or more characters: where they begin, and their lengths.
    long: Vec<(usize, usize)>,
    marks: Vec<u8>,
}

/// The sizes of the words of one to four characters that begin at a position, 0 where there is none.
pub(crate) type Sizes = [u8; 4];

/// Of a word of five or more characters all bits are set.
const BEGINS: u8 = 0b0000_0111;
const ENDS: u8 = 0b0011_1000;
const PASSES: u8 = 0b1100_0000;

/// The size of a word of two to four characters: the longer and the better believed, the greater.
#[inline(always)]
pub(crate) fn size(len: usize, belief: u8) -> u8 {
    // No branch: whether there is a word is hard to foretell.
    let is_believed = u8::from(belief != 0).wrapping_neg();
    (2 * fits_u8(len - 2) + belief) & is_believed
}

impl Marks {
    pub(crate) fn heap_bytes(&self) -> usize {
        size_of::<Sizes>() * self.sizes.capacity()
            + size_of::<(usize, usize)>() * self.long.capacity()
            + self.marks.capacity()
    }

    /// The number of a pair of neighbouring marks, without the words that pass: 12 bits.
    #[inline(always)]
    pub fn pair(first: u8, second: u8) -> u16 {
        let bits = BEGINS | ENDS;
        u16::from(first & bits) << 6 | u16::from(second & bits)
    }

    /// Begins a text of `len` positions.
    pub fn start(&mut self, len: usize) {
        self.start_with(std::iter::repeat_n(Sizes::default(), len));
    }

    /// Begins a text whose words of two to four characters are known.
    pub(crate) fn start_with(&mut self, sizes: impl Iterator<Item = Sizes>) {
        self.sizes.clear();
        self.sizes.extend(sizes);
        self.long.clear();
    }

    /// Takes a word of `len` characters, at least two, in any order.
    ///
    /// `belief` says how far the word is believed: 0 not at all, 1 a little, 2 well.
    pub fn word(&mut self, start: usize, len: usize, belief: u8) {
        match self.sizes.get_mut(start) {
            Some(sizes) if (2..=sizes.len()).contains(&len) => sizes[len - 1] = size(len, belief.min(2)),
            Some(_) if len > 4 && belief > 0 => self.long.push((start, len)),
            _ => {}
        }
    }

    /// Finds the marks of the text.
    pub fn find(&mut self) -> &[u8] {
        let [mut before, mut second, mut third] = [Sizes::default(); 3];
        self.marks.clear();
        self.marks.extend(self.sizes.iter().map(|&here| {
            let begins = here[1].max(here[2]).max(here[3]);
            let ends = before[1].max(second[2]).max(third[3]);
            let passes = u8::from(before[2] != 0).max(2 * u8::from(before[3] | second[3] != 0));
            [before, second, third] = [here, before, second];
            begins | ends << 3 | passes << 6
        }));
        for &(start, len) in &self.long {
            if let Some([first, middle @ .., last]) = self.marks.get_mut(start..start + len) {
                *first |= BEGINS;
                *last |= ENDS;
                middle.iter_mut().for_each(|mark| *mark |= PASSES);
            }
        }
        &self.marks
    }
}
