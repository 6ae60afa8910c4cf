//! The natural profile: words as a reader sees them.

use std::cmp::Reverse;

use super::all_words::push_run;
use super::batch::Batch;
use super::best_route;
use super::data::Data;
use super::learned;
use super::list::List;
use super::parts::Parts;
use super::rules::Rules;
use super::scratch::Scratch;
use super::span::Span;
use crate::dictionary::WordId;
use crate::text::codes::traits;
use crate::text::{self, Origin, Units, is_separator};

/// The rules of the natural profile.
pub(super) struct Natural;

impl Rules for Natural {
    /// For all words, reads entities that may have words as these words, and successive line feeds
    /// as one token.
    fn read(&self, data: &Data<'_>, text: &str, from: usize, all_words: bool, units: &mut Units) -> usize {
        let Data { table, entities, .. } = *data;
        let entities = if all_words { entities.without_words() } else { entities };
        units.read_natural(text, from, text::ReadingOptions { table, line_feeds_join: all_words, entities })
    }

    /// Cuts by the learned model. Without one, takes the best route. Han characters that the route
    /// leaves are for the HMM, or stand alone without it.
    fn cut(&self, data: &Data<'_>, text: &str, scratch: &mut Scratch) -> usize {
        let loose = if data.hmm.is_some() { traits::HAN } else { 0 };
        match data.model {
            Some(model) => learned::cut(data, model, text, scratch),
            None => best_route::cut(data, loose, usize::MAX, text, scratch),
        }
    }

    /// Pushes the words at each position, every piece, and every character between.
    fn push_all_words(&self, batch: Batch<'_>, from: usize, words: &mut List<Span>) -> usize {
        let len = batch.units.len();
        let mut pieces = batch.units.pieces.iter().peekable();
        let mut at = from;
        loop {
            let to = pieces.peek().map_or(len, |piece| piece.start as usize);
            at = push_run(batch, at, to, true, words);
            if at == len {
                return len;
            }
            let mut end = at + 1;
            if let Some(piece) = pieces.next_if(|piece| piece.start as usize == at) {
                end = piece.end as usize;
                push_run(batch, at, at + 1, false, words);
                // A piece that is a dictionary word was pushed among the words.
                if batch.route.word(at, end - at) == WordId::NONE {
                    words.push(batch.span(at, end).or_as(piece.origin));
                }
            } else if !batch.is_in_run(at) {
                while batch.first_byte(at) == b'\n' && end < len && batch.first_byte(end) == b'\n' {
                    end += 1;
                }
                words.push(batch.span(at, end));
            } else if !batch.is_han(at) {
                words.push(batch.span(at, end));
            }
            at = end;
        }
    }

    /// Pushes all dictionary words and the parts of compounds, sorted by end, the shorter first, so
    /// that ends never go back.
    fn push_with_parts(&self, batch: Batch<'_>, whole: &[Span], words: &mut List<Span>) {
        Parts { batch, rules: self }.push_all(whole, words, |word| (word.to, Reverse(word.from)));
    }

    fn parts_compounds(&self, c: char) -> bool {
        match u8::try_from(c) {
            Ok(byte) => is_separator(byte),
            Err(_) => Origin::of_char(c) == Origin::Han,
        }
    }
}
