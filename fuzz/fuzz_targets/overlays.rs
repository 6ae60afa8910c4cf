//! Words of users, said and taken back in any order, beside a model.

#![no_main]

#[path = "../../tests/oracle/overlays.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
