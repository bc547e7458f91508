//! A day and a time of day that stand side by side, in either order.

use super::clock::{clock, face, in_daypart, iso, range, stands_free, within};
use super::date::date;
use super::expression::{ClockTime, Expression};
use super::grammar::Read;
use super::holiday::holiday;
use super::relative::{nth, relative};
use super::year::whole_year;
use crate::rule::measure::{Daypart, LexedText, Part, Slot, word};

/// Joins what stands behind a time to it: "May 5, 2026 at 10:30 a.m.", "yesterday from 3 to 5", "5pm on Tuesday".
pub(super) fn joined(r: &LexedText<'_>, e: Expression, end: usize) -> (Expression, usize) {
    let (mut e, mut end) = (e, end);
    // A day, its part, a time in it: three steps are all there can be.
    for _ in 0..3 {
        let next = if bare(&e) { day_behind(r, &e, end) } else { clock_behind(r, &e, end) };
        match next {
            Some((joined, after)) => (e, end) = (joined, after),
            None => break,
        }
    }
    (e, end)
}

/// A time of day, or a stretch of the day, without its day.
fn bare(e: &Expression) -> bool {
    match e {
        Expression::Clock { date, .. } | Expression::Daypart { date, .. } => date.is_none(),
        Expression::Span { from, to } => bare(from) && bare(to),
        _ => false,
    }
}

/// The day behind a time of day: "10:30 on Tuesday", "3 to 5 tomorrow", "the morning of 15 February".
fn day_behind(r: &LexedText<'_>, e: &Expression, end: usize) -> Option<(Expression, usize)> {
    let mut next = end + usize::from(r.word(end) == word::COMMA);
    next += usize::from(matches!(r.word(next), word::ON | word::OF | word::FOR));
    if r.lex.get(next).is_some_and(|l| l.leads) {
        return None;
    }
    if let (Expression::Daypart { part, .. }, false) = (e, next > end) {
        // "in the evening at eight", "early morning at 3"
        let at = usize::from(matches!(r.word(end), word::AT | word::AT_SIGN));
        if let Some(face) = face(r, end + at).filter(|f| at == 1 && (f.strong || stands_free(r, f.end))) {
            return Some((Expression::Clock { time: within(face.time, *part), date: None }, face.end));
        }
    }
    let (day, after) = day_at(r, next)?;
    Some((placed(e, &day), after))
}

/// A single day at a token, with the part of the day behind it.
fn day_at(r: &LexedText<'_>, at: usize) -> Read {
    let (e, end) = nth(r, at)
        .or_else(|| relative(r, at))
        .or_else(|| holiday(r, at))
        .or_else(|| date(r, at))
        .filter(|(e, _)| e.is_day() || matches!(e, Expression::Daypart { date: Some(_), .. }))?;
    Some(part_behind(r, &e, end).unwrap_or((e, end)))
}

/// Puts a day to all times of day of an expression.
fn placed(e: &Expression, day: &Expression) -> Expression {
    let on = |time: ClockTime| match day {
        Expression::Daypart { part, date, .. } => Expression::Clock { time: within(time, *part), date: date.clone() },
        day => Expression::Clock { time, date: Some(Box::new(day.clone())) },
    };
    match e {
        Expression::Clock { time, .. } => on(*time),
        Expression::Daypart { part, portion, .. } => {
            Expression::Daypart { part: *part, portion: *portion, date: Some(Box::new(day.clone())) }
        }
        Expression::Span { from, to } => {
            Expression::Span { from: Box::new(placed(from, day)), to: Box::new(placed(to, day)) }
        }
        other => other.clone(),
    }
}

/// The part of the day behind a day: "Tuesday morning", "May 3 in the evening", "Monday early in the morning".
fn part_behind(r: &LexedText<'_>, e: &Expression, end: usize) -> Option<(Expression, usize)> {
    if !e.is_day() || r.lex.get(end).is_some_and(|l| l.leads) {
        return None;
    }
    let (portion, next) = match r.sense(end).part {
        Some(part @ (Part::Early | Part::Late)) => (Some(part), end + 1 + usize::from(r.hyphen(end + 1))),
        _ => (None, end),
    };
    let (part, after) = match r.sense(next).daypart {
        Some(part) => (part, next + 1),
        None => match r.raw(next) {
            // "tomorrow am", never "I am"
            "AM" => (Daypart::Morning, next + 1),
            "PM" => (Daypart::Afternoon, next + 1),
            "am" if matches!(e, Expression::Day(_)) => (Daypart::Morning, next + 1),
            "pm" if matches!(e, Expression::Day(_)) => (Daypart::Afternoon, next + 1),
            _ => in_daypart(r, next)?,
        },
    };
    Some((Expression::Daypart { part, portion, date: Some(Box::new(e.clone())) }, after))
}

/// The time of day behind a day or its part.
fn clock_behind(r: &LexedText<'_>, e: &Expression, end: usize) -> Option<(Expression, usize)> {
    let part = match e {
        Expression::Daypart { date: Some(_), part, .. } => Some(*part),
        e if e.is_day() => None,
        _ => return None,
    };
    if r.lex.get(end).is_some_and(|l| l.leads) {
        return None;
    }
    if let Some((time, after)) = iso(r, end) {
        return Some((placed(&Expression::Clock { time, date: None }, e), after));
    }
    if let Some(found) = part_behind(r, e, end) {
        return Some(found);
    }
    let mut next = end + usize::from(r.word(end) == word::COMMA || r.hyphen(end));
    let named = r.word(next);
    let led = matches!(named, word::AT | word::AT_SIGN | word::AROUND | word::ABOUT | word::CIRCA);
    next += usize::from(led) + usize::from(led && matches!(r.word(next + 1), word::AROUND | word::ABOUT));
    let stretch = matches!(named, word::FROM | word::BETWEEN);
    next += usize::from(stretch);
    if let Some(found) = range(r, next).filter(|s| stretch || s.free || stands_free(r, s.end)) {
        let clock = |time| {
            let time = part.map_or(time, |part| within(time, part));
            Box::new(Expression::Clock { time, date: None })
        };
        return Some((placed(&Expression::Span { from: clock(found.from), to: clock(found.to) }, e), found.end));
    }
    // "tomorrow before 5pm"
    let slot = r.sense(next).slot.filter(|s| *s != Slot::At && !led && !stretch);
    let at = next + usize::from(slot.is_some());
    let face = face(r, at).filter(|f| {
        f.strong || (led || stated(r, e, at)) && stands_free(r, f.end) || slot.is_some() && clock(r, at).is_some()
    })?;
    if stretch {
        return None;
    }
    // "Oct 26 15:50:06 2016"
    let mut day = e.clone();
    let mut end = face.end;
    if let (Expression::Date { year: year @ None, month: Some(_), .. }, Some(stated)) = (&mut day, whole_year(r, end)) {
        (*year, end) = (Some(stated), end + 1);
    }
    let clock = placed(&Expression::Clock { time: face.time, date: None }, &day);
    Some((
        match slot {
            Some(slot) => Expression::Bounded { slot, of: Box::new(clock) },
            None => clock,
        },
        end,
    ))
}

/// "Friday 19h", "29.02.2020 13.12": behind a day the letter makes a time of day, behind a whole date the full stop.
fn stated(r: &LexedText<'_>, e: &Expression, at: usize) -> bool {
    let whole = matches!(e, Expression::Date { year: Some(_), month: Some(_), day: Some(_), .. });
    whole && r.raw(at).split_once('.').is_some_and(|(h, m)| h.len() == 2 && m.len() == 2)
        || r.is_number(at) && r.glued(at + 1) && matches!(r.raw(at + 1), "h" | "H")
}
