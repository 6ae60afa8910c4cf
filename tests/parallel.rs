//! Many texts at a time are as one after the other.

#![cfg(feature = "rayon")]

mod common;

use common::articles;
use fenci::{Extractor, Segmenter};

#[test]
fn many_texts_are_as_one_after_the_other() {
    let texts: Vec<String> = articles().into_iter().map(|(_, text)| text).cycle().take(50).collect();
    let (segmenter, extractor) = (Segmenter::new(), Extractor::new());
    let one_by_one: Vec<Vec<_>> = texts.iter().map(|text| segmenter.cut(text).collect()).collect();
    assert_eq!(segmenter.par_cut(&texts), one_by_one);
    let one_by_one: Vec<_> = texts.iter().map(|text| extractor.extract(&segmenter, text, 10)).collect();
    assert_eq!(extractor.par_extract(&segmenter, &texts, 10), one_by_one);
}
