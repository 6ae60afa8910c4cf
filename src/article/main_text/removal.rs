//! Finds the lines of a page that are not part of its article.
//!
//! The model gives each line a chance. Rules then cover cases that it cannot see: credits, the
//! title, signatures, tables, and texts that are not pages.

use std::ops::Range;

use super::credits::{Credit, credit};
use super::line::{Block, Counts, Line, Tags};
use super::model::{Judged, LineModel};
use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::dictionary::{Dictionary, Lexicon};

/// A line with at least this chance stays. On the training pages, cross-validated by site, this
/// keeps .97 of the articles, and .94 of the kept text is theirs.
const STAYS: f32 = 0.3;
/// If their cues weigh less than `FAINT_CUES`, a sentence and a paragraph stay with these lower
/// chances.
const FAINT_CUES: f32 = 1.5;
const SENTENCE_STAYS: f32 = 0.15;
const PARAGRAPH_STAYS: f32 = 0.08;
/// A short line whose cues weigh at least `PLAIN_CUES` stays only with this higher chance.
const PLAIN_CUES: f32 = 2.3;
const CUED_STAYS: f32 = 0.65;
/// A possible credit stays with at least this chance. Between title and text, it needs the higher
/// one.
const CREDIT_STAYS: f32 = 0.5;
const BYLINE_STAYS: f32 = 0.8;
/// A page with fewer characters in sentences has no article and stays whole.
const ENOUGH: usize = 60;
/// A longer line with a comma is not a title, in characters.
const LONGEST_TITLE: usize = 36;
/// The longest line that may be a credit, in characters.
const LONGEST_CREDIT: usize = 60;

/// Returns the edits that remove lines that are not part of the article. `tags_at` returns the tags
/// of the line at a byte.
pub(in crate::article) fn find(text: &str, tags_at: impl Fn(usize) -> Option<Tags>, lexicon: Lexicon<'_>) -> Vec<Edit> {
    let spans = spans(text);
    if spans.len() < 2 {
        return Vec::new();
    }
    let lines: Vec<Line<'_>> =
        spans.iter().map(|span| Line { text: &text[span.clone()], tags: tags_at(span.start) }).collect();
    let reasons = judge(LineModel::embedded(), &lines, lexicon);
    let kept: Vec<bool> = reasons.iter().map(Option::is_none).collect();
    let mut edits = Vec::new();
    // If no line is kept, the lines must be the text.
    let Some(last_kept) = kept.iter().rposition(|&is_kept| is_kept) else { return edits };
    // If removed lines have empty lines on both sides, those on one side stay.
    let mut is_parted = true;
    for (at, reason) in reasons.into_iter().enumerate() {
        let Some(reason) = reason else {
            edits.extend(credit_at_end(text, &spans[at], lexicon));
            continue;
        };
        if at > 0 && kept[at - 1] {
            is_parted = text[spans[at - 1].end..spans[at].start].matches('\n').count() > 1;
        }
        let from = match at == last_kept + 1 {
            true => next_line(text, spans[last_kept].end),
            false => line_start(text, spans[at].start),
        };
        let to = match spans.get(at + 1) {
            None => text.len(),
            // If an empty line stays before the removed lines, the empty lines after them go, too.
            Some(next) if is_parted || !kept[at + 1] => line_start(text, next.start),
            Some(_) => next_line(text, spans[at].end),
        };
        edits.push(Edit::remove(from..to, RepairKind::Furniture, reason));
    }
    edits
}

/// Returns the lines that are not empty, without white space at their ends.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let span = |line: &str| {
        let from = start + line.len() - line.trim_start().len();
        start += line.len();
        from..from + line.trim().len()
    };
    text.split_inclusive('\n').map(span).filter(|span| !span.is_empty()).collect()
}

impl LineModel<'_> {
    /// Returns `true` for each line that stays. The chances decide, together with rules for
    /// credits, titles, tables, signatures and texts that are not pages.
    pub fn keeps(self, lines: &[Line<'_>]) -> Vec<bool> {
        judge(self, lines, Dictionary::embedded().lexicon()).iter().map(Option::is_none).collect()
    }
}

/// Returns the reason why each line of a page is removed, or `None` if it stays.
pub(super) fn judge(model: LineModel<'_>, lines: &[Line<'_>], lexicon: Lexicon<'_>) -> Vec<Option<String>> {
    let judged = model.judge(lines, lexicon);
    let may_be_credit = |(line, counts): (&Line<'_>, &Counts)| {
        if counts.length <= LONGEST_CREDIT { credit(line.text, lexicon) } else { None }
    };
    let credits = lines.iter().zip(&judged.counts).map(may_be_credit).collect();
    let mut page = Page { lines, judged: &judged, goes: vec![false; lines.len()], credits };
    for at in 0..lines.len() {
        let stays = match page.counts(at) {
            _ if judged.cues[at] >= FAINT_CUES => STAYS,
            counts if counts.length >= LONGEST_CREDIT && counts.stops >= 2 => PARAGRAPH_STAYS,
            counts if counts.length >= LONGEST_TITLE && counts.stops > 0 && counts.commas > 0 => SENTENCE_STAYS,
            _ => STAYS,
        };
        page.goes[at] = judged.chances[at] < if page.is_cued(at) { CUED_STAYS } else { stays };
        // `各镇人民政府、街道办事处：`
        page.goes[at] &= !(page.counts(at).ends_with_colon && page.counts(at).commas > 0);
    }
    if !page.has_article() {
        page.goes.fill(false);
    }
    page.keep_inside();
    page.spread();
    page.keep_tables();
    page.keep_title();
    page.keep_signatures();
    page.judge_credits();
    let reason = |at: usize| match &page.credits[at] {
        Some((_, role)) => Some(credit_reason(role)),
        None => page.goes[at].then(|| judged.reason(at)),
    };
    (0..lines.len()).map(reason).collect()
}

fn credit_reason(role: &str) -> String {
    format!("it says who made the page: {role}")
}

/// A page while it is judged.
struct Page<'p> {
    lines: &'p [Line<'p>],
    judged: &'p Judged,
    /// For each line, `true` if it is removed.
    goes: Vec<bool>,
    /// For each line that reads as a credit, its certainty and its role.
    credits: Vec<Option<(Credit, String)>>,
}

impl Page<'_> {
    fn counts(&self, at: usize) -> &Counts {
        &self.judged.counts[at]
    }

    /// Returns `true` if enough sentences stay.
    fn has_article(&self) -> bool {
        let kept = (0..self.goes.len()).filter(|&at| self.counts(at).is_sentence() && !self.goes[at]);
        kept.map(|at| self.counts(at).length).sum::<usize>() >= ENOUGH
    }

    /// Returns `true` if a line is short, is not a full sentence, and has cues of a site.
    fn is_cued(&self, at: usize) -> bool {
        const LONGEST_SENTENCE: usize = 24;
        let longest = if self.counts(at).ends_sentence { LONGEST_SENTENCE } else { LONGEST_CREDIT };
        // A button has little room for cues.
        let plain = if self.counts(at).length <= 4 { PLAIN_CUES / 2.0 } else { PLAIN_CUES };
        self.judged.cues[at] >= plain && self.counts(at).length <= longest
    }

    fn is_paragraph(&self, at: usize) -> bool {
        let counts = self.counts(at);
        !self.goes[at] && counts.length >= 16 && counts.stops + counts.commas > 0
    }

    /// Returns the first and the last paragraph that stay.
    fn text(&self) -> Option<(usize, usize)> {
        let mut paragraphs = (0..self.goes.len()).filter(|&at| self.is_paragraph(at));
        let first = paragraphs.next()?;
        Some((first, paragraphs.next_back().unwrap_or(first)))
    }

    /// Keeps lines between paragraphs unless there are many in a row, they have cues, or they are
    /// very unlikely.
    fn keep_inside(&mut self) {
        const MANY: usize = 4;
        const HARDLY: f32 = 0.04;
        let Some((first, last)) = self.text() else { return };
        let rows = rows(first..last, &|at| self.goes[at]);
        for at in rows.into_iter().filter(|row| row.len() < MANY).flatten() {
            self.goes[at] = self.is_cued(at) || self.judged.chances[at] < HARDLY;
        }
    }

    /// Keeps tables of HTML above the last paragraph. A table that lays out a page has links.
    fn keep_tables(&mut self) {
        const FEWEST_CELLS: usize = 4;
        let Some((_, last)) = self.text() else { return };
        let is_cell = |at: usize| self.lines[at].tags.is_some_and(|tags| tags.block == Block::Cell);
        for table in rows(0..last, &is_cell) {
            let links: f32 = self.lines[table.clone()].iter().filter_map(|line| line.tags).map(|tags| tags.links).sum();
            if table.len() >= FEWEST_CELLS && links == 0.0 {
                self.goes[table].fill(false);
            }
        }
    }

    /// Removes lines beside removed lines: doubtful short lines above the first paragraph, and
    /// lines below the last paragraph.
    fn spread(&mut self) {
        let Some((first, last)) = self.text() else { return };
        for at in 1..first {
            let may_go = self.counts(at).is_short() && self.judged.chances[at] < CREDIT_STAYS;
            self.goes[at] |= may_go && self.goes[at - 1];
        }
        for at in (last + 1..self.goes.len() - 1).rev() {
            let counts = self.counts(at);
            let may_go = self.judged.chances[at] < CUED_STAYS && counts.stops == 0 && counts.length <= LONGEST_CREDIT;
            self.goes[at] |= may_go && self.goes[at + 1];
        }
    }

    /// Keeps the end of a letter or a notice: a date in words, the name above it, and the lines up
    /// to the text.
    fn keep_signatures(&mut self) {
        const MOST_LINES: usize = 4;
        for at in 1..self.goes.len() {
            if !is_spelled_date(self.lines[at].text) {
                continue;
            }
            if let Some(kept) = (at.saturating_sub(MOST_LINES)..at).rev().find(|&at| !self.goes[at]) {
                self.goes[kept..=at].fill(false);
            }
        }
    }

    /// Keeps the likeliest title above the first paragraph if none stays.
    fn keep_title(&mut self) {
        const TITLE: Range<usize> = 7..60;
        const LONGEST_LABEL: usize = 6;
        let Some((first, _)) = self.text() else { return };
        let may_be = |&at: &usize| {
            let (counts, text) = (self.counts(at), self.lines[at].text);
            TITLE.contains(&counts.length)
                && counts.han >= 4
                && !(counts.has_date || counts.ends_with_colon)
                && !text.chars().take(LONGEST_LABEL).any(|c| matches!(c, ':' | '：'))
                && !text.contains(['|', '｜', '>', '»'])
                && self.credits[at].is_none()
        };
        let titles: Vec<usize> = (0..first).filter(may_be).collect();
        let likeliest = titles.iter().max_by(|&&a, &&b| self.judged.chances[a].total_cmp(&self.judged.chances[b]));
        if let Some(&title) = likeliest.filter(|_| titles.iter().all(|&at| self.goes[at])) {
            self.goes[title] = false;
        }
    }

    /// Keeps lines that read as credits but are none.
    fn judge_credits(&mut self) {
        let count = self.goes.len();
        let mut texts: Vec<usize> = (0..count).filter(|&at| self.is_paragraph(at)).collect();
        if texts.is_empty() {
            // A message may have a sentence and no paragraph.
            let is_sentence = |&at: &usize| {
                let counts = self.counts(at);
                !self.goes[at] && counts.ends_sentence && counts.stops > 0 && counts.colons == 0
            };
            texts = (0..count).filter(is_sentence).collect();
        }
        // A title may have a comma, too.
        let body = texts.iter().find(|&&at| self.counts(at).length >= LONGEST_TITLE);
        // Without a text, no line stands above or below it.
        let first = body.or(texts.first()).map_or(0, |&at| at);
        let last = texts.last().map_or(count, |&at| at);
        // A line with a label that stays, as in a table. Likely credits below it are rows of the
        // table, too.
        let has_label = |at: usize| {
            let counts = &self.judged.counts[at];
            !self.goes[at] && counts.colons > 0 && counts.length < LONGEST_CREDIT && counts.stops == 0
        };
        for Range { start, end } in rows(0..count, &|at| self.credits[at].is_some()) {
            let in_table = start > 0 && has_label(start - 1);
            let is_sure = self.credits[start..end].iter().flatten().any(|(sure, _)| *sure == Credit::Sure);
            let stays = if end <= first { BYLINE_STAYS } else { CREDIT_STAYS };
            for at in start..end {
                let is_likely = is_sure || !in_table && self.judged.chances[at] < stays;
                if !(is_likely && (end <= first || at > last)) {
                    self.credits[at] = None;
                }
            }
        }
    }
}

/// Returns the longest ranges of adjacent lines for which `is_in` returns `true`.
fn rows(lines: Range<usize>, is_in: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut rows: Vec<Range<usize>> = Vec::new();
    for at in lines.filter(|&at| is_in(at)) {
        match rows.last_mut().filter(|row| row.end == at) {
            Some(row) => row.end += 1,
            None => rows.push(at..at + 1),
        }
    }
    rows
}

/// Returns `true` if a line consists of a date such as `2022年9月20日` or `二〇二二年九月二十日`.
fn is_spelled_date(line: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c);
    let Some(date) = line.strip_suffix('日') else { return false };
    let parts: Vec<&str> = date.split(['年', '月']).collect();
    let [year, month, day] = parts[..] else { return false };
    year.chars().count() == 4 && [year, month, day].iter().all(|part| !part.is_empty() && part.chars().all(is_digit))
}

/// Returns the beginning of the line after the one at byte `at`.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |len| at + len + 1)
}

/// Returns the beginning of the line at byte `at`.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Removes a credit in brackets after the last sentence of a paragraph.
fn credit_at_end(text: &str, span: &Range<usize>, lexicon: Lexicon<'_>) -> Option<Edit> {
    let content = &text[span.clone()];
    if !content.ends_with([')', '）', ']', '】', '〕']) {
        return None;
    }
    let open = ['(', '（', '[', '【', '〔'];
    let (open, _) = content.char_indices().rev().take(LONGEST_CREDIT).find(|(_, c)| open.contains(c))?;
    let before = content[..open].trim_end();
    if !before.ends_with(['。', '！', '？', '”', '」', '…']) {
        return None;
    }
    let (_, role) = credit(&content[open..], lexicon)?;
    Some(Edit::remove(span.start + before.len()..span.end, RepairKind::Furniture, credit_reason(&role)))
}
