//! Damages texts as pages on the web are damaged: adds readings between the bytes, and furniture
//! and spam between the lines.

use std::collections::BTreeMap;

use encoding_rs::GBK;
use opencc_fmmseg::OpenCC;
use pinyin::ToPinyin;

use super::Numbers;

/// The replacement of half a character by a decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoder {
    /// `?`, for the half and the byte after it.
    Legacy,
    /// U+FFFD, as the Encoding Standard requires.
    Standard,
}

/// Characters that get readings: their bytes in GBK, and the reading.
pub type List = BTreeMap<[u8; 2], String>;

pub fn traditional(text: &str) -> String {
    thread_local!(static OPENCC: OpenCC = OpenCC::new());
    OPENCC.with(|opencc| opencc.s2t(text, false))
}

/// Lists `share` percent of the Han characters of GBK for which `wanted` returns `true`.
pub fn list(share: usize, seed: u64, wanted: impl Fn([u8; 2]) -> bool) -> List {
    let mut numbers = Numbers(seed);
    let mut list = List::new();
    for first in 0x81..=0xFEu8 {
        for second in (0x40..=0xFEu8).filter(|&second| second != 0x7F) {
            let bytes = [first, second];
            let (text, is_bad) = GBK.decode_without_bom_handling(&bytes);
            let Some(reading) = text.chars().next().filter(|_| !is_bad).and_then(|c| c.to_pinyin()) else { continue };
            if wanted([first, second]) && numbers.below(100) < share {
                list.insert([first, second], reading.with_tone().to_owned());
            }
        }
    }
    list
}

/// Returns `true` if Simplified text does not have the character with these bytes.
pub fn is_outside_gb2312([first, second]: [u8; 2]) -> bool {
    first < 0xB0 || second < 0xA1
}

pub struct Harmed {
    pub text: String,
    /// Indices, in characters of the original text, at which a reading stands inside of a
    /// character.
    pub places: Vec<usize>,
    /// The number of ASCII characters, other than `(`, `,` and line ends, that the decoder has
    /// swallowed. They cannot be restored.
    pub swallowed: usize,
}

/// Writes readings behind the listed pairs of bytes, also where a pair crosses two characters, and
/// decodes the text.
pub fn harm(text: &str, list: &List, decoder: Decoder) -> Harmed {
    let (bytes, _, _) = GBK.encode(text);
    let mut harmed = Vec::new();
    let mut places = Vec::new();
    let mut at = 0;
    // The index of the character that byte `at` belongs to, and whether the byte begins the
    // character.
    let mut char_at = 0;
    let mut begins = true;
    while at < bytes.len() {
        let reading = bytes.get(at..at + 2).and_then(|pair| list.get(pair));
        let step = if reading.is_some() { 2 } else { 1 };
        for &byte in &bytes[at..at + step] {
            harmed.push(byte);
            begins = !(begins && byte >= 0x81);
            char_at += usize::from(begins);
        }
        if let Some(reading) = reading {
            let (reading, _, _) = GBK.encode(reading);
            harmed.push(b'(');
            harmed.extend_from_slice(&reading);
            harmed.push(b')');
            if !begins {
                places.push(char_at);
            }
        }
        at += step;
    }
    let (text, swallowed) = match decoder {
        Decoder::Standard => (GBK.decode_without_bom_handling(&harmed).0.into_owned(), 0),
        Decoder::Legacy => decode_legacy(&harmed),
    };
    Harmed { text, places, swallowed }
}

fn decode_legacy(bytes: &[u8]) -> (String, usize) {
    let mut text = String::new();
    let mut swallowed = 0;
    let mut at = 0;
    while at < bytes.len() {
        let len = if matches!(bytes[at], 0x81..=0xFE) { 2 } else { 1 };
        let pair = &bytes[at..(at + len).min(bytes.len())];
        match GBK.decode_without_bom_handling_and_without_replacement(pair) {
            Some(decoded) => text.push_str(&decoded),
            None => {
                text.push('?');
                swallowed +=
                    usize::from(matches!(pair.get(1), Some(0..0x80)) && !matches!(pair[1], b'(' | b'\n' | b','));
            }
        }
        at += len;
    }
    (text, swallowed)
}

/// Lines above an article.
pub const ABOVE: &[&str] = &[
    "首页 > 新闻中心 > 国内新闻 > 正文",
    "当前位置：首页>财经>要闻",
    "首页 | 新闻 | 财经 | 体育 | 娱乐 | 科技 | 汽车",
];

/// Lines between the title and the first paragraph.
pub const UNDER_TITLE: &[&str] = &[
    "来源：江海晚报网　作者：林一舟　2025-03-14 08:21",
    "2025年03月14日 08:21　来源：南方快讯",
    "发布时间：2025-03-14 08:21:30　浏览次数：1283　字号：大 中 小",
    "记者 周晓禾 通讯员 李文",
    "文/江禾　图/新视觉",
    "分享到：微信 微博 QQ空间",
];

/// Lines between paragraphs.
pub const BETWEEN: &[&str] = &[
    "广告",
    "点击下载江海新闻客户端，查看更多精彩内容",
    "相关阅读：老城区改造最新进展公布",
    "展开全文",
    "图片来源：视觉江海",
    "扫描下方二维码，关注江海晚报微信公众号",
];

/// Blocks of lines below the last paragraph.
pub const BELOW: &[&[&str]] = &[
    &["责任编辑：王小川", "校对：李木子"],
    &["编辑 张三丰 校对 李四"],
    &["【责任编辑:高山】"],
    &["声明：本文仅代表作者本人观点，不代表本网立场，内容仅供参考，不构成投资建议，据此操作风险自担。"],
    &["免责声明：本站转载此文目的在于传递更多信息，如涉及版权问题，请联系我们，我们将及时删除。"],
    &["下载“江海新闻”APP，或关注官方微信公众号，第一时间获取最新资讯。"],
    &["网友评论", "登录后可以发言", "发送", "网友评论仅供其表达个人看法，并不表明本站立场", "暂无评论"],
    &["评论(0)", "我来说两句", "发表评论", "查看更多评论>>"],
    &["相关推荐", "老城区改造三年路线图公布", "“菜篮子”价格连降四周", "夜经济如何点亮一座城", "更多>>"],
    &["为你推荐", "换一换", "热点视频", "换一换"],
    &["上一篇：春耕备耕正当时", "下一篇：全市教育工作会议召开"],
    &[
        "关于我们 | 联系我们 | 广告服务 | 网站地图 | 友情链接",
        "版权所有 江海传媒集团 Copyright © 2025 All Rights Reserved",
        "苏ICP备12345678号-1",
    ],
    &["主站蜘蛛池模板: 久久精品视频在线| 亚洲欧美日韩综合| 国产精品免费视频| 中文字幕在线观看"],
    &["百家乐平台 博彩公司 时时彩开奖 六合彩投注 娱乐城官网 老虎机下载 棋牌注册送彩金"],
    &["网站优化 关键词优化 网站优化公司 关键词优化公司 网站优化价格 关键词优化价格 网站关键词优化排名"],
];

/// Adds furniture above, between and below the paragraphs of an article. `numbers` chooses it.
pub fn furnish(article: &str, numbers: &mut Numbers) -> String {
    let mut lines: Vec<&str> = article.lines().collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let mut page: Vec<String> = Vec::new();
    let mut pick = |from: &[&'static str], percent: usize| {
        (numbers.below(100) < percent).then(|| from[numbers.below(from.len())].to_owned())
    };
    page.extend(pick(ABOVE, 60));
    let last = lines.len() - 1;
    for (at, line) in lines.into_iter().enumerate() {
        page.push(line.to_owned());
        if at == 0 {
            page.extend(pick(UNDER_TITLE, 80));
        } else if at < last && !line.is_empty() {
            page.extend(pick(BETWEEN, 15));
        }
    }
    let mut blocks: Vec<usize> = (0..BELOW.len()).filter(|_| numbers.below(2) == 0).collect();
    for at in (1..blocks.len()).rev() {
        blocks.swap(at, numbers.below(at + 1));
    }
    for block in blocks {
        page.extend(BELOW[block].iter().map(|line| (*line).to_owned()));
    }
    page.join("\n") + "\n"
}

/// Counts the insertions, deletions and replacements of characters that turn one text into the
/// other. Equal characters at both ends cost nothing.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
