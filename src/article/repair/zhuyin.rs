//! Converts Zhuyin (`ㄇㄣˊ`) to pinyin with tone numbers (`men2`).

/// Initials with their pinyin.
const INITIALS: &str =
    "ㄅ b ㄆ p ㄇ m ㄈ f ㄉ d ㄊ t ㄋ n ㄌ l ㄍ g ㄎ k ㄏ h ㄐ j ㄑ q ㄒ x ㄓ zh ㄔ ch ㄕ sh ㄖ r ㄗ z ㄘ c ㄙ s";

/// Finals with their pinyin after an initial and alone.
const FINALS: &str = "\
    ㄚ a a ㄛ o o ㄜ e e ㄝ ê ê ㄞ ai ai ㄟ ei ei ㄠ ao ao ㄡ ou ou ㄢ an an ㄣ en en ㄤ ang ang ㄥ eng eng ㄦ er er \
    ㄧ i yi ㄧㄚ ia ya ㄧㄛ io yo ㄧㄝ ie ye ㄧㄞ iai yai ㄧㄠ iao yao ㄧㄡ iu you ㄧㄢ ian yan ㄧㄣ in yin \
    ㄧㄤ iang yang ㄧㄥ ing ying ㄨ u wu ㄨㄚ ua wa ㄨㄛ uo wo ㄨㄞ uai wai ㄨㄟ ui wei ㄨㄢ uan wan ㄨㄣ un wen \
    ㄨㄤ uang wang ㄨㄥ ong weng ㄩ ü yu ㄩㄝ üe yue ㄩㄢ üan yuan ㄩㄣ ün yun ㄩㄥ iong yong";

/// Tone marks, in the order of the tones. The first tone usually has no mark.
const TONES: [char; 4] = ['ˉ', 'ˊ', 'ˇ', 'ˋ'];
/// The mark of the neutral tone. It stands before the syllable or after it.
const NEUTRAL: char = '˙';

/// Returns `true` if Zhuyin may begin with `c`.
pub(super) fn is_zhuyin(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{3129}' | NEUTRAL)
}

/// Appends the pinyin of all syllables of `text` to `pinyin`. Returns `None` if `text` is not
/// Zhuyin.
pub(super) fn spell(text: &str, pinyin: &mut String) -> Option<()> {
    let words = |table: &'static str| table.split(' ').collect::<Vec<_>>();
    let (initials, finals) = (words(INITIALS), words(FINALS));
    let mut rest = text;
    while !rest.is_empty() {
        let mut is_neutral = rest.starts_with(NEUTRAL);
        rest = rest.trim_start_matches(NEUTRAL);
        let initial = initials.chunks(2).find(|initial| rest.starts_with(initial[0]));
        rest = initial.map_or(rest, |initial| &rest[initial[0].len()..]);
        let last = finals.chunks(3).filter(|last| rest.starts_with(last[0])).max_by_key(|last| last[0].len());
        rest = last.map_or(rest, |last| &rest[last[0].len()..]);
        match (initial.map(|initial| initial[1]), last) {
            // After these initials, `ü` is written as `u`.
            (Some(initial @ ("j" | "q" | "x")), Some(last)) => pinyin.extend([initial, &last[1].replace('ü', "u")]),
            (Some(initial), Some(last)) => pinyin.extend([initial, last[1]]),
            // `ㄓ` is `zhi`.
            (Some(initial), None) => pinyin.extend([initial, "i"]),
            (None, Some(last)) => pinyin.push_str(last[2]),
            (None, None) => return None,
        }
        let tone = TONES.iter().position(|&tone| rest.starts_with(tone)).unwrap_or(0);
        is_neutral |= rest.starts_with(NEUTRAL);
        if !is_neutral {
            pinyin.push_str(["1", "2", "3", "4"][tone]);
        }
        rest = rest.trim_start_matches(TONES).trim_start_matches(NEUTRAL).trim_start();
    }
    Some(())
}
