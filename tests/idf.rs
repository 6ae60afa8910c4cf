//! Document frequencies: the counts are right on any number of threads, merging is exact, and a
//! file is written whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::common::{EXACT, Folder, NATURAL, Numbers, WORDS, any_text, articles};
use fenci::idf::{DocumentFrequencies, Idf, IdfFormula, IdfTrainer, UnknownWords, document_words};
use fenci::keyword::Method;
use fenci::segment::{Term, TermSource};
use fenci::{Dictionary, Error, Extractor, Segmenter};
use proptest::prelude::*;

/// Texts with words of the dictionary, words that it lacks, Traditional forms and numbers, and
/// empty texts.
fn corpus() -> Vec<String> {
    let mut numbers = Numbers(3);
    let mut texts: Vec<String> = (0..300)
        .map(|_| {
            let words = (0..numbers.below(40)).map(|_| match numbers.below(9) {
                0 => format!("W{}", numbers.below(900)),
                1 => ["軟銀", "随著", "Ｔ恤", "t恤", "，", "\n", "23.4%", "OpenAI", "星際之門"][numbers.below(9)]
                    .to_owned(),
                _ => WORDS[numbers.below(2000) * 7].to_owned() + ["", "，"][numbers.below(2)],
            });
            words.collect()
        })
        .collect();
    texts.extend(articles().into_iter().map(|(_, text)| text));
    texts.extend(["".to_owned(), " \n\u{3000}".to_owned(), "，。".to_owned()]);
    texts
}

/// The counts that the trainer must find, by sets.
fn naive(segmenter: &Segmenter, texts: &[String]) -> (u64, BTreeMap<String, u64>) {
    let mut counts = BTreeMap::new();
    let texts = texts.iter().filter(|text| !text.trim().is_empty());
    for text in texts.clone() {
        let mut words = BTreeSet::new();
        for token in segmenter.cut(text) {
            let form = segmenter.simplified(token.text()).into_owned();
            if form.contains(char::is_alphanumeric) && form.len() <= 255 {
                words.insert(form);
            }
        }
        words.into_iter().for_each(|word| *counts.entry(word).or_insert(0) += 1);
    }
    (texts.count() as u64, counts)
}

fn words(table: &DocumentFrequencies) -> BTreeMap<String, u64> {
    table.iter().map(|(word, df)| (word.to_owned(), df)).collect()
}

#[test]
fn frequencies_are_what_sets_count() {
    let texts = corpus();
    for segmenter in [&*NATURAL, &*EXACT] {
        let table = IdfTrainer::new().train(segmenter, &texts);
        let (documents, expected) = naive(segmenter, &texts);
        assert_eq!(table.documents(), documents);
        assert_eq!(words(&table), expected);
        assert_eq!(table.len(), expected.len());
        for (word, df) in &expected {
            assert_eq!(table.get(word), Some(*df), "{word}");
        }
        assert_eq!((table.get("没有这个词"), table.get("")), (None, None));
    }
}

#[test]
fn threads_and_order_change_no_byte() {
    let mut texts = corpus();
    let expected = IdfTrainer::new().train(&*NATURAL, &texts);
    assert!(expected.len() > 1500);
    for threads in [0, 2, 3] {
        texts.rotate_left(77);
        let table = IdfTrainer::new().threads(threads).train(&*NATURAL, &texts);
        assert!(table.to_bytes() == expected.to_bytes(), "{threads} threads");
    }
    let shuffled: Vec<(String, u64)> = words(&expected).into_iter().rev().collect();
    let counted = DocumentFrequencies::from_counts(expected.documents(), shuffled).unwrap();
    assert!(counted.to_bytes() == expected.to_bytes());
}

/// Grouping these words in a query engine gives the counts of the trainer.
#[test]
fn words_of_documents_are_those_that_are_counted() {
    let texts = corpus();
    for segmenter in [&*NATURAL, &*EXACT] {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for text in &texts {
            let words = document_words(segmenter, text, true);
            assert!(words.is_sorted_by(|a, b| a < b));
            words.into_iter().for_each(|word| *counts.entry(word.into_owned()).or_default() += 1);
        }
        assert_eq!(words(&IdfTrainer::new().train(segmenter, &texts)), counts);
    }
}

#[cfg(unix)]
#[test]
fn files_are_replaced_through_links_and_keep_their_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let table = IdfTrainer::new().train(&*NATURAL, ["软银投资"]);
    let out = folder.write("real.bin", "old");
    std::os::unix::fs::symlink("real.bin", folder.0.join("out.bin")).unwrap();
    table.save(folder.0.join("out.bin")).unwrap();
    assert!(fs::read(&out).unwrap() == table.to_bytes());
    fs::set_permissions(&out, fs::Permissions::from_mode(0o600)).unwrap();
    table.save(&out).unwrap();
    assert_eq!(fs::metadata(out).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(folder.names(), ["out.bin", "real.bin"]);
}

fn message<T>(result: Result<T, Error>) -> String {
    let message = result.err().expect("it is an error").to_string();
    assert!(!message.contains('\n'), "{message}");
    message
}

#[test]
fn files_that_cannot_be_read_or_written_are_named() {
    let folder = Folder::new();
    let text = folder.write("a.txt", "软银");
    let (missing, inside) = (folder.0.join("none"), folder.0.join("none/idf.bin"));
    let starts =
        |message: String, path: &Path| assert!(message.starts_with(&format!("{}: ", path.display())), "{message}");
    let table = IdfTrainer::new().train(&*NATURAL, ["软银"]);
    let idf = Idf::builder().build(&table).unwrap();
    for path in [&inside, &folder.0] {
        starts(message(table.save(path)), path);
        starts(message(table.save_text(path)), path);
        starts(message(idf.save(path)), path);
    }
    starts(message(DocumentFrequencies::open(&missing)), &missing);
    starts(message(Idf::open(&missing, &Dictionary::embedded())), &missing);
    starts(message(DocumentFrequencies::open(&text)), &text);
    if Path::new("/dev/full").exists() {
        // A device is never replaced by a file.
        starts(message(table.save("/dev/full")), Path::new("/dev/full"));
    }
    assert_eq!(folder.names(), ["a.txt"]);
}

#[test]
fn unlike_tables_are_not_merged() {
    let table = IdfTrainer::new().train(&*NATURAL, ["软银"]);
    let unsmoothed = table.clone().with_formula(IdfFormula::Plain);
    let largest = table.clone().with_unknown(UnknownWords::Maximum).unwrap();
    for (other, what) in [(unsmoothed, "formula"), (largest, "unknown")] {
        let error = message(DocumentFrequencies::merge(&[table.clone(), other]));
        assert!(error.contains(what), "{error}");
    }
    assert!(message(DocumentFrequencies::merge(&[])).contains("at least one"));
    let many = DocumentFrequencies::from_counts(u64::MAX, [("软银", u64::MAX)]).unwrap();
    assert!(message(DocumentFrequencies::merge(&[many.clone(), many])).contains("more documents"));
}

#[test]
fn values_follow_the_formula() {
    let texts = ["会议 软银", "会议 投资", "会议 软银 W1", "的"];
    let table = IdfTrainer::new().train(&*NATURAL, texts).with_formula(IdfFormula::Plain);
    let dictionary = Dictionary::embedded();
    let idf = Idf::builder().build(&table).unwrap();
    let ln = |x: f64| x.ln();
    assert_eq!((idf.get("会议"), idf.get("软银"), idf.get("W1")), (Some(ln(4.0 / 3.0)), Some(ln(2.0)), Some(ln(4.0))));
    assert_eq!((idf.get("开始"), idf.get("W2")), (None, None));
    // The texts have five words: 会议 and 软银, then 投资, 的 and W1 in one document each. The median is
    // the third of the five values.
    assert_eq!(idf.of_unknown(), ln(4.0));
    let with = |unknown| {
        let table = table.clone().with_unknown(unknown).unwrap();
        Idf::builder().min_documents(2).build(&table).unwrap()
    };
    assert_eq!(with(UnknownWords::Median).of_unknown(), ln(4.0 / 3.0), "the lower of two");
    assert_eq!(with(UnknownWords::Maximum).of_unknown(), ln(2.0));
    assert_eq!((with(UnknownWords::Value(7.0)).of_unknown(), with(UnknownWords::Median).get("W1")), (7.0, None));
    assert_eq!(with(UnknownWords::Median).get("投资"), None);
    assert!(message(Idf::builder().min_documents(4).build(&table)).contains("at least 4 documents"));
    let with_value = table.clone().with_unknown(UnknownWords::Value(1.0)).unwrap();
    assert!(Idf::builder().min_documents(4).build(&with_value).is_ok());
    assert!(table.clone().with_unknown(UnknownWords::Value(f64::NAN)).is_err());
    assert!(table.clone().with_unknown(UnknownWords::Value(f64::INFINITY)).is_err());
    let smooth = IdfTrainer::new().train(&*NATURAL, texts).with_unknown(UnknownWords::Value(3.5)).unwrap();
    assert_eq!((smooth.formula(), smooth.unknown()), (IdfFormula::Smooth, UnknownWords::Value(3.5)));
    let again = Idf::from_bytes(smooth.to_bytes(), &dictionary).unwrap();
    let smooth_idf_of_w1 = Some(ln(5.0 / 2.0));
    assert_eq!((again.get("会议"), again.of_unknown()), (Some(ln(5.0 / 4.0)), 3.5));
    let again = Idf::from_bytes(again.to_bytes(), &dictionary).unwrap();
    assert_eq!((again.get("会议"), again.get("W1"), again.of_unknown()), (Some(ln(5.0 / 4.0)), smooth_idf_of_w1, 3.5));
    // A table of no documents is valid too. It adds nothing to a merge.
    let none = IdfTrainer::new().train(&*NATURAL, [""; 0]).with_formula(IdfFormula::Plain);
    assert_eq!((none.documents(), none.len(), none.is_empty()), (0, 0, true));
    assert!(Idf::builder().build(&none).is_err());
    assert!(DocumentFrequencies::merge(&[none, table.clone()]).unwrap().to_bytes() == table.to_bytes());
}

/// Values by word number and values by text are the same. The exception is a word that is spelled
/// otherwise than in the dictionary.
#[test]
fn the_dictionary_that_a_table_is_joined_to_changes_no_keyword() {
    let texts: Vec<String> = corpus().into_iter().map(|text| text.replace(['恤', '著'], "")).take(60).collect();
    let table = IdfTrainer::new().train(&*NATURAL, &texts);
    let small = Dictionary::builder().parse("软银 3 nz\n银行 4 n\n").unwrap().build().unwrap();
    let joined = Idf::builder().build(&table).unwrap();
    let apart = Idf::with(&small).build(&table).unwrap();
    for method in [Method::TfIdf, Method::Phrases] {
        let extractor = |idf: &Idf| Extractor::builder().method(method).idf(idf.clone()).build();
        for text in &texts {
            let keywords = extractor(&joined).extract(&*NATURAL, text, 20);
            assert_eq!(keywords, extractor(&apart).extract(&*NATURAL, text, 20));
        }
    }
}

#[test]
fn jiebas_text_form_is_written_and_read() {
    let folder = Folder::new();
    let table = IdfTrainer::new().train(&*NATURAL, corpus());
    let (text, binary) = (folder.0.join("idf.txt"), folder.0.join("idf.bin"));
    table.save_text(&text).unwrap();
    table.save(&binary).unwrap();
    let dictionary = Dictionary::embedded();
    let (from_text, from_table) = (Idf::open(&text, &dictionary).unwrap(), Idf::open(&binary, &dictionary).unwrap());
    assert_eq!(from_text.of_unknown(), from_table.of_unknown());
    assert_eq!(fs::read_to_string(&text).unwrap().lines().count(), table.len());
    // The table compiled from the text form can be opened again.
    let again = Idf::from_bytes(from_text.to_bytes(), &dictionary).unwrap();
    for (word, _) in table.iter() {
        let value = from_table.get(word);
        assert!(value.is_some() && from_text.get(word) == value && again.get(word) == value, "{word}");
    }
    let small = Dictionary::builder().parse("软银 3 nz\n").unwrap().build().unwrap();
    assert!(message(Idf::from_bytes(again.to_bytes(), &small)).contains("another dictionary"));
    let bad = folder.write("bad.txt", "软银 1\n投资 x\n");
    let error = Idf::open(&bad, &dictionary).unwrap_err();
    let expected = format!("{}: line 2: word \"投资\": expected a finite number after it, found \"x\"", bad.display());
    assert_eq!((error.line(), error.to_string()), (Some(2), expected));
    let bad = folder.write("gbk.txt", b"a 1\nb 2\n\xc8\xed 3\n");
    assert_eq!(Idf::open(&bad, &dictionary).unwrap_err().line(), Some(3));
}

/// A source that has no word numbers, does not fold, and gives words that no table can hold.
struct Spaces;

impl TermSource for Spaces {
    fn terms<'t>(&self, text: &'t str, _: bool, terms: &mut Vec<Term<'t>>) {
        let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        terms.extend(text.split(' ').map(|word| Term::new(word, start(word))));
    }
}

#[test]
fn any_source_can_be_learned_from() {
    let texts = ["软银 ， 软银 軟銀".to_owned(), format!("軟銀 {} {}", "长".repeat(85), "长".repeat(86))];
    let table = IdfTrainer::new().train(&Spaces, &texts);
    let expected = [("软银".to_owned(), 1), ("軟銀".to_owned(), 2), ("长".repeat(85), 1)];
    assert_eq!(words(&table), BTreeMap::from(expected));
}

#[test]
fn a_panic_of_the_source_is_passed_on() {
    struct Panics;
    impl TermSource for Panics {
        fn terms<'t>(&self, text: &'t str, _: bool, _: &mut Vec<Term<'t>>) {
            assert!(text != "5000", "enough");
        }
    }
    for threads in [1, 3] {
        let texts = (0..20_000).map(|number| number.to_string());
        let trained = std::panic::catch_unwind(|| IdfTrainer::new().threads(threads).train(&Panics, texts));
        assert!(trained.unwrap_err().downcast_ref::<&str>().is_some_and(|message| message.contains("enough")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 8 } else { 200 }, ..ProptestConfig::default() })]

    #[test]
    fn merged_tables_are_the_table_of_all(
        texts in prop::collection::vec(any_text(), 0..8),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    ) {
        let train = |texts: &[String]| IdfTrainer::new().train(&*NATURAL, texts);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(texts.len() + 1)).collect();
        cuts.extend([0, texts.len()]);
        cuts.sort_unstable();
        let parts: Vec<DocumentFrequencies> = cuts.windows(2).map(|pair| train(&texts[pair[0]..pair[1]])).collect();
        let merged = DocumentFrequencies::merge(&parts).unwrap();
        let all = train(&texts);
        prop_assert!(merged.to_bytes() == all.to_bytes(), "{:?} {:?}", words(&merged), words(&all));
        let (documents, expected) = naive(&NATURAL, &texts);
        prop_assert_eq!((all.documents(), words(&all)), (documents, expected));
    }
}
