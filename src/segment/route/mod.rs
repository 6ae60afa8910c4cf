//! Every dictionary word in a batch of text, and the best route through them.
//!
//! Nearly all words have up to four characters. These are stored in a dense array by position,
//! longer ones in a list.

mod best;
mod levels;
mod long_words;
mod user;
mod user_words;

pub(crate) use self::long_words::DENSE;
use self::long_words::{LongWord, number_of};
use self::user_words::UserWordsFound;
use crate::dictionary::double_array::NO_WORD;
use crate::dictionary::{Lexicon, MAX_WORD_CHARS, UserLexicon, WordId};
use crate::numbers::fits;
use crate::segment::learned::{Marks, ModelOfWords};
use crate::text::codes::{BREAK, Code, GLUE};
use crate::text::{Piece, Units};

/// The dictionary words of a batch and the route through them.
///
/// The arrays are as long as the longest batch so far. Items beyond the current batch are left from
/// earlier ones.
#[derive(Default)]
pub(crate) struct Route {
    /// The codes of the batch, then two [`BREAK`]s. These are the dictionary's codes, but [`GLUE`]
    /// inside a stretch that the route passes in one step.
    codes: Vec<Code>,
    /// By position: the classes of the words of two to four characters that begin there.
    classes: Vec<Classes>,
    /// By position: the numbers plus one of the words of one to four characters that begin there, 0
    /// where there is none.
    words: Vec<[u32; DENSE]>,
    /// The marks of the positions, for a learned model. Empty without a model.
    marks: Marks,
    /// The longer words, sorted by position, then by length.
    long: Vec<LongWord>,
    /// A buffer for the prefixes that may go on.
    open: Vec<Prefix>,
    /// By position in a block: the natural logarithm of the probability of the best route from
    /// there to the end of the run.
    scores: Vec<f64>,
    /// By position: the length of the first word of that route; see [`step_end`].
    steps: Vec<u8>,
    found: UserWordsFound,
}

/// The number of positions that are looked up and scored together. A batch of usual text has no
/// more. The arrays of a block fit in the cache, and stay small for runs of many megabytes.
const BLOCK: usize = if cfg!(test) { 1 << 8 } else { 1 << 12 };

/// The classes of the words of two, three and four characters, then the class of the character
/// alone, if a user's word gives it one.
type Classes = [u16; 4];

/// The [`Classes`] of a position without words.
const NONE: Classes = [NO_WORD; 4];

/// A prefix of words that may have a child by the next character.
#[derive(Clone, Copy, Default)]
struct Prefix {
    /// The position of its first character.
    start: u32,
    /// The base of its children's cells.
    base: u32,
}

impl Route {
    /// Finds all words of a batch, except those that begin or end inside its pieces.
    ///
    /// For a learned model, marks how far the model believes each word.
    pub(crate) fn find(
        &mut self,
        lexicon: Lexicon<'_>,
        user: Option<UserLexicon<'_>>,
        model: Option<ModelOfWords<'_>>,
        units: &Units,
    ) {
        self.reserve(units.len());
        self.codes.clear();
        self.codes.extend_from_slice(units.codes());
        match user {
            Some(user) => self.found.find(user, &mut self.codes),
            None => self.found.clear(),
        }
        self.marks.start(if model.is_some() { units.len() } else { 0 });
        match model {
            Some(model) => {
                self.find_words(lexicon, |sizes, at, len, word| sizes[len - 2][at] = model.size(len, word));
            }
            None => self.find_words(lexicon, |_, _, _, _| {}),
        }
        if let Some(user) = user {
            self.put_over(user);
        }
        if !units.pieces.is_empty() {
            self.keep_whole(units);
        }
        if let Some(model) = model {
            for word in &self.long {
                self.marks.word(word.start as usize, word.len.into(), model.view.belief(word.word));
            }
        }
    }

    fn reserve(&mut self, len: usize) {
        if self.classes.len() < len {
            replace(&mut self.classes, NONE, len);
            replace(&mut self.words, [0; DENSE], len);
            replace(&mut self.steps, 0, len);
            self.open.resize(len.min(BLOCK) + 1, Prefix::default());
            self.scores.resize(len.min(BLOCK) + MAX_WORD_CHARS, 0.0);
        }
    }

    /// Frees the buffer that is not needed once the route is found.
    pub(crate) fn forget_classes(&mut self) {
        self.classes = Vec::new();
    }

    /// Drops the words that begin or end inside a piece, and lets the route pass each piece in one
    /// step.
    fn keep_whole(&mut self, units: &Units) {
        let Units { inner, pieces, .. } = units;
        // Inner pieces come first, so that only words that stand by themselves are left.
        if !inner.is_empty() {
            inner.iter().for_each(|piece| self.keep_piece(*piece));
            self.keep_long(inner);
        }
        pieces.iter().for_each(|piece| self.keep_piece(*piece));
        self.keep_long(pieces);
    }

    fn keep_piece(&mut self, piece: Piece) {
        let (start, end) = (piece.start as usize, piece.end as usize);
        let first = (start + 1).saturating_sub(DENSE);
        // A piece with words in it is one step of the route. Its words are its parts.
        let last = if piece.has_words { end } else { start + 1 };
        // Few pieces have a word that crosses their start.
        if piece.has_words || self.goes_beyond(start) {
            for at in first..last {
                for len in 2..=DENSE {
                    let ends_inside = at + len > start && at + len < end;
                    let is_part = piece.has_words && at >= start && at + len <= end;
                    if ends_inside && !is_part || at > start && at + len > end {
                        self.words[at][len - 1] = 0;
                        self.marks.word(at, len, 0);
                    }
                    if ends_inside {
                        self.classes[at][len - 2] = NO_WORD;
                    }
                }
            }
        }
        self.classes[start + 1..end].fill(NONE);
        if !piece.has_words {
            self.words[start + 1..end].fill([0; DENSE]);
        }
        self.codes[start + 1..end].fill(GLUE);
    }

    /// Returns `true` if words of two to four characters may end after the character at `at`.
    fn goes_beyond(&self, at: usize) -> bool {
        let before = at.wrapping_sub(DENSE - 1);
        let both = self.words.get(before..=at).and_then(<[_]>::first_chunk).zip(self.classes.get(before..=at));
        let Some(([third, second, first, here], &[c_third, c_second, c_first, c_here])) =
            both.and_then(|(words, classes)| Some((words, classes.first_chunk::<DENSE>()?)))
        else {
            return true;
        };
        let words = here[1] | here[2] | here[3] | first[1] | first[2] | first[3] | second[2] | second[3] | third[3];
        let classes = c_here[0]
            | c_here[1]
            | c_here[2]
            | c_first[0]
            | c_first[1]
            | c_first[2]
            | c_second[1]
            | c_second[2]
            | c_third[2];
        words != 0 || classes != NO_WORD
    }

    /// Does the same as [`Route::keep_piece`] for the longer words and all pieces.
    fn keep_long(&mut self, pieces: &[Piece]) {
        let Route { codes, long, .. } = self;
        let is_inside = |at: usize| codes[at] == GLUE;
        long.retain_mut(|word| {
            let (start, end) = (word.start as usize, word.start as usize + usize::from(word.len));
            if !is_inside(start) && !is_inside(end) {
                return true;
            }
            let piece = pieces[..pieces.partition_point(|piece| piece.start as usize <= start)].last();
            word.class = NO_WORD;
            piece.is_some_and(|piece| piece.has_words && end <= piece.end as usize)
        });
    }

    /// Returns the words that the route may continue with at `at`: their lengths and log
    /// probabilities, the shorter first. Returns none if the position is not part of a run.
    pub(crate) fn candidates(&self, lexicon: Lexicon<'_>, at: usize) -> impl Iterator<Item = (usize, f64)> {
        let code = self.codes[at];
        let in_run = !matches!(code, BREAK | GLUE);
        let [two, three, four, single] = self.classes[at];
        let dense = [(2, two), (3, three), (4, four)].into_iter().filter(|&(_, class)| class != NO_WORD);
        let dense = dense.map(move |(len, class)| (len, lexicon.weight(class)));
        let first = self.long.partition_point(|word| (word.start as usize) < at);
        let long = self.long[first..].iter().take_while(move |word| word.start as usize == at);
        let long = long.filter(|word| word.class != NO_WORD);
        let longer: Vec<(usize, f64)> =
            dense.chain(long.map(|word| (usize::from(word.len), lexicon.weight(word.class)))).collect();
        let one = if single == NO_WORD { lexicon.weight_of(code) } else { lexicon.weight(single) };
        let one = if one == f64::NEG_INFINITY && longer.is_empty() { lexicon.unknown } else { one };
        let one = (one > f64::NEG_INFINITY).then_some((1, one));
        one.into_iter().chain(longer).filter(move |_| in_run)
    }

    /// Returns the codes of the batch. In a piece, only the first character keeps its code, the
    /// others have [`GLUE`]. In a word that a user has split, parts of one character have [`GLUE`].
    #[inline]
    pub(crate) fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Returns the length of the route's word at `at`.
    #[inline]
    pub(crate) fn step(&self, at: usize) -> usize {
        self.steps[at].into()
    }

    /// Returns, by position, the length of the route's word there; see [`step_end`].
    #[inline]
    pub(crate) fn steps(&self) -> &[u8] {
        &self.steps
    }

    /// Calls `change` with the route, whose steps are moved out for that time, and with these
    /// steps.
    pub(crate) fn change_steps(&mut self, change: impl FnOnce(&Route, &mut [u8])) {
        let mut steps = std::mem::take(&mut self.steps);
        change(self, &mut steps);
        self.steps = steps;
    }

    /// Returns, by position, the numbers plus one of the dictionary words of one to four characters
    /// there, 0 where there is none.
    #[inline]
    pub(crate) fn short_words(&self) -> &[[u32; DENSE]] {
        &self.words
    }

    /// Returns the codes, and the mark of each position for a learned model. Without a model there
    /// are no marks.
    pub(crate) fn codes_and_marks(&mut self) -> (&[Code], &[u8]) {
        (&self.codes, self.marks.find())
    }

    /// Returns the number of the dictionary word of `len` characters at `at`, or [`WordId::NONE`].
    #[inline]
    pub(crate) fn word(&self, at: usize, len: usize) -> u32 {
        match self.words[at].get(len.wrapping_sub(1)) {
            Some(word) => word.wrapping_sub(1),
            None if self.long.is_empty() => WordId::NONE,
            None => number_of(&self.long, at, len),
        }
    }

    /// Returns the longer dictionary words that begin at `at` or after it, sorted by start, then by
    /// length: position, length and number of each.
    pub(crate) fn long_words(&self, at: usize) -> impl Iterator<Item = (usize, usize, u32)> + '_ {
        let first = self.long.partition_point(|word| (word.start as usize) < at);
        self.long[first..].iter().map(|word| (word.start as usize, word.len.into(), word.word.wrapping_sub(1)))
    }

    /// Returns how many longer dictionary words the batch has.
    pub(crate) fn long_len(&self) -> usize {
        self.long.len()
    }

    /// Returns the number of long words that there is room for.
    pub(crate) fn long_capacity(&self) -> usize {
        self.long.capacity()
    }
}

/// A step of [`u8::MAX`] characters that does not yet reach the end of its word. The word goes on
/// there.
const GOES_ON: u8 = 0;

/// Returns the step to the end of a word that has `chars` characters left.
#[inline(always)]
pub(crate) fn step_over(chars: usize) -> u8 {
    u8::try_from(chars).unwrap_or(GOES_ON)
}

/// Sets the step at `at` so that it ends at `end`.
pub(crate) fn set_step(steps: &mut [u8], mut at: usize, end: usize) {
    while end - at > u8::MAX.into() {
        steps[at] = GOES_ON;
        at += usize::from(u8::MAX);
    }
    steps[at] = fits(end - at);
}

/// Returns where the step at `at` ends.
#[inline(always)]
pub(crate) fn step_end(steps: &[u8], at: usize) -> usize {
    match steps[at] {
        GOES_ON => long_step_end(steps, at),
        step => at + usize::from(step),
    }
}

#[cold]
#[inline(never)]
fn long_step_end(steps: &[u8], at: usize) -> usize {
    let last = (at..).step_by(u8::MAX.into()).find(|&at| steps[at] != GOES_ON);
    last.map_or(at, |last| last + usize::from(steps[last]))
}

/// Replaces `items` with `len` copies of `item`. Frees the old buffer first, so that only one
/// exists at a time.
fn replace<T: Clone>(items: &mut Vec<T>, item: T, len: usize) {
    *items = Vec::new();
    *items = vec![item; len];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_where_they_are_to_end_however_long_they_are() {
        for len in 1..1100 {
            let mut steps = vec![1; len + 1];
            set_step(&mut steps, 0, len);
            assert_eq!(step_end(&steps, 0), len);
            let to_end: Vec<u8> = (1..=len).rev().map(step_over).collect();
            assert!((0..len).all(|at| step_end(&to_end, at) == len));
        }
    }
}
