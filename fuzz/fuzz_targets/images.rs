//! Images of every format, changed, cut short or made up.

#![no_main]

#[path = "../../tests/oracle/images.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
