//! Crafted images: whole, with correct checksums, and wrong in a few numbers.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::images::{ENTRY, FORMATS, Format, HEADER, WORD_MODEL, number, repair};
use crate::peers::Numbers;

/// The numbers of mutants that opened and of mutants that were refused.
#[derive(Clone, Copy, Default, Debug)]
pub struct Counts {
    pub accepted: u64,
    pub refused: u64,
}

/// Makes `mutants` images of one kind, and uses the images that open.
///
/// # Errors
///
/// A panic in a mutant is an error. It has the number that makes the mutant again.
pub fn try_mutants(format: Format, mutants: u64, seed: u64) -> Result<Counts, String> {
    let image = (format.image)();
    let mut counts = Counts::default();
    for number in seed..seed + mutants {
        let mutant = mutant(image, number);
        match catch_unwind(AssertUnwindSafe(|| (format.open)(mutant))) {
            Ok(Ok(())) => counts.accepted += 1,
            Ok(Err(_)) => counts.refused += 1,
            Err(_) => return Err(format!("{}, mutant {number}", format.noun)),
        }
    }
    Ok(counts)
}

/// Makes the image with the number `seed`.
fn mutant(image: &[u8], seed: u64) -> Vec<u8> {
    let mut numbers = Numbers(seed.wrapping_mul(0xD134_2543_DE82_EF95));
    let mut image = image.to_vec();
    let sections = all_sections(&image);
    if numbers.below(4) == 0 {
        // The filter lets every pair of characters through, so that lookups reach every cell.
        let filters = sections.iter().filter(|section| section.name == *b"pair");
        filters.for_each(|section| image[section.range.clone()].fill(0xff));
    }
    for _ in 0..[1, 1, 1, 2, 2, 3, 5][numbers.below(7)] {
        change(&mut image, &sections, &mut numbers);
    }
    repair(&mut image);
    image
}

struct Section {
    name: [u8; 4],
    item: usize,
    range: Range<usize>,
    /// The offset of its entry in the section table.
    entry: usize,
}

/// The sections of an image, and of the images in it.
fn all_sections(image: &[u8]) -> Vec<Section> {
    let mut sections = sections_of(image, 0);
    if image[8..12] == *b"both" {
        let inner: Vec<usize> = sections.iter().map(|section| section.range.start).collect();
        sections = inner.into_iter().flat_map(|start| sections_of(&image[start..], start)).collect();
    }
    sections.retain(|section| !section.range.is_empty());
    sections
}

fn sections_of(image: &[u8], start: usize) -> Vec<Section> {
    let entries = image[HEADER..].chunks(ENTRY).take(number(&image[28..32])).enumerate();
    let section = |(index, entry): (usize, &[u8])| {
        let from = start + number(&entry[8..16]);
        Section {
            name: [entry[0], entry[1], entry[2], entry[3]],
            item: number(&entry[4..8]),
            range: from..from + number(&entry[16..24]),
            entry: start + HEADER + ENTRY * index,
        }
    };
    entries.map(section).collect()
}

fn change(image: &mut [u8], sections: &[Section], numbers: &mut Numbers) {
    let Section { name, item, range, entry } = &sections[numbers.below(sections.len())];
    let item_at = |numbers: &mut Numbers| range.start + item * numbers.below(range.len() / item);
    let at = item_at(numbers);
    match numbers.below(16) {
        0..5 => {
            let at = range.start + numbers.below(range.len());
            image[at] ^= 1 << numbers.below(8);
        }
        5..9 => {
            // One of the numbers of a cell, or the first bytes of another item.
            let (offset, size) = if name == b"cell" {
                [(0, 4), (4, 2), (6, 2), (8, 4), (12, 4)][numbers.below(5)]
            } else {
                (0, (*item).min(8))
            };
            let value = value(numbers).to_le_bytes();
            image[at + offset..at + offset + size].copy_from_slice(&value[..size]);
        }
        9..13 => {
            let from = item_at(numbers);
            image.copy_within(from..from + item, at);
        }
        13 => {
            let other = item_at(numbers);
            (0..*item).for_each(|index| image.swap(at + index, other + index));
        }
        14 => {
            let end = (at + item * (1 + numbers.below(8))).min(range.end);
            let byte = [0, 1, 0xff][numbers.below(3)];
            image[at..end].fill(byte);
        }
        // A number of the section table: an item's size, an offset or a length.
        _ => {
            let (offset, size) = [(4, 4), (8, 8), (16, 8)][numbers.below(3)];
            let old = number(&image[entry + offset..entry + offset + size]) as u64;
            let value = [old + 8, old.saturating_sub(8), old + 1, value(numbers)][numbers.below(4)].to_le_bytes();
            image[entry + offset..entry + offset + size].copy_from_slice(&value[..size]);
        }
    }
}

/// Makes a number that is often invalid.
fn value(numbers: &mut Numbers) -> u64 {
    let any = numbers.below(usize::MAX) as u64;
    match numbers.below(8) {
        0 => 0,
        1 => 1,
        2 => u64::MAX,
        3 => any % 8,
        4 => any % 64,
        5 => any % 2000,
        6 => {
            [0.5, -0.0, -1e300, -101.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1e-300][any as usize % 8].to_bits()
        }
        _ => any,
    }
}

/// Every kind of image.
pub fn kinds() -> impl Iterator<Item = Format> {
    FORMATS.into_iter().chain([WORD_MODEL])
}
