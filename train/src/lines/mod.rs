//! Trains the model that tells lines of an article from lines of its site.

mod score;
mod synthesis;
mod table;
mod text_form;
mod trainer;

use std::collections::{BTreeSet, HashMap};

use fenci::article::main_text::{LineModel, LineWeights};

pub use self::score::{Score, score};
use self::synthesis::{Random, Synthesis};
pub use self::table::{Page, read};
pub use self::text_form::to_text;
pub use self::trainer::Options;

/// The number of times that furniture is put around an article.
const COPIES: usize = 4;
/// The number of times that a text written for the training is repeated.
const TIMES: usize = 3;

/// Trains a model from `pages`, from furniture of other kinds of sites around the articles of these
/// pages, and from texts that were written for this crate.
pub fn train(pages: &[Page], options: &Options) -> LineWeights {
    let synthesis = Synthesis::new();
    let mut random = Random(7);
    let mut all = pages.to_vec();
    for _ in 0..COPIES {
        all.extend(pages.iter().map(|page| synthesis.furnish(page, &mut random)));
    }
    // The same model is used for texts without tags.
    all.extend(pages.iter().map(Page::without_tags));
    all.extend((0..TIMES).flat_map(|_| synthesis.texts().into_iter().chain(synthesis.pages())));
    trainer::train(&all, options)
}

/// Returns the score of models on pages of sites that they have not learned from. The sites are
/// split into `folds` parts, and the model for each part learns from the other parts.
pub fn cross_validate(pages: &[Page], options: &Options, folds: usize) -> Score {
    let sites: BTreeSet<&str> = pages.iter().map(|page| &*page.site).collect();
    let fold_of: HashMap<&str, usize> = sites.into_iter().enumerate().map(|(at, site)| (site, at % folds)).collect();
    let judge = |fold: usize| {
        let (held_out, known): (Vec<Page>, Vec<Page>) =
            pages.iter().cloned().partition(|page| fold_of.get(&*page.site) == Some(&fold));
        let model = train(&known, options).to_bytes();
        let keeps = move |page: Page| {
            let keeps = LineModel::new(&model).map(|model| model.keeps(&page.lines())).unwrap_or_default();
            (page, keeps)
        };
        held_out.into_iter().map(keeps).collect::<Vec<_>>()
    };
    let judged: Vec<(Page, Vec<bool>)> = (0..folds).flat_map(judge).collect();
    score(judged.iter().map(|(page, keeps)| (page, keeps.clone())))
}
