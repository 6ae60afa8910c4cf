//! The keywords of any text, by every method.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::keywords::fuzz(data));
