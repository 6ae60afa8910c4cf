//! Zhuyin (`ㄇㄣˊ`) as pinyin with numbers for tones.

/// Initials, as they are written in pinyin.
#[rustfmt::skip]
const INITIALS: &[(char, &str)] = &[
    ('ㄅ', "b"),
    ('ㄆ', "p"),
    ('ㄇ', "m"),
    ('ㄈ', "f"),
    ('ㄉ', "d"),
    ('ㄊ', "t"),
    ('ㄋ', "n"),
    ('ㄌ', "l"),
    ('ㄍ', "g"),
    ('ㄎ', "k"),
    ('ㄏ', "h"),
    ('ㄐ', "j"),
    ('ㄑ', "q"),
    ('ㄒ', "x"),
    ('ㄓ', "zh"),
    ('ㄔ', "ch"),
    ('ㄕ', "sh"),
    ('ㄖ', "r"),
    ('ㄗ', "z"),
    ('ㄘ', "c"),
    ('ㄙ', "s"),
];

/// Finals: behind an initial, and alone.
#[rustfmt::skip]
const FINALS: &[(&str, &str, &str)] = &[
    ("", "i", ""),
    ("ㄚ", "a", "a"),
    ("ㄛ", "o", "o"),
    ("ㄜ", "e", "e"),
    ("ㄝ", "ê", "ê"),
    ("ㄞ", "ai", "ai"),
    ("ㄟ", "ei", "ei"),
    ("ㄠ", "ao", "ao"),
    ("ㄡ", "ou", "ou"),
    ("ㄢ", "an", "an"),
    ("ㄣ", "en", "en"),
    ("ㄤ", "ang", "ang"),
    ("ㄥ", "eng", "eng"),
    ("ㄦ", "er", "er"),
    ("ㄧ", "i", "yi"),
    ("ㄧㄚ", "ia", "ya"),
    ("ㄧㄛ", "io", "yo"),
    ("ㄧㄝ", "ie", "ye"),
    ("ㄧㄞ", "iai", "yai"),
    ("ㄧㄠ", "iao", "yao"),
    ("ㄧㄡ", "iu", "you"),
    ("ㄧㄢ", "ian", "yan"),
    ("ㄧㄣ", "in", "yin"),
    ("ㄧㄤ", "iang", "yang"),
    ("ㄧㄥ", "ing", "ying"),
    ("ㄨ", "u", "wu"),
    ("ㄨㄚ", "ua", "wa"),
    ("ㄨㄛ", "uo", "wo"),
    ("ㄨㄞ", "uai", "wai"),
    ("ㄨㄟ", "ui", "wei"),
    ("ㄨㄢ", "uan", "wan"),
    ("ㄨㄣ", "un", "wen"),
    ("ㄨㄤ", "uang", "wang"),
    ("ㄨㄥ", "ong", "weng"),
    ("ㄩ", "ü", "yu"),
    ("ㄩㄝ", "üe", "yue"),
    ("ㄩㄢ", "üan", "yuan"),
    ("ㄩㄣ", "ün", "yun"),
    ("ㄩㄥ", "iong", "yong"),
];

/// The marks of the tones but the first, which has none, each with its number; the neutral tone has no number.
const TONES: &[(char, &str)] = &[('ˉ', "1"), ('ˊ', "2"), ('ˇ', "3"), ('ˋ', "4"), ('˙', "")];

/// Whether this is a letter of Zhuyin, or the mark of a tone that may stand before one.
pub(super) fn is_zhuyin(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{3129}' | '˙')
}

/// Adds the pinyin of all syllables of `text`; `None` if it is no Zhuyin.
pub(super) fn spell(text: &str, pinyin: &mut String) -> Option<()> {
    let mut rest = text;
    while !rest.is_empty() {
        let (neutral, after) = rest.strip_prefix('˙').map_or((false, rest), |after| (true, after));
        let initial = after.chars().next().and_then(|c| INITIALS.iter().find(|initial| initial.0 == c));
        let after = initial.map_or(after, |initial| after.strip_prefix(initial.0).unwrap_or(after));
        let (zhuyin, behind, alone) =
            FINALS.iter().rev().filter(|last| after.starts_with(last.0)).max_by_key(|last| last.0.len())?;
        let letters = match initial {
            // After these, `ü` is written as `u`.
            Some((_, initial @ ("j" | "q" | "x"))) => format!("{initial}{}", behind.replace('ü', "u")),
            Some((_, initial)) => format!("{initial}{behind}"),
            None => (*alone).to_owned(),
        };
        if letters.is_empty() {
            return None;
        }
        pinyin.push_str(&letters);
        rest = after.strip_prefix(zhuyin)?;
        let tone = rest.chars().next().and_then(|c| TONES.iter().find(|tone| tone.0 == c));
        rest = tone.map_or(rest, |tone| rest.strip_prefix(tone.0).unwrap_or(rest));
        pinyin.push_str(tone.map_or(if neutral { "" } else { "1" }, |tone| tone.1));
        rest = rest.trim_start();
    }
    Some(())
}
