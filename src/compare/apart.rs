//! Whether two values exclude each other, whatever they are of.

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::value::{Bound, Judgement, Quantity, Shape, TimeValue, Value};

use super::date::minute;
use super::judge_figures;
use super::pair::Pair;

/// Whether two values exclude each other; `None` where that cannot be said.
pub(super) fn apart(pair: &Pair<'_>) -> Option<bool> {
    match (&pair.x.value, &pair.y.value) {
        (Value::Time(_), Value::Time(_)) if half_day_open(pair) => Some(false),
        (Value::Time(_), Value::Time(_)) if zone_open(pair) => None,
        (Value::Time(p), Value::Time(q)) => times_apart(p, q),
        // "0.3 percent" and "0.3": the unit is left out.
        (Value::Quantity(p), Value::Quantity(q)) if unit_left_out(p, q) => Some(false),
        // "Hundreds" of one thing and "102" of another fit, as almost anything does.
        (Value::Quantity(p), Value::Quantity(q)) if p.unit.dimension != q.unit.dimension => {
            match pair.found.judgement {
                Judgement::Disjoint => Some(true),
                Judgement::Equal => Some(false),
                _ => None,
            }
        }
        // "At least 80" leaves room for 93, whatever a count that runs has come to; a limit of 50 is none of 25.
        (Value::Quantity(p), Value::Quantity(q)) if limits(p, q) => {
            if near_limit(p, q) {
                Some(false)
            } else {
                two_limits(p, q).then_some(true)
            }
        }
        _ => match pair.found.judgement {
            Judgement::Disjoint => Some(true),
            Judgement::Unknown => None,
            Judgement::Overlap if vague(&pair.x.value) || vague(&pair.y.value) => None,
            _ => Some(false),
        },
    }
}

/// Whether two figures have the same digits, and one of them no unit.
fn unit_left_out(p: &Quantity, q: &Quantity) -> bool {
    let bare = |q: &Quantity| q.unit.name.is_empty() && q.shape == Shape::Number;
    p.number.is_some() && p.number == q.number && bare(p) != bare(q)
}

/// Whether one of two figures that can both hold is bounded on one side only.
pub(super) fn limits(p: &Quantity, q: &Quantity) -> bool {
    (open(p) || open(q)) && judge_figures(p, q).judgement != Judgement::Disjoint
}

/// Whether two figures are limits of one direction, and not the same: "up to 25" and "up to 50".
pub(super) fn two_limits(p: &Quantity, q: &Quantity) -> bool {
    p.bound == q.bound && open(p) && base(p).is_some() && base(q).is_some() && base(p) != base(q)
}

/// Whether a figure is within a tenth of a limit that another one gives: "more than 41,000", "41,300".
fn near_limit(p: &Quantity, q: &Quantity) -> bool {
    let (Some(m), Some(n)) = (base(p), base(q)) else { return false };
    let apart = m.checked_sub(n).and_then(|d| d.abs().checked_mul(Decimal::TEN));
    open(p) != open(q) && apart.is_some_and(|d| d <= m.abs().max(n.abs()))
}

/// Whether a value is a range whose end is ten times its beginning: "hundreds", "dozens".
fn vague(value: &Value) -> bool {
    let Value::Quantity(q) = value else { return false };
    let wide = |min: Decimal, max: Decimal| min.checked_mul(Decimal::TEN).is_some_and(|n| max >= n);
    q.min.zip(q.max).is_some_and(|(min, max)| min > Decimal::ZERO && wide(min, max))
}

/// Whether a value is bounded on one side only.
pub(super) fn open(q: &Quantity) -> bool {
    matches!(q.bound, Bound::AtLeast | Bound::AtMost | Bound::MoreThan | Bound::LessThan)
}

/// Whether one of two times may be that of the other half of the day: "9:25" and "9:25 pm".
fn half_day_open(pair: &Pair<'_>) -> bool {
    let (Some(m), Some(n)) = (clock_face(pair.x), clock_face(pair.y)) else { return false };
    // The half of the day is told by a word, or by a clock of 24 hours.
    let told = |claim: &Claim| {
        let words = claim.value_span.of(&pair.context.documents[claim.source as usize].text);
        let half = |w: &str| {
            let noun = pair.context.lookup.term_of("time-nouns", &w.replace('.', ""));
            noun.is_some_and(|t| matches!(&*t.class, "hour" | "part of a day"))
        };
        words.split_whitespace().any(|w| half(w.trim_start_matches(|c: char| !c.is_alphabetic())))
            || words.starts_with('0')
    };
    let bare = |claim: &Claim, minute: u32| minute < 13 * 60 && !told(claim);
    m.abs_diff(n) == 12 * 60 && (bare(pair.x, m) || bare(pair.y, n))
}

/// Whether two times of day are some hours apart, and only one of them names its zone, or they name two: "7:15 pm", "8:15 pm CET".
fn zone_open(pair: &Pair<'_>) -> bool {
    let (Some(m), Some(n)) = (clock_face(pair.x), clock_face(pair.y)) else { return false };
    let zone = |claim: &Claim| {
        let words = claim.value_span.of(&pair.context.documents[claim.source as usize].text);
        let last = words.split_whitespace().last().filter(|w| w.len() > 1 && w.chars().all(|c| c.is_ascii_uppercase()));
        last.filter(|w| !matches!(*w, "AM" | "PM")).map(str::to_owned)
    };
    m % 60 == n % 60 && zone(pair.x) != zone(pair.y)
}

/// Whether no moment can be meant by both of two times.
fn times_apart(p: &TimeValue, q: &TimeValue) -> Option<bool> {
    // "Before 1967" leaves room for 1965, and says the same as itself.
    let open_ended = p.edtf.contains("..") || q.edtf.contains("..");
    if open_ended && p.edtf == q.edtf {
        return Some(false);
    }
    if let (Some(a), Some(b)) = (p.edtf.strip_prefix('T'), q.edtf.strip_prefix('T')) {
        return if open_ended { None } else { clocks_apart((a, p.bound), (b, q.bound)) };
    }
    let (m, n) = (p.parts, q.parts);
    let whole = m.0.is_some() && m.1.is_some() && m.2.is_some();
    if whole && m == n && !open_ended {
        return Some(false);
    }
    if weeks_apart(p, q) {
        return None;
    }
    // "3 May" may be that of the year that the other one names, whatever year it was resolved to.
    let year_open =
        (p.relative || q.relative) && m.1.is_some() && m.1 == n.1 && (m.2 == n.2 || m.2.is_none() || n.2.is_none());
    if year_open {
        return None;
    }
    if open_ended {
        let before = |a: &TimeValue, b: &TimeValue| a.latest.zip(b.earliest).is_some_and(|(end, start)| end < start);
        return (before(p, q) || before(q, p)).then_some(true);
    }
    if let (Some(a), Some(b), Some(c), Some(d)) = (p.earliest, p.latest, q.earliest, q.latest) {
        // What fell into a span of years is not the span.
        let span = |t: &TimeValue| t.edtf.contains('/');
        let (apart, open) = (b < c || d < a, span(p) != span(q));
        return (apart || !open).then_some(apart);
    }
    let differ = |a: Option<i16>, b: Option<i16>| a.zip(b).map(|(a, b)| a != b);
    let small = |a: Option<i8>| a.map(i16::from);
    let all = [differ(m.0, n.0), differ(small(m.1), small(n.1)), differ(small(m.2), small(n.2))];
    if all.iter().all(Option::is_none) {
        return p.weekday.zip(q.weekday).map(|(a, b)| a != b);
    }
    Some(all.contains(&Some(true)))
}

/// Whether two days are whole weeks apart, and one of them is a weekday whose week was worked out: pages that tell of one day
/// are often older or younger than the date that they bear.
fn weeks_apart(p: &TimeValue, q: &TimeValue) -> bool {
    let day = |t: &TimeValue| t.earliest.filter(|d| t.latest == Some(*d));
    let inferred = |t: &TimeValue| t.relative && t.weekday.is_some();
    let (Some(d), Some(e)) = (day(p), day(q)) else { return false };
    (inferred(p) || inferred(q)) && d != e && d.weekday() == e.weekday()
}

/// Minutes by which what is said to be about a time of day may be off it.
const ABOUT: u32 = 10;

/// Whether two times of day exclude each other. "By 6:05" leaves room for 5:50.
fn clocks_apart(p: (&str, Bound), q: (&str, Bound)) -> Option<bool> {
    let (m, n) = (minute(p.0)?, minute(q.0)?);
    let about = p.1 == Bound::Approx || q.1 == Bound::Approx;
    let open = |bound| !matches!(bound, Bound::Exact | Bound::Approx);
    match minutes_between(m, n) {
        0 => Some(false),
        d if about && d <= ABOUT => Some(false),
        d if about && d <= 3 * ABOUT => None,
        _ if (open(p.1) || open(q.1)) && p.1 != q.1 => {
            let beyond = |limit: Bound, at: u32, other: u32| match limit {
                Bound::AtMost | Bound::LessThan => other > at,
                _ => other < at,
            };
            let apart = open(p.1) && !open(q.1) && beyond(p.1, m, n) || open(q.1) && !open(p.1) && beyond(q.1, n, m);
            apart.then_some(true)
        }
        _ => Some(true),
    }
}

/// Minutes between two minutes of a day, over midnight if that is shorter.
pub(super) fn minutes_between(m: u32, n: u32) -> u32 {
    let d = m.abs_diff(n);
    d.min((24 * 60u32).saturating_sub(d))
}

/// A number in the base unit of its dimension.
pub(super) fn base(q: &Quantity) -> Option<Decimal> {
    q.number?.checked_mul(q.broadly().unit.factor)
}

/// The minute of the day of a time of day without a day.
pub(super) fn clock_face(claim: &Claim) -> Option<u32> {
    let Value::Time(t) = &claim.value else { return None };
    minute(t.edtf.strip_prefix('T')?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    #[test]
    fn times_of_day_exclude_each_other() {
        for (p, q, expected) in [
            (("06:42", Bound::Exact), ("06:24", Bound::Exact), Some(true)),
            (("06:42", Bound::Exact), ("06:42", Bound::AtMost), Some(false)),
            (("13:39", Bound::Approx), ("13:38", Bound::Exact), Some(false)),
            (("13:39", Bound::Approx), ("14:00", Bound::Exact), None),
            (("13:39", Bound::Approx), ("18:00", Bound::Exact), Some(true)),
            (("00:00", Bound::Approx), ("23:58", Bound::Exact), Some(false)),
            (("06:05", Bound::AtMost), ("06:20", Bound::Approx), None),
            (("06:05", Bound::AtMost), ("05:50", Bound::Exact), None),
            (("06:05", Bound::AtMost), ("07:00", Bound::Exact), Some(true)),
        ] {
            assert_eq!(clocks_apart(p, q), expected, "{p:?} {q:?}");
            assert_eq!(clocks_apart(q, p), expected, "{q:?} {p:?}");
        }
    }

    #[test]
    fn a_unit_that_is_left_out() {
        let figure = |text: &str| {
            let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
            claims.into_iter().find_map(|c| if let Value::Quantity(q) = c.value { Some(q) } else { None }).unwrap()
        };
        let percent = figure("The level of salt was 0.31 percent.");
        let bare = |number: &str| figure(&format!("The level of salt was {number}."));
        assert!(unit_left_out(&percent, &bare("0.31")) && unit_left_out(&bare("0.31"), &percent));
        assert!(!unit_left_out(&percent, &bare("0.13")));
        assert!(!unit_left_out(&percent, &percent));
    }

    #[test]
    fn times_that_cannot_both_be_meant() {
        let time = |edtf: &str, parts, relative| TimeValue {
            edtf: edtf.to_owned(),
            earliest: None,
            latest: None,
            parts,
            weekday: None,
            bound: crate::value::Bound::Exact,
            relative,
        };
        // A Wednesday and a Wednesday, a Thursday.
        let weekday = |text: &str, relative| {
            let date: jiff::civil::Date = text.parse().unwrap();
            let parts = (Some(date.year()), Some(date.month()), Some(date.day()));
            let weekday = Some(date.weekday());
            TimeValue { earliest: Some(date), latest: Some(date), weekday, ..time(text, parts, relative) }
        };
        let wednesday = weekday("2019-06-12", true);
        assert_eq!(times_apart(&wednesday, &weekday("2019-06-26", true)), None, "whole weeks, both worked out");
        assert_eq!(times_apart(&wednesday, &weekday("2019-06-26", false)), None, "whole weeks, one worked out");
        assert_eq!(times_apart(&wednesday, &weekday("2019-06-27", true)), Some(true));
        assert_eq!(times_apart(&weekday("2019-06-12", false), &weekday("2019-06-26", false)), Some(true));
        let day = |y, m, d| time("", (y, Some(m), Some(d)), false);
        let check = |p: &TimeValue, q: &TimeValue| times_apart(p, q);
        assert_eq!(check(&day(None, 5, 3), &day(Some(2024), 5, 8)), Some(true));
        assert_eq!(check(&day(None, 5, 3), &day(Some(2024), 5, 3)), Some(false));
        assert_eq!(
            check(&time("T08:20", (None, None, None), false), &time("T07:52", (None, None, None), false)),
            Some(true)
        );
        let until = time("../1966-12-31", (Some(1966), Some(12), Some(31)), false);
        let of = |year| {
            let day = |m, d| jiff::civil::Date::new(year, m, d).ok();
            TimeValue { earliest: day(1, 1), latest: day(12, 31), ..time("", (Some(year), None, None), false) }
        };
        let until = TimeValue { latest: jiff::civil::Date::new(1966, 12, 31).ok(), ..until };
        assert_eq!(check(&until, &of(1965)), None, "before 1967");
        assert_eq!(check(&until, &until), Some(false));
        assert_eq!(check(&until, &of(1968)), Some(true));
        let november = time("", (Some(2026), Some(11), Some(6)), true);
        assert_eq!(check(&november, &day(Some(2025), 11, 6)), None, "resolved to another year");
    }
}
