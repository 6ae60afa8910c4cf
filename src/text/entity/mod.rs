//! Entities: text that is one token without being a word. They are numbers, units, addresses, names
//! with marks, dates and times.
//!
//! There is a scanner for each kind, which runs only where the next bytes may begin its kind. Every
//! scanner takes linear time by construction: it either looks at [`REACH`] bytes at most, or reads
//! to an end of its own and takes all that it has read.

mod address;
mod file;
mod han;
mod name;
mod number;
mod tag;
mod time;
mod unit;
mod wide;

use std::slice::SliceIndex;

use unicode_segmentation::GraphemeCursor;

use super::decode;
use super::scan::bytes_while;
use crate::text::Origin;
use crate::text::codes::stands_alone;

/// Returns whether a text is a unit and nothing else.
pub(crate) fn is_unit(text: &str) -> bool {
    unit::unit(text) == Some(text.len())
}

/// Kinds of text that are one token if they are switched on: see
/// [`SegmenterBuilder::entity`](crate::segment::SegmenterBuilder::entity).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Entity {
    /// `http://example.com/a?b=1`, `www.example.com`, `example.com/a`. It ends before the first
    /// character that is not ASCII, and excludes the punctuation of the sentence.
    Url,
    /// `me@example.com`.
    Email,
    /// `@小明`, `@OpenAI`, and `@小明` in `//@小明`. A name has up to 30 letters, ideographs,
    /// digits, `_` and `-`. It has up to 4 if the mark after it may belong to the sentence.
    Mention,
    /// `#新年快乐#`, and `#新年快乐` with at most the length of a mention.
    Hashtag,
    /// `2017-10-03`, `2017/10/3`, `2017.10.3`, `10/3/2017`, `2017-10-03T12:21:30Z`, in either
    /// width. A range is two dates and the mark between them.
    Date,
    /// `12:21`, `12:21:30`, `9:30pm`, `12：21`. A range is two times and the mark between them.
    Time,
    /// `report.pdf`, `fenci-0.1.tar.gz`.
    FileName,
    /// `v1.2`, `2.7.18-rc1`.
    Version,
    /// Letters and digits with marks in or after them: `C++`, `C#`, `AT&T`, `WES-5.4.5`,
    /// `snake_case`.
    Compound,
    /// `2017年10月5日`, `二〇一七年十月`, `１０月５号`. Off by default.
    HanDate,
    /// `三百二十万`, `一九四九`, `一点五万`, `百分之三十五`, `贰佰叁拾`. Off by default.
    HanNumber,
}

/// A set of kinds of entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entities(u16);

impl Default for Entities {
    fn default() -> Entities {
        HAN.into_iter().fold(Entities(u16::MAX), |entities, kind| entities.with(kind, false))
    }
}

impl Entities {
    /// Returns a bit for each kind of entity, set if the kind is one token.
    pub(crate) fn bits(self) -> u16 {
        self.0
    }

    pub(crate) fn with(self, whole: Entity, on: bool) -> Entities {
        let bit = 1 << whole as u16;
        Entities(if on { self.0 | bit } else { self.0 & !bit })
    }

    pub(crate) fn has(self, whole: Entity) -> bool {
        self.0 & 1 << whole as u16 != 0
    }

    /// Returns whether an entity may begin with a Han number.
    pub(crate) fn has_han(self) -> bool {
        HAN.iter().any(|&kind| self.has(kind))
    }

    /// Returns the kinds that are found inside an entity: only compounds.
    pub(super) fn inside(self) -> Entities {
        Entities(self.0 & 1 << Entity::Compound as u16)
    }

    /// Returns the set without the kinds that may have words in them. Full mode gives those words.
    pub(crate) fn without_words(self) -> Entities {
        WITH_WORDS.into_iter().fold(self, |entities, whole| entities.with(whole, false))
    }

    /// Returns the entity that begins at byte `at`, where a word begins with an ASCII letter, a
    /// digit, `@` or `#`.
    ///
    /// `run` is the length of the run of ASCII letters and digits there.
    pub(super) fn find(self, text: &str, at: usize, run: usize) -> Option<FoundEntity> {
        let next = text.as_bytes().get(at + run).copied().unwrap_or(b' ');
        let may_go_on = matches!(next, b'#' | b'%' | b'&' | b'+' | b'-' | b'.' | b'/' | b':' | b'@' | b'_');
        let is_date =
            next >= 0x80 && run > 0 && (self.has(Entity::HanDate) || is_wide_mark(part(text.as_bytes(), at + run..)));
        if may_go_on || is_date { self.look(text, at, run, next) } else { None }
    }

    #[inline(never)]
    fn look(self, text: &str, at: usize, run: usize, next: u8) -> Option<FoundEntity> {
        // From the rarest kind to kinds that may be part of it.
        let kinds: &[Entity] = match next {
            b'@' if run == 0 => &[Entity::Mention],
            b'#' if run == 0 => &[Entity::Hashtag],
            b':' => &[Entity::Url, Entity::Time],
            b'/' => &[Entity::Date],
            b'&' | b'#' => &[Entity::Compound],
            0x80.. => &HAN,
            _ => &[Entity::Email, Entity::Url, Entity::Date, Entity::FileName, Entity::Version, Entity::Compound],
        };
        let wide = if next >= 0x80 { self.wide(text, at) } else { None };
        let found = wide.or_else(|| self.first_of(kinds, text, at, run));
        // An entity that reaches the end of the scanned bytes may go on after them.
        let is_whole = |found: &FoundEntity| found.origin == Origin::Url || found.end < at + REACH;
        found.filter(|found| is_whole(found) && is_boundary(text, found.end))
    }

    /// Returns the entity of the first of these kinds that begins at byte `at`. `run` is as in
    /// [`Entities::find`].
    fn first_of(self, kinds: &[Entity], text: &str, at: usize, run: usize) -> Option<FoundEntity> {
        let (before, rest) = text.as_bytes().split_at_checked(at)?;
        let bytes = part(rest, ..rest.len().min(REACH));
        kinds.iter().filter(|&&kind| self.has(kind)).find_map(|kind| {
            let (len, origin) = match kind {
                Entity::Url => (address::url(text, at, run)?, Origin::Url),
                Entity::Email => (address::email(bytes)?, Origin::Email),
                Entity::Mention => (tag::len(text, at)?, Origin::Mention),
                Entity::Hashtag => (tag::len(text, at)?, Origin::Hashtag),
                Entity::Date => (time::date(bytes)?, Origin::Date),
                Entity::Time => (time::time(bytes, before)?, Origin::Time),
                Entity::FileName => (file::name(bytes)?, Origin::FileName),
                Entity::Version => (file::version(bytes)?, Origin::Version),
                Entity::Compound => (name::compound(text, at, run)?, Origin::Latin),
                Entity::HanDate => (han::date(&text[at..])?, Origin::Date),
                Entity::HanNumber => (han::number(&text[at..])?, Origin::Number),
            };
            Some(FoundEntity { end: at + len, origin, has_words: WITH_WORDS.contains(kind) })
        })
    }

    /// Returns the entity that begins at byte `at` with a character beyond ASCII.
    pub(super) fn find_beyond_ascii(self, text: &str, at: usize) -> Option<FoundEntity> {
        let is_digit = matches!(part(text.as_bytes(), at..), [WIDE, 0xbc, 0x90..=0x99, ..]);
        let wide = if is_digit { self.wide(text, at) } else { None };
        wide.or_else(|| self.first_of(&HAN, text, at, 0)).or_else(|| self.amount(text, at))
    }

    /// Returns the date or time with full-width digits or marks that begins at byte `at`.
    fn wide(self, text: &str, at: usize) -> Option<FoundEntity> {
        let (before, rest) = text.as_bytes().split_at_checked(at)?;
        let date = if self.has(Entity::Date) { wide::find(rest, time::date) } else { None };
        if let Some(len) = date {
            return FoundEntity::plain(text, at + len, Origin::Date);
        }
        let time = |bytes: &[u8]| if self.has(Entity::Time) { time::time(bytes, before) } else { None };
        FoundEntity::plain(text, at + wide::find(rest, time)?, Origin::Time)
    }

    /// Returns the number in digits of either width that begins at byte `at`, or the unit after a
    /// number.
    pub(super) fn amount(self, text: &str, at: usize) -> Option<FoundEntity> {
        let bytes = part(text.as_bytes(), at..);
        let (len, origin) = if wide::ascii(bytes).0.is_ascii_digit() {
            match keycap(bytes) {
                Some(len) => (len, Origin::Emoji),
                None => (number::number(&text[at..])?, Origin::Number),
            }
        } else if follows_number(part(text.as_bytes(), ..at)) {
            (unit::unit(&text[at..])?, Origin::Unit)
        } else {
            return None;
        };
        FoundEntity::plain(text, at + len, origin)
    }
}

/// The kinds that begin with a Han character, or with digits before one.
const HAN: [Entity; 2] = [Entity::HanDate, Entity::HanNumber];
/// The kinds that may have words in them.
const WITH_WORDS: [Entity; 4] = [Entity::Mention, Entity::Hashtag, Entity::HanDate, Entity::HanNumber];

/// An entity in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FoundEntity {
    /// The byte after the entity.
    pub(super) end: usize,
    pub(super) origin: Origin,
    /// `true` if there may be words in it.
    pub(super) has_words: bool,
}

impl FoundEntity {
    /// Returns an entity without words, if a character ends at `end`.
    fn plain(text: &str, end: usize, origin: Origin) -> Option<FoundEntity> {
        is_boundary(text, end).then_some(FoundEntity { end, origin, has_words: false })
    }
}

/// Returns whether a number in Han characters may begin with `c`.
pub(super) fn begins_han(c: u16) -> bool {
    han::begins(char::from_u32(c.into()).unwrap_or('\0'))
}

/// The number of bytes that a scanner gets: the longest email address, and some bytes after it.
const REACH: usize = 384;
/// The first byte of the full-width forms of ASCII characters.
const WIDE: u8 = 0xef;

/// Returns whether `text` begins with a full-width mark of a date or time: `－`, `．`, `／`, `：`.
fn is_wide_mark(text: &[u8]) -> bool {
    matches!(*text, [WIDE, 0xbc, 0x8d | 0x8e | 0x8f | 0x9a, ..])
}

/// Returns whether a number in digits ends here.
pub(super) fn follows_number(before: &[u8]) -> bool {
    matches!(*before, [.., b'0'..=b'9'] | [.., WIDE, 0xbc, 0x90..=0x99])
}

/// Returns the length of the keycap of a digit that `text` begins with: `1️⃣`. The rules of UAX #29
/// handle `#️⃣` and `*️⃣`. A digit has to be separated from the number that it follows.
pub(super) fn keycap(text: &[u8]) -> Option<usize> {
    match *text {
        [b'0'..=b'9', 0xef, 0xb8, 0x8f, 0xe2, 0x83, 0xa3, ..] => Some(7),
        [b'0'..=b'9', 0xe2, 0x83, 0xa3, ..] => Some(4),
        _ => None,
    }
}

/// Returns whether a character ends at byte `at`, so that no mark of it follows.
fn is_boundary(text: &str, at: usize) -> bool {
    if at == text.len() || text.as_bytes().get(at).is_some_and(u8::is_ascii) || stands_alone(decode(text, at).0) {
        return true;
    }
    let last = text[..at].chars().next_back().map_or(0, char::len_utf8);
    let text = &text[at - last..];
    GraphemeCursor::new(last, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}

/// Finds the name that `text` begins with. It has two or more parts with dots between them, of
/// letters, digits and bytes that are `is_mark`. Marks at its end do not belong to it. Returns its
/// length, if that is at most `most` bytes, and its last part.
fn dotted(text: &[u8], most: usize, is_mark: impl Fn(u8) -> bool) -> Option<(usize, &[u8])> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || is_mark(byte);
    let run = bytes_while(part(text, ..text.len().min(most + 1)), is_part);
    let name = part(text, ..part(text, ..run).iter().rposition(u8::is_ascii_alphanumeric)? + 1);
    let mut parts = name.split(|&byte| byte == b'.');
    let last = parts.next_back()?;
    let has_name = parts.clone().next().is_some() && parts.all(|part| !part.is_empty());
    (name.len() <= most && has_name).then_some((name.len(), last))
}

/// Returns a part of `text`, which is empty if the range is invalid.
fn part(text: &[u8], range: impl SliceIndex<[u8], Output = [u8]>) -> &[u8] {
    text.get(range).unwrap_or_default()
}

/// Returns the number that up to four digits stand for.
fn value(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
}

/// Returns whether a word that ends here may go on with a letter or digit.
fn goes_on(rest: &[u8]) -> bool {
    match *rest {
        [a, ..] if a.is_ascii_alphanumeric() || a == b'_' => true,
        [b'.' | b'-' | b'/' | b':', b, ..] => b.is_ascii_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn found(text: &str) -> Option<(&str, Origin)> {
        let all = Entities::default().with(Entity::HanDate, true).with(Entity::HanNumber, true);
        let run = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let found = if run == 0 && !text.starts_with(['@', '#']) {
            all.first_of(&HAN, text, 0, 0)
        } else {
            all.find(text, 0, run)
        };
        found.map(|found| (&text[..found.end], found.origin))
    }

    #[test]
    fn addresses() {
        for (text, url) in [
            ("http://example.com/a?b=1是", "http://example.com/a?b=1"),
            ("https://zh.wikipedia.org/wiki/Stargate_(film)。", "https://zh.wikipedia.org/wiki/Stargate_(film)"),
            ("http://t.cn/A6xyz)，", "http://t.cn/A6xyz"),
            ("http://t.cn/A6xyz...", "http://t.cn/A6xyz"),
            ("http://t.cn/A6xyz#话题#", "http://t.cn/A6xyz"),
            ("ftp://a.b/c/,", "ftp://a.b/c/"),
            ("www.example.com:8080/x;", "www.example.com:8080/x"),
            ("WWW.EXAMPLE.COM看", "WWW.EXAMPLE.COM"),
            ("example.com/a?b=1，", "example.com/a?b=1"),
            ("news.sina.com.cn/c/1.shtml", "news.sina.com.cn/c/1.shtml"),
            ("http://127.0.0.1:80", "http://127.0.0.1:80"),
        ] {
            assert_eq!(found(text), Some((url, Origin::Url)), "{text}");
        }
        for (text, email) in [
            ("me@example.com，", "me@example.com"),
            ("first.last+tag@mail.example.co.uk.", "first.last+tag@mail.example.co.uk"),
            ("a_b-c%d@x-y.cn是", "a_b-c%d@x-y.cn"),
        ] {
            assert_eq!(found(text), Some((email, Origin::Email)), "{text}");
        }
        for text in [
            "http://",
            "http:/a",
            "http：//a",
            "www.",
            "www",
            "me@example",
            "me@.com",
            "me@a.1",
            "a/b",
            "AI.com",
            "node.js/x",
        ] {
            assert!(!matches!(found(text), Some((_, Origin::Url | Origin::Email))), "{text}");
        }
    }

    #[test]
    fn names_with_marks() {
        for (text, tag, origin) in [
            ("@小明 你好", "@小明", Origin::Mention),
            ("@小明，你好", "@小明", Origin::Mention),
            ("@人民日报海外版：新闻", "@人民日报海外版", Origin::Mention),
            ("@OpenAI宣布推出新的模型，", "@OpenAI", Origin::Mention),
            ("@36氪 报道", "@36氪", Origin::Mention),
            ("@a_b-c!", "@a_b-c", Origin::Mention),
            ("#新年快乐#大家好", "#新年快乐#", Origin::Hashtag),
            ("#你好，李焕英#", "#你好，李焕英#", Origin::Hashtag),
            ("#AI芯片 很热", "#AI芯片", Origin::Hashtag),
            ("#rustlang，", "#rustlang", Origin::Hashtag),
        ] {
            assert_eq!(found(text), Some((tag, origin)), "{text}");
        }
        for text in [
            "@",
            "@ 小明",
            "@，",
            "@123",
            "#",
            "# 标题",
            "#1",
            "#12 和 #13",
            "#1和#2",
            "#2号，",
            "##",
            "#\n#",
            "@小明你今天怎么没有来，",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn dates_and_times() {
        for date in [
            "2017-10-03",
            "2017/10/3",
            "2017.1.3",
            "10/03/2017",
            "2017-10-03T12:21:30Z",
            "2017-10-03T12:21:30.25+08:00",
        ] {
            assert_eq!(found(&format!("{date}的")), Some((date, Origin::Date)), "{date}");
            assert_eq!(found(&format!("{date}，")), Some((date, Origin::Date)), "{date}");
        }
        for time in ["12:21", "9:30", "23:59:59", "00:00:01.5", "9:30pm"] {
            assert_eq!(found(&format!("{time}的")), Some((time, Origin::Time)), "{time}");
        }
        for text in [
            "2017-13-03",
            "2017-10-32",
            "2017-10/03",
            "17-10-03",
            "12:60",
            "25:00",
            "3:2",
            "12:21:30:44",
            "2017-10-03-1",
            "1:12x",
        ] {
            assert!(!matches!(found(text), Some((_, Origin::Date | Origin::Time))), "{text}");
        }
        for date in ["2017年10月5日", "2017年10月", "10月5号", "二〇一七年十月五日", "2017年", "十二月三十一日"]
        {
            assert_eq!(found(&format!("{date}的")), Some((date, Origin::Date)), "{date}");
        }
        for text in ["3年", "13月5日", "三年", "十月", "10月"] {
            assert_eq!(found(text).filter(|found| found.1 == Origin::Date), None, "{text}");
        }
    }

    #[test]
    fn versions_files_and_compounds() {
        for version in ["v1.2", "V2.0.1", "2.7.18", "1.0.0-rc.1", "v3.14b2"] {
            assert_eq!(found(&format!("{version}的")), Some((version, Origin::Version)), "{version}");
        }
        for name in ["report.pdf", "fenci-0.1.tar.gz", "a_b-c.TXT", "main.rs"] {
            assert_eq!(found(&format!("{name}，")), Some((name, Origin::FileName)), "{name}");
        }
        for name in ["C++", "C#", "AT&T", "R&D", "g++", "S&P500", "Notepad++"] {
            assert_eq!(found(&format!("{name}的")), Some((name, Origin::Latin)), "{name}");
        }
        for text in ["3.14", "192.168.1.1", "report.pdfs", "a.b", "1+1", "AT&amp;T", "x&y=3", "C#a", "C+++", "1&2"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_in_han() {
        for number in ["三百二十万", "一九四九", "十五", "一千零一", "两亿三千万", "二十", "三千"]
        {
            assert_eq!(found(&format!("{number}的")), Some((number, Origin::Number)), "{number}");
        }
        for text in ["一", "万一", "千万", "百", "一一", "两", "零"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_mark_of_the_last_character_is_not_cut_off() {
        assert_eq!(found("12:21\u{301}"), None);
        assert_eq!(found("#新年#\u{fe0f}\u{20e3}"), None);
        assert_eq!(found("@小明 \u{301}"), Some(("@小明", Origin::Mention)));
        assert_eq!(found("12:21😀"), Some(("12:21", Origin::Time)));
    }
}
