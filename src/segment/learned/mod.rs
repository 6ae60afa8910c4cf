//! The learned model of where words end: a linear-chain conditional random field over characters.
//!
//! Each character begins a word (B), is in its middle (M), ends it (E), or is one by itself (S).
//! For each character and tag, a [`WordModel`] sums the weights of the characters around it, of
//! pairs of neighbours, and of the dictionary's words at the position. The Viterbi algorithm finds
//! the tags with the greatest sum. These say where words end.
//!
//! Borders alone determine the tags: a character with a border after it is E or S, and one with a
//! border on either side is S. So two numbers for a position replace the four: the weight of a
//! border after it, and the weight of a word that is this character alone. There are no weights
//! from tag to tag.
//!
//! Each number, Latin word or other mark is one symbol, since the engine has set it aside before.
//! Such a symbol is a word by itself, and also weighs on its neighbours.

mod best_borders;
mod borders;
mod cut;
mod image;
mod joints;
mod marks;
#[cfg(test)]
mod naive;
mod pair_table;
mod prepared;
mod row;
mod scores;
mod symbol;
mod symbols;
mod weights;

use std::sync::Arc;

use self::best_borders::BestBorders;
pub(crate) use self::borders::{Buffers, Weighings};
pub(crate) use self::cut::cut;
use self::image::WordImage;
pub(crate) use self::image::{ModelOfWords, View};
pub use self::marks::Marks;
use self::scores::Scores;
pub use self::symbol::Symbol;
use self::symbols::Symbols;
pub use self::weights::{Around, WordWeights};
use super::stored_model::stored_model;
use crate::error::Error;
use crate::numbers::fits;
use crate::storage::bytes::Bytes;

/// A learned model of where words end.
///
/// `fenci train words` trains one from text with spaces between words. A clone is a second handle
/// to the same model.
#[derive(Clone)]
pub struct WordModel(Arc<WordImage>);

stored_model!(WordModel);

impl WordModel {
    /// Returns the model in the package `fenci-words`.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::segment::WordModel;
    /// let segmenter = Segmenter::builder().word_model(WordModel::embedded()).build();
    /// assert_eq!(segmenter.cut("拼多多").count(), 1);
    /// ```
    #[cfg(feature = "learned")]
    #[expect(clippy::expect_used, reason = "the tests open it, and it is part of the program")]
    pub fn embedded() -> WordModel {
        static MODEL: std::sync::LazyLock<WordModel> = std::sync::LazyLock::new(|| {
            WordModel::from_image(Bytes::Static(fenci_words::MODEL)).expect("a model of this crate")
        });
        MODEL.clone()
    }

    /// Compiles trained weights. Each weight becomes one byte.
    ///
    /// # Errors
    ///
    /// If the weights do not fit each other. The error says which.
    pub fn compile(weights: &WordWeights) -> Result<WordModel, Error> {
        WordModel::from_image(weights.to_image()?.into())
    }

    fn image(&self) -> &[u8] {
        self.0.bytes()
    }

    fn from_image(bytes: Bytes) -> Result<WordModel, Error> {
        Ok(WordModel(Arc::new(WordImage::open(bytes)?)))
    }

    /// Returns the symbol by which the model knows `c` where it stands by itself.
    pub fn symbol(&self, c: char) -> u16 {
        self.view().symbol(c)
    }

    /// Returns for each symbol whether a word ends after it. `marks` are the dictionary's words at
    /// each position, in the form of [`Marks`]. Without marks the model does not use a dictionary.
    ///
    /// This is for trainers, which measure the model that they have trained. To cut text, use a
    /// [`Segmenter`](crate::Segmenter).
    pub fn word_ends(&self, symbols: &[u16], marks: Option<&[u8]>) -> Vec<bool> {
        let view = if marks.is_some() { self.view() } else { self.view().without_dictionary() };
        let marks = marks.unwrap_or_default().iter().copied().chain(std::iter::repeat(0));
        let (mut text, mut scores, mut best) = (Symbols::default(), Scores::default(), BestBorders::default());
        text.begin(false, symbols.len());
        symbols.iter().zip(marks).zip(0..).for_each(|((&symbol, mark), at)| text.push(view, symbol, mark, at));
        text.finish(fits(symbols.len()));
        scores.begin(symbols.len());
        scores.sum(view, &text, &mut best);
        let mut ends = vec![false; symbols.len()];
        best.ends().iter().for_each(|&at| ends[at as usize] = true);
        ends
    }

    pub(crate) fn fingerprint(&self) -> u32 {
        self.0.fingerprint()
    }

    pub(crate) fn view(&self) -> View<'_> {
        self.0.view()
    }
}
