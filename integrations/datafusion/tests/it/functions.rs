//! The functions give the results of the library, for every type of text.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use datafusion::arrow::datatypes::{Float64Type, Int64Type};
use datafusion::prelude::SessionContext;
use fenci::idf::document_words;
use fenci::keyword::Method;
use fenci::segment::Tokens;
use fenci::{Article, Extractor, Segmenter};
use fenci_datafusion::{Options, register};

use crate::texts::texts;

/// A context with a table `t` of the same texts in three types. Every seventh text is null.
fn context() -> (SessionContext, Vec<Option<String>>) {
    let texts: Vec<Option<String>> =
        texts(40).into_iter().enumerate().map(|(row, text)| (row % 7 != 3).then_some(text)).collect();
    let columns: [(&str, ArrayRef); 3] = [
        ("small", Arc::new(StringArray::from(texts.clone()))),
        ("large", Arc::new(LargeStringArray::from(texts.clone()))),
        ("view", Arc::new(StringViewArray::from_iter(texts.clone()))),
    ];
    let context = SessionContext::new();
    register(&context, Options::new());
    // A part of a batch has offsets that do not begin at 0.
    let batch = RecordBatch::try_from_iter(columns).unwrap().slice(2, 37);
    context.register_batch("t", batch).unwrap();
    (context, texts[2..39].to_vec())
}

async fn column(context: &SessionContext, sql: &str) -> ArrayRef {
    let batches = context.sql(sql).await.unwrap().collect().await.unwrap();
    let schema = batches[0].schema();
    datafusion::arrow::compute::concat_batches(&schema, &batches).unwrap().column(0).clone()
}

/// Compares a column of lists with the results of `expected` for each text, for each type of text.
async fn compare<T: PartialEq + std::fmt::Debug>(
    call: &str,
    read: impl Fn(&ArrayRef) -> Vec<T>,
    expected: impl Fn(&str) -> Vec<T>,
) {
    let (context, texts) = context();
    for name in ["small", "large", "view"] {
        let found = column(&context, &format!("SELECT {} FROM t", call.replace("TEXT", name))).await;
        let found = found.as_list::<i32>();
        assert_eq!(found.len(), texts.len());
        for (row, text) in texts.iter().enumerate() {
            assert_eq!(found.is_null(row), text.is_none(), "{call}");
            if let Some(text) = text {
                assert_eq!(read(&found.value(row)), expected(text), "{call}: {text:?}");
            }
        }
    }
}

fn strings(array: &ArrayRef) -> Vec<String> {
    array.as_string_view().iter().map(|word| word.unwrap().to_owned()).collect()
}

#[tokio::test]
async fn cut_gives_the_words_of_each_mode() {
    let segmenter = Segmenter::new();
    let words = |tokens: Tokens<'_, '_>| tokens.map(|token| token.text().to_owned()).collect::<Vec<_>>();
    compare("fenci_cut(TEXT)", strings, |text| words(segmenter.cut(text))).await;
    compare("fenci_cut(TEXT, 'precise')", strings, |text| words(segmenter.cut(text))).await;
    compare("fenci_cut(TEXT, 'all')", strings, |text| words(segmenter.cut_all(text))).await;
    compare("fenci_cut(TEXT, 'search')", strings, |text| words(segmenter.cut_for_search(text))).await;
}

#[tokio::test]
async fn tag_gives_tags_and_places() {
    let segmenter = Segmenter::new();
    let read = |array: &ArrayRef| {
        let fields = array.as_struct();
        let (starts, ends) =
            (fields.column(2).as_primitive::<Int64Type>(), fields.column(3).as_primitive::<Int64Type>());
        let words = strings(fields.column(0)).into_iter().zip(strings(fields.column(1)));
        words.zip(starts.values().iter().copied().zip(ends.values().iter().copied())).collect::<Vec<_>>()
    };
    compare("fenci_tag(TEXT)", read, |text| {
        let tagged = segmenter.tag(text).map(|tagged| {
            let token = tagged.token();
            let word = (tagged.text().to_owned(), tagged.tag().to_string());
            (word, (token.start() as i64, token.end() as i64))
        });
        tagged.collect()
    })
    .await;
}

#[tokio::test]
async fn keywords_are_those_of_each_method() {
    let segmenter = Segmenter::new();
    let read = |array: &ArrayRef| {
        let fields = array.as_struct();
        let weights = fields.column(1).as_primitive::<Float64Type>();
        let counts = fields.column(2).as_primitive::<Int64Type>();
        let numbers = weights.values().iter().copied().zip(counts.values().iter().copied());
        strings(fields.column(0)).into_iter().zip(numbers).collect::<Vec<_>>()
    };
    let methods = [("phrases", Method::Phrases), ("tfidf", Method::TfIdf), ("textrank", Method::TextRank)];
    for (name, method) in methods {
        let extractor = Extractor::builder().method(method).build();
        compare(&format!("fenci_keywords(TEXT, 4, '{name}')"), read, |text| {
            let keywords = extractor.extract(&segmenter, text, 4);
            keywords.iter().map(|word| (word.text().to_owned(), (word.weight(), word.count() as i64))).collect()
        })
        .await;
    }
}

#[tokio::test]
async fn clean_gives_the_main_text() {
    let (context, texts) = context();
    let found = column(&context, "SELECT fenci_clean(view) FROM t").await;
    let expected: Vec<Option<String>> =
        texts.iter().map(|text| text.as_ref().map(|text| Article::clean(text).text().to_owned())).collect();
    let found: Vec<Option<String>> = found.as_string_view().iter().map(|text| text.map(str::to_owned)).collect();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn terms_are_those_that_a_table_counts() {
    let segmenter = Segmenter::new();
    let sorted = |array: &ArrayRef| {
        let mut words = strings(array);
        words.sort_unstable();
        words
    };
    compare("fenci_terms(TEXT)", sorted, |text| {
        document_words(&segmenter, text, true).into_iter().map(|word| word.into_owned()).collect()
    })
    .await;
}

#[tokio::test]
async fn constants_are_folded() {
    let (context, _) = context();
    let plan = context.sql("SELECT fenci_cut('我爱北京') FROM t").await.unwrap().into_optimized_plan().unwrap();
    assert!(plan.to_string().contains("List([我, 爱, 北京])"), "{plan}");
    let null = column(&context, "SELECT fenci_keywords(NULL, 3)").await;
    assert!(null.is_null(0));
}

#[tokio::test]
async fn any_number_of_keywords_may_be_asked_for() {
    let (context, _) = context();
    let all = column(&context, &format!("SELECT fenci_keywords('软银会议', {})", i64::MAX)).await;
    assert!(!all.as_list::<i32>().value(0).is_empty());
    let none = column(&context, "SELECT fenci_keywords('软银会议', 0)").await;
    assert!(none.is_valid(0) && none.as_list::<i32>().value(0).is_empty());
    // A constant may be an expression, but not a column.
    let two = column(&context, "SELECT fenci_keywords('软银会议，数据中心。', 1 + 1)").await;
    assert_eq!(two.as_list::<i32>().value(0).len(), 2);
    let error = context.sql("SELECT fenci_keywords(view, length(view)) FROM t").await.unwrap().collect().await;
    assert!(error.unwrap_err().to_string().contains("expected a constant as k, found a column"));
}

#[tokio::test]
async fn wrong_calls_fail_at_planning() {
    let (context, _) = context();
    let cases = [
        ("fenci_cut(3)", "fenci_cut(text [, mode]): expected a text (Utf8, LargeUtf8 or Utf8View), found Int64"),
        ("fenci_cut()", "expected a text, found no argument"),
        ("fenci_cut(view, 'fast')", "expected 'precise', 'all', 'search' as mode, found fast"),
        ("fenci_cut(view, 1)", "expected 'precise', 'all', 'search' as mode, found Int64"),
        ("fenci_cut(view, 'all', 1)", "expected 1 to 2 arguments, found 3"),
        ("fenci_keywords(view)", "fenci_keywords(text, k [, method]): expected 2 to 3 arguments, found 1"),
        ("fenci_keywords(view, 'x')", "expected a whole number from 0 as k, found Utf8"),
        ("fenci_keywords(view, -1)", "expected a whole number from 0 as k, found -1"),
        ("fenci_keywords(view, 1.5)", "expected a whole number from 0 as k, found Float64"),
        ("fenci_keywords(view, 5, 'best')", "expected 'phrases', 'tfidf', 'textrank' as method, found best"),
        ("fenci_tag(X'00')", "found Binary"),
        ("fenci_terms(view, 1)", "expected true or false as marks, found Int64"),
        ("fenci_clean(ARRAY['a'])", "found List"),
    ];
    for (call, expected) in cases {
        let planned = context.sql(&format!("SELECT {call} FROM t")).await;
        let error = match planned {
            Err(error) => error,
            // Some checks wait for the optimizer, which evaluates constants.
            Ok(planned) => planned.create_physical_plan().await.expect_err(call),
        };
        assert!(error.to_string().contains(expected), "{call}: {error}");
    }
}
