//! Dictionaries as files: damage causes an error or no harm.

use std::ops::Range;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use fenci::dictionary::{Tag, UserWords};
use fenci::{Dictionary, Profile, Segmenter};

use crate::images::{SMALL, exercise_text};

pub const TEXTS: [&str; 9] = [
    "中国科学院计算所的人，中国科",
    "科学院计算所的人\n中\n国\r\n人的零零学院",
    "软银軟銀T恤t恤Ｔ恤C++4S店é中",
    "龘\u{20000}\u{3400}\u{9FEF}\u{31350}中国龘龘䓬䓬",
    "Edu Trust认证，[捂脸]的[doge]，中国龘，😀😀店",
    "learning 中国 3.14 人的 👪中\u{301}国 に中ほん",
    "的的的的的的的的中国中国中国中国科学院计算所的人科学院计算所的人",
    "人",
    "",
];

pub fn small() -> Dictionary {
    Dictionary::from_bytes(SMALL.clone()).unwrap()
}

pub fn with_words() -> Dictionary {
    let mut words = UserWords::from_words(["Edu Trust认证", "[捂脸]", "中国龘", "龘", "的的的的的的", "😀"]).unwrap();
    words.split("科学院计算所的人", &["科学院", "计算所", "的人"]).unwrap().never_join("䓬䓬").unwrap();
    words.force("国科").unwrap().prefer("学院店").unwrap().set_frequency("人的", 0).unwrap();
    words.add_with("计算所", Some(7), Some(Tag::new("nt").unwrap())).unwrap();
    small().with_words(&words).unwrap()
}

/// Tries every lookup. The tokens of `cut` are the text, and no iterator is endless.
pub fn exercise(dictionary: &Dictionary) {
    for word in ["中国", "科学院计算所的人", "零", "Edu Trust认证", "😀", "", "\u{10FFFF}龘\0"] {
        let entry = dictionary.get(word);
        let _ = entry.map(|entry| dictionary.entry(entry.id));
    }
    for (profile, hmm) in [(Profile::Natural, true), (Profile::Natural, false), (Profile::Jieba, true)] {
        let segmenter = Segmenter::builder().dictionary(dictionary.clone()).profile(profile).hmm(hmm).build();
        for text in TEXTS {
            exercise_text(&segmenter, text);
        }
    }
    let _ = dictionary.with_words(&UserWords::from_words(["中国的", "龘龘"]).unwrap());
}

pub fn number(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte))
}

/// The names and byte ranges of the sections of an image.
pub fn sections(image: &[u8]) -> Vec<(String, Range<usize>)> {
    let count = number(&image[28..32]);
    let section = |entry: &[u8]| {
        let start = number(&entry[8..16]);
        (String::from_utf8(entry[..4].to_vec()).unwrap(), start..start + number(&entry[16..24]))
    };
    image[32..32 + count * 24].chunks(24).map(section).collect()
}

pub fn section(image: &[u8], name: &str) -> Range<usize> {
    sections(image).into_iter().find(|section| section.0 == name).unwrap().1
}

/// Opens a file that a fuzzer has changed. The first byte chooses the file, and each four bytes
/// give an offset and a new value.
pub fn fuzz(data: &[u8]) {
    static IMAGES: LazyLock<[Vec<u8>; 2]> =
        LazyLock::new(|| [small(), with_words()].map(|d| d.to_bytes().into_owned()));
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let Some((choice, changes)) = data.split_first() else { return };
    let mut image = IMAGES[usize::from(choice & 1)].clone();
    for change in changes.chunks_exact(4) {
        let at = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % image.len();
        image[at] = change[3];
    }
    let name = format!("fenci-fuzz-{}-{}.bin", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, &image).unwrap();
    match Dictionary::open(&path) {
        Ok(dictionary) => exercise(&dictionary),
        Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
    }
    std::fs::remove_file(&path).unwrap();
}
