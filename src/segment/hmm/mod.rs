//! Words that the dictionary lacks, found by jieba's hidden Markov model over single characters.

mod viterbi;

use std::ops::Range;
use std::sync::Arc;
#[cfg(feature = "embedded")]
use std::sync::LazyLock;

pub(crate) use self::viterbi::Hmm;
use self::viterbi::LABELS;
use super::hidden_markov::is_log_probability;
use super::stored_model::stored_model;
use crate::error::Error;
use crate::storage::bytes::{Bytes, F64s};
use crate::storage::char_table::PageTable;
use crate::storage::image::{Kind, Reader, fingerprint};

const KIND: Kind = Kind { name: *b"hmm ", version: 1, noun: "a fenci HMM model" };

#[cfg(feature = "embedded")]
static EMBEDDED: &[u8] = include_bytes!("../../../dicts/hmm.bin");

/// A model that finds words that the dictionary lacks.
///
/// The embedded one is jieba's. A clone is a second handle to the same model.
#[derive(Clone)]
pub struct HmmModel(Arc<HmmImage>);

struct HmmImage {
    bytes: Bytes,
    /// The map from characters to rows, in two sections, then the rows. Each row has four
    /// emissions. Row 0 is for characters that the model does not know.
    emissions: [Range<usize>; 3],
    start: [f64; LABELS],
    /// From the first label to the second.
    transitions: [[f64; LABELS]; LABELS],
}

stored_model!(HmmModel);

impl HmmModel {
    /// Returns the model in this crate.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::segment::HmmModel;
    /// let segmenter = Segmenter::builder().hmm_model(HmmModel::embedded()).build();
    /// assert_eq!(segmenter.cut("杭研").count(), 1);
    /// ```
    #[expect(clippy::expect_used, reason = "the tests open it, and it is part of the program")]
    #[cfg(feature = "embedded")]
    pub fn embedded() -> HmmModel {
        static MODEL: LazyLock<HmmModel> =
            LazyLock::new(|| HmmModel::from_image(Bytes::Static(EMBEDDED)).expect("an image of this crate"));
        MODEL.clone()
    }

    /// Returns the checksum of the image.
    pub(super) fn fingerprint(&self) -> u32 {
        fingerprint(&self.0.bytes)
    }

    fn image(&self) -> &[u8] {
        &self.0.bytes
    }

    fn from_image(bytes: Bytes) -> Result<HmmModel, Error> {
        let reader = Reader::open(&bytes, KIND)?;
        let numbers = reader.sections([(b"init", 8), (b"tran", 8)])?;
        let [start, transitions] = bytes.slices(&numbers).map(F64s::new);
        reader.check([start.len(), transitions.len()] == [LABELS, LABELS * LABELS], "a probability is missing")?;
        let model = HmmModel(Arc::new(HmmImage {
            start: std::array::from_fn(|label| start.at(label)),
            transitions: std::array::from_fn(|from| std::array::from_fn(|to| transitions.at(from * LABELS + to))),
            emissions: reader.sections([(b"indx", 2), (b"leaf", 2), (b"rows", 8)])?,
            bytes: bytes.clone(),
        }));
        if !bytes.are_embedded() {
            let rows = F64s::new(&bytes[model.0.emissions[2].clone()]);
            reader.check(rows.len() >= LABELS && rows.len() % LABELS == 0, "its emissions are cut short")?;
            let is_sound = model.view().table.is_sound(rows.len() / LABELS);
            reader.check(is_sound, "a character's emissions are out of range")?;
            let mut all = start.iter().chain(transitions.iter()).chain(rows.iter());
            reader.check(all.all(is_log_probability), "a number is no log probability")?;
        }
        Ok(model)
    }

    #[inline]
    pub(crate) fn view(&self) -> Hmm<'_> {
        let HmmImage { bytes, emissions, start, transitions } = &*self.0;
        let [index, leaves, rows] = bytes.slices(emissions);
        Hmm { table: PageTable::new(index, leaves), rows: bytemuck::cast_slice(rows), start, transitions }
    }
}

#[cfg(test)]
mod tests {
    use super::viterbi::{B, E, LABELS, M, S};
    use super::*;
    use crate::segment::route::step_end;

    fn words(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let mut steps = vec![0; chars.len()];
        let model = HmmModel::embedded();
        let rows: Vec<u16> = chars.iter().map(|&c| model.view().row(c.into())).collect();
        model.view().cut(&rows, &mut vec![0; rows.len()], &mut steps);
        let mut words = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let end = step_end(&steps, at);
            words.push(chars[at..end].iter().collect());
            at = end;
        }
        words
    }

    #[test]
    fn words_no_dictionary_has() {
        assert_eq!(words("小明硕士毕业"), ["小明", "硕士", "毕业"]);
        assert_eq!(words("杭研"), ["杭研"]);
    }

    #[test]
    fn characters_the_model_does_not_know_stand_alone() {
        assert_eq!(words("龘龘龘"), ["龘", "龘", "龘"]);
    }

    /// Returns the words of the best of all ways to label a run, label by label, keeping the whole
    /// way to each label.
    fn words_naively(text: &str) -> Vec<String> {
        let hmm = HmmModel::embedded();
        let hmm = hmm.view();
        let chars: Vec<char> = text.chars().collect();
        let before = [[E, S], [B, M], [B, M], [E, S]];
        let mut ways: Vec<(f64, Vec<usize>)> = (0..LABELS)
            .map(|label| (hmm.start[label] + hmm.emissions(hmm.table.at(chars[0].into()))[label], vec![label]))
            .collect();
        for &c in &chars[1..] {
            let way = |label: usize| {
                let score = |from: usize| {
                    ways[from].0 + hmm.transitions[from][label] + hmm.emissions(hmm.table.at(c.into()))[label]
                };
                let [first, second] = before[label];
                let from = if score(first) > score(second) { first } else { second };
                (score(from), [&ways[from].1[..], &[label]].concat())
            };
            ways = (0..LABELS).map(way).collect();
        }
        let (_, labels) = if ways[E].0 > ways[S].0 { &ways[E] } else { &ways[S] };
        let ends = chars
            .iter()
            .zip(labels)
            .map(|(c, &label)| format!("{c}{}", if label == E || label == S { " " } else { "" }));
        ends.collect::<String>().split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn runs_of_any_length_have_their_best_words() {
        let text = "小明硕士毕业於杭研軟銀集團與合作方沒有進展奧特曼迅速回應".repeat(9);
        let chars: Vec<char> = text.chars().collect();
        for len in (1..70).chain([127, 128, 129, 200]) {
            for start in [0, 3, 11] {
                let run: String = chars[start..start + len].iter().collect();
                assert_eq!(words(&run), words_naively(&run), "{run}");
            }
        }
    }

    #[test]
    fn a_model_round_trips() {
        let model = HmmModel::from_bytes(HmmModel::embedded().to_bytes().into_owned()).unwrap();
        assert_eq!(model.to_bytes(), HmmModel::embedded().to_bytes());
    }
}
