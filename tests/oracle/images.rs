//! Small images of every format, and checks of those that open.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fenci::dictionary::{Tag, UserWords};
use fenci::idf::{DocumentFrequencies, Idf, IdfTrainer, UnknownWords};
use fenci::segment::{Around, HmmModel, Symbol, TagModel, WordModel, WordWeights};
use fenci::{Dictionary, Profile, Segmenter};

/// The size of an image's header in bytes, and of an entry in the section table after it.
pub const HEADER: usize = 32;
pub const ENTRY: usize = 24;

/// Reads bytes as a little-endian number.
pub fn number(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte))
}

/// Corrects the checksum of an image, and of the images in it.
pub fn repair(image: &mut [u8]) {
    let sum_up = |image: &mut [u8]| {
        let sum = crc32fast::hash(&image[28..]);
        image[24..28].copy_from_slice(&sum.to_le_bytes());
    };
    if image.get(8..12) == Some(b"both") {
        for at in [HEADER, HEADER + ENTRY] {
            let Some(entry) = image.get(at + 8..at + ENTRY) else { break };
            let (start, len) = (number(&entry[..8]), number(&entry[8..]));
            if len >= HEADER && start.checked_add(len).is_some_and(|end| end <= image.len()) {
                sum_up(&mut image[start..start + len]);
            }
        }
    }
    sum_up(image);
}

pub const WORDS: [(&str, u64, &str); 18] = [
    ("中", 9, "n"),
    ("中国", 90, "ns"),
    ("中国科", 1, "n"),
    ("中国科学院", 30, "nt"),
    ("国", 5, "n"),
    ("科学", 60, "n"),
    ("学院", 20, "n"),
    ("科学院计算所的人", 2, "nt"),
    ("的", 300, "uj"),
    ("人", 50, "n"),
    ("人的", 1, "x"),
    ("软银", 7, "nz"),
    ("T恤", 3, "n"),
    ("C++", 2, "nz"),
    ("4S店", 2, "n"),
    ("店", 8, "n"),
    ("é中", 1, "x"),
    ("零", 0, "m"),
];

pub static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut builder = Dictionary::builder();
    for (word, frequency, tag) in WORDS {
        builder = builder.word(word, frequency, Tag::new(tag).unwrap()).unwrap();
    }
    let builder = builder.fold('軟', '软').fold('銀', '银').fold('國', '国').variant('着', '的');
    builder.build().unwrap().to_bytes().to_vec()
});

/// All words of four characters over five: enough for children beyond the cells of the alphabet.
pub static BROAD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut builder = Dictionary::builder();
    let chars = ['中', '国', '科', '学', '院'];
    for number in 0..625usize {
        let word: String = [1, 5, 25, 125].iter().map(|power| chars[number / power % 5]).collect();
        builder = builder.word(&word, number as u64 % 7 + 1, Tag::new("n").unwrap()).unwrap();
    }
    builder.build().unwrap().to_bytes().to_vec()
});

/// The small dictionary with users' words.
pub static SMALL_WITH_WORDS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut words = UserWords::new();
    words
        .parse("计算所 9 nt\n龘龘\n中国科 4 x\n\u{20000}\n")
        .unwrap()
        .force("学院店")
        .unwrap()
        .never_join("软银")
        .unwrap();
    words.split("科学院", &["科", "学院"]).unwrap().prefer("人的零").unwrap();
    Dictionary::from_bytes(SMALL.clone()).unwrap().with_words(&words).unwrap().to_bytes().to_vec()
});

/// Models of some characters, which `xtask` compiled from jieba's text forms.
pub const SMALL_HMM: &[u8] = include_bytes!("../golden/hmm-1.bin");
pub const SMALL_TAGS: &[u8] = include_bytes!("../golden/tagr-1.bin");

/// A learned model of four characters. Its file has rows for all marks and takes 40 KB.
pub static SMALL_WORD_MODEL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let symbols = usize::from(Symbol::FIRST) + 5;
    let around = |seed: usize| {
        let weight = |at: usize| ((seed * 7 + at * 5) % 11) as f32 / 4.0 - 1.0;
        Around { borders: std::array::from_fn(weight), singles: std::array::from_fn(|at| weight(at + 4)) }
    };
    let pair = |at: usize| [(at % symbols) as u16, (at * 3 % symbols) as u16];
    let pairs: BTreeSet<[u16; 2]> = (0..40).map(pair).collect();
    let weights = WordWeights {
        chars: vec!['中', '国', '科', '学', ','],
        han: 4,
        rows: (0..symbols).map(around).collect(),
        pairs: pairs.iter().map(|&of| (of, around(of[0].into()))).collect(),
        marks: (0..256).map(around).collect(),
        mark_pairs: (0..1 << 12).map(around).collect(),
        beliefs: (0..WORDS.len()).map(|word| (word % 3) as u8).collect(),
        dictionary: Some(Dictionary::from_bytes(SMALL.clone()).unwrap()),
    };
    WordModel::compile(&weights).unwrap().to_bytes().into_owned()
});

pub static SMALL_FREQUENCIES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut texts: Vec<String> = TEXTS.map(str::to_owned).to_vec();
    texts.extend(('0'..='9').chain('A'..='Z').chain('a'..='z').map(|c| format!("{c}{c}x {c}y z{c}中国")));
    let source = Segmenter::builder().dictionary(Dictionary::from_bytes(SMALL.clone()).unwrap()).build();
    IdfTrainer::new().train(&source, texts).to_bytes()
});

pub static SMALL_IDF: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let words = DocumentFrequencies::from_bytes(SMALL_FREQUENCIES.clone()).unwrap();
    let lines: String = words.iter().map(|(word, df)| format!("{word} {df}.5\n")).collect();
    let dictionary = Dictionary::from_bytes(SMALL.clone()).unwrap();
    Idf::parse(&lines, &dictionary).unwrap().to_bytes()
});

/// Texts with characters of every code, and with every word at the end of a text and before a
/// break.
pub const TEXTS: [&str; 12] = [
    "中国科学院计算所的人，中国科",
    "科学院计算所的人\n中\n国\r\n人的零零学院",
    "中",
    "国",
    "科学",
    "软银軟銀T恤t恤Ｔ恤C++4S店é中",
    "龘\u{20000}\u{3400}\u{9FEF}\u{31350}中国龘龘",
    "learning 中国 3.14 人的 👪中\u{301}国 に中ほん",
    "学院店的人科计算所",
    " \t\0，。%-+",
    "人",
    "",
];

/// Cuts texts in every mode of a segmenter. Checks that the tokens of `cut` are the text, and that
/// the other modes give a bounded number of tokens.
pub fn exercise(segmenter: &Segmenter) {
    TEXTS.iter().for_each(|text| exercise_text(segmenter, text));
}

pub fn exercise_text(segmenter: &Segmenter, text: &str) {
    let most = text.chars().count() * 260;
    let cut: String = segmenter.cut(text).take(most).map(|token| token.text()).collect();
    assert_eq!(cut, text);
    assert!(segmenter.cut_all(text).take(most + 1).count() <= most, "{text:?}");
    assert!(segmenter.cut_for_search(text).take(most + 1).count() <= most, "{text:?}");
    assert_eq!(segmenter.tag(text).take(most + 1).count(), segmenter.cut(text).count(), "{text:?}");
}

pub fn exercise_dictionary(dictionary: Dictionary) {
    for (word, ..) in WORDS {
        if let Some(entry) = dictionary.get(word) {
            assert!(entry.id.index() < dictionary.id_bound());
            assert_eq!(dictionary.entry(entry.id), Some(entry));
        }
    }
    assert!(dictionary.get("").is_none());
    let _ = dictionary.get("\u{10FFFF}龘\0中国科学院计算所的人");
    let builder = Segmenter::builder().dictionary(dictionary);
    for profile in [Profile::Natural, Profile::Jieba] {
        for hmm in [true, false] {
            exercise(&builder.clone().profile(profile).hmm(hmm).build());
        }
    }
    exercise(&builder.fold(false).build());
}

pub fn exercise_hmm(model: HmmModel) {
    let dictionary = Dictionary::from_bytes(SMALL.clone()).unwrap();
    let builder = Segmenter::builder().hmm_model(model).dictionary(dictionary);
    exercise(&builder.clone().build());
    exercise(&builder.profile(Profile::Jieba).build());
}

pub fn exercise_tags(model: TagModel) {
    let segmenter = Segmenter::builder().tag_model(model).dictionary(Dictionary::from_bytes(SMALL.clone()).unwrap());
    let segmenter = segmenter.build();
    for text in TEXTS {
        assert_eq!(segmenter.tag(text).count(), segmenter.cut(text).count());
    }
}

pub fn exercise_words(model: WordModel) {
    let dictionary = Dictionary::from_bytes(SMALL.clone()).unwrap();
    exercise(&Segmenter::builder().word_model(model.clone()).dictionary(dictionary).build());
    for marks in [None, Some(&[0, 255, 7, 63, 128][..])] {
        let symbols = ['中', '龘', ',', 'a', '国'].map(|c| model.symbol(c));
        assert_eq!(model.word_ends(&symbols, marks).len(), symbols.len());
    }
}

pub fn exercise_frequencies(table: DocumentFrequencies) {
    assert_eq!(table.iter().count(), table.len());
    for (word, df) in table.iter() {
        assert!(table.get(word) == Some(df) && (1..=table.documents()).contains(&df), "{word}");
    }
    assert_eq!((table.get(""), table.get("zz\u{10FFFF}")), (None, None));
    let builder = Idf::with(&Dictionary::from_bytes(SMALL.clone()).unwrap());
    for unknown in [UnknownWords::Median, UnknownWords::Maximum, UnknownWords::Value(1.0)] {
        let table = table.clone().with_unknown(unknown).unwrap();
        exercise_idf(builder.clone().build(&table).unwrap());
    }
    // The documents of both tables may be too many to count.
    if let Ok(twice) = DocumentFrequencies::merge(&[table.clone(), table.clone()]) {
        assert!(twice.iter().eq(table.iter().map(|(word, df)| (word, 2 * df))));
    }
}

pub fn exercise_idf(idf: Idf) {
    assert!(idf.of_unknown().is_finite());
    let words = WORDS.iter().map(|(word, ..)| *word);
    for word in words.chain(TEXTS).chain(["00x", "zz中国", "z", "Zy", ""]) {
        assert!(idf.get(word).is_none_or(f64::is_finite), "{word}");
    }
}

/// A format of images. `open` opens an image and then uses it; it returns an error if the image is
/// refused.
#[derive(Clone, Copy)]
pub struct Format {
    pub noun: &'static str,
    /// The nouns of the images in it.
    pub other_nouns: &'static [&'static str],
    pub image: fn() -> &'static [u8],
    pub open: fn(Vec<u8>) -> Result<(), fenci::Error>,
}

pub const FORMATS: [Format; 6] = [
    Format {
        noun: "a fenci dictionary",
        other_nouns: &[],
        image: || &SMALL,
        open: |bytes| Dictionary::from_bytes(bytes).map(exercise_dictionary),
    },
    Format {
        noun: "a fenci HMM model",
        other_nouns: &[],
        image: || SMALL_HMM,
        open: |bytes| HmmModel::from_bytes(bytes).map(exercise_hmm),
    },
    Format {
        noun: "a fenci tag model",
        other_nouns: &[],
        image: || SMALL_TAGS,
        open: |bytes| TagModel::from_bytes(bytes).map(exercise_tags),
    },
    Format {
        noun: "a fenci table of document frequencies",
        other_nouns: &[],
        image: || &SMALL_FREQUENCIES,
        open: |bytes| DocumentFrequencies::from_bytes(bytes).map(exercise_frequencies),
    },
    Format {
        noun: "a fenci IDF table",
        other_nouns: &[],
        image: || &SMALL_IDF,
        open: |bytes| Idf::from_bytes(bytes, &Dictionary::from_bytes(SMALL.clone()).unwrap()).map(exercise_idf),
    },
    Format {
        noun: "a fenci dictionary with users' words",
        other_nouns: &["a fenci dictionary", "words for a fenci dictionary"],
        image: || &SMALL_WITH_WORDS,
        open: |bytes| Dictionary::from_bytes(bytes).map(exercise_dictionary),
    },
];

/// The format of word models. Its file is too large to flip every bit, and no golden file has it.
pub const WORD_MODEL: Format = Format {
    noun: "a fenci word model",
    other_nouns: &[],
    image: || &SMALL_WORD_MODEL,
    open: |bytes| WordModel::from_bytes(bytes).map(exercise_words),
};

/// Opens a damaged image. Returns `true` if it opens. Checks that an error names the expected
/// format.
pub fn open(format: Format, bytes: Vec<u8>, damage: &dyn std::fmt::Display) -> bool {
    let opened = std::panic::catch_unwind(|| (format.open)(bytes));
    match opened {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            let message = error.to_string();
            let mut nouns = std::iter::once(&format.noun).chain(format.other_nouns);
            assert!(nouns.any(|noun| message.starts_with(&format!("not {noun}: "))), "{damage}: {message}");
            assert!(!message.contains('\n'), "{damage}: {message:?}");
            false
        }
        Err(_) => panic!("{}: {damage}", format.noun),
    }
}

/// Opens an image that a fuzzer has changed. The input chooses the image, cuts it short, may
/// correct its checksum, and gives an offset and a new value for each change. Instead, the input
/// may be a whole image that the fuzzer made up.
pub fn fuzz(data: &[u8]) {
    let [choice, short, changes @ ..] = data else { return };
    let format = *FORMATS.get(usize::from(choice % 8)).unwrap_or(&WORD_MODEL);
    if choice & 128 != 0 {
        open(format, changes.to_vec(), &"made up");
        return;
    }
    let mut image = (format.image)().to_vec();
    for change in changes.chunks_exact(3) {
        // In a large file the changes are spread over the file.
        let spread = image.len().div_ceil(1 << 16);
        let at = spread * usize::from(u16::from_le_bytes([change[0], change[1]])) % image.len();
        image[at] = change[2];
    }
    image.truncate(image.len().saturating_sub(usize::from(short & 127)).max(32));
    if short & 128 == 0 {
        repair(&mut image);
    }
    open(format, image, &"changed");
}
