//! Serialized data of every type from anywhere.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::stored::fuzz(data));
