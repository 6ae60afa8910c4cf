//! Where the bytes of a compiled file lie.

use std::fs;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

use crate::Error;

/// The bytes of a compiled file: embedded in the program, or shared by all who opened the same one.
#[derive(Clone)]
pub(crate) enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<Vec<u8>>),
    #[cfg(feature = "mmap")]
    Mapped(Arc<crate::storage::mapped_file::Mapped>),
}

impl Bytes {
    /// The bytes of a file: mapped, with the feature `mmap`, where that can be; otherwise read.
    pub(crate) fn open(path: &Path) -> Result<Bytes, Error> {
        #[cfg(feature = "mmap")]
        if let Some(mapped) =
            crate::storage::mapped_file::Mapped::open(path).map_err(|error| Error::io(path, &error))?
        {
            return Ok(Bytes::Mapped(Arc::new(mapped)));
        }
        fs::read(path).map(Bytes::from).map_err(|error| Error::io(path, &error))
    }
}

impl Bytes {
    /// Whether they may change, and are read only where they are looked at.
    pub(crate) fn is_mapped(&self) -> bool {
        match self {
            Bytes::Static(_) | Bytes::Shared(_) => false,
            #[cfg(feature = "mmap")]
            Bytes::Mapped(_) => true,
        }
    }
}

/// A part of a file's bytes, for a reader that wants to own what it reads.
#[derive(Clone)]
pub(crate) struct Slice {
    bytes: Bytes,
    range: Range<usize>,
}

impl Slice {
    /// # Panics
    ///
    /// If `range` is out of range.
    pub(crate) fn new(bytes: &Bytes, range: Range<usize>) -> Slice {
        assert!(range.start <= range.end && range.end <= bytes.len());
        Slice { bytes: bytes.clone(), range }
    }

    /// The beginning of this part; of a file that is mapped a copy, which nobody can change.
    ///
    /// # Panics
    ///
    /// If it is longer than the part.
    pub(crate) fn beginning(&self, len: usize) -> Slice {
        assert!(len <= self.range.len());
        match self.bytes {
            #[cfg(feature = "mmap")]
            Bytes::Mapped(_) => {
                Slice { bytes: self.as_ref().get(..len).unwrap_or_default().to_vec().into(), range: 0..len }
            }
            _ => Slice { bytes: self.bytes.clone(), range: self.range.start..self.range.start + len },
        }
    }

    /// The bytes, if they are part of the program.
    pub(crate) fn embedded(&self) -> Option<&'static [u8]> {
        match self.bytes {
            Bytes::Static(bytes) => bytes.get(self.range.clone()),
            _ => None,
        }
    }
}

impl AsRef<[u8]> for Slice {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        &self.bytes[self.range.clone()]
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Shared(bytes) => bytes,
            #[cfg(feature = "mmap")]
            Bytes::Mapped(mapped) => mapped,
        }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes::Shared(Arc::new(bytes))
    }
}

/// An array in a compiled file, whatever the machine's alignment and byte order.
macro_rules! little_endian {
    ($array:ident, $size:literal, $number:ty) => {
        #[derive(Clone, Copy)]
        pub(crate) struct $array<'a>(&'a [[u8; $size]]);

        #[allow(dead_code, reason = "not every width needs every accessor")]
        impl<'a> $array<'a> {
            /// `bytes` is a section whose size the image reader has found to be a multiple of the item's.
            #[inline]
            pub(crate) fn new(bytes: &'a [u8]) -> Self {
                $array(bytemuck::cast_slice(bytes))
            }

            #[inline]
            pub(crate) fn len(self) -> usize {
                self.0.len()
            }

            /// # Panics
            ///
            /// If `index` is out of range, which validation rules out for indices that come from the image.
            #[inline]
            pub(crate) fn at(self, index: usize) -> $number {
                <$number>::from_le_bytes(self.0[index])
            }

            /// # Safety
            ///
            /// `index` is in range.
            #[inline(always)]
            #[allow(unsafe_code)]
            pub(crate) unsafe fn at_unchecked(self, index: usize) -> $number {
                // SAFETY: the caller's promise.
                <$number>::from_le_bytes(unsafe { crate::unchecked::get(self.0, index) })
            }

            #[inline]
            pub(crate) fn get(self, index: usize) -> Option<$number> {
                self.0.get(index).map(|bytes| <$number>::from_le_bytes(*bytes))
            }

            pub(crate) fn iter(self) -> impl Iterator<Item = $number> + 'a {
                self.0.iter().map(|bytes| <$number>::from_le_bytes(*bytes))
            }
        }
    };
}

little_endian!(U16s, 2, u16);
little_endian!(U32s, 4, u32);
little_endian!(U64s, 8, u64);
little_endian!(F64s, 8, f64);
