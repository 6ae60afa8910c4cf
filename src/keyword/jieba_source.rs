//! A `jieba_rs::Jieba` as a source of terms.

use jieba_rs::Jieba;

use crate::dictionary::Tag;
use crate::segment::{Term, TermSource};

/// jieba-rs tags the terms. A user dictionary may have tags of more than [`Tag::MAX_LEN`] bytes.
/// These are left out.
impl TermSource for Jieba {
    fn terms<'t>(&self, text: &'t str, hmm: bool, terms: &mut Vec<Term<'t>>) {
        // The slices that jieba-rs returns borrow from the segmenter. The ranges are those of the
        // text.
        terms.extend(self.tag(text, hmm).into_iter().map(|tagged| {
            let word = &text[tagged.byte_start..tagged.byte_end];
            Term::new(word, tagged.byte_start).with_tag(Tag::new(tagged.tag).unwrap_or_default())
        }));
    }
}
