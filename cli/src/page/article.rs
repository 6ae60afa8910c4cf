//! The article. It contains every character of the page and of the clean text.
//!
//! Without its `del` elements the article is the clean text, and without its `ins` elements it is
//! the page.

use std::ops::Range;

use fenci::article::{Repair, RepairKind};
use fenci::{Article, Keyword, Segmenter};

use super::escape::escape;

/// A place of a keyword: its range, the keyword's rank, and the number of this place.
struct Place {
    range: Range<usize>,
    rank: usize,
    nth: usize,
}

pub(crate) fn write(article: &Article<'_>, keywords: &[Keyword], segmenter: &Segmenter, html: &mut String) {
    html.push_str("<article>\n<p>");
    let text = article.text();
    let mut writer = Writer {
        text,
        raw: article.raw(),
        repairs: article.repairs(),
        removed: 0,
        places: &places(keywords),
        marked: 0,
        mark: None,
        html,
    };
    for tagged in segmenter.tag(text) {
        let token = tagged.token();
        let origin = token.origin();
        let label = origin.is_word().then(|| match tagged.tag().as_str() {
            "" => origin.to_string(),
            tag => format!("{tag} · {origin}"),
        });
        writer.token(token.range(), label.as_deref());
    }
    writer.events(text.len());
    html.push_str("</p>\n</article>\n");
}

/// Returns the places of all keywords in the order of the text. A place that begins inside another
/// is made empty.
fn places(keywords: &[Keyword]) -> Vec<Place> {
    let all = keywords.iter().enumerate().flat_map(|(rank, keyword)| {
        keyword.places().iter().enumerate().map(move |(nth, range)| Place { range: range.clone(), rank, nth })
    });
    let mut all: Vec<Place> = all.collect();
    all.sort_by_key(|place| (place.range.start, std::cmp::Reverse(place.range.end)));
    let mut end = 0;
    // The chart links to first places: one inside another place keeps an anchor, see
    // `Writer::events`.
    for place in &mut all {
        if place.range.start < end {
            place.range.end = place.range.start;
        }
        end = end.max(place.range.end);
    }
    all
}

struct Writer<'a> {
    text: &'a str,
    raw: &'a str,
    repairs: &'a [Repair],
    /// The number of repairs written so far.
    removed: usize,
    places: &'a [Place],
    /// The number of places written or begun so far.
    marked: usize,
    /// The end of the mark that is open.
    mark: Option<usize>,
    html: &'a mut String,
}

impl Writer<'_> {
    /// Writes a token, in pieces that end at marks and repairs.
    fn token(&mut self, range: Range<usize>, label: Option<&str>) {
        let mut at = range.start;
        while at < range.end {
            self.events(at);
            let end = self.next_event(at).min(range.end);
            self.piece(at..end, label);
            at = end;
        }
    }

    /// Writes everything that ends or begins at the byte `at` of the clean text.
    fn events(&mut self, at: usize) {
        if self.mark.is_some_and(|end| end <= at) {
            self.html.push_str("</mark>");
            self.mark = None;
        }
        while let Some(repair) = self.repairs.get(self.removed).filter(|repair| repair.clean.start <= at) {
            self.removed += 1;
            let (raw, why) = (escape(&self.raw[repair.raw.clone()]), escape(&repair.reason));
            let kind = repair.kind;
            // Without a pointer that hovers, a tap on a line shows its reason.
            let focus = if kind == RepairKind::Furniture { " tabindex=\"0\"" } else { "" };
            self.html.push_str(&format!("<del class=\"{kind}\" title=\"{kind}: {why}\"{focus}>{raw}</del>"));
        }
        while let Some(place) = self.places.get(self.marked).filter(|place| place.range.start <= at) {
            self.marked += 1;
            let id = format!("k{}-{}", place.rank, place.nth);
            if place.range.is_empty() {
                self.html.push_str(&format!("<a id=\"{id}\"></a>"));
            } else {
                let class = if place.rank < 3 { "best" } else { "good" };
                self.html.push_str(&format!("<mark class=\"{class}\" id=\"{id}\" tabindex=\"-1\">"));
                self.mark = Some(place.range.end);
            }
        }
    }

    /// Returns the first byte after `at` where something begins or ends.
    fn next_event(&self, at: usize) -> usize {
        let mark = self.mark.unwrap_or(usize::MAX);
        let place = self.places.get(self.marked).map_or(usize::MAX, |place| place.range.start);
        let repair = self.repairs.get(self.removed).map_or(usize::MAX, |repair| repair.clean.start);
        let written = self.replacing(at).map_or(usize::MAX, |repair| repair.clean.end);
        mark.min(place).min(repair).min(written)
    }

    /// Returns the repair whose replacement contains the byte `at`.
    fn replacing(&self, at: usize) -> Option<&Repair> {
        let last = self.repairs[..self.removed].last()?;
        last.clean.contains(&at).then_some(last)
    }

    fn piece(&mut self, range: Range<usize>, label: Option<&str>) {
        let html = escape(&self.text[range.clone()]);
        let repaired = self.replacing(range.start).is_some();
        let html = if repaired { format!("<ins>{html}</ins>") } else { html };
        match label {
            Some(label) => {
                self.html.push_str(&format!("<span data-word=\"{}\">{html}</span>", escape(label)));
            }
            // Each line is a paragraph, except inside of a mark or a repair.
            None if self.mark.is_none() && !repaired => self.html.push_str(&html.replace('\n', "</p>\n<p>")),
            None => self.html.push_str(&html),
        }
    }
}
