//! Shows why a text is cut as it is: all candidates, and the best route through them.
//!
//! `cargo run -p fenci --release --example explain -- 研究生命起源`

use fenci::Segmenter;

fn main() {
    let text = std::env::args().nth(1).unwrap_or_else(|| "研究生命起源".to_owned());
    let segmenter = Segmenter::new();
    let explanation = segmenter.explain(&text);

    // As a table; `to_dot` draws the same as a graph.
    println!("{explanation}");

    // Or as data: here, the candidates that were not chosen.
    let lost = explanation.candidates().iter().filter(|candidate| !candidate.is_chosen);
    let mut lost: Vec<_> = lost.map(|candidate| (candidate.log_probability, candidate.text)).collect();
    lost.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (log_probability, word) in lost {
        println!("not taken: {word} (e^{log_probability:.2})");
    }
}
