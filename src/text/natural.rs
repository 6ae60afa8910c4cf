//! Text as the default profile reads it: what is not Han is cut by UAX #29, and stays whole.

use unicode_segmentation::UnicodeSegmentation;

use super::entity::{Entities, Entity, Found, begins_han};
use super::kind::is_kana;
use super::{BATCH, Kind, Piece, Units, decode, decode_three, is_line_end, within_reach};
use crate::numbers::fits;
use crate::storage::char_table::CharTable;
use crate::text::Origin;
use crate::text::codes::{BREAK, NOT_ALONE, stands_alone};

/// How text is read in the natural profile.
#[derive(Clone, Copy)]
pub(crate) struct Natural<'s> {
    /// From characters to codes.
    pub(crate) table: CharTable<'s>,
    /// Whether line feeds make one token, and `\r\n` is two units.
    pub(crate) line_feeds_join: bool,
    /// What is one token though it is no word.
    pub(crate) entities: Entities,
}

impl<'s> Natural<'s> {
    /// Words alone.
    #[cfg(feature = "article")]
    pub(crate) fn plain(table: CharTable<'s>) -> Natural<'s> {
        Natural { table, line_feeds_join: false, entities: Entities::default().inside() }
    }
}

impl Units {
    /// Read the next batch of `text` from byte `from` on; gives the byte after it.
    ///
    /// A batch does not end inside of `\r\n`, and, if line feeds make one token, between them.
    pub(crate) fn read_natural(&mut self, text: &str, from: usize, how: Natural<'_>) -> usize {
        let text = within_reach(text, from);
        self.begin(from);
        let end = self.read_up_to(text, from, how, BATCH);
        self.finish(end);
        end
    }

    /// Read `text` from byte `from` on, up to its end or to the first place after `most` characters where a batch may
    /// end; gives the byte after it.
    fn read_up_to(&mut self, text: &str, from: usize, how: Natural<'_>, most: usize) -> usize {
        let Natural { table, line_feeds_join, entities } = how;
        let has_han = entities.has_han();
        let bytes = text.as_bytes();
        let mut at = from;
        while at < text.len() {
            if self.len < BATCH {
                at = match has_han {
                    false => self.read_usual(text, at, |c| table.basic(c), !line_feeds_join),
                    true => {
                        let code_of = |c| table.basic(c) | if begins_han(c) { NOT_ALONE } else { 0 };
                        self.read_usual(text, at, code_of, !line_feeds_join)
                    }
                };
            }
            if at == text.len() {
                break;
            }
            let (c, width) = decode(text, at);
            let is_alone = stands_alone(c);
            if self.len >= most {
                let joins =
                    c == u32::from(b'\n') && (bytes[at - 1] == b'\r' || line_feeds_join && bytes[at - 1] == b'\n');
                // A mark that does not stand alone may belong to the character before it.
                if self.last() == Some(BREAK) && !joins && (is_alone || c < 0x80) {
                    break;
                }
            }
            let run = ascii_run_len(&bytes[at..]);
            let is_mark = c == u32::from(b'@') || c == u32::from(b'#');
            let found = match (run > 0 || is_mark, has_han) {
                (true, _) => entities.find(text, at, run),
                (false, true) if is_alone => entities.han(text, at),
                _ => None,
            };
            if let Some(found) = found {
                self.push_whole(text, at, found, how);
                at = found.end;
            } else if word_ends(&bytes[at..], run) {
                self.push_ascii_word(&bytes[at..at + run], at, table);
                at += run;
            } else if let Some(len) = ascii_number_len(&bytes[at..]) {
                self.push_piece_as(text, self.len, at, at + len, table, Some(Origin::Number));
                at += len;
            } else if let Some(len) = latin_word_len(&bytes[at..]) {
                self.push_piece_as(text, self.len, at, at + len, table, Some(Origin::Latin));
                at += len;
            } else if is_alone {
                self.push(c, table.at(c), at);
                at += if !line_feeds_join && is_line_end(&bytes[at..]) { 2 } else { width };
            } else {
                let end = stretch_end(text, at);
                at = self.read_stretch(text, at, end, how);
            }
        }
        at
    }

    /// Push what is whole: a piece, and if there may be words in it, what they are made of.
    fn push_whole(&mut self, text: &str, at: usize, found: Found, how: Natural<'_>) {
        let Found { end, origin, has_words } = found;
        if !has_words {
            return self.push_piece_as(text, self.len, at, end, how.table, Some(origin));
        }
        let (start, pieces) = (self.len, self.pieces.len());
        self.read_up_to(&text[..end], at, Natural { entities: how.entities.inside(), ..how }, usize::MAX);
        self.inner.extend(self.pieces.drain(pieces..));
        self.pieces.push(Piece { start: fits(start), end: fits(self.len), origin, has_words });
    }

    /// Push a word of ASCII letters and digits, which is a piece.
    #[inline]
    fn push_ascii_word(&mut self, word: &[u8], at: usize, table: CharTable<'_>) {
        let start = self.len;
        self.push_each(word.iter().map(|&byte| table.at(byte.into())), at);
        self.ascii.add(word[0]);
        let mut push = |start: usize, end: usize, origin: Origin| {
            self.pieces.push(Piece { start: fits(start), end: fits(end), origin, has_words: false });
        };
        let end = start + word.len();
        match word[0].is_ascii_digit().then(|| number_len(word)) {
            None => push(start, end, Origin::Latin),
            Some(len) if len == word.len() => push(start, end, Origin::Number),
            Some(0) => push(start, end, Origin::Latin),
            Some(len) => {
                push(start, start + len, Origin::Number);
                push(start + len, end, Origin::Latin);
            }
        }
    }

    /// Read a stretch of words, numbers, emoji and the punctuation among them, up to its end or to what is whole and ends
    /// after it; gives the byte after what was read.
    fn read_stretch(&mut self, text: &str, start: usize, end: usize, how: Natural<'_>) -> usize {
        let mut at = start;
        let marks = self.marks_of_last(&text[..end], start);
        if marks > 0 {
            let base = self.len - 1;
            at += marks;
            self.push_piece(text, base, start, at, how.table);
        }
        while at < end {
            let run = ascii_run_len(&text.as_bytes()[at..end]);
            let may_be_whole = at > start && (run > 0 || matches!(text.as_bytes()[at], b'@' | b'#'));
            if let Some(found) = may_be_whole.then(|| how.entities.find(text, at, run)).flatten() {
                self.push_whole(text, at, found, how);
                at = found.end;
                continue;
            }
            let next = at + word_len(&text[at..end], how.entities.has(Entity::Compound));
            match number_len(&text.as_bytes()[at..next]) {
                number if number > 0 && at + number < next => {
                    self.push_piece(text, self.len, at, at + number, how.table);
                    self.push_piece(text, self.len, at + number, next, how.table);
                }
                _ => self.push_piece(text, self.len, at, next, how.table),
            }
            at = next;
        }
        at
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
        self.push_piece_as(text, first, from, to, table, None);
    }

    /// As [`Units::push_piece`], with what the piece is, if that is known.
    fn push_piece_as(
        &mut self,
        text: &str,
        first: usize,
        from: usize,
        to: usize,
        table: CharTable<'_>,
        origin: Option<Origin>,
    ) {
        for (offset, c) in text[from..to].char_indices() {
            self.push(c.into(), table.at(c.into()), from + offset);
        }
        let word = &text[self.byte(first)..to];
        let by_text = || match word.chars().next().map_or(Kind::Other, Kind::of) {
            Kind::Number if word.contains(char::is_alphabetic) => Origin::Latin,
            _ if word.contains('\u{20E3}') => Origin::Emoji,
            kind => kind.into(),
        };
        let origin = origin.unwrap_or_else(by_text);
        self.pieces.push(Piece { start: fits(first), end: fits(self.len), origin, has_words: false });
    }
}

/// The length of the run of ASCII letters and digits with which `text` begins.
#[inline]
fn ascii_run_len(text: &[u8]) -> usize {
    text.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len())
}

/// Units that are written behind a number without a space. None of a single letter, which has other meanings: 5G, 4S.
const UNITS: [&str; 62] = [
    "km", "cm", "mm", "nm", "um", "dm", "kg", "mg", "ug", "lb", "oz", "ml", "dl", "cl", "mL", "dL", "kL", "Hz", "kHz",
    "MHz", "GHz", "THz", "KB", "MB", "GB", "TB", "PB", "kB", "Kb", "Mb", "Gb", "kbps", "Kbps", "Mbps", "Gbps", "kW",
    "MW", "GW", "TW", "kWh", "KWh", "MWh", "GWh", "TWh", "mAh", "mV", "kV", "mA", "Pa", "kPa", "MPa", "hPa", "kJ",
    "MJ", "kcal", "kn", "dB", "px", "dpi", "ppm", "rpm", "fps",
];

/// The length of the number with which `word` begins, if all that comes after it is a unit, and that of a word that is a
/// number; else 0.
fn number_len(word: &[u8]) -> usize {
    if !word[0].is_ascii_digit() {
        return 0;
    }
    let is_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    let len = word.iter().position(|byte| !is_number(byte)).unwrap_or(word.len());
    let is_unit = |unit: &[u8]| UNITS.iter().any(|known| known.as_bytes() == unit);
    if len == word.len() || is_unit(&word[len..]) { len } else { 0 }
}

/// Whether the first `len` bytes of `text`, letters and digits, are a word, since what comes after them is nothing
/// that could belong to it: what nearly all words and numbers in a Chinese text are.
///
/// It is what [`stretch_end`] and [`word_len`] give for it.
#[inline]
fn word_ends(text: &[u8], len: usize) -> bool {
    let ends = match text[len..] {
        [] => true,
        // White space and control characters, and marks that are not found inside of words.
        [a @ ..0x80, ..] => !matches!(a, b'\'' | b'.' | b',' | b':' | b';' | b'_' | b'-' | b'%' | b'"'),
        [a @ 0xe0..0xf0, b, c, ..] => {
            let c = u32::from(decode_three([a, b, c]));
            // Of those that stand alone, the apostrophe alone may stand inside of a word.
            c != 0x2019 && stands_alone(c)
        }
        _ => false,
    };
    len > 0 && ends
}

/// The length of the number with separators, or with a per cent sign, with which `text` begins, if what comes after it is
/// nothing that could belong to it; as [`word_ends`].
#[inline]
fn ascii_number_len(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| text[from..].iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len() - from);
    let mut len = digits(0);
    if len == 0 {
        return None;
    }
    while let [b'.' | b',', b'0'..=b'9', ..] = text[len..] {
        len += 1 + digits(len + 1);
    }
    len += usize::from(text.get(len) == Some(&b'%'));
    // A letter would belong to it.
    let ends = word_ends(text, len) && !text.get(len).is_some_and(u8::is_ascii_alphanumeric);
    ends.then_some(len)
}

/// The length of the word of Latin letters, some with accents, and digits with which `text` begins, if what comes after it
/// is nothing that could belong to it; as [`word_ends`]. Crawled pages have readings such as `mén` by the hundred.
#[inline]
fn latin_word_len(text: &[u8]) -> Option<usize> {
    // A number may have a unit behind it.
    if text.first().is_none_or(u8::is_ascii_digit) {
        return None;
    }
    let mut len = 0;
    loop {
        len += match text[len..] {
            [a, ..] if a.is_ascii_alphanumeric() => 1,
            // From À to ɏ, but for the signs of multiplication and division.
            [0xc3, b, ..] if b != 0x97 && b != 0xb7 => 2,
            [0xc4..=0xc8, ..] | [0xc9, ..0x90, ..] => 2,
            _ => break,
        };
    }
    word_ends(text, len).then_some(len)
}

/// Where the stretch that begins at byte `start` ends: before Han, white space, and punctuation that is not
/// found inside of words.
fn stretch_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while at < text.len() {
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
/// is words and numbers with `.`, `_` or `-` between, if they are to be `compound`, and the per cent sign after them.
fn word_len(text: &str, compound: bool) -> usize {
    let first_word = |text: &str| text.split_word_bounds().next().map_or(0, str::len);
    let mut len = first_word(text);
    if text.starts_with(is_kana) {
        len += text[len..].find(|c| !is_kana(c)).unwrap_or(text.len() - len);
    }
    let is_alphanumeric = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    if !is_alphanumeric(len - 1) {
        return len;
    }
    while compound && matches!(text.as_bytes().get(len), Some(b'.' | b'_' | b'-')) && is_alphanumeric(len + 1) {
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
            let len = word_len(&text[at..], true);
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
                    let len = ascii_run_len(text.as_bytes());
                    if word_ends(text.as_bytes(), len) {
                        let by_the_rules = word_len(&text[..stretch_end(&text, 0)], true);
                        assert_eq!(len, by_the_rules, "{text:?}");
                    }
                }
            }
        }
        for number in ["3.14", "23,876", "23.4%", "50%", "1,234.5%", "1.2.3", "1.,2", "3.14a", "5%%", "7.%"] {
            for rest in ["", "中", "。", " ", "%", "-1", "a", ".", ",5", "\u{301}", "’", "万"] {
                let text = format!("{number}{rest}");
                if let Some(len) = ascii_number_len(text.as_bytes()) {
                    assert_eq!(len, word_len(&text[..stretch_end(&text, 0)], true), "{text:?}");
                }
            }
        }
        assert_eq!(ascii_number_len("23.4%的".as_bytes()), Some(5));
        let ends = |text: &str| word_ends(text.as_bytes(), ascii_run_len(text.as_bytes()));
        for text in ["OpenAI首席", "2025，", "AI", "AI chip"] {
            assert!(ends(text), "{text}");
        }
        for text in ["23.4", "don’t", "é", "a\u{301}", "50%", "，"] {
            assert!(!ends(text), "{text}");
        }
    }

    #[test]
    fn a_word_with_accents_is_what_it_is_by_the_rules() {
        for c in '\u{80}'..='\u{2ff}' {
            let is_letter = ('À'..='\u{24f}').contains(&c) && c.is_alphabetic();
            assert_eq!(latin_word_len(c.to_string().as_bytes()).is_some(), is_letter, "{c:?}");
            assert!(!is_letter || Kind::of(c) == Kind::Latin, "{c:?}");
            for word in [format!("{c}"), format!("m{c}n"), format!("{c}{c}4"), format!("n{c}4")] {
                for rest in ["", "中", "。", ")", " ", "%", "-1", "a", ".", ".5", "\u{301}", "’", "×", "б", "あ", "😀"]
                {
                    let text = format!("{word}{rest}");
                    if let Some(len) = latin_word_len(text.as_bytes()) {
                        assert_eq!(len, word_len(&text[..stretch_end(&text, 0)], true), "{text:?}");
                    }
                }
            }
        }
        let len = |text: &str| latin_word_len(text.as_bytes());
        assert_eq!([len("mén)"), len("jié"), len("café，")], [Some(4), Some(4), Some(5)]);
        assert_eq!([len("é."), len("d’été"), len("4é"), len("e\u{301}"), len("中"), len("")], [None; 6]);
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
