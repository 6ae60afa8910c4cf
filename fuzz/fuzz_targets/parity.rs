//! Any text, cut and tagged as jieba-rs does it, with its keywords.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::parity::fuzz(data));
