//! Joins characters that stand apart, and lines that end inside sentences, as in scanned pages and
//! PDF files.

use crate::article::RepairKind;
use crate::article::draft::Edit;
use crate::text::codes::is_han;

/// The fewest spaces between Han characters in a line that a program has spread.
const FEWEST_SPREAD: usize = 8;
/// The fewest bytes of such a line: characters of three bytes, each with a space.
const SHORTEST_SPREAD: usize = 4 * FEWEST_SPREAD;
/// The fewest lines in a row that end inside sentences.
const FEWEST_BROKEN: usize = 3;
/// The fewest characters of a full line.
const SHORTEST_COLUMN: usize = 5;
/// A full line is shorter than the longest line by fewer characters than this.
const RAGGED: usize = 3;

/// Returns edits that remove spaces and line ends inside sentences.
pub(in crate::article) fn find(text: &str) -> Vec<Edit> {
    let (mut spaces, mut line_ends) = (Vec::new(), Vec::new());
    // The lines since the last empty line.
    let mut row: Vec<(usize, &str)> = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        // Few lines have so many spaces, or first bytes of wide spaces.
        if line.len() >= SHORTEST_SPREAD
            && line.bytes().filter(|&byte| matches!(byte, b' ' | 0xE3)).count() >= FEWEST_SPREAD
        {
            spread(line, start, &mut spaces);
        }
        if line.is_empty() {
            join(&row, &mut line_ends);
            row.clear();
        } else {
            row.push((start, line));
        }
        start += line.len() + 1;
    }
    join(&row, &mut line_ends);
    if spaces.is_empty() { line_ends } else { spaces }
}

/// Returns `true` if Chinese sentences consist of characters such as `c`.
fn is_of_sentence(c: char) -> bool {
    is_han(c) || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '“' | '”' | '‘' | '’')
        || matches!(c, '（' | '）' | '《' | '》' | '「' | '」' | '…' | '—')
}

/// Removes the spaces of a line in which nearly all Han characters stand apart. In verse and in
/// tables, characters of a word stand together.
fn spread(line: &str, start: usize, edits: &mut Vec<Edit>) {
    let mut chars = line.trim_end().char_indices().peekable();
    let (mut apart, mut together, mut spaces) = (0, 0, Vec::new());
    let mut before = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|next| next.1);
        match (before, c, next) {
            (Some(one), ' ' | '\u{3000}', Some(other)) if is_of_sentence(one) && is_of_sentence(other) => {
                apart += 1;
                spaces.push((at, c.len_utf8()));
            }
            // The space before or after a number or a Latin word goes with the others.
            (Some(one), ' ', Some(other)) if is_of_sentence(one) || is_of_sentence(other) => spaces.push((at, 1)),
            (Some(one), c, _) if is_han(one) && is_han(c) => together += 1,
            _ => {}
        }
        before = Some(c);
    }
    if apart >= FEWEST_SPREAD && together * 10 <= apart {
        let remove = |(at, len)| {
            Edit::remove(start + at..start + at + len, RepairKind::Form, "a space stands between all characters")
        };
        edits.extend(spaces.into_iter().map(remove));
    }
}

/// Joins the lines between two empty lines if they are the lines of a column. Then most lines have
/// nearly the same length, and clauses end inside them.
fn join(row: &[(usize, &str)], edits: &mut Vec<Edit>) {
    if row.len() <= FEWEST_BROKEN {
        return;
    }
    let lengths: Vec<usize> = row.iter().map(|(_, line)| line.chars().count()).collect();
    // The last line is shorter.
    let inner = &lengths[..lengths.len() - 1];
    let longest = inner.iter().copied().max().unwrap_or(0);
    let full = inner.iter().filter(|&&length| length + RAGGED > longest).count();
    if longest < SHORTEST_COLUMN || full * 10 < inner.len() * 7 {
        return;
    }
    // Lines of verse have the same length, too, but end with clauses: their marks stand at the
    // ends.
    let inside = row.iter().filter(|(_, line)| line.trim_end_matches(is_mark).contains(['，', '。'])).count();
    if inside == 0 || inside * 3 < row.len() {
        return;
    }
    let goes_on = |c: char| is_han(c) || c.is_alphanumeric() || matches!(c, '，' | '、' | '“' | '（' | '《');
    for ((start, line), &length) in row.iter().zip(inner) {
        if (length + RAGGED > longest || length < SHORTEST_COLUMN) && line.ends_with(goes_on) {
            let at = start + line.len();
            edits.push(Edit::remove(at..at + 1, RepairKind::Form, "the line ends inside a sentence"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::draft::edited;

    fn cleaned(text: &str) -> String {
        edited(text, find(text))
    }

    #[test]
    fn spread_text_is_joined() {
        assert_eq!(
            cleaned("江 边 新 建 了 一 座 图 书 馆 ， 每 天 开 到 十 点 。\n"),
            "江边新建了一座图书馆，每天开到十点。\n"
        );
        assert_eq!(
            cleaned("会 议 在 2024 年 5 月 召 开 ， 代 表 共 有 AI 企 业 三 十 家 。"),
            "会议在2024年5月召开，代表共有AI企业三十家。"
        );
    }

    #[test]
    fn lines_of_a_column_are_joined() {
        assert_eq!(
            cleaned("江边新建了一座图书\n馆，每天早上八点开\n门，晚上十点才关门\n，附近的居民都很高\n兴。\n"),
            "江边新建了一座图书馆，每天早上八点开门，晚上十点才关门，附近的居民都很高兴。\n"
        );
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "苹果 香蕉 橙子 葡萄 西瓜",
            "天 地 人",
            "东 南 西 北 中",
            "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡\n",
            "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n",
            "春天来了，花开了。\n夏天来了，天热了。\n秋天来了，叶落了。\n冬天来了，雪下了。\n",
            "第一段说了一件事，还没有说完。\n第二段\n",
            "老周：明天爬山谁去\n小于：去\n阿芳：我也去，几点\n老周：六点半东门\n",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }
}
