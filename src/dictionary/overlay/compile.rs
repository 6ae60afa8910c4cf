//! From what users say of words to an image.

use super::{BEGINS, KIND, Meta, Overlay, Special, intent, own};
use crate::Error;
use crate::dictionary::builder::tags_by_number;
use crate::dictionary::classes::{class_of, classes};
use crate::dictionary::double_array::{Keys, NO_WORD, pair_filter, triple_filter};
use crate::dictionary::image::{Image, section};
use crate::dictionary::merged::Merged;
use crate::dictionary::prefix_table::PrefixTable;
use crate::dictionary::suggest::{self, Suggested};
use crate::dictionary::user_chars::UserChars;
use crate::dictionary::user_words::{Intent, UserWords, Wish};
use crate::dictionary::{Tag, WordId};
use crate::numbers::fits;
use crate::storage::bytes::{Bytes, Slice};
use crate::storage::image::{Trust, Writer};
use crate::text::codes::{Code, FIRST};

/// From so many words on, users' are found together with the dictionary's: with the embedded one they need some 12 MB more
/// then, and time to load, and next to none to be found.
const MANY: usize = 1 << 12;

/// A word while its image is made.
struct NewWord<'w> {
    text: &'w str,
    wish: &'w Wish,
    frequency: u64,
    tag: Tag,
    class: u16,
}

impl Overlay {
    /// The image of `words` for `base`.
    pub(in crate::dictionary) fn compile(base: &Image, words: &UserWords) -> Result<Overlay, Error> {
        // Nothing else is built upon.
        Overlay::compile_as(base, words, if base.is_sound_array() { MANY } else { usize::MAX })
    }

    /// The same, in one double array with the dictionary's from so many words on.
    pub(super) fn compile_as(base: &Image, words: &UserWords, many: usize) -> Result<Overlay, Error> {
        let sorted = words.sorted();
        let wishes: Vec<(&str, &Wish)> = sorted.iter().collect();
        if wishes.len() + base.words() as usize >= WordId::NONE as usize {
            return Err(Error::new(format!("expected fewer words than {}, found more", WordId::NONE)));
        }
        let bytes: usize = wishes.iter().map(|(word, _)| word.len()).sum();
        if u32::try_from(bytes).is_err() {
            return Err(Error::new(format!("expected words of at most {} bytes together, found {bytes}", u32::MAX)));
        }
        let suggested = suggest::frequencies(&wishes, base);
        let (weights, classes) = weigh(base, &wishes, &suggested);
        let mut meta = Meta {
            fingerprint: base.fingerprint().into(),
            words: base.meta.words,
            total: base.meta.total,
            first_soft: 0,
            is_merged: 0,
            demands: 0,
        };
        let mut words = Vec::with_capacity(wishes.len());
        for ((&(text, wish), &Suggested { frequency, known }), &class) in wishes.iter().zip(&suggested).zip(&classes) {
            let is_word = !matches!(wish.intent, Intent::Split(_) | Intent::NeverJoin);
            meta.demands += u64::from(!is_word);
            meta.words = (meta.words + u64::from(is_word)).saturating_sub(known.is_some().into());
            let of_known = known.map_or(0, |known| known.frequency);
            meta.total = meta.total.saturating_sub(of_known).saturating_add(frequency);
            let tag = wish.tag.or(known.map(|known| known.tag)).unwrap_or_default();
            words.push(NewWord { text, wish, frequency, tag, class });
        }
        let (tags, tag_of) = tags_by_number(words.iter().map(|word| word.tag))?;

        let single = |number: usize, word: &NewWord<'_>| {
            let mut chars = word.text.chars();
            let c = chars.next().filter(|_| chars.next().is_none())?;
            // Its number plus one, and its log probability.
            Some((c, base.words() + fits::<u32, _>(number) + 1, weights[usize::from(word.class)]))
        };
        let singles = words.iter().enumerate().filter_map(|(number, word)| single(number, word));
        let chars = UserChars::new(base, words.iter().flat_map(|word| word.text.chars()), singles)?;
        meta.first_soft = chars.first_soft().into();

        let keys = keys(base, &chars, &words);
        let keys = keys.sorted();
        let mut begins = [0u64; BEGINS];
        let (cells, pairs, triples, bases) = if keys.len() >= many {
            let Merged { cells, bases, pairs } = Merged::new(base.lexicon(), &keys, chars.len());
            if u32::try_from(cells.len()).is_err() {
                return Err(Error::new("expected fewer words, found more than a double array has places for"));
            }
            meta.is_merged = 1;
            (cells, pairs, Vec::new(), Some(bases))
        } else {
            let PrefixTable { cells, pairs, triples } = PrefixTable::new(&keys);
            for &(first, _) in &pairs {
                begins[usize::from(first) / 64] |= 1 << (first % 64);
            }
            (cells, pairs, triples, None)
        };

        let mut image = Writer::new(KIND);
        let Meta { fingerprint, words: all_words, total, first_soft, is_merged, demands } = meta;
        let numbers = [fingerprint, all_words, total, first_soft, is_merged, demands];
        image.items(section::META, numbers.map(u64::to_le_bytes));
        image.items(section::WEIGHTS, weights.into_iter().map(f64::to_le_bytes));
        chars.write(bases, &mut image);
        let ends = words.iter().scan(0u32, |end, word| {
            *end += fits::<u32, _>(word.text.len());
            Some(end.to_le_bytes())
        });
        image.items(own::ENDS, ends.collect::<Vec<_>>());
        image.bytes(own::TEXT, words.iter().flat_map(|word| word.text.bytes()).collect());
        image.bytes(own::INTENTS, words.iter().map(|word| intent_of(word.wish)).collect());
        image.items(section::FREQUENCIES, words.iter().map(|word| word.frequency.to_le_bytes()));
        image.bytes(section::TAG_OF_WORD, words.iter().map(|word| tag_of(&word.tag)).collect());
        image.items(section::TAGS, tags.iter().map(|tag| tag.to_bytes()));
        let len = begins.iter().rposition(|&bits| bits != 0).map_or(0, |last| last + 1);
        image.items(own::BEGINS, begins[..len].iter().map(|bits| bits.to_le_bytes()));
        image.items(section::CELLS, cells.iter().map(|cell| cell.to_bytes()));
        image.items(section::PAIRS, pair_filter(&pairs));
        image.items(own::TRIPLES, triple_filter(&triples));
        let splits: Vec<&[u8]> = words.iter().map(|word| parts_of(word.wish)).collect();
        let part_ends = splits.iter().scan(0u32, |end, parts| {
            *end += fits::<u32, _>(parts.len());
            Some(end.to_le_bytes())
        });
        image.items(own::PART_ENDS, part_ends.collect::<Vec<_>>());
        image.bytes(own::PARTS, splits.concat());
        let image = Bytes::from(image.finish());
        Overlay::open(Slice::new(&image, 0..image.len()), base, Trust::Embedded)
    }
}

fn intent_of(wish: &Wish) -> u8 {
    let intent = match wish.intent {
        Intent::Add => intent::ADD,
        Intent::Exactly => intent::EXACTLY,
        Intent::Prefer => intent::PREFER,
        Intent::Force => intent::FORCE,
        Intent::Split(_) => intent::SPLIT,
        Intent::NeverJoin => intent::NEVER_JOIN,
    };
    let bit = |is_said: bool, bit: u8| if is_said { bit } else { 0 };
    intent | bit(wish.frequency.is_some(), intent::WITH_FREQUENCY) | bit(wish.tag.is_some(), intent::WITH_TAG)
}

fn parts_of(wish: &Wish) -> &[u8] {
    match &wish.intent {
        Intent::Split(parts) => parts,
        _ => &[],
    }
}

/// The log probabilities by class, first the dictionary's; and the class of each word.
fn weigh(base: &Image, wishes: &[(&str, &Wish)], suggested: &[Suggested]) -> (Vec<f64>, Vec<u16>) {
    // By class, from the most frequent to the least; the first is reserved.
    let of_base: Vec<u64> = base.frequencies().iter().collect();
    let class_in_base = |frequency: u64| {
        let class = 1 + of_base[1..].partition_point(|&other| other > frequency);
        (of_base.get(class) == Some(&frequency)).then_some(fits(class))
    };
    let is_by_frequency = |wish: &Wish| matches!(wish.intent, Intent::Add | Intent::Exactly);
    let mut new: Vec<u64> = wishes
        .iter()
        .zip(suggested)
        .filter(|((_, wish), _)| is_by_frequency(wish))
        .map(|(_, suggested)| suggested.frequency)
        .filter(|&frequency| frequency > 0 && class_in_base(frequency).is_none())
        .collect();
    new.sort_unstable_by(|a, b| b.cmp(a));
    new.dedup();
    let leasts = classes(&new, usize::from(u16::MAX).saturating_sub(of_base.len() + Special::COUNT).max(1));
    let of_new = leasts.iter().map(|&frequency| suggest::log_probability(frequency, base));
    let mut weights: Vec<f64> = base.weights().iter().chain(of_new).collect();
    let special: u16 = fits(weights.len());
    weights.extend(Special::WEIGHTS);
    let class_of_word = |((_, wish), &Suggested { frequency, .. }): (&(&str, &Wish), &Suggested)| match wish.intent {
        Intent::Prefer => special + Special::Preferred as u16,
        Intent::Force => special + Special::Forced as u16,
        Intent::Split(_) => special + Special::Split as u16,
        Intent::NeverJoin => special + Special::NeverJoin as u16,
        Intent::Add | Intent::Exactly if frequency == 0 => NO_WORD,
        Intent::Add | Intent::Exactly => {
            class_in_base(frequency).unwrap_or_else(|| fits(of_base.len() + class_of(&leasts, frequency)))
        }
    };
    let of_words = wishes.iter().zip(suggested).map(class_of_word).collect();
    (weights, of_words)
}

/// The words of two characters and more, as both tables spell them.
fn keys(base: &Image, chars: &UserChars<'_>, words: &[NewWord<'_>]) -> Keys {
    let mut keys = Keys::default();
    let (mut exact, mut folded): (Vec<Code>, Vec<Code>) = Default::default();
    for (word, number) in words.iter().zip(base.words()..) {
        exact.clear();
        exact.extend(word.text.chars().map(|c| chars.exact().code(c)));
        folded.clear();
        folded.extend(word.text.chars().map(|c| chars.folded().code(c)));
        // Both tables spell most words alike.
        for codes in std::iter::once(&folded).chain((exact != folded).then_some(&exact)) {
            if codes.len() > 1 && codes.iter().all(|&code| code >= FIRST) {
                keys.push(codes, word.class, number, word.frequency);
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use proptest::prelude::*;

    use super::*;
    use crate::dictionary::Dictionary;
    use crate::segment::{Profile, Segmenter};
    use crate::storage::image::repair;

    static BASE: LazyLock<Dictionary> = LazyLock::new(|| {
        let words =
            "甲 90\n甲乙 40\n甲乙丙 9\n乙 30\n乙丙 20\n丙 50\n丙丁 5\n丁 70\n甲乙丙丁戊 2\nA丁 3\n乙丙丁戊己 8\n";
        let mut builder = Dictionary::builder().parse(words).unwrap();
        builder.fold('戉', '戊').variant('巳', '己');
        builder.build().unwrap()
    });

    /// The dictionary, characters that it folds, Latin, an ideograph and others that it does not have, and a mark.
    const CHARS: &str = "[甲乙丙丁戊己戉巳aＡ庚𠮷☆ -]";

    fn words() -> impl Strategy<Value = UserWords> {
        let word = proptest::string::string_regex(&format!("{CHARS}{{1,7}}")).unwrap();
        prop::collection::vec((word, 0..8u8, 0u64..100), 0..20).prop_map(|said| {
            let mut words = UserWords::new();
            for (word, intent, number) in said {
                let at = word.char_indices().nth(number as usize % 5).map_or(word.len(), |(at, _)| at);
                // What cannot be said of a word is not.
                _ = match intent {
                    0 | 1 => words.add(&word),
                    2 => words.add_with(&word, Some(number), None),
                    3 => words.set_frequency(&word, number / 50 * number),
                    4 => words.prefer(&word),
                    5 => words.force(&word),
                    6 => words.split(&word, &[&word[..at], &word[at..]]),
                    _ => words.never_join(&word),
                };
            }
            words
        })
    }

    fn with(overlay: Overlay) -> Dictionary {
        Dictionary { user: Some(Arc::new(overlay)), ..BASE.clone() }
    }

    /// All that is found in a text, in every mode.
    fn found(dictionary: &Dictionary, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (profile, hmm) in [(Profile::Natural, true), (Profile::Natural, false), (Profile::Jieba, true)] {
            let segmenter = Segmenter::builder().profile(profile).hmm(hmm).dictionary(dictionary.clone()).build();
            for tokens in [segmenter.cut(text), segmenter.cut_all(text), segmenter.cut_for_search(text)] {
                found.push(format!("{:?}", tokens.collect::<Vec<_>>()));
            }
        }
        found
    }

    proptest! {
        /// Many words are found together with the dictionary's, and few by themselves: texts are cut alike.
        #[test]
        fn words_are_the_same_in_one_array_and_beside_the_dictionary(
            words in words(),
            parts in prop::collection::vec((any::<prop::sample::Index>(), "[，甲乙丙丁戊己戉☆a]{0,3}"), 0..12),
        ) {
            let said: Vec<_> = words.sorted().iter().map(|(word, _)| word.to_owned()).collect();
            let part = |(at, other): &(prop::sample::Index, String)| match said.len() {
                0 => other.clone(),
                len => said[at.index(len)].clone() + other,
            };
            let text: String = parts.iter().map(part).collect();
            let base = &BASE.base;
            let beside = Overlay::compile_as(base, &words, usize::MAX).unwrap();
            let merged = Overlay::compile_as(base, &words, 0).unwrap();
            prop_assert!(merged.is_merged() && !beside.is_merged());
            prop_assert_eq!(beside.len(), merged.len());
            let image = Bytes::from(merged.bytes().to_vec());
            let expected = found(&with(beside), &text);
            prop_assert_eq!(&found(&with(merged), &text), &expected);
            // Validated in full, and each look-up checked.
            for trust in [Trust::None, Trust::Mapped] {
                let opened = Overlay::open(Slice::new(&image, 0..image.len()), base, trust);
                let opened = opened.map_err(|error| TestCaseError::fail(error.to_string()))?;
                prop_assert_eq!(&found(&with(opened), &text), &expected);
            }
        }

        /// Damage that the checksum does not show is an error, or gives some tokens, and never a panic.
        #[test]
        fn no_damage_of_a_merged_array_makes_a_panic(
            words in words(),
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let merged = Overlay::compile_as(&BASE.base, &words, 0).unwrap();
            let mut image = merged.bytes().to_vec();
            for (at, byte) in damage {
                image[32 + at.index(merged.bytes().len() - 32)] = byte;
            }
            repair(&mut image);
            let image = Bytes::from(image);
            for trust in [Trust::None, Trust::Mapped] {
                if let Ok(opened) = Overlay::open(Slice::new(&image, 0..image.len()), &BASE.base, trust) {
                    let text = "甲乙丙丁戊己A丁庚☆，甲乙a-b";
                    let segmenter = Segmenter::builder().dictionary(with(opened)).build();
                    assert_eq!(segmenter.cut(text).map(|token| token.text()).collect::<String>(), text);
                    segmenter.cut_all(text).chain(segmenter.cut_for_search(text)).for_each(drop);
                }
            }
        }
    }

    #[test]
    fn a_file_of_many_words_opens() {
        let words: Vec<String> =
            (0..MANY as u32 + 9).filter_map(|n| char::from_u32(0x4E00 + n)).map(|c| format!("甲{c}乙")).collect();
        let dictionary = BASE.with_words(&UserWords::from_words(&words).unwrap()).unwrap();
        assert!(dictionary.user.as_ref().unwrap().is_merged());
        let opened = Dictionary::from_bytes(dictionary.to_bytes().into_owned()).unwrap();
        let text: String = words.concat();
        let segmenter = Segmenter::builder().dictionary(opened).build();
        assert!(segmenter.cut(&text).map(|token| token.text()).eq(words.iter().map(String::as_str)));
    }
}
