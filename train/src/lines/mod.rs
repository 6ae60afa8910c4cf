//! Trains the model that tells lines of an article from lines of its site.

mod score;
mod synthesis;
mod table;
mod trainer;

use fenci::article::main_text::LineModel;

pub use self::score::{Score, score};
use self::synthesis::{Random, Synthesis};
pub use self::table::{Page, read};
pub use self::trainer::Options;

/// How often furniture is put around an article.
const COPIES: usize = 4;
/// How often a text that was written for the training is repeated.
const TIMES: usize = 3;

/// Trains a model from pages, and from what was written for this crate: furniture of other kinds of sites around the articles of
/// these pages, and texts that are no pages.
pub fn train(pages: &[Page], options: &Options) -> LineModel {
    let synthesis = Synthesis::new();
    let mut random = Random(7);
    let mut all = pages.to_vec();
    for _ in 0..COPIES {
        all.extend(pages.iter().map(|page| synthesis.furnish(page, &mut random)));
    }
    // The same model serves texts without tags.
    all.extend(pages.iter().map(Page::without_tags));
    all.extend((0..TIMES).flat_map(|_| synthesis.texts().into_iter().chain(synthesis.pages())));
    trainer::train(&all, options)
}
