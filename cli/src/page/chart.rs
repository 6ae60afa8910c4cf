//! The keywords as a bar chart. Each one links to its first place.

use std::fmt::Write;

use fenci::Keyword;

use super::escape::escape;

const WIDTH: f64 = 360.0;
const ROW: usize = 38;

/// Draws every keyword as a line of text above its bar, so that a keyword of any length has room.
pub(crate) fn draw(keywords: &[Keyword], html: &mut String) {
    let Some(heaviest) = keywords.first().map(Keyword::weight) else { return };
    let height = keywords.len() * ROW;
    html.push_str("<section aria-labelledby=\"keywords\">\n<h2 id=\"keywords\" lang=\"en\">Keywords</h2>\n");
    let _ = writeln!(html, "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"group\" aria-labelledby=\"keywords\">");
    for (rank, keyword) in keywords.iter().enumerate() {
        let (text, count, weight) = (escape(keyword.text()), keyword.count(), keyword.weight());
        let times = if count == 1 { "time" } else { "times" };
        let bar = (weight / heaviest * WIDTH).clamp(2.0, WIDTH);
        let top = rank * ROW;
        let _ = writeln!(
            html,
            "<a href=\"#k{rank}-0\"><title>{text}: weight {weight:.2}, {count} {times}</title>\
             <rect class=\"row\" x=\"0\" y=\"{top}\" width=\"{WIDTH}\" height=\"{ROW}\" />\
             <text x=\"0\" y=\"{}\">{text}</text><text class=\"number\" x=\"{WIDTH}\" y=\"{}\">{weight:.1} · {count}×</text>\
             <rect class=\"bar\" x=\"0\" y=\"{}\" width=\"{bar:.1}\" height=\"8\" rx=\"2\" /></a>",
            top + 17,
            top + 17,
            top + 23,
        );
    }
    html.push_str("</svg>\n</section>\n");
}
