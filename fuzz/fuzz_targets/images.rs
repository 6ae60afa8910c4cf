//! Images of every format: changed, cut short or made up.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::images::fuzz(data));
