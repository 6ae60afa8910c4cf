//! Makes pages for training: articles between furniture of today, and texts that are no pages.

use std::collections::HashMap;

use super::table::Page;

/// Blocks of furniture by place, the lists that fill their slots, and whole texts.
pub struct Synthesis {
    blocks: HashMap<&'static str, Vec<Vec<&'static str>>>,
    fillers: HashMap<&'static str, Vec<&'static str>>,
}

impl Synthesis {
    /// Reads what was written for this crate.
    pub fn new() -> Synthesis {
        let blocks = sections(include_str!("furniture.txt"))
            .map(|(name, text)| (name, text.split("\n\n").map(|block| block.lines().collect()).collect()));
        let fillers = sections(include_str!("titles.txt")).map(|(name, text)| (name, text.lines().collect()));
        Synthesis { blocks: blocks.collect(), fillers: fillers.collect() }
    }

    /// Texts that stay whole.
    pub fn texts(&self) -> Vec<Page> {
        let page = |(name, text): (&str, &str)| {
            let mut page = Page { site: name.to_owned(), is_written: true, ..Page::default() };
            text.lines().filter(|line| !line.trim().is_empty()).for_each(|line| page.push(line.to_owned(), true, None));
            page
        };
        sections(include_str!("texts.txt")).map(page).collect()
    }

    /// Puts furniture around the main text of a page.
    pub fn furnish(&self, page: &Page, random: &mut Random) -> Page {
        let mut body: Vec<&str> = Vec::new();
        for (line, _) in page.lines.iter().zip(&page.labels).filter(|(_, label)| **label) {
            let line = line.trim();
            if !body.contains(&line) {
                body.push(line);
            }
        }
        let mut made = Page { site: page.site.clone(), is_written: true, ..Page::default() };
        let is_clean = random.below(100) < 12;
        let mut push = |line: String, label: bool| {
            if !line.trim().is_empty() {
                made.push(line, label, None);
            }
        };
        let block = |place: &str, percent: usize, random: &mut Random, push: &mut dyn FnMut(String, bool)| {
            if is_clean || random.below(100) >= percent {
                return;
            }
            let blocks = &self.blocks[place];
            for line in &blocks[random.below(blocks.len())] {
                push(self.filled(line, random), false);
            }
        };
        block("spam", 6, random, &mut push);
        block("top", 60, random, &mut push);
        block("top", 30, random, &mut push);
        for (at, line) in body.iter().enumerate() {
            push((*line).to_owned(), true);
            if at == 0 {
                block("byline", 80, random, &mut push);
                block("byline", 35, random, &mut push);
            } else if at + 1 < body.len() {
                block("between", 7, random, &mut push);
            }
        }
        let below = random.below(7);
        for _ in 0..below {
            block("below", 95, random, &mut push);
        }
        block("spam", 12, random, &mut push);
        made
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

/// The sections of a file, each with its name.
fn sections(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.split("\n== ").skip(1).map(|section| {
        let (name, text) = section.split_once('\n').unwrap_or((section, ""));
        (name, text.trim_matches('\n'))
    })
}

/// Numbers that are the same in every training.
pub struct Random(pub u64);

impl Random {
    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}
