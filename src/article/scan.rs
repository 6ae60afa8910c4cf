//! The next place in a text that a pass has to look at: there are few, and the way to them is most of what a clean text
//! costs.

/// How many bytes are looked at together.
const BLOCK: usize = 64;
/// With the two after them.
const WITH_NEXT: usize = BLOCK + 2;

/// The first byte from `from` on of which `is_one` says, by that byte and the two after it, that a pass has to look there.
/// After the end there are zeros, which are none. `is_one` must not branch: then it is asked of many bytes at once.
#[inline(always)]
pub(super) fn find(text: &str, from: usize, is_one: impl Fn(u8, u8, u8) -> bool) -> Option<usize> {
    let mut at = from;
    let mut rest = text.as_bytes().get(from..)?;
    loop {
        let found = match rest.first_chunk() {
            Some(block) => find_in(block, &is_one),
            None => {
                let mut last = [0; WITH_NEXT];
                last.iter_mut().zip(rest).for_each(|(to, &byte)| *to = byte);
                find_in(&last, &is_one)
            }
        };
        if let Some(index) = found {
            return Some(at + index);
        }
        at += BLOCK;
        rest = rest.get(BLOCK..)?;
    }
}

#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "windows of three have three items")]
fn find_in(block: &[u8; WITH_NEXT], is_one: impl Fn(u8, u8, u8) -> bool) -> Option<usize> {
    let mut are = [0; BLOCK];
    for (is, bytes) in are.iter_mut().zip(block.windows(3)) {
        *is = u8::from(is_one(bytes[0], bytes[1], bytes[2]));
    }
    // Mostly there is none.
    match are.iter().fold(0, |any, is| any | is) {
        0 => None,
        _ => are.iter().position(|&is| is != 0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_byte_is_looked_at() {
        for len in 0..3 * WITH_NEXT {
            let text = "b".repeat(len) + "a";
            assert_eq!(find(&text, 0, |a, _, _| a == b'a'), Some(len));
            assert_eq!(find(&text, len / 2, |a, b, c| [a, b, c] == *b"a\0\0"), Some(len));
            assert_eq!(find(&text, 0, |a, _, _| a == b'c'), None);
        }
    }

    proptest! {
        #[test]
        fn the_first_place_is_found(text in "(软|，){0,60}[a（。]{0,9}(软|，){0,60}[a（。]{0,9}", from in 0..400usize) {
            let from = (0..=from.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let found = find(&text, from, |a, b, c| (a == b'a') | (a == 0xEF) & (b == 0xBC) & (c == 0x88));
            prop_assert_eq!(found, text[from..].find(['a', '（']).map(|at| from + at));
        }
    }
}
