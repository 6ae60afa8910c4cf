//! The container of every compiled file: a header, a table of sections, and the sections.
//!
//! All numbers are little endian. Sections start at multiples of eight bytes, in the order of the
//! table, without overlap. The bytes between them are zero. [`Writer`] puts items of sixteen bytes
//! at multiples of sixteen, so that no such item lies in two cache lines.
//!
//! | bytes | what |
//! |---|---|
//! | 0..8 | magic `\x89fenci\r\n`, which a transfer in text mode would damage |
//! | 8..12 | kind of the file, four ASCII letters |
//! | 12..16 | version of that kind |
//! | 16..24 | size of the whole file |
//! | 24..28 | CRC-32 of everything from byte 28 on |
//! | 28..32 | number of sections |
//! | 32.. | by section: name (4 ASCII letters), item size (4), offset (8), size in bytes (8) |
//!
//! Validation follows this order: minimum size, magic, kind, version, declared size, section table,
//! checksum. No allocation depends on an unchecked number from the file.

use std::ops::Range;

use crate::error::{Error, ErrorKind};
use crate::numbers::fits;
use crate::storage::bytes::Bytes;

const MAGIC: [u8; 8] = *b"\x89fenci\r\n";
const HEADER: usize = 32;
const ENTRY: usize = 24;
/// The offset of the file's size.
const SIZE: usize = 16;
/// The offset of the checksummed part.
const SUMMED: usize = 28;
const MAX_SECTIONS: usize = 64;

/// The kind of a file, and the version of it that this code reads.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) name: [u8; 4],
    pub(crate) version: u32,
    /// The noun for messages: "a dictionary image".
    pub(crate) noun: &'static str,
}

pub(crate) struct Writer {
    kind: Kind,
    sections: Vec<([u8; 4], u32, Vec<u8>)>,
}

impl Writer {
    pub(crate) fn new(kind: Kind) -> Writer {
        Writer { kind, sections: Vec::new() }
    }

    pub(crate) fn bytes(&mut self, name: &[u8; 4], bytes: Vec<u8>) {
        self.sections.push((*name, 1, bytes));
    }

    /// Adds a section of numbers, each given as its little endian bytes.
    pub(crate) fn items<const N: usize>(&mut self, name: &[u8; 4], items: impl IntoIterator<Item = [u8; N]>) {
        let mut items = items.into_iter();
        self.push_items(name, &mut || items.next());
    }

    /// Adds the section. This is compiled once for each item size, and not for each iterator.
    fn push_items<const N: usize>(&mut self, name: &[u8; 4], next: &mut dyn FnMut() -> Option<[u8; N]>) {
        let mut bytes = Vec::new();
        while let Some(item) = next() {
            bytes.extend_from_slice(&item);
        }
        self.sections.push((*name, fits(N), bytes));
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        let count: u32 = fits(self.sections.len());
        // The size and the checksum of the file are written last.
        let mut file = [&MAGIC[..], &self.kind.name, &self.kind.version.to_le_bytes(), &[0; 12]].concat();
        file.extend(count.to_le_bytes());
        let align = |end: usize, item: u32| end.next_multiple_of(if item == 16 { 16 } else { 8 });
        let mut end = HEADER + ENTRY * self.sections.len();
        for (name, item, bytes) in &self.sections {
            end = align(end, *item);
            file.extend(name);
            file.extend(item.to_le_bytes());
            file.extend((end as u64).to_le_bytes());
            file.extend((bytes.len() as u64).to_le_bytes());
            end += bytes.len();
        }
        end = align(end, 0);
        file.reserve_exact(end - file.len());
        for (_, item, bytes) in self.sections {
            file.resize(align(file.len(), item), 0);
            file.extend(bytes);
        }
        file.resize(end, 0);
        file[SIZE..SIZE + 8].copy_from_slice(&(end as u64).to_le_bytes());
        let sum = crc32fast::hash(&file[SUMMED..]);
        file[SUMMED - 4..SUMMED].copy_from_slice(&sum.to_le_bytes());
        file
    }
}

/// Returns whether `bytes` begin like a file of this container. Text in UTF-8 never does.
pub(crate) fn has_magic(bytes: &[u8]) -> bool {
    bytes.first() == Some(&MAGIC[0])
}

/// Returns the kind of file that `bytes` declare.
pub(crate) fn kind_of(bytes: &[u8]) -> Option<&[u8]> {
    bytes.get(8..12)
}

/// The section table of a file whose container is valid.
pub(crate) struct Reader<'a> {
    kind: Kind,
    bytes: &'a [u8],
    sections: Vec<([u8; 4], u32, Range<usize>)>,
}

impl<'a> Reader<'a> {
    pub(crate) fn open(file: &'a Bytes, kind: Kind) -> Result<Reader<'a>, Error> {
        let noun = kind.noun;
        let bad = |what: String| Error::of_kind(ErrorKind::Image, format!("not {noun}: {what}"));
        if file.len() < HEADER {
            return Err(bad(format!("expected at least {HEADER} bytes, found {}", file.len())));
        }
        if file[..8] != MAGIC {
            return Err(bad("its first eight bytes are not fenci's magic".into()));
        }
        if file[8..12] != kind.name {
            let found = String::from_utf8_lossy(&file[8..12]).into_owned();
            let expected = String::from_utf8_lossy(&kind.name).into_owned();
            return Err(bad(format!("expected kind {expected:?}, found {found:?}")));
        }
        let version = u32_at(file, 12);
        if version != kind.version {
            let versions = format!("expected version {}, found {version}", kind.version);
            let cure = "compile it again from its source with this version of fenci";
            return Err(Error::of_kind(ErrorKind::Version, format!("not {noun}: {versions}; {cure}")));
        }
        let size = u64_at(file, SIZE);
        if size != file.len() as u64 {
            return Err(bad(format!("it says it has {size} bytes, but {} were given; was it cut short?", file.len())));
        }
        let count = u32_at(file, 28) as usize;
        let start = HEADER + ENTRY * count.min(MAX_SECTIONS);
        if count > MAX_SECTIONS || start > file.len() {
            return Err(bad(format!("a table of {count} sections does not fit it")));
        }
        let mut sections = Vec::with_capacity(count);
        let mut free = start as u64;
        for entry in file[HEADER..start].chunks_exact(ENTRY) {
            let name = [entry[0], entry[1], entry[2], entry[3]];
            let (item, offset, size) = (u32_at(entry, 4), u64_at(entry, 8), u64_at(entry, 16));
            let shown = String::from_utf8_lossy(&name).into_owned();
            let end = offset.checked_add(size).filter(|&end| end <= file.len() as u64);
            let Some(end) = end.filter(|_| offset >= free && offset % 8 == 0) else {
                return Err(bad(format!("section {shown:?} is not where a section can be")));
            };
            if item == 0 || size % u64::from(item) != 0 {
                return Err(bad(format!("section {shown:?} is no whole number of items of {item} bytes")));
            }
            free = end;
            sections.push((name, item, fits(offset)..fits(end)));
        }
        if !file.are_embedded() {
            verify(file).map_err(bad)?;
        }
        Ok(Reader { kind, bytes: file, sections })
    }

    pub(crate) fn has(&self, name: &[u8; 4]) -> bool {
        self.sections.iter().any(|section| section.0 == *name)
    }

    /// Returns the section `name`, with items of `item` bytes.
    pub(crate) fn section(&self, name: &[u8; 4], item: u32) -> Result<Range<usize>, Error> {
        let shown = String::from_utf8_lossy(name);
        match self.sections.iter().find(|section| section.0 == *name) {
            Some((_, found, range)) if *found == item => Ok(range.clone()),
            Some((_, found, _)) => {
                Err(self.bad(format!("section {shown:?}: expected items of {item} bytes, found {found}")))
            }
            None => Err(self.bad(format!("section {shown:?} is missing"))),
        }
    }

    /// Returns the sections with these names and item sizes.
    pub(crate) fn sections<const N: usize>(&self, forms: [(&[u8; 4], u32); N]) -> Result<[Range<usize>; N], Error> {
        let mut sections = [const { 0..0 }; N];
        for (section, (name, item)) in sections.iter_mut().zip(forms) {
            *section = self.section(name, item)?;
        }
        Ok(sections)
    }

    /// Returns the numbers of the section `name`. `count` is their number in words, for an error.
    pub(crate) fn numbers<const N: usize>(&self, name: &[u8; 4], count: &str) -> Result<[u64; N], Error> {
        let numbers: Result<[[u8; 8]; N], _> = bytemuck::cast_slice(self.slice(&self.section(name, 8)?)).try_into();
        let what = || format!("expected {count} numbers in its section {:?}", String::from_utf8_lossy(name));
        Ok(numbers.map_err(|_| self.bad(what()))?.map(u64::from_le_bytes))
    }

    pub(crate) fn slice(&self, range: &Range<usize>) -> &'a [u8] {
        &self.bytes[range.clone()]
    }

    pub(crate) fn bad(&self, what: impl std::fmt::Display) -> Error {
        Error::of_kind(ErrorKind::Image, format!("not {}: {what}", self.kind.noun))
    }

    /// Returns an error with `what` unless `holds`.
    pub(crate) fn check(&self, holds: bool, what: &str) -> Result<(), Error> {
        if holds { Ok(()) } else { Err(self.bad(what)) }
    }
}

/// Returns `what` as an error unless `holds`, while a file is validated.
pub(crate) fn check(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

/// Compares the checksum of the file in `bytes` with the declared one.
pub(crate) fn verify(bytes: &[u8]) -> Result<(), String> {
    let (expected, found) = (fingerprint(bytes), crc32fast::hash(&bytes[SUMMED..]));
    match expected == found {
        true => Ok(()),
        false => Err(format!("expected checksum {expected:08x}, found {found:08x}; it is damaged")),
    }
}

/// Returns the declared checksum of the file in `bytes`, by which other files refer to it.
pub(crate) fn fingerprint(bytes: &[u8]) -> u32 {
    u32_at(bytes, SUMMED - 4)
}

/// Gives a damaged file the checksum that fits its bytes.
#[cfg(test)]
pub(crate) fn repair(file: &mut [u8]) {
    let sum = crc32fast::hash(&file[SUMMED..]);
    file[SUMMED - 4..SUMMED].copy_from_slice(&sum.to_le_bytes());
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Kind = Kind { name: *b"TEST", version: 3, noun: "a test image" };

    fn image() -> Vec<u8> {
        let mut writer = Writer::new(KIND);
        writer.bytes(b"ABCD", vec![1, 2, 3]);
        writer.items(b"NUMS", [7u16.to_le_bytes(), 9u16.to_le_bytes()]);
        writer.finish()
    }

    fn open(bytes: Vec<u8>) -> Result<(), Error> {
        let bytes = Bytes::from(bytes);
        let reader = Reader::open(&bytes, KIND)?;
        assert_eq!(reader.slice(&reader.section(b"ABCD", 1)?), [1, 2, 3]);
        assert_eq!(reader.slice(&reader.section(b"NUMS", 2)?), [7, 0, 9, 0]);
        assert!(reader.section(b"NUMS", 4).is_err());
        assert!(reader.section(b"NONE", 1).is_err());
        Ok(())
    }

    #[test]
    fn what_was_written_is_read() {
        open(image()).unwrap();
    }

    #[test]
    fn every_truncation_is_an_error() {
        let image = image();
        for size in 0..image.len() {
            assert!(open(image[..size].to_vec()).is_err(), "{size}");
        }
    }

    #[test]
    fn every_flipped_bit_is_an_error() {
        let image = image();
        for at in 0..image.len() {
            for bit in 0..8 {
                let mut damaged = image.clone();
                damaged[at] ^= 1 << bit;
                assert!(open(damaged).is_err(), "byte {at} bit {bit}");
            }
        }
    }

    #[test]
    fn a_section_outside_the_file_is_an_error_even_with_a_right_checksum() {
        for (offset, size) in [(8u64, 3u64), (u64::MAX, 3), (80, u64::MAX), (81, 3), (1 << 40, 1 << 40)] {
            let mut damaged = image();
            damaged[40..48].copy_from_slice(&offset.to_le_bytes());
            damaged[48..56].copy_from_slice(&size.to_le_bytes());
            repair(&mut damaged);
            assert!(open(damaged).is_err(), "{offset} {size}");
        }
    }
}
