//! The tokens and tags of jieba-rs.

use std::fmt::Debug;
use std::sync::LazyLock;

use fenci::{Extractor, Segmenter};
use jieba_rs::{Jieba, KeywordExtract, TfIdf};

use crate::peers::{EXACT, JIEBA, NATURAL, ours, theirs};

static JIEBA_KEYWORDS: LazyLock<TfIdf> = LazyLock::new(TfIdf::default);

/// All modes, with and without HMM.
pub fn check(text: &str) {
    check_with(&EXACT, &JIEBA, text, &"the embedded words");
}

/// The same of any two that have the same words, which `words` shows.
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

/// The modes in which the natural profile gives jieba's tokens for Simplified Han text.
pub fn check_natural(text: &str) {
    for hmm in [true, false] {
        let segmenter = NATURAL.with_hmm(hmm);
        assert_eq!(ours(segmenter.cut(text)), theirs(JIEBA.cut(text, hmm)), "cut, hmm {hmm}: {text:?}");
        // In an order of its own, with longer words, and words across the borders of tokens.
        let by_end = |&(_, start, end): &(&str, usize, usize)| (end, std::cmp::Reverse(start));
        let search = ours(segmenter.cut_for_search(text));
        assert!(search.is_sorted_by_key(by_end), "search, hmm {hmm}: {text:?}");
        for token in theirs(JIEBA.cut_for_search(text, hmm)) {
            let is_there = search.binary_search_by_key(&by_end(&token), by_end).is_ok();
            assert!(is_there, "search, hmm {hmm}: {token:?} {text:?}");
        }
        let tagged: Vec<_> = segmenter.tag(text).map(|tagged| tagged.to_string()).collect();
        let expected: Vec<_> = JIEBA.tag(text, hmm).iter().map(|tag| format!("{}/{}", tag.word, tag.tag)).collect();
        assert_eq!(tagged, expected, "tag, hmm {hmm}: {text:?}");
    }
    assert_eq!(ours(NATURAL.cut_all(text)), theirs(JIEBA.cut_all(text)), "cut_all: {text:?}");
}

/// [`check`] of what a fuzzer gives, and its keywords by TF-IDF.
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
