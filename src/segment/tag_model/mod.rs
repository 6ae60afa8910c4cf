//! Parts of speech of words that the dictionary lacks.
//!
//! This is jieba's `posseg` model: a hidden Markov model whose states combine a position in a word
//! (B, M, E, S) with a tag. The likeliest states of an unknown word's characters may cut it
//! further. The word gets the tag of its longest part.

mod search;
mod states;

use std::ops::Range;
use std::sync::Arc;
#[cfg(feature = "embedded")]
use std::sync::LazyLock;

pub(crate) use self::search::Path;
use self::search::TagView;
use self::states::{ENDS, M, POSITIONS, STATES, TAGS};
use super::hidden_markov::{NEVER, is_log_probability};
use super::stored_model::stored_model;
use crate::dictionary::Tag;
use crate::error::Error;
use crate::storage::bytes::{Bytes, F64s, U32s};
use crate::storage::char_table::PageTable;
use crate::storage::image::{Kind, Reader, check};

const KIND: Kind = Kind { name: *b"tagr", version: 1, noun: "a fenci tag model" };

#[cfg(feature = "embedded")]
static EMBEDDED: &[u8] = include_bytes!("../../../dicts/tagger.bin");

/// The tag of tokens that are no words: punctuation, and tokens that the model cannot label.
pub(crate) const NO_TAG: Tag = Tag::known("x");

/// A model that tags words that the dictionary lacks.
///
/// The embedded one is jieba's. A clone is a second handle to the same model.
#[derive(Clone)]
pub struct TagModel(Arc<TagImage>);

/// The sections of a model, with the number of bytes of each item. [`TagView`] describes their
/// contents.
const SECTIONS: [(&[u8; 4], u32); 9] = [
    (b"tags", 16),
    (b"init", 8),
    (b"insi", 8),
    (b"betw", 8),
    (b"indx", 2),
    (b"leaf", 2),
    (b"boun", 4),
    (b"stat", 1),
    (b"emit", 8),
];

struct TagImage {
    bytes: Bytes,
    sections: [Range<usize>; SECTIONS.len()],
    tags: Vec<Tag>,
    /// By state in which a word begins: the greatest log probability of a transition to it.
    most_between: Vec<f64>,
    /// `true` if a word may begin with M or E.
    begins_inside: bool,
}

stored_model!(TagModel);

impl TagModel {
    /// Returns the model in this crate.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::segment::TagModel;
    /// let segmenter = Segmenter::builder().tag_model(TagModel::embedded()).build();
    /// assert_eq!(segmenter.tag("杭研").next().unwrap().tag(), "nr");
    /// ```
    #[expect(clippy::expect_used, reason = "the tests open it, and it is part of the program")]
    #[cfg(feature = "embedded")]
    pub fn embedded() -> TagModel {
        static MODEL: LazyLock<TagModel> =
            LazyLock::new(|| TagModel::from_image(Bytes::Static(EMBEDDED)).expect("an image of this crate"));
        MODEL.clone()
    }

    fn image(&self) -> &[u8] {
        &self.0.bytes
    }

    fn from_image(bytes: Bytes) -> Result<TagModel, Error> {
        let reader = Reader::open(&bytes, KIND)?;
        let sections = reader.sections(SECTIONS)?;
        let [tags, start, _, between, ..] = bytes.slices(&sections);
        let tags: Option<Vec<Tag>> = bytemuck::cast_slice(tags).iter().map(Tag::from_bytes).collect();
        let tags = tags.filter(|tags| tags.len() == TAGS).ok_or_else(|| reader.bad("expected 64 tags"))?;
        let (start, between) = (F64s::new(start), F64s::new(between));
        // A view relies on this.
        reader.check(between.len() == ENDS * ENDS, "a transition is missing")?;
        let most = |row: usize| (0..ENDS).fold(NEVER, |most, from| most.max(between.at(row * ENDS + from)));
        let image = TagImage {
            sections,
            tags,
            most_between: (0..ENDS).map(most).collect(),
            begins_inside: start.iter().skip(M * TAGS).take(2 * TAGS).any(|start| start > NEVER),
            bytes: bytes.clone(),
        };
        if !bytes.are_embedded() {
            validate(image.view()).map_err(|what| reader.bad(what))?;
        }
        Ok(TagModel(Arc::new(image)))
    }

    /// Returns the tag of a word that no dictionary has. `chars` are its characters and their
    /// lengths in bytes.
    pub(crate) fn guess(&self, chars: impl Iterator<Item = (char, usize)>, path: &mut Path) -> Tag {
        // The longest part decides; of equally long parts, the last.
        let mut best = (0, NO_TAG);
        self.0.view().parts(chars, path, |bytes, tag| {
            if bytes >= best.0 {
                best = (bytes, tag.map_or(NO_TAG, |tag| self.0.tags[tag]));
            }
        });
        best.1
    }
}

impl TagImage {
    fn view(&self) -> TagView<'_> {
        let [_, start, inside, between, index, leaves, bounds, states, emissions] = self.bytes.slices(&self.sections);
        TagView {
            table: PageTable::new(index, leaves),
            start: F64s::new(start),
            inside: F64s::new(inside),
            between: bytemuck::cast_slice(between),
            most_between: &self.most_between,
            begins_inside: self.begins_inside,
            bounds: U32s::new(bounds),
            states,
            emissions: F64s::new(emissions),
        }
    }
}

/// Validates a model. The error says what is wrong.
fn validate(view: TagView<'_>) -> Result<(), &'static str> {
    let TagView { start, inside, between, bounds, states, emissions, table, .. } = view;
    let rows = bounds.len().saturating_sub(1) / POSITIONS;
    check(start.len() == STATES && inside.len() == 4 * TAGS, "a probability is missing")?;
    check(rows > 0 && bounds.len() == rows * POSITIONS + 1, "its rows are cut short")?;
    check(states.len() == emissions.len(), "not every state has an emission")?;
    check(table.is_sound(rows), "a character's row is out of range")?;
    check(bounds.at(bounds.len() - 1) as usize == states.len(), "a row's states are out of range")?;
    // The search has room for each state once, at its position.
    for (position, (from, to)) in (0..POSITIONS).cycle().zip(bounds.iter().zip(bounds.iter().skip(1))) {
        let row = states.get(from as usize..to as usize).ok_or("a row's states are out of range")?;
        let is_at_position = |&state: &u8| usize::from(state) / TAGS == position;
        check(row.iter().all(is_at_position), "a state is not of its position")?;
        check(row.windows(2).all(|pair| pair[0] < pair[1]), "a row names a state twice")?;
    }
    let between = between.iter().flatten().map(|p| f64::from_le_bytes(*p));
    let mut all = start.iter().chain(inside.iter()).chain(between).chain(emissions.iter());
    check(all.all(is_log_probability), "a number is no log probability")
}

#[cfg(test)]
mod tests {
    use super::states::{E, S, begins_word};
    use super::*;
    use crate::numbers::fits;
    use crate::storage::image;

    fn tag(word: &str) -> Tag {
        let chars = word.chars().map(|c| (c, c.len_utf8()));
        TagModel::embedded().guess(chars, &mut Path::default())
    }

    /// Returns the parts of a word, by trying all states and all their predecessors and keeping the
    /// whole way to each state.
    fn parts_naively(word: &str) -> Vec<(usize, Option<usize>)> {
        let model = TagModel::embedded();
        let view = model.0.view();
        let transition = |to: usize, from: usize| match (begins_word(to), from >= E * TAGS) {
            (true, true) => f64::from_le_bytes(view.between(to)[from - E * TAGS]),
            (false, false) if to % TAGS == from % TAGS => view.inside(to, from),
            _ => NEVER,
        };
        let chars: Vec<char> = word.chars().collect();
        let mut ways: Vec<(f64, Vec<usize>)> = Vec::new();
        for (at, &c) in chars.iter().enumerate() {
            let way = |(state, emission): (usize, f64)| match at {
                0 => Some((view.start.at(state) + emission, vec![state])),
                _ => {
                    let mut best: Option<(f64, Vec<usize>)> = None;
                    for (score, way) in &ways {
                        let transition = transition(state, way[at - 1]);
                        let score = score + transition + emission;
                        if transition > NEVER && score > best.as_ref().map_or(NEVER, |best| best.0) {
                            best = Some((score, [&way[..], &[state]].concat()));
                        }
                    }
                    best
                }
            };
            ways = view.states(view.row(c), 0..POSITIONS).filter_map(way).filter(|(score, _)| *score > NEVER).collect();
        }
        ways.retain(|(_, way)| *way.last().unwrap() >= if chars.len() == 1 { S } else { E } * TAGS);
        let mut best: Option<&(f64, Vec<usize>)> = None;
        for way in &ways {
            let is_better = |best: &(f64, _)| if chars.len() == 1 { way.0 >= best.0 } else { way.0 > best.0 };
            if best.is_none_or(is_better) {
                best = Some(way);
            }
        }
        let Some((_, best)) = best else { return vec![(word.len(), None)] };
        let mut parts = Vec::new();
        let mut bytes = 0;
        for (&state, c) in best.iter().zip(&chars) {
            bytes += c.len_utf8();
            if state >= E * TAGS {
                parts.push((bytes, Some(state % TAGS)));
                bytes = 0;
            }
        }
        parts
    }

    #[test]
    fn words_have_the_parts_of_the_best_way() {
        let view = TagModel::embedded();
        let chars: Vec<char> =
            "张尧杭研軟银我的在中国人小大电脑网络硕士毕业于科学院计算所龘齉们了很不一二三".chars().collect();
        let mut path = Path::default();
        for len in 1..6 {
            for start in 0..400usize {
                let word: String =
                    (0..len).map(|at| chars[(start * 7 + at * (start % 11 + 1)) % chars.len()]).collect();
                let mut parts = Vec::new();
                let units = word.chars().map(|c| (c, c.len_utf8()));
                view.0.view().parts(units, &mut path, |bytes, tag| parts.push((bytes, tag)));
                assert_eq!(parts, parts_naively(&word), "{word}");
            }
        }
    }

    #[test]
    fn unknown_words_get_a_tag() {
        assert_eq!(tag("张尧"), "nr");
        assert_eq!(tag("我"), "r");
        assert_eq!(tag("龘齉"), "x");
        assert_eq!(tag(""), "x");
    }

    #[test]
    fn a_model_round_trips() {
        let model = TagModel::from_bytes(TagModel::embedded().to_bytes().into_owned()).unwrap();
        assert_eq!(model.to_bytes(), TagModel::embedded().to_bytes());
    }

    #[test]
    fn a_row_names_each_state_of_its_position_once() {
        let good = TagModel::embedded();
        let TagImage { bytes, sections, .. } = &*good.0;
        let (bounds, states) = (good.0.view().bounds, &sections[7]);
        let mut pairs = bounds.iter().zip(bounds.iter().skip(1));
        // The second of several states that a character has at one position.
        let second = states.start + pairs.find(|(from, to)| to - from > 1).unwrap().0 as usize + 1;
        let position = usize::from(bytes[second]) / TAGS;
        let other_position = fits::<u8, _>((position + 1) % POSITIONS * TAGS);
        for state in [bytes[second - 1], bytes[second - 1].wrapping_sub(1), other_position] {
            let mut crafted = bytes.to_vec();
            crafted[second] = state;
            image::repair(&mut crafted);
            assert!(TagModel::from_bytes(crafted).is_err(), "{state}");
        }
    }
}
