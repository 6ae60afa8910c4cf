//! Lists the files of a corpus.

use std::fs;
use std::path::{Path, PathBuf};

use datafusion::common::{exec_datafusion_err, exec_err};
use datafusion::error::Result;

/// A file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// The path from the root, so that the executors of a cluster find the file.
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
}

/// Lists the files at `paths`, sorted, with the files in folders at any depth. Names that begin
/// with a dot are skipped, and so is `out`.
pub(crate) fn list(paths: &[PathBuf], out: &Path) -> Result<Vec<File>> {
    let out = fs::canonicalize(out).ok();
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = Vec::new();
    for path in paths {
        let path = fs::canonicalize(path).map_err(|error| exec_datafusion_err!("{}: {error}", path.display()))?;
        if path.is_dir() { folders.push(path) } else { files.push(path) }
    }
    while let Some(folder) = folders.pop() {
        let fail = |error| exec_datafusion_err!("{}: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            // A link to a folder could lead in a circle.
            if entry.file_type().map_err(fail)?.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                files.push(path);
            }
        }
    }
    files.retain(|path| Some(path) != out.as_ref());
    files.sort_unstable();
    files.dedup();
    if files.is_empty() {
        return exec_err!("expected at least one file, found none in {}", paths[0].display());
    }
    files
        .into_iter()
        .map(|path| match fs::metadata(&path) {
            Ok(meta) => Ok(File { path, bytes: meta.len() }),
            Err(error) => exec_err!("{}: {error}", path.display()),
        })
        .collect()
}

/// Returns the folder in which a file is.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files_and_the_output_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir_all(root.join("a/.git")).unwrap();
        for name in ["b.txt", "a/c.txt", "a/.hidden", "a/.git/d.txt", "out.idf"] {
            fs::write(root.join(name), name).unwrap();
        }
        let files = list(&[root.clone(), root.join("b.txt")], &root.join("out.idf")).unwrap();
        let names: Vec<_> = files.iter().map(|file| file.path.strip_prefix(&root).unwrap()).collect();
        assert_eq!(names, [Path::new("a/c.txt"), Path::new("b.txt")]);
        let error = list(&[root.join("none")], Path::new("x")).unwrap_err().to_string();
        assert!(error.contains("none: No such file"), "{error}");
    }
}
