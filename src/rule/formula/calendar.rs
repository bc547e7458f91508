//! The time between two days, as an interval.
//!
//! A date is a day long, and people count both with and without the first day, so a number of days holds to one day more
//! or less. Months and years are counted as completed or with their fraction: somebody of 39 years and seven months is 39
//! and 39.6. What both counts give lies inside; nothing else does.

use jiff::Unit;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::value::{End, Interval};

/// A unit of time that a formula knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Days.
    Day,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

impl TimeUnit {
    /// All units with their names in rule files.
    pub const ALL: [(TimeUnit, &'static str); 3] =
        [(TimeUnit::Day, "day"), (TimeUnit::Month, "month"), (TimeUnit::Year, "year")];

    /// The name in rule files.
    pub fn name(self) -> &'static str {
        TimeUnit::ALL.iter().find(|(u, _)| *u == self).map_or("", |(_, n)| n)
    }

    /// The unit of a name.
    pub fn parse(name: &str) -> Option<TimeUnit> {
        TimeUnit::ALL.iter().find(|(_, n)| *n == name).map(|(u, _)| *u)
    }

    /// The dimension of quantities that can be told exactly in this unit, and how many base units one is: seconds for
    /// days, months for months and years.
    pub fn base(self) -> (&'static str, Decimal) {
        match self {
            TimeUnit::Day => ("duration", Decimal::from(86_400)),
            TimeUnit::Month => ("duration-months", Decimal::ONE),
            TimeUnit::Year => ("duration-months", Decimal::from(12)),
        }
    }
}

/// Days from one date to another, each known to lie between two days (both included). Negative when `to` is earlier.
/// `None` beyond the calendar.
pub fn days_between(from: (Date, Date), to: (Date, Date)) -> Option<Interval> {
    let days = |a: Date, b: Date| a.until((Unit::Day, b)).ok().map(|span| Decimal::from(span.get_days()));
    let low = days(from.1, to.0)? - Decimal::ONE;
    let high = days(from.0, to.1)? + Decimal::ONE;
    Some(Interval { low: Some(End::open(low)), high: Some(End::open(high)) })
}

/// Calendar months, `in_one` of which make a unit (12 for years), from one date to another; as [`days_between`].
pub fn months_between(from: (Date, Date), to: (Date, Date), in_one: u32) -> Option<Interval> {
    let (least, _) = fraction(from.1, to.0, in_one)?;
    let (_, most) = fraction(from.0, to.1, in_one)?;
    let low = if least.is_sign_negative() { least } else { least.floor() };
    let high = if most.is_sign_negative() { most.ceil() } else { most };
    Some(Interval::between(low, high))
}

/// The same with its fraction, rounded down and up to a ten-thousandth.
fn fraction(from: Date, to: Date, in_one: u32) -> Option<(Decimal, Decimal)> {
    if to < from {
        let (low, high) = fraction(to, from, in_one)?;
        return Some((-high, -low));
    }
    let span = from.until((Unit::Month, to)).ok()?;
    let (months, days) = (span.get_months(), span.get_days());
    let begun = from.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
    let next = from.checked_add(jiff::Span::new().try_months(months.checked_add(1)?).ok()?).ok()?;
    let length = begun.until((Unit::Day, next)).ok()?.get_days().max(1);
    let parts = Decimal::from(i64::from(months) * i64::from(length) + i64::from(days));
    let whole = Decimal::from(i64::from(length) * i64::from(in_one));
    let scale = Decimal::from(10_000);
    let shifted = parts.checked_mul(scale)?;
    // Whole numbers below and above the quotient, taken from the remainder: the quotient itself may have been rounded.
    let rest = shifted.checked_rem(whole)?;
    let down = (shifted - rest).checked_div(whole)?;
    let up = if rest.is_zero() { down } else { down + Decimal::ONE };
    Some((down / scale, up / scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> (Date, Date) {
        let (a, b) = text.split_once("..").unwrap_or((text, text));
        (a.parse().unwrap(), b.parse().unwrap())
    }

    #[track_caller]
    fn check(from: &str, to: &str, days: &str, months: &str, years: &str) {
        let (from, to) = (dates(from), dates(to));
        let show = |i: Option<Interval>| i.unwrap().to_string();
        assert_eq!(show(days_between(from, to)), days);
        assert_eq!(show(months_between(from, to, 1)), months);
        assert_eq!(show(months_between(from, to, 12)), years);
    }

    #[test]
    fn between_days() {
        check("2026-01-01", "2026-04-01", "(89, 91)", "3", "[0, 0.25]");
        check("2025-05-19", "2026-05-19", "(364, 366)", "12", "1");
        check("1986-10-23", "2026-05-19", "(14452, 14454)", "[474, 474.8667]", "[39, 39.5723]");
        check("2024-02-29", "2025-02-28", "(364, 366)", "12", "1");
        check("2026-01-31", "2026-02-28", "(27, 29)", "1", "[0, 0.0834]");
    }

    #[test]
    fn between_months() {
        check("2025-05-01..2025-05-31", "2026-03-01..2026-03-31", "(273, 335)", "[9, 10.9678]", "[0, 0.914]");
    }

    #[test]
    fn backwards() {
        check("2026-04-01", "2026-01-01", "(-91, -89)", "-3", "[-0.25, 0]");
    }

    #[test]
    fn ends_of_the_calendar_do_not_panic() {
        let all = (Date::MIN, Date::MAX);
        let _ = (days_between(all, all), months_between(all, all, 1), months_between((Date::MAX, Date::MAX), all, 12));
    }
}
