//! The value of an expression against a reference: what is left open is filled in by the lean.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, Weekday};

use super::spell::{at, bounded, daypart_code, face, hours, long_face, single, stamp, vague, zone};
use super::{Lean, Reference};
use crate::mention::time::count::add;
use crate::mention::time::expression::{Anchor, ClockTime, Expression, Length};
use crate::mention::time::holiday::days_of;
use crate::mention::time::resolve::{
    complete, half_of, kept, lasting, monday_of, nth_of, open, part_of, parts, quarter_of, resolve, season_of,
    week_from, weekday_after, whole,
};
use crate::rule::measure::{Daypart, Grain, Holiday, Part};
use crate::value::{Bound, TimeValue};

/// How many days ahead what has happened is not looked for: by then "last" would stand before the month.
const BEYOND: i32 = 60;

/// What a value is found against.
#[derive(Clone, Copy)]
pub(super) struct ResolutionContext {
    pub(super) reference: Option<Reference>,
    pub(super) lean: Lean,
}

impl ResolutionContext {
    fn today(self) -> Option<Date> {
        self.reference.map(|r| r.day)
    }

    pub(super) fn value(self, expression: &Expression) -> TimeValue {
        let relative = |v: Option<TimeValue>| TimeValue { relative: true, ..v.unwrap_or_else(open) };
        match expression {
            Expression::Clock { time, date } => self.clock(*time, date.as_deref()),
            Expression::Daypart { part, portion, date } => self.daypart(*part, *portion, date.as_deref()),
            Expression::Span { from, to } => self.span(from, to).unwrap_or_else(open),
            Expression::Bounded { slot, of } => bounded(*slot, self.value(of)),
            Expression::Now => self.now().map_or_else(|| vague(0), |now| relative(Some(at(now)))),
            Expression::Vague(way) => vague(*way),
            Expression::Elapsed { length, direction, from } => {
                let value = match from {
                    Some(from) => self.base(from).and_then(|b| moved(b, *length, *direction)),
                    None => {
                        let value = self.base(&Expression::Now).and_then(|b| moved(b, *length, *direction));
                        value.map(|v| self.stated_as(*length, v))
                    }
                };
                let bound = if length.vague { Bound::Approx } else { Bound::Exact };
                TimeValue { bound, ..relative(value) }
            }
            Expression::Offset { amount, direction, grain, from, .. } => {
                relative(self.offset(*amount, *direction, *grain, from.as_deref()))
            }
            Expression::Run { length, direction, inclusive } => relative(self.run(*length, *direction, *inclusive)),
            Expression::Week { number, of } => relative(self.week(*number, of.as_deref())),
            Expression::Holiday { holiday, year, of } => {
                self.holiday(*holiday, *year, of.as_deref()).unwrap_or_else(open)
            }
            Expression::Closest { place, of, to } => relative(self.closest(*place, of, to)),
            Expression::Part { part, of } => {
                let of = self.value(of);
                if let (Part::End, Some(day)) = (part, single(&of)) {
                    let last = format!("{day}T23:59:59");
                    return TimeValue { edtf: last, ..of };
                }
                // The beginning and the end of a year are as long as its early and late part.
                let part = match part {
                    Part::Start => Part::Early,
                    Part::End => Part::Late,
                    part => *part,
                };
                part_of(part, of)
            }
            Expression::Nth { place, grain, weekday, of } => {
                let of = self.value(of);
                TimeValue { relative: of.relative, ..nth_of(*place, *grain, *weekday, &of).unwrap_or_else(open) }
            }
            Expression::Named { by, of } => relative(self.named(*by, of)),
            Expression::WeekOf(of) => {
                self.value(of).earliest.and_then(monday_of).and_then(week_from).unwrap_or_else(open)
            }
            Expression::WeekendOf(of) => relative(self.value(of).earliest.and_then(|day| {
                // The one before a Tuesday, the one behind a Wednesday.
                let monday = monday_of(day)?;
                let back = if day.weekday().since(Weekday::Monday) < 2 { -2 } else { 5 };
                let saturday = monday.checked_add(back.days()).ok()?;
                Some(lasting(saturday, saturday.tomorrow().ok()?))
            })),
            Expression::Weekdays { count, day } => relative(self.weekdays(*count, *day)),
            Expression::Quarter { year: None, quarter } => self.this_year(|year| quarter_of(year, *quarter)),
            // Level 1 of EDTF has no word for a half: it is stated by its days.
            Expression::Half { year: None, half } => by_days(self.this_year(|year| half_of(year, *half))),
            Expression::Half { year, half } => by_days(half_of(*year, *half)),
            Expression::Season { year: None, season } => self.this_year(|year| season_of(year, *season)),
            Expression::InYear { date, .. } if matches!(**date, Expression::Half { .. }) => {
                by_days(resolve(expression, self.today()))
            }
            Expression::Date { .. } => self.settled(resolve(expression, self.today())),
            other => resolve(other, self.today()),
        }
    }

    /// A part of the running year, or of any.
    fn this_year(self, part: impl Fn(Option<i16>) -> TimeValue) -> TimeValue {
        let year = self.today().map(Date::year);
        TimeValue { relative: year.is_some(), ..part(year) }
    }

    /// Whether hours and days are wanted: of a message, whose time of day is known, or an entry. Of a document with a date
    /// alone, no more is told than it says.
    fn closely(self) -> bool {
        self.lean == Lean::Entry || self.reference.is_some_and(|r| r.time.is_some())
    }

    /// The document's own time; midnight does not stand in for a time that is not known.
    fn now(self) -> Option<DateTime> {
        let reference = self.reference?;
        Some(reference.day.to_datetime(reference.time?))
    }

    /// Fills in the year of a date, the date of a weekday, by the lean.
    fn settled(self, value: TimeValue) -> TimeValue {
        let Some(today) = self.today() else { return value };
        let ahead = matches!(self.lean, Lean::Ahead | Lean::Entry);
        let found = match (value.parts, value.weekday) {
            // A newspaper calls its own day by its name; an entry means another.
            ((None, None, None), Some(day)) if value.edtf.is_empty() && self.lean == Lean::Ahead => {
                today.checked_add(i64::from(today.weekday().until(day)).days()).ok().map(whole)
            }
            ((None, None, None), Some(day)) if value.edtf.is_empty() && ahead => weekday_after(today, day).map(whole),
            ((None, None, Some(day)), weekday) => near_day(today, day, weekday, self.lean).map(whole),
            ((None, Some(month), day), weekday) => {
                let on = |y: i16| Date::new(y, month, day.unwrap_or(1)).ok();
                let years = (-4..=4).filter_map(|d| today.year().checked_add(d)).filter_map(on);
                let stated: Vec<Date> = years.collect();
                let fits = |d: &&Date| weekday.is_none_or(|w| d.weekday() == w) && (d.year() - today.year()).abs() <= 1;
                let end = |d: Date| if day.is_some() { d } else { d.last_of_month() };
                let far = |d: &&Date| (d.until(today).map_or(i32::MAX, |s| s.get_days().abs()), d.year());
                let dated = stated.iter().filter(fits).filter(|_| weekday.is_some()).min_by_key(far);
                let coming = stated.iter().filter(|d| ahead && end(**d) >= today).min();
                let nearest = stated.iter().min_by_key(|d| far(d).0);
                let far_ahead = nearest.is_some_and(|d| today.until(*d).is_ok_and(|s| s.get_days() > BEYOND));
                let behind = self.lean == Lean::Since || self.lean == Lean::Behind && far_ahead;
                let gone = stated.iter().filter(|d| behind && **d <= today).max();
                dated.or(coming).or(gone).map(|d| parts(Some(d.year()), Some(month), day, None))
            }
            _ => None,
        };
        match found {
            Some(found) => TimeValue { weekday: value.weekday, bound: value.bound, relative: true, ..found },
            None => complete(&value, today),
        }
    }

    /// A single day with a time of day.
    fn clock(self, time: ClockTime, date: Option<&Expression>) -> TimeValue {
        let Some(date) = date else {
            return match self.coming(time) {
                Some(found) => TimeValue { relative: true, ..at(found) },
                None => TimeValue { edtf: format!("T{}{}", face(time), zone(time.zone)), ..open() },
            };
        };
        let day = self.value(date);
        match single(&day) {
            Some(date) => {
                let (found, zoned) = self.zoned(date, time);
                TimeValue {
                    edtf: format!("{}{}", stamp(found), zone(zoned)),
                    earliest: Some(found.date()),
                    latest: Some(found.date()),
                    ..day
                }
            }
            // A day of an unknown year; a weekday of an unknown week has no EDTF.
            None if day.edtf.starts_with("XXXX-") => TimeValue { edtf: format!("{}T{}", day.edtf, face(time)), ..day },
            None => TimeValue { edtf: format!("T{}", face(time)), ..day },
        }
    }

    /// A time of day on a date, stated in the zone of the reference where both zones are known; with the zone stated.
    fn zoned(self, date: Date, time: ClockTime) -> (DateTime, Option<i16>) {
        let local = date.at(time.hour, time.minute, time.second, 0);
        let own = self.reference.and_then(|r| r.offset);
        match (time.zone, own) {
            (Some(zone), Some(own)) => match local.checked_add(i64::from(own - zone).minutes()) {
                Ok(moved) => (moved, Some(own)),
                Err(_) => (local, Some(zone)),
            },
            (zone, _) => (local, zone),
        }
    }

    /// The next time that a clock shows so, for entries only.
    fn coming(self, time: ClockTime) -> Option<DateTime> {
        let now = self.now().filter(|_| self.lean == Lean::Entry)?;
        let hours = [Some(time.hour), (!time.sure && time.hour <= 12).then_some((time.hour + 12) % 24)];
        let on = |day: Date| {
            let faces = hours.into_iter().flatten().map(move |hour| self.zoned(day, ClockTime { hour, ..time }).0);
            faces.filter(|t| *t >= now).min()
        };
        on(now.date()).or_else(|| on(now.date().tomorrow().ok()?))
    }

    /// A day at a distance as precisely as the distance is stated: "two years ago" is a year, "six months ago" a month.
    fn stated_as(self, length: Length, value: TimeValue) -> TimeValue {
        match value.earliest {
            Some(day) if !self.closely() && length.days == 0 && length.seconds == 0 && length.months != 0 => {
                let month = (length.months % 12 != 0).then(|| day.month());
                parts(Some(day.year()), month, None, None)
            }
            _ => value,
        }
    }

    /// A part of the day: of a document as TimeML writes it, since nobody agrees at which hour an evening begins; where hours
    /// are wanted, with those that are meant most often.
    fn daypart(self, part: Daypart, portion: Option<Part>, date: Option<&Expression>) -> TimeValue {
        let day = match (date, self.lean) {
            (Some(date), _) => self.value(date),
            (None, Lean::Entry) => self.today().map_or_else(open, |d| TimeValue { relative: true, ..whole(d) }),
            (None, _) => open(),
        };
        if self.closely() && part != Daypart::Noon {
            let (from, to) = hours(part, portion);
            let on = |day: &str| format!("{day}T{from}/{day}T{to}");
            let edtf = match single(&day) {
                Some(date) => on(&date.to_string()),
                None if day.edtf.starts_with("XXXX-") => on(&day.edtf),
                None => format!("{from}/{to}"),
            };
            return TimeValue { edtf, bound: Bound::Approx, ..day };
        }
        let code = if part == Daypart::Noon { "T12:00" } else { daypart_code(part) };
        let weekday = || day.weekday.map(|w| format!("XXXX-WXX-{}", w.to_monday_one_offset()));
        let edtf = match single(&day) {
            Some(date) => format!("{date}{code}"),
            None if day.edtf.starts_with("XXXX-") => format!("{}{code}", day.edtf),
            None => weekday().unwrap_or_default() + code,
        };
        TimeValue { edtf, ..day }
    }

    fn span(self, from: &Expression, to: &Expression) -> Option<TimeValue> {
        if let (Expression::Clock { time: a, date: None }, Expression::Clock { time: b, date: None }) = (from, to) {
            let Some(first) = self.coming(*a) else {
                return Some(TimeValue { edtf: format!("{}/{}", long_face(*a), long_face(*b)), ..open() });
            };
            let last = self.zoned(first.date(), *b).0;
            let last = if last < first { last.checked_add(1.days()).ok()? } else { last };
            return Some(TimeValue { edtf: format!("{}/{}", stamp(first), stamp(last)), relative: true, ..open() });
        }
        // Beside a day "now" is one as well, beside a time of day it is a moment.
        let present = |other: &Expression| match other {
            Expression::Clock { .. } | Expression::Elapsed { .. } => self.now().map_or_else(open, at),
            _ => self.today().map_or_else(open, whole),
        };
        let low = match (from, to) {
            (Expression::Now, to) => present(to),
            // "from 2pm until tomorrow at 4"
            (Expression::Clock { time, date: None }, _) => self.clock(*time, Some(&Expression::Day(0))),
            _ => self.value(from),
        };
        let mut high = match (from, to) {
            (from, Expression::Now) => present(from),
            // "between 2:00 tomorrow and 4:00"
            (Expression::Clock { date: Some(date), .. }, Expression::Clock { time, date: None }) => {
                self.clock(*time, Some(date))
            }
            _ => self.value(to),
        };
        let days = !matches!(to, Expression::Clock { .. } | Expression::Daypart { .. });
        let later = days && to.anchor() == Anchor::Own && resolve(to, None).earliest.is_none();
        if let Some(day) = low.earliest.filter(|_| later) {
            // "January 3, 2017 to February 1", "from November to March": the next behind the first.
            let first = Reference { day, time: None, offset: self.reference.and_then(|r| r.offset) };
            high = ResolutionContext { reference: Some(first), lean: Lean::Ahead }.value(to);
        }
        if high.latest.is_some_and(|last| low.earliest.is_some_and(|first| last < first)) {
            return None; // no stretch runs backwards
        }
        let end = |v: &TimeValue, last: bool, day: Option<Date>| {
            let part = if last { v.edges().1 } else { v.edges().0 };
            match day {
                Some(day) if !part.contains('T') => day.to_string(),
                _ => part.to_owned(),
            }
        };
        let (a, b) = (end(&low, false, low.earliest), end(&high, true, high.latest));
        if a.is_empty() || b.is_empty() {
            return Some(TimeValue { relative: low.relative || high.relative, ..open() });
        }
        Some(TimeValue {
            edtf: if a == b { a } else { format!("{a}/{b}") },
            earliest: low.earliest,
            latest: high.latest,
            relative: low.relative || high.relative,
            ..open()
        })
    }

    /// The day, with the time of day where it is known, that a distance is counted from.
    fn base(self, from: &Expression) -> Option<(Date, Option<Time>)> {
        match from {
            Expression::Now => self.reference.map(|r| (r.day, r.time)),
            Expression::Clock { time, date: Some(date) } => {
                Some((single(&self.value(date))?, Time::new(time.hour, time.minute, time.second, 0).ok()))
            }
            // "a week from Monday" counts on from the coming one.
            Expression::Date { weekday: Some(_), month: None, .. } => {
                let ahead = ResolutionContext {
                    lean: if self.lean == Lean::Entry { Lean::Entry } else { Lean::Ahead },
                    ..self
                };
                ahead.value(from).latest.map(|d| (d, None))
            }
            from => self.value(from).latest.map(|d| (d, None)),
        }
    }

    fn offset(self, amount: i32, direction: i32, grain: Grain, from: Option<&Expression>) -> Option<TimeValue> {
        let mut length = Length::default();
        add(&mut length, amount.into(), grain)?;
        let (day, _) = self.base(from.unwrap_or(&Expression::Now))?;
        let exact = grain == Grain::Day || from.is_some();
        let value = moved((day, None), length, direction)?;
        let value = if from.is_some() { value } else { self.stated_as(length, value) };
        Some(TimeValue { bound: if exact { Bound::Exact } else { Bound::Approx }, ..value })
    }

    fn run(self, length: Length, direction: i32, inclusive: bool) -> Option<TimeValue> {
        let reference = self.reference?;
        let bound = if length.vague { Bound::Approx } else { Bound::Exact };
        if length.seconds != 0 {
            let now = self.now()?;
            let other = shifted(now, length, direction)?;
            let (a, b) = (now.min(other), now.max(other));
            return Some(TimeValue { edtf: format!("{}/{}", stamp(a), stamp(b)), bound, ..open() });
        }
        let today = reference.day;
        let other = shifted(today.to_datetime(Time::midnight()), length, direction)?.date();
        let (from, to) = match (direction > 0, inclusive) {
            (true, true) => (today, other),
            (true, false) => (today.tomorrow().ok()?, other),
            (false, _) => (other, today.yesterday().ok()?),
        };
        let edtf = if from == to { from.to_string() } else { format!("{from}/{to}") };
        (from <= to).then(|| TimeValue { edtf, earliest: Some(from), latest: Some(to), bound, ..open() })
    }

    fn week(self, number: i8, of: Option<&Expression>) -> Option<TimeValue> {
        let year = match of {
            Some(of) => self.value(of).earliest?.year(),
            None => self.today()?.year(),
        };
        week_from(jiff::civil::ISOWeekDate::new(year, number, Weekday::Monday).ok()?.date())
    }

    fn holiday(self, holiday: Holiday, year: Option<i16>, of: Option<&Expression>) -> Option<TimeValue> {
        let year = match of {
            Some(of) => Some(self.value(of).earliest?.year()),
            None => year,
        };
        if let Some(year) = year {
            // Of two the first; the others are candidates.
            return days_of(holiday, year).first().map(|days| kept(holiday, *days));
        }
        let Some(today) = self.today() else {
            return Some(resolve(&Expression::Holiday { holiday, year: None, of: None }, None));
        };
        let near = days_near(holiday, today, 1);
        let found = match self.lean {
            Lean::Near => near.min_by_key(|(d, _)| d.until(today).map_or(i32::MAX, |s| s.get_days().abs())),
            Lean::Ahead | Lean::Entry => near.filter(|(_, last)| *last >= today).min(),
            Lean::Behind | Lean::Since => near.filter(|(first, _)| *first <= today).max(),
        };
        found.map(|days| TimeValue { relative: true, ..kept(holiday, days) })
    }

    /// "three Fridays from now", "two Thursdays ago".
    fn weekdays(self, count: i32, day: Weekday) -> Option<TimeValue> {
        let today = self.today()?;
        let near = if count > 0 { today.weekday().until(day) } else { -today.weekday().since(day) };
        // Today itself does not count.
        let rest = if near == 0 { count } else { count - count.signum() };
        let days = i64::from(near) + 7 * i64::from(rest);
        Some(TimeValue { weekday: Some(day), ..whole(today.checked_add(days.days()).ok()?) })
    }

    /// "the nearest Monday to 5 October", "the second closest Easter to today".
    fn closest(self, place: usize, of: &Expression, to: &Expression) -> Option<TimeValue> {
        let to = single(&self.value(to))?;
        let mut days: Vec<(Date, Date)> = match of {
            Expression::Holiday { holiday, .. } => {
                let reach = i16::try_from(place).ok()?;
                days_near(*holiday, to, reach).collect()
            }
            Expression::Date { weekday: Some(day), .. } => {
                let reach = i64::try_from(place).ok()?;
                let first = to.checked_sub(i64::from(to.weekday().since(*day)).days()).ok()?;
                (-reach..=reach).filter_map(|n| first.checked_add((7 * n).days()).ok()).map(|d| (d, d)).collect()
            }
            _ => return None,
        };
        days.sort_by_key(|(d, _)| (d.until(to).map_or(i32::MAX, |s| s.get_days().abs()), *d));
        let days = *days.get(place.checked_sub(1)?)?;
        Some(match of {
            Expression::Holiday { holiday, .. } => kept(*holiday, days),
            _ => whole(days.0),
        })
    }

    /// "last Friday", "next Easter", "this March".
    fn named(self, by: i32, of: &Expression) -> Option<TimeValue> {
        let today = self.today()?;
        match of {
            Expression::Holiday { holiday, .. } => {
                let mut days = days_near(*holiday, today, 2);
                let found = match by {
                    0 => days.find(|(d, _)| d.year() == today.year()),
                    n if n < 0 => days.filter(|(_, last)| *last < today).max(),
                    _ => days.find(|(d, _)| *d > today),
                };
                found.map(|days| kept(*holiday, days))
            }
            Expression::Date { weekday: Some(day), month: None, day: None, .. } if by > 0 => {
                let ahead = 7 * i64::from(by) + i64::from(day.since(Weekday::Monday));
                Some(TimeValue { weekday: Some(*day), ..whole(monday_of(today)?.checked_add(ahead.days()).ok()?) })
            }
            Expression::Date { weekday: Some(day), .. } if by == 0 && self.lean == Lean::Entry => {
                Some(TimeValue { weekday: Some(*day), ..whole(weekday_after(today, *day)?) })
            }
            of => {
                let value = resolve(&Expression::Named { by, of: Box::new(of.clone()) }, Some(today));
                (!value.edtf.is_empty()).then_some(value)
            }
        }
    }
}

/// A stretch that is stated by its first and last day, where they are known.
fn by_days(value: TimeValue) -> TimeValue {
    match (value.earliest, value.latest) {
        (Some(first), Some(last)) => TimeValue { edtf: format!("{first}/{last}"), ..value },
        _ => value,
    }
}

/// The days of a holiday in the years round a day, in their order.
fn days_near(holiday: Holiday, day: Date, reach: i16) -> impl Iterator<Item = (Date, Date)> {
    (-reach..=reach).filter_map(move |d| day.year().checked_add(d)).flat_map(move |y| days_of(holiday, y))
}

/// The nearest day of a month, the coming or the latest one, with the weekday if one is named.
fn near_day(today: Date, day: i8, weekday: Option<Weekday>, lean: Lean) -> Option<Date> {
    let first = today.first_of_month();
    let months = (-12..=12).filter_map(|n: i64| first.checked_add(n.months()).ok());
    let days = months.filter_map(|m| Date::new(m.year(), m.month(), day).ok());
    let fits = |d: &Date| match lean {
        Lean::Near => true,
        Lean::Behind | Lean::Since => *d <= today,
        Lean::Ahead | Lean::Entry => *d >= today,
    };
    days.filter(|d| weekday.is_none_or(|w| d.weekday() == w) && fits(d))
        .min_by_key(|d| (d.until(today).map_or(i32::MAX, |s| s.get_days().abs()), *d))
}

/// A length of time on from a moment, or back.
fn shifted(from: DateTime, length: Length, direction: i32) -> Option<DateTime> {
    let way = i64::from(direction.signum());
    let span = |n: i64| n.checked_mul(way);
    from.checked_add(jiff::Span::new().try_months(span(length.months.into())?).ok()?)
        .ok()?
        .checked_add(jiff::Span::new().try_days(span(length.days.into())?).ok()?)
        .ok()?
        .checked_add(jiff::Span::new().try_seconds(span(length.seconds)?).ok()?)
        .ok()
}

/// [`shifted`] as a value: a day where the length is of days, a moment where it is of hours and the time is known.
fn moved((day, time): (Date, Option<Time>), length: Length, direction: i32) -> Option<TimeValue> {
    if length.seconds == 0 {
        return shifted(day.to_datetime(Time::midnight()), length, direction).map(|t| whole(t.date()));
    }
    shifted(day.to_datetime(time?), length, direction).map(at)
}
