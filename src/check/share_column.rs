//! A column of shares beside the column that it gives the shares of: "Barley | 120 | 48 %" under "Hectares" and "Share".
//!
//! The whole is the row of totals, or the sum of the column where there is none. Of what a share is a share is not said by a
//! table: it is the column of which all other rows support it. So one row may be wrong, and two rows have to be right.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::value::{Interval, Shape};

use super::CheckContext;
use super::equation::{Equation, rounded};
use super::table::{CellFigure, Table};

/// Rows that support at least that a column gives shares of another.
const WITNESSES: usize = 2;

/// The figures of a column by row, without its totals, and the figure of the row of totals.
#[derive(Default)]
struct Column<'t> {
    head: Option<&'t str>,
    rows: BTreeMap<u32, &'t CellFigure<'t>>,
    total: Option<&'t CellFigure<'t>>,
    /// Whether some cell holds several figures, or one that is no plain figure.
    unclear: bool,
}

/// The shares of every column of shares, each with its part.
pub(super) fn equations(context: &CheckContext<'_>, table: &Table<'_>) -> Vec<Equation<'static>> {
    let mut columns: BTreeMap<u32, Column<'_>> = BTreeMap::new();
    for ((row, column), figure) in &table.cells {
        let column = columns.entry(*column).or_default();
        column.head = column.head.or(figure.column_head());
        column.unclear |= !figure.is_plain();
        if figure.row_head().is_some_and(|h| context.holds("totals", None, h)) {
            column.unclear |= column.total.replace(figure).is_some();
        } else {
            column.rows.insert(*row, figure);
        }
    }
    let shares = columns.values().filter(|c| is_share(context, c));
    shares.flat_map(|share| of_best(context, share, columns.values().filter(|c| may_have_shares(c)))).collect()
}

/// Whether a column holds per cents under a head that calls them shares.
fn is_share(context: &CheckContext<'_>, column: &Column<'_>) -> bool {
    let Some(head) = column.head else { return false };
    let called = context.holds("row-heads", Some("share"), head) || head.trim().trim_matches(['(', ')']) == "%";
    let percent = column.rows.values().all(|f| &*f.quantity.unit.name == "percent");
    called && !context.holds("change", None, head) && !column.unclear && percent
}

/// Whether a column has plain figures of one unit: what may have shares. Per cents have none.
fn may_have_shares(column: &Column<'_>) -> bool {
    let mut all = column.rows.values().copied().chain(column.total).map(|f| f.quantity);
    let Some(first) = all.next() else { return false };
    let pure = matches!(first.shape, Shape::Percent | Shape::Multiple | Shape::Ratio);
    !column.unclear && !pure && all.all(|q| q.unit.dimension == first.unit.dimension)
}

/// The rows of a column of shares, held against the column that most of them fit.
fn of_best<'c>(
    context: &CheckContext<'_>,
    share: &Column<'_>,
    others: impl Iterator<Item = &'c Column<'c>>,
) -> Vec<Equation<'static>> {
    // How many rows fit, and all rows: the share, its part, and what that is of the whole.
    type Rows<'r> = Vec<(&'r CellFigure<'r>, &'r CellFigure<'r>, Interval)>;
    let mut best: Option<(usize, Rows<'_>, Option<u32>)> = None;
    let fits = |stated: &CellFigure<'_>, made: &Interval| made.overlaps(&stated.quantity.interval());
    for of in others.filter(|of| of.rows.keys().eq(share.rows.keys())) {
        let figures = || of.rows.values().map(|f| f.quantity.interval());
        let sum = || figures().try_fold(Interval::point(Decimal::ZERO), |sum, q| sum.add(&q));
        let Some(whole) = of.total.map(|f| f.quantity.interval()).or_else(sum) else { continue };
        let hundred = Interval::point(Decimal::ONE_HUNDRED);
        let made = |part: &CellFigure<'_>| part.quantity.interval().mul(&hundred)?.div(&whole);
        let pairs = share.rows.values().zip(of.rows.values());
        let rows: Rows<'_> = pairs.filter_map(|(stated, part)| Some((*stated, *part, made(part)?))).collect();
        let fit = rows.iter().filter(|(stated, _, made)| fits(stated, made)).count();
        if best.as_ref().is_none_or(|(most, ..)| *most < fit) {
            best = Some((fit, rows, of.total.map(|f| f.at)));
        }
    }
    let Some((fit, rows, total)) = best else { return Vec::new() };
    if fit < WITNESSES || rows.len() > fit + 1 {
        return Vec::new();
    }
    let equation = |(stated, part, made): &(&CellFigure<'_>, &CellFigure<'_>, Interval)| {
        let (right, holds) = (rounded(made, 1), fits(stated, made));
        let part_words = context.words(context.claim(part.at));
        let because = format!("{part_words} of the whole is {right} per cent; all other rows fit");
        let equation = Equation::new([("share", stated.at), ("part", part.at)], holds, right).with("whole", total);
        if holds { equation } else { equation.because(because) }
    };
    rows.iter().map(equation).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::check;

    #[test]
    fn one_share_among_those_that_fit() {
        let table = |head: &str, last: &str| {
            format!("| Field | Sacks | {head} |\n|---|---|---|\n| East | 60 | 30% |\n| West | 100 | 50% |\n{last}\n")
        };
        let check = |head: &str, last: &str, holds| check("share-column", &[(&table(head, last), holds)]);
        check("Share", "| North | 40 | 20% |", Some(true));
        check("Share", "| North | 40 | 25% |", Some(false));
        check("Share", "| North | 40 | 20% |\n| Total | 200 | 100% |", Some(true));
        check("Change", "| North | 40 | 25% |", None);
        check("Share", "| North | 90 | 25% |", None);
    }
}
