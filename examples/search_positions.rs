//! Finds phrases in an index of words with their positions, in either script.
//!
//! `cargo run -p fenci --release --example search_positions -- 技术学校`

use std::collections::HashMap;

use fenci::Segmenter;

const TEXTS: [&str; 3] = ["李萍進了中等技術學校", "科学技术，学校教育", "学校的技术"];

fn main() {
    let query = std::env::args().nth(1).unwrap_or_else(|| "技术学校".to_owned());
    let segmenter = Segmenter::new();

    // Terms are stored in one form, so that 學校 and 学校 find each other.
    let term = |text: &str| {
        let mut folded = String::new();
        segmenter.simplifier().fold_into(text, &mut folded);
        folded
    };
    let mut index: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (number, text) in TEXTS.iter().enumerate() {
        for token in segmenter.search_tokens(text) {
            index.entry(term(token.text())).or_default().push((number, token.position()));
        }
    }

    // The words of the query stand at the same distances in a text that has the phrase.
    let words: Vec<_> = segmenter.cut(&query).map(|token| (term(token.text()), token.start())).collect();
    for (word, _) in &words {
        println!("{word}: (text, position) {:?}", index.get(word).map_or(&[][..], Vec::as_slice));
    }
    let positions = |word: &str| index.get(word).into_iter().flatten();
    let chars = |bytes: usize| query[..bytes].chars().count();
    for &(text, start) in positions(&words[0].0) {
        let follows = |(word, at): &(String, usize)| positions(word).any(|&place| place == (text, start + chars(*at)));
        if words.iter().all(follows) {
            println!("{query} is in {}", TEXTS[text]);
        }
    }
}
