//! A last or first column that is the sum of the others in every row but one, or such a row: "Played" behind "Won", "Drawn" and
//! "Lost", "Quarter" below three months.
//!
//! What is called a total the formulas over rows and columns see to. Here no head says so, and the table itself has to: two
//! other rows, or another column of three parts or more, have to add up to the last digit.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::rule::{CheckCode, CheckRule, Cue};
use crate::value::{Bound, Interval, Value};

use super::beside::holds;
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct TableSum;

/// Rows that have to add up.
const ROWS: usize = 2;
/// Parts of a column that adds up; with fewer it may do so by chance.
const PARTS: usize = 3;

/// The figures of a table by row and column.
#[derive(Default)]
struct Grid {
    cells: BTreeMap<(u32, u32), u32>,
    /// Whether some cell holds several figures, or one that is no plain figure.
    unclear: bool,
}

/// One line of a table: its total, and its parts.
struct Line {
    total: u32,
    parts: Vec<u32>,
}

impl Check for TableSum {
    fn code(&self) -> CheckCode {
        CheckCode::TableSum
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            for grid in tables(context, source).into_values().filter(|g| !g.unclear) {
                let rows: BTreeSet<u32> = grid.cells.keys().map(|(r, _)| *r).collect();
                let columns: BTreeSet<u32> = grid.cells.keys().map(|(_, c)| *c).collect();
                if grid.cells.len() != rows.len() * columns.len() {
                    continue;
                }
                let lines = |along: &BTreeSet<u32>, across: &BTreeSet<u32>, total: u32, by_row: bool| -> Vec<Line> {
                    let cell = |a: u32, b: u32| grid.cells[&if by_row { (a, b) } else { (b, a) }];
                    let line = |&a: &u32| {
                        let parts = across.iter().filter(|b| **b != total).map(|&b| cell(a, b)).collect();
                        Line { total: cell(a, total), parts }
                    };
                    along.iter().map(line).collect()
                };
                let ends = |all: &BTreeSet<u32>| all.last().copied().into_iter().chain(all.first().copied());
                let by_row = ends(&columns).map(|total| (lines(&rows, &columns, total, true), ROWS, 2));
                let by_column = ends(&rows).map(|total| (lines(&columns, &rows, total, false), 1, PARTS));
                let all: Vec<_> = by_row.chain(by_column).collect();
                if let Some((line, others)) = all.iter().find_map(|(l, least, parts)| odd(context, l, *least, *parts)) {
                    say(context, rule, line, others, found);
                }
            }
        }
    }
}

/// The tables of a document that hold figures. The first column names the rows.
fn tables(context: &CheckContext<'_>, source: u32) -> BTreeMap<u32, Grid> {
    let mut tables: BTreeMap<u32, Grid> = BTreeMap::new();
    for at in context.of_document(source) {
        let claim = context.claim(at);
        let cell = context.segment_of(claim).and_then(|s| context.segments[source as usize][s].cell);
        let (Some(cell), Value::Quantity(q)) = (cell.filter(|c| !claim.noise && c.column > 0), &claim.value) else {
            continue;
        };
        let grid = tables.entry(cell.table).or_default();
        let before = grid.cells.insert((cell.row, cell.column), at);
        grid.unclear |= before.is_some() || q.number.is_none() || q.bound != Bound::Exact;
    }
    tables
}

fn number(context: &CheckContext<'_>, at: u32) -> Option<Decimal> {
    match &context.claim(at).value {
        Value::Quantity(q) => q.number?.checked_mul(q.unit.factor),
        _ => None,
    }
}

fn sum(context: &CheckContext<'_>, parts: &[u32]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, &p| sum.checked_add(number(context, p)?))
}

/// The only line that does not add up where at least so many do, with how many those are.
fn odd<'l>(context: &CheckContext<'_>, lines: &'l [Line], least: usize, parts: usize) -> Option<(&'l Line, usize)> {
    let stated = |line: &Line| {
        let numbers: Option<Vec<Decimal>> = line.parts.iter().map(|&p| number(context, p)).collect();
        let positive = |n: &&Decimal| n.is_sign_positive() && !n.is_zero();
        numbers.is_some_and(|n| n.len() >= parts && n.iter().filter(positive).count() >= parts.min(2))
    };
    let adds_up =
        |line: &&Line| sum(context, &line.parts).is_some() && sum(context, &line.parts) == number(context, line.total);
    let (right, wrong): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(adds_up);
    let [odd] = wrong.as_slice() else { return None };
    if rounded(context, odd) {
        return None;
    }
    let total = number(context, odd.total)?;
    let more = odd.parts.iter().all(|&p| number(context, p).is_some_and(|n| n < total && !n.is_sign_negative()));
    let stating = right.iter().filter(|l| stated(l)).count();
    (stating >= least && stating == right.len() && stated(odd) && more && summed(context, odd))
        .then_some((odd, stating))
}

/// Whether a line adds up as far as its fractions are printed: 33.3, 33.3 and 33.3 make 100.0.
fn rounded(context: &CheckContext<'_>, line: &Line) -> bool {
    let interval = |at: u32| match &context.claim(at).value {
        Value::Quantity(q) if q.step < Decimal::ONE => Some(q.interval()),
        _ => number(context, at).map(Interval::point),
    };
    let made = line.parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &p| sum.add(&interval(p)?));
    made.zip(interval(line.total)).is_some_and(|(made, total)| made.overlaps(&total))
}

/// Whether nothing over a line says that its figures do not add up: rates, ranks, means.
fn summed(context: &CheckContext<'_>, line: &Line) -> bool {
    let rates = Cue { lexicon: "rates".to_owned(), class: None };
    let one = |at: u32| {
        let claim = context.claim(at);
        let text = context.text(claim.source);
        let cell = context.segment_of(claim).and_then(|s| context.segments[claim.source as usize][s].cell);
        let heads = cell.into_iter().flat_map(|c| [c.column_header, c.row_header]).flatten();
        !heads.into_iter().any(|h| holds(context.compare.lookup, &rates, h.of(text)))
    };
    let unit = |at: u32| match &context.claim(at).value {
        Value::Quantity(q) => Some(q.unit.dimension.clone()),
        _ => None,
    };
    line.parts.iter().chain([&line.total]).all(|&at| one(at) && unit(at) == unit(line.total))
}

fn say(context: &CheckContext<'_>, rule: &CheckRule, line: &Line, others: usize, found: &mut Checks) {
    let Some(made) = sum(context, &line.parts) else { return };
    let unit = match &context.claim(line.total).value {
        Value::Quantity(q) if !q.unit.factor.is_zero() => q.unit.factor,
        _ => return,
    };
    let Some(right) = made.checked_div(unit).map(|n| n.normalize().to_string()) else { return };
    let order: Vec<u32> = std::iter::once(line.total).chain(line.parts.iter().copied()).collect();
    let ends: [(&str, &[u32]); 2] = [("total", &order[..1]), ("part", &order[1..])];
    let left = context.words(context.claim(line.total));
    let message = context.fill(&rule.message, &ends, left, &right);
    found.fails(rule, context.compare.claims, &order, message, format!("{others} others of the table add up"));
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
