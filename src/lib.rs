//! fenci (分词, "word segmentation") reads Chinese as it is found on the web, cuts it into words, and
//! says what a text is about.
//!
//! ```text
//! page ──► Article ──► Segmenter ──► tokens ──► Extractor ──► keywords
//! ```
//!
//! - [`Article`] is the main text of a crawled page, repaired. Ranges map back to the page.
//! - [`Segmenter`] cuts text into [`Token`]s, which are slices of the text, and tags them with
//!   parts of speech.
//! - [`Extractor`] ranks the words and phrases of a text as [`Keyword`]s.
//! - [`Dictionary`] holds words; [`UserWords`](dictionary::UserWords) lie over it.
//!   [`IdfTrainer`](idf::IdfTrainer) learns from a corpus how rare words are.
//!
//! The guide has pages on [segmentation](guide::segmentation), [keywords](guide::keywords),
//! [options](guide::options) and [large corpora](guide::corpora), and for
//! [users of jieba-rs](guide::jieba_rs).
//!
//! # Examples
//!
//! ## Cut text into words
//!
//! [`cut`] and [`keywords`] suffice for programs that need no options. A [`Segmenter`] has options.
//!
//! ```
//! let words: Vec<&str> = fenci::cut("我来到北京天安门").map(|token| token.text()).collect();
//! assert_eq!(words, ["我", "来到", "北京", "天安门"]);
//! ```
//!
//! ## Traditional text, Latin words and numbers
//!
//! Nothing is converted: tokens are slices of the original text.
//!
//! ```
//! # use fenci::Segmenter;
//! let segmenter = Segmenter::new();
//! let words: Vec<&str> = segmenter.cut("軟銀占23.4%，OpenAI的T恤").map(|token| token.text()).collect();
//! assert_eq!(words, ["軟銀", "占", "23.4%", "，", "OpenAI", "的", "T恤"]);
//! ```
//!
//! ## The keywords of a crawled page
//!
//! ```
//! # #[cfg(feature = "article")] {
//! use fenci::{Article, Extractor, Segmenter};
//!
//! let page = "軟銀集團(tuán)與(yǔ)OpenAI的項(xiàng)目被曝?cái)R淺，半年來沒有任何進展。\n責(zé)任編輯：高山";
//! let article = Article::clean(page);
//! assert_eq!(article.text(), "軟銀集團與OpenAI的項目被曝擱淺，半年來沒有任何進展。\n");
//!
//! // Keywords, and their places in the page.
//! let keywords = Extractor::new().extract(&Segmenter::new(), article.text(), 9);
//! let found = keywords.iter().find(|keyword| keyword.simplified() == "搁浅").unwrap();
//! assert_eq!(&page[article.raw_range(found.first())], "曝?cái)R淺");
//! # }
//! ```
//!
//! ## Learn how rare words are
//!
//! ```
//! use fenci::idf::{Idf, IdfTrainer};
//! use fenci::{Extractor, Segmenter};
//!
//! let segmenter = Segmenter::new();
//! let table = IdfTrainer::new().train(&segmenter, ["软银的会议", "软银的投资", "今天的天气"]);
//! let idf = Idf::builder().build(&table)?;
//! assert!(idf.get("会议") > idf.get("软银"));
//! let extractor = Extractor::builder().idf(idf).build();
//! # assert_eq!(extractor.extract(&segmenter, "软银的会议", 1)[0].text(), "会议");
//! # Ok::<(), fenci::Error>(())
//! ```
//!
//! ## Exactly jieba-rs
//!
//! ```
//! use fenci::{Profile, Segmenter};
//!
//! let segmenter = Segmenter::builder().profile(Profile::Jieba).build();
//! let tagged: Vec<String> = segmenter.tag("他来到了网易杭研大厦").map(|tagged| tagged.to_string()).collect();
//! assert_eq!(tagged, ["他/r", "来到/v", "了/ul", "网易/n", "杭研/nr", "大厦/n"]);
//! ```
//!
//! # Cost
//!
//! - **Start-up**: nothing is parsed. The dictionary and the models are compiled files in the
//!   program, used without a copy. Making a [`Segmenter`] takes less than a microsecond. One
//!   segmenter serves all threads.
//! - **Time** is linear in the text.
//! - **Memory**: the tokens, plus at most 40 bytes for each byte of the longest run of letters and
//!   Han characters. A run is split after 16 MiB. The natural profile splits a run of Han after
//!   16,384 characters, between two words. Each thread keeps its buffers, at most 8 MB, so that
//!   later texts allocate nothing.
//!
//! # Promises
//!
//! - Text never makes an error or a panic. Bad data makes one clear [`Error`].
//! - The tokens of a text, joined, are the text. Ranges are in bytes and lie on character
//!   boundaries.
//! - The same input gives the same output on every machine and with any number of threads. A weight
//!   may differ in its last bit, because logarithms differ between machines.
//! - [`Profile::Jieba`] gives the tokens, tags and keywords of jieba-rs 0.11.0 on any text, as long
//!   as no run is longer than 16 MiB.
//! - The loops over characters access arrays without checks (`unsafe`). Each access states its
//!   reason. Files are validated in full when they are opened. Debug assertions or
//!   `--cfg fenci_checked` turn a check of each access on.
//!
//! `docs/stability.md` in the repository says what may change in a patch, a minor and a major
//! version.
//!
//! # Features
//!
//! - `article` (default): [`Article`] and [`Cleaner`](article::Cleaner), with tables of readings,
//!   GBK and HTML entities.
//! - `embedded` (default): jieba's dictionary, models and IDF table in the program. Without it,
//!   bring your own.
//! - `serde`: `Serialize` for tokens, keywords and repairs; `Serialize` and `Deserialize` for
//!   options, [`UserWords`](dictionary::UserWords) and [`Article`].
//! - `mmap`: `Dictionary::open_mapped`, which is `unsafe`, maps a file instead of reading it
//!   (memmap2).
//! - `fuzzy`: [`WordIndex::similar`](dictionary::WordIndex::similar) finds words within an edit
//!   distance (levenshtein_automata).
//! - `jieba-rs`: a `jieba_rs::Jieba` is a [`TermSource`](segment::TermSource). Needs Rust 1.88.

#![cfg_attr(docsrs, feature(doc_cfg))]
// The lints make each call that may panic state why it does not. They keep integer conversions that
// may lose bits in `numbers`.
#![cfg_attr(
    not(test),
    deny(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss,
        clippy::expect_used,
        clippy::panic,
        clippy::unwrap_used,
        clippy::unreachable
    )
)]

#[cfg(feature = "article")]
pub mod article;
pub mod dictionary;
mod error;
#[cfg(any(doc, doctest))]
pub mod guide;
pub mod idf;
pub mod keyword;
mod numbers;
mod order;
pub mod segment;
#[cfg(feature = "embedded")]
mod shortcuts;
mod storage;
mod text;
mod unchecked;

#[cfg(feature = "article")]
pub use article::Article;
pub use dictionary::Dictionary;
pub use error::{Error, ErrorKind};
pub use keyword::{Extractor, Keyword};
pub use segment::{Profile, Segmenter, Token};
#[cfg(feature = "embedded")]
pub use shortcuts::{cut, keywords};

/// The examples of both README files, as tests.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../README.md")]
    struct English;

    #[doc = include_str!("../README.zh-CN.md")]
    struct Chinese;
}
