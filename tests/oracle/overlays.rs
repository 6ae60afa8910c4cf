//! Applies users' words in any order, and compares the result with a map from each word to its last
//! change.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fenci::dictionary::UserWords;
use fenci::segment::Origin;
use fenci::{Dictionary, Error, Profile, Segmenter};

static BASE: LazyLock<Dictionary> = LazyLock::new(|| {
    let words =
        "甲 90 n\n甲乙 40 n\n甲乙丙 9 nz\n乙 30 v\n乙丙 20 v\n丙 50 n\n丙丁 5 n\n丁 70 uj\n甲乙丙丁戊 2 nt\nA丁 3 n\n";
    Dictionary::builder().parse(words).unwrap().build().unwrap()
});

const CHARS: [char; 8] = ['甲', '乙', '丙', '丁', '戊', 'a', '-', '𠮷'];

#[derive(Clone, Copy, Debug)]
enum Said {
    Add(Option<u64>),
    Frequency(u64),
    Prefer,
    Force,
    Split(usize),
    NeverJoin,
}

impl Said {
    fn of(self, words: &mut UserWords, word: &str) -> Result<(), Error> {
        match self {
            Said::Add(frequency) => words.add_with(word, frequency, None),
            Said::Frequency(frequency) => words.set_frequency(word, frequency),
            Said::Prefer => words.prefer(word),
            Said::Force => words.force(word),
            Said::Split(chars) => {
                let at = word.char_indices().nth(chars).map_or(word.len(), |(at, _)| at);
                words.split(word, &[&word[..at], &word[at..]])
            }
            Said::NeverJoin => words.never_join(word),
        }
        .map(|_| ())
    }
}

/// Runs a fuzzer's input. Its first byte chooses the number of words. For each word, two bytes
/// choose the change, the length of the word and a number; the characters follow. The rest of the
/// input is a text.
pub fn fuzz(data: &[u8]) {
    let mut data = data.iter().copied();
    let mut words = UserWords::new();
    let mut model = BTreeMap::new();
    let first = data.next().unwrap_or(0);
    let (count, with_many) = (first % 32, first >= 0xf0);
    for _ in 0..count {
        let [Some(what), Some(more)] = [data.next(), data.next()] else { break };
        let chars = usize::from(what >> 3) % 5 + 1;
        let word: String = data.by_ref().take(chars).map(|byte| CHARS[usize::from(byte) % CHARS.len()]).collect();
        let number = [0, 1, u64::from(more), u64::from(more) << 32, u64::MAX][usize::from(more) % 5];
        let said = match what & 7 {
            0 => Said::Add((more > 99).then_some(number)),
            1 => Said::Frequency(number),
            2 => Said::Prefer,
            3 => Said::Force,
            4 => Said::Split(usize::from(more) % 4),
            5 => Said::NeverJoin,
            _ => {
                assert_eq!(words.forget(&word), model.remove(&word).is_some(), "{word}");
                continue;
            }
        };
        if said.of(&mut words, &word).is_ok() {
            model.insert(word, said);
        } else {
            assert!(word.chars().count() < 2 || matches!(said, Said::Split(_)), "{word} {said:?}");
        }
    }

    let mut again = UserWords::new();
    model.iter().for_each(|(word, said)| said.of(&mut again, word).unwrap());
    assert_eq!((&again, words.len()), (&words, model.len()));

    // The sum of the frequencies may overflow, which is an error.
    let Ok(dictionary) = BASE.with_words(&words) else {
        assert!(model.values().any(|said| matches!(said, Said::Add(Some(_)) | Said::Frequency(_))), "{model:?}");
        return;
    };
    for (word, said) in &model {
        let (before, after) = (BASE.get(word), dictionary.get(word));
        match said {
            Said::Frequency(frequency) => assert_eq!(after.unwrap().frequency, *frequency, "{word}"),
            Said::Split(_) | Said::NeverJoin => assert!(after.is_none(), "{word}"),
            Said::Add(_) | Said::Prefer | Said::Force => {
                let before = before.map_or(0, |entry| entry.frequency);
                assert!(after.is_some_and(|entry| entry.frequency >= before), "{word} {said:?} {after:?}");
            }
        }
    }

    let text: String = data.map(|byte| *CHARS.get(usize::from(byte) % 10).unwrap_or(&'，')).collect();
    let opened = Dictionary::from_bytes(dictionary.to_bytes().into_owned()).unwrap();
    // A large number of words is looked up in another way. Words that no text has change nothing.
    let among_many = with_many.then(|| {
        let ends = (0..80).filter_map(|n| char::from_u32(0x5000 + n));
        let more = ends.flat_map(|end| CHARS.iter().flat_map(move |a| CHARS.map(|b| format!("{a}{b}{end}"))));
        more.for_each(|word| _ = words.set_frequency(&word, 1).unwrap());
        BASE.with_words(&words).unwrap()
    });
    for profile in [Profile::Natural, Profile::Jieba] {
        for hmm in [true, false] {
            let of = |dictionary: &Dictionary| {
                Segmenter::builder().profile(profile).hmm(hmm).dictionary(dictionary.clone()).build()
            };
            let (segmenter, opened) = (of(&dictionary), of(&opened));
            let cut: Vec<_> = segmenter.cut(&text).collect();
            assert_eq!(cut.iter().map(|token| token.text()).collect::<String>(), text);
            assert!(opened.cut(&text).eq(cut.iter().copied()), "{text}");
            if let Some(among_many) = &among_many {
                let found = |segmenter: &Segmenter| {
                    let all =
                        segmenter.cut(&text).chain(segmenter.cut_for_search(&text)).chain(segmenter.cut_all(&text));
                    all.map(|token| (token.range(), token.origin())).collect::<Vec<_>>()
                };
                assert_eq!(found(&of(among_many)), found(&segmenter), "{text}");
            }
            for token in segmenter.cut(&text).chain(segmenter.cut_for_search(&text)).chain(segmenter.cut_all(&text)) {
                assert_eq!(&text[token.range()], token.text());
                // A run of Latin letters is one token by its characters alone.
                let is_joined = matches!(token.origin(), Origin::Dictionary | Origin::Hmm);
                assert!(!is_joined || !matches!(model.get(token.text()), Some(Said::NeverJoin)), "{token:?} in {text}");
            }
            assert_eq!(segmenter.tag(&text).count(), cut.len());
        }
    }
}
