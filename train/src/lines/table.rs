//! Pages with a label on every line.

use std::collections::HashMap;
use std::path::Path;

use fenci::article::main_text::{Block, Line, Tags};

use crate::Error;

/// A page, with a label on each line.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The site that the page is from. Pages of a site are alike.
    pub site: String,
    /// `true` if the page was written for the training.
    pub is_written: bool,
    /// Its lines.
    pub lines: Vec<String>,
    /// `true` for each line that is part of the article.
    pub labels: Vec<bool>,
    /// The HTML of each line; `None` in a text without tags.
    pub tags: Vec<Option<Tags>>,
}

impl Page {
    /// Returns the lines as the model takes them.
    pub fn lines(&self) -> Vec<Line<'_>> {
        self.lines.iter().zip(&self.tags).map(|(line, &tags)| Line { text: line.trim(), tags }).collect()
    }

    /// Returns the same page without its tags.
    pub fn without_tags(&self) -> Page {
        Page { tags: vec![None; self.lines.len()], ..self.clone() }
    }

    /// Adds a line.
    pub(super) fn push(&mut self, line: String, label: bool, tags: Option<Tags>) {
        self.lines.push(line);
        self.labels.push(label);
        self.tags.push(tags);
    }
}

/// Reads a table of pages. A line has these fields, separated by TABs: the number of a page, its
/// site, 1 for the article or 0, the share of the line that is links, the innermost block's tag,
/// and the line.
///
/// # Errors
///
/// If the file cannot be read, or a line has another form.
pub fn read(path: &Path) -> Result<Vec<Page>, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| Error(format!("{}: {error}", path.display())))?;
    let mut pages: Vec<Page> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (at, row) in text.lines().enumerate() {
        let fields: Vec<&str> = row.splitn(6, '\t').collect();
        let share = fields.get(3).and_then(|share| share.parse().ok());
        let (&[number, site, label @ ("0" | "1"), _, tag, line], Some(links)) = (&fields[..], share) else {
            let expected = "page, site, 0 or 1, share of links, tag and line, separated by TABs";
            return Err(Error(format!("{}: line {}: expected {expected}, found {row:?}", path.display(), at + 1)));
        };
        if line.trim().is_empty() {
            continue;
        }
        let page = *numbers.entry(number).or_insert_with(|| {
            pages.push(Page { site: site.to_owned(), ..Page::default() });
            pages.len() - 1
        });
        if let Some(page) = pages.get_mut(page) {
            page.push(line.to_owned(), label == "1", Some(Tags { links, block: Block::of_tag(tag) }));
        }
    }
    Ok(pages)
}
