//! Paragraphs and tables that lie in one another, as office documents keep them, made one row of blocks.
//!
//! Comes in: the beginnings and ends of paragraphs, tables, rows and cells, and words. Goes out: [`Blocks`]. A paragraph
//! within a paragraph, as text boxes are, comes behind it; a table within a table is text of the cell that it lies in.

use super::blocks::Blocks;
use super::reader::PieceKind;
use crate::text::one_line;

/// Bytes of text beyond which a cell holds prose and no value: its paragraphs are read as such.
const PROSE: usize = 400;

/// A document while its reader goes through it.
pub(super) struct Flow {
    blocks: Blocks,
    /// Blocks that wait for the end of the outermost paragraph or table.
    waiting: Vec<Waiting>,
    /// The paragraphs that are open, by their places in `waiting`.
    open: Vec<usize>,
    /// The outermost table.
    table: Option<Table>,
    /// Bytes of words that were added.
    size: u64,
}

struct Waiting {
    kind: PieceKind,
    words: String,
    /// The cell that it lies in, by its place in the cells of the table.
    cell: Option<usize>,
}

struct Table {
    /// The first of its blocks.
    from: usize,
    /// How many tables are open in it.
    within: u32,
    /// One more than the row at hand.
    row: u32,
    /// The next column.
    column: u32,
    /// Whether the row at hand is marked as a header, and whether any is.
    head: (bool, bool),
    cells: Vec<Cell>,
    in_cell: bool,
}

struct Cell {
    row: u32,
    column: u32,
    head: bool,
    size: usize,
}

impl Flow {
    pub(super) fn new() -> Flow {
        Flow { blocks: Blocks::new(), waiting: Vec::new(), open: Vec::new(), table: None, size: 0 }
    }

    /// Bytes of words so far.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Begins a paragraph.
    pub(super) fn paragraph(&mut self) {
        let cell = self.table.as_ref().filter(|table| table.in_cell).and_then(|table| table.cells.len().checked_sub(1));
        self.open.push(self.waiting.len());
        self.waiting.push(Waiting { kind: PieceKind::Paragraph, words: String::new(), cell });
    }

    /// Adds words to the innermost paragraph; outside of all they are no text.
    pub(super) fn words(&mut self, words: &str) {
        if let Some(waiting) = self.open.last().and_then(|at| self.waiting.get_mut(*at)) {
            waiting.words.push_str(words);
            self.size += words.len() as u64;
        }
    }

    /// Ends the innermost paragraph, and gives its words.
    pub(super) fn end_paragraph(&mut self, kind: PieceKind) -> String {
        let Some(at) = self.open.pop() else { return String::new() };
        let last = at + 1 == self.waiting.len();
        let Some(waiting) = self.waiting.get_mut(at) else { return String::new() };
        waiting.kind = kind;
        let words = one_line(&waiting.words);
        if last && words.is_empty() {
            self.waiting.pop();
        }
        self.flush();
        words
    }

    /// Begins a table.
    pub(super) fn table(&mut self) {
        let from = self.waiting.len();
        let new =
            || Table { from, within: 0, row: 0, column: 0, head: (false, false), cells: Vec::new(), in_cell: false };
        self.table.get_or_insert_with(new).within += 1;
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        if let Some(table) = self.outermost() {
            (table.row, table.column, table.head.0) = (table.row + 1, 0, false);
        }
    }

    /// Takes back the row that was begun.
    pub(super) fn no_row(&mut self) {
        if let Some(table) = self.outermost() {
            table.row = table.row.saturating_sub(1);
        }
    }

    /// Marks the row as a header.
    pub(super) fn head(&mut self) {
        if let Some(table) = self.outermost() {
            table.head = (true, true);
        }
    }

    /// Passes over columns of the row.
    pub(super) fn skip(&mut self, columns: u32) {
        if let Some(table) = self.outermost() {
            table.column = table.column.saturating_add(columns);
        }
    }

    /// Begins a cell.
    pub(super) fn cell(&mut self) {
        if let Some(table) = self.outermost() {
            let row = table.row.saturating_sub(1);
            table.cells.push(Cell { row, column: table.column, head: table.head.0, size: 0 });
            (table.in_cell, table.column) = (true, table.column.saturating_add(1));
        }
    }

    /// Ends the cell.
    pub(super) fn end_cell(&mut self) {
        if let Some(table) = self.outermost() {
            table.in_cell = false;
        }
    }

    /// Ends the innermost table.
    pub(super) fn end_table(&mut self) {
        let Some(table) = &mut self.table else { return };
        table.within = table.within.saturating_sub(1);
        if table.within > 0 {
            return;
        }
        let Some(mut table) = self.table.take() else { return };
        let blocks = self.waiting.get_mut(table.from..).unwrap_or_default();
        for block in blocks.iter() {
            if let Some(cell) = block.cell.and_then(|at| table.cells.get_mut(at)) {
                cell.size += block.words.len();
            }
        }
        // One cell a row is a frame around paragraphs.
        let data = table.cells.len() > table.row as usize;
        let number = if data { self.blocks.table() } else { 0 };
        for block in blocks.iter_mut().filter(|_| data) {
            let cell = block.cell.and_then(|at| table.cells.get(at));
            if let Some(cell) = cell.filter(|cell| cell.size <= PROSE) {
                let head = cell.head || !table.head.1 && cell.row == 0 && table.row > 1;
                block.kind = PieceKind::Cell { table: number, row: cell.row, column: cell.column, head };
            }
        }
        self.flush();
    }

    /// The open table where no other is open in it.
    fn outermost(&mut self) -> Option<&mut Table> {
        self.table.as_mut().filter(|table| table.within == 1)
    }

    fn flush(&mut self) {
        if self.open.is_empty() && self.table.is_none() {
            for Waiting { kind, words, .. } in self.waiting.drain(..) {
                self.blocks.block(kind, &words);
            }
        }
    }

    /// Ends what is open, as at the end of a file that is cut off.
    pub(super) fn end(&mut self) {
        while !self.open.is_empty() {
            self.end_paragraph(PieceKind::Paragraph);
        }
        while self.table.is_some() {
            self.end_table();
        }
    }

    /// All blocks.
    pub(super) fn finish(mut self) -> Blocks {
        self.end();
        self.blocks
    }
}
