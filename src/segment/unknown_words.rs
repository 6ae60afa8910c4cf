//! Words that the dictionary does not have: what single characters make that follow each other on the route.

use std::ops::Range;

use super::batch::Batch;
use super::hmm::Hmm;
use crate::dictionary::WordId;
use crate::text::codes::{Code, FIRST, traits};
use crate::text::{decode_three, is_connector};

/// Room to find the words of a run.
#[derive(Default)]
pub(super) struct Room {
    /// The model's rows of the run's characters.
    rows: Vec<u16>,
    choices: Vec<u8>,
    ends: Ends,
}

impl Room {
    /// Finds the words of the run of `len` characters at `start`: those that are for `hmm` become the words that it finds, others
    /// words and numbers; without `hmm` all characters become one word. Returns where they end.
    pub(super) fn find(&mut self, batch: Batch<'_>, start: usize, len: usize, hmm: Option<Hmm<'_>>) -> &Ends {
        let Room { rows, choices, ends } = self;
        Search { batch, start, len, rows, choices, ends }.find(hmm);
        &self.ends
    }

    /// Returns how many bytes of the heap are held.
    pub(super) fn heap_bytes(&self) -> usize {
        2 * self.rows.capacity() + self.choices.capacity() + 8 * self.ends.bits.capacity()
    }
}

/// A bit for each character of a run, set where a word ends.
#[derive(Default)]
pub(super) struct Ends {
    bits: Vec<u64>,
}

impl Ends {
    /// Clears the bits of `len` characters.
    #[inline]
    fn clear(&mut self, len: usize) {
        self.bits.clear();
        self.bits.resize(len.div_ceil(64), 0);
    }

    #[inline]
    fn set_if(&mut self, at: usize, ends: bool) {
        self.bits[at / 64] |= u64::from(ends) << (at % 64);
    }

    #[inline]
    pub(super) fn get(&self, at: usize) -> bool {
        self.bits[at / 64] >> (at % 64) & 1 != 0
    }
}

/// The search for the words of one run.
struct Search<'a, 'r> {
    batch: Batch<'a>,
    /// The first character of the run.
    start: usize,
    len: usize,
    rows: &'r mut Vec<u16>,
    choices: &'r mut Vec<u8>,
    ends: &'r mut Ends,
}

impl Search<'_, '_> {
    /// Finds where words end.
    #[inline(always)]
    fn find(&mut self, hmm: Option<Hmm<'_>>) {
        let Search { batch, start, len, .. } = *self;
        self.ends.clear(len);
        match hmm {
            None => self.end_at(len),
            // The route has preferred the single characters to the word that they make.
            Some(_) if batch.route.word(start, len) != WordId::NONE => (1..=len).for_each(|at| self.end_at(at)),
            Some(hmm) => {
                let codes = &batch.route.codes()[start..start + len];
                // Mostly they are all ideographs, or letters.
                match codes.iter().fold(u8::MAX, |common, &code| common & batch.lexicon.traits_of(code)) {
                    common if common & traits::FOR_HMM != 0 => self.cut_by_hmm(hmm, 0..len),
                    common if common & traits::ALPHANUMERIC != 0 => self.end_at(len),
                    _ => self.cut_mixed(hmm),
                }
            }
        }
        if batch.route.has_marks() {
            self.split_never_joined();
        }
    }

    /// Lets a word end before the character at `at` of the run.
    fn end_at(&mut self, at: usize) {
        self.ends.set_if(at - 1, true);
    }

    /// Cuts a stretch of characters that are for the HMM.
    #[inline]
    fn cut_by_hmm(&mut self, hmm: Hmm<'_>, stretch: Range<usize>) {
        let Search { batch, start, .. } = *self;
        let codes = &batch.route.codes()[start + stretch.start..start + stretch.end];
        self.rows.clear();
        self.rows.extend((start + stretch.start..).zip(codes).map(|(at, &code)| hmm.row(batch.char_for_hmm(at, code))));
        let ends = &mut *self.ends;
        hmm.find_ends(self.rows, self.choices, |at, is_end| ends.set_if(stretch.start + at, is_end));
    }

    /// Cuts a run of characters of which some are for the HMM.
    #[cold]
    fn cut_mixed(&mut self, hmm: Hmm<'_>) {
        let Search { batch, start, len, .. } = *self;
        let is_for_hmm = |at: usize| batch.traits(start + at) & traits::FOR_HMM != 0;
        let mut at = 0;
        while at < len {
            let is_first = is_for_hmm(at);
            let end = (at..len).find(|&end| is_for_hmm(end) != is_first).unwrap_or(len);
            match is_first {
                true => self.cut_by_hmm(hmm, at..end),
                false => self.cut_others(at..end),
            }
            at = end;
        }
    }

    /// Cuts a stretch of other characters as jieba does: into words and numbers with `.`, `_` and `-` inside and `%` at the
    /// end, and, as one token, all that is between two of these.
    fn cut_others(&mut self, stretch: Range<usize>) {
        let Search { batch, start, .. } = *self;
        let Range { start: mut at, end: to } = stretch;
        let byte = |at: usize| batch.first_byte(start + at);
        let is_alphanumeric = |at: usize| byte(at).is_ascii_alphanumeric();
        while at < to {
            let mut end = at;
            while end < to && !is_alphanumeric(end) {
                end += 1;
            }
            if end == at {
                loop {
                    while end < to && is_alphanumeric(end) {
                        end += 1;
                    }
                    if end + 1 >= to || !is_connector(byte(end)) || !is_alphanumeric(end + 1) {
                        break;
                    }
                    end += 1;
                }
                if end < to && byte(end) == b'%' {
                    end += 1;
                }
            }
            self.end_at(end);
            at = end;
        }
    }

    /// Cuts words of which a user has said that they are none into characters.
    #[cold]
    fn split_never_joined(&mut self) {
        let Search { batch, start, len, .. } = *self;
        let mut begin = 0;
        for end in 1..=len {
            if self.ends.get(end - 1) {
                if batch.route.is_never_joined(start + begin, end - begin) {
                    (begin + 1..end).for_each(|at| self.end_at(at));
                }
                begin = end;
            }
        }
    }
}

impl Batch<'_> {
    /// Returns the character at `at`, which has this code, as the form by which it is looked up, if the dictionary knows it.
    #[inline(always)]
    fn char_for_hmm(self, at: usize, code: Code) -> u32 {
        match code {
            // All characters for the HMM have three bytes.
            ..FIRST => {
                let bytes = self.text.as_bytes()[self.units.byte(at)..].first_chunk();
                bytes.copied().map_or(0, decode_three).into()
            }
            _ => self.lexicon.char_number(code),
        }
    }
}
