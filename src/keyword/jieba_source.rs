//! A `jieba_rs::Jieba` as a source of terms.

use jieba_rs::Jieba;

use crate::dictionary::Tag;
use crate::segment::{Term, TermSource};

/// Terms are tagged by jieba-rs; tags longer than [`Tag::MAX_LEN`] bytes, which a user dictionary may have, are empty.
impl TermSource for Jieba {
    fn each_term<'t>(&self, text: &'t str, hmm: bool, each: &mut dyn FnMut(Term<'t>)) {
        // The slices that jieba-rs gives live as long as the segmenter; the ranges are of the text.
        for tagged in self.tag(text, hmm) {
            let word = &text[tagged.byte_start..tagged.byte_end];
            each(Term::new(word, tagged.byte_start).with_tag(Tag::new(tagged.tag).unwrap_or_default()));
        }
    }
}
