//! A finite state transducer from anywhere: words, each with a number.
//!
//! The reader of the crate fst trusts what it reads. So its nodes are checked before it sees them. The writer lays them
//! out one after the other, a node's targets before it, the root last; a node is read from its last byte backwards:
//!
//! | bytes, from the end | one transition, to the node before | one transition | any number |
//! |---|---|---|---|
//! | state: two bits for the layout | `11` and the input, if common | `10` and the input, if common | `0`, final?, how many, if few |
//! | 0 or 1 | the input | the input | how many |
//! | 1 | – | the sizes of target and output | the same |
//! | 0 or 256 | – | – | an index by input, if there are more than 32 |
//! | … | – | target, output | inputs, targets, outputs, final output |
//!
//! A walk from the root to the first byte sees every node once, and needs a bit for each byte to know that every target
//! is a node. What the numbers are is for the caller to check, with [`Walk`].

use fst::raw::{Fst, Node};

use crate::storage::bytes::Slice;

/// The longest word, in bytes. With it, walking along a transducer takes time linear in its number of words.
pub(super) const MAX_WORD: usize = 255;

/// Version and type before the nodes; number of words, address of the root and checksum behind them.
const HEAD: usize = 16;
const TAIL: usize = 20;
const VERSION: u64 = 3;
/// Nodes with more transitions have an index.
const INDEXED: usize = 32;

/// A set of words, each with a number.
#[derive(Clone)]
pub(super) struct Transducer(Fst<Slice>);

impl Transducer {
    /// For what this crate wrote and nobody else could change.
    pub(super) fn trusted(bytes: Slice) -> Result<Transducer, String> {
        Fst::new(bytes).map(Transducer).map_err(|error| error.to_string())
    }

    /// A transducer whose nodes are sound, and so is reading them.
    pub(super) fn checked(bytes: Slice) -> Result<Transducer, String> {
        let file = bytes.as_ref();
        let expected = |what: &str, found: u64| format!("its words are no transducer: expected {what}, found {found}");
        // The smallest node that says how many transitions it has.
        if file.len() < HEAD + 3 + TAIL {
            return Err(expected("at least 39 bytes", file.len() as u64));
        }
        let number = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| file[at + byte]));
        if number(0) != VERSION {
            return Err(expected("version 3", number(0)));
        }
        let end = file.len() - TAIL;
        if number(end + 8) != end as u64 - 1 {
            return Err(expected("the root before the end", number(end + 8)));
        }
        let fst = Fst::new(bytes.clone()).map_err(|_| expected("a readable header", number(0)))?;
        check_nodes(&fst, &file[..end]).map_err(|(at, what)| format!("the node at byte {at} of its words: {what}"))?;
        Ok(Transducer(fst))
    }

    /// How many words it says it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of `word`, if it has one.
    pub(super) fn get(&self, word: &str) -> Option<u64> {
        let mut node = self.0.root();
        let mut number = 0u64;
        for byte in word.bytes() {
            let transition = node.transition(node.find_input(byte)?);
            number = number.checked_add(transition.out.value())?;
            node = self.0.node(transition.addr);
        }
        if node.is_final() { number.checked_add(node.final_output().value()) } else { None }
    }

    /// All words, sorted, with their numbers.
    pub(super) fn walk(&self) -> Walk<'_> {
        Walk { fst: &self.0, path: vec![Step { node: self.0.root(), next: 0, number: 0 }], word: Vec::new() }
    }
}

/// Check that `nodes`, which ends with the root, is nodes and nothing else, that every target is a node before the one
/// it is a target of, that inputs are sorted, and that every way from a node leads to a word.
fn check_nodes(fst: &Fst<Slice>, nodes: &[u8]) -> Result<(), (usize, &'static str)> {
    let root = nodes.len() - 1;
    let mut targets = vec![0u64; nodes.len().div_ceil(64)];
    let mut open = 0usize;
    let mut at = root;
    loop {
        let bit = 1 << (at % 64);
        if targets[at / 64] & bit != 0 {
            targets[at / 64] ^= bit;
            open -= 1;
        }
        let start = shape(nodes, at).map_err(|what| (at, what))?;
        let node = fst.node(at);
        if node.is_empty() && !node.is_final() && (at != root || start != HEAD) {
            return Err((at, "it leads to no word"));
        }
        let mut last = None;
        for (index, transition) in node.transitions().enumerate() {
            if last >= Some(transition.inp) || node.find_input(transition.inp) != Some(index) {
                return Err((at, "its inputs are not sorted"));
            }
            last = Some(transition.inp);
            let target = transition.addr;
            // The node at 0 has no bytes; it is the end of a word.
            if target != 0 && targets[target / 64] & 1 << (target % 64) == 0 {
                targets[target / 64] |= 1 << (target % 64);
                open += 1;
            }
        }
        if node.len() > INDEXED && (0..=255).filter(|&input| node.find_input(input).is_some()).count() != node.len() {
            return Err((at, "its index does not fit its inputs"));
        }
        if start == HEAD {
            break;
        }
        at = start - 1;
    }
    if open > 0 { Err((HEAD, "what leads before it leads to no node")) } else { Ok(()) }
}

/// Where the node that ends at byte `at` begins, if all of it lies behind the head, and so do its targets, before it.
fn shape(nodes: &[u8], at: usize) -> Result<usize, &'static str> {
    let mut start = at;
    let mut back = |bytes: usize| -> Result<usize, &'static str> {
        start = start.checked_sub(bytes).filter(|&start| start >= HEAD).ok_or("it begins before the first")?;
        Ok(start)
    };
    let state = nodes[at];
    let is_common = state & 0x3f != 0;
    let (count, inputs, has_final_output) = match state >> 6 {
        0b11 => {
            let start = back(usize::from(!is_common))?;
            return if start > HEAD { Ok(start) } else { Err("there is no node before it") };
        }
        0b10 => {
            back(usize::from(!is_common))?;
            (1, 0, false)
        }
        layout => {
            let count = match is_common {
                true => usize::from(state & 0x3f),
                // One is always written in the state, so that here it can stand for 256.
                false => match nodes[back(1)?] {
                    1 => 256,
                    count => usize::from(count),
                },
            };
            (count, count, layout == 1)
        }
    };
    let sizes = nodes[back(1)?];
    let (target_size, output_size) = (usize::from(sizes >> 4), usize::from(sizes & 15));
    if target_size > 8 || output_size > 8 || (target_size == 0 && count > 0) {
        return Err("its targets or outputs have no possible size");
    }
    back(if count > INDEXED { 256 } else { 0 } + inputs)?;
    let targets = back(count * target_size)?;
    let start = back((count + usize::from(has_final_output)) * output_size)?;
    for delta in nodes[targets..targets + count * target_size].chunks_exact(target_size.max(1)) {
        let delta = delta.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
        if delta != 0 && (start as u64).checked_sub(delta).is_none_or(|target| target < HEAD as u64) {
            return Err("one of its targets lies before the first node");
        }
    }
    Ok(start)
}

/// The words of a transducer, in order.
pub(super) struct Walk<'t> {
    fst: &'t Fst<Slice>,
    path: Vec<Step<'t>>,
    word: Vec<u8>,
}

struct Step<'t> {
    node: Node<'t>,
    /// The transition to take next.
    next: usize,
    /// The sum of the outputs up to here.
    number: u64,
}

impl Walk<'_> {
    /// The next word and its number.
    pub(super) fn next(&mut self) -> Result<Option<(&str, u64)>, &'static str> {
        while let Some(step) = self.path.last_mut() {
            if step.next == step.node.len() {
                self.path.pop();
                self.word.pop();
                continue;
            }
            let transition = step.node.transition(step.next);
            step.next += 1;
            let too_large = "a word's number is too large";
            let number = step.number.checked_add(transition.out.value()).ok_or(too_large)?;
            let node = self.fst.node(transition.addr);
            self.word.push(transition.inp);
            if self.word.len() > MAX_WORD {
                return Err("a word is too long");
            }
            self.path.push(Step { node, next: 0, number });
            if node.is_final() {
                let number = number.checked_add(node.final_output().value()).ok_or(too_large)?;
                let word = std::str::from_utf8(&self.word).map_err(|_| "a word is no UTF-8")?;
                return Ok(Some((word, number)));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use fst::MapBuilder;

    use super::*;
    use crate::storage::bytes::Bytes;

    fn checked(file: Vec<u8>) -> Result<Transducer, String> {
        let bytes = Bytes::from(file);
        Transducer::checked(Slice::new(&bytes, 0..bytes.len()))
    }

    fn file(words: &BTreeMap<String, u64>) -> Vec<u8> {
        let mut builder = MapBuilder::memory();
        words.iter().for_each(|(word, &number)| builder.insert(word, number).unwrap());
        builder.into_inner().unwrap()
    }

    /// Nodes of every layout: final and not, with no, few and many transitions, with outputs of one to eight bytes.
    fn samples() -> Vec<BTreeMap<String, u64>> {
        let word = |number: u64| {
            let c = |shift: u32| char::from_u32(0x4E00 + (number >> shift & 0x3f) as u32 * 97).unwrap();
            [c(0), c(6), c(12)].iter().take(1 + number as usize % 3).collect::<String>()
        };
        let many = (0..4000).map(|number| (word(number * 7919), number));
        let wide = (0..64).map(|bit| ("z".repeat(1 + bit % 9) + &bit.to_string(), 1u64 << bit));
        let broad = (1..=127u8).map(|byte| (char::from(byte).to_string(), byte.into()));
        vec![BTreeMap::new(), BTreeMap::from([("中国".to_owned(), 0)]), many.collect(), wide.collect(), broad.collect()]
    }

    #[test]
    fn what_was_written_is_read() {
        for words in samples() {
            let transducer = checked(file(&words)).unwrap();
            assert_eq!(transducer.len(), words.len());
            let mut walk = transducer.walk();
            for (word, &number) in &words {
                assert_eq!(walk.next(), Ok(Some((word.as_str(), number))));
                assert_eq!(transducer.get(word), Some(number));
                assert_eq!(transducer.get(&format!("{word}\0")), None);
            }
            assert_eq!(walk.next(), Ok(None));
            assert_eq!(transducer.get(""), None);
        }
    }

    /// Any change is an error, or leaves what can be walked along to the end of the nodes.
    #[test]
    fn no_change_makes_reading_panic() {
        let mut opened = 0;
        for words in samples() {
            let file = file(&words);
            let step = (file.len() * 8 / if cfg!(debug_assertions) { 700 } else { 5000 }).max(1);
            for bit in (0..file.len() * 8).step_by(step) {
                let mut damaged = file.clone();
                damaged[bit / 8] ^= 1 << (bit % 8);
                let Ok(transducer) = checked(damaged) else { continue };
                opened += 1;
                let mut walk = transducer.walk();
                for _ in 0..2000 {
                    if !matches!(walk.next(), Ok(Some(_))) {
                        break;
                    }
                }
                for word in words.keys() {
                    let _ = transducer.get(word);
                }
            }
            for end in 0..file.len().min(300) {
                let _ = checked(file[..end].to_vec());
                let _ = checked(file[end..].to_vec());
            }
        }
        assert!(opened > 100, "{opened}");
    }
}
