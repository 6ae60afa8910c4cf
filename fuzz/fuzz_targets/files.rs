//! Changed files of dictionaries.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::files::fuzz(data));
