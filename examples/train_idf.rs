//! Learns from texts how rare words are, and ranks keywords by that.
//!
//! `cargo run -p fenci --release --example train_idf -- benches/articles/*.txt`

use std::error::Error;

use fenci::idf::{Idf, IdfTrainer};
use fenci::{Extractor, Segmenter};

fn main() -> Result<(), Box<dyn Error>> {
    let texts = std::env::args().skip(1).map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let first = texts.first().ok_or("usage: train_idf FILE…")?;
    let segmenter = Segmenter::new();

    // Each text is a document. Tables of several corpora can be merged exactly.
    let table = IdfTrainer::new().train(&segmenter, &texts);
    println!("{} words in {} documents", table.len(), table.documents());
    let idf = Idf::builder().build(&table)?;
    for word in ["公司", "数据", "软银"] {
        println!(
            "{word}: {:.2} in jieba's table, {:.2} in this one",
            show(Idf::embedded().get(word)),
            show(idf.get(word))
        );
    }

    let top = |extractor: Extractor| {
        extractor.extract(&segmenter, first, 8).iter().map(|keyword| keyword.to_string()).collect::<Vec<_>>().join(" ")
    };
    println!("by jieba's table: {}", top(Extractor::new()));
    println!("by this one:      {}", top(Extractor::builder().idf(idf).build()));
    Ok(())
}

fn show(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}
