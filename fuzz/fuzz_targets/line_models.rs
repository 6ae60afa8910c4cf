//! Models of lines: changed, cut short or made up.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::clean::fuzz_line_models(data));
