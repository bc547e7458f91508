//! A last or first column that is the sum of the others in every row but one, or such a row: "Played" behind "Won", "Drawn" and
//! "Lost", "Quarter" below three months.
//!
//! What is called a total the formulas over rows and columns see to. Here no head says so, and the table itself has to: two
//! other rows, or another column of three parts or more, have to add up to the last digit.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::value::{Bound, Interval};

use super::CheckContext;
use super::equation::Equation;
use super::figures::base;
use super::table::{CellFigure, Table};

/// Rows that have to add up.
const ROWS: usize = 2;
/// Parts of a column that adds up; with fewer it may do so by chance.
const PARTS: usize = 3;

/// One line of a table: its total, and its parts.
struct Line<'t> {
    total: &'t CellFigure<'t>,
    parts: Vec<&'t CellFigure<'t>>,
}

/// The only line of a table that does not add up. The first column names the rows.
pub(super) fn equations(context: &CheckContext<'_>, table: &Table<'_>) -> Vec<Equation<'static>> {
    let cells = || table.cells.iter().filter(|((_, column), _)| *column > 0);
    let rows: BTreeSet<u32> = cells().map(|((r, _), _)| *r).collect();
    let columns: BTreeSet<u32> = cells().map(|((_, c), _)| *c).collect();
    let plain = |f: &CellFigure<'_>| f.is_plain() && f.quantity.bound == Bound::Exact;
    if cells().count() != rows.len() * columns.len() || !cells().all(|(_, f)| plain(f)) {
        return Vec::new();
    }
    let lines = |along: &BTreeSet<u32>, across: &BTreeSet<u32>, total: u32, by_row: bool| -> Vec<Line<'_>> {
        let cell = |a: u32, b: u32| &table.cells[&if by_row { (a, b) } else { (b, a) }];
        let parts = |a: u32| across.iter().filter(move |b| **b != total).map(move |&b| cell(a, b));
        along.iter().map(|&a| Line { total: cell(a, total), parts: parts(a).collect() }).collect()
    };
    let ends = |all: &BTreeSet<u32>| all.last().copied().into_iter().chain(all.first().copied());
    let by_row = ends(&columns).map(|total| (lines(&rows, &columns, total, true), ROWS, 2));
    let by_column = ends(&rows).map(|total| (lines(&columns, &rows, total, false), 1, PARTS));
    let odd = by_row.chain(by_column).find_map(|(lines, least, parts)| odd(context, &lines, least, parts));
    odd.into_iter().collect()
}

/// The only line that does not add up where at least so many do.
fn odd(context: &CheckContext<'_>, lines: &[Line<'_>], least: usize, parts: usize) -> Option<Equation<'static>> {
    let stated = |line: &Line<'_>| {
        let numbers: Option<Vec<Decimal>> = line.parts.iter().map(|p| base(p.quantity)).collect();
        let positive = |n: &&Decimal| n.is_sign_positive() && !n.is_zero();
        numbers.is_some_and(|n| n.len() >= parts && n.iter().filter(positive).count() >= parts.min(2))
    };
    let adds_up = |line: &&Line<'_>| line.sum().is_some() && line.sum() == base(line.total.quantity);
    let (right, wrong): (Vec<&Line<'_>>, Vec<&Line<'_>>) = lines.iter().partition(adds_up);
    let [odd] = wrong.as_slice() else { return None };
    let total = base(odd.total.quantity)?;
    let more = odd.parts.iter().all(|p| base(p.quantity).is_some_and(|n| n < total && !n.is_sign_negative()));
    let others = right.iter().filter(|l| stated(l)).count();
    let supported = others >= least && others == right.len();
    if odd.rounded() || !supported || !stated(odd) || !more || !odd.summed(context) {
        return None;
    }
    let made = odd.sum()?.checked_div(odd.total.quantity.unit.factor)?.normalize().to_string();
    let equation = Equation::new([("total", odd.total.at)], false, made).with("part", odd.parts.iter().map(|p| p.at));
    Some(equation.because(format!("{others} others of the table add up")))
}

impl Line<'_> {
    fn sum(&self) -> Option<Decimal> {
        self.parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(base(p.quantity)?))
    }

    /// Whether it adds up as far as its fractions are printed: 33.3, 33.3 and 33.3 make 100.0.
    fn rounded(&self) -> bool {
        let interval = |f: &CellFigure<'_>| {
            let fraction = f.quantity.step < Decimal::ONE;
            if fraction { Some(f.quantity.interval()) } else { base(f.quantity).map(Interval::point) }
        };
        let made = self.parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, p| sum.add(&interval(p)?));
        made.zip(interval(self.total)).is_some_and(|(made, total)| made.overlaps(&total))
    }

    /// Whether its figures are of one unit, and no head says that they do not add up: rates, ranks, means.
    fn summed(&self, context: &CheckContext<'_>) -> bool {
        let rate = |head: Option<&str>| head.is_some_and(|h| context.holds("rates", None, h));
        let unit = &self.total.quantity.unit.dimension;
        let all = self.parts.iter().chain([&self.total]);
        all.into_iter().all(|f| !rate(f.column_head()) && !rate(f.row_head()) && f.quantity.unit.dimension == *unit)
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::outcome;

    /// Whether the check holds of a text, or fails; nothing where it is silent.
    #[track_caller]
    fn check(text: &str, holds: Option<bool>) {
        assert_eq!(outcome("table-sum", text), holds, "{text}");
    }

    /// A table with a head and rows, columns parted by spaces.
    fn table(head: &str, rows: &[&str]) -> String {
        let line = |row: &str| format!("| {} |\n", row.replace(' ', " | "));
        let rule = "|---".repeat(head.split(' ').count());
        let rows: String = rows.iter().map(|r| line(r)).collect();
        format!("{}{rule}|\n{rows}", line(head))
    }

    #[test]
    fn one_row_among_those_that_add_up() {
        let check = |head: &str, rows: &[&str], holds| check(&table(head, rows), holds);
        let (north, south) = ("North 12 3 9 24", "South 4 10 6 20");
        check("Crew Won Drawn Lost Sailed", &[north, south, "West 7 5 8 30"], Some(false));
        check("Crew Won Drawn Lost Sailed", &[north, south, "West 7 5 8 20"], None);
        check("Crew Won Drawn Lost Sailed", &[north, "South 4 10 6 25", "West 7 5 8 30"], None);
        check("Crew Won Drawn Lost Sailed", &[north, "West 7 5 8 30"], None);
        check("Crew Won Drawn Lost Sailed", &[north, south, "West 7 5 8 5"], None);
        check("Crew Won Drawn Lost Rank", &[north, south, "West 7 5 8 30"], None);
        check("Crew Sailed Won Drawn Lost", &["North 24 12 3 9", "South 20 4 10 6", "West 30 7 5 8"], Some(false));
    }

    #[test]
    fn a_last_row_beside_a_column_that_adds_up() {
        let check = |head: &str, rows: [&str; 4], holds| check(&table(head, &rows), holds);
        let boats = ["January 12 1204", "February 30 1100", "March 9 1400", "Spring 51 3740"];
        check("Month Boats Tonnes", boats, Some(false));
        check("Month Boats Average", boats, None);
        let shares = |last| ["January 12 33.3", "February 30 33.3", "March 9 33.3", last];
        check("Month Boats Tonnes", shares("Spring 51 100.0"), None);
        check("Month Boats Tonnes", shares("Spring 51 110.0"), Some(false));
    }
}
