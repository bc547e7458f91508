//! How times are written: EDTF with times of day, ISO 8601 where EDTF has no word.

use jiff::civil::{Date, DateTime, Weekday};

use crate::mention::time::expression::ClockTime;
use crate::mention::time::resolve::open;
use crate::rule::measure::{Daypart, Grain, Part, Slot};
use crate::value::{Bound, TimeValue};

/// Tells a stretch by its first and last day, and one from a Monday to the next Sunday as the week that it is.
pub(super) fn stated(value: TimeValue) -> TimeValue {
    match (value.earliest, value.latest) {
        (Some(first), Some(last)) if value.edtf.contains('/') && !value.edtf.contains('T') => {
            let whole_week = first.weekday() == Weekday::Monday && first.until(last).is_ok_and(|s| s.get_days() == 6);
            let week = first.iso_week_date();
            let edtf = match whole_week {
                true => format!("{:04}-W{:02}", week.year(), week.week()),
                false => format!("{first}/{last}"),
            };
            TimeValue { edtf, ..value }
        }
        _ => value,
    }
}

/// So many units as an ISO 8601 duration.
pub(super) fn period(count: i32, grain: Grain) -> String {
    match grain {
        Grain::Second => format!("PT{count}S"),
        Grain::Minute => format!("PT{count}M"),
        Grain::Hour => format!("PT{count}H"),
        Grain::Day => format!("P{count}D"),
        Grain::Week | Grain::Weekend => format!("P{count}W"),
        Grain::Month => format!("P{count}M"),
        Grain::Quarter => format!("P{}M", count.saturating_mul(3)),
        Grain::Year => format!("P{count}Y"),
        Grain::Decade => format!("P{}Y", count.saturating_mul(10)),
        Grain::Century => format!("P{}Y", count.saturating_mul(100)),
    }
}

/// The day of a value that is one day.
pub(super) fn single(value: &TimeValue) -> Option<Date> {
    value.earliest.filter(|d| value.latest == Some(*d))
}

pub(super) fn at(time: DateTime) -> TimeValue {
    TimeValue { edtf: stamp(time), earliest: Some(time.date()), latest: Some(time.date()), ..open() }
}

/// `2026-05-19T17:00`, with seconds where there are any.
pub(super) fn stamp(time: DateTime) -> String {
    let seconds = if time.second() == 0 { String::new() } else { format!(":{:02}", time.second()) };
    format!("{}T{:02}:{:02}{seconds}", time.date(), time.hour(), time.minute())
}

/// `17:00`, with seconds where there are any.
pub(super) fn face(time: ClockTime) -> String {
    let seconds = if time.second == 0 { String::new() } else { format!(":{:02}", time.second) };
    format!("{:02}:{:02}{seconds}", time.hour, time.minute)
}

pub(super) fn long_face(time: ClockTime) -> String {
    format!("{:02}:{:02}:{:02}", time.hour, time.minute, time.second)
}

/// Minutes ahead of UTC as EDTF writes them.
pub(super) fn zone(minutes: Option<i16>) -> String {
    match minutes {
        None => String::new(),
        Some(0) => "Z".to_owned(),
        Some(m) => format!("{}{:02}:{:02}", if m < 0 { '-' } else { '+' }, m.abs() / 60, m.abs() % 60),
    }
}

/// A time without edges, as in TimeML.
pub(super) fn vague(way: i32) -> TimeValue {
    let edtf = match way.signum() {
        -1 => "PAST_REF",
        0 => "PRESENT_REF",
        _ => "FUTURE_REF",
    };
    TimeValue { edtf: edtf.to_owned(), bound: Bound::Approx, relative: true, ..open() }
}

/// A part of any day, as in TimeML.
pub(super) fn daypart_code(part: Daypart) -> &'static str {
    match part {
        Daypart::Morning => "TMO",
        Daypart::Noon => "TMI",
        Daypart::Afternoon => "TAF",
        Daypart::Evening => "TEV",
        Daypart::Night => "TNI",
    }
}

/// The hours of a part of the day, as clock faces.
pub(super) fn hours(part: Daypart, portion: Option<Part>) -> (&'static str, &'static str) {
    let late = match portion {
        Some(Part::Early | Part::Start) => Some(false),
        Some(Part::Late | Part::End) => Some(true),
        _ => None,
    };
    match (part, late) {
        (Daypart::Noon, _) => ("11:00:00", "13:00:00"),
        (Daypart::Morning, None) => ("08:00:00", "12:00:00"),
        (Daypart::Morning, Some(false)) => ("08:00:00", "10:00:00"),
        (Daypart::Morning, Some(true)) => ("10:00:00", "12:00:00"),
        (Daypart::Afternoon, None) => ("12:00:00", "16:00:00"),
        (Daypart::Afternoon, Some(false)) => ("12:00:00", "14:00:00"),
        (Daypart::Afternoon, Some(true)) => ("14:00:00", "16:00:00"),
        (Daypart::Evening, None) => ("16:00:00", "20:00:00"),
        (Daypart::Evening, Some(false)) => ("16:00:00", "18:00:00"),
        (Daypart::Evening, Some(true)) => ("18:00:00", "20:00:00"),
        (Daypart::Night, None) => ("20:00:00", "23:59:59"),
        (Daypart::Night, Some(false)) => ("20:00:00", "22:00:00"),
        (Daypart::Night, Some(true)) => ("22:00:00", "23:59:59"),
    }
}

/// Puts the preposition before a time to work; ends are stated as days, or as times of day where one is named.
pub(super) fn bounded(slot: Slot, of: TimeValue) -> TimeValue {
    let Some(bound) = slot.bound() else { return of };
    if of.edtf.is_empty() {
        return TimeValue { bound, ..of };
    }
    let (low, high) = of.edges();
    let timed = of.edtf.contains([':', 'T']);
    let face = |s: &str| match s.strip_prefix('T') {
        // A time of no day: ISO 8601 writes the ends of a stretch of the day without the letter.
        Some(face) if !face.starts_with(|c: char| c.is_ascii_digit()) => s.to_owned(),
        Some(face) if face.len() == 5 => format!("{face}:00"),
        Some(face) => face.to_owned(),
        None => s.to_owned(),
    };
    let day = |d: Option<Date>, otherwise: &str| d.map_or_else(|| otherwise.to_owned(), |d| d.to_string());
    let (edtf, earliest, latest) = match slot {
        Slot::Since | Slot::At if timed => (format!("{}/..", face(low)), of.earliest, None),
        Slot::After if timed => (format!("{}/..", face(high)), of.latest, None),
        Slot::By if timed => (format!("../{}", face(high)), None, of.latest),
        Slot::Before if timed => (format!("../{}", face(low)), None, of.earliest),
        Slot::Since | Slot::At => (format!("{}/..", day(of.earliest, low)), of.earliest, None),
        Slot::By => (format!("../{}", day(of.latest, high)), None, of.latest),
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
