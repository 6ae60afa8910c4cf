//! Compares tokens and tags with those of jieba-rs.

use std::fmt::Debug;
use std::sync::LazyLock;

use fenci::{Extractor, Segmenter};
use jieba_rs::{Jieba, KeywordExtract, TfIdf};

use crate::peers::{EXACT, JIEBA, ours, theirs};

static JIEBA_KEYWORDS: LazyLock<TfIdf> = LazyLock::new(TfIdf::default);

/// Compares all modes, with and without the HMM.
pub fn check(text: &str) {
    check_with(&EXACT, &JIEBA, text, &"the embedded words");
}

/// Compares any two segmenters that have the same words. A failure shows `words`.
pub fn check_with(segmenter: &Segmenter, jieba: &Jieba, text: &str, words: &dyn Debug) {
    for hmm in [true, false] {
        let segmenter = segmenter.with_hmm(hmm);
        assert_eq!(ours(segmenter.cut(text)), theirs(jieba.cut(text, hmm)), "cut, hmm {hmm}: {text:?} {words:?}");
        let search = ours(segmenter.cut_for_search(text));
        assert_eq!(search, theirs(jieba.cut_for_search(text, hmm)), "search, hmm {hmm}: {text:?} {words:?}");
        let tagged: Vec<(&str, String)> =
            segmenter.tag(text).map(|tagged| (tagged.text(), tagged.tag().to_string())).collect();
        let expected: Vec<(&str, String)> =
            jieba.tag(text, hmm).into_iter().map(|tag| (tag.word, tag.tag.to_owned())).collect();
        assert_eq!(tagged, expected, "tag, hmm {hmm}: {text:?} {words:?}");
    }
    assert_eq!(ours(segmenter.cut_all(text)), theirs(jieba.cut_all(text)), "cut_all: {text:?} {words:?}");
}

/// Runs [`check`] with a fuzzer's input, and compares its keywords by TF-IDF.
pub fn fuzz(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    check(text);
    let ours = Extractor::jieba_tfidf().build().extract(&*EXACT, text, 20);
    let theirs = JIEBA_KEYWORDS.extract_keywords(&JIEBA, text, 20, Vec::new());
    assert_eq!(ours.len(), theirs.len(), "{text:?}");
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert!(ours.text() == theirs.keyword && (ours.weight() - theirs.weight).abs() < 1e-9, "{ours:?} {theirs:?}");
    }
}
