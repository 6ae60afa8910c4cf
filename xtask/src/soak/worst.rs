//! The worst texts that are known for each algorithm, in any size.

use fenci::keyword::Method;
use fenci::{Article, Extractor, Profile, Segmenter};

/// A kind of text, and what is done with it.
pub(crate) struct Worst {
    pub(crate) name: &'static str,
    /// Makes the text, in about so many bytes.
    pub(crate) text: fn(usize) -> String,
    /// The work. Returns a number, so that the compiler keeps it.
    pub(crate) work: fn(&str) -> usize,
}

pub(crate) const WORST: [Worst; 20] = [
    Worst {
        name: "cut, words in words", text: |n| repeated("中华人民共和国中央人民政府驻香港", n), work: cut
    },
    Worst { name: "cut, one character", text: |n| repeated("长", n), work: cut },
    Worst { name: "cut, characters of no word, with HMM", text: rare_characters, work: cut },
    Worst { name: "cut, one Latin word", text: |n| repeated("a", n), work: cut },
    Worst { name: "cut, one word with dots", text: |n| repeated("1.a-", n), work: cut },
    Worst { name: "cut, names without an end", text: |n| repeated("@一-", n), work: cut },
    Worst { name: "cut, addresses without an end", text: |n| repeated("http://a.", n), work: cut },
    Worst { name: "cut, marks on one character", text: |n| format!("中{}", repeated("\u{301}", n)), work: cut },
    Worst { name: "cut, one emoji sequence", text: |n| repeated("👩\u{200d}", n), work: cut },
    Worst { name: "cut as jieba, line feeds", text: |n| repeated("\n", n), work: cut_exact },
    Worst { name: "cut_all, words in words", text: |n| repeated("中华人民共和国", n), work: all },
    Worst { name: "cut_for_search, one compound", text: |n| repeated("ab-", n), work: search },
    Worst { name: "tag, characters of no word", text: rare_characters, work: tag },
    Worst { name: "TF-IDF, all words different", text: different_words, work: |text| extract(Method::TfIdf, text) },
    Worst {
        name: "TextRank, all words different",
        text: different_words,
        work: |text| extract(Method::TextRank, text),
    },
    Worst { name: "Phrases, all words different", text: different_words, work: |text| extract(Method::Phrases, text) },
    Worst {
        name: "Phrases, one sentence again and again",
        text: |n| repeated("软银集团的数据中心至今没有动工，", n),
        work: |text| extract(Method::Phrases, text),
    },
    Worst { name: "clean, open brackets", text: |n| repeated("門(", n), work: clean },
    Worst { name: "clean, readings", text: |n| repeated("門(mén)項(xiàng)", n), work: clean },
    Worst { name: "clean, entities in entities", text: |n| format!("&{}lt;", repeated("amp;", n)), work: clean },
];

fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes.div_ceil(piece.len()))
}

/// Han characters. Hardly any two make a word.
fn rare_characters(bytes: usize) -> String {
    let chars = (0..bytes / 3).map(|at| 0x9000 + (at as u32 * 7919) % 0x0F00);
    chars.filter_map(char::from_u32).collect()
}

/// Words of Latin letters, each another.
fn different_words(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 16);
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        let letter = |place: u32| char::from(b'a' + (number / 26u64.pow(place) % 26) as u8);
        text.extend((0..6).map(letter));
        text.push(' ');
    }
    text
}

fn cut(text: &str) -> usize {
    Segmenter::new().cut(text).count()
}

fn cut_exact(text: &str) -> usize {
    Segmenter::builder().profile(Profile::Jieba).build().cut(text).count()
}

fn all(text: &str) -> usize {
    Segmenter::new().cut_all(text).count()
}

fn search(text: &str) -> usize {
    Segmenter::new().cut_for_search(text).count()
}

fn tag(text: &str) -> usize {
    Segmenter::new().tag(text).count()
}

fn extract(method: Method, text: &str) -> usize {
    Extractor::builder().method(method).allowed_tags([]).build().extract(&Segmenter::new(), text, 20).len()
}

fn clean(text: &str) -> usize {
    Article::clean(text).text().len()
}
