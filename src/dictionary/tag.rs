//! Part-of-speech tags: short names, held inline.

use std::fmt;

use crate::error::Error;

/// A part-of-speech tag such as `n`, `vn` or `nrt`, from the ICTCLAS set that jieba uses, or any
/// short name that users choose.
///
/// Tags are compared and sorted by their names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Tag(
    /// The name, zeros, and the length of the name: one array, so that a copy takes one step.
    [u8; Tag::MAX_LEN + 1],
);

impl Tag {
    /// The length of the longest name, in bytes.
    pub const MAX_LEN: usize = 15;

    /// Returns the tag with this name.
    ///
    /// # Errors
    ///
    /// If the name is longer than [`Tag::MAX_LEN`] bytes, or contains white space or a control
    /// character.
    ///
    /// ```
    /// # use fenci::dictionary::Tag;
    /// assert_eq!(Tag::new("nz")?.to_string(), "nz");
    /// assert!(Tag::new("no tag").is_err());
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn new(name: &str) -> Result<Tag, Error> {
        let (most, found) = (Tag::MAX_LEN, name.len());
        if found > most {
            let what = format!("tag {name:?}: expected at most {most} bytes, found {found}; use a shorter name");
            return Err(Error::new(what));
        }
        if name.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(Error::new(format!("tag {name:?} holds white space or a control character")));
        }
        Ok(Tag::known(name))
    }

    /// Returns the tag with a name that is known to be short enough.
    pub(crate) const fn known(name: &str) -> Tag {
        let bytes = name.as_bytes();
        let mut tag = [0; Tag::MAX_LEN + 1];
        let mut i = 0;
        while i < bytes.len() {
            tag[i] = bytes[i];
            tag[Tag::MAX_LEN] += 1;
            i += 1;
        }
        Tag(tag)
    }

    /// Returns the tag's name.
    ///
    /// ```
    /// # use fenci::dictionary::Tag;
    /// assert_eq!(Tag::new("nz")?.as_str(), "nz");
    /// # Ok::<(), fenci::Error>(())
    /// ```
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// Returns the tag's name as bytes, for comparisons that are made for every word.
    #[inline]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0[..usize::from(self.0[Tag::MAX_LEN])]
    }

    /// Returns the first four bytes of the name, padded with zeros. Matching an array against
    /// patterns needs no calls.
    #[inline]
    pub(crate) fn beginning(&self) -> [u8; 4] {
        [self.0[0], self.0[1], self.0[2], self.0[3]]
    }

    /// Returns sixteen bytes: the name, zeros, and the length of the name.
    pub(crate) fn to_bytes(self) -> [u8; 16] {
        self.0
    }

    pub(crate) fn from_bytes(bytes: &[u8; 16]) -> Option<Tag> {
        let (name, rest) = bytes[..Tag::MAX_LEN].split_at_checked(usize::from(bytes[Tag::MAX_LEN]))?;
        if rest.iter().any(|&byte| byte != 0) {
            return None;
        }
        Tag::new(std::str::from_utf8(name).ok()?).ok()
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({:?})", self.as_str())
    }
}

impl<S: AsRef<str> + ?Sized> PartialEq<S> for Tag {
    fn eq(&self, other: &S) -> bool {
        self.as_str() == other.as_ref()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Tag {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Tag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Tag, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Tag::new(&name).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_round_trips() {
        for name in ["", "n", "nrfg", "fifteen-bytes--", "名词"] {
            let tag = Tag::new(name).unwrap();
            assert_eq!(tag, *name);
            assert_eq!(Tag::from_bytes(&tag.to_bytes()), Some(tag));
        }
    }

    #[test]
    fn names_that_do_not_fit_are_errors() {
        assert!(Tag::new("sixteen-bytes---").unwrap_err().to_string().contains("at most 15 bytes, found 16"));
        assert!(Tag::new("a b").is_err());
    }

    #[test]
    fn damaged_bytes_are_no_tag() {
        let good = Tag::known("vn").to_bytes();
        for (at, value) in [(15, 16), (15, 1), (0, 0xff), (0, b' '), (9, 1)] {
            let mut bytes = good;
            bytes[at] = value;
            assert_eq!(Tag::from_bytes(&bytes), None, "{at} {value}");
        }
    }
}
