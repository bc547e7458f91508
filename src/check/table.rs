//! The figures of a table by row and column, for checks that hold them against each other.
//!
//! Comes in: the claims of a document. Goes out: each cell that has figures; nothing is added up here.

use std::collections::BTreeMap;

use crate::segment::Cell;
use crate::value::{Bound, Quantity, Value};

use super::CheckContext;

/// The figure of a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellFigure<'a> {
    /// Its claim; of several the last.
    pub(super) at: u32,
    /// What it is.
    pub(super) quantity: &'a Quantity,
    /// Where it stands, with its heads.
    cell: Cell,
    /// Whether the cell has more figures than this.
    several: bool,
    /// The text of its document.
    text: &'a str,
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table<'a> {
    /// Its figures, by row and column.
    pub(super) cells: BTreeMap<(u32, u32), CellFigure<'a>>,
}

impl<'a> Table<'a> {
    /// The tables of a document that hold figures, by number.
    pub(super) fn all(context: &CheckContext<'a>, source: u32) -> BTreeMap<u32, Table<'a>> {
        let mut tables: BTreeMap<u32, Table<'a>> = BTreeMap::new();
        for at in context.of_document(source) {
            let claim = context.claim(at);
            let cell = context.segment_of(claim).and_then(|s| context.segments[source as usize][s].cell);
            let (Some(cell), Value::Quantity(quantity)) = (cell.filter(|_| !claim.noise), &claim.value) else {
                continue;
            };
            let cells = &mut tables.entry(cell.table).or_default().cells;
            let several = cells.contains_key(&(cell.row, cell.column));
            let figure = CellFigure { at, quantity, cell, several, text: context.text(source) };
            cells.insert((cell.row, cell.column), figure);
        }
        tables
    }
}

impl<'a> CellFigure<'a> {
    /// Whether it is the only one of its cell, and stated as it is and not as a bound.
    pub(super) fn is_plain(&self) -> bool {
        !self.several && self.quantity.number.is_some() && matches!(self.quantity.bound, Bound::Exact | Bound::Approx)
    }

    /// The head of its column.
    pub(super) fn column_head(&self) -> Option<&'a str> {
        self.cell.column_header.map(|h| h.of(self.text))
    }

    /// The head of its row.
    pub(super) fn row_head(&self) -> Option<&'a str> {
        self.cell.row_header.map(|h| h.of(self.text))
    }
}
