//! The next place in a text that a pass has to look at: there are few, and the way to them is most of what a clean text
//! costs.

/// How many bytes are looked at together.
const BLOCK: usize = 64;
/// With the two after them.
const WITH_NEXT: usize = BLOCK + 2;

/// The places in a text that a pass has to look at: bytes of which `is_one` says so, by that byte and the two after it. After
/// the end there are zeros, which are none. `is_one` must not branch: then it is asked of many bytes at once.
pub(super) struct Scan<'t, F> {
    text: &'t [u8],
    is_one: F,
    /// Where the last block begins in which there are some, and a bit for each of its bytes that is one.
    start: usize,
    ones: u64,
}

impl<'t, F: Fn(u8, u8, u8) -> bool> Scan<'t, F> {
    pub(super) fn new(text: &'t str, is_one: F) -> Scan<'t, F> {
        Scan { text: text.as_bytes(), is_one, start: 0, ones: 0 }
    }

    /// The first place from byte `from` on, which must not be before that of an earlier call.
    #[inline]
    pub(super) fn find(&mut self, mut from: usize) -> Option<usize> {
        if self.ones != 0 {
            let skip = from.saturating_sub(self.start);
            self.ones = if skip < BLOCK { self.ones >> skip << skip } else { 0 };
            from = from.max(self.start + BLOCK);
        }
        if self.ones == 0 {
            (self.start, self.ones) = self.next_block(from)?;
        }
        Some(self.start + self.ones.trailing_zeros() as usize)
    }

    /// The first block from byte `from` on in which there are some, and which.
    #[inline(never)]
    fn next_block(&self, from: usize) -> Option<(usize, u64)> {
        let mut at = from;
        let mut rest = self.text.get(from..)?;
        loop {
            let ones = match rest.first_chunk() {
                Some(block) => ones_of(block, &self.is_one),
                None => {
                    let mut last = [0; WITH_NEXT];
                    last.iter_mut().zip(rest).for_each(|(to, &byte)| *to = byte);
                    ones_of(&last, &self.is_one)
                }
            };
            if ones != 0 {
                return Some((at, ones));
            }
            at += BLOCK;
            rest = rest.get(BLOCK..)?;
        }
    }
}

#[inline(always)]
fn ones_of(block: &[u8; WITH_NEXT], is_one: impl Fn(u8, u8, u8) -> bool) -> u64 {
    let mut are = [0; BLOCK];
    for (is, bytes) in are.iter_mut().zip(block.windows(3)) {
        *is = u8::from(is_one(bytes[0], bytes[1], bytes[2]));
    }
    // Mostly there is none.
    match are.iter().fold(0, |any, is| any | is) {
        0 => 0,
        _ => are.chunks_exact(8).rev().fold(0, |ones, eight| ones << 8 | bits_of(eight)),
    }
}

/// Eight bytes that are 0 or 1 as eight bits, the first one the lowest.
#[inline]
fn bits_of(bytes: &[u8]) -> u64 {
    // Each byte is moved by seven bits less than the one before, so that they come to lie side by side at the top.
    bytes.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes)).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_looked_at() {
        for len in 0..3 * WITH_NEXT {
            let text = "b".repeat(len) + "a";
            assert_eq!(Scan::new(&text, |a, _, _| a == b'a').find(0), Some(len));
            assert_eq!(Scan::new(&text, |a, b, c| [a, b, c] == *b"a\0\0").find(len / 2), Some(len));
            assert_eq!(Scan::new(&text, |a, _, _| a == b'c').find(0), None);
        }
        assert_eq!(Scan::new("", |a, _, _| a == b'a').find(0), None);
    }

    #[test]
    fn every_place_is_found() {
        let is_one = |a, b, c| (a == b'a') | (a == 0xEF) & (b == 0xBC) & (c == 0x88);
        let mut state = 1u64;
        // Knuth's multiplier for a linear congruential generator of 64 bits.
        let mut below = |end: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % end
        };
        for _ in 0..2000 {
            // Long stretches without a place, and places side by side.
            let mut text = String::new();
            for _ in 0..2 {
                (0..below(90)).for_each(|_| text.push_str(["a", "，", "软"][below(20).min(2)]));
                (0..below(9)).for_each(|_| text.push_str(["a", "（", "。"][below(3)]));
            }
            let mut scan = Scan::new(&text, is_one);
            let mut from = 0;
            for _ in 0..below(20) {
                from += below(99);
                let byte = |at: usize| text.as_bytes().get(at).copied().unwrap_or(0);
                let first = (from..text.len()).find(|&at| is_one(byte(at), byte(at + 1), byte(at + 2)));
                assert_eq!(scan.find(from), first, "{text}");
            }
        }
    }
}
