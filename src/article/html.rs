//! Reads a page of HTML as lines, with the block and the share of links of each line.
//!
//! Tags are read as browsers read them, but no tree is built. A line ends where a block begins or
//! ends. The block of a line is the innermost open one.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::main_text::{Block, Tags};

/// Returns the text of a page, one line for each block, and the tags of each line.
pub(super) fn extract(html: &str) -> (String, Vec<Tags>) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut lines = tokenizer.sink.0.into_inner();
    lines.end_line();
    (lines.text, lines.tags)
}

/// The number of open blocks that are kept. Pages have some dozens.
const DEEPEST: usize = 512;

/// Elements that begin a line and end it.
const BLOCKS: &str = "\
    address article aside blockquote body button caption center dd details dialog dir div dl \
    dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup label legend \
    li main menu nav ol optgroup option p pre section select summary table tbody td tfoot th \
    thead title tr ul";

/// Elements whose text is not shown.
const HIDDEN: &str = "\
    script style noscript template iframe noembed noframes textarea svg math object audio \
    video canvas";

fn is_one_of(names: &str, name: &str) -> bool {
    names.split(' ').any(|one| one == name)
}

struct Sink(RefCell<Lines>);

#[derive(Default)]
struct Lines {
    text: String,
    tags: Vec<Tags>,
    /// The open blocks, by tag.
    blocks: Vec<String>,
    /// The open elements whose text is not shown.
    hidden: Vec<String>,
    is_link: bool,
    line: String,
    /// The number of characters of the line that are not white space, and of those in links.
    chars: usize,
    linked: usize,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut lines = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => lines.push(&text),
            Token::TagToken(tag) => {
                lines.tag(&tag);
                if tag.kind == TagKind::StartTag {
                    return content_of(&tag.name);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Lines {
    fn push(&mut self, text: &str) {
        if !self.hidden.is_empty() {
            return;
        }
        for c in text.chars() {
            // White space becomes one space, except for the ideographic space.
            if c.is_whitespace() && c != '\u{3000}' {
                if !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(' ');
                }
                continue;
            }
            self.line.push(c);
            self.chars += 1;
            self.linked += usize::from(self.is_link);
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let begins = tag.kind == TagKind::StartTag;
        if is_one_of(HIDDEN, name) {
            match begins {
                true if tag.self_closing => {}
                true => self.hidden.push(name.to_owned()),
                false => close(&mut self.hidden, name),
            }
        } else if is_one_of(BLOCKS, name) {
            match begins {
                true => self.begin_block(name),
                false => {
                    self.end_line();
                    close(&mut self.blocks, name);
                }
            }
        } else if name == "a" {
            self.is_link = begins;
        } else if begins && matches!(name, "br" | "hr") {
            self.end_line();
        }
    }

    fn begin_block(&mut self, name: &str) {
        self.end_line();
        // A paragraph ends where another block begins. An item ends where the next item begins.
        if self.blocks.last().is_some_and(|last| {
            last == "p" || last == name && matches!(name, "li" | "dt" | "dd" | "option" | "td" | "th" | "tr")
        }) {
            self.blocks.pop();
        }
        if self.blocks.len() < DEEPEST {
            self.blocks.push(name.to_owned());
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim();
        if !line.is_empty() && self.hidden.is_empty() {
            let block = self.blocks.last().map_or(Block::Division, |block| Block::of_tag(block));
            self.tags.push(Tags { links: self.linked as f32 / self.chars.max(1) as f32, block });
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.line.clear();
        (self.chars, self.linked) = (0, 0);
    }
}

/// Closes the innermost open element of this name and the elements inside it.
fn close(open: &mut Vec<String>, name: &str) {
    if let Some(at) = open.iter().rposition(|one| one == name) {
        open.truncate(at);
    }
}

/// Returns how the tokenizer reads the content of an element.
fn content_of(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_lines() {
        let page = "<!DOCTYPE html><html><head><title>桥 &amp; 路</title><style>p{}</style><script>if (a<b) '<p>'</script></head>\
                    <body><ul><li><a href=/>首页</a><li><a>新闻</a> 更多</ul><h1>新桥\n通车</h1><p>第一段<b>粗</b>，<br>第二行<p>第三段<table><tr><td>表</table>";
        let (text, tags) = extract(page);
        assert_eq!(text, "桥 & 路\n首页\n新闻 更多\n新桥 通车\n第一段粗，\n第二行\n第三段\n表\n");
        let blocks: Vec<Block> = tags.iter().map(|tags| tags.block).collect();
        use Block::{Cell, Heading, Item, Paragraph, Title};
        assert_eq!(blocks, [Title, Item, Item, Heading, Paragraph, Paragraph, Paragraph, Cell]);
        let links: Vec<f32> = tags.iter().map(|tags| tags.links).collect();
        assert_eq!(links[..4], [0.0, 1.0, 0.5, 0.0]);
    }

    #[test]
    fn any_html_is_read() {
        for html in ["", "<p", "</p></p><a", "<script>", "<title>", "<svg><p>字", &"<div>".repeat(9000)] {
            assert_eq!(extract(html).0, "", "{html}");
        }
    }
}
