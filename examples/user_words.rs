//! Lays users' words over the dictionary: added, joined and split.
//!
//! `cargo run -p fenci --release --example user_words`

use fenci::dictionary::UserWords;
use fenci::{Dictionary, Error, Segmenter};

fn main() -> Result<(), Error> {
    let text = "李小福是创新办主任，也是云计算方面的专家，江大桥和他都在中将评审会上。";
    println!("before  {}", cut(&Segmenter::new(), text));

    // One word a line, in jieba's form: with a frequency and a tag if they are known.
    let mut words = UserWords::new();
    words.parse("李小福 nr\n创新办\n云计算 9 n\n")?;
    let dictionary = Dictionary::embedded().with_words(&words)?;
    println!("added   {}", cut(&Segmenter::builder().dictionary(dictionary).build(), text));

    // The embedded dictionary is shared and does not change.
    words.force("江大桥")?.split("中将", &["中", "将"])?;
    let dictionary = Dictionary::embedded().with_words(&words)?;
    println!("settled {}", cut(&Segmenter::builder().dictionary(dictionary).build(), text));
    Ok(())
}

fn cut(segmenter: &Segmenter, text: &str) -> String {
    segmenter.cut(text).map(|token| token.text()).collect::<Vec<_>>().join(" ")
}
