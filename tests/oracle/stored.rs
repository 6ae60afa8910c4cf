//! Serialized values that come back from anywhere.

use fenci::article::Cleaner;
use fenci::dictionary::UserWords;
use fenci::keyword::StopWords;
use fenci::{Article, Dictionary, Keyword};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Checks that a value is the same after it is written and read again.
fn check<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(text: &str) -> Option<T> {
    let value: T = serde_json::from_str(text).ok()?;
    let written = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&written).unwrap(), value, "{text}");
    Some(value)
}

/// Reads a fuzzer's input as every type.
pub fn fuzz(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    if let Some(words) = check::<UserWords>(text) {
        // The sum of the frequencies may overflow.
        let _ = Dictionary::builder().build().and_then(|empty| empty.with_words(&words));
    }
    if let Ok(article) = serde_json::from_str::<Article<'_>>(text) {
        let all = article.raw_range(0..article.text().len());
        assert!(article.raw().get(all).is_some());
        let again = serde_json::to_string(&article).unwrap();
        assert_eq!(serde_json::from_str::<Article<'_>>(&again).unwrap(), article);
    }
    if let Some(keyword) = check::<Keyword>(text) {
        assert_eq!(keyword.places()[0], keyword.first());
    }
    check::<Cleaner>(text);
    check::<StopWords>(text);
}
