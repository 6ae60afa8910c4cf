//! The prefixes of a large dictionary: side by side, in place of a double array, half of which would be holes where words
//! are many and go on in many ways.
//!
//! First all prefixes of one code, then those of two, and so on, each kind sorted by its codes, so that the children of a
//! prefix are neighbours, and one is found among them by halving. What a word has for itself lies in an array of
//! *tails*: its codes, the last one with the bit [`LAST`], and its number plus one in two halves, the lower first.
//!
//! Nothing here relies on what a file says: every look-up is checked.

use super::MAX_WORD_CHARS;
use super::double_array::{Cell, Key, NO_WORD, children_of};
use super::is_usual;
use crate::numbers::{fits, low};
use crate::storage::bytes::{F64s, U16s};
use crate::text::codes::{Code, FIRST};

/// The bit of a name that is a place among the tails.
pub(super) const TAIL: u32 = 1 << 31;
/// The bit of the last code of a tail. Codes are less.
const LAST: u16 = 1 << 15;

/// A prefix. It is named by its place.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// The first of its children, or the place of its tail, with the bit [`TAIL`].
    first: u32,
    /// The number of the word that ends here, plus one; 0 if none does.
    word: u32,
    /// Its last code.
    label: Code,
    /// How many children it has.
    children: u16,
}

impl Node {
    pub(super) const BYTES: usize = 12;

    fn from_bytes(bytes: [u8; Node::BYTES]) -> Node {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = bytes;
        Node {
            first: u32::from_le_bytes([a, b, c, d]),
            word: u32::from_le_bytes([e, f, g, h]),
            label: u16::from_le_bytes([i, j]),
            children: u16::from_le_bytes([k, l]),
        }
    }

    pub(super) fn to_bytes(self) -> [u8; Node::BYTES] {
        let [a, b, c, d] = self.first.to_le_bytes();
        let [e, f, g, h] = self.word.to_le_bytes();
        let ([i, j], [k, l]) = (self.label.to_le_bytes(), self.children.to_le_bytes());
        [a, b, c, d, e, f, g, h, i, j, k, l]
    }

    /// The name by which its children are asked for; 0 if it has none.
    fn name(self, place: usize) -> u32 {
        match self.first & TAIL {
            0 if self.children == 0 => 0,
            0 => fits(place),
            _ => self.first,
        }
    }
}

/// A dictionary's words.
pub(super) struct Sorted {
    /// The prefixes of one code, by that code.
    pub(super) firsts: Vec<Cell>,
    /// All of them; the first is none.
    pub(super) nodes: Vec<Node>,
    pub(super) tails: Vec<u16>,
    /// The pairs of codes that begin words.
    pub(super) pairs: Vec<(Code, Code)>,
}

impl Sorted {
    /// `keys`, sorted by their codes and without duplicates, for an alphabet of `codes`.
    pub(super) fn new(keys: &[Key<'_>], codes: usize) -> Sorted {
        let mut sorted = Sorted {
            firsts: vec![Cell::default(); codes],
            nodes: vec![Node::default()],
            tails: Vec::new(),
            pairs: Vec::new(),
        };
        // By node: its keys. The prefixes of the length that is looked at are the last ones.
        let mut ranges = vec![(0, 0)];
        let mut children = Vec::new();
        children_of(keys, 0, keys.len(), 0, &mut children);
        for &(label, from, to) in &children {
            sorted.nodes.push(Node { label, ..Node::default() });
            ranges.push((from, to));
        }
        let (mut at, mut depth, mut end_of_depth) = (1, 1, ranges.len());
        while at < ranges.len() {
            if at == end_of_depth {
                (depth, end_of_depth) = (depth + 1, ranges.len());
            }
            let (mut from, to) = ranges[at];
            let label = sorted.nodes[at].label;
            if keys[from].codes.len() == depth {
                sorted.nodes[at].word = keys[from].number + 1;
                if depth == 1 {
                    let first = &mut sorted.firsts[usize::from(label)];
                    (first.class, first.word) = (keys[from].class, keys[from].number + 1);
                }
                from += 1;
            }
            children_of(keys, from, to, depth, &mut children);
            if depth == 1 {
                sorted.pairs.extend(children.iter().map(|&(second, ..)| (label, second)));
            }
            match to - from {
                1 => {
                    sorted.nodes[at].first = TAIL | fits::<u32, _>(sorted.tails.len());
                    sorted.add_tail(&keys[from].codes[depth..], keys[from].number);
                }
                _ => {
                    sorted.nodes[at].first = fits(sorted.nodes.len());
                    sorted.nodes[at].children = fits(children.len());
                    for &(label, from, to) in &children {
                        sorted.nodes.push(Node { label, ..Node::default() });
                        ranges.push((from, to));
                    }
                }
            }
            if depth == 1 {
                sorted.firsts[usize::from(label)].base = sorted.nodes[at].name(at);
            }
            at += 1;
        }
        sorted
    }

    fn add_tail(&mut self, codes: &[Code], number: u32) {
        if let Some((last, before)) = codes.split_last() {
            let word = number + 1;
            self.tails.extend_from_slice(before);
            self.tails.extend([last | LAST, low(word), low(word >> 16)]);
        }
    }
}

/// The same in an image, which may be anybody's.
#[derive(Clone, Copy)]
pub(crate) struct SortedView<'a> {
    pub(super) nodes: &'a [[u8; Node::BYTES]],
    pub(super) tails: U16s<'a>,
    /// By word.
    pub(super) classes: U16s<'a>,
    pub(super) weights: F64s<'a>,
}

impl SortedView<'_> {
    /// The child by `code` of a prefix, with its own name as the base; a cell without its label if there is none.
    pub(crate) fn child(self, parent: u32, code: Code) -> Cell {
        if parent & TAIL != 0 {
            let (label, word, next) = self.tail((parent & !TAIL) as usize).unwrap_or_default();
            return self.cell(label, word, next);
        }
        let found = self.node(parent).and_then(|node| {
            let children = self.nodes.get(node.first as usize..)?.get(..node.children.into())?;
            let at = children.partition_point(|child| Node::from_bytes(*child).label < code);
            Some((node.first as usize + at, Node::from_bytes(*children.get(at)?)))
        });
        found.map_or_else(Cell::default, |(at, node)| self.cell(node.label, node.word, node.name(at)))
    }

    /// Where the first characters end: at the first child.
    fn roots(self) -> usize {
        let mut nodes = self.nodes.iter().map(|node| Node::from_bytes(*node));
        let first = nodes.find(|node| node.children != 0).map_or(usize::MAX, |parent| parent.first as usize);
        first.min(self.nodes.len())
    }

    fn node(self, name: u32) -> Option<Node> {
        self.nodes.get(name as usize).map(|node| Node::from_bytes(*node))
    }

    /// Of what is at a place of a tail: its code, its word plus one, and its name.
    fn tail(self, place: usize) -> Option<(Code, u32, u32)> {
        let code = self.tails.get(place)?;
        match code & LAST {
            0 => Some((code, 0, TAIL | u32::try_from(place + 1).ok()?)),
            _ => {
                let halves = [self.tails.get(place + 1)?, self.tails.get(place + 2)?];
                Some((code & !LAST, u32::from(halves[0]) | u32::from(halves[1]) << 16, 0))
            }
        }
    }

    fn cell(self, label: Code, word: u32, name: u32) -> Cell {
        let class = word.checked_sub(1).and_then(|word| self.classes.get(word as usize)).unwrap_or(NO_WORD);
        // The route passes by what occurs nowhere.
        let class = if self.weights.get(class.into()).is_some_and(is_usual) { class } else { NO_WORD };
        Cell { base: name, label, class, word, children: if name == 0 { 0 } else { !0 } }
    }

    /// Check that everything is where [`Sorted::new`] puts it, for an alphabet of `codes`, with the names of first
    /// characters in `bases` and words of at most `longest` characters.
    pub(super) fn validate(
        self,
        codes: usize,
        bases: impl Iterator<Item = u32>,
        words: u64,
        longest: usize,
    ) -> Result<(), String> {
        let is_label = |label: Code| (FIRST.into()..codes).contains(&usize::from(label));
        let is_word = |word: u32| u64::from(word) <= words;
        let nodes = self.nodes.iter().map(|node| Node::from_bytes(*node));
        let roots = self.roots();
        let mut names = vec![0; codes];
        for (at, node) in nodes.clone().enumerate().take(roots).skip(1) {
            if let Some(name) = names.get_mut(usize::from(node.label)) {
                *name = node.name(at);
            }
        }
        if !bases.eq(names) {
            return Err("its first characters are not its prefixes".into());
        }
        let (mut next, mut depth, mut end_of_depth) = (roots, 1, roots);
        for (at, node) in nodes.enumerate() {
            let place = |what: &str| format!("prefix {at}: {what}");
            if at == 0 {
                if node != Node::default() {
                    return Err(place("it is not empty"));
                }
                continue;
            }
            if at == end_of_depth {
                (depth, end_of_depth) = (depth + 1, next);
            }
            if !is_label(node.label) || !is_word(node.word) || depth > longest {
                return Err(place("it is out of range"));
            }
            if node.first & TAIL != 0 {
                let (mut tail, mut deep) = (node.first, depth);
                while tail != 0 {
                    let (label, word, after) = self.tail((tail & !TAIL) as usize).unwrap_or_default();
                    deep += 1;
                    if !is_label(label) || deep > longest || !is_word(word) || (word == 0) != (after != 0) {
                        return Err(place("its tail is no word"));
                    }
                    tail = after;
                }
            } else if node.children != 0 {
                let children = self.nodes.get(next..next + usize::from(node.children));
                if node.first as usize != next || children.is_none() {
                    return Err(place("its children are not where they can be"));
                }
                let mut labels = children.unwrap_or_default().iter().map(|child| Node::from_bytes(*child).label);
                if !labels.by_ref().is_sorted_by(|a, b| a < b) {
                    return Err(place("its children are not sorted"));
                }
                next += usize::from(node.children);
            }
        }
        if next == self.nodes.len() { Ok(()) } else { Err("not every prefix has its parent".into()) }
    }

    /// Call `each` with the number plus one of every word, and its codes. What is not where [`Sorted::new`] puts it is
    /// passed by, so that it is linear in any image.
    pub(super) fn each_word(self, mut each: impl FnMut(u32, &[Code])) {
        // By node: its parent, which comes before it.
        let mut parents: Vec<u32> = Vec::with_capacity(self.nodes.len());
        let mut codes = Vec::new();
        let nodes = self.nodes.iter().map(|node| Node::from_bytes(*node));
        parents.resize(self.roots(), 0);
        for (at, node) in nodes.enumerate() {
            if node.first & TAIL == 0 && node.first as usize == parents.len() {
                let children = usize::from(node.children).min(self.nodes.len() - parents.len());
                parents.resize(parents.len() + children, fits(at));
            }
            if node.word == 0 && node.first & TAIL == 0 {
                continue;
            }
            codes.clear();
            let mut prefix = at;
            while prefix != 0 && codes.len() < MAX_WORD_CHARS {
                codes.extend(self.node(fits(prefix)).map(|node| node.label));
                prefix = parents.get(prefix).map_or(0, |&parent| parent as usize);
            }
            codes.reverse();
            if node.word != 0 {
                each(node.word, &codes);
            }
            let mut tail = node.first;
            while tail & TAIL != 0 && codes.len() < MAX_WORD_CHARS {
                let (label, word, after) = self.tail((tail & !TAIL) as usize).unwrap_or_default();
                codes.push(label);
                if word != 0 {
                    each(word, &codes);
                }
                tail = after;
            }
        }
    }
}
