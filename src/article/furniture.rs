//! What a site puts around its articles, and what others put into them: bylines, disclaimers, promotion, buttons,
//! links to other articles, keyword spam.
//!
//! Each line is judged by itself first. What could not be a line of any article goes wherever it stands; what could
//! be goes above the first paragraph and below the last only. Lines that say nothing either way go if what stands
//! around them goes. Whatever is left in doubt stays.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::RepairKind;
use super::cues::{ASKS, BUTTONS, BYLINES, CREDITS, DISCLAIMERS, FOOTERS, HEADINGS, MEANS, NOTICES, SELVES, SPAM};
use super::draft::Edit;
use super::lines::{Folded, Line};
use super::words::Words;

/// Why a line is no part of the article.
#[derive(Clone, Debug)]
struct Evidence {
    kind: RepairKind,
    /// Whether it tells between paragraphs, too.
    is_strong: bool,
    /// Whether short lines that follow it are likely to belong to it.
    has_followers: bool,
    reason: Cow<'static, str>,
}

impl Evidence {
    fn new(is_strong: bool, reason: impl Into<Cow<'static, str>>) -> Evidence {
        Evidence { kind: RepairKind::Furniture, is_strong, has_followers: false, reason: reason.into() }
    }

    fn with_followers(self) -> Evidence {
        Evidence { has_followers: true, ..self }
    }

    fn spam(self) -> Evidence {
        Evidence { kind: RepairKind::Spam, has_followers: true, ..self }
    }
}

/// The lines of `text` that are no part of the article, to be removed.
pub(super) fn find(text: &str, words: &Words<'_>) -> Vec<Edit> {
    let lines = Line::all(text);
    // A text of one line is a text.
    if lines.len() < 2 {
        return Vec::new();
    }
    let mut folded = Folded::default();
    let mut evidence: Vec<Option<Evidence>> = lines
        .iter()
        .map(|line| {
            let content = &text[line.at.clone()];
            let is_plain = line.is_body && !may_be_strong(content, &mut folded, words);
            if is_plain { None } else { judge(content, line, &mut folded, words) }
        })
        .collect();
    // Outside of the paragraphs, less will do, and so a closer look at what looks like one.
    let mut look_closer = |order: &mut dyn Iterator<Item = usize>| {
        for at in order {
            let line = &lines[at];
            if line.is_body && evidence[at].is_none() {
                evidence[at] = judge(&text[line.at.clone()], line, &mut folded, words);
                if evidence[at].is_none() {
                    break;
                }
            }
        }
    };
    look_closer(&mut (0..lines.len()));
    look_closer(&mut (0..lines.len()).rev());
    drop_unsure(&lines, &mut evidence);
    spread(&lines, &mut evidence);
    // If nothing were left, what there is must be the text.
    if evidence.iter().all(Option::is_some) {
        return Vec::new();
    }
    let mut edits = removals(text, &lines, &mut evidence);
    edits.extend(lines.iter().zip(&evidence).filter(|(_, evidence)| evidence.is_none()).filter_map(|(line, _)| {
        let (at, reason) = credit_at_end(text, line, &mut folded, words)?;
        Some(Edit::remove(at, RepairKind::Furniture, reason))
    }));
    edits.sort_by_key(|edit| edit.at.start);
    edits
}

/// Whether a paragraph begins as what goes from between paragraphs, too.
fn may_be_strong(text: &str, folded: &mut Folded, words: &Words<'_>) -> bool {
    const BEGINNING: usize = 48;
    folded.read(&text[..text.floor_char_boundary(BEGINNING)], words);
    [NOTICES, HEADINGS, ASKS].into_iter().any(|cues| folded.begins(cues).is_some())
}

/// What a line says by itself.
fn judge(text: &str, line: &Line, folded: &mut Folded, words: &Words<'_>) -> Option<Evidence> {
    /// No line of furniture is longer, but for spam.
    const LONGEST: usize = 400;
    if line.is_body && line.chars > LONGEST {
        return None;
    }
    folded.read(text, words);
    let chars = line.chars;
    None.or_else(|| spam(folded))
        .or_else(|| button(folded, chars))
        .or_else(|| heading(folded, chars))
        .or_else(|| byline(folded, chars))
        .or_else(|| notice(folded, chars))
        .or_else(|| promotion(folded, chars))
        .or_else(|| footer(folded, chars))
        .or_else(|| links(folded, chars))
        .or_else(|| date(folded, chars))
}

/// Words that spam is made of, or the same words over and over, and nothing that would make a sentence of them.
fn spam(line: &Folded) -> Option<Evidence> {
    const SEPARATORS: [char; 9] = ['|', ' ', '_', '/', ',', '、', '-', ':', '?'];
    if line.han < 6 || line.stops > line.questions {
        return None;
    }
    let found: Vec<&str> = SPAM.iter().copied().filter(|cue| line.has(cue)).collect();
    let covered: usize = found.iter().map(|cue| line.text.matches(cue).count() * cue.chars().count()).sum();
    if found.len() >= 3 && covered * 2 >= line.han {
        let reason = format!("keywords and no sentence: {}", found[..found.len().min(5)].join(", "));
        return Some(Evidence::new(line.han >= 12, reason).spam());
    }
    let segments = line.text.split(SEPARATORS).filter(|segment| !segment.is_empty()).count();
    let is_list = line.text.contains(['|', '_', '/']) || !line.text.contains('、');
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
        Evidence::new(false, format!("{segments} keywords and no sentence, {percent} % of it said before")).spam()
    })
}

/// A line that is a button or a link and nothing else.
fn button(line: &Folded, chars: usize) -> Option<Evidence> {
    if chars > 16 {
        return None;
    }
    // `评论(0)`, `赞 12`, `更多>>`.
    let is_extra = |c: char| c.is_ascii_digit() || c.is_whitespace() || "()（）+>»›:!.,".contains(c);
    let name = line.text.trim_matches(is_extra);
    let found = BUTTONS.iter().find(|button| **button == name || **button == line.text)?;
    Some(Evidence::new(found.chars().count() > 1, format!("a button or link: {found}")).with_followers())
}

/// The heading of a list of other articles, or one with the first of them behind a colon.
fn heading(line: &Folded, chars: usize) -> Option<Evidence> {
    let (found, rest) = line.begins(HEADINGS)?;
    let rest = rest.trim_start();
    let is_whole = chars <= 16 && !rest.contains(|c: char| c.is_alphabetic());
    let leads = chars <= 60 && rest.starts_with([':', '|', '>', '»']);
    (is_whole || leads).then(|| {
        let evidence = Evidence::new(true, format!("the heading of other articles: {found}"));
        if is_whole { evidence.with_followers() } else { evidence }
    })
}

/// A role, a mark between, and a short name or two.
fn byline(line: &Folded, chars: usize) -> Option<Evidence> {
    const LONGEST: usize = 60;
    if chars > LONGEST || line.stops > 0 {
        return None;
    }
    let name = |rest: &str, marks: &[char]| -> Option<usize> {
        let name = rest.trim_start_matches(' ').strip_prefix(marks).or_else(|| rest.strip_prefix(' '))?.trim();
        (!name.is_empty() && !name.contains(is_of_sentences)).then(|| name.chars().count())
    };
    if let Some((role, rest)) = line.begins(CREDITS) {
        if name(rest, &[':', '|', '/', '丨']).is_some_and(|chars| chars <= 30) {
            let between = line.text.len() - rest.len() > 3 && rest.trim_start().starts_with(':');
            return Some(Evidence::new(between, format!("who made the page: {role}")));
        }
    }
    let (role, rest) = line.begins(BYLINES)?;
    // A single character is too little without its mark.
    let marks: &[char] = if role.chars().count() == 1 { &['/', '|', '丨', ':'] } else { &[':', '|', '/', '丨'] };
    let is_short_role = role.chars().count() == 1 && rest.starts_with(' ');
    (!is_short_role && name(rest, marks).is_some())
        .then(|| Evidence::new(false, format!("who made the text, or when: {role}")))
}

/// The commonest of the function words, which no name has.
fn is_of_sentences(c: char) -> bool {
    "的了是在吗呢吧我你他她这那就也都还".contains(c)
}

/// A disclaimer: its heading, or several of its phrases in a line that speaks of the page.
fn notice(line: &Folded, chars: usize) -> Option<Evidence> {
    if let Some((found, rest)) = line.begins(NOTICES) {
        let rest = rest.trim_start();
        if (rest.is_empty() || rest.starts_with(':')) && (chars <= 12 || line.count(DISCLAIMERS) >= 1) {
            return Some(Evidence::new(true, format!("a disclaimer: {found}")));
        }
    }
    let found = line.count(DISCLAIMERS);
    let first = line.holds(DISCLAIMERS)?;
    (found >= 3 || found >= 2 && line.holds(SELVES).is_some())
        .then(|| Evidence::new(false, format!("a disclaimer: {first}, and {} phrases more", found - 1)))
}

/// A reader is asked to do something with an app, an account, a code.
fn promotion(line: &Folded, chars: usize) -> Option<Evidence> {
    if chars > 140 {
        return None;
    }
    let means = line.holds(MEANS)?;
    let beginning: String = line.text.chars().take(14).collect();
    let asks = ASKS.iter().copied().find(|ask| beginning.contains(ask))?;
    let is_first = line.begins(ASKS).is_some();
    // In a story others act; a request has no one in it but `you`.
    let is_told = ["他", "她", "我", "用户", "消费者", "记者", "公司", "表示", "称"].iter().any(|who| line.has(who));
    let is_strong = is_first && !is_told && chars <= 60 && line.stops <= 1 && line.count(MEANS) + line.count(ASKS) >= 3;
    (is_strong || !is_told && (is_first || chars <= 50))
        .then(|| Evidence::new(is_strong, format!("a request to the reader: {asks}, {means}")))
}

/// Owner, licence numbers, telephone numbers of a site.
fn footer(line: &Folded, chars: usize) -> Option<Evidence> {
    let found = line.count(FOOTERS);
    let first = line.holds(FOOTERS)?;
    let begins = line.begins(FOOTERS).is_some();
    let is_number = ["ICP备", "ICP证", "公网安备"].iter().any(|number| line.text.contains(number));
    (chars <= 200 && (found >= 2 || begins || is_number) && line.function_words * 10 <= line.han.max(10))
        .then(|| Evidence::new(is_number || found >= 3, format!("the foot of the site: {first}")).with_followers())
}

/// Short names with bars between them, or a path to the page.
fn links(line: &Folded, chars: usize) -> Option<Evidence> {
    if line.stops > 0 || chars > 400 {
        return None;
    }
    let names = |separators: &[char]| {
        let names: Vec<usize> =
            line.text.split(separators).map(|name| name.trim().chars().count()).filter(|&len| len > 0).collect();
        (names.len(), names.iter().copied().max().unwrap_or(0))
    };
    let (links, longest) = names(&['|']);
    if links >= 4 && longest <= 14 {
        return Some(Evidence::new(false, format!("{links} short links in a line")).with_followers());
    }
    let (steps, longest) = names(&['>', '»', '›']);
    let is_path = steps >= 2 && longest <= 12 || line.text.starts_with("当前位置") || line.text.starts_with("您的位置");
    if is_path || line.text.starts_with("您现在的位置") {
        return Some(Evidence::new(false, "the path to the page"));
    }
    let (words, _) = names(&[' ', '\t']);
    let buttons = line.text.split([' ', '\t', '|', '/']).filter(|word| BUTTONS.contains(word)).count();
    (buttons >= 2 && buttons * 2 >= words)
        .then(|| Evidence::new(false, format!("{buttons} buttons in a line")).with_followers())
}

/// A date, and perhaps a time and a name, and nothing else.
fn date(line: &Folded, chars: usize) -> Option<Evidence> {
    let digits = line.text.bytes().filter(u8::is_ascii_digit).count();
    let is_date = line.text.starts_with("20") || line.text.starts_with("19");
    let marks = line.text.bytes().filter(|byte| matches!(byte, b'-' | b'/' | b':' | b'.')).count();
    let is_spelled = line.text.contains('年') && line.text.contains('日');
    let is_ago = chars <= 8 && ["分钟前", "小时前", "天前", "刚刚"].iter().any(|ago| line.text.ends_with(ago));
    let is_plain = is_date && digits >= 6 && (marks >= 2 || is_spelled) && line.stops == 0;
    (is_ago || is_plain && chars <= 40 && line.han <= 14 && line.function_words == 0)
        .then(|| Evidence::new(false, "a date and no sentence"))
}

/// Between the first paragraph and the last, only what is strong tells.
fn drop_unsure(lines: &[Line], evidence: &mut [Option<Evidence>]) {
    // Where there is no paragraph, as in a poem, the first line without evidence and the last.
    let is_body = |at: usize, any: bool| evidence[at].is_none() && (any || lines[at].is_body);
    let ends = |any: bool| {
        let first = (0..lines.len()).find(|&at| is_body(at, any))?;
        let last = (0..lines.len()).rev().find(|&at| is_body(at, any))?;
        Some((first, last))
    };
    let Some((first, last)) = ends(false).or_else(|| ends(true)) else { return };
    for evidence in &mut evidence[first..=last] {
        if evidence.as_ref().is_some_and(|evidence| !evidence.is_strong) {
            *evidence = None;
        }
    }
}

/// Short lines that say nothing either way, below the last paragraph, between or after what goes; and names of
/// sections above the title.
fn spread(lines: &[Line], evidence: &mut [Option<Evidence>]) {
    const LONGEST: usize = 44;
    let Some(last_body) = (0..lines.len()).rev().find(|&at| lines[at].is_body && evidence[at].is_none()) else {
        return;
    };
    let Some(last_evident) = evidence.iter().rposition(Option::is_some) else { return };
    let mut before: Option<bool> = None;
    for at in last_body + 1..lines.len() {
        match (&evidence[at], before) {
            (Some(found), _) => before = Some(found.has_followers),
            (None, Some(has_followers)) if lines[at].chars <= LONGEST && (has_followers || at < last_evident) => {
                evidence[at] = Some(Evidence::new(false, "a short line among what is no part of the article"));
            }
            // Something long: whatever follows may belong to it.
            (None, _) => before = None,
        }
    }
    let first_evident = evidence.iter().position(Option::is_some).unwrap_or(0);
    let Some(nav_end) = (first_evident..lines.len()).find(|&at| lines[at].chars > 6) else { return };
    let nav_start = (0..first_evident).rev().take_while(|&at| lines[at].chars <= 6).last().unwrap_or(first_evident);
    let known = evidence[nav_start..nav_end].iter().filter(|evidence| evidence.is_some()).count();
    if nav_end < last_body && nav_end - nav_start >= 3 && known > 0 && nav_start == 0 {
        for evidence in evidence[..nav_end].iter_mut().filter(|evidence| evidence.is_none()) {
            *evidence = Some(Evidence::new(false, "the name of a section among links"));
        }
    }
}

/// Lines that go, with their ends; of the empty lines around a block that goes, those on one side.
fn removals(text: &str, lines: &[Line], evidence: &mut [Option<Evidence>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if evidence[at].is_none() {
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|&at| evidence[at].is_none()).unwrap_or(lines.len());
        // Up to the next line that stays; or, at the end, from the end of the last line that stays.
        let is_last = end == lines.len();
        let mut from = match at.checked_sub(1) {
            Some(last) if is_last => next_line(text, lines[last].at.end),
            _ => lines[at].at.start,
        };
        // Where an empty line stands before the block, those after it go too.
        let gap = at.checked_sub(1).map_or("\n\n", |last| &text[lines[last].at.end..lines[at].at.start]);
        let is_parted = gap.bytes().filter(|&byte| byte == b'\n').count() > 1;
        for gone in at..end {
            let to = match lines.get(gone + 1) {
                None => text.len(),
                Some(next) if gone + 1 < end || is_parted => next.at.start,
                Some(_) => next_line(text, lines[gone].at.end),
            };
            let Evidence { kind, reason, .. } = evidence[gone].clone().unwrap_or(Evidence::new(false, ""));
            edits.push(Edit::remove(from..to, kind, reason));
            from = to;
        }
        at = end;
    }
    edits
}

/// Behind the end of the line that ends at `at`.
fn next_line(text: &str, at: usize) -> usize {
    if text[at..].starts_with('\n') { at + 1 } else { at }
}

/// A byline in brackets behind the last sentence of a paragraph.
fn credit_at_end(text: &str, line: &Line, folded: &mut Folded, words: &Words<'_>) -> Option<(Range<usize>, String)> {
    const LONGEST: usize = 40;
    let content = &text[line.at.clone()];
    let close = content.chars().next_back().filter(|c| matches!(c, ')' | '）' | ']' | '】'))?;
    let (open, _) = content.char_indices().rev().take(LONGEST).find(|(_, c)| matches!(c, '(' | '（' | '[' | '【'))?;
    let before = content[..open].trim_end();
    if !before.ends_with(['。', '！', '？', '”', '」', '…']) {
        return None;
    }
    folded.read(&content[open..content.len() - close.len_utf8()], words);
    let (role, rest) = folded.begins(CREDITS)?;
    let is_named = rest.trim_start().starts_with([':', '|', '/', ' ']) || rest.starts_with(' ');
    (is_named && folded.stops == 0)
        .then(|| (line.at.start + before.len()..line.at.end, format!("who made the page: {role}")))
}
