//! Any page: cleaning it twice equals cleaning it once, and its maps agree.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::clean::fuzz(data));
