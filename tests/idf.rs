//! Document frequencies: counted right, whatever the memory and the threads; merged exactly; written whole or not at all.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;

use crate::common::{EXACT, Folder, NATURAL, Numbers, WORDS, any_text, articles};
use fenci::idf::{DocumentFrequencies, Idf, IdfFormula, IdfTrainer, UnknownWords};
use fenci::keyword::Method;
use fenci::segment::{Term, TermSource};
use fenci::{Dictionary, Error, Extractor, Segmenter};
use proptest::prelude::*;

/// Some texts with words of the dictionary, words that it lacks, Traditional forms, numbers, and nothing.
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

/// The dictionary's words by their numbers.
static SPELLED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut words: Vec<(usize, &str)> =
        WORDS.iter().map(|&word| (Dictionary::embedded().get(word).unwrap().id.index(), word)).collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(|(_, word)| word).collect()
});

/// What the trainer is to find, counted with sets.
fn naive(segmenter: &Segmenter, texts: &[String]) -> (u64, BTreeMap<String, u64>) {
    let mut counts = BTreeMap::new();
    let texts = texts.iter().filter(|text| !text.trim().is_empty());
    for text in texts.clone() {
        let mut words = BTreeSet::new();
        segmenter.each_term(text, true, &mut |term| {
            let form = match term.word_id() {
                Some(word) => SPELLED[word.index()].to_owned(),
                None => segmenter.simplified(term.text()).into_owned(),
            };
            if form.contains(char::is_alphanumeric) && form.len() <= 255 {
                words.insert(form);
            }
        });
        words.into_iter().for_each(|word| *counts.entry(word).or_insert(0) += 1);
    }
    (texts.count() as u64, counts)
}

fn words(table: &DocumentFrequencies) -> BTreeMap<String, u64> {
    table.iter().collect()
}

#[test]
fn frequencies_are_what_sets_count() {
    let texts = corpus();
    for segmenter in [&*NATURAL, &*EXACT] {
        let table = IdfTrainer::new().train(segmenter, &texts).unwrap();
        let (documents, expected) = naive(segmenter, &texts);
        assert_eq!(table.documents(), documents);
        assert_eq!(words(&table), expected);
        assert_eq!(table.len(), expected.len());
        for (word, df) in &expected {
            assert_eq!(table.get(word), Some(*df), "{word}");
        }
        assert_eq!((table.get("没有这个词"), table.get("")), (None, None));
        assert_eq!(table.is_simplified(), std::ptr::eq(segmenter, &*NATURAL));
    }
}

/// Ten times and a thousand times too little memory: more than a hundred runs, merged in passes.
#[test]
fn memory_and_threads_change_no_byte() {
    let texts = corpus();
    let expected = IdfTrainer::new().threads(1).train(&*NATURAL, &texts).unwrap();
    assert!(expected.len() > 1500);
    let folder = Folder::new();
    for threads in [1, 3] {
        for memory in [0, 20_000, 200_000] {
            let trainer = IdfTrainer::new().threads(threads).memory(memory).temp_folder(&folder.0);
            let table = trainer.train(&*NATURAL, &texts).unwrap();
            assert!(table.as_bytes() == expected.as_bytes(), "{threads} threads, {memory} bytes");
            assert_eq!(folder.names(), [""; 0], "nothing is left of the runs");
        }
    }
    let out = folder.0.join("idf.bin");
    let table = IdfTrainer::new().memory(0).out(&out).train(&*NATURAL, &texts).unwrap();
    assert!(table.as_bytes() == expected.as_bytes() && fs::read(&out).unwrap() == expected.as_bytes());
    assert_eq!(folder.names(), ["idf.bin"]);
    let saved = folder.0.join("saved.bin");
    table.save(&saved).unwrap();
    assert!(DocumentFrequencies::open(&saved).unwrap().as_bytes() == expected.as_bytes());
}

#[test]
fn files_folders_and_lines_are_read() {
    let folder = Folder::new();
    folder.write("corpus/a.txt", "软银投资\r\n\n会议\r\n");
    folder.write("corpus/deep/er/b", b"\xff\xfe\x80\xe8\xbd\xafOpenAI\xe8\xbd");
    folder.write("corpus/.git/hidden", "隐藏");
    folder.write("corpus/.hidden", "隐藏");
    folder.write("corpus/blank", " \n\n");
    folder.write("corpus/deep/empty", "");
    let single = folder.write("single", "软银");
    let paths = [folder.0.join("corpus"), single];
    let table = IdfTrainer::new().train_files(&*NATURAL, &paths).unwrap();
    assert_eq!((table.documents(), table.get("软银"), table.get("会议")), (3, Some(2), Some(1)));
    assert_eq!((table.get("OpenAI"), table.get("隐藏")), (Some(1), None));
    let by_lines = IdfTrainer::new().lines(true).train_files(&*NATURAL, &paths).unwrap();
    assert_eq!((by_lines.documents(), by_lines.get("软银"), by_lines.get("会议")), (4, Some(2), Some(1)));

    // Lines are read some at a time; one of them is longer than that.
    let mut lines: Vec<String> = corpus().into_iter().map(|text| text.replace(['\n', '\r'], " ")).collect();
    lines.insert(7, "，".repeat(120_000) + "软银");
    let file = folder.write("lines", lines.join("\r\n"));
    let read = IdfTrainer::new().lines(true).threads(2).train_files(&*NATURAL, [file]).unwrap();
    assert!(read.as_bytes() == IdfTrainer::new().train(&*NATURAL, &lines).unwrap().as_bytes());
}

/// The table of the last training may lie among the texts of the next.
#[test]
fn a_table_is_no_text_of_its_corpus() {
    let folder = Folder::new();
    folder.write("a.txt", "软银投资");
    let out = folder.0.join("idf.bin");
    let train = || IdfTrainer::new().out(&out).train_files(&*NATURAL, [&folder.0]).unwrap();
    let first = train();
    let bytes = first.as_bytes().to_vec();
    assert!(train().as_bytes() == bytes);
    assert!(first.as_bytes() == bytes, "a table that is open stays as it is when another is put in its place");
    assert_eq!(folder.names(), ["a.txt", "idf.bin"]);
}

#[cfg(unix)]
#[test]
fn links_lead_in_no_circle_and_are_written_through() {
    let folder = Folder::new();
    folder.write("corpus/a.txt", "软银投资");
    std::os::unix::fs::symlink("..", folder.0.join("corpus/up")).unwrap();
    std::os::unix::fs::symlink("a.txt", folder.0.join("corpus/link")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.0.join("corpus/broken")).unwrap();
    let table = IdfTrainer::new().train_files(&*NATURAL, [folder.0.join("corpus")]).unwrap();
    assert_eq!(table.documents(), 2);

    // Through a link, the file is replaced.
    let out = folder.write("real.bin", "old");
    std::os::unix::fs::symlink("real.bin", folder.0.join("out.bin")).unwrap();
    table.save(folder.0.join("out.bin")).unwrap();
    assert!(fs::read(&out).unwrap() == table.as_bytes());

    // Who may read the file stays as it was.
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(&out, fs::Permissions::from_mode(0o600)).unwrap();
    table.save(&out).unwrap();
    assert_eq!(fs::metadata(out).unwrap().permissions().mode() & 0o777, 0o600);
}

fn message<T>(result: Result<T, Error>) -> String {
    let message = result.err().expect("it is an error").to_string();
    assert!(!message.contains('\n'), "{message}");
    message
}

#[test]
fn what_cannot_be_read_or_written_is_named() {
    let folder = Folder::new();
    let text = folder.write("a.txt", "软银");
    let (missing, inside) = (folder.0.join("no\nne"), folder.0.join("none/idf.bin"));
    let starts =
        |message: String, path: &Path| assert!(message.starts_with(&format!("{}: ", path.display())), "{message}");
    let error = message(IdfTrainer::new().train_files(&*NATURAL, [&text, &missing]));
    assert!(error.starts_with('"') && error.contains("no\\nne"), "{error}");
    starts(message(IdfTrainer::new().out(&inside).train_files(&*NATURAL, [&text])), &inside);
    starts(message(IdfTrainer::new().out(&folder.0).train(&*NATURAL, ["软银"])), &folder.0);
    let temp = folder.0.join("none");
    starts(message(IdfTrainer::new().memory(0).temp_folder(&temp).train(&*NATURAL, ["软W银X1"])), &temp);
    starts(message(DocumentFrequencies::open(&temp)), &temp);
    starts(message(Idf::open(&temp, &Dictionary::embedded())), &temp);
    starts(message(DocumentFrequencies::open(&text)), &text);
    let blank = folder.write("blank", " \n");
    assert!(message(IdfTrainer::new().train_files(&*NATURAL, [&blank])).contains("at least one document"));
    fs::remove_file(blank).unwrap();
    if Path::new("/dev/full").exists() {
        // A device is never replaced by a file.
        starts(message(IdfTrainer::new().out("/dev/full").train(&*NATURAL, ["软银"])), Path::new("/dev/full"));
    }
    assert_eq!(folder.names(), ["a.txt"]);
}

#[test]
fn an_interrupted_training_leaves_the_old_table() {
    let folder = Folder::new();
    let out = folder.write("idf.bin", "old");
    let texts = corpus();
    for least in [0, 100, u64::MAX] {
        let trainer = IdfTrainer::new().threads(2).memory(1000).out(&out).progress(move |progress| {
            assert_eq!(progress.total_bytes, None);
            if progress.documents >= least || progress.is_merging {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert_eq!(message(trainer.train(&*NATURAL, &texts)), "interrupted; nothing was written");
        assert_eq!((fs::read(&out).unwrap(), folder.names()), (b"old".to_vec(), vec!["idf.bin".to_owned()]));
    }
}

#[test]
fn progress_ends_at_the_total() {
    let folder = Folder::new();
    folder.write("a/b.txt", "软银\n会议\n");
    folder.write("a/c.txt", "投资");
    let last = std::sync::Arc::new(std::sync::Mutex::new(None));
    let seen = last.clone();
    let trainer = IdfTrainer::new().lines(true).progress(move |progress| {
        *seen.lock().unwrap() = Some(*progress);
        ControlFlow::Continue(())
    });
    trainer.train_files(&*NATURAL, [folder.0.join("a")]).unwrap();
    let last = last.lock().unwrap().unwrap();
    assert_eq!((last.documents, last.bytes, last.total_bytes, last.is_merging), (3, 20, Some(20), true));
}

#[test]
fn unlike_tables_are_not_merged() {
    let table = IdfTrainer::new().train(&*NATURAL, ["软银"]).unwrap();
    let unsmoothed = IdfTrainer::new().formula(IdfFormula::Plain).train(&*NATURAL, ["软银"]).unwrap();
    let exact = IdfTrainer::new().train(&*EXACT, ["软银"]).unwrap();
    let largest = IdfTrainer::new().unknown(UnknownWords::Maximum).train(&*NATURAL, ["软银"]).unwrap();
    for (other, what) in [(unsmoothed, "formula"), (exact, "normalisation"), (largest, "unknown")] {
        let error = message(IdfTrainer::new().merge(&[table.clone(), other]));
        assert!(error.contains(what), "{error}");
    }
    assert!(message(IdfTrainer::new().merge(&[])).contains("at least one"));
}

#[test]
fn values_follow_the_formula() {
    let texts = ["会议 软银", "会议 投资", "会议 软银 W1", "的"];
    let table = IdfTrainer::new().formula(IdfFormula::Plain).train(&*NATURAL, texts).unwrap();
    let dictionary = Dictionary::embedded();
    let idf = Idf::builder().build(&table).unwrap();
    let ln = |x: f64| x.ln();
    assert_eq!((idf.get("会议"), idf.get("软银"), idf.get("W1")), (Some(ln(4.0 / 3.0)), Some(ln(2.0)), Some(ln(4.0))));
    assert_eq!((idf.get("开始"), idf.get("W2")), (None, None));
    // 会议 软银 and 投资 的 W1, once each: the third of five.
    assert_eq!(idf.of_unknown(), ln(4.0));
    let with = |unknown| Idf::builder().unknown(unknown).min_documents(2).build(&table).unwrap();
    assert_eq!(with(UnknownWords::Median).of_unknown(), ln(4.0 / 3.0), "the lower of two");
    assert_eq!(with(UnknownWords::Maximum).of_unknown(), ln(2.0));
    assert_eq!((with(UnknownWords::Value(7.0)).of_unknown(), with(UnknownWords::Median).get("W1")), (7.0, None));
    assert_eq!(with(UnknownWords::Median).get("投资"), None);
    assert!(message(Idf::builder().min_documents(4).build(&table)).contains("at least 4 documents"));
    assert!(Idf::builder().min_documents(4).unknown(UnknownWords::Value(1.0)).build(&table).is_ok());
    assert!(Idf::builder().unknown(UnknownWords::Value(f64::NAN)).build(&table).is_err());
    assert!(IdfTrainer::new().unknown(UnknownWords::Value(f64::INFINITY)).train(&*NATURAL, texts).is_err());
    let smooth = IdfTrainer::new().unknown(UnknownWords::Value(3.5));
    let smooth = smooth.train(&*NATURAL, texts).unwrap();
    assert_eq!((smooth.formula(), smooth.unknown()), (IdfFormula::Smooth, UnknownWords::Value(3.5)));
    let again = Idf::from_bytes(smooth.as_bytes().to_vec(), &dictionary).unwrap();
    assert_eq!((again.get("会议"), again.of_unknown()), (Some(ln(5.0 / 4.0)), 3.5));
    assert!(again.as_bytes() == smooth.as_bytes());
    // No documents are a table, too, and nothing to merge with.
    let none = IdfTrainer::new().formula(IdfFormula::Plain).train(&*NATURAL, [""; 0]).unwrap();
    assert_eq!((none.documents(), none.len(), none.is_empty()), (0, 0, true));
    assert!(Idf::builder().build(&none).is_err());
    assert!(IdfTrainer::new().merge(&[none, table.clone()]).unwrap().as_bytes() == table.as_bytes());
}

/// Under word numbers and by their texts, words have the same values, but for those that are not written as the
/// dictionary spells them.
#[test]
fn the_dictionary_that_a_table_is_joined_to_changes_no_keyword() {
    let texts: Vec<String> = corpus().into_iter().map(|text| text.replace(['恤', '著'], "")).take(60).collect();
    let table = IdfTrainer::new().train(&*NATURAL, &texts).unwrap();
    let small = Dictionary::builder().parse("软银 3 nz\n银行 4 n\n").unwrap().build().unwrap();
    let joined = Idf::builder().build(&table).unwrap();
    let apart = Idf::builder().dictionary(&small).build(&table).unwrap();
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
    let table = IdfTrainer::new().train(&*NATURAL, corpus()).unwrap();
    let (text, binary) = (folder.0.join("idf.txt"), folder.0.join("idf.bin"));
    table.save_text(&text).unwrap();
    table.save(&binary).unwrap();
    let dictionary = Dictionary::embedded();
    let (from_text, from_table) = (Idf::open(&text, &dictionary).unwrap(), Idf::open(&binary, &dictionary).unwrap());
    assert_eq!(from_text.of_unknown(), from_table.of_unknown());
    assert_eq!(fs::read_to_string(&text).unwrap().lines().count(), table.len());
    // What was compiled from the text can be opened again.
    let again = Idf::from_bytes(from_text.as_bytes().to_vec(), &dictionary).unwrap();
    for (word, _) in table.iter() {
        let value = from_table.get(&word);
        assert!(value.is_some() && from_text.get(&word) == value && again.get(&word) == value, "{word}");
    }
    let small = Dictionary::builder().parse("软银 3 nz\n").unwrap().build().unwrap();
    assert!(message(Idf::from_bytes(again.as_bytes().to_vec(), &small)).contains("another dictionary"));
    let bad = folder.write("bad.txt", "软银 1\n投资 x\n");
    let error = Idf::open(&bad, &dictionary).unwrap_err();
    let expected = format!("{}: line 2: word \"投资\": expected a finite number after it, found \"x\"", bad.display());
    assert_eq!((error.line(), error.to_string()), (Some(2), expected));
    let bad = folder.write("gbk.txt", b"a 1\nb 2\n\xc8\xed 3\n");
    assert_eq!(Idf::open(&bad, &dictionary).unwrap_err().line(), Some(3));
}

/// A source that numbers no words, does not fold, and gives words that no table can hold.
struct Spaces;

impl TermSource for Spaces {
    fn each_term<'t>(&self, text: &'t str, _: bool, each: &mut dyn FnMut(Term<'t>)) {
        text.split(' ').for_each(|word| each(Term::new(word, word.as_ptr() as usize - text.as_ptr() as usize)));
    }
}

#[test]
fn any_source_can_be_learned_from() {
    let texts = ["软银 ， 软银 軟銀".to_owned(), format!("軟銀 {} {}", "长".repeat(85), "长".repeat(86))];
    let table = IdfTrainer::new().train(&Spaces, &texts).unwrap();
    let expected = [("软银".to_owned(), 1), ("軟銀".to_owned(), 2), ("长".repeat(85), 1)];
    assert_eq!(words(&table), BTreeMap::from(expected));
    assert!(!table.is_simplified());
}

/// What panics in one thread ends the others, and goes on.
#[test]
fn a_panic_of_the_source_is_passed_on() {
    struct Panics;
    impl TermSource for Panics {
        fn each_term<'t>(&self, text: &'t str, _: bool, _: &mut dyn FnMut(Term<'t>)) {
            assert!(text != "5000", "enough");
        }
    }
    // Without an end: only a thread that is told to stop does.
    let texts = (0u64..).map(|number| number.to_string());
    let trained = std::panic::catch_unwind(|| IdfTrainer::new().threads(3).train(&Panics, texts));
    assert!(trained.unwrap_err().downcast_ref::<&str>().is_some_and(|message| message.contains("enough")));
}

/// A source that gives a word of the dictionary now with its number, now without.
struct Sometimes;

impl TermSource for Sometimes {
    fn each_term<'t>(&self, text: &'t str, hmm: bool, each: &mut dyn FnMut(Term<'t>)) {
        NATURAL.each_term(text, hmm, each);
        NATURAL.each_term(text, hmm, &mut |term| each(term.with_word(None)));
    }

    fn simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        NATURAL.simplified(text)
    }

    fn dictionary(&self) -> Option<&Dictionary> {
        Some(NATURAL.dictionary())
    }
}

#[test]
fn a_word_is_counted_once_with_and_without_its_number() {
    let texts = corpus().into_iter().map(|text| text.replace(|c: char| !('\u{4e00}'..'\u{4f00}').contains(&c), " "));
    let texts: Vec<String> = texts.collect();
    let table = IdfTrainer::new().train(&Sometimes, &texts).unwrap();
    let once = IdfTrainer::new().train(&*NATURAL, &texts).unwrap();
    assert!(!once.is_empty());
    assert_eq!(words(&table), words(&once));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 8 } else { 200 }, ..ProptestConfig::default() })]

    #[test]
    fn merged_tables_are_the_table_of_all(
        texts in prop::collection::vec(any_text(), 0..8),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        memory in prop::sample::select(vec![0usize, 1000, 1 << 20]),
    ) {
        let train = |texts: &[String]| IdfTrainer::new().threads(1).memory(memory).train(&*NATURAL, texts).unwrap();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(texts.len() + 1)).collect();
        cuts.extend([0, texts.len()]);
        cuts.sort_unstable();
        let parts: Vec<DocumentFrequencies> = cuts.windows(2).map(|pair| train(&texts[pair[0]..pair[1]])).collect();
        let merged = IdfTrainer::new().merge(&parts).unwrap();
        let all = train(&texts);
        prop_assert!(merged.as_bytes() == all.as_bytes(), "{:?} {:?}", words(&merged), words(&all));
        let (documents, expected) = naive(&NATURAL, &texts);
        prop_assert_eq!((all.documents(), words(&all)), (documents, expected));
    }
}
