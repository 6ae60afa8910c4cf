//! The storage of a compiled file's bytes.

use std::cmp::Ordering;
use std::fs;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

use crate::error::Error;

/// The bytes of a compiled file: embedded in the program, or shared by all handles to it.
#[derive(Clone)]
pub(crate) enum Bytes {
    #[cfg_attr(not(any(feature = "embedded", feature = "learned")), expect(dead_code, reason = "no file is embedded"))]
    Static(&'static [u8]),
    Shared(Arc<Vec<u8>>),
    #[cfg(feature = "mmap")]
    Mapped(Arc<memmap2::Mmap>),
}

/// Bytes of the program that begin at a cache line, as bytes that are read into memory do. So no
/// cell of a dictionary lies in two cache lines.
#[cfg(feature = "embedded")]
#[repr(C, align(64))]
pub(crate) struct Aligned<B: ?Sized>(pub(crate) B);

impl Bytes {
    /// Reads the bytes of a file into memory.
    pub(crate) fn open(path: &Path) -> Result<Bytes, Error> {
        fs::read(path).map(Bytes::from).map_err(|error| Error::io(path, error))
    }

    /// Maps the bytes of a file where possible, and reads them otherwise.
    ///
    /// # Safety
    ///
    /// Nobody may change the file or truncate it while the bytes are in use.
    #[cfg(feature = "mmap")]
    #[allow(unsafe_code)]
    pub(crate) unsafe fn map(path: &Path) -> Result<Bytes, Error> {
        let failed = |error| Error::io(path, error);
        let file = fs::File::open(path).map_err(failed)?;
        let meta = file.metadata().map_err(failed)?;
        // Pipes, devices and empty files cannot be mapped.
        if !meta.is_file() || meta.len() == 0 {
            return Bytes::open(path);
        }
        // SAFETY: the caller's promise.
        let map = unsafe { memmap2::Mmap::map(&file) };
        Ok(Bytes::Mapped(Arc::new(map.map_err(failed)?)))
    }

    /// Returns whether the bytes are part of the program. Such bytes are not validated: a test
    /// compares them with their source.
    pub(crate) fn are_embedded(&self) -> bool {
        matches!(self, Bytes::Static(_))
    }

    /// Returns the bytes of each of these sections.
    #[inline]
    pub(crate) fn slices<const N: usize>(&self, sections: &[Range<usize>; N]) -> [&[u8]; N] {
        let mut slices: [&[u8]; N] = [&[]; N];
        for (slice, section) in slices.iter_mut().zip(sections) {
            *slice = &self[section.clone()];
        }
        slices
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

/// Returns the text of a file's `bytes`. If they are not UTF-8, the error says `wrong` and names
/// the line.
pub(crate) fn decode<'b>(bytes: &'b [u8], wrong: &str) -> Result<&'b str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Error::new(wrong).in_line(line)
    })
}

/// Returns the index of the item that `compare` finds equal to the one searched for, among `len`
/// sorted items.
#[inline]
pub(crate) fn search(len: usize, compare: impl Fn(usize) -> Ordering) -> Option<usize> {
    let (mut from, mut to) = (0, len);
    while from < to {
        let middle = from.midpoint(to);
        match compare(middle) {
            Ordering::Less => from = middle + 1,
            Ordering::Equal => return Some(middle),
            Ordering::Greater => to = middle,
        }
    }
    None
}

/// An array in a compiled file. It works with any alignment and byte order of the machine.
macro_rules! little_endian {
    ($array:ident, $size:literal, $number:ty) => {
        #[derive(Clone, Copy)]
        pub(crate) struct $array<'a>(&'a [[u8; $size]]);

        #[allow(dead_code, reason = "not every width needs every accessor")]
        impl<'a> $array<'a> {
            /// `bytes` is a section. The image reader has checked that its size is a multiple of
            /// the item's size.
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
            /// If `index` is out of range. Validation rules this out for indices that come from the
            /// image.
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

            /// Returns the first index from `from` on for which `is_before` is `false`. The numbers
            /// for which it is `true` come before all others.
            pub(crate) fn partition_point(self, from: usize, is_before: impl Fn($number) -> bool) -> usize {
                from + self.0[from..].partition_point(|bytes| is_before(<$number>::from_le_bytes(*bytes)))
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
