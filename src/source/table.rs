//! The tables of a sheet of cells, as spreadsheets and CSV hold them.
//!
//! Comes in: cells with their places. Goes out: what each of them is: a cell of a table, or a line above or below one.

use std::borrow::Cow;

use super::line::ends_sentence;
use super::reader::PieceKind;

/// Most cells of a file that are read.
pub(super) const MOST_CELLS: usize = 1_000_000;
/// Rows below a header that are looked at to tell it.
const NEAR: usize = 20;
/// A line of more bytes is no title.
const LONGEST: usize = 200;

/// A cell that is not empty.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    /// Row of the sheet; where a number is left out, blank rows lie between.
    pub(super) row: u32,
    /// Column from 0.
    pub(super) column: u32,
    /// Whether its row can have no other cell.
    pub(super) alone: bool,
    /// Its words.
    pub(super) words: Cow<'a, str>,
    /// Where they stand in the file.
    pub(super) at: usize,
}

/// What each of the cells of a sheet is, these being sorted by row and column; `tables` numbers the tables of the
/// document.
///
/// A table begins with the first row of more than one cell, and a further one where a header stands below a blank row.
/// Rows above it are paragraphs, and so are lines below it. Where no row has more than one cell, all are items and
/// paragraphs.
pub(super) fn kinds(cells: &[Cell<'_>], tables: &mut u32) -> Vec<PieceKind> {
    let rows: Vec<&[Cell<'_>]> = cells.chunk_by(|a, b| a.row == b.row).collect();
    let wide = |row: &&[Cell<'_>]| row.len() > 1;
    let listed = !rows.iter().any(wide);
    let left = cells.iter().map(|cell| cell.column).min().unwrap_or_default();
    let line = |cell: &Cell<'_>| {
        if listed && !ends_sentence(&cell.words) { PieceKind::Item } else { PieceKind::Paragraph }
    };
    let mut out = Vec::with_capacity(cells.len());
    // The number of the table that is open, and its next row.
    let mut open: Option<(u32, u32)> = None;
    let mut at = 0;
    for part in rows.chunk_by(|a, b| b[0].row <= a[0].row.saturating_add(1)) {
        let first = part.iter().position(wide).unwrap_or(part.len());
        let end = part.iter().rposition(|row| wide(row) || !row[0].alone).map_or(first, |last| first.max(last + 1));
        out.extend(part[..first].iter().copied().flatten().map(line));
        let headed = first < end && is_head(&rows[at + first..], open.is_some());
        for (index, row) in part[first..end].iter().enumerate() {
            if index == 0 && (headed || open.is_none()) {
                open = Some((*tables, 0));
                *tables += 1;
            }
            let (table, row_number) = open.unwrap_or_default();
            out.extend(row.iter().map(|cell| PieceKind::Cell {
                table,
                row: row_number,
                column: cell.column - left,
                head: headed && index == 0,
            }));
            open = Some((table, row_number + 1));
        }
        out.extend(part[end..].iter().copied().flatten().map(line));
        at += part.len();
    }
    out
}

/// Whether the first of the cells is the title of a table below.
pub(super) fn is_titled(cells: &[Cell<'_>], kinds: &[PieceKind]) -> bool {
    let title = |words: &str| words.len() <= LONGEST && words.contains(char::is_alphabetic) && !ends_sentence(words);
    kinds.first() == Some(&PieceKind::Paragraph)
        && kinds.iter().any(|kind| matches!(kind, PieceKind::Cell { .. }))
        && cells.first().is_some_and(|cell| title(&cell.words))
}

/// Whether the first row names the columns of those below: all but one at most, and not by figures, unless these are
/// years over something else. `surely` wants figures below it.
fn is_head(rows: &[&[Cell<'_>]], surely: bool) -> bool {
    let Some((head, below)) = rows.split_first() else { return false };
    let near = &below[..below.len().min(NEAR)];
    let Some(next) = near.iter().find(|row| row.len() > 1) else { return false };
    let widest = near.iter().map(|row| row.len()).max().unwrap_or_default();
    let counted = || near.iter().copied().flatten().any(|cell| is_figure(&cell.words));
    if head.len() + 1 < widest || surely && !counted() {
        return false;
    }
    let under = |column: u32| next.binary_search_by_key(&column, |cell| cell.column).ok().and_then(|at| next.get(at));
    let figures = || head.iter().filter(|cell| is_figure(&cell.words));
    let year = |cell: &Cell<'_>| is_year(&cell.words) && !under(cell.column).is_some_and(|u| is_year(&u.words));
    figures().next().is_none() || figures().count() > 1 && figures().all(year)
}

/// Whether words are a number, an amount or a date in figures.
fn is_figure(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit()) && !words.contains(char::is_alphabetic)
}

fn is_year(words: &str) -> bool {
    let words = words.trim_matches(|c: char| c.is_whitespace() || c == '"');
    words.len() == 4 && words.parse().is_ok_and(|year: u32| (1500..2200).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the cells of a sheet are, a letter each: Head, Cell, Paragraph, Item; a line a row, `|` between cells.
    fn check(sheet: &str, expected: &str) {
        let mut cells = Vec::new();
        for (row, line) in sheet.lines().enumerate() {
            let alone = !line.contains('|');
            let filled = line.split('|').enumerate().filter(|(_, words)| !words.is_empty());
            cells.extend(filled.map(|(column, words)| Cell {
                row: row as u32,
                column: column as u32,
                alone,
                words: words.into(),
                at: 0,
            }));
        }
        let mut tables = 0;
        let shown: String = kinds(&cells, &mut tables)
            .iter()
            .map(|kind| match kind {
                PieceKind::Cell { head: true, .. } => 'H',
                PieceKind::Cell { .. } => 'C',
                PieceKind::Item => 'I',
                _ => 'P',
            })
            .collect();
        assert_eq!(format!("{shown} {tables}"), expected, "{sheet}");
    }

    #[test]
    fn headers() {
        check("Year|Visitors\n2030|4,000\n2031|5,000", "HHCCCC 1");
        check("Keeper|Boat\nAgnes|Otter\nOmar|Heron", "HHCCCC 1");
        check("Mill|2030|2031\nOtter|4000|5000", "HHHCCC 1");
        check("|Visitors|Cost\nOtter|4000|5", "HHCCC 1");
        check("2030|4,000\n2031|5,000", "CCCC 1");
        check("Otter|2030\nHeron|2031", "CCCC 1");
        check("Year|Visitors", "CC 1");
    }

    #[test]
    fn what_stands_about_a_table() {
        check("Mills of the valley\nYear|Visitors\n2030|4,000\nSource: the weir office", "PHHCCP 1");
        check("Mill|Visitors\nOtter|4000\nHeron|\nBoth|9000", "HHCCCCC 1");
        check("A|B\nx|1\n\nSecond\nC|D\ny|2\n\nz|3", "HHCCPHHCCCC 2");
        check("Otter\nHeron\nBoth are open.", "IIP 0");
    }
}
