//! The article: every character of the page stands in it, and every one of the clean text.
//!
//! Without its `del`s the article is the clean text, without its `ins`es the page.

use std::ops::Range;

use fenci::article::{Repair, RepairKind};
use fenci::{Article, Keyword, Segmenter};

use super::escape::escape;

/// Where a keyword stands: its rank, and which of its places this is.
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

/// The places of all keywords in the order of the text; those that begin in another are made empty.
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
    /// How many repairs are written.
    removed: usize,
    places: &'a [Place],
    /// How many places are written, or begun.
    marked: usize,
    /// Where the mark that is open ends.
    mark: Option<usize>,
    html: &'a mut String,
}

impl Writer<'_> {
    /// A token, in as many pieces as marks and repairs cut it into.
    fn token(&mut self, range: Range<usize>, label: Option<&str>) {
        let mut at = range.start;
        while at < range.end {
            self.events(at);
            let end = self.next_event(at).min(range.end);
            self.piece(at..end, label);
            at = end;
        }
    }

    /// All that ends or begins at the byte `at` of the clean text.
    fn events(&mut self, at: usize) {
        if self.mark.is_some_and(|end| end <= at) {
            self.html.push_str("</mark>");
            self.mark = None;
        }
        while let Some(repair) = self.repairs.get(self.removed).filter(|repair| repair.clean.start <= at) {
            self.removed += 1;
            let (raw, why) = (escape(&self.raw[repair.raw.clone()]), escape(&repair.reason));
            let kind = repair.kind;
            // Where nothing hovers, a tap on a line shows its reason.
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

    /// The first byte behind `at` where something begins or ends.
    fn next_event(&self, at: usize) -> usize {
        let mark = self.mark.unwrap_or(usize::MAX);
        let place = self.places.get(self.marked).map_or(usize::MAX, |place| place.range.start);
        let repair = self.repairs.get(self.removed).map_or(usize::MAX, |repair| repair.clean.start);
        let written = self.replacing(at).map_or(usize::MAX, |repair| repair.clean.end);
        mark.min(place).min(repair).min(written)
    }

    /// The repair whose replacement holds the byte `at`.
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
            // Lines are paragraphs, but for one in a mark or a repair.
            None if self.mark.is_none() && !repaired => self.html.push_str(&html.replace('\n', "</p>\n<p>")),
            None => self.html.push_str(&html),
        }
    }
}
