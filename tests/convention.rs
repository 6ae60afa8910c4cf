//! The convention for words, as docs/words.md states it.

use fenci::Segmenter;

#[test]
fn words_are_what_the_page_says() {
    let segmenter = Segmenter::new();
    let page = include_str!("../docs/words.md");
    let examples: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("- `")?.split_once("` → ")).collect();
    assert!(examples.len() > 15);
    let failures: Vec<String> = examples
        .into_iter()
        .filter_map(|(text, words)| {
            let cut: Vec<&str> = segmenter.cut(text).map(|token| token.text()).collect();
            (cut.join(" ") != words).then(|| format!("{text}: expected {words}, found {}", cut.join(" ")))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_model_knows_the_words_of_the_dictionary() {
    // 我会 is in the dictionary; the model knows that it is seldom a word.
    let words: Vec<String> = Segmenter::new().cut("我会问许多人").map(|token| token.text().to_owned()).collect();
    assert_eq!(words[..2], ["我", "会"]);
}
