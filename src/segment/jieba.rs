//! The Jieba profile: the very tokens of jieba-rs 0.11.0.

use super::all_words::push_until;
use super::batch::Batch;
use super::best_route;
use super::data::Data;
use super::list::List;
use super::parts::Parts;
use super::rules::Rules;
use super::scratch::Scratch;
use super::span::Span;
use crate::text::codes::traits;
use crate::text::{Units, is_connector, joins_in_full_mode};

/// A batch of more characters is one run. It gives its words in parts, since all of them would take
/// more memory than the run.
const LONG: usize = if cfg!(test) { 1 << 11 } else { 1 << 14 };
/// The number of words in a part.
const PART: usize = 1 << 10;

/// The rules of jieba-rs.
pub(super) struct Jieba;

impl Rules for Jieba {
    fn read(&self, data: &Data<'_>, text: &str, from: usize, all_words: bool, units: &mut Units) -> usize {
        match all_words {
            false => units.read_exact(text, from, data.table),
            true => units.read_han(text, from, data.table),
        }
    }

    /// Takes the best route. Characters that the route leaves are for the HMM. Without the HMM,
    /// ASCII letters and digits are joined.
    fn cut(&self, data: &Data<'_>, text: &str, scratch: &mut Scratch) -> usize {
        let loose = if data.hmm.is_some() { traits::IN_RUN } else { traits::ALPHANUMERIC };
        let most = if scratch.units.len() > LONG { PART } else { usize::MAX };
        best_route::cut(data, loose, most, text, scratch)
    }

    /// Pushes the words of each run of Han characters. Between runs, pushes each character by
    /// itself, but ASCII letters and digits together.
    fn push_all_words(&self, batch: Batch<'_>, from: usize, words: &mut List<Span>) -> usize {
        let len = batch.units.len();
        let to = if len > LONG { len.min(from + PART) } else { len };
        let joins = |at: usize| joins_in_full_mode(batch.first_byte(at));
        let push = |at: usize, words: &mut List<Span>| {
            push_until(batch, at, to, words, |at, is_in_run, _| !is_in_run && joins(at))
        };
        let mut at = push(from, words);
        while at < to {
            let end = (at + 1..len).find(|&end| batch.is_in_run(end) || !joins(end)).unwrap_or(len);
            words.push(batch.span(at, end));
            at = push(end, words);
        }
        at
    }

    /// Pushes, before each word, the parts of a compound, then its words of two characters, then
    /// those of three.
    fn push_with_parts(&self, batch: Batch<'_>, whole: &[Span], words: &mut List<Span>) {
        let parts = Parts { batch, rules: self };
        for &word in whole {
            parts.push_compound(word, words);
            let (from, to) = (word.from as usize, word.to as usize);
            for len in 2..=3.min(to - from - 1) {
                (from..=to - len).for_each(|at| parts.push_word(at, len, words));
            }
            words.push(word);
        }
    }

    fn parts_compounds(&self, c: char) -> bool {
        u8::try_from(c).is_ok_and(is_connector)
    }
}
