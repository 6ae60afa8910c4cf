//! What a line says of itself: whether it could be one of an article.

use std::borrow::Cow;
use std::collections::HashMap;

use super::cues::{
    ASKS, ASKS_FIRST, BUTTONS, BYLINES, CREDITS, DISCLAIMERS, FOOTERS, HEADINGS, LEADS, MEANS, NOTICES, PHRASES,
    SECTIONS, SELVES, SPAM, SURE_CREDITS, SURE_NOTICES, TITLES,
};
use super::lines::{Folded, Line, beginning};
use crate::article::repair::words::Words;

/// Why a line is no part of the article.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    pub(super) class: Class,
    /// Whether it tells between paragraphs, too.
    pub(super) is_strong: bool,
    /// What it was known by.
    pub(super) cue: &'static str,
    pub(super) reason: Cow<'static, str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Byline,
    Notice,
    Promotion,
    Button,
    Heading,
    Links,
    Path,
    Footer,
    Date,
    Spam,
    /// Nothing by itself.
    Neighbour,
}

impl Evidence {
    pub(super) fn new(class: Class, is_strong: bool, reason: impl Into<Cow<'static, str>>) -> Evidence {
        Evidence { class, is_strong, cue: "", reason: reason.into() }
    }

    fn by(class: Class, is_strong: bool, what: &str, cue: &'static str) -> Evidence {
        Evidence { class, is_strong, cue, reason: format!("{what}: {cue}").into() }
    }

    /// Whether short lines that follow it are likely to belong to it.
    pub(super) fn has_followers(&self) -> bool {
        matches!(self.class, Class::Button | Class::Heading | Class::Links | Class::Footer | Class::Spam)
    }
}

/// Whether a paragraph begins as what goes from between paragraphs, too.
pub(super) fn may_be_strong(text: &str, folded: &mut Folded, words: &Words<'_>) -> bool {
    const BEGINNING: usize = 48;
    folded.read(beginning(text, BEGINNING), words);
    text.starts_with(CAPTION)
        || [&NOTICES, &HEADINGS, &ASKS_FIRST].into_iter().any(|cues| folded.begins(cues).is_some())
}

/// What a line says by itself.
pub(super) fn judge(text: &str, line: &Line, folded: &mut Folded, words: &Words<'_>) -> Option<Evidence> {
    /// No line of furniture is longer, but for spam.
    const LONGEST: usize = 400;
    if line.is_body && line.chars > LONGEST {
        return None;
    }
    if let Some(evidence) = brackets(text, folded, words) {
        return Some(evidence);
    }
    // Of a line without end, its beginning is as good.
    folded.read(beginning(text, 1 << 13), words);
    let chars = line.chars;
    None.or_else(|| spam(folded))
        .or_else(|| button(folded, text, chars))
        .or_else(|| heading(folded, chars))
        .or_else(|| byline(folded, chars))
        .or_else(|| caption(folded, text, chars))
        .or_else(|| notice(folded, line))
        .or_else(|| promotion(folded, chars))
        .or_else(|| footer(folded, chars))
        .or_else(|| links(folded, text, chars))
        .or_else(|| date(folded, chars))
}

/// Words that spam is made of, or the same words over and over, and nothing that would make a sentence of them.
fn spam(line: &Folded) -> Option<Evidence> {
    const SEPARATORS: [char; 9] = ['|', ' ', '_', '/', ',', '、', '-', ':', '?'];
    if line.han < 6 || line.stops > line.questions {
        return None;
    }
    let found: Vec<&'static str> = line.found(&SPAM).collect();
    let segments = line.text.split(SEPARATORS).filter(|segment| !segment.is_empty()).count();
    if found.len() >= 3 {
        let covered = line.covered(&found);
        let is_strong = line.han >= 12 && segments > 1 && covered * 3 >= line.han * 2;
        if is_strong || covered * 2 >= line.han {
            let reason = format!("keywords and no sentence: {}", found[..found.len().min(5)].join(", "));
            return Some(Evidence::new(Class::Spam, is_strong, reason));
        }
    }
    let is_list = line.text.contains(['|', '_', '/']) || !line.text.contains('、') && !found.is_empty();
    if line.han < 20 || segments < 6 || !is_list || line.function_words * 25 > line.han {
        return None;
    }
    // Pairs of characters that have come before.
    let mut pairs: HashMap<(char, char), usize> = HashMap::new();
    let chars: Vec<char> = line.text.chars().take(2000).collect();
    for pair in chars.windows(2).filter(|pair| !SEPARATORS.contains(&pair[0]) && !SEPARATORS.contains(&pair[1])) {
        *pairs.entry((pair[0], pair[1])).or_insert(0) += 1;
    }
    let all: usize = pairs.values().sum();
    let repeated = all - pairs.len();
    (repeated * 5 >= all * 2).then(|| {
        let percent = repeated * 100 / all.max(1);
        let reason = format!("{segments} keywords and no sentence, {percent} % of it said before");
        Evidence::new(Class::Spam, false, reason)
    })
}

/// A line that is a button or a link and nothing else. An ordinary word may be a heading or a line of a poem.
fn button(line: &Folded, text: &str, chars: usize) -> Option<Evidence> {
    const LONG: usize = 4;
    if chars > 20 || text.starts_with(['“', '「', '#', '"', '『']) {
        return None;
    }
    // `评论(0)`, `赞 12`, `更多>>`.
    let is_extra = |c: char| c.is_ascii_digit() || c.is_whitespace() || "()（）+>»›«:!.,".contains(c);
    let name = line.text.trim_matches(is_extra);
    if name.starts_with("返回") && ["查看更多", "首页", "列表"].iter().any(|end| name.ends_with(end)) {
        return Some(Evidence::by(Class::Button, true, "a button or link", "返回"));
    }
    let found = BUTTONS.iter().find(|button| **button == name || **button == line.text)?;
    let is_counted = line.text.ends_with([')', '>', '»']) || text.ends_with(['>', '»', ')', '）']);
    let is_long = found.chars().count() >= LONG || *found == "广告";
    Some(Evidence::by(Class::Button, is_counted || is_long, "a button or link", found))
}

/// The heading of a list of other articles, or one with the first of them behind a colon.
fn heading(line: &Folded, chars: usize) -> Option<Evidence> {
    let (found, rest) = line.begins(&HEADINGS)?;
    let rest = rest.trim_start();
    let is_whole = chars <= 16 && !rest.contains(|c: char| c.is_alphabetic());
    let leads = chars <= 60 && rest.starts_with([':', '|', '>', '»']) && LEADS.contains(&found);
    (is_whole || leads).then(|| {
        let is_strong = leads || LEADS.contains(&found) || found.chars().count() >= 4;
        Evidence::by(Class::Heading, is_strong, "the heading of other articles", found)
    })
}

/// The commonest of the function words, which no name has.
fn is_of_sentences(c: char) -> bool {
    "的了是在吗呢吧我你他她这那就也都还".contains(c)
}

/// A role, a mark between, and a short name or two.
fn byline(line: &Folded, chars: usize) -> Option<Evidence> {
    const LONGEST: usize = 60;
    if chars > LONGEST || line.stops > 0 && line.begins(&TITLES).is_none() {
        return None;
    }
    let name = |rest: &str, marks: &[char]| -> Option<usize> {
        let name = rest.trim_start_matches(' ').strip_prefix(marks)?.trim();
        (!name.is_empty() && !name.contains(is_of_sentences)).then(|| name.chars().count())
    };
    // Without a mark, a name or two, or another role.
    let names = |rest: &str| {
        let is_name = |word: &str| (2..=4).contains(&word.chars().count()) && !word.contains(is_of_sentences);
        rest.starts_with(' ') && rest.split_whitespace().count() > 0 && rest.split_whitespace().all(is_name)
    };
    let marks = [':', '|', '/', '丨'];
    if let Some((role, rest)) = line.begins(&SURE_CREDITS) {
        let is_title = role.starts_with('原');
        if is_title && rest.starts_with(':') || name(rest, &marks).is_some_and(|chars| chars <= 30) || names(rest) {
            return Some(Evidence::by(Class::Byline, true, "who made the page", role));
        }
    }
    if let Some((role, rest)) = line.begins(&CREDITS) {
        let is_name = |rest: &str| name(rest, &marks).is_some_and(|chars| chars <= 16) && !rest.contains([',', '，']);
        if is_name(rest) || names(rest) {
            return Some(Evidence::by(Class::Byline, false, "who made the page", role));
        }
    }
    let (role, rest) = line.begins(&BYLINES)?;
    let is_reporter = role.ends_with("记者") && rest.contains('/') && rest.contains(['导', '道']);
    let is_named = name(rest, &marks).is_some();
    let is_spaced = names(rest) && ["来源", "作者", "记者", "通讯员"].iter().any(|ending| role.ends_with(ending));
    (is_reporter || is_named || is_spaced)
        .then(|| Evidence::by(Class::Byline, false, "who made the text, or when", role))
}

const CAPTION: [char; 3] = ['▲', '△', '▼'];

/// What stands below a picture and says where it is from.
fn caption(line: &Folded, text: &str, chars: usize) -> Option<Evidence> {
    let found = ["图/", "翻摄", "摄影", "摄)", "提供", "资料照", "图源"].into_iter().find(|cue| line.has(cue))?;
    (chars <= 120 && text.starts_with(CAPTION)).then(|| Evidence::by(Class::Byline, true, "a caption", found))
}

/// A disclaimer: its heading, or several of its phrases in a line that speaks of the page.
fn notice(line: &Folded, shape: &Line) -> Option<Evidence> {
    if let Some((found, rest)) = line.begins(&NOTICES) {
        let rest = rest.trim_start();
        let is_sure = SURE_NOTICES.contains(&found) || line.count(&DISCLAIMERS) >= 1;
        if (rest.is_empty() || rest.starts_with(':')) && is_sure {
            return Some(Evidence::by(Class::Notice, true, "a disclaimer", found));
        }
    }
    if shape.chars <= 200 {
        if let Some(found) = line.holds(&PHRASES) {
            return Some(Evidence::by(Class::Notice, false, "a disclaimer", found));
        }
    }
    // Few lines hold one, and of the others no more is to be asked.
    let first = line.holds(&DISCLAIMERS)?;
    let is_law = ["法院", "判决", "根据《", "构成侵权", "第一条"].iter().any(|cue| line.has(cue));
    let is_article = line.text.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '第', '《']);
    let found = line.count(&DISCLAIMERS);
    let selves = line.count(&SELVES);
    (!is_law && !is_article && (found >= 2 && selves > 0 || found >= 3 && !shape.is_body)).then(|| Evidence {
        cue: first,
        ..Evidence::new(Class::Notice, false, format!("a disclaimer: {first}, and {} phrases more", found - 1))
    })
}

/// A reader is asked to do something with an app, an account, a code.
fn promotion(line: &Folded, chars: usize) -> Option<Evidence> {
    if chars > 140 {
        return None;
    }
    let means = line.holds(&MEANS)?;
    let beginning: String = line.text.chars().take(14).collect();
    let asks = ASKS.cues.iter().copied().find(|ask| beginning.contains(ask))?;
    // `报名方式:扫码…` is one of the facts of an announcement.
    if beginning.split_once(':').is_some_and(|(label, _)| !ASKS.cues.contains(&label)) {
        return None;
    }
    let is_first = line.begins(&ASKS_FIRST).is_some();
    // In a story others act; a request has no one in it but `you`, and `us` to be followed.
    let asked =
        ["关注我", "联系我", "加入我", "点我", "追踪我"].iter().map(|us| line.text.matches(us).count()).sum::<usize>();
    let is_told = line.text.matches('我').count() > asked
        || ["他", "她", "用户", "消费者", "记者", "公司", "表示"].iter().any(|who| line.has(who))
        || ["将", "把", "按此", "可以", "即可把"].iter().any(|how| line.has(how)) && line.stops > 0;
    let is_strong =
        is_first && !is_told && chars <= 60 && line.stops <= 1 && line.count(&MEANS) + line.count(&ASKS) >= 3;
    (is_strong || !is_told && (is_first || chars <= 50)).then(|| Evidence {
        cue: means,
        ..Evidence::new(Class::Promotion, is_strong, format!("a request to the reader: {asks}, {means}"))
    })
}

/// Owner, licence numbers, telephone numbers of a site.
fn footer(line: &Folded, chars: usize) -> Option<Evidence> {
    let first = line.holds(&FOOTERS)?;
    let found = line.count(&FOOTERS);
    let is_number = ["ICP备", "ICP证", "公网安备", "COPYRIGHT", "©"].iter().any(|number| line.has(number));
    (chars <= 200 && (found >= 2 || is_number) && line.function_words * 10 <= line.han.max(10))
        .then(|| Evidence::by(Class::Footer, is_number || found >= 3, "the foot of the site", first))
}

/// Short names with bars between them, or a path to the page.
fn links(line: &Folded, text: &str, chars: usize) -> Option<Evidence> {
    if line.stops > 0 || chars > 400 {
        return None;
    }
    let parts = |separators: &[char]| -> Vec<&str> {
        line.text.split(separators).map(str::trim).filter(|part| !part.is_empty()).collect()
    };
    let is_short = |part: &&str| part.chars().count() <= 14 && !part.contains(|c: char| c.is_ascii_digit());
    let is_known = |part: &&str| SECTIONS.contains(part) || BUTTONS.contains(part) || FOOTERS.cues.contains(part);
    let names = parts(&['|']);
    if names.len() >= 4 && names.iter().all(is_short) && names.iter().any(is_known) && !text.starts_with('|') {
        return Some(Evidence::new(Class::Links, false, format!("{} short links in a line", names.len())));
    }
    let steps = parts(&['>', '»', '›']);
    let is_step = |step: &&str| {
        step.chars().count() <= 12
            && step.contains(crate::text::codes::is_han)
            && !step.contains(|c: char| c.is_ascii_digit())
    };
    let is_section =
        |step: &&str| is_known(step) || ["新闻", "频道", "资讯", "网", "中心"].iter().any(|end| step.ends_with(end));
    let is_path = steps.len() >= 2 && steps.iter().all(is_step) && steps.iter().any(is_section);
    let slashes = parts(&['/']);
    let is_slashed = slashes.len() >= 2 && slashes[0] == "首页" && slashes.iter().all(is_step);
    let says = ["当前位置", "您的位置", "您现在的位置", "您当前的位置", "您所在的位置", "所在位置"];
    if is_path || is_slashed || says.iter().any(|says| line.text.starts_with(says)) {
        return Some(Evidence::new(Class::Path, false, "the path to the page"));
    }
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = parts(&[' ', '\t', '|', '/']).into_iter().filter(|part| !is_number(part)).collect();
    let buttons = words.iter().filter(|word| BUTTONS.contains(word)).count();
    (buttons >= 2 && buttons * 2 >= words.len())
        .then(|| Evidence::new(Class::Links, false, format!("{buttons} buttons in a line")))
}

/// A date, and perhaps a time and where the text is from, and nothing else.
fn date(line: &Folded, chars: usize) -> Option<Evidence> {
    let (text, source) = match line.text.split_once("来源") {
        Some((text, source)) => (text, source.chars().count() <= 16),
        None => (&line.text[..], false),
    };
    let is_ago = chars <= 8 && ["分钟前", "小时前", "天前", "刚刚"].iter().any(|ago| text.ends_with(ago));
    let may_be_date = (text.starts_with("20") || text.starts_with("19")) && line.stops == 0 && chars <= 40;
    // Nearly no line is either, and the rest needs to be asked of none of them.
    if !is_ago && !may_be_date {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let marks = text.bytes().filter(|byte| matches!(byte, b'-' | b'/' | b':' | b'.')).count();
    let is_spelled = text.contains('年') && text.contains('日');
    let is_plain = may_be_date && digits >= 6 && (marks >= 2 || is_spelled);
    // A date by itself may be a heading, or sign what stands above it.
    let is_timed = source || text.contains(':') || digits >= 8 && !is_spelled;
    let others = text.chars().filter(|&c| c.is_alphabetic() && !"年月日时分秒".contains(c)).count();
    (is_ago || is_plain && is_timed && others <= 10 && !text.contains(is_of_sentences))
        .then(|| Evidence::new(Class::Date, false, "a date and no sentence"))
}

/// Buttons and bylines in brackets side by side: `【打印】【关闭】`.
fn brackets(text: &str, folded: &mut Folded, words: &Words<'_>) -> Option<Evidence> {
    if !text.starts_with(['【', '[']) || text.len() > 200 {
        return None;
    }
    let parts = text.split(['【', '】', '[', ']']).map(str::trim).filter(|part| !part.is_empty());
    let mut found = 0;
    for part in parts {
        folded.read(part, words);
        let chars = part.chars().count();
        button(folded, part, chars).or_else(|| byline(folded, chars))?;
        found += 1;
    }
    (found >= 2).then(|| Evidence::new(Class::Button, true, format!("{found} buttons in brackets")))
}

/// A byline in brackets behind the last sentence of a paragraph: what stands in the brackets, and its role.
pub(super) fn credit(text: &str, folded: &mut Folded, words: &Words<'_>) -> Option<&'static str> {
    folded.read(text, words);
    let (role, rest) = folded.begins(&CREDITS).or_else(|| folded.begins(&SURE_CREDITS))?;
    (rest.starts_with([':', '|', '/', ' ']) && folded.stops == 0).then_some(role)
}
