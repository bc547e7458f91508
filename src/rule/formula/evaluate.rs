//! Whether a formula holds for given values.
//!
//! Everything is done on intervals, so the answer respects bounds, hedges and printed precision: `~` holds when the two
//! sides can be equal; an order holds when it is certain and fails when the contrary is. A role that occurs twice in a
//! comparison is cut into slices that are tried one by one, because two intervals of one unknown number are not
//! independent; the answer can only become sharper by that.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

use super::{Comparison, Expression, Formula, Function, Kind, Operator, Sign, days_between, months_between};
use crate::text::fold_words;
use crate::value::{End, Interval, computed_words};

/// What is bound to a role.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A quantity: in the unit of the role where it has one, otherwise in base units.
    Interval(Interval),
    /// A date, known to lie between two days, both included; `earliest <= latest`.
    Dates {
        /// First day it can mean.
        earliest: Date,
        /// Last day it can mean.
        latest: Date,
    },
    /// The weekday that a date names.
    Weekday(Weekday),
    /// Words, quoted or not.
    Text(String),
    /// What is bound to a role that is many.
    List(Vec<Operand>),
}

/// Whether a formula holds. Both sides are given as a reader would write them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All comparisons hold; the sides of the first are given.
    Holds {
        /// Left of the sign.
        left: String,
        /// Right of the sign.
        right: String,
    },
    /// One comparison certainly fails; its sides are given.
    Fails {
        /// Left of the sign.
        left: String,
        /// Right of the sign.
        right: String,
    },
    /// It cannot be determined, and why.
    Undecidable(String),
}

/// Evaluates a formula. Roles without a value, overflow, and division by what may be zero make it undecidable.
pub fn evaluate(formula: &Formula, operands: &BTreeMap<String, Operand>) -> Outcome {
    let mut first = None;
    let mut undecided = None;
    for comparison in &formula.comparisons {
        match compare(comparison, operands) {
            Ok(Evaluation { verdict: Some(false), left, right }) => return Outcome::Fails { left, right },
            Ok(Evaluation { verdict: Some(true), left, right }) => {
                first.get_or_insert((left, right));
            }
            Ok(Evaluation { verdict: None, left, right }) => {
                let sign = Sign::ALL.iter().find(|(_, s)| *s == comparison.sign).map_or("", |(text, _)| text);
                undecided.get_or_insert(format!("{left} {sign} {right} may or may not hold"));
            }
            Err(why) => {
                undecided.get_or_insert(why);
            }
        }
    }
    match (undecided, first) {
        (Some(why), _) => Outcome::Undecidable(why),
        (None, Some((left, right))) => Outcome::Holds { left, right },
        (None, None) => Outcome::Undecidable("formula has no comparison".to_owned()),
    }
}

struct Evaluation {
    verdict: Option<bool>,
    left: String,
    right: String,
}

/// A value on the way.
#[derive(Debug, Clone, PartialEq)]
enum Worth {
    Number(Interval),
    Dates(Date, Date),
    /// Those that are possible, Monday first.
    Weekdays(Vec<Weekday>),
    Text(String),
}

fn compare(comparison: &Comparison, operands: &BTreeMap<String, Operand>) -> Result<Evaluation, String> {
    let mut whole: Option<(Worth, Worth)> = None;
    let mut verdicts = Vec::new();
    for slice in slices(comparison, operands) {
        let left = worth(&comparison.left, &slice)?;
        let right = worth(&comparison.right, &slice)?;
        verdicts.push(judge(comparison.sign, &left, &right)?);
        whole = Some(match whole {
            None => (left, right),
            Some((l, r)) => (hull(l, left), hull(r, right)),
        });
    }
    let (left, right) = whole.ok_or("formula has nothing to compare")?;
    let any = |wanted: Option<bool>| verdicts.contains(&wanted);
    let verdict = if comparison.sign == Sign::Fits {
        // One slice in which the two sides can be equal is enough.
        if any(Some(true)) {
            Some(true)
        } else if any(None) {
            None
        } else {
            Some(false)
        }
    } else {
        match (any(Some(true)), any(Some(false)), any(None)) {
            (true, false, false) => Some(true),
            (false, true, false) => Some(false),
            _ => None,
        }
    };
    let (mut shown, mut other) = (show(&left), show(&right));
    // Rounded they may look the same: then what differs is said.
    if verdict == Some(false) && shown == other {
        (shown, other) = (exactly(&left), exactly(&right));
    }
    Ok(Evaluation { verdict, left: shown, right: other })
}

/// The operands, with every role that occurs more than once in the comparison cut into slices: all combinations, at most
/// a few hundred.
fn slices(comparison: &Comparison, operands: &BTreeMap<String, Operand>) -> Vec<BTreeMap<String, Operand>> {
    let mut names = Vec::new();
    comparison.left.roles(&mut names);
    comparison.right.roles(&mut names);
    names.sort_unstable();
    let mut loose = Vec::new();
    comparison.left.loose_roles(&mut loose);
    comparison.right.loose_roles(&mut loose);
    loose.sort_unstable();
    let mut repeated: Vec<&str> = loose.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0]).collect();
    repeated.dedup();
    let used = |name: &String| names.binary_search(&name.as_str()).is_ok();
    let own: BTreeMap<_, _> = operands.iter().filter(|(n, _)| used(n)).map(|(n, o)| (n.clone(), o.clone())).collect();
    let parts = match repeated.len() {
        1 => 64,
        2 => 12,
        3 => 6,
        _ => return vec![own],
    };
    let mut out = vec![own];
    for name in repeated {
        let Some(Operand::Interval(interval)) = operands.get(name) else { continue };
        let pieces = interval.split(parts);
        out = out
            .into_iter()
            .flat_map(|slice| {
                pieces.iter().map(move |piece| {
                    let mut slice = slice.clone();
                    slice.insert(name.to_owned(), Operand::Interval(*piece));
                    slice
                })
            })
            .collect();
    }
    out
}

fn hull(a: Worth, b: Worth) -> Worth {
    match (a, b) {
        (Worth::Number(a), Worth::Number(b)) => Worth::Number(a.hull(&b)),
        (a, _) => a,
    }
}

/// Whether two values stand to each other as the sign says: certainly, certainly not, or undecided. `~` is never
/// undecided.
fn judge(sign: Sign, left: &Worth, right: &Worth) -> Result<Option<bool>, String> {
    let (can_equal, must_equal, order) = match (left, right) {
        (Worth::Number(a), Worth::Number(b)) => {
            (a.overlaps(b), a.as_point().is_some() && a.as_point() == b.as_point(), Some((*a, *b)))
        }
        (Worth::Dates(a, b), Worth::Dates(c, d)) => {
            let (left, right) = (day_numbers(*a, *b)?, day_numbers(*c, *d)?);
            (left.overlaps(&right), left.as_point().is_some() && left == right, Some((left, right)))
        }
        (Worth::Weekdays(a), Worth::Weekdays(b)) => (a.iter().any(|day| b.contains(day)), a.len() == 1 && a == b, None),
        (Worth::Text(a), Worth::Text(b)) => {
            let same = fold_words(a) == fold_words(b);
            (same, same, None)
        }
        _ => return Err("the two sides are of different kinds".to_owned()),
    };
    let certain = |yes: bool, no: bool| {
        if yes {
            Some(true)
        } else if no {
            Some(false)
        } else {
            None
        }
    };
    let (sign, order) = match (sign, order) {
        (Sign::Fits, _) => return Ok(Some(can_equal)),
        (Sign::Equal, _) => return Ok(certain(must_equal, !can_equal)),
        (Sign::Unequal, _) => return Ok(certain(!can_equal, must_equal)),
        (Sign::Greater, Some((a, b))) => (Sign::Less, (b, a)),
        (Sign::GreaterOrEqual, Some((a, b))) => (Sign::LessOrEqual, (b, a)),
        (sign, Some(order)) => (sign, order),
        (_, None) => return Err("the two sides have no order".to_owned()),
    };
    let (a, b) = order;
    Ok(match sign {
        Sign::Less => certain(a.below(&b), b.not_above(&a)),
        _ => certain(a.not_above(&b), b.below(&a)),
    })
}

fn day_numbers(earliest: Date, latest: Date) -> Result<Interval, String> {
    let number = |date: Date| {
        let span = Date::ZERO.until((jiff::Unit::Day, date)).map_err(|_| "date beyond the calendar".to_owned())?;
        Ok::<_, String>(Decimal::from(span.get_days()))
    };
    Ok(Interval { low: Some(End::closed(number(earliest)?)), high: Some(End::closed(number(latest)?)) })
}

fn worth(expression: &Expression, operands: &BTreeMap<String, Operand>) -> Result<Worth, String> {
    match &expression.kind {
        Kind::Number(number) => Ok(Worth::Number(Interval::point(*number))),
        Kind::Role(name) => single(name, bound(name, operands)?),
        Kind::Negative(inner) => Ok(Worth::Number(number(inner, operands)?.neg())),
        Kind::Binary(operator, left, right) => {
            let (a, b) = (number(left, operands)?, number(right, operands)?);
            let result = match operator {
                Operator::Add => a.add(&b),
                Operator::Subtract => a.sub(&b),
                Operator::Multiply => a.mul(&b),
                Operator::Divide if b.contains(Decimal::ZERO) => return Err("divisor may be zero".to_owned()),
                Operator::Divide => a.div(&b),
            };
            result.map(Worth::Number).ok_or_else(too_large)
        }
        Kind::Call(function, arguments) => call(*function, arguments, operands),
    }
}

fn call(function: Function, arguments: &[Expression], operands: &BTreeMap<String, Operand>) -> Result<Worth, String> {
    let exact = |number: usize| Ok(Worth::Number(Interval::point(Decimal::from(number))));
    match function {
        Function::Count => match arguments.first().map(|a| &a.kind) {
            Some(Kind::Role(name)) => match bound(name, operands)? {
                Operand::List(list) => exact(list.len()),
                _ => exact(1),
            },
            _ => Err("nothing to count".to_owned()),
        },
        Function::Sum | Function::Min | Function::Max => {
            let mut all = Vec::new();
            for argument in arguments {
                match &argument.kind {
                    Kind::Role(name) => match bound(name, operands)? {
                        Operand::List(list) => {
                            for operand in list {
                                all.push(as_number(single(name, operand)?)?);
                            }
                        }
                        operand => all.push(as_number(single(name, operand)?)?),
                    },
                    _ => all.push(number(argument, operands)?),
                }
            }
            let mut all = all.into_iter();
            let first = all.next().ok_or_else(|| format!("`{}` of nothing", function.name()))?;
            let result = match function {
                Function::Min => Some(all.fold(first, |a, b| a.min(&b))),
                Function::Max => Some(all.fold(first, |a, b| a.max(&b))),
                _ => all.try_fold(first, |a, b| a.add(&b)),
            };
            result.map(Worth::Number).ok_or_else(too_large)
        }
        // What is printed is the shortest number that rounding leaves possible.
        Function::Printed => match number(argument(arguments, 0)?, operands)?.shortest() {
            Some(number) => Ok(Worth::Number(Interval::point(number))),
            None => Err("no one number is printed".to_owned()),
        },
        Function::Abs => Ok(Worth::Number(number(argument(arguments, 0)?, operands)?.abs())),
        Function::Days | Function::Months | Function::Years => {
            let from = date(argument(arguments, 0)?, operands)?;
            let to = date(argument(arguments, 1)?, operands)?;
            let between = match function {
                Function::Days => days_between(from, to),
                Function::Months => months_between(from, to, 1),
                _ => months_between(from, to, 12),
            };
            between.map(Worth::Number).ok_or_else(|| "date beyond the calendar".to_owned())
        }
        Function::Weekday => {
            let (mut day, latest) = date(argument(arguments, 0)?, operands)?;
            let mut days = Vec::new();
            while day <= latest && days.len() < 7 {
                days.push(day.weekday());
                match day.tomorrow() {
                    Ok(next) => day = next,
                    Err(_) => break,
                }
            }
            days.sort_by_key(|day| day.to_monday_zero_offset());
            Ok(Worth::Weekdays(days))
        }
        Function::Sentences => match worth(argument(arguments, 0)?, operands)? {
            Worth::Text(text) => exact(sentences(&text)),
            _ => Err("`sentences` of what is not text".to_owned()),
        },
    }
}

fn argument(arguments: &[Expression], index: usize) -> Result<&Expression, String> {
    arguments.get(index).ok_or_else(|| "argument is missing".to_owned())
}

/// Sentences of quoted words, as the segmenter of documents counts them.
fn sentences(text: &str) -> usize {
    sentencize::split(text.trim_matches(|c: char| c.is_whitespace() || "\"'“”‘’«»".contains(c))).len()
}

fn bound<'a>(name: &str, operands: &'a BTreeMap<String, Operand>) -> Result<&'a Operand, String> {
    operands.get(name).ok_or_else(|| format!("nothing is bound to `{name}`"))
}

fn single(name: &str, operand: &Operand) -> Result<Worth, String> {
    match operand {
        Operand::Interval(interval) => Ok(Worth::Number(*interval)),
        Operand::Dates { earliest, latest } => Ok(Worth::Dates(*earliest, *latest)),
        Operand::Weekday(day) => Ok(Worth::Weekdays(vec![*day])),
        Operand::Text(text) => Ok(Worth::Text(text.clone())),
        Operand::List(_) => Err(format!("a list is bound to `{name}`")),
    }
}

fn number(expression: &Expression, operands: &BTreeMap<String, Operand>) -> Result<Interval, String> {
    as_number(worth(expression, operands)?)
}

fn as_number(worth: Worth) -> Result<Interval, String> {
    match worth {
        Worth::Number(interval) => Ok(interval),
        other => Err(format!("{} is not a quantity", show(&other))),
    }
}

fn date(expression: &Expression, operands: &BTreeMap<String, Operand>) -> Result<(Date, Date), String> {
    match worth(expression, operands)? {
        Worth::Dates(earliest, latest) => Ok((earliest, latest)),
        other => Err(format!("{} is not a date", show(&other))),
    }
}

fn too_large() -> String {
    "number too large".to_owned()
}

/// With everything that [`show`] leaves out.
fn exactly(worth: &Worth) -> String {
    let Worth::Number(interval) = worth else { return show(worth) };
    let end = |end: Option<End>| end.map(|e| computed_words(e.at));
    match (interval.as_point(), end(interval.low), end(interval.high)) {
        (None, Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(point), ..) => point.normalize().to_string(),
        _ => show(worth),
    }
}

/// As a reader would write it: the shortest number inside, or the bounds.
fn show(worth: &Worth) -> String {
    match worth {
        Worth::Number(interval) => match (interval.shortest(), interval.low, interval.high) {
            (_, Some(End { at, open }), None) => {
                format!("{} {}", if open { "more than" } else { "at least" }, computed_words(at))
            }
            // From nothing up to a bound: what "less than 12" means of a length.
            (_, low, Some(End { at, open })) if !at.is_zero() && low.is_none_or(|e| e.at.is_zero() && !e.open) => {
                format!("{} {}", if open { "less than" } else { "at most" }, computed_words(at))
            }
            (Some(number), _, _) => computed_words(number),
            _ => interval.to_string(),
        },
        Worth::Dates(a, b) if a == b => a.to_string(),
        Worth::Dates(a, b) => format!("{a}/{b}"),
        Worth::Weekdays(days) => days.iter().map(|day| format!("{day:?}")).collect::<Vec<_>>().join(" or "),
        Worth::Text(text) => text.clone(),
    }
}
