//! The structure of a document whose reader has found its blocks.

use super::block::{BOLD, Block, BlockKind, Table};
use crate::source::{Piece, PieceKind};
use crate::text::Span;

/// The blocks of a text from what its reader has found.
pub(super) fn blocks(text: &str, pieces: &[Piece]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let table = |piece: &Piece| match piece.kind {
        PieceKind::Cell { table, .. } => Some(table),
        _ => None,
    };
    for run in pieces.chunk_by(|a, b| table(a).is_some() && table(a) == table(b)) {
        match run.first().and_then(table) {
            Some(number) => out.extend(cells(run).blocks(text, number)),
            None => out.extend(run.iter().map(block)),
        }
    }
    out
}

fn block(piece: &Piece) -> Block {
    let (kind, level) = match piece.kind {
        PieceKind::Heading(level) => (BlockKind::Heading, level),
        PieceKind::Item => (BlockKind::Item, BOLD),
        PieceKind::Quote => (BlockKind::Quote, BOLD),
        PieceKind::Paragraph | PieceKind::Cell { .. } => (BlockKind::Paragraph, BOLD),
    };
    Block { level, ..Block::plain(kind, piece.span, false) }
}

/// The rows of a table; where it has no cell, or two, of a column, an empty one, or the first.
fn cells(run: &[Piece]) -> Table {
    let mut table = Table::default();
    let mut heads = true;
    for piece in run {
        let PieceKind::Cell { row, column, head, .. } = piece.kind else { continue };
        let (row, column) = (row as usize, column as usize);
        if table.rows.len() <= row {
            table.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut table.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, Span::default());
        }
        if cells[column].is_empty() {
            cells[column] = piece.span;
        }
        heads &= row > 0 || head;
    }
    // Rows that came to nothing are none.
    table.rows.retain(|cells| !cells.is_empty());
    table.header = heads && table.rows.len() > 1;
    table
}
