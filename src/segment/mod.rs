//! Segments: the sentences, headings, list items and cells of a document.
//!
//! Comes in: a document. Goes out: segments in the order of the text, without overlap. Nothing is dropped because of what
//! it says: boilerplate comes out marked, and later stages leave it alone.

mod block;
mod boundary;
mod label;
mod md;
mod pieces;
mod split;
mod txt;

pub use split::{English, Splitter};

use block::{Block, BlockKind};
use serde::{Deserialize, Serialize};

use crate::source::{Document, Markup};
use crate::text::Span;

/// A piece of a document that says one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Where it stands: trimmed, never empty, without bullet or heading mark.
    pub span: Span,
    /// What it is.
    pub kind: SegmentKind,
    /// Number of the paragraph, list item or table row it stands in. Never falls from one segment to the next.
    pub block: u32,
    /// Index of the nearest heading above it that is no noise; a heading has the one above itself.
    pub heading: Option<u32>,
    /// Rank of a heading, from 1 down: a section lasts up to the next heading of its rank or above. 0 for all else.
    pub level: u8,
    /// Whether it is boilerplate.
    pub noise: bool,
    /// Place and headers, of a cell only.
    pub cell: Option<Cell>,
    /// Stretches of the span that are no prose (link targets, emphasis marks, `>` of a quotation): sorted, disjoint, inside.
    pub holes: Vec<Span>,
}

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SegmentKind {
    /// The title; it may stand in the front matter, if the body does not repeat it.
    Title,
    /// A sentence of the lead under the title.
    Standfirst,
    /// A heading, whole.
    Heading,
    /// A sentence of a paragraph.
    Sentence,
    /// A sentence of a list item.
    ListItem,
    /// An entry of a list of references, or a footnote.
    Reference,
    /// A cell of a table, whole.
    Cell,
    /// A sentence of a block quotation.
    Quote,
}

/// Place of a cell in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Row from 0; a header row is row 0.
    pub row: u32,
    /// Column from 0.
    pub column: u32,
    /// The first cell of the row, for the others, if it is a name and no figure.
    pub row_header: Option<Span>,
    /// The cell of the header row above it, for cells below one.
    pub column_header: Option<Span>,
    /// Number of the table in the document, from 0.
    pub table: u32,
}

/// Cuts a document into segments. Linear in the text; never fails.
pub fn segment(document: &Document) -> Vec<Segment> {
    let mut out = Vec::new();
    segments(document, |segment| out.push(segment));
    out
}

/// [`segment`], handing each on as it is cut, for those who need no more than one at a time.
pub fn segments(document: &Document, each: impl FnMut(Segment)) {
    let text = document.text.as_str();
    let mut blocks = match document.markup {
        Markup::Plain => txt::blocks(text, document.body, &document.noise),
        Markup::Markdown => md::blocks(text, document.body),
        Markup::Blocks => pieces::blocks(text, &document.pieces),
    };
    label::title(document, &mut blocks);
    label::references(text, &mut blocks);
    cut(document, &blocks, &English, each);
}

fn cut(document: &Document, blocks: &[Block], splitter: &dyn Splitter, mut each: impl FnMut(Segment)) {
    let text = document.text.as_str();
    let mut index = 0u32;
    let mut heading = None;
    let mut number = 0u32;
    let mut row = None;
    for (i, block) in blocks.iter().enumerate() {
        let cell = match block.kind {
            BlockKind::Cell(cell) => Some(cell),
            _ => None,
        };
        let this_row = cell.map(|c| (c.table, c.row));
        if i > 0 && (this_row.is_none() || this_row != row) {
            number += 1;
        }
        row = this_row;
        let kind = match block.kind {
            BlockKind::Title => SegmentKind::Title,
            BlockKind::Standfirst => SegmentKind::Standfirst,
            BlockKind::Heading => SegmentKind::Heading,
            BlockKind::Paragraph => SegmentKind::Sentence,
            BlockKind::Item => SegmentKind::ListItem,
            BlockKind::Quote => SegmentKind::Quote,
            BlockKind::Reference => SegmentKind::Reference,
            BlockKind::Cell(_) => SegmentKind::Cell,
        };
        let whole =
            matches!(kind, SegmentKind::Title | SegmentKind::Heading | SegmentKind::Cell | SegmentKind::Reference);
        let spans = if whole { vec![block.span] } else { sentences(text, block, splitter) };
        let mut holes = block.holes.iter().copied().peekable();
        for span in spans {
            let noise = is_noise(document, span);
            let mut own = Vec::new();
            while let Some(hole) = holes.next_if(|h| h.start < span.end) {
                if span.contains(hole) {
                    own.push(hole);
                }
            }
            let level = if kind == SegmentKind::Heading { block.level } else { 0 };
            each(Segment { span, kind, block: number, heading, level, noise, cell, holes: own });
            if kind == SegmentKind::Heading && !noise {
                heading = Some(index);
            }
            index += 1;
        }
    }
}

/// The sentences of a block. Holes are covered for the splitter: what stands in a link target ends no sentence, and
/// emphasis around an end does not hide it.
fn sentences(text: &str, block: &Block, splitter: &dyn Splitter) -> Vec<Span> {
    let base = block.span.start as usize;
    let words = block.span.of(text);
    let covered = if block.holes.is_empty() { None } else { cover(words, block, base) };
    let found = splitter.split(covered.as_deref().unwrap_or(words));
    found.into_iter().map(|r| trim_to_prose(text, Span::new(base + r.start, base + r.end), &block.holes)).collect()
}

/// The words with every hole overwritten, byte for byte: by spaces after a line break, by closing brackets after a word,
/// by an apostrophe where words begin.
fn cover(words: &str, block: &Block, base: usize) -> Option<String> {
    let mut bytes = words.as_bytes().to_vec();
    for hole in &block.holes {
        let (start, end) = (hole.start as usize - base, hole.end as usize - base);
        let before = start.checked_sub(1).map_or(b' ', |i| bytes[i]);
        let fill = match before {
            b'\n' | b'\r' => b' ',
            b if b.is_ascii_whitespace() || b == b'(' || b == b'[' => b'\'',
            _ => b']',
        };
        bytes[start..end].fill(fill);
    }
    String::from_utf8(bytes).ok()
}

/// A sentence without holes at its ends.
fn trim_to_prose(text: &str, mut span: Span, holes: &[Span]) -> Span {
    let from = holes.partition_point(|h| h.start < span.start);
    if let Some(hole) = holes.get(from).filter(|h| h.start == span.start && h.end < span.end) {
        span.start = hole.end;
    }
    let to = holes.partition_point(|h| h.end < span.end);
    if let Some(hole) = holes.get(to).filter(|h| h.end == span.end && h.start > span.start) {
        span.end = hole.start;
    }
    let words = span.of(text);
    let start = span.start as usize + (words.len() - words.trim_start().len());
    let trimmed = words.trim();
    if trimmed.is_empty() { span } else { Span::new(start, start + trimmed.len()) }
}

/// Whether boilerplate covers more than half of a span.
fn is_noise(document: &Document, span: Span) -> bool {
    let from = document.noise.partition_point(|n| n.end <= span.start);
    let covered: u32 = document.noise[from..]
        .iter()
        .take_while(|n| n.start < span.end)
        .map(|n| n.end.min(span.end) - n.start.max(span.start))
        .sum();
    covered * 2 > span.len()
}

#[cfg(test)]
mod tests;
