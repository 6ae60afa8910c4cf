//! The keywords of any text, by every method.

#![no_main]

#[path = "../../tests/oracle/peers.rs"]
mod common;
#[path = "../../tests/oracle/keywords.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
