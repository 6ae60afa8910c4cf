//! The kind of a character that is no part of a dictionary word.

use crate::text::codes::is_han;

/// The kind of a stretch of text, judged by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Han,
    Latin,
    /// A word in another alphabet.
    Letters,
    Number,
    Kana,
    Emoji,
    Space,
    Punctuation,
    Symbol,
    /// Controls, and what Unicode has not assigned.
    Other,
}

impl Kind {
    pub(crate) fn of(c: char) -> Kind {
        match c {
            '0'..='9' => Kind::Number,
            'a'..='z' | 'A'..='Z' => Kind::Latin,
            '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' => Kind::Symbol,
            _ if c.is_ascii_punctuation() => Kind::Punctuation,
            _ if c.is_whitespace() => Kind::Space,
            _ if c.is_control() => Kind::Other,
            _ if is_han(c) || c == '々' || c == '〇' => Kind::Han,
            _ if is_kana(c) => Kind::Kana,
            _ if is_emoji(c) => Kind::Emoji,
            _ if c.is_numeric() => Kind::Number,
            'ª' | 'º' | 'À'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' if c.is_alphabetic() => {
                Kind::Latin
            }
            _ if c.is_alphabetic() => Kind::Letters,
            '\u{A1}' | '\u{A7}' | '\u{AB}' | '\u{B6}' | '\u{B7}' | '\u{BB}' | '\u{BF}' => Kind::Punctuation,
            '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' => Kind::Punctuation,
            '\u{3001}'..='\u{303F}' | '\u{30FB}' | '\u{FE10}'..='\u{FE6F}' => Kind::Punctuation,
            '＄' | '＋' | '＜'..='＞' | '＾' | '｀' | '｜' | '～' => Kind::Symbol,
            '\u{FF01}'..='\u{FF65}' => Kind::Punctuation,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => Kind::Other,
            '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{F0000}'.. => Kind::Other,
            _ => Kind::Symbol,
        }
    }
}

pub(super) fn is_kana(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{1B000}'..='\u{1B16F}')
}

fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{231A}' | '\u{231B}' | '\u{23E9}'..='\u{23F3}' | '\u{25FD}' | '\u{25FE}' | '\u{2600}'..='\u{27BF}'
        | '\u{2B1B}' | '\u{2B1C}' | '\u{2B50}' | '\u{2B55}' | '\u{1F000}'..='\u{1FAFF}')
}
