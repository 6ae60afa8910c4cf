//! The file of a dictionary: its image, or, with users' words, a file that holds two.

use std::ops::Range;

use crate::Error;
use crate::storage::image::{self, Kind, Reader, Trust, Writer};

const KIND: Kind = Kind { name: *b"both", version: 1, noun: "a fenci dictionary with users' words" };

const BASE: &[u8; 4] = b"base";
const USER: &[u8; 4] = b"user";

/// The file of a dictionary's image and that of the words over it.
pub(super) fn join(base: &[u8], user: Vec<u8>) -> Vec<u8> {
    let mut file = Writer::new(KIND);
    file.bytes(BASE, base.to_vec());
    file.bytes(USER, user);
    file.finish()
}

/// Where the dictionary lies in a file, and the words over it.
pub(super) type Parts = (Range<usize>, Range<usize>);

/// Where in a file that holds two the dictionary's image is, and where that of the words over it.
pub(super) fn parts(bytes: &[u8]) -> Result<Option<Parts>, Error> {
    if image::kind_of(bytes) != Some(&KIND.name) {
        return Ok(None);
    }
    let reader = Reader::open(bytes, KIND, Trust::None)?;
    Ok(Some((reader.section(BASE, 1)?, reader.section(USER, 1)?)))
}
