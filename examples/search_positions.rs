//! Finds phrases in an index of words and positions, in either script.
//!
//! `cargo run -p fenci --release --example search_positions -- 技术学校`
//!
//! The package `fenci-tantivy` does the same for tantivy.

use std::collections::HashMap;

use fenci::Segmenter;
use fenci::segment::SearchToken;

const TEXTS: [&str; 4] = ["李萍進了中等技術學校", "他教技术学校管理", "科学技术，学校教育", "学校的技术"];

fn main() {
    let query = std::env::args().nth(1).unwrap_or_else(|| "技术学校".to_owned());
    let segmenter = Segmenter::new();

    // Terms are stored in one form, so that 學校 and 学校 find each other.
    let term = |token: &SearchToken<'_>| {
        let mut folded = String::new();
        segmenter.simplifier().fold_into(token.text(), &mut folded);
        folded
    };
    // The index has the words of a text, and the words inside of words.
    let mut index: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (number, text) in TEXTS.iter().enumerate() {
        for token in segmenter.search_tokens(text) {
            index.entry(term(&token)).or_default().push((number, token.position()));
        }
    }

    // A query needs the smallest words: those that contain no other.
    let tokens: Vec<SearchToken<'_>> = segmenter.search_tokens(&query).collect();
    let range = |token: &SearchToken<'_>| token.token().range();
    let holds = |outer: &SearchToken<'_>, inner: &SearchToken<'_>| {
        range(outer) != range(inner) && range(outer).start <= range(inner).start && range(inner).end <= range(outer).end
    };
    let smallest: Vec<_> = tokens.iter().filter(|token| !tokens.iter().any(|other| holds(token, other))).collect();
    let places = |token: &SearchToken<'_>| index.get(&term(token)).map_or(&[][..], Vec::as_slice);
    for token in &smallest {
        println!("{} +{}: (text, position) {:?}", term(token), token.position(), places(token));
    }

    // A text has the phrase where its words stand at the same distances.
    for &(text, start) in smallest.first().map_or(&[][..], |first| places(first)) {
        if smallest.iter().all(|token| places(token).contains(&(text, start + token.position()))) {
            println!("{query} is in {}, at character {start}", TEXTS[text]);
        }
    }
}
