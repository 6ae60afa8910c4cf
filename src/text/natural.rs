//! Text as the natural profile reads it: text that is not Han is cut by UAX #29 and stays whole.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::entity::{Entities, Entity, FoundEntity, begins_han, follows_number, keycap};
use super::origin::is_kana;
use super::scan::{alphanumerics, chars_while, count, ends_word, first_word};
use super::{BATCH, LONGEST_BATCH, LONGEST_RUN, Piece, Units, decode, up_to};
use crate::numbers::fits;
use crate::storage::char_table::CharTable;
use crate::text::Origin;
use crate::text::codes::{BREAK, NOT_ALONE, is_han, stands_alone};

/// The number of bytes after a word that are checked for marks. Such a mark may belong to the word,
/// and join the characters after it to the word.
const AHEAD: usize = 16;

/// Options of reading in the natural profile.
#[derive(Clone, Copy)]
pub(crate) struct ReadingOptions<'s> {
    /// The table from characters to codes.
    pub(crate) table: CharTable<'s>,
    /// `true` if line feeds make one token and `\r\n` is two units.
    pub(crate) line_feeds_join: bool,
    /// The kinds of entities that are one token.
    pub(crate) entities: Entities,
}

impl Units {
    /// Reads the next batch of `text` from byte `from` on. Returns the byte after it.
    ///
    /// A batch does not end inside `\r\n`, or between line feeds if they make one token.
    pub(crate) fn read_natural(&mut self, text: &str, from: usize, how: ReadingOptions<'_>) -> usize {
        let text = up_to(text, from, LONGEST_BATCH);
        self.begin(from);
        let end = self.read_up_to(text, from, how, BATCH);
        self.finish(end);
        end
    }

    /// Reads `text` from byte `from` on, up to its end or to the first place after `most`
    /// characters where a batch may end. Returns the byte after that.
    fn read_up_to(&mut self, text: &str, from: usize, how: ReadingOptions<'_>, most: usize) -> usize {
        let ReadingOptions { table, line_feeds_join, entities } = how;
        let has_han = entities.has_han();
        let bytes = text.as_bytes();
        let mut at = from;
        while at < text.len() {
            if self.len < BATCH {
                at = match has_han {
                    false => self.read_usual(text, at, table, |_, code| code, !line_feeds_join),
                    true => {
                        let code_of = |c, code| code | if begins_han(c) { NOT_ALONE } else { 0 };
                        self.read_usual(text, at, table, code_of, !line_feeds_join)
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
                // A mark that does not stand alone may belong to the character before it. A Han
                // character that no dictionary word has may form a word with the next one. A word
                // is judged by the text beyond a space, too. A number may continue with 万, and a
                // mark may repeat.
                let joins_next = |before: char| {
                    is_han(before)
                        || before.is_numeric()
                        || c > 0x20 && u32::from(before) == c
                        || matches!(before, ' ' | '\u{3000}')
                };
                let may_end = match self.len < LONGEST_RUN {
                    true => self.last() == Some(BREAK) && (is_alone || c < 0x80) && !text[..at].ends_with(joins_next),
                    false => self.marks_of_last(text, at) == 0,
                };
                if may_end && !joins {
                    break;
                }
            }
            let run = alphanumerics(&bytes[at..]);
            if let Some(found) = find(text, at, run, entities) {
                self.push_whole(text, at, found, how);
                at = found.end;
            } else if let Some(len) = plain_word_len(&bytes[at..], run) {
                let origin = if is_number(&bytes[at..at + len]) { Origin::Number } else { Origin::Latin };
                self.push_piece(text, self.len, at..at + len, table, Some(origin));
                at += len;
            } else if is_alone {
                self.push(table.at(c), at);
                at += if !line_feeds_join && bytes[at..].starts_with(b"\r\n") { 2 } else { width };
            } else {
                at = self.read_stretch(text, at, how);
            }
        }
        at
    }

    /// Pushes an entity as a piece. If it may have words in it, this also pushes the pieces inside
    /// it.
    fn push_whole(&mut self, text: &str, at: usize, found: FoundEntity, how: ReadingOptions<'_>) {
        let FoundEntity { end, origin, has_words } = found;
        if !has_words || end - at > LONGEST_RUN {
            return self.push_piece(text, self.len, at..end, how.table, Some(origin));
        }
        let (start, pieces) = (self.len, self.pieces.len());
        self.read_up_to(&text[..end], at, ReadingOptions { entities: how.entities.inside(), ..how }, usize::MAX);
        self.inner.extend(self.pieces.drain(pieces..));
        self.pieces.push(Piece { start: fits(start), end: fits(self.len), origin, has_words });
    }

    /// Reads words, numbers, emoji and the punctuation among them. Stops at the end of the stretch
    /// or of an entity that continues after it, and not much later than [`LONGEST_RUN`]. Returns
    /// the byte after the text that was read.
    fn read_stretch(&mut self, text: &str, start: usize, how: ReadingOptions<'_>) -> usize {
        let mut most = LONGEST_RUN;
        loop {
            let near = up_to(text, start, most);
            let end = stretch_end(near, start);
            let goes_on = end == near.len() && end < text.len();
            let after = self.read_words(text, start, end, goes_on, how);
            if after > start {
                return after;
            }
            // The stretch is one word and goes on. Looks twice as far each time, so that the time
            // stays linear.
            most *= 2;
        }
    }

    /// Reads the words of `text[start..end]`, except for the last one if the stretch `goes_on`.
    /// Returns the byte after the text that was read.
    fn read_words(&mut self, text: &str, start: usize, end: usize, goes_on: bool, how: ReadingOptions<'_>) -> usize {
        let mut at = start;
        let marks = self.marks_of_last(&text[..end], start);
        if marks > 0 {
            if goes_on && start + marks + AHEAD > end {
                return start;
            }
            let base = self.len - 1;
            at += marks;
            self.push_piece(text, base, start..at, how.table, None);
        }
        while at < end {
            let found = || find(text, at, alphanumerics(&text.as_bytes()[at..]), how.entities);
            if let Some(found) = if at > start { found() } else { None } {
                self.push_whole(text, at, found, how);
                at = found.end;
                continue;
            }
            let next = at + word_len(&text[at..end], how.entities.has(Entity::Compound));
            if goes_on && next + AHEAD > end {
                return at;
            }
            self.push_piece(text, self.len, at..next, how.table, None);
            at = next;
        }
        at
    }

    /// Returns the number of bytes from `start` on that are marks of the character before it.
    fn marks_of_last(&self, text: &str, start: usize) -> usize {
        if self.len == 0 || text.as_bytes()[start] < 0x80 {
            return 0;
        }
        let base = self.byte(self.len - 1);
        let grapheme = text[base..].graphemes(true).next().map_or(0, str::len);
        count(grapheme);
        (base + grapheme).saturating_sub(start)
    }

    /// Pushes the characters at the bytes `at`, and makes a piece of everything from unit `first`
    /// on. The piece gets `origin`, or the origin that its characters suggest.
    fn push_piece(&mut self, text: &str, first: usize, at: Range<usize>, table: CharTable<'_>, origin: Option<Origin>) {
        if at.len() > LONGEST_RUN {
            self.push(BREAK, at.start);
        } else {
            let chars = text[at.clone()].char_indices();
            chars.for_each(|(offset, c)| self.push(table.at(c.into()), at.start + offset));
        }
        let word = &text[self.byte(first)..at.end];
        let by_text = || match word.chars().next().map_or(Origin::Other, Origin::of_char) {
            Origin::Number if word.contains(char::is_alphabetic) => Origin::Latin,
            _ if word.contains('\u{20E3}') => Origin::Emoji,
            origin => origin,
        };
        let origin = origin.unwrap_or_else(by_text);
        self.pieces.push(Piece { start: fits(first), end: fits(self.len), origin, has_words: false });
    }
}

/// Returns the entity that begins at byte `at`, where a word begins with `run` ASCII letters and
/// digits. `None` for a plain word.
fn find(text: &str, at: usize, run: usize, entities: Entities) -> Option<FoundEntity> {
    let rest = &text.as_bytes()[at..];
    if run == 0 {
        return match *rest {
            [b'@' | b'#', ..] => entities.find(text, at, 0),
            [0x80..=0xff, ..] => entities.find_beyond_ascii(text, at),
            _ => None,
        };
    }
    if let Some(found) = entities.find(text, at, run) {
        return Some(found);
    }
    // Most words have no digit before them, and most numbers consist of digits only.
    let is_plain = match is_number(&rest[..run]) {
        // `％`, `．` and `‰` may belong to the number before them.
        true => {
            ends_word(&rest[run..]) && !matches!(rest[run..], [0xef, 0xbc, 0x85 | 0x8e, ..] | [0xe2, 0x80, 0xb0, ..])
        }
        false => !rest[0].is_ascii_digit() && !follows_number(&text.as_bytes()[..at]),
    };
    if is_plain { None } else { entities.amount(text, at) }
}

/// Returns whether all bytes of `word` are digits.
fn is_number(word: &[u8]) -> bool {
    word.iter().all(u8::is_ascii_digit)
}

/// Returns the length of the word that `text` begins with, if nothing after it could belong to it.
/// The word consists of `run` ASCII letters and digits, and possibly more Latin letters.
///
/// Nearly all words and numbers in a Chinese text are of this kind. Crawled pages have hundreds of
/// readings such as `mén`.
///
/// [`stretch_end`] and [`word_len`] find the same word, but take longer.
fn plain_word_len(text: &[u8], run: usize) -> Option<usize> {
    let mut len = run;
    // The word of a number is not extended: a unit may come after it.
    while !text[0].is_ascii_digit() {
        count(1);
        len += match text[len..] {
            [a, ..] if a.is_ascii_alphanumeric() => 1,
            // From À to ɏ, except for the multiplication and division signs.
            [0xc3, b, ..] if b != 0x97 && b != 0xb7 => 2,
            [0xc4..=0xc8, ..] | [0xc9, ..0x90, ..] => 2,
            _ => break,
        };
    }
    (len > 0 && ends_word(&text[len..])).then_some(len)
}

/// Returns where the stretch that begins at byte `start` ends: before Han, white space, keycaps,
/// and punctuation that does not occur inside words.
fn stretch_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while at < text.len() {
        let (c, width) = decode(text, at);
        count(1);
        // The apostrophe of `don’t`, or the dot of `col·lecció`.
        let inside = c < 0x80 || c == 0x2019 || c == 0xB7;
        let ends =
            if inside { matches!(c, 0..=0x20) || keycap(&text.as_bytes()[at..]).is_some() } else { stands_alone(c) };
        if ends && at > start {
            break;
        }
        at += width;
    }
    at
}

/// Returns the length of the first word of `text`, in bytes. A word is found by UAX #29, or is a
/// run of kana. If `compound` is `true`, words and numbers with `.`, `_` or `-` between them are
/// one word, as in jieba. A per cent sign after a word belongs to it.
fn word_len(text: &str, compound: bool) -> usize {
    let mut len = first_word(text);
    if text.starts_with(is_kana) {
        len += chars_while(&text[len..], is_kana);
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
    use std::sync::LazyLock;

    use crate::storage::bytes::U16s;
    use crate::storage::char_table::PageTable;
    use crate::text::codes::Alphabet;
    use crate::text::scan::STEPS;

    /// The codes of an alphabet of a few characters.
    struct FewTables {
        basic: Vec<u8>,
        beyond: Vec<u8>,
        leaves: Vec<u8>,
    }

    static TABLES: LazyLock<FewTables> = LazyLock::new(FewTables::new);

    impl FewTables {
        fn new() -> FewTables {
            let in_words: foldhash::HashMap<char, u64> = "中一十百点负年月".chars().map(|c| (c, 1)).collect();
            let tables = Alphabet::new(in_words, Default::default(), Default::default()).unwrap().tables();
            let bytes = |codes: Vec<u16>| codes.into_iter().flat_map(u16::to_le_bytes).collect();
            let (basic, beyond) = tables.folded;
            FewTables { basic: bytes(basic), beyond: bytes(beyond), leaves: bytes(tables.leaves) }
        }

        fn folded(&self) -> CharTable<'_> {
            let beyond = PageTable { index: U16s::new(&self.beyond), leaves: U16s::new(&self.leaves) };
            CharTable::new(&self.basic, beyond).unwrap()
        }
    }

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

    /// Returns the pieces of `text`, each with its origin.
    fn pieces(text: &str) -> Vec<(&str, Origin)> {
        let table = TABLES.folded();
        let mut units = Units::default();
        let how = ReadingOptions { table, line_feeds_join: false, entities: Entities::default() };
        assert_eq!(units.read_natural(text, 0, how), text.len());
        let pieces = units.pieces.iter();
        pieces
            .map(|piece| (&text[units.byte(piece.start as usize)..units.byte(piece.end as usize)], piece.origin))
            .collect()
    }

    /// Returns the texts of the pieces with this origin.
    fn of(text: &str, origin: Origin) -> Vec<&str> {
        pieces(text).into_iter().filter(|piece| piece.1 == origin).map(|piece| piece.0).collect()
    }

    #[test]
    fn times_and_dates_of_a_range_are_two() {
        for (text, found) in [
            ("会议10:30-12:00在三楼", ["10:30", "12:00"]),
            ("营业9:00–18:00", ["9:00", "18:00"]),
            ("营业9:00~18:00", ["9:00", "18:00"]),
            ("营业9:00至18:00", ["9:00", "18:00"]),
            ("门诊8:00-11:30，", ["8:00", "11:30"]),
            ("营业９：００－１８：００", ["９：００", "１８：００"]),
            ("营业9：00-18：00", ["9：00", "18：00"]),
            ("9:30am-5:00pm", ["9:30am", "5:00pm"]),
        ] {
            assert_eq!(of(text, Origin::Time), found, "{text}");
        }
        for (text, found) in [
            ("2025/3/12-2025/4/12报名", ["2025/3/12", "2025/4/12"]),
            ("2025.3.12-2025.4.12报名", ["2025.3.12", "2025.4.12"]),
            ("2025-03-12-2025-04-12报名", ["2025-03-12", "2025-04-12"]),
            ("2025-03-12~2025-04-12报名", ["2025-03-12", "2025-04-12"]),
            ("2025-03-12/2025-04-12报名", ["2025-03-12", "2025-04-12"]),
            ("2025-03-12至2025-04-12报名", ["2025-03-12", "2025-04-12"]),
            ("2025-03-12 到 2025-04-12", ["2025-03-12", "2025-04-12"]),
            ("２０２５－０３－１２至２０２５／４／１２", ["２０２５－０３－１２", "２０２５／４／１２"]),
        ] {
            assert_eq!(of(text, Origin::Date), found, "{text}");
        }
        assert_eq!(of("2025/3/12 10:30-12:00", Origin::Time), ["10:30", "12:00"]);
    }

    #[test]
    fn keycaps_are_emoji_one_by_one() {
        assert_eq!(of("1️⃣2️⃣3️⃣", Origin::Emoji), ["1️⃣", "2️⃣", "3️⃣"]);
        assert_eq!(of("密码7️⃣*️⃣#️⃣8⃣", Origin::Emoji), ["7️⃣", "*️⃣", "#️⃣", "8⃣"]);
        assert_eq!(pieces("12️⃣a3️⃣é4️⃣")[..2], [("1", Origin::Number), ("2️⃣", Origin::Emoji)]);
        assert_eq!(of("12️⃣a3️⃣é4️⃣", Origin::Emoji), ["2️⃣", "3️⃣", "4️⃣"]);
        assert_eq!(of("🇨🇳🇯🇵👍🏽👨‍👩‍👧‍👦❤️‍🔥", Origin::Emoji), ["🇨🇳", "🇯🇵", "👍🏽", "👨‍👩‍👧‍👦", "❤️‍🔥"]);
    }

    #[test]
    fn numbers_are_whole_in_either_width() {
        for number in [
            "３．１４",
            "５０％",
            "50％",
            "１，２３４",
            "１，２３４，５６７",
            "２３．４％",
            "3．14",
            "5‰",
            "1,234.5",
            "３.１４",
        ] {
            assert_eq!(pieces(&format!("共{number}人")), [(number, Origin::Number)], "{number}");
        }
        assert_eq!(of("２０２４，３４５", Origin::Number), ["２０２４", "３４５"]);
        assert_eq!(of("买3，5号", Origin::Number), ["3", "5"]);
        assert_eq!(of("１，２３４５", Origin::Number), ["１", "２３４５"]);
    }

    #[test]
    fn units_stand_apart_and_names_do_not() {
        for (number, unit) in [
            ("80", "mmHg"),
            ("6.1", "mmol/L"),
            ("25", "bp"),
            ("400", "nit"),
            ("500", "g"),
            ("5", "L"),
            ("45", "W"),
            ("30", "min"),
            ("10", "μg"),
            ("10", "µg/mL"),
            ("37.5", "℃"),
            ("37", "°C"),
            ("120", "km/h"),
            ("50", "㎡"),
            ("100", "m²"),
            ("350", "N·m"),
            ("7", "kWh"),
            ("3", "GB/s"),
            ("100", "Mbps"),
            ("5000", "mAh"),
            ("400", "IU"),
            ("40", "U/L"),
            ("24", "h"),
            ("10", "w"),
            ("1.5", "TB"),
            ("２０", "ｋｇ"),
            ("3000", "r/min"),
            ("2.4", "GHz"),
        ] {
            for after in ["", "的", "，", " ", "-", "/次"] {
                let text = format!("约{number}{unit}{after}");
                assert_eq!(pieces(&text)[..2], [(number, Origin::Number), (unit, Origin::Unit)], "{text}");
            }
        }
        assert_eq!(of("5-10kg", Origin::Unit), ["kg"]);
        assert_eq!(of("1.5-2.5元", Origin::Number), ["1.5", "2.5"]);
        assert_eq!(of("5kg-10kg", Origin::Unit), ["kg", "kg"]);
        for name in
            ["5G", "4K", "618", "B1", "A4L", "GPT-4o", "iPhone15", "3D", "7Plus", "H7N9", "2B", "4S", "1080p", "7B"]
        {
            assert_eq!(pieces(&format!("用{name}的")).len(), 1, "{name}");
        }
    }

    /// Returns units of text to repeat, from a simple generator of numbers.
    fn repeated(seed: u64) -> String {
        const PARTS: [&str; 60] = [
            "a",
            "1",
            "12",
            "-",
            ".",
            "/",
            ":",
            "//",
            "a://",
            "www.",
            "@",
            "#",
            "_",
            "&",
            "+",
            "%",
            "，",
            "中",
            "一",
            "十",
            "百",
            "点",
            "分之",
            "负",
            "\u{301}",
            "\u{200d}",
            "\u{fe0f}",
            "\u{20e3}",
            "é",
            "か",
            "ア",
            "🇨",
            "👨",
            "'",
            "’",
            "·",
            ",",
            "http",
            "cn",
            "a.cn",
            "年",
            "月",
            "９",
            "．",
            "，",
            "：",
            "\r\n",
            "\n",
            " ",
            "kg",
            "μ",
            "(",
            ")",
            "T",
            "2025-03-12",
            "10:30",
            "°",
            "ａ",
            "ß",
            "\u{10ffff}",
        ];
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        (0..=next(4)).map(|_| PARTS[next(PARTS.len())]).collect()
    }

    #[test]
    fn steps_grow_as_the_text_does() {
        let table = TABLES.folded();
        let all = Entities::default().with(Entity::HanDate, true).with(Entity::HanNumber, true);
        let mut units = Units::default();
        let mut steps = |text: &str, entities: Entities| {
            STEPS.with(|steps| steps.set(0));
            let mut at = 0;
            while at < text.len() {
                at = units.read_natural(text, at, ReadingOptions { table, line_feeds_join: false, entities });
            }
            STEPS.with(std::cell::Cell::get)
        };
        let named =
            ["a://", "www.a/", "a.cn/", "1.a-", "a-", "１．", "百", "一点", "@-", "1,", "1️⃣", "a'"].map(str::to_owned);
        let ends = ["", "a", "\u{301}", "a\u{301}", "\u{200d}", "点", "_", "x:"];
        let random = (0..400).map(repeated).zip(ends.into_iter().cycle());
        let worst = named.iter().flat_map(|unit| ends.map(|end| (unit.clone(), end)));
        let sets = [all, Entities::default(), all.with(Entity::Compound, false)];
        for ((unit, end), entities) in worst.chain(random).zip(sets.into_iter().cycle()) {
            // Long enough that everything bounded, such as a batch, carries no weight.
            let count = 16_000 / unit.chars().count();
            let once = steps(&(unit.repeat(count) + end), entities);
            let twice = steps(&(unit.repeat(2 * count) + end), entities);
            assert!(twice <= 2 * once + once / 8 + LONGEST_RUN, "{unit:?} {end:?} {once} {twice}");
        }
    }

    fn plain_len(text: &str) -> Option<usize> {
        plain_word_len(text.as_bytes(), alphanumerics(text.as_bytes()))
    }

    #[test]
    fn a_word_of_ascii_is_what_it_is_by_the_rules() {
        // Every character of the basic plane, and some beyond, after a word and after a number.
        for c in ('\0'..='\u{ffff}').chain("😀🇨\u{20000}\u{e0100}".chars()) {
            for word in ["a", "OpenAI", "5G", "2025"] {
                for rest in ["", "b", "1", "%"] {
                    let text = format!("{word}{c}{rest}");
                    if let Some(len) = plain_len(&text) {
                        assert_eq!(len, word_len(&text[..stretch_end(&text, 0)], true), "{text:?}");
                    }
                }
            }
        }
        for number in ["3.14", "23,876", "23.4%", "50%", "1,234.5%", "1.2.3", "1.,2", "3.14a", "5%%", "7.%"] {
            for rest in ["", "中", "。", " ", "%", "-1", "a", ".", ",5", "\u{301}", "’", "万"] {
                let text = format!("{number}{rest}");
                let found = Entities::default().inside().amount(&text, 0);
                if let Some(FoundEntity { end, origin: Origin::Number, .. }) = found {
                    assert_eq!(end, word_len(&text[..stretch_end(&text, 0)], true), "{text:?}");
                }
            }
        }
        for text in ["OpenAI首席", "2025，", "AI", "AI chip"] {
            assert!(plain_len(text).is_some(), "{text}");
        }
        for text in ["23.4", "don’t", "a\u{301}", "50%", "，"] {
            assert_eq!(plain_len(text), None, "{text}");
        }
    }

    #[test]
    fn a_word_with_accents_is_what_it_is_by_the_rules() {
        for c in '\u{80}'..='\u{2ff}' {
            let is_letter = ('À'..='\u{24f}').contains(&c) && c.is_alphabetic();
            assert_eq!(plain_len(&c.to_string()).is_some(), is_letter, "{c:?}");
            assert!(!is_letter || Origin::of_char(c) == Origin::Latin, "{c:?}");
            for word in [format!("{c}"), format!("m{c}n"), format!("{c}{c}4"), format!("n{c}4")] {
                for rest in ["", "中", "。", ")", " ", "%", "-1", "a", ".", ".5", "\u{301}", "’", "×", "б", "あ", "😀"]
                {
                    let text = format!("{word}{rest}");
                    if let Some(len) = plain_len(&text) {
                        assert_eq!(len, word_len(&text[..stretch_end(&text, 0)], true), "{text:?}");
                    }
                }
            }
        }
        assert_eq!(["mén)", "jié", "café，"].map(plain_len), [Some(4), Some(4), Some(5)]);
        assert_eq!(["é.", "d’été", "4é", "e\u{301}", "中"].map(plain_len), [None; 5]);
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
