//! Finds the places in a text that a pass must look at. There are few such places, and finding them
//! takes most of the time for a clean text.

/// The number of bytes to test together.
const BLOCK: usize = 64;

/// Returns the offsets of the bytes for which `is_one` returns `true`. It gets the byte and the two
/// bytes after it. Zeros follow the text. `is_one` must not branch, so that the compiler tests many
/// bytes at once.
pub(super) fn places(text: &str, is_one: impl Fn(u8, u8, u8) -> bool) -> Vec<usize> {
    let mut places = Vec::new();
    for start in (0..text.len()).step_by(BLOCK) {
        let rest = &text.as_bytes()[start..];
        let mut last = [0; BLOCK + 2];
        let block = rest.first_chunk().unwrap_or_else(|| {
            last[..rest.len()].copy_from_slice(rest);
            &last
        });
        let mut are = [false; BLOCK];
        for (is, bytes) in are.iter_mut().zip(block.windows(3)) {
            *is = is_one(bytes[0], bytes[1], bytes[2]);
        }
        // Most blocks have no such byte. This tests all their flags at once.
        if are.iter().fold(false, |any, is| any | is) {
            push_set(&are, start, &mut places);
        }
    }
    places
}

/// Appends the indices of the flags that are set, plus `start`.
fn push_set(are: &[bool; BLOCK], start: usize, places: &mut Vec<usize>) {
    places.extend((start..).zip(are).filter(|&(_, &is)| is).map(|(at, _)| at));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_looked_at() {
        for len in 0..3 * BLOCK {
            let text = "b".repeat(len) + "aba";
            let found = |is_one: fn(u8, u8, u8) -> bool| places(&text, is_one);
            assert_eq!(found(|a, _, _| a == b'a'), [len, len + 2]);
            assert_eq!(found(|a, b, c| [a, b, c] == *b"a\0\0"), [len + 2]);
            assert_eq!(found(|a, _, _| a == b'c'), [0; 0]);
        }
        assert!(places("", |_, _, _| true).is_empty());
    }
}
