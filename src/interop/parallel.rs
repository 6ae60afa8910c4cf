//! Many texts at a time.

use rayon::prelude::*;

use crate::{Extractor, Keyword, Segmenter, TermSource, Token};

impl Segmenter {
    /// The tokens of many texts, in their order, each as [`Segmenter::cut`] gives them. The texts are shared out
    /// among the threads of the current rayon pool. Needs the feature `rayon`.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let texts = ["今天天气很好", "我们去郊游"];
    /// let tokens = Segmenter::new().par_cut(&texts);
    /// assert_eq!((tokens.len(), tokens[1][0].text()), (2, "我们"));
    /// ```
    pub fn par_cut<'t, T: AsRef<str> + Sync>(&self, texts: &'t [T]) -> Vec<Vec<Token<'t>>> {
        texts.par_iter().map(|text| self.cut(text.as_ref()).collect()).collect()
    }
}

impl Extractor {
    /// The keywords of many texts, in their order, each as [`Extractor::extract`] gives them. The texts are shared out
    /// among the threads of the current rayon pool. Needs the feature `rayon`.
    ///
    /// ```
    /// # use fenci::{Extractor, Segmenter};
    /// let texts = ["软银的会议：软银投资", "今天的天气"];
    /// let keywords = Extractor::new().par_extract(&Segmenter::new(), &texts, 1);
    /// assert_eq!(keywords[0][0].text(), "软银");
    /// ```
    pub fn par_extract<S, T>(&self, source: &S, texts: &[T], k: usize) -> Vec<Vec<Keyword>>
    where
        S: TermSource + Sync + ?Sized,
        T: AsRef<str> + Sync,
    {
        texts.par_iter().map(|text| self.extract(source, text.as_ref(), k)).collect()
    }
}
