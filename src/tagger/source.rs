//! The text form of a tag model, while it is read.

use std::collections::BTreeMap;
use std::str::SplitN;

use super::{E, KIND, M, POSITIONS, STATES, TAGS, begins_word};
use crate::hmm::{NEVER, log_probability};
use crate::image::Writer;
use crate::numbers::fits;
use crate::pages::Leaves;
use crate::{Error, Tag};

/// The text form, as it is read.
#[derive(Default)]
pub(super) struct Source {
    pub(super) tags: Vec<Tag>,
    start: BTreeMap<usize, f64>,
    transitions: BTreeMap<(usize, usize), f64>,
    pub(super) emissions: BTreeMap<char, BTreeMap<usize, f64>>,
    /// The only states that a character can take, where the model says so.
    allowed: BTreeMap<char, Vec<usize>>,
}

impl Source {
    /// Take in a line; `None` if it is not one of its section.
    pub(super) fn line(&mut self, section: &str, line: &str) -> Option<()> {
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

    pub(super) fn compile(self) -> Vec<u8> {
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
