//! Times that are counted from another: yesterday, last Thursday, two weeks ago, the first Monday of October.

use super::date::{date, weekday, whole_year};
use super::grammar::{Read, period};
use super::{Anchor, Expression};
use crate::mention::quantity::{ordinal_number, whole_number};
use crate::rule::measure::{Grain, Reading, word};

/// "the first Monday of October", "the last week of 2016", "Friday of next week".
pub(super) fn nth(r: &Reading<'_>, at: usize) -> Read {
    let the = usize::from(r.word(at) == word::THE);
    let i = at + the;
    let (place, next) = if r.word(i) == word::LAST {
        (-1, i + 1)
    } else if r.sense(i).weekday.is_some() {
        (1, i)
    } else {
        let (n, end) = ordinal_number(r, i)?;
        (i32::try_from(n).ok().filter(|n| (1..=60).contains(n))?, end)
    };
    let day = weekday(r.sense(next).weekday);
    let grain = match day {
        Some(_) => Grain::Day,
        None => {
            singular_grain(r, next).filter(|g| matches!(g, Grain::Day | Grain::Week | Grain::Weekend | Grain::Month))?
        }
    };
    if !matches!(r.word(next + 1), word::OF | word::IN) {
        return None;
    }
    let plain = next == i; // "Friday of next week": only weeks hold one Friday
    let (of, end) =
        relative(r, next + 2).or_else(|| date(r, next + 2)).or_else(|| period(r, next + 2)).or_else(|| {
            let year = whole_year(r, next + 2)?;
            Some((Expression::Date { year: Some(year), month: None, day: None, weekday: None }, next + 3))
        })?;
    let holds = match &of {
        Expression::Shift { grain: Grain::Week, .. } => day.is_some(),
        Expression::Shift { grain, .. } => !plain && *grain > Grain::Weekend,
        Expression::Date { day: None, weekday: None, .. } | Expression::Quarter { .. } => !plain,
        _ => false,
    };
    holds.then(|| (Expression::Nth { place, grain, weekday: day, of: Box::new(of) }, end))
}

pub(super) fn day_word(r: &Reading<'_>, at: usize) -> Read {
    let by = r.sense(at).day?;
    Some((Expression::Day(by), at + 1))
}

/// "yesterday", "last Thursday", "this quarter", "the same month", "two weeks ago".
pub(super) fn relative(r: &Reading<'_>, at: usize) -> Read {
    if let Some((day, mut end)) = day_word(r, at) {
        if r.sense(end).role.daypart {
            end += 1;
        }
        return Some((day, end));
    }
    let the = usize::from(r.word(at) == word::THE);
    let i = at + the;
    if r.word(i) == word::SAME {
        let grain = singular_grain(r, i + 1).filter(|g| *g != Grain::Half)?;
        return (the == 1).then_some((Expression::Shift { grain, by: 0, anchor: Anchor::Text }, i + 2));
    }
    if let Some(by) = r.sense(i).shift {
        let next = if matches!(r.word(i + 1), word::FISCAL | word::CALENDAR) { i + 2 } else { i + 1 };
        if let Some(grain) = singular_grain(r, next) {
            // "the past year" is a length of time; so are "this day" and "last half".
            let length = r.word(i) == word::PAST || matches!(grain, Grain::Half | Grain::Century);
            let day = grain == Grain::Day && the == 0;
            if length || day || r.hyphen(next + 1) {
                return None;
            }
            let raw = r.raw(i);
            let told = ["following", "preceding", "prior", "previous"].iter().any(|w| raw.eq_ignore_ascii_case(w));
            let anchor =
                if told || the == 1 && by == 1 || grain == Grain::Day { Anchor::Text } else { Anchor::Document };
            return Some((Expression::Shift { grain, by, anchor }, next + 1));
        }
        // "this afternoon", "last night"
        let of = r.sense(next);
        if of.role.daypart && by <= 0 && the == 0 {
            return Some((Expression::Day(by), next + 1));
        }
        let named = if let Some(day) = weekday(of.weekday.filter(|_| !of.role.ambiguous || r.capital(next))) {
            Expression::Date { year: None, month: None, day: None, weekday: Some(day) }
        } else if let Some(month) = of.month.filter(|_| r.capital(next) || !of.role.ambiguous) {
            if whole_number(r, next + 1).is_some() {
                return None;
            }
            Expression::Date { year: None, month: Some(month), day: None, weekday: None }
        } else if let Some(season) = of.season {
            Expression::Season { year: None, season }
        } else {
            return None;
        };
        let mut end = next + 1;
        if r.sense(end).role.daypart {
            end += 1;
        }
        return Some((Expression::Named { by, of: Box::new(named) }, end));
    }
    ago(r, at)
}

/// "two weeks ago", "a year earlier", "a few days before".
pub(super) fn ago(r: &Reading<'_>, at: usize) -> Read {
    let (amount, next) = if matches!(r.word(at), word::A | word::AN) {
        if r.raw(at + 1).eq_ignore_ascii_case("few") { (None, at + 2) } else { (Some(1), at + 1) }
    } else {
        let (n, end) = whole_number(r, at)?;
        (Some(i32::try_from(n).ok().filter(|n| *n < 5000)?), end)
    };
    let next = if r.hyphen(next) { next + 1 } else { next };
    let grain = r.sense(next).grain.filter(|g| !matches!(g, Grain::Half | Grain::Quarter))?;
    let i = next + 1;
    let (direction, anchor, end) = match r.word(i) {
        word::AGO => (-1, Anchor::Document, i + 1),
        word::FROM if r.word(i + 1) == word::NOW => (1, Anchor::Document, i + 2),
        word::AFTER | word::BEFORE if r.word(i + 1) == word::NOW => return None,
        word::AFTER | word::BEFORE | word::FROM => {
            let direction = if r.word(i) == word::BEFORE { -1 } else { 1 };
            let day = day_word(r, i + 1).or_else(|| date(r, i + 1)).or_else(|| relative_day(r, i + 1));
            match day {
                Some((from, end)) => {
                    let anchor = from.anchor();
                    return Some((
                        Expression::Offset { amount, direction, grain, anchor, from: Some(Box::new(from)) },
                        end,
                    ));
                }
                None if r.word(i) == word::FROM => return None,
                // "lasted less than a year before stepping down" is a length.
                None if r.raw(i + 1).ends_with("ing") || r.phrase_before(&r.measures.bounds_before, at).is_some() => {
                    return None;
                }
                None => (direction, Anchor::Text, i + 1),
            }
        }
        _ => (r.sense(i).offset?, Anchor::Text, i + 1),
    };
    Some((Expression::Offset { amount, direction, grain, anchor, from: None }, end))
}

/// "last Friday", "next May": a named day or month, not a count of days.
pub(super) fn relative_day(r: &Reading<'_>, at: usize) -> Read {
    r.sense(at).shift?;
    relative(r, at).filter(|(e, _)| matches!(e, Expression::Named { .. }))
}

pub(super) fn singular_grain(r: &Reading<'_>, at: usize) -> Option<Grain> {
    r.sense(at).grain.filter(|_| !r.raw(at).ends_with(['s', 'S']))
}
