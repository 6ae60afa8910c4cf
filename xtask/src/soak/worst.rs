//! The worst known texts for each algorithm, in any size.

use fenci::keyword::Method;
use fenci::{Article, Extractor, Profile, Segmenter};

/// A kind of text, and the work on it.
pub(crate) struct Worst {
    pub(crate) name: String,
    /// Makes a text of about this many bytes.
    pub(crate) text: fn(usize) -> String,
    /// Does the work. Returns a number, so that the compiler keeps the work.
    pub(crate) work: fn(&str) -> usize,
}

type Text = (&'static str, fn(usize) -> String);
type Work = (&'static str, fn(&str) -> usize);

/// Texts that are hard to cut.
const TEXTS: [Text; 21] = [
    ("words in words", |n| repeated("中华人民共和国中央人民政府驻香港", n)),
    ("one character", |n| repeated("长", n)),
    ("characters of no word", rare_characters),
    ("one Latin word", |n| repeated("a", n)),
    ("one word with dots", |n| repeated("1.a-", n)),
    ("one compound", |n| repeated("ab-", n)),
    ("names without an end", |n| repeated("@一-", n)),
    ("addresses without an end", |n| repeated("http://a.", n)),
    ("schemes, then a mark", |n| repeated("a://", n) + "\u{301}"),
    ("schemes, then a joiner", |n| repeated("a://", n) + "\u{200d}"),
    ("hosts, then a letter with a mark", |n| repeated("www.a/", n) + "a\u{301}"),
    ("hosts of a known end, then a letter with a mark", |n| repeated("a.cn/", n) + "a\u{301}"),
    ("schemes and brackets", |n| repeated("a://((", n)),
    ("times", |n| repeated("10:30-", n)),
    ("dates", |n| repeated("2025-03-12-", n)),
    ("full-width numbers", |n| repeated("１．", n)),
    ("keycaps", |n| repeated("1\u{fe0f}\u{20e3}", n)),
    ("amounts", |n| repeated("5kg/", n)),
    ("marks on one character", |n| format!("中{}", repeated("\u{301}", n))),
    ("one emoji sequence", |n| repeated("👩\u{200d}", n)),
    ("line feeds", |n| repeated("\n", n)),
];

/// Both profiles in all modes.
const MODES: [Work; 8] = [
    ("cut", |text| natural().cut(text).count()),
    ("cut_all", |text| natural().cut_all(text).count()),
    ("cut_for_search", |text| natural().cut_for_search(text).count()),
    ("tag", |text| natural().tag(text).count()),
    ("cut as jieba", |text| jieba().cut(text).count()),
    ("cut_all as jieba", |text| jieba().cut_all(text).count()),
    ("cut_for_search as jieba", |text| jieba().cut_for_search(text).count()),
    ("tag as jieba", |text| jieba().tag(text).count()),
];

/// A text that is hard for one kind of work: a name, the maker of the text, and the work.
type Other = (&'static str, fn(usize) -> String, fn(&str) -> usize);

const OTHERS: [Other; 7] = [
    ("TF-IDF, all words different", different_words, |text| extract(Method::TfIdf, text)),
    ("TextRank, all words different", different_words, |text| extract(Method::TextRank, text)),
    ("Phrases, all words different", different_words, |text| extract(Method::Phrases, text)),
    (
        "Phrases, one sentence again and again",
        |n| repeated("软银集团的数据中心至今没有动工，", n),
        |text| extract(Method::Phrases, text),
    ),
    ("clean, open brackets", |n| repeated("門(", n), clean),
    ("clean, readings", |n| repeated("門(mén)項(xiàng)", n), clean),
    ("clean, entities in entities", |n| format!("&{}lt;", repeated("amp;", n)), clean),
];

/// Returns all of them.
pub(crate) fn worst() -> Vec<Worst> {
    let of_modes = MODES.iter().flat_map(|&(mode, work)| {
        TEXTS.iter().map(move |&(name, text)| Worst { name: format!("{mode}, {name}"), text, work })
    });
    let others = OTHERS.iter().map(|&(name, text, work)| Worst { name: name.to_owned(), text, work });
    of_modes.chain(others).collect()
}

fn natural() -> Segmenter {
    Segmenter::new()
}

fn jieba() -> Segmenter {
    Segmenter::builder().profile(Profile::Jieba).build()
}

fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes.div_ceil(piece.len()))
}

/// Makes Han characters. Hardly any two of them are a word.
fn rare_characters(bytes: usize) -> String {
    let chars = (0..bytes / 3).map(|at| 0x9000 + (at as u32 * 7919) % 0x0F00);
    chars.filter_map(char::from_u32).collect()
}

/// Makes words of Latin letters, all different.
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

fn extract(method: Method, text: &str) -> usize {
    Extractor::builder().method(method).allowed_tags([]).build().extract(&Segmenter::new(), text, 20).len()
}

fn clean(text: &str) -> usize {
    Article::clean(text).text().len()
}
