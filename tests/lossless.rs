//! Tokens are slices of any text. Also tests the pieces that the natural profile keeps whole.

use std::ops::Range;

use crate::common::{NATURAL, any_text};
use fenci::segment::Origin;
use fenci::{Profile, Segmenter, Token};
use oracle::text::{SEGMENTERS, check};
use proptest::prelude::*;

const CASES: u32 = if cfg!(debug_assertions) { 80 } else { 1000 };

/// Entities and other pieces that may be kept whole, and their beginnings.
const WHOLE_TEXTS: [&str; 30] = [
    "@",
    "#",
    "@小明",
    "@OpenAI",
    "#新年快乐#",
    "#AI大会",
    "http://t.cn/A6xyz",
    "https://",
    "www.example.com",
    "me@example.com",
    "2017-10-03",
    "2017/10/3",
    "T12:21:30Z",
    "12:21",
    ":30",
    "report.pdf",
    "v1.2.3",
    "C++",
    "C#",
    "AT&T",
    "WES-5.4.5",
    "2017年10月5日",
    "二〇一七年",
    "三百二十万",
    "万一",
    "30km",
    "3.5GHz",
    "5G",
    "/a?b=1&c=2#d",
    "中国科学院",
];

fn with_wholes() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(&WHOLE_TEXTS[..]).prop_map(str::to_owned),
        2 => "[@#.:/&+_%，。\u{98} \n-]{1,2}",
        1 => "[a-zA-Z0-9一十年月]{1,4}",
        1 => prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Strings that are easily overlooked.
const HOSTILE: [&str; 48] = [
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{b7}",
    "\u{300}",
    "\u{301}\u{302}\u{303}",
    "\u{34f}",
    "\u{600}",
    "\u{61c}",
    "\u{903}",
    "\u{e33}",
    "\u{1100}\u{1161}\u{11a8}",
    "\u{180e}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}\u{202e}",
    "\u{2019}",
    "\u{2028}",
    "\u{2029}",
    "\u{2060}",
    "\u{20e3}",
    "\u{3030}",
    "\u{302a}",
    "\u{3099}",
    "\u{d7ff}",
    "\u{e000}",
    "\u{fe0e}",
    "\u{fe0f}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10000}",
    "\u{1f1e8}",
    "\u{1f3fb}",
    "\u{e0062}",
    "\u{e0100}",
    "\u{10ffff}",
    "\r",
    "\n",
    "\r\n",
    "👩\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👩",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "1\u{fe0f}\u{20e3}",
    "क्षि",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        1 => (prop::sample::select(&HOSTILE[..]), 2usize..9).prop_map(|(piece, times)| piece.repeat(times)),
        1 => "[中国a1'.,_%-]{1,3}",
        1 => "[\u{3041}-\u{3096}\u{30A1}-\u{30FA}软軟Ａ１]{1,3}",
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_cut_without_loss(text in any_text()) {
        check(&text);
    }

    #[test]
    fn any_characters_are_cut_without_loss(text in "(?s).{0,80}") {
        check(&text);
    }

    #[test]
    fn hostile_text_is_cut_without_loss(text in hostile()) {
        check(&text);
    }

    #[test]
    fn what_is_whole_is_cut_without_loss(text in with_wholes()) {
        check(&text);
    }

    #[test]
    fn without_white_space_nothing_else_is_missing(text in prop_oneof![any_text(), hostile(), with_wholes()]) {
        for profile in [Profile::Natural, Profile::Jieba] {
            let with = Segmenter::builder().profile(profile).build();
            let without = Segmenter::builder().profile(profile).white_space(false).build();
            let is_word = |token: &Token<'_>| !token.text().chars().all(char::is_whitespace);
            assert!(without.cut(&text).eq(with.cut(&text).filter(is_word)));
            let mut tokens = Vec::new();
            without.cut_for_search_into(&text, &mut tokens);
            assert!(tokens.into_iter().eq(with.cut_for_search(&text).filter(is_word)));
        }
    }
}

/// Checks that a text has the same tokens by itself and where it begins `shift` characters before
/// the end of a batch.
fn check_seam(segmenter: &Segmenter, text: &str, shift: usize) {
    let near = format!("。{text}");
    // Two marks alternate, since a repeated mark would be one token.
    let before: String = "，、".chars().cycle().take(4096 - shift).collect();
    let far = format!("{before}{near}");
    let check = |near: Vec<Token<'_>>, far: Vec<Token<'_>>, mode: &str| {
        let moved = |token: &Token<'_>| (token.start() + before.len(), token.end() + before.len(), token.origin());
        let near: Vec<_> = near.iter().map(moved).collect();
        let far: Vec<_> = far[4096 - shift..].iter().map(|t| (t.start(), t.end(), t.origin())).collect();
        assert_eq!(far, near, "{mode} {segmenter:?} {shift} {text:?}");
    };
    check(segmenter.cut(&near).collect(), segmenter.cut(&far).collect(), "cut");
    check(segmenter.cut_all(&near).collect(), segmenter.cut_all(&far).collect(), "cut_all");
    check(segmenter.cut_for_search(&near).collect(), segmenter.cut_for_search(&far).collect(), "search");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES / 10, ..ProptestConfig::default() })]

    /// The place where a batch of characters ends has no effect on the tokens around it.
    #[test]
    fn the_seams_between_batches_do_not_show(
        text in prop_oneof![any_text(), hostile(), with_wholes(), "[\n\r a，。軟银T恤'’._-]{0,30}", "[第12万多億余。… -]{0,30}"],
        shift in 0usize..40,
        segmenter in 0usize..10,
    ) {
        check_seam(&SEGMENTERS[segmenter], &text, shift);
    }
}

/// Marks between the parts of a word are also seen where a batch is full and cannot end yet.
#[test]
fn parts_between_marks_are_given_at_the_end_of_a_batch() {
    for segmenter in SEGMENTERS.iter() {
        check_seam(segmenter, "aaaa大一有人大自碱基催化AT&T一", 2);
    }
}

/// A batch does not end between Han characters that the dictionary lacks.
#[test]
fn a_batch_does_not_end_after_a_rare_han_character() {
    for segmenter in SEGMENTERS.iter() {
        check_seam(segmenter, "aaAAAAaAT恤00000%𠀀塞𰀀鿐", 2);
    }
}

/// A batch does not end inside of a number or a repeated mark.
#[test]
fn a_batch_does_not_end_inside_of_a_number_or_mark() {
    for text in ["5万多", "第3千2百万", "……", "----", "500 多"] {
        for shift in 0..8 {
            check_seam(&NATURAL, text, shift);
        }
    }
}

/// A run of line feeds longer than a batch is one token in full mode, like a shorter one.
#[test]
fn line_feeds_stay_together_in_full_mode() {
    for profile in [Profile::Jieba, Profile::Natural] {
        let segmenter = Segmenter::builder().profile(profile).build();
        for count in [2, 4095, 4096, 4097, 10_000] {
            assert_eq!(segmenter.cut_all(&"\n".repeat(count)).count(), 1, "{profile:?} {count}");
        }
    }
}

#[test]
fn long_runs_are_cut_without_loss() {
    for unit in HOSTILE.iter().chain(&["中", "软", "軟", "a", "Ａ", "1", "%", "a.", "a-", "か", "👪", "é", "中\u{301}"])
    {
        let text = unit.repeat(if cfg!(debug_assertions) { 300 } else { 5000 });
        check(&text);
        check(&format!("中{text}国"));
        check(&format!("a{text}b"));
    }
}

fn ranges(text: &str) -> Vec<Range<usize>> {
    NATURAL.cut(text).map(|token| token.range()).collect()
}

/// Checks that `piece` is one token in every context.
fn is_whole(piece: &str, origin: Origin) {
    let contexts = [
        ("", ""),
        ("中国", "学习"),
        ("，", "。"),
        (" ", " "),
        ("\r\n", "\n"),
        ("他说：“", "”，我们"),
        ("的", "的"),
        ("（", "）"),
    ];
    for (before, after) in contexts {
        let text = format!("{before}{piece}{after}");
        for hmm in [true, false] {
            let segmenter = NATURAL.with_hmm(hmm);
            let token = segmenter.cut(&text).find(|token| token.start() == before.len());
            let found = token.map(|token| (token.text(), token.origin()));
            assert_eq!(found, Some((piece, origin)), "{text:?} {:?}", segmenter.cut(&text).collect::<Vec<_>>());
        }
    }
}

#[test]
fn what_belongs_together_is_one_token() {
    for emoji in ["👨‍👩‍👧‍👦", "🇨🇳", "1️⃣", "👍🏽", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "😀", "👩‍❤️‍💋‍👩"]
    {
        is_whole(emoji, Origin::Emoji);
    }
    for kana in ["ひらがな", "カタカナ", "コンピューター", "ｶﾀｶﾅ"] {
        is_whole(kana, Origin::Kana);
    }
    for word in ["don't", "don’t", "learning", "café", "GPT-4", "x86_64", "iPhone15", "WES-5.4.5"] {
        is_whole(word, Origin::Latin);
    }
    for number in ["3.14", "23,876", "23.4%", "2024", "1,234,567.89", "100%", "192.168.1.1"] {
        is_whole(number, Origin::Number);
    }
    for (whole, origin) in [
        ("http://example.com/a?b=1", Origin::Url),
        ("www.example.com", Origin::Url),
        ("me@example.com", Origin::Email),
        ("2017-10-03", Origin::Date),
        ("2017/10/03", Origin::Date),
        ("12:21", Origin::Time),
        ("report-2.pdf", Origin::FileName),
        ("v1.2.3", Origin::Version),
        ("F#", Origin::Latin),
        ("R&D", Origin::Latin),
    ] {
        is_whole(whole, origin);
    }
    for word in ["Русский", "한국어", "ελληνικά"] {
        is_whole(word, Origin::Letters);
    }
}

#[test]
fn emoji_and_kana_that_follow_each_other_are_cut_apart() {
    let words = |text| NATURAL.cut(text).map(|token| token.text()).collect::<Vec<_>>();
    assert_eq!(words("🇨🇳🇯🇵👍🏽😀"), ["🇨🇳", "🇯🇵", "👍🏽", "😀"]);
    assert_eq!(words("深度learning很有趣"), ["深度", "learning", "很", "有趣"]);
    assert_eq!(words("我爱ラーメン和寿司"), ["我", "爱", "ラーメン", "和", "寿司"]);
}

#[test]
fn words_with_letters_are_found_in_every_form() {
    let entry = |word: &str| NATURAL.dictionary().get(word).unwrap_or_else(|| panic!("{word} is no word")).id;
    for (word, forms) in [
        ("T恤", &["T恤", "t恤", "Ｔ恤", "ｔ恤"][..]),
        ("C++", &["C++", "c++", "Ｃ＋＋", "ｃ++"]),
        ("AT&T", &["AT&T", "at&t", "At&t", "ＡＴ＆Ｔ"]),
        ("4S店", &["4S店", "4s店", "４Ｓ店", "４s店"]),
    ] {
        for form in forms {
            for (before, after) in [("", ""), ("我买了", "，"), ("\n", "\n"), ("，", "和其他的")] {
                let text = format!("{before}{form}{after}");
                let tokens: Vec<_> = NATURAL.cut(&text).collect();
                let token = tokens.iter().find(|token| token.start() == before.len()).unwrap();
                assert_eq!((token.text(), token.word_id()), (*form, Some(entry(word))), "{text:?} {tokens:?}");
            }
        }
    }
}

#[test]
fn traditional_text_is_cut_like_simplified() {
    for (traditional, simplified) in [
        ("軟銀集團的數據中心", "软银集团的数据中心"),
        ("中國科學院計算技術研究所", "中国科学院计算技术研究所"),
        ("我們愛學習漢語", "我们爱学习汉语"),
        ("他買了一件Ｔ恤，價格23.4元", "他买了一件Ｔ恤，价格23.4元"),
    ] {
        assert_eq!(ranges(traditional), ranges(simplified), "{traditional}");
        let numbers = |text| NATURAL.cut_for_search(text).map(|token| token.word_id()).collect::<Vec<_>>();
        assert_eq!(numbers(traditional), numbers(simplified), "{traditional}");
    }
    assert_eq!(ranges("軟銀集團的數據中心").len(), NATURAL.cut("软银集团的数据中心").count());
    assert!(ranges("軟銀集團的數據中心").iter().all(|range| range.len() <= 12));
}

#[test]
fn without_folding_forms_are_as_they_stand() {
    let plain = Segmenter::builder().fold(false).build();
    assert!(plain.cut("T恤").any(|token| token.text() == "T恤" && token.word_id().is_some()));
    assert!(plain.cut("t恤").all(|token| token.text() != "t恤" || token.word_id().is_none()));
    assert_eq!(NATURAL.cut("數據").next().unwrap().word_id(), NATURAL.cut("数据").next().unwrap().word_id());
    let same = NATURAL.dictionary().get("數據").map(|entry| entry.id);
    assert_eq!(plain.cut("數據").find(|token| token.text() == "數據").and_then(|token| token.word_id()), same);
}
