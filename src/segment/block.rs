//! Blocks: the pieces of structure that markup readers hand to the cutting of sentences.

use super::Cell;
use crate::text::Span;

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BlockKind {
    Title,
    Standfirst,
    Heading,
    Paragraph,
    Item,
    Quote,
    Reference,
    /// One cell of a table; never cut.
    Cell(Cell),
}

/// A piece of structure. Blocks come in the order of the text and do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// Trimmed, without bullet and heading mark; never empty.
    pub(super) span: Span,
    /// Stretches within that are no prose (link targets, marks), sorted and disjoint.
    pub(super) holes: Vec<Span>,
    /// Rank of a heading, from 1 down; a line in bold ranks below all that are marked as headings.
    pub(super) level: u8,
    /// Whether the block before it begins on the line directly above.
    pub(super) adjacent: bool,
}

/// Rank of a heading that is no more than a line in bold, or a line by itself in a text without markup.
pub(super) const BOLD: u8 = 7;

impl Block {
    pub(super) fn plain(kind: BlockKind, span: Span, adjacent: bool) -> Block {
        Block { kind, span, holes: Vec::new(), level: BOLD, adjacent }
    }
}

/// Rows of cells that are to become a table. Ranges are trimmed and may be empty.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Span>>,
    /// Whether the markup says that the first row is the header; otherwise its cells tell.
    pub(super) header: bool,
}

impl Table {
    /// The cells with their headers, as blocks; empty cells are left out. `number` is that of the table in the document.
    pub(super) fn blocks(&self, text: &str, number: u32) -> Vec<Block> {
        let header = self.header || self.has_header(text);
        let mut out = Vec::new();
        for (row, cells) in self.rows.iter().enumerate() {
            let row_header = cells.first().copied().filter(|c| !c.is_empty() && !is_figure(c.of(text)));
            for (column, span) in cells.iter().enumerate().filter(|(_, span)| !span.is_empty()) {
                let above =
                    if header && row > 0 { self.rows.first().and_then(|r| r.get(column)).copied() } else { None };
                let cell = Cell {
                    row: row as u32,
                    column: column as u32,
                    row_header: row_header.filter(|_| column > 0),
                    column_header: above.filter(|s| !s.is_empty()),
                    table: number,
                };
                out.push(Block::plain(BlockKind::Cell(cell), *span, row > 0));
            }
        }
        out
    }

    /// Whether the first row names columns: below some name of it stands a figure, and it holds no figure itself.
    fn has_header(&self, text: &str) -> bool {
        let Some((first, rest)) = self.rows.split_first() else { return false };
        let names = first.iter().skip(1).all(|c| !is_figure(c.of(text)));
        names && rest.iter().any(|row| row.iter().skip(1).any(|c| is_figure(c.of(text))))
    }
}

/// Whether a cell states a figure rather than a name; years, quarters and dates are names of columns.
fn is_figure(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    let year =
        cell.split(|c: char| !c.is_ascii_digit()).any(|w| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")));
    let named_year = year && !cell.contains([',', '$', '€', '£', '%']);
    let opens = cell.starts_with(|c: char| !c.is_alphabetic());
    digits > 0 && !named_year && (opens || letters <= 12)
}
