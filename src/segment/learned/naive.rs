//! The model by its definition, in floating point and slowly, to compare with.

use super::best_tags::BestTags;
use super::scores::Tags;
use super::weights::{Symbol, WordWeights};
use super::{Scores, WordModel};

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// Weights that bytes hold exactly, many of them zero.
    fn weights(&mut self) -> [f32; 4] {
        std::array::from_fn(|_| match self.below(3) {
            0 => 0.0,
            _ => (self.below(255) as f32 - 127.0) / 24.0,
        })
    }
}

const SYMBOLS: u16 = 12;

fn weights(random: &mut Random) -> WordWeights {
    let pairs = || (0..SYMBOLS).flat_map(|first| (0..SYMBOLS).map(move |second| [first, second]));
    WordWeights {
        chars: "字词天后的，。".chars().collect(),
        han: 5,
        rows: (0..SYMBOLS).map(|_| std::array::from_fn(|_| random.weights())).collect(),
        pairs: pairs().step_by(2).map(|pair| (pair, std::array::from_fn(|_| random.weights()))).collect(),
        around: pairs().step_by(3).map(|pair| (pair, random.weights())).collect(),
        marks: (0..256).map(|_| random.weights()).collect(),
        mark_pairs: vec![([1, 8], [random.weights(), random.weights()])],
        steps: std::array::from_fn(|_| random.weights()),
        beliefs: vec![0, 1, 2],
        dictionary: None,
    }
}

/// The sum of a way of tagging, by its definition; minus infinity if words do not fit together.
fn sum(weights: &WordWeights, symbols: &[u16], marks: Option<&[u8]>, tags: &[usize]) -> f64 {
    let follows = |before: usize, after: usize| matches!((before, after), (0 | 1, 1 | 2) | (2 | 3, 0 | 3));
    let symbol = |at: isize| usize::try_from(at).ok().and_then(|at| symbols.get(at)).copied().unwrap_or(Symbol::EDGE);
    let pair = |at: isize| weights.pairs.iter().find(|(pair, _)| *pair == [symbol(at), symbol(at + 1)]);
    let mut sum = 0.0f64;
    for (at, &tag) in tags.iter().enumerate() {
        let place = at as isize;
        let is_han = (4..=9).contains(&symbols[at]);
        let begins = at > 0 || matches!(tag, 0 | 3);
        let ends = at + 1 < tags.len() || matches!(tag, 2 | 3);
        if !begins || !ends || !is_han && tag != 3 || at > 0 && !follows(tags[at - 1], tag) {
            return f64::NEG_INFINITY;
        }
        let mut add = |four: &[f32; 4]| sum += f64::from(four[tag]);
        // A row has the weights of the positions around its symbol: the symbol two before weighs on
        // the position two after.
        for (slot, offset) in (0..5).zip([2, 1, 0, -1, -2]) {
            add(&weights.rows[usize::from(symbol(place + offset))][slot]);
        }
        for (slot, offset) in [(0, 1), (1, 0), (2, -1), (3, -2)] {
            if let Some((_, rows)) = pair(place + offset) {
                add(&rows[slot]);
            }
        }
        let around = [symbol(place - 1), symbol(place + 1)];
        if let Some((_, four)) = weights.around.iter().find(|(pair, _)| *pair == around) {
            add(four);
        }
        if let Some(marks) = marks {
            add(&weights.marks[usize::from(marks[at])]);
            let both = |at: usize| weights.mark_pairs.iter().find(|(pair, _)| marks.get(at..at + 2) == Some(pair));
            if let Some((_, [first, _])) = both(at) {
                add(first);
            }
            if let Some((_, [_, second])) = at.checked_sub(1).and_then(both) {
                add(second);
            }
        }
        if at > 0 {
            sum += f64::from(weights.steps[tags[at - 1]][tag]);
        }
    }
    sum
}

/// All ways of tagging.
fn ways(len: usize) -> impl Iterator<Item = Vec<usize>> {
    (0..4usize.pow(len as u32)).map(move |number| (0..len).map(|at| number >> (2 * at) & 3).collect())
}

fn tags(ends: &[bool]) -> Vec<usize> {
    let starts = |at: usize| at == 0 || ends[at - 1];
    (0..ends.len())
        .map(|at| match (starts(at), ends[at]) {
            (true, true) => 3,
            (true, false) => 0,
            (false, true) => 2,
            (false, false) => 1,
        })
        .collect()
}

#[test]
fn the_best_tags_are_the_best_by_definition() {
    let mut random = Random(5);
    for round in 0..60 {
        let weights = weights(&mut random);
        let model = WordModel::compile(&weights).unwrap();
        let symbols: Vec<u16> = (0..1 + round % 7).map(|_| random.below(SYMBOLS.into()) as u16).collect();
        let marks: Vec<u8> = symbols.iter().map(|_| [0, 1, 8, 64][random.below(4) as usize]).collect();
        for marks in [None, Some(&marks[..])] {
            let found = tags(&model.word_ends(&symbols, marks));
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
        let symbols: Vec<u16> = (0..7).map(|_| 4 + random.below(6) as u16).collect();
        let at = 1 + random.below(4) as usize;
        let mut scores = Scores::default();
        symbols.iter().for_each(|&symbol| scores.push(symbol));
        scores.sum(model.view(), None);
        scores.demand(at, Tags::FIRST);
        scores.demand(at + 1, Tags::M.or(Tags::E));
        scores.demand(at + 1, Tags::LAST);
        let mut best = BestTags::default();
        best.find(model.view(), scores.as_slice());
        let found = tags(&best.ends().collect::<Vec<_>>());
        assert_eq!(found[at..at + 2], [0, 2]);
        let allowed = ways(7).filter(|way| way[at..at + 2] == [0, 2]);
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
    // The middle is cut as it is when it stands alone, but for its borders.
    let middle = model.word_ends(&symbols[199_000..201_000], None);
    assert_eq!(ends[199_100..200_900], middle[100..1900]);
}

#[test]
fn damaged_files_are_refused() {
    let model = WordModel::compile(&weights(&mut Random(3))).unwrap();
    let bytes = model.as_bytes().to_vec();
    assert!(WordModel::from_bytes(bytes.clone()).is_ok());
    for at in (0..bytes.len()).step_by(9_973) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 4;
        assert!(WordModel::from_bytes(damaged.clone()).is_err(), "byte {at}");
        if at > 32 {
            crate::storage::image::repair(&mut damaged);
            // With the right checksum it may be a model, but no look-up leaves it.
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
    assert!(WordModel::from_bytes(model.as_bytes().to_vec()).is_ok());
}
