//! Parts of speech of words the dictionary does not know.
//!
//! jieba's `posseg` model: a hidden Markov model whose states are a position in a word (B, M, E, S) with a tag.
//! The likeliest states of an unknown word's characters may cut it further; the word gets the tag of its longest
//! part.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::str::SplitN;
use std::sync::{Arc, OnceLock};

use crate::Error;
use crate::dictionary::Tag;
use crate::numbers::fits;
use crate::segment::hmm::{NEVER, log_probability};
use crate::storage::bytes::{Bytes, F64s, U16s, U32s};
use crate::storage::char_table::{Leaves, PageTable};
use crate::storage::image::{Kind, Reader, Trust, Writer};

const KIND: Kind = Kind { name: *b"tagr", version: 1, noun: "a fenci tag model" };

static EMBEDDED: &[u8] = include_bytes!("../../dicts/tagger.bin");

const TAGS: usize = 64;
const POSITIONS: usize = 4;
/// A state is `position * TAGS + tag`, the positions being B, M, E, S.
const STATES: usize = POSITIONS * TAGS;
const M: usize = 1;
const E: usize = 2;
const S: usize = 3;
/// The states in which a word begins, B and S, and those in which one ends, E and S, are as many each.
const ENDS: usize = 2 * TAGS;

/// The tag of what is no word: punctuation, and what the model cannot label.
pub(crate) const NO_TAG: Tag = Tag::known("x");

/// A model that tags words the dictionary does not have.
///
/// The embedded one is jieba's. A clone is a second handle to the same model.
#[derive(Clone)]
pub struct TagModel(Arc<Image>);

struct Image {
    bytes: Bytes,
    tags: Vec<Tag>,
    index: Range<usize>,
    leaves: Range<usize>,
    start: Range<usize>,
    inside: Range<usize>,
    between: Range<usize>,
    /// By row and position: where the states that a character can take begin in `states`; a row more at the end.
    bounds: Range<usize>,
    states: Range<usize>,
    emissions: Range<usize>,
    known: OnceLock<Known>,
}

/// What is known of a model once it has been looked at.
struct Known {
    /// By state in which a word begins: the greatest log probability of a transition to it.
    most_between: Vec<f64>,
    /// Whether a word may begin with M or E.
    begins_inside: bool,
}

impl TagModel {
    /// The model in this crate.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// # use fenci::segment::TagModel;
    /// let segmenter = Segmenter::builder().tag_model(TagModel::embedded()).build();
    /// assert_eq!(segmenter.tag("杭研").next().unwrap().tag(), "nr");
    /// ```
    #[expect(clippy::expect_used, reason = "the tests open it, and it is part of the program")]
    pub fn embedded() -> TagModel {
        static EMBEDDED_MODEL: OnceLock<TagModel> = OnceLock::new();
        EMBEDDED_MODEL
            .get_or_init(|| TagModel::open(Bytes::Static(EMBEDDED), Trust::Embedded).expect("an image of this crate"))
            .clone()
    }

    /// A model in the text form of jieba-rs's `posseg.txt`: the sections `@TAGS`, `@START`, `@TRANS`, `@EMIT` and
    /// `@CHAR_STATE`, with 64 tags. Natural logarithms.
    ///
    /// # Errors
    ///
    /// If a line is not what its section holds, or has a transition that changes the tag inside of a word; the error
    /// names the line.
    ///
    /// ```
    /// # use fenci::segment::TagModel;
    /// assert!(TagModel::parse("no such model").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<TagModel, Error> {
        let mut source = Source::default();
        let mut section = "";
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.starts_with('@') {
                section = line;
            } else if !line.is_empty() && !section.is_empty() {
                source.line(section, line).ok_or_else(|| {
                    let start: String = line.chars().take(40).collect();
                    Error::at_line(index + 1, format!("expected a line of the section {section}, found {start:?}"))
                })?;
            }
        }
        if source.tags.len() != TAGS {
            return Err(Error::new(format!("expected {TAGS} tags in the section @TAGS, found {}", source.tags.len())));
        }
        let chars = source.emissions.len();
        if chars >= usize::from(u16::MAX) {
            return Err(Error::new(format!("expected at most {} characters, found {chars}", u16::MAX - 1)));
        }
        TagModel::open(source.compile().into(), Trust::Embedded)
    }

    /// A model from an image that [`TagModel::as_bytes`] gave, validated in full.
    ///
    /// # Errors
    ///
    /// If `bytes` is no such image or is damaged. No bytes whatever make it panic.
    ///
    /// ```
    /// # use fenci::segment::TagModel;
    /// assert!(TagModel::from_bytes(TagModel::embedded().as_bytes().to_vec()).is_ok());
    /// assert!(TagModel::from_bytes(b"something else".to_vec()).is_err());
    /// ```
    pub fn from_bytes(bytes: Vec<u8>) -> Result<TagModel, Error> {
        TagModel::open(bytes.into(), Trust::None)
    }

    /// The image, to be stored and opened again with [`TagModel::from_bytes`].
    ///
    /// ```
    /// # use fenci::segment::TagModel;
    /// let file = std::env::temp_dir().join("fenci-doc-tagger.bin");
    /// std::fs::write(&file, TagModel::embedded().as_bytes())?;
    /// # std::fs::remove_file(file)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    fn open(bytes: Bytes, trust: Trust) -> Result<TagModel, Error> {
        let reader = Reader::open(&bytes, KIND, trust)?;
        let tags = reader.slice(&reader.section(b"tags", 16)?);
        let tags: Option<Vec<Tag>> = bytemuck::cast_slice(tags).iter().map(Tag::from_bytes).collect();
        let tags = tags.filter(|tags| tags.len() == TAGS).ok_or_else(|| reader.bad("expected 64 tags"))?;
        let image = Image {
            tags,
            index: reader.section(b"indx", 2)?,
            leaves: reader.section(b"leaf", 2)?,
            start: reader.section(b"init", 8)?,
            inside: reader.section(b"insi", 8)?,
            between: reader.section(b"betw", 8)?,
            bounds: reader.section(b"boun", 4)?,
            states: reader.section(b"stat", 1)?,
            emissions: reader.section(b"emit", 8)?,
            known: OnceLock::new(),
            bytes: bytes.clone(),
        };
        // What a view relies on.
        let is_whole = image.between.len() == ENDS * ENDS * 8;
        reader.check(is_whole, "a transition is missing")?;
        let model = TagModel(Arc::new(image));
        if trust != Trust::Embedded {
            model.view().validate().map_err(|what| reader.bad(what))?;
        }
        Ok(model)
    }

    fn view(&self) -> View<'_> {
        let image = &*self.0;
        let slice = |range: &Range<usize>| &image.bytes[range.clone()];
        let (start, between): (_, &[[[u8; 8]; ENDS]]) =
            (F64s::new(slice(&image.start)), bytemuck::cast_slice(slice(&image.between)));
        let known = image.known.get_or_init(|| {
            let most = |row: &[[u8; 8]; ENDS]| row.iter().fold(NEVER, |most, &from| most.max(f64::from_le_bytes(from)));
            Known {
                most_between: between.iter().map(most).collect(),
                begins_inside: start.iter().skip(M * TAGS).take(2 * TAGS).any(|start| start > NEVER),
            }
        });
        View {
            most_between: &known.most_between,
            begins_inside: known.begins_inside,
            table: PageTable { index: U16s::new(slice(&image.index)), leaves: U16s::new(slice(&image.leaves)) },
            start,
            inside: F64s::new(slice(&image.inside)),
            between,
            bounds: U32s::new(slice(&image.bounds)),
            states: slice(&image.states),
            emissions: F64s::new(slice(&image.emissions)),
        }
    }

    /// The tag of a word that no dictionary has, given by its characters and their lengths in bytes.
    pub(crate) fn guess(&self, chars: impl Iterator<Item = (char, usize)>, path: &mut Path) -> Tag {
        // The longest part decides, of equally long ones the last.
        let mut best = (0, NO_TAG);
        self.view().parts(chars, path, |bytes, tag| {
            if bytes >= best.0 {
                best = (bytes, tag.map_or(NO_TAG, |tag| self.0.tags[tag]));
            }
        });
        best.1
    }
}

impl fmt::Debug for TagModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TagModel").field("bytes", &self.0.bytes.len()).finish_non_exhaustive()
    }
}

/// The search for the best states, and what is kept between calls.
#[derive(Default)]
pub(crate) struct Path {
    /// Those of the last character, and of the one before it.
    states: [Reached; 2],
    /// By character but the first and the last: the states reached there and their predecessors.
    came_from: Vec<(u8, u8)>,
    ends: Vec<usize>,
    widths: Vec<usize>,
    best: Vec<u8>,
}

impl Path {
    /// How many bytes of the heap are held.
    pub(crate) fn heap_bytes(&self) -> usize {
        let Path { came_from, ends, widths, best, .. } = self;
        2 * came_from.capacity() + size_of::<usize>() * (ends.capacity() + widths.capacity()) + best.capacity()
    }
}

/// The states that a character can have, with their scores.
struct Reached {
    /// Those inside of a word, B and M; [`NEVER`] for those that it cannot have.
    inside: [f64; 2 * TAGS],
    /// Those in which a word ends, E and S, in order, as many as there are; there is room for one more than there can be,
    /// so that one is written before it is known whether it is one.
    ending: [(u8, f64); ENDS + 1],
    len: usize,
}

impl Default for Reached {
    fn default() -> Reached {
        Reached { inside: [NEVER; 2 * TAGS], ending: [(0, NEVER); ENDS + 1], len: 0 }
    }
}

impl Reached {
    fn clear(&mut self) {
        self.inside = [NEVER; 2 * TAGS];
        self.len = 0;
    }

    /// A state and its score, which is [`NEVER`] or less if the character cannot have it. Whether it can is not
    /// predictable, so there is no branch but on the position.
    #[inline]
    fn add(&mut self, state: usize, score: f64) {
        if state < E * TAGS {
            self.inside[state] = score.max(NEVER);
        } else {
            self.ending[self.len] = (fits(state), score);
            self.len += usize::from(score > NEVER);
        }
    }

    #[inline]
    fn ending(&self) -> &[(u8, f64)] {
        &self.ending[..self.len]
    }
}

#[derive(Clone, Copy)]
struct View<'a> {
    table: PageTable<'a>,
    start: F64s<'a>,
    /// Inside of a word the tag stays: by tag, from B and from M, to M and to E.
    inside: F64s<'a>,
    /// By the state in which a word begins, B or S with a tag, from the states in which one ends, E or S.
    between: &'a [[[u8; 8]; ENDS]],
    /// The greatest of each row.
    most_between: &'a [f64],
    /// Whether a word may begin with M or E.
    begins_inside: bool,
    bounds: U32s<'a>,
    states: &'a [u8],
    emissions: F64s<'a>,
}

impl View<'_> {
    /// The row of a character.
    fn row(&self, c: char) -> usize {
        self.table.at(c.into()).into()
    }

    /// The states that the character of a row can take at these positions, ascending, with their emissions.
    fn states(&self, row: usize, positions: Range<usize>) -> impl Iterator<Item = (usize, f64)> + '_ {
        let from = self.bounds.at(row * POSITIONS + positions.start) as usize;
        let to = self.bounds.at(row * POSITIONS + positions.end) as usize;
        let states = self.states[from..to].iter().map(|&state| usize::from(state));
        states.zip((from..).map(|at| self.emissions.at(at)))
    }

    /// The log probability of a transition inside of a word, to M or E with its tag, from B or M with the same.
    #[inline]
    fn inside(&self, to: usize, from: usize) -> f64 {
        let (tag, to, from) = (to % TAGS, to / TAGS - M, from / TAGS);
        self.inside.at(4 * tag + 2 * from + to)
    }

    /// The log probabilities of transitions from one word to the next, to B or S with its tag, by the state before.
    #[inline]
    fn between(&self, to: usize) -> &[[u8; 8]; ENDS] {
        &self.between[if to < TAGS { to } else { to - 2 * TAGS }]
    }

    /// The greatest of these.
    #[inline]
    fn most_between(&self, to: usize) -> f64 {
        self.most_between[if to < TAGS { to } else { to - 2 * TAGS }]
    }

    /// Cut a word into tagged parts: calls `part` with the length in bytes and the tag of each, in order. Where no
    /// labels are possible at all, the whole word is one part without a tag.
    ///
    /// Ties are jieba-rs's: the first of equal predecessors in state order, the last of equal states of a single
    /// character.
    fn parts(
        &self,
        chars: impl Iterator<Item = (char, usize)>,
        path: &mut Path,
        mut part: impl FnMut(usize, Option<usize>),
    ) {
        let Path { states: [now, before], came_from, ends, widths, best } = path;
        let (mut now, mut before) = (now, before);
        widths.clear();
        came_from.clear();
        ends.clear();
        let mut chars = chars.peekable();
        let mut last = None;
        while let Some((c, width)) = chars.next() {
            let row = self.row(c);
            match (widths.is_empty(), chars.peek().is_none()) {
                (true, true) => return part(width, self.single(row).map(|state| state % TAGS)),
                (true, false) => self.begin(row, now),
                (false, false) => {
                    std::mem::swap(&mut now, &mut before);
                    self.go_on(row, before, now, came_from);
                    ends.push(came_from.len());
                }
                (false, true) => last = self.end(row, now),
            }
            widths.push(width);
        }
        let Some((state, mut from)) = last else { return part(widths.iter().sum(), None) };
        best.clear();
        best.push(state);
        // Backwards from the last character but one.
        for character in (0..ends.len()).rev() {
            best.push(from);
            let start = character.checked_sub(1).map_or(0, |before| ends[before]);
            let reached = came_from[start..ends[character]].iter().find(|(to, _)| *to == from);
            from = reached.map_or(0, |(_, from)| *from);
        }
        best.push(from);
        best.reverse();
        let mut bytes = 0;
        for (&state, width) in best.iter().zip(&*widths) {
            let (position, tag) = (usize::from(state) / TAGS, usize::from(state) % TAGS);
            if position == 0 {
                bytes = 0;
            }
            bytes += width;
            if position == S {
                part(*width, Some(tag));
                bytes = 0;
            } else if position == E {
                part(bytes, Some(tag));
                bytes = 0;
            }
        }
    }

    /// The best state of a single character; the last of equals.
    fn single(&self, row: usize) -> Option<usize> {
        let mut best = (NEVER, None);
        for (state, emission) in self.states(row, S..POSITIONS) {
            let score = self.start.at(state) + emission;
            if score > NEVER && score >= best.0 {
                best = (score, Some(state));
            }
        }
        best.1
    }

    /// The states of a first character.
    fn begin(&self, row: usize, now: &mut Reached) {
        now.clear();
        // A word begins with B or S, in any but a strange model.
        let positions = if self.begins_inside { [0..S, S..POSITIONS] } else { [0..M, S..POSITIONS] };
        for positions in positions {
            for (state, emission) in self.states(row, positions) {
                now.add(state, self.start.at(state) + emission);
            }
        }
    }

    /// The states of a character that is neither the first nor the last.
    fn go_on(&self, row: usize, before: &Reached, now: &mut Reached, came_from: &mut Vec<(u8, u8)>) {
        now.clear();
        for (state, emission) in self.states(row, 0..POSITIONS) {
            let (score, from) = self.best_way(state, emission, before);
            if score > NEVER {
                came_from.push((fits(state), from));
            }
            now.add(state, score);
        }
    }

    /// The best state of a last character and the one before it.
    fn end(&self, row: usize, before: &Reached) -> Option<(u8, u8)> {
        let most_before = before.ending().iter().fold(NEVER, |most, &(_, score)| most.max(score));
        let mut best = (NEVER, None);
        for (state, emission) in self.states(row, E..POSITIONS) {
            // Sums are rounded alike, so that no way is better than this. Most of these states need no look at each.
            let is_worse = || most_before + self.most_between(state) + emission <= best.0;
            if begins_word(state) && is_worse() {
                continue;
            }
            let (score, from) = self.best_way(state, emission, before);
            if score > best.0 {
                best = (score, Some((fits(state), from)));
            }
        }
        best.1
    }

    /// The best predecessor of a state, the first of equals, and the score that it leads to; [`NEVER`] or less if there is
    /// none: what is added to that is lost, as it is so much more.
    #[inline]
    fn best_way(&self, state: usize, emission: f64, before: &Reached) -> (f64, u8) {
        let mut best = (NEVER, 0);
        let mut reach = |from: u8, score: f64, transition: f64| {
            let score = score + transition + emission;
            best = if score > best.0 { (score, from) } else { best };
        };
        if begins_word(state) {
            let transitions = self.between(state);
            for &(from, score) in before.ending() {
                reach(from, score, f64::from_le_bytes(transitions[usize::from(from) - E * TAGS]));
            }
        } else {
            for from in [state % TAGS, M * TAGS + state % TAGS] {
                reach(fits(from), before.inside[from], self.inside(state, from));
            }
        }
        best
    }

    fn validate(&self) -> Result<(), &'static str> {
        let check = |holds: bool, what| if holds { Ok(()) } else { Err(what) };
        let rows = self.bounds.len().saturating_sub(1) / POSITIONS;
        let is_whole = self.start.len() == STATES && self.inside.len() == 4 * TAGS && self.between.len() == ENDS;
        check(is_whole, "a probability is missing")?;
        check(rows > 0 && self.bounds.len() == rows * POSITIONS + 1, "its rows are cut short")?;
        check(self.states.len() == self.emissions.len(), "not every state has an emission")?;
        check(self.table.is_sound(rows), "a character's row is out of range")?;
        let ascending = self.bounds.iter().zip(self.bounds.iter().skip(1)).all(|(a, b)| a <= b);
        let last = self.bounds.at(self.bounds.len() - 1) as usize;
        check(ascending && last == self.states.len(), "a row's states are out of range")?;
        let between = self.between.iter().flatten().map(|p| f64::from_le_bytes(*p));
        let all = self.start.iter().chain(self.inside.iter()).chain(between).chain(self.emissions.iter());
        check(all.into_iter().all(|p| (NEVER..=0.0).contains(&p)), "a number is no log probability")
    }
}

/// Whether a state is that of a word's first character, which comes after E or S; the others come after B or M.
fn begins_word(state: usize) -> bool {
    !(TAGS..S * TAGS).contains(&state)
}

/// The text form, as it is read.
#[derive(Default)]
struct Source {
    tags: Vec<Tag>,
    start: BTreeMap<usize, f64>,
    transitions: BTreeMap<(usize, usize), f64>,
    emissions: BTreeMap<char, BTreeMap<usize, f64>>,
    /// The only states that a character can take, where the model says so.
    allowed: BTreeMap<char, Vec<usize>>,
}

impl Source {
    /// Take in a line; `None` if it is not one of its section.
    fn line(&mut self, section: &str, line: &str) -> Option<()> {
        let mut segments = line.split('|').map(str::trim);
        let head = segments.next()?;
        let segments = segments.filter(|segment| !segment.is_empty());
        match section {
            "@TAGS" => {
                let tags: Result<Vec<Tag>, Error> = line.split(',').map(|tag| Tag::new(tag.trim())).collect();
                self.tags = tags.ok()?;
            }
            "@START" => {
                let mut fields = line.splitn(3, ',');
                self.start.insert(state(&mut fields)?, log_probability(fields.next()?)?);
            }
            "@TRANS" => {
                let from = state(&mut head.splitn(2, ','))?;
                for segment in segments {
                    let mut fields = segment.splitn(3, ',');
                    let to = state(&mut fields)?;
                    // Inside of a word the tag stays.
                    if !begins_word(to) && (from < E * TAGS) && from % TAGS != to % TAGS {
                        return None;
                    }
                    self.transitions.insert((to, from), log_probability(fields.next()?)?);
                }
            }
            "@EMIT" => {
                let state = state(&mut head.splitn(2, ','))?;
                for segment in segments {
                    let (c, probability) = segment.rsplit_once(',')?;
                    let emissions = self.emissions.entry(c.chars().next()?).or_default();
                    emissions.insert(state, log_probability(probability)?);
                }
            }
            "@CHAR_STATE" => {
                let states: Option<Vec<usize>> = segments.map(|pair| state(&mut pair.splitn(2, ','))).collect();
                let (c, states) = (head.chars().next()?, states?);
                // No states at all means no restriction.
                match states.is_empty() {
                    true => self.allowed.remove(&c),
                    false => self.allowed.insert(c, states),
                };
            }
            _ => return None,
        }
        Some(())
    }

    fn compile(self) -> Vec<u8> {
        let Source { tags, start, transitions, mut emissions, allowed } = self;
        for (c, states) in allowed {
            if let Some(emissions) = emissions.get_mut(&c) {
                emissions.retain(|state, _| states.contains(state));
            }
        }
        // What is never emitted can never be part of a path.
        for emissions in emissions.values_mut() {
            emissions.retain(|_, probability| *probability > NEVER);
        }
        emissions.retain(|_, emissions| !emissions.is_empty());

        let mut bounds = vec![0u32; POSITIONS];
        let (mut states, mut probabilities) = (Vec::new(), Vec::new());
        for emissions in emissions.values() {
            for position in 0..POSITIONS {
                bounds.push(fits(states.len()));
                for (&state, &probability) in emissions.range(position * TAGS..(position + 1) * TAGS) {
                    states.push(fits(state));
                    probabilities.push(probability);
                }
            }
        }
        bounds.push(fits(states.len()));

        let row_of: BTreeMap<char, u16> =
            emissions.keys().enumerate().map(|(index, &c)| (c, fits::<u16, _>(index) + 1)).collect();
        let mut leaves = Leaves::default();
        let index = leaves.index(|c| row_of.get(&c).copied().unwrap_or(0));
        let start = (0..STATES).map(|state| start.get(&state).copied().unwrap_or(NEVER));
        let transition = |to: usize, from: usize| transitions.get(&(to, from)).copied().unwrap_or(NEVER);
        let inside = (0..TAGS).flat_map(|tag| {
            [(M, 0), (E, 0), (M, M), (E, M)].map(|(to, from)| transition(to * TAGS + tag, from * TAGS + tag))
        });
        let begins = (0..STATES).filter(|&to| begins_word(to));
        let between = begins.flat_map(|to| (E * TAGS..STATES).map(move |from| transition(to, from)));
        let mut image = Writer::new(KIND);
        image.items(b"tags", tags.iter().map(|tag| tag.to_bytes()));
        image.items(b"init", start.map(f64::to_le_bytes));
        image.items(b"insi", inside.map(f64::to_le_bytes));
        image.items(b"betw", between.map(f64::to_le_bytes));
        image.items(b"indx", index.into_iter().map(u16::to_le_bytes));
        image.items(b"leaf", leaves.finish().into_iter().map(u16::to_le_bytes));
        image.items(b"boun", bounds.into_iter().map(u32::to_le_bytes));
        image.bytes(b"stat", states);
        image.items(b"emit", probabilities.into_iter().map(f64::to_le_bytes));
        image.finish()
    }
}

/// A state from its position and tag, the next two fields.
fn state(fields: &mut SplitN<'_, char>) -> Option<usize> {
    let position: usize = fields.next()?.trim().parse().ok()?;
    let tag: usize = fields.next()?.trim().parse().ok()?;
    (position < POSITIONS && tag < TAGS).then_some(position * TAGS + tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(word: &str) -> Tag {
        let chars = word.chars().map(|c| (c, c.len_utf8()));
        TagModel::embedded().guess(chars, &mut Path::default())
    }

    /// The parts of a word by all states and all their predecessors, with the whole way kept for each.
    fn parts_naively(word: &str) -> Vec<(usize, Option<usize>)> {
        let model = TagModel::embedded();
        let view = model.view();
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
                view.view().parts(units, &mut path, |bytes, tag| parts.push((bytes, tag)));
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
        let model = TagModel::from_bytes(TagModel::embedded().as_bytes().to_vec()).unwrap();
        assert_eq!(model.as_bytes(), TagModel::embedded().as_bytes());
    }

    #[test]
    fn what_is_wrong_with_a_text_is_said_with_its_line() {
        let tags = vec!["n"; 64].join(",");
        let good =
            format!("@TAGS\n{tags}\n@START\n0,1,-2.5\n@TRANS\n0,1|2,1,-1\n@EMIT\n0,1|中,-1\n@CHAR_STATE\n中|0,1\n");
        assert!(TagModel::parse(&good).is_ok());
        for (from, to, line) in [
            (",n\n", "\n", None),
            ("0,1,-2.5", "4,1,-2.5", Some(4)),
            ("2,1,-1", "2,1", Some(6)),
            ("2,1,-1", "2,2,-1", Some(6)),
            ("中,-1", "中", Some(8)),
            ("|0,1\n", "|0,64\n", Some(10)),
        ] {
            let error = TagModel::parse(&good.replacen(from, to, 1)).unwrap_err();
            assert_eq!(error.line(), line, "{error}");
        }
    }
}
