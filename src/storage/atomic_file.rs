//! Files that are written completely or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::Error;

/// Writes a file completely or not at all. The new file is written beside the one that it replaces.
/// If anything fails, the old file stays as it was.
///
/// # Errors
///
/// If `path` is something other than a file, or if nothing can be written beside it.
pub(crate) fn save(path: &Path, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let failed = |error| Error::io(path, error);
    let (target, permissions) = match fs::metadata(path) {
        // If `path` is a link, the file that it leads to is replaced, not the link.
        Ok(meta) if meta.is_file() => (fs::canonicalize(path).map_err(failed)?, Some(meta.permissions())),
        Ok(_) => {
            let message = "expected a file to replace or nothing, found a folder or a device";
            return Err(Error::new(message).in_file(path));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(failed(error)),
    };
    if target.file_name().is_none() {
        return Err(Error::new("expected the name of a file").in_file(path));
    }
    let (file, temporary) = create(&target).map_err(failed)?;
    let write_all = || {
        permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
        let mut out = BufWriter::new(&file);
        write(&mut out)?;
        out.flush()?;
        // All bytes reach the disk before the file gets its name.
        file.sync_all()?;
        fs::rename(&temporary, &target)
    };
    write_all().map_err(|error| {
        // The first error is reported, and not one of this removal.
        let _ = fs::remove_file(&temporary);
        failed(error)
    })
}

/// Creates a hidden file beside `target`, with a name that no other file has.
fn create(target: &Path) -> io::Result<(File, PathBuf)> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = target.with_file_name(format!(".fenci-{}-{number}.tmp", std::process::id()));
        match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            other => return other.map(|file| (file, path)),
        }
    }
}
