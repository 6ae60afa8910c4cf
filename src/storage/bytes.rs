//! Where the bytes of a compiled file lie.

use std::fs;
#[cfg(feature = "mmap")]
use std::io;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use crate::Error;

/// The bytes of a compiled file: embedded in the program, or shared by all who opened the same one.
#[derive(Clone)]
pub(crate) enum Bytes {
    #[cfg(any(feature = "embedded", feature = "learned"))]
    Static(&'static [u8]),
    Shared(Arc<Vec<u8>>),
    #[cfg(feature = "mmap")]
    Mapped(Arc<memmap2::Mmap>),
}

/// Bytes of the program that begin where a line of the cache does, as those do that are read into memory: no cell of
/// a dictionary lies in two lines.
#[cfg(feature = "embedded")]
#[repr(C, align(64))]
pub(crate) struct Aligned<B: ?Sized>(pub(crate) B);

impl Bytes {
    /// The bytes of a file, read into memory.
    pub(crate) fn open(path: &Path) -> Result<Bytes, Error> {
        fs::read(path).map(Bytes::from).map_err(|error| Error::io(path, &error))
    }

    /// The bytes of a file, mapped where that can be, and read otherwise.
    ///
    /// # Safety
    ///
    /// Nobody changes the file or cuts it short while the bytes are in use.
    #[cfg(feature = "mmap")]
    #[allow(unsafe_code)]
    pub(crate) unsafe fn map(path: &Path) -> Result<Bytes, Error> {
        let failed = |error: io::Error| Error::io(path, &error);
        let file = fs::File::open(path).map_err(failed)?;
        let meta = file.metadata().map_err(failed)?;
        // Pipes, devices and files without bytes cannot be mapped.
        if !meta.is_file() || meta.len() == 0 {
            return Bytes::open(path);
        }
        // SAFETY: the caller's promise.
        let map = unsafe { memmap2::Mmap::map(&file) };
        Ok(Bytes::Mapped(Arc::new(map.map_err(failed)?)))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            #[cfg(any(feature = "embedded", feature = "learned"))]
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
            /// `bytes` is a section whose size the image reader has found to be a multiple of the
            /// item's.
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
            /// If `index` is out of range, which validation rules out for indices that come from
            /// the image.
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

            /// The first index from `from` on whose number is not as those before it: `is_before`
            /// is true of none after one of which it is false.
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
