//! Tokens are slices of any text, and all forms and modes agree.

use std::sync::LazyLock;

use fenci::segment::{Entity, Origin, SearchToken};
use fenci::{Profile, Segmenter, Token};

/// Both profiles, each with and without folding and the HMM; then one that keeps all entities
/// whole, and one that keeps none.
pub static SEGMENTERS: LazyLock<Vec<Segmenter>> = LazyLock::new(|| {
    let mut segmenters = Vec::new();
    for profile in [Profile::Natural, Profile::Jieba] {
        for fold in [true, false] {
            for hmm in [true, false] {
                segmenters.push(Segmenter::builder().profile(profile).fold(fold).hmm(hmm).build());
            }
        }
    }
    let wholes =
        |on: bool| WHOLES.iter().fold(Segmenter::builder(), |builder, whole| builder.entity(*whole, on)).build();
    segmenters.extend([wholes(true), wholes(false)]);
    segmenters
});

/// The index of the segmenter that keeps all entities whole.
pub const WITH_ALL_WHOLES: usize = 8;

pub const WHOLES: [Entity; 11] = [
    Entity::Url,
    Entity::Email,
    Entity::Mention,
    Entity::Hashtag,
    Entity::Date,
    Entity::Time,
    Entity::FileName,
    Entity::Version,
    Entity::Compound,
    Entity::HanDate,
    Entity::HanNumber,
];

/// Checks everything, with every segmenter.
pub fn check(text: &str) {
    for segmenter in SEGMENTERS.iter() {
        check_with(segmenter, text);
    }
}

pub fn check_with(segmenter: &Segmenter, text: &str) {
    let cut: Vec<Token<'_>> = segmenter.cut(text).collect();
    let all: Vec<Token<'_>> = segmenter.cut_all(text).collect();
    let search: Vec<Token<'_>> = segmenter.cut_for_search(text).collect();

    let mut at = 0;
    for token in &cut {
        assert_eq!(token.start(), at, "a gap or an overlap: {segmenter:?} {text:?}");
        assert!(!token.text().is_empty(), "an empty token: {segmenter:?} {text:?}");
        at = token.end();
    }
    assert_eq!(at, text.len(), "the end is missing: {segmenter:?} {text:?}");
    assert_eq!(cut.iter().map(Token::text).collect::<String>(), text);

    for token in cut.iter().chain(&all).chain(&search) {
        check_token(segmenter, token, text);
    }

    if segmenter.profile() == Profile::Jieba {
        // A token comes after its parts, and they lie in it.
        let mut tokens = search.iter();
        for whole in &cut {
            loop {
                let token = tokens.next().expect("every token of cut is among those for search");
                assert!(whole.start() <= token.start() && token.end() <= whole.end(), "{token:?} {whole:?} {text:?}");
                if token == whole {
                    break;
                }
            }
        }
        assert!(tokens.next().is_none(), "{text:?}");
    } else {
        let by_end = |token: &Token<'_>| (token.end(), std::cmp::Reverse(token.start()));
        assert!(search.windows(2).all(|pair| by_end(&pair[0]) < by_end(&pair[1])), "{search:?}");
        // All tokens of `cut` are there, in order. The others are words or parts of tokens.
        let mut tokens = cut.iter().peekable();
        for token in &search {
            let is_in = |whole: &&Token<'_>| whole.start() <= token.start() && token.end() <= whole.end();
            let is_token = tokens.next_if_eq(&token).is_some();
            assert!(is_token || token.word_id().is_some() || cut.iter().any(|w| is_in(&w)), "{token:?} {text:?}");
        }
        assert!(tokens.next().is_none(), "{search:?} {text:?}");
        // Every word of full mode is among the tokens for search, with two exceptions. A word may
        // begin in a number of Han characters and end after it. Full mode keeps no names and topics
        // whole, and may read the text after one as part of a word: `#AT&T`.
        let has_numbers = std::ptr::eq(segmenter, &SEGMENTERS[WITH_ALL_WHOLES]);
        let has_names = text.contains(['@', '#']);
        let words = all.iter().filter(|word| word.word_id().is_some() && word.text().chars().count() > 1);
        for word in words.filter(|_| !has_numbers && !has_names) {
            assert!(search.contains(word), "{word:?} {search:?}");
        }
    }
    check_positions(segmenter, text, &search);
    assert!(all.windows(2).all(|pair| pair[0].start() <= pair[1].start()), "{all:?}");

    // Both forms agree, whatever the vector held before and however the iterator is advanced.
    let mut tokens = cut.clone();
    segmenter.cut_all_into(text, &mut tokens);
    assert_eq!(tokens, all, "{text:?}");
    segmenter.cut_for_search_into(text, &mut tokens);
    assert_eq!(tokens, search, "{text:?}");
    segmenter.cut_into(text, &mut tokens);
    assert_eq!(tokens, cut, "{text:?}");
    let mut one_by_one = segmenter.cut(text);
    tokens.clear();
    for token in one_by_one.by_ref() {
        tokens.push(token);
    }
    assert_eq!(tokens, cut, "{text:?}");
    assert!(one_by_one.next().is_none());
    assert_eq!(segmenter.cut_for_search(text).count(), search.len());

    assert_eq!(segmenter.explain(text).tokens(), cut, "{text:?}");
    let tagged: Vec<_> = segmenter.tag(text).collect();
    assert_eq!(tagged.iter().map(|tagged| tagged.token()).collect::<Vec<_>>(), cut, "{text:?}");
    let mut again = Vec::new();
    segmenter.tag_into(text, &mut again);
    assert_eq!(again, tagged, "{text:?}");
    for tagged in &tagged {
        if let Some(word) = tagged.token().word_id() {
            // The natural profile has corrected some tags.
            let is_same = tagged.tag() == segmenter.dictionary().entry(word).unwrap().tag;
            assert!(is_same || segmenter.profile() == Profile::Natural, "{tagged:?}");
        }
    }
}

/// Checks that positions count all units of the text, however it is cut.
fn check_positions(segmenter: &Segmenter, text: &str, search: &[Token<'_>]) {
    let unit = |c: char| match c {
        _ if is_ideograph(c) => 2,
        _ => usize::from(c.is_ascii_alphanumeric()),
    };
    // Only for texts whose units are simple: one for each ideograph and one for each run of letters
    // and digits.
    let is_simple = text.chars().all(|c| c.is_ascii() || is_ideograph(c) || "，。、".contains(c));
    let placed: Vec<SearchToken<'_>> = segmenter.search_tokens(text).collect();
    assert!(
        placed.is_sorted_by_key(|token| (token.token().start(), std::cmp::Reverse(token.token().end()))),
        "{placed:?}"
    );
    assert!(placed.is_sorted_by_key(|token| token.position()), "{placed:?}");
    assert!(placed.iter().all(|token| token.position_length() >= 1), "{placed:?}");
    if is_simple {
        let words = search.iter().filter(|token| token.text().chars().any(|c| unit(c) > 0));
        assert_eq!(words.count(), placed.len() - extra(&placed, search), "{placed:?} {search:?}");
        let begins = |text: &str| {
            let units: Vec<usize> = text.chars().map(unit).collect();
            (0..units.len()).filter(|&at| units[at] == 2 || units[at] == 1 && (at == 0 || units[at - 1] != 1)).count()
        };
        for token in &placed {
            let (start, end) = (token.token().start(), token.token().end());
            // The units of the token's first letter and of its last.
            let first = start + token.text().find(|c| unit(c) > 0).unwrap();
            let first = first + text[first..].chars().next().unwrap().len_utf8();
            let last = begins(&text[..end]);
            assert_eq!(
                (token.position() + 1, token.position() + token.position_length()),
                (begins(&text[..first]), last)
            );
        }
    }
}

/// Counts the tokens that `search_tokens` has and jieba's form lacks: words of more than three
/// characters inside of longer words.
fn extra(placed: &[SearchToken<'_>], search: &[Token<'_>]) -> usize {
    placed.iter().filter(|token| !search.contains(&token.token())).count()
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn check_token(segmenter: &Segmenter, token: &Token<'_>, text: &str) {
    let slice = text.get(token.range());
    assert_eq!(slice, Some(token.text()), "{token:?} {text:?}");
    let word = token.word_id();
    assert_eq!(word.is_some(), token.origin() == Origin::Dictionary, "{token:?} {text:?}");
    if let Some(word) = word {
        let entry = segmenter.dictionary().entry(word);
        assert!(entry.is_some_and(|entry| entry.id == word), "{token:?} {text:?}");
        if segmenter.profile() == Profile::Jieba {
            assert_eq!(segmenter.dictionary().get(token.text()), entry, "{token:?} {text:?}");
        }
    }
}

/// Runs [`check`] with a fuzzer's input.
pub fn fuzz(data: &[u8]) {
    check(&String::from_utf8_lossy(data));
}
