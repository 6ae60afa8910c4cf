//! Rebuilds the compiled files in `dicts/` from the packages that Cargo.lock pins, or compares
//! them.
//!
//! The package jieba-rs has the words, frequencies and tags, the IDF table and the tag model.
//! jieba-macros has the HMM, and opencc-fmmseg has OpenCC's table of Traditional characters. See
//! dicts/README.md. Cargo knows where their sources are.

mod image;
mod jieba_models;

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use fenci::Dictionary;
use fenci::dictionary::Tag;
use fenci::idf::Idf;
use fenci::segment::{HmmModel, TagModel};

#[derive(Args)]
pub(crate) struct Options {
    /// Write nothing; compare the built files with the existing ones.
    #[arg(long)]
    check: bool,
}

/// Builds the files. With `--check`, fails if a file differs from the built one.
pub(crate) fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let dicts = root.join("dicts");
    let sources = Sources::find(&root)?;
    let mut same = true;
    for (name, bytes) in build(&sources)? {
        let path = dicts.join(name);
        let size = bytes.len();
        if options.check {
            let verdict = compare(&bytes, &fs::read(&path).unwrap_or_default());
            same &= verdict.is_none();
            println!("{name}: {size} bytes, {}", verdict.as_deref().unwrap_or("the same"));
        } else {
            fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
            println!("{name}: {size} bytes");
        }
    }
    if same { Ok(()) } else { Err("run `cargo run --release -p xtask -- dicts` and commit the files it writes".into()) }
}

/// A file's name and its content.
type Compiled = (&'static str, Vec<u8>);

/// Builds the compiled files.
fn build(sources: &Sources) -> Result<[Compiled; 4], Box<dyn Error>> {
    let mut builder = Dictionary::builder().parse(&sources.dict)?;
    for Fold { from, to, is_simplified } in folds(&sources.traditional, &sources.dict) {
        builder = if is_simplified { builder.variant(from, to) } else { builder.fold(from, to) };
    }
    let dictionary = with_natural_words(builder.build()?, &sources.natural)?;
    let idf = Idf::parse(&sources.idf, &dictionary)?;
    Ok([
        ("lexicon.bin", dictionary.to_bytes().to_vec()),
        ("idf.bin", idf.to_bytes()),
        ("hmm.bin", HmmModel::from_bytes(jieba_models::hmm(&sources.hmm)?)?.to_bytes().into_owned()),
        ("tagger.bin", TagModel::from_bytes(jieba_models::tagger(&sources.posseg)?)?.to_bytes().into_owned()),
    ])
}

/// Adds the words and tags of the natural profile. A word is added in its Simplified form, as
/// lookups use it. A word that jieba has, too, stays as jieba has it.
fn with_natural_words(dictionary: Dictionary, natural: &NaturalWords) -> Result<Dictionary, Box<dyn Error>> {
    let mut builder = dictionary.to_builder();
    for (path, line, [word, frequency, tag]) in natural.words.iter().flat_map(fields) {
        let simplified: String = word.chars().map(|c| dictionary.simplified(c)).collect();
        if dictionary.get(&simplified).is_none() {
            let frequency = frequency.parse().map_err(|error| format!("{path}, line {line}: {error}"))?;
            builder = builder.natural_word(&simplified, frequency, Tag::new(tag)?)?;
        }
    }
    for (path, line, [word, tag]) in fields(&natural.tags) {
        let known = dictionary.get(word).ok_or_else(|| format!("{path}, line {line}: {word} is no word"))?;
        builder = builder.natural_word(word, known.frequency, Tag::new(tag)?)?;
    }
    Ok(builder.build()?)
}

/// Returns the lines of a list that are no comments, with their numbers, split into `N` fields.
fn fields<const N: usize>((path, text): &(String, String)) -> impl Iterator<Item = (&str, usize, [&str; N])> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#'));
    lines.filter_map(|(number, line)| {
        let fields: Vec<&str> = line.split(' ').collect();
        Some((path.as_str(), number, fields.try_into().ok()?))
    })
}

/// Returns the difference, if there is one.
fn compare(built: &[u8], found: &[u8]) -> Option<String> {
    let differing = built.iter().zip(found).filter(|(a, b)| a != b).count();
    let first = built.iter().zip(found).position(|(a, b)| a != b);
    match first {
        Some(first) => Some(format!("DIFFERENT: {differing} bytes, the first at {first}")),
        None if built.len() != found.len() => Some(format!("DIFFERENT: the committed file has {} bytes", found.len())),
        None => None,
    }
}

/// A Traditional character and the Simplified one that replaces it in lookups.
struct Fold {
    from: char,
    to: char,
    /// `true` if Simplified text has `from`, too, as 著 in 著名 and 乾 in 乾隆. Then `from` is read as
    /// `to` only in words of `to`. It is `true` if GB 2312 has `from`, and if the longer words with
    /// `from` occur at least one two-hundredth as often as those with `to`. (GB 2312 has 於 for
    /// names, and the dictionary has it in some words by mistake.)
    is_simplified: bool,
}

/// Reads OpenCC's table. A line is `traditional TAB simplified simplified…`, and its first
/// Simplified character counts.
fn folds(table: &str, dict: &str) -> Vec<Fold> {
    let mut in_longer_words: HashMap<char, u64> = HashMap::new();
    for line in dict.lines() {
        let mut fields = line.split(' ');
        let (word, frequency) = (fields.next().unwrap_or(""), fields.next().and_then(|field| field.parse().ok()));
        if word.chars().count() > 1 {
            word.chars().for_each(|c| *in_longer_words.entry(c).or_default() += frequency.unwrap_or(0));
        }
    }
    let count = |c: char| in_longer_words.get(&c).copied().unwrap_or(0);
    let fold = |line: &str| {
        let (from, to) = line.split_once('\t')?;
        let (from, to) = (only_char(from)?, only_char(to.split_whitespace().next()?)?);
        let is_simplified = is_gb2312(from) && count(from) > 0 && count(from) * 200 >= count(to);
        (from != to).then_some(Fold { from, to, is_simplified })
    };
    table.lines().filter_map(fold).collect()
}

fn only_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Returns `true` if GB 2312 has the character. GB 2312 is the part of GBK whose bytes are both
/// above A0.
fn is_gb2312(c: char) -> bool {
    let text = c.to_string();
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(&text);
    !unmappable && matches!(*bytes, [0xb0..=0xf7, 0xa1..=0xfe])
}

/// Lists in `dicts/`, with their names.
struct NaturalWords {
    words: [(String, String); 3],
    tags: (String, String),
}

/// The sources of all built files.
struct Sources {
    natural: NaturalWords,
    dict: String,
    idf: String,
    posseg: String,
    hmm: String,
    traditional: String,
}

impl Sources {
    fn find(root: &Path) -> Result<Sources, Box<dyn Error>> {
        let metadata = cargo_metadata::MetadataCommand::new().current_dir(root).exec()?;
        let folder = |name: &str, version: &str| -> Result<PathBuf, String> {
            let package = metadata
                .packages
                .iter()
                .find(|package| package.name.as_str() == name && package.version.to_string() == version);
            let package = package.ok_or_else(|| format!("the package {name} {version} is not in Cargo.lock"))?;
            package.manifest_path.parent().map(Into::into).ok_or_else(|| format!("{name} has no folder"))
        };
        let read = |path: PathBuf| -> Result<String, String> {
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let list = |name: &str| Ok::<_, String>((name.to_owned(), read(root.join("dicts").join(name))?));
        let jieba = folder("jieba-rs", "0.11.0")?;
        Ok(Sources {
            natural: NaturalWords {
                words: [list("new-words.txt")?, list("regional-words.txt")?, list("recent-words.txt")?],
                tags: list("tags-natural.txt")?,
            },
            dict: read(jieba.join("src/data/dict.txt"))?,
            idf: read(jieba.join("src/data/idf.txt"))?,
            posseg: read(jieba.join("src/data/posseg.txt"))?,
            hmm: read(folder("jieba-macros", "0.11.0")?.join("src/hmm.model"))?,
            traditional: read(folder("opencc-fmmseg", "0.13.0")?.join("dicts/TSCharacters.txt"))?,
        })
    }
}
