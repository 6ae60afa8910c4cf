//! fenci (分词, "word segmentation") reads Chinese as it is really found on the web, cuts it into words, and says what
//! a text is about.
//!
//! - [`Article`] repairs a crawled page, leaves out what is no part of the article, and maps what was found in it back
//!   to the page.
//! - [`Segmenter`] cuts text into [`Token`]s, slices of the text, and tags them with parts of speech.
//! - [`Extractor`] ranks the words and phrases of a text as [`Keyword`]s.
//! - [`Dictionary`], [`HmmModel`], [`TagModel`] and [`Idf`] are the data that these work with. Those of jieba are
//!   in the crate; others can be compiled, and an [`IdfTrainer`] learns [`DocumentFrequencies`] from any corpus.
//!
//! The [`guide`] has pages on how [segmentation](guide::segmentation) and [keywords](guide::keywords) work, on
//! [options](guide::options), and for [users of jieba-rs](guide::jieba_rs).
//!
//! # Examples
//!
//! ## Cut text into words
//!
//! [`cut`] and [`keywords`] do what most programs need; a [`Segmenter`] and an [`Extractor`] have options.
//!
//! ```
//! let words: Vec<&str> = fenci::cut("我们中出了一个叛徒").map(|token| token.text()).collect();
//! assert_eq!(words, ["我们", "中出", "了", "一个", "叛徒"]);
//!
//! let segmenter = fenci::Segmenter::builder().hmm(false).build();
//! let words: Vec<&str> = segmenter.cut("我们中出了一个叛徒").map(|token| token.text()).collect();
//! assert_eq!(words, ["我们", "中", "出", "了", "一个", "叛徒"]);
//! ```
//!
//! ## Traditional text, Latin words and numbers
//!
//! Nothing is converted: tokens are slices of the text as it stands.
//!
//! ```
//! # use fenci::Segmenter;
//! # let segmenter = Segmenter::new();
//! let words: Vec<&str> = segmenter.cut("軟銀占23.4%，OpenAI的T恤").map(|token| token.text()).collect();
//! assert_eq!(words, ["軟銀", "占", "23.4%", "，", "OpenAI", "的", "T恤"]);
//! ```
//!
//! ## The keywords of a crawled page
//!
//! ```
//! use fenci::{Article, Extractor, Segmenter};
//!
//! let page = "軟銀集團(tuán)與(yǔ)OpenAI的項(xiàng)目被曝?cái)R淺\n責(zé)任編輯：高山";
//! let article = Article::clean(page);
//! assert_eq!(article.text(), "軟銀集團與OpenAI的項目被曝擱淺\n");
//!
//! // Keywords, and where they stand in the page.
//! let keywords = Extractor::new().extract(&Segmenter::new(), article.text(), 9);
//! let found = keywords.iter().find(|keyword| keyword.simplified() == "搁浅").unwrap();
//! assert_eq!(&page[article.raw_range(found.first())], "曝?cái)R淺");
//! ```
//!
//! ## How rare words are in texts of one's own
//!
//! ```
//! use fenci::{Extractor, Segmenter};
//! use fenci::idf::{Idf, IdfTrainer};
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
//! ## Exactly what jieba-rs gives
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
//! Nothing is parsed at start-up: the dictionary and the models are compiled images that are used where they lie in
//! the program (14 MB of it). A [`Segmenter`] takes some microseconds to make, less to clone, and may be shared by
//! threads. Time is linear in the text. Memory is that of the tokens asked for, and a small multiple of the longest
//! run of letters and Han characters, of which one of more than 256 MiB is cut there; it is kept per thread, up to some
//! megabytes, so that a loop over many texts allocates nothing after the first.
//!
//! # What is promised
//!
//! - Text never makes an error or a panic. Bad data makes one clear [`Error`].
//! - The loops over the characters of a text access their arrays without checks (`unsafe`), each with its reason: what
//!   they read from a dictionary was validated when it was opened. In builds with debug assertions, and with
//!   `--cfg fenci_checked`, every access is checked.
//! - The tokens of a text, joined, are the text; ranges are bytes on character boundaries.
//! - The same input gives the same output on every machine and thread. (Tables of document frequencies are whole numbers,
//!   and the same. What is weighed with them goes through the logarithm of the machine, whose last bit may differ.)
//! - [`Profile::Jieba`] gives the tokens, tags and keywords of jieba-rs 0.11.0, on any text (but for runs of more
//!   than 256 MiB). [`Profile::Natural`], the
//!   default, gives the same tokens for Simplified Han text (but for a dozen characters such as 著, which it also reads
//!   as Traditional text has them, where that makes the likelier words). A change of what it gives elsewhere is said in the
//!   changelog.
//!
//! # Versions
//!
//! Versions follow [Semantic Versioning](https://semver.org/). A rise of the minimum Rust version is a minor version.
//!
//! - The public items are promised; tests use each of them as a dependent crate does.
//! - What [`Profile::Natural`] gives for text that is not Simplified Han, and the keywords of [`Method::Phrases`], may
//!   change in a minor version; the changelog says how. [`Profile::Jieba`] stays with jieba-rs 0.11.0.
//! - Images (compiled dictionaries, models, tables) carry the version of their format. One of another version is refused
//!   with an error that says so, and is to be compiled again from its source; formats change in minor versions only, which
//!   the changelog says. Text forms, and what the feature `serde` writes, are read by all later versions of this major one.
//!
//! # Features
//!
//! - `article`, on by default: [`Article`] and [`Cleaner`], with the tables of readings, GBK and HTML entities that they
//!   need (encoding_rs, html-escape, pinyin).
//! - `serde`: `Serialize` and `Deserialize` for tokens (borrowed), keywords, entries, options ([`Profile`], [`Method`],
//!   [`Entity`], [`StopWords`], [`Cleaner`] and the like), and, with a version, for [`UserWords`] and [`Article`].
//! - `mmap`: [`Dictionary::open`], [`Idf::open`] and [`DocumentFrequencies::open`] map files into memory instead of
//!   reading them (memmap2). A file that is mapped must not be written to or cut short.
//! - `fuzzy`: [`WordIndex::similar`] finds words within an edit distance (levenshtein_automata).
//! - `jieba-rs`: a `jieba_rs::Jieba` is a [`TermSource`]. Needs Rust 1.88.

// What may panic says why it does not, and conversions of whole numbers are gathered in `numbers`.
#![cfg_attr(docsrs, feature(doc_cfg))]
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
pub mod segment;
mod shortcuts;
mod storage;
mod text;
mod unchecked;

#[cfg(feature = "article")]
pub use article::Article;
pub use dictionary::Dictionary;
pub use error::Error;
pub use keyword::{Extractor, Keyword};
pub use segment::{Profile, Segmenter, Token};
pub use shortcuts::{cut, keywords};

/// The examples of both README files, as tests.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../README.md")]
    struct English;

    #[doc = include_str!("../README.zh-CN.md")]
    struct Chinese;
}
