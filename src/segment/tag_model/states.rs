//! The states of the tag model: a position in a word with a tag.

pub(super) const TAGS: usize = 64;
/// B, M, E and S.
pub(super) const POSITIONS: usize = 4;
/// A state is `position * TAGS + tag`.
pub(super) const STATES: usize = POSITIONS * TAGS;
pub(super) const M: usize = 1;
pub(super) const E: usize = 2;
pub(super) const S: usize = 3;
/// The number of states in which a word begins (B and S), and also of those in which one ends (E
/// and S).
pub(super) const ENDS: usize = 2 * TAGS;

/// Returns `true` if a state is that of a word's first character, which comes after E or S. All
/// other states come after B or M.
pub(super) fn begins_word(state: usize) -> bool {
    !(TAGS..S * TAGS).contains(&state)
}
