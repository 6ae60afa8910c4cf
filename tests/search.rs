//! An index of tokens with positions finds phrases, whether a text has them as one word or as
//! several.

use std::collections::HashMap;

use crate::common::{WORDS, articles};
use fenci::dictionary::UserWords;
use fenci::segment::SearchToken;
use fenci::{Dictionary, Segmenter};

/// The simplest index of words: the positions of each word.
struct Index(HashMap<String, Vec<usize>>);

impl Index {
    fn new(segmenter: &Segmenter, text: &str) -> Index {
        let mut index = Index(HashMap::new());
        for token in segmenter.search_tokens(text) {
            index.0.entry(token.text().to_owned()).or_default().push(token.position());
        }
        index
    }

    /// Returns `true` if the text has the words of `query` at the same distances. Only tokens that
    /// contain no other token count. A token that overlaps the one before is left out if the next
    /// one adjoins.
    fn has_phrase(&self, segmenter: &Segmenter, query: &str) -> bool {
        let tokens: Vec<SearchToken<'_>> = segmenter.search_tokens(query).collect();
        let range = |token: &SearchToken<'_>| token.token().range();
        let holds = |outer: &SearchToken<'_>, inner: &SearchToken<'_>| {
            let (outer, inner) = (range(outer), range(inner));
            outer != inner && outer.start <= inner.start && inner.end <= outer.end
        };
        let smallest: Vec<_> = tokens.iter().filter(|token| !tokens.iter().any(|other| holds(token, other))).collect();
        let mut leaves = Vec::new();
        let mut end = 0;
        for (index, &token) in smallest.iter().enumerate() {
            let adjoin = smallest.get(index + 1).is_some_and(|next| next.position() <= end);
            if token.position() >= end || !adjoin {
                end = end.max(token.position() + token.position_length());
                leaves.push(token);
            }
        }
        let [first, rest @ ..] = &leaves[..] else { return false };
        let positions = |token: &SearchToken<'_>| self.0.get(token.text()).map_or(&[][..], Vec::as_slice);
        positions(first).iter().any(|start| {
            let is_there =
                |token: &&SearchToken<'_>| positions(token).contains(&(start + token.position() - first.position()));
            rest.iter().all(is_there)
        })
    }
}

#[test]
fn phrases_are_found_in_longer_words_and_no_others() {
    let segmenter = Segmenter::new();
    let cases = [
        ("小芳进了中等技术学校", &["技术学校", "中等技术学校", "进了中等"][..], &["学校技术", "中等学校"][..]),
        ("南京市长江大桥建成", &["长江大桥", "南京市", "大桥建成", "南京市长江大桥"], &["大桥长江", "市长江大"]),
        ("中華人民共和國成立", &["人民共和國", "中華人民", "共和國成立"], &["共和人民"]),
        (
            "a well-known T恤 brand",
            &["well-known", "well known", "T恤 brand", "known T恤"],
            &["brand T恤", "T恤 known"],
        ),
        ("OpenAI与软银、甲骨文", &["软银甲骨文"], &["甲骨文软银"]),
    ];
    for (text, found, lost) in cases {
        let index = Index::new(&segmenter, text);
        for query in found {
            assert!(index.has_phrase(&segmenter, query), "{query:?} in {text:?}: {:?}", index.0);
        }
        for query in lost {
            assert!(!index.has_phrase(&segmenter, query), "{query:?} in {text:?}: {:?}", index.0);
        }
    }
}

/// Every dictionary word of a text is found as a phrase, however the text was cut. Exceptions are
/// words that are cut into single characters by themselves: these are not tokens inside of words.
#[test]
fn every_word_in_a_word_is_found() {
    let segmenter = Segmenter::new();
    let is_of_words = |text: &str| segmenter.cut(text).all(|part| part.text().chars().count() > 1);
    for word in WORDS.iter().filter(|word| word.chars().count() > 4).step_by(97) {
        let index = Index::new(&segmenter, word);
        for token in
            segmenter.cut_all(word).filter(|token| token.text().chars().count() > 1 && token.word_id().is_some())
        {
            let is_of_words = segmenter.cut(token.text()).all(|part| part.text().chars().count() > 1);
            assert!(!is_of_words || index.has_phrase(&segmenter, token.text()), "{:?} in {word:?}", token.text());
        }
    }
    for (name, text) in articles() {
        let index = Index::new(&segmenter, &text);
        for token in segmenter.cut(&text).filter(|token| is_of_words(token.text()) && token.word_id().is_some()) {
            assert!(index.has_phrase(&segmenter, token.text()), "{:?} in {name}", token.text());
        }
    }
}

#[test]
fn positions_do_not_depend_on_words() {
    let text = "软银愿景基金投资了OpenAI";
    let words = UserWords::from_words(["软银愿景基金", "投资了"]).unwrap();
    let dictionary = Dictionary::embedded().with_words(&words).unwrap();
    let with = Segmenter::builder().dictionary(dictionary).build();
    let without = Segmenter::new();
    let place = |segmenter: &Segmenter, word: &str| {
        segmenter.search_tokens(text).find(|token| token.text() == word).map(|token| token.position())
    };
    assert_eq!(place(&with, "OpenAI"), Some(9));
    assert_eq!(place(&without, "OpenAI"), Some(9));
    assert_eq!((place(&with, "软银愿景基金"), place(&without, "软银愿景基金")), (Some(0), None));
    assert_eq!((place(&with, "基金"), place(&without, "基金")), (Some(4), Some(4)));
}

#[test]
fn words_across_the_borders_of_tokens_are_found() {
    let segmenter = Segmenter::builder().hmm(false).build();
    let dictionary =
        Dictionary::builder().parse("环境保护 900 n\n环境 90 n\n保护 90 v\n区 90 n\n保护区 5 n\n").unwrap();
    let small = Segmenter::builder().dictionary(dictionary.build().unwrap()).hmm(false).build();
    let text = "环境保护区";
    assert_eq!(small.cut(text).map(|token| token.text()).collect::<Vec<_>>(), ["环境保护", "区"]);
    let found: Vec<&str> = small.cut_for_search(text).map(|token| token.text()).collect();
    assert_eq!(found, ["环境", "保护", "环境保护", "区", "保护区"]);
    let place = |word: &str| small.search_tokens(text).find(|token| token.text() == word).map(|token| token.position());
    assert_eq!([place("环境保护"), place("保护区"), place("区")], [Some(0), Some(2), Some(4)]);
    assert!(segmenter.cut_for_search(text).any(|token| token.text() == "保护区"));
}
