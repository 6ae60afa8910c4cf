//! Properties that hold for any input. The tests check them with inputs of their own, and the
//! fuzzers with inputs that they find.

#![allow(missing_debug_implementations, missing_docs, reason = "tests call these, and no program")]

pub mod clean;
pub mod files;
pub mod forms;
pub mod images;
pub mod keywords;
pub mod mutants;
pub mod overlays;
pub mod parity;
pub mod peers;
pub mod stored;
pub mod text;
