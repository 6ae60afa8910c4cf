//! Any page: cleaned once for all, with maps that agree.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::clean::fuzz(data));
