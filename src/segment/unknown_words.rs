//! The single characters that follow each other on the route: words that the dictionary does not have.

use std::ops::Range;

use super::batch::Batch;
use super::hmm::Hmm;
use super::list::List;
use super::span::Span;
use crate::dictionary::WordId;
use crate::text::codes::{Code, FIRST, traits};
use crate::text::{Origin, decode_three, is_connector};

/// Where the single characters of a batch are, and room to find the words that they make.
#[derive(Default)]
pub(crate) struct UnknownWords {
    /// By word of the route, whether it is a single character that may be joined with others.
    pub(super) loose: List<bool>,
    /// The model's rows of a run's characters.
    rows: Vec<u16>,
    choices: Vec<u8>,
    ends: Ends,
    /// Where all words of a batch end.
    all_ends: Ends,
}

impl UnknownWords {
    /// Joins the characters of each run, two or more loose ones that follow each other, which are `words` so far: those that
    /// are for `hmm` to the words that it finds, others to words and numbers; without `hmm` all characters of the run to one
    /// word.
    pub(super) fn join(&mut self, batch: Batch<'_>, hmm: Option<Hmm<'_>>, words: &mut List<Span>) {
        let UnknownWords { loose, rows, choices, ends, .. } = self;
        loose.push(false);
        let (mut at, mut count) = (0, 0);
        while at < words.len() {
            // Words are moved to the front as others before them are joined.
            words[count] = words[at];
            if loose[at] & loose[at + 1] {
                let len = 2 + loose[at + 2..].iter().take_while(|is_loose| **is_loose).count();
                let start = words[at].from as usize;
                Search { batch, start, len, rows, choices, ends }.find(hmm);
                count = ends.write(batch, start, len, words, count);
                at += len;
            } else {
                (at, count) = (at + 1, count + 1);
            }
        }
        words.truncate(count);
    }

    /// Finds where all words of a batch end: those of the route, and those that [`UnknownWords::join`] makes.
    #[cold]
    pub(super) fn find_all(&mut self, batch: Batch<'_>, hmm: Option<Hmm<'_>>, loose: u8) {
        let UnknownWords { rows, choices, ends, all_ends, .. } = self;
        let units = batch.units.len();
        let is_loose = |at: usize| batch.route.step(at) == 1 && batch.traits(at) & loose != 0;
        all_ends.clear(units);
        let mut at = 0;
        while at < units {
            let len = (at..units).position(|at| !is_loose(at)).unwrap_or(units - at);
            if len > 1 {
                Search { batch, start: at, len, rows, choices, ends }.find(hmm);
                (0..len).for_each(|index| all_ends.set_if(at + index, ends.get(index)));
                at += len;
            } else {
                at += batch.route.step(at);
                all_ends.set_if(at - 1, true);
            }
        }
    }

    /// Pushes at most `most` of the words that [`UnknownWords::find_all`] found, from the character `from` on. Returns the
    /// character after them.
    pub(super) fn push_part(&self, batch: Batch<'_>, from: usize, most: usize, words: &mut List<Span>) -> usize {
        let mut begin = from;
        let ends = (from..batch.units.len()).filter(|&at| self.all_ends.get(at)).take(most);
        for end in ends.map(|at| at + 1) {
            let is_of_route = batch.route.step(begin) == end - begin;
            words.push(if is_of_route { batch.span(begin, end) } else { batch.joined(begin, end) });
            begin = end;
        }
        begin
    }

    /// Returns how many bytes of the heap are held.
    pub(crate) fn heap_bytes(&self) -> usize {
        let UnknownWords { loose, rows, choices, ends, all_ends } = self;
        loose.heap_bytes()
            + 2 * rows.capacity()
            + choices.capacity()
            + 8 * (ends.bits.capacity() + all_ends.bits.capacity())
    }
}

/// A bit for each character of a run, set where a word ends.
#[derive(Default)]
struct Ends {
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
    fn get(&self, at: usize) -> bool {
        self.bits[at / 64] >> (at % 64) & 1 != 0
    }

    /// Writes the words of a run that begins at `start` and has `len` characters to `words`, from `count` on; returns the place
    /// after them.
    #[inline]
    fn write(&self, batch: Batch<'_>, start: usize, len: usize, words: &mut [Span], mut count: usize) -> usize {
        let mut begin = start;
        // How long words are cannot be predicted, so one is written for each character, and counted where it ends.
        for index in 0..len {
            words[count] = batch.joined(begin, start + index + 1);
            let ends = self.get(index);
            count += usize::from(ends);
            begin = if ends { start + index + 1 } else { begin };
        }
        count
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
                let codes = &batch.units.codes()[start..start + len];
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
        let codes = &batch.units.codes()[start + stretch.start..start + stretch.end];
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
    /// Returns characters of which a search made a word.
    #[inline(always)]
    fn joined(self, from: usize, to: usize) -> Span {
        let span = self.span(from, to);
        let is_by_hmm = (span.number == WordId::NONE) & (span.chars() > 1) & (self.traits(from) & traits::FOR_HMM != 0);
        Span { origin: is_by_hmm.then_some(Origin::Hmm), ..span }
    }

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
