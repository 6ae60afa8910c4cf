//! Makes pages for training: articles between present-day furniture, and texts that are not pages.

use std::collections::HashMap;

use super::table::Page;

/// Blocks of furniture by place, fillers by slot, and lists of words for spam.
pub(super) struct Synthesis {
    blocks: HashMap<&'static str, Vec<Vec<&'static str>>>,
    fillers: HashMap<&'static str, Vec<&'static str>>,
    spam: Vec<Vec<&'static str>>,
}

impl Synthesis {
    /// Reads the texts that were written for this crate.
    pub(super) fn new() -> Synthesis {
        let blocks = sections(include_str!("furniture.txt"))
            .map(|(name, text)| (name, text.split("\n\n").map(|block| block.lines().collect()).collect()));
        let fillers = sections(include_str!("titles.txt")).map(|(name, text)| (name, text.lines().collect()));
        let spam = sections(include_str!("spam.txt")).map(|(_, text)| text.split_whitespace().collect());
        Synthesis { blocks: blocks.collect(), fillers: fillers.collect(), spam: spam.collect() }
    }

    /// Returns whole pages, and texts with lines that look like furniture.
    pub(super) fn pages(&self) -> Vec<Page> {
        let pages = [include_str!("furnished.txt"), include_str!("tempting.txt")].into_iter();
        let page = |block: &str| {
            let (name, lines) = block.split_once('\n').unwrap_or((block, ""));
            let mut page = Page { site: name.to_owned(), is_written: true, ..Page::default() };
            for line in lines.lines().filter(|line| !line.trim_start_matches('~').trim().is_empty()) {
                let furniture = line.strip_prefix('~');
                page.push(furniture.unwrap_or(line).to_owned(), furniture.is_none(), None);
            }
            page
        };
        pages.flat_map(|pages| pages.split("=== ").skip(1)).map(page).collect()
    }

    /// Returns texts that must stay whole.
    pub(super) fn texts(&self) -> Vec<Page> {
        let page = |(name, text): (&str, &str)| {
            let mut page = Page { site: name.to_owned(), is_written: true, ..Page::default() };
            text.lines().filter(|line| !line.trim().is_empty()).for_each(|line| page.push(line.to_owned(), true, None));
            page
        };
        sections(include_str!("texts.txt")).map(page).collect()
    }

    /// Puts furniture around the main text of a page, or around its beginning.
    pub(super) fn furnish(&self, page: &Page, random: &mut Random) -> Page {
        let mut body: Vec<&str> = Vec::new();
        for (line, _) in page.lines.iter().zip(&page.labels).filter(|(_, label)| **label) {
            let line = line.trim();
            if !body.contains(&line) {
                body.push(line);
            }
        }
        if random.below(2) == 0 {
            body.truncate(3 + random.below(4));
        }
        let mut made = Page { site: page.site.clone(), is_written: true, ..Page::default() };
        // Nothing, one block, or as much furniture as most sites have.
        let (top, byline, between, below, spam) = match random.below(100) {
            0..12 => (0, 0, 0, 0, 0),
            12..17 => (100, 0, 0, 0, 0),
            17..25 => (0, 100, 0, 0, 0),
            25..30 => (0, 0, 40, 0, 0),
            30..45 => (0, 0, 0, 1, 0),
            45..53 => (0, 0, 0, 0, 100),
            _ => (60, 80, 7, random.below(7), 16),
        };
        if random.below(100) < spam / 2 {
            made.push(self.spam(random), false, None);
        }
        self.block("top", top, random, &mut made);
        self.block("top", top / 2, random, &mut made);
        for (at, line) in body.iter().enumerate() {
            made.push((*line).to_owned(), true, None);
            if at == 0 {
                self.block("byline", byline, random, &mut made);
                self.block("byline", byline / 3, random, &mut made);
            } else if at + 1 < body.len() {
                self.block("between", between, random, &mut made);
            }
        }
        for _ in 0..below {
            self.block("below", 100, random, &mut made);
        }
        if random.below(100) < spam {
            for _ in 0..=random.below(3) {
                made.push(self.spam(random), false, None);
            }
        }
        made
    }

    /// Adds a block in `percent` of a hundred cases.
    fn block(&self, place: &str, percent: usize, random: &mut Random, page: &mut Page) {
        if random.below(100) >= percent {
            return;
        }
        let Some(blocks) = self.blocks.get(place) else { return };
        for line in blocks.get(random.below(blocks.len())).into_iter().flatten() {
            page.push(self.filled(line, random), false, None);
        }
    }

    /// Makes a line of keywords.
    fn spam(&self, random: &mut Random) -> String {
        let pick = |words: &[&'static str], random: &mut Random| {
            words.get(random.below(words.len())).copied().unwrap_or_default()
        };
        let no_words = Vec::new();
        let words = self.spam.get(random.below(self.spam.len())).unwrap_or(&no_words);
        let separator = pick(&[" ", " ", " ", "|", "| ", ",", "，", "_", "、", "　"], random);
        let count = 3 + random.below(8);
        let phrase = |_| {
            let one = pick(words, random);
            if random.below(2) == 0 { format!("{one}{}", pick(words, random)) } else { one.to_owned() }
        };
        (0..count).map(phrase).collect::<Vec<_>>().join(separator)
    }

    fn filled(&self, line: &str, random: &mut Random) -> String {
        let mut filled = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            rest = after;
            let mut number = |low: usize, high: usize| low + random.below(high - low);
            match slot {
                "n" => {
                    let digits = number(1, 5) as u32;
                    filled.push_str(&number(10usize.pow(digits - 1), 10usize.pow(digits)).to_string());
                }
                "date" => {
                    let (year, month, day) = (number(2009, 2026), number(1, 13), number(1, 29));
                    filled.push_str(&match number(0, 6) {
                        0 => format!("{year}年{month}月{day}日"),
                        1 => format!("{year}年{month:02}月{day:02}日"),
                        2 => format!("{year}/{month:02}/{day:02}"),
                        3 => format!("{year}.{month:02}.{day:02}"),
                        4 => format!("{month:02}-{day:02}"),
                        _ => format!("{year}-{month:02}-{day:02}"),
                    });
                }
                "time" => filled.push_str(&format!("{:02}:{:02}", number(0, 24), number(0, 60))),
                slot => {
                    let list = &self.fillers[slot];
                    filled.push_str(list[random.below(list.len())]);
                }
            }
        }
        filled.push_str(rest);
        filled
    }
}

/// The sections of a file, with their names.
fn sections(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.split("\n== ").skip(1).map(|section| {
        let (name, text) = section.split_once('\n').unwrap_or((section, ""));
        (name, text.trim_matches('\n'))
    })
}

/// A generator of random numbers. They are the same in every training.
pub(super) struct Random(pub u64);

impl Random {
    /// Returns a number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}
