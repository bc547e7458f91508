//! Dates in digits: 2026-05-19, 5/19/2026, 19.05.2026, 20260519, "10/1 to 11/7".

use super::Expression;
use super::clock::{clock, range};
use super::date::{alone, built, day_number};
use super::grammar::Read;
use super::year::{short_year, whole_year};
use crate::rule::measure::{LexedText, Slot, word};

/// 2026-05-19, 5/19/2026, 19.05.2026, 2026-05.
pub(super) fn numeric(r: &LexedText<'_>, at: usize) -> Read {
    // "5/1/2019-5/7/2020": the second of two whole dates.
    let second = r.glued(at)
        && at > 3
        && r.raw(at - 1) == "-"
        && r.word(at - 3) == word::SLASH
        && whole_year(r, at - 2).is_some();
    if !r.is_number(at) || r.glued(at) && !second && (r.is_word(at.wrapping_sub(1)) || r.sense_or_mark_joins(at)) {
        return None;
    }
    if let Some(found) = spaced(r, at) {
        return Some(found);
    }
    let raw = r.raw(at);
    if raw.matches('.').count() == 2 {
        let mut parts = raw.split('.');
        let (d, m, y) = (parts.next()?, parts.next()?, parts.next()?);
        // "2015.5.13"
        if d.len() == 4 && y.len() <= 2 {
            let year = d.parse().ok().filter(|y| (1500..2100).contains(y))?;
            return Some((built(Some(year), m.parse().ok()?, Some(y.parse().ok()?))?, at + 1));
        }
        let year = (y.len() == 4).then(|| y.parse().ok()).flatten().filter(|y| (1500..2100).contains(y))?;
        return Some((built(Some(year), m.parse().ok()?, Some(d.parse().ok()?))?, at + 1));
    }
    if raw.len() == 8 && raw.bytes().all(|b| b.is_ascii_digit()) && !(r.glued(at + 1) && r.is_word(at + 1)) {
        // 20260519
        let year = raw[..4].parse().ok().filter(|y| (1900..2100).contains(y))?;
        return Some((built(Some(year), raw[4..6].parse().ok()?, Some(raw[6..].parse().ok()?))?, at + 1));
    }
    let joint = r.word(at + 1);
    // 2019-Aug-01
    let chained = |i: usize| r.word(i) == joint && r.glued(i) && r.glued(i + 1);
    if let (Some(year), Some(month)) = (whole_year(r, at), r.sense(at + 2).month)
        && matches!(joint, word::HYPHEN | word::SLASH)
        && chained(at + 1)
        && chained(at + 3)
    {
        let (day, end, _) = day_number(r, at + 4)?;
        return Some((built(Some(year), month, Some(day))?, end));
    }
    if !matches!(joint, word::HYPHEN | word::SLASH) || !r.glued(at + 1) || !r.is_number(at + 2) || !r.glued(at + 2) {
        return None;
    }
    let second = r.raw(at + 2);
    let third = r.word(at + 3) == joint && r.glued(at + 3) && r.is_number(at + 4) && r.glued(at + 4);
    if raw.len() == 4 {
        let year = raw.parse::<i16>().ok().filter(|y| (1500..2100).contains(y))?;
        let month = second.parse().ok().filter(|_| second.len() <= 2)?;
        if third {
            let day = r.raw(at + 4).parse().ok().filter(|_| r.raw(at + 4).len() <= 2)?;
            return Some((built(Some(year), month, Some(day))?, at + 5));
        }
        let iso = second.len() == 2 && joint == word::HYPHEN && month <= 12;
        return iso.then(|| built(Some(year), month, None)).flatten().map(|e| (e, at + 3));
    }
    if !third {
        if joint != word::SLASH || r.glued(at + 3) && r.is_word(at + 3) {
            return None;
        }
        // "04/2016"
        if let Some(year) = whole_year(r, at + 2).filter(|y| (1900..2100).contains(y) && raw.len() <= 2) {
            return Some((built(Some(year), raw.parse().ok()?, None)?, at + 3));
        }
        // "on 5/12": without a year only where a day has to stand, beside words of time or a weekday.
        let before = r.sense_before(at);
        let timed = match r.word(at + 3) {
            word::AT | word::AT_SIGN => r.is_number(at + 4),
            word::FROM | word::BETWEEN => range(r, at + 4).is_some_and(|s| s.free),
            word::BEFORE | word::AFTER | word::UNTIL | word::TILL => clock(r, at + 4).is_some(),
            _ => false,
        };
        let strict = r.before(at) == word::ON || before.weekday.is_some() || before.shift.is_some() || timed;
        let led = strict
            || alone(r, at, at + 3)
            || matches!(before.slot, Some(Slot::Since | Slot::By | Slot::Before | Slot::After));
        let (month, day) = led.then(|| Some((raw.parse::<i8>().ok()?, second.parse::<i8>().ok()?))).flatten()?;
        let (month, day) = if month > 12 { (day, month) } else { (month, day) };
        return Some((built(None, month, Some(day))?, at + 3));
    }
    let (a, b): (i8, i8) = (raw.parse().ok()?, second.parse().ok()?);
    let year = short_year(r.raw(at + 4))?;
    // American order unless it cannot be.
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    Some((built(Some(year), month, Some(day))?, at + 5))
}

/// "4/15" where nothing but a day can stand.
pub(super) fn numeric_day(r: &LexedText<'_>, at: usize) -> Read {
    let slash = r.is_number(at) && r.word(at + 1) == word::SLASH && r.glued(at + 1) && r.glued(at + 2);
    let small = |i: usize| r.raw(i).parse::<i8>().ok().filter(|_| r.raw(i).len() <= 2);
    let (month, day) = slash.then(|| small(at).zip(small(at + 2))).flatten()?;
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    (r.word(at + 3) != word::SLASH).then(|| built(None, month, Some(day))).flatten().map(|e| (e, at + 3))
}

/// "26. 10. 2021", "26. 10.21": day, month and year by full stops, with spaces behind some of them. A year of two digits
/// is one where nothing else is said, a time of day apart.
fn spaced(r: &LexedText<'_>, at: usize) -> Read {
    if r.word(at + 1) != word::DOT || r.raw(at).len() > 2 {
        return None;
    }
    let (month, year, end) = match r.raw(at + 2).split_once('.') {
        Some((month, year)) => (month, year, at + 3),
        None if r.word(at + 3) == word::DOT => (r.raw(at + 2), r.raw(at + 4), at + 5),
        None => return None,
    };
    let stated = year.len() == 4 || year.len() == 2 && (alone(r, at, end) || r.is_number(end) && alone(r, at, end + 1));
    let year = short_year(year).filter(|y| stated && (1500..2100).contains(y))?;
    Some((built(Some(year), month.parse().ok()?, Some(r.raw(at).parse().ok()?))?, end))
}

/// "10/1 to 11/7", "5/1-5/7/2020": months and days that only stand for dates because there are two of them.
pub(super) fn numeric_span(r: &LexedText<'_>, at: usize) -> Read {
    let pair = |i: usize| {
        let slash = r.is_number(i) && r.word(i + 1) == word::SLASH && r.glued(i + 1) && r.glued(i + 2);
        let small = |i: usize| r.raw(i).parse::<i8>().ok().filter(|_| r.raw(i).len() <= 2);
        slash.then(|| Some((small(i)?, small(i + 2)?, i + 3))).flatten()
    };
    if r.glued(at) && at > 0 && r.word(at - 1) != word::OPEN {
        return None;
    }
    let (month, day, end) = pair(at)?;
    let joint = r.word_is_to(end)
        || matches!(r.word(end), word::UNTIL | word::TILL | word::THROUGH)
        || r.word(end) == word::AND && r.before(at) == word::BETWEEN;
    let (last_month, last_day, mut after) = pair(end + 1).filter(|_| joint)?;
    let year = (r.word(after) == word::SLASH && r.glued(after)).then(|| short_year(r.raw(after + 1))).flatten();
    after += if year.is_some() { 2 } else { 0 };
    let led = matches!(r.before(at), word::FROM | word::BETWEEN);
    if year.is_none() && !led && !alone(r, at, after) || r.glued(after) && (r.is_word(after) || r.is_number(after)) {
        return None;
    }
    let turns = (month, day) > (last_month, last_day);
    let from = built(year.map(|y| if turns { y - 1 } else { y }), month, Some(day))?;
    let to = built(year, last_month, Some(last_day))?;
    Some((Expression::Span { from: Box::new(from), to: Box::new(to) }, after))
}
