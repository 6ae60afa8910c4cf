//! Text forms of dictionaries, models and tables: each gives an error or something that works.

use fenci::dictionary::UserWords;
use fenci::idf::Idf;
use fenci::keyword::StopWords;
use fenci::{Dictionary, Error};

use crate::images::{SMALL, exercise_dictionary, exercise_idf};

/// Parses a fuzzer's input as every form.
pub fn fuzz(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    let lines = text.lines().count() as u64 + 1;
    let check = |result: Result<(), Error>| {
        if let Err(error) = result {
            assert!(error.line().is_none_or(|line| (1..=lines).contains(&line)), "{error}");
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    };
    let small = Dictionary::from_bytes(SMALL.clone()).unwrap();
    let words = || {
        let mut words = UserWords::new();
        words.parse(text).inspect_err(|_| assert!(UserWords::new().is_empty()))?;
        small.with_words(&words)
    };
    check(words().map(exercise_dictionary));
    check(Dictionary::builder().parse(text).and_then(|builder| builder.build()).map(exercise_dictionary));
    check(Idf::parse(text, &small).map(exercise_idf));
    let stop_words = StopWords::parse(text);
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().map(str::trim);
    assert!(lines.filter(|line| !line.is_empty()).all(|line| stop_words.contains(line)));
}
