//! Readings in brackets after the characters that they belong to, as in `門(mén)`.
//!
//! A machine writes readings into running text and has not asked whether a reader knows the character. An author explains the
//! reading of a rare character, or the one of several that is not the usual, once; a textbook says that it speaks of
//! readings, or lists words with theirs. So the page as a whole decides, for each way of writing readings.

use std::collections::HashMap;
use std::ops::Range;

use super::gbk::{bytes_of, char_of};
use super::readings::{
    LONGEST, Spelled, is_neutral_reading_of, is_pinyin_letter, is_reading_of, is_usual_reading_of, may_begin_marked,
};
use super::scan;
use super::words::Words;
use crate::article::Glosses;
use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::text::codes::is_han;

/// How a reading is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alphabet {
    /// With tones: pinyin with marks or numbers, Zhuyin.
    Toned,
    /// Pinyin without tones, which may as well be a word of another language.
    Toneless,
    /// Cantonese with numbers for tones. No table says whether it is right.
    Jyutping,
}

const ALPHABETS: [Alphabet; 3] = [Alphabet::Toned, Alphabet::Toneless, Alphabet::Jyutping];

/// What stands in brackets after Han characters and is written as readings are.
#[derive(Debug)]
struct Gloss {
    /// The brackets belong to it.
    at: Range<usize>,
    /// The last of the characters that it is the reading of.
    base: char,
    alphabet: Alphabet,
    /// Whether it is the reading of what stands before it.
    fits: bool,
    /// Whether it is the one that the character mostly has.
    is_usual: bool,
    /// Whether it is one in the neutral tone, which has no mark.
    is_neutral: bool,
    /// Whether it stands in running text, and not behind a word of a list.
    is_in_text: bool,
}

/// The glosses of `text`, to be removed; none if the page does not look as if they had been put in by a machine.
/// `is_harmed`: that is known already.
pub(in crate::article) fn find(text: &str, words: &Words<'_>, glosses: Glosses, is_harmed: bool) -> Vec<Edit> {
    let found = candidates(text);
    if found.is_empty() {
        return Vec::new();
    }
    let is_removed = ALPHABETS.map(|alphabet| match glosses {
        Glosses::Remove => true,
        _ => is_harmed && alphabet == Alphabet::Toned || is_machine_made(text, &found, alphabet, words),
    });
    let goes = |gloss: &Gloss| {
        let is_of = |alphabet: Alphabet| gloss.alphabet == alphabet || gloss.is_neutral && alphabet == Alphabet::Toned;
        gloss.fits && ALPHABETS.iter().zip(is_removed).any(|(alphabet, removed)| removed && is_of(*alphabet))
    };
    let edit = |gloss: Gloss| Edit::remove(gloss.at, RepairKind::Gloss, "the reading of what stands before it");
    found.into_iter().filter(goes).map(edit).collect()
}

/// What a text says that speaks of readings itself.
const ABOUT_READINGS: &str =
    "读音 讀音 读作 讀作 拼音 念作 念成 读成 讀成 发音 發音 注音 多音 生字 声调 聲調 音同 第四声 粵拼 粤拼";

/// Whether readings written in this way are a machine's.
fn is_machine_made(text: &str, found: &[Gloss], alphabet: Alphabet, words: &Words<'_>) -> bool {
    /// What is known of a glossed character.
    struct Base<'t> {
        count: usize,
        reading: &'t str,
        has_others: bool,
        is_evident: bool,
    }
    let mut bases: HashMap<char, Base<'_>> = HashMap::new();
    let (mut all, mut fitting) = (0, 0);
    let mut end = 0;
    for gloss in found.iter().filter(|gloss| gloss.alphabet == alphabet) {
        all += 1;
        fitting += usize::from(gloss.fits);
        // Readings one behind the other are of one place.
        let is_first = std::mem::replace(&mut end, gloss.at.end) != gloss.at.start;
        if !is_first || !gloss.fits || !is_han(gloss.base) {
            continue;
        }
        let reading = &text[gloss.at.clone()];
        let base = bases.entry(gloss.base).or_insert(Base { count: 0, reading, has_others: false, is_evident: false });
        base.count += 1;
        base.has_others |= base.reading != reading;
        base.is_evident |= gloss.is_in_text && gloss.is_usual && words.is_common(gloss.base);
    }
    if all == 0 {
        return false;
    }
    // Nobody explains a usual reading of a common character, nor any reading again and again.
    let evident = bases.values().filter(|base| !base.has_others && (base.is_evident || base.count > 2)).count();
    let mostly_fits = fitting * 10 >= all * 7;
    if ABOUT_READINGS.split(' ').any(|says| text.contains(says)) {
        // Those that a lesson explains are glossed where it speaks of them; a machine's nearly wherever they occur.
        const ENOUGH: usize = 2;
        /// Each costs a search through the text.
        const MOST_TRIED: usize = 32;
        let mut listed: Vec<(&char, &Base<'_>)> =
            bases.iter().filter(|(_, base)| base.is_evident && !base.has_others).collect();
        listed.sort_by_key(|(c, _)| **c);
        let is_everywhere = |(c, base): &(&char, &Base<'_>)| text.matches(**c).count() <= 2 * base.count;
        return mostly_fits && listed.into_iter().take(MOST_TRIED).filter(is_everywhere).take(ENOUGH).count() == ENOUGH;
    }
    let enough = match alphabet {
        Alphabet::Toned => 1,
        Alphabet::Toneless => 3,
        Alphabet::Jyutping => 3,
    };
    mostly_fits && evident >= enough
}

/// What stands in brackets behind Han characters, and bare letters with tone marks, if they may be readings.
fn candidates(text: &str) -> Vec<Gloss> {
    let mut found: Vec<Gloss> = Vec::new();
    // Where the last gloss ends, and where the characters that it belongs to end.
    let mut last = (usize::MAX, 0);
    let mut spelled = Spelled::default();
    let mut at = 0;
    while let Some(next) = scan::find(text, at, may_begin) {
        at = next;
        let Some(place) = bracketed(text, at).or_else(|| bare(text, at)) else {
            at += 1;
            continue;
        };
        // No bracket begins inside of letters.
        let is_bare = place.at == place.inside;
        at = if is_bare { place.at.end } else { at + 1 };
        let base_end = if place.at.start == last.0 { last.1 } else { place.at.start };
        let before = &text[..base_end];
        let Some(base) = before.chars().next_back() else { continue };
        let inside = &text[place.inside];
        let Some(alphabet) = alphabet(inside, before, &mut spelled) else { continue };
        let read = match alphabet {
            Alphabet::Jyutping => syllables_of_jyutping(inside).filter(|&count| are_han(before, count)).unwrap_or(0),
            _ => spelled.fits(before),
        };
        let fits = read > 0 || alphabet == Alphabet::Toned && fits_bytes(before, &spelled);
        // Without a tone, or without letters that only readings have, it counts if it is one, or might have been.
        if !fits && (alphabet == Alphabet::Toned || is_bare || !is_han(base)) {
            continue;
        }
        let start = before.char_indices().rev().nth(read.max(1) - 1).map_or(0, |(at, _)| at);
        let is_in_text = before[..start].ends_with(is_han) || text[place.at.end..].starts_with(is_han);
        let is_usual = alphabet == Alphabet::Jyutping || read > 1 || is_usual_reading_of(base, &spelled);
        let is_neutral = is_neutral_reading_of(base, &spelled);
        if fits {
            last = (place.at.end, base_end);
            at = place.at.end;
        }
        found.push(Gloss { at: place.at, base, alphabet, fits, is_usual, is_neutral, is_in_text });
    }
    found
}

/// How `inside` is written, if readings are written so; what it spells is read into `spelled`.
fn alphabet(inside: &str, before: &str, spelled: &mut Spelled) -> Option<Alphabet> {
    let is_spelled = spelled.read(inside);
    // Some syllables are written so in both.
    if syllables_of_jyutping(inside).is_some() && !(is_spelled && spelled.fits(before) > 0) {
        return Some(Alphabet::Jyutping);
    }
    match is_spelled {
        true if spelled.has_tone() => Some(Alphabet::Toned),
        // `(AI)` and `(Sam)` are names.
        true => inside.chars().all(|c| !c.is_ascii_uppercase()).then_some(Alphabet::Toneless),
        false => None,
    }
}

/// How many syllables of Jyutping with tones `text` is; `None` if it is something else, or may be pinyin.
fn syllables_of_jyutping(text: &str) -> Option<usize> {
    const FINALS: &[&str] = &[
        "aa", "aai", "aau", "aam", "aan", "aang", "aap", "aat", "aak", "a", "ai", "au", "am", "an", "ang", "ap", "at",
        "ak", "e", "ei", "eu", "em", "eng", "ep", "ek", "i", "iu", "im", "in", "ing", "ip", "it", "ik", "o", "oi",
        "ou", "on", "ong", "ot", "ok", "u", "ui", "un", "ung", "ut", "uk", "oe", "oeng", "oek", "eoi", "eon", "eot",
        "yu", "yun", "yut", "m", "ng",
    ];
    const INITIALS: &[&str] =
        &["", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "ng", "h", "gw", "kw", "w", "z", "c", "s", "j"];
    let mut count = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| !c.is_ascii_lowercase())?;
        let (syllable, tone) = rest.split_at(letters);
        let after = tone.strip_prefix(['1', '2', '3', '4', '5', '6'])?;
        if !INITIALS.iter().any(|initial| syllable.strip_prefix(initial).is_some_and(|last| FINALS.contains(&last))) {
            return None;
        }
        rest = after.trim_start_matches([' ', '-']);
        count += 1;
    }
    (count > 0).then_some(count)
}

fn are_han(before: &str, count: usize) -> bool {
    before.chars().rev().take(count).filter(|&c| is_han(c)).count() == count
}

/// Whether the second byte of a character and the letter after it, which end `before`, are the bytes of a character
/// with this reading.
fn fits_bytes(before: &str, reading: &Spelled) -> bool {
    let mut last = before.chars().rev();
    let Some(letter @ '@'..='~') = last.next() else { return false };
    let second = last.next().and_then(bytes_of).map(|[_, second]| second);
    let c = second.and_then(|second| char_of(second, letter as u8));
    reading.has_tone() && c.is_some_and(|c| is_reading_of(c, reading))
}

/// Where something stands that may be a reading.
struct Place {
    at: Range<usize>,
    inside: Range<usize>,
}

/// Whether a bracket, of either width, or a letter with a tone mark may begin with these bytes.
fn may_begin(a: u8, b: u8, c: u8) -> bool {
    // `（`, `［`, `｛`; `〈`, `《`, `【`, `〔`.
    let is_wide = (a == 0xEF) & ((b == 0xBC) & ((c == 0x88) | (c == 0xBB)) | (b == 0xBD) & (c == 0x9B));
    let is_han = (a == 0xE3) & (b == 0x80) & ((c == 0x88) | (c == 0x8A) | (c == 0x90) | (c == 0x94));
    (a == b'(') | (a == b'[') | (a == b'{') | (a == b'<') | is_wide | is_han | may_begin_marked(a)
}

/// A pair of brackets with a few letters inside.
fn bracketed(text: &str, start: usize) -> Option<Place> {
    const OPEN: &str = "(（[［{｛<〈《【〔";
    const CLOSED: &str = ")）]］}｝>〉》】〕";
    let open = text.get(start..)?.chars().next().filter(|&c| OPEN.contains(c))?;
    let inside = start + open.len_utf8();
    let ends = |c: char| is_han(c) || c == '\n' || OPEN.contains(c) || CLOSED.contains(c);
    let (len, close) = text[inside..].char_indices().take(LONGEST).find(|&(_, c)| ends(c))?;
    // The two may differ in width.
    let is_pair = len > 0 && CLOSED.contains(close);
    is_pair.then(|| Place { at: start..inside + len + close.len_utf8(), inside: inside..inside + len })
}

/// Letters without brackets, one of which, at `marked`, has a tone mark: what is left of `<ruby>` in a text.
fn bare(text: &str, marked: usize) -> Option<Place> {
    if !may_begin_marked(text.as_bytes()[marked]) || !text.is_char_boundary(marked) {
        return None;
    }
    let letters = |c: &char| is_pinyin_letter(*c);
    let before: usize = text[..marked].chars().rev().take(LONGEST).take_while(letters).map(char::len_utf8).sum();
    let after: usize = text[marked..].chars().take(LONGEST).take_while(letters).map(char::len_utf8).sum();
    let range = marked - before..marked + after;
    (after > 0).then(|| Place { at: range.clone(), inside: range })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        candidates(text).into_iter().filter(|gloss| gloss.fits).map(|gloss| &text[gloss.at]).collect()
    }

    fn removed(text: &str) -> usize {
        let dictionary = crate::dictionary::Dictionary::embedded();
        find(text, &Words::new(dictionary.lexicon()), Glosses::Auto, false).len()
    }

    #[test]
    fn readings_are_glosses() {
        assert_eq!(found("門(mén)項（xiàng）目"), ["(mén)", "（xiàng）"]);
        assert_eq!(found("門[mén]項（xiang4）目"), ["[mén]", "（xiang4）"]);
        assert_eq!(found("女(nǚ)略(lüè)壯(zhuàng)兒(ér)嗯(ńg)"), ["(nǚ)", "(lüè)", "(zhuàng)", "(ér)", "(ńg)"]);
        assert_eq!(found("著(zháo)(zhuó)"), ["(zháo)", "(zhuó)"]);
        assert_eq!(found("星際(xīngjì)之門"), ["(xīngjì)"]);
        assert_eq!(found("漢hàn字zì。"), ["hàn", "zì"]);
        // EB of 入 and 42, which is B, are the bytes of 隑.
        assert_eq!(found("降入B(gài)級"), ["(gài)"]);
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "智能(AI)",
            "之门(Stargate)",
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
            "門(wù)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_explanation_stays() {
        assert_eq!(removed("“門(mén)”項(xiàng)目"), 2);
        // One reading; readings of rare characters; one of several readings of a character.
        assert_eq!(removed("“門”讀作門(mén)。"), 0);
        assert_eq!(removed("嫘(léi)祖，甪(lù)直，氿(guǐ)濱"), 0);
        // Heteronyms among others are none the less glosses.
        assert_eq!(removed("項(xiàng)目著(zháo)火，看著(zhe)門(mén)"), 4);
        assert_eq!(removed("行（háng）业和行（xíng）走，还（huán）书和还（hái）有"), 0);
        assert_eq!(removed("长有两个读音，长江的长和长高的长(zhǎng)；行也有，行走，行行出状元，银行的行(háng)。"), 0);
    }

    #[test]
    fn readings_of_every_kind_go() {
        assert_eq!(removed("江邊的茶館(guan)今天重(chong)新開(kai)門(men)，老闆(ban)很高興。"), 5);
        assert_eq!(removed("新建的圖書館(ㄍㄨㄢˇ)每天(ㄊㄧㄢ)早上八點開放。"), 2);
        assert_eq!(removed("我哋(dei6)今日(jat6)去飲(jam2)茶(caa4)，好開(hoi1)心。"), 5);
        assert_eq!(removed("貔貅(pí xiū)是瑞獸，許多人家裡擺著貔貅(pí xiū)，門前也有貔貅(pí xiū)。"), 3);
        assert_eq!(removed("漫步〔bù〕江邊，遠【yuǎn】處有山"), 2);
        assert_eq!(removed("江水(shuǐ)東流"), 1);
    }

    #[test]
    fn words_and_explanations_in_brackets_stay() {
        for text in [
            "人工智能(AI)和山姆(Sam)",
            "长(cm)宽(mm)高(km)重(kg)",
            "番(pān)禺和六(lù)安都是地名。",
            "生字：天(tiān)、地(dì)、人(rén)。",
            "大家笑得哈哈(ha ha)的。",
            "他姓仉(zhǎng)，很少见。",
            "可以(ke yi)再说一遍。",
        ] {
            assert_eq!(removed(text), 0, "{text}");
        }
    }
}
