//! Other crates' types as ours.

#[cfg(feature = "jieba-rs")]
mod jieba;
