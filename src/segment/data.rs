//! The dictionary, the models and the options of a segmenter, as loops use them.

use super::hmm::Hmm;
use super::learned::ModelOfWords;
use crate::dictionary::{Lexicon, UserLexicon};
use crate::storage::char_table::CharTable;
use crate::text::Entities;

/// The data and the options of a segmenter, in the form that the loops use.
#[derive(Clone, Copy)]
pub(super) struct Data<'s> {
    pub(super) lexicon: Lexicon<'s>,
    pub(super) user: Option<UserLexicon<'s>>,
    /// The map from characters to codes.
    pub(super) table: CharTable<'s>,
    /// jieba's HMM, which finds words that the dictionary lacks. `None` if it is missing, not
    /// wanted, or `model` decides.
    pub(super) hmm: Option<Hmm<'s>>,
    /// The learned model, which decides where words end in the natural profile. `None` if it is
    /// missing or not wanted.
    pub(super) model: Option<ModelOfWords<'s>>,
    pub(super) entities: Entities,
}
