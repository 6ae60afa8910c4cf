//! The features of a line: numbers that describe it and the lines around it.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use super::line::{Counts, Line};

/// The name of each feature, and what a low and a high value mean.
#[rustfmt::skip]
pub(super) const FEATURES: &[(&str, &str, &str)] = &[
    ("length", "it is short", "it is long"),
    ("commas", "it has no commas", "it has many commas"),
    ("stops", "it has no full stop", "it has a full stop"),
    ("ends-sentence", "it does not end as a sentence", "it ends as a sentence"),
    ("function-share", "it has few function words", "it has many function words"),
    ("function-words", "it has few function words", "it has many function words"),
    ("digits", "it has few digits", "it has many digits"),
    ("latin", "it has few Latin letters", "it has many Latin letters"),
    ("han", "it has few Han characters", "it has many Han characters"),
    ("spaces", "it has few spaces", "it has many spaces"),
    ("bars", "it has no bars or brackets", "it has bars or brackets as links have"),
    ("tiny", "it is not tiny", "it is as short as a button"),
    ("longer", "it is shorter than a sentence", "it is as long as a sentence"),
    ("longest", "it is shorter than a paragraph", "it is as long as a paragraph"),
    ("date", "it has no date", "it has a date"),
    ("colon-end", "it does not end in a colon", "it ends in a colon"),
    ("colon", "it has no colon", "it has a colon"),
    ("bullet", "it has no bullet", "it begins with a bullet"),
    ("numbered", "it has no number", "it begins with a number as items of a list do"),
    ("quote", "it does not begin with a quotation", "it begins with a quotation"),
    ("before-1-length", "the line before is short", "the line before is long"),
    ("before-1-words", "the line before has few function words", "the line before has many function words"),
    ("before-1-end", "the line before is no sentence", "the line before ends as a sentence"),
    ("before-2-length", "the second line before is short", "the second line before is long"),
    ("before-2-words", "the second line before has few function words", "the second line before has many function words"),
    ("before-2-end", "the second line before is no sentence", "the second line before ends as a sentence"),
    ("before-3-length", "the third line before is short", "the third line before is long"),
    ("before-3-words", "the third line before has few function words", "the third line before has many function words"),
    ("before-3-end", "the third line before is no sentence", "the third line before ends as a sentence"),
    ("after-1-length", "the next line is short", "the next line is long"),
    ("after-1-words", "the next line has few function words", "the next line has many function words"),
    ("after-1-end", "the next line is no sentence", "the next line ends as a sentence"),
    ("after-2-length", "the second line after is short", "the second line after is long"),
    ("after-2-words", "the second line after has few function words", "the second line after has many function words"),
    ("after-2-end", "the second line after is no sentence", "the second line after ends as a sentence"),
    ("after-3-length", "the third line after is short", "the third line after is long"),
    ("after-3-words", "the third line after has few function words", "the third line after has many function words"),
    ("after-3-end", "the third line after is no sentence", "the third line after ends as a sentence"),
    ("near-2", "no sentences stand beside it", "sentences stand beside it"),
    ("near-5", "few sentences stand near it", "many sentences stand near it"),
    ("near-10", "few sentences stand around it", "many sentences stand around it"),
    ("sentences-before", "little of the page's sentences stands before it", "most of the page's sentences stand before it"),
    ("sentences-after", "little of the page's sentences stands after it", "most of the page's sentences stand after it"),
    ("nearest-before", "a sentence stands close above it", "no sentence stands close above it"),
    ("nearest-after", "a sentence stands close below it", "no sentence stands close below it"),
    ("short-row", "it is in no row of short lines", "it is in a long row of short lines"),
    ("long-row", "it is in no row of long lines", "it is in a long row of long lines"),
    ("repeated", "it stands on the page once", "it stands on the page more than once"),
    ("position", "it stands high on the page", "it stands low on the page"),
    ("first-lines", "it stands at the top of the page", "it stands below the top of the page"),
    ("in-title", "it is not in the title", "the title has it"),
    ("page-sentences", "the page has few sentences", "the page has many sentences"),
    ("page-short", "few lines of the page are short", "most lines of the page are short"),
    ("short-on-page-of-sentences", "it is as long as other lines", "it is short on a page of sentences"),
    ("links", "it has few links", "it is a link"),
    ("all-links", "it has text beside links", "all of it is links"),
    ("links-around", "few links stand around it", "links stand around it"),
    ("p", "it is no paragraph of HTML", "it is a paragraph of HTML"),
    ("li", "it is no item of a list", "it is an item of a list"),
    ("td", "it is in no table", "it is in a table"),
    ("h1", "it is no heading", "it is the heading"),
    ("h2", "it is no heading", "it is a heading"),
    ("div", "it has a block of its own", "it is in no block of its own"),
    ("title-tag", "it is not the title", "it is the title"),
    ("form", "it is in no form", "it is in a form or a menu"),
];

/// The number of features.
pub const COUNT: usize = FEATURES.len();

/// Returns the names of the features, in their order.
pub fn names() -> impl Iterator<Item = &'static str> {
    FEATURES.iter().map(|&(name, ..)| name)
}

/// Natural logarithms of 1 to 1024: small numbers are the most frequent.
static LOGS: LazyLock<[f32; 1024]> = LazyLock::new(|| std::array::from_fn(|n| (n as f32).ln_1p()));

fn is(b: bool) -> f32 {
    f32::from(u8::from(b))
}

/// A line of this many characters or more is neither a title nor repeated.
const LONGEST_TITLE: usize = 100;

/// Upper bounds of the characters in sentences, and of the lines in a row of one kind. The training
/// pages hardly exceed them, so a book counts as having no more.
const MOST_SENTENCES: usize = 3000;
const LONGEST_ROW: usize = 64;
/// A sentence that is farther away counts as this many lines away.
const FAR: usize = 60;

/// Returns the features of each line of a page.
pub fn features(lines: &[Line<'_>]) -> Vec<[f32; COUNT]> {
    let counts: Vec<Counts> = lines.iter().map(|line| Counts::new(line.text)).collect();
    features_of(lines, &counts)
}

/// Returns the distance to the nearest sentence, in lines, from a line next to `line`. It is 1 if
/// `line` is a sentence; otherwise one more than `from_line`, the distance from `line`.
fn distance(line: &Counts, from_line: usize) -> usize {
    if line.is_sentence() { 1 } else { (from_line + 1).min(FAR) }
}

pub(super) fn features_of<'t>(lines: &[Line<'t>], counts: &[Counts]) -> Vec<[f32; COUNT]> {
    let n = lines.len();
    let logs = &*LOGS;
    let log = |n: usize| logs.get(n).copied().unwrap_or_else(|| (n as f32).ln_1p());
    // The number of characters of sentences before each line, and in all.
    let mut total = vec![0];
    let mut sum = 0;
    for line in counts {
        sum += if line.is_sentence() { line.length } else { 0 };
        total.push(sum);
    }
    let whole = sum.max(1) as f32;
    // The distance to the next sentence below each line, in lines.
    let mut below = vec![FAR; n];
    for at in (1..n).rev() {
        below[at - 1] = distance(&counts[at], below[at]);
    }
    let mut above = FAR;
    let mut times: HashMap<&str, u64> = HashMap::with_capacity(n);
    for (line, _) in lines.iter().zip(counts).filter(|(_, counts)| counts.length < LONGEST_TITLE) {
        *times.entry(line.text).or_default() += 1;
    }
    let squeezed = |line: &Line<'t>| line.text.chars().take(LONGEST_TITLE).filter(|c| !c.is_whitespace());
    let title: String = lines.first().map(|line| squeezed(line).collect()).unwrap_or_default();
    let in_title = |line: &Line<'t>| {
        // The first character rules out most places.
        let Some(first) = line.text.chars().next() else { return false };
        title.match_indices(first).any(|(at, _)| {
            let mut rest = title[at..].chars();
            squeezed(line).all(|c| rest.next() == Some(c))
        })
    };
    let short = counts.iter().filter(|line| line.is_short()).count() as f32 / n.max(1) as f32;
    let of_page = log(sum.min(MOST_SENTENCES));

    let none = Counts::default();
    let mut all = Vec::with_capacity(n);
    let mut values = Vec::with_capacity(COUNT);
    let mut row_end = 0;
    let mut row = 0;
    for at in 0..n {
        if at >= row_end {
            let is_short = counts[at].is_short();
            row_end = (at..n).find(|&at| counts[at].is_short() != is_short).unwrap_or(n);
            row = row_end - at;
        }
        let line = &counts[at];
        let read = line.read.max(1) as f32;
        values.clear();
        values.extend_from_slice(&[
            log(line.length),
            log(line.commas),
            is(line.stops > 0),
            is(line.ends_sentence),
            line.function_words as f32 / line.han.max(1) as f32,
            log(line.function_words),
            line.digits as f32 / read,
            line.latin as f32 / read,
            line.han as f32 / read,
            line.spaces as f32 / read,
            line.bars as f32 / read,
            is(line.length < 8),
            is(line.length >= 25),
            is(line.length >= 60),
            is(line.has_date),
            is(line.ends_with_colon),
            is(line.colons > 0),
            is(line.begins_with_bullet),
            is(line.begins_with_number),
            is(line.begins_with_quote),
        ]);
        for step in [-1, -2, -3, 1, 2, 3] {
            let other = counts.get(at.wrapping_add_signed(step)).unwrap_or(&none);
            values.extend_from_slice(&[log(other.length), log(other.function_words), is(other.ends_sentence)]);
        }
        for reach in [2, 5, 10] {
            values.push(log(total[n.min(at + reach + 1)] - total[at.saturating_sub(reach)]));
        }
        let log_row = log(row.min(LONGEST_ROW));
        values.extend_from_slice(&[
            total[at] as f32 / whole,
            1.0 - total[at + 1] as f32 / whole,
            log(above),
            log(below[at]),
            if line.is_short() { log_row } else { 0.0 },
            if line.is_short() { 0.0 } else { log_row },
            is(times.get(lines[at].text).is_some_and(|&times| times > 1)),
            at as f32 / n as f32,
            at.min(20) as f32,
            is(at > 0 && (6..LONGEST_TITLE).contains(&line.length) && in_title(&lines[at])),
            of_page,
            short,
            if line.is_short() { of_page } else { 0.0 },
        ]);
        if let Some(tags) = lines[at].tags {
            let around = at.saturating_sub(3)..n.min(at + 4);
            let links: f32 = lines[around.clone()].iter().map(|line| line.tags.unwrap_or_default().links).sum();
            values.extend_from_slice(&[tags.links, is(tags.links > 0.6), links / around.len() as f32]);
            // One feature for each block, in the order of [`Block`].
            (0..8).for_each(|block| values.push(is(tags.block as usize == block)));
        }
        // Without tags, their features are 0.
        let mut features = [0.0; COUNT];
        features[..values.len()].copy_from_slice(&values);
        all.push(features);
        above = distance(line, above);
    }
    all
}
