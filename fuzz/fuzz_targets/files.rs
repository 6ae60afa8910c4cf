//! Files of dictionaries, changed, and mapped.

#![no_main]

#[path = "../../tests/oracle/images.rs"]
mod images;
#[path = "../../tests/oracle/files.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
