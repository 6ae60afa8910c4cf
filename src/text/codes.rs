//! The alphabet of a dictionary: a number of two bytes for each of its characters.
//!
//! Codes are ordered by the frequency of their characters, so that the most frequent lookups lie
//! together. Two tables lead from characters to codes. The *exact* table knows each character as it
//! is, and only the characters that jieba allows in words. The *folded* table gives Traditional,
//! full-width and cased forms the code of the form that the dictionary uses.

use foldhash::{HashMap, HashMapExt};

use crate::numbers::fits;
use crate::order::order;
use crate::storage::char_table::{FLAG, Leaves};
use crate::text::unified::unified;

pub(crate) type Code = u16;

/// A character outside runs: no word starts here or crosses it.
pub(crate) const BREAK: Code = 0;
/// A Han character outside U+4E00..=U+9FD5 that neither the dictionary nor the HMM has.
pub(crate) const RARE: Code = 1;
/// A Han character in U+4E00..=U+9FD5 that the dictionary does not have.
pub(crate) const HAN: Code = 2;
/// The inside of text that is not to be cut. It is in no table: after the lookup of words, it is
/// written over codes.
pub(crate) const GLUE: Code = 3;
/// The code of the dictionary's most frequent character.
pub(crate) const FIRST: Code = 4;

/// A flag bit in the tables of the basic plane. It is set if the character does not stand alone, so
/// that the reader has to look at more characters. An alphabet has fewer codes than this value.
pub(crate) const NOT_ALONE: Code = FLAG;

/// Returns whether `c` is in the range that jieba's HMM was trained for.
pub(crate) fn is_hmm_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FD5}')
}

/// Returns whether jieba takes `c` for a Han character: the main block, extensions A to F, and the
/// compatibility ideographs.
pub(crate) fn is_jieba_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{2A6DF}' | '\u{2A700}'..='\u{2B73F}' | '\u{2B740}'..='\u{2B81F}'
        | '\u{2B820}'..='\u{2CEAF}' | '\u{2CEB0}'..='\u{2EBEF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// Returns whether `c` is an ideograph, including extensions G to J, or a radical. PDF files give
/// radicals for ideographs.
pub(crate) fn is_han(c: char) -> bool {
    // Nearly all are in the main block, and nearly all other characters come before it.
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c >= '\u{2E80}' && is_rare_han(c)
}

fn is_rare_han(c: char) -> bool {
    is_jieba_han(c) || matches!(c, '\u{2E80}'..='\u{2FD5}' | '\u{2EBF0}'..='\u{2EE5D}' | '\u{30000}'..='\u{33479}')
}

/// Returns whether a character is a unit by itself, unless it follows a character that is not. Such
/// characters are Han, CJK punctuation, white space and ASCII punctuation.
pub(crate) fn stands_alone(c: u32) -> bool {
    match c {
        0..0x80 => !fits::<u8, _>(c).is_ascii_alphanumeric(),
        0x3400..=0x9FFF | 0x2E80..=0x2FD5 | 0x3000..=0x3029 | 0x3030 | 0x3036..=0x303F => true,
        0x2010..=0x2027 | 0x2030..=0x205E | 0xB7 | 0xFE30..=0xFE4F => true,
        0xFF01..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65 => true,
        _ => char::from_u32(c).is_some_and(is_han),
    }
}

/// Returns whether jieba allows the ASCII character `c` in a dictionary word.
fn is_jieba_ascii(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-')
}

/// Returns the capital of a Latin letter without accents. The letter may have either case and
/// width.
fn letter(c: char) -> Option<char> {
    Some(narrow(c).to_ascii_uppercase()).filter(char::is_ascii_uppercase)
}

/// Returns the ASCII form of a full-width character, and any other character as it is.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Returns all forms of a character that is not an ideograph, in either case and width. A lookup
/// takes them for one character, which the first form represents.
pub(crate) fn forms(c: char) -> [char; 4] {
    let narrow = letter(c).unwrap_or(narrow(c));
    let other = narrow.to_ascii_lowercase();
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        _ => c,
    };
    [narrow, other, wide(narrow), wide(other)]
}

/// The alphabet while a dictionary is compiled.
pub(crate) struct Alphabet {
    /// By code: the character, or U+0000 for the codes below [`FIRST`]. A folded letter is listed
    /// as its capital.
    pub(crate) chars: Vec<char>,
    codes: HashMap<char, Code>,
    /// Codes that only the folded table has: of letters in either case, under the capital, and of
    /// variants.
    second: HashMap<char, Code>,
    /// By variant: the character that it is written for in some words. A variant has words of its
    /// own, too, as 乾 in 乾净 and 乾隆.
    variants: HashMap<char, char>,
    in_words: HashMap<char, u64>,
    folds: HashMap<char, char>,
    /// By block of 256 characters: `true` if one of them is in a word or folded. The codes of all
    /// other blocks need no lookup.
    is_used: Vec<bool>,
}

impl Alphabet {
    /// Returns the alphabet of words whose characters have the frequencies `in_words`. It folds
    /// characters as `folds` says and, in words, as `variants` says. `None` if there are too many
    /// characters for two bytes.
    pub(crate) fn new(
        in_words: HashMap<char, u64>,
        folds: HashMap<char, char>,
        variants: HashMap<char, char>,
    ) -> Option<Alphabet> {
        let mut frequencies = in_words.clone();
        for c in ('\0'..='\x7f').filter(|&c| is_jieba_ascii(c)) {
            frequencies.entry(c).or_insert(0);
        }
        let mut second: HashMap<char, u64> = variants.keys().map(|&c| (c, 0)).collect();
        for (&c, &frequency) in &in_words {
            if let Some(c) = letter(c).or_else(|| variants.contains_key(&c).then_some(c)) {
                let sum = second.entry(c).or_insert(0);
                *sum = sum.saturating_add(frequency);
            }
        }
        let exact = frequencies.into_iter().map(|(c, frequency)| (frequency, c, false));
        let folded = second.into_iter().map(|(c, frequency)| (frequency, c, true));
        let chars: Vec<(u64, char, bool)> = exact.chain(folded).collect();
        let by_frequency = order(chars.len(), &|a, b| {
            let key = |place: usize| (std::cmp::Reverse(chars[place].0), chars[place].1, chars[place].2);
            key(a).cmp(&key(b))
        });

        let mut is_used = vec![false; 0x11_00];
        for &c in in_words.keys().chain(folds.keys()).chain(variants.keys()).chain(&['a', 'Ａ']) {
            is_used[c as usize >> 8] = true;
        }
        let mut alphabet = Alphabet {
            chars: vec!['\0'; FIRST as usize],
            codes: HashMap::new(),
            second: HashMap::new(),
            variants,
            in_words,
            folds,
            is_used,
        };
        for (_, c, folded) in by_frequency.into_iter().map(|place| chars[place]) {
            let code = Code::try_from(alphabet.chars.len()).ok().filter(|&code| code < NOT_ALONE)?;
            let codes = if folded { &mut alphabet.second } else { &mut alphabet.codes };
            codes.insert(c, code);
            alphabet.chars.push(c);
        }
        Some(alphabet)
    }

    /// Spells a word as the exact table does.
    pub(crate) fn exact(&self, word: &str, out: &mut Vec<Code>) {
        out.clear();
        out.extend(word.chars().map(|c| self.codes[&c]));
    }

    /// Spells a word as the folded table does. `None` if the word has no letters or variants.
    pub(crate) fn folded(&self, word: &str, out: &mut Vec<Code>) -> Option<()> {
        if !word.contains(|c| self.second(c).is_some()) {
            return None;
        }
        out.clear();
        out.extend(word.chars().map(|c| self.second(c).unwrap_or_else(|| self.codes[&c])));
        Some(())
    }

    /// Returns the spellings of `word` with variants for its characters: 乾净 for 干净.
    pub(crate) fn with_variants(&self, word: &str) -> Vec<String> {
        /// The largest number of spellings, for a word with many such characters.
        const MOST: usize = 16;
        if !word.contains(|c| self.variants.values().any(|&of| of == c)) {
            return Vec::new();
        }
        let mut words = vec![String::new()];
        for c in word.chars() {
            let variants = self.variants.iter().filter(|&(_, &of)| of == c).map(|(&variant, _)| variant);
            let mut forms: Vec<char> = std::iter::once(c).chain(variants).collect();
            forms[1..].sort_unstable();
            words = words
                .iter()
                .flat_map(|word| forms.iter().map(move |form| format!("{word}{form}")))
                .take(MOST)
                .collect();
        }
        words.retain(|written| written != word);
        words
    }

    /// Returns the code of a letter or a variant in the folded table.
    fn second(&self, c: char) -> Option<Code> {
        self.second.get(&letter(c).unwrap_or(c)).copied()
    }

    /// Returns the code of a character as words are spelled.
    fn spelled_code(&self, c: char) -> Code {
        if self.is_used(c) && self.in_words.contains_key(&c) { self.codes[&c] } else { BREAK }
    }

    fn is_used(&self, c: char) -> bool {
        self.is_used[c as usize >> 8]
    }

    fn exact_code(&self, c: char) -> Code {
        if !(is_jieba_ascii(c) || is_jieba_han(c)) {
            return BREAK;
        }
        if !self.is_used(c) {
            return unknown(c);
        }
        self.codes.get(&c).copied().unwrap_or(unknown(c))
    }

    fn folded_code(&self, c: char) -> Code {
        let unified = unified(c);
        if !self.is_used(c) && !self.is_used(unified) {
            return unknown(unified);
        }
        if letter(c).is_some() || self.variants.contains_key(&unified) {
            return self.second(unified).unwrap_or(BREAK);
        }
        let folded = self.folds.get(&unified).copied().unwrap_or(unified);
        // Full-width characters in words are kept: the character itself is tried before its narrow
        // form.
        [folded, unified, c, narrow(c)]
            .into_iter()
            .map(|c| self.spelled_code(c))
            .find(|&code| code != BREAK)
            .unwrap_or(unknown(folded))
    }

    /// Builds the tables from characters to codes.
    pub(crate) fn tables(&self) -> Tables {
        let mut leaves = Leaves::default();
        let mut exact = leaves.basic_and_beyond(|c| self.exact_code(c));
        let mut folded = leaves.basic_and_beyond(|c| self.folded_code(c));
        for codes in [&mut exact.0, &mut folded.0] {
            (0..).zip(codes).for_each(|(c, code)| *code |= alone_bit(c));
        }
        let spelled = leaves.index(|c| self.spelled_code(c));
        Tables { exact, folded, spelled, leaves: leaves.finish() }
    }
}

/// Returns the bit [`NOT_ALONE`] for a character in the tables of the basic plane. Characters that
/// stand alone do not have it, except for the marks that may begin a name or a topic.
pub(crate) fn alone_bit(c: u32) -> Code {
    let is_mark = c == u32::from(b'@') || c == u32::from(b'#');
    if stands_alone(c) && !is_mark { 0 } else { NOT_ALONE }
}

/// The tables from characters to codes: the basic plane, and the index of all other characters. All
/// tables share the leaves.
pub(crate) struct Tables {
    pub(crate) exact: (Vec<u16>, Vec<u16>),
    pub(crate) folded: (Vec<u16>, Vec<u16>),
    /// The codes of the characters of words. All other characters have [`BREAK`].
    pub(crate) spelled: Vec<u16>,
    pub(crate) leaves: Vec<u16>,
}

/// Properties of a code's character that the loops need, as bits of a byte.
pub(crate) mod traits {
    /// Part of a run: any character but [`BREAK`](super::BREAK).
    pub(crate) const IN_RUN: u8 = 1;
    /// An ideograph.
    pub(crate) const HAN: u8 = 2;
    /// An ideograph of the range that jieba's HMM was trained for.
    pub(crate) const FOR_HMM: u8 = 4;
    /// An ASCII letter or digit.
    pub(crate) const ALPHANUMERIC: u8 = 8;
}

/// Returns the traits of a code that stands for `c`. A reserved code stands for no character.
pub(crate) fn traits_of(code: Code, c: char) -> u8 {
    let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
    match code {
        BREAK | GLUE => 0,
        RARE => traits::IN_RUN | traits::HAN,
        HAN => traits::IN_RUN | traits::HAN | traits::FOR_HMM,
        _ => {
            traits::IN_RUN
                | bit(is_han(c), traits::HAN)
                | bit(is_hmm_han(c), traits::FOR_HMM)
                | bit(c.is_ascii_alphanumeric(), traits::ALPHANUMERIC)
        }
    }
}

fn unknown(c: char) -> Code {
    match c {
        c if is_hmm_han(c) => HAN,
        c if is_han(c) => RARE,
        _ => BREAK,
    }
}

/// Returns whether all characters lie between U+4000 and U+9FFF, as nearly all of a Chinese text
/// do.
pub(crate) fn are_common(text: &str) -> bool {
    text.len() % 3 == 0 && text.bytes().step_by(3).all(|first_byte| (0xE4..=0xE9).contains(&first_byte))
}
/// Returns the greatest code. A dictionary that has it has all of `codes`. Every dictionary has the
/// reserved codes.
pub(crate) fn greatest(codes: &[Code]) -> Code {
    codes.iter().fold(GLUE, |greatest, &code| greatest.max(code))
}
