//! Words of users, said and taken back in any order, beside a model.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::overlays::fuzz(data));
