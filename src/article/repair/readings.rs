//! Compares a reading that is written beside a word with the readings of its characters. Readings
//! are written in pinyin with tone marks, with tone numbers or without tones, or in Zhuyin.

use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};

use super::zhuyin::{self, is_zhuyin};

/// The most characters that one reading may have: a line of verse.
const MOST_CHARS: usize = 16;

/// The longest reading, in bytes: sixteen times `zhuāng` with a space.
pub(super) const LONGEST: usize = 128;

/// A possible reading, normalised for comparison: lower case, `ü` for `v` and `u:`, tone marks on
/// their vowels, no separators.
#[derive(Default)]
pub(super) struct Spelled {
    text: String,
    tones: Tones,
}

/// The way in which the tones of a reading are written.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Tones {
    #[default]
    Missing,
    Marked,
    Numbered,
}

/// Returns `true` if `c` may separate syllables.
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{3000}' | '\'' | '’' | '-' | '·')
}

impl Spelled {
    /// Reads `text`. Returns `None` if it is no reading.
    pub(super) fn new(text: &str) -> Option<Spelled> {
        let mut spelled = Spelled { text: String::with_capacity(text.len()), tones: Tones::Missing };
        if text.starts_with(is_zhuyin) {
            spelled.tones = Tones::Numbered;
            zhuyin::spell(text, &mut spelled.text)?;
        } else {
            text.chars().try_for_each(|c| spelled.push(c))?;
        }
        (!spelled.text.is_empty()).then_some(spelled)
    }

    /// Returns `true` if a tone is written. A reading in the neutral tone has none.
    pub(super) fn has_tone(&self) -> bool {
        self.tones != Tones::Missing
    }

    /// Appends a character of pinyin. Returns `None` for any other character.
    fn push(&mut self, c: char) -> Option<()> {
        match c {
            'v' | 'V' | 'ü' | 'Ü' => self.text.push('ü'),
            'a'..='z' | 'A'..='Z' => self.text.push(c.to_ascii_lowercase()),
            ':' | '\u{308}' if self.text.ends_with('u') => {
                self.text.pop();
                self.text.push('ü');
            }
            // Some writers use these letters of the phonetic alphabet.
            'ɡ' => self.text.push('g'),
            'ɑ' => self.text.push('a'),
            '0'..='5' if self.text.ends_with(char::is_alphabetic) => {
                // 0 and 5 are the neutral tone.
                if !matches!(c, '0' | '5') {
                    self.tones = Tones::Numbered;
                    self.text.push(c);
                }
            }
            'ê' => self.text.push(c),
            c if is_separator(c) => {}
            c => {
                let marked = match c {
                    '\u{300}'..='\u{30C}' => with_mark(self.text.pop()?, c)?,
                    _ if is_marked(c) => c,
                    _ => c.to_lowercase().next().filter(|&c| is_marked(c))?,
                };
                self.tones = Tones::Marked;
                self.text.push(marked);
            }
        }
        Some(())
    }

    /// Returns the number of characters at the end of `before` that have this reading, or 0.
    pub(super) fn fits(&self, before: &str) -> usize {
        read_by(before, &self.text, self.tones, MOST_CHARS).unwrap_or(0)
    }
}

/// Returns the least number of characters at the end of `before`, at most `most`, that have the
/// reading `text`.
fn read_by(before: &str, text: &str, tones: Tones, most: usize) -> Option<usize> {
    if text.is_empty() {
        return Some(0);
    }
    let last = before.chars().next_back().filter(|_| most > 0)?;
    let before = &before[..before.len() - last.len_utf8()];
    let rests = readings(last, tones).filter_map(|reading| text.strip_suffix(reading));
    rests.filter_map(|rest| read_by(before, rest, tones, most - 1)).min().map(|others| others + 1)
}

/// Returns `true` if `reading` is one of the readings of `c`.
pub(super) fn is_reading_of(c: char, reading: &Spelled) -> bool {
    readings(c, reading.tones).any(|known| known == reading.text)
}

/// Returns `true` if `reading` has no tone, and is a reading of `c` in the neutral tone.
pub(super) fn is_neutral_reading_of(c: char, reading: &Spelled) -> bool {
    !reading.has_tone() && readings(c, Tones::Marked).any(|known| known == reading.text)
}

/// Returns `true` if `reading` is the usual reading of `c`.
pub(super) fn is_usual_reading_of(c: char, reading: &Spelled) -> bool {
    c.to_pinyin().is_some_and(|usual| written(usual, reading.tones) == reading.text)
}

/// Returns the readings of `c`.
fn readings(c: char, tones: Tones) -> impl Iterator<Item = &'static str> {
    let all = c.to_pinyin_multi();
    (0..).map_while(move |at| Some(written(all?.get_opt(at)?, tones)))
}

fn written(reading: Pinyin, tones: Tones) -> &'static str {
    match tones {
        Tones::Missing => reading.plain(),
        Tones::Marked => reading.with_tone(),
        Tones::Numbered => reading.with_tone_num_end(),
    }
}

/// Returns `true` if decoders write `c` for bytes that are no character.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '?' | '\u{FFFD}')
}

/// Returns the reading in brackets at byte `at`, and its end. A mark before it may also stand for
/// the bracket.
pub(super) fn reading_after(text: &str, at: usize) -> Option<(Spelled, usize)> {
    let inside = text[at..].strip_prefix(is_mark).unwrap_or(&text[at..]);
    let inside = inside.strip_prefix('(').unwrap_or(inside);
    let len = inside.bytes().take(LONGEST).position(|byte| matches!(byte, b')' | b'(' | b'?' | 0xE2..))?;
    let end = text.len() - inside.len() + len + 1;
    inside[len..].starts_with(')').then(|| Spelled::new(&inside[..len])).flatten().map(|spelled| (spelled, end))
}

/// Letters, each with its four tones; `-` where Unicode has no such letter.
#[rustfmt::skip]
const MARKED: [[char; 5]; 9] = [
    ['a', 'ā', 'á', 'ǎ', 'à'], ['e', 'ē', 'é', 'ě', 'è'], ['i', 'ī', 'í', 'ǐ', 'ì'], ['o', 'ō', 'ó', 'ǒ', 'ò'],
    ['u', 'ū', 'ú', 'ǔ', 'ù'], ['ü', 'ǖ', 'ǘ', 'ǚ', 'ǜ'], ['n', '-', 'ń', 'ň', 'ǹ'], ['m', '-', 'ḿ', '-', '-'],
    ['ê', '-', 'ế', '-', 'ề'],
];

/// Returns the vowel with a combining tone mark.
fn with_mark(vowel: char, mark: char) -> Option<char> {
    let tone = ['\u{304}', '\u{301}', '\u{30C}', '\u{300}'].iter().position(|&tone| tone == mark)?;
    let row = MARKED.iter().find(|row| row[0] == vowel)?;
    Some(row[tone + 1]).filter(|&c| c != '-')
}

/// Returns `true` if `c` is a letter with a tone mark.
fn is_marked(c: char) -> bool {
    // All such letters are in these blocks. Most calls are for ASCII letters and Han characters.
    matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && MARKED.iter().any(|row| row[1..].contains(&c))
}

/// Returns `true` if `byte` begins a letter with a tone mark, or a combining mark, in UTF-8. The
/// rare `ḿ` and `ế` are left out, because too many other letters begin with the same byte.
pub(super) fn may_begin_marked(byte: u8) -> bool {
    (0xC3..=0xC5).contains(&byte) | (byte == 0xC7) | (byte == 0xCC)
}

/// Returns `true` if `c` is a letter of pinyin.
pub(super) fn is_pinyin_letter(c: char) -> bool {
    c.is_ascii_lowercase() || matches!(c, 'ɡ' | 'ɑ' | 'ê' | 'ü' | '\u{300}'..='\u{30C}') || is_marked(c)
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
