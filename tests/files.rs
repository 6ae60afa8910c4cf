//! Dictionaries as files: with users' words, with more frequencies than classes, and mapped. Both
//! whole and damaged files are tried.

use crate::common::{Folder, articles};
use fenci::dictionary::Tag;
use fenci::{Dictionary, Segmenter};
use oracle::files::*;

const SLOW: bool = cfg!(debug_assertions);

fn repair(image: &mut [u8]) {
    let sum = crc32fast::hash(&image[28..]);
    image[24..28].copy_from_slice(&sum.to_le_bytes());
}

#[test]
fn what_was_saved_is_opened_and_cuts_alike() {
    let folder = Folder::new();
    for (name, dictionary) in [("small", small()), ("words", with_words()), ("embedded", Dictionary::embedded())] {
        let path = folder.0.join(name);
        dictionary.save(&path).unwrap();
        let opened = Dictionary::open(&path).unwrap();
        assert_eq!((opened.len(), opened.total_frequency()), (dictionary.len(), dictionary.total_frequency()));
        assert_eq!(opened.to_bytes(), dictionary.to_bytes());
        exercise(&opened);
        let of = |dictionary| Segmenter::builder().dictionary(dictionary).build();
        let (of_opened, of_saved) = (of(opened), of(dictionary));
        let articles: Vec<String> = articles().into_iter().map(|(_, text)| text).collect();
        for text in TEXTS.into_iter().chain(articles.iter().map(String::as_str)) {
            assert!(of_opened.cut(text).eq(of_saved.cut(text)), "{name}: {text}");
            assert!(of_opened.cut_all(text).eq(of_saved.cut_all(text)), "{name}: {text}");
            assert!(of_opened.tag(text).eq(of_saved.tag(text)), "{name}: {text}");
        }
    }
}

#[test]
fn a_text_is_compiled_and_errors_name_the_file() {
    let folder = Folder::new();
    let path = folder.write("words.txt", "\u{feff}星际之门 300 nz\r\n立项 50\n".as_bytes());
    let dictionary = Dictionary::open(&path).unwrap();
    assert_eq!((dictionary.len(), dictionary.get("星际之门").unwrap().frequency), (2, 300));
    let message = |name: &str, bytes: &[u8]| {
        let path = folder.write(name, bytes);
        let message = Dictionary::open(&path).unwrap_err().to_string();
        assert!(message.starts_with(path.to_str().unwrap()), "{message}");
        message
    };
    assert!(message("bad.txt", "立项 50\n软银 5x\n".as_bytes()).contains("bad.txt: line 2: "));
    assert!(message("gbk.txt", b"abc 5\n\xd6\xd0 7\n").contains("gbk.txt: line 2: "));
    let image = small().to_bytes().into_owned();
    assert!(message("short", &image[..image.len() - 8]).contains("was it cut short?"));
    assert!(message("short", &image[..20]).contains("expected at least"));
    assert!(Dictionary::open(folder.0.join("none")).unwrap_err().to_string().contains("none: "));
}

#[test]
fn every_frequency_is_kept_even_if_there_are_more_than_classes() {
    let frequency = |number: u64| number * number / 7 + number;
    let words: Vec<String> = (0..70_000u32)
        .map(|number| {
            let char_at = |index| char::from_u32(0x4E00 + number / 300_u32.pow(index) % 300).unwrap();
            [char_at(0), char_at(1), '词'].iter().collect()
        })
        .collect();
    let mut builder = Dictionary::builder();
    for (word, number) in words.iter().zip(1..) {
        builder = builder.word(word, frequency(number), Tag::default()).unwrap();
    }
    let dictionary = Dictionary::from_bytes(builder.build().unwrap().to_bytes().into_owned()).unwrap();
    for (word, number) in words.iter().zip(1..) {
        assert_eq!(dictionary.get(word).unwrap().frequency, frequency(number));
    }
    let segmenter = Segmenter::builder().dictionary(dictionary).hmm(false).build();
    let text = words[..1000].concat();
    assert!(segmenter.cut(&text).map(|token| token.text()).eq(words[..1000].iter().map(String::as_str)));
}

/// A file with words that `UserWords` would not accept is refused.
#[test]
fn words_that_are_none_are_refused() {
    let file = with_words().to_bytes().into_owned();
    let user = section(&file, "user");
    let refused = |change: &dyn Fn(&mut [u8])| {
        let mut file = file.clone();
        change(&mut file[user.clone()]);
        repair(&mut file[user.clone()]);
        repair(&mut file);
        let error = Dictionary::from_bytes(file).unwrap_err();
        assert_eq!(error.kind(), fenci::ErrorKind::Image);
        error.to_string()
    };
    // The layout of a word: its intent, the number of its parts, its length in two bytes, its
    // frequency in eight, its tag in sixteen, its parts, its characters. The first word is "Edu
    // Trust认证".
    let at = section(&file[user.clone()], "word").start;
    let text = at + 28;
    assert!(refused(&|words| words[text..text + 15].fill(b' ')).contains("white space"));
    assert!(refused(&|words| words[text] = 0x07).contains("control character"));
    assert!(refused(&|words| words[text] = 0xff).contains("a word is damaged"));
    assert!(refused(&|words| words[at] |= 7).contains("a word is damaged"));
    assert!(refused(&|words| words[at + 1] = 1).contains("a word is damaged"));
    assert!(refused(&|words| words[at + 3] = 0xff).contains("a word is damaged"));
    assert!(refused(&|words| words[text] = b'~').contains("not sorted"));
    assert!(refused(&|words| words[at + 27] = 99).contains("a word is damaged"));
    let base = section(&file[user.clone()], "base").start;
    assert!(refused(&|words| words[base] ^= 1).contains("another dictionary"));
}

/// Damages single bits in every section of users' words, with correct checksums. The result is an
/// error or a dictionary that works.
#[test]
fn damaged_words_of_users_do_no_harm() {
    let file = with_words().to_bytes().into_owned();
    let user = section(&file, "user");
    let mut opened = 0;
    for (name, range) in sections(&file[user.clone()]) {
        let step = (range.len() * 8 / if SLOW { 6 } else { 200 }) | 1;
        for bit in (0..range.len() * 8).step_by(step) {
            let mut file = file.clone();
            let image = &mut file[user.clone()];
            image[range.start + bit / 8] ^= 1 << (bit % 8);
            repair(image);
            repair(&mut file);
            let result =
                std::panic::catch_unwind(|| Dictionary::from_bytes(file).map(|dictionary| exercise(&dictionary)));
            match result {
                Ok(result) => opened += usize::from(result.is_ok()),
                Err(_) => panic!("section {name:?}, bit {bit}"),
            }
        }
    }
    assert!(opened > 0);
}

/// A mapped file is validated in full, as a file that is read.
#[test]
#[expect(unsafe_code, reason = "nobody else knows of the file")]
fn a_mapped_file_is_validated_in_full() {
    let folder = Folder::new();
    for dictionary in [small(), with_words()] {
        let mut file = dictionary.to_bytes().into_owned();
        let path = folder.write("whole", &file);
        // SAFETY: nobody else knows of the file.
        let mapped = unsafe { Dictionary::open_mapped(&path) }.unwrap();
        assert_eq!(mapped.to_bytes(), dictionary.to_bytes());
        exercise(&mapped);
        *file.last_mut().unwrap() ^= 1;
        let path = folder.write("damaged", &file);
        // SAFETY: as above.
        let error = unsafe { Dictionary::open_mapped(&path) }.unwrap_err();
        assert!(error.to_string().contains("checksum"), "{error}");
    }
}
