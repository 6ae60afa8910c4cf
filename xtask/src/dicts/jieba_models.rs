//! Compiles jieba's two hidden Markov models from their text forms.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::str::SplitN;

use super::image::{floats, image, rows};

/// Stands for the logarithm of zero in jieba's models.
const NEVER: f64 = -3.14e100;

/// Labels of characters in the HMM: B, E, M and S.
const LABELS: usize = 4;

/// Positions of characters in the tag model: B, M, E and S.
const POSITIONS: usize = 4;
const MIDDLE: usize = 1;
const END: usize = 2;
const SINGLE: usize = 3;
const TAGS: usize = 64;
/// A state is `position * TAGS + tag`.
const STATES: usize = POSITIONS * TAGS;

/// Compiles the HMM from the form of `hmm.model`. After comments (`#`) come a line of start log
/// probabilities, four lines of transitions, and four lines of emissions (`字:-1.5,` and so on).
pub(super) fn hmm(text: &str) -> Result<Vec<u8>, String> {
    let mut lines =
        (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let mut next = |what: &str| lines.next().ok_or_else(|| format!("expected a line of {what}, found the end"));
    let numbers = |(line, text): (usize, &str)| {
        let numbers: Option<Vec<f64>> = text.split_whitespace().map(log_probability).collect();
        let four = numbers.filter(|numbers| numbers.len() == LABELS);
        four.ok_or_else(|| format!("line {line}: expected four log probabilities, found {text:?}"))
    };
    let start = numbers(next("start probabilities")?)?;
    let mut transitions = Vec::new();
    for _ in 0..LABELS {
        transitions.extend(numbers(next("transitions")?)?);
    }
    let mut emissions: BTreeMap<char, [f64; LABELS]> = BTreeMap::new();
    for label in 0..LABELS {
        let (line, text) = next("emissions")?;
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let emission = pair.rsplit_once(':').and_then(|(c, p)| Some((c.parse().ok()?, log_probability(p)?)));
            let (c, probability) =
                emission.ok_or_else(|| format!("line {line}: expected `character:log probability`, found {pair:?}"))?;
            emissions.entry(c).or_insert([NEVER; LABELS])[label] = probability;
        }
    }
    let chars: Vec<char> = emissions.keys().copied().collect();
    let [index, leaves] = rows(&chars)?;
    let rows = floats([NEVER; LABELS].iter().chain(emissions.values().flatten()));
    Ok(image(
        b"hmm ",
        &[(b"init", 8, floats(&start)), (b"tran", 8, floats(&transitions)), index, leaves, (b"rows", 8, rows)],
    ))
}

/// Compiles the tag model from the form of `posseg.txt`: the sections `@TAGS`, `@START`, `@TRANS`,
/// `@EMIT` and `@CHAR_STATE`, with 64 tags.
pub(super) fn tagger(text: &str) -> Result<Vec<u8>, String> {
    let mut source = Tagger { start: vec![NEVER; STATES], ..Tagger::default() };
    let mut section = "";
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if line.starts_with('@') {
            section = line;
        } else if !line.is_empty() && !section.is_empty() {
            let bad = || format!("line {number}: expected a line of the section {section}, found {line:?}");
            source.read(section, line).ok_or_else(bad)?;
        }
    }
    source.compile()
}

/// The tag model as it is read.
#[derive(Default)]
struct Tagger<'t> {
    tags: Vec<&'t str>,
    start: Vec<f64>,
    /// By state, and by the state before.
    transitions: HashMap<(usize, usize), f64>,
    /// By character and state.
    emissions: BTreeMap<(char, usize), f64>,
    /// The only states that a character can take, where the model says so.
    allowed: HashMap<char, Vec<usize>>,
}

impl<'t> Tagger<'t> {
    /// Reads a line. Returns `None` if it is not one of its section.
    fn read(&mut self, section: &str, line: &'t str) -> Option<()> {
        let mut segments = line.split('|').map(str::trim);
        let head = segments.next()?;
        let segments = segments.filter(|segment| !segment.is_empty());
        match section {
            "@TAGS" => self.tags = line.split(',').map(str::trim).collect(),
            "@START" => {
                let mut fields = head.splitn(3, ',');
                let state = state(&mut fields)?;
                self.start[state] = log_probability(fields.next()?)?;
            }
            "@TRANS" => {
                let from = state(&mut head.splitn(2, ','))?;
                for segment in segments {
                    let mut fields = segment.splitn(3, ',');
                    let to = state(&mut fields)?;
                    // Inside of a word the tag stays.
                    if !begins_word(to) && from < END * TAGS && from % TAGS != to % TAGS {
                        return None;
                    }
                    self.transitions.insert((to, from), log_probability(fields.next()?)?);
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
                // No states at all means no restriction.
                if let Some(states) = Some(states?).filter(|states| !states.is_empty()) {
                    self.allowed.insert(head.chars().next()?, states);
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn compile(mut self) -> Result<Vec<u8>, String> {
        let mut tags = Vec::new();
        for tag in &self.tags {
            let mut bytes = [0; 16];
            bytes
                .get_mut(..tag.len())
                .filter(|name| name.len() < 16)
                .ok_or("a tag is too long")?
                .copy_from_slice(tag.as_bytes());
            bytes[15] = tag.len() as u8;
            tags.extend(bytes);
        }
        // A character that is never emitted in a state never takes it.
        let allowed = &self.allowed;
        self.emissions.retain(|(c, state), probability| {
            *probability > NEVER && allowed.get(c).is_none_or(|states| states.contains(state))
        });
        let transition = |to, from| self.transitions.get(&(to, from)).unwrap_or(&NEVER);
        let inside = (0..TAGS).flat_map(|tag| {
            let steps = [(MIDDLE, 0), (END, 0), (MIDDLE, MIDDLE), (END, MIDDLE)];
            steps.map(|(to, from)| transition(to * TAGS + tag, from * TAGS + tag))
        });
        let between = (0..STATES)
            .filter(|&to| begins_word(to))
            .flat_map(|to| (END * TAGS..STATES).map(move |from| transition(to, from)));

        let chars: BTreeSet<char> = self.emissions.keys().map(|&(c, _)| c).collect();
        let chars = Vec::from_iter(chars);
        let [index, leaves] = rows(&chars)?;
        let (mut bounds, mut states) = (Vec::new(), Vec::new());
        // The row of characters that the model does not know has no states.
        for c in [None].into_iter().chain(chars.into_iter().map(Some)) {
            for position in 0..POSITIONS {
                bounds.extend((states.len() as u32).to_le_bytes());
                let of_position = position * TAGS..(position + 1) * TAGS;
                states.extend(of_position.filter(|&state| c.is_some_and(|c| self.emissions.contains_key(&(c, state)))));
            }
        }
        bounds.extend((states.len() as u32).to_le_bytes());
        let states = states.into_iter().map(|state| state as u8).collect();
        Ok(image(
            b"tagr",
            &[
                (b"tags", 16, tags),
                (b"init", 8, floats(&self.start)),
                (b"insi", 8, floats(inside)),
                (b"betw", 8, floats(between)),
                index,
                leaves,
                (b"boun", 4, bounds),
                (b"stat", 1, states),
                (b"emit", 8, floats(self.emissions.values())),
            ],
        ))
    }
}

/// Returns whether a state is that of a word's first character, which comes after E or S; the
/// others come after B or M.
fn begins_word(state: usize) -> bool {
    !(TAGS..SINGLE * TAGS).contains(&state)
}

/// Reads a state from its position and its tag, the next two fields.
fn state(fields: &mut SplitN<'_, char>) -> Option<usize> {
    let position: usize = fields.next()?.trim().parse().ok()?;
    let tag: usize = fields.next()?.trim().parse().ok()?;
    (position < POSITIONS && tag < TAGS).then_some(position * TAGS + tag)
}

fn log_probability(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|p| (NEVER..=0.0).contains(p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oracle::images::{SMALL_HMM, SMALL_TAGS};

    /// The text form of the small HMM of the tests.
    const HMM: &str = "# 模型\n-0.3 -3.14e100 -3.14e100 -1.5\n-3.14e100 -0.5 -1 -3.14e100\n-0.6 -3.14e100 -3.14e100 -0.8\n\
        -3.14e100 -0.3 -1.2 -3.14e100\n-0.7 -3.14e100 -3.14e100 -0.7\n中:-1,国:-2,学:-4,\n国:-1,院:-2\n科:-1,学:-2\n\
        的:-0.5,人:-1,中:-7\n";

    /// The text form of their small tag model, without its tags.
    const TAGGER: &str = "@START\n0,1,-2.5\n3,2,-1\n3,5,-1\n@TRANS\n0,1|2,1,-1|1,1,-2\n1,1|2,1,-0.5|1,1,-3\n\
        2,1|0,1,-1|3,2,-1\n3,2|3,2,-1|0,1,-4\n@EMIT\n0,1|中,-1|国,-3|龘,-2\n1,1|国,-1|学,-2\n2,1|国,-2|院,-1|龘,-3\n\
        3,2|的,-1|中,-4|学,-2\n3,5|的,-1\n@CHAR_STATE\n中|0,1|3,2\n";

    fn with_tags(model: &str) -> String {
        let tags: Vec<String> = (0..TAGS).map(|tag| format!("t{tag}")).collect();
        format!("@TAGS\n{}\n{model}", tags.join(","))
    }

    #[test]
    fn small_models_are_those_of_the_tests() {
        assert!(hmm(HMM).unwrap() == SMALL_HMM);
        assert!(tagger(&with_tags(TAGGER)).unwrap() == SMALL_TAGS);
    }

    #[test]
    fn errors_name_the_line() {
        let of_hmm = |from: &str, to: &str| hmm(&HMM.replacen(from, to, 1)).unwrap_err();
        let of_tagger = |from: &str, to: &str| tagger(&with_tags(&TAGGER.replacen(from, to, 1))).unwrap_err();
        assert!(of_hmm("-0.3 -3.14e100", "-0.3").starts_with("line 2: "));
        assert!(of_hmm("-1.5\n", "-4e100\n").starts_with("line 2: "));
        assert!(of_hmm("国:-2", "国家:-2").starts_with("line 7: "));
        assert!(of_hmm("的:-0.5,人:-1,中:-7\n", "").contains("found the end"));
        assert!(of_tagger("0,1,-2.5", "4,1,-2.5").starts_with("line 4: "));
        assert!(of_tagger("2,1,-1", "2,2,-1").starts_with("line 8: "));
        assert!(of_tagger("中,-1", "中").starts_with("line 13: "));
    }
}
