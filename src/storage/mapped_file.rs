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
    pub(crate) fn open(path: &Path) -> io::Result<Option<Mapped>> {
        let file = File::open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() || meta.len() == 0 {
            return Ok(None);
        }
        // SAFETY: a map is a slice of bytes that nobody changes for as long as nobody changes the file. This crate
        // never does: it writes files aside and renames them, which leaves the old one, and maps of it, as they were.
        // Another program could, and no operating system lets us forbid it; that a file must not be written to or cut
        // short while it is open is said wherever one is opened by its path. If it is done all the same, the bytes
        // change under readers that have validated others. All of those are safe code that checks its bounds, so a
        // wrong value or a panic is what is to be expected; reading beyond the new end of the file ends the process by
        // a signal.
        let map = unsafe { Mmap::map(&file)? };
        Ok(Some(Mapped(map)))
    }
}

impl Deref for Mapped {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.0
    }
}
