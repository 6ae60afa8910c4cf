//! Text as the default profile reads it: what is not Han is cut by UAX #29, and stays whole.

use unicode_segmentation::UnicodeSegmentation;

use super::kind::is_kana;
use super::{BATCH, Kind, LONGEST_BATCH, Piece, Units, decode, decode_three, is_line_end};
use crate::lexicon::codes::{BREAK, stands_alone};
use crate::pages::CharTable;

/// The longest stretch, in bytes: no word is that long.
const LONGEST_STRETCH: usize = 1 << 28;

impl Units {
    /// Read the next batch of `text` from byte `from` on; gives the byte after it.
    ///
    /// A batch does not end inside of `\r\n`, and, if line feeds make one token, between them; `\r\n` is then two
    /// units.
    pub(crate) fn read_natural(
        &mut self,
        text: &str,
        from: usize,
        table: CharTable<'_>,
        line_feeds_join: bool,
    ) -> usize {
        self.begin(from);
        let bytes = text.as_bytes();
        let mut at = from;
        while at < text.len() {
            if self.len < BATCH {
                at = self.read_usual(text, at, |c| table.basic(c), !line_feeds_join);
            }
            if at == text.len() || self.len >= LONGEST_BATCH {
                break;
            }
            let (c, width) = decode(text, at);
            let is_alone = stands_alone(c);
            if self.len >= BATCH {
                let joins =
                    c == u32::from(b'\n') && (bytes[at - 1] == b'\r' || line_feeds_join && bytes[at - 1] == b'\n');
                // A mark that does not stand alone may belong to the character before it.
                if self.last() == Some(BREAK) && !joins && (is_alone || c < 0x80) {
                    break;
                }
            }
            if let Some(len) = ascii_word_len(&bytes[at..]) {
                self.push_ascii_word(&bytes[at..at + len], at, table);
                at += len;
            } else if is_alone {
                self.push(table.at(c), at);
                at += if !line_feeds_join && is_line_end(&bytes[at..]) { 2 } else { width };
            } else {
                let end = stretch_end(text, at);
                self.read_stretch(text, at, end, table);
                at = end;
            }
        }
        self.finish(at);
        at
    }

    /// Push a word of ASCII letters and digits, which is a piece.
    #[inline]
    fn push_ascii_word(&mut self, word: &[u8], at: usize, table: CharTable<'_>) {
        let start = self.len;
        for (offset, &byte) in word.iter().enumerate() {
            self.push(table.at(byte.into()), at + offset);
        }
        self.ascii.add(word[0]);
        let is_number = word.iter().all(u8::is_ascii_digit);
        let kind = if is_number { Kind::Number } else { Kind::Latin };
        self.pieces.push(Piece { start: start as u32, end: self.len as u32, kind });
    }

    /// Read a stretch of words, numbers, emoji and the punctuation among them.
    fn read_stretch(&mut self, text: &str, start: usize, end: usize, table: CharTable<'_>) {
        let mut at = start;
        let marks = self.marks_of_last(&text[..end], start);
        if marks > 0 {
            let base = self.len - 1;
            at += marks;
            self.push_piece(text, base, start, at, table);
        }
        while at < end {
            let next = at + word_len(&text[at..end]);
            self.push_piece(text, self.len, at, next, table);
            at = next;
        }
    }

    /// How many bytes from `start` on are marks of the character before it.
    fn marks_of_last(&self, text: &str, start: usize) -> usize {
        if self.len == 0 || text.as_bytes()[start] < 0x80 {
            return 0;
        }
        let base = self.byte(self.len - 1);
        let grapheme = text[base..].graphemes(true).next().map_or(0, str::len);
        (base + grapheme).saturating_sub(start)
    }

    /// Push the characters of `text[from..to]`, and make a piece of everything from unit `first` on.
    fn push_piece(&mut self, text: &str, first: usize, from: usize, to: usize, table: CharTable<'_>) {
        for (offset, c) in text[from..to].char_indices() {
            if let Ok(c) = u8::try_from(c) {
                self.ascii.add(c);
            }
            self.push(table.at(c.into()), from + offset);
        }
        let word = &text[self.byte(first)..to];
        let kind = match word.chars().next().map_or(Kind::Other, Kind::of) {
            Kind::Number if word.contains(char::is_alphabetic) => Kind::Latin,
            _ if word.contains('\u{20E3}') => Kind::Emoji,
            kind => kind,
        };
        self.pieces.push(Piece { start: first as u32, end: self.len as u32, kind });
    }
}

/// The length of the word of ASCII letters and digits with which `text` begins, if there is one and what comes after it
/// is nothing that could belong to it: what nearly all words and numbers in a Chinese text are.
///
/// It is what [`stretch_end`] and [`word_len`] give for it.
#[inline]
fn ascii_word_len(text: &[u8]) -> Option<usize> {
    let len = text.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    let ends = match text[len..] {
        [] => true,
        // White space and control characters, and marks that are not found inside of words.
        [a @ ..0x80, ..] => !matches!(a, b'\'' | b'.' | b',' | b':' | b';' | b'_' | b'-' | b'%' | b'"'),
        [a @ 0xe0..0xf0, b, c, ..] => {
            let c = u32::from(decode_three(u32::from_le_bytes([a, b, c, 0])));
            // Of those that stand alone, the apostrophe alone may stand inside of a word.
            c != 0x2019 && stands_alone(c)
        }
        _ => false,
    };
    (len > 0 && ends).then_some(len)
}

/// Where the stretch that begins at byte `start` ends: before Han, white space, and punctuation that is not
/// found inside of words.
fn stretch_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while at < text.len() && at - start < LONGEST_STRETCH {
        let (c, width) = decode(text, at);
        // The apostrophe of `don’t`, the dot of `col·lecció`.
        let inside = c < 0x80 || c == 0x2019 || c == 0xB7;
        let ends = if inside { matches!(c, 0..=0x20) } else { stands_alone(c) };
        if ends && at > start {
            break;
        }
        at += width;
    }
    at
}

/// The length of the first word of `text`, in bytes: UAX #29, a run of kana, and what jieba joins besides, which
/// is words and numbers with `.`, `_` or `-` between, and the per cent sign after them.
fn word_len(text: &str) -> usize {
    let first_word = |text: &str| text.split_word_bounds().next().map_or(0, str::len);
    let mut len = first_word(text);
    if text.starts_with(is_kana) {
        len += text[len..].find(|c| !is_kana(c)).unwrap_or(text.len() - len);
    }
    let is_alphanumeric = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    if !is_alphanumeric(len - 1) {
        return len;
    }
    while matches!(text.as_bytes().get(len), Some(b'.' | b'_' | b'-')) && is_alphanumeric(len + 1) {
        len += 1;
        len += first_word(&text[len..]);
    }
    if is_alphanumeric(len - 1) && text.as_bytes().get(len) == Some(&b'%') {
        len += 1;
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let len = word_len(&text[at..]);
            words.push(&text[at..at + len]);
            at += len;
        }
        words
    }

    #[test]
    fn words_numbers_and_sequences_stay_whole() {
        assert_eq!(words("don’t"), ["don’t"]);
        assert_eq!(words("OpenAI's,café"), ["OpenAI's", ",", "café"]);
        assert_eq!(words("23,876/23.4%"), ["23,876", "/", "23.4%"]);
        assert_eq!(words("WES-5.4.5-"), ["WES-5.4.5", "-"]);
        assert_eq!(words("2017-10-03"), ["2017-10-03"]);
        assert_eq!(words("にほんごカタカナРусский"), ["にほんごカタカナ", "Русский"]);
        assert_eq!(words("👨‍👩‍👧‍👦🙋🇨🇳🇯🇵"), ["👨‍👩‍👧‍👦", "🙋", "🇨🇳", "🇯🇵"]);
    }

    #[test]
    fn a_word_of_ascii_is_what_it_is_by_the_rules() {
        // Every character of the basic plane, and some beyond, after a word and after a number.
        for c in ('\0'..='\u{ffff}').chain("😀🇨\u{20000}\u{e0100}".chars()) {
            for word in ["a", "OpenAI", "5G", "2025"] {
                for rest in ["", "b", "1", "%"] {
                    let text = format!("{word}{c}{rest}");
                    if let Some(len) = ascii_word_len(text.as_bytes()) {
                        let by_the_rules = word_len(&text[..stretch_end(&text, 0)]);
                        assert_eq!(len, by_the_rules, "{text:?}");
                    }
                }
            }
        }
        assert_eq!(ascii_word_len("OpenAI首席".as_bytes()), Some(6));
        assert_eq!(ascii_word_len("2025，".as_bytes()), Some(4));
        assert_eq!(ascii_word_len(b"AI"), Some(2));
        assert_eq!(ascii_word_len(b"AI chip"), Some(2));
        for text in ["23.4", "don’t", "é", "a\u{301}", "50%", "，"] {
            assert_eq!(ascii_word_len(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_stretch_ends_before_han_and_space() {
        fn end(text: &str) -> &str {
            &text[..stretch_end(text, 0)]
        }
        assert_eq!(end("AT&T公司"), "AT&T");
        assert_eq!(end("hello, world"), "hello,");
        assert_eq!(end("don’t”，他说"), "don’t");
        assert_eq!(end("Ａ股"), "Ａ");
    }
}
