//! The segmenter, the cleaner and the extractors that the functions use.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use fenci::article::Cleaner;
use fenci::idf::Idf;
use fenci::keyword::Method;
use fenci::{Extractor, Segmenter};

/// The segmenter, the cleaner and the IDF table that the functions use.
///
/// Every process of a cluster needs the same options, since the functions are sent by name.
///
/// ```
/// use datafusion::prelude::SessionContext;
/// use fenci::dictionary::UserWords;
/// use fenci::{Dictionary, Segmenter};
/// use fenci_datafusion::{Options, register};
///
/// let dictionary = Dictionary::embedded().with_words(&UserWords::from_words(["星际之门"])?)?;
/// let segmenter = Segmenter::builder().dictionary(dictionary).build();
/// register(&SessionContext::new(), Options::new().segmenter(segmenter));
/// # Ok::<(), fenci::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Options {
    segmenter: Segmenter,
    cleaner: Cleaner,
    idf: Option<Idf>,
    progress: Arc<Progress>,
}

impl Options {
    /// Returns the default options: those of [`Segmenter::new`], [`Cleaner::new`] and
    /// [`Extractor::new`].
    pub fn new() -> Options {
        Options::default()
    }

    /// Sets the segmenter of all functions.
    pub fn segmenter(mut self, segmenter: Segmenter) -> Self {
        self.segmenter = segmenter;
        self
    }

    /// Sets the cleaner of `fenci_clean`.
    pub fn cleaner(mut self, cleaner: Cleaner) -> Self {
        self.cleaner = cleaner;
        self
    }

    /// Sets the IDF table of `fenci_keywords`.
    pub fn idf(mut self, idf: Idf) -> Self {
        self.idf = Some(idf);
        self
    }

    /// Makes the functions count the texts they have processed in `progress`.
    pub fn progress(mut self, progress: Arc<Progress>) -> Self {
        self.progress = progress;
        self
    }

    pub(crate) fn tools(self) -> Tools {
        let extractor = |method| {
            let builder = Extractor::builder().method(method);
            match &self.idf {
                Some(idf) => builder.idf(idf.clone()).build(),
                None => builder.build(),
            }
        };
        Tools {
            phrases: extractor(Method::Phrases),
            tfidf: extractor(Method::TfIdf),
            textrank: extractor(Method::TextRank),
            segmenter: self.segmenter,
            cleaner: self.cleaner,
            progress: self.progress,
        }
    }
}

/// The number of texts that the functions of this process have processed.
#[derive(Debug, Default)]
pub struct Progress {
    texts: AtomicU64,
    bytes: AtomicU64,
}

impl Progress {
    /// Returns the number of texts, without nulls.
    pub fn texts(&self) -> u64 {
        self.texts.load(Ordering::Relaxed)
    }

    /// Returns the bytes of these texts.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, texts: u64, bytes: u64) {
        self.texts.fetch_add(texts, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// The tools that functions registered together share.
pub(crate) struct Tools {
    pub(crate) segmenter: Segmenter,
    pub(crate) cleaner: Cleaner,
    pub(crate) phrases: Extractor,
    pub(crate) tfidf: Extractor,
    pub(crate) textrank: Extractor,
    pub(crate) progress: Arc<Progress>,
}

impl fmt::Debug for Tools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tools").field("segmenter", &self.segmenter).finish_non_exhaustive()
    }
}
