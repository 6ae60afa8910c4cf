//! Escapes text for HTML.

/// Returns `text` for an element or for an attribute in double quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            // An HTML parser would turn it into a line feed.
            '\r' => html.push_str("&#13;"),
            '\t' | '\n' => html.push(c),
            // HTML allows no control characters.
            c if c.is_control() => html.push('\u{fffd}'),
            c => html.push(c),
        }
    }
    html
}
