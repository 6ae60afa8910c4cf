//! The page of `fenci highlight`: head, chart, article.

mod article;
mod chart;
mod escape;
#[cfg(test)]
mod tests;

use escape::escape;
use fenci::{Extractor, Segmenter};

use crate::input::clean;

const CSS: &str = include_str!("style.css");

/// Returns the page that shows `raw` with at most `top` keywords.
pub(crate) fn make(raw: &str, top: usize) -> String {
    let segmenter = Segmenter::new();
    let article = clean(raw);
    let keywords = Extractor::new().extract(&segmenter, article.text(), top);
    let first = article.text().lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("fenci");
    let title = escape(&first.chars().take(60).collect::<String>());
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
         <meta name=\"color-scheme\" content=\"light dark\" />\n<title>{title}</title>\n<style>\n{CSS}</style>\n</head>\n\
         <body>\n<input type=\"checkbox\" id=\"clean\" /><label for=\"clean\" lang=\"en\">Only the clean text</label>\n"
    );
    html.push_str("<main>\n");
    chart::draw(&keywords, &mut html);
    article::write(&article, &keywords, &segmenter, &mut html);
    html.push_str("</main>\n</body>\n</html>\n");
    html
}
