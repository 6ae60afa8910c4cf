//! Any text: its tokens, tags and keywords are those of jieba-rs.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::parity::fuzz(data));
