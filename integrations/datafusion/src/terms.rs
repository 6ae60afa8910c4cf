//! The distinct words of a text that document frequencies count.

use std::borrow::Cow;

use datafusion::common::HashSet;
use fenci::Segmenter;
use fenci::segment::{Term, TermSource};

/// The longest word that a table holds, in bytes.
const MAX_BYTES: usize = 255;
/// A larger set of words is not kept for the next text, which may be short.
const MAX_KEPT: usize = 1 << 14;

/// Finds the words of the texts of a column, one after the other, and reuses its buffers.
pub(crate) struct Words<'a> {
    segmenter: &'a Segmenter,
    terms: Vec<Term<'a>>,
    seen: HashSet<Cow<'a, str>>,
}

impl<'a> Words<'a> {
    pub(crate) fn new(segmenter: &'a Segmenter) -> Words<'a> {
        Words { segmenter, terms: Vec::new(), seen: HashSet::new() }
    }

    /// Calls `each` with every distinct word of `text`, in the form of the table and in the order
    /// of the text. Returns the number of words.
    pub(crate) fn each(&mut self, text: &'a str, mut each: impl FnMut(&str)) -> u64 {
        self.terms.clear();
        self.segmenter.terms(text, true, &mut self.terms);
        for word in self.terms.iter().filter_map(|term| form(self.segmenter, term)) {
            if !self.seen.contains(&word) {
                each(&word);
                self.seen.insert(word);
            }
        }
        let count = self.seen.len();
        match self.seen.capacity() > MAX_KEPT {
            true => self.seen = HashSet::new(),
            false => self.seen.clear(),
        }
        count as u64
    }
}

/// Returns the table's form of a term, with Simplified characters. Returns `None` for a term that a
/// table cannot have: one without a letter or digit, or one that is too long.
fn form<'a>(segmenter: &Segmenter, term: &Term<'a>) -> Option<Cow<'a, str>> {
    let text = term.text();
    let form = text.contains(char::is_alphanumeric).then(|| segmenter.simplified(text));
    form.filter(|form| form.len() <= MAX_BYTES)
}

#[cfg(test)]
mod tests {
    use fenci::idf::document_words;

    use super::*;

    #[test]
    fn words_are_those_that_a_table_counts() {
        let segmenter = Segmenter::new();
        let long = format!("{} {}", "x".repeat(255), "y".repeat(256));
        let texts = ["软银，軟銀。软银！", "zzqx OpenAI zzqx", &long, "，。！ \n", "", "軟銀"];
        let mut words = Words::new(&segmenter);
        for text in texts {
            let mut found = Vec::new();
            let count = words.each(text, |word| found.push(word.to_owned()));
            assert_eq!(count, found.len() as u64);
            found.sort_unstable();
            assert_eq!(found, document_words(&segmenter, text, true));
        }
    }
}
