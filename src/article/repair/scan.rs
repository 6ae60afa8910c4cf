//! Finds the next place in a text that a pass has to look at. There are few such places, and finding
//! them is most of what a clean text costs.

/// How many bytes are tested together.
const BLOCK: usize = 64;

/// Returns the first place from byte `from` on for which `is_one` holds, given the byte there and the
/// two after it. Zeros follow the text. `is_one` must not branch, so that the compiler tests many bytes
/// at once.
pub(super) fn find(text: &str, from: usize, is_one: impl Fn(u8, u8, u8) -> bool) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.as_bytes().get(at..)?;
        let mut last = [0; BLOCK + 2];
        let block = rest.first_chunk().unwrap_or_else(|| {
            last[..rest.len()].copy_from_slice(rest);
            &last
        });
        let mut are = [0u8; BLOCK];
        for (is, bytes) in are.iter_mut().zip(block.windows(3)) {
            *is = u8::from(is_one(bytes[0], bytes[1], bytes[2]));
        }
        // Most blocks have none, and this asks for all at once.
        if are.iter().fold(0, |any, is| any | is) != 0 {
            return are.iter().position(|&is| is != 0).map(|place| at + place);
        }
        at += BLOCK;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_looked_at() {
        for len in 0..3 * BLOCK {
            let text = "b".repeat(len) + "a";
            assert_eq!(find(&text, 0, |a, _, _| a == b'a'), Some(len));
            assert_eq!(find(&text, len / 2, |a, b, c| [a, b, c] == *b"a\0\0"), Some(len));
            assert_eq!(find(&text, 0, |a, _, _| a == b'c'), None);
            assert_eq!(find(&text, len + 1, |a, _, _| a == b'a'), None);
        }
        assert_eq!(find("", 0, |a, _, _| a == b'a'), None);
    }
}
