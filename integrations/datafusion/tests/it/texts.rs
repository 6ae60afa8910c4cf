//! Texts for the tests.

/// Words of the dictionary, names, Traditional and Latin words, marks and digits.
const PARTS: [&str; 24] = [
    "软银",
    "軟銀",
    "会议",
    "今天",
    "的",
    "数据中心",
    "數據中心",
    "甲骨文",
    "OpenAI",
    "openai",
    "，",
    "。",
    "\n",
    "3.14",
    "网易杭研",
    "拼多多",
    "泽连斯基",
    "鼋头渚",
    " ",
    "！",
    "是",
    "人工智能",
    "https://t.cn/A6xyz",
    "投资",
];

/// Returns `count` texts that are the same in every run. Some are empty.
pub(crate) fn texts(count: usize) -> Vec<String> {
    let mut state = 42u64;
    let mut next = |bound: usize| {
        // Knuth's MMIX generator. Its high bits are random enough.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let text = |number: usize| {
        let mut text: String = (0..next(60)).map(|_| PARTS[next(PARTS.len())]).collect();
        if number.is_multiple_of(3) {
            // A word that few texts have.
            text.push_str(&format!("。zq{}x", next(count)));
        }
        text
    };
    (0..count).map(text).collect()
}
