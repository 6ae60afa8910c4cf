//! Readings in brackets after the character they belong to.

use std::ops::Range;

use crate::lexicon::codes::is_han;

/// The longest syllable, `zhuang`, its tone mark written as a mark of its own, in bytes; with room to spare.
const LONGEST: usize = 16;

/// The glosses of `text`, in order: bracketed syllables of pinyin with a tone mark, after a Han character or another
/// gloss. The brackets belong to the range.
pub(super) fn find(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut end_of_last = usize::MAX;
    text.match_indices(['(', '（']).filter_map(move |(start, open)| {
        let follows = start == end_of_last || text[..start].chars().next_back().is_some_and(is_han);
        let inside = start + open.len();
        let len = text.as_bytes()[inside..].iter().take(LONGEST).position(|&byte| byte == b')' || byte == 0xef)?;
        let after = &text[inside + len..];
        let close = after.chars().next().filter(|&c| c == ')' || c == '）')?;
        (follows && is_syllable(&text[inside..inside + len])).then(|| {
            end_of_last = inside + len + close.len_utf8();
            start..end_of_last
        })
    })
}

/// Whether this is a syllable of pinyin with a tone mark.
fn is_syllable(text: &str) -> bool {
    let mut plain = String::new();
    let mut tones = 0;
    for c in text.chars() {
        let (letter, has_tone) = without_tone(c);
        plain.push(letter);
        tones += usize::from(has_tone);
    }
    let initials = [
        "", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s",
        "y", "w",
    ];
    tones == 1 && initials.iter().any(|initial| plain.strip_prefix(initial).is_some_and(|rest| FINALS.contains(&rest)))
}

/// The finals of standard Chinese, as they are spelled with any initial or none.
const FINALS: [&str; 40] = [
    "a", "o", "e", "i", "u", "ü", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "ue", "üe", "er", "an", "en", "in", "un",
    "ün", "ang", "eng", "ing", "ong", "ia", "ian", "iang", "iao", "iong", "ua", "uai", "uan", "uang", "uo", "ê", "n",
    "ng", "m", "io",
];

/// A letter of pinyin without its tone mark, and whether it had one. `ɡ` is the IPA letter that some write for `g`.
fn without_tone(c: char) -> (char, bool) {
    let letter = match c {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'ü',
        'ń' | 'ň' | 'ǹ' => 'n',
        'ḿ' => 'm',
        'ɡ' => return ('g', false),
        _ => return (c, false),
    };
    (letter, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn readings_are_glosses() {
        assert_eq!(found("門(mén)項（xiàng）目"), ["(mén)", "（xiàng）"]);
        assert_eq!(found("女(nǚ)略(lüè)壯(zhuàng)兒(ér)嗯(ńg)"), ["(nǚ)", "(lüè)", "(zhuàng)", "(ér)", "(ńg)"]);
        assert_eq!(found("著(zháo)(zhuó)"), ["(zháo)", "(zhuó)"]);
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "智能(AI)",
            "之门(Stargate)",
            "哈(ha)",
            "山姆(Sam)",
            "店(café)",
            "(mén)",
            "a(mén)",
            "門(mén",
            "門()",
            "門(mén、mèn)",
            "門((",
            "的(xyzá)",
            "門(é中)",
            "門(mén中)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
