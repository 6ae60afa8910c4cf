//! What a site puts around its articles, and what others put into them: bylines, disclaimers, promotion, buttons,
//! links to other articles, keyword spam.
//!
//! Each line is judged by itself first. What could not be a line of any article goes wherever it stands; what could
//! be goes above the first paragraph and below the last only. Then the page is looked at: lines that are of a kind with
//! lines of the text stay, and short lines that say nothing either way go if what stands around them goes. Whatever
//! is left in doubt stays, and a title is left.

use std::ops::Range;

use super::cues::BYLINES;
use super::judge::{Class, Evidence, credit, judge, may_be_strong};
use super::lines::{Folded, Line};
use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::article::repair::words::Words;

/// The lines of `text` that are no part of the article, to be removed.
pub(in crate::article) fn find(text: &str, words: &Words<'_>) -> Vec<Edit> {
    let lines = Line::all(text);
    // A text of one line is a text.
    if lines.len() < 2 {
        return Vec::new();
    }
    let mut folded = Folded::default();
    let mut page = Page { text, lines: &lines, evidence: Vec::with_capacity(lines.len()) };
    for line in &lines {
        let content = page.content(line);
        let is_plain = line.is_body && !may_be_strong(content, &mut folded, words);
        page.evidence.push(if is_plain { None } else { judge(content, line, &mut folded, words) });
    }
    page.look_closer(&mut (0..lines.len()), &mut folded, words);
    page.look_closer(&mut (0..lines.len()).rev(), &mut folded, words);
    page.keep_tables();
    page.keep_topics();
    page.keep_most_paragraphs();
    page.drop_unsure();
    page.keep_title();
    page.spread();
    // If nothing were left, what there is must be the text.
    if page.evidence.iter().all(Option::is_some) {
        return Vec::new();
    }
    let mut edits = page.removals();
    let stays = lines.iter().zip(&page.evidence).filter(|(_, evidence)| evidence.is_none());
    edits.extend(stays.filter_map(|(line, _)| credit_at_end(text, line, &mut folded, words)));
    edits.sort_by_key(|edit| edit.at.start);
    edits
}

/// The lines of a page, and what was found of each.
struct Page<'t> {
    text: &'t str,
    lines: &'t [Line],
    evidence: Vec<Option<Evidence>>,
}

impl<'t> Page<'t> {
    fn content(&self, line: &Line) -> &'t str {
        &self.text[line.at.clone()]
    }

    fn line(&self, at: usize) -> &'t Line {
        &self.lines[at]
    }

    fn evidence(&self, at: usize) -> Option<&Evidence> {
        self.evidence[at].as_ref()
    }

    fn set(&mut self, at: usize, evidence: Option<Evidence>) {
        self.evidence[at] = evidence;
    }

    /// Whether nothing says that a line is to go.
    fn stays(&self, at: usize) -> bool {
        self.evidence(at).is_none()
    }

    /// Outside of the paragraphs less will do, and so a closer look at what looks like one.
    fn look_closer(&mut self, order: &mut dyn Iterator<Item = usize>, folded: &mut Folded, words: &Words<'_>) {
        for at in order {
            let line = self.line(at);
            if line.is_body && self.stays(at) {
                self.set(at, judge(self.content(line), line, folded, words));
                if self.stays(at) {
                    break;
                }
            }
        }
    }

    fn class(&self, at: usize) -> Option<Class> {
        self.evidence(at).map(|evidence| evidence.class)
    }

    /// Drop the evidence of all lines for which `holds` does.
    fn drop_where(&mut self, mut holds: impl FnMut(&Self, usize) -> bool) {
        for at in 0..self.lines.len() {
            if !self.stays(at) && holds(self, at) {
                self.set(at, None);
            }
        }
    }

    /// What looks like a byline among other lines of the kind `主演：…`, a role that several lines have, as in an interview
    /// or a list of books, dates one after the other, rows of a table: these are the text.
    fn keep_tables(&mut self) {
        let is_asked_for =
            |at| matches!(self.class(at), Some(Class::Byline | Class::Date | Class::Links | Class::Notice));
        if !(0..self.lines.len()).any(is_asked_for) {
            return;
        }
        let in_table = self.tables();
        let dates = (0..self.lines.len()).filter(|&at| self.class(at) == Some(Class::Date)).count();
        let is_text = |at: usize| match self.class(at) {
            Some(Class::Byline) => !self.is_sure(at) && (in_table[at] || self.is_repeated(at)),
            Some(Class::Date) => in_table[at] || dates > 1,
            Some(Class::Links) => in_table[at] || self.is_row(at),
            Some(Class::Notice) => in_table[at],
            _ => false,
        };
        let is_text: Vec<bool> = (0..self.lines.len()).map(is_text).collect();
        self.drop_where(|_, at| is_text[at]);
    }

    /// Which lines stand among lines of the kind `主演：…`, one of which at least is no furniture.
    fn tables(&self) -> Vec<bool> {
        let has_label = |at: usize| {
            let mut label = self.content(self.line(at)).chars();
            // Before the colon of a time there is a digit.
            let colon = label.by_ref().take(LONGEST_LABEL + 1).find(|c| matches!(c, '：' | ':') || c.is_ascii_digit());
            matches!(colon, Some('：' | ':')) && !label.as_str().is_empty()
        };
        let mut in_table = vec![false; self.lines.len()];
        let mut at = 0;
        while at < self.lines.len() {
            let end = (at..self.lines.len()).find(|&at| !has_label(at)).unwrap_or(self.lines.len());
            let is_table = (at..end).any(|at| self.stays(at) && !self.line(at).is_body);
            let is_furniture = (at..end).any(|at| matches!(self.class(at), Some(Class::Notice | Class::Heading)));
            in_table[at..end].fill(is_table && !is_furniture);
            at = end.max(at + 1);
        }
        in_table
    }

    /// Whether another line has the same role, with another name.
    fn is_repeated(&self, at: usize) -> bool {
        let Some(cue) = self.evidence(at).map(|evidence| evidence.cue).filter(|cue| BYLINES.cues.contains(cue)) else {
            return false;
        };
        let is_same = |other: &usize| {
            let evidence = self.evidence(*other);
            *other != at
                && evidence.is_some_and(|evidence| evidence.class == Class::Byline && evidence.cue == cue)
                && self.content(self.line(*other)) != self.content(self.line(at))
        };
        // Of a page of lines without end, those around.
        (at.saturating_sub(MOST_COMPARED)..(at + MOST_COMPARED).min(self.lines.len())).any(|other| is_same(&other))
    }

    /// Whether the line before or after has as many bars.
    fn is_row(&self, at: usize) -> bool {
        let bars = |at: usize| self.lines.get(at).map_or(0, |line| self.content(line).matches(['|', '｜']).count());
        bars(at) > 0 && (bars(at + 1) == bars(at) || at > 0 && bars(at - 1) == bars(at))
    }

    /// Whether a line is known by something that no text has.
    fn is_sure(&self, at: usize) -> bool {
        self.evidence(at).is_some_and(|evidence| evidence.is_strong && evidence.class == Class::Byline)
    }

    /// A request to use what the article is about, as it says in several paragraphs, is likely its own.
    fn keep_topics(&mut self) {
        /// Each costs a search through the text.
        const MOST_TRIED: usize = 8;
        let mut tried = 0;
        self.drop_where(|page, at| {
            let Some(evidence) = page.evidence(at).filter(|evidence| evidence.class == Class::Promotion) else {
                return false;
            };
            tried += 1;
            let others = page.lines.iter().enumerate().filter(|(other, _)| page.stays(*other));
            let holding = others.filter(|(_, line)| page.content(line).contains(evidence.cue));
            tried <= MOST_TRIED && holding.take(3).count() == 3
        });
    }

    /// A site has a disclaimer or two. If more of the paragraphs would go, they are the text.
    fn keep_most_paragraphs(&mut self) {
        const MOST: usize = 6;
        let bodies = || (0..self.lines.len()).filter(|&at| self.line(at).is_body);
        let gone = bodies().filter(|&at| !self.stays(at));
        let chars = |at: usize| self.line(at).chars;
        let (all, gone_chars): (usize, usize) = (bodies().map(chars).sum(), gone.clone().map(chars).sum());
        let first = bodies().next();
        let opens = first.is_some_and(|at| !self.stays(at));
        if gone.count() > MOST || gone_chars * 3 > all || opens && gone_chars * 4 > all {
            self.drop_where(|page, at| page.line(at).is_body);
        }
    }

    /// The first paragraph and the last that stay; where there are none, as in a poem, the first line and the last.
    fn paragraphs(&self) -> Option<(usize, usize)> {
        let stays = |any: bool| move |&at: &usize| self.stays(at) && (any || self.line(at).is_body);
        let ends = |any: bool| {
            let first = (0..self.lines.len()).find(stays(any))?;
            Some((first, (0..self.lines.len()).rev().find(stays(any))?))
        };
        ends(false).or_else(|| ends(true))
    }

    /// Between the first paragraph and the last, only what is strong tells.
    fn drop_unsure(&mut self) {
        let Some((first, last)) = self.paragraphs() else { return };
        let is_button = |page: &Self, at: usize| page.class(at) == Some(Class::Button);
        let has_button_beside = |page: &Self, at: usize| {
            at > 0 && is_button(page, at - 1) || at + 1 < page.lines.len() && is_button(page, at + 1)
        };
        let beside: Vec<bool> =
            (0..self.lines.len()).map(|at| is_button(self, at) && has_button_beside(self, at)).collect();
        self.drop_where(|page, at| {
            let is_strong = page.evidence(at).is_some_and(|evidence| evidence.is_strong);
            // A disclaimer or the foot of a site is not at the top, nor is spam, which few titles differ from.
            let is_low = matches!(page.class(at), Some(Class::Notice | Class::Heading | Class::Footer | Class::Spam));
            (first..=last).contains(&at) && !is_strong && !beside[at] || at < first && is_low
        });
    }

    /// What stands above the first paragraph has a title in it.
    fn keep_title(&mut self) {
        let Some((first, _)) = self.paragraphs() else { return };
        let first = if self.line(first).is_body { first } else { 1 };
        if (0..first).any(|at| self.stays(at)) {
            return;
        }
        let may_be = |&at: &usize| {
            matches!(
                self.class(at),
                Some(Class::Spam | Class::Heading | Class::Notice | Class::Promotion | Class::Footer)
            )
        };
        if let Some(title) = (0..first).filter(may_be).max_by_key(|&at| (self.line(at).chars, std::cmp::Reverse(at))) {
            self.set(title, None);
        }
    }

    /// Short lines that say nothing either way, below the last paragraph, between or after what goes; and names of
    /// sections above the title.
    fn spread(&mut self) {
        const LONGEST: usize = 44;
        let count = self.lines.len();
        let is_body = |page: &Self, at: usize| page.line(at).is_body && page.stays(at);
        let Some(last_body) = (0..count).rev().find(|&at| is_body(self, at)) else { return };
        let Some(last_evident) = self.evidence.iter().rposition(Option::is_some) else { return };
        let evident = (last_body + 1..count).filter(|&at| !self.stays(at)).count();
        let mut before: Option<bool> = None;
        for at in last_body + 1..count {
            let content = self.content(self.line(at));
            let is_sentence = content.ends_with(['。', '！', '？', '”', '」']) || content.contains(['：', ':']);
            match (self.evidence(at), before) {
                (Some(found), _) => before = Some(found.has_followers() && (found.is_strong || evident > 1)),
                (None, Some(has_followers))
                    if !is_sentence && self.line(at).chars <= LONGEST && (has_followers || at < last_evident) =>
                {
                    let reason = "a short line among what is no part of the article";
                    self.set(at, Some(Evidence::new(Class::Neighbour, false, reason)));
                }
                // Something else: whatever follows may belong to it.
                (None, _) => before = None,
            }
        }
        let nav_end = (0..count).find(|&at| self.line(at).chars > 6).unwrap_or(0);
        let known = (0..nav_end).filter(|&at| self.class(at) == Some(Class::Button)).count();
        if nav_end < last_body && nav_end >= 3 && known > 0 {
            for evidence in self.evidence.iter_mut().take(nav_end).filter(|evidence| evidence.is_none()) {
                *evidence = Some(Evidence::new(Class::Neighbour, false, "the name of a section among links"));
            }
        }
    }

    /// Lines that go, with their ends; of the empty lines around a block that goes, those on one side.
    fn removals(&self) -> Vec<Edit> {
        let (text, lines) = (self.text, self.lines);
        let mut edits = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            if self.stays(at) {
                at += 1;
                continue;
            }
            let end = (at..lines.len()).find(|&at| self.stays(at)).unwrap_or(lines.len());
            // Up to the next line that stays; or, at the end, from the end of the last line that stays.
            let mut from = match at.checked_sub(1) {
                Some(last) if end == lines.len() => next_line(text, self.line(last).at.end),
                _ => self.line(at).at.start,
            };
            // Where an empty line stands before the block, those after it go too.
            let gap = at.checked_sub(1).map_or("\n\n", |last| &text[self.line(last).at.end..self.line(at).at.start]);
            let is_parted = gap.bytes().filter(|&byte| byte == b'\n').count() > 1;
            for gone in at..end {
                let to = match lines.get(gone + 1) {
                    None => text.len(),
                    Some(next) if gone + 1 < end || is_parted => next.at.start,
                    Some(_) => next_line(text, self.line(gone).at.end),
                };
                if let Some(Evidence { class, reason, .. }) = self.evidence(gone) {
                    let kind = if *class == Class::Spam { RepairKind::Spam } else { RepairKind::Furniture };
                    edits.push(Edit::remove(from..to, kind, reason.clone()));
                }
                from = to;
            }
            at = end;
        }
        edits
    }
}

/// The longest label of a line, in characters.
const LONGEST_LABEL: usize = 8;

/// How many lines one is compared with, so that the time is linear in any text.
const MOST_COMPARED: usize = 64;

/// Behind the end of the line that ends at `at`.
fn next_line(text: &str, at: usize) -> usize {
    if text[at..].starts_with('\n') { at + 1 } else { at }
}

/// A byline in brackets behind the last sentence of a paragraph.
fn credit_at_end(text: &str, line: &Line, folded: &mut Folded, words: &Words<'_>) -> Option<Edit> {
    const LONGEST: usize = 40;
    let content = &text[line.at.clone()];
    let close = content.chars().next_back().filter(|c| matches!(c, ')' | '）' | ']' | '】'))?;
    let (open, _) = content.char_indices().rev().take(LONGEST).find(|(_, c)| matches!(c, '(' | '（' | '[' | '【'))?;
    let before = content[..open].trim_end();
    if !before.ends_with(['。', '！', '？', '”', '」', '…']) {
        return None;
    }
    let role = credit(&content[open..content.len() - close.len_utf8()], folded, words)?;
    let at: Range<usize> = line.at.start + before.len()..line.at.end;
    Some(Edit::remove(at, RepairKind::Furniture, format!("who made the page: {role}")))
}
