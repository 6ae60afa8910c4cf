//! Images of every format since its first release. An image of the current version still opens and
//! has the same content. An image of another version is refused, and the error tells the user to
//! compile it again.
//!
//! A changed format gets a new version. Its new image is kept here beside the old files:
//! `FENCI_GOLDEN=write cargo test -p fenci-tests golden` writes it.

use std::fs;
use std::path::PathBuf;

use oracle::images::{FORMATS, Format, open, repair};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn version(image: &[u8]) -> u32 {
    u32::from_le_bytes(image[12..16].try_into().unwrap())
}

fn kind(image: &[u8]) -> &str {
    std::str::from_utf8(&image[8..12]).unwrap().trim_end()
}

fn format_of(kind_of_file: &str) -> Format {
    FORMATS.into_iter().find(|format| kind((format.image)()) == kind_of_file).unwrap()
}

#[test]
fn what_was_written_before_opens_or_is_refused_by_its_version() {
    if std::env::var_os("FENCI_GOLDEN").is_some() {
        for format in FORMATS {
            let image = (format.image)();
            fs::write(folder().join(format!("{}-{}.bin", kind(image), version(image))), image).unwrap();
        }
    }
    let mut current = 0;
    for file in fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let old = fs::read(&path).unwrap();
        let format = format_of(kind(&old));
        let now = (format.image)();
        if version(&old) == version(now) {
            current += 1;
            assert!(open(format, old.clone(), &path.display()), "{}: refused", path.display());
            // Otherwise an existing file and a newly made one would differ under one version.
            assert!(old == now, "{}: the format has changed and its version has not", path.display());
        } else {
            let error = (format.open)(old.clone()).unwrap_err().to_string();
            assert!(error.contains(&format!("found {}; compile it again", version(&old))), "{error}");
        }
    }
    assert_eq!(current, FORMATS.len(), "a file of each format as it is now");
}

#[test]
fn a_later_version_is_refused_by_its_number() {
    for format in FORMATS {
        let mut later = (format.image)().to_vec();
        later[12] += 1;
        repair(&mut later);
        let error = (format.open)(later.clone()).unwrap_err().to_string();
        let found =
            format!("expected version {}, found {}; compile it again", version((format.image)()), version(&later));
        assert!(error.contains(&found), "{error}");
    }
}
