//! Times that come again: "every Tuesday", "daily", "twice a week", "Mondays", "3pm each day".

use super::clock::clock;
use super::date::{date, day_first, weekday};
use super::expression::Expression;
use super::grammar::Read;
use super::numeric::numeric_day;
use crate::mention::quantity::{ordinal_number, whole_number};
use crate::rule::measure::{Grain, LexedText, word};

/// A rhythm at a token.
pub(super) fn repeat(r: &LexedText<'_>, at: usize) -> Read {
    if let Some((time @ Expression::Clock { .. }, end)) = clock(r, at) {
        // "3pm on Sundays", "9 am every Monday"
        let on = end + usize::from(r.word(end) == word::ON);
        let (found, end) = rhythm(r, on)?;
        if let Expression::Repeat { count, grain, of: Some(of) } = &found
            && let (Expression::Date { weekday: Some(_), .. }, Expression::Clock { time, .. }) = (of.as_ref(), &time)
        {
            let of = Expression::Clock { time: *time, date: Some(of.clone()) };
            return Some((Expression::Repeat { count: *count, grain: *grain, of: Some(Box::new(of)) }, end));
        }
        // "3pm each day"
        let Expression::Repeat { count, grain, of: None } = found else { return None };
        return (grain <= Grain::Day).then_some((Expression::Repeat { count, grain, of: Some(Box::new(time)) }, end));
    }
    let (rhythm, end) = rhythm(r, at)?;
    let Expression::Repeat { count, grain: Grain::Day, of: None } = rhythm else { return Some((rhythm, end)) };
    // "every day at 6"
    let next = end + usize::from(r.word(end) == word::AT);
    Some(match clock(r, next) {
        Some((time, end)) => (Expression::Repeat { count, grain: Grain::Day, of: Some(Box::new(time)) }, end),
        None => (Expression::Repeat { count, grain: Grain::Day, of: None }, end),
    })
}

fn rhythm(r: &LexedText<'_>, at: usize) -> Read {
    let sense = r.sense(at);
    if let Some((count, grain)) = sense.every {
        return Some((Expression::Repeat { count: i32::from(count), grain, of: None }, at + 1));
    }
    match r.word(at) {
        word::EVERY | word::EACH | word::ANY => every(r, at),
        word::ONCE | word::TWICE => times(r, at + 1),
        _ => plural(r, at).or_else(|| {
            let (_, end) = whole_number(r, at).filter(|(_, end)| r.word(*end) == word::TIMES)?;
            times(r, end + 1)
        }),
    }
}

/// "every two weeks", "each Monday", "every other day", "any weekend".
fn every(r: &LexedText<'_>, at: usize) -> Read {
    let mut next = at + 1;
    let mut count = 1;
    // "every 4th of July", but "every second day"
    if let Some((of @ Expression::Date { year: None, month: Some(_), day: Some(_), .. }, end)) =
        numeric_day(r, next).or_else(|| day_first(r, next))
    {
        return Some((Expression::Repeat { count, grain: Grain::Year, of: Some(Box::new(of)) }, end));
    }
    if r.word(next) == word::OTHER {
        (count, next) = (2, next + 1);
    } else if let Some((n, end)) = whole_number(r, next).or_else(|| ordinal_number(r, next)) {
        (count, next) = (i32::try_from(n).ok().filter(|n| (1..1000).contains(n))?, end);
    }
    let sense = r.sense(next);
    let named = |grain, of| Some((Expression::Repeat { count, grain, of: Some(Box::new(of)) }, next + 1));
    if let Some(day) = weekday(sense.weekday.filter(|_| !sense.role.ambiguous || r.capital(next))) {
        let of = Expression::weekday(day);
        // "every Monday at 4 pm"
        let behind = next + 1 + usize::from(r.word(next + 1) == word::AT);
        if let Some((Expression::Clock { time, date: None }, end)) = clock(r, behind) {
            let of = Expression::Clock { time, date: Some(Box::new(of)) };
            return Some((Expression::Repeat { count, grain: Grain::Week, of: Some(Box::new(of)) }, end));
        }
        return named(Grain::Week, of);
    }
    if let Some(season) = sense.season.filter(|_| count == 1) {
        return named(Grain::Year, Expression::Season { year: None, season });
    }
    let stated = date(r, next);
    if let Some((of @ Expression::Date { year: None, month: Some(_), day: Some(_), .. }, end)) = stated {
        return Some((Expression::Repeat { count, grain: Grain::Year, of: Some(Box::new(of)) }, end));
    }
    if let Some(month) = sense.month.filter(|_| r.capital(next)) {
        return named(Grain::Year, Expression::month(month));
    }
    if let Some(part) = sense.daypart {
        return named(Grain::Day, Expression::Daypart { part, portion: None, date: None });
    }
    sense.grain.map(|grain| (Expression::Repeat { count, grain, of: None }, next + 1))
}

/// "twice a week", "3 times per year".
fn times(r: &LexedText<'_>, at: usize) -> Read {
    if !matches!(r.word(at), word::A | word::AN | word::PER | word::EVERY | word::EACH) {
        return None;
    }
    let grain = r.sense(at + 1).grain?;
    Some((Expression::Repeat { count: 1, grain, of: None }, at + 2))
}

/// "Mondays", "Friday mornings".
fn plural(r: &LexedText<'_>, at: usize) -> Read {
    let sense = r.sense(at);
    // "two nights", "a few Mondays" are counted.
    if at > 0 && (r.is_number(at - 1) || r.sense_before(at).cardinal.is_some() || r.before(at) == word::FEW) {
        return None;
    }
    if let Some(part) = sense.daypart.filter(|_| r.raw(at).ends_with('s')) {
        let of = Expression::Daypart { part, portion: None, date: None };
        return Some((Expression::Repeat { count: 1, grain: Grain::Day, of: Some(Box::new(of)) }, at + 1));
    }
    let day = weekday(sense.weekday)?;
    let of = Expression::weekday(day);
    let many = r.raw(at).ends_with("days");
    let part = r.sense(at + 1).daypart.filter(|_| r.raw(at + 1).ends_with('s'));
    let of = match part {
        Some(part) => Expression::Daypart { part, portion: None, date: Some(Box::new(of)) },
        None => of,
    };
    (many || part.is_some()).then(|| {
        let end = at + 1 + usize::from(part.is_some());
        (Expression::Repeat { count: 1, grain: Grain::Week, of: Some(Box::new(of)) }, end)
    })
}
