//! The text form of the tag model, and the image compiled from it.

use foldhash::HashMap;

use super::states::{E, M, POSITIONS, STATES, TAGS, begins_word, state};
use crate::Error;
use crate::dictionary::Tag;
use crate::numbers::fits;
use crate::segment::hidden_markov::{Emissions, NEVER, log_probability, write_rows};
use crate::storage::image::{Kind, Writer};

pub(super) const KIND: Kind = Kind { name: *b"tagr", version: 1, noun: "a fenci tag model" };

/// Compiles a model in the text form of jieba-rs's `posseg.txt`.
pub(super) fn compile(text: &str) -> Result<Vec<u8>, Error> {
    let mut source = Source::new();
    let mut section = "";
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('@') {
            section = line;
        } else if !line.is_empty() && !section.is_empty() {
            source.line(section, line).ok_or_else(|| {
                let start: String = line.chars().take(40).collect();
                Error::new(format!("expected a line of the section {section}, found {start:?}")).in_line(index + 1)
            })?;
        }
    }
    if source.tags.len() != TAGS {
        return Err(Error::new(format!("expected {TAGS} tags in the section @TAGS, found {}", source.tags.len())));
    }
    source.compile()
}

/// The text form as it is read.
struct Source {
    tags: Vec<Tag>,
    start: Vec<f64>,
    /// By state, then by the state before.
    transitions: Vec<[f64; STATES]>,
    emissions: Emissions,
    /// The only states that a character can take, where the model restricts them.
    allowed: HashMap<char, Vec<usize>>,
}

impl Source {
    fn new() -> Source {
        Source {
            tags: Vec::new(),
            start: vec![NEVER; STATES],
            transitions: vec![[NEVER; STATES]; STATES],
            emissions: Emissions::default(),
            allowed: HashMap::default(),
        }
    }

    /// Adds a line. Returns `None` if it does not belong to its section.
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
                let state = state(&mut fields)?;
                self.start[state] = log_probability(fields.next()?)?;
            }
            "@TRANS" => {
                let from = state(&mut head.splitn(2, ','))?;
                for segment in segments {
                    let mut fields = segment.splitn(3, ',');
                    let to = state(&mut fields)?;
                    // Inside a word the tag stays.
                    if !begins_word(to) && (from < E * TAGS) && from % TAGS != to % TAGS {
                        return None;
                    }
                    self.transitions[to][from] = log_probability(fields.next()?)?;
                }
            }
            "@EMIT" => {
                let state = state(&mut head.splitn(2, ','))?;
                for segment in segments {
                    let (c, probability) = segment.rsplit_once(',')?;
                    self.emissions.insert((c.chars().next()?, state), log_probability(probability)?);
                }
            }
            "@CHAR_STATE" => {
                let states: Option<Vec<usize>> = segments.map(|pair| state(&mut pair.splitn(2, ','))).collect();
                let (c, states) = (head.chars().next()?, states?);
                // An empty list means no restriction.
                match states.is_empty() {
                    true => self.allowed.remove(&c),
                    false => self.allowed.insert(c, states),
                };
            }
            _ => return None,
        }
        Some(())
    }

    fn compile(self) -> Result<Vec<u8>, Error> {
        let Source { tags, start, transitions, mut emissions, allowed } = self;
        // A state that is never emitted cannot be part of a path.
        emissions.retain(|(c, state), probability| {
            *probability > NEVER && allowed.get(c).is_none_or(|states| states.contains(state))
        });
        let inside = (0..TAGS).flat_map(|tag| {
            [(M, 0), (E, 0), (M, M), (E, M)].map(|(to, from)| transitions[to * TAGS + tag][from * TAGS + tag])
        });
        let between = (0..STATES).filter(|&to| begins_word(to)).flat_map(|to| &transitions[to][E * TAGS..]);
        let mut image = Writer::new(KIND);
        image.items(b"tags", tags.iter().map(|tag| tag.to_bytes()));
        image.items(b"init", start.into_iter().map(f64::to_le_bytes));
        image.items(b"insi", inside.map(f64::to_le_bytes));
        image.items(b"betw", between.map(|p| p.to_le_bytes()));

        // Row 0, for characters that the model does not know, has no states.
        let mut bounds = vec![0u32; POSITIONS];
        let (mut states, mut probabilities) = (Vec::new(), Vec::new());
        for c in write_rows(&mut image, &emissions)? {
            for state in 0..STATES {
                if state % TAGS == 0 {
                    bounds.push(fits(states.len()));
                }
                if let Some(probability) = emissions.get(&(c, state)) {
                    states.push(fits(state));
                    probabilities.push(probability.to_le_bytes());
                }
            }
        }
        bounds.push(fits(states.len()));
        image.items(b"boun", bounds.into_iter().map(u32::to_le_bytes));
        image.bytes(b"stat", states);
        image.items(b"emit", probabilities);
        Ok(image.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_text_is_said_with_its_line() {
        let tags = vec!["n"; 64].join(",");
        let good =
            format!("@TAGS\n{tags}\n@START\n0,1,-2.5\n@TRANS\n0,1|2,1,-1\n@EMIT\n0,1|中,-1\n@CHAR_STATE\n中|0,1\n");
        assert!(compile(&good).is_ok());
        for (from, to, line) in [
            (",n\n", "\n", None),
            ("0,1,-2.5", "4,1,-2.5", Some(4)),
            ("2,1,-1", "2,1", Some(6)),
            ("2,1,-1", "2,2,-1", Some(6)),
            ("中,-1", "中", Some(8)),
            ("|0,1\n", "|0,64\n", Some(10)),
        ] {
            let error = compile(&good.replacen(from, to, 1)).unwrap_err();
            assert_eq!(error.line(), line, "{error}");
        }
    }
}
