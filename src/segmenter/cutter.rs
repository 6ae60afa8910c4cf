//! A batch of text: its characters, the route through them, and then its tokens.

use super::batch::{Batch, Parts};
use super::sink::{Filled, Maker, Sink};
use super::{Mode, Profile, reserve};
use crate::Token;
use crate::hmm::{Hmm, Labels};
use crate::lexicon::{Lexicon, UserLexicon};
use crate::pages::CharTable;
use crate::route::Route;
use crate::scratch::{Borrowed, Buffers, Scratch};
use crate::tagger::Path;
use crate::text::{Natural, Units, Wholes};
use crate::token::Span;

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
    pub(super) wholes: Wholes,
    pub(super) white_space: bool,
}

impl Cutter<'_> {
    /// All tokens of `text`, into `tokens`, which are cleared first.
    pub(super) fn fill<'t>(&self, text: &'t str, tokens: &mut Vec<Token<'t>>) {
        self.fill_with(text, text, tokens, |_, _| ());
    }

    /// The same as `maker` makes them; `finish` gets those of each batch.
    pub(super) fn fill_with<M: Maker>(
        &self,
        text: &str,
        maker: M,
        items: &mut Vec<M::Item>,
        mut finish: impl FnMut(&mut [M::Item], &mut Path),
    ) {
        items.clear();
        reserve(items, text);
        let mut scratch = Borrowed::new();
        let Scratch { buffers, path, .. } = &mut *scratch;
        let mut sink = Filled { maker, items };
        let mut at = 0;
        while at < text.len() {
            let before = sink.len();
            at = self.cut_batch(text, at, buffers, &mut sink);
            finish(sink.items.get_mut(before..).unwrap_or_default(), path);
        }
    }

    /// Cut the batch that begins at byte `from`, into `sink`; gives the byte after it.
    pub(super) fn cut_batch<S: Sink>(&self, text: &str, from: usize, scratch: &mut Buffers, sink: &mut S) -> usize {
        let end = self.solve_batch(text, from, scratch);
        let Buffers { units, route, labels, parts } = scratch;
        let before = sink.len();
        match self.mode {
            Mode::Search | Mode::Index => self.emit::<S, true>(text, units, route, labels, parts, sink),
            Mode::Precise | Mode::Full => self.emit::<S, false>(text, units, route, labels, parts, sink),
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
                let natural = Natural { table: self.table, line_feeds_join, wholes: self.wholes };
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

    fn emit<S: Sink, const PARTS: bool>(
        &self,
        text: &str,
        units: &Units,
        route: &Route,
        labels: &mut Labels,
        spare: &mut Vec<Span>,
        sink: &mut S,
    ) {
        let parts = match (self.profile, self.mode) {
            (_, Mode::Index) => Parts::Starting,
            (Profile::Natural, _) => Parts::Ending,
            (Profile::Jieba, _) => Parts::Jieba,
        };
        let (lexicon, hmm) = (self.lexicon, self.hmm);
        let is_natural = self.profile == Profile::Natural;
        let mut batch = Batch::<S, PARTS> { lexicon, hmm, parts, is_natural, text, units, route, labels, spare, sink };
        match (self.profile, self.mode) {
            (Profile::Jieba, Mode::Full) => batch.emit_all_exact(),
            (Profile::Natural, Mode::Full) => batch.emit_all_natural(),
            (Profile::Jieba, _) => batch.emit_exact(),
            (Profile::Natural, _) => batch.emit_natural(),
        }
    }
}
