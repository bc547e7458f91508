//! What the words of a time say, before anything is resolved. No text and no reference stand in it.

use jiff::civil::Weekday;

use super::timex::Reference;
use crate::rule::measure::{Daypart, Grain, Holiday, Part, Slot};
use crate::value::TimeValue;

/// What the words of a time say, before anything is resolved.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// Calendar parts as far as they are named; at least one of them is.
    Date {
        /// The year.
        year: Option<i16>,
        /// 1 to 12.
        month: Option<i8>,
        /// 1 to 31.
        day: Option<i8>,
        /// The weekday named beside it, or alone.
        weekday: Option<Weekday>,
    },
    /// A quarter of a year.
    Quarter {
        /// The year, if named.
        year: Option<i16>,
        /// 1 to 4.
        quarter: i8,
    },
    /// A half of a year.
    Half {
        /// The year, if named.
        year: Option<i16>,
        /// 1 or 2.
        half: i8,
    },
    /// A season, by its EDTF number: 21 spring to 24 winter.
    Season {
        /// The year, if named.
        year: Option<i16>,
        /// 21 to 24.
        season: i8,
    },
    /// Ten years from `start`.
    Decade {
        /// 1990 for "the 1990s".
        start: i16,
    },
    /// A century: 19 for "the 19th century".
    Century {
        /// Its number.
        number: i8,
    },
    /// "early 2024", "the end of 2028".
    Part {
        /// Which part.
        part: Part,
        /// Of what.
        of: Box<Expression>,
    },
    /// "March and April", "2019–2021".
    Span {
        /// Where it begins.
        from: Box<Expression>,
        /// Where it ends, inclusive.
        to: Box<Expression>,
    },
    /// "by 2028", "since March": never with [`Slot::At`].
    Bounded {
        /// On which side.
        slot: Slot,
        /// Of what.
        of: Box<Expression>,
    },
    /// "yesterday" -1, "today" 0, "tomorrow" 1.
    Day(i32),
    /// "last year", "this quarter", "the following month".
    Shift {
        /// Unit of the calendar.
        grain: Grain,
        /// How many units on.
        by: i32,
        /// What it is counted from.
        anchor: Anchor,
    },
    /// "last Thursday", "next May": the named one `by` places on.
    Named {
        /// -1 last, 0 this, 1 next.
        by: i32,
        /// A date with only a weekday or a month, or a season.
        of: Box<Expression>,
    },
    /// "three Fridays from now" 3, "two Thursdays ago" -2.
    Weekdays {
        /// How many of them on, or back.
        count: i32,
        /// Which day.
        day: Weekday,
    },
    /// "the first Monday of October 2014", "the last week of May", "Friday of next week".
    Nth {
        /// From 1; -1 is the last.
        place: i32,
        /// Unit of the calendar; [`Grain::Day`] where a weekday is named.
        grain: Grain,
        /// The weekday that is counted.
        weekday: Option<Weekday>,
        /// Within what.
        of: Box<Expression>,
    },
    /// "two weeks ago", "three days earlier".
    Offset {
        /// How many units.
        amount: i32,
        /// -1 earlier, 1 later.
        direction: i32,
        /// Unit of the calendar.
        grain: Grain,
        /// What it is counted from.
        anchor: Anchor,
        /// The time it is counted from, where the words name it ("two weeks before May 19").
        from: Option<Box<Expression>>,
    },
    /// A time of day, with the date when one stands beside it.
    Clock {
        /// The time of day.
        time: ClockTime,
        /// The day, if named.
        date: Option<Box<Expression>>,
    },
    /// "tomorrow night", "in the early morning".
    Daypart {
        /// Which part of the day.
        part: Daypart,
        /// Its first or last half.
        portion: Option<Part>,
        /// The day, if named.
        date: Option<Box<Expression>>,
    },
    /// A holiday or a commemoration.
    Holiday {
        /// When it falls.
        holiday: Holiday,
        /// The year, if named.
        year: Option<i16>,
        /// The year as it is stated otherwise: "of last year", "in five years".
        of: Option<Box<Expression>>,
    },
    /// "now".
    Now,
    /// A time without edges: "recently" -1, "currently" 0, "as soon as possible" 1.
    Vague(i32),
    /// "5 minutes ago", "in half an hour", "a few days before Easter": a length that only a clock can count, is made
    /// of several units, or has no exact number.
    Elapsed {
        /// How far.
        length: Length,
        /// -1 earlier, 1 later.
        direction: i32,
        /// What it is counted from; the document's own time where nothing is named.
        from: Option<Box<Expression>>,
    },
    /// "the last three months", "within two days": the stretch up to the document's own time, or from it on.
    Run {
        /// How long.
        length: Length,
        /// -1 up to now, 1 from now on.
        direction: i32,
        /// Whether the running unit counts as well ("within two days": today does).
        inclusive: bool,
    },
    /// "week 27", by the reckoning of ISO 8601.
    Week {
        /// 1 to 53.
        number: i8,
        /// Of which year.
        of: Option<Box<Expression>>,
    },
    /// "the week of May 5": Monday to Sunday round a day.
    WeekOf(Box<Expression>),
    /// "Easter weekend": the Saturday and Sunday nearest to a day.
    WeekendOf(Box<Expression>),
    /// "the closest Monday to 5 October", "the second closest Christmas to today".
    Closest {
        /// From 1.
        place: usize,
        /// A weekday or a holiday.
        of: Box<Expression>,
        /// The day that it is close to.
        to: Box<Expression>,
    },
    /// "June next year", "5 March of last year", "the third quarter of this year".
    InYear {
        /// A date, a quarter, a half or a season without its year.
        date: Box<Expression>,
        /// The year as it is stated.
        year: Box<Expression>,
    },
    /// "every Tuesday", "daily", "twice a week".
    Repeat {
        /// How many units lie between two of them.
        count: i32,
        /// The unit.
        grain: Grain,
        /// Which day, month or time of day it is, where the words name it.
        of: Option<Box<Expression>>,
    },
}

/// A time of day as it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockTime {
    /// 0 to 23.
    pub hour: i8,
    /// 0 to 59.
    pub minute: i8,
    /// 0 to 59.
    pub second: i8,
    /// Whether the half of the day is known: "5 pm", "17:30", "noon"; not so "half past five".
    pub sure: bool,
    /// Minutes ahead of UTC, where a zone is named that tells them.
    pub zone: Option<i16>,
}

/// A length of time, for counting on a calendar with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// Years and months, as months.
    pub months: i32,
    /// Weeks and days, as days.
    pub days: i32,
    /// Hours, minutes and seconds, as seconds.
    pub seconds: i64,
    /// Whether it is no exact number ("a few").
    pub vague: bool,
}

/// What a time is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// Nothing: the words suffice.
    Own,
    /// The date of the document ("last year", "two weeks ago").
    Document,
    /// Another time in the text ("two weeks earlier", "the same month"): the document's date is the wrong reference.
    Text,
}

impl Expression {
    /// A year alone.
    pub(super) fn year(year: i16) -> Expression {
        Expression::Date { year: Some(year), month: None, day: None, weekday: None }
    }

    /// A month of no year.
    pub(super) fn month(month: i8) -> Expression {
        Expression::Date { year: None, month: Some(month), day: None, weekday: None }
    }

    /// A weekday of no week.
    pub(super) fn weekday(day: Weekday) -> Expression {
        Expression::Date { year: None, month: None, day: None, weekday: Some(day) }
    }

    /// What has to be known to resolve it.
    pub fn anchor(&self) -> Anchor {
        match self {
            Expression::Day(_)
            | Expression::Named { .. }
            | Expression::Weekdays { .. }
            | Expression::Now
            | Expression::Vague(_)
            | Expression::Run { .. } => Anchor::Document,
            Expression::Offset { from: Some(from), .. } | Expression::Elapsed { from: Some(from), .. } => from.anchor(),
            Expression::Elapsed { from: None, .. } => Anchor::Document,
            Expression::Shift { anchor, .. } | Expression::Offset { anchor, .. } => *anchor,
            Expression::Part { of, .. } | Expression::Bounded { of, .. } | Expression::Nth { of, .. } => of.anchor(),
            Expression::Span { from, to } => from.anchor().max(to.anchor()),
            Expression::Clock { date, .. } | Expression::Daypart { date, .. } => {
                date.as_ref().map_or(Anchor::Document, |d| d.anchor())
            }
            Expression::WeekOf(of) | Expression::WeekendOf(of) => of.anchor(),
            Expression::Closest { to, .. } => to.anchor(),
            Expression::InYear { year, .. } => year.anchor(),
            Expression::Week { of, .. } => of.as_ref().map_or(Anchor::Document, |d| d.anchor()),
            _ => Anchor::Own,
        }
    }

    /// The unit that it is counted in, if it is counted from another time.
    fn counted_in(&self) -> Option<(Grain, bool)> {
        match self {
            Expression::Shift { grain, by, .. } => Some((*grain, *by < 0)),
            Expression::Offset { grain, direction, .. } => Some((*grain, *direction < 0)),
            Expression::Part { of, .. } | Expression::Bounded { of, .. } | Expression::Nth { of, .. } => {
                of.counted_in()
            }
            Expression::Clock { date, .. } | Expression::Daypart { date, .. } => date.as_ref()?.counted_in(),
            Expression::Span { from, to } => from.counted_in().or_else(|| to.counted_in()),
            _ => None,
        }
    }

    /// What it is counted from where another time stands before it; `None` where that time is vaguer than the unit that is
    /// counted ("in 2019 …, two days later") or open.
    pub fn counted_from(&self, before: &TimeValue) -> Option<Reference> {
        let (grain, back) = self.counted_in()?;
        let (first, last) = before.earliest.zip(before.latest)?;
        let longest = match grain {
            Grain::Second | Grain::Minute | Grain::Hour | Grain::Day => 0,
            Grain::Week | Grain::Weekend => 6,
            Grain::Month => 31,
            Grain::Quarter => 92,
            Grain::Year => 366,
            Grain::Decade => 3_660,
            Grain::Century => 36_600,
        };
        let days = first.until(last).map_or(i32::MAX, |s| s.get_days());
        (days <= longest).then_some(Reference { day: if back { first } else { last }, time: None, offset: None })
    }

    /// Whether it names no date at all, but a moment on the clock, a stretch up to now or a rhythm.
    pub fn undated(&self) -> bool {
        match self {
            Expression::Now
            | Expression::Vague(_)
            | Expression::Elapsed { .. }
            | Expression::Run { .. }
            | Expression::Week { .. }
            | Expression::WeekOf(_)
            | Expression::WeekendOf(_)
            | Expression::Closest { .. }
            | Expression::Weekdays { .. }
            | Expression::Repeat { .. }
            | Expression::Clock { date: None, .. }
            | Expression::Daypart { date: None, .. } => true,
            Expression::Bounded { of, .. } => of.undated(),
            Expression::Span { from, to } => from.undated() || to.undated(),
            _ => false,
        }
    }

    /// The times of day that it holds besides what it says as a whole: that of "6:42 on 17 October", both ends of "9:12 to
    /// 16:40"; with the bound that each one is.
    pub fn clocks(&self) -> Vec<(ClockTime, Option<Slot>)> {
        match self {
            Expression::Clock { time, date: Some(_) } => vec![(*time, None)],
            Expression::Bounded { slot, of } => {
                of.clocks().into_iter().map(|(t, own)| (t, own.or(Some(*slot)))).collect()
            }
            Expression::Span { from, to } => match (&**from, &**to) {
                (Expression::Clock { time: from, .. }, Expression::Clock { time: to, .. }) => {
                    vec![(*from, Some(Slot::Since)), (*to, Some(Slot::By))]
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Whether it names one single day, so that a time of day can stand beside it.
    pub fn is_day(&self) -> bool {
        match self {
            Expression::Date { day, weekday, .. } => day.is_some() || weekday.is_some(),
            Expression::Day(_) | Expression::Holiday { .. } | Expression::Weekdays { .. } => true,
            Expression::Elapsed { length, .. } => length.seconds == 0,
            Expression::Named { of, .. } => of.is_day(),
            Expression::InYear { date, .. } => date.is_day(),
            Expression::Nth { grain, .. } => *grain == Grain::Day,
            Expression::Shift { grain, .. } | Expression::Offset { grain, .. } => *grain == Grain::Day,
            _ => false,
        }
    }
}
