//! Any text, cut in every mode and profile: lossless, and all forms agree.

#![no_main]

#[path = "../../tests/oracle/text.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
