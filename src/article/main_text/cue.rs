//! Cues: short sequences of characters, such as `编辑:`, that tell lines of a site from lines of
//! articles.

use std::fmt;

use crate::numbers::low;

/// The mark before the first character of a line and after the last.
pub(super) const EDGE: char = '^';
/// The most characters of a cue. It has at least two.
pub(super) const LONGEST: usize = 4;

/// A sequence of two to four characters of a line. The characters are folded: Simplified,
/// half-width, upper case. A number is `0`. The beginning and the end of a line are `^`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cue(pub(super) u64);

impl Cue {
    /// Returns the cue without its last character, and the cue without its first. A cue of two
    /// characters has no such parts.
    pub fn parts(self) -> [Option<Cue>; 2] {
        let first = if self.0 >> 48 == 0 { 32 } else { 48 };
        [self.0 >> 16, self.0 & ((1 << first) - 1)].map(|part| (self.0 >> 32 != 0).then_some(Cue(part)))
    }

    /// Returns the first two characters, sixteen bits each.
    pub(super) fn first_two(self) -> u32 {
        let mut cue = self.0;
        while cue >> 32 != 0 {
            cue >>= 16;
        }
        low(cue)
    }
}

impl fmt::Display for Cue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = (0..LONGEST).rev().map(|at| low::<u16, _>(self.0 >> (16 * at)));
        let chars = units.filter(|&unit| unit != 0).filter_map(|unit| char::from_u32(unit.into()));
        f.write_str(&chars.collect::<String>())
    }
}

/// Returns the unit of a cue for a character. All characters beyond the basic plane have the same
/// unit.
pub(super) fn unit(c: char) -> u16 {
    u16::try_from(u32::from(c)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use crate::article::main_text::cues;

    #[test]
    fn parts_are_shorter_cues() {
        let all = cues("^来源:网");
        for cue in &all {
            let (text, parts) = (cue.to_string(), cue.parts());
            let chars: Vec<char> = text.chars().collect();
            let [start, end] = [&chars[..chars.len() - 1], &chars[1..]].map(|part| part.iter().collect::<String>());
            let are = [start, end].map(|part| all.iter().copied().find(|other| other.to_string() == part));
            assert_eq!(parts, are, "{text}");
        }
    }
}
