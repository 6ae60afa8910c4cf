//! Words that the dictionary does not know: a hidden Markov model over single characters.
//!
//! Each character is the beginning (B), end (E) or middle (M) of a word, or a word of its own (S); the likeliest
//! such labels of a run, found by the algorithm of Viterbi, say where its words end.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
#[cfg(feature = "embedded")]
use std::sync::OnceLock;

use crate::Error;
use crate::numbers::{fits, fits_u8, low};
use crate::storage::bytes::{Bytes, F64s, U16s};
use crate::storage::char_table::{Leaves, PageTable};
use crate::storage::image::{Kind, Reader, Trust, Writer};

const KIND: Kind = Kind { name: *b"hmm ", version: 1, noun: "a fenci HMM model" };

#[cfg(feature = "embedded")]
static EMBEDDED: &[u8] = include_bytes!("../../dicts/hmm.bin");

/// The labels, in the order of the model's files.
const B: usize = 0;
const E: usize = 1;
const M: usize = 2;
const S: usize = 3;
const LABELS: usize = 4;

/// What jieba's models hold in place of the logarithm of zero.
pub(crate) const NEVER: f64 = -3.14e100;

/// A model that finds words the dictionary does not have.
///
/// The embedded one is jieba's. A clone is a second handle to the same model.
#[derive(Clone)]
pub struct HmmModel(Arc<Image>);

struct Image {
    bytes: Bytes,
    index: Range<usize>,
    leaves: Range<usize>,
    /// Four emissions a row; the first row is of characters that the model does not know.
    rows: Range<usize>,
    start: [f64; LABELS],
    /// From the first label to the second.
    transitions: [[f64; LABELS]; LABELS],
}

impl HmmModel {
    /// The model in this crate.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::segment::HmmModel;
    /// let segmenter = Segmenter::builder().hmm_model(HmmModel::embedded()).build();
    /// assert_eq!(segmenter.cut("杭研").count(), 1);
    /// ```
    #[cfg(feature = "embedded")]
    #[expect(clippy::expect_used, reason = "the tests open it, and it is part of the program")]
    pub fn embedded() -> HmmModel {
        static EMBEDDED_MODEL: OnceLock<HmmModel> = OnceLock::new();
        EMBEDDED_MODEL
            .get_or_init(|| HmmModel::open(Bytes::Static(EMBEDDED), Trust::Embedded).expect("an image of this crate"))
            .clone()
    }

    /// A model in the text form of jieba-rs's `hmm.model`: after comments (`#`), a line of four start
    /// log probabilities (of the labels B, E, M, S), four lines of transitions, four lines of emissions
    /// (`字:-1.5,` and so on). Natural logarithms; -3.14e100 stands for never.
    ///
    /// # Errors
    ///
    /// If there are not nine such lines, or something in them is no number; the error names the line.
    ///
    /// ```
    /// # use fenci::segment::HmmModel;
    /// let error = HmmModel::parse("# 模型\n-0.26 -3.14e+100 -3.14e+100\n").unwrap_err();
    /// assert_eq!(error.line(), Some(2));
    /// ```
    pub fn parse(text: &str) -> Result<HmmModel, Error> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim()))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let mut next = |what: &str| {
            lines.next().ok_or_else(|| Error::new(format!("expected a line of {what}, found the end of the model")))
        };

        let start = numbers(next("start probabilities")?)?;
        let mut transitions = [[0.0; LABELS]; LABELS];
        for row in &mut transitions {
            *row = numbers(next("transitions")?)?;
        }
        let mut emissions: BTreeMap<char, [f64; LABELS]> = BTreeMap::new();
        for label in 0..LABELS {
            let (line, text) = next("emissions")?;
            for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
                let bad = || Error::at_line(line, format!("expected `character:log probability`, found {pair:?}"));
                let (c, probability) = pair.rsplit_once(':').ok_or_else(bad)?;
                let mut chars = c.chars();
                let (Some(c), None) = (chars.next(), chars.next()) else { return Err(bad()) };
                let probability = log_probability(probability).ok_or_else(bad)?;
                emissions.entry(c).or_insert([NEVER; LABELS])[label] = probability;
            }
        }
        if emissions.len() >= usize::from(u16::MAX) {
            return Err(Error::new(format!("expected at most 65,534 characters, found {}", emissions.len())));
        }

        let row_of: BTreeMap<char, u16> =
            emissions.keys().enumerate().map(|(index, &c)| (c, fits::<u16, _>(index) + 1)).collect();
        let mut leaves = Leaves::default();
        let index = leaves.index(|c| row_of.get(&c).copied().unwrap_or(0));
        let rows = std::iter::once(&[NEVER; LABELS]).chain(emissions.values());
        let mut image = Writer::new(KIND);
        image.items(b"init", start.map(f64::to_le_bytes));
        image.items(b"tran", transitions.into_iter().flatten().map(f64::to_le_bytes));
        image.items(b"indx", index.into_iter().map(u16::to_le_bytes));
        image.items(b"leaf", leaves.finish().into_iter().map(u16::to_le_bytes));
        image.items(b"rows", rows.flatten().map(|row| row.to_le_bytes()));
        HmmModel::open(image.finish().into(), Trust::Embedded)
    }

    /// A model from an image that [`HmmModel::as_bytes`] gave, validated in full.
    ///
    /// # Errors
    ///
    /// If `bytes` is no such image or is damaged. No bytes whatever make it panic.
    ///
    /// ```
    /// # use fenci::segment::HmmModel;
    /// assert!(HmmModel::from_bytes(HmmModel::embedded().as_bytes().to_vec()).is_ok());
    /// assert!(HmmModel::from_bytes(b"something else".to_vec()).is_err());
    /// ```
    pub fn from_bytes(bytes: Vec<u8>) -> Result<HmmModel, Error> {
        HmmModel::open(bytes.into(), Trust::None)
    }

    /// The image, to be stored and opened again with [`HmmModel::from_bytes`].
    ///
    /// ```
    /// # use fenci::segment::HmmModel;
    /// let file = std::env::temp_dir().join("fenci-doc-hmm.bin");
    /// std::fs::write(&file, HmmModel::embedded().as_bytes())?;
    /// # std::fs::remove_file(file)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    fn open(bytes: Bytes, trust: Trust) -> Result<HmmModel, Error> {
        let reader = Reader::open(&bytes, KIND, trust)?;
        let numbers = |name, count| {
            let numbers = F64s::new(reader.slice(&reader.section(name, 8)?));
            reader.check(numbers.len() == count, "a probability is missing")?;
            Ok::<_, Error>(numbers)
        };
        let start = numbers(b"init", LABELS)?;
        let transitions = numbers(b"tran", LABELS * LABELS)?;
        let (index, leaves) = (reader.section(b"indx", 2)?, reader.section(b"leaf", 2)?);
        let rows = reader.section(b"rows", 8)?;
        let emissions = F64s::new(reader.slice(&rows));
        if trust != Trust::Embedded {
            let table = PageTable { index: U16s::new(reader.slice(&index)), leaves: U16s::new(reader.slice(&leaves)) };
            reader.check(emissions.len() >= LABELS && emissions.len() % LABELS == 0, "its emissions are cut short")?;
            reader.check(table.is_sound(emissions.len() / LABELS), "a character's emissions are out of range")?;
            let all = start.iter().chain(transitions.iter()).chain(emissions.iter());
            reader.check(all.into_iter().all(|p| (NEVER..=0.0).contains(&p)), "a number is no log probability")?;
        }
        let image = Image {
            start: std::array::from_fn(|label| start.at(label)),
            transitions: std::array::from_fn(|from| std::array::from_fn(|to| transitions.at(from * LABELS + to))),
            index,
            leaves,
            rows,
            bytes: bytes.clone(),
        };
        Ok(HmmModel(Arc::new(image)))
    }

    #[inline]
    pub(crate) fn view(&self) -> Hmm<'_> {
        let image = &*self.0;
        let slice = |range: &Range<usize>| &image.bytes[range.clone()];
        Hmm {
            table: PageTable { index: U16s::new(slice(&image.index)), leaves: U16s::new(slice(&image.leaves)) },
            rows: bytemuck::cast_slice(slice(&image.rows)),
            start: &image.start,
            transitions: &image.transitions,
        }
    }
}

impl fmt::Debug for HmmModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HmmModel").field("bytes", &self.0.bytes.len()).finish_non_exhaustive()
    }
}

/// A log probability as models hold it.
pub(crate) fn log_probability(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|p| (NEVER..=0.0).contains(p))
}

fn numbers((line, text): (usize, &str)) -> Result<[f64; LABELS], Error> {
    let numbers: Option<Vec<f64>> = text.split_whitespace().map(log_probability).collect();
    numbers
        .and_then(|numbers| numbers.try_into().ok())
        .ok_or_else(|| Error::at_line(line, format!("expected four log probabilities, found {text:?}")))
}

/// By character and label a bit, set where the second of the label's two predecessors was the better.
trait Choices {
    fn set(&mut self, at: usize, bits: u8);
    fn get(&self, at: usize) -> u8;
}

/// The choices of the longest run whose choices are held in a number, in registers: of so many characters.
const SHORT: usize = u64::BITS as usize / LABELS;

impl Choices for u64 {
    #[inline(always)]
    fn set(&mut self, at: usize, bits: u8) {
        *self |= u64::from(bits) << (LABELS * at);
    }

    #[inline(always)]
    fn get(&self, at: usize) -> u8 {
        low(self >> (LABELS * at))
    }
}

impl Choices for [u8] {
    fn set(&mut self, at: usize, bits: u8) {
        self[at] = bits;
    }

    fn get(&self, at: usize) -> u8 {
        self[at]
    }
}

/// A model as the hot loop sees it.
#[derive(Clone, Copy)]
pub(crate) struct Hmm<'a> {
    table: PageTable<'a>,
    rows: &'a [[[u8; 8]; LABELS]],
    start: &'a [f64; LABELS],
    transitions: &'a [[f64; LABELS]; LABELS],
}

/// By label and choice, twice the label plus the choice: the label before.
const BEFORE: [u8; 2 * LABELS] = {
    let mut before = [0; 2 * LABELS];
    // B and S come after E or S, E and M after B or M.
    (before[2 * B], before[2 * B + 1]) = (fits_u8(E), fits_u8(S));
    (before[2 * E], before[2 * E + 1]) = (fits_u8(B), fits_u8(M));
    (before[2 * M], before[2 * M + 1]) = (fits_u8(B), fits_u8(M));
    (before[2 * S], before[2 * S + 1]) = (fits_u8(E), fits_u8(S));
    before
};

impl Hmm<'_> {
    #[inline]
    fn emissions(&self, row: u16) -> [f64; LABELS] {
        self.rows[usize::from(row)].map(f64::from_le_bytes)
    }

    /// The row of a character, given as a number.
    #[inline(always)]
    pub(crate) fn row(&self, c: u32) -> u16 {
        self.table.at(c)
    }

    /// Finds the words of a run, given by the rows of its characters, at least one: calls `end` for each character, from the last
    /// to the first, with whether a word ends with it.
    ///
    /// Ties are jieba-rs's: of two predecessors with the same score the one later in the order B, E, M, S.
    #[inline]
    pub(crate) fn find_ends(&self, rows: &[u16], choices: &mut Vec<u8>, end: impl FnMut(usize, bool)) {
        match *rows {
            // Loops over a few characters are unrolled where it is known that they are so few.
            [a, b] => self.label(&[a, b], &mut 0u64, end),
            [a, b, c] => self.label(&[a, b, c], &mut 0u64, end),
            // Nearly all runs are short, and their choices are held in a register.
            _ if rows.len() <= SHORT => self.label(rows, &mut 0u64, end),
            _ => {
                choices.clear();
                choices.resize(rows.len(), 0);
                self.label(rows, &mut choices[..], end);
            }
        }
    }

    /// Label a run; calls `end` for each character, from the last to the first, with whether a word ends with it.
    #[inline(always)]
    fn label<C: Choices + ?Sized>(&self, rows: &[u16], choices: &mut C, mut end: impl FnMut(usize, bool)) {
        let [first, after @ ..] = rows else { return };
        let last = after.len();
        // Which is better cannot be predicted: a maximum and a bit, no branch.
        let better = |first: f64, second: f64| (if first > second { first } else { second }, u8::from(first <= second));
        let emissions = self.emissions(*first);
        let mut scores: [f64; LABELS] = std::array::from_fn(|label| self.start[label] + emissions[label]);
        for (&row, at) in after.iter().zip(1..) {
            let emissions = self.emissions(row);
            let step = |from: usize, to: usize| scores[from] + self.transitions[from][to] + emissions[to];
            let (e, e_bit) = better(step(B, E), step(M, E));
            let (s, s_bit) = better(step(E, S), step(S, S));
            let bits = e_bit << E | s_bit << S;
            // No run ends with B or M.
            if at == last {
                (scores[E], scores[S]) = (e, s);
                choices.set(at, bits);
                break;
            }
            let (b, b_bit) = better(step(E, B), step(S, B));
            let (m, m_bit) = better(step(B, M), step(M, M));
            scores = [b, e, m, s];
            choices.set(at, bits | b_bit << B | m_bit << M);
        }

        // Nor can this be predicted.
        let mut label = S ^ ((E ^ S) * usize::from(scores[E] > scores[S]));
        for at in (0..rows.len()).rev() {
            end(at, ENDS[label]);
            label = BEFORE[2 * label + usize::from(choices.get(at) >> label & 1)].into();
        }
    }
}

/// By label: whether a word ends with it.
const ENDS: [bool; LABELS] = [false, true, false, true];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let mut ends = vec![false; chars.len()];
        let model = HmmModel::embedded();
        let rows: Vec<u16> = chars.iter().map(|&c| model.view().row(c.into())).collect();
        model.view().find_ends(&rows, &mut Vec::new(), |at, is_end| ends[at] = is_end);
        let mut words = vec![String::new()];
        for (&c, ends) in chars.iter().zip(ends) {
            words.last_mut().unwrap().push(c);
            if ends {
                words.push(String::new());
            }
        }
        assert_eq!(words.pop(), Some(String::new()), "a word ends with the run");
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

    /// The best of all ways to label a run, label by label, with the whole way kept for each.
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
        let model = HmmModel::from_bytes(HmmModel::embedded().as_bytes().to_vec()).unwrap();
        assert_eq!(model.as_bytes(), HmmModel::embedded().as_bytes());
    }

    #[test]
    fn what_is_wrong_with_a_text_is_said_with_its_line() {
        let good = "# comment\n-1 -3.14e100 -3.14e100 -1\n-1 -1 -1 -1\n-1 -1 -1 -1\n-1 -1 -1 -1\n-1 -1 -1 -1\n\
                    中:-1\n国:-2,\n大:-1\n的:-1\n";
        assert!(HmmModel::parse(good).is_ok());
        for (from, to, line) in [
            ("-1 -1 -1 -1\n", "-1 -1 -1\n", Some(3)),
            ("-3.14e100 -1\n", "-4e100 -1\n", Some(2)),
            ("国:-2", "国家:-2", Some(8)),
            ("大:-1", "大-1", Some(9)),
            ("的:-1\n", "", None),
            ("的:-1", "的:NaN", Some(10)),
        ] {
            let error = HmmModel::parse(&good.replacen(from, to, 1)).unwrap_err();
            assert_eq!(error.line(), line, "{error}");
        }
    }
}
