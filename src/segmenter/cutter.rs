//! A batch of text: its characters, the route through them, and then its tokens.

use super::batch::Batch;
use super::{Mode, Profile};
use crate::hmm::Hmm;
use crate::lexicon::Lexicon;
use crate::pages::PageTable;
use crate::scratch::Scratch;

/// What a call needs of a segmenter, in the form that the loops use.
pub(super) struct Cutter<'s> {
    pub(super) lexicon: Lexicon<'s>,
    /// From characters to codes, folding or not.
    pub(super) table: PageTable<'s>,
    pub(super) hmm: Option<Hmm<'s>>,
    pub(super) profile: Profile,
    pub(super) mode: Mode,
}

impl Cutter<'_> {
    /// Cut the batch that begins at byte `from`, into `scratch.spans`; gives the byte after it.
    pub(super) fn cut_batch(&self, text: &str, from: usize, scratch: &mut Scratch) -> usize {
        let Scratch { units, route, labels, spans, .. } = scratch;
        let end = match (self.profile, self.mode) {
            (Profile::Jieba, Mode::Full) => units.read_han(text, from, self.table),
            (Profile::Jieba, _) => units.read_exact(text, from, self.table),
            (Profile::Natural, mode) => units.read_natural(text, from, self.table, mode == Mode::Full),
        };
        route.find(self.lexicon, &units.codes);
        route.keep_whole(&mut units.codes, &units.pieces);
        if self.mode != Mode::Full {
            route.solve(self.lexicon, &units.codes);
        }
        spans.clear();
        let mut batch = Batch {
            lexicon: self.lexicon,
            hmm: self.hmm,
            with_parts: self.mode == Mode::Search,
            text,
            units,
            route,
            labels,
            spans,
        };
        match (self.profile, self.mode) {
            (Profile::Jieba, Mode::Full) => batch.emit_all_exact(),
            (Profile::Natural, Mode::Full) => batch.emit_all_natural(),
            (Profile::Jieba, _) => batch.emit_exact(),
            (Profile::Natural, _) => batch.emit_natural(),
        }
        end
    }

    /// The character that `c` is looked up as.
    pub(super) fn folded(&self, c: char) -> char {
        self.lexicon.char_of(self.table.at(c.into())).unwrap_or(c)
    }
}
