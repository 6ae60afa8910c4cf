//! Recognizes credits: lines that say who wrote, checked and published an article, such as
//! `责任编辑：王小满`.
//!
//! A credit has roles and names. A role consists of few words (`新媒体` + `编辑`), and a name is short.
//! So titles, tables and answers in an interview are not credits.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::line::folded;
use crate::dictionary::Lexicon;

/// Words that a role may begin with.
const PREFIXES: &str = "\
    责任 值班 本期 执行 实习 见习 首席 特约 特邀 本报 本刊 本网 本台 新媒体 融媒体 视觉 图文 图片 文字 网络 版面 \
    美术 视频 音频 流程 运营 微信 公众号 栏目 专题 内容 文案 后期 技术 总 副 主 高级 助理 轮值 客户端 终审 稿件 \
    全媒体 联合 现场 创意 本文 封面 题 头 海报 海外 外文 中文 英文 值守 采访";

/// Words that a role may end with, and that only credits have.
const SURE: &str = "\
    编辑 校对 审核 审校 编审 责编 美编 编委 主编 总编 采编 小编 初审 复审 终审 一审 二审 三审 一校 二校 三校 \
    初校 复核 核校 审读 审签 签发 统稿 排版 撰文 撰稿 采写 供图 供稿 通讯员 图源 题图 配图 图编 校审 编校 校阅 \
    监审 核稿 审稿 组稿 值班 文编";

/// Words that a role may end with, and that tables of works and events have, too.
const OTHERS: &str = "\
    文字 文案 图文 文图 文 图 图片 摄影 摄像 摄 拍摄 航拍 视频 剪辑 设计 制图 绘图 海报 插画 插图 版式 策划 统筹 \
    监制 出品 出品人 制片 制片人 制作 配音 播音 朗读 主播 翻译 编译 译 译者 作者 记者 实习生 运营 视觉 后期 字幕 \
    编导 导播 音频 来源 转自 投稿 主笔 采访 整理 口述 录入 发布 美术 封面 撰写 执笔 原创 出镜 创意 包装 调色 \
    动画 技术 协调 联络 推送 校园记者 署名 素材 资料 主办 承办 协办 主办单位 承办单位 协办单位 技术支持 运维单位";

/// The most words of a role.
const MOST_WORDS: usize = 6;
/// The longest name, in characters.
const LONGEST_NAME: usize = 12;
/// The most names after a role.
const MOST_NAMES: usize = 8;

/// The certainty that a line is a credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Credit {
    /// The line is a credit if a neighbour is a sure one, or if the model thinks it unlikely to be
    /// text.
    Likely,
    /// The line is a credit if it stands above or below the text.
    Sure,
}

/// A word of a role, with the certainty that it gives to a credit. A prefix has `None`.
type Word = (Option<Credit>, &'static str);

/// The words of roles by their first character.
static WORDS: LazyLock<HashMap<char, Vec<Word>>> = LazyLock::new(|| {
    let mut words: HashMap<char, Vec<Word>> = HashMap::default();
    for (sure, list) in [(None, PREFIXES), (Some(Credit::Likely), OTHERS), (Some(Credit::Sure), SURE)] {
        for word in list.split(' ') {
            word.chars().take(1).for_each(|first| words.entry(first).or_default().push((sure, word)));
        }
    }
    words
});

/// Returns the certainty that a line is a credit, and its first role.
pub(super) fn credit(line: &str, lexicon: Lexicon<'_>) -> Option<(Credit, String)> {
    // Few short lines of an article have one of these marks.
    const MARKS: [char; 13] = [':', '：', '/', '／', '╱', '|', '｜', '丨', '︱', '︰', '∣', ' ', '\u{3000}'];
    if !line.contains(MARKS) {
        return None;
    }
    let line: String = line.chars().map(|c| folded(c, lexicon)).collect();
    folded_credit(&line).map(|(sure, role)| (sure, role.to_owned()))
}

/// Does the same as [`credit`] for a folded line.
fn folded_credit(line: &str) -> Option<(Credit, &str)> {
    let line = line.trim_matches(is_ornament);
    if is_dispatch(line) {
        return Some((Credit::Sure, "记者"));
    }
    let mut rest = line;
    let mut found: Option<(Credit, &str)> = None;
    while !rest.is_empty() {
        let (sure, role, after) = role_with_mark(rest)?;
        // A single role may be something else. Two roles are a credit.
        found = Some(found.map_or((sure, role), |(_, first)| (Credit::Sure, first)));
        rest = after_names(after)?;
    }
    found
}

/// Returns `true` for a character that may stand around a credit.
fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '[' | ']' | '【' | '】' | '〔' | '〕' | '「' | '」' | '*' | '·' | '•' | '▲' | '△')
        || matches!(c, '■' | '●' | '▍' | '—' | '-' | '_' | '|' | '#')
}

/// Returns `true` if a line says who reports from where: `记者王小明/台北报导`.
fn is_dispatch(line: &str) -> bool {
    const LONGEST: usize = 30;
    let place = line.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let reports = ["报导", "报道"].iter().any(|end| place.ends_with(end));
    line.contains("记者")
        && reports
        && line.chars().count() <= LONGEST
        && !line.contains(['。', ',', '!', '?', ':', '“'])
}

/// Reads a role and the mark after it. Returns its certainty, the role, and the rest of `text`.
fn role_with_mark(text: &str) -> Option<(Credit, &str, &str)> {
    let (len, sure) = role(text, MOST_WORDS)?;
    let after = &text[len..];
    let names = after.trim_start_matches([' ', '\u{3000}']);
    let marked = names.strip_prefix([':', '/', '|', '丨', '︱', '︰', '∣', '│', '·', '-', '—', '@']);
    // `编辑 王小满`, but not `摄影 展览`.
    let is_clear = (sure == Credit::Sure || text[..len].ends_with("记者")) && names.len() < after.len();
    let names = marked.map(str::trim_start).or((is_clear && !names.is_empty()).then_some(names))?;
    Some((sure, &text[..len], names))
}

/// Reads a role of at most `most` words. Returns its length in bytes and its certainty.
fn role(text: &str, most: usize) -> Option<(usize, Credit)> {
    let most = most.checked_sub(1)?;
    let words = WORDS.get(&text.chars().next()?)?;
    let roles = words.iter().filter_map(|&(sure, word)| {
        let end = spaced(text, word)?;
        // Two roles in a row are one role: `文字编辑`, `编辑、校对`.
        let rest = text[end..].trim_start_matches(['、', '/', '&', '|', '和']);
        match role(rest, most) {
            Some((len, next)) => Some((text.len() - rest.len() + len, sure.map_or(next, |sure| sure.max(next)))),
            None => Some((end, sure?)),
        }
    });
    roles.max()
}

/// Returns the length of `word` at the beginning of `text`. Its characters may be spaced (`编 辑`).
fn spaced(text: &str, word: &str) -> Option<usize> {
    let mut rest = text;
    for (at, c) in word.chars().enumerate() {
        let from = if at == 0 { rest } else { rest.trim_start_matches([' ', '\u{3000}']) };
        rest = from.strip_prefix(c)?;
    }
    Some(text.len() - rest.len())
}

/// Skips the names at the beginning of `text`. Returns the next role with its names, or an empty
/// text. Returns `None` if `text` does not begin with names.
fn after_names(text: &str) -> Option<&str> {
    let mut rest = text;
    for _ in 0..MOST_NAMES {
        rest = rest.trim_start_matches(|c: char| is_between_names(c));
        if rest.is_empty() || rest.len() < text.len() && role_with_mark(rest).is_some() {
            return Some(rest);
        }
        let end = rest.find(|c: char| is_between_names(c)).unwrap_or(rest.len());
        if !is_name(&rest[..end]) {
            return None;
        }
        rest = &rest[end..];
    }
    None
}

fn is_between_names(c: char) -> bool {
    c.is_whitespace() || matches!(c, '、' | '/' | '|' | '丨' | ';' | '；' | '&' | '@')
}

fn is_name(text: &str) -> bool {
    let count = text.chars().count();
    let is_of_name = |c: char| {
        c.is_alphanumeric() && !c.is_ascii_digit()
            || matches!(c, '·' | '・' | '_' | '.' | '(' | ')' | '《' | '》' | '-' | '“' | '”')
    };
    // `常福强_NF123`.
    let text = text.split_once('_').map_or(text, |(name, _)| name);
    // These words make an answer, or a description of a role.
    let is_said = text.contains(['与', '了', '是', '在', '呢', '吗', '哪', '么', '把', '被']) && count > 2;
    count <= LONGEST_NAME && !is_said && !text.is_empty() && text.chars().all(is_of_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_with_names_are_credits() {
        for line in [
            "责任编辑:王小满",
            "【责任编辑:高山】",
            "(编辑:李娜 校对:周舟)",
            "新媒体编辑/周舟",
            "编 辑:李 娜",
            "编辑 张三 校对 李四",
            "一审:李娜 二审:周舟 三审:高山",
            "校对:祝小小",
            "文/江禾 图/新视觉",
            "记者 周晓禾 通讯员 李文",
            "〔记者王小明/台北报导〕",
            "记者 李娜 / 高雄报导",
            "责任编辑:常福强_NF1234",
            "责编:Emily",
            "图文编辑:小满、阿木",
            "审核丨老高",
        ] {
            assert_eq!(folded_credit(line).map(|credit| credit.0), Some(Credit::Sure), "{line}");
        }
        for line in
            ["文字:王小满", "摄影:李大同", "文|李娜", "出品︱河口栏目组 胖胖", "策划:王小满 李大同", "视频:阿木"]
        {
            assert_eq!(folded_credit(line).map(|credit| credit.0), Some(Credit::Likely), "{line}");
        }
    }

    #[test]
    fn everything_else_is_none() {
        for line in [
            "编辑部的故事",
            "记者:您最近在忙什么?",
            "编辑:这个问题很好,我来回答。",
            "摄影 展览",
            "文",
            "初审:8月1日至8月10日",
            "主演:朱明",
            "型号:A300",
            "图书馆",
            "文学:人学",
            "编辑:那结局呢",
            "校对:核对校样与原稿",
            "记者从有关部门获悉,此事已有报道",
            "校对是一门手艺",
            "总编辑说,我们要改",
            "设计:采用铝合金机身,重量减轻了三成",
            "审核时间:2023年5月",
        ] {
            assert_eq!(folded_credit(line), None, "{line}");
        }
    }
}
