//! Files of dictionaries, changed, and mapped.

#![no_main]

#[path = "../../tests/oracle/files.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
