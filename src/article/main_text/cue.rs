//! Cues: short sequences of characters, such as `编辑:`, that tell lines of a site from lines of articles.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// Stands before the first character of a line and after the last.
pub(super) const EDGE: char = '^';
/// The most characters of a cue. It has at least two.
pub(super) const LONGEST: usize = 4;

/// A sequence of two to four characters of a line. The characters are folded: Simplified, half-width,
/// upper case. A number is `0`. The beginning and the end of a line are `^`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cue(pub(super) u64);

impl Cue {
    /// Returns the first two characters, packed.
    pub(super) fn first_two(self) -> u32 {
        let mut cue = self.0;
        while cue >> 32 != 0 {
            cue >>= 16;
        }
        u32::try_from(cue).unwrap_or(0)
    }
}

impl fmt::Display for Cue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.0.to_be_bytes();
        let chars = units
            .chunks_exact(2)
            .filter_map(|unit| char::from_u32(u32::from(u16::from_be_bytes(unit.try_into().ok()?))));
        chars.filter(|&c| c != '\0').try_for_each(|c| fmt::Write::write_char(f, c))
    }
}

impl FromStr for Cue {
    type Err = Error;

    fn from_str(text: &str) -> Result<Cue, Error> {
        let count = text.chars().count();
        if !(2..=LONGEST).contains(&count) {
            return Err(Error::new(format!("expected a cue of two to four characters, found {text:?}")));
        }
        Ok(Cue(text.chars().fold(0, |cue, c| cue << 16 | u64::from(unit(c)))))
    }
}

/// Returns a character as a part of a cue. All characters beyond the basic plane are the same.
pub(super) fn unit(c: char) -> u16 {
    u16::try_from(u32::from(c)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_read_as_they_are_written() {
        for text in ["编辑", "^来源:", "0-0^", " |"] {
            assert_eq!(text.parse::<Cue>().unwrap().to_string(), text);
        }
        assert!("a".parse::<Cue>().is_err() && "abcde".parse::<Cue>().is_err());
    }
}
