//! Any bytes as a page: decoded, and cleaned as HTML and as text.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::clean::fuzz_bytes(data));
