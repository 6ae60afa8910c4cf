//! Turns a batch of text into tokens, by way of its characters and the dictionary words in it.

use std::cmp::Reverse;

use super::batch::Batch;
use super::data::Data;
use super::parts::Parts;
use super::scratch::{Lent, Scratch};
use super::segmenter::Segmenter;
use super::token::Token;

/// The tokens that a call asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Precise,
    /// Every dictionary word.
    Full,
    /// The words and their parts, in the order of
    /// [`Rules::push_with_parts`](super::rules::Rules::push_with_parts).
    Search,
    /// The words, all dictionary words and the parts of compounds, sorted by start, the longer of
    /// equals first.
    Index,
}

/// A segmenter, and the options of one call.
#[derive(Clone, Copy)]
pub(super) struct Cutter<'s> {
    pub(super) segmenter: &'s Segmenter,
    pub(super) mode: Mode,
    pub(super) hmm: bool,
}

impl Cutter<'_> {
    /// Cuts `text`, and calls `each` with the results of each batch.
    pub(super) fn each_batch(&self, text: &str, mut each: impl FnMut(&mut Scratch)) {
        let mut scratch = Lent::new();
        let mut at = 0;
        while at < text.len() {
            at = self.cut_batch(text, at, scratch.get());
            each(scratch.get());
        }
    }

    /// Cuts `text` into `tokens`, which are cleared first.
    pub(super) fn fill<'t>(&self, text: &'t str, tokens: &mut Vec<Token<'t>>) {
        tokens.clear();
        self.each_batch(text, |Scratch { units, spans, .. }| {
            tokens.extend(spans.iter().map(|span| span.token(text, units)));
        });
    }

    /// Cuts the batch that begins at byte `at`, or the next part of a batch that was read before,
    /// into the spans of `scratch`. Returns the byte after it.
    pub(super) fn cut_batch(&self, text: &str, at: usize, scratch: &mut Scratch) -> usize {
        let Cutter { segmenter, mode, hmm } = *self;
        // Made anew for each batch. Storing it in the tokens' iterator costs more where texts are
        // short.
        let (data, rules) = (&segmenter.data(hmm), segmenter.rules());
        if scratch.given >= scratch.units.len() {
            self.read_batch(data, text, at, scratch);
            scratch.given = 0;
        }
        scratch.whole.clear();
        scratch.spans.clear();
        if mode != Mode::Full {
            scratch.given = rules.cut(data, text, scratch);
        }
        let Scratch { units, given, route, whole, spans, .. } = scratch;
        let batch = Batch { lexicon: &data.lexicon, text, units, route };
        match mode {
            Mode::Precise => std::mem::swap(whole, spans),
            Mode::Full => *given = rules.push_all_words(batch, *given, spans),
            Mode::Search => rules.push_with_parts(batch, whole, spans),
            Mode::Index => Parts { batch, rules }.push_all(whole, spans, |word| (word.from, Reverse(word.to))),
        }
        if !segmenter.white_space {
            let is_space = |text: &str| text.chars().all(char::is_whitespace);
            spans.retain(|span| !is_space(&text[units.byte(span.from as usize)..units.byte(span.to as usize)]));
        }
        units.byte(*given)
    }

    /// Reads the batch that begins at byte `from`, and finds the dictionary words in it. Returns
    /// the byte after it.
    pub(super) fn read_batch(&self, data: &Data<'_>, text: &str, from: usize, scratch: &mut Scratch) -> usize {
        let Scratch { units, route, .. } = scratch;
        let all_words = self.mode == Mode::Full;
        let end = self.segmenter.rules().read(data, text, from, all_words, units);
        let model = data.model.filter(|_| !all_words);
        route.find(data.lexicon, data.user, model, units);
        end
    }
}
