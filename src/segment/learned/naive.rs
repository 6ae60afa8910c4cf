//! A slow implementation of the model's definition in floating point, to compare with.

use super::best_borders::BestBorders;
use super::symbol::Symbol;
use super::weights::{Around, WordWeights};
use super::{Marks, Scores, Symbols, WordModel};

/// Pseudorandom numbers that are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// Returns weights that bytes hold exactly. Many are zero.
    fn weights(&mut self) -> Around {
        let mut weight = || match self.below(3) {
            0 => 0.0,
            _ => (self.below(255) as f32 - 127.0) / 24.0,
        };
        Around { borders: [(); 4].map(|()| weight()), singles: [(); 3].map(|()| weight()) }
    }
}

const SYMBOLS: u16 = 12;

fn weights(random: &mut Random) -> WordWeights {
    let pairs = || (0..SYMBOLS).flat_map(|first| (0..SYMBOLS).map(move |second| [first, second]));
    WordWeights {
        chars: "字词天后的，。".chars().collect(),
        han: 5,
        rows: (0..SYMBOLS).map(|_| random.weights()).collect(),
        pairs: pairs().step_by(2).map(|pair| (pair, random.weights())).collect(),
        marks: (0..256).map(|_| random.weights()).collect(),
        mark_pairs: (0..1 << 12).map(|_| random.weights()).collect(),
        beliefs: vec![0, 1, 2],
        dictionary: None,
    }
}

/// Returns the sum of a way of cutting, by its definition. Minus infinity if the way lacks a border
/// that there must be.
fn sum(weights: &WordWeights, symbols: &[u16], marks: Option<&[u8]>, ends: &[bool]) -> f64 {
    let symbol = |at: isize| usize::try_from(at).ok().and_then(|at| symbols.get(at)).copied().unwrap_or(Symbol::EDGE);
    let is_han = |at: usize| (4..=9).contains(&symbol(at as isize));
    // The marks of edges are 0.
    let mark =
        |at: isize| marks.map(|marks| usize::try_from(at).ok().and_then(|at| marks.get(at)).copied().unwrap_or(0));
    // Returns all weights that stand at a place.
    let standing = |at: isize| {
        let pair = weights.pairs.iter().find(|(pair, _)| *pair == [symbol(at - 1), symbol(at)]).map(|(_, row)| *row);
        let marks = mark(at).map(|mark| weights.marks[usize::from(mark)]);
        let both = mark(at)
            .map(|here| [mark(at - 1).unwrap_or(0), here])
            .map(|[a, b]| weights.mark_pairs[usize::from(Marks::pair(a, b))]);
        [Some(weights.rows[usize::from(symbol(at))]), pair, marks, both].into_iter().flatten()
    };
    let mut sum = 0.0f64;
    for (at, &end) in ends.iter().enumerate() {
        let must_end = at + 1 == ends.len() || !is_han(at) || !is_han(at + 1);
        if must_end && !end {
            return f64::NEG_INFINITY;
        }
        let is_single = end && (at == 0 || ends[at - 1]);
        for (slot, offset) in [(3, -1), (2, 0), (1, 1), (0, 2)] {
            for row in standing(at as isize + offset) {
                sum += if end { f64::from(row.borders[slot]) } else { 0.0 };
                sum += if is_single && slot > 0 { f64::from(row.singles[slot - 1]) } else { 0.0 };
            }
        }
    }
    sum
}

/// Returns all ways of cutting.
fn ways(len: usize) -> impl Iterator<Item = Vec<bool>> {
    (0..1usize << len).map(move |number| (0..len).map(|at| number >> at & 1 == 1).collect())
}

#[test]
fn the_best_borders_are_the_best_by_definition() {
    let mut random = Random(5);
    for round in 0..60 {
        let weights = weights(&mut random);
        let model = WordModel::compile(&weights).unwrap();
        let symbols: Vec<u16> = (0..1 + round % 9).map(|_| random.below(SYMBOLS.into()) as u16).collect();
        let marks: Vec<u8> = symbols.iter().map(|_| random.below(256) as u8).collect();
        for marks in [None, Some(&marks[..])] {
            let found = model.word_ends(&symbols, marks);
            let best = ways(symbols.len()).map(|way| sum(&weights, &symbols, marks, &way)).fold(f64::MIN, f64::max);
            let found = sum(&weights, &symbols, marks, &found);
            assert!((found - best).abs() < 1e-4, "{symbols:?} {marks:?}: {found} is less than {best}");
        }
    }
}

#[test]
fn demands_hold_and_the_rest_is_the_best() {
    let mut random = Random(9);
    for _ in 0..60 {
        let weights = weights(&mut random);
        let model = WordModel::compile(&weights).unwrap();
        let symbols: Vec<u16> = (0..9).map(|_| 4 + random.below(6) as u16).collect();
        let demanded = [random.below(9) as usize, random.below(9) as usize];
        let (mut text, mut scores) = (Symbols::default(), Scores::default());
        let view = model.view().without_dictionary();
        text.begin(false, symbols.len());
        symbols.iter().for_each(|&symbol| text.push(view, symbol, 0, 0));
        text.finish(9);
        scores.begin(9);
        demanded.iter().for_each(|&at| scores.demand_border_before(at + 1));
        let mut best = BestBorders::default();
        scores.sum(view, &text, &mut best);
        let found: Vec<bool> = (0..9).map(|at| best.ends().contains(&at)).collect();
        assert!(demanded.iter().all(|&at| found[at]));
        let allowed = ways(9).filter(|way| demanded.iter().all(|&at| way[at]));
        let highest = allowed.map(|way| sum(&weights, &symbols, None, &way)).fold(f64::MIN, f64::max);
        assert!((sum(&weights, &symbols, None, &found) - highest).abs() < 1e-4);
    }
}

#[test]
fn long_texts_do_not_overflow() {
    let mut random = Random(1);
    let model = WordModel::compile(&weights(&mut random)).unwrap();
    let symbols: Vec<u16> = (0..300_000).map(|_| 4 + random.below(6) as u16).collect();
    let ends = model.word_ends(&symbols, None);
    // The middle is cut as it is when it stands alone, except near its borders.
    let middle = model.word_ends(&symbols[199_000..201_000], None);
    assert_eq!(ends[199_100..200_900], middle[100..1900]);
}

#[test]
fn damaged_files_are_refused() {
    let model = WordModel::compile(&weights(&mut Random(3))).unwrap();
    let bytes = model.to_bytes().into_owned();
    assert!(WordModel::from_bytes(bytes.clone()).is_ok());
    for at in (0..bytes.len()).step_by(9_973) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 4;
        assert!(WordModel::from_bytes(damaged.clone()).is_err(), "byte {at}");
        if at > 32 {
            crate::storage::image::repair(&mut damaged);
            // A file with the right checksum may be a model, but no lookup leaves it.
            if let Ok(model) = WordModel::from_bytes(damaged) {
                let symbols: Vec<u16> = "天后的字，词".chars().map(|c| model.symbol(c)).collect();
                model.word_ends(&symbols, Some(&[255; 6]));
            }
        }
    }
}

#[cfg(all(feature = "learned", feature = "embedded"))]
#[test]
fn the_embedded_model_was_trained_with_the_embedded_dictionary() {
    let model = WordModel::embedded();
    let dictionary = crate::Dictionary::embedded();
    assert_eq!(model.view().dictionary, dictionary.fingerprint(), "train the model again, or beliefs go unused");
    assert!(WordModel::from_bytes(model.to_bytes().into_owned()).is_ok());
}
