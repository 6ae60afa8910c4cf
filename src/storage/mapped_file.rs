//! Files as memory.

#![allow(unsafe_code, reason = "the kernel cannot promise what a map of a file needs; the caller must")]

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;

use memmap2::Mmap;

/// A file that is mapped, and not read before it is looked at.
pub(crate) struct Mapped(Mmap);

impl Mapped {
    /// `None` for what cannot be mapped: pipes, devices, and files without bytes.
    ///
    /// # Safety
    ///
    /// Nobody changes the file or cuts it short while it is mapped: the bytes of a slice never
    /// change.
    pub(crate) unsafe fn open(path: &Path) -> io::Result<Option<Mapped>> {
        let file = File::open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() || meta.len() == 0 {
            return Ok(None);
        }
        // SAFETY: the caller's promise.
        Ok(Some(Mapped(unsafe { Mmap::map(&file)? })))
    }
}

impl Deref for Mapped {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.0
    }
}
