//! Files that are there whole or not at all, and files that nobody is to see.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Error;

/// A file that is written beside the one it is to replace. Dropped, it is removed; the other stays
/// as it was.
pub(crate) struct Aside {
    target: PathBuf,
    temporary: PathBuf,
    file: File,
    is_renamed: bool,
}

impl Aside {
    /// # Errors
    ///
    /// If there is something at `path` that is no file, or nothing can be written beside it.
    pub(crate) fn new(path: &Path) -> Result<Aside, Error> {
        let failed = |error: io::Error| Error::io(path, &error);
        let (target, permissions) = match fs::metadata(path) {
            // Through a link, it is the file that is replaced, and not the link.
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
        let (file, temporary) = create(folder_of(&target)).map_err(failed)?;
        let aside = Aside { target, temporary, file, is_renamed: false };
        if let Some(permissions) = permissions {
            aside.file.set_permissions(permissions).map_err(failed)?;
        }
        Ok(aside)
    }

    /// What to write to.
    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    /// What went wrong with it.
    pub(crate) fn error(&self, error: &io::Error) -> Error {
        Error::io(&self.target, error)
    }

    /// Put the file where it is to be, once all of it has reached the disk, and say where that is.
    pub(crate) fn rename(mut self) -> Result<PathBuf, Error> {
        let renamed = self.file.sync_all().and_then(|()| fs::rename(&self.temporary, &self.target));
        renamed.map_err(|error| self.error(&error))?;
        self.is_renamed = true;
        Ok(self.target.clone())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        if !self.is_renamed {
            // There is nobody to tell.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Write a file that is there whole or not at all.
pub(crate) fn save(path: &Path, write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>) -> Result<(), Error> {
    let aside = Aside::new(path)?;
    let mut out = BufWriter::new(aside.file());
    write(&mut out).and_then(|()| out.flush()).map_err(|error| aside.error(&error))?;
    drop(out);
    aside.rename().map(|_| ())
}

/// The folder that a file is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A new hidden file in `folder`, named like no other.
fn create(folder: &Path) -> io::Result<(File, PathBuf)> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!(".fenci-{}-{number}.tmp", std::process::id()));
        match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            other => return other.map(|file| (file, path)),
        }
    }
}
