//! Finds readings in brackets after the characters that they belong to, as in `門(mén)`.
//!
//! A program adds readings to running text, even to characters that every reader knows. An author
//! explains a rare character or an unusual reading, once. A textbook says that it is about
//! readings, or lists words with them. So the page as a whole decides, separately for each way of
//! writing readings.

use std::ops::Range;

use foldhash::HashMap;

use super::gbk::{bytes_of, char_of};
use super::readings::{
    LONGEST, Spelled, is_neutral_reading_of, is_pinyin_letter, is_reading_of, is_usual_reading_of, may_begin_marked,
};
use super::scan;
use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::dictionary::Lexicon;
use crate::text::codes::is_han;

/// The way in which a reading is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GlossAlphabet {
    /// Pinyin with tone marks or numbers, or Zhuyin.
    Toned,
    /// Pinyin without tones. It may be a word of another language.
    Toneless,
    /// Cantonese with tone numbers. There is no table to check it.
    Jyutping,
}

const ALPHABETS: [GlossAlphabet; 3] = [GlossAlphabet::Toned, GlossAlphabet::Toneless, GlossAlphabet::Jyutping];

/// A possible reading after Han characters.
#[derive(Debug)]
struct Gloss {
    /// The range of the reading with its brackets, in bytes.
    at: Range<usize>,
    /// The last of the characters that it belongs to.
    base: char,
    alphabet: GlossAlphabet,
    /// `true` if the reading is the usual one of these characters, and Han characters stand beside
    /// them or the gloss. In a list of words, no Han characters do.
    is_usual: bool,
    /// `true` if the reading has the neutral tone. Pinyin writes that tone without a mark.
    is_neutral: bool,
}

/// Returns edits that remove the readings of `text` if a program has added them, and all readings
/// if `all` is `true`. `is_harmed` is `true` if a program is known to have added readings.
pub(in crate::article) fn find(text: &str, lexicon: Lexicon<'_>, all: bool, is_harmed: bool) -> Vec<Edit> {
    let found = candidates(text);
    if found.is_empty() {
        return Vec::new();
    }
    let is_removed = |alphabet: &GlossAlphabet| {
        all || is_harmed && *alphabet == GlossAlphabet::Toned || is_machine_made(text, &found, *alphabet, lexicon)
    };
    let removed: Vec<GlossAlphabet> = ALPHABETS.into_iter().filter(is_removed).collect();
    let goes = |gloss: &Gloss| {
        let is_toned = gloss.is_neutral && removed.contains(&GlossAlphabet::Toned);
        is_toned || removed.contains(&gloss.alphabet)
    };
    let edit =
        |gloss: Gloss| Edit::remove(gloss.at, RepairKind::Gloss, "it is the reading of the characters before it");
    found.into_iter().filter(goes).map(edit).collect()
}

/// Words of texts that are about readings.
const ABOUT_READINGS: &str =
    "读音 讀音 读作 讀作 拼音 念作 念成 读成 讀成 发音 發音 注音 多音 生字 声调 聲調 音同 第四声 粵拼 粤拼";

/// Returns `true` if a program has added the readings of this alphabet.
fn is_machine_made(text: &str, found: &[Gloss], alphabet: GlossAlphabet, lexicon: Lexicon<'_>) -> bool {
    /// The readings of one character.
    struct Base<'t> {
        count: usize,
        reading: &'t str,
        has_others: bool,
        is_evident: bool,
        /// The number of times that the character occurs in the text, if it was counted.
        in_text: usize,
    }
    let mut bases: HashMap<char, Base<'_>> = HashMap::default();
    for gloss in found.iter().filter(|gloss| gloss.alphabet == alphabet && is_han(gloss.base)) {
        let reading = &text[gloss.at.clone()];
        let new = Base { count: 0, reading, has_others: false, is_evident: false, in_text: 0 };
        let base = bases.entry(gloss.base).or_insert(new);
        base.count += 1;
        base.has_others |= base.reading != reading;
        base.is_evident |= gloss.is_usual && lexicon.is_common(gloss.base);
    }
    bases.retain(|_, base| !base.has_others && (base.is_evident || base.count > 2));
    // Nobody explains the usual reading of a common character, or any reading again and again.
    let is_likely = bases.len() >= if alphabet == GlossAlphabet::Toned { 1 } else { 3 };
    if !is_likely || !ABOUT_READINGS.split(' ').any(|says| text.contains(says)) {
        return is_likely;
    }
    // A lesson gives the reading of a character where it explains it, a program nearly everywhere.
    const ENOUGH: usize = 2;
    for c in text.chars() {
        if let Some(base) = bases.get_mut(&c) {
            base.in_text += 1;
        }
    }
    bases.values().filter(|base| base.is_evident && base.in_text <= 2 * base.count).count() >= ENOUGH
}

/// Returns possible readings: letters in brackets after Han characters, and bare letters with tone
/// marks.
fn candidates(text: &str) -> Vec<Gloss> {
    let mut found: Vec<Gloss> = Vec::new();
    // The end of the last gloss, and the end of its characters.
    let mut last = (usize::MAX, 0);
    // The byte at which the search goes on.
    let mut done = 0;
    for at in scan::places(text, may_begin) {
        if at < done {
            continue;
        }
        let Some((place, inside)) = bracketed(text, at).or_else(|| bare(text, at)) else { continue };
        // No bracket begins inside bare letters.
        let is_bare = place == inside;
        done = if is_bare { place.end } else { at + 1 };
        let base_end = if place.start == last.0 { last.1 } else { place.start };
        let before = &text[..base_end];
        let Some(base) = before.chars().next_back() else { continue };
        let inside = &text[inside];
        let Some((alphabet, spelled)) = alphabet(inside, before) else { continue };
        let read = match alphabet {
            GlossAlphabet::Jyutping => {
                syllables_of_jyutping(inside).filter(|&count| are_han(before, count)).unwrap_or(0)
            }
            _ => spelled.fits(before),
        };
        if read == 0 && !(alphabet == GlossAlphabet::Toned && fits_bytes(before, &spelled)) {
            continue;
        }
        let start = before.char_indices().rev().nth(read.max(1) - 1).map_or(0, |(at, _)| at);
        let is_in_text = before[..start].ends_with(is_han) || text[place.end..].starts_with(is_han);
        let is_usual =
            is_in_text && (alphabet == GlossAlphabet::Jyutping || read > 1 || is_usual_reading_of(base, &spelled));
        let is_neutral = is_neutral_reading_of(base, &spelled);
        last = (place.end, base_end);
        done = place.end;
        found.push(Gloss { at: place, base, alphabet, is_usual, is_neutral });
    }
    found
}

/// Returns the alphabet of `inside` and its spelling, or `None` if it is no reading.
fn alphabet(inside: &str, before: &str) -> Option<(GlossAlphabet, Spelled)> {
    let spelled = Spelled::new(inside);
    // Some syllables of Jyutping are also pinyin.
    let fits = |spelled: &Spelled| spelled.fits(before) > 0;
    if syllables_of_jyutping(inside).is_some() && !spelled.as_ref().is_some_and(fits) {
        return Some((GlossAlphabet::Jyutping, spelled.unwrap_or_default()));
    }
    let spelled = spelled?;
    let alphabet = if spelled.has_tone() { GlossAlphabet::Toned } else { GlossAlphabet::Toneless };
    // `(AI)` and `(Sam)` are names.
    let is_name = alphabet == GlossAlphabet::Toneless && inside.contains(|c: char| c.is_ascii_uppercase());
    (!is_name).then_some((alphabet, spelled))
}

/// Returns the number of syllables if `text` is Jyutping with tones.
fn syllables_of_jyutping(text: &str) -> Option<usize> {
    const FINALS: &str = "aa aai aau aam aan aang aap aat aak a ai au am an ang ap at ak e ei eu em eng ep ek i iu im \
        in ing ip it ik o oi ou on ong ot ok u ui un ung ut uk oe oeng oek eoi eon eot yu yun yut m ng";
    /// The first initial is empty.
    const INITIALS: &str = " b p m f d t n l g k ng h gw kw w z c s j";
    let mut count = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| !c.is_ascii_lowercase())?;
        let (syllable, tone) = rest.split_at(letters);
        let after = tone.strip_prefix(['1', '2', '3', '4', '5', '6'])?;
        let is_final = |last: &str| FINALS.split(' ').any(|known| known == last);
        if !INITIALS.split(' ').any(|initial| syllable.strip_prefix(initial).is_some_and(is_final)) {
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

/// Returns `true` if `before` ends in the bytes of a character with this reading: the second byte
/// of a character, and a letter.
fn fits_bytes(before: &str, reading: &Spelled) -> bool {
    let mut last = before.chars().rev();
    let Some(letter @ '@'..='~') = last.next() else { return false };
    let second = last.next().and_then(bytes_of).map(|[_, second]| second);
    let c = second.and_then(|second| char_of(second, letter as u8));
    reading.has_tone() && c.is_some_and(|c| is_reading_of(c, reading))
}

/// Returns `true` if a bracket or a letter with a tone mark may begin with these bytes.
fn may_begin(a: u8, b: u8, c: u8) -> bool {
    // `（`, `［`, `｛`; `〈`, `《`, `【`, `〔`.
    let is_wide = (a == 0xEF) & ((b == 0xBC) & ((c == 0x88) | (c == 0xBB)) | (b == 0xBD) & (c == 0x9B));
    let is_han = (a == 0xE3) & (b == 0x80) & ((c == 0x88) | (c == 0x8A) | (c == 0x90) | (c == 0x94));
    (a == b'(') | (a == b'[') | (a == b'{') | (a == b'<') | is_wide | is_han | may_begin_marked(a)
}

/// Returns the range of a pair of brackets at `start` and the range of the text inside, in bytes.
/// The text is short and not Han.
fn bracketed(text: &str, start: usize) -> Option<(Range<usize>, Range<usize>)> {
    let opens = |c| matches!(c, '(' | '（' | '[' | '［' | '{' | '｛' | '<' | '〈' | '《' | '【' | '〔');
    let closes = |c| matches!(c, ')' | '）' | ']' | '］' | '}' | '｝' | '>' | '〉' | '》' | '】' | '〕');
    let open = text.get(start..)?.chars().next().filter(|&c| opens(c))?;
    let inside = start + open.len_utf8();
    let ends = |c: char| is_han(c) || c == '\n' || opens(c) || closes(c);
    let (len, close) = text[inside..].char_indices().take(LONGEST).find(|&(_, c)| ends(c))?;
    // The brackets may differ in width.
    let is_pair = len > 0 && closes(close);
    is_pair.then(|| (start..inside + len + close.len_utf8(), inside..inside + len))
}

/// Returns the range of the letters around `marked`, which has a tone mark, in bytes. The range
/// stands for the gloss and for its text, so it is returned twice. Text that was taken from
/// `<ruby>` has such readings without brackets.
fn bare(text: &str, marked: usize) -> Option<(Range<usize>, Range<usize>)> {
    if !may_begin_marked(text.as_bytes()[marked]) || !text.is_char_boundary(marked) {
        return None;
    }
    let letters = |c: &char| is_pinyin_letter(*c);
    let before: usize = text[..marked].chars().rev().take(LONGEST).take_while(letters).map(char::len_utf8).sum();
    let after: usize = text[marked..].chars().take(LONGEST).take_while(letters).map(char::len_utf8).sum();
    let range = marked - before..marked + after;
    (after > 0).then(|| (range.clone(), range))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        candidates(text).into_iter().map(|gloss| &text[gloss.at]).collect()
    }

    fn removed(text: &str) -> usize {
        let dictionary = crate::dictionary::Dictionary::embedded();
        find(text, dictionary.lexicon(), false, false).len()
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
        // Heteronyms among other characters are glosses, too.
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
