//! Compares routes through small dictionaries with all possible segmentations and with jieba-rs.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use fenci::dictionary::Tag;
use fenci::{Dictionary, Profile, Segmenter};
use jieba_rs::Jieba;
use oracle::parity::check_with;
use proptest::prelude::*;

/// An unoptimized build takes more than a second for a dictionary, most of it for its tables of
/// characters.
const CASES: u32 = if cfg!(debug_assertions) { 1 } else { 120 };

type Words = BTreeMap<String, u64>;

/// One way to cut a text: its pieces, and for each piece the score of the text from there on.
#[derive(Clone)]
struct Way {
    /// From the last piece to the first.
    pieces: Vec<String>,
    scores: Vec<f64>,
}

/// Returns every way to cut `chars`, scored from right to left as jieba scores.
fn ways(chars: &[char], words: &Words, log_total: f64) -> Vec<Way> {
    if chars.is_empty() {
        return vec![Way { pieces: Vec::new(), scores: Vec::new() }];
    }
    let prefixes = (1..=chars.len()).map(|len| (len, chars[..len].iter().collect::<String>()));
    // A word of frequency 0 is a step of no way.
    let mut steps: Vec<(usize, String, u64)> = prefixes
        .filter_map(|(len, word)| words.get(&word).filter(|&&frequency| frequency > 0).map(|&f| (len, word, f)))
        .collect();
    if steps.is_empty() {
        steps.push((1, chars[0].to_string(), 1));
    }
    let mut all = Vec::new();
    for (len, word, frequency) in steps {
        for mut way in ways(&chars[len..], words, log_total) {
            let score = ((frequency as f64).ln() - log_total) + way.scores.last().copied().unwrap_or(0.0);
            way.scores.push(score);
            way.pieces.push(word.clone());
            all.push(way);
        }
    }
    all
}

/// Returns the best way: from each of its pieces on, no other way scores higher. Among equal ways,
/// the longer pieces win, compared from the first piece on.
fn best_way(text: &str, words: &Words) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let log_total = (words.values().sum::<u64>() as f64).ln();
    let best_score_from: Vec<f64> = (0..=chars.len())
        .map(|from| {
            let scores = ways(&chars[from..], words, log_total).into_iter();
            scores.map(|way| way.scores.last().copied().unwrap_or(0.0)).fold(f64::NEG_INFINITY, f64::max)
        })
        .collect();
    let lengths = |way: &Way| way.pieces.iter().rev().map(|piece| piece.chars().count()).collect::<Vec<_>>();
    let is_best = |way: &Way| {
        let mut from = chars.len();
        way.pieces.iter().zip(&way.scores).all(|(piece, &score)| {
            from -= piece.chars().count();
            score == best_score_from[from]
        })
    };
    let best = ways(&chars, words, log_total).into_iter().filter(is_best).max_by_key(lengths).unwrap();
    best.pieces.into_iter().rev().collect()
}

fn dictionary(words: &[(String, u64)]) -> Dictionary {
    let mut builder = Dictionary::builder();
    for (word, frequency) in words {
        builder = builder.word(word, *frequency, tag_of(word)).unwrap();
    }
    builder.build().unwrap()
}

/// A tag that depends on the word, so that a test notices a token of the wrong word.
fn tag_of(word: &str) -> Tag {
    const TAGS: [&str; 5] = ["n", "v", "ns", "zz", ""];
    Tag::new(TAGS[word.bytes().map(usize::from).sum::<usize>() % TAGS.len()]).unwrap()
}

fn text_form(words: &Words) -> String {
    words.iter().map(|(word, frequency)| format!("{word} {frequency} {}\n", tag_of(word))).collect()
}

/// Frequencies that make ties likely: powers of two, small numbers, and sometimes any number.
fn frequency() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 1u64..5, 3 => (0u32..12).prop_map(|power| 1 << power), 1 => 1u64..1_000_000]
}

/// Words over few characters, so that they nest, overlap and begin alike.
fn words_of(pattern: &'static str) -> impl Strategy<Value = Vec<(String, u64)>> {
    prop::collection::vec((pattern, frequency()), 1..24)
}

fn texts_of(pattern: &'static str) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(pattern, 24)
}

fn check_with_jieba(words: &Words, texts: &[String]) {
    let text_form = text_form(words);
    let jieba = Jieba::with_dict(&mut text_form.as_bytes()).unwrap();
    let dictionary = Dictionary::builder().parse(&text_form).unwrap().build().unwrap();
    let segmenter = Segmenter::builder().dictionary(dictionary).profile(Profile::Jieba).build();
    texts.iter().for_each(|text| check_with(&segmenter, &jieba, text, words));
}

#[test]
fn ties_go_to_the_longer_first_word() {
    // Both ways have two words, and all words have the same frequency.
    let words: Words = [("甲", 2), ("甲乙", 2), ("乙丙", 2), ("丙", 2)].map(|(word, f)| (word.to_owned(), f)).into();
    assert_eq!(best_way("甲乙丙", &words), ["甲乙", "丙"]);
    let segmenter = Segmenter::builder().dictionary(dictionary(&words.into_iter().collect::<Vec<_>>()));
    let segmenter = segmenter.profile(Profile::Jieba).hmm(false).build();
    assert_eq!(segmenter.cut("甲乙丙").map(|token| token.text()).collect::<Vec<_>>(), ["甲乙", "丙"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, max_shrink_iters: 2 * CASES, ..ProptestConfig::default() })]

    #[test]
    fn the_route_is_the_best_of_all(
        words in words_of("[甲乙丙丁戊己]{1,7}"),
        zeros in prop::collection::vec("[甲乙丙丁戊己]{1,3}", 0..3),
        texts in texts_of("[甲乙丙丁戊己庚]{1,10}"),
    ) {
        let mut words: Words = words.into_iter().collect();
        for zero in zeros {
            words.entry(zero).or_insert(0);
        }
        let list: Vec<(String, u64)> = words.clone().into_iter().collect();
        let dictionary = dictionary(&list);
        for profile in [Profile::Jieba, Profile::Natural] {
            let segmenter = Segmenter::builder().dictionary(dictionary.clone()).profile(profile).hmm(false).build();
            for text in &texts {
                let cut: Vec<&str> = segmenter.cut(text).map(|token| token.text()).collect();
                prop_assert_eq!(cut, best_way(text, &words), "{:?} {:?} {:?}", profile, text, words);
            }
        }
    }

    #[test]
    fn small_dictionaries_cut_as_in_jieba(
        words in words_of("[甲乙丙丁戊己]{1,7}"),
        texts in texts_of("[甲乙丙丁戊己庚]{1,40}"),
    ) {
        check_with_jieba(&words.into_iter().collect(), &texts);
    }

    #[test]
    fn words_of_any_kind_of_character_cut_as_in_jieba(
        words in words_of("[甲乙丙㐀\u{20000}\u{9FEF}aB1+.]{1,6}"),
        texts in texts_of("[甲乙丙㐀\u{20000}\u{9FEF}\u{9FD6}aAbB12+#.%，,é \r\n-]{1,30}"),
    ) {
        check_with_jieba(&words.into_iter().collect(), &texts);
    }

    #[test]
    fn long_words_cut_as_in_jieba(
        words in prop::collection::vec(("[甲乙]{1,3}", 1usize..85, frequency()), 1..8),
        tails in prop::collection::vec("[甲乙]{0,4}", 6),
    ) {
        let long = |(unit, times, _): &(String, usize, u64)| unit.repeat(*times);
        let texts: Vec<String> = tails
            .iter()
            .flat_map(|tail| words.iter().map(move |word| format!("{tail}{0}{tail}{0}", long(word))))
            .collect();
        let words: Words = words.iter().map(|word| (long(word), word.2)).collect();
        check_with_jieba(&words, &texts);
    }

    #[test]
    fn the_order_of_the_words_does_not_matter(
        (words, shuffled) in words_of("[甲乙丙丁aAbé，]{1,7}").prop_flat_map(|words| {
            // A word that is added again gets its last frequency, so each word is here once.
            let words: Vec<(String, u64)> = words.into_iter().collect::<Words>().into_iter().collect();
            (Just(words.clone()), Just(words).prop_shuffle())
        }),
    ) {
        let first = dictionary(&words);
        let second = dictionary(&shuffled);
        prop_assert_eq!(first.to_bytes(), second.to_bytes());
        let mut again = Dictionary::builder();
        for (word, _) in &shuffled {
            again = again.word(word, 77, Tag::new("q").unwrap()).unwrap();
        }
        for (word, frequency) in &words {
            again = again.word(word, *frequency, tag_of(word)).unwrap();
        }
        let again = again.build().unwrap();
        prop_assert_eq!(first.to_bytes(), again.to_bytes());
    }

    #[test]
    fn a_dictionary_has_what_was_added_and_nothing_else(
        words in prop::collection::vec(
            (prop_oneof!["[甲乙丙丁戊己]{1,7}", "[a-cA-C甲Ａａ１，！軟é々〇\u{3000} \0\n]{1,4}", ".{1,5}"], 0u64..1_000_000),
            1..24,
        ),
        others in prop::collection::vec(prop_oneof!["[甲乙丙丁戊己]{0,7}", "[a-cA-C甲Ａ，]{1,4}", ".{0,4}"], 24),
    ) {
        let words: Words = words.into_iter().collect();
        let list: Vec<(String, u64)> = words.clone().into_iter().collect();
        let built = dictionary(&list);
        let opened = Dictionary::from_bytes(built.to_bytes().to_vec()).unwrap();
        prop_assert_eq!(opened.to_bytes(), built.to_bytes());
        for dictionary in [built, opened] {
            prop_assert_eq!(dictionary.len(), words.len());
            prop_assert_eq!(dictionary.total_frequency(), words.values().sum::<u64>());
            let mut by_frequency: Vec<(&String, &u64)> = words.iter().collect();
            by_frequency.sort_by_key(|&(_, frequency)| Reverse(frequency));
            for (rank, (word, &frequency)) in by_frequency.into_iter().enumerate() {
                let entry = dictionary.get(word);
                prop_assert!(entry.is_some(), "{:?} was added", word);
                let entry = entry.unwrap();
                prop_assert_eq!(entry.id.index(), rank, "{:?}", word);
                prop_assert_eq!((entry.frequency, entry.tag), (frequency, tag_of(word)), "{:?}", word);
                prop_assert_eq!(dictionary.entry(entry.id), Some(entry));
            }
            for other in others.iter().filter(|other| !words.contains_key(*other)) {
                prop_assert_eq!(dictionary.get(other), None, "{:?} was not added", other);
            }
        }
    }
}

/// Full-width forms are read as ASCII in a text. A word spelled with them can still be looked up as
/// it was added.
#[test]
fn a_word_with_full_width_characters_is_found() {
    for word in ["，", "Ｔ恤", "１号店", "Ａ"] {
        let dictionary = dictionary(&[(word.to_owned(), 3), ("甲".to_owned(), 2)]);
        assert_eq!(dictionary.get(word).map(|entry| entry.frequency), Some(3), "{word}");
    }
}

/// The image of a dictionary whose frequencies are all 0 is valid.
#[test]
fn a_dictionary_without_frequencies_round_trips() {
    let dictionary = dictionary(&[("甲".to_owned(), 0)]);
    assert_eq!(Segmenter::builder().dictionary(dictionary.clone()).hmm(false).build().cut("甲乙甲").count(), 3);
    assert!(Dictionary::from_bytes(dictionary.to_bytes().to_vec()).is_ok());
}

#[test]
fn the_largest_frequencies_do_no_harm() {
    for words in [&[("甲", u64::MAX)][..], &[("a", u64::MAX), ("A", u64::MAX), ("甲乙", u64::MAX), ("乙", 1)]] {
        let words: Vec<(String, u64)> = words.iter().map(|&(word, frequency)| (word.to_owned(), frequency)).collect();
        let dictionary = dictionary(&words);
        assert_eq!(dictionary.total_frequency(), u64::MAX);
        for (word, frequency) in &words {
            assert_eq!(dictionary.get(word).unwrap().frequency, *frequency);
        }
        let segmenter = Segmenter::builder().dictionary(dictionary).hmm(false).build();
        assert_eq!(segmenter.cut("甲乙a").count(), if words.len() == 1 { 3 } else { 2 });
    }
}
