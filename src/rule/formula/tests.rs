//! Formulas as rule authors write them: what loads, what is refused, what holds.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::value::{Bound, Interval, Quantity, Unit};

fn role(shape: &str) -> RoleType {
    let many = shape.ends_with("..");
    let (shape, unit) = shape.trim_end_matches("..").split_once(' ').map_or((shape, None), |(s, u)| (s, Some(u)));
    RoleType { shape: Shape::parse(shape.trim_end_matches("..")), unit: unit.map(str::to_owned), many }
}

/// Roles as `name: shape unit..`, parted by commas; `?` is a role without a shape.
fn roles(text: &str) -> BTreeMap<String, RoleType> {
    text.split(',')
        .filter(|r| !r.trim().is_empty())
        .map(|r| {
            let (name, shape) = r.split_once(':').unwrap();
            (name.trim().to_owned(), role(shape.trim()))
        })
        .collect()
}

/// The errors of a formula with the words they point at, or the roles that have to be alike.
#[track_caller]
fn check(source: &str, given: &str, expected: &str) {
    let actual = match Formula::parse(source, &roles(given), given.contains('?')) {
        Ok(formula) => formula.alike.iter().map(|g| format!("alike: {}", g.join(", "))).collect::<Vec<_>>().join("; "),
        Err(errors) => errors
            .iter()
            .map(|s| {
                let help = s.help.as_deref().map(|h| format!(" ({h})")).unwrap_or_default();
                format!("`{}` {}{help}", &source[s.at.clone()], s.message)
            })
            .collect::<Vec<_>>()
            .join("; "),
    };
    assert_eq!(actual, expected);
}

#[test]
fn dimensions_that_fit() {
    check("pct ~ (new - old) / old * 100", "old: ?, new: ?, pct: percent", "alike: new, old");
    check("total ~ sum(part)", "total: money, part: money..", "alike: part, total");
    check("total ~ part * pct / 100", "total: money, part: money, pct: percent", "alike: part, total");
    check("rest ~ 100 - pct", "rest: percent, pct: percent", "");
    check("times ~ new / old", "times: multiple, new: money, old: money", "alike: new, old");
    check("price * n ~ total", "price: money, n: number, total: money", "alike: price, total");
    check("count(part) ~ n and a < b", "part: text.., n: number, a: date, b: date", "");
    check("len ~ months(a, b)", "len: duration month, a: date, b: date", "");
    check("day = weekday(d)", "day: date weekday, d: date", "");
    check("n ~ sentences(q)", "n: number, q: quote", "");
    check("speed * time ~ way", "speed: measure, time: number, way: measure", "alike: speed, way");
    check("max(a, b) <= -c and abs(a) ~ b", "a: money, b: money, c: money", "alike: a, b, c");
}

#[test]
fn dimensions_that_do_not() {
    check(
        "a ~ a + p",
        "a: money, p: percent",
        "`a + p` `+` between money and percent (only like can be added to like)",
    );
    check("a ~ p", "a: money, p: percent", "`a ~ p` money cannot be compared with percent");
    check("n ~ p", "n: number, p: percent", "`n ~ p` number cannot be compared with percent");
    check(
        "d - e ~ 3",
        "d: date, e: date",
        "`d - e` `-` between date and date (the time between two dates is `days(a, b)`, `months(a, b)` or `years(a, b)`)",
    );
    check("weekday(m) = w", "m: money, w: date weekday", "`m` `weekday` takes date, not money");
    check("weekday(d) = m", "m: money, d: date", "`weekday(d) = m` weekday cannot be compared with money");
    check("weekday(d) < w", "w: date weekday, d: date", "`<` weekday has no order (use `=`, `!=` or `~`)");
    check(
        "len ~ days(a, b)",
        "len: duration, a: date, b: date",
        "`len ~ days(a, b)` duration cannot be compared with duration in days (give the role of shape duration its unit: \"day\", \"month\" or \"year\")",
    );
    check(
        "len ~ days(a, b)",
        "len: duration month, a: date, b: date",
        "`len ~ days(a, b)` duration in months cannot be compared with duration in days (give the role of shape duration its unit: \"day\", \"month\" or \"year\")",
    );
    check("a * b ~ c", "a: money, b: money, c: money", "`a * b ~ c` money × money cannot be compared with money");
    check("a ~ 3", "a: money", "`a ~ 3` money cannot be compared with a bare number");
    check("sum(a, p) ~ a", "a: money, p: percent", "`p` `sum` of money and percent");
    check("-t ~ 3", "t: text", "`-t` text cannot be turned negative");
    check("x + 1 ~ y", "y: number, x: none", "`x` role `x` has no shape (give it one, or put \"unit\" into `same`)");
    check(
        "p ~ p2 and a ~ p and b ~ p",
        "a: money, b: date, p: percent, p2: percent",
        "`a ~ p` money cannot be compared with percent; `b ~ p` date cannot be compared with percent",
    );
}

#[test]
fn what_is_wrong_is_shown_where_it_stands() {
    let two = "part: money.., total: money";
    check("totl ~ sum(part)", two, "`totl` unknown role `totl` (did you mean `total`?)");
    check("total ~ summ(part)", two, "`summ` unknown function `summ` (did you mean `sum`?)");
    check("total ~ part", two, "`part` role `part` is many (use `sum`, `count`, `min` or `max`)");
    check("total", two, "`` comparison is missing (one of ~ = != < <= > >= stands between the two sides)");
    check("total ~", two, "`` formula ends too early");
    check("total ~ (sum(part)", two, "`(` bracket is not closed");
    check("total ~ sum(part", two, "`(` bracket is not closed");
    check("total ~ total ~ total", two, "`~` unexpected `~` (join comparisons by `and`)");
    check("total ~ total or total ~ total", two, "`or` unexpected `or` (comparisons are joined by `and`)");
    check("total == total", two, "`=` unexpected `=` (a number, a role, a function or a bracket stands here)");
    check("total ~ 1.2.3", two, "`1.2.3` number cannot be read");
    check("total ~ sum", two, "`sum` `sum` is not a role (a function has brackets: `sum(…)`)");
    check("days(total) ~ 3", two, "`days(total)` `days` takes 2 arguments");
    check("total % 3 ~ 1", two, "`%` unexpected `%` (one of ~ = != < <= > >= stands between the two sides)");
    check("", two, "`` formula ends too early");
    let deep = format!("{}total{} ~ 1", "(".repeat(10_000), ")".repeat(10_000));
    check(&deep, two, "`(` formula has more than 60 steps");
}

fn quantity(text: &str) -> Operand {
    let bound = if text.starts_with('<') { Bound::LessThan } else { Bound::Exact };
    let text = text.trim_start_matches('<');
    let places = text.split_once('.').map_or(0, |(_, after)| after.len() as u32);
    let quantity = Quantity {
        shape: Shape::Money,
        number: Some(text.parse().unwrap()),
        min: None,
        max: None,
        step: Decimal::new(1, places),
        unit: Unit::none(),
        bound,
    };
    Operand::Interval(quantity.interval())
}

fn operand(text: &str) -> Operand {
    if let Some(list) = text.strip_prefix('[') {
        return Operand::List(list.trim_end_matches(']').split_whitespace().map(operand).collect());
    }
    if let Some(words) = text.strip_prefix('"') {
        return Operand::Text(words.trim_end_matches('"').to_owned());
    }
    let days = text.split_once("..").unwrap_or((text, text));
    match (days.0.parse(), days.1.parse(), text) {
        (Ok(earliest), Ok(latest), _) => Operand::Dates { earliest, latest },
        (_, _, "Tuesday") => Operand::Weekday(jiff::civil::Weekday::Tuesday),
        (_, _, "Friday") => Operand::Weekday(jiff::civil::Weekday::Friday),
        _ => quantity(text),
    }
}

/// Evaluates with `name = operand` parted by semicolons.
#[track_caller]
fn holds(source: &str, given: &str, values: &str, expected: &str) {
    let formula = Formula::parse(source, &roles(given), given.contains('?')).unwrap();
    let operands = values
        .split(';')
        .filter(|v| !v.trim().is_empty())
        .map(|v| {
            let (name, value) = v.split_once('=').unwrap();
            (name.trim().to_owned(), operand(value.trim()))
        })
        .collect();
    let actual = match evaluate(&formula, &operands) {
        Outcome::Holds { left, right } => format!("holds: {left} | {right}"),
        Outcome::Fails { left, right } => format!("fails: {left} | {right}"),
        Outcome::Undecidable(why) => format!("undecidable: {why}"),
    };
    assert_eq!(actual, expected);
}

#[test]
fn percentages() {
    let (formula, given) = ("pct ~ abs(new - old) / old * 100", "old: ?, new: ?, pct: percent");
    holds(formula, given, "old = 2.02; new = 1.80; pct = 11", "holds: 11 | 11");
    holds(formula, given, "old = 2.02; new = 1.80; pct = 12.2", "fails: 12.2 | 11");
    holds(formula, given, "old = 40; new = 50; pct = 25", "holds: 25 | 25");
    holds(formula, given, "old = 40; new = 50; pct = 20", "fails: 20 | 25");
    holds(formula, given, "old = 0; new = 50; pct = 20", "undecidable: divisor may be zero");
    holds(formula, given, "old = 40; pct = 20", "undecidable: nothing is bound to `new`");
}

#[test]
fn a_role_that_occurs_twice_is_one_number() {
    // Taken as independent, the two would leave room from 0.33 to 3.
    holds("n ~ a / a", "a: money, n: number", "a = [1]; n = 1", "undecidable: a list is bound to `a`");
    let wide = Interval::between(Decimal::from(10), Decimal::from(30));
    let formula = Formula::parse("n ~ a / a", &roles("a: money, n: number"), false).unwrap();
    let with = |n: &str| {
        let operands = BTreeMap::from([("a".to_owned(), Operand::Interval(wide)), ("n".to_owned(), quantity(n))]);
        evaluate(&formula, &operands)
    };
    assert!(matches!(with("1.0"), Outcome::Holds { .. }));
    assert!(matches!(with("2.0"), Outcome::Fails { .. }));
}

#[test]
fn sums_and_counts() {
    let given = "total: money, part: money..";
    holds("total ~ sum(part)", given, "total = 60; part = [10 20 30]", "holds: 60 | 60");
    holds("total ~ sum(part)", given, "total = 67; part = [10 20 30]", "fails: 67 | 60");
    holds("total ~ sum(part)", given, "total = 60; part = []", "undecidable: `sum` of nothing");
    holds("count(part) ~ n", "part: money.., n: number", "part = [1 2 3]; n = 3", "holds: 3 | 3");
    holds("count(part) ~ n", "part: money.., n: number", "part = [1 2 3]; n = 4", "fails: 3 | 4");
    holds("max(part) ~ total", given, "total = 30; part = [10 20 30]", "holds: 30 | 30");
}

#[test]
fn calendar() {
    let given = "day: date weekday, d: date";
    holds("day = weekday(d)", given, "d = 2026-05-19; day = Tuesday", "holds: Tuesday | Tuesday");
    holds("day = weekday(d)", given, "d = 2026-05-19; day = Friday", "fails: Friday | Tuesday");
    holds(
        "day = weekday(d)",
        given,
        "d = 2026-05-18..2026-05-19; day = Tuesday",
        "undecidable: Tuesday = Monday or Tuesday may or may not hold",
    );
    holds("day = weekday(d)", given, "d = 2026-05-18..2026-05-19; day = Friday", "fails: Friday | Monday or Tuesday");
    let given = "len: duration month, a: date, b: date";
    holds(
        "len ~ months(a, b)",
        given,
        "len = 10; a = 2025-05-01..2025-05-31; b = 2026-03-01..2026-03-31",
        "holds: 10 | 10",
    );
    holds(
        "len ~ months(a, b)",
        given,
        "len = <12; a = 2025-05-01..2025-05-31; b = 2026-03-01..2026-03-31",
        "holds: less than 12 | 10",
    );
    holds("len ~ months(a, b)", given, "len = 18; a = 2025-05-19; b = 2026-05-19", "fails: 18 | 12");
    holds("a < b", "a: date, b: date", "a = 2025-05-19; b = 2026-05-19", "holds: 2025-05-19 | 2026-05-19");
    holds("a < b", "a: date, b: date", "a = 2026-05-19; b = 2026-05-19", "fails: 2026-05-19 | 2026-05-19");
    holds(
        "a < b",
        "a: date, b: date",
        "a = 2026-05-01..2026-05-31; b = 2026-05-19",
        "undecidable: 2026-05-01/2026-05-31 < 2026-05-19 may or may not hold",
    );
}

#[test]
fn orders_have_to_be_certain() {
    let given = "a: money, b: money";
    holds("a < b", given, "a = 10; b = 20", "holds: 10 | 20");
    holds("a >= b", given, "a = 10; b = 20", "fails: 10 | 20");
    holds("a <= b", given, "a = 10; b = 10", "undecidable: 10 <= 10 may or may not hold");
    holds("a = b", given, "a = 10; b = 10", "undecidable: 10 = 10 may or may not hold");
    holds("a != b", given, "a = 10; b = 20", "holds: 10 | 20");
    holds("a < b and b < a", given, "a = 10; b = 20", "fails: 20 | 10");
}

#[test]
fn words() {
    holds("n ~ sentences(q)", "n: number, q: quote", "n = 3; q = \"We met. We talked. We left.\"", "holds: 3 | 3");
    holds("n ~ sentences(q)", "n: number, q: quote", "n = 2; q = \"We met. We talked. We left.\"", "fails: 2 | 3");
    holds(
        "a = b",
        "a: text, b: text",
        "a = \"Pre-training\"; b = \"pretraining\"",
        "holds: Pre-training | pretraining",
    );
}

#[test]
fn overflow_is_undecidable() {
    let most = Operand::Interval(Interval::point(Decimal::MAX));
    let formula = Formula::parse("a * a ~ a * a", &roles("a: money"), false).unwrap();
    let outcome = evaluate(&formula, &BTreeMap::from([("a".to_owned(), most)]));
    assert_eq!(outcome, Outcome::Undecidable("number too large".to_owned()));
}

proptest! {
    #[test]
    fn never_panics(source in "[a-d0-9 ().,+*/~<=>!-]{0,50}|(sum|days|count|and|a|b| |\\(|\\)|~|,){0,20}") {
        let given = roles("a: money, b: percent.., c: date, d: none");
        match Formula::parse(&source, &given, source.len() % 2 == 0) {
            Ok(formula) => {
                let operands = BTreeMap::from([
                    ("a".to_owned(), operand("0.5")),
                    ("b".to_owned(), operand("[1 2]")),
                    ("c".to_owned(), operand("2026-05-19")),
                    ("d".to_owned(), operand("7")),
                ]);
                let _ = evaluate(&formula, &operands);
            }
            Err(errors) => {
                for error in errors {
                    prop_assert!(source.get(error.at.clone()).is_some(), "{error:?}");
                }
            }
        }
    }
}
