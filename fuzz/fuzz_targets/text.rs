//! Any text, cut in every mode and profile: no text is lost, and all forms agree.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::text::fuzz(data));
