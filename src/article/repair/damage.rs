//! Restores text that a program has damaged by writing readings between the bytes of characters.
//!
//! Such a program has a list of characters. It goes over the GBK bytes of a text and appends the
//! reading in brackets after the two bytes of each listed character. It does not know where
//! characters begin. So the second byte of one character and the first byte of the next may be the
//! bytes of a listed character. The program then writes the reading into the next character. A
//! decoder finds half a character before a bracket. It writes `?` or U+FFFD for it, often for the
//! bracket, too, and reads the following bytes out of step.
//!
//! This can be undone. The lost half is the second byte of the listed character. Its first byte is
//! the last byte before the mark. Its reading follows the mark, so that few bytes are possible. The
//! text after the reading is encoded again and read on from there, until it is in step. If several
//! bytes are possible, the words of the dictionary decide.

use super::gbk::{bytes_of, char_of};
use super::readings::{Spelled, is_mark, reading_after};
use super::scales::{LEADS, Scales, characters};
use super::scan;
use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::dictionary::Lexicon;
use crate::order::order;
use crate::text::codes::is_han;

/// The most characters for which a text may stay out of step.
const FARTHEST: usize = 400;
/// The number of readings of the bytes to follow at a time.
const BEAM: usize = 48;
/// The number of readings to keep before each is followed in a hundred ways.
const FEW: usize = 4;
/// The number of characters on either side to weigh with a repair.
const CONTEXT: usize = 8;
/// The least mean of the natural logarithms of the characters' probabilities in a repair. Text has
/// about -6. Text that is read out of step has less than -20.
const CONVINCING: f64 = -16.0;

/// Returns edits that repair the damaged places of `text`.
pub(in crate::article) fn find(text: &str, lexicon: Lexicon<'_>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut scales = None;
    // The end of the last place that was read.
    let mut done = 0;
    for mark in scan::places(text, may_be_mark) {
        if mark < done {
            continue;
        }
        let Some(mut place) = DamagedPlace::new(text, done, mark) else { continue };
        edits.extend(place.repair(scales.get_or_insert_with(|| Scales::new(text, lexicon))));
        // The search goes on after the bytes that were read, even if they need no repair. So it
        // takes linear time on any text.
        let after_mark = mark + text[mark..].chars().next().map_or(0, char::len_utf8);
        done = after_mark.max(place.at);
    }
    edits
}

/// Returns `true` if these are the bytes of a mark. See [`is_mark`].
fn may_be_mark(a: u8, b: u8, c: u8) -> bool {
    (a == b'?') | (a == 0xEF) & (b == 0xBF) & (c == 0xBD)
}

/// One reading of the bytes so far.
#[derive(Clone)]
struct Reading {
    text: String,
    /// The natural logarithm of its likelihood, apart from its words.
    likelihood: f64,
    /// The first byte of a character whose second byte follows. If it is set, the text is out of
    /// step.
    lead: Option<u8>,
    /// The last byte.
    last: u8,
}

/// A damaged place, while it is read.
struct DamagedPlace<'t> {
    text: &'t str,
    /// The beginning of the character before the mark.
    start: usize,
    at: usize,
    readings: Vec<Reading>,
    /// `true` if the first mark replaced the bracket after it, too. Then every mark replaced the
    /// ASCII character after it.
    swallows: bool,
}

impl<'t> DamagedPlace<'t> {
    /// Returns the damaged place at `mark`, if there is one.
    fn new(text: &'t str, from: usize, mark: usize) -> Option<DamagedPlace<'t>> {
        reading_after(text, mark)?;
        let before = text[from..mark].chars().next_back()?;
        let [_, last] = bytes_of(before)?;
        let reading = Reading { text: before.to_string(), likelihood: 0.0, lead: None, last };
        let swallows = text[mark..].starts_with('?');
        Some(DamagedPlace { text, start: mark - before.len_utf8(), at: mark, readings: vec![reading], swallows })
    }

    /// Returns the repair if it convinces.
    fn repair(&mut self, scales: &Scales<'_>) -> Option<Edit> {
        let mark = self.at;
        for _ in 0..FARTHEST {
            let in_step = self.readings.first().is_some_and(|reading| reading.lead.is_none());
            let goes_on = match self.text[self.at..].chars().next() {
                Some(mark) if is_mark(mark) => {
                    let reading = reading_after(self.text, self.at);
                    reading.is_some_and(|(reading, end)| self.lost_byte(&reading, end, scales))
                        || !in_step && self.lost_half(mark, scales)
                }
                Some(c) if !in_step => self.character(c),
                _ => false,
            };
            if !goes_on && in_step {
                break;
            }
            if !goes_on || scales.are_worn_out() {
                return None;
            }
            self.keep_best(BEAM, scales);
        }
        self.readings.retain(|reading| reading.lead.is_none());
        if self.at > mark { self.best(scales) } else { None }
    }

    /// Reads on with each lost byte that, after the byte before it, makes a character of the
    /// reading `spelled`.
    fn lost_byte(&mut self, spelled: &Spelled, end: usize, scales: &Scales<'_>) -> bool {
        let mut next = Vec::new();
        for reading in &self.readings {
            for (byte, c) in characters(reading.last, spelled) {
                if let Some(mut reading) = reading.and_byte(byte) {
                    reading.likelihood += scales.log_likelihood(c);
                    next.push(reading);
                }
            }
        }
        self.go_on(end, next)
    }

    /// Reads on with every possible second byte for the lost one, and with the ASCII character that
    /// the mark may stand for.
    fn lost_half(&mut self, mark: char, scales: &Scales<'_>) -> bool {
        // Every reading is tried with all second bytes.
        self.keep_best(FEW, scales);
        let end = self.at + mark.len_utf8();
        let after = self.text[end..].chars().next();
        let swallowed = match after {
            _ if !self.swallows || after.is_none() => "",
            // A text has one kind of line end.
            Some('\n') if scales.has_crlf => "\r",
            Some('\n') => "\n",
            Some(_) if closes_bracket(&self.text[..self.at], &self.text[end..]) => "(",
            Some(c) if scales.has_ascii_commas && !c.is_ascii() => ",",
            // The lost character is unknown.
            _ => "?",
        };
        let before_mark = swallowed == "," || after.is_some_and(|c| "，。、；：？！,;:.!".contains(c));
        let ends_line = matches!(after, None | Some('\n' | '\r')) || swallowed == "\n";
        let mut next = Vec::new();
        for reading in &self.readings {
            // 0x80 begins no character, so the mark for it stands for nothing else.
            for byte in 0x80..=*LEADS.end() {
                let c = reading.lead.and_then(|lead| char_of(lead, byte));
                let before = reading.text.chars().next_back();
                if let (Some(c), Some(mut reading)) = (c, reading.and_byte(byte)) {
                    if !is_han(c) {
                        reading.likelihood += mark_log_probability(c, before, ends_line, before_mark);
                    }
                    reading.text.push_str(swallowed);
                    next.push(reading);
                }
            }
        }
        self.go_on(end, next)
    }

    /// Reads the bytes of a character out of step, or skips a gloss.
    fn character(&mut self, c: char) -> bool {
        if c == '(' {
            return match reading_after(self.text, self.at) {
                Some((reading, end)) if reading.fits(&self.text[..self.at]) > 0 => {
                    self.at = end;
                    true
                }
                _ => false,
            };
        }
        let next = match bytes_of(c) {
            Some([first, second]) => {
                let read = |reading: &Reading| reading.and_byte(first)?.and_byte(second);
                self.readings.iter().filter_map(read).collect()
            }
            None => match c {
                // The second byte of a character may be a letter, but not a digit or a comma.
                '@'..='~' => self.readings.iter().filter_map(|reading| reading.and_byte(c as u8)).collect(),
                '€' => self.readings.iter().filter_map(|reading| reading.and_byte(0x80)).collect(),
                _ => Vec::new(),
            },
        };
        self.go_on(self.at + c.len_utf8(), next)
    }

    fn go_on(&mut self, at: usize, readings: Vec<Reading>) -> bool {
        if readings.is_empty() {
            return false;
        }
        self.at = at;
        self.readings = readings;
        true
    }

    /// Keeps the `most` best readings.
    fn keep_best(&mut self, most: usize, scales: &Scales<'_>) {
        if self.readings.len() <= most {
            return;
        }
        let before = self.before();
        let weigh = |reading: &Reading| scales.weight(before, &reading.text, "") + reading.likelihood;
        let weights: Vec<f64> = self.readings.iter().map(weigh).collect();
        let best = order(weights.len(), &|a, b| weights[b].total_cmp(&weights[a]));
        self.readings = best[..most].iter().map(|&at| self.readings[at].clone()).collect();
    }

    /// Returns the best reading if its words convince.
    fn best(&self, scales: &Scales<'_>) -> Option<Edit> {
        let (before, after) = (self.before(), self.after());
        let weigh = |reading: &Reading| scales.weight(before, &reading.text, after) + reading.likelihood;
        let weighed = self.readings.iter().map(|reading| (weigh(reading), reading));
        let (_, best) = weighed.reduce(|a, b| if b.0 > a.0 { b } else { a })?;
        let text = format!("{before}{}{after}", best.text);
        let chars = text.chars().filter(|&c| is_han(c)).count();
        (scales.lexicon.best_words(&text).0 >= CONVINCING * chars.max(1) as f64).then(|| Edit {
            at: self.start..self.at,
            replacement: best.text.clone(),
            kind: RepairKind::Damage,
            reason: "a program wrote a reading between the bytes of a character".into(),
        })
    }

    /// Returns the Han characters before the place.
    fn before(&self) -> &'t str {
        let before = &self.text[..self.start];
        let len: usize = before.chars().rev().take(CONTEXT).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
        &before[before.len() - len..]
    }

    /// Returns the Han characters after the place.
    fn after(&self) -> &'t str {
        let after = &self.text[self.at..];
        let len = after.chars().take(CONTEXT).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
        &after[..len]
    }
}

impl Reading {
    /// Returns the reading with one more byte, or `None` if the byte cannot follow.
    fn and_byte(&self, byte: u8) -> Option<Reading> {
        let mut text = self.text.clone();
        let lead = match (self.lead, byte) {
            (Some(lead), _) => {
                text.push(char_of(lead, byte)?);
                None
            }
            (None, ..0x80) => {
                text.push(char::from(byte));
                None
            }
            (None, 0x80 | 0xFF) => return None,
            (None, 0x81..=0xFE) => Some(byte),
        };
        Some(Reading { text, lead, last: byte, ..*self })
    }
}

/// Returns `true` if `after` soon closes a bracket that `before` does not open.
fn closes_bracket(before: &str, after: &str) -> bool {
    const SOON: usize = 40;
    let is_bracket = |c: &char| matches!(c, '(' | ')' | '\n') || is_mark(*c);
    after.chars().take(SOON).find(is_bracket) == Some(')')
        && before.chars().rev().take(SOON).find(is_bracket) != Some('(')
}

/// Returns the natural logarithm of the probability that `c`, which is not Han, stands where a
/// character is lost. It is rough, because only the order matters.
fn mark_log_probability(c: char, before: Option<char>, ends_line: bool, before_mark: bool) -> f64 {
    let ends_sentence = before.is_some_and(|c| matches!(c, '。' | '！' | '？' | '…'));
    let (inside, at_end) = match c {
        // Of two marks in a row, the first is a closing one.
        '。' | '，' | '、' | '；' | '：' | '？' | '！' | '“' | '「' | '《' | '（' if before_mark => {
            (-12.0, -12.0)
        }
        '。' | '，' if ends_sentence => (-9.0, -9.0),
        '，' => (-2.5, -9.0),
        '。' => (-3.5, -0.2),
        '、' => (-4.0, -9.0),
        '“' | '「' | '《' => (-5.0, -10.0),
        '”' | '」' => (-5.0, -2.0),
        '》' => (-5.0, -5.0),
        '：' => (-5.5, -4.0),
        '；' | '？' | '！' => (-6.5, -4.5),
        '（' | '—' => (-7.0, -9.0),
        '）' | '…' => (-7.0, -5.0),
        '\u{3000}' | '·' | '『' | '』' | '～' | '％' | '‘' | '’' | '〈' | '〉' | '【' | '】' => {
            (-9.0, -9.0)
        }
        _ => (-12.0, -12.0),
    };
    if ends_line { at_end } else { inside }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::draft::edited;

    fn repaired(text: &str) -> String {
        edited(text, find(text, crate::dictionary::Dictionary::embedded().lexicon()))
    }

    #[test]
    fn damage_is_undone() {
        assert_eq!(repaired("項目被曝?cái)R淺，半年"), "項目被曝擱淺，半年");
        assert_eq!(repaired("如今走向?qū)擂螖R淺的僵局"), "如今走向尷尬擱淺的僵局");
        assert_eq!(repaired("但當合作方?jīng)]有共同的"), "但當合作方沒有共同的");
        // Decoders that keep the bracket.
        assert_eq!(repaired("項目被曝\u{fffd}(cái)R淺，半年"), "項目被曝擱淺，半年");
        assert_eq!(repaired("被曝?cái)R淺，合作方?jīng)]有"), "被曝擱淺，合作方沒有");
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "為什麼?(cái)",
            "真的?",
            "?cái)",
            "a?cái)b",
            "曝?cái",
            "什么?ma)",
            "曝??cái)R淺",
            "曝?cái)",
            "曝?cái),",
            "。?cái)項",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
