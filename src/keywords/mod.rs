//! What a text is about.

mod extractor;
mod idf;
mod judge;
mod kept;
mod keyword;
mod phrases;
mod source;
mod stop_words;
mod terms;
mod textrank;
mod tfidf;
mod weighed;

pub use self::extractor::{Extractor, ExtractorBuilder, Method};
pub use self::idf::{DocumentFrequencies, Idf, IdfBuilder, IdfFormula, IdfTrainer, TrainingProgress, UnknownWords};
pub use self::keyword::Keyword;
pub use self::source::{Term, TermSource};
pub use self::stop_words::StopWords;
