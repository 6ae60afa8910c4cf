//! Cuts text into words.
//!
//! A segmenter reads text in batches. For each batch, `route` finds the dictionary words. The rules
//! of the profile (`rules`) choose the words of the text among them, and add others, as `Span`s.
//! The spans become tokens.

mod all_words;
mod batch;
mod best_route;
mod builder;
mod cutter;
mod cutting;
mod data;
mod explain;
mod fingerprint;
mod hidden_markov;
mod hmm;
mod jieba;
mod learned;
mod list;
mod natural;
mod parts;
mod profile;
mod route;
mod route_words;
mod rules;
mod scratch;
mod search;
mod segmenter;
mod simplifier;
mod span;
mod stored_model;
mod tag_model;
mod tags;
mod terms;
mod token;
mod tokens;
mod unknown_words;

pub use self::builder::SegmenterBuilder;
pub use self::explain::{Candidate, Explanation, Place, Weight};
pub use self::hmm::HmmModel;
pub use self::learned::{Around, Marks, Symbol, WordModel, WordWeights};
pub use self::profile::Profile;
pub use self::search::{SearchToken, SearchTokens};
pub use self::segmenter::Segmenter;
pub use self::simplifier::Simplifier;
pub use self::tag_model::TagModel;
pub use self::terms::{Term, TermSource};
pub use self::token::{TaggedToken, Token};
pub use self::tokens::{TaggedTokens, Tokens};
pub use crate::text::{Entity, Origin};
