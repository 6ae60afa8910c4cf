//! All integration tests of fenci in one binary, so that the dictionary is linked once.

#![allow(unreachable_pub, reason = "modules of tests share what they need")]

mod cases;
mod common;
mod convention;
mod dictionary;
mod entities;
mod explain;
mod files;
mod fuzz;
mod golden;
mod idf;
mod images;
mod keywords;
mod large;
mod lossless;
mod models;
mod naive;
mod parity;
mod public_api;
mod repair;
mod search;
mod serde;
mod tags;
mod twin;
mod user_words;
