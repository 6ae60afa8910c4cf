//! Bytes that outlive a call: images, files and tables.

pub(crate) mod atomic_file;
pub(crate) mod bytes;
pub(crate) mod char_table;
pub(crate) mod image;
