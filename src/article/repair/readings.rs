//! Readings of characters, and whether what is written beside a word is its reading: in pinyin with tone marks, with tone
//! numbers or without tones, and in Zhuyin.

use pinyin::{ToPinyin, ToPinyinMulti};

use super::zhuyin::{self, is_zhuyin};

use crate::numbers::fits;

/// The most characters that one reading is for: a line of verse.
const MOST_CHARS: usize = 16;

/// The longest reading, in bytes: sixteen times `zhuāng` with a space.
pub(super) const LONGEST: usize = 128;

/// What may be a reading, as it is compared: in lower case, with `ü` for `v` and `u:`, a tone mark on its vowel,
/// without what separates syllables.
#[derive(Default)]
pub(super) struct Spelled {
    text: String,
    /// Whether a tone is marked or numbered; a reading in the neutral tone has none.
    pub(super) has_tone: bool,
    tones: Tones,
}

/// How the tones of a reading are written.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Tones {
    #[default]
    Marked,
    Numbered,
    /// Not at all.
    Left,
}

/// What a reading may be written with, beside letters that [`plain`] knows.
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{3000}' | '\'' | '’' | '-' | '·')
}

impl Spelled {
    /// As [`Spelled::new`], with the room that this has; false if there is something in `text` that no pinyin is written with.
    pub(super) fn read(&mut self, text: &str) -> bool {
        self.text.clear();
        (self.has_tone, self.tones) = (false, Tones::Left);
        if text.starts_with(is_zhuyin) {
            (self.has_tone, self.tones) = (true, Tones::Numbered);
            return zhuyin::spell(text, &mut self.text).is_some();
        }
        text.chars().all(|c| self.push(c).is_some()) && !self.text.is_empty()
    }

    /// `None` if there is something in `text` that no pinyin is written with.
    pub(super) fn new(text: &str) -> Option<Spelled> {
        let mut spelled = Spelled::default();
        spelled.read(text).then_some(spelled)
    }

    /// `None` for what no pinyin is written with.
    fn push(&mut self, c: char) -> Option<()> {
        match c {
            'a'..='z' if c != 'v' => self.text.push(c),
            'A'..='Z' if c != 'V' => self.text.push(c.to_ascii_lowercase()),
            'v' | 'V' | 'ü' | 'Ü' => self.text.push('ü'),
            ':' if self.text.ends_with('u') => {
                self.text.pop();
                self.text.push('ü');
            }
            // The IPA letter that some write.
            'ɡ' => self.text.push('g'),
            'ɑ' => self.text.push('a'),
            '0'..='5' if self.text.ends_with(|c: char| c.is_alphabetic()) => {
                self.has_tone |= !matches!(c, '0' | '5');
                if !matches!(c, '0' | '5') {
                    self.tones = Tones::Numbered;
                    self.text.push(c);
                }
            }
            'ê' => self.text.push(c),
            c if is_separator(c) => {}
            c => {
                let mark = match c {
                    '\u{300}'..='\u{30C}' => with_mark(self.text.pop()?, c),
                    _ if plain(c).is_some() => Some(c),
                    _ => c.to_lowercase().next(),
                };
                let mark = mark.filter(|&c| plain(c).is_some())?;
                if mark != 'ü' {
                    (self.has_tone, self.tones) = (true, Tones::Marked);
                }
                self.text.push(mark);
            }
        }
        Some(())
    }

    /// The reading in the form that it is compared in.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// How many of the characters that end `before` this is the reading of; 0 if of none.
    pub(super) fn fits(&self, before: &str) -> usize {
        // Each character takes a letter at least.
        let most = self.text.len().min(MOST_CHARS);
        let mut chars = ['\0'; MOST_CHARS];
        let count = chars.iter_mut().zip(before.chars().rev().take(most)).map(|(to, c)| *to = c).count();
        (1..=count).find(|&count| reads_all(&chars[..count], &self.text, self.tones)).unwrap_or(0)
    }
}

/// Whether `text` is the reading of all of `chars`, which run backward.
fn reads_all(chars: &[char], text: &str, tones: Tones) -> bool {
    let Some((&last, others)) = chars.split_first() else { return text.is_empty() };
    any_reading(last, tones, |reading| {
        let rest = text.strip_suffix(reading).filter(|rest| rest.is_empty() == others.is_empty());
        rest.is_some_and(|rest| reads_all(others, rest, tones))
    })
}

/// Whether `c` may be read so.
pub(super) fn is_reading_of(c: char, reading: &Spelled) -> bool {
    any_reading(c, reading.tones, |known| known == reading.text)
}

/// Whether `c` may be read so in the neutral tone.
pub(super) fn is_neutral_reading_of(c: char, reading: &Spelled) -> bool {
    reading.tones == Tones::Left && any_reading(c, Tones::Marked, |known| known == reading.text)
}

/// Whether `c` is mostly read so.
pub(super) fn is_usual_reading_of(c: char, reading: &Spelled) -> bool {
    let usual = c.to_pinyin().map(|usual| usual.with_tone());
    usual.is_some_and(|usual| written(usual, reading.tones, &mut |known| known == reading.text))
}

/// Whether `holds` for any reading of `c`, as tones are written.
fn any_reading(c: char, tones: Tones, mut holds: impl FnMut(&str) -> bool) -> bool {
    let Some(readings) = c.to_pinyin_multi() else { return false };
    readings.into_iter().any(|reading| written(reading.with_tone(), tones, &mut holds))
}

fn written(marked: &str, tones: Tones, holds: &mut dyn FnMut(&str) -> bool) -> bool {
    match tones {
        Tones::Marked => holds(marked),
        // In the neutral tone there is neither mark nor number.
        Tones::Numbered => holds(marked) || holds(&numbered(marked)),
        Tones::Left => holds(marked) || holds(numbered(marked).trim_end_matches(|c: char| c.is_ascii_digit())),
    }
}

/// A syllable with the number of its tone behind it.
fn numbered(marked: &str) -> String {
    let mut numbered = String::with_capacity(8);
    let mut tone = None;
    for c in marked.chars() {
        let (letter, number) = plain(c).unwrap_or((c, None));
        numbered.push(letter);
        tone = tone.or(number);
    }
    numbered.extend(tone);
    numbered
}

/// The vowel with a combining tone mark.
fn with_mark(vowel: char, mark: char) -> Option<char> {
    if mark == '\u{308}' {
        return (vowel == 'u').then_some('ü');
    }
    let tone = ['\u{304}', '\u{301}', '\u{30C}', '\u{300}'].iter().position(|&tone| tone == mark)?;
    let row = MARKED.iter().find(|row| row.0 == vowel)?;
    row.1.get(tone).copied().filter(|&c| c != '-')
}

/// A letter with its four tones; `-` where Unicode has no such letter.
const MARKED: [(char, [char; 4]); 9] = [
    ('a', ['ā', 'á', 'ǎ', 'à']),
    ('e', ['ē', 'é', 'ě', 'è']),
    ('i', ['ī', 'í', 'ǐ', 'ì']),
    ('o', ['ō', 'ó', 'ǒ', 'ò']),
    ('u', ['ū', 'ú', 'ǔ', 'ù']),
    ('ü', ['ǖ', 'ǘ', 'ǚ', 'ǜ']),
    ('n', ['-', 'ń', 'ň', 'ǹ']),
    ('m', ['-', 'ḿ', '-', '-']),
    ('ê', ['-', 'ế', '-', 'ề']),
];

/// The letter without its tone mark, and the number of the tone.
fn plain(c: char) -> Option<(char, Option<char>)> {
    match c {
        'ü' => Some((c, None)),
        // All others are letters of these blocks; most of what is asked for are ASCII letters, and Han.
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => MARKED.iter().find_map(|&(letter, marked)| {
            let tone = marked.iter().position(|&other| other == c)?;
            Some((letter, char::from_digit(fits::<u32, _>(tone) + 1, 10)))
        }),
        _ => None,
    }
}

/// Whether this byte begins a letter with a tone mark, or a mark of its own, in UTF-8; but for the rare `ḿ` and `ế`,
/// which begin as many other letters do.
pub(super) fn may_begin_marked(byte: u8) -> bool {
    (0xC3..=0xC5).contains(&byte) | (byte == 0xC7) | (byte == 0xCC)
}

/// Whether this is a letter that pinyin is written with.
pub(super) fn is_pinyin_letter(c: char) -> bool {
    c.is_ascii_lowercase() || matches!(c, 'ɡ' | 'ɑ' | 'ê' | '\u{300}'..='\u{30C}') || plain(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(before: &str, reading: &str) -> usize {
        Spelled::new(reading).map_or(0, |spelled| spelled.fits(before))
    }

    #[test]
    fn readings_fit_their_characters() {
        for (before, reading) in [
            ("門", "mén"),
            ("門", "men2"),
            ("門", "Mén"),
            ("門", "me\u{301}n"),
            ("項", "xiàng"),
            ("女", "nǚ"),
            ("女", "nv3"),
            ("女", "nu:3"),
            ("略", "lüè"),
            ("着", "zháo"),
            ("着", "zhe"),
            ("着", "zhuó"),
            ("着", "zhāo"),
            ("贡", "ɡòng"),
            ("嗯", "ńg"),
            ("了", "le5"),
            ("橋", "qiao"),
            ("略", "lüe"),
            ("橋", "ㄑㄧㄠˊ"),
            ("災", "ㄗㄞ"),
            ("女", "ㄋㄩˇ"),
            ("居", "ㄐㄩ"),
            ("了", "˙ㄌㄜ"),
            ("雄", "ㄒㄩㄥˊ"),
            ("日", "ㄖˋ"),
            ("五", "ㄨˇ"),
        ] {
            assert_eq!(fits(before, reading), 1, "{before} {reading}");
        }
        assert_eq!(fits("打开星際", "xīngjì"), 2);
        assert_eq!(fits("打开星際", "xīng jì"), 2);
        assert_eq!(fits("西安", "Xī’ān"), 2);
        assert_eq!(fits("星際之門", "xing1ji4zhi1men2"), 4);
        assert_eq!(fits("星際之門", "xing ji zhi men"), 4);
        assert_eq!(fits("農業", "ㄋㄨㄥˊ ㄧㄝˋ"), 2);
    }

    #[test]
    fn everything_else_does_not() {
        for (before, other) in [
            ("門", "mèn"),
            ("門", "men4"),
            ("門", "ㄇㄣˋ"),
            ("能", "AI"),
            ("星際", "mén"),
            ("際", "xīngjì"),
            ("", "mén"),
            ("a", "ā"),
            ("店", "café"),
            ("門", ""),
            ("門", " "),
            ("門", "2"),
            ("着", "zháo、zhe"),
        ] {
            assert_eq!(fits(before, other), 0, "{before} {other}");
        }
    }
}
