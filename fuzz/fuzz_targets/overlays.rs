//! Users' words, set and forgotten in any order, compared with a map.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::overlays::fuzz(data));
