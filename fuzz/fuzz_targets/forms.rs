//! Text forms of dictionaries, models and tables.

#![no_main]

#[path = "../../tests/oracle/images.rs"]
mod images;
#[path = "../../tests/oracle/forms.rs"]
mod oracle;

libfuzzer_sys::fuzz_target!(|data: &[u8]| oracle::fuzz(data));
