//! Writes the container of compiled files, which `src/storage/image.rs` of the library describes.

use oracle::images::{ENTRY, HEADER, repair};

/// A section: its name, the bytes of an item, and the items.
pub(super) type Section = (&'static [u8; 4], u32, Vec<u8>);

/// Returns a file of version 1 of this kind.
pub(super) fn image(kind: &[u8; 4], sections: &[Section]) -> Vec<u8> {
    let start = HEADER + ENTRY * sections.len();
    let (mut table, mut content) = (Vec::new(), Vec::new());
    for (name, item, bytes) in sections {
        table.extend_from_slice(*name);
        table.extend(item.to_le_bytes());
        table.extend(((start + content.len()) as u64).to_le_bytes());
        table.extend((bytes.len() as u64).to_le_bytes());
        content.extend(bytes);
        content.resize(content.len().next_multiple_of(8), 0);
    }
    let size = ((start + content.len()) as u64).to_le_bytes();
    let count = (sections.len() as u32).to_le_bytes();
    let mut file =
        [b"\x89fenci\r\n", &kind[..], &1u32.to_le_bytes(), &size, &[0; 4], &count, &table, &content].concat();
    repair(&mut file);
    file
}

/// Returns numbers as the items of a section.
pub(super) fn floats<'n>(numbers: impl IntoIterator<Item = &'n f64>) -> Vec<u8> {
    numbers.into_iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Returns the two sections that lead from characters to rows. The sorted `chars` have the rows
/// from 1 on, and all others have row 0.
pub(super) fn rows(chars: &[char]) -> Result<[Section; 2], String> {
    const PAGE: u32 = 256;
    if chars.len() >= usize::from(u16::MAX) {
        return Err(format!("expected at most {} characters, found {}", u16::MAX - 1, chars.len()));
    }
    let row_of = |c: u32| char::from_u32(c).and_then(|c| chars.binary_search(&c).ok()).map_or(0, |row| row as u16 + 1);
    let mut leaves: Vec<Vec<u16>> = Vec::new();
    let mut index: Vec<u16> = Vec::new();
    for page in 0..0x11_0000 / PAGE {
        let leaf: Vec<u16> = (page * PAGE..(page + 1) * PAGE).map(row_of).collect();
        let known = leaves.iter().position(|known| *known == leaf);
        index.push(known.unwrap_or(leaves.len()) as u16);
        if known.is_none() {
            leaves.push(leaf);
        }
    }
    let bytes = |numbers: Vec<u16>| numbers.into_iter().flat_map(u16::to_le_bytes).collect();
    Ok([(b"indx", 2, bytes(index)), (b"leaf", 2, bytes(leaves.concat()))])
}
