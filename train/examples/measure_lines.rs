//! How good the model of lines is on pages with labels, cross-validated by site.
//!
//! `cargo run --release --example measure_lines -- TABLE`

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

use fenci::article::main_text::CompiledLineModel;
use fenci_train::lines::{Options, Page, read, score, train};

const FOLDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let table = std::env::args().nth(1).ok_or("usage: measure_lines TABLE")?;
    let pages = read(Path::new(&table))?;
    let sites: Vec<&str> = pages.iter().map(|page| &page.site[..]).collect::<BTreeSet<_>>().into_iter().collect();
    let fold = |page: &&Page| sites.iter().position(|site| *site == page.site).unwrap_or(0) % FOLDS;
    let mut judged: Vec<(Page, Vec<f32>)> = Vec::new();
    for at in 0..FOLDS {
        let learned: Vec<Page> = pages.iter().filter(|page| fold(page) != at).cloned().collect();
        let bytes = train(&learned, &Options::default()).to_bytes();
        let model = CompiledLineModel::new(&bytes)?;
        for page in pages.iter().filter(|page| fold(page) == at) {
            for page in [page.clone(), page.without_tags()] {
                let chances = model.chances(&page.lines());
                judged.push((page, chances));
            }
        }
    }
    for (name, has_tags) in [("text", false), ("HTML", true)] {
        for threshold in [0.2, 0.3, 0.4, 0.5, 0.6] {
            let pages = judged.iter().filter(|(page, _)| page.tags.iter().any(Option::is_some) == has_tags);
            let found = score(pages.map(|(page, chances)| (page, chances.iter().map(|&c| c >= threshold).collect())));
            println!("{name} from {threshold}: P {:.3} R {:.3} F {:.3}", found.precision, found.recall, found.f);
        }
    }
    Ok(())
}
