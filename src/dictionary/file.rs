//! The file of a dictionary: its image, or, with users' words, a file that holds two.

use std::ops::Range;

use crate::Error;
use crate::storage::bytes::Bytes;
use crate::storage::image::{self, Kind, Reader, Trust, Writer};

const KIND: Kind = Kind { name: *b"both", version: 5, noun: "a fenci dictionary with users' words" };

const BASE: &[u8; 4] = b"base";
const USER: &[u8; 4] = b"user";

/// The file of a dictionary's image and that of the words over it.
pub(super) fn join(base: &[u8], user: &[u8]) -> Vec<u8> {
    let mut file = Writer::new(KIND);
    file.bytes(BASE, base.to_vec());
    file.bytes(USER, user.to_vec());
    file.finish()
}

/// Where in a file the dictionary's image is, and where that of the words over it, if it has any.
pub(super) fn parts(bytes: &Bytes, trust: Trust) -> Result<(Range<usize>, Option<Range<usize>>), Error> {
    if image::kind_of(bytes) != Some(&KIND.name) {
        return Ok((0..bytes.len(), None));
    }
    let reader = Reader::open(bytes, KIND, trust)?;
    Ok((reader.section(BASE, 1)?, Some(reader.section(USER, 1)?)))
}
