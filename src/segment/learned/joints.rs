//! Joins words that are not Han characters alone: a number with 第 before it or 万 behind it, and a
//! repeated mark.
//!
//! The model sees a number as one symbol and ends a word at it. The words beside the number decide.
//! In `500多名`, 多 is a word by itself, so it joins the number. In `2010多伦多`, it begins another word.

use super::best_borders::BestBorders;
use super::symbol::Symbol;
use super::symbols::Symbols;
use crate::numbers::fits;
use crate::text::Units;

/// The character that may stand before a number.
const ORDINAL: &str = "第";
/// The characters that may stand behind a number, and behind each other.
const SCALES: [char; 12] = ['十', '百', '千', '万', '萬', '亿', '億', '多', '余', '餘', '几', '幾'];
/// The marks that are one word where they are repeated.
const REPEATED: &str = "…—-.。!！?？~～*=_";

/// Writes to `joined` the symbols after which there is a best border, but no border of the text.
pub(super) fn find(symbols: &Symbols, best: &BestBorders, text: &str, units: &Units, joined: &mut Vec<u32>) {
    joined.clear();
    let (others, starts, ends) = (symbols.others(), symbols.starts(), best.ends());
    let symbols = symbols.as_slice();
    let text_of = |from: usize, to: usize| &text[units.byte(starts[from] as usize)..units.byte(starts[to] as usize)];
    for &at in others {
        let at = at as usize;
        if symbols[at] == Symbol::NUMBER {
            let (before, after) = (units.byte(starts[at] as usize), units.byte(starts[at + 1] as usize));
            if !text[..before].ends_with(ORDINAL) && !text[after..].starts_with(SCALES) {
                continue;
            }
            // The number has a border on either side.
            let index = ends.partition_point(|&end| end < fits(at));
            let begin = |index: usize| index.checked_sub(1).map_or(0, |before| ends[before] as usize + 1);
            if index > 0 && text_of(begin(index - 1), at) == ORDINAL {
                joined.push(ends[index - 1]);
            }
            // A number may go on in a scale, and a scale may go on in another scale or a number.
            for (&end, &next) in ends[index..].iter().zip(&ends[index + 1..]) {
                let (from, to) = (end as usize + 1, next as usize + 1);
                let is_scale = text_of(from, to).chars().all(|c| SCALES.contains(&c));
                if is_scale || end > fits(at) && symbols[from] == Symbol::NUMBER {
                    joined.push(end);
                }
                if !is_scale {
                    break;
                }
            }
        } else if symbols.get(at + 1) == Some(&symbols[at]) {
            let mark = text_of(at, at + 1);
            if REPEATED.contains(mark) && text_of(at + 1, at + 2) == mark {
                joined.push(fits(at));
            }
        }
    }
}
