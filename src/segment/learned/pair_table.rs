//! Rows of weights for pairs of symbols: a perfect hash table, which finds a pair's row with one
//! lookup.
//!
//! The hash of a pair selects a bucket. Each bucket has a seed, found when the table is built, that
//! sends its pairs to places that no other pair has. The table takes half as much memory as open
//! addressing. It also needs no loop whose number of steps is unpredictable.

use super::row::{NEUTRAL, NO_WEIGHTS, Row};
use crate::error::Error;
use crate::numbers::low;
use crate::order::order;
use crate::storage::bytes::U16s;
use crate::storage::image::Writer;

/// The key of a place without a pair. No symbol is as great.
const NOBODY: u32 = u32::MAX;
/// The average number of pairs in a bucket. A greater number makes the table smaller and slower to
/// build.
const PAIRS_PER_BUCKET: usize = 4;

/// A table as loops read it.
#[derive(Clone, Copy)]
pub(super) struct PairTable<'m> {
    /// The seeds, by bucket.
    seeds: U16s<'m>,
    /// Each place is the pair, or [`NOBODY`], and its row. They are stored together, so that a
    /// lookup costs one cache miss. The last place never has a pair, so that even a table without
    /// pairs has a place.
    places: &'m [PairPlace],
}

/// The number of bytes of a place: four of the pair, then its row.
const PLACE: usize = 12;
type PairPlace = [u8; PLACE];

#[inline(always)]
fn key(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

#[inline(always)]
fn hash(first: u16, second: u16) -> u64 {
    (u64::from(key(first, second)) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Returns the bucket of a pair. `buckets`, their number, is a power of two.
#[inline(always)]
fn bucket(hash: u64, buckets: usize) -> usize {
    low::<usize, _>(hash >> 40) & (buckets - 1)
}

/// Returns the place to which a seed sends a pair. `places` is the number of places.
#[inline(always)]
fn place(hash: u64, seed: u16, places: usize) -> u32 {
    let mixed = (low::<u32, _>(hash >> 8) ^ u32::from(seed)).wrapping_mul(0x85EB_CA6B);
    low((u64::from(mixed) * places as u64) >> 32)
}

impl<'m> PairTable<'m> {
    /// Returns a table without pairs.
    pub(super) fn none() -> PairTable<'m> {
        const NO_PAIR: &[PairPlace] =
            &[[255, 255, 255, 255, NEUTRAL, NEUTRAL, NEUTRAL, NEUTRAL, NEUTRAL, NEUTRAL, NEUTRAL, NEUTRAL]];
        PairTable { seeds: U16s::new(&[0, 0]), places: NO_PAIR }
    }

    /// Writes a table of `pairs`, each once, with their rows. Rows with nothing but [`NEUTRAL`] are
    /// left out.
    pub(super) fn write(image: &mut Writer, pairs: impl Iterator<Item = ([u16; 2], Row)>) -> Result<(), Error> {
        let pairs: Vec<_> = pairs.filter(|(_, row)| *row != NO_WEIGHTS).collect();
        let bucket_count = (pairs.len() / PAIRS_PER_BUCKET).next_power_of_two();
        let places = pairs.len() + pairs.len() / 16 + 1;
        let mut buckets: Vec<Vec<usize>> = vec![Vec::new(); bucket_count];
        for (number, &([first, second], _)) in pairs.iter().enumerate() {
            buckets[bucket(hash(first, second), bucket_count)].push(number);
        }
        let mut seeds = vec![0u16; bucket_count];
        let mut table = vec![(NOBODY, NO_WEIGHTS); places + 1];
        let mut taken = Vec::new();
        for bucket in order(bucket_count, &|a, b| buckets[b].len().cmp(&buckets[a].len())) {
            let fitting = (0..=u16::MAX).find(|&seed| {
                taken.clear();
                buckets[bucket].iter().all(|&number| {
                    let [first, second] = pairs[number].0;
                    let place = place(hash(first, second), seed, places) as usize;
                    let is_free = table[place].0 == NOBODY && !taken.contains(&place);
                    taken.push(place);
                    is_free
                })
            });
            seeds[bucket] = fitting.ok_or_else(|| Error::new("expected each pair of symbols once, found one twice"))?;
            for (&number, &place) in buckets[bucket].iter().zip(&taken) {
                let ([first, second], row) = pairs[number];
                table[place] = (key(first, second), row);
            }
        }
        image.items(b"psee", seeds.into_iter().map(u16::to_le_bytes));
        let bytes = |(key, row): (u32, Row)| {
            let key = key.to_le_bytes();
            std::array::from_fn::<u8, PLACE, _>(|at| if at < 4 { key[at] } else { row[at - 4] })
        };
        image.items(b"pair", table.into_iter().map(bytes));
        Ok(())
    }

    pub(super) fn new(seeds: &'m [u8], places: &'m [u8]) -> PairTable<'m> {
        PairTable { seeds: U16s::new(seeds), places: bytemuck::cast_slice(places) }
    }

    /// Returns `true` if every lookup stays inside the table.
    pub(super) fn is_sound(self) -> bool {
        self.seeds.len().is_power_of_two() && self.places.len() > 1 && u32::try_from(self.places.len()).is_ok()
    }

    /// Returns the place of a pair's row, if the pair has one. This reads only the seeds, which
    /// stay in the cache.
    #[inline(always)]
    pub(super) fn place(self, first: u16, second: u16) -> u32 {
        let hash = hash(first, second);
        place(hash, self.seeds.at(bucket(hash, self.seeds.len())), self.places.len() - 1)
    }

    /// Returns the row at `place`, and a mask: all ones if the row is that of this pair, 0 if the
    /// pair has no row. Nothing branches on this, since it is unpredictable which pairs have rows.
    #[inline(always)]
    pub(super) fn row(self, place: u32, first: u16, second: u16) -> (Row, Row) {
        let [a, b, c, d, row @ ..] = self.places[place as usize];
        let is_there = u8::from(u32::from_le_bytes([a, b, c, d]) == key(first, second));
        (row, [is_there.wrapping_neg(); 8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::bytes::Bytes;
    use crate::storage::image::{Kind, Reader};

    #[test]
    fn every_pair_has_its_row_and_no_other_has() {
        const KIND: Kind = Kind { name: *b"TEST", version: 1, noun: "a test image" };
        let pairs = (0..4000u16).map(|n| ([n % 63, n / 7], [n as u8 | 1, (n >> 8) as u8, 9, 9, 9, 9, 9, 9]));
        let mut image = Writer::new(KIND);
        PairTable::write(&mut image, pairs.clone()).unwrap();
        let bytes = Bytes::from(image.finish());
        let reader = Reader::open(&bytes, KIND).unwrap();
        let [seeds, places] =
            bytes.slices(&reader.sections([(b"psee", 2), (b"pair", 12)]).unwrap()).map(<[u8]>::to_vec);
        let table = PairTable::new(&seeds, &places);
        assert!(table.is_sound());
        let row = |[first, second]: [u16; 2]| table.row(table.place(first, second), first, second);
        assert!(pairs.clone().all(|(pair, expected)| row(pair) == (expected, [u8::MAX; 8])));
        let known: Vec<_> = pairs.map(|(pair, _)| pair).collect();
        let others = (0..700u16).map(|n| [n % 70, n]).filter(|pair| !known.contains(pair));
        assert!(others.into_iter().all(|pair| row(pair).1 == [0; 8]));
    }
}
