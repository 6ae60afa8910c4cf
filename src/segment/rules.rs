//! The trait that both profiles implement.

use super::batch::Batch;
use super::data::Data;
use super::list::List;
use super::scratch::Scratch;
use super::span::Span;
use crate::text::Units;

/// The differences between the profiles: how to read text, and which words to choose.
///
/// A batch of text is read first. Then its dictionary words are found, which is the same in all
/// profiles. Then the profile chooses the words of the text among them, and adds others.
pub(super) trait Rules: Sync {
    /// Reads the next batch of `text`, from byte `from` on. Returns the byte after it. `all_words`
    /// is `true` if the batch is for [`Rules::push_all_words`].
    fn read(&self, data: &Data<'_>, text: &str, from: usize, all_words: bool, units: &mut Units) -> usize;

    /// Cuts the batch in `scratch`, or the next part of a long one, into words that do not overlap.
    /// The dictionary words of the batch must have been found. Pushes the words to
    /// [`Scratch::whole`]. Returns the character after them.
    fn cut(&self, data: &Data<'_>, text: &str, scratch: &mut Scratch) -> usize;

    /// Pushes every dictionary word of a batch, or of the next part of a long one, and the
    /// characters between the words. The batch or part begins at the character `from`. Returns the
    /// character after it.
    fn push_all_words(&self, batch: Batch<'_>, from: usize, words: &mut List<Span>) -> usize;

    /// Pushes `whole`, the words of a batch or part, and among them the other words by which a
    /// search may find the text.
    fn push_with_parts(&self, batch: Batch<'_>, whole: &[Span], words: &mut List<Span>);

    /// Returns whether `c` stands between the parts of a compound such as `well-known`.
    fn parts_compounds(&self, c: char) -> bool;
}
