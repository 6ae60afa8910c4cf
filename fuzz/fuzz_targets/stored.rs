//! Data of every type from anywhere.

#![no_main]

#[path = "../../tests/oracle/stored.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
