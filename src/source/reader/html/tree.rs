//! The elements of a page, from its tokens.
//!
//! Comes in: the text of a page. Goes out: elements and stretches of text in the order of the page, each with its parent. What
//! is not closed is closed as browsers do it where that matters for text: paragraphs, items, rows and cells.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use crate::text::Span;

/// The comment behind which nothing is to be checked, up to one that closes it; both are kept as elements.
pub(super) const IGNORE: &str = "belie:ignore";

/// Name of the first node, which all others lie in.
pub(super) const ROOT: &str = "#page";

/// Elements nested deeper than this hang on the one at this depth.
const DEEPEST: usize = 256;
/// Elements without content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that end an open paragraph.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// An element, or a stretch of text.
#[derive(Debug)]
pub(super) struct Node {
    /// Name of the element in lower case; empty for text.
    pub(super) name: String,
    /// Attributes of the element by name in lower case.
    pub(super) attributes: Vec<(String, String)>,
    /// Where a stretch of text stands in the page; of an element its opening tag.
    pub(super) span: Span,
    /// The text, references to characters replaced.
    pub(super) words: String,
    /// One past its last descendant.
    pub(super) end: usize,
    pub(super) parent: Option<usize>,
}

impl Node {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.trim())
    }

    pub(super) fn is_text(&self) -> bool {
        self.name.is_empty()
    }
}

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) nodes: Vec<Node>,
}

impl Page {
    pub(super) fn new(text: &str) -> Page {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut page = Builder { nodes: Vec::new(), open: Vec::new() };
        page.start(ROOT.to_owned(), Vec::new(), Span::default(), false);
        for token in Tokenizer::new_with_emitter(text, emitter) {
            match token {
                Ok(Token::StartTag(tag)) => {
                    let written = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    let attributes = tag.attributes.iter();
                    let attributes = attributes.map(|(n, v)| (written(n).to_lowercase(), written(&v.value))).collect();
                    let span = Span::new(tag.span.start, tag.span.end);
                    page.start(written(&tag.name), attributes, span, tag.self_closing);
                }
                Ok(Token::EndTag(tag)) => page.end(&String::from_utf8_lossy(&tag.name)),
                Ok(Token::String(words)) => {
                    let span = Span::new(words.span.start, words.span.end);
                    page.add(String::new(), Vec::new(), span, String::from_utf8_lossy(&words.value).into_owned());
                }
                Ok(Token::Comment(comment)) => {
                    let name = String::from_utf8_lossy(&comment.value).trim().to_owned();
                    if name == IGNORE || name.strip_prefix('/') == Some(IGNORE) {
                        let span = Span::new(comment.span.start, comment.span.end);
                        page.add(name, Vec::new(), span, String::new());
                    }
                }
                _ => {}
            }
        }
        page.close(0);
        Page { nodes: page.nodes }
    }

    /// The elements and texts within an element, in order.
    pub(super) fn within(&self, of: usize) -> std::ops::Range<usize> {
        of + 1..self.nodes[of].end
    }

    /// What an element lies in, from the nearest up.
    pub(super) fn above(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.nodes[at].parent, |at| self.nodes[*at].parent)
    }

    /// The elements of a name, in order.
    pub(super) fn named<'p>(&'p self, name: &'p str) -> impl Iterator<Item = usize> + 'p {
        (0..self.nodes.len()).filter(move |at| self.nodes[*at].name == name)
    }

    /// The text within an element in one line.
    pub(super) fn text(&self, of: usize) -> String {
        let words: Vec<&str> = self.within(of).flat_map(|at| self.nodes[at].words.split_whitespace()).collect();
        words.join(" ")
    }
}

struct Builder {
    nodes: Vec<Node>,
    open: Vec<usize>,
}

impl Builder {
    fn start(&mut self, name: String, attributes: Vec<(String, String)>, span: Span, closed: bool) {
        let (ends, within): (&[&str], &[&str]) = match name.as_str() {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "caption"], &["table"]),
            "option" => (&["option"], &["select"]),
            name if BLOCKS.contains(&name) => (&["p"], &["button", "td", "th", "li", "table", "object"]),
            _ => (&[], &[]),
        };
        self.end_within(ends, within);
        let void = closed || VOID.contains(&name.as_str());
        let at = self.add(name, attributes, span, String::new());
        if !void && self.open.len() < DEEPEST {
            self.open.push(at);
        }
    }

    /// Closes the innermost open element of some names, unless one of others is open within it.
    fn end_within(&mut self, names: &[&str], within: &[&str]) {
        for depth in (0..self.open.len()).rev() {
            let name = self.nodes[self.open[depth]].name.as_str();
            if names.contains(&name) {
                return self.close(depth);
            }
            if within.contains(&name) {
                return;
            }
        }
    }

    /// An element that nothing opened is none.
    fn end(&mut self, name: &str) {
        if let Some(depth) = self.open.iter().rposition(|at| self.nodes[*at].name == name) {
            self.close(depth);
        }
    }

    fn close(&mut self, depth: usize) {
        for at in self.open.drain(depth..) {
            self.nodes[at].end = self.nodes.len();
        }
    }

    fn add(&mut self, name: String, attributes: Vec<(String, String)>, span: Span, words: String) -> usize {
        let at = self.nodes.len();
        self.nodes.push(Node { name, attributes, span, words, end: at + 1, parent: self.open.last().copied() });
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let page = Page::new(text);
        let of = |node: &Node| node.parent.map_or("", |p| page.nodes[p].name.trim_start_matches(ROOT)).to_owned();
        let all = page.nodes.iter().skip(1).filter(|n| !n.is_text() || !n.words.trim().is_empty());
        let name = |n: &Node| if n.is_text() { format!("“{}”", n.words.trim()) } else { n.name.clone() };
        all.map(|n| format!("{}<{}", name(n), of(n))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_not_closed() {
        assert_eq!(shown("<p>one<p>two"), "p< “one”<p p< “two”<p");
        assert_eq!(
            shown("<ul><li>a<li>b<ul><li>c</ul></ul>d"),
            "ul< li<ul “a”<li li<ul “b”<li ul<li li<ul “c”<li “d”<"
        );
        assert_eq!(
            shown("<table><tr><td>1<td>2<tr><td>3</table>x"),
            "table< tr<table td<tr “1”<td td<tr “2”<td tr<table td<tr “3”<td “x”<"
        );
        assert_eq!(shown("a</div><br>b<b>c"), "“a”< br< “b”< b< “c”<b");
    }

    #[test]
    fn scripts_are_text_of_themselves() {
        assert_eq!(shown("<script>if (a<b) {}</script><p>x &amp; y</p>"), "script< “if (a<b) {}”<script p< “x & y”<p");
    }

    #[test]
    fn deep_nesting_ends() {
        let page = Page::new(&"<div>".repeat(100_000));
        assert_eq!(page.nodes.len(), 100_001);
    }
}
