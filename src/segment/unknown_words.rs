//! Words that the dictionary lacks, made of single characters that follow each other on the route.

use std::ops::Range;

use super::batch::Batch;
use super::hmm::Hmm;
use super::list::List;
use super::route::{set_step, step_end};
use crate::dictionary::WordId;
use crate::text::codes::{Code, FIRST, traits};
use crate::text::{decode_three, is_connector};

/// Single characters that follow each other on the route.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    /// The character after the last one.
    pub(super) end: u32,
    pub(super) len: u32,
    /// The traits that all of them have.
    pub(super) common: u8,
}

/// Buffers to find the words of a run.
#[derive(Default)]
pub(super) struct Room {
    /// The model's rows of the run's characters.
    rows: List<u16>,
    choices: List<u8>,
}

impl Room {
    /// Finds the words of a run, and sets the steps of the route to them. Characters for `hmm`
    /// become the words that it finds, other characters become words and numbers. Without `hmm`,
    /// all characters become one word.
    #[inline]
    pub(super) fn cut(&mut self, batch: Batch<'_>, run: Run, hmm: Option<Hmm<'_>>, steps: &mut [u8]) {
        let Room { rows, choices } = self;
        let chars = (run.end - run.len) as usize..run.end as usize;
        Search { batch, start: chars.start, rows, choices, steps: &mut steps[chars] }.find(hmm, run.common);
    }
}

/// The search for the words of one run.
struct Search<'a, 'r> {
    batch: Batch<'a>,
    /// The first character of the run.
    start: usize,
    rows: &'r mut List<u16>,
    choices: &'r mut List<u8>,
    /// The steps of the run. At first, each goes over one character.
    steps: &'r mut [u8],
}

impl Search<'_, '_> {
    /// Finds where words end.
    #[inline(always)]
    fn find(&mut self, hmm: Option<Hmm<'_>>, common: u8) {
        let len = self.steps.len();
        match hmm {
            None => self.join(0..len),
            // The route has preferred the single characters to the word that they make.
            Some(_) if self.batch.route.word(self.start, len) != WordId::NONE => {}
            // Usually all of them are ideographs, or all are letters.
            Some(hmm) if common & traits::FOR_HMM != 0 => self.cut_by_hmm(hmm, 0..len),
            Some(_) if common & traits::ALPHANUMERIC != 0 => self.join(0..len),
            Some(hmm) => self.cut_mixed(hmm),
        }
        if self.batch.route.has_marks() {
            self.split_never_joined();
        }
    }

    /// Makes these characters of the run one word.
    fn join(&mut self, chars: Range<usize>) {
        set_step(self.steps, chars.start, chars.end);
    }

    /// Cuts a stretch of characters that are for the HMM.
    #[inline]
    fn cut_by_hmm(&mut self, hmm: Hmm<'_>, stretch: Range<usize>) {
        let Search { batch, start, rows, choices, steps } = self;
        let (start, steps) = (*start + stretch.start, &mut steps[stretch]);
        let codes = &batch.route.codes()[start..start + steps.len()];
        let rows = &mut rows.room(codes.len())[..codes.len()];
        for ((row, &code), at) in rows.iter_mut().zip(codes).zip(start..) {
            *row = hmm.row(batch.char_for_hmm(at, code));
        }
        hmm.cut(rows, choices.room(rows.len()), steps);
    }

    /// Cuts a run in which some characters are for the HMM.
    #[cold]
    fn cut_mixed(&mut self, hmm: Hmm<'_>) {
        let Search { batch, start, .. } = *self;
        let len = self.steps.len();
        let is_for_hmm = |at: usize| batch.traits(start + at) & traits::FOR_HMM != 0;
        let mut at = 0;
        while at < len {
            let is_first = is_for_hmm(at);
            let end = (at..len).find(|&end| is_for_hmm(end) != is_first).unwrap_or(len);
            match is_first {
                // A single character is a word by itself.
                true if end - at == 1 => {}
                true => self.cut_by_hmm(hmm, at..end),
                false => self.cut_others(at..end),
            }
            at = end;
        }
    }

    /// Cuts a stretch of other characters as jieba does. Words and numbers may have `.`, `_` and
    /// `-` inside and `%` at the end. All characters between two of them are one token.
    fn cut_others(&mut self, stretch: Range<usize>) {
        let Search { batch, start, .. } = *self;
        let Range { start: mut at, end: to } = stretch;
        let byte = |at: usize| batch.first_byte(start + at);
        let is_alphanumeric = |at: usize| batch.traits(start + at) & traits::ALPHANUMERIC != 0;
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
            self.join(at..end);
            at = end;
        }
    }

    /// Cuts words into characters if a user has declared that they are no words.
    #[cold]
    fn split_never_joined(&mut self) {
        let Search { batch, start, .. } = *self;
        let mut at = 0;
        while at < self.steps.len() {
            let end = step_end(self.steps, at);
            if batch.route.is_never_joined(start + at, end - at) {
                self.steps[at..end].fill(1);
            }
            at = end;
        }
    }
}

impl Batch<'_> {
    /// Returns the number of the character at `at`, which has the code `code`. If the dictionary
    /// has the character, this is the form by which it is looked up.
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
