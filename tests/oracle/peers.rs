//! jieba-rs, and segmenters to compare with it.

use std::sync::LazyLock;

use fenci::{Profile, Segmenter};
use jieba_rs::Jieba;

pub static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);
pub static EXACT: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::builder().profile(Profile::Jieba).build());
pub static NATURAL: LazyLock<Segmenter> = LazyLock::new(Segmenter::new);

/// A simple generator of random numbers (splitmix64). Its numbers are the same on every machine.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// Tokens as texts and byte ranges.
pub type Ranges<'t> = Vec<(&'t str, usize, usize)>;

pub fn ours<'t>(tokens: impl Iterator<Item = fenci::Token<'t>>) -> Ranges<'t> {
    tokens.map(|token| (token.text(), token.start(), token.end())).collect()
}

pub fn theirs<'t>(tokens: Vec<jieba_rs::Token<'t>>) -> Ranges<'t> {
    tokens.into_iter().map(|token| (token.word, token.byte_start, token.byte_end)).collect()
}
