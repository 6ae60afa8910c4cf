//! The words of a batch that are too long for the dense arrays of a route, in a sorted list.

/// The greatest length, in characters, of the words in the dense arrays.
pub(crate) const DENSE: usize = 4;

/// A word of the dictionary or of a user, at its place in the batch.
#[derive(Clone, Copy, Default)]
pub(super) struct LongWord {
    pub(super) start: u32,
    pub(super) len: u16,
    pub(super) class: u16,
    /// Its number plus one.
    pub(super) word: u32,
}

/// Sorts words by start, then by length. The sort is stable.
pub(super) fn sort(words: &mut [LongWord]) {
    words.sort_by_key(|word| (word.start, word.len));
}

/// Returns the number of the dictionary word of `len` characters at `at`, if it is one of the
/// longer ones.
#[cold]
pub(super) fn number_of(long: &[LongWord], at: usize, len: usize) -> u32 {
    let key = |word: &LongWord| (word.start as usize, usize::from(word.len));
    let word = long.binary_search_by_key(&(at, len), key).map_or(0, |index| long[index].word);
    word.wrapping_sub(1)
}
