//! Bytes that outlive a call: images, files, tables, and buffers that threads keep.

pub(crate) mod atomic_file;
pub(crate) mod bytes;
pub(crate) mod char_table;
pub(crate) mod image;
