//! Text forms of dictionaries, models and tables.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::forms::fuzz(data));
