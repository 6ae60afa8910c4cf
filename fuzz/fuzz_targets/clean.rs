//! Any page: cleaned once for all, with maps that agree.

#![no_main]

#[path = "../../tests/oracle/clean.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
