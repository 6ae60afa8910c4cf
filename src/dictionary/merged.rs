//! A dictionary's double array with users' words in it.
//!
//! Where these are many, finding them by themselves costs as much as finding the dictionary's: nearly every position
//! begins some. Together they cost little more than the dictionary's alone.
//!
//! The dictionary's cells stay where they are, but for the children of prefixes that get more of them and have no
//! room: these move behind all others. A cell that has moved is the same cell, since only its parent knows its place.

use super::double_array::{Cell, Key, Room, child_bit, children_of};
use super::view::Lexicon;
use crate::numbers::fits;
use crate::text::codes::{Code, FIRST};

/// The words of a dictionary and those of users.
pub(super) struct Merged {
    pub(super) cells: Vec<Cell>,
    /// By code, as in the dictionary.
    pub(super) bases: Vec<u32>,
    /// The pairs of codes that begin words.
    pub(super) pairs: Vec<(Code, Code)>,
}

/// The children of a dictionary's prefixes.
struct Children {
    /// By base: where its labels begin, and those of the next one.
    starts: Vec<u32>,
    labels: Vec<Code>,
}

impl Children {
    /// Of all cells, the labels, by the bases from which they are counted. A cell that is nobody's child is passed by.
    fn of(cells: &[Cell], bases: impl Iterator<Item = u32> + Clone) -> Children {
        let mut is_base = vec![false; cells.len()];
        let all_bases = bases.chain(cells.iter().map(|cell| cell.base)).filter(|&base| base != 0);
        all_bases.for_each(|base| is_base[base as usize] = true);
        let base_of = |at: usize, cell: &Cell| {
            let base = at.checked_sub(cell.label.into()).filter(|_| cell.label >= FIRST)?;
            is_base[base].then_some(base)
        };
        let mut starts = vec![0; cells.len() + 1];
        for (at, cell) in cells.iter().enumerate() {
            if let Some(base) = base_of(at, cell) {
                starts[base + 1] += 1;
            }
        }
        for base in 0..cells.len() {
            starts[base + 1] += starts[base];
        }
        let mut next = starts.clone();
        let mut labels = vec![0; starts[cells.len()] as usize];
        for (at, cell) in cells.iter().enumerate() {
            if let Some(base) = base_of(at, cell) {
                labels[next[base] as usize] = cell.label;
                next[base] += 1;
            }
        }
        Children { starts, labels }
    }

    /// Those that are counted from `base`, in order.
    fn counted_from(&self, base: u32) -> &[Code] {
        let start = |base: usize| self.starts.get(base).map(|&start| start as usize);
        let range = start(base as usize).zip(start(base as usize + 1)).filter(|_| base != 0);
        range.and_then(|(start, end)| self.labels.get(start..end)).unwrap_or_default()
    }
}

/// A prefix of words that are to be added.
struct Open {
    /// Its words among the keys.
    from: usize,
    to: usize,
    /// Its length.
    depth: usize,
    /// Its cell; of a first character its code.
    at: usize,
    /// Where its children are counted from in the dictionary.
    base_in_dictionary: u32,
}

impl Merged {
    /// The words of `lexicon` with `keys`, sorted by their codes and without duplicates, put over them; for an alphabet of
    /// `codes`.
    pub(super) fn new(lexicon: Lexicon<'_>, keys: &[Key<'_>], codes: usize) -> Merged {
        let mut cells: Vec<Cell> = lexicon.cells.iter().map(|cell| Cell::from_bytes(*cell)).collect();
        let mut bases: Vec<u32> = lexicon.bases.iter().chain(std::iter::repeat(0)).take(codes).collect();
        let children = Children::of(&cells, bases.iter().copied());
        let mut pairs: Vec<(Code, Code)> = Vec::new();
        for (code, &base) in (0..).zip(&bases) {
            pairs.extend(children.counted_from(base).iter().map(|&label| (code, label)));
        }
        let mut room = Room::behind(&cells, bases.iter().copied());

        let mut open: Vec<Open> = Vec::new();
        let mut groups: Vec<(Code, usize, usize)> = Vec::new();
        children_of(keys, 0, keys.len(), 0, &mut groups);
        for &(code, from, to) in groups.iter().rev() {
            let base = bases[usize::from(code)];
            open.push(Open { from, to, depth: 1, at: code.into(), base_in_dictionary: base });
        }
        // What one key has for itself, most of all prefixes, fits anywhere, and comes last.
        let mut tails: Vec<(usize, usize, usize)> = Vec::new();
        while let Some(Open { mut from, to, depth, at, base_in_dictionary }) = open.pop() {
            if let Some(key) = keys.get(from).filter(|key| key.codes.len() == depth) {
                (cells[at].class, cells[at].word) = (key.class, key.number + 1);
                from += 1;
            }
            children_of(keys, from, to, depth, &mut groups);
            let old = children.counted_from(base_in_dictionary);
            let is_new = |code: &Code| old.binary_search(code).is_err();
            let new: Vec<Code> = groups.iter().map(|(code, ..)| *code).filter(is_new).collect();
            let mut base = if depth == 1 { bases[at] } else { cells[at].base };
            if !new.is_empty() && (base == 0 || !room.takes_more(base as usize, &new)) {
                base = move_children(&mut cells, &mut room, base, old, new);
            }
            let mut bits = 0;
            for &(code, from, to) in groups.iter().rev() {
                bits |= child_bit(code);
                let child = base as usize + usize::from(code);
                if is_new(&code) {
                    cells.resize(cells.len().max(child + 1), Cell::default());
                    cells[child].label = code;
                    if depth == 1 {
                        pairs.push((keys[from].codes[0], code));
                    }
                    if to - from == 1 {
                        tails.push((child, from, depth + 1));
                        continue;
                    }
                }
                open.push(Open { from, to, depth: depth + 1, at: child, base_in_dictionary: cells[child].base });
            }
            match depth {
                1 => bases[at] = base,
                _ => (cells[at].base, cells[at].children) = (base, cells[at].children | bits),
            }
        }
        for (at, key, depth) in tails {
            add_tail(&mut cells, &mut room, at, &keys[key], depth);
        }
        // Every base leaves room for every code, so that a look-up needs no other check.
        let all_bases = bases.iter().copied().chain(cells.iter().map(|cell| cell.base));
        let end = all_bases.max().unwrap_or(0) as usize + codes;
        cells.resize(end.max(cells.len()), Cell::default());
        Merged { cells, bases, pairs }
    }
}

/// Find a place for the children `old` of a prefix, which are counted from `base`, and those that are `new`; move the old
/// ones there, and give where they are counted from then.
fn move_children(cells: &mut Vec<Cell>, room: &mut Room, base: u32, old: &[Code], new: Vec<Code>) -> u32 {
    let mut labels = new;
    labels.extend(old);
    labels.sort_unstable();
    // Out of their places first, since the new ones may be among these.
    let from = |&code: &Code| base as usize + usize::from(code);
    let moved: Vec<Cell> = old.iter().map(|code| std::mem::take(&mut cells[from(code)])).collect();
    room.give_back(base as usize, old);
    let place = room.take(labels.iter().copied());
    let end = place + usize::from(labels[labels.len() - 1]) + 1;
    cells.resize(cells.len().max(end), Cell::default());
    for (cell, &code) in moved.into_iter().zip(old) {
        cells[place + usize::from(code)] = cell;
    }
    fits(place)
}

/// Add what a key has behind the first `depth` codes, whose cell is `at`.
fn add_tail(cells: &mut Vec<Cell>, room: &mut Room, mut at: usize, key: &Key<'_>, depth: usize) {
    for &code in key.codes.iter().skip(depth) {
        let base = room.take([code].into_iter());
        let child = base + usize::from(code);
        cells.resize(cells.len().max(child + 1), Cell::default());
        (cells[at].base, cells[at].children) = (fits(base), child_bit(code));
        cells[child].label = code;
        at = child;
    }
    (cells[at].class, cells[at].word) = (key.class, key.number + 1);
}
