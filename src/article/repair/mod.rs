//! Repairs the characters of a page.

pub(super) mod damage;
pub(super) mod forms;
mod gbk;
pub(super) mod gloss;
pub(super) mod mojibake;
mod readings;
pub(super) mod ruby;
mod scales;
mod scan;
pub(super) mod spacing;
mod words;
mod zhuyin;
