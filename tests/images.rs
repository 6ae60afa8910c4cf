//! Damaged images and text forms: opening one gives an error or something that works, and never
//! panics.

use std::ops::Range;

use crate::common::{Numbers, articles};
use fenci::idf::Idf;
use fenci::segment::{HmmModel, TagModel};
use fenci::{Dictionary, Segmenter};
use oracle::images::*;
use oracle::mutants;
use proptest::prelude::*;

/// An unoptimized build takes some milliseconds to check an image.
const SLOW: bool = cfg!(debug_assertions);
const CASES: u32 = if SLOW { 16 } else { 500 };

/// A section of an image: its name, the size of its items in bytes, and its byte range.
#[derive(Clone, Debug)]
struct Section {
    name: String,
    item: usize,
    range: Range<usize>,
}

fn sections(image: &[u8]) -> Vec<Section> {
    let count = number(&image[28..32]);
    let entries = image[HEADER..HEADER + count * ENTRY].chunks(ENTRY);
    entries
        .map(|entry| {
            let start = number(&entry[8..16]);
            Section {
                name: String::from_utf8(entry[..4].to_vec()).unwrap(),
                item: number(&entry[4..8]),
                range: start..start + number(&entry[16..24]),
            }
        })
        .collect()
}

fn section(image: &[u8], name: &str) -> Section {
    sections(image).into_iter().find(|section| section.name == name).unwrap()
}

/// Every byte of the header and the section table, the first two items of each section, and `more`
/// random positions in each section.
fn positions(image: &[u8], more: usize) -> Vec<usize> {
    let sections = sections(image);
    let mut positions: Vec<usize> = (0..HEADER + sections.len() * ENTRY).collect();
    let mut numbers = Numbers(5);
    for section in &sections {
        positions.extend(section.range.clone().take(2 * section.item));
        for _ in 0..more {
            positions.push(section.range.start + numbers.below(section.range.len()));
        }
    }
    positions
}

#[test]
fn undamaged_images_open() {
    assert_eq!(crc32fast::hash(b"123456789"), 0xCBF4_3926);
    for format in FORMATS {
        let mut image = (format.image)().to_vec();
        assert!(open(format, image.clone(), &"undamaged"));
        repair(&mut image);
        assert_eq!(image, (format.image)(), "the checksum is that of the bytes from 28 on");
        assert!(sections(&image).iter().all(|section| section.range.end <= image.len()));
    }
}

#[test]
fn every_truncation_is_an_error() {
    for format in FORMATS {
        let image = (format.image)();
        let last = sections(image).last().unwrap().range.end;
        let step = (image.len() / if SLOW { 40 } else { 400 }).max(1);
        let start = HEADER + ENTRY * sections(image).len();
        let ends = (0..start).chain((start..image.len()).step_by(step)).chain(last.saturating_sub(2)..image.len());
        for end in ends {
            assert!(!open(format, image[..end].to_vec(), &format_args!("cut at {end}")));
            // With a corrected size and checksum, an image still opens if only zeros are cut off
            // its end. It does not open if more is cut off.
            if end >= HEADER {
                let mut image = image[..end].to_vec();
                image[16..24].copy_from_slice(&(end as u64).to_le_bytes());
                repair(&mut image);
                assert_eq!(open(format, image, &format_args!("cut at {end}, right header")), end >= last, "{end}");
            }
        }
        let mut longer = image.to_vec();
        longer.push(0);
        assert!(!open(format, longer, &"one byte more"));
    }
}

#[test]
fn every_flipped_bit_is_an_error() {
    for format in FORMATS {
        let image = (format.image)();
        for at in positions(image, if SLOW { 1 } else { 20 }) {
            for bit in (0..8).filter(|bit| !SLOW || (at + bit) % 4 == 0) {
                let mut image = image.to_vec();
                image[at] ^= 1 << bit;
                assert!(!open(format, image, &format_args!("byte {at} bit {bit}")));
            }
        }
    }
}

#[test]
fn flipped_bits_with_a_right_checksum_do_no_harm() {
    for format in FORMATS {
        let image = (format.image)();
        let mut opened = 0;
        for at in positions(image, if SLOW { 1 } else { 20 }) {
            for bit in (0..8).filter(|bit| !SLOW || (at + bit) % 8 == 0) {
                let mut image = image.to_vec();
                image[at] ^= 1 << bit;
                repair(&mut image);
                opened += usize::from(open(format, image, &format_args!("byte {at} bit {bit}, right checksum")));
            }
        }
        assert!(opened > 0, "some bits matter to no check");
    }
}

/// Damages single bits, spread over all cells. The filter lets every pair of characters through, so
/// that lookups reach every cell that they can.
#[test]
fn damaged_cells_with_a_right_checksum_do_no_harm() {
    for image in [&*SMALL, &*BROAD] {
        let mut image = image.clone();
        let pairs = section(&image, "pair").range;
        image[pairs].fill(0xff);
        let cells = section(&image, "cell").range;
        let step = (cells.len() * 8 / if SLOW { 60 } else { 8000 }) | 1;
        for bit in (0..cells.len() * 8).step_by(step) {
            let mut image = image.clone();
            image[cells.start + bit / 8] ^= 1 << (bit % 8);
            repair(&mut image);
            open(FORMATS[0], image, &format_args!("bit {bit} of the cells, all pairs let through, right checksum"));
        }
    }
}

/// Damages single bits, spread over the sorted words.
#[test]
fn damaged_words_with_a_right_checksum_do_no_harm() {
    for (format, name) in [(FORMATS[3], "ends"), (FORMATS[3], "text"), (FORMATS[4], "ends"), (FORMATS[4], "othr")] {
        let image = (format.image)();
        let words = section(image, name).range;
        let step = (words.len() * 8 / if SLOW { 400 } else { 20_000 }) | 1;
        for bit in (0..words.len() * 8).step_by(step) {
            let mut image = image.to_vec();
            image[words.start + bit / 8] ^= 1 << (bit % 8);
            repair(&mut image);
            open(format, image, &format_args!("bit {bit} of the words, right checksum"));
        }
    }
}

/// A word that ends with the code for characters outside of runs would cross the end of a text.
#[test]
fn no_word_goes_across_the_end_of_a_text() {
    /// Bytes of a cell: the base of its children, its label, its class, its word plus one, its mask
    /// of children.
    const CELL: usize = 16;
    for (class, word) in [(0u16, 0u32), (0, 1), (1, 1), (2, 7), (3, 0)] {
        let mut image = BROAD.clone();
        let pairs = section(&image, "pair").range;
        image[pairs].fill(0xff);
        let (codes, firsts) = (section(&image, "char").range.len() / 4, section(&image, "base").range);
        let cells = section(&image, "cell").range;
        let cell_count = cells.len() / CELL;
        let of_cells = image[cells.clone()].chunks(CELL).map(|cell| number(&cell[..4]));
        let mut bases: Vec<usize> =
            image[firsts].chunks(4).map(number).chain(of_cells).filter(|&base| base != 0).collect();
        assert!(bases.len() > 10, "{bases:?}");
        for base in bases.clone() {
            let free = (1..=cell_count - codes).rev().find(|free| !bases.contains(free)).unwrap_or(0);
            bases.push(free);
            let cell = cells.start + CELL * base;
            let child_base = if class == 0 { free as u32 } else { 0 };
            image[cell..cell + 4].copy_from_slice(&child_base.to_le_bytes());
            image[cell + 4..cell + 6].fill(0);
            image[cell + 6..cell + 8].copy_from_slice(&class.to_le_bytes());
            image[cell + 8..cell + 12].copy_from_slice(&word.to_le_bytes());
        }
        // Every prefix claims that any child may follow.
        image[cells].chunks_mut(CELL).for_each(|cell| cell[12..].fill(0xff));
        repair(&mut image);
        open(FORMATS[0], image, &format_args!("prefixes that end with a break, of class {class}, word {word}"));
    }
}

/// A cell that claims children but has none would lead lookups beyond the end of a text: an empty
/// cell would match as the child for the code for characters outside of runs.
#[test]
fn no_cell_has_children_without_a_place() {
    for (image, least) in [(&*SMALL, 1), (&*BROAD, 100)] {
        let cells = section(image, "cell").range;
        let places = cells.step_by(16).filter(|&at| number(&image[at..at + 4]) == 0).collect::<Vec<_>>();
        assert!(places.len() > least);
        for places in [&places[..1], &places[places.len() / 2..][..1], &places[places.len() - 1..], &places] {
            let mut image = image.clone();
            places.iter().for_each(|&at| image[at + 12..at + 16].fill(0xff));
            repair(&mut image);
            assert!(!open(FORMATS[0], image, &"children without a place"));
        }
    }
}

/// Sums of such weights could be infinite, and a route of infinite weight could end anywhere.
#[test]
fn no_word_has_a_weight_that_no_quotient_of_counts_has() {
    for weight in [f64::NEG_INFINITY, -1e300, -101.0, f64::NAN, 0.1] {
        let mut image = BROAD.clone();
        let weights = section(&image, "weig").range;
        // The first weight belongs to no word.
        image[weights.start + 8..weights.start + 16].copy_from_slice(&weight.to_le_bytes());
        repair(&mut image);
        assert!(!open(FORMATS[0], image, &format_args!("weight {weight}")));
    }
}

/// The code for the inside of pieces stands for no character, so an image that gives it a word is
/// refused.
#[test]
fn no_character_has_a_reserved_code_with_a_word() {
    for number in [0u32, 17, 18, 1 << 20, u32::MAX - 1, u32::MAX] {
        for (section_name, size) in [("base", 4), ("chwo", 4), ("chwe", 8)] {
            let mut image = SMALL.clone();
            for name in ["exac", "fold", "leaf"] {
                let codes = section(&image, name).range;
                for code in image[codes].chunks_mut(2).step_by(3) {
                    code.copy_from_slice(&3u16.to_le_bytes());
                }
            }
            let glue = section(&image, section_name).range.start + size * 3;
            image[glue..glue + 4].copy_from_slice(&number.to_le_bytes());
            repair(&mut image);
            open(FORMATS[0], image, &format_args!("characters with the code of glue, {section_name} {number}"));
        }
    }
}

/// A few of the images that `cargo run -p xtask -- mutate` makes by the million.
#[test]
fn crafted_images_do_no_harm() {
    for format in mutants::kinds() {
        let counts = mutants::try_mutants(format, if SLOW { 60 } else { 2000 }, 0).unwrap();
        assert!(counts.accepted > 0 && counts.refused > 0, "{}: {counts:?}", format.noun);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn damaged_numbers_with_a_right_checksum_do_no_harm(
        format in 0usize..FORMATS.len(),
        damage in prop::collection::vec(
            (
                any::<prop::sample::Index>(),
                any::<prop::sample::Index>(),
                prop_oneof![
                    3 => 0u64..8,
                    2 => 0u64..2000,
                    1 => any::<u64>(),
                    1 => prop::sample::select(vec![
                        0xff, 0xffff, 0xffff_ffff, u64::MAX, 1 << 63, f64::NAN.to_bits(), f64::INFINITY.to_bits(),
                        f64::NEG_INFINITY.to_bits(), (-1e308f64).to_bits(), (-1.0f64).to_bits(), 1,
                    ]),
                ],
                any::<bool>(),
            ),
            1..6,
        ),
        all_pairs: bool,
    ) {
        let format = FORMATS[format];
        let mut image = (format.image)().to_vec();
        let sections = sections(&image);
        if let Some(pairs) = sections.iter().find(|section| section.name == "pair" && all_pairs) {
            image[pairs.range.clone()].fill(0xff);
        }
        for (section, item, value, half) in &damage {
            let section = section.get(&sections);
            let item_at = section.range.start + item.index(section.range.len() / section.item) * section.item;
            // For a cell, damages one of its numbers.
            let (offset, size) = match (section.name.as_str(), half) {
                ("cell", true) => (6, 8),
                ("cell", false) => (0, 4),
                _ => (0, section.item.min(8)),
            };
            image[item_at + offset..item_at + offset + size].copy_from_slice(&value.to_le_bytes()[..size]);
        }
        repair(&mut image);
        open(format, image, &format_args!("{damage:?}"));
    }

    #[test]
    fn a_damaged_table_with_a_right_checksum_does_no_harm(
        format in 0usize..FORMATS.len(),
        entries in prop::collection::vec((any::<prop::sample::Index>(), 1usize..6, 0u64..200_000, any::<bool>()), 1..3),
    ) {
        let format = FORMATS[format];
        let mut image = (format.image)().to_vec();
        let count = sections(&image).len();
        for (entry, field, value, aligned) in &entries {
            let at = HEADER + entry.index(count) * ENTRY + 4 * field;
            let value = if *aligned { value & !7 } else { *value } as u32;
            image[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        repair(&mut image);
        open(format, image, &format_args!("{entries:?}"));
    }

    #[test]
    fn random_bytes_are_an_error(
        format in 0usize..FORMATS.len(),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        with_header: bool,
    ) {
        let format = FORMATS[format];
        let mut bytes = bytes;
        if with_header && bytes.len() >= HEADER {
            bytes[..16].copy_from_slice(&(format.image)()[..16]);
            let size = bytes.len() as u64;
            bytes[16..24].copy_from_slice(&size.to_le_bytes());
            bytes[28] %= 16;
            bytes[29..32].fill(0);
            repair(&mut bytes);
        }
        prop_assert!(!open(format, bytes, &"random bytes"));
    }
}

#[test]
fn an_image_of_another_kind_is_an_error_that_says_so() {
    let kinds = ["lexi", "hmm ", "tagr", "docf", "idf "];
    // A dictionary with users' words is a dictionary, too.
    let formats = &FORMATS[..kinds.len()];
    for (expected, format) in formats.iter().enumerate() {
        for (found, other) in formats.iter().enumerate().filter(|(found, _)| *found != expected) {
            // Document frequencies can be opened as an IDF table, too.
            if (kinds[expected], kinds[found]) == ("idf ", "docf") {
                assert!((format.open)((other.image)().to_vec()).is_ok());
                continue;
            }
            let error = (format.open)((other.image)().to_vec()).unwrap_err().to_string();
            assert!(error.contains(&format!("expected kind {:?}", kinds[expected])), "{error}");
            assert!(error.contains(&format!("found {:?}", kinds[found])), "{error}");
        }
    }
}

#[test]
fn the_embedded_images_are_valid_and_cut_as_before() {
    let embedded = Segmenter::new();
    let dictionary = Dictionary::from_bytes(Dictionary::embedded().to_bytes().to_vec()).unwrap();
    let hmm = HmmModel::from_bytes(HmmModel::embedded().to_bytes().into_owned()).unwrap();
    let tags = TagModel::from_bytes(TagModel::embedded().to_bytes().into_owned()).unwrap();
    assert_eq!(dictionary.shared_len(), 349_045);
    assert_eq!(dictionary.to_bytes(), Dictionary::embedded().to_bytes());
    let opened = Segmenter::builder().dictionary(dictionary).hmm_model(hmm).tag_model(tags).build();
    for (name, text) in articles() {
        assert!(opened.tag(&text).eq(embedded.tag(&text)), "{name}");
        assert!(opened.cut_all(&text).eq(embedded.cut_all(&text)), "{name}");
        assert!(opened.cut_for_search(&text).eq(embedded.cut_for_search(&text)), "{name}");
    }
}

/// Lines that are almost valid for a loader.
fn lines() -> impl Strategy<Value = String> {
    let word = prop_oneof!["[中国a，]{0,3}", ".{0,3}"];
    let value = prop_oneof![
        "[0-9]{1,3}",
        "-[0-9]\\.[0-9]",
        "-?[0-9]{18,22}",
        Just("NaN".to_owned()),
        Just("-inf".to_owned()),
        Just("1e999".to_owned()),
        Just("-3.14e100".to_owned()),
        ".{0,4}"
    ];
    let line = prop_oneof![
        3 => (word.clone(), value.clone(), "[a-z]{0,3}").prop_map(|(word, value, tag)| format!("{word} {value} {tag}")),
        1 => prop::collection::vec((word, value.clone()), 1..5)
            .prop_map(|pairs| pairs.iter().map(|(word, value)| format!("{word}:{value},")).collect::<String>()),
        1 => prop::sample::select(vec!["@TAGS", "@START", "@TRANS", "@EMIT", "@CHAR_STATE", "@", "#", "", "\u{feff}"])
            .prop_map(str::to_owned),
        1 => "[0-4],[0-9]{1,2}(,-[0-9]|\\|[0-4],[0-9]{1,2},-[0-9]|\\|中,-[0-9]){0,3}",
        1 => ".{0,12}",
    ];
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if SLOW { 6 } else { 200 }, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_a_text_form_or_an_error(text in prop_oneof![lines(), "(?s).{0,60}"]) {
        let small = Dictionary::from_bytes(SMALL.clone()).unwrap();
        let count = text.lines().count() as u64;
        let results = [
            Dictionary::builder().parse(&text).and_then(|builder| builder.build()).map(exercise_dictionary),
            Idf::parse(&text, &small).map(|idf| assert!(idf.of_unknown().is_finite())),
        ];
        for error in results.into_iter().filter_map(Result::err) {
            let message = error.to_string();
            prop_assert!(!message.contains('\n'), "{:?}", message);
            if let Some(line) = error.line() {
                prop_assert!((1..=count).contains(&line), "{}", message);
                prop_assert!(message.starts_with(&format!("line {line}: ")), "{}", message);
            }
        }
    }

    #[test]
    fn what_was_parsed_is_a_valid_image(
        words in prop::collection::vec(("[^\\s\\pC]{1,4}", 0u32..1000), 1..12),
    ) {
        let text: String = words.iter().map(|(word, frequency)| format!("{word} {frequency} n\r\n")).collect();
        let dictionary = Dictionary::builder().parse(&text).unwrap().build().unwrap();
        prop_assert!(Dictionary::from_bytes(dictionary.to_bytes().to_vec()).is_ok(), "{}", text);
    }

    #[test]
    fn an_error_names_the_line(good in 0usize..20, bad in 0usize..4) {
        let (bad, small) = (["中国", "中国 many n", "中国 -1 n", "中国 3 a-tag-that-is-far-too-long"][bad],
            Dictionary::from_bytes(SMALL.clone()).unwrap());
        let text = format!("{}{bad}\n人 2 n\n", "人 2 n\n\n".repeat(good));
        let error = Dictionary::builder().parse(&text).unwrap_err();
        prop_assert_eq!(error.line(), Some(2 * good as u64 + 1), "{}", error);
        let text = format!("{}人 x\n", "人 2.5\n\r\n".repeat(good));
        let error = Idf::parse(&text, &small).unwrap_err();
        prop_assert_eq!(error.line(), Some(2 * good as u64 + 1), "{}", error);
    }
}
