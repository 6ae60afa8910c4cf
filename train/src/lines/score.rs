//! Measures how much of the articles a model finds, and how much else.

use std::collections::HashMap;

use super::table::Page;

/// Means over pages, counted in sequences of four characters.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// The share of the kept text that is part of an article.
    pub precision: f64,
    /// The share of the articles that was kept.
    pub recall: f64,
    /// The harmonic mean of the two, computed for each page.
    pub f: f64,
}

/// Returns the score of keeping the lines for which `keep` is `true`.
pub fn score<'p>(pages: impl IntoIterator<Item = (&'p Page, Vec<bool>)>) -> Score {
    let mut sum = Score::default();
    let mut count = 0.0;
    for (page, keep) in pages {
        let grams = |keep: &[bool]| {
            let lines = page.lines.iter().zip(keep).filter(|(_, keep)| **keep);
            let text: Vec<char> = lines.flat_map(|(line, _)| line.chars()).filter(|c| !c.is_whitespace()).collect();
            let mut grams: HashMap<[char; 4], usize> = HashMap::new();
            text.windows(4)
                .filter_map(|gram| gram.first_chunk())
                .for_each(|gram| *grams.entry(*gram).or_default() += 1);
            grams
        };
        let (want, got) = (grams(&page.labels), grams(&keep));
        let hit: usize = want.iter().map(|(gram, &times)| times.min(got.get(gram).copied().unwrap_or(0))).sum();
        let share = |all: usize| hit as f64 / all.max(1) as f64;
        let (precision, recall) = (share(got.values().sum()), share(want.values().sum()));
        sum.precision += precision;
        sum.recall += recall;
        sum.f += 2.0 * precision * recall / (precision + recall).max(1e-9);
        count += 1.0;
    }
    Score { precision: sum.precision / count, recall: sum.recall / count, f: sum.f / count }
}
