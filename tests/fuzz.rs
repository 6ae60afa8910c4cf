//! Runs the fuzzers' checks on a few thousand inputs, the same each time. This takes seconds, where
//! the fuzzers take hours.

use oracle::peers::Numbers;

/// An unoptimized build needs a millisecond for a text.
const SLOW: bool = cfg!(debug_assertions);

/// The seeds of texts.
const TEXTS: [&str; 8] = [
    include_str!("../benches/articles/README.md"),
    "我们中出了一个叛徒，他来到了网易杭研大厦。小明硕士毕业于中国科学院计算所，后在日本京都大学深造",
    "軟銀集團(tuán)與(yǔ)OpenAI的項(xiàng)目被曝?cái)R淺\n責(zé)任編輯：高山\n相关阅读 | 更多 | 评论\n",
    "转发@人民日报：2017年10月5日 12:21，#新年快乐#，用C++跑了3.5km，见 https://t.cn/A6xyz。me@example.com",
    "👨\u{200d}👩\u{200d}👧🇨🇳e\u{301}\u{fe0f}1\u{fe0f}\u{20e3}\r\n\u{3000}にほん한국어Русский\u{20000}\u{10ffff}",
    "&amp;&#38272;&lt;门(mén)<rt>xīng</rt>\u{fffd}?cái)R\u{a0}",
    "长长长长长长长长长长的的的的的的a a a a 1.1.1.1.1---___@@@###",
    "",
];

/// Calls `check` with `runs` inputs. Each input joins changed and cut pieces of `seeds`.
fn run(runs: usize, seeds: &[&[u8]], check: fn(&[u8])) {
    const LONGEST: usize = if SLOW { 300 } else { 2000 };
    let mut numbers = Numbers(20);
    for _ in 0..if SLOW { runs } else { 5 * runs } {
        let mut input = Vec::new();
        for _ in 0..=numbers.below(3) {
            let seed = seeds[numbers.below(seeds.len())];
            let start = numbers.below(seed.len() + 1);
            let end = (start + numbers.below(LONGEST / 2)).min(seed.len());
            input.extend_from_slice(&seed[start..end]);
        }
        for _ in 0..numbers.below(6) {
            let at = numbers.below(input.len() + 1);
            match (numbers.below(5), input.get_mut(at)) {
                (0, Some(byte)) => *byte ^= 1 << numbers.below(8),
                (1, Some(byte)) => *byte = numbers.below(256) as u8,
                (2, Some(_)) => _ = input.drain(at..(at + 1 + numbers.below(8)).min(input.len())),
                (3, _) => input.insert(at, numbers.below(256) as u8),
                _ => {
                    let again = input[at..(at + numbers.below(16)).min(input.len())].repeat(1 + numbers.below(4));
                    input.splice(at..at, again);
                }
            }
        }
        // The last input that was tried is the one that failed.
        check(&input);
    }
}

fn texts() -> Vec<&'static [u8]> {
    TEXTS.map(str::as_bytes).to_vec()
}

/// Bytes for inputs other than text.
fn bytes() -> Vec<u8> {
    let mut numbers = Numbers(21);
    (0..4000).map(|_| numbers.below(256) as u8).collect()
}

#[test]
fn texts_are_cut_without_loss() {
    run(300, &texts(), oracle::text::fuzz);
}

#[test]
fn texts_are_cut_as_jieba_cuts_them() {
    run(600, &texts(), oracle::parity::fuzz);
}

#[test]
fn keywords_are_sound() {
    run(300, &texts(), oracle::keywords::fuzz);
}
#[test]
fn pages_are_cleaned_once_for_all() {
    run(600, &texts(), oracle::clean::fuzz);
}

#[test]
fn bytes_of_pages_are_decoded_and_cleaned() {
    let mut seeds = texts();
    let gbk =
        [&b"<meta charset=gbk><title>"[..], &[0xd0, 0xc2, 0xc7, 0xc5, 0xcd, 0xa8, 0xb3, 0xb5, 0xa1, 0xa3]].concat();
    seeds.extend([
        &gbk[..],
        b"\xff\xfe\x00N\xfem\n\x00",
        "<!doctype html><html><nav><a href=/>首页</a></nav><article><h1>新桥通车</h1><p>本报讯 新桥今天通车。</p>\
         <table><tr><td>长</td><td>3公里<ruby>門<rt>mén</rt></ruby></table><script>x<</script></article>"
            .as_bytes(),
    ]);
    run(200, &seeds, oracle::clean::fuzz_bytes);
}

#[test]
fn changed_models_of_lines_do_no_harm() {
    run(100, &[&bytes()], oracle::clean::fuzz_line_models);
}

#[test]
fn changed_images_do_no_harm() {
    run(300, &[&bytes()], oracle::images::fuzz);
}

#[test]
fn changed_files_do_no_harm() {
    run(200, &[&bytes()], oracle::files::fuzz);
}

#[test]
fn words_said_in_any_order_are_as_said_last() {
    run(600, &[&bytes()], oracle::overlays::fuzz);
}

#[test]
fn text_forms_are_errors_or_work() {
    let mut seeds = texts();
    seeds.extend([
        "中国 9 n\n科学 5 n\n软银\t7\tnz\n# 注释\n".as_bytes(),
        b"-0.3 -3.14e100 -3.14e100 -1.5\n-3.14e100 -0.5 -1 -3.14e100\n",
        "-0.7 -3.14e100 -3.14e100 -0.7\n中:-1,国:-2,学:-4\n国:-1,院:-2\n".as_bytes(),
        "@TAGS\nn,v\n@START\n0,1,-2.5\n@TRANS\n0,1|2,1,-1\n@EMIT\n0,1|中,-1\n@CHAR_STATE\n中|0,1\n".as_bytes(),
        "公司 3.5\n软银 9.5\n".as_bytes(),
    ]);
    run(400, &seeds, oracle::forms::fuzz);
}
#[test]
fn stored_data_come_back_or_are_refused() {
    let seeds = [
        r#"{"version":1,"words":{"李小福":{"add":{"frequency":2,"tag":"nr"}},"江大桥":"force","中将":{"split":["中","将"]}}}"#,
        r#"{"version":1,"raw":"門(mén)a","text":"門a","repairs":[{"raw":{"start":3,"end":9},"clean":{"start":3,"end":3},"kind":"gloss","reason":"r","replacement":""}]}"#,
        r#"{"text":"软银","simplified":null,"weight":1.5,"words":1,"tag":"n","places":[{"start":0,"end":6}]}"#,
        r#"{"glosses":"keep","damage":true,"forms":true,"furniture":false}"#,
        r#"["的","了"]"#,
    ];
    // The seeds also run unchanged: a mutated piece is hardly ever valid.
    for seed in seeds {
        oracle::stored::fuzz(seed.as_bytes());
    }
    run(3000, &seeds.map(str::as_bytes), oracle::stored::fuzz);
}
