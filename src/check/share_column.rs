//! A column of shares beside the column that it gives the shares of: "Barley | 120 | 48 %" under "Hectares" and "Share".
//!
//! The whole is the row of totals, or the sum of the column where there is none. Of what a share is a share is not said by a
//! table: it is the column of which all other rows support it. So one row may be wrong, and two rows have to be right.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::rule::{CheckCode, CheckRule, Cue};
use crate::segment::Cell;
use crate::text::Span;
use crate::value::{Bound, Interval, Quantity, Shape, Value};

use super::beside::holds;
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct ShareColumn;

/// Rows that support at least that a column gives shares of another.
const WITNESSES: usize = 2;

/// The figures of a column by row, without its totals, and the figure of the row of totals.
#[derive(Default)]
struct Column {
    head: Option<Span>,
    rows: BTreeMap<u32, u32>,
    total: Option<u32>,
    /// Whether some cell holds several figures, or one that is no plain figure.
    unclear: bool,
}

impl Check for ShareColumn {
    fn code(&self) -> CheckCode {
        CheckCode::ShareColumn
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            for columns in tables(context, source).into_values() {
                let shares = columns.values().filter(|c| is_share(context, source, c));
                for share in shares {
                    let others = columns.values().filter(|c| !c.unclear && figure(context, c).is_some());
                    judge(context, rule, share, others, found);
                }
            }
        }
    }
}

/// The tables of a document that hold figures, each by column.
fn tables(context: &CheckContext<'_>, source: u32) -> BTreeMap<u32, BTreeMap<u32, Column>> {
    let text = context.text(source);
    let totals = Cue { lexicon: "totals".to_owned(), class: None };
    let mut tables: BTreeMap<u32, BTreeMap<u32, Column>> = BTreeMap::new();
    for at in context.of_document(source) {
        let claim = context.claim(at);
        let cell: Option<Cell> = context.segment_of(claim).and_then(|s| context.segments[source as usize][s].cell);
        let (Some(cell), Value::Quantity(q)) = (cell.filter(|_| !claim.noise), &claim.value) else { continue };
        let column = tables.entry(cell.table).or_default().entry(cell.column).or_default();
        column.head = column.head.or(cell.column_header);
        let total = cell.row_header.is_some_and(|h| holds(context.compare.lookup, &totals, h.of(text)));
        let before = if total { column.total.replace(at) } else { column.rows.insert(cell.row, at) };
        column.unclear |= before.is_some() || q.number.is_none() || !matches!(q.bound, Bound::Exact | Bound::Approx);
    }
    tables
}

fn quantity<'a>(context: &CheckContext<'a>, at: u32) -> Option<&'a Quantity> {
    match &context.claim(at).value {
        Value::Quantity(q) => Some(q),
        _ => None,
    }
}

/// Whether a column holds per cents under a head that calls them shares.
fn is_share(context: &CheckContext<'_>, source: u32, column: &Column) -> bool {
    let Some(head) = column.head.map(|h| h.of(context.text(source))) else { return false };
    let cue = |lexicon: &str, class: Option<&str>| {
        let cue = Cue { lexicon: lexicon.to_owned(), class: class.map(str::to_owned) };
        holds(context.compare.lookup, &cue, head)
    };
    let called = cue("row-heads", Some("share")) || head.trim().trim_matches(['(', ')']) == "%";
    let percent = |at: &u32| quantity(context, *at).is_some_and(|q| &*q.unit.name == "percent");
    called && !cue("change", None) && !column.unclear && column.rows.values().all(percent)
}

/// The unit of a column of plain figures: what may have shares. Per cents have none.
fn figure(context: &CheckContext<'_>, column: &Column) -> Option<String> {
    let mut all = column.rows.values().chain(&column.total).map(|&at| quantity(context, at));
    let first = all.next()??;
    let pure = matches!(first.shape, Shape::Percent | Shape::Multiple | Shape::Ratio);
    let one = all.all(|q| q.is_some_and(|q| q.unit.dimension == first.unit.dimension));
    (!pure && one).then(|| first.unit.dimension.to_string())
}

/// How a column of shares fits another column: each pair is the share and the figure.
struct Fit {
    fit: Vec<[u32; 2]>,
    /// With what the figure makes of the whole.
    differ: Vec<([u32; 2], Interval)>,
    total: Option<u32>,
}

fn judge<'c>(
    context: &CheckContext<'_>,
    rule: &CheckRule,
    share: &Column,
    others: impl Iterator<Item = &'c Column>,
    found: &mut Checks,
) {
    let mut best: Option<Fit> = None;
    for of in others.filter(|of| of.rows.keys().eq(share.rows.keys())) {
        let figures = || of.rows.values().map(|&at| quantity(context, at).map(Quantity::interval));
        let sum = figures().try_fold(Interval::point(Decimal::ZERO), |sum, q| sum.add(&q?));
        let whole = match of.total {
            Some(total) => quantity(context, total).map(Quantity::interval),
            None => sum,
        };
        let Some(whole) = whole else { continue };
        let (mut fit, mut differ) = (Vec::new(), Vec::new());
        for (&stated, &part) in share.rows.values().zip(of.rows.values()) {
            let (Some(p), Some(q)) = (quantity(context, stated), quantity(context, part)) else { continue };
            let made = q.interval().mul(&Interval::point(Decimal::ONE_HUNDRED)).and_then(|n| n.div(&whole));
            let Some(made) = made else { continue };
            if made.overlaps(&p.interval()) { fit.push([stated, part]) } else { differ.push(([stated, part], made)) }
        }
        if best.as_ref().is_none_or(|b| b.fit.len() < fit.len()) {
            best = Some(Fit { fit, differ, total: of.total });
        }
    }
    let Some(Fit { fit, differ, total }) = best.filter(|b| b.fit.len() >= WITNESSES && b.differ.len() <= 1) else {
        return;
    };
    let claims = context.compare.claims;
    let order = |[stated, part]: [u32; 2]| [stated, part].into_iter().chain(total).collect::<Vec<u32>>();
    let words = |at: u32| context.words(context.claim(at)).to_owned();
    for pair in fit {
        let ends: [(&str, &[u32]); 2] = [("share", &pair[..1]), ("part", &pair[1..])];
        if let Some(template) = &rule.holds_message {
            let message = context.fill(template, &ends, &words(pair[0]), &words(pair[0]));
            found.holds(rule, claims, &order(pair), message.clone(), message);
        }
    }
    for (pair, made) in differ {
        let right = made.shortest().map_or_else(|| made.to_string(), |n| n.round_dp(1).normalize().to_string());
        let ends: [(&str, &[u32]); 2] = [("share", &pair[..1]), ("part", &pair[1..])];
        let message = context.fill(&rule.message, &ends, &words(pair[0]), &right);
        let because = format!("{} of the whole is {right} per cent; all other rows fit", words(pair[1]));
        found.fails(rule, claims, &order(pair), message, because);
    }
}
