//! A model prepared for a dictionary.

use std::fmt;

use super::WordModel;
use super::image::{ModelOfWords, packed};
use super::symbols::UNREAD;
use crate::dictionary::{Dictionary, Prepared};

impl Prepared {
    /// Prepares `model` for `dictionary`, which keeps the result. The first call takes a tenth of a
    /// millisecond for the embedded dictionary, and a tenth of a second for a dictionary that
    /// somebody has compiled.
    pub(crate) fn new(model: &WordModel, dictionary: &Dictionary) -> Prepared {
        dictionary.prepared(model.fingerprint(), || Prepared::find(model, dictionary))
    }

    fn find(model: &WordModel, dictionary: &Dictionary) -> Prepared {
        let (view, lexicon) = (model.view(), dictionary.lexicon());
        let symbol = |code| lexicon.char_of(code).map_or(UNREAD, |c| view.symbol(c));
        let symbols = (0..=u16::MAX).take_while(|&code| lexicon.has_code(code)).map(symbol).collect();
        let find_beliefs = || {
            let numbers = dictionary.numbers_in(view.dictionary).unwrap_or_default();
            // Words that the model does not know are believed as if the training text bore them
            // out.
            packed(numbers.into_iter().map(|known| if known == 0 { 2 } else { view.belief(known) })).into()
        };
        let is_known = view.dictionary == dictionary.fingerprint();
        let beliefs = (!is_known).then(find_beliefs);
        Prepared { symbols, beliefs }
    }

    pub(crate) fn model<'s>(&'s self, model: &'s WordModel) -> ModelOfWords<'s> {
        let view = model.view();
        let view = self.beliefs.as_ref().map_or(view, |beliefs| view.with_beliefs(beliefs));
        ModelOfWords { view, symbols: &self.symbols }
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").finish_non_exhaustive()
    }
}
