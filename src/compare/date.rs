//! Dates and parts of dates: what they can mean, day by day.
//!
//! Where both date one event that its event cluster tells of ([`one_day`]), a weekday stands for the day that it was worked out
//! to, and times of day are compared by the minute.

use jiff::civil::Date;

use crate::value::{Bound, Judgement, TimeValue};

use super::Finding;

/// Days between two dates of one event that may be a typo. Further apart they are rather of two events.
const TYPO: i32 = 3;

/// Minutes between two times of day of one event.
const MINUTES: u32 = 15;

/// Whether two times are so near, or so alike to the eye, that two pages can mean one event by them: days apart, the same
/// day of another year or month, minutes apart. A period has its like a year before and a quarter later: days apart only.
pub(super) fn one_day(p: &TimeValue, q: &TimeValue, period: bool) -> bool {
    if let (Some((a, _)), Some((b, _))) = (clock(p), clock(q)) {
        return a.abs_diff(b) <= MINUTES;
    }
    let (a, b) = (p.parts, q.parts);
    let known = |x: Option<i8>, y: Option<i8>| x.is_some() && x == y;
    let year = a.0.is_none() || b.0.is_none() || a.0 == b.0;
    let whole = |t: &TimeValue| t.earliest.filter(|e| Some(*e) == t.latest);
    let days = |d: Date, e: Date| d.until(e).map_or(i32::MAX, |s| s.get_days().abs());
    let near = match (whole(p), whole(q)) {
        (Some(d), Some(e)) => days(d, e) <= TYPO,
        (Some(d), None) | (None, Some(d)) => {
            let open = if whole(p).is_some() { b } else { a };
            let (Some(m), Some(n)) = (open.1, open.2) else { return known(a.1, b.1) || year };
            Date::new(d.year(), m, n).is_ok_and(|e| days(d, e) <= TYPO)
        }
        (None, None) => known(a.1, b.1) || year && (a.1.is_none() || b.1.is_none()),
    };
    let alike = known(a.2, b.2) && (known(a.1, b.1) || year);
    near || alike && !period
}

/// Whether two times are so far from each other that no typo of a page makes them one: other minutes of a day, other days.
/// What one of them leaves open tells nothing.
pub(super) fn apart(p: &TimeValue, q: &TimeValue) -> bool {
    if let (Some((a, _)), Some((b, _))) = (clock(p), clock(q)) {
        return a.abs_diff(b) > MINUTES;
    }
    match (p.earliest, p.latest, q.earliest, q.latest) {
        (Some(a), Some(b), Some(c), Some(d)) => (b < c || d < a) && !one_day(p, q, false),
        _ => false,
    }
}

/// Minutes since midnight of a time of day without a day, with the zone as written.
fn clock(t: &TimeValue) -> Option<(u32, &str)> {
    let face = t.edtf.strip_prefix('T').filter(|_| t.bound == Bound::Exact)?;
    Some((minute(face)?, face.get(5..).unwrap_or_default()))
}

/// The minute of the day of a face of the clock: 402 for `06:42`.
pub(super) fn minute(face: &str) -> Option<u32> {
    Some(face.get(..2)?.parse::<u32>().ok()? * 60 + face.get(3..5)?.parse::<u32>().ok()?)
}

/// Judges two times of day. One on the five minutes is a round one.
fn minutes(p: (u32, &str), q: (u32, &str)) -> Finding {
    if p.1 != q.1 {
        return Finding::new(Judgement::Unknown, "clocks of two zones");
    }
    let round = p.0.is_multiple_of(5) || q.0.is_multiple_of(5);
    match p.0.abs_diff(q.0) {
        0 => Finding::new(Judgement::Equal, "the same minute"),
        n if n < 5 && round => Finding::new(Judgement::Overlap, "one of them is rounded to five minutes"),
        _ => Finding::new(Judgement::Disjoint, "another minute"),
    }
}

/// Judges two times. `event` is whether both date the one event of their event cluster.
pub(super) fn judge(p: &TimeValue, q: &TimeValue, event: bool) -> Finding {
    if let (true, Some(a), Some(b)) = (event, clock(p), clock(q)) {
        return minutes(a, b);
    }
    let stated = |t: &TimeValue| t.weekday.is_some() && t.relative;
    if event && (stated(p) || stated(q)) && (p.weekday.is_some() && p.weekday == q.weekday) && p.edtf != q.edtf {
        return Finding::new(Judgement::Unknown, "the same weekday, in weeks that were inferred");
    }
    // "Last September", said in December: this year’s or the last one.
    let month = |t: &TimeValue| t.relative && t.parts.1.is_some();
    let one = p.parts.1 == q.parts.1 && (p.parts.2.is_none() || q.parts.2.is_none() || p.parts.2 == q.parts.2);
    let years = p.parts.0.zip(q.parts.0).is_some_and(|(a, b)| a != b);
    if (month(p) || month(q)) && one && years {
        return Finding::new(Judgement::Unknown, "the year of one of them was inferred");
    }
    // A date worked out from a weekday supports nothing by itself; the check `weekday-stated` compares it.
    if !event && (p.weekday.is_some() && p.relative || q.weekday.is_some() && q.relative) {
        return Finding::new(Judgement::Unknown, "one of them names a weekday only");
    }
    let open = |t: &TimeValue| t.parts.0.is_none() && t.parts.1.is_some();
    if open(p) || open(q) {
        return parts(p, q);
    }
    // "two weeks before" is stated in weeks: half a week either way.
    let reach = |t: &TimeValue| {
        let about = t.relative && t.bound == Bound::Approx && t.earliest == t.latest;
        let days = jiff::Span::new().days(if about { 3 } else { 0 });
        (t.earliest.and_then(|d| d.checked_sub(days).ok()), t.latest.and_then(|d| d.checked_add(days).ok()))
    };
    let ((a, b), (c, d)) = (reach(p), reach(q));
    match (a, b, c, d) {
        (Some(a), Some(b), Some(c), Some(d)) => {
            if (a, b) == (c, d) {
                return Finding::new(Judgement::Equal, "the same date");
            }
            if a <= c && d <= b {
                return Finding::new(Judgement::Finer, "the second is part of the first");
            }
            if c <= a && b <= d {
                return Finding::new(Judgement::Finer, "the first is part of the second").swapped(true);
            }
            if a <= d && c <= b {
                return Finding::new(Judgement::Overlap, "the dates overlap");
            }
            Finding::new(Judgement::Disjoint, "no common day")
        }
        _ if p.edtf == q.edtf && !p.edtf.is_empty() => Finding::new(Judgement::Equal, "the same date"),
        // "Before 1998" and "in May 1999", "after 1998" and "in 1990".
        (None, Some(b), Some(c), Some(_)) | (Some(_), Some(b), Some(c), None) if b < c => {
            Finding::new(Judgement::Disjoint, "no common day")
        }
        (Some(a), None, Some(_), Some(d)) | (Some(a), Some(_), None, Some(d)) if d < a => {
            Finding::new(Judgement::Disjoint, "no common day")
        }
        _ if p.bound != Bound::Exact || q.bound != Bound::Exact => {
            Finding::new(Judgement::Unknown, "one of the dates is open-ended")
        }
        _ => Finding::new(Judgement::Unknown, "one of the dates could not be resolved"),
    }
}

/// Whether only one end is stated.
fn ended(bound: Bound) -> bool {
    matches!(bound, Bound::AtLeast | Bound::AtMost | Bound::MoreThan | Bound::LessThan)
}

/// With a year left open, month and day decide.
fn parts(p: &TimeValue, q: &TimeValue) -> Finding {
    let same = |a: Option<i8>, b: Option<i8>| a.is_none() || b.is_none() || a == b;
    let (_, m, d) = p.parts;
    let (_, n, e) = q.parts;
    if m.is_none() || n.is_none() {
        return Finding::new(Judgement::Unknown, "one of the dates could not be resolved");
    }
    if !same(m, n) || !same(d, e) {
        if ended(p.bound) || ended(q.bound) {
            return Finding::new(Judgement::Unknown, "one of the dates is open-ended");
        }
        return Finding::new(Judgement::Disjoint, "no common day in any year");
    }
    if p.edtf == q.edtf {
        return Finding::new(Judgement::Equal, "the same day, year left open in both");
    }
    let finer = q.parts.0.is_some() || e.is_some() && d.is_none();
    Finding::new(Judgement::Finer, "the same day; one leaves the year open").swapped(!finer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> TimeValue {
        let date: Date = text.parse().unwrap();
        TimeValue {
            edtf: text.to_owned(),
            earliest: Some(date),
            latest: Some(date),
            parts: (Some(date.year()), Some(date.month()), Some(date.day())),
            weekday: None,
            bound: Bound::Exact,
            relative: false,
        }
    }

    fn open(month: i8, date: i8) -> TimeValue {
        let edtf = format!("XXXX-{month:02}-{date:02}");
        TimeValue { edtf, earliest: None, latest: None, parts: (None, Some(month), Some(date)), ..day("2019-06-12") }
    }

    fn face(text: &str) -> TimeValue {
        TimeValue {
            edtf: text.to_owned(),
            earliest: None,
            latest: None,
            parts: (None, None, None),
            ..day("2019-06-12")
        }
    }

    #[test]
    fn typos_are_near_and_other_events_are_not() {
        let near = |a: &str, b: &str, period| one_day(&day(a), &day(b), period);
        assert!(near("2019-06-12", "2019-06-13", false));
        assert!(near("2019-06-12", "2016-06-12", false), "another year");
        assert!(near("2019-06-12", "2019-07-12", false), "another month");
        assert!(!near("2019-06-12", "2019-06-28", false), "weeks apart");
        assert!(!near("2019-03-31", "2018-03-31", true), "a period has its like a year before");
        assert!(near("2019-03-31", "2019-03-28", true));
        assert!(one_day(&day("2019-06-12"), &open(6, 13), false));
        assert!(!one_day(&day("2019-06-12"), &open(6, 28), false));
    }

    #[test]
    fn clocks_by_the_minute() {
        let judged = |a: &str, b: &str| judge(&face(a), &face(b), true).judgement;
        assert_eq!(judged("T13:38", "T13:39"), Judgement::Disjoint);
        assert_eq!(judged("T13:40", "T13:39"), Judgement::Overlap);
        assert_eq!(judged("T13:39", "T13:39"), Judgement::Equal);
        assert_eq!(judged("T13:38", "T08:09Z"), Judgement::Unknown);
        assert!(!one_day(&face("T13:38"), &face("T15:00"), false));
        assert_eq!(judge(&face("T13:38"), &face("T13:39"), false).judgement, Judgement::Unknown, "no event");
    }

    #[test]
    fn a_weekday_is_a_day_for_the_event_of_a_story_only() {
        let stated = TimeValue {
            weekday: Some(day("2019-06-12").earliest.unwrap().weekday()),
            relative: true,
            ..day("2019-06-12")
        };
        assert_eq!(judge(&stated, &day("2019-06-13"), true).judgement, Judgement::Disjoint);
        assert_eq!(judge(&stated, &day("2019-06-13"), false).judgement, Judgement::Unknown);
    }

    #[test]
    fn one_open_end_bounds_all_the_same() {
        let (before, after) = (
            TimeValue { earliest: None, bound: Bound::AtMost, ..day("1997-12-31") },
            TimeValue { latest: None, bound: Bound::AtLeast, ..day("1999-01-01") },
        );
        let judged = |a: &TimeValue, b: &TimeValue| judge(a, b, false).judgement;
        assert_eq!(judged(&before, &day("1998-05-14")), Judgement::Disjoint);
        assert_eq!(judged(&day("1998-05-14"), &after), Judgement::Disjoint);
        assert_eq!(judged(&before, &day("1996-05-14")), Judgement::Unknown);
        assert_eq!(judged(&before, &after), Judgement::Unknown, "an end and a beginning");
    }
}
