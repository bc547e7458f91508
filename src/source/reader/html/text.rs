//! The text of a page, block by block, with the way back to the page.

use super::article::Article;
use super::tree::Page;
use crate::source::blocks::{Blocks, Gathered};
use crate::source::reader::PieceKind;

/// Most bytes of a reference to a character: "&CounterClockwiseContourIntegral;".
const REFERENCE: usize = 40;
/// Most bytes of the mark of a note: "[12]".
const NOTE: usize = 6;

/// Gathers the text of a page, `source` being the page as it is. `title` is the stretch of text of a title that stands
/// nowhere in it: it comes first.
pub(super) fn gather(page: &Page, source: &str, article: &Article, title: Option<usize>) -> Gathered {
    let mut blocks = Blocks::new();
    if let Some(title) = title {
        Writer { source, blocks: &mut blocks, tables: Vec::new() }.words(page, title);
        blocks.begin_body();
    }
    add(page, source, article, &mut blocks);
    blocks.finish()
}

/// Adds the text of a page to blocks.
pub(super) fn add(page: &Page, source: &str, article: &Article, blocks: &mut Blocks) {
    Writer { source, blocks, tables: Vec::new() }.element(page, article);
}

struct Writer<'a> {
    source: &'a str,
    blocks: &'a mut Blocks,
    /// The tables of data that are open.
    tables: Vec<Table>,
}

struct Table {
    element: usize,
    number: u32,
    /// One more than the row and the column at hand.
    row: u32,
    column: u32,
}

impl Writer<'_> {
    fn element(&mut self, page: &Page, article: &Article) {
        let last = page.nodes.get(article.root).map_or(0, |n| n.end);
        // The elements that are open, each with what the blocks right in it are.
        let mut open: Vec<(usize, PieceKind)> = Vec::new();
        let mut at = article.root;
        while at < last {
            while let Some((up, kind)) = open.pop_if(|(up, _)| page.nodes[*up].end <= at) {
                self.blocks.end(kind);
                self.tables.pop_if(|table| table.element == up);
            }
            let node = &page.nodes[at];
            let note =
                node.name == "sup" && page.text(at).len() <= NOTE && page.within(at).any(|n| page.nodes[n].name == "a");
            if article.leaves_out(at) || note {
                at = node.end;
                continue;
            }
            let outer = open.last().map_or(PieceKind::Paragraph, |(_, kind)| *kind);
            if node.is_text() {
                self.words(page, at);
            } else if node.name == "br" {
                self.blocks.blank(node.span.start as usize);
            } else if let Some(kind) = self.kind(page, at, outer) {
                self.blocks.end(outer);
                open.push((at, kind));
            }
            at += 1;
        }
        while let Some((_, kind)) = open.pop() {
            self.blocks.end(kind);
        }
        self.blocks.end(PieceKind::Paragraph);
    }

    /// What the blocks right in an element are; `None` of an element within a line.
    fn kind(&mut self, page: &Page, at: usize, outer: PieceKind) -> Option<PieceKind> {
        let node = &page.nodes[at];
        match node.name.as_str() {
            "h1" => Some(PieceKind::Heading(1)),
            "h2" => Some(PieceKind::Heading(2)),
            "h3" => Some(PieceKind::Heading(3)),
            "h4" => Some(PieceKind::Heading(4)),
            "h5" => Some(PieceKind::Heading(5)),
            "h6" => Some(PieceKind::Heading(6)),
            "li" | "dd" | "dt" => Some(PieceKind::Item),
            "blockquote" => Some(PieceKind::Quote),
            "table" => {
                if is_data(page, at) {
                    self.tables.push(Table { element: at, number: self.blocks.table(), row: 0, column: 0 });
                }
                Some(outer)
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.column) = (table.row + 1, 0);
                }
                Some(outer)
            }
            "td" | "th" => {
                let spans = node.attribute("colspan").and_then(|s| s.parse::<u32>().ok()).unwrap_or(1).clamp(1, 100);
                let head = node.name == "th" || page.above(at).any(|up| page.nodes[up].name == "thead");
                let cell = self.tables.last_mut().filter(|t| t.row > 0).map(|table| {
                    table.column += spans;
                    let (row, column) = (table.row - 1, table.column - spans);
                    PieceKind::Cell { table: table.number, row, column, head }
                });
                Some(cell.unwrap_or(outer))
            }
            "address" | "article" | "body" | "caption" | "center" | "details" | "div" | "dl" | "fieldset"
            | "figcaption" | "figure" | "header" | "hr" | "html" | "legend" | "main" | "ol" | "p" | "section"
            | "summary" | "tbody" | "tfoot" | "thead" | "ul" => Some(outer),
            _ => None,
        }
    }

    /// Writes a stretch of text, white space made one space.
    fn words(&mut self, page: &Page, at: usize) {
        let node = &page.nodes[at];
        let raw = node.span.of(self.source);
        let (mut from, mut rest) = (node.span.start as usize, node.words.as_str());
        let mut left = raw;
        while let Some(c) = rest.chars().next() {
            let (words, bytes) = match left.chars().next() {
                // A reference to a character: as much of the page as gives what stands here.
                Some('&') => reference(left, rest),
                Some(own) if own == c => (c.len_utf8(), c.len_utf8()),
                // "\r\n" is one line break.
                Some('\r') if c == '\n' => (1, if left.starts_with("\r\n") { 2 } else { 1 }),
                _ => (rest.len(), left.len()),
            };
            let written = &rest[..words];
            if written.chars().all(char::is_whitespace) {
                self.blocks.blank(from);
            } else {
                self.blocks.put(written, from, bytes);
            }
            (rest, left, from) = (&rest[words..], &left[bytes.min(left.len())..], from + bytes);
        }
    }
}

/// The bytes of what a reference to a character gives, and of the reference.
fn reference(left: &str, rest: &str) -> (usize, usize) {
    let named = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let length = 1 + left[1..].find(|c: char| !named(c)).unwrap_or(left.len() - 1);
    let length = length + usize::from(left[length..].starts_with(';'));
    let length = length.min(REFERENCE);
    let given: String =
        left.get(..length).map_or_else(String::new, |own| Page::new(own).nodes.into_iter().map(|n| n.words).collect());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    if !given.is_empty() && rest.starts_with(&given) { (given.len(), length) } else { (first, 1) }
}

/// Whether a table holds data rather than the parts of a page: more than one row and column, no table within, no long text.
fn is_data(page: &Page, at: usize) -> bool {
    let named = |name: &'static str| page.within(at).filter(move |n| page.nodes[*n].name == name);
    let cells = || named("td").chain(named("th"));
    let role = page.nodes[at].attribute("role");
    let long = |n: usize| page.within(n).map(|t| page.nodes[t].words.trim().len()).sum::<usize>() > 400;
    !matches!(role, Some("presentation" | "none"))
        && named("table").next().is_none()
        && cells().count() > named("tr").count()
        && !cells().any(long)
}
