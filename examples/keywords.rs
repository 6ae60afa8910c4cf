//! Prints the keywords of a crawled page. The page is cleaned and cut into words, and the words are
//! ranked.
//!
//! `cargo run -p fenci --release --example keywords -- benches/articles/stargate.txt`

use std::error::Error;

use fenci::{Article, Extractor, Segmenter};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: keywords FILE")?;
    let page = std::fs::read_to_string(file)?;

    let article = Article::clean(&page);
    let keywords = Extractor::new().extract(&Segmenter::new(), article.text(), 10);

    let heaviest = keywords.first().map_or(1.0, |keyword| keyword.weight());
    for keyword in &keywords {
        let bar = "█".repeat((30.0 * keyword.weight() / heaviest) as usize + 1);
        println!("{:7.2} {:3}×  {bar} {keyword}", keyword.weight(), keyword.count());
    }
    if let Some(keyword) = keywords.first() {
        let place = article.raw_range(keyword.first());
        println!("\n{keyword} stands first in bytes {place:?} of the page: {}", &page[place.clone()]);
    }
    Ok(())
}
