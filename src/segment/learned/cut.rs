//! Cuts a batch of text, whose dictionary words are known, into the words that the model finds.

use super::borders::Buffers;
use super::image::ModelOfWords;
use super::symbols::Gap;
use crate::numbers::fits;
use crate::segment::batch::{Batch, word_at};
use crate::segment::data::Data;
use crate::segment::list::List;
use crate::segment::scratch::Scratch;
use crate::segment::span::Span;
use crate::text::Origin;

/// Cuts a batch into the words that the model finds. Returns the character after the last one.
pub(crate) fn cut(data: &Data<'_>, model: ModelOfWords<'_>, text: &str, scratch: &mut Scratch) -> usize {
    let Scratch { units, route, learned, whole: words, .. } = scratch;
    learned.find_borders(data, model, text, units, route);
    let Buffers { symbols, best, fixed, joined, .. } = learned;
    let starts = symbols.starts();
    let batch = Batch { lexicon: &data.lexicon, text, units, route };
    let is_plain = fixed.is_empty() && !route.has_marks();
    let mut writing = Writing { batch, words, fixed: fixed.iter().peekable(), at: 0 };
    // White space and the end of the batch. There is a border at each.
    let end = Gap { before: starts.len() - 1, start: fits(units.len()) };
    let (mut symbol, mut ends) = (0, best.ends());
    for gap in symbols.gaps().iter().chain([&end]) {
        let (words, after) = ends.split_at(ends.partition_point(|&at| (at as usize) < gap.before));
        writing.single_until(starts[symbol] as usize);
        match is_plain {
            true => writing.plain_words(starts, symbol, words, gap.start),
            false => writing.words(starts, symbol, words, gap.start),
        }
        (symbol, ends) = (gap.before, after);
    }
    writing.single_until(units.len());
    for &symbol in &*joined {
        if let Some(word) = word_at(words, starts[symbol as usize]) {
            word.origin = None;
        }
    }
    batch.set_piece_origins(words);
    units.len()
}

/// Pushes words, and the characters between them.
struct Writing<'a, F: Iterator> {
    batch: Batch<'a>,
    words: &'a mut List<Span>,
    fixed: std::iter::Peekable<F>,
    /// The first character that is in no word yet.
    at: usize,
}

impl<'f, F: Iterator<Item = &'f (usize, usize)>> Writing<'_, F> {
    /// Pushes the words that the model has found from `symbol` on, where users have declared
    /// nothing about them. `ends` has the last symbol of each word. No word goes beyond the
    /// character `to`.
    fn plain_words(&mut self, starts: &[u32], symbol: usize, ends: &[u32], to: u32) {
        let Writing { batch, words, at, .. } = self;
        let batch = *batch;
        let mut from = starts[symbol];
        for (place, &end) in words.room(ends.len()).iter_mut().zip(ends) {
            let to = starts[end as usize + 1].min(to);
            *place = batch.span_by(from as usize, to as usize, Some(Origin::Model));
            from = to;
        }
        words.advance(ends.len());
        *at = from as usize;
    }

    /// Does the same where words are fixed or users have declared something.
    fn words(&mut self, starts: &[u32], symbol: usize, ends: &[u32], to: u32) {
        let mut from = starts[symbol];
        for &end in ends {
            let end = starts[end as usize + 1].min(to);
            self.word(from as usize, end as usize);
            from = end;
        }
    }

    /// Pushes a word that the model has found, with the fixed words before it and in it.
    fn word(&mut self, from: usize, to: usize) {
        while let Some(&(start, end)) = self.fixed.next_if(|word| word.0 < to) {
            self.single_until(start);
            // Skips a fixed word that begins inside a piece, since a piece is whole.
            if start == self.at {
                self.words.push(self.batch.span(start, end));
                self.at = end;
            }
        }
        if from < self.at {
            return;
        }
        self.single_until(from);
        match self.batch.route.is_never_joined(from, to - from) {
            true => self.single_until(to),
            false => self.words.push(self.batch.span_by(from, to, Some(Origin::Model))),
        }
        self.at = to;
    }

    /// Pushes characters that no symbol stands for: white space, and each character and piece by
    /// itself.
    fn single_until(&mut self, to: usize) {
        while self.at < to {
            let pieces = &self.batch.units.pieces;
            let piece = pieces.binary_search_by_key(&self.at, |piece| piece.start as usize).map(|index| &pieces[index]);
            let end = match piece {
                Ok(piece) => {
                    let end = piece.end as usize;
                    self.words.push(self.batch.span(self.at, end).or_as(piece.origin));
                    end
                }
                Err(_) => {
                    self.words.push(self.batch.span(self.at, self.at + 1));
                    self.at + 1
                }
            };
            self.at = end;
        }
    }
}
