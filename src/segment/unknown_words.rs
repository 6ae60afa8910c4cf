//! The single characters that follow each other on the route: words that the dictionary does not have.
//!
//! Where they stand, and how many follow each other, cannot be predicted. So first all of them are found, in one pass along
//! the route without a branch; then they get their words, the shortest first, so that each does what the one before it did,
//! and while one waits for memory the next ones are under way; and then the route goes over these words.

#![allow(unsafe_code)]

use std::ops::Range;

use super::batch::Batch;
use crate::dictionary::WordId;
use crate::numbers::fits;
use crate::segment::hmm::{Hmm, Labels, SHORT};
use crate::segment::route::Route;
use crate::text::codes::{FIRST, traits};
use crate::text::{decode_three, is_connector};
use crate::unchecked::{get, get_mut};

/// Two or more single characters that follow each other on the route.
#[derive(Clone, Copy, Default)]
struct Run {
    /// The character after the last one.
    end: u32,
    len: u32,
}

impl Run {
    fn start(self) -> usize {
        (self.end - self.len) as usize
    }
}

/// A short run for the HMM.
#[derive(Clone, Copy)]
struct Short {
    run: Run,
    /// A bit for each character with which a word ends.
    ends: u16,
}

/// A word that the route is to go over at once.
#[derive(Clone, Copy)]
struct Joined {
    at: u32,
    len: u32,
    by_hmm: bool,
}

/// The runs of a batch, and what is found in them.
#[derive(Default)]
pub(crate) struct LeftOver {
    /// As many as ever were needed.
    runs: Vec<Run>,
    count: usize,
    /// The same, by their lengths.
    by_len: Vec<Run>,
    short: Vec<Short>,
    /// The words of all others.
    joined: Vec<Joined>,
    /// The rows of a run's characters.
    rows: Vec<u16>,
    labels: Labels,
}

impl LeftOver {
    /// Find the words that the HMM makes of what the route leaves; and in jieba's profile those that letters and digits are.
    pub(super) fn cut(&mut self, batch: Batch<'_>, hmm: Hmm<'_>, is_natural: bool) {
        self.count = 0;
        self.short.clear();
        self.joined.clear();
        let left_over = if is_natural { traits::HAN } else { traits::IN_RUN };
        batch.check_codes();
        let mut at = 0;
        for piece in &batch.units.pieces {
            let start = piece.start as usize;
            // SAFETY: as checked, and pieces lie in the batch.
            at = unsafe { self.find(batch, at, start, left_over) };
            if at == start {
                (at, _) = batch.after(piece);
            }
        }
        // SAFETY: as checked.
        unsafe { self.find(batch, at, batch.units.len(), left_over) };
        if self.count > 0 {
            self.cut_runs(batch, hmm, is_natural);
        }
    }

    /// Find the runs along the route from `at` up to `to`; gives the position after its words.
    ///
    /// # Safety
    ///
    /// `to` is at most the number of characters, and their codes are the dictionary's.
    #[inline(never)]
    unsafe fn find(&mut self, batch: Batch<'_>, mut at: usize, to: usize, left_over: u8) -> usize {
        if at >= to {
            return at;
        }
        let most = self.count + (to - at) / 2 + 1;
        if self.runs.len() < most {
            self.runs.resize(most, Run::default());
        }
        let (lexicon, codes) = (batch.lexicon, batch.units.codes());
        let words = batch.route.words(codes.len());
        let (runs, mut count) = (&mut self.runs[..], self.count);
        // How many are left right before this position.
        let mut left = 0;
        while at < to {
            // SAFETY: `at` is a position, and the codes are the dictionary's.
            let (step, traits) = unsafe { (words.step_of_dictionary(at), lexicon.traits_of_code(get(codes, at))) };
            let is_left = (step == 1) & (traits & left_over != 0);
            // Whether a word is a single character cannot be predicted, so a run is written down again and again, and kept
            // where it ends.
            // SAFETY: each run kept has two characters at least, and there is room for half of them and one more.
            let run = unsafe { get_mut(runs, count) };
            (run.end, run.len) = (fits(at), left);
            count += usize::from(!is_left & (left >= 2));
            left = if is_left { left + 1 } else { 0 };
            at += step;
        }
        if left >= 2 {
            // SAFETY: as above.
            let run = unsafe { get_mut(runs, count) };
            (run.end, run.len) = (fits(at), left);
            count += 1;
        }
        self.count = count;
        at
    }

    #[inline(never)]
    fn cut_runs(&mut self, batch: Batch<'_>, hmm: Hmm<'_>, is_natural: bool) {
        let LeftOver { runs, count, by_len, short, joined, rows, labels } = self;
        sort(&runs[..*count], by_len);
        for &run in &*by_len {
            // The route has preferred the single characters to the word that they make.
            if batch.route.word(run.start(), run.len as usize) != WordId::NONE {
                continue;
            }
            let common = batch.common_traits(run);
            match common & traits::FOR_HMM != 0 && run.len as usize <= SHORT {
                true => short.push(Short { run, ends: batch.ends(hmm, is_natural, run) }),
                false => Other { batch, is_natural, rows, labels, joined }.cut(hmm, run, common),
            }
        }
    }

    /// Let the route go over the words found.
    pub(super) fn join(&self, route: &mut Route) {
        for Short { run, ends } in &self.short {
            route.join_all(run.start(), run.len as usize, *ends);
        }
        for &Joined { at, len, by_hmm } in &self.joined {
            route.join(at as usize, len as usize, by_hmm);
        }
    }

    /// Free what a huge run left behind.
    pub(crate) fn release(&mut self) {
        crate::segment::release(&mut self.runs);
        crate::segment::release(&mut self.by_len);
        crate::segment::release(&mut self.short);
        crate::segment::release(&mut self.joined);
        crate::segment::release(&mut self.rows);
        self.labels.release();
    }
}

/// Sort runs, the shorter first.
fn sort(runs: &[Run], by_len: &mut Vec<Run>) {
    by_len.clear();
    if let [run] = runs {
        return by_len.push(*run);
    }
    // One more place for all that are longer.
    let mut next = [0; SHORT + 2];
    let len = |run: &Run| (run.len as usize).min(SHORT + 1);
    runs.iter().for_each(|run| next[len(run)] += 1);
    let mut before = 0;
    for next in &mut next {
        before += std::mem::replace(next, before);
    }
    by_len.resize(runs.len(), Run::default());
    for run in runs {
        let next = &mut next[len(run)];
        by_len[*next] = *run;
        *next += 1;
    }
}

impl Batch<'_> {
    /// The traits that all characters of a run have: mostly they are ideographs, or letters.
    #[inline]
    fn common_traits(self, run: Run) -> u8 {
        let codes = &self.units.codes()[run.start()..run.end as usize];
        codes.iter().fold(u8::MAX, |common, &code| common & self.lexicon.traits_of(code))
    }

    /// Call `each` with characters that are for the HMM, as numbers, and with each of `with`. In the natural profile a
    /// character is the form by which it is looked up.
    #[inline]
    fn each_char<T>(
        self,
        chars: Range<usize>,
        is_natural: bool,
        with: impl Iterator<Item = T>,
        mut each: impl FnMut(u32, T),
    ) {
        let (first, starts) = self.units.start_and_offsets();
        let text = &self.text.as_bytes()[first..];
        // All of them are of three bytes, but for forms that are looked up as others.
        let in_text = |start: u32| text[start as usize..].first_chunk().copied().map_or(0, decode_three).into();
        let starts = &starts[chars.clone()];
        match is_natural {
            true => {
                for ((&code, &start), with) in self.units.codes()[chars].iter().zip(starts).zip(with) {
                    each(if code < FIRST { in_text(start) } else { self.lexicon.char_number(code) }, with);
                }
            }
            false => starts.iter().zip(with).for_each(|(&start, with)| each(in_text(start), with)),
        }
    }

    /// Where the words of a short run end that is for the HMM.
    #[inline]
    fn ends(self, hmm: Hmm<'_>, is_natural: bool, run: Run) -> u16 {
        let (at, len) = (run.start(), run.len as usize);
        let mut rows = [0; SHORT];
        let rows = &mut rows[..len];
        self.each_char(at..at + len, is_natural, rows.iter_mut(), |c, row| *row = hmm.row(c));
        let mut ends = hmm.ends(rows);
        if self.route.has_marks() {
            let mut begin = 0;
            for end in 1..=len {
                if ends >> (end - 1) & 1 != 0 {
                    if self.route.is_never_joined(at + begin, end - begin) {
                        (begin..end).for_each(|index| ends |= 1 << index);
                    }
                    begin = end;
                }
            }
        }
        ends
    }
}

/// What a run is cut with that is long, or not for the HMM alone.
struct Other<'a, 'r> {
    batch: Batch<'a>,
    is_natural: bool,
    rows: &'r mut Vec<u16>,
    labels: &'r mut Labels,
    joined: &'r mut Vec<Joined>,
}

impl Other<'_, '_> {
    fn cut(&mut self, hmm: Hmm<'_>, run: Run, common: u8) {
        let (from, to) = (run.start(), run.end as usize);
        match common {
            _ if common & traits::FOR_HMM != 0 => self.cut_by_hmm(hmm, from, to),
            _ if common & traits::ALPHANUMERIC != 0 => self.join(from, to),
            _ => self.cut_mixed(hmm, from, to),
        }
    }

    /// Characters as one token, unless a user has said that they are none.
    fn join(&mut self, from: usize, to: usize) {
        let route = self.batch.route;
        if to - from > 1 && !(route.has_marks() && route.is_never_joined(from, to - from)) {
            self.joined.push(Joined { at: fits(from), len: fits(to - from), by_hmm: false });
        }
    }

    /// A run of characters that are for the HMM and others.
    fn cut_mixed(&mut self, hmm: Hmm<'_>, from: usize, to: usize) {
        let is_for_hmm = |batch: Batch<'_>, at: usize| batch.traits(at) & traits::FOR_HMM != 0;
        let mut at = from;
        while at < to {
            let is_first = is_for_hmm(self.batch, at);
            let end = (at..to).find(|&end| is_for_hmm(self.batch, end) != is_first).unwrap_or(to);
            match is_first {
                true => self.cut_by_hmm(hmm, at, end),
                false => self.cut_others(at, end),
            }
            at = end;
        }
    }

    #[inline(never)]
    fn cut_by_hmm(&mut self, hmm: Hmm<'_>, from: usize, to: usize) {
        if to - from == 1 {
            return;
        }
        let Other { batch, is_natural, rows, labels, joined } = self;
        rows.clear();
        rows.resize(to - from, 0);
        batch.each_char(from..to, *is_natural, rows.iter_mut(), |c, row| *row = hmm.row(c));
        let (mut begin, mut block) = (from, from);
        hmm.cut(rows, labels, |mut ends| {
            // A loop over the words, not over the characters.
            while ends != 0 {
                let end = block + ends.trailing_zeros() as usize + 1;
                let len = end - begin;
                if len > 1 && !(batch.route.has_marks() && batch.route.is_never_joined(begin, len)) {
                    let by_hmm = batch.route.word(begin, len) == WordId::NONE;
                    joined.push(Joined { at: fits(begin), len: fits(len), by_hmm });
                }
                begin = end;
                ends &= ends - 1;
            }
            block += 64;
        });
    }

    /// What is not for the HMM: words and numbers with `.`, `_` and `-` inside and `%` at the end, and, as one token, all
    /// that is between two of these.
    fn cut_others(&mut self, from: usize, to: usize) {
        let batch = self.batch;
        let is_alphanumeric = |at: usize| batch.first_byte(at).is_ascii_alphanumeric();
        let mut at = from;
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
                    if end + 1 >= to || !is_connector(batch.first_byte(end)) || !is_alphanumeric(end + 1) {
                        break;
                    }
                    end += 1;
                }
                if end < to && batch.first_byte(end) == b'%' {
                    end += 1;
                }
            }
            self.join(at, end);
            at = end;
        }
    }
}
