//! Any text, cut and tagged as jieba-rs does it, with its keywords.

#![no_main]

#[path = "../../tests/oracle/peers.rs"]
mod common;
#[path = "../../tests/oracle/parity.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
