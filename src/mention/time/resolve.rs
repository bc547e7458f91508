//! From what the words say to dates. The only reference is the one given; without it, relative times stay open.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Expression;
use super::holiday::days_of;
use crate::rule::measure::{Grain, Holiday, Part, Slot};
use crate::value::{Bound, TimeValue};

/// Resolves an expression. Relative ones need `reference` and are marked `relative`; without it they stay unresolved
/// (`edtf` empty). A year that is not named stays open (`XXXX-05-19`): see [`complete`]. Which reference is the
/// right one, [`Expression::anchor`] tells.
pub fn resolve(expression: &Expression, reference: Option<Date>) -> TimeValue {
    match expression {
        Expression::Date { year, month, day, weekday } => parts(*year, *month, *day, *weekday),
        Expression::Quarter { year, quarter } => quarter_of(*year, *quarter),
        Expression::Half { year, half } => half_of(*year, *half),
        Expression::Season { year, season } => season_of(*year, *season),
        Expression::Decade { start } => years(format!("{}X", start / 10), *start, start + 9),
        Expression::Century { number } => {
            let first = (i16::from(*number) - 1) * 100;
            years(format!("{:02}XX", number - 1), first.max(1), first + 99)
        }
        Expression::Span { from, to } if clocked(from) && clocked(to) => {
            let (from, to) = (resolve(from, reference), resolve(to, reference));
            if from.edtf == to.edtf { from } else { joined(&from, &to) }
        }
        Expression::Bounded { of, .. } if clocked(of) => resolve(of, reference),
        Expression::Part { part, of } => part_of(*part, resolve(of, reference)),
        Expression::Span { from, to } => joined(&resolve(from, reference), &resolve(to, reference)),
        Expression::Bounded { slot, of } => limited(*slot, resolve(of, reference)),
        Expression::Nth { place, grain, weekday, of } => {
            let of = resolve(of, reference);
            TimeValue { relative: of.relative, ..nth_of(*place, *grain, *weekday, &of).unwrap_or_else(open) }
        }
        Expression::Offset { amount, direction, grain, from: Some(from), .. } => {
            let from = resolve(from, reference);
            let from = if let (None, Some(day)) = (from.earliest, reference) { complete(&from, day) } else { from };
            let n = amount.checked_mul(*direction);
            let day = if *direction < 0 { from.earliest } else { from.latest };
            let value = day.zip(n).and_then(|(day, n)| offset(day, *grain, n)).unwrap_or_else(open);
            let exact = *grain == Grain::Day && from.earliest == from.latest;
            TimeValue { relative: from.relative, bound: if exact { from.bound } else { Bound::Approx }, ..value }
        }
        Expression::Clock { date: Some(date), .. } | Expression::Daypart { date: Some(date), .. } => {
            resolve(date, reference)
        }
        Expression::Holiday { holiday, year: Some(year), .. } => match days_of(*holiday, *year)[..] {
            [only] => kept(*holiday, only),
            _ => open(),
        },
        Expression::Holiday { holiday: Holiday::Fixed { month, day }, year: None, of: None } => {
            parts(None, Some(*month), Some(*day), None)
        }
        Expression::InYear { date, year } => {
            let year = resolve(year, reference);
            match (&**date, year.earliest) {
                (Expression::Date { month: Some(month), day, weekday, .. }, Some(first)) => {
                    TimeValue { relative: year.relative, ..parts(Some(first.year()), Some(*month), *day, *weekday) }
                }
                (Expression::Quarter { quarter, .. }, Some(first)) => {
                    TimeValue { relative: year.relative, ..quarter_of(Some(first.year()), *quarter) }
                }
                (Expression::Half { half, .. }, Some(first)) => {
                    TimeValue { relative: year.relative, ..half_of(Some(first.year()), *half) }
                }
                (Expression::Season { season, .. }, Some(first)) => {
                    TimeValue { relative: year.relative, ..season_of(Some(first.year()), *season) }
                }
                _ => TimeValue { relative: true, ..open() },
            }
        }
        Expression::Now
        | Expression::Vague(_)
        | Expression::Run { .. }
        | Expression::Elapsed { .. }
        | Expression::Weekdays { .. } => TimeValue { relative: true, ..open() },
        undated if undated.undated() => open(),
        relative => TimeValue { relative: true, ..against(relative, reference).unwrap_or_else(open) },
    }
}

/// Whether a time of day says when on its day: the day itself is what dates a claim.
fn clocked(e: &Expression) -> bool {
    matches!(e, Expression::Clock { date: Some(_), .. } | Expression::Daypart { date: Some(_), .. })
}

/// Fills what a value leaves open with what lies nearest to the reference: the year of a month (and day) within six
/// months of it, the weekday among the reference and the six days before it. Anything else comes back as it was.
pub fn complete(value: &TimeValue, reference: Date) -> TimeValue {
    let filled = match value.parts {
        (None, Some(month), day) => [-1, 0, 1]
            .iter()
            .filter_map(|d| reference.year().checked_add(*d))
            .filter_map(|y| Some((y, Date::new(y, month, day.unwrap_or(15)).ok()?)))
            .min_by_key(|(y, d)| (days_between(reference, *d).abs(), *y))
            .map(|(y, _)| parts(Some(y), Some(month), day, value.weekday)),
        (None, None, None) if value.edtf.is_empty() => value.weekday.and_then(|w| {
            let back = reference.weekday().since(w);
            let day = reference.checked_sub(i64::from(back).days()).ok()?;
            Some(TimeValue { weekday: Some(w), ..whole(day) })
        }),
        _ => span_completed(&value.edtf, reference),
    };
    match filled {
        Some(filled) => TimeValue { relative: true, bound: value.bound, ..filled },
        None => value.clone(),
    }
}

/// `XXXX-03/XXXX-04`: the first end as near as can be, the second the next after it.
fn span_completed(edtf: &str, reference: Date) -> Option<TimeValue> {
    let (from, to) = edtf.split_once('/')?;
    let read = |s: &str| -> Option<(i8, Option<i8>)> {
        let mut parts = s.strip_prefix("XXXX-")?.split('-');
        let month = parts.next()?.parse().ok()?;
        Some((month, parts.next().and_then(|d| d.parse().ok())))
    };
    let ((m, d), (n, e)) = (read(from)?, read(to)?);
    let from = complete(&parts(None, Some(m), d, None), reference);
    let year = from.parts.0?;
    let later = (n, e) < (m, d);
    let to = parts(Some(if later { year.checked_add(1)? } else { year }), Some(n), e, None);
    Some(joined(&from, &to))
}

/// The `place`th weekday, day, week or month within a stretch of time.
pub(super) fn nth_of(place: i32, grain: Grain, weekday: Option<Weekday>, of: &TimeValue) -> Option<TimeValue> {
    let (first, last) = (of.earliest?, of.latest?);
    let n = i64::from(place);
    let within = |day: Date| (first..=last).contains(&day).then_some(day);
    // From the front, or from behind: the weekday that is counted, and its place.
    let counted = |day: Weekday| {
        let date = if place > 0 {
            first.checked_add((i64::from(first.weekday().until(day)) + 7 * (n - 1)).days()).ok()?
        } else {
            last.checked_sub((i64::from(last.weekday().since(day)) + 7 * (-n - 1)).days()).ok()?
        };
        within(date)
    };
    if let Some(day) = weekday {
        return counted(day).map(|date| TimeValue { weekday: Some(day), ..whole(date) });
    }
    match grain {
        Grain::Day if place > 0 => first.checked_add((n - 1).days()).ok().and_then(within).map(whole),
        Grain::Day => last.checked_add((n + 1).days()).ok().and_then(within).map(whole),
        Grain::Month => {
            let month = if place > 0 {
                first.checked_add((n - 1).months()).ok().and_then(within)?
            } else {
                last.first_of_month().checked_add((n + 1).months()).ok().and_then(within)?
            };
            Some(parts(Some(month.year()), Some(month.month()), None, None))
        }
        // A week belongs to the month or year that holds its Thursday, as in ISO 8601; readers differ, hence approx.
        Grain::Week => {
            let week = week_from(counted(Weekday::Thursday)?.checked_sub(3.days()).ok()?)?;
            Some(TimeValue { bound: Bound::Approx, ..week })
        }
        Grain::Weekend => {
            let saturday = counted(Weekday::Saturday)?;
            Some(lasting(saturday, saturday.tomorrow().ok()?))
        }
        _ => None,
    }
}

pub(super) fn open() -> TimeValue {
    TimeValue {
        edtf: String::new(),
        earliest: None,
        latest: None,
        parts: (None, None, None),
        weekday: None,
        bound: Bound::Exact,
        relative: false,
    }
}

pub(super) fn whole(day: Date) -> TimeValue {
    parts(Some(day.year()), Some(day.month()), Some(day.day()), None)
}

/// The days on which a holiday is kept; approximate where they hang on what is seen of the moon, and where.
pub(super) fn kept(holiday: Holiday, (first, last): (Date, Date)) -> TimeValue {
    let seen = matches!(holiday, Holiday::Islamic { .. } | Holiday::Hindu { .. });
    TimeValue { bound: if seen { Bound::Approx } else { Bound::Exact }, ..lasting(first, last) }
}

/// The days from one to another, both inclusive.
pub(super) fn lasting(first: Date, last: Date) -> TimeValue {
    if first == last {
        return whole(first);
    }
    TimeValue { edtf: stretch(first, last), earliest: Some(first), latest: Some(last), ..open() }
}

pub(super) fn parts(year: Option<i16>, month: Option<i8>, day: Option<i8>, weekday: Option<Weekday>) -> TimeValue {
    let y = year.map_or_else(
        || "XXXX".to_owned(),
        |y| {
            // Years before 0 have a sign and four digits.
            let sign = if y < 0 { "-" } else { "" };
            format!("{sign}{:04}", y.unsigned_abs())
        },
    );
    let edtf = match (year, month, day) {
        (_, Some(m), Some(d)) => format!("{y}-{m:02}-{d:02}"),
        (_, Some(m), None) => format!("{y}-{m:02}"),
        (_, None, Some(d)) => format!("{y}-XX-{d:02}"),
        (Some(_), None, None) => y,
        (None, None, None) => String::new(),
    };
    let earliest = year.and_then(|y| Date::new(y, month.unwrap_or(1), day.unwrap_or(1)).ok());
    let latest = earliest.map(|e| match (month, day) {
        (_, Some(_)) => e,
        (Some(_), None) => e.last_of_month(),
        (None, None) => e.last_of_year(),
    });
    TimeValue { edtf, earliest, latest, parts: (year, month, day), weekday, ..open() }
}

/// A quarter by its EDTF number, 33 to 36.
pub(super) fn quarter_of(year: Option<i16>, quarter: i8) -> TimeValue {
    sub_year(year, 32 + quarter, 3 * quarter - 2, 3)
}

/// A half by its EDTF number, 40 or 41.
pub(super) fn half_of(year: Option<i16>, half: i8) -> TimeValue {
    sub_year(year, 39 + half, 6 * half - 5, 6)
}

/// A part of a year that has a number of its own in EDTF.
fn sub_year(year: Option<i16>, number: i8, first_month: i8, months: i8) -> TimeValue {
    let y = year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
    let earliest = year.and_then(|y| Date::new(y, first_month, 1).ok());
    let latest = year.and_then(|y| Date::new(y, first_month + months - 1, 1).ok()).map(Date::last_of_month);
    TimeValue { edtf: format!("{y}-{number}"), earliest, latest, parts: (year, None, None), ..open() }
}

/// Seasons of the northern half, by whole months; the winter of a year is taken to run into the next.
pub(super) fn season_of(year: Option<i16>, season: i8) -> TimeValue {
    if season == 24 {
        let earliest = year.and_then(|y| Date::new(y, 12, 1).ok());
        let latest = year.and_then(|y| Date::new(y.checked_add(1)?, 2, 1).ok()).map(Date::last_of_month);
        return TimeValue { earliest, latest, ..sub_year(year, 24, 10, 3) };
    }
    sub_year(year, season, 3 * (season - 20), 3)
}

fn years(edtf: String, first: i16, last: i16) -> TimeValue {
    let earliest = Date::new(first, 1, 1).ok();
    let latest = Date::new(last, 12, 31).ok();
    TimeValue { edtf, earliest, latest, ..open() }
}

/// The first or last third of a stretch, or the month or day at its end.
pub(super) fn part_of(part: Part, of: TimeValue) -> TimeValue {
    let approx = TimeValue { bound: Bound::Approx, ..of.clone() };
    let (Some(first), Some(last)) = (of.earliest, of.latest) else {
        let year_open = of.parts;
        return TimeValue { parts: year_open, ..approx };
    };
    let days = days_between(first, last) + 1;
    let (from, to) = if days > 300 && first.day() == 1 {
        // Years are cut by months, decades by years.
        let months = i64::from(last.year() - first.year()) * 12 + 12;
        let cut = |a: i64, b: i64| {
            let from = first.checked_add((months * a / 12).months()).ok();
            let to = first.checked_add((months * b / 12 - 1).months()).ok();
            (from, to.map(Date::last_of_month))
        };
        match part {
            Part::Early => cut(0, 4),
            Part::Mid => cut(4, 8),
            Part::Late => cut(8, 12),
            Part::Start => (Some(first), Some(if days > 400 { first.last_of_year() } else { first.last_of_month() })),
            Part::End => (Some(if days > 400 { last.first_of_year() } else { last.first_of_month() }), Some(last)),
        }
    } else {
        // Ten days of a month, three of a week.
        let third = if first.day() == 1 && days < 32 { 10 } else { (days + 2) / 3 };
        let on = |n: i64| first.checked_add(n.days()).ok();
        match part {
            Part::Early | Part::Start => (Some(first), on((third - 1).max(0))),
            Part::Mid if days > 27 => (on(third), on(2 * third - 1)),
            Part::Mid => (on(third), on(days - third - 1)),
            Part::Late | Part::End if days > 27 => (on(2 * third), Some(last)),
            Part::Late | Part::End => (on(days - third), Some(last)),
        }
    };
    let (Some(from), Some(to)) = (from, to) else { return approx };
    TimeValue { edtf: stretch(from, to), earliest: Some(from), latest: Some(to), parts: (None, None, None), ..approx }
}

/// Two days as the shortest EDTF interval that says the same.
fn stretch(from: Date, to: Date) -> String {
    let months = from.day() == 1 && to == to.last_of_month();
    if months && from.month() == 1 && to.month() == 12 && from.year() != to.year() {
        format!("{:04}/{:04}", from.year(), to.year())
    } else if months && from.year() == to.year() && from.month() == 1 && to.month() == 12 {
        format!("{:04}", from.year())
    } else if months && from.first_of_month() == to.first_of_month() {
        format!("{:04}-{:02}", from.year(), from.month())
    } else if months {
        format!("{:04}-{:02}/{:04}-{:02}", from.year(), from.month(), to.year(), to.month())
    } else if from == to {
        from.to_string()
    } else {
        format!("{from}/{to}")
    }
}

fn joined(from: &TimeValue, to: &TimeValue) -> TimeValue {
    if from.edtf.is_empty() || to.edtf.is_empty() {
        return TimeValue { relative: from.relative || to.relative, ..open() };
    }
    let (low, high) = (from.edges().0, to.edges().1);
    TimeValue {
        edtf: format!("{low}/{high}"),
        earliest: from.earliest,
        latest: to.latest,
        relative: from.relative || to.relative,
        ..open()
    }
}

fn limited(slot: Slot, of: TimeValue) -> TimeValue {
    let Some(bound) = slot.bound() else { return of };
    let (low, high) = of.edges();
    if of.edtf.is_empty() {
        return TimeValue { bound, ..of };
    }
    // "by the end of 2028" means its last day, "by 2028" the year.
    let day = |d: Option<Date>, otherwise: &str| d.map_or_else(|| otherwise.to_owned(), |d| d.to_string());
    let parted = of.bound == Bound::Approx;
    let (edtf, earliest, latest) = match slot {
        Slot::By if parted => (format!("../{}", day(of.latest, high)), None, of.latest),
        Slot::By => (format!("../{high}"), None, of.latest),
        Slot::Since | Slot::At => (format!("{low}/.."), of.earliest, None),
        Slot::Before => {
            let last = of.earliest.and_then(|d| d.yesterday().ok());
            (format!("../{}", day(last, low)), None, last)
        }
        Slot::After => {
            let first = of.latest.and_then(|d| d.tomorrow().ok());
            (format!("{}/..", day(first, high)), first, None)
        }
    };
    TimeValue { edtf, earliest, latest, bound, ..of }
}

/// The expressions that need a reference.
fn against(expression: &Expression, reference: Option<Date>) -> Option<TimeValue> {
    let today = reference?;
    match expression {
        Expression::Day(by) => Some(whole(today.checked_add(i64::from(*by).days()).ok()?)),
        Expression::Shift { grain, by, .. } => shifted(today, *grain, *by),
        Expression::Named { by, of } => named(today, *by, of),
        Expression::Offset { amount, direction, grain, .. } => {
            let n = amount.checked_mul(*direction)?;
            let moved = TimeValue { bound: Bound::Approx, ..offset(today, *grain, n)? };
            Some(if *grain == Grain::Day { TimeValue { bound: Bound::Exact, ..moved } } else { moved })
        }
        _ => None,
    }
}

/// The unit of the calendar that holds the reference, `by` units on.
fn shifted(today: Date, grain: Grain, by: i32) -> Option<TimeValue> {
    let n = i64::from(by);
    match grain {
        Grain::Second | Grain::Minute | Grain::Hour => None,
        Grain::Day => Some(whole(today.checked_add(n.days()).ok()?)),
        Grain::Week | Grain::Weekend => {
            let first = monday_of(today)?.checked_add((7 * n).days()).ok()?;
            if grain == Grain::Week {
                return week_from(first);
            }
            let saturday = first.checked_add(5.days()).ok()?;
            Some(lasting(saturday, saturday.tomorrow().ok()?))
        }
        Grain::Month => {
            let first = today.first_of_month().checked_add(n.months()).ok()?;
            Some(parts(Some(first.year()), Some(first.month()), None, None))
        }
        Grain::Quarter => {
            let first = today.first_of_month().checked_add((3 * n).months()).ok()?;
            let quarter = (first.month() + 2) / 3;
            Some(quarter_of(Some(first.year()), quarter))
        }
        Grain::Year => Some(parts(Some(moved_year(today, by)?), None, None, None)),
        Grain::Decade => {
            let start = moved_year(today, by.checked_mul(10)?)?.div_euclid(10) * 10;
            Some(years(format!("{}X", start / 10), start, start + 9))
        }
        Grain::Century => {
            let first = moved_year(today, by.checked_mul(100)?)?.div_euclid(100) * 100;
            Some(years(format!("{:02}XX", first / 100), first.max(1), first + 99))
        }
    }
}

fn moved_year(today: Date, by: i32) -> Option<i16> {
    i16::try_from(i32::from(today.year()).checked_add(by)?).ok().filter(|y| (1..=9999).contains(y))
}

/// A distance in units of the calendar, as precise as the unit.
fn offset(today: Date, grain: Grain, n: i32) -> Option<TimeValue> {
    let long = i64::from(n);
    match grain {
        Grain::Day => Some(whole(today.checked_add(long.days()).ok()?)),
        Grain::Week => Some(whole(today.checked_add(long.checked_mul(7)?.days()).ok()?)),
        Grain::Month => {
            let month = today.first_of_month().checked_add(long.months()).ok()?;
            Some(parts(Some(month.year()), Some(month.month()), None, None))
        }
        Grain::Year => Some(parts(Some(moved_year(today, n)?), None, None, None)),
        other => shifted(today, other, n),
    }
}

fn named(today: Date, by: i32, of: &Expression) -> Option<TimeValue> {
    match of {
        Expression::Date { weekday: Some(day), .. } => {
            let date = match by {
                0 => monday_of(today)?.checked_add(i64::from(day.since(Weekday::Monday)).days()).ok()?,
                n if n < 0 => {
                    let back = i64::from(today.weekday().since(*day));
                    today.checked_sub(if back == 0 { 7 } else { back }.days()).ok()?
                }
                _ => weekday_after(today, *day)?,
            };
            Some(TimeValue { weekday: Some(*day), ..whole(date) })
        }
        // "next 6 April": the next one behind the reference.
        Expression::Date { month: Some(month), day: Some(day), .. } => {
            let mut years =
                (-8..=8).filter_map(|n| today.year().checked_add(n)).filter_map(|y| Date::new(y, *month, *day).ok());
            let found = match by {
                0 => years.find(|d| d.year() == today.year()),
                n if n < 0 => years.rfind(|d| *d < today),
                _ => years.find(|d| *d > today),
            };
            found.map(whole)
        }
        Expression::Date { month: Some(month), .. } => {
            let year = match by {
                0 => today.year(),
                n if n < 0 => today.year() - i16::from(*month >= today.month()),
                n => {
                    let more = i16::try_from(n - 1).ok()?;
                    (today.year() + i16::from(*month <= today.month())).checked_add(more)?
                }
            };
            Some(parts(Some(year), Some(*month), None, None))
        }
        Expression::Season { season, .. } => {
            let ended = |y: i16| season_of(Some(y), *season).latest.is_some_and(|d| d < today);
            let begun = |y: i16| season_of(Some(y), *season).earliest.is_some_and(|d| d <= today);
            let year = match by {
                0 => today.year(),
                n if n < 0 => (today.year() - 2..=today.year()).rev().find(|y| ended(*y))?,
                _ => (today.year()..=today.year() + 1).find(|y| !begun(*y))?,
            };
            Some(season_of(Some(year), *season))
        }
        _ => None,
    }
}

/// The first such weekday behind a day.
pub(super) fn weekday_after(day: Date, weekday: Weekday) -> Option<Date> {
    let on = i64::from(day.weekday().until(weekday));
    day.checked_add(if on == 0 { 7 } else { on }.days()).ok()
}

/// The Monday of the week of a day.
pub(super) fn monday_of(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().since(Weekday::Monday)).days()).ok()
}

/// Seven days.
pub(super) fn week_from(monday: Date) -> Option<TimeValue> {
    Some(lasting(monday, monday.checked_add(6.days()).ok()?))
}

fn days_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(i64::MAX / 4, |span| i64::from(span.get_days()))
}
