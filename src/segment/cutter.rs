//! A batch of text: its characters, the route through them, and then its tokens.

use super::batch::{Batch, Emitter};
use super::parts::{Parts, WithParts};
use super::sink::{Filled, Maker, Sink, WordSink};
use super::{Mode, Profile};
use crate::dictionary::{Lexicon, UserLexicon};
use crate::segment::Token;
use crate::segment::hmm::Hmm;
use crate::segment::scratch::{Borrowed, Buffers, Scratch};
use crate::segment::tag_model::Path;
use crate::storage::char_table::CharTable;
use crate::text::{Entities, Natural};

/// What a call needs of a segmenter, in the form that the loops use.
pub(super) struct Cutter<'s> {
    pub(super) lexicon: Lexicon<'s>,
    pub(super) user: Option<UserLexicon<'s>>,
    /// From characters to codes, folding or not.
    pub(super) table: CharTable<'s>,
    pub(super) hmm: Option<Hmm<'s>>,
    pub(super) profile: Profile,
    pub(super) mode: Mode,
    /// What is one token though it is no word, in the natural profile.
    pub(super) entities: Entities,
    pub(super) white_space: bool,
}

impl Cutter<'_> {
    /// All tokens of `text`, into `tokens`, which are cleared first.
    pub(super) fn fill<'t>(&self, text: &'t str, tokens: &mut Vec<Token<'t>>) {
        self.fill_with(text, text, tokens, usize::MAX, |_, _| ());
    }

    /// The same as `maker` makes them, up to the batch with the one numbered `most`; `finish` gets those of each batch.
    pub(super) fn fill_with<M: Maker>(
        &self,
        text: &str,
        maker: M,
        items: &mut Vec<M::Item>,
        most: usize,
        mut finish: impl FnMut(&mut [M::Item], &mut Path),
    ) {
        items.clear();
        let mut scratch = Borrowed::new();
        let Scratch { buffers, path, .. } = &mut *scratch;
        let mut sink = Filled { maker, items };
        let mut at = 0;
        while at < text.len() && sink.len() < most {
            let before = sink.len();
            at = self.cut_batch(text, at, buffers, &mut sink);
            finish(sink.items.get_mut(before..).unwrap_or_default(), path);
        }
    }

    /// Cut the batch that begins at byte `from`, into `sink`; gives the byte after it.
    pub(super) fn cut_batch<S: Sink>(&self, text: &str, from: usize, scratch: &mut Buffers, sink: &mut S) -> usize {
        let end = self.solve_batch(text, from, scratch);
        let Buffers { units, route, left_over, words, parts } = scratch;
        let (lexicon, is_natural) = (self.lexicon, self.profile == Profile::Natural);
        if let (Some(hmm), false) = (self.hmm, self.mode == Mode::Full) {
            left_over.cut(Batch { lexicon, text, units, route }, hmm, is_natural);
            left_over.join(route);
        }
        let joins = self.hmm.is_none() && !is_natural && units.ascii.has_alphanumeric();
        let batch = Batch { lexicon, text, units, route };
        let before = sink.len();
        match (self.mode, is_natural) {
            (Mode::Precise, _) => Emitter { batch, sink }.emit_route(joins),
            (Mode::Full, true) => Emitter { batch, sink }.emit_all_natural(),
            (Mode::Full, false) => Emitter { batch, sink }.emit_all_exact(),
            (Mode::Search | Mode::Index, _) => {
                words.clear();
                Emitter { batch, sink: words }.emit_route(joins);
                let order = match self.mode {
                    Mode::Index => Parts::Starting,
                    _ if is_natural => Parts::Ending,
                    _ => Parts::Jieba,
                };
                WithParts { batch, order, is_natural, spare: parts, sink }.push_all(words);
            }
        }
        if !self.white_space {
            sink.retain_from(before, |range| !text[range].chars().all(char::is_whitespace));
        }
        end
    }

    /// Find the words of the batch that begins at byte `from` and the best route; gives the byte after it.
    pub(super) fn solve_batch(&self, text: &str, from: usize, scratch: &mut Buffers) -> usize {
        let Buffers { units, route, .. } = scratch;
        let end = match (self.profile, self.mode) {
            (Profile::Jieba, Mode::Full) => units.read_han(text, from, self.table),
            (Profile::Jieba, _) => units.read_exact(text, from, self.table),
            (Profile::Natural, mode) => {
                let line_feeds_join = mode == Mode::Full;
                let natural = Natural { table: self.table, line_feeds_join, entities: self.entities };
                units.read_natural(text, from, natural)
            }
        };
        route.find(self.lexicon, self.user, units);
        if self.mode != Mode::Full {
            route.solve(self.lexicon, units);
            if let Some(user) = self.user.filter(|_| route.has_marks()) {
                route.split_words(user, units);
            }
        }
        end
    }
}
