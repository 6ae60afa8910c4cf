//! Checks that the page has all text, and that text never becomes markup.

use fenci::{Extractor, Segmenter};
use proptest::prelude::*;

use super::make;
use crate::input::clean;

/// A crawled page: Traditional, with readings, damage, credits and spam.
const PAGE: &str = "軟銀集團(tuán)與(yǔ)OpenAI的“星際之門(mén)”項(xiàng)目被曝?cái)R淺
來源：環球網
當地時間周一，《華爾街日報》稱，“星際之門”項目半年無實際進展，該項目原定投資五千億美元。
軟銀集團希望在數據中心的選址上有更大的發言權，OpenAI則希望盡快動工，雙方因此爭執不下。
項目啟動以來，“星際之門”沒有簽下一份數據中心的合同，軟銀集團的投資也至今沒有到位。
責任編輯：高山
久久精品|国产|欧美日韩|亚洲精品|国产综合
";

/// A tag without its brackets, or text.
#[derive(Debug)]
enum Part<'h> {
    Tag(&'h str),
    Text(&'h str),
}

fn parts(mut html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    while !html.is_empty() {
        if let Some(rest) = html.strip_prefix('<') {
            let (tag, rest) = rest.split_once('>').expect("a tag without its end");
            assert!(!tag.contains('<'), "{tag}");
            parts.push(Part::Tag(tag));
            html = rest;
        } else {
            let (text, rest) = html.split_at(html.find('<').unwrap_or(html.len()));
            parts.push(Part::Text(text));
            html = rest;
        }
    }
    parts
}

fn name(tag: &str) -> &str {
    tag.split([' ', '/']).next().unwrap()
}

/// Checks that elements nest, that attributes are quoted, that `&` begins a reference, and that no
/// id is missing or given twice.
fn check(html: &str) {
    let html = html.strip_prefix("<!DOCTYPE html>").unwrap();
    let mut open = Vec::new();
    let mut ids = std::collections::HashSet::new();
    let mut wanted = Vec::new();
    for part in parts(html) {
        match part {
            Part::Tag(tag) if tag.starts_with('/') => assert_eq!(open.pop(), Some(&tag[1..])),
            Part::Tag(tag) => {
                if !tag.ends_with('/') {
                    open.push(name(tag));
                }
                assert!(tag.matches('"').count() % 2 == 0, "{tag}");
                for (at, value) in tag.split('"').enumerate() {
                    references(value);
                    let Some(attribute) = (at % 2 == 0).then(|| value.trim_end_matches('=')) else { continue };
                    let value = tag.split('"').nth(at + 1).unwrap_or("");
                    if attribute.ends_with(" id") {
                        assert!(ids.insert(value.to_owned()), "twice: {value}");
                    }
                    if attribute.ends_with(" href") {
                        wanted.push(value.strip_prefix('#').expect("a page that loads nothing").to_owned());
                    }
                    assert!(!attribute.ends_with(" src") && !attribute.trim_start().starts_with("on"), "{tag}");
                }
                assert!(!["script", "link", "img", "iframe", "object"].contains(&name(tag)), "{tag}");
            }
            Part::Text(text) => references(text),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    for id in wanted {
        assert!(ids.contains(&id), "nothing is named {id}");
    }
    let css = &html[html.find("<style>").unwrap()..html.find("</style>").unwrap()];
    assert!(!css.contains("url(") && !css.contains("@import"));
}

fn references(text: &str) {
    for (at, _) in text.match_indices('&') {
        let known = ["&lt;", "&gt;", "&amp;", "&quot;", "&#13;"];
        assert!(known.iter().any(|reference| text[at..].starts_with(reference)), "{text}");
    }
}

/// Returns the text of the article on the page, without the elements `left_out`.
fn text(html: &str, left_out: &str) -> String {
    let from = html.find("<article>\n<p>").unwrap() + "<article>\n<p>".len();
    let to = html.find("</p>\n</article>").unwrap();
    let mut depth = 0;
    let mut found = String::new();
    for part in parts(&html[from..to]) {
        match part {
            Part::Tag(tag) if name(tag) == left_out => depth += 1,
            Part::Tag(tag) if tag.strip_prefix('/') == Some(left_out) => depth -= 1,
            Part::Text(text) if depth == 0 => found.push_str(text),
            _ => {}
        }
    }
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#13;", "\r"), ("&amp;", "&")];
    known.iter().fold(found, |text, (reference, c)| text.replace(reference, c))
}

/// Returns the text as HTML can hold it.
fn printable(text: &str) -> String {
    let printable = |c: char| if c.is_control() && !"\t\n\r".contains(c) { '\u{fffd}' } else { c };
    text.chars().map(printable).collect()
}

fn check_page_of(raw: &str) -> String {
    let html = make(raw, 10);
    check(&html);
    assert_eq!(text(&html, "del"), printable(clean(raw).text()));
    assert_eq!(text(&html, "ins"), printable(clean(raw).raw()));
    html
}

#[test]
fn a_page_links_its_chart_to_marked_places() {
    let html = check_page_of(PAGE);
    let keywords = Extractor::new().extract(&Segmenter::new(), clean(PAGE).text(), 10);
    assert_eq!(keywords.len(), 10);
    assert_eq!(html.matches("<a href=\"#k").count(), 10);
    let marks = html.matches("<mark ").count() + html.matches("<a id=").count();
    assert_eq!(marks, keywords.iter().map(|keyword| keyword.count()).sum::<usize>());
}

#[test]
fn what_was_repaired_is_shown_with_its_reason() {
    let html =
        check_page_of("“星際之門(mén)”項(xiàng)目被曝?cái)R淺，半年無(wú)實(shí)際進(jìn)展。\n責(zé)任編輯：高山\n");
    assert!(html.contains("<del class=\"gloss\" title=\"gloss: "), "{html}");
    assert!(html.contains(">(mén)</del>"), "{html}");
    assert!(html.contains("<del class=\"damage\" title=\"damage: "), "{html}");
    assert!(html.contains("<ins>曝</ins>") && html.contains("<ins>擱</ins>"), "{html}");
    assert!(html.contains("<del class=\"furniture\" title=\"furniture: "), "{html}");
}

#[test]
fn text_is_never_markup() {
    let html = check_page_of("看<script>alert(\"软银\")</script> & <b onclick='x'>软银</b> &lt;软银&gt; \0\u{1b}");
    assert!(!html.contains("<script") && !html.contains("<b "));
    check_page_of("");
    check_page_of("\n\r\n \n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_becomes_a_page_that_holds_all_of_it(raw in "([<>&\"'\r\n\\PC]|软银|星際之門\\(mén\\)|\n責任編輯：高山\n|&amp;|被曝\\?cái\\)R淺){0,40}") {
        check_page_of(&raw);
    }
}
