//! Cuts a text into words in every mode, and tags them.
//!
//! `cargo run -p fenci --release --example words -- 軟銀占23.4%，小明在中国科学院计算所`

use fenci::{Profile, Segmenter, Token};

fn main() {
    let text = std::env::args().nth(1).unwrap_or_else(|| "軟銀占23.4%，小明在中国科学院计算所".to_owned());
    let segmenter = Segmenter::new();

    print("most probable", segmenter.cut(&text));
    print("with the words in words", segmenter.cut_for_search(&text));
    print("all of the dictionary", segmenter.cut_all(&text));
    print("as jieba cuts", Segmenter::builder().profile(Profile::Jieba).build().cut(&text));

    println!("\nbytes    word/tag, origin");
    for tagged in segmenter.tag(&text) {
        let token = tagged.token();
        println!("{:3}..{:<3} {tagged}, {}", token.start(), token.end(), token.origin());
    }
}

fn print<'t>(name: &str, tokens: impl Iterator<Item = Token<'t>>) {
    let words: Vec<&str> = tokens.map(|token| token.text()).collect();
    println!("{name:24} {}", words.join(" "));
}
