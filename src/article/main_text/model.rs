//! The model of lines: its weights, its compiled form, and its use.

use super::chain::{self, STATES, STEPS, TEXT};
use super::cue::{Cue, EDGE};
use super::features::{COUNT, FEATURES, features_of};
use super::line::{Counts, Line, each_cue, fold};
use crate::dictionary::{Dictionary, Lexicon};
use crate::error::Error;
use crate::order::order;

/// The model that is part of the library: the compiled form of `dicts/lines.txt`.
static EMBEDDED: &[u8] = include_bytes!("../../../dicts/lines.bin");

/// The first bytes of a compiled model. The digit is the version of the form.
const MAGIC: [u8; 8] = *b"fencLIN2";
/// The length of a cue in a compiled model, in bytes: eight for the cue and four for its weight.
const SLOT: usize = 12;
/// The count of numbers before the cues: weights of states and steps, means and weights of
/// features.
const NUMBERS: usize = STATES + STEPS.len() + 2 * COUNT;
/// The length of a filter of cues, in bytes. It has one bit for each hash of two characters, set if
/// a cue begins with them. So few places need a lookup.
const PAIR_BYTES: usize = 1 << 13;
const PAIRS: usize = MAGIC.len() + 4 * NUMBERS;
/// The offset of the table of cues, in bytes.
const CUES: usize = PAIRS + PAIR_BYTES;

/// Returns the index of the bit for two characters.
fn pair_bit(pair: u32) -> usize {
    (pair.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

/// Returns the slot where the search for a cue begins.
fn place_of(cue: Cue, slots: usize) -> usize {
    (cue.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (slots - 1)
}

/// The weights of a trained model of lines. A positive weight speaks against the text.
#[derive(Clone, Debug, PartialEq)]
pub struct LineWeights {
    /// The weight of each state. That of the text is 0.
    pub states: [f32; STATES],
    /// The weight of each step, in the order of [`STEPS`].
    pub steps: [f32; STEPS.len()],
    /// The mean and the weight of each feature.
    pub features: [(f32, f32); COUNT],
    /// The cues with their weights.
    pub cues: Vec<(Cue, f32)>,
}

impl LineWeights {
    /// Returns the compiled form, which [`LineModel::new`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let features = self.features.iter().flat_map(|&(mean, weight)| [mean, weight]);
        for number in self.states.into_iter().chain(self.steps).chain(features) {
            bytes.extend(number.to_le_bytes());
        }
        let mut pairs = [0u8; PAIR_BYTES];
        for (cue, _) in &self.cues {
            let bit = pair_bit(cue.first_two());
            pairs[bit / 8] |= 1 << (bit % 8);
        }
        bytes.extend(pairs);
        let mut slots = vec![[0; SLOT]; (2 * self.cues.len().max(1)).next_power_of_two()];
        // The bytes do not depend on the order of the cues. The last weight of a cue counts.
        for place in order(self.cues.len(), &|a, b| self.cues[a].0.cmp(&self.cues[b].0)) {
            let (cue, weight) = self.cues[place];
            let bytes_of_cue = cue.0.to_le_bytes();
            let mut place = place_of(cue, slots.len());
            while slots[place] != [0; SLOT] && !slots[place].starts_with(&bytes_of_cue) {
                place = (place + 1) % slots.len();
            }
            slots[place][..8].copy_from_slice(&bytes_of_cue);
            slots[place][8..].copy_from_slice(&weight.to_le_bytes());
        }
        bytes.extend(slots.as_flattened());
        bytes
    }
}

/// A model that tells lines of an article from lines of its site. It weighs the features and the
/// cues of each line, and has weights for a chain of states over the page.
///
/// `fenci train lines` trains a model and compiles it, by [`LineWeights::to_bytes`]. The file has,
/// in this order: eight bytes that name the form, the weights of the states and of [`STEPS`], the mean and the weight of each
/// feature, a bit for each hash of two characters, and a hash table of cues with linear probing.
/// Numbers are little endian. A positive weight speaks against the text.
///
/// ```
/// use fenci::article::main_text::{Line, LineModel};
///
/// let page = [
///     "首页 | 新闻 | 财经 | 体育",
///     "新桥今日通车",
///     "本报讯 新桥今天上午正式通车，市民可以从东岸步行到西岸，不必再绕行三公里。",
///     "交通部门表示，大桥设有人行道和自行车道，预计每天将有两万人次通过。",
///     "责任编辑：王小满",
/// ];
/// let chances = LineModel::embedded().chances(&page.map(Line::new));
/// assert!(chances[2] > 0.5 && chances[3] > 0.5 && chances[0] < 0.5);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LineModel<'a> {
    bytes: &'a [u8],
}

impl LineModel<'static> {
    /// Returns the model that is part of the library.
    pub fn embedded() -> LineModel<'static> {
        LineModel { bytes: EMBEDDED }
    }
}

impl<'a> LineModel<'a> {
    /// Reads a compiled model.
    ///
    /// # Errors
    ///
    /// If `bytes` is not such a model.
    pub fn new(bytes: &'a [u8]) -> Result<LineModel<'a>, Error> {
        let cues = bytes.len().saturating_sub(CUES);
        let is_model = bytes.starts_with(&MAGIC) && cues % SLOT == 0 && (cues / SLOT).is_power_of_two();
        if !is_model {
            return Err(Error::new("expected a compiled model of lines, found other bytes; train it again"));
        }
        Ok(LineModel { bytes })
    }

    fn number(self, at: usize) -> f32 {
        let bytes = self.bytes.get(MAGIC.len() + 4 * at..).and_then(|bytes| bytes.first_chunk());
        bytes.map_or(0.0, |bytes| f32::from_le_bytes(*bytes))
    }

    /// Returns the means and the weights of the features.
    fn weights(self) -> [[f32; COUNT]; 2] {
        let first = STATES + STEPS.len();
        let numbers = |second| std::array::from_fn(|at| self.number(first + 2 * at + second));
        [numbers(0), numbers(1)]
    }

    /// Returns `true` if a cue may begin with these two characters.
    fn may_begin(self, pair: u32) -> bool {
        let bit = pair_bit(pair);
        self.bytes.get(PAIRS + bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 != 0)
    }

    fn weight_of(self, cue: Cue) -> f32 {
        let slots = self.bytes.get(CUES..).unwrap_or_default();
        let count = slots.len() / SLOT;
        let mut place = place_of(cue, count);
        // At least half of the slots are empty, but a foreign model may have none.
        for _ in 0..count {
            let slot: Option<&[u8; SLOT]> = slots.get(SLOT * place..).and_then(|slot| slot.first_chunk());
            let Some(&[a, b, c, d, e, f, g, h, ref weight @ ..]) = slot else { break };
            match u64::from_le_bytes([a, b, c, d, e, f, g, h]) {
                0 => break,
                found if found == cue.0 => return f32::from_le_bytes(*weight),
                _ => place = (place + 1) & (count - 1),
            }
        }
        0.0
    }

    /// Returns the chance of each line that it is part of the article.
    pub fn chances(self, lines: &[Line<'_>]) -> Vec<f32> {
        self.judge(lines, Dictionary::embedded().lexicon()).chances
    }

    pub(super) fn judge(self, lines: &[Line<'_>], lexicon: Lexicon<'_>) -> Judged {
        let counts: Vec<Counts> = lines.iter().map(|line| Counts::new(line.text)).collect();
        let mut features = features_of(lines, &counts);
        let [means, weights] = self.weights();
        let states: [f32; STATES] = std::array::from_fn(|at| self.number(at));
        let steps = std::array::from_fn(|at| f64::from(self.number(STATES + at)));
        let mut chars = Vec::new();
        let mut cues = Vec::with_capacity(lines.len());
        let mut strongest_cues = Vec::with_capacity(lines.len());
        let weigh = |(line, features): (&Line<'_>, &mut [f32; COUNT])| {
            let terms = features.iter_mut().zip(&means).zip(&weights);
            terms.for_each(|((value, mean), weight)| *value = (*value - mean) * weight);
            let (mut of_cues, mut strongest) = (0.0, (0.0, Cue(0)));
            fold(line.text, &mut chars, lexicon);
            let weigh = |cue| {
                let weight = self.weight_of(cue);
                of_cues += weight;
                strongest = if weight > strongest.0 { (weight, cue) } else { strongest };
            };
            each_cue(&chars, |pair| self.may_begin(pair), weigh);
            cues.push(of_cues);
            strongest_cues.push(strongest);
            let sum = features.iter().sum::<f32>() + of_cues;
            std::array::from_fn(|state| f64::from(if state == TEXT { states[state] } else { sum + states[state] }))
        };
        let of_lines: Vec<[f64; STATES]> = lines.iter().zip(&mut features).map(weigh).collect();
        let states = chain::chances(&of_lines, &steps, false).states;
        #[expect(clippy::cast_possible_truncation, reason = "a chance needs no more digits")]
        let chances = states.iter().map(|states| states[TEXT] as f32).collect();
        let says = std::array::from_fn(|at| if weights[at] < 0.0 { FEATURES[at].1 } else { FEATURES[at].2 });
        Judged { chances, cues, strongest_cues, counts, terms: features, says }
    }
}

/// Describes a cue in words.
fn in_words(cue: Cue) -> String {
    let text = cue.to_string();
    let (says, text) = match (text.strip_prefix(EDGE), text.strip_suffix(EDGE)) {
        (Some(rest), Some(_)) => ("it is", rest.trim_end_matches(EDGE)),
        (Some(rest), None) => ("it begins with", rest),
        (None, Some(rest)) => ("it ends with", rest),
        (None, None) => ("it has", &*text),
    };
    [says, " “", text, "”"].concat()
}

/// The results of the model for the lines of a page.
pub(super) struct Judged {
    /// For each line, the chance that it is part of the article.
    pub(super) chances: Vec<f32>,
    /// For each line, the sum of the weights of its cues.
    pub(super) cues: Vec<f32>,
    /// For each line, the cue with the greatest weight.
    strongest_cues: Vec<(f32, Cue)>,
    pub(super) counts: Vec<Counts>,
    /// For each line, the weight of each feature against it.
    terms: Vec<[f32; COUNT]>,
    /// For each feature, the meaning of a value that weighs against a line.
    says: [&'static str; COUNT],
}

impl Judged {
    /// Returns in words the two features or cues that weigh most against a line.
    pub(super) fn reason(&self, line: usize) -> String {
        let (mut first, mut second) = ((0.0, ""), (0.0, ""));
        let (weight, cue) = self.strongest_cues[line];
        let cue = in_words(cue);
        let mut add = |weight: f32, says| {
            // Two features may have the same words.
            if weight > first.0 {
                second = if says == first.1 { second } else { first };
                first = (weight, says);
            } else if weight > second.0 && says != first.1 {
                second = (weight, says);
            }
        };
        self.terms[line].iter().zip(self.says).for_each(|(&term, says)| add(term, says));
        add(weight, &cue);
        [first.1, ", and ", second.1].concat()
    }
}
