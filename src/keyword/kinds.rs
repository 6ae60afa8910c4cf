//! Words whose form keeps them from being keywords unless asked for: amounts, identifiers, times.

use crate::text::is_unit;

/// Returns `true` if a word is a number with or without a unit (45ms, 6.5L), or an identifier:
/// seven digits or more, such as the number of a parcel.
pub(super) fn is_amount(text: &str) -> bool {
    const IDENTIFIER: usize = 7;
    let is_numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | '-' | '%' | '‰');
    let unit = text.trim_start_matches(is_numeric);
    text.starts_with(|c: char| c.is_ascii_digit()) && (unit.is_empty() || is_unit(unit))
        || text.chars().filter(char::is_ascii_digit).count() >= IDENTIFIER
}

/// The parts of times. If one part begins with another, the longer one comes first.
#[rustfmt::skip]
const TIMES: [&str; 63] = [
    "年代", "年初", "年底", "年末", "年度", "月初", "月底", "月份", "季度", "周末", "世纪", "小时",
    "分钟", "秒钟", "上半年", "下半年", "上午", "下午", "中午", "正午", "凌晨", "早上", "早晨",
    "清晨", "傍晚", "晚上", "晚间", "夜间", "夜里", "深夜", "午后", "今天", "今日", "今晚", "今早",
    "今年", "明天", "明日", "明晚", "明年", "昨天", "昨日", "昨晚", "昨夜", "去年", "前年", "后年",
    "前天", "后天", "当天", "当日", "当晚", "次日", "本周", "上周", "下周", "本月", "上月", "下月",
    "星期", "礼拜", "年", "月",
];

/// Parts of times that stand only after a number.
const UNITS_OF_TIME: [&str; 7] = ["日", "号", "时", "点", "分", "秒", "周"];

/// Returns `true` if a word in Han characters consists of parts of times: 今天上午, 第一季度, 三月.
pub(super) fn is_time(text: &str) -> bool {
    // Most words begin or end with other characters, which takes two lookups to see.
    let (first, last) = (text.as_bytes().first_chunk(), text.as_bytes().last_chunk());
    if !last.is_some_and(|last| may_have(&LASTS, last)) || !first.is_some_and(|first| may_have(&FIRSTS, first)) {
        return false;
    }
    let (mut rest, mut has_part) = (text, false);
    while !rest.is_empty() {
        let after = rest.trim_start_matches(is_counting);
        let units: &[&str] = if after.len() < rest.len() { &UNITS_OF_TIME } else { &[] };
        let part = TIMES.iter().chain(units).find_map(|part| after.strip_prefix(part));
        match part {
            Some(next) => (rest, has_part) = (next, true),
            // 星期三 ends with a number; 三 is only a number.
            None => return has_part && after.is_empty(),
        }
    }
    has_part
}

/// The first and the last characters of parts of times, and the characters of numbers.
static FIRSTS: [u64; 16] =
    bits("年月季周世小分秒上下中正凌早清傍晚夜深午今明昨去前后当次本星礼日号时点第〇零一二三四五六七八九十百千两半几");
static LASTS: [u64; 16] =
    bits("代初底末度份纪时钟年午晨上晚间里夜后天日早周期拜月号点分秒第〇零一二三四五六七八九十百千两半几");

/// Sets one bit for each character: its index is the lowest ten bits of the code point. Each
/// character has three bytes.
const fn bits(chars: &str) -> [u64; 16] {
    let (chars, mut bits, mut at) = (chars.as_bytes(), [0; 16], 0);
    while at < chars.len() {
        bits[(chars[at + 1] % 16) as usize] |= 1 << (chars[at + 2] % 64);
        at += 3;
    }
    bits
}

/// Returns `false` for a character whose bit is not set. A comparison with each character of a list
/// would cause branch mispredictions.
fn may_have(bits: &[u64; 16], &[_, middle, last]: &[u8; 3]) -> bool {
    bits[usize::from(middle % 16)] >> (last % 64) & 1 != 0
}

/// Returns `true` for the characters of numbers in times.
#[rustfmt::skip]
fn is_counting(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '第' | '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
        | '两' | '半' | '几'
    )
}

/// Returns `true` for a character of a number: 三, 百, 亿.
pub(super) fn is_numeral(c: char) -> bool {
    is_counting(c) || matches!(c, '万' | '亿' | '萬' | '億' | '兆' | '兩' | '幾')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_identifiers_are_told_from_names() {
        for amount in
            ["45ms", "6.5L", "144Hz", "23.4%", "3.14", "120mmHg", "350km/h", "1,024", "SF1234567890123", "13800138000"]
        {
            assert!(is_amount(amount), "{amount}");
        }
        for name in ["5G", "4K", "3D", "GPT-4o", "P99", "ISO9001", "X3", "W-TinyLFU", "2C"] {
            assert!(!is_amount(name), "{name}");
        }
    }

    #[test]
    fn times_are_told_from_other_words() {
        for time in
            ["今天上午", "今天下午", "第一季度", "昨天晚上", "三月", "二月十五日", "上半年", "星期三", "八点半", "年底"]
        {
            assert!(is_time(time), "{time}");
        }
        let is_seen = |part: &str| {
            let bytes = part.as_bytes();
            may_have(&FIRSTS, bytes.first_chunk().unwrap()) && may_have(&LASTS, bytes.last_chunk().unwrap())
        };
        assert!(TIMES.iter().chain(&UNITS_OF_TIME).all(|part| is_seen(part)));
        assert!(('\u{4E00}'..'\u{A000}').filter(|c| is_counting(*c)).all(|c| is_seen(&c.to_string())));
        for word in ["月亮", "年轻", "一日三餐", "周杰伦", "三十", "时间", "点心", "第一", "星期日报", "号码"]
        {
            assert!(!is_time(word), "{word}");
        }
    }
}
