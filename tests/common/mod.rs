//! Shared by several tests: texts to try, and jieba-rs to compare with.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;

pub mod harm;
pub use oracle::peers::*;

/// jieba's dictionary in its text form, from the package that the tests depend on.
pub static DICT: LazyLock<String> = LazyLock::new(|| {
    let metadata = cargo_metadata::MetadataCommand::new().exec().unwrap();
    let package = metadata.packages.iter().find(|package| package.name.as_str() == "jieba-rs").unwrap();
    std::fs::read_to_string(package.manifest_path.parent().unwrap().join("src/data/dict.txt")).unwrap()
});

pub static WORDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| DICT.lines().map(|line| line.split(' ').next().unwrap()).collect());

/// A temporary folder of its own. It is removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("fenci-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Folder(path)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn names(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// The articles of the benches, by file name.
pub fn articles() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../benches/articles");
    let mut articles: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap()))
        .collect();
    articles.sort();
    assert!(articles.len() >= 7);
    articles
}

/// Text of everything that could make a difference: dictionary words and parts of them, common and
/// rare Han, Latin, digits, punctuation, emoji, white space, line ends, and any other character.
pub fn any_text() -> impl Strategy<Value = String> {
    let word = any::<prop::sample::Index>().prop_map(|index| (*index.get(&WORDS[..])).to_owned());
    let part = (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(word, part)| {
        let chars: Vec<char> = word.get(&WORDS[..]).chars().collect();
        chars[..=part.index(chars.len())].iter().collect()
    });
    let piece = prop_oneof![
        8 => word,
        3 => part,
        3 => "[\u{4E00}-\u{9FFF}]{1,3}",
        2 => "[的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后]{1,6}",
        1 => "[\u{3400}-\u{4DBF}\u{9FD0}-\u{9FFF}\u{F900}-\u{FAFF}\u{20000}-\u{2A6DF}\u{30000}-\u{31350}]{1,3}",
        2 => "[a-zA-Z]{1,8}",
        2 => "[0-9]{1,5}([.,:-][0-9]{1,3}){0,2}%?",
        1 => "[a-zA-Z0-9+#&._%-]{1,10}",
        2 => "[，。！？、；：“”‘’（）《》【】…—·]",
        1 => "[ \t\u{3000}\r\n]{1,3}",
        1 => prop::sample::select(vec!["\r\n", "👪", "👨‍👩‍👧‍👦", "🇨🇳", "é", "にほん", "カタカナ", "한국어", "Русский", "〇", "γ射线"])
            .prop_map(str::to_owned),
        1 => prop::sample::select(vec!["T恤", "C++", "AT&T", "4S店", "卡拉OK", "c#", "1号店", "江南style", "IP地址"])
            .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}
