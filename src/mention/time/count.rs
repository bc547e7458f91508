//! Times that are counted in units: "two weeks ago", "in half an hour", "the last three months", "5 days after Easter".

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::clock::clock;
use super::date::{alone, date, weekday};
use super::expression::{Anchor, Expression, Length};
use super::grammar::Read;
use super::holiday::holiday;
use super::relative::{day_word, relative, relative_day};
use crate::mention::quantity::whole_number;
use crate::rule::measure::{Grain, LexedText, word};
use crate::text::TokenKind;

/// A length of time as it is read.
struct Counted {
    length: Length,
    /// The number and the unit, where it is a whole number of one unit of the calendar.
    single: Option<(i32, Grain)>,
    end: usize,
}

/// A time counted from another, or a stretch up to now or from now on.
pub(super) fn counted(r: &LexedText<'_>, at: usize) -> Read {
    run(r, at).or_else(|| weekdays(r, at)).or_else(|| distance(r, at))
}

/// "three Fridays from now", "2 Thursdays ago".
fn weekdays(r: &LexedText<'_>, at: usize) -> Read {
    let (n, end) = whole_number(r, at).filter(|(n, _)| (1..100).contains(n))?;
    let day = weekday(r.sense(end).weekday)?;
    let count = i32::try_from(n).ok()?;
    match r.word(end + 1) {
        word::AGO => Some((Expression::Weekdays { count: -count, day }, end + 2)),
        word::FROM if r.word(end + 2) == word::NOW => Some((Expression::Weekdays { count, day }, end + 3)),
        _ => None,
    }
}

/// A length of less than a day in seconds: "two hours" in "from 2 pm for two hours".
pub(super) fn seconds(r: &LexedText<'_>, at: usize) -> Option<(i64, usize)> {
    let Counted { length, end, .. } = length(r, at)?;
    let short = length.months == 0 && length.days == 0 && !length.vague && (1..86_400).contains(&length.seconds);
    short.then_some((length.seconds, end))
}

/// "five years" behind "in", where the words round it have made sure that it is counted from the document.
pub(super) fn onward(r: &LexedText<'_>, at: usize) -> Read {
    let Counted { length, end, .. } = length(r, at)?;
    Some((Expression::Elapsed { length, direction: 1, from: None }, end))
}

/// "the last three months", "next couple of weeks", "5 upcoming years".
fn run(r: &LexedText<'_>, at: usize) -> Read {
    let i = at + usize::from(r.word(at) == word::THE);
    let way = |i: usize| r.sense(i).shift.filter(|s| *s != 0);
    let this = usize::from(r.word(i) == word::THIS && way(i + 1).is_some());
    if let Some(direction) = way(i + this) {
        let next = i + this + 1 + usize::from(r.word(i + this + 1) == word::A);
        // A number has to follow: "last year" is a unit of the calendar.
        if r.sense(next).grain.is_some() {
            return None;
        }
        if r.word(next) == word::FORTNIGHT {
            let length = Length { days: 14, ..Length::default() };
            return Some((Expression::Run { length, direction, inclusive: false }, next + 1));
        }
        let counted = length(r, next).filter(|c| c.length != Length::default())?;
        if matches!(r.word(counted.end), word::AGO | word::BEFORE | word::OF | word::IN) {
            return None;
        }
        // Quarters are those of the calendar: nobody counts ninety days from today.
        if let Some((n, Grain::Quarter)) = counted.single {
            let shift = |by| Box::new(Expression::Shift { grain: Grain::Quarter, by, anchor: Anchor::Document });
            let (from, to) = if direction > 0 { (1, n) } else { (-n, -1) };
            return Some((Expression::Span { from: shift(from), to: shift(to) }, counted.end));
        }
        let inclusive = r.before(at) == word::WITHIN && direction > 0;
        return Some((Expression::Run { length: counted.length, direction, inclusive }, counted.end));
    }
    // "5 upcoming years"
    let (n, next) = whole_number(r, i).filter(|(n, _)| (1..1000).contains(n))?;
    let direction = way(next)?;
    // "3 next week" counts something else.
    let grain = r.sense(next + 1).grain.filter(|_| n == 1 || r.raw(next + 1).ends_with(['s', 'S']))?;
    let mut length = Length::default();
    add(&mut length, Decimal::from(n), grain)?;
    Some((Expression::Run { length, direction, inclusive: false }, next + 2))
}

/// "two weeks ago", "a year earlier", "in 5 minutes", "within two days", "three weeks from tomorrow".
fn distance(r: &LexedText<'_>, at: usize) -> Read {
    if r.word(at) == word::THE {
        return None;
    }
    let Counted { length, single, end } = length(r, at)?;
    let make = |direction: i32, anchor: Anchor, from: Option<Expression>| {
        let from = from.map(Box::new);
        match single {
            Some((n, grain)) => Expression::Offset { amount: n, direction, grain, anchor, from },
            None => Expression::Elapsed { length, direction, from },
        }
    };
    let document = |direction: i32, end: usize| Some((make(direction, Anchor::Document, None), end));
    match r.word(end) {
        // "a year ago today"
        word::AGO => {
            return match day_word(r, end + 1) {
                Some((day @ Expression::Day(_), end)) => Some((make(-1, Anchor::Document, Some(day)), end)),
                _ => document(-1, end + 1),
            };
        }
        // "for 3 days starting next Monday", "a week beginning on 4 May"
        word::STARTING | word::BEGINNING | word::COMMENCING => {
            let on = usize::from(matches!(r.word(end + 1), word::ON | word::FROM));
            return days_from(r, length, end + 1 + on);
        }
        word::FROM if r.before(at) == word::FOR => return days_from(r, length, end + 1),
        // "for a week, from 20 December"
        word::COMMA if r.before(at) == word::FOR && r.word(end + 1) == word::FROM => {
            return days_from(r, length, end + 2);
        }
        word::FROM if matches!(r.word(end + 1), word::NOW | word::TODAY) => return document(1, end + 2),
        word::AFTER | word::BEFORE if r.word(end + 1) == word::NOW => return None,
        // "Closed for three days after a leak": so long, and not on the third day.
        word::AFTER | word::BEFORE if r.before(at) == word::FOR => return None,
        word::AFTER | word::BEFORE | word::FROM => {
            let direction = if r.word(end) == word::BEFORE { -1 } else { 1 };
            let named = relative_day(r, end + 1)
                .or_else(|| day_word(r, end + 1))
                .or_else(|| holiday(r, end + 1))
                .or_else(|| date(r, end + 1))
                .or_else(|| relative(r, end + 1).filter(|(e, _)| e.is_day()));
            return match named {
                Some((from, end)) => {
                    let anchor = from.anchor();
                    Some((make(direction, anchor, Some(from)), end))
                }
                None if r.word(end) == word::FROM => None,
                // "lasted less than a year before stepping down" is a length.
                None if r.raw(end + 1).ends_with("ing") || r.phrase_before(&r.measures.bounds_before, at).is_some() => {
                    None
                }
                // "£30,000 a year before tax": a rate, and what has not been taken from it.
                None if matches!(r.word(at), word::A | word::AN) && behind_figure(r, at) && bare_noun(r, end + 1) => {
                    None
                }
                // "two hours after the vote": an event that no calendar knows.
                None if single.is_none() => None,
                None => Some((make(direction, Anchor::Text, None), end + 1)),
            };
        }
        _ => {}
    }
    if let Some(direction) = r.sense(end).offset {
        return Some((make(direction, Anchor::Text, None), end + 1));
    }
    // "in two weeks' time"
    let behind = end
        + usize::from(matches!(r.word(end), word::APOSTROPHE | word::QUOTE))
        + usize::from(r.kind(end) == Some(TokenKind::Possessive));
    if behind > end && r.word(behind) == word::TIME && r.before(at) == word::IN {
        return Some((Expression::Elapsed { length, direction: 1, from: None }, behind + 1));
    }
    // "in about half an hour"
    let lead = at - usize::from(at > 0 && matches!(r.before(at), word::ABOUT | word::AROUND));
    match r.before(lead) {
        word::IN if ahead(r, lead) || alone(r, at, end) || timed(r, end) => {
            Some((Expression::Elapsed { length, direction: 1, from: None }, end))
        }
        word::WITHIN if ahead(r, lead) || alone(r, at, end) => {
            Some((Expression::Run { length, direction: 1, inclusive: true }, end))
        }
        _ => None,
    }
}

/// Whether a figure ends right before a token: "£30,000", "5 million", "£30m".
fn behind_figure(r: &LexedText<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let sense = r.sense(before);
    r.is_number(before) || sense.scale.is_some() || r.glued(before) && r.is_number(before - 1)
}

/// A small word that no table knows as one of grammar: "tax", no "the vote", no "he left".
fn bare_noun(r: &LexedText<'_>, at: usize) -> bool {
    r.is_word(at) && !r.capital(at) && !r.sense(at).role.stop
}

/// "three days from Monday" behind "for": a stretch by its length and its first day.
fn days_from(r: &LexedText<'_>, length: Length, at: usize) -> Read {
    let (from, end) = relative(r, at).or_else(|| holiday(r, at)).or_else(|| date(r, at)).filter(|(e, _)| e.is_day())?;
    // A year from 1 March ends on the last day of February.
    let whole_days = (length.days > 1 || length.months > 0) && length.seconds == 0 && !length.vague;
    let length = Length { days: length.days - 1, ..length };
    let to = Expression::Elapsed { length, direction: 1, from: Some(Box::new(from.clone())) };
    whole_days.then(|| (Expression::Span { from: Box::new(from), to: Box::new(to) }, end))
}

/// "in three days at 5 pm": only a day has a time of day.
fn timed(r: &LexedText<'_>, end: usize) -> bool {
    r.word(end) == word::AT && clock(r, end + 1).is_some()
}

/// How far off a word is looked for that makes "in two weeks" lie ahead.
const AHEAD: usize = 16;

/// Whether "in two weeks" lies ahead: its sentence speaks of the future. "Built in two weeks" is a length.
fn ahead(r: &LexedText<'_>, at: usize) -> bool {
    let within = |i: &usize| *i < r.len() && !matches!(r.word(*i), word::DOT);
    let obliged = |i: usize| matches!(r.raw(i), "have" | "has") && r.word(i + 1) == word::TO;
    let future = |i: usize| r.sense(i).role.future || obliged(i);
    let preposition = at.saturating_sub(1);
    (preposition.saturating_sub(AHEAD)..preposition).rev().take_while(within).any(future)
        || r.opens(preposition) && (at..at + AHEAD).take_while(within).any(future)
}

/// A length of time at a token: "two weeks", "half an hour", "1 hour, 5 minutes and 30 seconds", "a few days".
fn length(r: &LexedText<'_>, at: usize) -> Option<Counted> {
    let (first, grain, vague, mut end) = part(r, at)?;
    let mut total = Length { vague, ..Length::default() };
    add(&mut total, first, grain)?;
    let mut smallest = grain;
    let mut single =
        first.to_i32().filter(|n| Decimal::from(*n) == first && *n < 5000 && !vague && grain >= Grain::Day);
    // A date has few units, each smaller than the one before.
    for _ in 0..5 {
        let comma = usize::from(r.word(end) == word::COMMA);
        let next = end + comma + usize::from(r.word(end + comma) == word::AND);
        if r.word(end) == word::AND
            && r.word(end + 1) == word::A
            && half(r, end + 2).is_some_and(|_| r.sense(end + 3).grain.is_none())
        {
            // "an hour and a half"
            add(&mut total, half(r, end + 2)?, smallest)?;
            (single, end) = (None, end + 3);
            break;
        }
        let Some((n, grain, false, after)) = part(r, next).filter(|(_, g, ..)| *g < smallest) else { break };
        add(&mut total, n, grain)?;
        (smallest, single, end) = (grain, None, after);
    }
    Some(Counted { length: total, single: single.map(|n| (n, grain)), end })
}

fn half(r: &LexedText<'_>, at: usize) -> Option<Decimal> {
    match r.word(at) {
        word::HALF => Some(Decimal::new(5, 1)),
        word::QUARTER => Some(Decimal::new(25, 2)),
        _ => None,
    }
}

/// A number and a unit: "two weeks", "a couple of minutes", "half an hour", "1/2 hour", "2.5 hours", "5min".
fn part(r: &LexedText<'_>, at: usize) -> Option<(Decimal, Grain, bool, usize)> {
    let a = usize::from(matches!(r.word(at), word::A | word::AN));
    let i = at + a;
    let of = |i: usize| {
        i + usize::from(r.word(i) == word::OF)
            + usize::from(matches!(r.word(i + 1), word::A | word::AN) && r.word(i) == word::OF)
    };
    let (n, vague, mut next) = match r.word(i) {
        word::COUPLE => (Decimal::TWO, false, of(i + 1)),
        word::FEW => (Decimal::from(3), true, i + 1),
        word::HALF => (
            Decimal::new(5, 1),
            false,
            i + 1 + usize::from(matches!(r.word(i + 1), word::A | word::AN)) + usize::from(r.hyphen(i + 1)),
        ),
        word::ANOTHER => (Decimal::ONE, false, i + 1),
        _ if a == 1 => (Decimal::ONE, false, i),
        _ => {
            let (n, end) = amount(r, i)?;
            (n, false, end)
        }
    };
    if r.word(next) == word::AND && r.word(next + 1) == word::A {
        // "two and a half hours"
        if let Some(more) = half(r, next + 2) {
            let grain = unit(r, next + 3, false)?;
            return Some((n.checked_add(more)?, grain, false, next + 4));
        }
    }
    next += usize::from(r.word(next) == word::MORE);
    next += usize::from(r.hyphen(next));
    if r.word(next) == word::FORTNIGHT || r.word(next) == word::FORTNIGHTS {
        return Some((n.checked_mul(Decimal::TWO)?, Grain::Week, vague, next + 1));
    }
    let grain = unit(r, next, r.is_number(i) && r.glued(next))?;
    Some((n, grain, vague, next + 1))
}

/// Digits, a fraction in digits, or number words.
fn amount(r: &LexedText<'_>, at: usize) -> Option<(Decimal, usize)> {
    if r.is_number(at) {
        let raw = r.raw(at);
        if r.word(at + 1) == word::SLASH && r.glued(at + 1) && r.is_number(at + 2) && r.glued(at + 2) {
            let (a, b) = (raw.parse::<Decimal>().ok()?, r.raw(at + 2).parse::<Decimal>().ok()?);
            return a.checked_div(b).map(|n| (n, at + 3));
        }
        if raw.contains('.') && raw.len() < 9 {
            return raw.parse().ok().map(|n| (n, at + 1));
        }
    }
    // "three quarters of an hour"
    let next = at + 1 + usize::from(r.hyphen(at + 1));
    if let (Some(n), Some(Grain::Quarter), word::OF) = (r.sense(at).cardinal, r.sense(next).grain, r.word(next + 1)) {
        let end = next + 2 + usize::from(matches!(r.word(next + 2), word::A | word::AN));
        return r.sense(end).grain.map(|_| (Decimal::from(n) / Decimal::from(4), end));
    }
    whole_number(r, at).map(|(n, end)| (Decimal::from(n), end))
}

/// The unit at a token; its letter alone only glued to digits.
fn unit(r: &LexedText<'_>, at: usize, tight: bool) -> Option<Grain> {
    let letter = match r.raw(at) {
        "h" => Some(Grain::Hour),
        "d" => Some(Grain::Day),
        "w" => Some(Grain::Week),
        "y" => Some(Grain::Year),
        "s" => Some(Grain::Second),
        _ => None,
    };
    letter.filter(|_| tight).or_else(|| r.sense(at).grain).filter(|g| *g != Grain::Weekend)
}

/// Adds a number of units; parts of a month are days of thirty to the month, parts of a day are seconds.
pub(super) fn add(length: &mut Length, n: Decimal, grain: Grain) -> Option<()> {
    let months = |k: i64| n.checked_mul(Decimal::from(k));
    let seconds = |k: i64| n.checked_mul(Decimal::from(k)).and_then(|s| s.to_i64());
    let limit = |n: i32| (n.abs() < 120_000).then_some(n);
    match grain {
        Grain::Second => length.seconds = length.seconds.checked_add(seconds(1)?)?,
        Grain::Minute => length.seconds = length.seconds.checked_add(seconds(60)?)?,
        Grain::Hour => length.seconds = length.seconds.checked_add(seconds(3600)?)?,
        Grain::Day | Grain::Week | Grain::Weekend => {
            let days = n.checked_mul(Decimal::from(if grain == Grain::Day { 1 } else { 7 }))?;
            length.days = limit(length.days.checked_add(days.trunc().to_i32()?)?)?;
            length.seconds = length.seconds.checked_add(days.fract().checked_mul(Decimal::from(86_400))?.to_i64()?)?;
        }
        Grain::Month | Grain::Quarter | Grain::Year | Grain::Decade | Grain::Century => {
            let months = months(match grain {
                Grain::Month => 1,
                Grain::Quarter => 3,
                Grain::Year => 12,
                Grain::Decade => 120,
                _ => 1200,
            })?;
            length.months = limit(length.months.checked_add(months.trunc().to_i32()?)?)?;
            length.days = limit(length.days.checked_add(months.fract().checked_mul(Decimal::from(30))?.to_i32()?)?)?;
        }
    }
    (length.seconds.abs() < 400_000_000_000).then_some(())
}
