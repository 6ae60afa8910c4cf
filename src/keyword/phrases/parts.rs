//! The different terms of a text as parts of sequences.

use std::hash::BuildHasher;

use super::items::{Pair, Seen};
use crate::keyword::terms::{Distinct, Terms};

/// Characters in nearly all words.
const MOST_CHARS: usize = 4;
/// What begins a character of three bytes, and the bits that say it.
const OF_THREE: u32 = 0xE0_0000;
const LEAD: u32 = 0xF0_0000;

/// A term as part of sequences.
#[derive(Clone, Copy, Default)]
pub(super) struct Part {
    /// A polynomial whose coefficients are its characters, the last one that of the power 0.
    pub(super) hash: u64,
    /// What the hash of what stands before it is multiplied with.
    shift: u64,
    /// Its first character and its last one, as the numbers that their bytes are.
    first: u32,
    last: u32,
    pub(super) chars: u32,
    /// The sequence of this word alone, or [`NONE`](super::candidates::NONE).
    pub(super) alone: u32,
}

impl Part {
    /// The hash of what has `hash` and then this.
    #[inline]
    pub(super) fn hash_after(&self, hash: u64) -> u64 {
        hash.wrapping_mul(self.shift).wrapping_add(self.hash)
    }

    /// The characters that meet where `next` follows.
    #[inline]
    pub(super) fn pair(&self, next: &Part) -> Pair {
        Pair(self.last, next.first)
    }
}

/// What parts are hashed with: the powers of the place at which polynomials are taken.
pub(super) struct Hasher {
    powers: [u64; MOST_CHARS + 1],
}

impl Hasher {
    pub(super) fn new() -> Hasher {
        // Nobody can write a text whose sequences have all the same hash.
        let base = foldhash::fast::RandomState::default().hash_one(0) | 1;
        let mut next = 1u64;
        let power = |_| {
            let power = next;
            next = next.wrapping_mul(base);
            power
        };
        Hasher { powers: std::array::from_fn(power) }
    }

    /// A part; the pairs of its characters are added to `seen` as often as they can be needed there.
    #[inline]
    pub(super) fn part(&self, terms: &Terms<'_>, distinct: &Distinct, seen: &mut Seen) -> Part {
        let common = terms.end_of(distinct).and_then(|(bytes, end)| self.common(bytes, end, seen));
        let part = common.unwrap_or_else(|| self.any(terms.text_of(distinct), seen));
        Part { chars: distinct.chars, ..part }
    }

    /// A part of so many bytes, if it has one to four characters of three bytes each; `end` is the text up to its end.
    #[inline]
    fn common(&self, bytes: usize, end: [u8; 16], seen: &mut Seen) -> Option<Part> {
        let chars = bytes / 3;
        if bytes == 0 || bytes > 3 * MOST_CHARS || bytes % 3 != 0 {
            return None;
        }
        let [.., a, b, c, d, e, f, g, h, i, j, k, l] = end;
        // Before the first character there is nothing, which changes no polynomial.
        let char = |at: usize, bytes: [u8; 3]| {
            let [first, second, third] = bytes;
            u32::from_be_bytes([0, first, second, third]) & (u32::from(at >= chars).wrapping_sub(1))
        };
        let text = [char(0, [j, k, l]), char(1, [g, h, i]), char(2, [d, e, f]), char(3, [a, b, c])];
        let are_common = text.iter().all(|&char| (char ^ OF_THREE) & LEAD == 0 || char == 0);
        if !are_common {
            return None;
        }
        let hash = text
            .iter()
            .zip(self.powers)
            .fold(0u64, |hash, (&char, power)| hash.wrapping_add(u64::from(char).wrapping_mul(power)));
        for at in 1..chars {
            seen.add_twice(Pair(text[at], text[at - 1]));
        }
        Some(Part { hash, shift: self.powers[chars], first: text[chars - 1], last: text[0], chars: 0, alone: 0 })
    }

    #[inline(never)]
    fn any(&self, text: &str, seen: &mut Seen) -> Part {
        let mut part = Part { shift: 1, ..Part::default() };
        for c in text.chars() {
            let bytes = c.encode_utf8(&mut [0; 4]).bytes().fold(0, |bytes, byte| bytes << 8 | u32::from(byte));
            part.hash = part.hash.wrapping_mul(self.powers[1]).wrapping_add(bytes.into());
            part.shift = part.shift.wrapping_mul(self.powers[1]);
            match part.first {
                0 => part.first = bytes,
                _ => seen.add_twice(Pair(part.last, bytes)),
            }
            part.last = bytes;
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(text: &str) -> [u8; 16] {
        *format!("0123456789abcdef{text}").as_bytes().last_chunk().unwrap()
    }

    #[test]
    fn common_words_get_what_any_words_get() {
        let hasher = Hasher::new();
        for (before, text) in [("，然后", "软"), ("，以后又", "会议"), ("x", "数据中"), ("xxxx", "星际之门")]
        {
            let (mut seen, mut same) = (Seen::default(), Seen::default());
            seen.reset(99);
            same.reset(99);
            let common = hasher.common(text.len(), end(&format!("{before}{text}")), &mut seen).unwrap();
            let any = hasher.any(text, &mut same);
            let all = |part: &Part| (part.hash, part.shift, part.first, part.last);
            assert_eq!(all(&common), all(&any), "{text}");
            assert_eq!(seen, same, "{text}");
        }
    }

    #[test]
    fn others_are_not_taken_for_common_words() {
        let hasher = Hasher::new();
        let mut seen = Seen::default();
        seen.reset(9);
        for text in ["", "a", "abc", "ééé", "a𠀀b", "é会", "𠀀é", "𠀀𠀀𠀀", "一二三四五"] {
            assert!(hasher.common(text.len(), end(text), &mut seen).is_none(), "{text}");
        }
    }

    #[test]
    fn hashes_are_those_of_the_text_however_it_is_cut() {
        let hasher = Hasher::new();
        let mut seen = Seen::default();
        seen.reset(99);
        let mut part = |text: &str| hasher.any(text, &mut seen);
        let parts = [part("泥"), part("印é"), part("劇本")];
        let hash = parts.iter().fold(0, |hash, part| part.hash_after(hash));
        assert_eq!(hash, part("泥印é劇本").hash_after(0));
    }
}
