//! Finds the lines of a page that are no part of its article.

use std::collections::HashMap;
use std::ops::Range;

use super::credits::{Credit, credit};
use super::line::{Line, Tags};
use super::model::{CompiledLineModel, Judged, LineModel};
use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::dictionary::Lexicon;

/// A line stays from this chance on. On the pages that the model was trained on, cross-validated by site, .96 of
/// the articles' text stays so, and .95 of what stays is theirs.
const STAYS: f32 = 0.3;
/// Sentences without cues of a site are seldom none of an article's: one, and a paragraph of several.
const SENTENCE_STAYS: f32 = 0.15;
const PARAGRAPH_STAYS: f32 = 0.08;
const FAINT_CUES: f32 = 1.5;
/// A page has a line that is no more likely than this to be part of its article. A text without one is whole.
const UNLIKELY: f32 = 0.2;
/// Cues of so much weight are plain. A short line that has them stays from the second chance on.
const PLAIN_CUES: f32 = 2.3;
const CUED_STAYS: f32 = 0.65;
/// A line that may be a credit, or something else, stays from this chance on; between title and text, from the second on.
const CREDIT_STAYS: f32 = 0.5;
const BYLINE_STAYS: f32 = 0.8;
/// A page has an article: so many characters in sentences.
const ENOUGH: usize = 60;
/// A longer line with a comma is no title, in characters.
const LONGEST_TITLE: usize = 36;
/// The longest line that is read as a credit, in characters.
const LONGEST_CREDIT: usize = 60;

/// The lines of `text` that are no part of the article, to be removed. `tags_at` gives what HTML says of the line at a byte.
pub(in crate::article) fn find(text: &str, tags_at: impl Fn(usize) -> Option<Tags>, lexicon: Lexicon<'_>) -> Vec<Edit> {
    let spans = spans(text);
    // A text of one line is a text.
    if spans.len() < 2 {
        return Vec::new();
    }
    let lines: Vec<Line<'_>> =
        spans.iter().map(|span| Line { text: &text[span.clone()], tags: tags_at(span.start) }).collect();
    let reasons = judge(LineModel::embedded(), &lines, lexicon);
    let mut edits = removals(text, &spans, &reasons);
    let stays = spans.iter().zip(&reasons).filter(|(_, reason)| reason.is_none());
    edits.extend(stays.filter_map(|(span, _)| credit_at_end(text, span, lexicon)));
    edits.sort_by_key(|edit| edit.at.start);
    edits
}

/// Lines with something in them, without white space at their ends.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() {
            let indent = line.len() - line.trim_start().len();
            spans.push(start + indent..start + indent + content.len());
        }
        start += line.len();
    }
    spans
}

/// Why a line goes; nothing if it stays.
pub(super) type Reason = Option<(RepairKind, String)>;

/// Says of each line of a page why it goes.
pub(super) fn judge(model: CompiledLineModel<'_>, lines: &[Line<'_>], lexicon: Lexicon<'_>) -> Vec<Reason> {
    let judged = model.judge(lines, lexicon);
    let mut page = Page { lines, judged: &judged, goes: vec![false; lines.len()] };
    for at in 0..lines.len() {
        let counts = &judged.counts[at];
        let stays = match counts {
            _ if judged.cues[at] >= FAINT_CUES => STAYS,
            counts if counts.length >= LONGEST_CREDIT && counts.stops >= 2 => PARAGRAPH_STAYS,
            counts if counts.length >= LONGEST_TITLE && counts.stops > 0 && counts.commas > 0 => SENTENCE_STAYS,
            _ => STAYS,
        };
        page.goes[at] = judged.chances[at] < stays;
        // `各镇人民政府、街道办事处：`
        page.goes[at] &= !(counts.ends_with_colon && counts.commas > 0);
        page.goes[at] |= page.is_cued(at) && judged.chances[at] < CUED_STAYS;
    }
    if !page.is_page() {
        page.goes.fill(false);
    }
    page.keep_doubtful();
    page.spread();
    page.keep_title(lexicon);
    page.keep_signatures();
    let credits = page.credits(lexicon);
    let reason = |at: usize| match credits[at] {
        Some(ref role) => Some((RepairKind::Furniture, format!("who made the page: {role}"))),
        None if page.goes[at] => Some((RepairKind::Furniture, judged.reason(at))),
        None => None,
    };
    (0..lines.len()).map(reason).collect()
}

/// A page while it is judged.
struct Page<'p> {
    lines: &'p [Line<'p>],
    judged: &'p Judged,
    goes: Vec<bool>,
}

impl Page<'_> {
    /// Whether sentences stand out from other lines, and one line at least is plainly none of the article's.
    fn is_page(&self) -> bool {
        let kept = self.judged.counts.iter().zip(&self.goes).filter(|(counts, goes)| counts.is_sentence() && !**goes);
        let chars: usize = kept.map(|(counts, _)| counts.length).sum();
        chars >= ENOUGH && (0..self.lines.len()).any(|at| self.is_plain(at))
    }

    /// Whether a line is short, no full sentence, and says what lines of sites say.
    fn is_cued(&self, at: usize) -> bool {
        const LONGEST_SENTENCE: usize = 24;
        let counts = &self.judged.counts[at];
        let longest = if counts.ends_sentence { LONGEST_SENTENCE } else { LONGEST_CREDIT };
        // Of a button there is little to say.
        let plain = if counts.length <= 4 { PLAIN_CUES / 2.0 } else { PLAIN_CUES };
        self.judged.cues[at] >= plain && counts.length <= longest
    }

    /// Whether a line is plainly none of the article's.
    fn is_plain(&self, at: usize) -> bool {
        self.judged.chances[at] < UNLIKELY || self.goes[at] && self.is_cued(at)
    }

    fn is_paragraph(&self, at: usize) -> bool {
        let counts = &self.judged.counts[at];
        !self.goes[at] && counts.length >= 16 && counts.stops + counts.commas > 0
    }

    /// Keeps lines that are to go together, but none of which is plainly to go. Inside of the text, lines have to say that they are
    /// none of it, or be many.
    fn keep_doubtful(&mut self) {
        const MANY: usize = 4;
        const HARDLY: f32 = 0.04;
        const SHORT: usize = 30;
        let count = self.goes.len();
        let first = (0..count).find(|&at| self.is_paragraph(at)).unwrap_or(0);
        let last = (0..count).rev().find(|&at| self.is_paragraph(at)).unwrap_or(0);
        let mut at = 0;
        while at < count {
            let end = (at..count).find(|&end| !self.goes[end]).unwrap_or(count);
            let is_inside = at > first && end <= last;
            if !(at..end).any(|at| self.is_plain(at)) {
                self.goes[at..end].fill(false);
            }
            if is_inside && end - at < MANY {
                for at in at..end {
                    let is_said = self.is_cued(at) && self.judged.counts[at].length <= SHORT;
                    self.goes[at] &= is_said || self.judged.chances[at] < HARDLY;
                }
            }
            at = end + 1;
        }
    }

    /// Short lines above the first paragraph and lines below the last are likelier to go if those beside them do.
    fn spread(&mut self) {
        let first = (0..self.lines.len()).find(|&at| self.is_paragraph(at)).unwrap_or(0);
        for at in 1..first {
            let may_go = self.judged.counts[at].is_short() && self.judged.chances[at] < CREDIT_STAYS;
            self.goes[at] |= may_go && self.goes[at - 1];
        }
        let Some(last) = (0..self.lines.len()).rev().find(|&at| self.is_paragraph(at)) else { return };
        for at in (last + 1..self.lines.len().saturating_sub(1)).rev() {
            let counts = &self.judged.counts[at];
            let may_go = self.judged.chances[at] < CUED_STAYS && counts.stops == 0 && counts.length <= LONGEST_CREDIT;
            self.goes[at] |= may_go && self.goes[at + 1];
        }
        for at in last + 2..self.lines.len() {
            self.goes[at] |= self.goes[at - 1] && self.judged.chances[at] < CREDIT_STAYS;
        }
    }

    /// Keeps the end of a letter or of a notice: a date spelled out, the name above it, and what stands between that and the text.
    fn keep_signatures(&mut self) {
        const MOST_LINES: usize = 4;
        const LONGEST_NAME: usize = 24;
        for at in 1..self.lines.len() {
            if !is_spelled_date(self.lines[at].text) || self.judged.counts[at - 1].length > LONGEST_NAME {
                continue;
            }
            let above = (at.saturating_sub(MOST_LINES)..at).rev().take_while(|&at| !self.is_cued(at));
            let Some(kept) = above.into_iter().find(|&at| !self.goes[at]) else { continue };
            self.goes[kept..=at].fill(false);
        }
    }

    /// Keeps the likeliest line above the first paragraph, if none stays.
    fn keep_title(&mut self, lexicon: Lexicon<'_>) {
        const TITLE: Range<usize> = 7..60;
        const LONGEST_LABEL: usize = 6;
        let Some(first) = (0..self.lines.len()).find(|&at| self.is_paragraph(at)) else { return };
        let may_be = |&at: &usize| {
            let counts = &self.judged.counts[at];
            let is_title = TITLE.contains(&counts.length) && counts.han >= 4 && !counts.has_date;
            // What stands before the colon of a label is short.
            let text = self.lines[at].text;
            let has_label = text.chars().take(LONGEST_LABEL).any(|c| matches!(c, ':' | '：'));
            let is_path = text.contains(['|', '｜', '>', '»']);
            is_title && !has_label && !counts.ends_with_colon && !is_path && self.credit(at, lexicon).is_none()
        };
        let titles: Vec<usize> = (0..first).filter(may_be).collect();
        if titles.iter().any(|&at| !self.goes[at]) {
            return;
        }
        let likeliest = |&a: &usize, &b: &usize| self.judged.chances[a].total_cmp(&self.judged.chances[b]);
        if let Some(title) = titles.into_iter().max_by(likeliest) {
            self.goes[title] = false;
        }
    }

    /// How sure a line is to be a credit, and its role.
    fn credit(&self, at: usize, lexicon: Lexicon<'_>) -> Option<(Credit, String)> {
        // Nearly no line of an article has one of these and is short.
        const MARKS: [char; 13] = [':', '：', '/', '／', '╱', '|', '｜', '丨', '︱', '︰', '∣', ' ', '\u{3000}'];
        let text = self.lines[at].text;
        let may_be = self.judged.counts[at].length <= LONGEST_CREDIT && text.contains(MARKS);
        if may_be { credit(text, lexicon) } else { None }
    }

    /// The role of each line that is a credit.
    fn credits(&self, lexicon: Lexicon<'_>) -> Vec<Option<String>> {
        let count = self.lines.len();
        let mut credits = vec![None; count];
        // A message may have no paragraph, but a sentence.
        let is_sentence = |at: &usize| {
            let counts = &self.judged.counts[*at];
            !self.goes[*at] && counts.ends_sentence && counts.stops > 0 && counts.colons == 0
        };
        let mut texts: Vec<usize> = (0..count).filter(|&at| self.is_paragraph(at)).collect();
        if texts.is_empty() {
            texts = (0..count).filter(is_sentence).collect();
        }
        // A title may have a comma, too.
        let body = texts.iter().find(|&&at| self.judged.counts[at].length >= LONGEST_TITLE);
        let (Some(&first), Some(&last)) = (body.or(texts.first()), texts.last()) else { return credits };
        let mut read: Vec<Option<(Credit, String)>> = vec![None; count];
        let mut times: HashMap<String, usize> = HashMap::new();
        for (at, read) in read.iter_mut().enumerate() {
            *read = self.credit(at, lexicon);
            if let Some((_, role)) = read {
                *times.entry(role.clone()).or_default() += 1;
            }
        }
        let mut at = 0;
        while at < count {
            let end = (at..count).find(|&at| read[at].is_none()).unwrap_or(count);
            if end == at {
                at += 1;
                continue;
            }
            let is_outside = end <= first || at > last;
            // Rows of a table around them are no credits, and so neither are they.
            let has_label = |at: Option<usize>| {
                at.filter(|&at| at < count && !self.goes[at]).is_some_and(|at| {
                    let counts = &self.judged.counts[at];
                    counts.colons > 0 && counts.length < LONGEST_CREDIT && counts.stops == 0
                })
            };
            let in_table = has_label(at.checked_sub(1)) || has_label(Some(end));
            let has_sure = read[at..end].iter().flatten().any(|(sure, _)| *sure == Credit::Sure);
            let below = end..(end..count).find(|&end| !self.goes[end]).unwrap_or(count);
            let sure = has_sure || at > last && below.into_iter().any(|at| self.is_plain(at));
            for at in at..end {
                let Some((_, role)) = &read[at] else { continue };
                // Somebody who is named again and again is one of an interview.
                let is_asking = times.get(role).is_some_and(|&times| times > 2);
                let stays = if end <= first { BYLINE_STAYS } else { CREDIT_STAYS };
                let is_credit = is_outside && !is_asking && (sure || !in_table && self.judged.chances[at] < stays);
                if is_credit {
                    credits[at] = Some(role.clone());
                }
            }
            at = end;
        }
        credits
    }
}

/// Whether a line is a date like `2022年9月20日` or `二〇二二年九月二十日`, and nothing else.
fn is_spelled_date(line: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c);
    let Some(date) = line.strip_suffix('日') else { return false };
    let parts: Vec<&str> = date.split(['年', '月']).collect();
    let [year, month, day] = parts[..] else { return false };
    year.chars().count() == 4 && [year, month, day].iter().all(|part| !part.is_empty() && part.chars().all(is_digit))
}

/// Lines that go, with their ends; of the empty lines around a block that goes, those on one side.
fn removals(text: &str, spans: &[Range<usize>], reasons: &[Reason]) -> Vec<Edit> {
    let mut edits = Vec::new();
    // If nothing were left, what there is must be the text.
    if reasons.iter().all(Option::is_some) {
        return edits;
    }
    let mut at = 0;
    while at < spans.len() {
        if reasons[at].is_none() {
            at += 1;
            continue;
        }
        let end = (at..spans.len()).find(|&at| reasons[at].is_none()).unwrap_or(spans.len());
        // Up to the next line that stays; or, at the end, from the end of the last line that stays.
        let mut from = match at.checked_sub(1) {
            Some(last) if end == spans.len() => next_line(text, spans[last].end),
            _ => line_start(text, spans[at].start),
        };
        // Where an empty line stands before the block, those after it go too.
        let gap = at.checked_sub(1).map_or("\n\n", |last| &text[spans[last].end..spans[at].start]);
        let is_parted = gap.bytes().filter(|&byte| byte == b'\n').count() > 1;
        for gone in at..end {
            let to = match spans.get(gone + 1) {
                None => text.len(),
                Some(next) if gone + 1 < end || is_parted => line_start(text, next.start),
                Some(_) => next_line(text, spans[gone].end),
            };
            if let Some((kind, reason)) = &reasons[gone] {
                edits.push(Edit::remove(from..to, *kind, reason.clone()));
            }
            from = to;
        }
        at = end;
    }
    edits
}

/// Behind the end of the line that `at` stands in.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |len| at + len + 1)
}

/// The beginning of the line that `at` stands in.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// A credit in brackets behind the last sentence of a paragraph.
fn credit_at_end(text: &str, span: &Range<usize>, lexicon: Lexicon<'_>) -> Option<Edit> {
    let content = &text[span.clone()];
    if !content.ends_with([')', '）', ']', '】', '〕']) {
        return None;
    }
    let (open, _) =
        content.char_indices().rev().take(LONGEST_CREDIT).find(|(_, c)| matches!(c, '(' | '（' | '[' | '【' | '〔'))?;
    let before = content[..open].trim_end();
    if !before.ends_with(['。', '！', '？', '”', '」', '…']) {
        return None;
    }
    let (_, role) = credit(&content[open..], lexicon)?;
    let at = span.start + before.len()..span.end;
    Some(Edit::remove(at, RepairKind::Furniture, format!("who made the page: {role}")))
}
