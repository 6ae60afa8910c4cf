//! Properties of the keywords of any text.

use std::ops::Range;

use fenci::keyword::{ExtractorBuilder, Method};
use fenci::{Extractor, Keyword};

use crate::peers::NATURAL;

pub const METHODS: [Method; 3] = [Method::Phrases, Method::TfIdf, Method::TextRank];

/// Allows any part of speech. TextRank allows only some by default.
pub fn builder(method: Method) -> ExtractorBuilder {
    Extractor::builder().method(method).allowed_tags([])
}

/// Checks all properties, by every method.
pub fn check(text: &str) {
    for method in METHODS {
        let extractor = builder(method).build();
        let all = extractor.extract(&*NATURAL, text, usize::MAX);
        for k in (0..9).chain([20, 50]) {
            let best = extractor.extract(&*NATURAL, text, k);
            assert_eq!(best, all[..k.min(all.len())], "{method:?}: the best {k} of {text:?}");
        }
        assert!(all.is_sorted_by(|a, b| a.weight() >= b.weight()));
        // Each keyword stands whole at some place, where no keyword before it cuts it or contains
        // it.
        for (rank, keyword) in all.iter().enumerate().take(30) {
            let mut others = all[..rank].iter().flat_map(Keyword::places);
            let cuts = |other: &Range<usize>, end: usize| other.start < end && end < other.end;
            let is_whole = |place: &Range<usize>| {
                !others.clone().any(|other| {
                    other.start < place.start && cuts(other, place.start)
                        || cuts(other, place.end) && other.end > place.end
                })
            };
            assert!(keyword.places().iter().any(is_whole), "{method:?}: {keyword:?} in {text:?}");
            assert!(others.all(|other| !keyword.places().contains(other)), "{method:?}: {keyword:?} twice in {text:?}");
        }
        let mut forms: Vec<&str> = all.iter().map(Keyword::simplified).collect();
        forms.sort_unstable();
        forms.dedup();
        assert!(method != Method::Phrases || forms.len() == all.len(), "{method:?}: twice the same in {text:?}");
        for keyword in &all {
            assert!(keyword.text().chars().count() >= 2 && keyword.weight().is_finite());
            assert!(keyword.count() >= 1 && keyword.places().is_sorted_by(|a, b| a.start < b.start));
            assert!(keyword.places().iter().any(|place| &text[place.clone()] == keyword.text()));
            assert!(keyword.word_count() == 1 || method == Method::Phrases);
            let lower = |text: &str| text.chars().flat_map(char::to_lowercase).count();
            for place in keyword.places() {
                assert_eq!(lower(&text[place.clone()]), lower(keyword.text()));
            }
        }
    }
}

/// Runs [`check`] with a fuzzer's input.
pub fn fuzz(data: &[u8]) {
    check(&String::from_utf8_lossy(data));
}
