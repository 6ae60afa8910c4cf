//! Dictionaries as data: listing, completion, similar words, writing and reading.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::common::{DICT, Folder, articles};
use fenci::dictionary::WordIndex;
use fenci::dictionary::{Entry, Tag, UserWords};
use fenci::{Dictionary, Profile, Segmenter};
use proptest::prelude::*;

/// A small dictionary, and the words that were put into it.
fn small() -> (Dictionary, BTreeMap<String, u64>) {
    let words =
        ["中", "中国", "中国人", "中国科学院", "国", "人民", "人", "a", "ab", "Edu Trust认证", "\u{20000}", "零", "#"];
    let words: BTreeMap<String, u64> =
        words.iter().zip([9, 90, 3, 3, 5, 60, 20, 2, 7, 1, 8, 0, 4]).map(|(w, f)| ((*w).to_owned(), f)).collect();
    let mut builder = Dictionary::builder();
    for (word, frequency) in &words {
        builder = builder.word(word, *frequency, Tag::new("n").unwrap()).unwrap();
    }
    (builder.build().unwrap(), words)
}

fn listed(words: impl Iterator<Item = (String, Entry)>) -> Vec<(String, u64)> {
    words.map(|(word, entry)| (word, entry.frequency)).collect()
}

#[test]
fn all_words_are_listed_in_order() {
    let (dictionary, words) = small();
    let index = dictionary.index();
    assert!(listed(index.iter()).into_iter().eq(words.clone()));
    assert_eq!((index.len(), index.is_empty()), (words.len(), false));
    for (word, entry) in index.iter() {
        assert_eq!(dictionary.get(&word), Some(entry));
    }
    let embedded = Dictionary::embedded();
    let mut expected: Vec<(&str, u64)> = DICT
        .lines()
        .map(|line| {
            let mut fields = line.split(' ');
            (fields.next().unwrap(), fields.next().unwrap().parse().unwrap())
        })
        .collect();
    expected.sort_unstable();
    expected.dedup_by_key(|(word, _)| *word);
    let index = embedded.index();
    let shared = index.iter().filter(|(_, entry)| entry.id.index() < embedded.shared_len());
    assert!(shared.map(|(word, _)| word).eq(expected.iter().map(|(word, _)| *word)));
}

#[test]
fn words_are_numbered_by_frequency() {
    for dictionary in [small().0, Dictionary::embedded()] {
        let mut words: Vec<(String, Entry)> = dictionary.index().iter().collect();
        words.sort_by_key(|(_, entry)| entry.id);
        assert!(words.iter().map(|(_, entry)| entry.id.index()).eq(0..dictionary.len()));
        // Words that only the natural profile has come after all others.
        let is_shared = |entry: &Entry| entry.id.index() < dictionary.shared_len();
        let rank = |(word, entry): &(String, Entry)| (!is_shared(entry), Reverse(entry.frequency), word.clone());
        assert!(words.is_sorted_by_key(rank));
    }
}

#[test]
fn words_of_users_take_the_place_of_the_dictionarys() {
    let (dictionary, mut words) = small();
    let mut said = UserWords::new();
    said.never_join("中国").unwrap().set_frequency("人", 77).unwrap().add_with("人家", Some(5), None).unwrap();
    said.split("人民", &["人", "民"]).unwrap();
    let index = dictionary.with_words(&said).unwrap().index();
    words.remove("中国");
    words.remove("人民");
    words.insert("人".into(), 77);
    words.insert("人家".into(), 5);
    assert!(listed(index.iter()).into_iter().eq(words));
    assert_eq!(listed(index.complete("人", 9).into_iter()), [("人".into(), 77), ("人家".into(), 5)]);
}

/// Completes a prefix the slow way.
fn completed(words: &BTreeMap<String, u64>, prefix: &str, k: usize) -> Vec<(String, u64)> {
    let mut words: Vec<_> =
        words.iter().filter(|(word, _)| word.starts_with(prefix)).map(|(w, f)| (w.clone(), *f)).collect();
    words.sort_by_key(|(_, frequency)| Reverse(*frequency));
    words.truncate(k);
    words
}

#[test]
fn prefixes_are_completed_by_frequency() {
    let (dictionary, words) = small();
    let index = dictionary.index();
    for prefix in ["", "中", "中国", "中国科学院", "中国科学院人", "a", "E", "\u{20000}", "龘", "\0"] {
        for k in 0..15 {
            assert_eq!(listed(index.complete(prefix, k).into_iter()), completed(&words, prefix, k), "{prefix:?} {k}");
        }
        let mut by_bytes = completed(&words, prefix, usize::MAX);
        by_bytes.sort();
        assert_eq!(listed(index.with_prefix(prefix)), by_bytes, "{prefix:?}");
    }
    // With an empty prefix, the most frequent words come first.
    let embedded = Dictionary::embedded().index();
    let first = embedded.complete("", 3).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
    assert_eq!(first, ["了", "是", "在"]);
}
mod fuzzy {
    use super::*;

    /// Levenshtein distance, by its definition.
    fn distance(a: &str, b: &str) -> usize {
        let b: Vec<char> = b.chars().collect();
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, c) in a.chars().enumerate() {
            let mut diagonal = std::mem::replace(&mut row[0], i + 1);
            for j in 0..b.len() {
                let replaced = diagonal + usize::from(b[j] != c);
                diagonal = row[j + 1];
                row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
            }
        }
        row[b.len()]
    }

    fn check(index: &WordIndex, words: &[String], word: &str) {
        let near: Vec<(String, usize)> = words.iter().map(|other| (other.clone(), distance(word, other))).collect();
        for most in 0..3 {
            let similar = index.similar(word, most);
            assert!(similar.is_sorted_by_key(|found| (found.distance, Reverse(found.entry.frequency))));
            let mut found: Vec<_> = similar.into_iter().map(|found| (found.word, found.distance)).collect();
            found.sort();
            let expected: Vec<_> = near.iter().filter(|(_, distance)| *distance <= most).cloned().collect();
            assert_eq!(found, expected, "{word:?} {most}");
        }
    }

    #[test]
    fn words_that_are_alike_are_found() {
        let index = Dictionary::embedded().index();
        let words: Vec<String> = index.iter().map(|(word, _)| word).collect();
        for word in ["人工只能", "龘", "中华人民共和国"] {
            check(&index, &words, word);
        }
    }

    proptest! {
        #[test]
        fn any_words_that_are_alike_are_found(words in prop::collection::btree_set("[中国人a\u{20000}]{1,5}", 1..30), word in "[中国人a\u{20000}]{0,6}") {
            let mut builder = Dictionary::builder();
            for (word, frequency) in words.iter().zip(1..) {
                builder = builder.word(word, frequency % 5, Tag::default()).unwrap();
            }
            let words: Vec<String> = words.into_iter().collect();
            check(&builder.build().unwrap().index(), &words, &word);
        }
    }
}

#[test]
fn the_embedded_dictionary_is_written_and_read_without_loss() {
    let folder = Folder::new();
    let path = folder.0.join("dict.txt");
    let dictionary = Dictionary::embedded();
    dictionary.save_text(&path).unwrap();
    let again = Dictionary::open(&path).unwrap();
    // The text form does not store the profile that knows a word.
    assert_eq!(again.len(), dictionary.len());
    let entries =
        |dictionary: &Dictionary| dictionary.index().iter().map(|(w, e)| (w, e.frequency, e.tag)).collect::<Vec<_>>();
    assert!(entries(&again) == entries(&dictionary));
}

#[test]
fn what_a_line_cannot_hold_is_an_error_and_nothing_is_written() {
    let folder = Folder::new();
    for word in ["a\tb", "a\nb", " a", "a ", "# a", "#", "\u{feff}a", "\r"] {
        let mut builder = Dictionary::builder();
        builder = builder.word(word, 1, Tag::default()).unwrap();
        let path = folder.0.join("dict.txt");
        let error = builder.build().unwrap().save_text(&path).unwrap_err().to_string();
        assert!(error.contains(&format!("{word:?}")), "{error}");
        assert!(!path.exists());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 40 } else { 300 }))]

    #[test]
    fn any_dictionary_is_written_and_read_without_loss(
        words in prop::collection::btree_map("[^\\t\\n\\r\u{feff}#\\s]([^\\t\\n\\r]{0,4}[^\\s])?", (0u64..5000, "(|[a-z][a-z0-9]{0,3})"), 1..20)
    ) {
        let mut builder = Dictionary::builder();
        for (word, (frequency, tag)) in &words {
            builder = builder.word(word, *frequency, Tag::new(tag).unwrap_or_default()).unwrap();
        }
        let folder = Folder::new();
        let path = folder.0.join("dict.txt");
        let dictionary = builder.build().unwrap();
        dictionary.save_text(&path).unwrap();
        let again = Dictionary::open(&path).unwrap();
        for word in words.keys() {
            prop_assert_eq!(again.get(word), dictionary.get(word), "{:?}", word);
        }
        prop_assert_eq!(again.len(), dictionary.len());
    }
}

/// Letters of all forms are folded in any case. A variant of a letter would have no code.
#[test]
fn a_variant_that_is_a_letter_is_an_error() {
    for letter in ['Ａ', 'ａ', 'a', 'Z'] {
        let builder = Dictionary::builder().parse("中国 5\n").unwrap().variant(letter, '中');
        let error = builder.build().unwrap_err().to_string();
        assert!(error.contains("is no Latin letter"), "{error}");
    }
    let builder = Dictionary::builder().parse("中国 5\n：国 2\n").unwrap();
    let dictionary = builder.variant('！', '中').variant('：', '中').fold('Ａ', '中').build().unwrap();
    let segmenter = Segmenter::builder().dictionary(dictionary).hmm(false).build();
    assert_eq!(segmenter.cut("：国！国Ａ国").count(), 4);
}

#[test]
fn a_builder_of_a_dictionary_makes_the_same_dictionary() {
    let (small, _) = small();
    assert_eq!(small.to_builder().build().unwrap().to_bytes(), small.to_bytes());
    let folds = Dictionary::builder().parse("干净 100\n乾隆 90\n").unwrap().variant('乾', '干').fold('淨', '净');
    let folds = folds.fold('軟', '软').build().unwrap();
    assert_eq!(folds.to_builder().build().unwrap().to_bytes(), folds.to_bytes());
    // Adds a word whose character has a fold but is in no word yet.
    let more = folds.to_builder().word("软件", 50, Tag::default()).unwrap().build().unwrap();
    let segmenter = Segmenter::builder().dictionary(more).build();
    assert_eq!(segmenter.cut("軟件乾淨").map(|token| token.text()).collect::<Vec<_>>(), ["軟件", "乾淨"]);
}

#[test]
fn words_of_users_are_compiled_into_a_dictionary() {
    let (small, _) = small();
    let mut said = UserWords::new();
    said.add("中国人民").unwrap().never_join("中国科学院").unwrap().set_frequency("人", 77).unwrap();
    let over = small.with_words(&said).unwrap();
    let compiled = over.to_builder().build().unwrap();
    assert_eq!((compiled.len(), compiled.total_frequency()), (over.len(), over.total_frequency()));
    let listed = |dictionary: &Dictionary| {
        let words = dictionary.index();
        words.iter().map(|(word, entry)| (word, entry.frequency, entry.tag)).collect::<Vec<_>>()
    };
    assert_eq!(listed(&compiled), listed(&over));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 24 } else { 300 }))]

    /// Jieba's profile cuts and tags as if the words of the natural profile did not exist.
    #[test]
    fn words_of_the_natural_profile_are_unknown_to_jiebas(
        shared in prop::collection::btree_map("[甲乙丙丁戊a]{1,5}", 1u64..1000, 5..40),
        natural in prop::collection::btree_map("[甲乙丙丁戊己㗎a·]{2,6}", 1u64..5000, 1..20),
        text in "[甲乙丙丁戊己㗎，。a·]{0,60}",
    ) {
        let tag = Tag::new("n").unwrap();
        let mut builder = Dictionary::builder();
        for (word, frequency) in &shared {
            builder = builder.word(word, *frequency, tag).unwrap();
        }
        let without = builder.clone().build().unwrap();
        for (word, frequency) in &natural {
            builder = builder.natural_word(word, *frequency, Tag::new("nz").unwrap()).unwrap();
        }
        let with = builder.build().unwrap();
        let with = Dictionary::from_bytes(with.to_bytes().into_owned()).unwrap().to_builder().build().unwrap();
        prop_assert_eq!(with.total_frequency(), without.total_frequency());
        let of = |dictionary: &Dictionary, profile| {
            Segmenter::builder().dictionary(dictionary.clone()).profile(profile).build()
        };
        let (jieba, expected) = (of(&with, Profile::Jieba), of(&without, Profile::Jieba));
        prop_assert!(jieba.cut(&text).eq(expected.cut(&text)));
        prop_assert!(jieba.cut_all(&text).eq(expected.cut_all(&text)));
        prop_assert!(jieba.cut_for_search(&text).eq(expected.cut_for_search(&text)));
        prop_assert!(jieba.tag(&text).eq(expected.tag(&text)));
        let all = of(&with, Profile::Natural);
        for word in natural.keys() {
            let is_found = all.cut_all(word).any(|token| token.text() == word && token.word_id().is_some());
            prop_assert!(is_found || word.contains('a') || word.contains('·'), "{}", word);
            let tag = if shared.contains_key(word) { "n" } else { "nz" };
            let entry = with.get(word).unwrap();
            prop_assert_eq!(entry.tag.as_str(), tag);
        }
    }
}

#[test]
fn a_compiled_dictionary_keeps_what_the_model_believes_of_words() {
    let mut builder = Dictionary::embedded().to_builder();
    let new = ["泡芙塔楼", "奶茶自由行", "量子速读班", "飞书多维", "云梦泽国", "绿洲计划书"];
    for word in new {
        builder = builder.word(word, 5, Tag::new("n").unwrap()).unwrap();
    }
    let segmenter = Segmenter::builder().dictionary(builder.build().unwrap()).build();
    let words = |segmenter: &Segmenter, text: &str| -> Vec<String> {
        segmenter.cut(text).map(|token| token.text().to_owned()).collect()
    };
    for (name, text) in articles() {
        assert_eq!(words(&segmenter, &text), words(&Segmenter::new(), &text), "{name}");
    }
    // An added word is strong evidence, but the model's weights for its characters count too.
    let is_whole = |segmenter: &Segmenter, word: &str| {
        let texts = [format!("他们的{word}很好"), format!("今天，{word}。"), format!("我们去看{word}")];
        texts.iter().filter(|text| words(segmenter, text).iter().any(|token| token == word)).count()
    };
    let whole = |segmenter: &Segmenter| new.iter().map(|word| is_whole(segmenter, word)).sum::<usize>();
    let (before, after) = (whole(&Segmenter::new()), whole(&segmenter));
    assert!(before == 0 && 2 * after >= 3 * new.len(), "{before}, {after} of {}", 3 * new.len());
}
